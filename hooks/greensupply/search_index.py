"""Pages of one language -> the script that hands their words to the search. One file per language, nothing else in it.

The search itself (`components/site-search`) makes its index from these words in the learner's browser, when the search
is first opened: so no other language's words are fetched, and the build needs no second program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from greensupply import tags

EVENT = "greensupply:search-index"
"""The event whose `detail` holds the words; `site-search.js` waits for it."""

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
_SPACE = re.compile(r"[ \t\r\n\f]+")
_BETWEEN = "\x1f"
"""Stands between cells until the text is put together."""


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


@dataclass(frozen=True)
class Entry:
    """A page that can be found; `url` is from the site's root."""

    title: str
    url: str
    sections: tuple[Section, ...]


def entry(title: str, url: str, html: str, locale: str) -> Entry:
    """Return what can be found of a page.

    Left out are answers, choices and hints of questions, menus and buttons, and whatever is inside an element with
    `data-search-exclude` or `hidden`. A term with an id (`<dt>`, or the first in an element with one) is a section.

    Arguments:
        title: The page's title, plain text.
        url: Its address from the site's root.
        html: Its content, without what the theme puts around it.
        locale: The page's language.
    """
    reader = _Reader(locale)
    reader.feed(html)
    reader.close()
    sections = reader.sections()
    if sections and sections[0].heading == _line(title):  # the title again, in the head of a calculator
        sections[0] = replace(sections[0], heading="", anchor="")
    return Entry(_line(title), url, tuple(sections))


def written(found: Entry) -> str:
    """An entry as JSON, which `read` takes."""
    return json.dumps([found.title, found.url, [_written(part) for part in found.sections]])


def read(text: str) -> Entry:
    """An entry from what `written` made of it."""
    title, url, sections = json.loads(text)
    return Entry(title, url, tuple(Section(*part) for part in sections))


def script(entries: Iterable[Entry], abbreviations: Mapping[str, str] | None = None) -> str:
    """Return the text of `search/<locale>.js`; the same pages give the same bytes.

    Arguments:
        entries: The pages of one language.
        abbreviations: Short form -> the term it stands for, in that language.
    """
    pages = [
        [page.title, page.url, [_written(part) for part in page.sections]]
        for page in sorted(entries, key=lambda page: page.url)
    ]
    data = {"pages": pages, "short": sorted((abbreviations or {}).items())}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'document.dispatchEvent(new CustomEvent("{EVENT}",{{detail:{text}}}))\n'


def _written(part: Section) -> list[str]:
    return [part.heading, part.anchor, part.text, *([part.other] if part.other else [])]


def _line(text: str) -> str:
    """Text in one line, with a dot between the cells of a row."""
    cells = (_SPACE.sub(" ", cell).strip() for cell in text.split(_BETWEEN))
    return " · ".join(cell for cell in cells if cell)


@dataclass
class _Open:
    """An element that is not closed yet."""

    tag: str
    shown: bool
    question: bool
    identifier: str
    language: str


@dataclass
class _Part:
    """A section that is being read."""

    anchor: str
    heading: list[str] = field(default_factory=list)
    text: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)


class _Reader(tags.Reader):
    def __init__(self, locale: str) -> None:
        super().__init__()
        self._locale = locale
        self._open: list[_Open] = []
        self._parts = [_Part("")]
        self._title_of: _Open | None = None
        """The heading or term that is being read."""

    def sections(self) -> list[Section]:
        lines = (
            (part.anchor, *(_line("".join(it)) for it in (part.heading, part.text, part.other))) for part in self._parts
        )
        return [
            Section(heading, anchor, text, other) for anchor, heading, text, other in lines if heading or text or other
        ]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self._say(_BETWEEN if tag in _CELLS and (not self._open or self._open[-1].shown) else " ")
        if tag in _VOID:
            return
        values = dict(attrs)
        classes = set((values.get("class") or "").split())
        above = self._open[-1] if self._open else _Open("", True, False, "", self._locale)
        question = tag == _QUESTION or (above.question and not classes & _OF_A_QUESTION)
        left_out = (
            tag in _LEFT_OUT
            or (tag == "button" and _TERM not in classes)
            or classes & _CLASSES_LEFT_OUT
            or {"data-search-exclude", "hidden"} & set(values)
        )
        # inside a question only some parts are shown, but those wholly
        inside = above.shown or (above.question and not question)
        language = (values.get("lang") or above.language).partition("-")[0]
        opened = _Open(tag, inside and not left_out and not question, question, values.get("id") or "", language)
        self._open.append(opened)
        anchor = opened.identifier or (above.identifier if tag == "dt" else "")
        if opened.shown and anchor and (tag in _HEADINGS or (tag == "dt" and anchor not in self._anchors())):
            self._parts.append(_Part(anchor))
            self._title_of = opened

    def handle_endtag(self, tag: str) -> None:
        if tag not in (element.tag for element in self._open):
            return
        while self._open:
            closed = self._open.pop()
            if closed is self._title_of:
                self._title_of = None
            if closed.tag == tag:
                break
        if tag not in _INLINE:
            self._say(" ")

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1].shown:
            self._say(data)

    def _say(self, words: str) -> None:
        part = self._parts[-1]
        here = not self._open or self._open[-1].language == self._locale
        if not words.strip():  # space and marks go with whatever stands beside them
            for text in (part.heading,) if self._title_of else (part.text, part.other):
                text.append(words)
        else:
            (part.heading if self._title_of else part.text if here else part.other).append(words)

    def _anchors(self) -> set[str]:
        return {part.anchor for part in self._parts}
