"""What headings and cells of the lists may say, in three languages: `words.yml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from greensupply import package_data
from greensupply.locales import LOCALES
from greensupply.records.people import folded

REMARK = "remark"
"""Field of every list that is not read; it marks the example of a template and carries reasons."""


@dataclass(frozen=True)
class Field:
    """A column of a list.

    Attributes:
        name: Its name in data.
        needed: The list cannot be read without it.
        shown: It stands in the template.
        headings: Locale -> headings, the first one as the template has it.
    """

    name: str
    needed: bool
    shown: bool
    headings: Mapping[str, tuple[str, ...]]


def plain(text: str) -> str:
    """Words without capitals, accents and signs, and without what stands in brackets."""
    return " ".join(re.findall(r"[^\W_]+", folded(re.sub(r"\(.*?\)|\[.*?\]", " ", text))))


@cache
def _said() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = package_data.read(Path(__file__).with_name("words.yml"))
    return loaded


@cache
def lists() -> Mapping[str, Mapping[str, Field]]:
    """List -> field -> what heads it; the lists in the order in which they must be added."""
    return {
        name: {
            REMARK: Field(REMARK, False, True, {locale: tuple(_said()[REMARK][locale]) for locale in LOCALES}),
            **{
                field: Field(
                    field,
                    said.get("needed", False),
                    said.get("shown", True),
                    {locale: tuple(said[locale]) for locale in LOCALES},
                )
                for field, said in fields.items()
            },
        }
        for name, fields in _said()["lists"].items()
    }


@cache
def headings(name: str) -> Mapping[str, Mapping[str, str]]:
    """Plain heading -> locale -> field, for the locales in which it is one."""
    found: dict[str, dict[str, str]] = {}
    for field in lists()[name].values():
        for locale, texts in field.headings.items():
            for text in texts:
                found.setdefault(plain(text), {})[locale] = field.name
    return found


@cache
def options(group: str) -> Mapping[str, str]:
    """Plain word, in any language, or name in data -> the name in data."""
    found: dict[str, str] = {}
    for name, said in _said()["choices"][group].items():
        for text in (name, *(word for locale in LOCALES for word in said[locale])):
            found[plain(text)] = name
    return found


def shown(group: str, locale: str) -> list[str]:
    """What a drop-down offers."""
    return [said[locale][0] for said in _said()["choices"][group].values()]
