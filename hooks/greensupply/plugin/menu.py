"""The list of pages, drawn once for each language instead of once for each of its pages.

A hub may have hundreds of modules, but a page lists no more than `MOST` of them, those around it; so its menu does not
grow with them. All of them are behind one link.
"""

from __future__ import annotations

import posixpath
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

from markupsafe import escape
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url, normalize_url

_BOUND, _ADDRESS = "\0", "\1"
MOST = 12
"""As many modules are listed on a page."""


@dataclass(frozen=True)
class _Menu:
    """Text and entries in turns, as the template drew them, and the addresses of the entries.

    Attributes:
        long: Folders of the modules of which a page lists only some, in order.
    """

    parts: list[str]
    urls: dict[str, int]
    parents: frozenset[str]
    long: dict[str, int]


class Menus:
    """The list of one language at a time; `partials/nav.html` draws it and asks for it.

    In what is drawn an entry stands between signs that no text holds, with its address before it, and a sign in the
    place of its address relative to the page.
    """

    def __init__(self) -> None:
        self._nav: Navigation | None = None
        self._menu = _Menu([], {}, frozenset(), {})
        self._kept: dict[str, list[str]] = {}

    def __repr__(self) -> str:
        """The same for any list: what it draws, the list tells."""
        return "Menus()"

    def knows(self, nav: Navigation) -> bool:
        """Whether this list was drawn."""
        return nav is self._nav

    def lists(self, url: str) -> bool:
        """Whether the list that was drawn has a page at an address, which a page shows or leaves out."""
        return url in self._menu.urls

    def is_long(self, section: Any, modules: Container[str]) -> bool:
        """Whether a section of the list has more modules than a page lists."""
        return len(_listed(section, modules)) > MOST

    def learn(self, nav: Navigation, drawn: str, modules: Container[str]) -> str:
        """Take what was drawn, in which `modules` are the addresses of modules; says nothing."""
        parts = ["" if part.isspace() else part for part in drawn.split(_BOUND)]
        urls = {url: place for place, url in enumerate(parts) if place % 3 == 1}
        parents = {"/".join(url.split("/")[:depth]) + "/" for url in urls for depth in range(url.count("/"))}
        long = next((section for section in nav.items if self.is_long(section, modules)), None)
        folders = {posixpath.dirname(url): urls[url] for url in _listed(long, modules)}
        self._nav, self._menu, self._kept = nav, _Menu(parts, urls, frozenset(parents | {"", "./"}), folders), {}
        return ""

    def of(self, page: Page, entry: Any) -> str:
        """The list on a page, whose own entry is `entry`; `partials/nav-item.html` says how it looks."""
        place = self._menu.urls.get(page.url)
        hidden = self._hidden(page.url)
        if place is None or page.url in self._menu.parents:  # what is below a page is seen from no other page like this
            parts = self._drawn(page, frozenset(hidden))
        else:
            folder = posixpath.dirname(page.url.rstrip("/"))
            if folder not in self._kept:
                self._kept[folder] = self._drawn(page)
                self._kept[folder][place] = self._entry(place, get_relative_url(page.url, _beside(page.url)))
            parts = list(self._kept[folder])
        if place is not None:
            parts[place] = str(entry)
        for other in hidden:
            parts[other] = ""
        return "".join(parts)

    def _hidden(self, url: str) -> list[int]:
        """Places of the modules that a page does not list, being far from it or from the module it belongs to."""
        folders, places = list(self._menu.long), list(self._menu.long.values())
        folder = posixpath.dirname(url)
        here = next((place for place in (folder, posixpath.dirname(folder)) if place in self._menu.long), None)
        middle = folders.index(here) if here else 0
        start = max(0, min(middle - MOST // 2, len(places) - MOST))
        return [*places[:start], *places[start + MOST :]]

    def _drawn(self, page: Page, hidden: frozenset[int] = frozenset()) -> list[str]:
        parts = list(self._menu.parts)
        for url, place in self._menu.urls.items():
            entry = "" if place in hidden else self._entry(place, normalize_url(url, page))
            parts[place], parts[place + 1] = entry, ""
        return parts

    def _entry(self, place: int, address: str) -> str:
        return self._menu.parts[place + 1].replace(_ADDRESS, escape(address), 1)


def _listed(section: Any, modules: Container[str]) -> list[str]:
    """Addresses of the modules right below an entry of the list."""
    return [child.url for child in getattr(section, "children", None) or () if child.is_page and child.url in modules]


def _beside(url: str) -> str:
    """Address of another page in the same folder."""
    return f"{posixpath.dirname(url.rstrip('/'))}/-/".removeprefix("/") if url.endswith("/") else url
