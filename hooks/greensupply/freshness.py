"""Which sections of a translation render the source's text of today? Sections, their fingerprints, and the comparison.

A section is known by the anchor that its heading has on the source's page (`why-rinse`): a section can then be added,
deleted or moved without touching the others' marks, a person can read the mark, and a link can use it. A heading that
was reworded has another key; it is paired with the key that stands at its place in the marks, so it shows as stale.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import partial
from typing import TypeVar
from weakref import ref

from greensupply import blocks, prose, source_text, yaml_text
from greensupply.errors import GreenSupplyError
from greensupply.locales import SOURCE
from greensupply.model import Block, Callout, FacilitatorNote, Module, Prose, Question, QuestionType, Text
from greensupply.written import HEAD, MARK_DIGITS, OPENING, TextFacts

Item = TypeVar("Item")

_known: dict[int, tuple[ref[Text], ref[Text], Comparison]] = {}
"""Of each translation that there is, by its identity: itself, its source, and how they compare."""


class State(StrEnum):
    """How a section of the source, or a whole module, stands in a translation."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"
    UNSTAMPED = "unstamped"


@dataclass(frozen=True)
class Section:
    """What stands from one heading to the next, with its boxes and questions.

    Attributes:
        key: Anchor of the heading on the page; `.head` is the front matter, `.opening` what has no heading.
        heading: The heading's words as written, without `#`; empty without a heading.
        level: 2 for `##`; 0 without a heading.
        line: Line of the file at which it begins.
        fingerprint: Short mark of the text; white space and line wrapping do not count.
        parts: The kinds of its boxes and the ids of its questions, in order.
        lines: Its text in the author's words, in one spelling, for comparing by eye; none in a comparison, of which
            there is one for each translation of a hub.
    """

    key: str
    heading: str
    level: int
    line: int
    fingerprint: str
    parts: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Standing:
    """How one section of the source stands in a translation.

    Attributes:
        source: The section of the source.
        translated: The section that renders it; None where there is none.
        stamped: The key and the fingerprint that the translation was stamped with; empty if it was not.
        moved: It stands at another place among the others than when it was stamped.
    """

    source: Section
    translated: Section | None
    stamped: tuple[str, str] = ("", "")
    moved: bool = False

    @property
    def state(self) -> State:
        """Fresh, stale, missing or unstamped."""
        if self.translated is None:
            return State.MISSING
        if not self.stamped[1]:
            return State.UNSTAMPED
        same = self.stamped == (self.source.key, self.source.fingerprint)
        return State.FRESH if same and not self.moved else State.STALE


@dataclass(frozen=True)
class Comparison:
    """A translation beside its source.

    Attributes:
        standings: One for each section of the source, in order.
        gone: Sections of the translation that the source no longer has.
    """

    standings: tuple[Standing, ...]
    gone: tuple[Section, ...] = ()

    def of(self, state: State) -> tuple[Standing, ...]:
        """The sections in one state."""
        return tuple(standing for standing in self.standings if standing.state is state)

    @property
    def behind(self) -> int:
        """How many sections must be looked at because the source changed: stale, missing or gone."""
        return len(self.of(State.STALE)) + len(self.of(State.MISSING)) + len(self.gone)

    @property
    def state(self) -> State:
        """Of the whole: stale before unstamped before fresh."""
        if self.behind:
            return State.STALE
        return State.UNSTAMPED if self.of(State.UNSTAMPED) else State.FRESH


def read(raw: str, path: str, locale: str) -> Text:
    """Return a module's text from the content of its file.

    Raises:
        GreenSupplyError: Front matter or blocks that cannot be read.
    """
    yaml, markdown, first_line = source_text.split(raw, path)
    document = yaml_text.load(yaml, path, first_line=2)
    facts = yaml_text.typed(TextFacts, document, path)
    found, problems = blocks.parse(markdown, path, first_line)
    if problems:
        raise GreenSupplyError(problems)
    lines = {str(key[0]): line for key, (line, _) in document.places.items() if len(key) == 1}
    return Text(locale, path, facts, found, lines)


def fingerprint(text: str) -> str:
    """The first 10 hexadecimal digits of the text's SHA-256, white space of any kind and length being one space."""
    words = " ".join(unicodedata.normalize("NFC", text).split())
    return hashlib.sha256(words.encode()).hexdigest()[:MARK_DIGITS]


def sections(text: Text) -> tuple[Section, ...]:
    """Return the front matter and every section of a module's text, in order.

    A heading inside a box does not end the section. Other than `##` and its like are no headings here.
    """
    facts = text.facts
    said = (f"title: {facts.title}", f"summary: {facts.summary}", "objectives:", *(f"- {o}" for o in facts.objectives))
    found = [Section(HEAD, "", 0, text.lines.get("title", 1), fingerprint("\n".join(said)), (), said)]
    used: set[str] = set()
    key, heading, level, line = OPENING, "", 0, 0
    lines: list[str] = []
    parts: list[str] = []

    def close() -> None:
        if any(map(str.strip, lines)):
            mark = fingerprint("\n".join(lines))
            found.append(Section(key, heading, level, line, mark, tuple(parts), tuple(lines)))
        lines.clear()
        parts.clear()

    for block in text.blocks:
        headings = dict(_headings(block, used))
        if isinstance(block, Prose):
            for number, written in enumerate(block.text.split("\n")):
                if number in headings:
                    close()
                    words = written.strip().rstrip("#").lstrip("#")
                    key, heading, level = headings[number], words.strip(), len(written) - len(written.lstrip("#"))
                if written.strip() and not any(map(str.strip, lines)):
                    line = block.line + number
                lines.append(written)
        else:
            if not any(map(str.strip, lines)):
                line = block.line
            lines += _as_written(block)
            parts.append(f"question {block.id}" if isinstance(block, Question) else block.kind)
    close()
    return tuple(found)


