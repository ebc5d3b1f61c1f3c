"""Do the languages of a module say the same, each in its own words and signs?"""

from __future__ import annotations

from collections.abc import Iterator

from greensupply.errors import Problem
from greensupply.lint import beside, figure_words, numbers, structure, untranslated
from greensupply.model import Library, Module


def problems(module: Module, library: Library) -> Iterator[Problem]:
    """Where a translation has another structure or other numbers than its source, or was not translated."""
    for translation in beside.translations(module):
        yield from structure.problems(translation)
        yield from numbers.problems(translation)
    yield from untranslated.problems(module)
    yield from figure_words.problems(module, library)
