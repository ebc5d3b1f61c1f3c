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
    if "navigation.instant" in (config.theme.get("features") or []):
        wrong.append("mkdocs.yml: `navigation.instant` breaks the language switch. Take it out of `theme.features`.")
    if config.theme.name == "material" and config.theme.get("font") is not False:
        wrong.append(
            "mkdocs.yml: without `font: false` every page asks a third party for fonts. Write it under `theme`."
        )
    if config.repo_url:
        wrong.append(
            "mkdocs.yml: with `repo_url` pages may ask a code host for figures. Use `edit_uri` with a full address."
        )
    if wrong := [*wrong, *more]:
        raise PluginError("\n".join(wrong))
