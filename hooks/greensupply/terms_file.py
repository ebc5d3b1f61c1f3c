"""`modules/terms.yml` -> the terms of the glossary, or everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from greensupply import source_text, yaml_text
from greensupply.errors import GreenSupplyError, Problem
from greensupply.locales import LOCALES, SOURCE, language
from greensupply.terms import Term, TermsFile

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
    if problems := [*_ids(terms, document, path), *_words(terms, document, path)]:
        raise GreenSupplyError(problems)
    return terms


def _ids(terms: tuple[Term, ...], document: yaml_text.Document, path: str) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for place, term in enumerate(terms):
        line = document.line("terms", place, "id")
        if term.id in seen:
            what = f"the term `{term.id}` stands here and in line {seen[term.id]}."
            yield Problem(path, line, what, "Give each its own id.")
        seen.setdefault(term.id, line)


def _words(terms: tuple[Term, ...], document: yaml_text.Document, path: str) -> Iterator[Problem]:
    """Words that a module would explain in two ways."""
    for locale in LOCALES:
        seen: dict[str, tuple[int, int]] = {}
        for place, term in enumerate(terms):
            wording = term[locale]
            for words in wording.marked:
                key = "term" if words == wording.words else "abbr" if words == wording.abbr else "forms"
                line = document.line("terms", place, locale, key)
                first, owner = seen.setdefault(words.casefold(), (line, place))
                if terms[owner].id != term.id:
                    what = f"`{words}` stands for `{term.id}` here and for `{terms[owner].id}` in line {first}"
                    how = "Change one, or write `mark: term` (for an abbreviation) or `mark: none` beside it."
                    yield Problem(path, line, f"{what}, both in {language(locale, SOURCE)}.", how)
