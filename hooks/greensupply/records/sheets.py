"""A roster as an Excel workbook -> rows of cells. Formulas are never evaluated: what Excel last showed is read.

A workbook is a zip of XML files, so that a small one can unpack to terabytes; its directory is looked at first.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice, repeat, zip_longest
from typing import Any, BinaryIO
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from greensupply.records import header
from greensupply.records.header import Find
from greensupply.records.scope import Fault, fault
from greensupply.records.tables import HEADER_WITHIN, Cell, Number, Row, Table, misfit, no_header, said

MAX_UNPACKED = 64_000_000
MAX_RATIO = 200
"""Times that a workbook may grow when it is unpacked; real ones grow 5 to 50 times."""
MAX_FILES = 1_000
MAX_ROWS = 1_048_576
"""Rows of a sheet. Source: Excel specifications and limits."""

_FORMULA = Fault("roster-formula")
_ERROR = Fault("roster-error-value")
"""Stand for cells that cannot be read; `roster` puts the name of the column in."""
OURS = ("Instructions", "Instrucciones", "Mode d’emploi", "Lists", "Listas", "Listes")
"""Sheets of the hub's own template beside the roster, see `roster_template`; of these no notice is given."""


def table(file: BinaryIO, find: Find = header.best) -> Table | tuple[int, Fault]:
    """Return the roster in the first sheet that has a header; else why there is none, and in which row."""
    file.seek(0)
    try:
        if unsafe := _unsafe(file):
            return 1, unsafe
        with warnings.catch_warnings():  # openpyxl tells of styles that it does not know
            warnings.simplefilter("ignore")
            return _roster(*_sheets(file), find)
    except Exception:  # openpyxl raises whatever its many parsers do
        return 1, fault("roster-workbook-unreadable")


def _unsafe(file: BinaryIO) -> Fault | None:
    """Why a zip should not be unpacked, by its directory alone."""
    try:
        entries = ZipFile(file).infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return fault("roster-workbook-damaged")
    names = {entry.filename for entry in entries}
    if "xl/workbook.bin" in names:
        return fault("roster-workbook-binary")
    if "[Content_Types].xml" not in names:
        return fault("roster-zip")
    if any(entry.flag_bits & 1 for entry in entries):
        return fault("roster-workbook-encrypted")
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_FILES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1):
        return fault("roster-workbook-huge", bytes=unpacked)
    return None


def _sheets(file: BinaryIO) -> tuple[list[Iterator[Row]], int]:
    """The rows of each sheet, and how many sheets are not the template's own."""
    shown = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    written = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    pairs = zip(shown.worksheets, written.worksheets, strict=True)
    foreign = sum(sheet.title not in OURS for sheet in shown.worksheets)
    return [_rows(values, formulas) for values, formulas in pairs], foreign


def _roster(sheets: Sequence[Iterator[Row]], foreign: int, find: Find) -> Table | tuple[int, Fault]:
    broken: list[Row] = []
    for number, rows in enumerate(sheets, 1):
        first = list(islice(rows, HEADER_WITHIN))
        found = find((row.line, [str(cell) for cell in row.cells]) for row in first if not row.fault)
        if not found:
            broken += [row for row in first if row.fault]
            continue
        notice = (found.line, fault("roster-sheets", number=number, count=len(sheets)))
        return Table(found, [*first, *rows].copy, (notice,) if foreign > 1 else ())
    return (broken[0].line, broken[0].fault or no_header()) if broken else (1, no_header())


def _rows(shown: Any, written: Any) -> Iterator[Row]:
    """Rows of one sheet that say something, and at last why there are no more if that is so.

    Arguments:
        shown: The sheet with the values that Excel last showed.
        written: The same with the formulas.
    """
    line = 0
    try:
        shown.reset_dimensions()  # what a sheet says of its own size may be wrong
        written.reset_dimensions()
        pairs = zip(shown.iter_rows(max_row=MAX_ROWS), chain(_formulas(written), repeat(())))  # noqa: B905
        for line, (values, formulas) in enumerate(pairs, 1):
            cells = [_cell(value, formula) for value, formula in zip_longest(values, formulas[: len(values)])]
            while cells and not cells[-1]:
                cells.pop()
            if cells:
                yield Row(line, cells, misfit(cells))
    except Exception:  # as in `table`
        yield Row(line + 1, fault=fault("roster-rows-unreadable"))


def _formulas(written: Any) -> Iterator[Sequence[Any]]:
    """The same rows with their formulas; they end early at one that openpyxl does not understand."""
    with suppress(Exception):
        yield from written.iter_rows(max_row=MAX_ROWS)


def _cell(shown: Any, written: Any) -> Cell:
    value = shown.value
    if value is None:
        unsaved = written is not None and written.data_type == "f" and shown.data_type != "str"
        return _FORMULA if unsaved else ""
    if shown.data_type == "e":
        return _ERROR
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        if "%" in (shown.number_format or ""):
            return f"{Decimal(repr(value)) * 100:f}%"
        return Number(int(value) if value == int(value) else repr(value))
    return said(value)
