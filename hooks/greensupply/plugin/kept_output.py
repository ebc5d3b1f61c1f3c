"""Pages as the theme wrote them in an earlier build, found by all that its templates see, so that none runs again.

What every page of a language shows (the list of pages, the hub's words, the settings) is digested once for a language.

MkDocs writes the pages that are included in the site when `on_env` is over; so those that stand in it already, or are
written here, are taken out of that. Seen with MkDocs 1.6.1. A theme that is not ours may show what no key tells, such
as the time, so nothing of it is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from greensupply.kept_pack import Pack
from greensupply.plugin import kept_made
from greensupply.plugin.kept_site import KeptSite

SHOWN = ("site_name", "site_url", "use_directory_urls", "extra_css", "extra_javascript", "extra")
"""Settings that a template of ours could show; a test looks which they do show."""


class KeptOutput:
    """Written pages of one language at a time."""

    def __init__(self) -> None:
        self._store = Pack(None)
        self._keys: dict[str, object] = {}
        self._files = Files([])
        self._left: dict[File, InclusionLevel] = {}

    def begin(self, config: MkDocsConfig, store: Pack) -> None:
        """A language's pages are made and none is written."""
        self._keys, self._left = {}, {}
        self._store = store if kept_made.alone(config) and kept_made.ours(config) else Pack(None)

    def rest(self) -> None:
        """Keep nothing, and find nothing: what follows is not a build."""
        self._store, self._keys = Pack(None), {}

    def leave(
        self,
        files: Files,
        nav: Navigation,
        config: MkDocsConfig,
        shown: Any,
        made: Callable[[Page], object],
        site: KeptSite,
    ) -> None:
        """Let MkDocs write only pages that were never written so; those that do not stand in the site are put there.

        Arguments:
            files: The files of the language.
            nav: The list of pages.
            config: MkDocs' configuration.
            shown: What all pages of the language show beside.
            made: What a page's content and what MkDocs knows of it were made from, where that is known.
            site: The site as it stands.
        """
        if not self._store.keeps:
            return
        language = _digest((_entries(nav.items), _settings(config), shown))
        self._files = files
        for file in files.documentation_pages():
            page = file.page
            if page is None:
                continue
            key = "output", language, _seen(page), made(page) or _content(page)
            stands = site.stands(file.dest_uri, key)
            if stands and self._store.has(key):
                self._leave(file)
            elif (found := self._store.find(key)) is not None:
                if not stands:
                    utils.write_file(found, file.abs_dest_path)
                self._leave(file)
            else:
                self._keys[file.src_uri] = key

    def _leave(self, file: File) -> None:
        self._left[file] = file.inclusion
        file.inclusion = InclusionLevel.EXCLUDED

    def keep(self, page: Page, output: str) -> None:
        """Keep a page that was written just now."""
        key = self._keys.get(page.file.src_uri)
        if key and output.strip():
            self._store.keep(key, output.encode(errors="xmlcharrefreplace"))  # as MkDocs writes it

    def validate(self, config: MkDocsConfig) -> None:
        """Look where the links of pages lead that MkDocs did not write, as it does with those that it wrote."""
        for file, inclusion in self._left.items():
            file.inclusion = inclusion
            if file.page:
                file.page.validate_anchor_links(files=self._files, log_level=config.validation.links.anchors)
        self._left = {}


def _entries(items: Iterable[Any]) -> list[Any]:
    return [[str(item.title), getattr(item, "url", None), _entries(item.children or ())] for item in items]


def _settings(config: MkDocsConfig) -> Mapping[str, str]:
    return {name: repr(config[name]) for name in SHOWN} | {"language": config.theme["language"]}


def _seen(page: Page) -> object:
    """What templates see of a page beside its content and what came with it."""
    alternates = sorted((locale, file.url) for locale, file in getattr(page.file, "alternates", {}).items())
    own = page.file.src_uri, page.url, page.title, page.canonical_url, page.edit_url, page.is_homepage
    return own, alternates


def _content(page: Page) -> object:
    content = hashlib.sha256((page.content or "").encode()).hexdigest()
    return content, json.dumps(page.meta, default=repr), kept_made.tokens(page.toc)


def _digest(value: Any) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
