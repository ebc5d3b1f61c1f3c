"""What a save changes, and what is done about it."""

from __future__ import annotations

import gc
import logging
import shutil
import tempfile
import time
import weakref
from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

from greensupply import cards, glossary, library, made_pages
from greensupply.addresses import Site, facilitator_place, page_uri
from greensupply.locales import LOCALES
from greensupply.made_pages import MadePage
from greensupply.model import Library
from greensupply.plugin import filling
from greensupply.plugin.quick import files, looking
from greensupply.plugin.quick.followers import Followers
from greensupply.plugin.quick.passes import Passes
from greensupply.plugin.search import script_name

if TYPE_CHECKING:
    from greensupply.plugin import GreenSupplyPlugin

log = logging.getLogger("mkdocs.plugins.greensupply")

BUILD_DELAY = 0.05
"""Seconds without another change after which MkDocs calls a save done; of itself it waits for 0.1."""


@dataclass(frozen=True)
class _Shown:
    """A page that is to be looked at again."""

    locale: str
    page: MadePage


@dataclass(frozen=True)
class _Words:
    """The search of a language, whose words are to be written again."""

    locale: str


class Saves:
    """Stands between MkDocs' server (seen with 1.6.1) and its build, which it asks where it does not know better.

    Attributes:
        followers: What is still to be done for the last saves.
    """

    def __init__(self, server: LiveReloadServer, passes: Passes, config: MkDocsConfig) -> None:
        self._build, self._passes, self._began = server.builder, passes, passes.began
        self._scratch = Path(tempfile.mkdtemp(prefix="greensupply_"))
        self._tells = self._scratch / "told"
        """A folder that MkDocs watches: a file in it is how we ask for a save to be seen."""
        self._tells.mkdir()
        weakref.finalize(self, shutil.rmtree, self._scratch, ignore_errors=True)
        self._root = urlsplit(config.site_url or "").path or "/"
        self._paths: list[str] = []
        self._seen: files.Look = {}
        self._open: set[str] = set()
        """Addresses of the pages that browsers wait for."""
        self._written: set[str] = set()
        """Addresses of the pages that were written behind since browsers were last told to reload."""
        self._told = False
        self.followers = Followers(self._step, self._done, self._failed)
        watched = looking.begin(server)
        self._sees_all = bool(watched)
        """Whether MkDocs watches nothing that is not looked at here."""
        for path in dict.fromkeys(filter(None, (config.docs_dir, config.config_file_path, *watched))):
            self._watch(path)
        self._listen(server)
        gc.collect()  # which takes long after a whole build: now, and not at one of the next saves

    def saved(self) -> None:
        """Bring the site up to date, as MkDocs asks for when it has seen that a file has changed."""
        with self.followers.held():
            told, self._told = self._told, False
            self._open.clear()
            now = files.look(self._paths)
            changed = files.changes(self._seen, now)
            ours = [path for path, part in changed.items() if part]
            if self._passes.whole and not ours and (changed or told or self._sees_all):
                self._written.clear()  # nothing to do but to let browsers reload; a save may be seen in two steps
            elif not (self._passes.whole and ours and self._quick(ours)):
                self._whole()
            self._seen = now

    @property
    def _plugin(self) -> GreenSupplyPlugin:
        if self._passes.plugin is None:
            raise LookupError("nothing is kept of the last build")
        return self._passes.plugin

    def _listen(self, server: LiveReloadServer) -> None:
        server.watch(str(self._tells))
        watch, app = server.watch, server.get_app()

        def watched(path: str, func: None = None, *, recursive: bool = True) -> None:
            self._watch(path)
            watch(path, func, recursive=recursive)

        def asked(environ: dict[str, Any], start_response: Any) -> Any:
            if environ["PATH_INFO"].startswith("/livereload/"):
                self._open.add(urlsplit(environ.get("HTTP_REFERER", "")).path)
            return app(environ, start_response)  # type: ignore[misc]

        server.watch = watched  # type: ignore[method-assign]
        server.set_app(asked)
        server.builder = self.saved
        server.build_delay = min(server.build_delay, BUILD_DELAY)

    def _watch(self, path: str) -> None:
        path = str(Path(path).absolute())
        self._paths.append(path)
        known = {name: mark for name, mark in files.look([path]).items() if mark.changed < self._began}
        self._seen = {**self._seen, **known}

    def _whole(self) -> None:
        try:
            self._build()
        except BaseException:
            if not self._passes.whole:  # else it found problems and left the site as it was
                self.followers.clear()
            raise
        self.followers.clear()
        self._written.clear()
        gc.collect()

    def _quick(self, changed: Collection[str]) -> bool:
        """Render the pages of module texts that have changed; False where more has."""
        texts: dict[str, list[str]] = {}
        try:
            plugin = self._plugin
            after = plugin.library
            modules_dir, pages_dir = Path(plugin.config.modules_dir), Path(self._paths[0])
            for path in changed:
                identifier, locale = _text(Path(path), modules_dir, after)
                if not identifier:
                    return False
                texts.setdefault(identifier, []).append(locale)
            for identifier, locales in texts.items():
                read = library.reread(modules_dir, pages_dir, after, identifier, locales)
                if read is None or not _shown_alike(after, read, identifier, plugin.site):
                    return False
                after = read
            plugin.follow(after)
            self._written.clear()
            pages = made_pages.pages(after)
            for identifier, locales in texts.items():
                self.followers.add(_following(identifier, locales, pages.values()))
            for identifier, locales in texts.items():
                for locale in locales:
                    self._show(_Shown(locale, pages[f"modules/{identifier}"]))
                    log.info("modules/%s/%s.md: its page is new; the others follow behind.", identifier, locale)
        except Exception as error:
            self._give_up(error)
            return False
        return True

    def _step(self, step: Hashable) -> None:
        if isinstance(step, _Shown):
            if url := self._show(step):
                self._written.add(self._root + url)
        elif isinstance(step, _Words):
            plugin, here = self._plugin, self._passes.of[step.locale]
            words = glossary.abbreviations(plugin.library.terms, step.locale)
            text = plugin.search.script(step.locale, words)
            self._replace(Path(here.config.site_dir) / script_name(step.locale), text.encode())

    def _show(self, step: _Shown) -> str:
        """Render a page if its text has changed; the address of a page that was rendered."""
        plugin, here = self._plugin, self._passes.of[step.locale]
        file = here.files.src_uris[page_uri(step.locale, step.page.place)]
        text = filling.text(plugin, step.page, step.locale, here.config)
        page = file.page
        if page is None or here.shows(file, text):
            return ""
        self._replace(Path(file.abs_dest_path), here.render(page, text))
        if plugin.search.changed(page, step.locale):
            self.followers.add([_Words(step.locale)])
        here.rest(page)
        return page.url

    def _replace(self, file: Path, data: bytes) -> None:
        if file.exists():  # else the server has ended meanwhile
            files.replace_file(file, data, self._scratch)

    def _done(self) -> None:
        if self._open & self._written:
            self._tell()
        self._written.clear()

    def _failed(self, error: Exception) -> None:
        self._give_up(error)
        self._tell()

    def _give_up(self, error: Exception) -> None:
        log.warning("The whole site is built again, as a part of it could not be: %s: %s", type(error).__name__, error)
        self._passes.clear()

    def _tell(self) -> None:
        """Let MkDocs call `saved`, and the browsers reload then."""
        self._told = True
        (self._tells / "again").write_text(str(time.time_ns()), encoding="utf-8")


