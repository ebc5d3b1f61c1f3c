"""Every figure back to the raw records: they are counted once more, and what is published is what they say.

Nothing here asks the project what is true: the records are read with `csv` and `json`, and factors and units are written
out from the facts (`raw_figures`). `test_figures_shown.py` goes on from what is published to the pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import astuple
from datetime import date
from functools import cache
from statistics import median
from types import SimpleNamespace
from typing import Any

import pytest
import raw_figures
import raw_sums
import yaml
from builders import ROOT
from greensupply import metrics, outcomes, tally
from published_figures import ALL, People, Plants, percent
from raw_figures import Records, Sum
from raw_training import Training

RECORDS = ROOT / "records"
MINUTES = {
    file.parent.name: yaml.safe_load(file.read_text(encoding="utf-8"))["minutes"]
    for file in sorted((ROOT / "modules").glob("*/module.yml"))
}
LABELS = {"country": "country", "module": "module", "language": "locale", "delivery": "delivery"}
"""Table of people -> the field of a record that it is by."""

PLANTS, PEOPLE = Plants(RECORDS), People(RECORDS)
AS_OF = date.fromisoformat(PLANTS.as_of)


@cache
def core() -> tuple[str, ...]:
    """Modules of the supplier pathway."""
    ways = yaml.safe_load((ROOT / "modules" / "pathways.yml").read_text(encoding="utf-8"))["pathways"]
    return tuple(next(way["modules"] for way in ways if way["id"] == "supplier"))


@cache
def raw(day: date) -> Any:
    """What the raw records say of everything up to a day, as they were on it."""
    records, training = Records(RECORDS, day), Training(RECORDS, day, MINUTES)
    return SimpleNamespace(
        records=records,
        training=training,
        stages=records.counts(records.stages(training.passes(), MINUTES)),
        reporting=records.reporting(),
        days=records.days_to_action(),
        sums=raw_sums.of(records),
        intensities=raw_sums.intensities(records),
        complements=raw_sums.complements(records),
    )


@cache
def counted() -> Any:
    """The same by the queries."""
    plants, catalogue = RECORDS / "suppliers.csv", metrics.read(RECORDS)
    return outcomes.count(RECORDS, modules=MINUTES, catalogue=catalogue, plants=plants, as_of=AS_OF, known_on=AS_OF)


def near(found: Mapping[str, float], other: Mapping[str, float]) -> bool:
    """The same plants, and the same values up to what floating point and a sum of decimals to 1e-9 make of them."""
    close = (math.isclose(found[one], other[one], rel_tol=1e-9, abs_tol=1e-8) for one in found if one in other)
    return set(found) == set(other) and all(close)


# --- what the facts say -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "amount", "unit", "country", "year", "measure", "expected"),
    [
        ("electricity", 277.78, "kWh", "MX", 2025, "energy", 1.0),  # MET-50
        ("electricity", 1, "MWh", "MX", 2024, "scope-2", 0.444),  # MET-30
        ("electricity", 1000, "kWh", "US", 2026, "ghg", 0.3497),  # MET-32
        ("electricity", 1, "MWh", "CA", 2026, "scope-2", 0.108),  # MET-36
        ("natural-gas", 1, "MMBtu", "MX", 2025, "energy", 1.05506),  # MET-51
        ("natural-gas", 1, "therm", "US", 2025, "scope-1", 0.0053115),  # MET-43
        ("natural-gas", 1000, "m3", "MX", 2025, "scope-1", 1.922),  # MET-42
        ("natural-gas", 1000, "m3", "CA", 2025, "scope-1", 1.888),  # MET-44
        ("propane", 1000, "L", "CA", 2025, "scope-1", 1.515),  # MET-45
        ("diesel", 1000, "L", "MX", 2025, "scope-1", 2.684),  # MET-46
        ("gasoline", 1000, "L", "US", 2025, "scope-1", 2.3485),  # MET-47
        ("water", 264.172, "US gal", "US", 2025, "water", 1.0),  # MET-53
        ("water", 1, "100 ft3", "US", 2025, "water", 2.83168),  # MET-53
        ("hazardous-waste", 2204.62, "lb", "US", 2025, "hazardous-waste", 1.0),  # MET-52
        ("nonhazardous-waste", 1.10231, "short ton", "US", 2025, "waste", 1.0),  # MET-52
        ("voc", 1, "lb", "US", 2025, "voc", 0.45359237),  # MET-52
    ],
)
def test_the_factors_written_out_here_are_those_of_the_facts(name, amount, unit, country, year, measure, expected):
    assert raw_figures.quantities(name, amount, unit, country, year)[measure] == pytest.approx(expected, rel=5e-4)


# --- the raw records against the queries ------------------------------------------------------------------------------


def test_plants_of_every_stage_country_and_quarter_are_those_of_the_raw_records():
    truth = raw(AS_OF)

    assert {key: list(astuple(stages)) for key, stages in counted().stages.items()} == truth.stages
    assert dict(counted().reporting) == truth.reporting
    assert dict(counted().days_to_action) == truth.days


def test_every_sum_of_every_plant_is_that_of_the_raw_records():
    sums: dict[Any, Sum] = raw(AS_OF).sums
    amounts = counted().amounts

    assert set(amounts) == set(sums)
    assert [key for key, found in sums.items() if not near(found.plants, amounts[key].plants)] == []
    for key, found in sums.items():
        assert set(found.classes) == set(amounts[key].by_class), key
        assert all(near(parts, amounts[key].by_class[name]) for name, parts in found.classes.items()), key


def test_every_intensity_and_complement_is_that_of_the_raw_records():
    truth, found = raw(AS_OF), counted()

    assert set(found.intensities) == set(truth.intensities)
    for key, both in truth.intensities.items():
        assert all(near(one.plants, two.plants) for one, two in zip(both, found.intensities[key], strict=True)), key
    assert set(found.complements) == set(truth.complements)
    assert all(near(parts, found.complements[key]) for key, parts in truth.complements.items())


def test_people_trained_are_those_of_the_raw_records():
    training: Training = raw(AS_OF).training
    found = tally.count(RECORDS, modules=MINUTES, core=core(), as_of=AS_OF, suppliers=RECORDS / "suppliers.csv")
    quarters = {quarter for _, quarter in found.reach}
    reach = training.reach(raw(AS_OF).records.plants, quarters, core())

    assert found.completions == len(training.first)
    assert {name: cell.learners for name, cell in found.quarters.items()}.items() <= training.quarters().items()
    assert {name: cell.learners for name, cell in found.months.items() if cell.learners} == training.months()
    assert (found.attempts.learners, found.passed.learners) == training.supervised()
    assert found.instructors.learners == len(training.teaching())
    assert (found.trainers.learners, found.active_trainers.learners) == training.cadre()
    assert len(found.courses or ()) == len(training.courses)
    for name, field in LABELS.items():
        for label in found.tables[name].labels:
            assert found.tables[name].cell(label).learners == training.people(**{field: label or None}), (name, label)
    assert near(found.scores, training.scores())
    assert {key: list(astuple(reach))[:4] for key, reach in found.reach.items()} == reach


# --- the raw records against what is published ------------------------------------------------------------------------


def down(count: float) -> int:
    return int(count // 5) * 5


def rounded(shown: float, true: float) -> bool:
    """Three significant digits, and none nearer to the true value."""
    step = 10.0 ** (math.floor(math.log10(abs(true))) - 2) if true else 1.0
    return abs(shown - true) <= 0.5 * step * (1 + 1e-9) and math.isclose(shown, float(f"{shown:.3g}"))


def stand_for(pairs: Iterable[tuple[int | None, int]], least: int) -> None:
    """Numbers shown for true ones: rounded down to fives, or of an older release from which fewer than `least` moved."""
    found = list(pairs)
    for one, true in found:
        assert true < 2 * least if one is None else one % 5 == 0 and one - least < true < one + 4 + least, (one, true)
    fresh = [one == (down(true) if true >= least else None) for one, true in found]
    assert sum(fresh) >= 0.9 * len(fresh)


def test_published_numbers_of_plants_are_the_true_ones_in_steps():
    truth = raw(AS_OF)
    stages = [
        pair for key, found in PLANTS.stages.items() for pair in zip(found.values(), truth.stages[key], strict=True)
    ]

    assert set(PLANTS.stages) == set(truth.stages)
    assert set(PLANTS.reporting) == set(truth.reporting)
    stand_for(stages, 5)
    stand_for([(count, truth.reporting[key]) for key, count in PLANTS.reporting.items()], 5)
    shares = {key: percent(count, PLANTS.stages[key]["enrolled"]) for key, count in PLANTS.reporting.items()}
    assert PLANTS.coverage == {key: share for key, share in shares.items() if share is not None}


def test_every_published_sum_is_the_true_one_of_its_own_day():
    for (name, group, when), shown_ in PLANTS.amounts.items():
        day, key = date.fromisoformat(shown_["as_of"]), (name, group, when)
        sums = raw(day).sums
        found = [sums[name, country, when] for country in group if (name, country, when) in sums]
        total, plants = sum(each.total for each in found), sum(sum(map(bool, each.plants.values())) for each in found)

        assert day <= AS_OF, key
        assert rounded(shown_["value"], down(total) if name.startswith("count:") else total), key
        assert shown_["plants"] == down(plants) >= 5, key
        for letter, share in shown_["classes"].items():
            part = sum(sum(each.classes[letter].values()) for each in found if letter in each.classes)
            assert share == percent(part, total, least=0), (key, letter)


def test_every_other_published_figure_is_the_true_one_of_a_released_day():
    days = {(name, when): [date.fromisoformat(day) for day in some] for name, _, when, some in PLANTS.data["released"]}
    for (name, unit, when), value in PLANTS.intensities.items():
        used, made = raw(days[f"{name}/{unit}", when][-1]).intensities[name, unit, when]
        assert rounded(value, used.total / made.total), (name, unit, when)
        assert len(used.plants) >= 10, (name, unit, when)
    for (name, year), found in PLANTS.complements.items():
        parts = [value for value in raw(date.fromisoformat(found["as_of"])).complements[name, year].values() if value]
        yes = set(parts) == {1.0}
        assert found["value"] == down(len(parts)) if yes else rounded(found["value"], sum(parts)), (name, year)
        assert found["plants"] == down(len(parts)), (name, year)
    waits = raw(days["days-to-action", ""][-1]).days
    assert PLANTS.data["days_to_action"] == round(median(waits.values()) / 10) * 10


def test_published_numbers_of_people_are_the_true_ones_in_steps():
    training, data = raw(AS_OF).training, PEOPLE.data
    people = [(data["learners"], training.people())]
    for name, field in LABELS.items():
        for labels, count in PEOPLE.tables[name]:
            some = [one["learner"] for one in training.first if (one[field] or "") in labels]
            people.append((count, len(set(some))))
    people += [(count, training.quarters().get(name, 0)) for name, count in data["quarters"].items()]
    people += [(count, training.months().get(name, 0)) for name, count in data["months"].items()]
    people += zip((data["attempts"], data["passed"]), training.supervised(), strict=True)
    people += zip((data["trainers"], data["active_trainers"]), training.cadre(), strict=True)
    people.append((data["instructors"], len(training.teaching())))
    for labels, count in PEOPLE.tables["trainer-rung"]:
        people.append((count, sum(rung in labels for rung, _ in training.ladder().values())))
    for labels, count in PEOPLE.tables["trainer-country"]:
        some = (where for rung, where in training.ladder().values() if rung in ("certified", "master"))
        people.append((count, sum(where in labels for where in some)))
    stand_for(people, 10)
    stand_for([(data["completions"], len(training.first))], 10)
    assert data["scores"] == {name: round(score * 20) * 5 for name, score in training.scores().items()}
    assert data["courses"] == {code: sum(row["country"] == code for row in training.courses) for code in ALL}
    for name, count in data["course_quarters"].items():
        ended = min(raw_figures.end_of(name), AS_OF).isoformat()
        assert count == sum(row["date"] <= ended for row in training.courses), name


def test_published_reach_of_training_is_the_true_one_in_steps():
    plants, training = raw(AS_OF).records.plants, raw(AS_OF).training
    truth = training.reach(plants, {quarter for _, quarter in PEOPLE.reach}, core())

    for key, counts in PEOPLE.reach.items():
        for one, true in zip(counts, truth[key], strict=True):
            assert true < 20 if one is None else one % 5 == 0 and one - 10 < true < one + 14, (key, one, true)
    assert all(counts[0] == down(truth[key][0]) for key, counts in PEOPLE.reach.items())
