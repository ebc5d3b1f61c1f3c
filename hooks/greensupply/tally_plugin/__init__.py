"""The MkDocs plugin `tally`: records -> the results pages of every language, and the files to take away.

A thin adapter: `counting` and `outcome_counting` say what may be published, `results_page` and `monitoring` write it.
Its pages enter the build as those of `plugin` do: declared before mkdocs-static-i18n, filled after it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page

from greensupply import kept_pack, metrics, monitoring, outcomes, processes, results_page, tally
from greensupply.addresses import RESULTS, Site, page_uri
from greensupply.catalogue import Catalogue
from greensupply.errors import GreenSupplyError, Problem
from greensupply.kept_pack import Pack
from greensupply.library import NO_SOURCES
from greensupply.locales import LOCALES, SOURCE
from greensupply.model import Library
from greensupply.monitoring import Monitoring
from greensupply.processes import Apart
from greensupply.published import PublicTally
from greensupply.results_page import Definition, Results, goals
from greensupply.results_page.goals import CoursePlan, Goal
from greensupply.tally_plugin import counting, outcome_counting
from greensupply.tally_plugin.ahead import Ahead
from greensupply.tally_plugin.options import TallyConfig

BEFORE_MODULES, AFTER_I18N = 200, -200
KEPT = ".cache/greensupply"


_Texts = dict[tuple[str, str], str]
"""Place and language of a page -> its text."""
_Plants = tuple[Catalogue, outcome_counting.Said]
"""What is measured in plants, and what it came to."""


class TallyPlugin(BasePlugin[TallyConfig]):  # type: ignore[no-untyped-call]
    """Counts of completed modules and results in plants, protected, as pages, charts and files."""

    def __init__(self) -> None:
        self.results = Results()
        self.monitoring = Monitoring()
        self.publishes = False
        """Whether what is built counts as published."""
        self._library: Library | None = None
        self._stamp: object = None
        self._sources: dict[str, str] = {}
        """Source file of each page that we make -> its place below a language's home."""
        self._pages: dict[tuple[str, str], str] = {}
        self._downloads: dict[str, str] = {}
        self._store = Pack(None)
        self._plants_said = outcome_counting.Said()
        self._said = ""
        self._plants: Ahead[_Plants] = Ahead()
        self._people: Ahead[PublicTally] = Ahead()
        self._drawn: Apart[_Texts] | None = None

    def on_startup(self, *, command: str, dirty: bool) -> None:  # noqa: ARG002 - MkDocs passes arguments by name
        """A build publishes, and so does `gh-deploy`; a preview leaves the published state as it is."""
        self.publishes = command != "serve"

    @event_priority(BEFORE_MODULES)
    def _begin(self, config: MkDocsConfig) -> MkDocsConfig:
        """Begin to count, beside the reading of the modules; a preview does so afterwards, where nothing is new."""
        if self.publishes and self._stamp is None and not _greensupply(config).unchanged:
            records = self._records(config, Library({}, (), NO_SOURCES))
            modules_dir = Path(_greensupply(config).config.modules_dir)
            self._plants.begin(records, modules_dir, _plants)
            self._people.begin(records, modules_dir, counting.public)
        return config

    def _count(self, config: MkDocsConfig) -> MkDocsConfig:
        """Count and protect, once the modules are read; again only when something that counts has changed."""
        if _is_later(config) or _greensupply(config).unchanged:
            return config
        library = _greensupply(config).library
        root = _root(config)
        records = self._records(config, library)
        name = "results" if self.publishes else "preview-results"
        self._store = kept_pack.at(root / kept_pack.FOLDER, name) if records.kept else Pack(None)
        stamp = (records.as_of, records.stamp(), outcome_counting.stamp(records))
        if library is self._library and stamp == self._stamp:
            return config
        if self._plants.is_begun:  # what pages need of the hub's own files is made while that is counted
            _greensupply(config).assets.prepare()
            _greensupply(config).compiled.prepare(config.theme)
        read = _read(records, root, self._people, self._plants)
        titles = {
            locale: {name: module.text(locale, SOURCE).facts.title for name, module in library.modules.items()}
            for locale in LOCALES
        }
        self.results = Results(read.tally, read.goals, _definitions(tally.definitions()), titles, read.plan)
        counted = (*monitoring.metric_definitions(read.catalogue), *_definitions(outcomes.definitions()))
        self._plants_said = read.plants
        self.monitoring = Monitoring(read.plants.outcomes, self.results, read.catalogue, counted)
        self._library, self._stamp = library, stamp
        said = self.results, read.plants.text, read.catalogue, counted
        self._said = hashlib.sha256(repr(said).encode()).hexdigest()
        places = ("results", *monitoring.places(self.monitoring))
        self._sources = {page_uri(locale, place): place for locale in LOCALES for place in places}
        self._pages.clear()
        self._downloads = json.loads(self._store.text(("downloads", self._said), self._tables))
        self._make(config)
        return config

    on_config = CombinedEvent(_begin, _count)

    def _tables(self) -> str:
        """The files to take away by their names, as JSON."""
        return json.dumps({**results_page.downloads(self.results), **monitoring.downloads(self.monitoring)})

    def _records(self, config: MkDocsConfig, library: Library) -> counting.Records:
        return counting.Records(
            folder=Path(self.config.records_dir),
            state=self._state(),
            kept=_root(config) / KEPT if _greensupply(config).config.keeps() else None,
            library=library,
            as_of=self.config.as_of or _last_month_end(),
        )

    def _declare(self, files: Files, config: MkDocsConfig) -> None:
        for uri in self._sources:
            files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))

    @event_priority(AFTER_I18N)
    def _fill(self, files: Files, config: MkDocsConfig) -> None:
        for file in list(files):
            if place := self._sources.get(file.src_uri):
                files.remove(file)
                files.append(file)  # after the pages of the modules
                file.edit_uri = None  # it is made from records, which nobody edits
                if place not in RESULTS:
                    file.inclusion = InclusionLevel.NOT_IN_NAV  # the list of reports leads there
        for name, text in self._downloads.items():
            files.append(File.generated(config, f"{results_page.FOLDER}/{name}", content=text.encode()))

    on_files = CombinedEvent(_declare, _fill)

    def on_page_read_source(self, page: Page, config: MkDocsConfig) -> str | None:
        """The text of a page that we make, as late as that: it may be in the making still."""
        place = self._sources.get(page.file.src_uri)
        return self._text(place, config.theme["language"], config) if place else None

    @event_priority(AFTER_I18N)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """What was built is published: the next build starts from it. Written once, after the last language."""
        if _is_later(config) or _greensupply(config).unchanged:
            return
        self._keep(config)
        if self.publishes:
            counting.publish(self._state(), self.results.tally)
            outcome_counting.publish(Path(self.config.records_dir), self._plants_said)

    def on_serve(self, server: LiveReloadServer, config: MkDocsConfig, builder: Any) -> LiveReloadServer:  # noqa: ARG002
        """Rebuild when a record arrives."""
        if Path(self.config.records_dir).is_dir():
            server.watch(self.config.records_dir)
        return server

    def _make(self, config: MkDocsConfig) -> None:
        """Begin to make the pages that are not kept, of all languages, beside these.

        A preview makes them when they are read, as it must not split off processes while it serves.
        """
        places = dict.fromkeys(self._sources.values())
        missing = [place for place in places if not all(self._is_kept(place, locale, config) for locale in LOCALES)]
        if missing and self.publishes and processes.count() > 1:
            self._drawn = Apart(partial(self._texts, missing, config))

    def _texts(self, places: Iterable[str], config: MkDocsConfig) -> _Texts:
        return {(place, locale): self._text(place, locale, config) for place in places for locale in LOCALES}

    def _take(self) -> None:
        """Take the pages that were made beside."""
        drawn, self._drawn = self._drawn, None
        if drawn is not None:
            with contextlib.suppress(ChildProcessError):  # they are made here, then
                self._pages.update(drawn.result())

    def _keep(self, config: MkDocsConfig) -> None:
        for (place, locale), text in self._pages.items():
            self._store.text(self._key(place, locale, config), partial(str, text))
        self._store.save()

    def _is_kept(self, place: str, locale: str, config: MkDocsConfig) -> bool:
        found = self._store.find(self._key(place, locale, config))
        if found is not None:
            self._pages[place, locale] = found.decode()
        return found is not None

    def _text(self, place: str, locale: str, config: MkDocsConfig) -> str:
        if (place, locale) not in self._pages:
            self._take()
        if (place, locale) not in self._pages:
            site = Site(config.use_directory_urls, config.site_url or "")
            self._pages[place, locale] = (
                results_page.text(self.results, locale, site)
                if place == "results"
                else monitoring.text(self.monitoring, place, locale, site)
            )
        return self._pages[place, locale]

    def _key(self, place: str, locale: str, config: MkDocsConfig) -> object:
        return "results", self._said, place, locale, config.use_directory_urls, config.site_url

    def _state(self) -> Path:
        return Path(self.config.records_dir) / self.config.published


