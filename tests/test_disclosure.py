"""The gate holds: no release, nor all of its numbers together, nor two releases, point to a small group.

An attacker knows everything that is published and how it was made. For each group that is not shown there must still
be at least two numbers that it could have.
"""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import numpy as np
import pytest
from greensupply.counts import Cell, Reach, Table, Tally
from greensupply.disclosure import LEAST, STEP, protect
from greensupply.published import PublicReach, PublicRow, PublicTally, dump, load, percent
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

AS_OF = date(2026, 10, 31)
LABELS = ("CA", "MX", "US")


def table(counts: Mapping[str, int], organisations: Mapping[str, frozenset[str]] | None = None) -> Table:
    """Learners who each have one label only: the attacker's best case."""
    patterns = {frozenset({label}): count for label, count in counts.items() if count}
    return Table(tuple(counts), patterns, organisations or {})


def make_tally(**changes: object) -> Tally:
    """The smallest tally."""
    values: dict[str, object] = {
        "as_of": AS_OF,
        "demonstration": False,
        "records": 0,
        "completions": 0,
        "tables": {"country": table(dict.fromkeys(LABELS, 0))},
        "quarters": {},
        "months": {},
        "reach": {},
        "attempts": Cell(0, 0),
        "passed": Cell(0, 0),
        "scores": {},
        "instructors": Cell(0, 0),
        "suppliers": {},
        "unlisted": (),
        "minutes": {},
    }
    return Tally(**{**values, **changes})  # type: ignore[arg-type]


def by_country(*counts: int) -> Tally:
    labels = LABELS if len(counts) == 3 else tuple("ABCDEF"[: len(counts)])
    return make_tally(tables={"country": table(dict(zip(labels, counts, strict=True)))})


def rows(tally: PublicTally, name: str = "country") -> list[tuple[tuple[str, ...], int]]:
    return [(row.labels, row.learners) for row in tally.tables[name]]


# --- the rule, line by line -------------------------------------------------------------------------------------------


def test_numbers_are_rounded_down_to_fives_and_the_total_is_not_their_sum():
    public = protect(by_country(44, 24, 14))

    assert rows(public) == [(("CA",), 40), (("MX",), 20), (("US",), 10)]
    assert public.learners == 80


def test_a_group_below_ten_is_merged_with_the_next_smallest():
    assert rows(protect(by_country(44, 24, 9))) == [(("CA",), 40), (("MX", "US"), 30)]


def test_nothing_and_a_few_look_the_same():
    assert rows(protect(by_country(44, 25, 0))) == rows(protect(by_country(44, 25, 4)))


def test_a_table_that_would_have_one_group_is_left_out():
    public = protect(by_country(44, 3, 2))

    assert rows(public) == []
    assert public.learners == 45


def test_fewer_than_ten_people_altogether_are_not_enough_data():
    public = protect(by_country(3, 3, 3))

    assert public.learners is None
    assert rows(public) == []


def test_a_group_from_fewer_than_three_suppliers_is_not_shown_alone():
    organisations = {"CA": frozenset({"a", "b", "c"}), "MX": frozenset({"a", "b", "d"}), "US": frozenset({"e", "f"})}
    tally = make_tally(tables={"country": table({"CA": 40, "MX": 30, "US": 20}, organisations)})

    assert rows(protect(tally)) == [(("CA",), 40), (("MX", "US"), 50)]


def test_a_learner_under_two_merged_labels_is_counted_once():
    patterns = {frozenset({"en"}): 30, frozenset({"es"}): 2, frozenset({"fr"}): 2, frozenset({"es", "fr"}): 8}
    tally = make_tally(tables={"country": Table(("en", "es", "fr"), patterns)})
    # es has 10 and fr 10, so both stand alone
    assert rows(protect(tally)) == [(("en",), 30), (("es",), 10), (("fr",), 10)]

    fewer = make_tally(tables={"country": Table(("en", "es", "fr"), {**patterns, frozenset({"es", "fr"}): 7})})
    assert rows(protect(fewer)) == [(("en",), 30), (("es", "fr"), 10)]


