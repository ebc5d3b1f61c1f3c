"""Lists of trainers and of courses, as an office writes them and as the store holds them."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from greensupply import store
from greensupply.cadre import Course, Rung, Standing
from openpyxl import Workbook

TRAINERS = ("trainer", "country", "rung", "since", "until")
COURSES = ("course", "country", "date", "participants", "trainers")


def person(number: int) -> str:
    return f"{number:032x}"


def standing(number: int = 1, **changes: Any) -> Standing:
    """A certified trainer in Mexico, from the beginning of 2026 on."""
    given = {"trainer": person(number), "rung": Rung.CERTIFIED, "country": "MX", "since": date(2026, 1, 1)}
    return Standing(**{**given, **changes})


def course(number: int = 1, **changes: Any) -> Course:
    """A course of 18 people in Mexico."""
    given = {"id": f"C-{number}", "country": "MX", "day": date(2026, 3, 5), "participants": 18}
    return Course(**{**given, **changes})


def add(folder: Path, *things: Standing | Course) -> store.cadre.Added:
    return store.cadre.add(
        folder,
        [one for one in things if isinstance(one, Standing)],
        [one for one in things if isinstance(one, Course)],
        sync=lambda _: None,
    )


def raw(file: Path) -> list[dict[str, str]]:
    """The lines of a stored list, as anybody's program reads them."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def workbook(*rows: Iterable[object]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()
