"""Tables of a text: where each stands, and whether each of its columns says what it holds.

Source: W3C Web Accessibility Initiative, *Tables Tutorial*: a screen reader says a cell with the heading of its column.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from greensupply import prose, rules
from greensupply.errors import Problem
from greensupply.model import Library, Module

_DELIMITER = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*$")
_BAR = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Head:
    """What stands above a column, and in which column of its line it begins, from 1."""

    words: str
    column: int


@dataclass(frozen=True)
class Table:
    """A table of a text: the line of its heads, how many rows it has (its heads too), and its heads."""

    line: int
    rows: int
    heads: tuple[Head, ...]


def problems(module: Module, library: Library) -> Iterator[Problem]:  # noqa: ARG001 -- as each subject
    """Every column of a table, in every language of the module, that has no heading."""
    for text in module.texts.values():
        for markdown, first_line in text.pieces():
            for table in of(markdown, first_line):
                for number, head in enumerate(table.heads, 1):
                    if not html.unescape(head.words).strip():
                        yield rules.problem("table-heading-empty", text.path, table.line, head.column, number=number)


def of(markdown: str, first_line: int) -> Iterator[Table]:
    """The tables of a piece of Markdown that begins at this line of its file."""
    written, lines = markdown.split("\n"), prose.blank_code(markdown).split("\n")
    at = 0
    while at + 1 < len(lines):
        if "|" not in lines[at] or "|" not in lines[at + 1] or not _DELIMITER.match(lines[at + 1]):
            at += 1
            continue
        end = at + 2
        while end < len(lines) and "|" in lines[end] and lines[end].strip() and not lines[end].startswith("///"):
            end += 1
        yield Table(first_line + at, end - at - 1, tuple(_heads(written[at], lines[at])))
        at = end


def _heads(written: str, bare: str) -> Iterator[Head]:
    """The cells of a line, parted by the bars that are no code."""
    first, last = len(bare) - len(bare.lstrip()), len(bare.rstrip())
    bars = [found.start() for found in _BAR.finditer(bare)]
    edges = [*([] if bars[:1] == [first] else [first - 1]), *bars, *([] if bars[-1:] == [last - 1] else [last])]
    for start, end in pairwise(edges):
        yield Head(written[start + 1 : end], start + 2)
