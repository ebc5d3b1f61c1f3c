"""The languages of the site, built at the same time: each one after the first by a process of its own.

mkdocs-static-i18n 1.3 builds the first language and, when it is whole, the others one after another. Here a process is
split off for each of the others as soon as everything is read and counted. It does what mkdocs-static-i18n would do,
for its language alone, and hands over what it has to say and what the site as a whole needs of it. Whatever goes wrong
in it, the language is built again in the plain way, which tells what is wrong as ever.
"""

from __future__ import annotations

import atexit
import gc
import logging
from collections.abc import Callable, Container
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from mkdocs import utils
from mkdocs.commands.build import build
from mkdocs.config.defaults import MkDocsConfig

from greensupply import processes
from greensupply.processes import Apart

log = logging.getLogger("mkdocs.plugins.greensupply")

SEEN = "1.3"
"""The version of mkdocs-static-i18n whose attributes are used here."""
_USED = ("building", "current_language", "build_languages", "config")
_SELDOM = 10_000
"""Objects that are made before Python looks for rings of them; else it is 700."""

_Told = tuple[list[logging.LogRecord], object]
"""What a language has to say, and what the site needs of it."""


@dataclass
class Languages:
    """The processes of one build."""

    _running: dict[str, Apart[_Told]] = field(default_factory=dict)
    _skipped: list[Any] = field(default_factory=list)
    _thresholds: tuple[int, int, int] | None = None

    def begin(self) -> None:
        """Until the end of the build, look for rings of objects that nothing holds more seldom.

        Modules, records and pages make next to none, so memory does not grow; but they make so many objects that
        Python would look through all that is known, in every process, again and again: a twentieth of the build. And
        once more when the program ends, when it frees all of it anyway.
        """
        if self._thresholds is None:
            atexit.unregister(gc.freeze)
            atexit.register(gc.freeze)
            self._thresholds = gc.get_threshold()
            gc.set_threshold(_SELDOM, *self._thresholds[1:])

    def split(self, config: MkDocsConfig, tell: Callable[[], object]) -> None:
        """Begin every language but the one that is being built.

        Arguments:
            config: MkDocs' configuration, in the first language's pass, before a page is made.
            tell: Called in each process when its language is whole; what it returns is handed over by `join`.
        """
        i18n = config.plugins.get("i18n")
        if i18n is None or i18n.building or self._running or processes.count() == 1:
            return
        if not all(hasattr(i18n, name) for name in _USED):
            log.warning("mkdocs-static-i18n is not as in %s, so one language is built after another.", SEEN)
            return
        for locale in [locale for locale in i18n.build_languages if locale != i18n.current_language]:
            self._running[locale] = Apart(partial(_build, config, i18n, locale, tell))

    def join(self, config: MkDocsConfig) -> list[object]:
        """Wait for every language, before mkdocs-static-i18n would begin the next one; return what they tell.

        What they have to say is said now. If one of them failed, nothing is returned, and all of them are built again.
        """
        i18n = config.plugins.get("i18n")
        if i18n is None or i18n.building:
            return []
        running, self._running = self._running, {}
        if not running:
            return []
        told, failed = [], []
        for locale, language in running.items():
            try:
                told.append(language.result())
            except ChildProcessError:
                failed.append(locale)
        if failed:
            log.info("Built again, one after another, because something is wrong in: %s.", ", ".join(failed))
            return []
        log.debug("Built at the same time by processes of their own: %s.", ", ".join(running))
        for heard, _ in told:
            processes.say(heard)
        self._skip(i18n, running)
        return [of_site for _, of_site in told]

    def leave(self, config: MkDocsConfig) -> None:
        """Let only the language be built that is under way: the others are what they were."""
        i18n: Any = config.plugins["i18n"]
        self._skip(i18n, [locale for locale in i18n.build_languages if locale != i18n.current_language])

    def _skip(self, i18n: Any, locales: Container[str]) -> None:
        self._skipped = [each for each in i18n.config.languages if each.locale in locales]
        for language in self._skipped:
            language.build = False

    def end(self) -> None:
        """After the whole build: the next one has all languages again."""
        if self._thresholds:
            gc.set_threshold(*self._thresholds)
            self._thresholds = None
        for language in self._skipped:
            language.build = True
        self._skipped = []


def _build(config: MkDocsConfig, i18n: Any, locale: str, tell: Callable[[], object]) -> _Told:
    """In the process: build one language, as mkdocs-static-i18n does after the first."""
    utils.clean_directory = _kept_as_it_is
    i18n.building, i18n.current_language = True, locale
    with processes.overhearing("mkdocs") as heard:
        build(config)
    return [record for record in heard if not _of_each_build(record)], tell()


def _of_each_build(record: logging.LogRecord) -> bool:
    """What MkDocs says of each build, which mkdocs-static-i18n leaves out too."""
    return record.name == "mkdocs.commands.build" and record.levelno <= logging.INFO


def _kept_as_it_is(directory: str) -> None:
    """What the other languages have written stays."""
