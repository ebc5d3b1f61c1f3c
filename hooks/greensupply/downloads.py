"""A library -> every file for a learning management system (LMS): packages of modules and pathways, and questions.

Names of files are those that `greensupply package` and `greensupply questions` give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from greensupply import packages, question_banks
from greensupply.addresses import DOWNLOADS
from greensupply.errors import GreenSupplyError, Problem
from greensupply.lms_page import ALL, Download
from greensupply.locales import LOCALES
from greensupply.model import Library


def make(library: Library, url: str, write: Callable[[str, bytes], None]) -> tuple[list[Download], list[Problem]]:
    """Make every file, hand each to `write` and return what they are, and why some are not there.

    A package in a language, or in all, waits until every module in it is translated. One file is in memory at a time.

    Arguments:
        library: Modules and pathways, without drafts.
        url: Address of the hub's root with a slash at its end.
        write: Takes a path from the site's root, and the file's bytes.
    """
    made: list[Download] = []
    problems: dict[Problem, None] = {}
    for name, format, locale, build in _wanted(library, url):
        try:
            path, data = build()
        except GreenSupplyError as error:
            problems.update(dict.fromkeys(error.problems))
            continue
        if data:
            write(path, data)
            made.append(Download(name, format, locale, path, len(data)))
    return made, list(problems)


Build = Callable[[], tuple[str, bytes]]
"""Gives the path and the bytes of a file; no bytes where it would be empty."""


def _wanted(library: Library, url: str) -> Iterator[tuple[str, str, str, Build]]:
    """Name, format, language and builder of each file that there can be."""
    pathways = [pathway.id for pathway in library.pathways if pathway.id not in library.modules]
    for name in (*pathways, *library.modules):
        for format in packages.FORMATS:
            for locale in (*LOCALES, ALL):
                yield name, format, locale, _package(library, url, name, format, locale)
    for name in library.modules:
        for format in question_banks.FORMATS:
            there = [locale for locale in LOCALES if locale in library.modules[name].texts]
            for locale in (*there, ALL):
                yield name, format, locale, _questions(library, name, format, locale)


def _package(library: Library, url: str, name: str, format: str, locale: str) -> Build:
    def build() -> tuple[str, bytes]:
        data = packages.build(library, name, format=format, locales=_locales(locale), url=url)
        return f"{DOWNLOADS}/{name}-{format}-{locale}.zip", data

    return build


def _questions(library: Library, name: str, format: str, locale: str) -> Build:
    def build() -> tuple[str, bytes]:
        module = library.modules[name]
        locales = [one for one in _locales(locale) if one in module.texts]
        bank = question_banks.build(module, locales=locales, format=format, figures=_figures(library, name))
        return f"{DOWNLOADS}/{name}.{locale}.{question_banks.FORMATS[format]}", bank.data if bank.count else b""

    return build


def _locales(locale: str) -> tuple[str, ...]:
    return LOCALES if locale == ALL else (locale,)


def _figures(library: Library, name: str) -> dict[str, bytes]:
    """Figures of a module, by their path in its folder."""
    folder = f"modules/{name}/"
    return {
        path.removeprefix(folder): Path(file).read_bytes()
        for path, file in library.assets.items()
        if path.startswith(f"{folder}figures/")
    }
