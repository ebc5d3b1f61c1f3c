"""The folder of a built site -> the files that one language needs: its pages, and whatever they name."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Iterator, Set
from functools import lru_cache
from pathlib import Path

from greensupply import tags
from greensupply.addresses import DOWNLOADS
from greensupply.locales import LOCALES, SOURCE

WORKER = "sw.js"
OFFLINE_PAGE = "offline.html"
LISTS = "assets/offline"
ANY = "any"
"""The language of no language: the page for what is not kept."""

_APART = frozenset({WORKER, OFFLINE_PAGE, "404.html"})
_LARGE = f"{DOWNLOADS}/"
"""Files for learning management systems: nobody needs them without a network, and there are many."""
_HEX = 32
"""Digits of a file's SHA-256 in the list: 128 bits."""
_CSS_ADDRESS = re.compile(r"url\(\s*[\"']?([^\"')]+)")


def home(locale: str) -> str:
    """Folder of a language's pages from the site's root, with a slash at its end; empty for the source language."""
    return "" if locale == SOURCE else f"{locale}/"


def locale_of(path: str) -> str:
    """The language of a page by its path."""
    first = path.partition("/")[0]
    return first if first in LOCALES else SOURCE


def languages(site: Path) -> list[str]:
    """Languages that a built site has, in their order."""
    return [locale for locale in LOCALES if (site / home(locale) / "index.html").is_file()]


def pages(site: Path, locale: str) -> list[str]:
    """Every page of a language, by its path from the site's root."""
    found = (file.relative_to(site).as_posix() for file in (site / home(locale)).rglob("*.html"))
    return sorted(path for path in found if path not in _APART and locale_of(path) == locale)


def files(site: Path, locale: str, there: Set[str] | None = None) -> list[str]:
    """Every file that a language needs, by its path: pages first, then what they name, in the same order each time.

    `there` are all files of the site, where they are known.
    """
    there = _there(site) if there is None else there
    if locale == ANY:
        return [OFFLINE_PAGE, *_named(site, there, [OFFLINE_PAGE])]
    own = pages(site, locale)
    index = f"search/{locale}.js"
    return own + _named(site, there, own, [index] if (site / index).is_file() else [])


def lists(site: Path) -> dict[str, str]:
    """What the service worker reads, as text by path: the files of each language, and the version of each list.

    A version is the beginning of its list's SHA-256, so it changes with any byte of any file of the language, and
    with nothing else.
    """
    written = {}
    versions = {}
    there = _there(site)
    for locale in [ANY, *languages(site)]:
        rows = [
            [path, digest(data), len(data)]
            for path in files(site, locale, there)
            for data in [(site / path).read_bytes()]
        ]
        text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
        written[f"{LISTS}/{locale}.json"] = text
        versions[locale] = digest(text.encode())[:16]
    return {**written, f"{LISTS}/versions.json": json.dumps(versions, separators=(",", ":"))}


def digest(data: bytes) -> str:
    """The beginning of the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()[:_HEX]


def resolve(path: str, address: str) -> str:
    """Where a relative address on the file at `path` leads, from the site's root; `..` above the root stays."""
    goal = _goal(posixpath.dirname(path), address) or path
    return "" if goal == "." else goal


@lru_cache(maxsize=10_000)
def _goal(folder: str, address: str) -> str:
    """Where an address on a file in a folder leads; empty where it is only an anchor."""
    bare = re.split(r"[?#]", address, maxsplit=1)[0]
    return posixpath.normpath(posixpath.join(folder, bare)) if bare else ""


def _there(site: Path) -> frozenset[str]:
    return frozenset(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())


def _named(site: Path, there: Set[str], start: list[str], more: list[str] | None = None) -> list[str]:
    """Files that others name, in attributes and in style sheets, and what those name; no pages."""
    found: dict[str, None] = dict.fromkeys(more or [])
    waiting = [*start, *found]
    while waiting:
        path = waiting.pop()
        folder = posixpath.dirname(path)
        for address in _addresses(site / path):
            goal = _goal(folder, address) or path
            if goal not in there or goal in found or goal in _APART:
                continue
            if not goal.endswith(".html") and not goal.startswith(_LARGE):
                found[goal] = None
                waiting.append(goal)
    return sorted(found)


def _addresses(file: Path) -> Iterator[str]:
    """Whatever may be an address in a file; that it is one, its goal shows."""
    if file.suffix in {".html", ".svg"}:
        text = file.read_text(encoding="utf-8")
        yield from {value for tag in tags.distinct(text) for value in _values(tag)}
    elif file.suffix == ".css":
        yield from _CSS_ADDRESS.findall(file.read_text(encoding="utf-8"))


@lru_cache(maxsize=10_000)
def _values(tag: tags.Tag) -> frozenset[str]:
    """Values of all attributes, also those inside of JSON and of `srcset`: components name files too."""
    found: set[str] = set()
    for name, value in tag.attributes if tag.opens else ():
        if not value or "." not in value:
            continue
        if value[0] in "[{":
            found.update(_strings(value))
        elif name.endswith("srcset"):
            found.update(part.split()[0] for part in value.split(",") if part.strip())
        elif len(value) < 500 and ":" not in value:
            found.add(value)
    return frozenset(found)


@lru_cache(maxsize=2_000)
def _strings(text: str) -> tuple[str, ...]:
    """Strings without spaces anywhere in JSON; most of it, such as a component's words, stands on many pages."""
    return tuple(_found_in(text))


def _found_in(text: str) -> Iterator[str]:
    try:
        waiting = [json.loads(text)]
    except ValueError:
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += value.values()
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and len(value) < 500 and not re.search(r"[\s:]", value):
            yield value
