"""The words of a text and of its figures, each where it stands in its file, for rules that look at words alone."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path, PurePosixPath

from greensupply import segments
from greensupply.library import Alone
from greensupply.locales import LOCALES
from greensupply.model import Library, Module
from greensupply.segments import Segment

HIDDEN = "\0"
"""Stands for each sign that is no word of the author's: code, targets of links, marks of Markdown and XML. No text of
ours can hold it, and it is neither a letter nor a space, so no pattern of words or spaces matches across it."""

_MARKDOWN = re.compile(
    r"(?<!`)(?P<tick>`+)(?!`).+?(?<!`)(?P=tick)(?!`)"
    r"|\\[\\`*_{}\[\]()>#+\-.!|]"
    r"|\]\(\s*(?:<[^<>\n]*>|[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*)(?:\s+\"(?P<title>[^\"\n]*)\")?\s*\)"
    r"|</?[A-Za-z][^<>\n]*>|https?://[^\s<>|)]+|&#?\w+;|!?\[|\*+|(?<!\w)_+|_+(?!\w)",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u[0-9A-Fa-f]{4}|x[0-9A-Fa-f]{2}|.)|''", re.DOTALL)
_SVG = re.compile(r"<!--.*?(?:-->|\Z)|<style\b.*?(?:</style\s*>|\Z)|<[^>]*(?:>|\Z)|&#?\w+;", re.DOTALL | re.IGNORECASE)
_FIGURE = re.compile(rf"\.({'|'.join(LOCALES)})\.svg$")
_LARGE = 300_000


@dataclass(frozen=True)
class Passage:
    """Words that belong together: a paragraph, a cell of a table, a choice, a line in a figure.

    Attributes:
        kind: What it is, as `segments` calls it; `figure` in a figure.
        words: As the file has them, sign by sign, with `HIDDEN` for each that is no word.
        start: Place of the first sign in the file.
    """

    kind: str
    words: str
    start: int


@dataclass(frozen=True)
class Page:
    """A file with words in one language: a module's text or a figure of it.

    Attributes:
        path: File as the author knows it.
        written: All of it.
    """

    locale: str
    path: str
    written: str
    passages: tuple[Passage, ...]

    @cached_property
    def bare(self) -> str:
        """All of the file, sign by sign, with `HIDDEN` for each that stands in no passage or is no word."""
        parts: list[str] = []
        end = 0
        for passage in self.passages:
            parts += (HIDDEN * (passage.start - end), passage.words)
            end = passage.start + len(passage.words)
        return "".join([*parts, HIDDEN * (len(self.written) - end)])

    @property
    def drawn(self) -> bool:
        """Is it a figure, where spaces and line ends do not count and a sentence may run over several passages?"""
        return self.path.endswith(".svg")

    def place(self, at: int) -> tuple[int, int]:
        """Line and column of a sign, both from 1."""
        starts = _line_starts(self.written)
        line = bisect_right(starts, at)
        return line, at - starts[line - 1] + 1


def pages(module: Module, library: Library) -> Iterator[Page]:
    """The texts of a module, in every language that it has, then its figures with words of one language."""
    yield from texts(module)
    for uri, file in library.assets.items():
        found = _FIGURE.search(uri)
        if not found or not uri.startswith(f"modules/{module.id}/"):
            continue
        written = _svg(Path(file))
        path = PurePosixPath(module.path).parent / uri.removeprefix(f"modules/{module.id}/")
        yield Page(found[1], str(path), written, _drawn(written))


def texts(module: Module) -> Iterator[Page]:
    """The texts of a module, in every language that it has."""
    for locale, text in module.texts.items():
        yield Page(locale, text.path, text.written, _said(text.written))


def alone(text: Alone) -> Page:
    """A text by itself, of which only what stands wholly in the lines that could be read counts as words."""
    starts = _line_starts(text.written)

    def holds(passage: Passage) -> bool:
        first = bisect_right(starts, passage.start)
        return all(line in text.lines for line in range(first, first + passage.words.rstrip().count("\n") + 1))

    return Page(text.locale, text.path, text.written, tuple(filter(holds, _said(text.written))))


@lru_cache(maxsize=32)
def _said(written: str) -> tuple[Passage, ...]:
    found, start = [], 0
    for section in segments.cut(written):
        for piece in section.pieces:
            raw = piece.raw if isinstance(piece, Segment) else piece
            if isinstance(piece, Segment) and piece.kind != "code":
                found.append(Passage(piece.kind, _bare_yaml(raw) if piece.yaml else _bare(raw), start))
            start += len(raw)
    return tuple(found)


@lru_cache(maxsize=64)
def _drawn(written: str) -> tuple[Passage, ...]:
    bare = _SVG.sub(lambda found: HIDDEN * len(found[0]), written)
    return tuple(
        Passage("figure", found[0], found.start()) for found in re.finditer(r"[^\0]+", bare) if not found[0].isspace()
    )


def _bare(raw: str) -> str:
    return _MARKDOWN.sub(_hidden, raw)


def _hidden(found: re.Match[str]) -> str:
    """As many `HIDDEN` as there are signs; a title that follows a target, such as a caption, stays."""
    if found["title"] is None:
        return HIDDEN * len(found[0])
    before, after = found.start("title") - found.start(), found.end() - found.end("title")
    return HIDDEN * before + found["title"] + HIDDEN * after


def _bare_yaml(raw: str) -> str:
    if raw[:1] in ("|", ">"):
        head, end, rest = raw.partition("\n")
        return HIDDEN * len(head) + end + rest
    if raw[:1] not in ("'", '"'):
        return raw
    return HIDDEN + _ESCAPE.sub(lambda found: HIDDEN * len(found[0]), raw[1:-1]) + HIDDEN


@lru_cache(maxsize=64)
def _line_starts(written: str) -> list[int]:
    return [0, *(found.end() for found in re.finditer("\n", written))]


def _svg(file: Path) -> str:
    """The figure's text; none where it is no text or too large, which the build says already."""
    try:
        return file.read_text(encoding="utf-8") if file.stat().st_size <= _LARGE else ""
    except (OSError, UnicodeDecodeError):
        return ""
