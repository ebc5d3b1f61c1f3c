"""What the theme's templates show of the hub, on every page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from greensupply import cards, components, locales, made_pages
from greensupply.addresses import Site, course_place, page_uri
from greensupply.locales import LANGUAGE_TAGS, LOCALES, NAMES, SOURCE
from greensupply.made_pages import MadePage
from greensupply.model import Library
from greensupply.offline import contents
from greensupply.plugin.menu import Menus

WORDED = ("learning-status",)
"""Components that every page may hold and that read their words from `#gs-words`."""


def shown(
    everywhere: Mapping[str, Any], site: Site, locale: str, alternates: Mapping[str, str], url: str = "404"
) -> dict[str, Any]:
    """Values for the templates.

    Arguments:
        everywhere: What all pages of the language show, from `Everywhere`.
        site: How addresses are written.
        locale: The language of the page.
        alternates: Address of the same page in each language, as far as it exists.
        url: Address of the page from the site's root.
    """

    def address(other: str) -> str:
        return alternates.get(other, site.page(other, "")).removeprefix("./")

    return {
        **everywhere,
        "foot_parts": [Markup(part) for part in _foot_parts(site, locale, url)],  # noqa: S704 - the same
        "site_parts": [Markup(part) for part in _parts(site, locale, url)],  # noqa: S704 - escaped by the components
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


class Everywhere:
    """What all pages of a language show, made once for each library that was read."""

    def __init__(self) -> None:
        self._library: Library | None = None
        self._of: dict[str, dict[str, Any]] = {}
        self._sources: Mapping[str, MadePage] = {}

    def of(self, library: Library, site: Site, locale: str) -> dict[str, Any]:
        """Values for `shown`."""
        self._renew(library)
        if locale not in self._of:
            self._of[locale] = {**_of_language(library, site, locale), "menus": Menus()}
        return self._of[locale]

    def sources(self, library: Library) -> Mapping[str, MadePage]:
        """Source file of each page that we make -> what it shows."""
        self._renew(library)
        return self._sources

    def follow(self, library: Library) -> None:
        """Take a library in which nothing has changed that all pages show."""
        self._library = library

    def _renew(self, library: Library) -> None:
        if library is not self._library:
            pages = made_pages.pages(library)
            self._sources = {page_uri(locale, place): page for locale in LOCALES for place, page in pages.items()}
            self._library, self._of = library, {}
            _offline_notice.cache_clear()


def _of_language(library: Library, site: Site, locale: str) -> dict[str, Any]:
    """Values that are the same on every page of a language."""
    return {
        "locale": locale,
        "lang": LANGUAGE_TAGS[locale],
        "langs": LANGUAGE_TAGS,
        "words": locales.words(locale),
        "all": {other: locales.words(other) for other in LOCALES},
        "home": site.page(locale, ""),
        "modules": [cards.module_card(library, name, locale, site) for name in library.modules],
        "nav_modules": {
            site.page(locale, f"modules/{name}"): {"id": name, "revision": module.facts.revision}
            for name, module in library.modules.items()
        },
        "site_words": {tag: components.words(tag, locale) for tag in WORDED},
        "courses": [
            {
                "title": course.title[locale],
                "summary": course.summary[locale],
                "url": site.page(locale, course_place(course.id)),
            }
            for course in library.courses
        ],
        "pathways": [cards.pathway_card(library, way, locale, site) for way in library.pathways],
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
    yield _offline_notice(locale, site.link(url, contents.WORKER))


@lru_cache
def _offline_notice(locale: str, worker: str) -> str:
    """The same on all pages of one depth."""
    return components.render(
        "offline-notice", words=components.words("offline-notice", locale), locale=locale, worker=worker
    )
