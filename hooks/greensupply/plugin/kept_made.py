"""Pages that an earlier build finished, found by what they are made from, so that nothing of them is made again.

Other plugins and hooks may change any page in ways that no key tells: beside one that is not known, nothing is kept
here.

MkDocs makes every page before it writes the first, and holds the texts of all until the end. What is kept here need not
be held: a build lets go of a page's content until it is written, where no template but ours could ask for it meanwhile.
Seen with MkDocs 1.6.1 and mkdocs-static-i18n 1.3.1.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents
from mkdocs.utils import meta

from greensupply.kept_pack import Pack
from greensupply.made_pages import MadePage
from greensupply.model import Library
from greensupply.plugin import offline
from greensupply.plugin.assets import THEME
from greensupply.plugin.kept_inputs import Inputs

_KNOWN = ("greensupply.", "mkdocs_static_i18n.")
"""Where the plugins come from that do nothing with a page but what its key tells."""


def alone(config: MkDocsConfig) -> bool:
    """Whether nothing else has a hand in the pages."""
    return all(type(plugin).__module__.startswith(_KNOWN) for plugin in config.plugins.values())


def ours(config: MkDocsConfig) -> bool:
    """Whether pages are written by our templates: no folder with any of others stands before them."""
    folders = [Path(folder) for folder in config.theme.dirs]
    return THEME in folders and not any(any(one.rglob("*.html")) for one in folders[: folders.index(THEME)])


class Elsewhere(str):
    """Stands for the content of a page that lies where it is kept, until the page is written."""

    __slots__ = ()


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
        self._lets_go = False
        self._keys: dict[str, object] = {}
        self._found: dict[str, tuple[Any, Callable[[], str]]] = {}
        self._waiting: dict[str, Callable[[], str]] = {}
        self._ready: set[str] = set()
        self._stored: set[str] = set()
        self._finished: dict[str, object] = {}

    def begin(self, config: MkDocsConfig, library: Library, store: Pack) -> None:
        """Forget the pages of the last language; those of the next are kept in `store`."""
        self.rest()
        is_alone = alone(config)
        self._store = store if is_alone else Pack(None)
        self._lets_go = is_alone and ours(config) and not (config.extra_templates or offline.is_preview(config))
        if self._inputs is None or self._inputs.library is not library:
            self._inputs = Inputs(library, self._store)

    def rest(self) -> None:
        """Keep nothing, and find nothing: what follows is not a build."""
        self._keys, self._found, self._waiting, self._finished, self.marks = {}, {}, {}, {}, {}
        self._ready, self._stored = set(), set()
        self._store = Pack(None)

    def fill(self, file: File, page: MadePage, shared: object, make: Callable[[], str]) -> None:
        """Let a file have the page's Markdown, as `make` returns it; nothing if it was found finished.

        `shared` is what it is made from beside the library, with a `repr` that says it. It is made when the file is
        read, or now, where others may ask for it before.
        """
        uri, file.content_string = file.src_uri, ""
        self._find(uri, ("made", uri, self._inputs and self._inputs.of(page), shared), make)
        if uri not in self._found:
            self._waiting[uri] = make
            if not self._lets_go:
                self.read(file)

    def read(self, file: File) -> None:
        """The file is about to be read."""
        if make := self._waiting.pop(file.src_uri, None):
            file.content_string = self._made(file.src_uri, make())

    def markdown(self, page: Page, markdown: str, state: str) -> str | None:
        """The page's Markdown, or None if it needs none; `state` is what links and Markdown depend on.

        A page whose file was not filled here is found by its Markdown, in the same state.
        """
        uri = page.file.src_uri
        if uri not in self._keys:
            self.marks[uri] = found_by = mark(markdown)
            self._find(uri, ("read", uri, page.meta, found_by, state), lambda: markdown)
        elif self._lets_go:
            page.file.content_string = ""
        found = self._found.pop(uri, None)
        if found is None:
            return markdown
        told, make = found
        if told["state"] != state:
            markdown, page.meta = meta.get_data(self._made(uri, make()))
            return markdown
        page.meta = told["meta"]
        page.render = partial(self._put, page, told)  # type: ignore[method-assign]
        self._ready.add(uri)
        self._stored.add(uri)
        self._finished[uri] = self.key(page), state
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

    def keep(self, page: Page, html: str, state: str) -> str:
        """Keep a page's finished content, if there is a `state` in which it is that; return what stands for it."""
        if state and (key := self.key(page)) is not None:
            told = {"state": state, "mark": self.marks[page.file.src_uri], "meta": page.meta, **told_of(page)}
            if self._store.keep(key, f"{json.dumps(told)}\n{html}".encode()):
                self._stored.add(page.file.src_uri)
            self._finished[page.file.src_uri] = key, state
        return self.let_go(page, html)

    def let_go(self, page: Page, html: str) -> str:
        """What stands for the content of a page, except while the page is written: nothing where the store has it."""
        return Elsewhere() if self._lets_go and page.file.src_uri in self._stored else html

    def content(self, page: Page) -> str:
        """The content of a page, also where it was let go of."""
        return self._kept(page) if isinstance(page.content, Elsewhere) else page.content or ""

    def _find(self, uri: str, key: object, make: Callable[[], str]) -> None:
        """Look for a page among what is kept."""
        self._keys[uri] = key
        found = self._store.find(key)
        if found is not None:
            told = json.loads(found.partition(b"\n")[0])
            self._found[uri] = told, make
            self.marks[uri] = told["mark"]

    def _kept(self, page: Page) -> str:
        found = self._store.find(self.key(page))
        if found is None:
            raise PluginError(f"{page.file.src_uri}: what was made of this page is gone from the disk. Build again.")
        return found.partition(b"\n")[2].decode()

    def _put(self, page: Page, told: dict[str, Any], config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        put(page, told, self._kept(page), files)

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


def _links(found: Iterable[Any]) -> Iterator[AnchorLink]:
    for title, anchor, level, inner in found:
        link = AnchorLink(title, anchor, level)
        link.children = list(_links(inner))
        yield link
