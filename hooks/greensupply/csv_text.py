"""Rows -> the text of a CSV file that is safe to open in a spreadsheet."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO

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
