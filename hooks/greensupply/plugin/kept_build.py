"""A build of which nothing has changed since the last one: neither what it reads nor what it wrote.

Then the site stands as it is, and MkDocs goes through its events with the home page alone, which it and
mkdocs-static-i18n look for in the list of pages. What the last build told is told again; one that warned of anything is
never left out. What is compared are the states of files, not their bytes; see `identity`.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
from collections.abc import Iterator, Mapping
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files

from greensupply import identity, kept
from greensupply.identity import Identity
from greensupply.kept_pack import Pack
from greensupply.plugin.assets import PACKAGE
from greensupply.plugin.hearing import Hearing

_THEMES = {"mkdocs-material": "material", "mkdocs": "mkdocs", "mkdocs-static-i18n": "mkdocs_static_i18n"}
"""Programs whose themes are as their version says, and their packages."""
_OTHERS = ("handouts", "kits", "packages")
"""Options for which programs are asked that may have changed too."""
_OF_EACH = ("mkdocs.commands.build", "mkdocs.plugins.mkdocs_static_i18n")
"""Those that say of every build where it goes."""


class KeptBuild:
    """The last build, as the next one finds it."""

    def __init__(self) -> None:
        self._store, self._stamp, self._folder = Pack(None), "", ""
        self._hearing = Hearing()
        self._templates: set[str] = set()
        self.same = False
        """Whether nothing has changed."""

    def begin(self, config: MkDocsConfig, store: Pack) -> None:
        """Look at all that a build reads, before it does; the last one is kept in `store`."""
        self._hearing, self._store, self._folder, self.same = Hearing(), store, config.site_dir, False
        ours = config.plugins["greensupply"].config
        if not store.keeps or config.nav is not None or any(ours[name] for name in _OTHERS):
            self._store = Pack(None)
            return
        self._stamp = _stamp(config)
        self._hearing.begin()
        found = store.find(self._key())
        stamp, site, said = json.loads(found) if found else ("", "", {})
        self.same = "" != stamp == self._stamp and "" != site == self._site()
        if self.same:
            for message, (name, level) in said.items():
                logging.getLogger(name).log(level, "%s", message)

    def home(self, files: Files, config: MkDocsConfig) -> None:
        """Leave nothing but the home page."""
        home = f"{config.theme['language']}/index.md"
        for file in [file for file in files if file.src_uri != home]:
            files.remove(file)

    def nothing(self, files: Files, config: MkDocsConfig) -> None:
        """The home page was found: now leave nothing at all, but the site."""
        for file in list(files):
            files.remove(file)
        self._templates = set(config.theme.static_templates)
        config.theme.static_templates.clear()

    def end(self, config: MkDocsConfig, *, alone: bool = False) -> None:
        """After the last language and all else that is written; `alone` says whether no other build wrote here."""
        self._hearing.end()
        if self.same:
            config.theme.static_templates |= self._templates
            return
        if self._store.keeps and alone and not self._hearing.warned:
            said = {
                text: (name, level)
                for text, (name, level) in self._hearing.said.items()
                if not name.startswith(_OF_EACH)
            }
            self._store.keep(self._key(), json.dumps((self._stamp, self._site(), said)).encode())
        self._store.save()

    def stop(self) -> None:
        """The build came to no good end."""
        self._hearing.end()

    def _key(self) -> object:
        return "build", os.path.abspath(self._folder)

    def _site(self) -> str:
        try:
            return _digest(sorted(identity.walk(self._folder)))
        except (OSError, identity.StrangeError):
            return ""


def _stamp(config: MkDocsConfig) -> str:
    """A digest of what a build depends on: settings, files, programs and the day; empty where it cannot be known."""
    day = utils.get_build_date(), os.environ.get("SOURCE_DATE_EPOCH", "")
    programs = [version(name) for name in _THEMES]
    try:
        read = [sorted(_states(place)) for place in _read(config)]
        return _digest((_settings(config), day, programs, kept.states(), read))
    except identity.StrangeError:
        return ""


def _settings(config: MkDocsConfig) -> str:
    plain = {name: value for name, value in config.items() if name not in {"plugins", "theme"}}
    plugins = [
        (name, dict(plugin.config), getattr(plugin, "publishes", False)) for name, plugin in config.plugins.items()
    ]
    theme = config.theme.name, config.theme.dirs, dict(config.theme)
    return json.dumps((plain, plugins, theme), default=_value, sort_keys=True)


def _value(value: Any) -> object:
    """A value of the configuration, so that it can be compared with that of another process."""
    if isinstance(value, Mapping):
        return dict(value)
    return f"{value.__module__}.{value.__qualname__}" if hasattr(value, "__qualname__") else repr(value)


def _read(config: MkDocsConfig) -> Iterator[str]:
    """Files and folders that a build reads, but for those of the program."""
    ours, tally = config.plugins["greensupply"].config, config.plugins.get("tally")
    yield from (config.docs_dir, ours["modules_dir"], ours["recognition"])
    if tally:
        yield tally.config["records_dir"]
    specs = [find_spec(name) for name in _THEMES.values()]
    themes = [str(Path(spec.origin).parent) for spec in specs if spec and spec.origin]
    yield from (folder for folder in config.theme.dirs if not folder.startswith((*themes, str(PACKAGE))))


def _states(place: str) -> Iterator[tuple[str, Identity]]:
    if os.path.isfile(place):
        yield place, identity.of(place)
    elif os.path.isdir(place):
        yield from identity.program(place)


def _digest(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()
