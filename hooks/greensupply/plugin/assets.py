"""The files that pages load, as MkDocs takes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File

from greensupply import author_guide, components, identity
from greensupply.components import bundles
from greensupply.kept_pack import Pack
from greensupply.model import Library

PACKAGE = Path(__file__).parent.parent
THEME = PACKAGE / "theme"
THEME_ASSETS = PACKAGE / "theme-assets"
ASSETS = "assets/greensupply"


class Assets:
    """Styles, scripts and pictures of the theme and the components, read once for each build."""

    def __init__(self, store: Pack | None = None) -> None:
        self._store = store or Pack(None)

    @cached_property
    def bundles(self) -> bundles.Bundles:
        """Styles and scripts, put together."""
        return bundled(self._store)

    def prepare(self) -> None:
        """Put styles and scripts together, unless they are."""
        _ = self.bundles

    def files(self, config: MkDocsConfig, library: Library) -> Iterator[File]:
        """Everything that lies in the site beside the pages."""
        for uri, path in {**library.assets, **author_guide.assets()}.items():
            yield File.generated(config, uri, abs_src_path=path)
        for name, text in self.bundles.texts.items():
            yield File.generated(config, f"{ASSETS}/{name}", content=text)
        for file in sorted(THEME_ASSETS.iterdir()):
            if file.suffix not in {".css", ".js"}:
                yield File.generated(config, f"{ASSETS}/{file.name}", abs_src_path=str(file))


def bundled(store: Pack) -> bundles.Bundles:
    """Styles and scripts, put together, unless none of their files was touched since that was kept in `store`."""
    folders = components.FOLDER, THEME_ASSETS
    try:
        states = [identity.program(folder) for folder in folders]
    except identity.StrangeError:
        return bundles.make(*folders)
    return bundles.Bundles(
        json.loads(store.text(("bundles", states), lambda: json.dumps(bundles.make(*folders).texts)))
    )
