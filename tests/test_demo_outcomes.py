"""Invented results in plants: the same on every machine, marked, taken by the readers, and like those of a programme."""

from __future__ import annotations

import csv
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date, timedelta
from hashlib import sha256
from io import StringIO
from itertools import pairwise
from pathlib import Path

import pytest
from builders import ROOT
from greensupply import (
    assessment,
    demo,
    demo_outcomes,
    metrics,
    outcome_disclosure,
    outcomes,
    plants,
    records,
    store,
)
from greensupply.assessment import LISTS, Assessment, DataClass, Measurement, Opportunity, Status
from greensupply.completion import COUNTRIES, Notice, SetAside
from greensupply.outcome_counts import BASELINED, CUMULATIVE, QUARTERLY, STATUSES, Outcomes
from greensupply.published_outcomes import PublicOutcomes
from greensupply.records.outcomes import Known
from greensupply.store.outcomes import Rows
from record_builders import scope

MODULES = (("p2-into-lean", 1, 0.8), ("environmental-management-systems", 2, 0.8), ("costing", 1, 0.7))
START, END = date(2024, 1, 1), date(2026, 10, 31)
CATALOGUE = metrics.read(ROOT / "records")
STAGES = ("scope", "contacted", "enrolled", "assisted", "assessed", "acting", "verified")
LATEST = "2026-Q3"
DAY = "pnaa-certificate"
MOST_BYTES = 6_000_000
"""Of the demonstration data in git."""


@dataclass(frozen=True)
class Made:
    """What the command writes."""

    folder: Path
    plants: dict[str, plants.Plant]
    lines: list[assessment.Line]
    rows: Rows


def made(folder: Path, learners: int, seed: int) -> Made:
    _, listed = demo.records(learners, seed, MODULES, START, END)
    lines = demo_outcomes.outcomes(listed, seed, END, CATALOGUE)
    folder.mkdir()
    (folder / plants.FILE).write_text(plants.text(listed), encoding="utf-8")
    store.outcomes.add(folder, lines, recorded_on=END, sync=lambda _: None, demonstration=True)
    return Made(folder, {plant.supplier: plant for plant in listed}, lines, store.outcomes.read(folder))


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return made(tmp_path_factory.mktemp("small") / "records", 300, 5)


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    return made(tmp_path_factory.mktemp("usual") / "records", 2400, 7)


@pytest.fixture(scope="module")
def counted(usual):
    return count(usual, END)


@pytest.fixture(scope="module")
def shown(usual, counted):
    return outcome_disclosure.protect(counted, PublicOutcomes(), lambda day: count(usual, day))


def count(of: Made, day: date) -> Outcomes:
    return outcomes.count(
        of.folder, modules={}, catalogue=CATALOGUE, plants=of.folder / plants.FILE, as_of=day, known_on=day
    )


def text(folder: Path) -> str:
    return "".join((folder / f"{name}.csv").read_text(encoding="utf-8") for name in LISTS)


def test_the_same_seed_gives_the_same_bytes_on_every_machine(small, tmp_path):
    assert text(made(tmp_path / "again", 300, 5).folder) == text(small.folder)
    assert sha256(text(small.folder).encode()).hexdigest()[:16] == "5d54b8640b276366"
    assert text(made(tmp_path / "other", 300, 6).folder) != text(small.folder)


def test_every_row_is_marked_as_invented(small):
    written = [
        row
        for name in LISTS
        for row in csv.DictReader(StringIO((small.folder / f"{name}.csv").read_text(encoding="utf-8")))
    ]
    codes = {row[key] for row in written for key in ("id", "supplier", "assessment") if key in row}

    assert {row["entry"] for row in written} == {"DEMO"}
    assert all(re.fullmatch(r"DEMO-(?:[AO]-)?(?:CA|MX|US)-\d{4}(?:-\d+)*", code) for code in codes)
    assert {plant.customer[:5] for plant in small.plants.values()} == {"", "DEMO-"}
    assert small.rows.demonstration


