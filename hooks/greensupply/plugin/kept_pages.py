"""Pages whose Markdown was converted by an earlier build.

MkDocs 1.6 converts a page in its method `render`, which for our pages is replaced by one that looks among what is kept
first. What a conversion depends on is in the key: the text, the extensions and their settings, where every file of the
site lies, and the program. A page of which MkDocs had anything to say is not kept, so that it is said again.
"""

from __future__ import annotations

import hashlib
import json
import logging
from functools import partial
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from greensupply.kept_pack import Pack
from greensupply.plugin import kept_made

_SAYS = "mkdocs.structure.pages"
"""The logger of MkDocs that links are warned of by."""


class KeptPages:
    """Looks up what pages were converted to; `quick` prepares a page for it."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[Files, str]] = {}
        self.said: set[str] = set()
        """Pages of which MkDocs had something to say."""

    def quick(self, page: Page, store: Pack) -> None:
        """Let MkDocs find the page's HTML among what is kept."""
        self.said.discard(page.file.src_uri)
        if "title" in page.meta:  # else MkDocs looks for one while it converts
            page.render = partial(self._render, page, store, page.render)  # type: ignore[method-assign]

    def _render(self, page: Page, store: Pack, render: Any, config: MkDocsConfig, files: Files) -> None:
        key = ("page", page.file.src_uri, page.markdown, self.state(config, files))
        page.content = None
        try:
            kept = json.loads(store.text(key, partial(_converted, page, render, config, files)))
        except _SaidError:
            self.said.add(page.file.src_uri)
            return
        if page.content is None:  # it was not converted just now
            kept_made.put(page, kept, kept["html"], files)

    def state(self, config: MkDocsConfig, files: Files) -> str:
        """A digest of what a conversion depends on beside the page: settings, and where every file of the site lies."""
        language = config.theme["language"]
        known = self._known.get(language)
        if known is None or known[0] is not files:
            places = sorted((file.src_uri, file.url, file.inclusion.name) for file in files)
            settings = json.dumps([config.markdown_extensions, config.mdx_configs], default=_name, sort_keys=True)
            told = repr((places, settings, str(config.validation))).encode()
            known = self._known[language] = files, hashlib.sha256(told).hexdigest()
        return known[1]


class _SaidError(Exception):
    """MkDocs had something to say of a page; it is converted, but not kept."""


class _Ear(logging.Filter):
    """Hears what is said, also in a quiet build, and lets through what would be shown."""

    def __init__(self, logger: logging.Logger) -> None:
        super().__init__()
        self.heard = False
        self._shown = logger.getEffectiveLevel()

    def filter(self, record: logging.LogRecord) -> bool:
        self.heard = True
        return record.levelno >= self._shown


def _converted(page: Page, render: Any, config: MkDocsConfig, files: Files) -> str:
    logger = logging.getLogger(_SAYS)
    level, ear = logger.level, _Ear(logger)
    logger.addFilter(ear)
    logger.setLevel(min(logger.getEffectiveLevel(), logging.INFO))
    try:
        render(config, files)
    finally:
        logger.setLevel(level)
        logger.removeFilter(ear)
    if ear.heard:
        raise _SaidError
    return json.dumps({"html": page.content, **kept_made.told_of(page)})


def _name(value: object) -> str:
    """A function of the configuration by its name."""
    return f"{getattr(value, '__module__', '')}.{getattr(value, '__qualname__', repr(value))}"
