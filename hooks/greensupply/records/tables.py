"""What a roster is when it has been taken out of its file: a header, and rows of cells."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from greensupply.records.header import Header
from greensupply.records.scope import Fault

HEADER_WITHIN = 20
"""Rows in which a header is looked for."""
MAX_COLUMNS = 200
MAX_CELL = 10_000

Cell = str | date | Fault
"""A text without spaces around it, empty if it says nothing; a day that is one in the spreadsheet; or why neither."""

NO_HEADER = Fault(
    f"none of the first {HEADER_WITHIN} rows has the headings of a roster.",
    "Head the columns `name` (or `e-mail`), `module`, `date` and `score`, or as docs/records.md says.",
)
LONG_CELL = Fault(f"has a cell of more than {MAX_CELL:,} characters.", "Shorten it.")


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


def said(cell: object) -> str:
    """What a cell says: without spaces around it, and nothing if it holds no letter and no digit (`-`)."""
    text = str(cell).strip() if cell is not None else ""
    return text if any(map(str.isalnum, text)) else ""
