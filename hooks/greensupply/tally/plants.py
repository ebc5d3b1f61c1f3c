"""`records/suppliers.csv` <-> the dated list of plants in scope, with every problem at its line."""

from __future__ import annotations

import csv
import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from greensupply import source_text
from greensupply.completion import COUNTRIES
from greensupply.errors import GreenSupplyError, Problem

COLUMNS = ("supplier", "country", "enrolled_on", "left_on")
DELIMITERS = ",;\t"
"""A comma as we write it; the others as spreadsheets set to French or Spanish save it."""

MAX_BYTES = 50_000_000
MAX_CODE = 100
YEARS = range(2000, 2100)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_HEADER = f"Begin the file with the line `{','.join(COLUMNS)}`."


@dataclass(frozen=True, order=True)
class Plant:
    """One supplier plant in scope (P0).

    Attributes:
        supplier: Code that records name it by, in capitals as there.
        country: One of `COUNTRIES`.
        enrolled_on: First day in scope.
        left_on: Last day in scope; None while it is.
    """

    supplier: str
    country: str
    enrolled_on: date
    left_on: date | None = None


def read(file: Path) -> tuple[Plant, ...]:
    """Return the plants in the order of the file; none if there is no file.

    Raises:
        GreenSupplyError: With every problem of the file.
    """
    if not file.exists():
        return ()
    path = file.as_posix()
    text = source_text.read(file, path, max_bytes=MAX_BYTES)
    problems: list[Problem] = []
    plants: dict[str, Plant] = {}
    lines: dict[str, int] = {}
    for line, plant in _plants(text, path, problems):
        if plant.supplier in lines:
            what = f"the supplier `{plant.supplier}` stands here and in line {lines[plant.supplier]}."
            problems.append(Problem(path, line, what, "Keep one of the two; a plant has one code and one line."))
        lines.setdefault(plant.supplier, line)
        plants[plant.supplier] = plant
    if problems:
        raise GreenSupplyError(problems)
    return tuple(plants.values())


def text(plants: Iterable[Plant]) -> str:
    """Return the list as the text of a `suppliers.csv`, ordered by code."""
    out = StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows((plant.supplier, plant.country, plant.enrolled_on, plant.left_on or "") for plant in sorted(plants))
    return out.getvalue()


def _plants(text: str, path: str, problems: list[Problem]) -> Iterator[tuple[int, Plant]]:
    """Each good row with its line; what is wrong with the others goes to `problems`."""
    rows = _rows(text, path, problems)
    header_line, header = next(rows, (1, []))
    names = [name.strip().lower() for name in header]
    if faults := list(_header_faults(names, path, header_line)):
        problems += faults
        return
    for line, cells in rows:
        if len(cells) != len(names):
            what = f"has {len(cells)} cells, the header {len(names)}."
            problems.append(Problem(path, line, what, "Fill the row up, or take out what is too much."))
            continue
        values = dict(zip(names, (cell.strip() for cell in cells), strict=True))
        before = len(problems)
        problems += _faults(values, path, line)
        enrolled, left = (_day(values.get(name, ""), name, path, line, problems) for name in COLUMNS[2:])
        if enrolled and left and left < enrolled:
            what = f"`left_on` is {left}, before `enrolled_on`, {enrolled}."
            problems.append(Problem(path, line, what, "Correct one of the two."))
        if len(problems) == before and enrolled:
            yield line, Plant(values["supplier"].upper(), values["country"], enrolled, left)


def _rows(text: str, path: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    """Rows that are not blank, each with the line on which it begins."""
    first = next((line for line in text.split("\n") if line.strip()), "")
    delimiter = max(DELIMITERS, key=first.count)
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        what = "has a quote in the wrong place, or one that is not closed."
        how = 'Close the quote or take it out; write a quote within a quoted cell twice ("").'
        if "limit" in str(error):
            what, how = "has a cell that is far too long.", "Shorten it; look for a quote that is not closed."
        problems.append(Problem(path, line, what, how))


def _header_faults(names: Sequence[str], path: str, line: int) -> Iterator[Problem]:
    if not set(names) & set(COLUMNS):
        yield Problem(path, line, "has no header.", _HEADER)
        return
    for name in COLUMNS:
        if name not in names and name != "left_on":
            yield Problem(path, line, f"has no column `{name}`.", _HEADER)
    for place, name in enumerate(names):
        if name in names[:place]:
            yield Problem(path, line, f"has the column `{name}` twice.", "Delete one of the two.")
        elif name not in COLUMNS:
            near = difflib.get_close_matches(name, COLUMNS, 1)
            how = f"Did you mean `{near[0]}`?" if near else f"Columns are: {', '.join(COLUMNS)}."
            yield Problem(path, line, f"has an unknown column `{name[:60]}`.", how)


def _faults(values: dict[str, str], path: str, line: int) -> Iterator[Problem]:
    supplier, country = values["supplier"], values["country"]
    if not supplier:
        yield Problem(path, line, "has no `supplier`.", "Write the code of the plant, as records name it.")
    if len(supplier) > MAX_CODE or not supplier.isprintable():
        what = f"the supplier's code is longer than {MAX_CODE} characters or holds one that cannot be seen."
        yield Problem(path, line, what, "Write a short code such as `MX-0042`.")
    if country not in COUNTRIES:
        yield Problem(path, line, f"the country is `{country[:20]}`.", f"Write one of {', '.join(COUNTRIES)}.")


def _day(text: str, name: str, path: str, line: int, problems: list[Problem]) -> date | None:
    """The day, or None: of an empty `left_on`, or of one that is not right, which is told."""
    if not text and name == "left_on":
        return None
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        what = f"`{name}` is `{text[:20]}`, not a day from {YEARS.start} on."
        how = "Write the year, the month and the day: 2026-11-24" + ("; or nothing." if name == "left_on" else ".")
        problems.append(Problem(path, line, what, how))
        return None
    return day
