"""The HTML of a page -> the parts of it that can be found."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from greensupply import tags

_HEADINGS = frozenset({"h2", "h3"})
_LEFT_OUT = frozenset(
    [
        "completion-record",
        "datalist",
        "h1",  # the page's title, which stands before
        "language-offer",
        "learning-status",
        "lms-launch",
        "nav",
        "offline-notice",
        "quiz-score",
        "script",
        "select",
        "site-search",
        "style",
        "svg",
        "template",
        "textarea",
    ]
)
_CLASSES_LEFT_OUT = frozenset({"headerlink", "plain", "unseen", "gs-unseen", "untranslated", "gs-fact-ids", "language"})
_QUESTION = "quiz-question"
_OF_A_QUESTION = frozenset({"prompt", "body"})
"""What may be told of a question before it is answered."""
_TERM = "gs-term"
"""A word of the text that opens its definition; any other button is none."""
_VOID = frozenset({"br", "col", "hr", "img", "input", "wbr"})
_INLINE = frozenset(
    "a abbr b button cite code del em i ins kbd q s samp small span strong sub sup time var".split()  # noqa: SIM905
)
_CELLS = frozenset({"dd", "td", "th"})
_SAYING = frozenset({"class", "data-search-exclude", "hidden", "id", "lang"})
"""Attributes that mean anything here."""
_SPACE = re.compile(r"[ \t\r\n\f]{2,}|[\t\r\n\f]")
"""Space other than a single one."""
_BETWEEN = "\x1f"
"""Stands between cells until the text is put together."""
_SPACES = " \t\r\n\f" + _BETWEEN
"""Beside these a space says nothing more; beside a no-break space it does."""


@dataclass(frozen=True)
class Section:
    """A part of a page that can be found.

    Attributes:
        heading: Its heading; empty for what stands before the first.
        anchor: The heading's id; empty for the page itself.
        text: Its words in one line.
        other: Words of it that are in another language: a term's translations, a source's title.
    """

    heading: str
    anchor: str
    text: str
    other: str = ""


def sections(text: tags.Text, locale: str) -> list[Section]:
    """Return the sections of a page that say something."""
    found = [part.section() for part in _parts(text, locale)]
    return [part for part in found if part.heading or part.text or part.other]


def line(text: str) -> str:
    """Text in one line, with a dot between the cells of a row."""
    cells = (_SPACE.sub(" ", cell).strip() for cell in text.split(_BETWEEN))
    return " · ".join(cell for cell in cells if cell)


@dataclass(frozen=True)
class _Part:
    """A section that is being read."""

    anchor: str
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)

    def section(self) -> Section:
        heading, text, other = (line("".join(words)) for words in (self.heading, self.text, self.other))
        return Section(heading, self.anchor, text, other)


class _Page:
    """What has been read of a page.

    Attributes:
        spaced: Whether a space would add nothing to what was said last.
        titled: Whether a heading is being read.
    """

    def __init__(self) -> None:
        self.parts: list[_Part] = []
        self.anchors: set[str] = set()
        self.spaced = self.titled = True
        self.begin("")
        self.title_ends()

    def begin(self, anchor: str) -> None:
        """From here on a section's heading is read."""
        self._part = _Part(anchor)
        self.parts.append(self._part)
        self.anchors.add(anchor)
        self._now = self._part.heading
        self.spaced = self.titled = True

    def title_ends(self) -> None:
        """From here on its text is."""
        self._now = self._part.text
        self.spaced, self.titled = True, False

    def space(self, sign: str) -> None:
        """Space, and what stands for it, goes with whatever stands beside it."""
        self._now.append(sign)
        self.spaced = sign[-1] in _SPACES
        if self._part.other and not self.titled:
            self._part.other.append(sign)

    def say(self, words: str, *, here: bool) -> None:
        """Words of the page's language, or of another."""
        self.spaced = False
        if here or self.titled:
            self._now.append(words)
        else:
            self._part.other.append(words)


class _Element(NamedTuple):
    """What a tag that begins an element means for the search.

    Attributes:
        asks, told: Whether it is a question, or a part of one that may be told.
        hides: Whether nothing in it is told.
        identifier, language: As it says them.
        titles: Whether it may begin a section: never, with its own id, or with that of what is around it.
    """

    asks: bool
    told: bool
    hides: bool
    identifier: str
    language: str
    titles: str


