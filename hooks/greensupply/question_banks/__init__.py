"""The questions of a module -> a file that another question bank reads, so that trainers can use them in their quizzes.

Two formats, both of Moodle and read by many other systems: Moodle XML, which has everything, and GIFT, which is plain
text and knows neither ordering nor pictures. QTI is not among them: no independent reader of it could be run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from greensupply.model import Module
from greensupply.question_banks import gift, moodle
from greensupply.question_banks.bank import Bank, Shelf

FORMATS: Mapping[str, str] = {"moodle": "moodle.xml", "gift": "gift.txt"}
"""Formats, and how the names of their files end."""

__all__ = ["FORMATS", "Bank", "build"]


def build(module: Module, *, locales: Sequence[str], format: str, figures: Mapping[str, bytes]) -> Bank:
    """Return the file with a module's questions, those of each language in a category of its own.

    Arguments:
        module: The module; it has a text in each of `locales`.
        locales: The languages, in the order of the file.
        format: One of `FORMATS`.
        figures: Files of the module's folder that questions may show, by their path in it: `figures/flow.svg`.
    """
    shelves = [Shelf(module, locale, figures) for locale in locales]
    return {"moodle": moodle.write, "gift": gift.write}[format](shelves)
