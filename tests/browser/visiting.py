"""A visitor's browser and the hub that it opens."""

from __future__ import annotations

import http.server
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import looks
from builders import EVERYTHING
from greensupply import components
from playwright.sync_api import BrowserContext, Frame, Page

ROOT = Path(__file__).parent.parent.parent
PREFIX = "/hub/"
SOURCES = f"{PREFIX}sources/"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
DRAWN = """() => Promise.race([
  new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))),
  new Promise(done => setTimeout(done, 5000))
])"""
"""Wait until the page is drawn as it is now: two frames. A browser that draws none would be waited for without end."""
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
LOCALES = ("en", "es", "fr")
HOMES = {"en": "", "es": "es/", "fr": "fr/"}
SCHEMES = ("light", "dark")
ALIKE = ("modules/[^/]+/facilitator/", "results/quarters/[^/]+/")
"""Pages of which one in each language shows how all of them look."""
WIDTHS = (1280, 320)
LOOKS = [
    (locale, scheme, width)
    for one, locale in enumerate(LOCALES)
    for two, scheme in enumerate(SCHEMES)
    for three, width in enumerate(WIDTHS)
    if EVERYTHING or (one + two + three) % 2 == 0
]
"""Each two of language, scheme and width together; before a release, all three."""
IN_SCHEMES = [
    (locale, scheme) for scheme in SCHEMES for locale in LOCALES if EVERYTHING or scheme == "light" or locale == "fr"
]
"""Each language in light, and the one with the longest words in dark, where nothing but colours is looked at."""


def coloured(locale: str, scheme: str) -> bool:
    """Is contrast looked at in this one of `IN_SCHEMES`? In each scheme once, as no language changes it."""
    return EVERYTHING or scheme == "dark" or locale == LOCALES[0]


def coloured_at(width: int, scheme: str) -> bool:
    """Is contrast looked at in this one of `WIDTHS`? In each scheme once, as no width changes it."""
    return EVERYTHING or (width == WIDTHS[1]) == (scheme == "dark")


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site below `PREFIX` only, and its own 404 page."""

    def translate_path(self, path: str) -> str:
        bare = urlsplit(path).path
        if bare.startswith(SOURCES):  # the scripts one by one, for tests of what they export
            return str(components.FOLDER / bare[len(SOURCES) :])
        return (
            super().translate_path(path[len(PREFIX) - 1 :]) if bare.startswith(PREFIX) else str(ROOT / "no-such-file")
        )

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Hub:
    """The built hub and where it is served."""

    folder: Path
    url: str

    def pages(self) -> list[str]:
        """Every page, by its address from the site's root: `es/modules/p2-into-lean/`."""
        found = sorted(file.parent.relative_to(self.folder).as_posix() for file in self.folder.rglob("index.html"))
        return ["" if place == "." else f"{place}/" for place in found]

    def modules(self, locale: str) -> list[str]:
        """Module pages of a language; the facilitator's stand below them."""
        return [place for place in self.pages() if re.fullmatch(f"{HOMES[locale]}modules/[^/]+/", place)]

    def turn(self, locale: str, shift: int = 0) -> list[str]:
        """Module pages that are looked at in a language: a third of them, and another third in the next one.

        What a module is made of is the same in every language, so that a fault of its structure shows in any of them.

        Arguments:
            locale: The language.
            shift: Makes another test look at other thirds.
        """
        first = LOCALES.index(locale) + shift
        return [
            place
            for number, place in enumerate(self.modules(locale))
            if EVERYTHING or number % len(LOCALES) == first % len(LOCALES)
        ]

    def of(self, locale: str) -> list[str]:
        """Every page of a language."""
        others = tuple(home for home in HOMES.values() if home and home != HOMES[locale])
        return [place for place in self.pages() if place.startswith(HOMES[locale]) and not place.startswith(others)]

    def in_another(self, locale: str, shift: int = 0) -> tuple[str, ...]:
        """Beginnings of the long pages that are looked at in another language, as with `turn`.

        Besides the modules those are the reports of quarters, all made alike, and pages that tests of their own look at.
        """
        first = LOCALES.index(locale) + shift
        return tuple(
            place
            for number, place in enumerate(self._long(locale))
            if not EVERYTHING and number % len(LOCALES) != first % len(LOCALES)
        )

    def closely(self, locale: str) -> set[str]:
        """Pages of a language whose colours are looked at, and their structure in a narrow window.

        Neither depends on the language, so that each page is looked at in one of the three. Of facilitator's editions
        and of reports of quarters, which hold nothing else than modules and one another, it is one in each language.
        """
        if EVERYTHING:
            return set(self.of(locale))
        long, far = tuple(self._long(locale)), self.in_another(locale)
        found: dict[str, str] = {}
        for number, place in enumerate(self.of(locale)):
            mine = (
                not place.startswith(far) if place.startswith(long) else number % len(LOCALES) == LOCALES.index(locale)
            )
            kind = next((kind for kind in ALIKE if re.fullmatch(HOMES[locale] + kind, place)), place)
            if mine:
                found.setdefault(kind, place)
        return set(found.values())

    def _long(self, locale: str) -> list[str]:
        pattern = rf"{HOMES[locale]}(modules/[^/]+|results/quarters/[^/]+|results/environment|glossary|tools-library)/"
        return [place for place in self.pages() if re.fullmatch(pattern, place)]


@dataclass
class Visit:
    """One visitor's browser, and everything that went wrong in it."""

    context: BrowserContext
    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    def open(self, place: str) -> Page:
        """Open a page by its address from the site's root."""
        self.page.goto(self.url + place, wait_until="load")
        return self.page

    def axe(self, scheme: str = "light", *, colours: bool = True, within: str = "") -> list[str]:
        """Violations of the page; see `violations`."""
        return violations(self.page, scheme, colours=colours, within=within)


def violations(page: Page | Frame, scheme: str = "light", *, colours: bool = True, within: str = "") -> list[str]:
    """Violations of WCAG 2.0 to 2.2 A and AA and of best practices, one line each.

    Contrast takes nine tenths of the time, and nothing but contrast depends on the scheme. So of texts that look
    alike, such as the cells of a table, a few are looked at; before a release, all.

    Arguments:
        page: A page, or a frame in it.
        scheme: `dark` looks at colours alone: the same state is looked at in light too.
        colours: Look at contrast too; without, where the same state is looked at in another width.
        within: Selector of the part to look at, where the rest of the page was looked at before; else all of it.
    """
    if scheme == "dark" and not colours:
        return []
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
        page.evaluate("rule => axe.configure({rules: [rule]})", looks.RULE)
    tags = {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"],
    }
    only = {"type": "rule", "values": COLOUR_RULES} if scheme == "dark" else tags
    rules = {} if colours else {rule: {"enabled": False} for rule in COLOUR_RULES}
    run = "([within, options]) => axe.run(within || document, {...options, resultTypes: ['violations']})"
    if colours and not EVERYTHING:
        page.evaluate(looks.MARK, [looks.TWIN, looks.MOST])
    found = page.evaluate(run, ["" if EVERYTHING else within, {"runOnly": only, "rules": rules}])
    page.evaluate(looks.UNMARK, looks.TWIN)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary'][:300]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def third_party(url: str, home: str, faults: list[str]) -> None:
    if not url.startswith((home, "data:", "blob:")):
        faults.append(f"third party: {url}")
