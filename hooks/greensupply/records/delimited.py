"""A roster as text (commas, semicolons or tabs) -> rows of cells, with the line of each and what is wrong with it.

Every line stands for itself: one that is not UTF-8 is read as Windows-1252, one that is too long is left out, and a
quote that is never closed costs its own line and no other.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from itertools import islice
from typing import BinaryIO

from greensupply import csv_text, rules
from greensupply.records import header
from greensupply.records.header import Find, Header
from greensupply.records.scope import Fault, fault
from greensupply.records.tables import HEADER_WITHIN, MAX_CELL, Row, Table, misfit, no_header, said

MAX_LINE = 1_000_000
"""Longest line, in characters."""
MAX_CELL_LINES = 20
"""Lines that one cell may run over."""


def table(file: BinaryIO, find: Find = header.best) -> Table | tuple[int, Fault]:
    """Return the roster in a file of text, with whichever delimiter makes the best header; else why not, and where.

    Arguments:
        file: Where it is.
        find: Finds the header of another list than a roster.
    """
    found: list[tuple[Header, str]] = []
    broken: list[Row] = []
    for delimiter in csv_text.DELIMITERS:
        first = list(islice(_rows(file, delimiter, 0), HEADER_WITHIN))
        if best := find((row.line, [str(cell) for cell in row.cells]) for row in first if not row.fault):
            found.append((best, delimiter))
        broken += [row for row in first if row.fault]
    if found:
        best, delimiter = max(found, key=lambda pair: len(pair[0].columns))
        return Table(best, lambda: _rows(file, delimiter, best.width))
    widest = max(broken, key=lambda row: len(row.cells), default=Row(1))
    return widest.line, widest.fault or no_header()


_OPEN = Fault("roster-quote-open")
"""Stands for a row whose last quote is still open."""


@dataclass(frozen=True)
class _Line:
    number: int
    text: str
    fault: Fault | None = None
    converted: bool = False


def _lines(file: BinaryIO) -> Iterator[_Line]:
    """Lines however they end; never more than `MAX_LINE` of one in memory."""
    file.seek(0)
    wide = file.read(2) in (b"\xff\xfe", b"\xfe\xff")
    file.seek(0)
    encoding, errors = ("utf-16", "surrogatepass") if wide else ("latin-1", "strict")  # latin-1: bytes, for `_decoded`
    source = TextIOWrapper(file, encoding=encoding, errors=errors, newline="")
    number = 0
    try:
        while piece := source.readline(MAX_LINE + 1):
            number += 1
            if len(piece) > MAX_LINE:
                yield _Line(number, "", fault("roster-line-long", most=MAX_LINE))
                while len(piece) > MAX_LINE and not piece.endswith(("\n", "\r")):
                    piece = source.readline(MAX_LINE + 1)
            else:
                yield _decoded(number, piece, wide)
    except UnicodeDecodeError:
        yield _Line(number + 1, "", fault("roster-cut-character"))
    finally:
        source.detach()


def _decoded(number: int, piece: str, wide: bool) -> _Line:
    if "\0" in piece:
        return _Line(number, "", fault("roster-nul"))
    if piece.isascii():
        return _Line(number, piece)
    if wide:
        whole = not re.search("[\ud800-\udfff]", piece)
        return _Line(number, piece, None if whole else fault("roster-half-character"))
    raw = piece.encode("latin-1")
    try:
        return _Line(number, raw.decode("utf-8").removeprefix("\ufeff" if number == 1 else ""))
    except UnicodeDecodeError:
        try:
            return _Line(number, raw.decode("cp1252"), converted=True)
        except UnicodeDecodeError:
            return _Line(number, "", fault("roster-encoding"))


def _rows(file: BinaryIO, delimiter: str, width: int) -> Iterator[Row]:
    """Rows that say something.

    Arguments:
        file: Where they are.
        delimiter: What parts their cells.
        width: How many cells each should have; 0 if that is not known yet.
    """
    lines = _lines(file)
    ahead: deque[_Line] = deque()
    while line := ahead.popleft() if ahead else next(lines, None):
        if line.fault:
            yield Row(line.number, fault=line.fault)
            continue
        cells: list[str] | Fault = _split([line.text], delimiter)
        converted = line.converted
        if cells is _OPEN and (joined := _joined(line, lines, ahead, delimiter, width)):
            cells, converted = joined
        if isinstance(cells, Fault):
            yield Row(line.number, fault=_unclosed(delimiter) if cells is _OPEN else cells)
            continue
        texts = [said(csv_text.bare(cell)) for cell in cells]
        if any(texts):
            yield Row(line.number, texts[: width or None], _misfit(texts, delimiter, width), converted)


def _split(texts: Sequence[str], delimiter: str) -> list[str] | Fault:
    try:
        return next(csv.reader(texts, delimiter=delimiter, strict=True), [])
    except csv.Error as error:
        if "unexpected end" in str(error):
            return _OPEN
        if "limit" in str(error):
            return fault("roster-cell-long", most=MAX_CELL)
        return fault("roster-quote-wrong")


def _joined(
    line: _Line, lines: Iterator[_Line], ahead: deque[_Line], delimiter: str, width: int
) -> tuple[list[str], bool] | None:
    """The cells of a row that goes on over the next lines, as a cell with line breaks does.

    None if it does not look like one: the quote is not closed, the row has another number of cells than the header, or
    a delimiter stands in the broken cell, so that it may have swallowed other rows.
    """
    taken = [line]
    while len(taken) <= MAX_CELL_LINES:
        if len(taken) > len(ahead):
            more = next(lines, None)
            if more is None:
                return None
            ahead.append(more)
        taken.append(ahead[len(taken) - 1])
        if taken[-1].fault:
            return None
        cells = _split([one.text for one in taken], delimiter)
        if cells is _OPEN:
            continue
        if isinstance(cells, Fault) or (width and len(cells) != width):
            return None
        if any(delimiter in cell and re.search(r"[\r\n]", cell) for cell in cells):
            return None
        for _ in taken[1:]:
            ahead.popleft()
        return cells, any(one.converted for one in taken)
    return None


def _unclosed(delimiter: str) -> Fault:
    return fault("roster-quote-open", delimiter=_named(delimiter))


def _misfit(cells: Sequence[str], delimiter: str, width: int) -> Fault | None:
    if large := misfit(cells):
        return large
    if width and len(cells) < width:
        return fault("roster-cells-few", count=len(cells), width=width)
    if width and any(cells[width:]):
        return fault("roster-cells-over", count=len(cells), width=width, delimiter=_named(delimiter))
    return None


def _named(delimiter: str) -> str | rules.Word:
    return rules.word("roster-tab") if delimiter == "\t" else f"`{delimiter}`"
