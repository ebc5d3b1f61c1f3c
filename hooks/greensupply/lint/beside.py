"""A translation beside its source: the sections that render one another, and the place of each word in its file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from greensupply import freshness, prose, segments
from greensupply.freshness import State
from greensupply.locales import LOCALES, SOURCE
from greensupply.model import Module, Text

_IN_NAME = re.compile(rf"\.(?:{'|'.join(LOCALES)})(?=\.\w+$)")
_IN_PATH = re.compile(rf"(^|/)(?:{'|'.join(LOCALES)})(?=/|\.md$)")
_ADDRESS = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*>|https?://[^\s<>()]+|[^\s<>@]+@[^\s<>@]+\.\w+")
_HEADING_KIND = re.compile(r"h[1-6]")


@dataclass(frozen=True)
class Passage:
    """Words that are translated as one: a paragraph, a cell, a choice.

    Attributes:
        name: Its place in its section, the same in every language.
        kind: What it is, as in `segments`.
        raw: The words as the file has them.
        start: Place of `raw` in the file, counted from 0.
        line, column: The same for people.
    """

    name: str
    kind: str
    raw: str
    start: int
    line: int
    column: int

    @cached_property
    def bare(self) -> str:
        """`raw` at the same length, with blanks for code, addresses and targets of links."""
        if self.kind == "code":
            return " " * len(self.raw)
        pieces, at = [], 0
        bare = prose.blank_code(self.raw)
        for link in sorted(prose.links(self.raw, 1), key=lambda link: link.start):
            if link.start >= at:
                pieces += [bare[at : link.start], " " * (link.end - link.start)]
                at = link.end
        return _ADDRESS.sub(lambda found: " " * len(found[0]), "".join(pieces) + bare[at:])

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column, counted from 1, of a sign of `raw`."""
        above = self.raw.count("\n", 0, offset)
        if not above:
            return self.line, self.column + offset
        return self.line + above, offset - self.raw.rfind("\n", 0, offset)


@dataclass(frozen=True)
class Part:
    """The front matter, or what stands from one heading to the next.

    Attributes:
        path: File, for messages.
        line: Line at which it begins.
        level: 2 for `##`; 0 without a heading.
        heading: Words of the heading; empty without one.
        written: Its text as the file has it.
        passages: In order.
    """

    path: str
    line: int
    level: int
    heading: str
    written: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True)
class Beside:
    """A translation and its source.

    Attributes:
        parts: Sections that render one another, source first; those whose source changed since are left out.
        behind: The source has other sections than the translation was made from.
    """

    source: Text
    text: Text
    parts: tuple[tuple[Part, Part], ...]
    behind: bool


def translations(module: Module) -> Iterator[Beside]:
    """Each translation of `module` beside its source."""
    source = module.texts.get(SOURCE)
    for locale, text in module.texts.items():
        if source is not None and locale != SOURCE:
            yield _beside(source, text)


def parts(text: Text) -> tuple[Part, ...]:
    """The front matter and the sections of a text, in order."""
    return _parts(text.path, text.written)


@lru_cache(maxsize=16)
def _parts(path: str, text: str) -> tuple[Part, ...]:
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    found, at = [], 0
    for section in segments.cut(text):
        begin, passages, level, heading = at, [], 0, ""
        for piece in section.pieces:
            if not isinstance(piece, segments.Segment):
                at += len(piece)
                continue
            line = bisect_right(starts, at)
            name = piece.id.removeprefix(section.prefix)
            passages.append(Passage(name, piece.kind, piece.raw, at, line, at - starts[line - 1] + 1))
            if _HEADING_KIND.fullmatch(piece.kind) and not heading:
                level, heading = int(piece.kind[1]), piece.text
            at += len(piece.raw)
        written = text[begin:at]
        found.append(Part(path, bisect_right(starts, begin), level, heading, written, tuple(passages)))
    return tuple(found)


def neutral(target: str) -> str:
    """A relative target without its language and its section: `../ems/fr.md#x` and `../ems/en.md` are the same."""
    return _IN_PATH.sub(r"\1", _IN_NAME.sub("", target.partition("#")[0]))


def line_of(line: int, there: Part, here: Part) -> int:
    """Line of the passage of `here` that renders what stands in a line of `there`; else the first line of `here`."""
    names = [passage.name for passage in there.passages if passage.line <= line]
    return next((passage.line for passage in here.passages if names and passage.name == names[-1]), here.line)


def _beside(source: Text, text: Text) -> Beside:
    compared = freshness.compare(source, text)
    stamps = text.facts.translated_from
    behind = bool(stamps) and set(stamps) != {standing.source.key for standing in compared.standings}
    theirs, ours = _by_line(parts(source)), _by_line(parts(text))
    pairs = []
    for standing in compared.standings:
        if standing.translated is None or standing.state is State.STALE:
            continue
        there, here = _at(theirs, standing.source.line), _at(ours, standing.translated.line)
        pairs.append((there, here))
    return Beside(source, text, tuple(pairs), behind)


def _by_line(found: Sequence[Part]) -> Mapping[int, Part]:
    return {part.line: part for part in found}


def _at(found: Mapping[int, Part], line: int) -> Part:
    lines = list(found)
    return found[lines[bisect_right(lines, line) - 1]]