def _text(file: Path, modules_dir: Path, known: Library) -> tuple[str, str]:
    """The module and the language of a text that is known; two empty strings for any other file."""
    if file.parent.parent == modules_dir and file.suffix == ".md" and file.is_file():
        module = known.modules.get(file.parent.name)
        if module and file.stem in module.texts:
            return module.id, file.stem
    return "", ""


def _shown_alike(before: Library, after: Library, identifier: str, site: Site) -> bool:
    """Whether what all pages show of a module is the same in both."""
    ways = [way for way in before.pathways if identifier in {part.module for part in way.parts}]

    def shown(found: Library) -> object:
        return [
            (
                cards.module_card(found, identifier, locale, site),
                [cards.pathway_card(found, way, locale, site) for way in ways],
            )
            for locale in LOCALES
        ]

    return shown(before) == shown(after)


def _following(identifier: str, locales: Collection[str], pages: Collection[MadePage]) -> Iterator[_Shown]:
    """The pages to which a module's texts in some languages may matter, the most likely ones first.

    Pages of other modules show no more of it than all pages do.
    """
    own = [page for page in pages if page.place in (f"modules/{identifier}", facilitator_place(identifier))]
    others = [page for page in pages if page.kind not in ("module", "facilitator")]
    order = (*locales, *(locale for locale in LOCALES if locale not in locales))
    for some in (own, others):
        yield from (_Shown(locale, page) for locale in order for page in some)
