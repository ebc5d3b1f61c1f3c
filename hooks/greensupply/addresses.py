"""Where a page lies: as a source file for the generator, and as an address in the built site."""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from functools import cache

from greensupply import prose
from greensupply.locales import LOCALES, SOURCE

CALCULATORS = ("stream-map", "activity-costing", "aspect-register")
"""Components that a worksheet can lead to, each on a page of its own below `tools/`."""
OWN_PAGES = (
    "my-learning",
    "certificate",
    "verify",
    "glossary",
    "tools-library",
    "invite-suppliers",
    "recognition",
    "lms",
    "author-guide",
    "translation-status",
)
"""Pages that the hub has by itself, whatever its modules are."""
RESULTS = ("results", "results/penetration", "results/environment", "results/quarters")
"""Pages of the programme's figures: training, technical assistance, environment, and the list of quarterly reports."""
DOWNLOADS = "packages"
"""Folder of the files for learning management systems, from the site's root."""


@dataclass(frozen=True)
class Site:
    """How the site writes addresses.

    Attributes:
        directory_urls: `modules/ems/` instead of `modules/ems/index.html`.
        url: Address of the site's root with a slash at its end, or empty where it is not known.
    """

    directory_urls: bool = True
    url: str = ""

    def page(self, locale: str, place: str) -> str:
        """Address of a page from the site's root: `page("es", "modules/ems")` is `es/modules/ems/`."""
        home = "" if locale == SOURCE else f"{locale}/"
        address = f"{home}{place}/" if place else home
        return address if self.directory_urls else f"{address}index.html"

    def link(self, start: str, goal: str) -> str:
        """Relative address from the page at `start` to `goal`, both from the site's root."""
        goal, _, anchor = goal.partition("#")
        here, there = start.split("/")[:-1], [part for part in goal.split("/") if part not in ("", ".")]
        shared = 0
        for one, other in zip(here, there, strict=False):
            if one != other:
                break
            shared += 1
        relative = "/".join([".."] * (len(here) - shared) + there[shared:]) or "."
        if goal.endswith("/") or not goal:
            relative += "/"
        return relative + (f"#{anchor}" if anchor else "")


def page_uri(locale: str, place: str) -> str:
    """Source file of a page that we make, as the generator knows it."""
    return f"{locale}/{place}/index.md"


def module_uri(locale: str, identifier: str) -> str:
    """Source file of a module's page, as the generator knows it."""
    return page_uri(locale, f"modules/{identifier}")


def facilitator_place(identifier: str) -> str:
    """Place of the page for those who teach a module, below a language's home."""
    return f"modules/{identifier}/facilitator"


def course_place(identifier: str) -> str:
    """Place of a course's page, below a language's home."""
    return f"courses/{identifier}"


def pathway_uri(locale: str, identifier: str) -> str:
    """Source file of a pathway's page, as the generator knows it."""
    return f"{locale}/pathways/{identifier}/index.md"


@cache
def hub_uris(locale: str) -> frozenset[str]:
    """Source files of the pages that authors may link to although they have no file."""
    places = (*OWN_PAGES, *(f"tools/{tag}" for tag in CALCULATORS))
    return frozenset(page_uri(locale, place) for place in (*RESULTS, *places))


def for_generator(target: str, path: str, uri: str) -> str:
    """A link target that an author wrote, as the generator knows it.

    Arguments:
        target: As written, relative to the author's file, such as `../ems/es.md#audit`; a code host follows it.
        path: The author's file in the project, such as `modules/rinsing/es.md`.
        uri: The page made from it, such as `es/modules/rinsing/index.md`.
    """
    goal, anchor = _goal(target, path)
    if not goal:
        return target
    if found := re.fullmatch(r"modules/([^/]+)/(\w+)\.md", goal):
        goal = module_uri(found[2], found[1])
    elif goal.startswith("content/"):
        goal = goal.removeprefix("content/")
    return posixpath.relpath(goal, posixpath.dirname(uri)) + anchor


def for_browser(target: str, path: str, locale: str, site: Site, here: str) -> str:
    """A link target that an author wrote, as an address relative to the page at `here`."""
    goal, anchor = _goal(target, path)
    if not goal:
        return target
    if found := re.fullmatch(r"modules/([^/]+)/\w+\.md", goal):
        goal = site.page(locale, f"modules/{found[1]}")
    elif found := re.fullmatch(r"content/\w+/(.+)\.md", goal):
        goal = site.page(locale, found[1].removesuffix("index").rstrip("/"))
    return site.link(here, goal) + anchor


def from_page(address: str, place: str, locale: str, site: Site) -> str:
    """Where a relative address on a page that we make leads, from the site's root, with its anchor.

    The generator's sources, such as `../ems/index.md`, stand for the pages made of them.

    Arguments:
        address: As the page's Markdown or HTML says it.
        place: Address of the page below a language's home, such as `modules/ems`.
        locale: Language of the page.
        site: How the site writes addresses.
    """
    bare, mark, anchor = address.partition("#")
    if not bare.endswith(".md"):
        goal = posixpath.normpath(posixpath.join(posixpath.dirname(site.page(locale, place)), bare))
        return ("" if goal == "." else goal) + ("/" if bare.endswith("/") and goal != "." else "") + mark + anchor
    uri = posixpath.normpath(posixpath.join(posixpath.dirname(page_uri(locale, place)), bare))
    first, _, rest = uri.removesuffix(".md").partition("/")
    locale, rest = (first, rest) if first in LOCALES else (SOURCE, uri.removesuffix(".md"))
    return site.page(locale, rest.removesuffix("index").rstrip("/")) + mark + anchor


def _goal(target: str, path: str) -> tuple[str, str]:
    """The file that a target names, from the project's folder, and its anchor; empty for what is not a file."""
    relative, mark, anchor = target.partition("#")
    if prose.scheme(target) or not relative:
        return "", ""
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), relative)), mark + anchor
