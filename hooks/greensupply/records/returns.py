"""The rows of a roster that were set aside -> what stood in them, so that their sender can mend and send them back."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from datetime import date
from decimal import Decimal

from greensupply.records import dates, header, scores
from greensupply.records.roster import Columns, below
from greensupply.records.scope import Fault, Refused
from greensupply.records.tables import Row, Table

Value = str | date | Decimal
"""What a cell said; a day where it could be read; a share from 0 to 1 where the score says one in tenths of percent."""
Values = Mapping[str, Value]
"""Field of `header.HEADINGS` -> what stood in it; without those that were empty, and without the remark."""


def rows(table: Table, lines: Collection[int]) -> Iterator[tuple[int, Values]]:
    """Return the rows at these lines, in order; all of them if the headings were refused.

    A score is said in a way that does not depend on the other rows, which do not come back with it (see `scores`).
    """
    columns = Columns(table)
    every = header.fault(table.header) is not None
    for row in below(table):
        if (every or row.line in lines) and (values := _values(row, columns)):
            yield row.line, values


def _values(row: Row, columns: Columns) -> Values:
    said: dict[str, Value] = {}
    for field in columns.header.columns:
        if field != "remark" and (text := columns.text(row, field)):
            said[field] = text
    first = next(iter(columns.cells(row, "date")), "")
    if first and not isinstance(first, Fault):
        said["date"] = _day(first)
    if "score" in said:
        said["score"] = _score(str(said["score"]), columns.highest)
    return said


def _day(cell: str | date) -> str | date:
    if isinstance(cell, str):
        with suppress(Refused):
            return dates.day(cell)
    return cell


def _score(text: str, highest: float) -> Value:
    if "/" in text:
        return text
    try:
        share = Decimal(str(scores.read(text, highest)))
    except Refused:
        return text
    return share if share == round(share, 3) else f"{(share * 100).normalize():f}%"
