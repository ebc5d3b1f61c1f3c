"""Builders for tests: a real hub from a few texts, built by MkDocs as authors build it."""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from greensupply.plugin.options import NO_CACHE
from hypothesis import HealthCheck, settings
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

sys.path.insert(0, str(Path(__file__).parent))

from builders import configuration, project, write
from record_store import Ralph, running
from theme_once import made_once

settings.register_profile("hub", deadline=None, suppress_health_check=[HealthCheck.too_slow])  # times are no tests
settings.load_profile("hub")


@dataclass(frozen=True)
class Site:
    """A built site."""

    folder: Path
    warnings: tuple[str, ...]

    def html(self, place: str) -> str:
        """A page by its folder: `es/modules/rinsing`."""
        return (self.folder / place / "index.html").read_text(encoding="utf-8")

    def text(self, name: str) -> str:
        """Any file."""
        return (self.folder / name).read_text(encoding="utf-8")


BuildSite = Callable[..., Site]
CACHE = ".cache"
"""Where a hub's builds keep what the next one may use."""


@pytest.fixture(scope="session", autouse=True)
def theme_made_once() -> Iterator[None]:
    """Builds of this process share what depends on nothing but the theme."""
    with made_once():
        yield


@pytest.fixture(scope="session")
def kept_before(tmp_path_factory: pytest.TempPathFactory, theme_made_once: None) -> Path | None:
    """What a build of the smallest hub kept: half of a small build goes into pages that no text of a test changes.

    Whatever is kept, the site is the same (`test_kept_site`, which itself begins with nothing kept).
    """
    folder = tmp_path_factory.mktemp("kept_before")
    _build(folder, project())
    return folder / CACHE


@pytest.fixture
def build_site(tmp_path: Path, kept_before: Path | None) -> BuildSite:
    """Build the smallest hub with the given files laid over it; settings change `mkdocs.yml`."""

    def run(files: Mapping[str, str | bytes | None] | None = None, **settings: object) -> Site:
        if kept_before and NO_CACHE not in os.environ and not (tmp_path / CACHE).exists():
            shutil.copytree(kept_before, tmp_path / CACHE)
        return _build(tmp_path, {**project(), **(files or {})}, **settings)

    return run


def _build(folder: Path, files: Mapping[str, str | bytes | None], **settings: object) -> Site:
    write(folder, files)
    config_file = folder / "mkdocs.yml"
    config_file.write_text(configuration(folder, **settings), encoding="utf-8")
    messages = _Messages()
    logging.getLogger("mkdocs").addHandler(messages)
    try:
        config = load_config(str(config_file))
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except Abort as error:
        raise AssertionError(f"the build stopped: {messages.records} {error}") from error
    finally:
        logging.getLogger("mkdocs").removeHandler(messages)
    return Site(folder / "site", tuple(messages.records))


class _Messages(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record.getMessage())


@pytest.fixture(scope="session")
def ralph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ralph]:
    """An independent record store (xAPI LRS), the only one of this process: whoever uses it empties it."""
    with running(tmp_path_factory.mktemp("lrs") / "ralph") as store:
        yield store
