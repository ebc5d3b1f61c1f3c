"""The modules, read for a build; every problem stops it."""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from greensupply import library
from greensupply.model import Library
from greensupply.plugin import offline, preview
from greensupply.plugin.options import GreenSupplyConfig


def library_of(ours: GreenSupplyConfig, config: MkDocsConfig) -> Library:
    """Return the modules that this build shows.

    Raises:
        PluginError: With every problem of the content.
    """
    modules = offline.pack(config, "modules")
    found = library.examine(Path(ours.modules_dir), Path(config.docs_dir), store=modules)
    modules.save()
    if found.library is None:
        count = len(found.problems)
        told = "\n".join(map(str, found.problems))
        raise PluginError(f"{count} problem{'s' if count > 1 else ''} in the content:\n{told}")
    return preview.shown(found.library, found.warnings, config)
