"""HTML read tag by tag, many times as fast as by `html.parser` where it is as well-formed as what we write ourselves.

Text in which each tag is written in small letters with its values in quotes, as our templates and Python-Markdown
write it, is split at its tags, and what a tag says is remembered: the same tags stand on every page. Any other text is
read by `HTMLParser`. Either way the same is told in the same order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape, unescape
from html.parser import HTMLParser
from typing import cast

_NAME = r"[a-z][a-z0-9-]*"
_TAG = re.compile(
    rf"/({_NAME})|({_NAME})((?:\s+[a-zA-Z_:][\w:.-]*(?:=(?:\"[^\"<]*\"|'[^'<]*'))?)*)(\s*/)?|(!doctype html)"
)
_ATTRIBUTE = re.compile(r"([a-zA-Z_:][\w:.-]*)(?:(=)(?:\"([^\"<]*)\"|'([^'<]*)'))?")
_OPEN_ENTITY = re.compile(r"&(?!(?:[a-zA-Z][a-zA-Z0-9]*|#[0-9]+|#x[0-9a-fA-F]+);)")
"""An entity without its end has rules of its own."""
_TEXT_INSIDE = re.compile(r"<(script|style|title|textarea)\b[^<]*+<(?!/\1>)")
_MAY_HOLD_TEXT = frozenset({"script", "style", "title", "textarea"})
_HOLD_TEXT = frozenset({"xmp", "iframe", "noembed", "noframes", "noscript", "plaintext"})
"""Elements in which what looks like a tag is text."""
_Piece = tuple[str, str, str]
_MOST = 20_000
"""Tags remembered at once: the same menu stands on every page."""


@dataclass(eq=False, slots=True)
class Tag:
    """What one tag says; two are the same only if they are one object, so what is made of it is quickly found again.

    Attributes:
        name: In small letters; that of a declaration begins with `!`.
        opens: Whether it begins an element.
        closes: Whether it ends an element. `<path/>` does both.
        attributes: Names, in small letters, with their values, if they have one, without entities.
    """

    name: str
    opens: bool
    closes: bool
    attributes: tuple[tuple[str, str | None], ...] = ()


@dataclass(frozen=True)
class Text:
    """An HTML text, taken apart; comments are not in it.

    Attributes:
        before: What stands before the first tag.
        pieces: For each tag a key, the sign that ends it, and what stands between it and the next. Entities are left
            as they are; in a script or style there are none.
        tags: What each key says, in the order in which they come first.
    """

    before: str
    pieces: Sequence[_Piece]
    tags: Mapping[str, Tag]


def read(html: str) -> Text:
    """Take a text apart."""
    before, *parts = html.split("<")
    pieces = [part.partition(">") for part in parts]
    known = _known(html, pieces)
    if known is None or _OPEN_ENTITY.search(html):
        return _read_slowly(html)
    return Text(before, pieces, known)


def distinct(html: str) -> Iterable[Tag]:
    """Return the tags of a text, those that are written in the same way only once."""
    known = _known(html, [part.partition(">") for part in html.split("<")[1:]])
    return (_read_slowly(html).tags if known is None else known).values()


def _known(html: str, pieces: Sequence[_Piece]) -> dict[str, Tag] | None:
    """What is written in the tags of a text -> what it says; None where only an `HTMLParser` can tell."""
    if "\0" in html or "" in {sign for _, sign, _ in pieces}:
        return None
    found = {written: _tags[written] for written in dict.fromkeys([written for written, _, _ in pieces])}
    if None in found.values():
        return None
    known = cast(dict[str, Tag], found)
    strange = not _MAY_HOLD_TEXT.isdisjoint({tag.name for tag in known.values()}) and _TEXT_INSIDE.search(html)
    return None if strange else known


def _read_slowly(html: str) -> Text:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.text()


class _Reader(HTMLParser):
    """Takes a text apart that is not written as we write."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._before = ""
        self._found: list[tuple[Tag, str]] = []

    def text(self) -> Text:
        pieces = [(str(place), ">", words) for place, (_, words) in enumerate(self._found)]
        return Text(self._before, pieces, {str(place): tag for place, (tag, _) in enumerate(self._found)})

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._found.append((Tag(tag, True, False, tuple(attrs)), ""))

    def handle_endtag(self, tag: str) -> None:
        self._found.append((Tag(tag, False, True), ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._found.append((Tag(tag, True, True, tuple(attrs)), ""))

    def handle_decl(self, decl: str) -> None:
        self._found.append((Tag(f"!{decl}", False, False), ""))

    def handle_data(self, data: str) -> None:
        if self._found:
            tag, before = self._found[-1]
            raw = tag.opens and tag.name in self.CDATA_CONTENT_ELEMENTS
            self._found[-1] = tag, before + (data if raw else escape(data, quote=False))
        else:
            self._before += escape(data, quote=False)


def _tag(written: str) -> Tag | None:
    """What stands between `<` and `>` says; None where only an `HTMLParser` can tell."""
    found = _TAG.fullmatch(written)
    if not found:
        return None
    closed, opened, attributes, empty, declared = found.groups()
    if opened in _HOLD_TEXT:
        return None
    if not opened:
        return Tag(closed or declared, False, bool(closed))
    said = [
        (name.lower(), _plain(double or single) if sign else None)
        for name, sign, double, single in _ATTRIBUTE.findall(attributes)
    ]
    return Tag(opened, True, bool(empty), tuple(said))


def _plain(value: str) -> str:
    return _without_entities(value) if "&" in value else value


@lru_cache(maxsize=1_000)
def _without_entities(value: str) -> str:
    """Quotes first: there are hundreds where a component is handed its words, which are the same on many pages."""
    return unescape(value.replace("&#34;", '"'))


class _Tags(dict[str, Tag | None]):
    """What is written in a tag -> what it says; never much more of it than is worth the memory."""

    def __missing__(self, written: str) -> Tag | None:
        if len(self) >= _MOST:
            self.clear()
        self[written] = said = _tag(written)
        return said


_tags = _Tags()
