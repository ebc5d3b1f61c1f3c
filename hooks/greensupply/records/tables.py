"""What a roster is when it has been taken out of its file: a header, and rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from greensupply.records.header import Header
from greensupply.records.scope import Fault, fault

HEADER_WITHIN = 20
"""Rows in which a header is looked for."""
MAX_COLUMNS = 200
MAX_CELL = 10_000


class Number(str):
    """A number that is one in the spreadsheet, in digits with a point, whatever the list's language."""

    __slots__ = ()


Cell = str | date | Fault
"""A text without spaces around it, empty if it says nothing; a day that is one in the spreadsheet; or why neither."""


@dataclass(frozen=True)
class Row:
    """One row.

    Attributes:
        line: Where it begins, from 1; in a spreadsheet, the number of its row.
        cells: What stands in it.
        fault: Why it cannot be read.
        converted: Some of it was not UTF-8.
    """

    line: int
    cells: Sequence[Cell] = ()
    fault: Fault | None = None
    converted: bool = False


@dataclass(frozen=True)
class Table:
    """A roster: its header, and its rows as often as they are asked for.

    Attributes:
        header: Its headings.
        rows: All rows of the file from the first one on, or from anywhere above the header.
        notices: What the sender should know of how it was found, each with its line.
    """

    header: Header
    rows: Callable[[], Iterable[Row]]
    notices: tuple[tuple[int, Fault], ...] = ()


def no_header() -> Fault:
    """Why a file is no roster."""
    return fault("roster-no-header", rows=HEADER_WITHIN)


def misfit(cells: Sequence[Cell]) -> Fault | None:
    """Why a row is larger than any of a roster; None if it is not."""
    if len(cells) > MAX_COLUMNS:
        return fault("roster-cells-many", count=len(cells), most=MAX_COLUMNS)
    if any(isinstance(cell, str) and len(cell) > MAX_CELL for cell in cells):
        return fault("roster-cell-long", most=MAX_CELL)
    return None


def said(cell: object) -> str:
    """What a cell says: without spaces around it, and nothing if it holds no letter and no digit (`-`)."""
    text = str(cell).strip() if cell is not None else ""
    return text if any(map(str.isalnum, text)) else ""
