"""What is known to go wrong in modules and does not stop a build: one file per subject."""

from __future__ import annotations

from collections.abc import Iterator

from greensupply import rules
from greensupply.errors import Problem
from greensupply.library import Alone
from greensupply.lint import (
    figures,
    freshness,
    languages,
    places,
    questions,
    readability,
    reading_time,
    sources,
    tables,
    terms,
    typography,
)
from greensupply.model import Library, Module

_SUBJECTS = (languages, terms, typography, readability, questions, figures, tables, sources, reading_time, freshness)
ENOUGH = 1_000
"""Problems of one subject in one module, after which no more are looked for: such a file is not prose."""


def problems(module: Module, library: Library) -> Iterator[Problem]:
    """What each subject finds in one module.

    Arguments:
        module: Every text of it could be read; a translation may be missing.
        library: What the module is read with: terms, sources, the other modules as far as they were read.
    """
    for subject in _SUBJECTS:
        yield from _enough(subject.problems(module, library))


def alone(text: Alone, library: Library) -> Iterator[Problem]:
    """What can be seen in a text by itself; `library` has the terms."""
    page = places.alone(text)
    yield from _enough(terms.of_page(page, library))
    yield from _enough(typography.of_page(page))


def _enough(found: Iterator[Problem]) -> Iterator[Problem]:
    for count, problem in enumerate(found):
        if count == ENOUGH:
            yield more(problem)
            return
        yield problem


def more(first: Problem) -> Problem:
    """That there are more problems from this one on, which are not told."""
    return rules.problem("more-problems", first.path, first.line, first.column)
