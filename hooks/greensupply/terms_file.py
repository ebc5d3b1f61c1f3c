"""`modules/terms.yml` -> the terms of the glossary, or everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from greensupply import rules, source_text, yaml_text
from greensupply.errors import GreenSupplyError, Problem
from greensupply.locales import LOCALES
from greensupply.terms import Term, TermsFile, Wording

MAX_BYTES = 1_000_000


def read(file: Path, path: str) -> tuple[Term, ...]:
    """Return the terms in the file's order; none where there is no file, because a hub can do without a glossary.

    Arguments:
        file: Where it is.
        path: What to call it in messages.

    Raises:
        GreenSupplyError: With every problem of the file.
    """
    if not file.exists():
        return ()
    document = yaml_text.load(source_text.read(file, path, max_bytes=MAX_BYTES), path, max_bytes=MAX_BYTES)
    terms = yaml_text.typed(TermsFile, document, path).terms
    problems = [*_ids(terms, document, path), *_words(terms, document, path), *_avoided(terms, document, path)]
    if problems:
        raise GreenSupplyError(problems)
    return terms


def _ids(terms: tuple[Term, ...], document: yaml_text.Document, path: str) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for number, term in enumerate(terms):
        place = document.place("terms", number, "id")
        if term.id in seen:
            yield rules.problem("term-twice", path, *place, term=term.id, first=seen[term.id])
        seen.setdefault(term.id, str(place[0]))


def _words(terms: tuple[Term, ...], document: yaml_text.Document, path: str) -> Iterator[Problem]:
    """Words that a module would explain in two ways."""
    for locale in LOCALES:
        seen: dict[str, tuple[int, int]] = {}
        for number, term in enumerate(terms):
            for words in term[locale].marked:
                place = document.place("terms", number, locale, *_key(term[locale], words))
                first, owner = seen.setdefault(words.casefold(), (place[0], number))
                if terms[owner].id != term.id:
                    values: dict[str, Any] = {
                        "words": words,
                        "term": term.id,
                        "other": terms[owner].id,
                        "first": str(first),
                    }
                    values["language"] = rules.word(f"language-{locale}")
                    yield rules.problem("term-ambiguous", path, *place, **values)


def _avoided(terms: tuple[Term, ...], document: yaml_text.Document, path: str) -> Iterator[Problem]:
    """Forms that are to be avoided, though they are a term's name in the same language."""
    for locale in LOCALES:
        good = {
            words.casefold(): (term.id, str(document.line("terms", number, locale)))
            for number, term in enumerate(terms)
            for words in filter(None, (term[locale].words, term[locale].abbr, *term[locale].forms))
        }
        for number, term in enumerate(terms):
            for index, words in enumerate(term[locale].avoid):
                if owner := good.get(words.casefold()):
                    place = document.place("terms", number, locale, "avoid", index)
                    yield rules.problem(
                        "term-avoided-and-right", path, *place, words=words, term=owner[0], line=owner[1]
                    )


def _key(wording: Wording, words: str) -> tuple[str | int, ...]:
    """Where in an entry these words stand."""
    if words in (wording.words, wording.abbr):
        return ("term",) if words == wording.words else ("abbr",)
    return "forms", wording.forms.index(words)
