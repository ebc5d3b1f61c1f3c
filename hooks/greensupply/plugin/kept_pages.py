"""Pages whose Markdown was converted by an earlier build.

MkDocs 1.6 converts a page in its method `render`, which for our pages is replaced by one that looks among what is kept
first. What a conversion depends on is in the key: the text, the extensions and their settings, where every file of the
site lies, and the program. A page of which MkDocs had anything to say is not kept, so that it is said again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from greensupply.kept import Kept

_SAYS = "mkdocs.structure.pages"
"""The logger of MkDocs that links are warned of by."""


class KeptPages:
    """Looks up what pages were converted to; `quick` prepares a page for it."""

    def __init__(self) -> None:
        self._known: tuple[Files | None, str] = None, ""

    def quick(self, page: Page, store: Kept) -> None:
        """Let MkDocs find the page's HTML among what is kept."""
        if "title" in page.meta:  # else MkDocs looks for one while it converts
            page.render = partial(self._render, page, store, page.render)  # type: ignore[method-assign]

    def _render(self, page: Page, store: Kept, render: Any, config: MkDocsConfig, files: Files) -> None:
        settings = json.dumps([config.markdown_extensions, config.mdx_configs], default=_name, sort_keys=True)
        key = ("page", page.file.src_uri, page.markdown, settings, self._places(files), str(config.validation))
        page.content = None
        try:
            kept = json.loads(store.text(key, partial(_converted, page, render, config, files)))
        except _SaidError:
            return
        if page.content is not None:  # it was converted just now
            return
        page.content = kept["html"]
        page.toc = TableOfContents(list(_links(kept["toc"])))
        page.present_anchor_ids = set(kept["ids"])
        page.links_to_anchors = {
            goal: links for uri, links in kept["links"].items() if (goal := files.get_file_from_path(uri))
        }

    def _places(self, files: Files) -> str:
        if self._known[0] is not files:
            places = sorted((file.src_uri, file.url, file.inclusion.name) for file in files)
            self._known = files, hashlib.sha256(repr(places).encode()).hexdigest()
        return self._known[1]


class _SaidError(Exception):
    """MkDocs had something to say of a page; it is converted, but not kept."""


class _Ear(logging.Handler):
    heard = False

    def emit(self, record: logging.LogRecord) -> None:  # noqa: ARG002
        self.heard = True


def _converted(page: Page, render: Any, config: MkDocsConfig, files: Files) -> str:
    ear = _Ear()
    logging.getLogger(_SAYS).addHandler(ear)
    try:
        render(config, files)
    finally:
        logging.getLogger(_SAYS).removeHandler(ear)
    if ear.heard:
        raise _SaidError
    links = {goal.src_uri: anchors for goal, anchors in (page.links_to_anchors or {}).items()}
    ids = sorted(page.present_anchor_ids or ())
    return json.dumps({"html": page.content, "toc": _tokens(page.toc), "ids": ids, "links": links})


def _tokens(links: Iterable[AnchorLink]) -> list[Any]:
    return [[link.title, link.id, link.level, _tokens(link.children)] for link in links]


def _links(tokens: Iterable[Any]) -> Iterable[AnchorLink]:
    for title, anchor, level, inner in tokens:
        link = AnchorLink(title, anchor, level)
        link.children = list(_links(inner))
        yield link


def _name(value: object) -> str:
    """A function of the configuration by its name."""
    return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', repr(value))}"