@pytest.mark.parametrize("of", LISTS)
def test_an_office_could_have_sent_every_row(small, of, tmp_path):
    """What holds goes through the readers of lists, and comes out as it was."""
    found = getattr(small.rows, of)
    known = Known(CATALOGUE, small.plants, (), {} if of == LISTS[0] else {LISTS[0]: small.rows.assessments})
    store.outcomes.add(tmp_path, found, recorded_on=END, sync=lambda _: None)
    file = tmp_path / f"{of}.csv"
    head = {"id": {"assessments": "assessment", "opportunities": "opportunity"}.get(of, "")}
    written = list(csv.DictReader(StringIO(file.read_text(encoding="utf-8"))))
    columns = [name for name in written[0] if name not in ("entry", "recorded_on")]
    sent = [[head.get(name, name) for name in columns], *(as_sent(row, columns) for row in written)]
    file.write_text("".join(f"{','.join(row)}\n" for row in sent), encoding="utf-8")

    sheet = records.outcomes.opened(file)
    assert isinstance(sheet, records.outcomes.Sheet), str(sheet)
    read = [one for _, one in records.outcomes.readings(sheet, scope(), known)]

    assert [str(one.problem) for one in read if isinstance(one, SetAside | Notice)] == []
    anonymous = {"assessors": ()} if of == LISTS[0] else {}
    assert {assessment.key(one): replace(one, recorded_on=END, **anonymous) for one in read} == {
        assessment.key(one): replace(one, recorded_on=END, **anonymous) for one in found
    }


def as_sent(row: dict[str, str], columns: list[str]) -> list[str]:
    """A row as an office writes it: quantities only where one is saved, days with dashes."""
    no_quantity = {"baseline": "", "expected": ""} if row.get("input") == "" else {}
    day = {"value": f"{row['value'][:4]}-{row['value'][4:6]}-{row['value'][6:]}"} if row.get("input") == DAY else {}
    return [{**row, **no_quantity, **day}[name] for name in columns]


