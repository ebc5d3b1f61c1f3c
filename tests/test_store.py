"""The store takes each record once, keeps the first, and is whole whatever happens to the run that adds to it."""

from __future__ import annotations

import errno
import hashlib
import re
import shutil
import threading
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from greensupply import rules, store
from greensupply.completion import Delivery, Notice, SetAside, Void
from greensupply.errors import GreenSupplyError, Problem
from greensupply.locales import LOCALES
from greensupply.store import Compaction, Report, Stats, arrivals, batches
from greensupply.store.alone import alone
from greensupply.store.engine import MUCH_MEMORY, engine
from hypothesis import given, settings
from hypothesis import strategies as st
from store_builders import add, compacted, completion, content, ids, no_sync, uuid

MEND = (
    "If this one is right, have that one taken back, and hand this one in under a new id "
    "(a row of a roster: with another session)."
)


def only_file(folder: Path) -> Path:
    (file,) = store.files(folder)
    return file


def kept(folder: Path, number: int, line: int) -> str:
    """The message of a conflict with the only batch."""
    place = f"records/completions/{only_file(folder).name}:{line}"
    return f"input.jsonl:1: the record {uuid(number)} differs from the one of the same id at {place}, which is kept. {MEND}"


# What comes in


def test_new_records_become_one_batch_in_the_order_of_their_time_named_after_its_bytes(tmp_path):
    report = add(tmp_path, completion(2, score=1, session="MTY-1", instructor="f" * 32), completion(1, locale=None))

    file = only_file(tmp_path)
    assert report == Report(read=2, new=2)
    assert file.read_text(encoding="utf-8") == (
        f'{{"id":"{uuid(1)}","learner":"{1:032x}","supplier":"S-0042","country":"MX","module":"rinsing","revision":1,'
        '"locale":null,"delivery":"web","session":null,"instructor":null,"score":0.9,"passed":true,'
        '"completed_at":"2024-03-05T13:00:00Z"}\n'
        f'{{"id":"{uuid(2)}","learner":"{2:032x}","supplier":"S-0042","country":"MX","module":"rinsing","revision":1,'
        '"locale":"es","delivery":"web","session":"MTY-1","instructor":"ffffffffffffffffffffffffffffffff","score":1.0,'
        '"passed":true,"completed_at":"2024-03-05T14:00:00Z"}\n'
    )
    assert file.name == f"{hashlib.sha256(file.read_bytes()).hexdigest()[:16]}.jsonl"


def test_37_what_is_there_already_or_comes_twice_in_one_input_is_not_added_again(tmp_path):
    add(tmp_path, completion(1))
    before = content(tmp_path)

    assert add(tmp_path, completion(1)) == Report(read=1, already_there=1)
    assert content(tmp_path) == before
    assert add(tmp_path, completion(2), completion(1), completion(2)) == Report(read=3, new=1, already_there=2)
    assert ids(store.files(tmp_path)) == [uuid(1), uuid(2)]


def test_40_a_replay_under_another_name_changes_nothing(tmp_path):
    records = [completion(number) for number in range(30)]
    add(tmp_path, *records, path="march.jsonl")
    before = content(tmp_path)

    assert add(tmp_path, *records * 3, path="april.jsonl") == Report(read=90, already_there=90)
    assert content(tmp_path) == before


def test_38_another_content_under_the_same_id_is_set_aside_with_both_places(tmp_path):
    add(tmp_path, completion(1), completion(2))
    before, told = content(tmp_path), list[str]()

    report = add(tmp_path, completion(2, score=0.8), told=told)

    assert report == Report(read=1, set_aside=1, conflicts=1)
    assert told == [kept(tmp_path, 2, line=2)]
    assert content(tmp_path) == before


def test_38_the_compacted_file_is_named_with_its_row(tmp_path):
    add(tmp_path, completion(1), completion(2))
    store.compact(tmp_path, sync=no_sync)
    told = list[str]()

    add(tmp_path, completion(2, supplier=None), told=told)

    assert told == [kept(tmp_path, 2, line=2)]