_PLAIN = _Element(asks=False, told=False, hides=False, identifier="", language="", titles="")


class _Fact(NamedTuple):
    """What any tag means for the search.

    Attributes:
        before, after: What it says itself: nothing, a space, or what stands between cells.
        begins: The element that it begins, if something can stand in it.
        ends: Whether it ends such an element.
    """

    name: str
    before: str
    begins: _Element | None
    ends: bool
    after: str


@lru_cache(maxsize=2_000)
def _fact(tag: tags.Tag) -> _Fact:
    """What a tag means; most differ from others in attributes that mean nothing here."""
    saying = tuple([pair for pair in tag.attributes if pair[0] in _SAYING])
    return _meant(tag.name, tag.opens, tag.closes, saying)


@lru_cache(maxsize=1_000)
def _meant(name: str, opens: bool, closes: bool, saying: tuple[tuple[str, str | None], ...]) -> _Fact:
    within = name not in _VOID
    return _Fact(
        name=name,
        before="" if not opens or name in _INLINE else _BETWEEN if name in _CELLS else " ",
        begins=_element(name, dict(saying)) if opens and within else None,
        ends=closes and within,
        after="" if name in _INLINE else " ",
    )


def _element(name: str, values: Mapping[str, str | None]) -> _Element:
    classes = set((values.get("class") or "").split())
    hides = (
        name in _LEFT_OUT
        or (name == "button" and _TERM not in classes)
        or bool(classes & _CLASSES_LEFT_OUT)
        or "data-search-exclude" in values
        or "hidden" in values
    )
    found = _Element(
        asks=name == _QUESTION,
        told=bool(classes & _OF_A_QUESTION),
        hides=hides,
        identifier=values.get("id") or "",
        language=(values.get("lang") or "").partition("-")[0],
        titles="own" if name in _HEADINGS else "around" if name == "dt" else "",
    )
    return _PLAIN if found == _PLAIN else found


def _parts(text: tags.Text, locale: str) -> list[_Part]:
    """Read a page tag by tag, in one loop: a call for each of them would take longer than all else."""
    facts = {key: _fact(tag) for key, tag in text.tags.items()}
    page = _Page()
    if text.before:
        _say(page, text.before, here=True)
    shown, question, identifier, language = True, False, "", locale  # in the innermost of the open elements
    around: list[tuple[str, bool, bool, str, str]] = []  # the name of each, and what held before it
    title = -1  # the place of the heading that is being read
    for key, _, words in text.pieces:
        name, before, begins, ends, after = facts[key]
        if before and (not page.spaced or (before is _BETWEEN and shown)):
            page.space(before if shown else " ")
        if begins:
            around.append((name, shown, question, identifier, language))
            if begins is _PLAIN:
                shown, identifier = shown and not question, ""
            else:
                asks, told, hides, own, own_language, titles = begins
                within = asks or (question and not told)
                # inside a question only some parts are shown, but those wholly
                shown = (shown or question) and not within and not hides
                question = within
                anchor = own or (identifier if titles == "around" else "")
                identifier, language = own, own_language or language
                if titles and shown and anchor and (titles == "own" or anchor not in page.anchors):
                    page.begin(anchor)
                    title = len(around) - 1
        if ends and (place := len(around) - 1 if around and around[-1][0] == name else _last(around, name)) >= 0:
            _, shown, question, identifier, language = around[place]
            del around[place:]
            if place <= title:
                page.title_ends()
                title = -1
            if after and not page.spaced:
                page.space(" ")
        if shown and words and (words != "\n" or not page.spaced):
            _say(page, words, here=language == locale)
    return page.parts


def _last(around: list[tuple[str, bool, bool, str, str]], name: str) -> int:
    """Place of the innermost open element of this name; -1 where there is none."""
    for place in range(len(around) - 1, -1, -1):
        if around[place][0] == name:
            return place
    return -1


def _say(page: _Page, words: str, *, here: bool) -> None:
    if "&" in words:
        words = unescape(words)
    if not words.isspace():
        page.say(words, here=here)
    else:
        page.space(words)
