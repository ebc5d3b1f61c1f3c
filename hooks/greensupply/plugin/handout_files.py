"""The handouts of the built site: made before the pages, which tell their pages and sizes."""

from __future__ import annotations

from collections.abc import Iterator

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File

from greensupply import handouts
from greensupply.addresses import Site
from greensupply.handouts import Handout, press
from greensupply.handouts.press import Printed
from greensupply.made_pages import MadePage
from greensupply.model import Library

_KINDS = {"module": handouts.FOR_LEARNERS, "facilitator": handouts.KINDS}


class HandoutFiles:
    """PDFs by their address in the site. What has not changed since the last build is not made again."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[str, Printed]] = {}
        self._modules: dict[str, list[Handout]] = {}

    def make(self, library: Library, locale: str, site: Site) -> None:
        """Make the handouts of every module in a language.

        Raises:
            PluginError: WeasyPrint is not there; its text says how to install it.
        """
        self._modules = {name: list(self._of(library, name, locale, site)) for name in library.modules}

    def _of(self, library: Library, identifier: str, locale: str, site: Site) -> Iterator[Handout]:
        for kind in handouts.KINDS:
            for paper in handouts.PAPERS:
                document = handouts.document(library, identifier, kind, locale, paper, site)
                if document:
                    address = handouts.address(identifier, kind, locale, paper)
                    made = self._printed(address, document)
                    yield Handout(kind, paper, address, made.pages, len(made.data))

    def _printed(self, address: str, document: str) -> Printed:
        known = self._made.get(address)
        if not known or known[0] != document:
            try:
                self._made[address] = document, handouts.print_document(document)
            except press.Unavailable as error:
                raise PluginError(
                    f"mkdocs.yml: the option `handouts` makes PDFs. {error} Or take `handouts` out."
                ) from None
        return self._made[address][1]

    def links(self, page: MadePage, locale: str, site: Site) -> str:
        """HTML of the links on a page; empty on a page that has none."""
        kinds = _KINDS.get(page.kind, ())
        here = site.page(locale, page.place)
        return handouts.links(self._modules.get(page.identifier, []), kinds, locale, site, here) if kinds else ""

    def files(self, config: MkDocsConfig) -> Iterator[File]:
        """The PDFs of the language that was made last, as MkDocs takes them."""
        for found in self._modules.values():
            for each in found:
                yield File.generated(config, each.address, content=self._made[each.address][1].data)
