"""The gate holds for plants: no release, nor several, nor all tables together, tell of a few plants or of one's value.

The attacker knows which plants there are, what each reports on which day, all public factors, and everything that was
ever published. Of every quantity of each plant it knows beforehand that it lies between nothing and twice the truth:
with this the p%-rule is exact (Hundepool et al., Statistical Disclosure Control, 2012, 4.2.2: prior-posterior with
q = 100). A value is told if what remains lies within 15 % of it, from outside or for a plant that knows its own.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from datetime import date

import numpy as np
import pytest
from greensupply.outcome_counts import Amount, Outcomes, Stages
from greensupply.outcome_disclosure import NOTHING, book, protect, safety
from greensupply.published_outcomes import PublicAmount, PublicOutcomes, PublicStages, dump, load
from hypothesis import given
from hypothesis import strategies as st
from plant_worlds import (
    COUNTRIES,
    DAYS,
    FACTORS,
    KINDS,
    QUARTER,
    Plant,
    World,
    history,
    make_outcomes,
    outcomes,
    population,
)
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

Term = tuple[str, str, float]
"""A quantity of a plant: its code, the name and the true value; where it did not change it is the same one."""


class Attack:
    """What the attacker knows, as linear limits."""

    def __init__(self) -> None:
        self.places: dict[Term, int] = {}
        self.lines: list[dict[int, float]] = []
        self.most: list[float] = []

    def line(self, plants: Iterable[Plant], measure: str) -> dict[int, float]:
        found: dict[int, float] = {}
        for plant in plants:
            for name, factor in plant.terms(measure).items():
                place = self.places.setdefault((plant.code, name, plant.uses[name]), len(self.places))
                found[place] = found.get(place, 0.0) + factor
        return found

    def at_most(self, line: dict[int, float], most: float) -> None:
        self.lines.append(line)
        self.most.append(most)

    def between(self, line: dict[int, float], least: float, most: float) -> None:
        self.at_most(line, most)
        self.at_most({place: -factor for place, factor in line.items()}, -least)

    def read(self, public: PublicOutcomes, worlds: dict[date, World]) -> None:
        """All quantities of a release."""
        for (measure, group, _), amount in public.amounts.items():
            plants = [plant for plant in worlds[amount.as_of] if plant.country in group]
            line = self.line(plants, measure)
            half = 0.5 * 10 ** (math.floor(math.log10(max(amount.value, 1e-9))) - 2)
            spread = (0, 5 + half) if measure.startswith("count") else (-half, half)
            self.between(line, amount.value + spread[0] - 1e-6, amount.value + spread[1] + 1e-6)
            for name, share in amount.classes.items():
                part = self.line([plant for plant in plants if plant.data_class == name], measure)
                low, high = (0 if share == 5 else share - 0.5) / 100, (100 if share == 95 else share + 0.5) / 100
                self.at_most({place: part.get(place, 0) - high * factor for place, factor in line.items()}, 1e-6)
                self.at_most({place: low * factor - part.get(place, 0) for place, factor in line.items()}, 1e-6)

    def told(self, plant: Plant, measure: str, viewer: str | None) -> bool:
        """Can the value be told, by the viewer's plant or from outside?"""
        target = np.zeros(len(self.places))
        for place, factor in self.line([plant], measure).items():
            target[place] = factor
        bounds = [(value, value) if code == viewer else (0, 2 * value) for code, _, value in self.places]
        matrix = np.zeros((len(self.lines), len(self.places)))
        for row, line in enumerate(self.lines):
            matrix[row, list(line)] = list(line.values())
        true = plant.value(measure)
        for sign, most in ((1, (1 - safety.WITHIN) * true), (-1, (1 + safety.WITHIN) * true)):
            found = linprog(sign * target, matrix, self.most, bounds=bounds)
            assert found.success, found.message
            if (found.fun <= most) if sign == 1 else (-found.fun >= most):
                return False
        return True


