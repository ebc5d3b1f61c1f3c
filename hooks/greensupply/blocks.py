"""A module's Markdown -> blocks that keep their lines: prose, callouts and questions.

Blocks are those of pymdown-extensions in spelling (`/// kind | Title` … `///`), read by us because Python-Markdown
keeps no line numbers and a question is data before it is HTML.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence

from greensupply import quiz
from greensupply.addresses import CALCULATORS
from greensupply.errors import Problem
from greensupply.model import Block, Callout, Prose

CALLOUTS = ("example", "case", "misconception", "keypoints", "worksheet", "commitment", "note")
TITLED = frozenset({"example", "case", "misconception", "worksheet"})
KINDS = (*CALLOUTS, "question")

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_MARK = re.compile(r"^(/{3,})[ \t]*(.*?)[ \t]*$")
_OPTION = re.compile(r"^ {4}(\w+):[ \t]*(.*?)[ \t]*$")
_INDENTED_MARK = re.compile(r"^[ \t>]+(/{3,})[ \t]*(\S.*)?$")


def parse(text: str, path: str, first_line: int) -> tuple[tuple[Block, ...], list[Problem]]:
    """Return the blocks of a module's text and every problem of its structure.

    Arguments:
        text: Markdown below the front matter.
        path: File, for messages.
        first_line: Line of the file at which `text` begins.
    """
    blocks: list[Block] = []
    problems: list[Problem] = []
    prose: list[str] = []
    lines = text.split("\n")
    fences = _fenced(lines)
    number = prose_start = 0
    while number < len(lines):
        mark = None if fences[number] else _MARK.match(lines[number])
        if not mark:
            if not fences[number] and (stray := _INDENTED_MARK.match(lines[number])):
                problems.append(_indented(path, first_line + number, stray[2] or ""))
            prose.append(lines[number])
            number += 1
            continue
        _keep_prose(blocks, prose, first_line + prose_start)
        stop, closed = _stop(lines, fences, number, mark[1])
        block, found = _block(mark, lines[number + 1 : stop], path, first_line + number, closed=closed)
        problems += found
        if block:
            blocks.append(block)
        number = prose_start = stop + closed
    _keep_prose(blocks, prose, first_line + prose_start)
    return tuple(blocks), problems


def _keep_prose(blocks: list[Block], prose: list[str], line: int) -> None:
    if any(written.strip() for written in prose):
        blocks.append(Prose("\n".join(prose), line))
    prose.clear()


def _fenced(lines: Sequence[str]) -> list[bool]:
    """For each line: is it part of a fenced code block?"""
    inside, fence = [], ""
    for line in lines:
        mark = _FENCE.match(line)
        inside.append(bool(fence or mark))
        if mark and not fence:
            fence = mark[1]
        elif mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence):
            fence = ""
    return inside


def _stop(lines: Sequence[str], fences: Sequence[bool], start: int, slashes: str) -> tuple[int, bool]:
    """Where a block ends (the line of its closing slashes, or of the next block if they are missing); is it closed?"""
    for number in range(start + 1, len(lines)):
        mark = None if fences[number] else _MARK.match(lines[number])
        if mark and mark[1] == slashes:
            return number, not mark[2]
    return len(lines), False


def _block(
    mark: re.Match[str], inner: list[str], path: str, line: int, *, closed: bool
) -> tuple[Block | None, list[Problem]]:
    kind, _, title = (part.strip() for part in mark[2].partition("|"))
    if not kind:
        return None, [Problem(path, line, "a closing `///` without a block that it closes.", "Delete it.")]
    if len(mark[1]) > 3:
        how = "Write it with three slashes, or put it inside a `/// question`."
        return None, [Problem(path, line, f"`{mark[1]} {kind}` stands outside a question.", how)]
    if kind not in KINDS:
        near = difflib.get_close_matches(kind, KINDS, 1)
        how = f"Did you mean `{near[0]}`?" if near else f"Blocks are: {', '.join(KINDS)}."
        return None, [Problem(path, line, f"unknown block `{kind}`.", how)]
    if not closed:
        return None, [
            Problem(path, line, f"the block `{kind}` is not closed.", "Write `///` on a line of its own after it.")
        ]
    if kind == "question":
        return quiz.parse(title, inner, path, line)
    problems = []
    if kind in TITLED and not title:
        problems.append(Problem(path, line, f"the block `{kind}` has no title.", f"Write `/// {kind} | Title`."))
    calculator = ""
    if option := _OPTION.match(inner[0]) if inner else None:
        calculator, found = _calculator(kind, option, path, line + 1)
        problems += found
        inner = ["", *inner[1:]]
    text = "\n".join(inner)
    if not text.strip():
        problems.append(Problem(path, line, f"the block `{kind}` is empty.", "Write its text, or delete it."))
    for offset, (written, fenced) in enumerate(zip(inner, _fenced(inner), strict=True)):
        if fenced:
            continue
        if _MARK.match(written):
            problems.append(
                Problem(
                    path, line + 1 + offset, f"a block inside the block `{kind}`.", "Put it after the closing `///`."
                )
            )
        elif stray := _INDENTED_MARK.match(written):
            problems.append(_indented(path, line + 1 + offset, stray[2] or ""))
    return Callout(kind, title, text, line + 1, calculator), problems


def _calculator(kind: str, option: re.Match[str], path: str, line: int) -> tuple[str, list[Problem]]:
    """The calculator that the first line of a box names."""
    if kind != "worksheet" or option[1] != "calculator":
        what = f"the block `{kind}` has no option `{option[1]}`."
        how = "A `/// worksheet` may name a `calculator`. Leave a blank line before text that is meant as code."
        return "", [Problem(path, line, what, how)]
    if option[2] not in CALCULATORS:
        near = difflib.get_close_matches(option[2], CALCULATORS, 1)
        how = f"Did you mean `{near[0]}`?" if near else f"There are: {', '.join(CALCULATORS)}."
        return "", [Problem(path, line, f"unknown calculator `{option[2]}`.", how)]
    return option[2], []


def _indented(path: str, line: int, words: str) -> Problem:
    kind = words.partition("|")[0].strip() or "///"
    how = "Begin it at the start of a line, outside of any list, quotation or other block."
    return Problem(path, line, f"the block `{kind}` is indented, so it would show as plain text.", how)
