"""A preview (`mkdocs serve`) that renders again only what a saved module text changes.

MkDocs builds everything at each save. Here the page that an author has saved is rendered at once, from what the last
build knows (`passes`), and everything that follows from it behind (`followers`): the module's other pages, those of
other languages, overviews, the search. A save that changes more than a module's text, and whatever is not as expected,
goes to MkDocs' own build (`saves` decides), so nothing is lost but time.

This room can be deleted, with the lines that call it; the environment variable `PLAIN` switches it off.
"""

from __future__ import annotations

import logging
import os
import sys
from functools import lru_cache
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from greensupply.plugin import offline
from greensupply.plugin.quick.passes import Passes

if TYPE_CHECKING:
    from greensupply.plugin.quick.saves import Saves

log = logging.getLogger("mkdocs.plugins.greensupply")

PLAIN = "GREENSUPPLY_PLAIN_PREVIEW"
"""Environment variable: with any value, each save builds the whole site."""
KNOWN = frozenset({"greensupply", "tally", "i18n"})
"""Plugins of which we know what they do to a page; of another one, only a whole build knows."""


def passes(config: MkDocsConfig) -> Passes:
    """What is kept of the last build of this preview; nothing is kept where no preview can use it."""
    return _of(config.site_dir) if offline.is_preview(config) and not _reason(config) else Passes(keeps=False)


def begin(server: LiveReloadServer, config: MkDocsConfig) -> Saves | None:
    """Take the server's saves over."""
    if os.environ.get(PLAIN):
        return None
    if reason := _reason(config):
        log.info("Each save builds the whole site: %s.", reason)
        return None
    from greensupply.plugin.quick.saves import Saves  # a build need not wait for this

    return Saves(server, passes(config), config)


@lru_cache(maxsize=1)
def _of(site_dir: str) -> Passes:  # noqa: ARG001 - the key
    return Passes()


def _reason(config: MkDocsConfig) -> str:
    """Why saves are not taken over; empty if they are."""
    if os.environ.get(PLAIN):
        return f"{PLAIN} is set"
    if config.strict:
        return "a strict build counts its warnings"
    if {"--dirty", "--dirtyreload"} & set(sys.argv):
        return "--dirty has rules of its own"
    if strange := sorted(set(config.plugins) - KNOWN):
        return f"mkdocs.yml has the plugin `{strange[0]}`"
    if not all(hasattr(config.plugins.get("i18n"), name) for name in ("current_language", "i18n_files_per_language")):
        return "this mkdocs-static-i18n is not as the one that we know"
    return ""
