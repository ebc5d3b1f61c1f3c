"""Are the sources that a text cites those that its module lists?

A text cites by a fact's id, by a link to a source, or by a source's whole title. A module that rests on a fact need
not name it, so what is listed and not cited is no fault. Nothing is said of dates: below the top floor there is no
clock, and a module may be reviewed before or after one of its facts was checked again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache

from greensupply import prose, rules
from greensupply.errors import Problem
from greensupply.locales import LOCALES
from greensupply.model import Library, Module, Text

TITLE_WORDS = 5
"""A shorter title is often a plain phrase or the name of a thing, such as *Waste not, want not* or *EMAS Easy*."""
_FACT = re.compile(r"(?<![\w-])[A-Z0-9]+(?:-[A-Z0-9]+)+(?![\w-])")


def problems(module: Module, library: Library) -> Iterator[Problem]:
    """Where a text of `module` cites what its `sources` do not list, and what they list twice."""
    listed = module.facts.sources
    for number, identifier in enumerate(listed):
        if identifier in listed[:number]:
            line, column = module.place("sources", number)
            yield rules.problem("fact-listed-twice", module.path, line, column, fact=identifier)
    known = {
        source for name in listed if name in library.sources.facts for source in library.sources.facts[name].sources
    }
    addresses, titles = _addresses(library), _titles(library)
    for text in module.texts.values():
        here = {title: sources for title, sources in titles.items() if title in text.written}
        for markdown, line in text.pieces():
            yield from _facts(markdown, line, text, module, library)
            yield from _links(markdown, line, text, known, addresses)
            yield from _named(markdown, line, text, known, here)


def _facts(markdown: str, first_line: int, text: Text, module: Module, library: Library) -> Iterator[Problem]:
    for found in _FACT.finditer(markdown):
        if found[0] in library.sources.facts and found[0] not in module.facts.sources:
            line, column = _place(markdown, found.start(), first_line)
            yield rules.problem("fact-not-listed", text.path, line, column, fact=found[0])


def _links(
    markdown: str, first_line: int, text: Text, known: set[str], addresses: Mapping[str, tuple[str, ...]]
) -> Iterator[Problem]:
    for link in prose.links(markdown, first_line):
        sources = addresses.get(_address(link.target), ()) if prose.scheme(link.target) else ()
        if sources and not known.intersection(sources):
            values = {"address": link.target, "source": sources[0]}
            yield rules.problem("source-link-not-listed", text.path, link.line, link.column, **values)


def _named(
    markdown: str, first_line: int, text: Text, known: set[str], titles: Mapping[str, tuple[str, ...]]
) -> Iterator[Problem]:
    for title, sources in titles.items():
        if title in markdown and not known.intersection(sources):
            line, column = _place(markdown, markdown.index(title), first_line)
            values = {"title": title, "source": sources[0]}
            yield rules.problem("source-title-not-listed", text.path, line, column, **values)


def _addresses(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Address, without what does not matter in it -> ids of the sources that are there."""
    found: dict[str, tuple[str, ...]] = {}
    for identifier, source in library.sources.sources.items():
        if source.url:
            found[_address(source.url)] = (*found.get(_address(source.url), ()), identifier)
    return found


def _titles(library: Library) -> Mapping[str, tuple[str, ...]]:
    """Title of enough words, in any language -> ids of the sources that are called so."""
    found: dict[str, tuple[str, ...]] = {}
    for identifier, source in library.sources.sources.items():
        title = source.title
        for words in {title} if isinstance(title, str) else {title[locale] for locale in LOCALES}:
            if len(words.split()) >= TITLE_WORDS:
                found[words] = (*found.get(words, ()), identifier)
    return dict(sorted(found.items()))


@lru_cache(maxsize=1024)
def _address(url: str) -> str:
    """An address for comparing: no scheme, no `www.`, no anchor, no slash at the end."""
    return re.sub(r"^https?://(www\.)?", "", url.partition("#")[0], flags=re.IGNORECASE).rstrip("/").casefold()


def _place(markdown: str, offset: int, first_line: int) -> tuple[int, int]:
    return first_line + markdown.count("\n", 0, offset), offset - (markdown.rfind("\n", 0, offset) + 1) + 1