def releases(
    worlds: Sequence[World], *, forgetful: bool = False, measures: Iterable[str] = FACTORS
) -> list[PublicOutcomes]:
    """What is published on each day; `forgetful`: each as if it were the first."""
    then = history(worlds, measures)
    found: list[PublicOutcomes] = []
    for day, _ in zip(DAYS, worlds, strict=False):
        found.append(protect(then(day), found[-1] if found and not forgetful else NOTHING, then))
    return found


def families() -> Iterator[tuple[str, ...]]:
    """Measures that have quantities in common: attacked together."""
    yield ("energy", "scope-1", "scope-2", "ghg", "energy@now", "ghg@now", "energy@expected")
    yield ("water", "water@now", "water@expected")
    yield ("waste", "hazardous-waste", "nonhazardous-waste")
    for kind in ("count", "saving"):
        yield tuple(measure for measure in FACTORS if measure.startswith(kind))


def leaks(worlds: Sequence[World], published: Sequence[PublicOutcomes]) -> list[tuple[str, str, str | None]]:
    """(plant, measure, viewer) of values that can be told, of the plants most at risk."""
    found = []
    for family in families():
        attack = Attack()
        for public in published:
            shown = {key: amount for key, amount in public.amounts.items() if key[0] in family}
            attack.read(replace(public, amounts=shown), dict(zip(DAYS, worlds, strict=False)))
        if not attack.lines:
            continue
        for plant, measure, viewer in at_risk(worlds, family):
            attack.line([plant], measure)
            if attack.told(plant, measure, viewer):
                found.append((plant.code, measure, viewer))
    return found


def at_risk(worlds: Sequence[World], family: Sequence[str]) -> Iterator[tuple[Plant, str, str | None]]:
    """The largest of each country as its largest competitor sees it, and whoever is odd or new as all see it."""
    last = worlds[-1]
    whole = family[0]
    largest = [
        sorted((plant for plant in last if plant.country == country), key=lambda plant: -plant.value(whole))[:2]
        for country in COUNTRIES
    ]
    for one, two in (pair for pair in largest if len(pair) == 2):
        for measure in family[:4]:
            if one.value(measure):
                yield one, measure, two.code
    before = {plant.code: plant for plant in worlds[0]}
    odd = [plant for plant in last if before.get(plant.code) != plant or not plant.baseline or plant.code == "MX-3"]
    for plant in odd[:8]:
        for measure in family[:3]:
            if plant.value(measure):
                yield plant, measure, None


FOUND_BEFORE = (("giant", 4), ("giant", 44), ("few", 114), ("all but one", 25), ("lifelike", 60))
"""Populations that told of a plant while the rules were made: three measures at once, overlapping countries."""


@pytest.mark.parametrize(("kind", "seed"), [*((kind, seed) for kind in KINDS for seed in range(2)), *FOUND_BEFORE])
def test_no_value_of_a_plant_is_told_by_one_release_or_by_all(kind, seed):
    worlds = population(kind, seed)
    published = releases(worlds)

    assert leaks(worlds[:1], published[:1]) == []
    assert leaks(worlds, published) == []


def test_enough_is_shown_of_a_lifelike_programme():
    """A gate that shows nothing is safe too."""
    worlds = population("lifelike", 1)
    shown = {(measure, group) for measure, group, _ in releases(worlds)[-1].amounts}

    assert {
        (measure, (country,)) for measure in ("water", "waste", "saving:identified") for country in COUNTRIES
    } <= shown
    assert {measure for measure, _ in shown} >= {
        "ghg",
        "energy",
        "scope-1",
        "scope-2",
        "energy@expected",
        "saving:verified",
    }


# --- the audit finds what the rules prevent: each of them is taken away -----------------------------------------------


def found_without_a_rule(kind: str, *, forgetful: bool = False) -> bool:
    return any(
        leaks(worlds, releases(worlds, forgetful=forgetful)) for worlds in (population(kind, seed) for seed in range(4))
    )


def test_without_the_dominance_rule_the_audit_tells_a_giant(monkeypatch):
    monkeypatch.setattr(safety, "DOMINANCE", 0)

    assert found_without_a_rule("giant")


def test_without_the_rule_for_chains_the_audit_tells_the_one_plant_that_is_not_in_the_subset(monkeypatch):
    monkeypatch.setattr(book, "PAIRS", {})
    monkeypatch.setattr(book, "RESTS", {})

    assert found_without_a_rule("all but one")


