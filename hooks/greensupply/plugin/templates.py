"""What the theme's templates show of the hub, on every page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from greensupply import cards, locales
from greensupply.addresses import Site
from greensupply.locales import LANGUAGE_TAGS, LOCALES, NAMES
from greensupply.model import Library


def shown(library: Library, site: Site, locale: str, alternates: Mapping[str, str]) -> dict[str, Any]:
    """Values for the templates.

    Arguments:
        library: The modules and pathways.
        site: How addresses are written.
        locale: The language of the page.
        alternates: Address of the same page in each language, as far as it exists.
    """

    def address(other: str) -> str:
        return alternates.get(other, site.page(other, "")).removeprefix("./")

    return {
        "locale": locale,
        "lang": LANGUAGE_TAGS[locale],
        "langs": LANGUAGE_TAGS,
        "words": locales.words(locale),
        "all": {other: locales.words(other) for other in LOCALES},
        "modules": [cards.module_card(library, name, locale, site) for name in library.modules],
        "pathways": [cards.pathway_card(library, way, locale, site) for way in library.pathways],
        "alternates": [
            {
                "locale": other,
                "lang": LANGUAGE_TAGS[other],
                "name": NAMES[other],
                "url": address(other),
                "current": other == locale,
            }
            for other in LOCALES
        ],
    }
