"""The list of pages, drawn once for each language instead of once for each of its pages."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from typing import Any

from markupsafe import escape
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url, normalize_url

_BOUND, _ADDRESS = "\0", "\1"


@dataclass(frozen=True)
class _Menu:
    """Text and entries in turns, as the template drew them, and the addresses of the entries."""

    parts: list[str]
    urls: dict[str, int]
    parents: frozenset[str]


class Menus:
    """The list of one language at a time; `partials/nav.html` draws it and asks for it.

    In what is drawn an entry stands between signs that no text holds, with its address before it, and a sign in the
    place of its address relative to the page.
    """

    def __init__(self) -> None:
        self._nav: Navigation | None = None
        self._menu = _Menu([], {}, frozenset())
        self._kept: dict[str, list[str]] = {}

    def knows(self, nav: Navigation) -> bool:
        """Whether this list was drawn."""
        return nav is self._nav

    def learn(self, nav: Navigation, drawn: str) -> str:
        """Take what was drawn; says nothing."""
        parts = drawn.split(_BOUND)
        urls = {url: place for place, url in enumerate(parts) if place % 3 == 1}
        parents = {"/".join(url.split("/")[:depth]) + "/" for url in urls for depth in range(url.count("/"))}
        self._nav, self._menu, self._kept = nav, _Menu(parts, urls, frozenset(parents | {"", "./"})), {}
        return ""

    def of(self, page: Page, entry: Any) -> str:
        """The list on a page, whose own entry is `entry`; `partials/nav-item.html` says how it looks."""
        place = self._menu.urls.get(page.url)
        if place is None or page.url in self._menu.parents:  # what is below a page is seen from no other page like this
            parts = self._drawn(page)
        else:
            folder = posixpath.dirname(page.url.rstrip("/"))
            if folder not in self._kept:
                self._kept[folder] = self._drawn(page)
                self._kept[folder][place] = self._entry(place, get_relative_url(page.url, _beside(page.url)))
            parts = list(self._kept[folder])
        if place is not None:
            parts[place] = str(entry)
        return "".join(parts)

    def _drawn(self, page: Page) -> list[str]:
        parts = list(self._menu.parts)
        for url, place in self._menu.urls.items():
            parts[place], parts[place + 1] = self._entry(place, normalize_url(url, page)), ""
        return parts

    def _entry(self, place: int, address: str) -> str:
        return self._menu.parts[place + 1].replace(_ADDRESS, escape(address), 1)


def _beside(url: str) -> str:
    """Address of another page in the same folder."""
    return f"{posixpath.dirname(url.rstrip('/'))}/-/".removeprefix("/") if url.endswith("/") else url
