"""What the theme's templates show of the hub, as `gs`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from markupsafe import Markup
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from greensupply import cards
from greensupply.plugin import offline, presenting, search, templates
from greensupply.plugin.assets import ASSETS

if TYPE_CHECKING:
    from greensupply.plugin import GreenSupplyPlugin


def on_page(plugin: GreenSupplyPlugin, page: Page, config: MkDocsConfig) -> dict[str, Any]:
    """Values for a page."""
    locale, site, bundles = config.theme["language"], plugin.site, plugin.assets.bundles
    made = plugin.sources().get(page.file.src_uri)
    alternates = {loc: file.url for loc, file in getattr(page.file, "alternates", {}).items()}
    module = made.identifier if made and made.kind == "module" else ""
    preview = offline.is_preview(config)
    presenter = presenting.element(made, locale, page.url, site, bundles.marks) if made else ""
    return {
        **templates.shown(plugin.everywhere(locale), site, locale, alternates, page.url),
        "assets": {name: f"{ASSETS}/{mark}" for name, mark in bundles.marks.items()},
        "needed": [f"{ASSETS}/{mark}" for mark in bundles.needed((page.content or "") + presenter)],
        "presenter": Markup(presenter),  # noqa: S704 - escaped by the component
        "search": search.dialog(locale, page.url, site, bundles.marks, preview=preview),
        "manifest": not preview,
        "preview": preview,
        "has_quiz": bool(module),
        "lrs_origins": plugin.handover.origins if module else (),
        "json_ld": cards.structured_data(plugin.library, module, locale, site) if module else "",
    }


def on_template(plugin: GreenSupplyPlugin, config: MkDocsConfig) -> dict[str, Any]:
    """Values for a template without a page: 404.html."""
    locale = config.theme["language"]
    return {
        **templates.shown(plugin.everywhere(locale), plugin.site, locale, {}),
        "assets": {name: f"{ASSETS}/{mark}" for name, mark in plugin.assets.bundles.marks.items()},
        "needed": [],
        "has_quiz": False,
        "json_ld": "",
    }
