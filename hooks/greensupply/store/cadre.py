"""`records/trainers.csv` and `records/courses.csv` <-> who is on the trainer ladder, and which courses were delivered.

Both are only ever added to, a line a row, under the number of the addition (`entry`). The last line of a person and
rung, or of a course, is the one that holds; the ones before it stay and say what was thought before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from greensupply.cadre import Course, Rung, Standing
from greensupply.completion import COUNTRIES
from greensupply.errors import GreenSupplyError, Problem
from greensupply.store import lists
from greensupply.store.alone import alone, patient
from greensupply.store.batches import Sync
from greensupply.store.lists import DEMONSTRATION, Added, List, Row, Thing

__all__ = ["COURSES", "TRAINERS", "Added", "Cadre", "add", "files", "read"]

TRAINERS, COURSES = "trainers.csv", "courses.csv"
TRAINER_COLUMNS = ("entry", "trainer", "rung", "country", "since", "until")
COURSE_COLUMNS = ("entry", "course", "country", "date", "participants", "trainers")

_PSEUDONYM = re.compile(r"[0-9a-f]{32}", re.ASCII)
_COUNT = re.compile(r"\d{1,5}", re.ASCII)


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


_RIGHT: Mapping[str, Callable[[str], object]] = {
    "entry": lists.is_entry,
    "trainer": _PSEUDONYM.fullmatch,
    "rung": lambda text: text in tuple(Rung),
    "country": lambda text: text in COUNTRIES,
    "since": lists.is_day,
    "until": lambda text: not text or lists.is_day(text),
    "course": lists.is_code,
    "date": lists.is_day,
    "participants": _COUNT.fullmatch,
    "trainers": lists.are_pseudonyms,
}
"""Column -> whether a value will do."""


def _wrong(row: Row) -> list[str]:
    return [name for name, cell in row.items() if not _RIGHT[name](cell)]


def _standing(row: Row) -> Standing:
    until = date.fromisoformat(row["until"]) if row["until"] else None
    return Standing(row["trainer"], Rung(row["rung"]), row["country"], date.fromisoformat(row["since"]), until)


def _course(row: Row) -> Course:
    trainers = tuple(row["trainers"].split())
    return Course(row["course"], row["country"], date.fromisoformat(row["date"]), int(row["participants"]), trainers)


def _standing_row(one: Standing) -> tuple[object, ...]:
    return one.trainer, one.rung.value, one.country, one.since, one.until or ""


def _course_row(one: Course) -> tuple[object, ...]:
    return one.id, one.country, one.day, one.participants, " ".join(one.trainers)


_STANDINGS: List[Standing] = List(
    TRAINERS, TRAINER_COLUMNS, _wrong, _standing, _standing_row, lambda one: (one.trainer, one.rung)
)
_COURSES: List[Course] = List(COURSES, COURSE_COLUMNS, _wrong, _course, _course_row, lambda one: one.id)


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
        one = lists.append(folder, work, _STANDINGS, standings, demonstration=demonstration, sync=sync)
        two = lists.append(folder, work, _COURSES, courses, demonstration=demonstration, sync=sync)
    return one + two


def _held(folder: Path, kind: List[Thing], problems: list[Problem]) -> tuple[list[Thing], bool]:
    """The last line of each key, and whether one of these is invented."""
    last: dict[object, tuple[Thing, str]] = {}
    for row in lists.rows(folder, kind, problems):
        thing = kind.made(row)
        last[kind.key(thing)] = thing, row["entry"]
    return [one for one, _ in last.values()], any(entry == DEMONSTRATION for _, entry in last.values())
