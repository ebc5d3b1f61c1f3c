"""The text that lies on top of a kit: what is in it, and what to do before, during and after the course."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence

from greensupply import agenda
from greensupply.course_page import summary
from greensupply.courses import CourseFacts
from greensupply.kits.papers import words
from greensupply.locales import words as site_words
from greensupply.model import Library

WIDTH = 76
"""Characters of a line, so that it is read in any editor."""


def text(library: Library, course: CourseFacts, locale: str, files: Sequence[str], *, plain: bool, hub: bool) -> str:
    """Return the text.

    Arguments:
        library: Holds the course and its modules.
        course: The course.
        locale: Language of the kit.
        files: Paths of all other files of the kit.
        plain: Whether its papers are HTML files.
        hub: Whether the site for use without internet is in it.
    """
    say, name = words(locale), site_words(locale)["site"]["name"]
    lines = [f"{name}: {course.title[locale]}".replace(":", "\u00a0:" if locale == "fr" else ":", 1), ""]
    lines += [*_wrapped(course.summary[locale]), ""]
    lines += _headed(say["days"], (_day(library, course, number, locale) for number in range(len(course.days))))
    folders = say["folders"]
    parts = [say["holds"][part].format(folder=folder) for part, folder in folders.items() if _any(files, folder)]
    lines += _headed(say["inside"], parts)
    lines += _headed(say["steps_title"], say["steps"])
    lines += _headed(say["slides_title"], [say["slides"].format(folder=folders["hub"]) if hub else say["no_slides"]])
    lines += _headed(say["print_title"], [say["print_html"] if plain else say["print_pdf"]])
    lines += _headed(say["privacy_title"], [say["privacy"]])
    return "\n".join([*lines, say["licence"]]) + "\n"


def _day(library: Library, course: CourseFacts, number: int, locale: str) -> str:
    day = agenda.days(course, library.modules, locale)[number]
    title = site_words(locale)["course"]["day"].format(number=day.number, title=day.title)
    return f"{title} ({summary(day, course.start, locale)})"


def _any(files: Iterable[str], folder: str) -> bool:
    return any(path.startswith(f"{folder}/") for path in files)


def _headed(title: str, things: Iterable[str]) -> list[str]:
    lines = [title.upper(), ""]
    for thing in things:
        lines += _wrapped(thing, "- ")
    return [*lines, ""]


def _wrapped(said: str, mark: str = "") -> list[str]:
    return textwrap.wrap(said, WIDTH, initial_indent=mark, subsequent_indent=" " * len(mark), break_on_hyphens=False)
