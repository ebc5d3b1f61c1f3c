"""A preview as `mkdocs serve` runs it, without its socket: the test says when a save was seen."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from builders import write
from greensupply.plugin import quick
from greensupply.plugin.options import NO_CACHE
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.livereload import LiveReloadServer

ADDRESS = "http://127.0.0.1:8000/"


class Preview:
    """A hub that is served from `folder`; `builds` counts the whole builds."""

    def __init__(self, folder: Path, site: Path) -> None:
        self.folder, self.site = folder, site
        self.builds = 0
        self.first = config = self._config(site)  # MkDocs holds it too
        config.plugins.on_startup(command="serve", dirty=False)
        self.server = LiveReloadServer(builder=self._build, host="127.0.0.1", port=8000, root=str(site))
        self._build(config)
        self.server.watch(config.docs_dir)
        self.server = config.plugins.on_serve(self.server, config=config, builder=self._build)

    @property
    def saves(self) -> Any:
        """What stands between the server and its builds; None in a plain preview."""
        saves = getattr(self.server.builder, "__self__", None)
        return None if saves is self else saves

    @property
    def plugin(self) -> Any:
        """The plugin that made the pages."""
        return self.saves._passes.plugin

    def save(self, files: dict[str, str], *, behind: bool = True) -> int:
        """Save files and let the server see it; the number of whole builds that it took."""
        before = self.builds
        for name, text in files.items():  # as many editors save: a new file in the place of the old one
            draft = self.folder / "draft"
            draft.write_text(text, encoding="utf-8")
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.replace(target)
        self.server.builder()
        if behind and self.saves:
            assert self.saves.followers.settled(60)
        return self.builds - before

    def files(self) -> dict[str, bytes]:
        """The whole site."""
        return contents(self.site)

    def whole(self) -> dict[str, bytes]:
        """The site that a whole build makes of the same sources."""
        with tempfile.TemporaryDirectory() as site, pytest.MonkeyPatch.context() as patch:
            patch.setenv(quick.PLAIN, "1")
            patch.setenv(NO_CACHE, "1")
            config = self._config(Path(site))
            config.plugins.on_startup(command="serve", dirty=False)
            build(config, serve_url=ADDRESS)
            return contents(Path(site))

    def _config(self, site: Path) -> MkDocsConfig:
        config = load_config(str(self.folder / "mkdocs.yml"), site_dir=str(site))
        config.site_url = ADDRESS
        return config

    def _build(self, config: MkDocsConfig | None = None) -> None:
        self.builds += 1
        build(config or self._config(self.site), serve_url=ADDRESS)


@contextmanager
def served(folder: Path, files: dict[str, str], settings: str, site: str = "served") -> Iterator[Preview]:
    """Serve a hub of these files; `settings` is the text of mkdocs.yml, `site` the name of the site's folder."""
    write(folder, files)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    preview = Preview(folder, folder / site)
    try:
        yield preview
    finally:
        preview.server.server_close()


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path."""
    return {str(file.relative_to(folder)): file.read_bytes() for file in sorted(folder.rglob("*")) if file.is_file()}


def different(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """The files that are not the same in both."""
    return sorted(name for name in {**one, **other} if one.get(name) != other.get(name))
