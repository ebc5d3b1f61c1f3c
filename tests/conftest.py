"""Builders for tests: a real hub from a few texts, built by MkDocs as authors build it."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

sys.path.insert(0, str(Path(__file__).parent))

from builders import project, write

ROOT = Path(__file__).parent.parent


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


@pytest.fixture
def build_site(tmp_path: Path) -> BuildSite:
    """Build the smallest hub with the given files laid over it; settings change `mkdocs.yml`."""

    def run(files: Mapping[str, str | bytes | None] | None = None, **settings: object) -> Site:
        write(tmp_path, {**project(), **(files or {})})
        config_file = tmp_path / "mkdocs.yml"
        config_file.write_text(configuration(tmp_path, **settings), encoding="utf-8")
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
        return Site(tmp_path / "site", tuple(messages.records))

    return run


def configuration(folder: Path, **settings: object) -> str:
    """The project's own `mkdocs.yml`, for another folder."""
    loader = yaml.SafeLoader
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    values = yaml.load(text, Loader=_with_mkdocs_tags(loader))
    values.update(site_url="https://hub.example/", docs_dir=str(folder / "content"), site_dir=str(folder / "site"))
    values["edit_uri"] = "https://code.example/edit/main/content/"
    values["theme"]["custom_dir"] = str(ROOT / "hooks/greensupply/theme")
    values["plugins"] = [
        {"greensupply": {"modules_dir": str(folder / "modules")}} if name == "greensupply" else name
        for name in values["plugins"]
    ]
    values["markdown_extensions"] = [
        {"toc": {"permalink": True, "slugify": _Slugify()}} if isinstance(name, dict) and "toc" in name else name
        for name in values["markdown_extensions"]
    ]
    values.update(settings)
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True)


class _Slugify:
    """Stands for `!!python/name:markdown.extensions.toc.slugify_unicode`."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    _Slugify,
    lambda dumper, _: dumper.represent_scalar(
        "tag:yaml.org,2002:python/name:markdown.extensions.toc.slugify_unicode", ""
    ),
)


def _with_mkdocs_tags(base: type[yaml.SafeLoader]) -> type[yaml.SafeLoader]:
    class Loader(base):  # type: ignore[misc,valid-type]
        pass

    Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda *_: "slugify")
    Loader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[-1])
    return Loader


class _Messages(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record.getMessage())