def _greensupply(config: MkDocsConfig) -> Any:
    """The plugin that reads the modules; its `library` holds them."""
    found = config.plugins.get("greensupply")
    if not isinstance(getattr(found, "library", None), Library):
        raise PluginError(
            "mkdocs.yml: the plugin `tally` needs `greensupply`, which reads the modules. Add it to `plugins`."
        )
    return found


def _root(config: MkDocsConfig) -> Path:
    return Path(config.config_file_path or ".").resolve().parent


def _is_later(config: MkDocsConfig) -> bool:
    """Whether this is a language after the first, of the same build."""
    return bool(getattr(config.plugins.get("i18n"), "building", False))


def _last_month_end() -> date:
    """The last day of the last month that has ended, in UTC; `SOURCE_DATE_EPOCH` stands for now if it is set."""
    now = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or time.time()), UTC)
    return now.date().replace(day=1) - timedelta(days=1)


def _definitions(found: Iterable[tally.Definition]) -> tuple[Definition, ...]:
    return tuple(Definition(each.id, each.code, each.name, each.text, each.unit) for each in found)


@dataclass
class _Read:
    """What the records say, as far as it may be published, and the programme's goals."""

    tally: PublicTally = field(default_factory=PublicTally)
    catalogue: Catalogue = field(default_factory=Catalogue)
    plants: outcome_counting.Said = field(default_factory=outcome_counting.Said)
    goals: tuple[Goal, ...] = ()
    plan: CoursePlan | None = None


def _read(records: counting.Records, root: Path, people: Ahead[PublicTally], plants: Ahead[_Plants]) -> _Read:
    """Everything that the pages show; or every problem, each once, with its path in the project.

    `people` and `plants` may be counted already.
    """
    problems: list[Problem] = []
    read = _Read()
    file = records.folder / counting.GOALS
    try:
        read.tally = people.result(records) or counting.public(records)
    except GreenSupplyError as error:
        problems += error.problems
    try:
        read.catalogue, read.plants = plants.result(records) or _plants(records)
    except GreenSupplyError as error:
        problems += error.problems
    try:
        read.goals, read.plan = goals.all_of(file, file.as_posix())
    except GreenSupplyError as error:
        problems += error.problems
    if problems:
        here = f"{root.as_posix()}/"
        told = sorted({replace(problem, path=problem.path.removeprefix(here)) for problem in problems})
        count = len(told)
        raise PluginError(f"{count} problem{'s' if count > 1 else ''} in the records:\n" + "\n".join(map(str, told)))
    return read


def _plants(records: counting.Records) -> _Plants:
    catalogue = metrics.read(records.folder)
    return catalogue, outcome_counting.public(records, catalogue)
