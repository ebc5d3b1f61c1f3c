"""Settings of `mkdocs.yml` that would undo the promises of the site. Source: QUALITY, baseline and threats."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

REFUSED_EXTENSIONS: Mapping[str, str] = {
    "pymdownx.snippets": "it drops what it cannot find in silence, and reads files from outside the module",
    "attr_list": "it lets content set any attribute, handlers included",
    "pymdownx.blocks.html": "it lets content write any tag",
}
REFUSED_PLUGINS: Mapping[str, str] = {
    "macros": "it runs code from content",
    "include-markdown": "it reads files from outside the module",
}


def refuse_unsafe(config: MkDocsConfig, more: Iterable[str]) -> None:
    """Stop the build with every setting that is refused, and with `more` problems found elsewhere."""
    wrong = [
        f"mkdocs.yml: the Markdown extension `{name}` is not allowed: {why}. Take it out."
        for name, why in REFUSED_EXTENSIONS.items()
        if name in config.markdown_extensions
    ]
    wrong += [
        f"mkdocs.yml: the plugin `{name}` is not allowed: {why}. Take it out."
        for name, why in REFUSED_PLUGINS.items()
        if name in config.plugins
    ]
    if wrong := [*wrong, *more]:
        raise PluginError("\n".join(wrong))
