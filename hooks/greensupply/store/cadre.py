"""`records/trainers.csv` and `records/courses.csv` <-> who is on the trainer ladder, and which courses were delivered.

Both are only ever added to, a line a row, under the number of the addition (`entry`). The last line of a person and
rung, or of a course, is the one that holds; the ones before it stay and say what was thought before.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Generic, TypeVar

from greensupply import rules
from greensupply.cadre import Course, Rung, Standing
from greensupply.completion import COUNTRIES
from greensupply.errors import GreenSupplyError, Problem
from greensupply.store.alone import alone, patient
from greensupply.store.batches import Sync

TRAINERS, COURSES = "trainers.csv", "courses.csv"
DEMONSTRATION = "DEMO"
"""Entry of invented lines."""

TRAINER_COLUMNS = ("entry", "trainer", "rung", "country", "since", "until")
COURSE_COLUMNS = ("entry", "course", "country", "date", "participants", "trainers")
MAX_BYTES = 20_000_000

_ENTRY = re.compile(rf"{DEMONSTRATION}|[1-9]\d{{0,8}}", re.ASCII)
_PSEUDONYM = re.compile(r"[0-9a-f]{32}", re.ASCII)
_DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
_COUNT = re.compile(r"\d{1,5}", re.ASCII)
_CODE = re.compile(r"[A-Z0-9][A-Z0-9._/-]{0,63}", re.ASCII)

Thing = TypeVar("Thing", bound=Standing | Course)


@dataclass(frozen=True)
class Cadre:
    """What holds now.

    Attributes:
        standings: One for each person and rung, in order.
        courses: One for each code, in order, those taken back left out.
        demonstration: Some of it is invented.
    """

    standings: tuple[Standing, ...] = ()
    courses: tuple[Course, ...] = ()
    demonstration: bool = False


@dataclass(frozen=True)
class Added:
    """What became of the rows: `new` and `corrected` were written, `already_there` were not."""

    new: int = 0
    corrected: int = 0
    already_there: int = 0


def _is_day(text: str) -> bool:
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


_RIGHT: Mapping[str, Callable[[str], object]] = {
    "entry": _ENTRY.fullmatch,
    "trainer": _PSEUDONYM.fullmatch,
    "rung": lambda text: text in tuple(Rung),
    "country": lambda text: text in COUNTRIES,
    "since": _is_day,
    "until": lambda text: not text or _is_day(text),
    "course": _CODE.fullmatch,
    "date": _is_day,
    "participants": _COUNT.fullmatch,
    "trainers": lambda text: all(map(_PSEUDONYM.fullmatch, text.split(" "))) if text else True,
}
"""Column -> whether a value will do."""


def _standing(row: Mapping[str, str]) -> Standing:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    return Standing(row["trainer"], Rung(row["rung"]), row["country"], date.fromisoformat(row["since"]), until)


def _course(row: Mapping[str, str]) -> Course:
    trainers = tuple(row["trainers"].split())
    return Course(row["course"], row["country"], date.fromisoformat(row["date"]), int(row["participants"]), trainers)


def _standing_row(one: Standing) -> tuple[object, ...]:
    return one.trainer, one.rung.value, one.country, one.since, one.until or ""


def _course_row(one: Course) -> tuple[object, ...]:
    return one.id, one.country, one.day, one.participants, " ".join(one.trainers)


@dataclass(frozen=True)
class _List(Generic[Thing]):
    """One of the two files."""

    name: str
    columns: Sequence[str]
    made: Callable[[Mapping[str, str]], Thing]
    row: Callable[[Thing], tuple[object, ...]]
    key: Callable[[Thing], object]


_STANDINGS: _List[Standing] = _List(
    TRAINERS, TRAINER_COLUMNS, _standing, _standing_row, lambda one: (one.trainer, one.rung)
)
_COURSES: _List[Course] = _List(COURSES, COURSE_COLUMNS, _course, _course_row, lambda one: one.id)


def files(folder: Path) -> list[Path]:
    """Those of the two lists that there are."""
    return [file for name in (TRAINERS, COURSES) if (file := folder / name).exists()]


def read(folder: Path) -> Cadre:
    """Return what holds of the two lists in `folder`; nothing where there are none.

    Raises:
        GreenSupplyError: With every line of them that will not do.
    """
    problems: list[Problem] = []
    standings, invented_people = _held(folder, _STANDINGS, problems)
    courses, invented_courses = _held(folder, _COURSES, problems)
    if problems:
        raise GreenSupplyError(problems)
    return Cadre(
        tuple(sorted(standings)),
        tuple(sorted(course for course in courses if course.participants)),
        invented_people or invented_courses,
    )


def add(
    folder: Path,
    standings: Iterable[Standing] = (),
    courses: Iterable[Course] = (),
    *,
    sync: Sync,
    demonstration: bool = False,
    waiting: Callable[[], None] = patient,
) -> Added:
    """Add what is new or other than before, in one step for each list, and return how much that was.

    Arguments:
        folder: The store.
        standings: People on rungs.
        courses: Courses that were delivered.
        sync: Returns when a file or folder is on the disk.
        demonstration: They are invented.
        waiting: Called once before waiting for another run.

    Raises:
        GreenSupplyError: With every line of the lists that will not do; nothing is added then.
        OSError: The folder may not be written to.
    """
    with alone(folder, waiting) as work:
        read(folder)
        one = _append(folder, work, _STANDINGS, standings, demonstration, sync)
        two = _append(folder, work, _COURSES, courses, demonstration, sync)
    return Added(one.new + two.new, one.corrected + two.corrected, one.already_there + two.already_there)


def _append(
    folder: Path, work: Path, kind: _List[Thing], things: Iterable[Thing], demonstration: bool, sync: Sync
) -> Added:
    rows = list(_rows(folder, kind, []))
    before_now: list[Thing] = [kind.made(row) for row in rows]
    held = {kind.key(one): one for one in before_now}
    entries = (int(row["entry"]) for row in rows if row["entry"] != DEMONSTRATION)
    entry = DEMONSTRATION if demonstration else str(max(entries, default=0) + 1)
    fresh: list[Thing] = []
    corrected = same = 0
    for thing in things:
        before = held.get(kind.key(thing))
        if before == thing:
            same += 1
            continue
        corrected += before is not None
        held[kind.key(thing)] = thing
        fresh.append(thing)
    if fresh:
        file, draft = folder / kind.name, work / kind.name
        out = StringIO(file.read_text(encoding="utf-8") if file.exists() else ",".join(kind.columns) + "\n")
        if not out.read().endswith("\n"):  # an editor may have taken the last line's end away
            out.write("\n")
        csv.writer(out, lineterminator="\n").writerows([entry, *cells] for cells in map(kind.row, fresh))
        draft.write_text(out.getvalue(), encoding="utf-8", newline="\n")
        sync(draft)
        draft.replace(file)
        sync(folder)
    return Added(len(fresh) - corrected, corrected, same)


def _held(folder: Path, kind: _List[Thing], problems: list[Problem]) -> tuple[list[Thing], bool]:
    """The last line of each key, and whether one of these is invented."""
    last: dict[object, tuple[Thing, str]] = {}
    for row in _rows(folder, kind, problems):
        thing = kind.made(row)
        last[kind.key(thing)] = thing, row["entry"]
    return [one for one, _ in last.values()], any(entry == DEMONSTRATION for _, entry in last.values())


def _rows(folder: Path, kind: _List[Thing], problems: list[Problem]) -> Iterator[dict[str, str]]:
    """Each line that will do; what is wrong with the others goes to `problems`, without what they say."""
    file = folder / kind.name
    if not file.exists():
        return
    path = file.as_posix()
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8-sig") if len(raw) <= MAX_BYTES else ""
    except UnicodeDecodeError:
        text = ""
    header, *lines = text.replace("\r\n", "\n").split("\n")
    if header.split(",") != list(kind.columns):
        problems.append(rules.problem("cadre-stored-head", path, 1, head=",".join(kind.columns)))
        return
    for line, written in enumerate(lines, 2):
        if not written.strip(" ,"):
            continue
        cells = written.split(",")  # no value that will do holds a comma or a quote
        wrong = list(kind.columns)
        if len(cells) == len(kind.columns):
            row = dict(zip(kind.columns, cells, strict=True))
            wrong = [name for name in kind.columns if not _RIGHT[name](row[name])]
        if wrong:
            problems.append(rules.problem("cadre-stored-line", path, line, columns=", ".join(wrong)))
        else:
            yield row
