"""Sections of a text, named from elsewhere: by a course, by a pathway.

A section is named by the id of its English heading, so that one name serves all languages; in another language it is
found by its place among the headings.
"""

from __future__ import annotations

from collections.abc import Iterator

from greensupply import prose
from greensupply.locales import SOURCE
from greensupply.model import Module, Prose, Text


def heading(module: Module, section: str, locale: str) -> tuple[str, str]:
    """Id of a section's heading in a language, and its words; a module without the language has English ones."""
    number = ids(module.texts[SOURCE]).index(section)
    shown = text(module, locale)
    return ids(shown)[number], headings(shown)[number]


def text(module: Module, locale: str) -> Text:
    """The text in a language, or in English where it has other headings, so that places would not be the same."""
    found = module.text(locale, SOURCE)
    return found if len(headings(found)) == len(headings(module.texts[SOURCE])) else module.texts[SOURCE]


def id_of(words: str) -> str:
    """The id of a heading of these words."""
    return next(prose.anchors(f"## {words}"))


def ids(text: Text) -> list[str]:
    """Ids of every heading of a text outside of boxes."""
    return list(prose.anchors("\n\n".join(block.text for block in text.blocks if isinstance(block, Prose))))


def headings(text: Text) -> list[str]:
    """Words of every heading of a text, in the order of `ids`."""
    return [line.lstrip("#").strip() for line in _written(text) if line.startswith("#")]


def lines(text: Text, number: int) -> Iterator[str]:
    """The lines of the section below the heading of this number, down to the next heading."""
    at = -1
    for line in _written(text):
        if line.startswith("#"):
            at += 1
        elif at == number:
            yield line


def _written(text: Text) -> Iterator[str]:
    """The lines of a text's Markdown outside of boxes; in code, `#` is no heading."""
    for block in text.blocks:
        if isinstance(block, Prose):
            written, seen = block.text.split("\n"), prose.blank_code(block.text).split("\n")
            for line, masked in zip(written, seen, strict=True):
                yield line if line.startswith("#") == masked.startswith("#") else f" {line}"
