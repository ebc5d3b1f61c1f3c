"""Passages that are not in the language of their file: copied from the English to be translated later, or forgotten."""

from __future__ import annotations

import re
from collections.abc import Iterator

from greensupply import rules
from greensupply.errors import Problem
from greensupply.lint import beside
from greensupply.lint.beside import Passage
from greensupply.lint.detection import is_in, language
from greensupply.locales import SOURCE
from greensupply.model import Module, Text

WORDS = 4
"""A passage of fewer words is not judged by the detector."""
LONG = 6
SURE, SURE_OF_SHORT = 0.85, 0.95
"""Share of the likeliest language from which a passage of at least, and of fewer than, `LONG` words is named.

Of 3,444 lines of four words and more in the first three modules none is then named wrongly, and nine in ten of those
of four to five words, 99 in 100 of longer ones, would be named in a file of another language.
"""
COPIED_WORDS = 3
"""A passage of fewer words, such as `Total`, may be the same in two languages."""
SHOWN = 60

_QUOTED = re.compile(
    r"«[^«»]*»|“[^“”]*”|\"[^\"\n]*\"|‘[^‘’]*’|(?<![*\w])\*(?![*\s])[^*]+\*(?![*\w])|(?<![_\w])_(?![_\s])[^_]+_(?![_\w])"
)
_TOKEN = re.compile(r"[^\W_](?:[\w.'’/&-]*[^\W_])?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_BEGINNING = re.compile(r"[.!?:;¿¡(|]\s*\W*$")


def problems(module: Module) -> Iterator[Problem]:
    """Passages of each text that are copied from the source, or read as another language."""
    source = module.texts.get(SOURCE)
    there = {} if source is None else _by_words(source)
    for locale, text in module.texts.items():
        for part in beside.parts(text):
            for passage in part.passages:
                if passage.kind == "code" or (locale != SOURCE and passage.kind == "alt" and _spoken(passage) in there):
                    continue  # the rule `alt-not-translated` names that
                twin = there.get(_spoken(passage)) if locale != SOURCE else None
                if twin and _is_copied(passage):
                    values = {"source_line": str(twin.line), "words": _shown(passage.raw)}
                    yield rules.problem("passage-same-as-english", text.path, passage.line, passage.column, **values)
                else:
                    yield from _in_other_language(passage, text)


def words_of(text: str) -> str:
    """The words by which a language is told: without quotations, names, abbreviations, numbers and addresses."""
    if text.count(" ") < COPIED_WORDS - 1:
        return ""
    bare = _QUOTED.sub(" ", text)
    found, begins = [], True
    last = 0
    for token in _TOKEN.finditer(bare):
        between, word = bare[last : token.start()], token[0]
        begins = begins or (between != " " and bool(_BEGINNING.search(between)))
        last = token.end()
        named = not word.islower() and (not begins or not word[1:].islower())
        if len(word) > 1 and not named and (word.isalpha() or _WORD.fullmatch(word)):
            found.append(word)
        begins = False
    return " ".join(found)


def reads_as(text: str, locale: str) -> str:
    """The other locale that a text of one line surely is in; empty where there is none, or where it is too short."""
    words = words_of(text)
    count = words.count(" ") + 1
    if not words or count < WORDS or is_in(words, locale):
        return ""
    found, share = language(words)
    return found if found != locale and share >= (SURE if count >= LONG else SURE_OF_SHORT) else ""


def is_english(text: str) -> bool:
    """Do the words of a text that is the same as the English look English? Three words are enough then."""
    words = words_of(text)
    return words.count(" ") + 1 >= COPIED_WORDS and language(words)[0] == SOURCE


def _by_words(source: Text) -> dict[str, Passage]:
    """The first passage with some words."""
    found: dict[str, Passage] = {}
    for part in beside.parts(source):
        for passage in part.passages:
            found.setdefault(_spoken(passage), passage)
    return found


def _spoken(passage: Passage) -> str:
    return " ".join(passage.raw.split()).strip("\"'")


def _is_copied(passage: Passage) -> bool:
    return is_english(" ".join(passage.bare.split()))


def _in_other_language(passage: Passage, text: Text) -> Iterator[Problem]:
    """A sentence stands on a line of its own; where one is in another language, the others may be translated."""
    at = 0
    for line in passage.bare.split("\n"):
        if found := reads_as(line, text.locale):
            place = passage.place(at + len(line) - len(line.lstrip()))
            said = {"language": rules.word(f"language-{found}"), "words": _shown(passage.raw[at : at + len(line)])}
            yield rules.problem("passage-in-other-language", text.path, *place, **said)
            return
        at += len(line) + 1


def _shown(raw: str) -> str:
    words = " ".join(raw.split()).replace("`", "")
    return f"{words[:SHOWN]}…" if len(words) > SHOWN else words