def test_a_period_with_few_people_is_not_enough_data_and_never_zero():
    tally = make_tally(quarters={"2026-Q1": Cell(0, 0), "2026-Q2": Cell(9, 0), "2026-Q3": Cell(12, 0)})

    assert protect(tally).quarters == {"2026-Q1": None, "2026-Q2": None, "2026-Q3": 10}


def test_plants_need_people_behind_them():
    reach = {
        ("", "2026-Q3"): Reach(300, 44, 30, 12, 200, 120, 40),
        ("CA", "2026-Q3"): Reach(80, 8, 4, 2, 9, 9, 9),
        ("MX", "2026-Q3"): Reach(120, 23, 4, 0, 150, 40, 0),
    }
    public = protect(make_tally(reach=reach))

    assert public.reach[("", "2026-Q3")] == PublicReach(300, 40, 30, 10)
    assert public.reach[("CA", "2026-Q3")] == PublicReach(80, None, None, None)
    assert public.reach[("MX", "2026-Q3")] == PublicReach(120, 20, None, None)
    assert public.share("", "2026-Q3", "trained") == 13
    assert public.share("CA", "2026-Q3", "trained") is None


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [(10, 20, 50), (5, 300, 5), (0, 300, 5), (300, 300, 95), (10, 15, None), (None, 300, None), (10, None, None)],
)
def test_percentages_are_whole_coded_at_both_ends_and_of_twenty_or_more(part, whole, expected):
    assert percent(part, whole) == expected


def test_means_are_to_the_nearest_five_and_of_twenty_or_more():
    modules = table({"ems": 60, "p2": 19, "abc": 25})
    tally = make_tally(
        tables={"country": table({"CA": 60}), "module": modules}, scores={"ems": 0.876, "p2": 0.9, "abc": 0.8}
    )

    assert protect(tally).scores == {"ems": 90, "abc": 80}


def test_the_published_state_is_read_as_it_was_written():
    reach = {("", "2026-Q3"): Reach(300, 44, 30, 12, 200, 120, 40)}
    public = protect(
        make_tally(
            tables={"country": table({"CA": 60, "MX": 4, "US": 9})}, quarters={"2026-Q3": Cell(3, 0)}, reach=reach
        )
    )

    assert load(dump(public)) == public
    assert dump(load(dump(public))) == dump(public)


@pytest.mark.parametrize("text", ["", "{", "[]", "null", '{"as_of": "2026-02-30"}', '{"as_of": null}', "{}"])
def test_a_published_state_that_is_none_is_refused(text):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the parser's
        load(text)


# --- releases ---------------------------------------------------------------------------------------------------------


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_a_shown_number_moves_only_with_ten_people_behind_the_move(counts):
    public, stood = PublicTally(), 0
    for count in counts:
        before = public
        public = protect(by_country(count, 0, 0), before)
        if public.learners != before.learners:
            first = before.as_of is None
            assert first or abs(count - stood) >= LEAST, "ten people stand behind the move"
            stood = count
        if public.learners is not None:
            assert public.learners % STEP == 0
        elif before.learners is None and before.as_of is None:
            stood = count


@given(st.tuples(*[st.integers(0, 40)] * 4), st.tuples(*[st.integers(0, 40)] * 4))
def test_protecting_the_same_tally_again_changes_nothing(old, new):
    first = protect(by_country(*old))
    second = protect(by_country(*new), first)

    assert protect(by_country(*new), second) == second


def test_one_more_learner_moves_no_number():
    before = protect(by_country(44, 24, 9))

    assert protect(by_country(44, 24, 10), before) == before
    assert protect(by_country(45, 24, 9), before) == before


def test_a_class_of_thirty_moves_the_numbers():
    before = protect(by_country(44, 24, 9))
    after = protect(by_country(44, 54, 9), before)

    assert after.learners == before.learners + 30
    assert rows(after) == [(("CA",), 40), (("MX", "US"), 60)]


def test_a_withdrawal_makes_no_visible_step():
    before = protect(by_country(44, 24, 20))

    assert protect(by_country(44, 24, 11), before) == before


# --- attacks ----------------------------------------------------------------------------------------------------------


def hidden_labels(public: PublicTally, size: int) -> list[int]:
    """Places of the labels that are not shown alone."""
    labels = LABELS if size == 3 else tuple("ABCDEF"[:size])
    shown = {row.labels for row in public.tables["country"]}
    return [place for place, label in enumerate(labels) if (label,) not in shown]