def test_38_of_two_contents_in_one_input_the_first_is_kept(tmp_path):
    told = list[str]()

    report = add(tmp_path, completion(1), completion(1, score=0.1), completion(1), completion(1, score=0.2), told=told)

    assert report == Report(read=4, new=1, already_there=1, set_aside=2, conflicts=2)
    assert '"score":0.9' in only_file(tmp_path).read_text()
    assert told == [
        f"input.jsonl:{line}: the record {uuid(1)} differs from the one of the same id at input.jsonl:1, which is kept. {MEND}"
        for line in (2, 4)
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"learner": "f" * 32},
        {"supplier": None},
        {"country": "CA"},
        {"module": "ems"},
        {"revision": 2},
        {"locale": None},
        {"delivery": Delivery.LMS},
        {"session": "MTY-1"},
        {"instructor": "f" * 32},
        {"score": 0.9000000000000001},
        {"completed_at": datetime(2024, 3, 5, 13, 0, 1, tzinfo=UTC)},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_38_another_value_of_any_field_is_a_conflict(tmp_path, changes):
    add(tmp_path, completion(1))

    assert add(tmp_path, completion(1, **changes)).conflicts == 1


def test_a_record_read_again_after_the_pass_mark_has_changed_is_there_already(tmp_path):
    add(tmp_path, completion(1, passed=True))

    assert add(tmp_path, completion(1, passed=False), completion(1, passed=False)) == Report(read=2, already_there=2)


def test_46_what_is_taken_back_does_not_come_in_again_whichever_came_first(tmp_path):
    assert add(tmp_path, Void(uuid(1))) == Report(read=1, voids=1)
    assert add(tmp_path, completion(1), completion(2)) == Report(read=2, new=1, withdrawn=1)
    assert add(tmp_path, Void(uuid(2)), Void(uuid(1))) == Report(read=2, voids=1, already_there=1)
    assert add(tmp_path, completion(2, score=0.1)) == Report(read=1, withdrawn=1)
    assert add(tmp_path, completion(3), Void(uuid(3)), Void(uuid(3))) == Report(
        read=3, withdrawn=1, voids=1, already_there=1
    )

    assert ids(store.files(tmp_path)) == [uuid(2)]
    assert ids(store.voids(tmp_path)) == [uuid(1), uuid(2), uuid(3)]


def test_what_is_no_record_is_told_and_counted(tmp_path):
    told = list[str]()
    broken = SetAside(Problem("roster.csv", 2, "the score is missing.", "Write it."))
    notice = Notice(Problem("roster.csv", 1, "is Windows-1252.", "Save it as UTF-8."))

    assert add(tmp_path, notice, broken, completion(1), told=told) == Report(read=2, new=1, set_aside=1, notices=1)
    assert told == ["roster.csv:1: is Windows-1252. Save it as UTF-8.", "roster.csv:2: the score is missing. Write it."]


def test_an_input_without_records_leaves_no_file(tmp_path):
    assert add(tmp_path) == Report()
    assert content(tmp_path) == {}


def test_a_large_input_becomes_several_batches_that_hold_the_same(tmp_path, monkeypatch):
    records = [completion(number) for number in (7, 3, 1, 5, 3, 2, 7, 4)]
    monkeypatch.setattr(arrivals, "BATCH", 3)

    assert add(tmp_path, *records, Void(uuid(4))) == Report(read=9, new=5, already_there=2, withdrawn=1, voids=1)
    assert len(store.files(tmp_path)) == 2, "the third holds nothing new"
    assert ids(store.files(tmp_path)) == [uuid(number) for number in (1, 2, 3, 5, 7)]


@pytest.mark.parametrize("name", ["plain", "green [2026] *", "añadidos 'ó'", "a;b"])
def test_the_store_may_lie_in_a_folder_of_any_name(tmp_path, name):
    folder = tmp_path / name / "records"
    add(folder, completion(1))
    store.compact(folder, sync=no_sync)

    assert add(folder, completion(1), completion(2)) == Report(read=2, new=1, already_there=1)


CODES = st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8)
RECORDS = st.lists(
    st.builds(
        completion,
        st.integers(0, 12),
        score=st.floats(0, 1),
        supplier=st.none() | CODES,
        completed_at=st.datetimes(datetime(2000, 1, 1), datetime(2026, 1, 1), timezones=st.just(UTC)),
    ),
    max_size=12,
    unique_by=lambda record: record.id,
)


