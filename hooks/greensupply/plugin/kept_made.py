"""Pages that an earlier build finished, found by what they are made from, so that nothing of them is made again.

Other plugins and hooks may change any page in ways that no key tells: beside one that is not known, nothing is kept
here. Seen with MkDocs 1.6.1 and mkdocs-static-i18n 1.3.1.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import meta

from greensupply.kept_pack import Pack
from greensupply.made_pages import MadePage
from greensupply.model import Library
from greensupply.plugin.kept_inputs import Inputs

_KNOWN = ("greensupply.", "mkdocs_static_i18n.")
"""Where the plugins come from that do nothing with a page but what its key tells."""


def alone(config: MkDocsConfig) -> bool:
    """Whether nothing else has a hand in the pages."""
    return all(type(plugin).__module__.startswith(_KNOWN) for plugin in config.plugins.values())


def mark(text: str) -> str:
    """A digest that tells one page's Markdown from another's."""
    return hashlib.sha256(text.encode()).hexdigest()


class KeptMade:
    """Pages between the event that fills their files and the one that finishes their content.

    Attributes:
        marks: The `mark` of the Markdown of each page of the language, also of those that were found finished.
    """

    def __init__(self) -> None:
        self.marks: dict[str, str] = {}
        self._inputs: Inputs | None = None
        self._store = Pack(None)
        self._keys: dict[str, object] = {}
        self._found: dict[str, tuple[Any, str, Callable[[], str]]] = {}
        self._ready: set[str] = set()
        self._finished: dict[str, object] = {}

    def begin(self, config: MkDocsConfig, library: Library, store: Pack) -> None:
        """Forget the pages of the last language; those of the next are kept in `store`."""
        self.rest()
        self._store = store if alone(config) else Pack(None)
        if self._inputs is None or self._inputs.library is not library:
            self._inputs = Inputs(library, self._store)

    def rest(self) -> None:
        """Keep nothing, and find nothing: what follows is not a build."""
        self._keys, self._found, self._ready, self._finished, self.marks = {}, {}, set(), {}, {}
        self._store = Pack(None)

    def text(self, file: File, page: MadePage, shared: object, make: Callable[[], str]) -> str:
        """The page as Markdown, as `make` returns it; empty if it was found finished.

        `shared` is what it is made from beside the library, with a `repr` that says it.
        """
        uri = file.src_uri
        self._keys[uri] = key = ("made", uri, self._inputs and self._inputs.of(page), shared)
        found = self._store.find(key)
        if found is None:
            return self._made(uri, make())
        told, _, html = found.decode().partition("\n")
        self._found[uri] = json.loads(told), html, make
        self.marks[uri] = self._found[uri][0]["mark"]
        return ""

    def markdown(self, page: Page, markdown: str, state: str) -> str | None:
        """The page's Markdown, or None if it needs none; `state` is what links and Markdown depend on."""
        found = self._found.pop(page.file.src_uri, None)
        if found is None:
            return markdown
        told, html, make = found
        if told["state"] != state:
            markdown, page.meta = meta.get_data(self._made(page.file.src_uri, make()))
            return markdown
        page.meta = told["meta"]
        page.render = partial(_put, page, told, html)  # type: ignore[method-assign]
        self._ready.add(page.file.src_uri)
        self._finished[page.file.src_uri] = self.key(page), state
        return None

    def ready(self, page: Page) -> bool:
        """Whether the page's content is finished."""
        return page.file.src_uri in self._ready

    def key(self, page: Page) -> object:
        """What the page was made from; None for one that is not made."""
        return self._keys.get(page.file.src_uri)

    def finished(self, page: Page) -> object:
        """What the page's content, and all that MkDocs knows of it, were made from; None where they tell no more."""
        return self._finished.get(page.file.src_uri)

    def keep(self, page: Page, html: str, state: str) -> None:
        """Keep a page's finished content, if there is a `state` in which it is that."""
        if state and (key := self.key(page)) is not None:
            told = {"state": state, "mark": self.marks[page.file.src_uri], "meta": page.meta, **told_of(page)}
            self._store.keep(key, f"{json.dumps(told)}\n{html}".encode())
            self._finished[page.file.src_uri] = key, state

    def _made(self, uri: str, text: str) -> str:
        self.marks[uri] = mark(text)
        return text


def told_of(page: Page) -> dict[str, Any]:
    """What MkDocs knows of a converted page beside its HTML."""
    links = {goal.src_uri: anchors for goal, anchors in (page.links_to_anchors or {}).items()}
    return {"toc": tokens(page.toc), "ids": sorted(page.present_anchor_ids or ()), "links": links}


def put(page: Page, told: dict[str, Any], html: str, files: Files) -> None:
    """Put into a page what `told_of` says, and its HTML."""
    page.content = html
    page.toc = TableOfContents(list(_links(told["toc"])))
    page.present_anchor_ids = set(told["ids"])
    page.links_to_anchors = {
        goal: links for uri, links in told["links"].items() if (goal := files.get_file_from_path(uri))
    }


def tokens(links: Iterable[AnchorLink]) -> list[Any]:
    """A table of contents as lists."""
    return [[link.title, link.id, link.level, tokens(link.children)] for link in links]


def _put(page: Page, told: dict[str, Any], html: str, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG001
    put(page, told, html, files)


def _links(found: Iterable[Any]) -> Iterator[AnchorLink]:
    for title, anchor, level, inner in found:
        link = AnchorLink(title, anchor, level)
        link.children = list(_links(inner))
        yield link