def tables_up_to(size: int, most: int) -> Iterator[tuple[int, ...]]:
    """Every table of that many labels with at most so many learners together."""
    if size == 0:
        yield ()
        return
    for first in range(most + 1):
        for rest in tables_up_to(size - 1, most - first):
            yield (first, *rest)


@pytest.mark.parametrize(("size", "most"), [(2, 79), (3, 49), (4, 29)])
def test_no_release_of_any_small_table_pins_a_hidden_group(size, most):
    worlds = defaultdict(list)
    hidden = {}
    for counts in tables_up_to(size, most):
        public = protect(by_country(*counts))
        seen = (public.learners, tuple(rows(public)))
        worlds[seen].append(counts)
        hidden[seen] = hidden_labels(public, size)
    # every world of these publications is among the tables: none holds more learners than the total can stand for
    whole = {seen: found for seen, found in worlds.items() if (seen[0] or 0) + STEP - 1 <= most}

    assert len(whole) > 10
    pinned = [
        (seen, found[0])
        for seen, found in whole.items()
        for place in hidden[seen]
        if len({world[place] for world in found}) < 2
    ]
    assert pinned == []


def releases(old: Sequence[int], new: Sequence[int]) -> tuple[PublicTally, PublicTally]:
    first = protect(by_country(*old))
    return first, protect(by_country(*new), first)


def other_worlds(old: tuple[int, ...], new: tuple[int, ...], place: int) -> Iterator[tuple[list[int], list[int]]]:
    """Populations like this one in which one label has another number, before, after or both."""
    size = len(old)
    for change, before, after in itertools.product((-1, 1, -2, 2, -3, 3), (0, 1), (0, 1)):
        for balance in (None, *(other for other in range(size) if other != place)):
            one, two = list(old), list(new)
            for counts, wanted in ((one, before), (two, after)):
                counts[place] += change * wanted
                if balance is not None:
                    counts[balance] -= change * wanted
            if min(*one, *two) >= 0 and (one, two) != (list(old), list(new)):
                yield one, two


@pytest.mark.parametrize("size", [3, 4, 6])
def test_no_two_releases_pin_a_hidden_group_or_what_was_added_to_it(size):
    chance = random.Random(size)
    tried = 0
    for _ in range(120):
        old = tuple(min(chance.choice((3, 12, 25)), int(chance.expovariate(1 / 10))) for _ in range(size))
        new = tuple(count + chance.choice((0, 0, 1, 2, 5, 9, 12)) for count in old)
        first, second = releases(old, new)
        before, after = hidden_labels(first, size), hidden_labels(second, size)
        for place in sorted({*before, *after}):
            true = (old[place], new[place], new[place] - old[place])
            open_numbers = {0} if place in before else set()
            open_numbers |= {1} if place in after else set()
            open_numbers |= {2}
            for one, two in other_worlds(old, new, place):
                found = (one[place], two[place], two[place] - one[place])
                if any(found[number] != true[number] for number in open_numbers) and releases(one, two) == (
                    first,
                    second,
                ):
                    open_numbers = {number for number in open_numbers if found[number] == true[number]}
                if not open_numbers:
                    break
            tried += 1
            assert not open_numbers, (old, new, place, open_numbers)
    assert tried > 100


def population(seed: int) -> list[tuple[int, int, int, int]]:
    """Learners by country, language, delivery and month: skewed, so that small groups occur."""
    chance = random.Random(seed)
    people = chance.choice([35, 120, 400])
    weights = [[chance.random() ** 3 for _ in range(size)] for size in (3, 3, 3, 6)]
    return [
        tuple(chance.choices(range(len(weight)), weight)[0] for weight in weights)  # type: ignore[misc]
        for _ in range(people)
    ]


