"""What is written once, after the last language: the site map, what works without network, and the kits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from mkdocs.config.defaults import MkDocsConfig

from greensupply.plugin import kit_files, offline, site_map
from greensupply.plugin.assets import ASSETS
from greensupply.sitemap import Entry

if TYPE_CHECKING:
    from greensupply.plugin import GreenSupplyPlugin


def publish(plugin: GreenSupplyPlugin, config: MkDocsConfig, mapped: Mapping[str, Sequence[Entry]]) -> None:
    """Write all of it; `mapped` are the pages of each language."""
    site_map.publish(config, mapped)
    style, script = (f"{ASSETS}/{plugin.assets.bundles.marks[name]}" for name in ("site.css", "early.js"))
    offline.publish(config, style, script, plugin.reading.addresses)
    kit_files.publish(config, plugin.library, plugin.site, wanted=plugin.config.kits)