def _headings(block: Block, used: set[str]) -> Iterator[tuple[int, str]]:
    """Line, counted from 0, and anchor of each heading of a block; a box's take anchors too, as on the page."""
    if isinstance(block, Question | FacilitatorNote):
        return
    masked = prose.blank_code(block.text).split("\n")
    for number, (written, seen) in enumerate(zip(block.text.split("\n"), masked, strict=True)):
        if seen.startswith("#") and (slug := next(prose.anchors(written), None)) is not None:
            yield number, _unique(slug, used)


def _unique(slug: str, used: set[str]) -> str:
    """The anchor as the page has it: a second heading of the same words is `why-rinse_1`."""
    if slug and slug not in used:
        used.add(slug)
        return slug
    from markdown.extensions.toc import unique  # takes longer to load than most texts to read

    return unique(slug, used)


def _as_written(block: Callout | Question | FacilitatorNote) -> Iterator[str]:
    """A box or a question in the author's spelling; how it was indented or spaced does not show."""
    if isinstance(block, Callout):
        yield f"/// {block.kind} | {block.title}" if block.title else f"/// {block.kind}"
        if block.calculator:
            yield f"    calculator: {block.calculator}"
        yield from block.text.strip("\n").split("\n")
    elif isinstance(block, FacilitatorNote):
        yield f"/// {block.kind} | {block.title}" if block.title else f"/// {block.kind}"
        if block.minutes:
            yield from (f"    minutes: {block.minutes}", f"    activity: {block.activity}")
        if block.materials:
            yield f"    materials: {'; '.join(block.materials)}"
        yield from block.text.strip("\n").split("\n")
    else:
        yield f"/// question | {block.prompt}"
        yield f"    id: {block.id}"
        yield f"    type: {block.type}"
        if block.type is QuestionType.NUMERIC:
            yield from (f"    answer: {block.answer}", f"    tolerance: {block.tolerance}", f"    unit: {block.unit}")
        yield from block.body.split("\n")
        for choice in block.choices:
            yield f"- [{'x' if choice.right else ' '}] {choice.text}"
            yield f"    - {choice.feedback}"
        for pair in block.pairs:
            yield from (pair.term, f":   {pair.match}")
        yield from (f"{place}. {item}" for place, item in enumerate(block.items, 1))
        for name, part in (("hint", block.hint), ("feedback", block.feedback)):
            if part:
                yield from (f"//// {name}", *part.split("\n"), "////")
    yield "///"


def compare(source: Text, text: Text) -> Comparison:
    """Return how each section of the source stands in a translation.

    As long as the translation has as many sections as it was stamped with, they are those that were stamped, in that
    order; else, with as many as the source, they stand in the source's order; else the most alike are paired.
    """
    known = _known.get(id(text))
    if known and known[0]() is text and known[1]() is source:
        return known[2]
    found = _compared(source, text)
    _known[id(text)] = ref(text, partial(_forget, id(text))), ref(source), found
    return found


def _forget(name: int, _: ref[Text]) -> None:
    _known.pop(name, None)


def _compared(source: Text, text: Text) -> Comparison:
    there, here = (tuple(replace(section, lines=()) for section in sections(each)) for each in (source, text))
    stamps = tuple(text.facts.translated_from)
    keys = tuple(section.key for section in there)
    stamp_of = _paired(stamps, keys)
    if len(stamps) == len(here):
        rendered = {key: here[stamps.index(stamp)] for key, stamp in stamp_of.items()}
    elif len(there) == len(here):
        rendered = dict(zip(keys, here, strict=True))
    else:
        ours, theirs = ([(section.level, *section.parts) for section in some] for some in (here, there))
        rendered = {keys[place]: here[other] for other, place in _runs(ours, theirs)}
    kept = {place for _, place in _runs(stamps, keys)}
    standings = []
    for place, section in enumerate(there):
        stamp = stamp_of.get(section.key, "")
        moved = stamp == section.key and place not in kept
        mark = (stamp, text.facts.translated_from.get(stamp, ""))
        standings.append(Standing(section, rendered.get(section.key), mark, moved))
    used = {section.key for section in rendered.values()}
    return Comparison(tuple(standings), tuple(section for section in here if section.key not in used))


def comparisons(module: Module) -> Iterator[tuple[str, Comparison]]:
    """Each language that a module is translated into, beside its source."""
    for locale, text in module.texts.items():
        if locale != SOURCE:
            yield locale, compare(module.texts[SOURCE], text)


def _paired(stamps: Sequence[str], keys: Sequence[str]) -> Mapping[str, str]:
    """Key of the source -> the stamp that is for it: the same one, or one that a reworded heading left behind."""
    pairs = {key: key for key in keys if key in stamps}
    for kind, start, end, first, last in SequenceMatcher(None, stamps, keys, autojunk=False).get_opcodes():
        if kind == "replace":
            left = [stamp for stamp in stamps[start:end] if stamp not in pairs]
            new = [key for key in keys[first:last] if key not in pairs]
            if len(left) == len(new):
                pairs.update(zip(new, left, strict=True))
    return pairs


def _runs(ours: Sequence[Item], theirs: Sequence[Item]) -> Iterator[tuple[int, int]]:
    """Places of what is the same in both and in the same order."""
    for run in SequenceMatcher(None, ours, theirs, autojunk=False).get_matching_blocks():
        yield from ((run.a + step, run.b + step) for step in range(run.size))