@settings(max_examples=10, deadline=None)
@given(RECORDS, st.sets(st.integers(0, 12), max_size=3), st.data())
def test_any_shuffle_split_and_repetition_of_the_same_readings_stores_the_same(records, taken_back, data):
    voids = [Void(uuid(number)) for number in taken_back]
    repeated = data.draw(st.lists(st.sampled_from([*records, *voids, Void(uuid(0))]), max_size=10))
    shuffled = data.draw(st.permutations([*records, *voids, Void(uuid(0)), *repeated]))
    cut = data.draw(st.integers(0, len(shuffled)))

    with TemporaryDirectory() as name:
        folder = Path(name)
        add(folder, *shuffled[:cut])
        if data.draw(st.booleans()):
            store.compact(folder, sync=no_sync)
        add(folder, *shuffled[cut:])

        again = add(folder, *shuffled)
        assert (again.new, again.voids, again.set_aside) == (0, 0, 0)
        assert list(store.check(folder)) == []
        store.compact(folder, sync=no_sync)
        left = {record.id: record for record in records if Void(record.id) not in {*voids, Void(uuid(0))}}
        assert ids(store.voids(folder)) == sorted({uuid(0), *(void.id for void in voids)})
        assert compacted(folder) == sorted(map(batches.values, left.values()), key=lambda record: str(record["id"]))


def test_a_batch_that_needs_more_memory_than_is_usual_gets_more_and_nothing_is_told_or_written_twice(
    tmp_path, monkeypatch
):
    records = [completion(number) for number in range(3_000)]
    conflicting = [completion(number, score=0.1) for number in (0, 7, 2_999)]
    add(tmp_path / "usual", *records, *conflicting, Void(uuid(5)))
    given, told = list[str](), list[str]()
    monkeypatch.setattr(arrivals, "MEMORY", "3MB")
    monkeypatch.setattr(arrivals, "engine", lambda work, memory: given.append(memory) or engine(work, memory))

    report = add(tmp_path / "more", *records, *conflicting, Void(uuid(5)), told=told)

    assert given == ["3MB", MUCH_MEMORY]
    assert report == Report(read=3_004, new=2_999, withdrawn=1, voids=1, set_aside=3, conflicts=3)
    assert [line.partition(": ")[0] for line in told] == ["input.jsonl:3001", "input.jsonl:3002", "input.jsonl:3003"]
    assert content(tmp_path / "more") == content(tmp_path / "usual")


def test_a_batch_that_does_not_fit_into_much_memory_either_stops_in_words(tmp_path, monkeypatch):
    monkeypatch.setattr(arrivals, "MEMORY", "1MB")
    monkeypatch.setattr(arrivals, "MUCH_MEMORY", "2MB")

    with pytest.raises(OSError, match=r"^the records could not be compared or sorted: Out of Memory Error: .*$"):
        add(tmp_path, *(completion(number) for number in range(3_000)))

    assert content(tmp_path) == {}


# What is on the disk


def test_what_begins_with_a_point_or_ends_in_tmp_is_never_read(tmp_path):
    add(tmp_path, completion(1), Void(uuid(9)))
    for folder in ("completions", "voids"):
        (tmp_path / folder / ".x.jsonl").write_text("{")
        (tmp_path / folder / "0123456789abcdef.jsonl.tmp").write_text("{")
        (tmp_path / folder / "notes.txt").write_text("{")

    assert [file.suffix for file in (*store.files(tmp_path), *store.voids(tmp_path))] == [".jsonl", ".jsonl"]
    assert add(tmp_path, completion(1), completion(9)) == Report(read=2, already_there=1, withdrawn=1)


def test_without_a_folder_there_is_nothing(tmp_path):
    assert store.files(tmp_path / "records") == store.voids(tmp_path / "records") == ()


def test_a_batch_is_on_the_disk_before_it_has_its_name_and_its_name_is_before_the_run_ends(tmp_path):
    seen = []

    def sync(path: Path) -> None:
        seen.append((path.relative_to(tmp_path).as_posix(), len(store.files(tmp_path)), len(store.voids(tmp_path))))

    store.add(tmp_path, "x", [(1, completion(1)), (2, Void(uuid(2)))], sync=sync)

    assert seen == [
        (".work.tmp/new-voids", 0, 0),
        (".", 0, 0),
        ("voids", 0, 1),
        (".work.tmp/new", 0, 1),
        (".", 0, 1),
        ("completions", 1, 1),
    ]


