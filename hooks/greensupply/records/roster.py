"""A class roster -> readings: one row is one learner who came to the end of one module."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from itertools import takewhile
from typing import ParamSpec, TypeVar

from greensupply import rules
from greensupply.completion import Completion, Delivery, Notice, Reading, SetAside
from greensupply.records import dates, example, fields, header, people, scores
from greensupply.records.scope import Fault, Refused, Scope, fault, refused
from greensupply.records.tables import Cell, Row, Table

Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")


def readings(table: Table, path: str, scope: Scope) -> Iterator[tuple[int, Reading]]:
    """Return what each row is, with its line, in order; notices of the whole file come before and after.

    The rows are gone through twice: a score can be read only when its whole column is known (see `scores`).
    """
    if unfit := header.fault(table.header):
        yield table.header.line, SetAside(unfit.at(path, table.header.line))
        return
    columns = Columns(table)
    for line, notice in (*table.notices, *columns.notices()):
        yield line, Notice(notice.at(path, line))
    strangers = 0
    for row in below(table):
        reading = _reading(row, columns, path, scope)
        if reading:
            yield row.line, reading
        strangers += isinstance(reading, Completion) and not reading.supplier and not columns.text(row, "email")
    if strangers:
        told = fault("roster-strangers", rows=_rows(strangers))
        yield table.header.line, Notice(told.at(path, table.header.line))


def below(table: Table) -> Iterator[Row]:
    """The rows below the headings."""
    return (row for row in table.rows() if row.line > table.header.line)


class Columns:
    """What is known of the columns of a roster when all of its rows have been looked at once.

    Attributes:
        highest: Highest plain number among the scores.
    """

    def __init__(self, table: Table) -> None:
        self.header = table.header
        self.highest = 0.0
        self._above = [row.line for row in takewhile(lambda row: row.line < table.header.line, table.rows())]
        self._converted: dict[str, int] = {}
        self._empty = True
        for row in below(table):
            self._empty = False
            if not row.fault:
                self.highest = max(self.highest, scores.plain(self.text(row, "score")) or 0)
            if row.converted:
                for name in self.header.columns:
                    if not self.text(row, name).isascii():
                        self._converted.setdefault(name, row.line)

    def cells(self, row: Row, name: str) -> list[Cell]:
        """The cells of a field: none if the roster has no such column, several for a name."""
        return [row.cells[column] for column in self.header.columns.get(name, ()) if column < len(row.cells)]

    def text(self, row: Row, name: str) -> str:
        """The same as one text."""
        return " ".join(str(cell) for cell in self.cells(row, name) if cell and not isinstance(cell, Fault))

    def notices(self) -> Iterator[tuple[int, Fault]]:
        """What the sender should know before the rows, each with its line."""
        line = self.header.line
        if self._above:
            yield self._above[0], fault("roster-above", rows=_rows(len(self._above)))
        if self.header.unread:
            yield line, fault("roster-unread", columns=header.unread(self.header))
        if self._converted:
            yield min(self._converted.values()), fault("roster-converted", columns=header.listed(self._converted))
        if self._empty:
            yield line, fault("roster-no-rows")


def _reading(row: Row, columns: Columns, path: str, scope: Scope) -> Reading | None:
    """Return a row's record, or every reason why it is none; None for headings again, and for `_says_nothing`."""
    if row.fault:
        return SetAside(row.fault.at(path, row.line))
    if _says_nothing(row, columns):
        return None
    taken = _Taken()
    completion = _completion(row, columns, scope, taken)
    if completion:
        return completion
    if all(header.field(columns.text(row, name)) == name for name in header.REQUIRED):
        return None
    first, *others = (one.at(path, row.line) for one in taken.faults)
    how = " ".join((first.how, *(f"Also {other.what} {other.how}" for other in others)))
    return SetAside(replace(first, how=how), also=tuple(others))


def _says_nothing(row: Row, columns: Columns) -> bool:
    """Is it the example of the template, or a row that has nothing but a remark?"""
    email, number, name, remark = (columns.text(row, field) for field in ("email", "number", "name", "remark"))
    if example.is_whole(email, number, name, remark):
        return True
    others = (field for field in columns.header.columns if field != "remark")
    return bool(remark) and not any(any(columns.cells(row, field)) for field in others)


class _Taken:
    """Values taken one by one; what is refused is kept in `faults`, so that a row tells all at once."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def __call__(
        self, read: Callable[Arguments, Value], *arguments: Arguments.args, **named: Arguments.kwargs
    ) -> Value | None:
        try:
            return read(*arguments, **named)
        except Refused as refused:
            self.faults.append(refused.fault)
            return None


def _completion(row: Row, columns: Columns, scope: Scope, taken: _Taken) -> Completion | None:
    """The record of a row; None if `taken` holds why not."""
    said = {name: columns.text(row, name) for name in header.HEADINGS}
    for name in header.HEADINGS:
        for cell in columns.cells(row, name):
            if isinstance(cell, Fault) and name != "remark":
                taken.faults.append(fault(cell.rule, field=header.shown(name)))
    if taken.faults:
        return None
    taken(_no_example, said["email"], said["remark"])
    supplier = taken(fields.supplier, said["supplier"])
    learner = taken(people.learner, said["email"], said["number"], said["name"], supplier or "")
    named = fields.named(said["module"], scope)
    module = taken(fields.module, named, scope)
    revision = taken(fields.revision, said["revision"], scope.modules[module]) if module else None
    country = taken(fields.country, said["country"])
    locale = taken(_language, said["language"])
    session = taken(fields.session, said["session"])
    instructor = taken(people.instructor, said["instructor"]) if said["instructor"] else None
    at = taken(dates.moment, _day(columns.cells(row, "date")))
    completed_at = taken(dates.held, at, scope.now) if at else None
    score = taken(scores.read, said["score"], columns.highest)
    if learner is None or module is None or revision is None or at is None or completed_at is None or score is None:
        return None
    if taken.faults:
        return None
    pseudonym = scope.pseudonym(learner)
    as_written = (named, said["revision"], at.date().isoformat(), session or "")
    return Completion(
        id=fields.record_id(pseudonym, *as_written),
        learner=pseudonym,
        supplier=supplier,
        country=country,
        module=module,
        revision=revision,
        locale=locale,
        delivery=Delivery.CLASSROOM,
        session=session,
        instructor=scope.pseudonym(instructor) if instructor else None,
        score=score,
        passed=scores.passes(score, scope.modules[module].pass_mark),
        completed_at=completed_at,
    )


def _day(cells: list[Cell]) -> str | date:
    cell = cells[0] if cells else ""
    return "" if isinstance(cell, Fault) else cell


def _language(written: str) -> str | None:
    found = fields.locale(written)
    if written and not found:
        raise refused("roster-language")
    return found


def _no_example(email: str, remark: str) -> None:
    if example.is_touched(email, remark):
        raise refused("roster-example")


def _rows(count: int) -> rules.Word:
    return rules.word("roster-row-one" if count == 1 else "roster-row-many", count=count)