def tally_of(people: Sequence[tuple[int, int, int, int]]) -> Tally:
    def counts(axis: int, size: int) -> dict[str, int]:
        return {str(value): sum(person[axis] == value for person in people) for value in range(size)}

    names = ("country", "language", "delivery")
    return make_tally(
        tables={name: table(counts(axis, 3)) for axis, name in enumerate(names)},
        months={month: Cell(count, 0) for month, count in counts(3, 6).items()},
        quarters={str(quarter): Cell(sum(person[3] // 3 == quarter for person in people), 0) for quarter in range(2)},
    )


SHAPE = (3, 3, 3, 6)
SELECT = {axis: np.indices(SHAPE)[axis].ravel() for axis in range(4)}


@pytest.mark.parametrize("seed", range(12))
def test_no_hidden_number_follows_from_all_tables_and_series_together(seed):
    public = protect(tally_of(population(seed)))
    lines: list[np.ndarray] = []
    least: list[float] = []
    most: list[float] = []
    hidden: list[tuple[str, np.ndarray]] = []

    def known(line: np.ndarray, shown: int | None, name: str) -> None:
        lines.append(line)
        least.append(0 if shown is None else shown)
        most.append(LEAST - 1 if shown is None else shown + STEP - 1)
        if shown is None:
            hidden.append((name, line))

    if public.learners is not None:
        known(np.ones(np.prod(SHAPE)), public.learners, "all")
    for axis, name in enumerate(("country", "language", "delivery")):
        for row in public.tables[name]:
            known(np.isin(SELECT[axis], [int(label) for label in row.labels]).astype(float), row.learners, name)
            if len(row.labels) > 1:
                hidden += [(f"{name} {label}", (SELECT[axis] == int(label)).astype(float)) for label in row.labels]
    for month, shown in public.months.items():
        known((SELECT[3] == int(month)).astype(float), shown, f"month {month}")
    for quarter, shown in public.quarters.items():
        known((SELECT[3] // 3 == int(quarter)).astype(float), shown, f"quarter {quarter}")

    assert lines
    limits = LinearConstraint(np.array(lines), least, most)
    for name, line in hidden:
        low, high = extreme(line, limits), -extreme(-line, limits)
        assert high > low, name


def test_no_hidden_plants_follow_from_the_curves_of_all_countries():
    for seed in range(6):
        chance = random.Random(seed)
        quarters = [f"2025-Q{number}" for number in range(1, 5)]
        true = {country: list(itertools.accumulate(chance.choices((0, 1, 2, 6), k=4))) for country in LABELS}
        true[""] = [sum(true[country][place] for country in LABELS) for place in range(4)]
        reach = {
            (country, quarter): Reach(400, counts[place], 0, 0, 4 * counts[place], 0, 0)
            for country, counts in true.items()
            for place, quarter in enumerate(quarters)
        }
        public = protect(make_tally(reach=reach))
        size = len(LABELS) * len(quarters)
        lines, least, most = [], [], []
        hidden = []
        for place, quarter in enumerate(quarters):
            for country in ("", *LABELS):
                line = np.zeros(size)
                for number, name in enumerate(LABELS):
                    line[number * 4 + place] = float(country in ("", name))
                shown = public.reach[(country, quarter)].trained
                lines.append(line)
                least.append(0 if shown is None else shown)
                most.append(STEP - 1 if shown is None else shown + STEP - 1)
                if shown is None:
                    hidden.append((country, quarter, line))
        for number in range(len(LABELS)):  # a curve never falls
            for place in range(3):
                line = np.zeros(size)
                line[number * 4 + place], line[number * 4 + place + 1] = -1, 1
                lines.append(line)
                least.append(0)
                most.append(400)
        limits = LinearConstraint(np.array(lines), least, most)
        for country, quarter, line in hidden:
            low, high = extreme(line, limits), -extreme(-line, limits)
            assert high > low, (seed, country, quarter)


def extreme(line: np.ndarray, limits: LinearConstraint) -> int:
    """The least that the attacker can be sure of."""
    found = milp(line, constraints=limits, integrality=np.ones(line.size), bounds=Bounds(0, np.inf))
    assert found.success, found.message
    return round(found.fun)


def test_every_row_is_a_group_that_may_be_shown():
    @settings(max_examples=200)
    @given(st.tuples(*[st.integers(0, 60)] * 5))
    def holds(counts):
        public = protect(by_country(*counts))
        for row in public.tables["country"]:
            assert isinstance(row, PublicRow)
            assert row.learners >= LEAST
        assert len(public.tables["country"]) != 1

    holds()
