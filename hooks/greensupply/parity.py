"""Do the three languages of a module say the same? Compares what can be compared without reading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

from greensupply import prose, rules
from greensupply.errors import Problem
from greensupply.locales import SOURCE
from greensupply.model import Block, Callout, FacilitatorNote, Module, Prose, Question, Text

_HEADING = re.compile(r"#{1,6}[ \t]")


def problems(module: Module) -> Iterator[Problem]:
    """Where a translation of `module` has another structure than its source."""
    source = module.texts.get(SOURCE)
    if source is None:
        return
    for locale, text in module.texts.items():
        if locale != SOURCE:
            yield from _objectives(source, text)
            yield from _questions(source, text)
            yield from _callouts(source, text)
            yield from _notes(source, text)


def _objectives(source: Text, text: Text) -> Iterator[Problem]:
    here, there = len(text.facts.objectives), len(source.facts.objectives)
    if here != there:
        line = text.lines.get("objectives", 1)
        yield rules.problem("parity-objectives", text.path, line, 1, here=here, there=there)


def _questions(source: Text, text: Text) -> Iterator[Problem]:
    theirs = {question.id: question for question in source.questions}
    ours = {question.id: question for question in text.questions}
    for identifier, question in theirs.items():
        if identifier not in ours:
            line = _line_before(source, text, question)
            there = str(question.line)
            yield rules.problem("parity-question-missing", text.path, line, 1, id=identifier, en_line=there)
    for identifier, question in ours.items():
        if identifier not in theirs:
            yield rules.problem("parity-question-extra", text.path, question.line, 1, id=identifier)
        else:
            yield from _question(theirs[identifier], question, text.path)
    common_there = [identifier for identifier in theirs if identifier in ours]
    common_here = [identifier for identifier in ours if identifier in theirs]
    for expected, found in zip(common_there, common_here, strict=True):
        if expected != found:
            line = ours[found].line
            yield rules.problem("parity-question-order", text.path, line, 1, found=found, expected=expected)
            return


def _question(theirs: Question, ours: Question, path: str) -> Iterator[Problem]:
    def differs(rule: str, **values: Any) -> Problem:
        return rules.problem(rule, path, ours.line, 1, id=ours.id, en_line=str(theirs.line), **values)

    if ours.type is not theirs.type:
        here, there = (rules.word(f"type-{question.type}") for question in (ours, theirs))
        yield differs("parity-question-type", here=here, there=there)
        return
    for name in ("choices", "pairs", "items"):
        found, count = len(getattr(ours, name)), len(getattr(theirs, name))
        if found != count:
            things = {"things": rules.word(name), "same": rules.word(f"same-{name}")}
            yield differs("parity-question-size", here=found, there=count, **things)
            return
    if ours.right != theirs.right:
        yield differs("parity-right-choices", places=_listed([str(place + 1) for place in theirs.right]))
    elif ours.key != theirs.key:
        yield differs("parity-numbers")
    for name in ("hint", "feedback", "unit"):
        if bool(getattr(ours, name)) != bool(getattr(theirs, name)):
            where = rules.word("here") if getattr(ours, name) else rules.word("in-source", en_line=str(theirs.line))
            part = rules.word(f"a-{name}")
            yield rules.problem("parity-question-part", path, ours.line, 1, id=ours.id, part=part, where=where)


def _listed(names: list[str]) -> rules.Word | str:
    *others, last = names
    return rules.word("and", first=_listed(others), second=last) if others else last


def _callouts(source: Text, text: Text) -> Iterator[Problem]:
    theirs, ours = _callouts_of(source), _callouts_of(text)
    for there, here in zip(theirs, ours, strict=False):
        if there.kind != here.kind:
            values = {"here": here.kind, "en_line": str(there.line - 1), "there": there.kind}
            yield rules.problem("parity-block-order", text.path, here.line - 1, 1, **values)
            return
    if source.calculators != text.calculators:
        yield _calculators(source, text)
    if len(theirs) > len(ours):
        line = _line_before(source, text, theirs[len(ours)])
        yield rules.problem("parity-block-count", text.path, line, 1, here=len(ours), there=len(theirs))
    elif len(theirs) < len(ours):
        line = ours[len(theirs)].line - 1
        yield rules.problem("parity-block-count", text.path, line, 1, here=len(ours), there=len(theirs))


def _calculators(source: Text, text: Text) -> Problem:
    """Where the worksheets of two texts begin to name other calculators."""
    named = []
    for found in (source, text):
        names = ", ".join(found.calculators)
        named.append(names or rules.word("none"))
    values = {"there": named[0], "here": named[1]}
    pairs = zip_longest(_callouts_of(source), _callouts_of(text))
    there, here = next(pair for pair in pairs if len({box.calculator if box else "" for box in pair}) > 1)
    if there and not here:
        line, column = _line_before(source, text, there), 1
    elif here.calculator:
        line, column = here.line, len("    ") + 1
    else:
        line, column = here.line - 1, 1
    return rules.problem("parity-calculators", text.path, line, column, **values)


def _callouts_of(text: Text) -> list[Callout]:
    return [block for block in text.blocks if isinstance(block, Callout)]


def _notes(source: Text, text: Text) -> Iterator[Problem]:
    """Where the facilitator's notes of two texts make another plan of the session."""
    theirs, ours = list(_headings(source.blocks)), list(_headings(text.blocks))
    for there, here in zip(source.notes, text.notes, strict=False):
        line, en_line = here.line - 1, str(there.line - 1)
        if bisect_left(theirs, there.line) != bisect_left(ours, here.line):  # headings above each
            yield rules.problem("parity-facilitator-place", text.path, line, 1, en_line=en_line)
            return
        for option in ("minutes", "activity"):
            found, meant = (getattr(note, option) or rules.word("nothing") for note in (here, there))
            if found != meant:
                values = {"option": option, "here": found, "there": meant, "en_line": en_line}
                yield rules.problem("parity-facilitator-plan", text.path, line, 1, **values)
        if len(here.materials) != len(there.materials):
            values = {"here": len(here.materials), "there": len(there.materials), "en_line": en_line}
            yield rules.problem("parity-facilitator-materials", text.path, line, 1, **values)
    counts = {"here": len(text.notes), "there": len(source.notes)}
    if len(source.notes) > len(text.notes):
        line = _line_before(source, text, source.notes[len(text.notes)])
        yield rules.problem("parity-facilitator-count", text.path, line, 1, **counts)
    elif len(source.notes) < len(text.notes):
        line = text.notes[len(source.notes)].line - 1
        yield rules.problem("parity-facilitator-count", text.path, line, 1, **counts)


def _line_before(source: Text, text: Text, missing: Question | Callout | FacilitatorNote) -> int:
    """Line of the block after which one of the source that `text` lacks should come; else of its heading."""
    place = next(place for place, block in enumerate(source.blocks) if block is missing)
    earlier = source.blocks[:place]
    questions = {question.id: question.line for question in text.questions}
    if isinstance(missing, Question):
        lines = [questions[block.id] for block in earlier if isinstance(block, Question) and block.id in questions]
    else:
        kind = type(missing)
        boxes = [block for block in text.blocks if isinstance(block, kind)]
        lines = [box.line - 1 for box in boxes[: sum(isinstance(block, kind) for block in earlier)]]
    if lines:
        return lines[-1]
    headings = list(_headings(text.blocks))
    above = len(list(_headings(earlier)))
    if 0 < above <= len(headings):
        return headings[above - 1]
    return text.blocks[0].line if text.blocks else 1


def _headings(blocks: Iterable[Block]) -> Iterator[int]:
    """Lines of the headings of the prose."""
    for block in blocks:
        if isinstance(block, Prose):
            for number, line in enumerate(prose.blank_code(block.text).split("\n"), block.line):
                if _HEADING.match(line):
                    yield number
