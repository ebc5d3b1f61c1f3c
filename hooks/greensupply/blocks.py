"""A module's Markdown -> blocks that keep their lines: prose, callouts, questions and facilitator's notes.

Blocks are those of pymdown-extensions in spelling (`/// kind | Title` … `///`), read by us because Python-Markdown
keeps no line numbers and a question is data before it is HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from greensupply import facilitation, quiz, rules
from greensupply.addresses import CALCULATORS
from greensupply.errors import Problem
from greensupply.model import Block, Callout, Prose

CALLOUTS = ("example", "case", "misconception", "keypoints", "worksheet", "commitment", "note")
TITLED = frozenset({"example", "case", "misconception", "worksheet"})
KINDS = (*CALLOUTS, "question", facilitation.KIND)
ENOUGH = 1_000
"""Problems in one text, after which the rest of it is not read."""

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_MARK = re.compile(r"^(/{3,})[ \t]*(.*?)[ \t]*$")
_OPTION = re.compile(r"^ {4}(\w+)\s*:\s*(.*?)\s*$")
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
    while number < len(lines) and len(problems) < ENOUGH:
        mark = None if fences[number] else _MARK.match(lines[number])
        if not mark:
            if not fences[number] and (stray := _INDENTED_MARK.match(lines[number])):
                problems.append(_indented(path, first_line + number, stray))
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
        return None, [rules.problem("block-closing-stray", path, line, 1)]
    if len(mark[1]) > 3:
        return None, [rules.problem("block-outside-question", path, line, 1, mark=mark[1], kind=kind)]
    if kind not in KINDS:
        advice = rules.advice(kind, KINDS, "blocks-are")
        return None, [rules.problem("block-unknown", path, line, mark.start(2) + 1, kind=kind, advice=advice)]
    if not closed:
        return None, [rules.problem("block-open", path, line, 1, kind=kind)]
    title_column = mark.end(2) - len(title) + 1
    if kind == "question":
        return quiz.parse(title, inner, path, line, title_column)
    if kind == facilitation.KIND:
        note, problems = facilitation.parse(title, inner, path, line, title_column)
        return note, problems + _inner_problems(kind, note.text.split("\n"), path, line)
    problems = []
    if kind in TITLED and not title:
        problems.append(rules.problem("block-title-missing", path, line, 1, kind=kind))
    calculator = ""
    if option := _OPTION.match(inner[0]) if inner else None:
        calculator, found = _calculator(kind, option, path, line + 1)
        problems += found
        inner = ["", *inner[1:]]
    problems += _inner_problems(kind, inner, path, line)
    return Callout(kind, title, "\n".join(inner), line + 1, calculator, title_column), problems


def _inner_problems(kind: str, inner: Sequence[str], path: str, line: int) -> list[Problem]:
    """What is wrong with the text of a box whose opening slashes stand at `line`."""
    problems = []
    if not any(written.strip() for written in inner):
        problems.append(rules.problem("block-empty", path, line, 1, kind=kind))
    for offset, (written, fenced) in enumerate(zip(inner, _fenced(inner), strict=True)):
        if fenced:
            continue
        if _MARK.match(written):
            problems.append(rules.problem("block-nested", path, line + 1 + offset, 1, kind=kind))
        elif stray := _INDENTED_MARK.match(written):
            problems.append(_indented(path, line + 1 + offset, stray))
    return problems


def _calculator(kind: str, option: re.Match[str], path: str, line: int) -> tuple[str, list[Problem]]:
    """The calculator that the first line of a box names."""
    if kind != "worksheet" or option[1] != "calculator":
        column = option.start(1) + 1
        return "", [rules.problem("block-option-unknown", path, line, column, kind=kind, option=option[1])]
    if option[2] not in CALCULATORS:
        advice = rules.advice(option[2], CALCULATORS, "calculators-are")
        column = option.start(2) + 1
        return "", [rules.problem("calculator-unknown", path, line, column, calculator=option[2], advice=advice)]
    return option[2], []


def _indented(path: str, line: int, stray: re.Match[str]) -> Problem:
    kind = (stray[2] or "").partition("|")[0].strip() or "///"
    return rules.problem("block-indented", path, line, stray.start(1) + 1, kind=kind)
