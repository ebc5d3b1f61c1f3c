"""What the theme's templates show of the hub, on every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from greensupply import cards, components, locales
from greensupply.addresses import Site, course_place
from greensupply.locales import LANGUAGE_TAGS, LOCALES, NAMES, SOURCE
from greensupply.model import Library
from greensupply.offline import contents

WORDED = ("learning-status",)
"""Components that every page may hold and that read their words from `#gs-words`."""


def shown(library: Library, site: Site, locale: str, alternates: Mapping[str, str], url: str = "404") -> dict[str, Any]:
    """Values for the templates.

    Arguments:
        library: The modules and pathways.
        site: How addresses are written.
        locale: The language of the page.
        alternates: Address of the same page in each language, as far as it exists.
        url: Address of the page from the site's root.
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
        "nav_modules": {
            site.page(locale, f"modules/{name}"): {"id": name, "revision": module.facts.revision}
            for name, module in library.modules.items()
        },
        "site_words": {tag: components.words(tag, locale) for tag in WORDED},
        "foot_parts": [Markup(part) for part in _foot_parts(site, locale, url)],  # noqa: S704 - the same
        "site_parts": [Markup(part) for part in _parts(site, locale, url)],  # noqa: S704 - escaped by the components
        "courses": [
            {
                "title": course.title[locale],
                "summary": course.summary[locale],
                "url": site.page(locale, course_place(course.id)),
            }
            for course in library.courses
        ],
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


def _parts(site: Site, locale: str, url: str) -> Iterator[str]:
    """Components that stand below the header of a page."""
    if url == site.page(SOURCE, ""):
        others = [
            {
                "locale": other,
                "lang": LANGUAGE_TAGS[other],
                "url": site.link(url, site.page(other, "")),
                "words": components.data("language-offer", "words.yml")[other],
            }
            for other in LOCALES
            if other != locale
        ]
        yield components.render("language-offer", others=others)


def _foot_parts(site: Site, locale: str, url: str) -> Iterator[str]:
    """Components that stand in the footer of a page."""
    say = components.words("offline-notice", locale)
    yield components.render("offline-notice", words=say, locale=locale, worker=site.link(url, contents.WORKER))
