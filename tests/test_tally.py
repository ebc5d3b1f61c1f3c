"""What is counted, and that nothing else moves a number: order, repetition, splitting, the kind of file."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
import tally_oracle
from greensupply import plants, tally
from greensupply.completion import Completion, Delivery
from greensupply.counts import Cell, Reach, Tally
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES
from greensupply.plants import Plant
from greensupply.published import PublicTally
from greensupply.store import batches
from hypothesis import given, settings
from hypothesis import strategies as st

MODULES = {"rinsing": 60, "mapping": 120, "costing": 180}
CORE = ("rinsing", "mapping")
AS_OF = date(2026, 3, 31)


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def person(number: int) -> str:
    return f"{number:032x}"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def make_completion(number: int = 1, **changes: object) -> Completion:
    given = {
        "id": uuid(number),
        "learner": person(number),
        "supplier": "MX-1",
        "country": "MX",
        "module": "rinsing",
        "revision": 1,
        "locale": "es",
        "delivery": Delivery.WEB,
        "session": None,
        "instructor": None,
        "score": 0.9,
        "passed": True,
        "completed_at": at("2026-01-15T12:00:00"),
    }
    return Completion(**{**given, **changes})  # type: ignore[arg-type]


def write(folder: Path, *files: Iterable[Completion], voids: Iterable[str] = (), listed: Iterable[Plant] = ()) -> Path:
    """A store of one batch for each of `files`."""
    for number, records in enumerate(files):
        file = folder / "completions" / f"{number:016x}.jsonl"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("".join(batches.line(batches.values(one)) for one in records), encoding="utf-8")
    (folder / "voids").mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(voids):
        (folder / "voids" / f"{number:016x}.jsonl").write_text(json.dumps({"id": name}) + "\n", encoding="utf-8")
    (folder / "suppliers.csv").write_text(plants.text(listed), encoding="utf-8")
    return folder


def compact(folder: Path, name: str = "0" * 16) -> None:
    """Put a batch into the compacted file."""
    batch = folder / "completions" / f"{name}.jsonl"
    with duckdb.connect() as engine:
        engine.read_json(str(batch), columns=dict(batches.COLUMNS), format="newline_delimited").write_parquet(
            str(folder / "completions" / batches.COMPACTED)
        )
    batch.unlink()


def count(folder: Path, **changes: object) -> Tally:
    given = {"modules": MODULES, "core": CORE, "as_of": AS_OF, "suppliers": folder / "suppliers.csv"}
    return tally.count(folder, **{**given, **changes})  # type: ignore[arg-type]


def problems(folder: Path) -> list[str]:
    with pytest.raises(GreenSupplyError) as caught:
        count(folder)
    return [str(problem).replace(f"{folder.as_posix()}/", "") for problem in caught.value.problems]


# Random records, and the oracle

MOMENTS = [
    at(text)
    for text in [
        "2024-02-29T23:59:59",
        "2025-08-31T23:59:59",
        "2025-09-01T00:00:00",
        "2025-09-30T23:59:59",
        "2025-10-01T00:00:00",
        "2025-12-31T23:59:59",
        "2026-01-01T00:00:00",
        "2026-02-28T12:00:00",
        "2026-03-31T23:59:59",
        "2026-04-01T00:00:00",
    ]
]
CODES = ("MX-1", "MX-1", "MX-1", "MX-2", "CA-1", "US-1", "DEMO-US-2", None)
scores = st.sampled_from([0.0, 0.5, 0.8, 1 / 3, 0.8333333333333334, 1.0])
completions = st.builds(
    lambda number, score, moment, who, **rest: make_completion(
        number, learner=person(who), score=score, passed=score >= 0.8, completed_at=moment, **rest
    ),
    st.integers(0, 30),
    scores,
    st.sampled_from(MOMENTS),
    st.integers(1, 4),
    supplier=st.sampled_from(CODES),
    country=st.sampled_from(["CA", "MX", "US", None]),
    module=st.sampled_from([*MODULES, "unknown"]),
    revision=st.integers(1, 2),
    locale=st.sampled_from([*LOCALES, None]),
    delivery=st.sampled_from(list(Delivery)),
    instructor=st.sampled_from([person(901), person(902), None]),
)
days = st.sampled_from([moment.date() for moment in MOMENTS])
lists = st.lists(
    st.builds(
        lambda code, country, days, left: Plant(code, country, min(days), left_on=max(days) if left else None),
        st.sampled_from(["CA-9", *(code for code in CODES if code)]),
        st.sampled_from(["CA", "MX", "US"]),
        st.tuples(days, days),
        st.booleans(),
    ),
    unique_by=lambda plant: plant.supplier,
)
as_ofs = st.sampled_from(
    [date(2026, 3, 31), date(2026, 2, 28), date(2025, 12, 31), date(2024, 2, 29), date(2026, 8, 30)]
)


def without_scores(counted: Tally) -> Tally:
    return replace(counted, scores={})


@settings(max_examples=30, deadline=None)
@given(st.lists(completions, max_size=40, unique_by=lambda one: one.id), st.sets(st.integers(0, 30)), lists, as_ofs)
def test_the_queries_count_as_plain_python_does(records, void_numbers, listed, as_of):
    voids = [uuid(number) for number in void_numbers if number % 5 == 0]
    expected = tally_oracle.count(records, voids, modules=MODULES, core=CORE, as_of=as_of, plants=listed)

    with TemporaryDirectory() as folder:
        counted = count(write(Path(folder), records, voids=voids, listed=listed), as_of=as_of)

    assert without_scores(counted) == without_scores(expected)
    assert counted.scores == pytest.approx(expected.scores, abs=1e-8)


@settings(max_examples=10, deadline=None)
@given(st.lists(completions, min_size=1, max_size=30), st.randoms(use_true_random=False))
def test_shuffling_splitting_and_repeating_change_nothing(records, dice):
    """Records of one id may differ here, as in a store that was merged from two."""
    again = [*records, *dice.sample(records, len(records) // 2)]
    dice.shuffle(again)
    with TemporaryDirectory() as one, TemporaryDirectory() as other:
        once = write(Path(one), records, listed=[Plant("MX-1", "MX", date(2025, 1, 1))])
        split = write(Path(other), *(again[start::50] for start in range(50)), again, listed=[])
        compact(split, f"{50:016x}")

        assert count(once) == count(split, suppliers=once / "suppliers.csv")


@settings(max_examples=10, deadline=None)
@given(st.lists(completions, min_size=1, max_size=12))
def test_of_records_that_share_an_id_the_earlier_completion_is_counted(records):
    same = [replace(one, id=uuid(1), country="MX", locale="es", supplier="MX-1") for one in records]
    earliest = min(same, key=lambda one: (one.completed_at, one.score))
    told_apart = [one for one in same if (one.completed_at, one.score) != (earliest.completed_at, earliest.score)]
    expected = tally_oracle.count([earliest, *told_apart], modules=MODULES, core=CORE, as_of=AS_OF)

    with TemporaryDirectory() as folder:
        counted = count(write(Path(folder), [*told_apart, earliest]))

    assert without_scores(counted) == without_scores(expected)


# Records


def test_no_folder_and_no_batch_give_an_empty_tally(tmp_path):
    (tmp_path / "empty").mkdir()

    for counted in (count(tmp_path / "missing"), count(tmp_path / "empty")):
        assert counted.learners == counted.attempts == counted.instructors == Cell(0, 0)
        assert (counted.records, counted.completions, counted.demonstration) == (0, 0, False)
        assert counted.quarters == counted.months == counted.reach == counted.scores == counted.suppliers == {}
        assert {name: table.labels for name, table in counted.tables.items()} == {
            "country": ("CA", "MX", "US", ""),
            "module": ("rinsing", "mapping", "costing"),
            "language": ("en", "es", "fr", ""),
            "delivery": ("web", "classroom", "lms"),
        }


def test_a_hub_without_modules_counts_nothing(tmp_path):
    assert count(write(tmp_path, [make_completion()]), modules={}, core=()).records == 0


def test_a_record_taken_back_is_not_counted_whichever_came_first(tmp_path):
    kept, gone = make_completion(1), make_completion(2)

    counted = count(write(tmp_path, [gone], [kept, gone], voids=[gone.id.upper(), uuid(3)]))

    assert (counted.records, counted.learners.learners) == (1, 1)


def test_a_replay_of_the_compacted_records_as_batches_changes_nothing(tmp_path):
    records = [make_completion(number) for number in range(1, 40)]
    once = count(write(tmp_path, records))
    compact(tmp_path)
    for number in range(1, 4):
        (tmp_path / "completions" / f"{number:016x}.jsonl").write_text(
            "".join(batches.line(batches.values(one)) for one in records), encoding="utf-8"
        )

    assert count(tmp_path) == once


def test_the_same_learner_twice_is_one_learner_at_the_earliest_pass_with_the_best_score(tmp_path):
    records = [
        make_completion(1, learner=person(7), score=0.5, passed=False, completed_at=at("2025-12-01T00:00:00")),
        make_completion(2, learner=person(7), score=0.8, locale="fr", completed_at=at("2026-01-31T23:59:59")),
        make_completion(3, learner=person(7), score=1.0, locale="en", completed_at=at("2026-02-01T00:00:00")),
    ]

    counted = count(write(tmp_path, records))

    assert (counted.records, counted.completions, counted.learners.learners) == (3, 1, 1)
    assert counted.tables["language"].patterns == {frozenset({"fr"}): 1}
    assert counted.months == {
        "2025-12": Cell(0, 0),
        "2026-01": Cell(1, 1),
        "2026-02": Cell(0, 0),
        "2026-03": Cell(0, 0),
    }
    assert counted.scores == {"rinsing": 1.0}


def test_of_two_passes_in_the_same_second_the_smaller_id_is_the_first(tmp_path):
    records = [
        make_completion(number, learner=person(7), locale=locale)
        for number, locale in ((3, "en"), (2, "fr"), (4, "es"))
    ]

    for name, order in (("one", records), ("other", records[::-1])):
        assert count(write(tmp_path / name, order)).tables["language"].patterns == {frozenset({"fr"}): 1}


def test_a_new_revision_is_a_pass_of_its_own_and_no_new_learner(tmp_path):
    records = [
        make_completion(1, learner=person(7), score=1.0, completed_at=at("2025-11-05T00:00:00")),
        make_completion(2, learner=person(7), score=0.8, revision=2, completed_at=at("2026-02-05T00:00:00")),
    ]

    counted = count(write(tmp_path, records))

    assert (counted.completions, counted.learners.learners) == (2, 1)
    assert counted.quarters == {"2025-Q4": Cell(1, 1), "2026-Q1": Cell(1, 1)}
    assert counted.tables["module"].cell("rinsing") == Cell(1, 1)
    assert counted.scores == {"rinsing": 1.0}


def test_only_whole_months_and_quarters_up_to_the_last_day_are_shown(tmp_path):
    records = [
        make_completion(1, completed_at=at("2024-02-29T23:59:59")),
        make_completion(2, completed_at=at("2024-03-01T00:00:00")),
    ]
    write(tmp_path, records)

    february = count(tmp_path, as_of=date(2024, 2, 29))
    day_before = count(tmp_path, as_of=date(2024, 2, 28))
    april = count(tmp_path, as_of=date(2024, 4, 30))

    assert (february.records, list(february.months), list(february.quarters)) == (1, ["2024-02"], [])
    assert (day_before.records, list(day_before.months)) == (0, [])
    assert list(april.months) == ["2024-02", "2024-03", "2024-04"]
    assert april.quarters == {"2024-Q1": Cell(2, 1)}


def test_modules_that_the_hub_does_not_have_are_left_out_and_renamed_ones_are_found(tmp_path):
    write(tmp_path, [make_completion(1), make_completion(2, module="rinse"), make_completion(3, module="gone")])

    assert count(tmp_path).learners.learners == 1
    assert count(tmp_path, aliases={"rinse": "rinsing"}).tables["module"].cell("rinsing").learners == 2


def test_a_supplier_code_is_the_same_with_spaces_around_it_and_another_with_other_letters(tmp_path):
    records = [make_completion(1, supplier=" MX-1 "), make_completion(2), make_completion(3, supplier="mx-1")]

    counted = count(write(tmp_path, records, listed=[Plant("MX-1", "MX", date(2025, 1, 1))]))

    assert counted.suppliers == {"MX-1": 2, "mx-1": 1}
    assert counted.unlisted == ("mx-1",)


def test_one_invented_plant_or_record_marks_the_tally_as_demonstration(tmp_path):
    real = write(tmp_path / "real", [make_completion()])
    record = write(tmp_path / "record", [make_completion(), make_completion(2, supplier="DEMO-MX-1", passed=False)])
    plant = write(tmp_path / "plant", [make_completion()], listed=[Plant("DEMO-MX-1", "MX", date(2025, 1, 1))])

    assert [count(folder).demonstration for folder in (real, record, plant)] == [False, True, True]


def test_people_of_classes_and_learning_systems_make_the_pass_rate(tmp_path):
    records = [
        make_completion(1, delivery=Delivery.CLASSROOM),
        make_completion(2, delivery=Delivery.CLASSROOM, score=0.4, passed=False, supplier="MX-2"),
        make_completion(3, delivery=Delivery.LMS, score=0.4, passed=False),
        make_completion(4, delivery=Delivery.LMS, learner=person(3)),
        make_completion(5, delivery=Delivery.WEB, learner=person(2)),
    ]

    counted = count(write(tmp_path, records))

    assert (counted.attempts, counted.passed) == (Cell(3, 2), Cell(2, 1))


def test_an_instructor_is_active_for_six_months(tmp_path):
    taught = {"delivery": Delivery.CLASSROOM, "session": "C-1"}
    records = [
        make_completion(1, instructor=person(91), completed_at=at("2025-09-30T23:59:59"), **taught),
        make_completion(2, instructor=person(92), completed_at=at("2025-10-01T00:00:00"), **taught),
        make_completion(3, instructor=person(92), completed_at=at("2026-03-31T23:59:59"), **taught),
    ]

    assert count(write(tmp_path, records)).instructors == Cell(1, 0)


def test_folders_whose_names_hold_signs_of_patterns_and_quotes_are_read(tmp_path):
    assert count(write(tmp_path / "it's [a] *?", [make_completion()])).records == 1


def test_drafts_and_hidden_files_are_not_read(tmp_path):
    write(tmp_path, [make_completion()])
    for name in (".hidden.jsonl", "0000.jsonl.tmp", "notes.txt"):
        (tmp_path / "completions" / name).write_text("not a record", encoding="utf-8")

    assert count(tmp_path).records == 1


def test_more_than_128_modules_are_told_apart(tmp_path):
    modules = {f"module-{number}": 30 for number in range(200)}
    records = [make_completion(number, learner=person(1), module=f"module-{number}") for number in (0, 127, 128, 199)]

    counted = count(write(tmp_path, records), modules=modules)

    assert counted.tables["module"].patterns == {frozenset({"module-0", "module-127", "module-128", "module-199"}): 1}


# Reach


def test_penetration_grows_with_plants_that_join_leave_and_learn(tmp_path):
    listed = [
        Plant("MX-1", "MX", date(2025, 9, 30)),
        Plant("MX-2", "MX", date(2025, 10, 1), left_on=date(2026, 3, 30)),
        Plant("CA-1", "CA", date(2025, 1, 1), left_on=date(2026, 3, 31)),
        Plant("CA-2", "CA", date(2026, 4, 1)),
    ]
    records = [
        make_completion(1, learner=person(1), supplier="MX-1", completed_at=at("2025-09-30T23:59:59")),
        make_completion(
            2, learner=person(2), supplier="MX-1", module="costing", completed_at=at("2025-10-01T00:00:00")
        ),
        make_completion(
            3, learner=person(3), supplier="MX-2", module="rinsing", completed_at=at("2025-12-01T00:00:00")
        ),
        make_completion(
            4, learner=person(3), supplier="MX-2", module="mapping", completed_at=at("2025-12-31T23:59:59")
        ),
        make_completion(5, learner=person(4), supplier="CA-9", completed_at=at("2025-12-01T00:00:00")),
    ]

    reach = count(write(tmp_path, records, listed=listed)).reach

    assert reach["", "2025-Q3"] == Reach(2, 1, 0, 0, 1, 0, 0)
    assert reach["MX", "2025-Q4"] == Reach(2, 2, 1, 1, 3, 2, 1)
    assert reach["MX", "2026-Q1"] == Reach(1, 1, 1, 0, 2, 2, 0)
    assert reach["CA", "2026-Q1"] == Reach(1, 0, 0, 0, 0, 0, 0)
    assert reach["US", "2026-Q1"] == Reach(0, 0, 0, 0, 0, 0, 0)
    assert [quarter for country, quarter in reach if country == ""] == ["2025-Q3", "2025-Q4", "2026-Q1"]


def test_each_module_counts_once_for_four_hours_of_assistance(tmp_path):
    listed = [Plant("MX-1", "MX", date(2025, 1, 1))]
    twice = [make_completion(number, module="mapping") for number in (1, 2)]
    more = [*twice, make_completion(3, module="mapping", revision=2), make_completion(4, module="rinsing")]

    assert count(write(tmp_path / "twice", twice, listed=listed)).reach["", "2026-Q1"].assisted == 0
    assert count(write(tmp_path / "more", more, listed=listed)).reach["", "2026-Q1"].assisted == 0
    enough = [*more, make_completion(5, module="costing")]
    assert count(write(tmp_path / "enough", enough, listed=listed)).reach["", "2026-Q1"].assisted == 1


def test_a_pathway_is_complete_when_one_learner_passed_all_of_it_for_the_plant(tmp_path):
    listed = [Plant("MX-1", "MX", date(2025, 1, 1)), Plant("MX-2", "MX", date(2025, 1, 1))]
    shared = [make_completion(1), make_completion(2, module="mapping")]
    moved = [make_completion(3), make_completion(4, learner=person(3), module="mapping", supplier="MX-2")]
    write(tmp_path / "none", shared, moved, listed=listed)
    write(tmp_path / "one", shared, moved, [make_completion(5, learner=person(3), module="costing")], listed=listed)

    assert count(tmp_path / "none").reach["", "2026-Q1"].core == 0
    assert count(tmp_path / "none", core=()).reach["", "2026-Q1"].core == 0
    assert count(tmp_path / "none", core=("rinsing",)).reach["", "2026-Q1"].core == 1
    assert count(tmp_path / "one", core=("rinsing", "costing", "costing")).reach["", "2026-Q1"].core_learners == 1


def test_a_pathway_is_complete_in_the_quarter_of_its_last_module(tmp_path):
    listed = [Plant("MX-1", "MX", date(2025, 1, 1))]
    records = [
        make_completion(1, module="mapping", completed_at=at("2025-09-30T00:00:00")),
        make_completion(2, learner=person(1), module="rinsing", completed_at=at("2026-01-01T00:00:00")),
    ]

    reach = count(write(tmp_path, records, listed=listed)).reach

    assert [reach["", quarter].core for quarter in ("2025-Q3", "2025-Q4", "2026-Q1")] == [0, 0, 1]


def test_who_passed_before_the_plant_was_listed_counts_from_that_day_on(tmp_path):
    listed = [Plant("MX-1", "MX", date(2026, 1, 1))]

    reach = count(write(tmp_path, [make_completion(completed_at=at("2025-07-15T00:00:00"))], listed=listed)).reach

    assert [(reach["", quarter].trained, reach["", quarter].learners) for quarter in ("2025-Q4", "2026-Q1")] == [
        (0, 0),
        (1, 1),
    ]


def test_a_learner_of_two_plants_is_one_person(tmp_path):
    listed = [Plant("MX-1", "MX", date(2025, 1, 1)), Plant("US-1", "US", date(2025, 1, 1))]
    records = [make_completion(1), make_completion(2, learner=person(1), module="mapping", supplier="US-1")]

    reach = count(write(tmp_path, records, listed=listed)).reach

    assert [reach[country, "2026-Q1"].learners for country in ("", "MX", "US", "CA")] == [1, 1, 1, 0]


# Worked example EX-MET-1 of the training: four courses in 12 months


def test_training_rate_of_the_worked_example_is_7_08_people_a_month(tmp_path):
    days = ("2025-05-15", "2025-08-15", "2025-11-15", "2026-02-15")
    passed = [at(day) for day, people in zip(days, (22, 18, 25, 20), strict=True) for _ in range(people)]
    countries = ["MX"] * 52 + ["CA"] * 15 + ["US"] * 18
    taught = {"delivery": Delivery.CLASSROOM}
    records = [
        make_completion(number, completed_at=moment, country=country, **taught)
        for number, (moment, country) in enumerate(zip(passed, countries, strict=True))
    ]
    failed = [make_completion(100 + number, score=0.5, passed=False, **taught) for number in range(11)]

    counted = count(write(tmp_path, records, failed))

    assert [cell.learners for cell in counted.quarters.values()] == [22, 18, 25, 20]
    assert sum(cell.learners for cell in counted.quarters.values()) / 12 == pytest.approx(7.08, abs=0.005)
    assert 100 * counted.passed.learners / counted.attempts.learners == pytest.approx(88.5, abs=0.05)
    assert 100 * counted.tables["country"].cell("MX").learners / counted.learners.learners == pytest.approx(
        61.2, abs=0.05
    )


def test_penetration_of_the_worked_example_is_14_percent(tmp_path):
    listed = [Plant(f"MX-{number:04}", "MX", date(2025, 1, 1)) for number in range(1200)]
    records = [
        make_completion(number * 2 + half, supplier=f"MX-{number:04}", module=module)
        for number in range(168)
        for half, module in enumerate(("mapping", "costing"))
    ]
    short = [make_completion(1000 + number, supplier=f"MX-{500 + number:04}") for number in range(30)]

    reach = count(write(tmp_path, records, short, listed=listed)).reach["", "2026-Q1"]

    assert (reach.scope, reach.assisted, reach.trained) == (1200, 168, 198)
    assert 100 * reach.assisted / reach.scope == pytest.approx(14.0)


# Broken files

LINE = batches.line(batches.values(make_completion()))
MEND = "Run `greensupply records check`: it names every broken line of the records and how to mend it."
BATCH = f"completions/{0:016x}.jsonl"
BROKEN = {
    "cut off": (LINE[:80], "is not JSON; the file may have been cut off or edited."),
    "not JSON": ("<html>\n", "is not JSON; the file may have been cut off or edited."),
    "a list": ("[1]\n", "is not a record."),
    "nothing": ("null\n", "is not a record."),
    "nested 100,000 deep": ("[" * 100_000 + "\n", "is not JSON; the file may have been cut off or edited."),
    "an empty map": ("{}\n", "is not a whole record: `id`, `learner`, `module`, `revision`, `delivery`, `score`, "
                     "`passed`, `completed_at` will not do."),
    "a score of infinity": (LINE.replace("0.9", "1e999"), "is not a whole record: `score` will not do."),
    "a score of 140": (LINE.replace("0.9", "140"), "is not a whole record: `score` will not do."),
    "no number as score": (LINE.replace("0.9", '"good"'), "is not a whole record: `score` will not do."),
    "NaN": (LINE.replace("0.9", "NaN"), "is not a whole record: `score` will not do."),
    "revision 0": (LINE.replace('"revision":1', '"revision":0'), "is not a whole record: `revision` will not do."),
    "an unknown country": (LINE.replace('"country":"MX"', '"country":"BR"'), "is not a whole record: `country` will not do."),
    "an unknown language": (LINE.replace('"es"', '"de"'), "is not a whole record: `locale` will not do."),
    "an unknown delivery": (LINE.replace('"web"', '"post"'), "is not a whole record: `delivery` will not do."),
    "an id that is none": (LINE.replace(uuid(1), "x"), "is not a whole record: `id` will not do."),
    "a name as learner": (LINE.replace(person(1), "Ana"), "is not a whole record: `learner` will not do."),
    "February 30": (LINE.replace("2026-01-15", "2026-02-30"), "is not a whole record: `completed_at` will not do."),
    "no time zone": (LINE.replace("12:00:00Z", "12:00:00"), "is not a whole record: `completed_at` will not do."),
    "another time zone": (LINE.replace("12:00:00Z", "12:00:00-06:00"), "is not a whole record: `completed_at` will not do."),
    "a line of 40 MB": (LINE.replace("MX-1", "x" * 40_000_000), "is a line of more than 16,000,000 bytes."),
}  # fmt: skip


@pytest.mark.parametrize(("line", "what"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_line_is_named_with_its_file_and_number(tmp_path, line, what):
    write(tmp_path, [make_completion(2), make_completion(3)])
    with (tmp_path / BATCH).open("a", encoding="utf-8") as batch:
        batch.write(line)

    assert problems(tmp_path) == [f"{BATCH}:3: {what} {MEND}"]


def test_bytes_that_are_no_text_are_named(tmp_path):
    write(tmp_path, [make_completion(2)])
    (tmp_path / BATCH).write_bytes(LINE.replace("MX-1", "MX-é").encode("latin-1"))

    assert problems(tmp_path) == [f"{BATCH}:1: is not JSON; the file may have been cut off or edited. {MEND}"]


def test_all_broken_lines_come_at_once_but_no_more_than_a_hundred(tmp_path):
    write(tmp_path, [make_completion(2)])
    (tmp_path / BATCH).write_text("{}\n" + LINE + "x\n" * 500, encoding="utf-8")

    found = problems(tmp_path)

    assert [problem.split(": ")[0] for problem in found[:3]] == [f"{BATCH}:{line}" for line in (1, 3, 4)]
    assert len(found) == 100


def test_a_broken_line_tells_nothing_of_what_it_says(tmp_path):
    write(tmp_path, [make_completion(2)])
    (tmp_path / BATCH).write_text(LINE.replace(person(1), "ana.lopez@planta.example"), encoding="utf-8")

    assert "ana" not in " ".join(problems(tmp_path))


def test_a_broken_void_is_named(tmp_path):
    write(tmp_path, [make_completion()], voids=["nobody"])

    assert problems(tmp_path) == [f"voids/{0:016x}.jsonl:1: is not a whole record: `id` will not do. {MEND}"]


def test_a_compacted_file_that_is_none_is_named(tmp_path):
    write(tmp_path, [make_completion()])
    (tmp_path / "completions" / batches.COMPACTED).write_bytes(b"PAR1 or not")

    what = "cannot be read as records, or holds some that are broken."
    assert problems(tmp_path) == [f"completions/{batches.COMPACTED}:1: {what} {MEND}"]


def test_records_that_do_not_fit_into_memory_are_refused_in_words(tmp_path):
    write(tmp_path, [make_completion(number) for number in range(3000)])

    with pytest.raises(GreenSupplyError) as caught:
        count(tmp_path, memory="1MB")

    assert "do not fit into 1MB of memory." in str(caught.value)


# What the figures mean


def test_every_figure_is_defined_in_three_languages():
    for definition in tally.definitions():
        for said in (definition.name, definition.text, definition.unit):
            assert sorted(said) == sorted(LOCALES), definition.id
            assert all(text.strip() for text in said.values()), definition.id
            assert len(set(said.values())) == 3 or said is definition.unit, definition.id


def test_every_code_and_name_stands_once():
    known = tally.definitions()

    assert len({definition.code for definition in known}) == len({definition.id for definition in known}) == len(known)
    assert {"T1", "T3", "T5", "T6", "T7", "T8", "P0", "H18"} <= {definition.code for definition in known}


def test_every_published_number_has_its_definition():
    meaning = {
        "learners": "learners",
        "completions": "completions",
        "tables": "learners-by-group",
        "quarters": "learners-by-period",
        "months": "learners-by-period",
        "attempts": "pass-rate",
        "passed": "pass-rate",
        "instructors": "instructors",
        "scores": "mean-score",
        "reach": "assisted-plants",
        "trainers": "trainers",
        "active_trainers": "active-trainers",
        "courses": "courses",
        "course_quarters": "courses",
    }
    properties = {
        "monthly_rate": "training-rate",
        "monthly_rate_per_100": "training-rate-per-100",
        "pass_rate": "pass-rate",
        "hours": "training-hours",
        "part": "mexican-focus",
        "activation": "active-trainers",
        "delivered": "courses",
    }
    no_counts = {"as_of", "demonstration", "minutes"}

    assert {field.name for field in fields(PublicTally)} - no_counts == set(meaning)
    assert all(hasattr(PublicTally, name) for name in properties)
    reach = {"target-population", "trained-plants", "assisted-plants", "core-plants", "trainers-by-group"}
    assert {*meaning.values(), *properties.values(), *reach} == {definition.id for definition in tally.definitions()}


def test_every_definition_stands_at_the_head_of_its_query_with_its_code():
    heads = [
        " ".join(line for line in file.read_text(encoding="utf-8").splitlines() if line.startswith("--"))
        for file in Path(tally.__file__).parent.glob("*.sql")
    ]

    lost = [one.id for one in tally.definitions() if not any(f"{one.id} ({one.code})" in head for head in heads)]
    assert lost == []


def test_definitions_name_the_numbers_that_the_count_uses():
    known = {definition.id: definition for definition in tally.definitions()}

    for locale, six in (("en", "six months"), ("es", "seis meses"), ("fr", "six derniers mois")):
        assert str(tally.ASSISTANCE) in known["assisted-plants"].text[locale]
        assert six in known["instructors"].text[locale]
        assert " 12 " in " ".join(known["training-rate"].text[locale].split())
