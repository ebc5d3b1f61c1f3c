"""Rows -> the text of a CSV file that is safe to open in a spreadsheet; and the rows of a list that people keep."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

DELIMITERS = ",;\t"
"""A comma as we write it; the others as spreadsheets set to French or Spanish save it."""

Value = str | int | float | Decimal | date | None

_FORMULA = re.compile(r"[\s\ufeff]*[=+\-@＝＋－＠\t\r\n\0]")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?", re.ASCII)


def write(rows: Iterable[Sequence[Value]], delimiter: str = ",") -> str:
    """Return the rows as CSV, with lines that end in CR LF and quotes where a cell needs them. Source: RFC 4180.

    A text that a spreadsheet would run as a formula gets an apostrophe before it: one that begins, after spaces, with
    `=`, `+`, `-`, `@`, their full-width forms, a tab, a line end or a NUL. Numbers are left alone, as texts too (`-5`).
    None is an empty cell, a date is written as 2026-11-24. Source: QUALITY, *CSV out*; OWASP, CSV Injection.

    Arguments:
        rows: Cells of each row, the headings first if there are any.
        delimiter: What parts cells; a semicolon where Excel expects one, as it does in French.

    Raises:
        ValueError: A number is not finite, which no cell can say.
    """
    text = StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\r\n").writerows(
        [_cell(value) for value in row] for row in rows
    )
    return text.getvalue()


class BrokenError(ValueError):
    """A row cannot be told from the next one.

    Attributes:
        line: Where it begins, from 1.
        long: A cell is far too long; else a quote is in the wrong place.
    """

    def __init__(self, line: int, *, long: bool) -> None:
        super().__init__(f"line {line}")
        self.line, self.long = line, long


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Return the rows that are not blank, each with the line on which it begins.

    Raises:
        BrokenError: After the rows before it, at the row that cannot be read.
    """
    first = next((line for line in text.split("\n") if line.strip()), "")
    reader = csv.reader(StringIO(text, newline=""), delimiter=max(DELIMITERS, key=first.count), strict=True)
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BrokenError(line, long="limit" in str(error)) from None


def bare(cell: str) -> str:
    """Return a text as it was before `write` put its apostrophe: `bare` of what was written is what was given."""
    return cell[1:] if cell.startswith("'") and _runs(cell[1:]) else cell


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, str):
        if not math.isfinite(value):
            raise ValueError(f"{value} in a cell")
        return str(value)
    return f"'{value}" if _runs(value) else value


def _runs(text: str) -> bool:
    """Would a spreadsheet run it, or is it one that `bare` would take for such?"""
    text = text.lstrip("'")
    return bool(_FORMULA.match(text)) and not _NUMBER.fullmatch(text)
