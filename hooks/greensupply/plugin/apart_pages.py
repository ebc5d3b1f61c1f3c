"""Pages whose finished HTML does not go through Markdown; see `apart`."""

from __future__ import annotations

import logging

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from greensupply import apart, plain_text
from greensupply.kept_pack import Pack
from greensupply.plugin.kept_pages import KeptPages

_EXTENSIONS = frozenset({"tables", "fenced_code", "sane_lists", "md_in_html", "def_list", "toc", plain_text.__name__})
"""Extensions with which one text of a page changes nothing in another one."""

log = logging.getLogger("mkdocs.plugins.greensupply")


class ApartPages:
    """What is set apart of each page, between the event before its Markdown is converted and the one after."""

    def __init__(self) -> None:
        self._kept = KeptPages()
        self._pages: dict[str, tuple[str, list[str]]] = {}
        self._texts: dict[str, str] = {}
        self._texts_of: Files | None = None

    def state(self, page: Page, config: MkDocsConfig, files: Files) -> str:
        """What the conversion of any page depends on; empty for a page of which MkDocs has something to say."""
        return "" if page.file.src_uri in self._kept.said else self._kept.state(config, files)

    def short(self, markdown: str, page: Page, store: Pack) -> str:
        """The page's Markdown without its finished HTML; what an earlier build made of it is looked for in `store`."""
        self._kept.quick(page, store)
        short, pieces = apart.set_apart(markdown, self._texts)
        if pieces:
            self._pages[page.file.src_uri] = markdown, pieces
        return short

    def whole(self, html: str, page: Page, config: MkDocsConfig, files: Files) -> str:
        """The page's HTML with all of it; if that should not fit, all of it goes through Markdown after all."""
        if page.file.src_uri not in self._pages:
            return html
        if self._texts_of is not files:
            self._texts_of, self._texts = files, {}
        if _EXTENSIONS.issuperset(config.markdown_extensions):
            self._texts.update(apart.texts(page.markdown or "", html))
        markdown, pieces = self._pages.pop(page.file.src_uri)
        whole = apart.put_back(html, pieces)
        if whole is None:
            log.warning("%s is built the slow way: its HTML could not be set apart.", page.file.src_uri)
            page.markdown = markdown
            page.render(config, files)
            return page.content or ""
        if page.present_anchor_ids is not None:
            page.present_anchor_ids |= apart.ids(pieces)
        return whole
