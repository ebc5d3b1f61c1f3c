"""An office's list of plants, assessments, opportunities or measurements -> what each row says.

Lists are spreadsheets or files of text with headings in English, Spanish or French (`words.yml`). Names of assessors
become the pseudonyms of trainers before anything leaves this room.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias, cast

from greensupply import assessment, rules
from greensupply.assessment import LISTS, PLANTS, Line, Measurement, Opportunity, Withdrawal
from greensupply.completion import Notice, SetAside
from greensupply.errors import Problem
from greensupply.plants import Plant
from greensupply.records import example, table
from greensupply.records.outcomes import headings, measured, numbers, rows, words
from greensupply.records.outcomes.cells import Cells
from greensupply.records.outcomes.headings import ListHeader
from greensupply.records.outcomes.known import Known
from greensupply.records.scope import Fault, Scope, fault
from greensupply.records.tables import HEADER_WITHIN, Cell, Row, Table

__all__ = ["EXAMPLE", "ORDER", "Known", "Sheet", "opened", "readings", "returned"]

ORDER = (PLANTS, *LISTS)
"""Lists in the order in which they must be added, as each names what stands in those before it."""
EXAMPLE = "EXAMPLE-1"
"""Code in the example row of the templates; the row also bears the mark of `records.example`."""
NO_HEADER = "roster-no-header"
_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "assessments": ("hours",),
    "opportunities": ("baseline", "expected", "actual", "index", "saving", "verified_saving", "cost"),
    "measurements": ("value", "output"),
}
_READ: Mapping[str, Callable[..., Plant | Line | None]] = {
    PLANTS: rows.plant,
    assessment.ASSESSMENTS: rows.visit,
    assessment.OPPORTUNITIES: rows.opportunity,
    assessment.MEASUREMENTS: measured.measurement,
}
_CODE = {PLANTS: "supplier", "assessments": "assessment", "opportunities": "opportunity", "measurements": "supplier"}
"""List -> the field that the template's example has `EXAMPLE` in."""
Found: TypeAlias = Plant | Line | SetAside | Notice


@dataclass(frozen=True)
class Sheet:
    """A list that was opened.

    Attributes:
        path: The file; messages call it so.
        of: Which list it is, one of `ORDER`.
        table: Its rows.
        header: Its headings.
    """

    path: str
    of: str
    table: Table
    header: ListHeader


def opened(path: Path) -> Sheet | Problem:
    """Return the list in a file, or why there is none. Nothing that a file holds raises."""
    name = path.as_posix()
    found = table(path, headings.best)
    if isinstance(found, Problem):
        if found.rule == NO_HEADER:
            return rules.problem("outcome-headings", name, found.line, rows=HEADER_WITHIN)
        return found
    header = cast(ListHeader, found.header)
    return Sheet(name, header.of, found, header)


def readings(sheet: Sheet, scope: Scope, known: Known) -> Iterator[tuple[int, Found]]:
    """Return what each row of a list says, with its line; what is said of the whole file first.

    Of two rows that are said of one thing and differ, the first is taken and the other set aside; the same row again is
    passed over. A row that only repeats what was corrected since is set aside: the list is an old one.

    Arguments:
        sheet: The list.
        scope: The day, and how people become pseudonyms.
        known: What it is checked against.
    """
    header, path = sheet.header, sheet.path
    if faults := list(headings.faults(header)):
        yield from ((header.line, SetAside(why.at(path, header.line))) for why in faults)
        return
    below = [row for row in sheet.table.rows() if row.line > header.line]
    told = [*sheet.table.notices, *((header.line, one) for one in headings.notices(header)), *_converted(below, header)]
    if not below:
        told.append((header.line, fault("cadre-empty")))
    yield from ((line, Notice(notice.at(path, line))) for line, notice in told)
    taken: dict[int, Plant | Line] = {}
    aside: list[tuple[int, Fault]] = []
    first: dict[object, int] = {}
    for line, found in _rows(sheet, below, scope, known):
        if isinstance(found, Fault):
            aside.append((line, found))
            continue
        at = first.setdefault(found.supplier if isinstance(found, Plant) else assessment.key(found), line)
        if at == line:
            taken[line] = found
        elif taken.get(at) != found:
            aside.append((line, fault("outcome-row-twice", line=str(at))))
    aside += _late(taken, known)
    lost = {line for line, _ in aside}
    yield from ((line, one) for line, one in taken.items() if line not in lost)
    yield from ((line, SetAside(why.at(path, line))) for line, why in sorted(aside, key=lambda pair: pair[0]))
    kept = {line: one for line, one in taken.items() if line not in lost}
    yield from ((line, Notice(why.at(path, line))) for line, why in _notices(kept, known))


