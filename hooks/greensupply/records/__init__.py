"""A file of learning records, of whatever form -> readings. Nothing that identifies a person leaves this room.

Forms are told apart by what a file holds, not by its name: xAPI statements (`statement`), rosters as text
(`delimited`), rosters as Excel workbooks (`sheets`). What is accepted is told to trainers in docs/records.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from greensupply.completion import Notice, Reading, SetAside
from greensupply.errors import Problem
from greensupply.records import delimited, json_text, roster
from greensupply.records.scope import Fault, KnownModule, Scope
from greensupply.records.statement import Statements

__all__ = ["KnownModule", "Scope", "numbered", "read"]

_HEAD = 65_536
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_SAVE = "Save it as Excel workbook (.xlsx) without a password, or as CSV UTF-8."
_MAGIC = {
    b"%PDF": Fault("is a PDF.", "Send the spreadsheet it was made from."),
    b"PAR1": Fault("is a Parquet file.", "Records that are in the store already need not be added."),
    b"\x1f\x8b": Fault("is compressed (gzip).", "Unpack it first."),
    b"Rar!": Fault("is compressed (RAR).", "Unpack it first."),
    b"7z\xbc\xaf": Fault("is compressed (7-Zip).", "Unpack it first."),
    b"\x89PNG": Fault("is a picture.", "Send the spreadsheet, not its picture."),
    b"\xff\xd8\xff": Fault("is a picture.", "Send the spreadsheet, not its picture."),
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
            what, how = ("is a folder.", "Name the files in it.") if path.is_dir() else ("is no file.", "Name a file.")
            yield 1, SetAside(Problem(name, 1, what, how))
            return
        with path.open("rb") as file:
            for line, reading in _readings(file, name, scope):
                yield line, reading
    except OSError as error:
        what = f"cannot be read ({error.strerror})." if line == 1 else f"cannot be read further ({error.strerror})."
        yield line, SetAside(Problem(name, line, what, "Check its name and its permissions, then read it again."))


def _readings(file: BinaryIO, path: str, scope: Scope) -> Iterator[tuple[int, Reading]]:
    head = file.read(_HEAD)
    text = _decoded(head).lstrip()
    if not text and len(head) < _HEAD:
        yield 1, Notice(Problem(path, 1, "is empty: 0 records.", "Export or save it again if it should not be."))
    elif fault := _foreign(file, head, text):
        yield 1, SetAside(fault.at(path, 1))
    elif text.startswith(("{", "[")) or "\n{" in text:
        yield from _of_statements(file, path, scope)
    else:
        yield from _of_roster(file, head, path, scope)


def _of_statements(file: BinaryIO, path: str, scope: Scope) -> Iterator[tuple[int, Reading]]:
    statements = Statements(path, scope)
    item = None
    for item in json_text.statements(file):
        if reading := statements.reading(item):
            yield item.line, reading
    if item is None:
        yield 1, Notice(Problem(path, 1, "holds no statement: 0 records.", "Export it again if it should."))
    yield from statements.last()


def _of_roster(file: BinaryIO, head: bytes, path: str, scope: Scope) -> Iterator[tuple[int, Reading]]:
    if head.startswith(b"PK"):
        from greensupply.records import sheets  # openpyxl takes half a second to import, which most files do not need

        table = sheets.table(file)
    else:
        table = delimited.table(file)
    if isinstance(table, tuple):
        line, fault = table
        if path.lower().endswith((".json", ".jsonl", ".ndjson")):
            line, fault = 1, Fault("holds no statement in JSON.", "Download or export it again.")
        yield line, SetAside(fault.at(path, line))
    else:
        yield from roster.readings(table, path, scope)


def _decoded(head: bytes) -> str:
    """The beginning of a file as text, to tell its form by."""
    if head.startswith(_UTF16):
        return head.decode("utf-16", "ignore")
    return head.decode("utf-8", "replace").removeprefix("\ufeff")


def _foreign(file: BinaryIO, head: bytes, text: str) -> Fault | None:
    """What a file is that holds no records, in words."""
    for magic, fault in _MAGIC.items():
        if head.startswith(magic):
            return fault
    if head.startswith(_OLE):
        file.seek(0)
        if "EncryptedPackage".encode("utf-16-le") in file.read(64_000_000):
            return Fault("is encrypted: a workbook with a password.", _SAVE)
        return Fault("is an old Excel file (.xls) or another Office file of before 2007.", _SAVE)
    if text.startswith("<"):
        return Fault("is a web page or XML, perhaps a page to sign in.", "Sign in, then download or export it again.")
    if not head.startswith((b"PK", *_UTF16)) and head.count(b"\0") > len(head) // 8:
        return Fault("is not text; or UTF-16 without a mark at its beginning.", "Save it as CSV UTF-8.")
    return None