def test_what_a_killed_run_had_begun_is_cleared_away(tmp_path):
    left = tmp_path / ".work.tmp" / "spill"
    left.mkdir(parents=True)
    (left / "draft").write_text("{")

    assert add(tmp_path, completion(1)) == Report(read=1, new=1)
    assert [path.name for path in tmp_path.glob(".*")] == [".lock"]


def test_a_full_disk_leaves_the_store_as_it_was_and_the_next_run_ends_the_work(tmp_path):
    add(tmp_path, completion(1))
    before = content(tmp_path)

    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        store.add(tmp_path, "x", [(1, completion(2))], sync=full)

    assert content(tmp_path) == before
    assert not (tmp_path / ".work.tmp").exists()
    assert add(tmp_path, completion(2)).new == 1


def test_a_second_run_says_so_and_waits_for_the_first(tmp_path):
    waits, reports = threading.Event(), []

    def second() -> None:
        reports.append(store.add(tmp_path, "x", [(1, completion(1))], sync=no_sync, waiting=waits.set))

    with alone(tmp_path):
        run = threading.Thread(target=second)
        run.start()
        assert waits.wait(60)
        assert reports == []
    run.join(60)

    assert reports == [Report(read=1, new=1)]


def test_a_damaged_batch_stops_an_addition_and_nothing_is_lost(tmp_path):
    add(tmp_path, completion(1))
    only_file(tmp_path).write_text("{<<<<\n")

    with pytest.raises(OSError, match=r"^the records could not be compared or sorted: .*Malformed JSON.*$"):
        add(tmp_path, completion(2))

    assert only_file(tmp_path).read_text() == "{<<<<\n"


# Packing


def test_compacting_keeps_every_record_once_and_leaves_out_what_is_taken_back(tmp_path):
    add(tmp_path, completion(1), completion(2))
    add(tmp_path, completion(3))
    add(tmp_path, Void(uuid(2)))

    assert store.compact(tmp_path, sync=no_sync) == Compaction(batches=2, records=2, withdrawn=1)
    assert [file.name for file in store.files(tmp_path)] == ["compacted.parquet"]
    assert compacted(tmp_path) == [batches.values(completion(1)), batches.values(completion(3))]
    assert ids(store.voids(tmp_path)) == [uuid(2)], "so that it cannot come in again"
    assert add(tmp_path, completion(2), completion(4)) == Report(read=2, new=1, withdrawn=1)
    assert store.compact(tmp_path, sync=no_sync) == Compaction(batches=1, records=3, withdrawn=0)


def test_the_same_records_give_the_same_compacted_bytes_in_whatever_batches_they_came(tmp_path):
    records = [completion(number, score=number / 64) for number in range(64)]
    add(tmp_path / "one", *records)
    for begin in range(0, 64, 16):
        add(tmp_path / "many", *reversed(records[begin : begin + 16]))
    store.compact(tmp_path / "one", sync=no_sync)
    store.compact(tmp_path / "many", sync=no_sync)

    assert content(tmp_path / "one") == content(tmp_path / "many")


def test_a_kill_between_the_compacted_file_and_the_batches_counts_nothing_twice(tmp_path):
    add(tmp_path, completion(1), completion(2))
    batch = only_file(tmp_path)
    saved = batch.read_bytes()
    store.compact(tmp_path, sync=no_sync)
    after = content(tmp_path)
    batch.write_bytes(saved)

    assert store.stats(tmp_path).records == 2
    assert list(store.check(tmp_path)) == []
    assert add(tmp_path, completion(1)) == Report(read=1, already_there=1)
    store.compact(tmp_path, sync=no_sync)
    assert content(tmp_path) == after
    assert store.compact(tmp_path, sync=no_sync) == Compaction(batches=0, records=2, withdrawn=0)
    assert content(tmp_path) == after


