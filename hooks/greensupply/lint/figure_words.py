"""Are the words of a drawing in the language of the page that shows it?"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

from greensupply import prose, rules
from greensupply.errors import Problem
from greensupply.lint.untranslated import is_english, reads_as
from greensupply.locales import LOCALES, SOURCE
from greensupply.model import Library, Module, Text

_LOCALE = re.compile(rf"\.({'|'.join(LOCALES)})(?=\.svg$)", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,}")
_UNITS = re.compile(
    r"min|[kMG]?Wh|k?VA|[kM]Pa|psi|mol|pp[mb]|USD|CAD|MXN|gal|lbs|(?:MM)?BTU|rpm|dBA?|sin|cos|tan|log|max"
)
"""Signs of three letters and more that are the same in the three languages."""


@dataclass(frozen=True)
class Label:
    """One piece of text of a drawing, with its place in the file; `drawn` is False for `<title>` and `<desc>`."""

    words: str
    line: int
    column: int
    drawn: bool


def problems(module: Module, library: Library) -> Iterator[Problem]:
    """Drawings that are shown with words of another language."""
    for locale, text in module.texts.items():
        if locale == SOURCE:
            continue
        for link, name in _drawings(module, text):
            own = _LOCALE.search(link.target)
            labels = _labels(library, name)
            if own and own[1].lower() == locale:
                yield from _localised(library, name, labels, locale, posixpath.dirname(text.path), link.target)
            elif words := next((label.words for label in labels if label.drawn and _has_words(label.words)), ""):
                version = _LOCALE.sub("", link.target).removesuffix(".svg") + f".{locale}.svg"
                values = {"target": link.target, "words": words[:60], "name": version}
                yield rules.problem("figure-not-localised", text.path, link.line, link.column, **values)


def _drawings(module: Module, text: Text) -> Iterator[tuple[prose.Link, str]]:
    """Each drawing that a text shows, once, with its name among the library's files."""
    seen = set()
    for markdown, line in text.pieces():
        for link in prose.links(markdown, line):
            name = posixpath.normpath(f"modules/{module.id}/{link.target}")
            if link.image and name.lower().endswith(".svg") and name not in seen:
                seen.add(name)
                yield link, name


def _localised(
    library: Library, name: str, labels: list[Label], locale: str, folder: str, target: str
) -> Iterator[Problem]:
    path = posixpath.normpath(f"{folder}/{target}")
    source = _LOCALE.sub(f".{SOURCE}", name)
    theirs = _labels(library, source) or _labels(library, _LOCALE.sub("", name))
    english = {label.words for label in theirs}
    copied = [label for label in labels if label.words in english and is_english(label.words)]
    if copied:
        first = copied[0]
        words = "; ".join(label.words for label in copied)[:80]
        yield rules.problem("figure-words-english", path, first.line, first.column, words=words)
    elif reads_as(" ".join(label.words for label in labels), locale) == SOURCE:
        first = next((label for label in labels if _has_words(label.words)), labels[0])
        yield rules.problem("figure-words-english", path, first.line, first.column, words=first.words[:80])
    if not theirs:
        return
    here, there = (sum(label.drawn for label in found) for found in (labels, theirs))
    if here < there:
        values = {"here": here, "there": there, "name": posixpath.basename(source)}
        yield rules.problem("figure-texts-fewer", path, next((label.line for label in labels), 1), **values)


def _has_words(text: str) -> bool:
    return any(not _UNITS.fullmatch(word) and not word.isupper() for word in _WORD.findall(text))


def _labels(library: Library, name: str) -> list[Label]:
    file = library.assets.get(name)
    return _read(Path(file).read_bytes()) if file else []


def _read(raw: bytes) -> list[Label]:
    """The pieces of text of an SVG in order; what is no SVG has none."""
    found: list[Label] = []
    open_tags: list[str] = []
    words: list[str] = []
    place = [1, 1]
    parser = expat.ParserCreate()

    def start(tag: str, _: object) -> None:
        open_tags.append(tag.rpartition(":")[2].lower())
        if open_tags[-1] in {"text", "title", "desc"}:
            words.clear()
            place[:] = parser.CurrentLineNumber, parser.CurrentColumnNumber + 1
        elif open_tags[-1] == "tspan":
            words.append(" ")

    def data(text: str) -> None:
        words.append(text)

    def end(_: str) -> None:
        tag = open_tags.pop()
        said = " ".join("".join(words).split())
        if tag in {"text", "title", "desc"} and said:
            found.append(Label(said, place[0], place[1], tag == "text"))

    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, data
    try:
        parser.Parse(raw, True)
    except expat.ExpatError:
        return []
    return found