def test_nothing_is_recorded_before_it_happened_or_after_the_end(usual):
    for line in usual.lines:
        assert line.recorded_on <= END
        if isinstance(line, Measurement) and "Q" in line.period:
            year, number = int(line.period[:4]), int(line.period[-1])
            assert line.recorded_on >= date(year + number // 4, number % 4 * 3 + 1, 1)
    for one in usual.rows.assessments:
        plant = usual.plants[one.supplier]
        assert plant.enrolled_on <= one.day <= one.recorded_on
        assert one.day.weekday() < 5
    for one in usual.rows.opportunities:
        days = [day for day in (one.identified_on, one.committed_on, one.implemented_on, one.verified_on) if day]
        assert days == sorted(days)
        assert days[-1] <= one.recorded_on


def test_statuses_and_corrections_are_new_rows_that_supersede(usual):
    past = store.outcomes.history(usual.folder)
    rows = Counter(assessment.key(line) for line in past["opportunities"])
    steps = {status: number for number, status in enumerate(Status, 1)}

    assert all(rows[one.id,] == steps[one.status] for one in usual.rows.opportunities)
    again = [key for key, times in Counter(map(assessment.key, past["measurements"])).items() if times == 2]
    assert 50 < len(again) < 300
    held = {assessment.key(one): one for one in usual.rows.measurements}
    first = {assessment.key(one): one for one in reversed(past["measurements"])}
    assert all(first[key].value != held[key].value for key in again)
    assert all(first[key].recorded_on < held[key].recorded_on for key in again)


def test_there_are_plants_assessments_and_opportunities_enough_in_every_country_and_status(usual):
    rows, of = usual.rows, {one.id: one.supplier for one in usual.rows.assessments}

    assert Counter(plant.country for plant in usual.plants.values()) == {"MX": 640, "US": 500, "CA": 260}
    assert all(plant.region.startswith(plant.country) and plant.size for plant in usual.plants.values())
    assert {name for plant in usual.plants.values() for name in plant.processes} == set(demo.listed.MAIN)
    assert 250 <= len(rows.assessments) <= 400
    assert {one.complete for one in rows.assessments} == {True, False}
    by_status = Counter((usual.plants[of[one.assessment]].country, one.status) for one in rows.opportunities)
    assert all(by_status[country, status] >= 20 for country in COUNTRIES for status in Status)
    assert {(usual.plants[of[one.assessment]].country, one.currency) for one in rows.opportunities} == {
        ("CA", "CAD"),
        ("MX", "MXN"),
        ("MX", "USD"),
        ("US", "USD"),
    }


def test_amounts_are_like_those_of_the_worked_example(usual):
    """EX-LC-1: 1,500 to 40,000 $ each, paid back within four years; EX-LC-3: 65 % implemented, 88 % realised."""
    dollars = [one for one in usual.rows.opportunities if one.currency == "USD"]
    saving, cost = sorted(one.saving for one in dollars), sorted(one.cost for one in dollars)

    assert 1_000 < saving[len(saving) // 2] < 20_000
    assert 1_000 < cost[len(cost) // 2] < 20_000
    assert max(saving) < 400_000
    assert sum(one.cost for one in dollars) / sum(saving) < 4
    counted = Counter(one.status for one in usual.rows.opportunities)
    acted = counted[Status.IMPLEMENTED] + counted[Status.VERIFIED]
    assert 0.4 < acted / counted.total() < 0.75
    proved = [one for one in usual.rows.opportunities if one.avoided is not None]
    assert 0.75 < sum(float(one.avoided / one.expected) for one in proved) / len(proved) < 1
    assert all(one.actual >= 0 for one in proved)


def test_each_reporting_plant_has_the_baseline_year_before_it_enrolled(usual):
    periods = defaultdict(set)
    for one in usual.rows.measurements:
        if "Q" in one.period:
            periods[one.supplier].add(one.period)

    assert 200 <= len(periods) <= 400
    for supplier, said in periods.items():
        year = usual.plants[supplier].enrolled_on.year - 1
        assert {f"{year}-Q{number}" for number in range(1, 5)} <= said
    assert sum(len(said) for said in periods.values()) / len(periods) > 8


def test_every_quantity_has_plants_of_every_country_and_every_data_class(usual, counted):
    inputs = {one.input for one in usual.rows.measurements if "Q" in one.period}

    assert inputs == set(CATALOGUE.inputs)
    for measure in QUARTERLY:
        for country in COUNTRIES:
            amount = counted.amounts[measure, country, LATEST]
            assert len(amount.plants) >= 5, (measure, country)
        classes = {name for country in COUNTRIES for name in counted.amounts[measure, country, LATEST].classes}
        assert classes == {each.value for each in DataClass}, measure
    assert {unit for _, unit, _ in counted.intensities} == {"t", "1000 parts", "machine h", "m2"}


def test_answers_to_national_questions_are_of_that_country(usual):
    yearly = [one for one in usual.rows.measurements if "Q" not in one.period]

    assert {one.input for one in yearly} == set(CATALOGUE.complements) - {"rene-emissions"}, "no plant is so large"
    for one in yearly:
        asked = CATALOGUE.complements[one.input]
        assert usual.plants[one.supplier].country == asked.country
        assert one.unit in asked.units
    assert {one.period for one in yearly} == {"2024", "2025"}


def test_penetration_grows_and_every_stage_contains_the_next(counted):
    quarters = sorted({quarter for _, quarter in counted.stages})

    assert (quarters[0], quarters[-1]) == ("2024-Q1", LATEST)
    for quarter in quarters:
        stages = [getattr(counted.stages["", quarter], name) for name in STAGES]
        assert stages == sorted(stages, reverse=True)
    for before, after in pairwise(quarters):
        for name in STAGES[3:]:
            assert getattr(counted.stages["", after], name) >= getattr(counted.stages["", before], name)
    for country in ("", *COUNTRIES):
        last = counted.stages[country, LATEST]
        shares = [
            getattr(last, name) / last.scope for name in ("contacted", "enrolled", "assessed", "acting", "verified")
        ]
        assert [low < share < high for share, (low, high) in zip(shares, BOUNDS, strict=True)] == [True] * 5, shares
        assert 0.5 < last.acting / last.assessed < 0.9
        assert counted.reporting[country, LATEST] <= last.enrolled


BOUNDS = ((0.5, 0.75), (0.25, 0.4), (0.12, 0.28), (0.08, 0.22), (0.03, 0.14))


def test_plants_with_a_baseline_use_less_in_the_end(shown):
    for measure in BASELINED:
        for country in COUNTRIES:
            change = shown.change(measure, [country], "2026-Q2")
            assert change is not None, (measure, country)
            assert 1 <= change <= 20
    assert 40 < shown.diversion(COUNTRIES, LATEST) < 75
    assert 65 < shown.material_yield(COUNTRIES, LATEST) < 90


def test_nearly_everything_may_be_published(counted, shown):
    wanted = {(measure, period) for measure, _, period in counted.amounts}
    published = {(measure, period) for measure, _, period in shown.amounts}

    assert set(CUMULATIVE) == {measure for measure, period in wanted if not period}
    assert len(published) > 0.95 * len(wanted)
    apart = [key for key in published if shown.value(*key[:1], ["MX"], key[1]) is not None]
    assert len(apart) > 0.85 * len(wanted)
    assert len(shown.intensities) > 0.8 * len(counted.intensities)
    assert all(shown.value(f"count:{status}", COUNTRIES, "") for status in STATUSES)
    assert 60 < shown.realisation(COUNTRIES) < 100
    assert 0.5 < shown.payback(COUNTRIES) < 4
    assert shown.days_to_action
    assert shown.demonstration


def test_a_programme_of_three_months_and_one_plant_has_results_that_are_counted(tmp_path):
    _, listed = demo.records(1, 1, MODULES[:1], END - timedelta(days=90), END)
    lines = demo_outcomes.outcomes(listed, 1, END, CATALOGUE)
    (tmp_path / plants.FILE).write_text(plants.text(listed), encoding="utf-8")
    store.outcomes.add(tmp_path, lines, recorded_on=END, sync=lambda _: None, demonstration=True)

    assert count(Made(tmp_path, {}, [], Rows()), END).demonstration


def test_the_lists_in_git_are_those_of_the_command_and_small():
    folder = ROOT / "records"
    if not store.outcomes.read(folder).demonstration:
        pytest.skip("these are the records of a programme")
    _, listed = demo.records(2400, 1, MODULES, START, END)
    rows = store.outcomes.history(folder)

    assert plants.read(folder / plants.FILE) == tuple(sorted(listed, key=lambda plant: plant.supplier))
    assert [line for name in LISTS for line in rows[name]] == sorted(
        demo_outcomes.outcomes(listed, 1, END, CATALOGUE), key=lambda line: LISTS.index(assessment.of(line))
    )
    assert sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) < MOST_BYTES


def test_what_the_catalogue_does_not_know_is_left_out(small):
    water = replace(CATALOGUE, inputs={"water": CATALOGUE.inputs["water"]}, complements={})
    lines = demo_outcomes.outcomes(tuple(small.plants.values()), 5, END, water)

    assert {line.input for line in lines if isinstance(line, Measurement)} == {"water"}
    assert {line.input for line in lines if isinstance(line, Opportunity)} == {"", "water"}
    assert [line for line in lines if isinstance(line, Assessment)] == sorted(
        small.rows.assessments, key=lambda one: (one.recorded_on, one.id)
    )


def test_the_manual_says_how_to_delete_every_file_of_it():
    said = (ROOT / "docs" / "programme.md").read_text(encoding="utf-8")
    deleted = {name for line in re.findall(r"^rm (?:-r )?(.+)$", said, re.MULTILINE) for name in line.split()}
    real = {"metrics.yml", "factors.yml", "rates.yml", "goals.yml"}

    assert {f"records/{path.name}" for path in (ROOT / "records").glob("[!.]*")} <= deleted | {
        f"records/{name}" for name in real
    }