def test_no_batch_goes_before_the_compacted_file_is_on_the_disk(tmp_path):
    add(tmp_path, completion(1))
    before = content(tmp_path)

    def full(_: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        store.compact(tmp_path, sync=full)

    assert content(tmp_path) == before


def test_a_damaged_batch_is_not_packed(tmp_path):
    add(tmp_path, completion(1))
    batch = only_file(tmp_path)
    batch.write_text(batch.read_text().replace("0.9", "0.1"))
    before = content(tmp_path)

    with pytest.raises(GreenSupplyError, match="was changed since it was written"):
        store.compact(tmp_path, sync=no_sync)

    assert content(tmp_path) == before


# How much there is


def test_statistics_count_records_once_and_without_those_taken_back(tmp_path):
    add(tmp_path, completion(1), completion(2, passed=False, country=None), Void(uuid(9)))
    add(
        tmp_path,
        completion(3, supplier="DEMO-1", delivery=Delivery.CLASSROOM, module="ems"),
        completion(4),
        Void(uuid(4)),
    )

    assert store.stats(tmp_path) == Stats(
        records=3,
        passed=2,
        demonstration=1,
        taken_back=2,
        batches=2,
        size=sum(map(len, content(tmp_path).values())),
        first="2024-03-05T13:00:00Z",
        last="2024-03-05T15:00:00Z",
        by={
            "country": {"": 1, "MX": 2},
            "delivery": {"classroom": 1, "web": 2},
            "locale": {"es": 3},
            "module": {"ems": 1, "rinsing": 2},
        },
    )


def test_statistics_of_an_empty_store_are_zero(tmp_path):
    assert store.stats(tmp_path) == Stats(0, 0, 0, 0, 0, 0, "", "", {})


# Is it whole?

RESTORE = "Restore the file from version control or a backup, or delete it and add its input again."
MOVE = "Move it out of the store; records come in through `greensupply records add`."


def problems(folder: Path) -> list[str]:
    """What the check finds, in English; all of it can be said in the other languages too."""
    found = list(store.check(folder))
    for problem in found:
        said = [rules.said(problem, locale) for locale in LOCALES]
        assert all(len(set(words)) == len(LOCALES) for words in zip(*said, strict=True)), said
        assert not re.search(r"[{}]", str(said))
    return [str(problem).replace(f"{folder.as_posix()}/", "") for problem in found]


def test_a_good_store_has_no_problems(tmp_path):
    add(tmp_path, completion(1, supplier="é" * 64, score=1e-300), completion(2, passed=False))
    store.compact(tmp_path, sync=no_sync)
    add(tmp_path, completion(3, country=None, locale=None, supplier=None), Void(uuid(2)))

    assert problems(tmp_path) == []


GOOD = batches.line(batches.values(completion(1)))


@pytest.mark.parametrize(
    ("text", "what"),
    [
        pytest.param("", "1: is empty", id="empty"),
        pytest.param(GOOD + "{<<<\n", "2: is not JSON", id="no JSON"),
        pytest.param(GOOD + "[" * 50_000 + "\n", "2: is not JSON", id="deep"),
        pytest.param(GOOD + "[]\n", "2: is no record", id="a list"),
        pytest.param(GOOD[:-20], "1: is longer than a record, or breaks off", id="cut"),
        pytest.param("x" * 100_001 + "\n", "1: is longer than a record, or breaks off", id="long"),
        pytest.param(GOOD.replace('"locale":"es",', ""), "1: lacks `locale`", id="a key less"),
        pytest.param(GOOD.replace("}", ',"name":"x"}'), "1: has a key that records have not", id="a key more"),
        pytest.param(GOOD.replace('"es"', '"es", "locale":"es"'), "1: is not written as it was", id="a key twice"),
        pytest.param(GOOD.replace(",", ", "), "1: is not written as it was", id="spaces"),
        pytest.param(GOOD.replace("\n", "\r\n"), "1: is not written as it was", id="line ends of Windows"),
        *(
            pytest.param(
                GOOD.replace(old, new), f"1: `{key}` has not the form that it is written in", id=f"{key} {new}"
            )
            for key, old, new in (
                ("id", uuid(1), uuid(1).replace("4", "A")),
                ("learner", f"{1:032x}", "ana@plant.example"),
                ("supplier", "S-0042", "Ana García"),
                ("country", "MX", "BR"),
                ("module", "rinsing", "../rinsing"),
                ("revision", '"revision":1', '"revision":true'),
                ("locale", '"es"', '"pt"'),
                ("delivery", '"web"', '"post"'),
                ("session", '"session":null', '"session":""'),
                ("instructor", '"instructor":null', '"instructor":"Luis"'),
                ("score", "0.9", "1.01"),
                ("score", "0.9", "NaN"),
                ("score", "0.9", "1"),
                ("passed", "true", "1"),
                ("completed_at", "2024-03-05T13:00:00Z", "2024-03-05"),
            )
        ),
    ],
)
def test_a_damaged_line_is_told_with_its_place_and_what_to_do(tmp_path, text, what):
    file = tmp_path / "completions" / batches.name(hashlib.sha256(text.encode()).hexdigest())
    file.parent.mkdir()
    file.write_bytes(text.encode())

    assert problems(tmp_path) == [f"completions/{file.name}:{what}. {RESTORE}"]


def test_a_changed_batch_and_what_is_none_are_told(tmp_path):
    add(tmp_path, completion(1), Void(uuid(2)))
    batch = only_file(tmp_path)
    changed = batch.read_text().replace("0.9", "0.8")
    batch.write_text(changed)
    now = batches.name(hashlib.sha256(changed.encode()).hexdigest())
    (tmp_path / "completions" / "may.jsonl").write_text(GOOD)
    (tmp_path / "completions" / "roster.csv").write_text("x")
    (tmp_path / "voids" / "compacted.parquet").write_text("x")

    assert problems(tmp_path) == [
        f"completions/{batch.name}:1: was changed since it was written: by its bytes its name would be {now}. {RESTORE}",
        f"completions/may.jsonl:1: is not named as a batch. {MOVE}",
        f"completions/roster.csv:1: is no batch, so it is not read. {MOVE}",
        f"voids/compacted.parquet:1: is no batch, so it is not read. {MOVE}",
    ]


def test_a_damaged_compacted_file_is_told(tmp_path):
    add(tmp_path, completion(1))
    store.compact(tmp_path, sync=no_sync)
    file = only_file(tmp_path)
    file.write_bytes(file.read_bytes()[:-30])

    (problem,) = problems(tmp_path)
    assert re.fullmatch(rf"completions/compacted.parquet:1: cannot be read \(.*\)\. {re.escape(RESTORE)}", problem)


def test_a_compacted_file_of_another_hand_is_told(tmp_path):
    add(tmp_path, completion(1))
    store.compact(tmp_path, sync=no_sync)
    file = only_file(tmp_path)
    with duckdb.connect() as engine:
        engine.read_parquet([str(file)]).project("* REPLACE ('Ana García' AS learner)").write_parquet(f"{file}.new")
        file.with_name(f"{file.name}.new").replace(file)
        assert problems(tmp_path) == [
            f"completions/compacted.parquet:1: `learner` has not the form that it is written in. {RESTORE}"
        ]
        engine.sql("SELECT 1 AS id").write_parquet(str(file))
    assert problems(tmp_path) == [
        f"completions/compacted.parquet:1: has not the columns of a compacted file. {RESTORE}"
    ]


def test_records_of_a_merged_store_that_share_an_id_are_told_with_both_places(tmp_path):
    add(tmp_path / "one", completion(1), completion(2))
    add(tmp_path / "other", completion(2), completion(3, score=0.1), completion(1, score=0.1))
    first, second = sorted([only_file(tmp_path / "one"), only_file(tmp_path / "other")], key=lambda file: file.name)
    shutil.copy(only_file(tmp_path / "other"), tmp_path / "one" / "completions")

    assert problems(tmp_path / "one") == [
        f"completions/{second.name}:1: the record {uuid(1)} says something else than at completions/{first.name}:1. "
        "Have the record taken back and handed in anew under a new id; until then the earlier completion counts."
    ]
    assert store.stats(tmp_path / "one").records == 3
    store.compact(tmp_path / "one", sync=no_sync)
    assert len(compacted(tmp_path / "one")) == 4, "packing loses neither of the two"
    assert add(tmp_path / "one", completion(1), completion(1, score=0.1)).already_there == 2
