"""Pages as the theme wrote them in an earlier build, found by all that its templates see, so that none runs again.

What every page of a language shows (the list of pages, the hub's words, the settings) is digested once for a language.
The mark of the search's words changes with any word of any page: it is left out of what is kept, and put in again.

Jinja makes templates of the class that its environment names; ours hands over what was kept. Seen with Jinja 3.1.6 and
MkDocs 1.6.1; where that should not hold, pages are rendered as ever, with a warning. A theme that is not ours may show
what no key tells, such as the time, so nothing of it is kept.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, Template
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page

from greensupply.kept_pack import Pack
from greensupply.plugin import kept_made
from greensupply.plugin.assets import THEME

log = logging.getLogger("mkdocs.plugins.greensupply")

_PLACE = "\0"
SHOWN = ("site_name", "site_url", "use_directory_urls", "extra_css", "extra_javascript", "extra")
"""Settings that a template of ours could show; a test looks which they do show."""


class Written(str):
    """What stands in the place of `gs` for a page that is written already."""

    __slots__ = ()


class KeptTemplate(Template):
    """A template of which a page may be written already."""

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The page."""
        shown = args[0].get("gs") if args else None
        return str(shown) if isinstance(shown, Written) else super().render(*args, **kwargs)


class KeptOutput:
    """Written pages of one language at a time."""

    def __init__(self) -> None:
        self._store = Pack(None)
        self._shown: tuple[Navigation | None, str] = None, ""
        self._keys: dict[str, object] = {}
        self._search = ""

    def begin(self, env: Environment, config: MkDocsConfig, store: Pack, search: str) -> None:
        """Prepare the templates of a language; `search` is the marked address of its words."""
        self._shown, self._keys, self._search, self._store = (None, ""), {}, search, Pack(None)
        if not kept_made.alone(config) or not _ours(config):
            return
        env.template_class = KeptTemplate
        if isinstance(env.get_template("main.html"), KeptTemplate):
            self._store = store
        else:
            log.warning("Pages are rendered the slow way: Jinja makes templates of another class.")

    def rest(self) -> None:
        """Keep nothing, and find nothing: what follows is not a build."""
        self._store, self._shown, self._keys = Pack(None), (None, ""), {}

    def find(self, page: Page, made: object, nav: Navigation, config: MkDocsConfig, shown: Any) -> Written | None:
        """A page as it was written; None where it must be.

        Arguments:
            page: The page.
            made: What it was made from, where that is known.
            nav: The list of pages.
            config: MkDocs' configuration.
            shown: What all pages of the language show beside.
        """
        self._keys[page.file.src_uri] = None
        if not self._store.keeps:
            return None
        if self._shown[0] is not nav:
            self._shown = nav, _digest((_entries(nav.items), _settings(config), shown))
        content = (page.content or "").encode()
        self._keys[page.file.src_uri] = key = (
            "output",
            self._shown[1],
            (page.file.src_uri, page.url, page.title, page.canonical_url, page.edit_url, page.is_homepage),
            json.dumps(page.meta, default=repr),
            sorted((locale, file.url) for locale, file in getattr(page.file, "alternates", {}).items()),
            made,
            hashlib.sha256(content).hexdigest(),
            kept_made.tokens(page.toc),
        )
        found = self._store.find(key)
        if found is None:
            return None
        del self._keys[page.file.src_uri]
        return Written(found.decode().replace(_PLACE, self._search))

    def was_found(self, page: Page) -> bool:
        """Whether the page that was just written was found."""
        return page.file.src_uri not in self._keys

    def keep(self, page: Page, output: str) -> None:
        """Keep a page that was written just now."""
        if _PLACE not in output and self._search not in (page.content or ""):
            self._store.keep(self._keys[page.file.src_uri], output.replace(self._search, _PLACE).encode())


def _ours(config: MkDocsConfig) -> bool:
    """Whether pages are written by our templates: no folder with any of others stands before them."""
    folders = [Path(folder) for folder in config.theme.dirs]
    return THEME in folders and not any(any(one.rglob("*.html")) for one in folders[: folders.index(THEME)])


def _entries(items: Iterable[Any]) -> list[Any]:
    return [[str(item.title), getattr(item, "url", None), _entries(item.children or ())] for item in items]


def _settings(config: MkDocsConfig) -> Mapping[str, str]:
    return {name: repr(config[name]) for name in SHOWN} | {"language": config.theme["language"]}


def _digest(value: Any) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
