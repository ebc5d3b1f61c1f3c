"""A file of learning records, of whatever form -> readings. Nothing that identifies a person leaves this
room, but through `returned`: the rows that were set aside, for the one who sent them.

Forms are told apart by what a file holds, not by its name: xAPI statements (`statement`), rosters as text
(`delimited`), rosters as Excel workbooks (`sheets`). What is accepted is told to trainers in docs/records.md.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import BinaryIO

from greensupply.completion import Notice, Reading, SetAside
from greensupply.errors import Problem
from greensupply.records import delimited, header, json_text, returns, roster
from greensupply.records.header import Find
from greensupply.records.returns import Values
from greensupply.records.scope import Fault, KnownModule, Scope, fault
from greensupply.records.statement import Statements
from greensupply.records.tables import Table

__all__ = ["KnownModule", "Scope", "Values", "numbered", "read", "returned", "table"]

_HEAD = 65_536
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MAGIC = {
    b"%PDF": ("roster-file-pdf", ""),
    b"PAR1": ("roster-file-parquet", ""),
    b"\x1f\x8b": ("roster-file-compressed", "gzip"),
    b"Rar!": ("roster-file-compressed", "RAR"),
    b"7z\xbc\xaf": ("roster-file-compressed", "7-Zip"),
    b"\x89PNG": ("roster-file-picture", ""),
    b"\xff\xd8\xff": ("roster-file-picture", ""),
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Old Excel files, and new ones with a password, begin with this. Source: MS-CFB, 2.2."""


def read(path: Path, scope: Scope) -> Iterator[Reading]:
    """Return every record of a file, what is set aside, and what its sender should know, in the order of the file.

    The file is a stream: a million statements need some 100 MB of memory. Nothing that a file holds raises; a file that
    cannot be read at all is one `SetAside` at line 1.

    Arguments:
        path: The file; messages call it so.
        scope: What its records are checked against.
    """
    return (reading for _, reading in numbered(path, scope))


def numbered(path: Path, scope: Scope) -> Iterator[tuple[int, Reading]]:
    """Return the same, each with its line, counted from 1: the row of a spreadsheet, the first line of a statement."""
    name = path.as_posix()
    line = 1
    try:
        if path.exists() and not path.is_file():
            yield 1, SetAside(fault("roster-file-folder" if path.is_dir() else "roster-file-none").at(name, 1))
            return
        with path.open("rb") as file:
            for line, reading in _readings(file, name, scope):
                yield line, reading
    except OSError as error:
        rule = "roster-file-unreadable" if line == 1 else "roster-file-broken-off"
        yield line, SetAside(fault(rule, reason=error.strerror).at(name, line))


def returned(path: Path, lines: Collection[int]) -> Iterator[tuple[int, Values]]:
    """Return the rows of a roster that were set aside as they were written, with names, each with its line.

    This is for a report to the one who sent the roster and for nothing else. It is empty for a file that is no roster;
    if the headings themselves were refused, it is every row below them.

    Arguments:
        path: The roster.
        lines: Lines that `numbered` set aside.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            text = _decoded(head).lstrip()
            if not text or _foreign(file, head, text) or _is_json(head, text):
                return
            table = _table(file, head)
            if isinstance(table, Table):
                yield from returns.rows(table, lines)
    except OSError:
        return


def _readings(file: BinaryIO, path: str, scope: Scope) -> Iterator[tuple[int, Reading]]:
    head = file.read(_HEAD)
    text = _decoded(head).lstrip()
    if not text and len(head) < _HEAD:
        yield 1, Notice(fault("roster-file-empty").at(path, 1))
    elif foreign := _foreign(file, head, text):
        yield 1, SetAside(foreign.at(path, 1))
    elif _is_json(head, text):
        yield from _of_statements(file, path, scope)
    else:
        yield from _of_roster(file, head, path, scope)


def _is_json(head: bytes, text: str) -> bool:
    """Does a file hold statements? A workbook is compressed, so any signs may stand in it."""
    return not head.startswith(b"PK") and (text.startswith(("{", "[")) or "\n{" in text)


def _of_statements(file: BinaryIO, path: str, scope: Scope) -> Iterator[tuple[int, Reading]]:
    statements = Statements(path, scope)
    item = None
    for item in json_text.statements(file):
        if reading := statements.reading(item):
            yield item.line, reading
    if item is None:
        yield 1, Notice(fault("statement-none").at(path, 1))
    yield from statements.last()


def _of_roster(file: BinaryIO, head: bytes, path: str, scope: Scope) -> Iterator[tuple[int, Reading]]:
    table = _table(file, head)
    if isinstance(table, tuple):
        line, why = table
        if path.lower().endswith((".json", ".jsonl", ".ndjson")):
            line, why = 1, fault("statement-none-json")
        yield line, SetAside(why.at(path, line))
    else:
        yield from roster.readings(table, path, scope)


def _table(file: BinaryIO, head: bytes, find: Find = header.best) -> Table | tuple[int, Fault]:
    if head.startswith(b"PK"):
        from greensupply.records import sheets  # openpyxl takes half a second to import, which most files do not need

        return sheets.table(file, find)
    return delimited.table(file, find)


def table(path: Path, find: Find) -> Table | Problem:
    """Return a list of another kind than a roster, its rows in memory; else why there is none.

    Arguments:
        path: A workbook or a file of text.
        find: Finds its header.
    """
    name = path.as_posix()
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            text = _decoded(head).lstrip()
            if why := fault("roster-file-empty") if not text else _foreign(file, head, text):
                return why.at(name, 1)
            found = _table(file, head, find)
            if isinstance(found, tuple):
                return found[1].at(name, found[0])
            return Table(found.header, [*found.rows()].copy, found.notices)
    except OSError as error:
        return fault("roster-file-unreadable", reason=error.strerror).at(name, 1)


def _decoded(head: bytes) -> str:
    """The beginning of a file as text, to tell its form by."""
    if head.startswith(_UTF16):
        return head.decode("utf-16", "ignore")
    return head.decode("utf-8", "replace").removeprefix("\ufeff")


def _foreign(file: BinaryIO, head: bytes, text: str) -> Fault | None:
    """What a file is that holds no records, in words."""
    for magic, (rule, program) in _MAGIC.items():
        if head.startswith(magic):
            return fault(rule, program=program)
    if head.startswith(_OLE):
        file.seek(0)
        if "EncryptedPackage".encode("utf-16-le") in file.read(64_000_000):
            return fault("roster-file-password")
        return fault("roster-file-old")
    if text.startswith("<"):
        return fault("roster-file-page")
    if not head.startswith((b"PK", *_UTF16)) and head.count(b"\0") > len(head) // 8:
        return fault("roster-file-not-text")
    return None
