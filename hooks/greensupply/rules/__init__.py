"""The rules of `greensupply check`: what each says in three languages, how grave it is, and it wrong and right.

The rules stand in the YAML files of this folder, by subject: rule id -> level, words and examples. `words.yml` holds
pieces that several rules put into their sentences.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Literal

from greensupply import locales, package_data
from greensupply.errors import Problem
from greensupply.locales import LOCALES, SOURCE

FOLDER = Path(__file__).parent
WORDS = "words"
Level = Literal["error", "warning"]


@dataclass(frozen=True)
class Said:
    """A rule in one language.

    Attributes:
        what: What is wrong, with `{names}` of values.
        how: How to mend it, with `{names}` of values.
        why: Why it matters, for its page of documentation; no values.
    """

    what: str
    how: str
    why: str


@dataclass(frozen=True)
class Rule:
    """One thing that the check looks at.

    Attributes:
        id: Its name in output and in the address of its page; never changes.
        subject: Name of its file: what it is about.
        level: `error` stops the build or the merge; a `warning` is for a human eye.
        said: Locale -> its words.
        wrong, right: Name of a file of a module (`en.md`, `module.yml`) -> a fragment that breaks or keeps the rule.
    """

    id: str
    subject: str
    level: Level
    said: Mapping[str, Said]
    wrong: Mapping[str, str]
    right: Mapping[str, str]


@dataclass(frozen=True)
class Word:
    """A value that is said otherwise in each language: a piece of `words.yml` with values of its own."""

    id: str
    values: tuple[tuple[str, Any], ...] = ()

    def __str__(self) -> str:
        return _shown(self, SOURCE)


def word(identifier: str, /, **values: Any) -> Word:
    """A piece of `words.yml`, filled with `values` when it is shown."""
    return Word(identifier, tuple(values.items()))


def advice(written: str, names: Sequence[str], all_of_them: str) -> Word:
    """How to mend a name that there is not: the nearest of `names`, or the word that lists all."""
    near = difflib.get_close_matches(written, names, 1)
    return word("did-you-mean", near=near[0]) if near else word(all_of_them, names=", ".join(names))


def problem(rule: str, path: str, line: int, column: int = 0, /, **values: Any) -> Problem:
    """Return a problem found by a rule.

    Arguments:
        rule: Id of the rule.
        path: File as the author knows it.
        line: Line, counted from 1.
        column: Column, counted from 1; 0 where only the line is known.
        values: What the rule's words name in braces. Whole numbers and decimals are written as each language writes
            them; line numbers and what the author wrote are passed as text; a `word` is said in each language.
    """
    told = tuple(values.items())
    return Problem(path, line, *_filled(rule, told, SOURCE), column, rule, told)


def said(problem: Problem, locale: str) -> tuple[str, str]:
    """What is wrong and how to mend it, in a locale; a problem of no rule is in English."""
    if not problem.rule:
        return problem.what, problem.how
    return _filled(problem.rule, problem.values, locale)


def level(problem: Problem) -> Level:
    """How grave a problem is."""
    return catalogue()[problem.rule].level if problem.rule else "error"


def knows(word: str) -> bool:
    """Whether `words.yml` holds a piece of this name."""
    return word in _words()


def phrase(name: str, locale: str, /, **values: Any) -> str:
    """A piece of `words.yml` in a locale, filled with `values`."""
    return _shown(word(name, **values), locale)


@cache
def catalogue() -> Mapping[str, Rule]:
    """All rules by their ids, in the order of their subjects."""
    rules = {}
    for file in sorted(FOLDER.glob("*.yml")):
        if file.stem == WORDS:
            continue
        for identifier, entry in _load(file).items():
            spoken = {locale: Said(**entry[locale]) for locale in LOCALES}
            rules[identifier] = Rule(
                identifier, file.stem, entry["level"], spoken, entry.get("wrong", {}), entry.get("right", {})
            )
    return rules


def _filled(rule: str, values: tuple[tuple[str, Any], ...], locale: str) -> tuple[str, str]:
    words = catalogue()[rule].said[locale]
    shown = {name: _shown(value, locale) for name, value in values}
    return words.what.format(**shown), words.how.format(**shown)


def _shown(value: Any, locale: str) -> str:
    if isinstance(value, Word):
        filled = {name: _shown(inner, locale) for name, inner in value.values}
        return str(_words()[value.id][locale].format(**filled))
    if isinstance(value, int | Decimal):
        return locales.number(value, locale)
    text = str(value)
    return re.sub(r"[\r\n]+", " ", text) if "\n" in text or "\r" in text else text


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return _load(FOLDER / f"{WORDS}.yml")


def _load(file: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = package_data.read(file) or {}
    return loaded
