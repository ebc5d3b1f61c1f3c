"""What is known to go wrong in modules and does not stop a build: one file per subject."""

from __future__ import annotations

from collections.abc import Iterator

from greensupply.errors import Problem
from greensupply.lint import (
    figures,
    languages,
    questions,
    readability,
    reading_time,
    sources,
    terms,
    typography,
)
from greensupply.model import Library, Module

_SUBJECTS = (languages, terms, typography, readability, questions, figures, sources, reading_time)


def problems(module: Module, library: Library) -> Iterator[Problem]:
    """What each subject finds in one module.

    Arguments:
        module: Every text of it could be read; a translation may be missing.
        library: What the module is read with: terms, sources, the other modules as far as they were read.
    """
    for subject in _SUBJECTS:
        yield from subject.problems(module, library)