def _rows(sheet: Sheet, below: list[Row], scope: Scope, known: Known) -> Iterator[tuple[int, Plant | Line | Fault]]:
    """Each row's thing, or everything that is wrong with it."""
    header = sheet.header
    columns = [header.columns[name][0] for name in _NUMBERS.get(sheet.of, ()) if name in header.columns]
    texts = (row.cells[column] for row in below if not row.fault for column in columns if column < len(row.cells))
    decimal = numbers.sign(header.languages, (cell for cell in texts if isinstance(cell, str)))
    today = scope.now.date()
    for row in below:
        if row.fault:
            yield row.line, row.fault
            continue
        cells = Cells(row, header, scope, decimal)
        marked = example.is_marked(cells.raw(words.REMARK))
        is_example = cells.raw(_CODE[sheet.of]) == EXAMPLE
        if cells.says_nothing or (marked and is_example) or _is_heading(row, header):
            continue
        if marked or is_example:
            yield row.line, fault("outcome-example", code=EXAMPLE)
            continue
        if (found := _READ[sheet.of](cells, known, today)) is not None:
            yield row.line, found
        else:
            yield from ((row.line, why) for why in cells.faults)


def _late(taken: Mapping[int, Plant | Line], known: Known) -> Iterator[tuple[int, Fault]]:
    """What can be said of rows only when all of them, and the store, are looked at."""
    reported: list[tuple[int, Measurement]] = []
    for line, one in taken.items():
        before = known.superseded_plant(one) if isinstance(one, Plant) else known.superseded(one)
        if before:
            day = before.recorded_on.isoformat() if before.recorded_on else rules.word("outcome-earlier")
            yield line, fault("outcome-superseded", day=day)
        elif isinstance(one, Measurement):
            reported.append((line, one))
    back = [one.key for one in taken.values() if isinstance(one, Withdrawal)]
    yield from measured.disagreements(reported, back, known)


def _notices(kept: Mapping[int, Plant | Line], known: Known) -> Iterator[tuple[int, Fault]]:
    """What the sender should know of rows that were taken: currencies without a rate, and quantities that jump."""
    told = set()
    for line, one in kept.items():
        if isinstance(one, Opportunity):
            for day in (one.identified_on, one.committed_on, one.implemented_on, one.verified_on):
                money = (one.currency, day.year) if day else None
                if money and money not in told and known.catalogue.rate(*money) is None:
                    told.add(money)
                    yield line, fault("outcome-rate", currency=money[0], year=str(money[1]))
    yield from measured.jumps([(line, one) for line, one in kept.items() if isinstance(one, Measurement)], known)


def _converted(below: list[Row], header: ListHeader) -> Iterator[tuple[int, Fault]]:
    """A notice of the columns that were not UTF-8."""
    found: dict[str, int] = {}
    for row in below:
        for name, (column, *_) in header.columns.items():
            if row.converted and column < len(row.cells) and not str(row.cells[column]).isascii():
                found.setdefault(name, row.line)
    if found:
        yield min(found.values()), fault("roster-converted", columns=headings.listed(list(found)))


def _is_heading(row: Row, header: ListHeader) -> bool:
    """Do the headings come again, as where a sheet was pasted below another?"""
    known = words.headings(header.of)
    said = [str(row.cells[columns[0]]) for columns in header.columns.values() if columns[0] < len(row.cells)]
    return len(said) > 1 and all(words.plain(text) in known for text in said if text)


def returned(sheet: Sheet, lines: set[int]) -> Iterator[tuple[int, Mapping[str, Cell]]]:
    """Return the rows at these lines as they were written, with names, each with its line: field -> cell.

    This is for a report to the one who sent the list and for nothing else; if the headings themselves were refused, it
    is every row below them.
    """
    every = any(headings.faults(sheet.header))
    for row in sheet.table.rows():
        if row.line > sheet.header.line and (every or row.line in lines):
            yield (
                row.line,
                {
                    name: row.cells[columns[0]]
                    for name, columns in sheet.header.columns.items()
                    if name != words.REMARK and columns[0] < len(row.cells) and row.cells[columns[0]]
                },
            )
