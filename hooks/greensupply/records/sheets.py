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
from greensupply.records.scope import Fault
from greensupply.records.tables import (
    HEADER_WITHIN,
    LONG_CELL,
    MAX_CELL,
    MAX_COLUMNS,
    NO_HEADER,
    Cell,
    Row,
    Table,
    said,
)

MAX_UNPACKED = 64_000_000
MAX_RATIO = 200
"""Times that a workbook may grow when it is unpacked; real ones grow 5 to 50 times."""
MAX_FILES = 1_000
MAX_ROWS = 1_048_576
"""Rows of a sheet. Source: Excel specifications and limits."""

_SAVE = "Save it as Excel workbook (.xlsx) without a password, or as CSV UTF-8."
_FORMULA = Fault("has a formula whose result was not saved.", "Open and save it in Excel, or write the value itself.")
_ERROR = Fault("has an error of the spreadsheet, such as #N/A.", "Correct the formula, or write the value itself.")


def table(file: BinaryIO) -> Table | tuple[int, Fault]:
    """Return the roster in the first sheet that has a header; else why there is none, and in which row."""
    file.seek(0)
    try:
        if fault := _unsafe(file):
            return 1, fault
        with warnings.catch_warnings():  # openpyxl tells of styles that it does not know
            warnings.simplefilter("ignore")
            return _roster(_sheets(file))
    except Exception:  # openpyxl raises whatever its many parsers do
        return 1, Fault("is not a workbook that can be read.", _SAVE)


def _unsafe(file: BinaryIO) -> Fault | None:
    """Why a zip should not be unpacked, by its directory alone."""
    try:
        entries = ZipFile(file).infolist()
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return Fault("is a workbook or zip file that is damaged or cut off.", "Save or send it again.")
    names = {entry.filename for entry in entries}
    if "xl/workbook.bin" in names:
        return Fault("is a binary workbook (.xlsb).", _SAVE)
    if "[Content_Types].xml" not in names:
        return Fault("is a zip file, but not an Excel workbook.", f"Take the roster out of it. {_SAVE}")
    if any(entry.flag_bits & 1 for entry in entries):
        return Fault("is encrypted.", _SAVE)
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if len(entries) > MAX_FILES or unpacked > MAX_UNPACKED or unpacked > MAX_RATIO * max(packed, 1):
        what = f"unpacks to {unpacked:,} bytes, which no roster needs (a zip bomb?)."
        return Fault(what, "Copy the roster alone into a new workbook, or save it as CSV UTF-8.")
    return None


def _sheets(file: BinaryIO) -> list[Iterator[Row]]:
    shown = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    written = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    return [_rows(values, formulas) for values, formulas in zip(shown.worksheets, written.worksheets, strict=True)]


def _roster(sheets: Sequence[Iterator[Row]]) -> Table | tuple[int, Fault]:
    broken: list[Row] = []
    for number, rows in enumerate(sheets, 1):
        first = list(islice(rows, HEADER_WITHIN))
        found = header.best((row.line, [str(cell) for cell in row.cells]) for row in first if not row.fault)
        if not found:
            broken += [row for row in first if row.fault]
            continue
        what = f"sheet {number} of {len(sheets)} was read, the others were not."
        notice = (found.line, Fault(what, "Save each further roster as a file of its own."))
        return Table(found, [*first, *rows].copy, (notice,) if len(sheets) > 1 else ())
    return (broken[0].line, broken[0].fault or NO_HEADER) if broken else (1, NO_HEADER)


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
                yield Row(line, cells, _misfit(cells))
    except Exception:  # as in `table`
        yield Row(line + 1, fault=Fault("cannot be read, nor can the rows below it.", _SAVE))


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
        return str(int(value)) if value == int(value) else repr(value)
    return said(value)


def _misfit(cells: Sequence[Cell]) -> Fault | None:
    if len(cells) > MAX_COLUMNS:
        return Fault(f"has {len(cells):,} cells, more than {MAX_COLUMNS}.", "Leave out columns that are not needed.")
    if any(isinstance(cell, str) and len(cell) > MAX_CELL for cell in cells):
        return LONG_CELL
    return None
