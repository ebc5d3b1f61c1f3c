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
    return "\n".join((_BEGIN, *(line for entry in entries for line in _lines(entry, root)))) + _END


def _lines(entry: Entry, root: str) -> Iterator[str]:
    yield "  <url>"
    yield f"    <loc>{_absolute(entry.url, root)}</loc>"
    if entry.changed:
        yield f"    <lastmod>{entry.changed}</lastmod>"
    for locale, url in entry.alternates.items():
        for tag in (LANGUAGE_TAGS[locale], *(["x-default"] if locale == SOURCE else [])):
            yield f'    <xhtml:link rel="alternate" hreflang="{tag}" href="{_absolute(url, root)}"/>'
    yield "  </url>"


def _absolute(url: str, root: str) -> str:
    return str(escape(root + ("" if url == "./" else url)))