def test_without_the_rule_for_public_factors_the_audit_tells_the_one_plant_that_burns_gas(monkeypatch):
    monkeypatch.setattr(book, "RESTS", {})
    monkeypatch.setattr(book, "MIXES", ())

    assert found_without_a_rule("one gas")


@pytest.mark.parametrize("kind", ["one added", "correction", "six in, one without"])
def test_without_the_rule_for_moves_the_audit_tells_what_one_plant_added_or_changed(kind):
    assert found_without_a_rule(kind, forgetful=True)


def test_without_the_least_number_the_audit_tells_one_of_two_plants(monkeypatch):
    monkeypatch.setattr(safety, "LEAST", 2)
    monkeypatch.setattr(safety, "DOMINANCE", 0)

    assert found_without_a_rule("few")


def test_without_the_rule_for_overlaps_the_audit_tells_a_plant_of_a_merged_country(monkeypatch):
    monkeypatch.setattr(book.Book, "overlaps", lambda *_: False)
    monkeypatch.setattr(book.Book, "_countries", lambda *_: ())
    monkeypatch.setattr(book, "RESTS", {})

    assert found_without_a_rule("few")


# --- numbers of plants ------------------------------------------------------------------------------------------------

STAGES = tuple(field.name for field in fields(Stages))


def nested(chance: random.Random, start: int) -> list[int]:
    """Plants that came to each stage: some, none or all but one of those of the stage before."""
    counts = [start]
    while len(counts) < len(STAGES):
        last = counts[-1]
        counts.append(max(0, chance.choice((last, last - 1, last - 4, last // 2, chance.randint(0, last)))))
    return counts


def with_all(by_country: dict[str, list[int]]) -> Outcomes:
    counts = {**by_country, "": [sum(some) for some in zip(*by_country.values(), strict=True)]}
    return make_outcomes(stages={(country, QUARTER): Stages(*some) for country, some in counts.items()})


@pytest.mark.parametrize("seed", range(8))
def test_no_number_of_plants_that_is_not_shown_follows_from_two_releases(seed):
    chance = random.Random(seed)
    old = {country: nested(chance, chance.choice((3, 8, 14, 30))) for country in COUNTRIES}
    more = {country: [count + chance.choice((0, 0, 1, 4, 9)) for count in some] for country, some in old.items()}
    new = {country: [min(some[: place + 1]) for place in range(len(some))] for country, some in more.items()}
    first = protect(with_all(old), NOTHING, never)
    second = protect(with_all(new), first, never)

    limits = Counts()
    limits.read(first, 0, before=None)
    limits.read(second, 1, before=first)
    assert limits.hidden
    for name, line in limits.hidden:
        low, high = limits.extremes(line)
        assert high > low, name


def never(day: date) -> Outcomes:
    raise AssertionError(f"{day} is counted again")


class Counts:
    """Whole numbers: plants of each country that came to each stage and no further, in each of two releases."""

    SHAPE = (2, len(COUNTRIES), len(STAGES))

    def __init__(self) -> None:
        self.lines: list[np.ndarray] = []
        self.least: list[float] = []
        self.most: list[float] = []
        self.hidden: list[tuple[tuple[str, str, int], np.ndarray]] = []

    def read(self, public: PublicOutcomes, release: int, before: PublicOutcomes | None) -> None:
        """A number that stood before stands for more numbers now; one that did not is as small as it was, or smaller."""
        for country in ("", *COUNTRIES):
            for place, stage in enumerate(STAGES):
                line = np.zeros(self.SHAPE)
                countries = [COUNTRIES.index(country)] if country else list(range(len(COUNTRIES)))
                line[release, countries, place:] = 1
                shown = getattr(public.stages[country, QUARTER], stage)
                last = getattr(before.stages[country, QUARTER], stage) if before else None
                if shown is None:
                    low, high = 0, safety.LEAST - 1 if before is None else 2 * safety.LEAST - 1
                elif shown == last:
                    low, high = shown - safety.LEAST + 1, shown + safety.STEP + safety.LEAST - 2
                else:
                    low, high = shown, shown + safety.STEP - 1
                self.lines.append(line.ravel())
                self.least.append(low)
                self.most.append(high)
                if shown is None:
                    self.hidden.append(((country, stage, release), line.ravel()))

    def extremes(self, line: np.ndarray) -> tuple[int, int]:
        limits = LinearConstraint(np.array(self.lines), self.least, self.most)
        ends = []
        for sign in (1, -1):
            found = milp(sign * line, constraints=limits, integrality=np.ones(line.size), bounds=Bounds(0, 1000))
            assert found.success, found.message
            ends.append(round(sign * found.fun))
        return ends[0], ends[1]


def plants_at(count: int) -> Outcomes:
    return make_outcomes(stages={("MX", QUARTER): Stages(*[count] * 7)}, reporting={("MX", QUARTER): count})


@given(st.lists(st.integers(0, 40), min_size=1, max_size=10))
def test_a_number_of_plants_moves_only_with_five_behind_the_move(counts):
    public, stood = NOTHING, 0
    for place, count in enumerate(counts):
        before, public = public, protect(plants_at(count), public, never)
        shown = public.stages["MX", QUARTER].scope
        if place == 0 or shown != before.stages["MX", QUARTER].scope:
            assert place == 0 or abs(count - stood) >= safety.LEAST
            stood = count
        assert shown is None or (shown >= safety.LEAST and shown % safety.STEP == 0)
        assert protect(plants_at(count), public, never) == public


def test_coverage_is_worked_out_from_the_numbers_shown_and_coded():
    assert protect(plants_at(34), NOTHING, never).coverage == {("MX", QUARTER): 95}
    assert protect(plants_at(19), NOTHING, never).coverage == {}, "of fewer than twenty"


# --- the rules, line by line ------------------------------------------------------------------------------------------


def same(country: str, *values: float, measure: str = "water") -> Outcomes:
    """Water of plants of one country."""
    plants = {f"{country}-{number}": value for number, value in enumerate(values)}
    return make_outcomes(amounts={(measure, country, QUARTER): Amount(plants)})


def shown(
    results: Outcomes, before: PublicOutcomes = NOTHING, *past: Outcomes
) -> dict[tuple[str, tuple[str, ...]], float]:
    known = {each.as_of: each for each in past}
    public = protect(results, before, known.__getitem__)
    return {(measure, group): amount.value for (measure, group, _), amount in public.amounts.items()}


def test_a_sum_needs_five_plants_and_none_that_dominates():
    assert shown(same("MX", 30, 30, 30, 30)) == {}
    assert shown(same("MX", 30, 30, 30, 30, 0)) == {}, "who reports nothing hides nobody"
    assert shown(same("MX", 30, 30, 30, 30, 3)) == {("water", COUNTRIES): 123.0}
    assert shown(same("MX", 100, 30, 7, 7, 5)) == {}
    assert shown(same("MX", 100, 30, 7, 7, 6)) == {("water", COUNTRIES): 150.0}


def test_values_are_rounded_to_three_digits_and_plants_down_to_fives():
    public = protect(same("MX", *[1234.5] * 9), NOTHING, never)

    assert public.amounts["water", COUNTRIES, QUARTER] == PublicAmount(11100.0, 5, {}, DAYS[0])


def test_a_row_moves_when_five_plants_changed_since_its_own_day_and_keeps_it_else():
    first = same("MX", *[30] * 9)
    public = protect(first, NOTHING, never)
    four = replace(same("MX", *[30] * 5, *[90] * 4), as_of=DAYS[1])
    five = replace(same("MX", *[30] * 4, *[90] * 5), as_of=DAYS[1])
    one = replace(same("MX", *[30] * 4, *[35] * 4, 900), as_of=DAYS[1])

    assert protect(four, public, {DAYS[0]: first}.__getitem__).amounts == public.amounts
    assert protect(one, public, {DAYS[0]: first}.__getitem__).amounts == public.amounts, "one stands for the whole move"
    assert shown(five, public, first) == {("water", COUNTRIES): 570.0}


def test_what_moved_back_is_compared_with_the_release_before_the_last_one_too():
    """Five come, four of these go as a sixth comes: the last move has five behind it, both together have two."""

    def day(number: int, *codes: int) -> Outcomes:
        plants = {f"MX-{code}": 30.0 for code in (*range(10), *codes)}
        return make_outcomes(DAYS[number], amounts={("water", "MX", QUARTER): Amount(plants)})

    past = [day(0), day(1, 20, 21, 22, 23, 24)]
    then = {each.as_of: each for each in past}.__getitem__
    first = protect(past[0], NOTHING, never)
    second = protect(past[1], first, then)
    assert second.amounts["water", COUNTRIES, QUARTER].as_of == DAYS[1]

    assert protect(day(2, 24, 25), second, then).amounts == second.amounts


@pytest.mark.parametrize("kind", KINDS)
def test_protecting_again_with_its_own_result_changes_nothing(kind):
    worlds = population(kind, 3)
    then = history(worlds)
    for day, public in zip(DAYS, releases(worlds), strict=True):
        assert protect(then(day), public, then) == public


def test_shares_of_classes_are_shown_only_where_each_class_is_a_safe_sum():
    values = {f"MX-{number}": 30.0 for number in range(20)}

    def classes(estimated: int) -> dict[str, int]:
        parts = {"E": dict(list(values.items())[:estimated]), "M": dict(list(values.items())[estimated:])}
        results = make_outcomes(amounts={("water", "MX", QUARTER): Amount(values, by_class=parts)})
        return dict(protect(results, NOTHING, never).amounts["water", COUNTRIES, QUARTER].classes)

    assert classes(5) == {"M": 75, "C": 5, "E": 25}
    assert classes(4) == {}
    assert classes(0) == {"M": 95, "C": 5, "E": 5}


def test_after_a_demonstration_the_first_true_results_start_anew():
    invented = protect(replace(same("MX", *[30] * 9), demonstration=True), NOTHING, never)
    true = replace(same("MX", *[40] * 6), as_of=DAYS[1])

    assert protect(true, invented, never) == protect(true, NOTHING, never)


def test_a_national_complement_is_a_number_of_plants_or_a_sum():
    def complements(values: Sequence[float], day: date = DAYS[0]) -> Outcomes:
        plants = {f"MX-{number}": value for number, value in enumerate(values)}
        return make_outcomes(day, complements={("coa-on-time", "2026"): plants})

    def value(results: Outcomes, *past: Outcomes) -> float | None:
        public = NOTHING
        for each in (*past, results):
            public = protect(each, public, {one.as_of: one for one in past}.__getitem__)
        found = public.complements.get(("coa-on-time", "2026"))
        return found and found.value

    assert value(complements([1] * 4 + [0] * 9)) is None
    assert value(complements([1] * 12 + [0])) == 10
    assert value(complements([1] * 15, DAYS[1]), complements([1] * 12)) == 10
    assert value(complements([1] * 19, DAYS[1]), complements([1] * 12)) == 15
    assert value(complements([4, 4, 4, 4, 900])) is None
    assert value(complements([4, 4, 4, 4, 5.5])) == 21.5
    assert value(complements([4, 4, 4, 4, 9.5], DAYS[1]), complements([4, 4, 4, 4, 5.5])) == 21.5


def test_an_intensity_needs_ten_plants_and_two_sums_that_are_safe():
    def intensity(quantity: Sequence[float], output: Sequence[float]) -> float | None:
        both = [Amount({f"MX-{number}": value for number, value in enumerate(some)}) for some in (quantity, output)]
        results = make_outcomes(intensities={("water", "t", QUARTER): (both[0], both[1])})
        return protect(results, NOTHING, never).intensities.get(("water", "t", QUARTER))

    assert intensity([3] * 10, [7] * 10) == 0.429
    assert intensity([3] * 9, [7] * 9) is None
    assert intensity([3] * 10, [7] * 9 + [900]) is None


def test_the_median_time_to_action_is_of_twenty_plants_and_rounded_to_tens():
    def median(*days: int) -> int | None:
        results = make_outcomes(days_to_action={f"MX-{number}": value for number, value in enumerate(days)})
        return protect(results, NOTHING, never).days_to_action

    assert median(*[40] * 10, 88, *[120] * 9) == 60
    assert median(*[40] * 19) is None


# --- the published state ----------------------------------------------------------------------------------------------


def full() -> PublicOutcomes:
    results = replace(
        outcomes(population("lifelike", 1)[0], DAYS[0]),
        stages={("MX", QUARTER): Stages(40, 38, 30, 22, 21, 12, 3)},
        reporting={("MX", QUARTER): 26},
        intensities={
            ("water", "t", QUARTER): (
                Amount({f"P{n}": 3.0 for n in range(12)}),
                Amount({f"P{n}": 7.0 for n in range(12)}),
            )
        },
        days_to_action={f"P{number}": 90 for number in range(25)},
        complements={("coa-on-time", "2026"): {f"P{number}": 1.0 for number in range(12)}},
    )
    return protect(results, NOTHING, never)


def test_the_published_state_is_read_as_it_was_written():
    public = full()
    turned = replace(public, amounts=dict(reversed(public.amounts.items())))

    assert load(dump(public)) == public
    assert dump(load(dump(public))) == dump(public) == dump(turned)
    assert load(dump(NOTHING)) == NOTHING


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}", '{"as_of": "2026-02-30"}', "[" * 100_000])
def test_a_state_that_is_none_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the parser's
        load(text)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('"demonstration": false', '"demonstration": 0'),
        ('"days_to_action": 90', '"days_to_action": "90"'),
        ('"days_to_action": 90', '"days_to_action": true'),
        ('"2026-10-31"', '"2026-10-32"'),
        ('["MX", "2026-Q3", 40, ', '["MX", "2026-Q3", '),
        ('["MX", "2026-Q3", 40, ', '["MX", "2026-Q3", 40.5, '),
        ("0.429", "NaN"),
        ("0.429", "1e999"),
        ('"plants": 10', '"plants": null'),
        ('"released"', '"relased"'),
    ],
)
def test_a_damaged_state_is_refused(good, bad):
    text = dump(full())
    assert good in text

    with pytest.raises(ValueError):  # noqa: PT011
        load(text.replace(good, bad))


def test_rates_are_worked_out_from_the_rows_shown():
    def rows(period: str, **values: float) -> dict[tuple[str, tuple[str, ...], str], PublicAmount]:
        names = {
            name.replace("_", "-").replace("-at-", "@").replace("-of-", ":"): value for name, value in values.items()
        }
        return {
            (name, group, period): PublicAmount(value, 20)
            for name, value in names.items()
            for group in (("CA", "US"), ("MX",))
        }

    public = PublicOutcomes(
        stages={("MX", QUARTER): PublicStages(40, 40, 35, 30, 20, 5, None)},
        amounts={
            **rows(QUARTER, water_at_now=90.0, water_at_expected=120.0, reused=5.0, recycled=20.0, waste=50.0),
            **rows(QUARTER, material_bought=50.0, material_in_product=40.0),
            **rows("", count_of_identified=40.0, count_of_implemented=10.0, saving_of_identified=900.0),
            **rows("", saving_of_implemented=600.0, saving_of_verified=500.0, saved=550.0, invested=1000.0),
        },
    )

    assert public.share("MX", QUARTER, "assessed") == 50
    assert public.conversion("MX", QUARTER) == 25
    assert public.value("water@now", COUNTRIES, QUARTER) == 180
    assert public.value("water@now", ("CA",), QUARTER) is None, "it is shown with the United States only"
    assert public.change("water", ("MX",), QUARTER) == 25
    assert public.avoided("water", COUNTRIES, QUARTER) == 60
    assert public.diversion(("MX",), QUARTER) == 50
    assert public.material_yield(("MX",), QUARTER) == 80
    assert public.implementation(("MX",)) == 25
    assert public.implementation(("MX",), by="value") == 67
    assert public.realisation(("MX",)) == 110
    assert public.payback(("MX",)) == 1.8
    assert NOTHING.realisation(("MX",)) is None
