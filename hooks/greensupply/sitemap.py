"""The site map for search engines: every page with its twins in the other languages.

Addresses are absolute, languages have their regional tags, English is also the page for whoever speaks neither, and
there is no change frequency that nobody can promise.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import escape

from greensupply.locales import LANGUAGE_TAGS, SOURCE

NAME = "sitemap.xml"
_BEGIN = """\
<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">"""
_END = "\n</urlset>"


@dataclass(frozen=True)
class Entry:
    """One page.

    Attributes:
        url: Address from the site's root; `./` is the root.
        changed: Day of the build, as 2026-11-24; empty if unknown.
        alternates: Locale -> address of the same page in that language, its own among them.
    """

    url: str
    changed: str
    alternates: Mapping[str, str]


def text(entries: Iterable[Entry], root: str) -> str:
    """The file's text; `root` is the address of the site, with a slash at its end."""
    twins: dict[tuple[tuple[str, str], ...], str] = {}  # a page and its translations say the same of each other
    parts = [_BEGIN]
    for entry in entries:
        alternates = tuple(entry.alternates.items())
        if alternates not in twins:
            twins[alternates] = "".join(_twins(alternates, root))
        changed = f"    <lastmod>{entry.changed}</lastmod>\n" if entry.changed else ""
        parts.append(f"  <url>\n    <loc>{_absolute(entry.url, root)}</loc>\n{changed}{twins[alternates]}  </url>")
    return "\n".join(parts) + _END


def _twins(alternates: Iterable[tuple[str, str]], root: str) -> Iterator[str]:
    """A line for each language, and one for whoever speaks none of them."""
    for locale, url in alternates:
        for tag in (LANGUAGE_TAGS[locale], *(["x-default"] if locale == SOURCE else [])):
            yield f'    <xhtml:link rel="alternate" hreflang="{tag}" href="{_absolute(url, root)}"/>\n'


def _absolute(url: str, root: str) -> str:
    return str(escape(root + ("" if url == "./" else url)))
