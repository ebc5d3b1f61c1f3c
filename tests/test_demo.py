"""Invented records: the same on every machine, marked as invented, and like those of a real programme."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from datetime import date
from hashlib import sha256

import pytest
from greensupply import demo, disclosure, plants, tally
from greensupply.completion import Delivery
from greensupply.store import batches

MODULES = (("p2-into-lean", 1, 0.8), ("environmental-management-systems", 2, 0.8), ("costing", 1, 0.7))
START, END = date(2024, 1, 1), date(2026, 10, 31)


@pytest.fixture(scope="module")
def made():
    return demo.records(2400, 7, MODULES, START, END)


@pytest.fixture(scope="module")
def counted(made, tmp_path_factory):
    folder = tmp_path_factory.mktemp("records")
    completions, listed = made
    (folder / "completions").mkdir()
    (folder / "completions" / "0.jsonl").write_text(text(completions), encoding="utf-8")
    (folder / "suppliers.csv").write_text(plants.text(listed), encoding="utf-8")
    return tally.count(
        folder,
        modules={name: 120 for name, _, _ in MODULES},
        core=[name for name, _, _ in MODULES[:2]],
        as_of=END,
        suppliers=folder / "suppliers.csv",
    )


def text(completions):
    return "".join(batches.line(batches.values(one)) for one in completions)


def test_the_same_seed_gives_the_same_bytes_on_every_machine():
    once = demo.records(50, 3, MODULES, START, END)

    assert once == demo.records(50, 3, MODULES, START, END)
    assert sha256((text(once[0]) + plants.text(once[1])).encode()).hexdigest()[:16] == "bd3b396685cb0145"
    assert once != demo.records(50, 4, MODULES, START, END)


def test_there_are_as_many_people_and_plants_as_asked_for(made):
    completions, listed = made

    assert len({one.learner for one in completions}) == 2400
    assert Counter(plant.country for plant in listed) == {"MX": 640, "US": 500, "CA": 260}
    assert len({plant.supplier for plant in listed}) == 1400
    assert Counter(plant.country for plant in listed if plant.enrolled_on) == {"MX": 190, "US": 150, "CA": 80}


def test_plants_are_on_the_list_before_they_are_contacted_and_enrol(made):
    for plant in made[1]:
        days = [plant.listed_on, plant.contacted_on, plant.enrolled_on, plant.left_on]
        known = [day for day in days if day]
        assert known == sorted(known)
        assert START <= known[0] <= known[-1] <= END
        assert plant.contacted_on or not plant.enrolled_on
        assert plant.region.startswith(f"{plant.country}-")
        assert plant.processes
    trained = {one.supplier for one in made[0]} & {plant.supplier for plant in made[1]}
    assert trained <= {plant.supplier for plant in made[1] if plant.enrolled_on}


def test_every_supplier_is_marked_as_invented(made, counted):
    completions, listed = made
    codes = {one.supplier for one in completions if one.supplier} | {plant.supplier for plant in listed}

    assert all(re.fullmatch(r"DEMO-(CA|MX|US)-\d{4}", code) for code in codes)
    assert counted.demonstration


def test_records_have_the_form_of_stored_ones(made):
    completions, _ = made
    marks = {name: mark for name, _, mark in MODULES}

    assert len({one.id for one in completions}) == len(completions)
    for one in completions:
        assert re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one.id)
        assert re.fullmatch(r"[0-9a-f]{32}", one.learner)
        assert START <= one.completed_at.date() <= END
        assert one.passed == (one.score >= marks[one.module])
        assert (one.session is None) == (one.instructor is None) == (one.delivery is not Delivery.CLASSROOM)
    assert [one.completed_at for one in completions] == sorted(one.completed_at for one in completions)
    assert {(one.module, one.revision) for one in completions} == {
        ("p2-into-lean", 1),
        ("environmental-management-systems", 1),
        ("environmental-management-systems", 2),
        ("costing", 1),
    }


def test_classes_have_12_to_25_people_one_instructor_one_module_and_one_first_day(made):
    classes = defaultdict(list)
    for one in made[0]:
        if one.session:
            classes[one.session].append(one)

    assert len(classes) > 60
    for taught in classes.values():
        assert 12 <= len({one.learner for one in taught}) <= 25
        assert len({one.instructor for one in taught}) == len({one.module for one in taught}) == 1
        first = [
            min(one.completed_at for one in taught if one.learner == learner).date()
            for learner in {one.learner for one in taught}
        ]
        assert len(set(first)) == 1
        assert first[0].weekday() < 5


def test_some_fail_and_some_of_those_try_again(made):
    attempts = defaultdict(list)
    for one in made[0]:
        attempts[one.learner, one.module].append(one.passed)

    assert {(False,), (False, True), (True,), (True, True)} <= {tuple(passed) for passed in attempts.values()}
    assert not any(
        not one.passed
        for one in made[0]
        if one.delivery is Delivery.WEB and len(attempts[one.learner, one.module]) == 1
    )


def test_it_looks_like_a_programme_with_seasons_that_grows(counted):
    months = {name: cell.learners for name, cell in counted.months.items()}
    by_year = {
        year: sum(count for name, count in months.items() if f"{year}-01" <= name <= f"{year}-10")
        for year in (2024, 2025, 2026)
    }
    usual = sum(count for name, count in months.items() if name.startswith("2025")) / 12

    assert by_year[2024] * 1.5 < by_year[2025] < by_year[2026]
    assert months["2025-07"] < 0.7 * usual
    assert months["2025-12"] < 0.7 * usual


def test_languages_follow_the_countries(made):
    spoken = Counter((one.country, one.locale) for one in made[0])

    assert spoken["MX", "es"] > 10 * spoken["MX", "en"] > 0
    assert spoken["US", "en"] > spoken["US", "es"] > 0
    assert spoken["CA", "en"] > spoken["CA", "fr"] > 0
    assert spoken["MX", "fr"] == spoken["US", "fr"] == 0


def test_it_shows_everything_that_may_be_published(counted):
    shown = disclosure.protect(counted)

    assert None not in (shown.learners, shown.completions, shown.pass_rate, shown.instructors, shown.monthly_rate)
    assert {name: len(rows) for name, rows in shown.tables.items()} == {
        "country": 4,
        "module": 3,
        "language": 4,
        "delivery": 3,
    }
    assert len(shown.scores) == 3
    curve = [shown.share("", quarter, "trained") for quarter in shown.quarters]
    assert curve[-1] > 12
    assert None not in curve[1:]
    for country in ("CA", "MX", "US"):
        trained, assisted, core = (
            shown.share(country, shown.latest, measure) for measure in ("trained", "assisted", "core")
        )
        assert trained > assisted >= core >= 5


@pytest.mark.parametrize("learners", [0, 1, 13])
def test_a_small_programme_of_one_module_and_one_day_has_everybody(learners):
    completions, listed = demo.records(learners, 1, MODULES[:1], END, END)

    assert len({one.learner for one in completions}) == learners
    assert {plant.country for plant in listed} == {"CA", "MX", "US"}
