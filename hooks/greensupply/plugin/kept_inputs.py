"""What the pages that we make are made from, as digests: the same digest, the same page.

The page of a module and its facilitator's edition show that module, and of all else its name, the pathways, the facts
and their sources, and the glossary. Some other pages show of modules only what lists and cards say, and a few one thing
more. Any other may show anything of any module.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from greensupply import engage, fragments, freshness, sections
from greensupply.freshness import Section
from greensupply.kept_pack import Pack
from greensupply.locales import LOCALES, SOURCE
from greensupply.made_pages import MadePage
from greensupply.model import Library, Module

_OF_ONE = frozenset({"module", "facilitator"})
OF_CARDS = frozenset(
    [
        "author-guide",
        "certificate",
        "glossary",
        "lms",
        "pathway",
        "tool",
        "tools-library",
        "verify",
        engage.INVITE,
        engage.RECOGNISED,
    ]
)
"""Pages that show of a text its front matter, its calculators, how many questions it has, and headings in pathways."""


class Inputs:
    """Digests of one library."""

    def __init__(self, library: Library, store: Pack) -> None:
        self.library = library
        self._own = {name: _own(module, library) for name, module in library.modules.items()}
        names = [
            (name, module.draft, [(locale, text.facts.title) for locale, text in sorted(module.texts.items())])
            for name, module in library.modules.items()
        ]
        shared = names, library.pathways, library.sources, library.terms, library.courses, library.tools
        self._names = _digest(shared)
        cards = [_card(module) for module in library.modules.values()]
        self._cards = _digest((self._names, cards, list(_parts(library))))
        self._more = {kind: _digest((self._cards, list(self._said(kind, store)))) for kind in OF_MORE}
        self._all = _digest((self._names, library.assets, self._own))

    def of(self, page: MadePage) -> str:
        """What a page shows of the library."""
        if page.kind in _OF_ONE:
            return self._names + self._own[page.identifier]
        if page.kind in self._more:
            return self._more[page.kind]
        return self._cards if page.kind in OF_CARDS else self._all

    def _said(self, kind: str, store: Pack) -> Iterator[str]:
        """What a page shows of each module beside the cards."""
        for name, module in self.library.modules.items():
            yield store.text((kind, self._own[name]), partial(OF_MORE[kind], module))


def _parts(library: Library) -> Iterator[tuple[str, str]]:
    """The headings of the sections that pathways name."""
    for part in (part for chosen in library.pathways for part in chosen.parts):
        for locale in LOCALES:
            yield from (sections.heading(library.modules[part.module], name, locale) for name in part.sections)


def _card(module: Module) -> object:
    """A module without its text."""
    texts = sorted(module.texts.items())
    said = [(locale, text.path, text.facts, len(text.questions), text.calculators) for locale, text in texts]
    return module.path, module.facts, said


def _standings(module: Module) -> str:
    """How each section of a module's translations stands, and what it is called."""

    def called(section: Section | None) -> object:
        return section and (section.key, section.heading, section.level)

    return repr(
        [
            (
                locale,
                compared.state,
                [(each.state, called(each.source), called(each.translated)) for each in compared.standings],
                [called(section) for section in compared.gone],
            )
            for locale, compared in freshness.comparisons(module)
        ]
    )


def _asked(module: Module) -> str:
    """The questions of a module, as progress keeps them."""
    return repr([(question.id, fragments.digest(question)) for question in module.texts[SOURCE].questions])


OF_MORE = {"translation-status": _standings, "my-learning": _asked}
"""Pages that show beside the cards what these say of each module."""


def _own(module: Module, library: Library) -> str:
    """A module: its facts, its texts as written, and the pictures beside them, of which pages say the size."""
    texts = [(locale, text.path, text.written) for locale, text in sorted(module.texts.items())]
    digest = hashlib.sha256(repr((module.path, module.facts, texts)).encode())
    for uri, path in library.assets.items():
        if uri.startswith(f"modules/{module.id}/"):
            digest.update(repr((uri, Path(path).read_bytes())).encode())
    return digest.hexdigest()


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
