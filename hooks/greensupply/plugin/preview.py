"""What an author's preview (`mkdocs serve`) shows and a built site does not: drafts."""

from __future__ import annotations

import logging
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from greensupply import author_guide, components, engage, locales
from greensupply.addresses import Site
from greensupply.errors import Problem
from greensupply.locales import LOCALES, SOURCE
from greensupply.model import Library
from greensupply.plugin import offline, quick
from greensupply.plugin.assets import THEME, THEME_ASSETS

log = logging.getLogger("mkdocs.plugins.greensupply")

MODULE = "GREENSUPPLY_MODULE"
"""Environment variable with the id of the module that the preview opens on; `make serve MODULE=…` sets it."""


def shown(found: Library, warnings: Iterable[Problem], config: MkDocsConfig) -> Library:
    """The modules that this run shows.

    What becomes of each draft, and of each missing translation, is told, not warned of: a strict build goes on.
    """
    here = offline.is_preview(config)
    left = Counter(warning.path.split("/")[1] for warning in warnings)
    for name in sorted(name for name, module in found.modules.items() if module.draft):
        what = "shown in this preview only" if here else "not on the site"
        log.info("modules/%s is a draft, %s. Places to fill in: %d.", name, what, left[name])
    library = found if here else found.without_drafts()
    for module in library.modules.values():
        for locale in sorted(set(LOCALES) - set(module.texts)):
            log.info("modules/%s/%s.md does not exist yet; its page is shown in English.", module.id, locale)
    return library


def watch(server: LiveReloadServer, config: MkDocsConfig, modules_dir: str) -> None:
    """Let the server see when a module, a string, a component or the theme changes."""
    quick.begin(server, config)
    for folder in (
        modules_dir,
        locales.STRINGS,
        components.FOLDER,
        author_guide.FOLDER,
        engage.FOLDER,
        THEME_ASSETS,
        THEME,
    ):
        server.watch(str(folder))


def stamp(*folders: str | Path) -> object:
    """Changes when a file in one of the folders does, or one of ours that every build reads."""
    read = (*folders, locales.STRINGS, components.FOLDER, THEME_ASSETS)
    files = sorted(file for folder in read for file in Path(folder).rglob("*") if file.is_file())
    return [(file, (known := file.stat()).st_mtime_ns, known.st_size) for file in files]


def begin(server: LiveReloadServer, library: Library, site: Site) -> None:
    """The preview's address, which is told and which `--open` opens, becomes that of the module being written."""
    wanted = os.environ.get(MODULE, "")
    if wanted in library.modules:
        server.url += site.page(SOURCE, f"modules/{wanted}")
    elif wanted:
        log.warning("%s: there is no module `%s`. Modules are: %s.", MODULE, wanted, ", ".join(library.modules))
