"""The folder of a built site -> the files that one language needs: its pages, and whatever they name."""

from __future__ import annotations

import hashlib
import json
import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path

from greensupply import tags
from greensupply.addresses import DOWNLOADS
from greensupply.locales import LOCALES, SOURCE

WORKER = "sw.js"
OFFLINE_PAGE = "offline.html"
LISTS = "assets/offline"
VERSIONS = f"{LISTS}/versions.json"
ANY = "any"
"""The language of no language: the page for what is not kept."""

Look = Callable[[str], "Known"]
Keep = Callable[[str, Callable[[], str]], str]

_APART = frozenset({WORKER, OFFLINE_PAGE, "404.html", VERSIONS})
_LARGE = f"{DOWNLOADS}/"
"""Files for learning management systems: nobody needs them without a network, and there are many."""
_HEX = 32
"""Digits of a file's SHA-256 in the list: 128 bits."""
_FOLDER = re.compile(r"\A[^?#]*/(?:[?#]|\Z)")
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
    return _pages(_paths(site), locale)


def files(site: Path, locale: str) -> list[str]:
    """Every file that a language needs, by its path: pages first, then what they name, in the same order each time."""
    return _needed(_Folder(site), locale)


def lists(
    site: Path, look: Look | None = None, keep: Keep | None = None, there: Iterable[str] | None = None
) -> dict[str, str]:
    """What the service worker reads, as text by path: the files of each language, and the version of each list.

    A version is the beginning of its list's SHA-256, so it changes with any byte of any file of the language, and
    with nothing else.

    Arguments:
        site: Folder of the built site.
        look: Says what `known` does of the file at a path, perhaps sooner.
        keep: Says what a list is, by its language and how it is made, perhaps sooner.
        there: The paths of all files, where that is known.
    """
    written = {}
    versions = {}
    folder = _Folder(site, look, there)
    for locale in [ANY, *languages(site)]:
        make = partial(_list, folder, locale)
        text = keep(locale, make) if keep else make()
        written[f"{LISTS}/{locale}.json"] = text
        versions[locale] = digest(text.encode())[:16]
    return {**written, VERSIONS: json.dumps(versions, separators=(",", ":"))}


def _list(folder: _Folder, locale: str) -> str:
    rows = [[path, folder[path].digest, folder[path].size] for path in _needed(folder, locale)]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def digest(data: bytes) -> str:
    """The beginning of the SHA-256 of a file, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()[:_HEX]


def resolve(path: str, address: str) -> str:
    """Where a relative address on the file at `path` leads, from the site's root; `..` above the root stays."""
    goal = _goal(posixpath.dirname(path), address) or path
    return "" if goal == "." else goal


def _goal(folder: str, address: str) -> str:
    """Where an address on a file in a folder leads; empty where it is only an anchor."""
    bare = address.partition("#")[0].partition("?")[0]
    return posixpath.normpath(posixpath.join(folder, bare)) if bare else ""


@dataclass(frozen=True)
class Known:
    """What is known of a file: the digest and size of its bytes, and where what in it may be an address leads."""

    digest: str
    size: int
    goals: Collection[str]


def known(site: Path, path: str) -> Known:
    """What is known of a file of a site."""
    data = (site / path).read_bytes()
    return Known(digest(data), len(data), goals(path, addresses(posixpath.splitext(path)[1], data)))


def goals(path: str, found: Iterable[str]) -> list[str]:
    """Where addresses in the file at `path` lead, from the site's root, sorted; no pages, and nothing outside of it."""
    place = posixpath.dirname(path)
    all_of = {_goal(place, address) for address in found}
    return sorted(goal for goal in all_of if goal and not goal.endswith(".html") and not goal.startswith(("..", "/")))


class _Folder(dict[str, Known]):
    """Files of a site by their path, each looked at once, when it is asked for.

    Attributes:
        there: The paths of all files.
    """

    def __init__(self, site: Path, look: Look | None = None, there: Iterable[str] | None = None) -> None:
        super().__init__()
        self._look = look or partial(known, site)
        self.there = frozenset(_paths(site) if there is None else there)

    def __missing__(self, path: str) -> Known:
        self[path] = found = self._look(path)
        return found


def _paths(site: Path) -> Iterator[str]:
    """The paths of all files."""
    start = len((site / "_").as_posix()) - 1
    return (file.as_posix()[start:] for file in site.rglob("*") if file.is_file())


def _pages(paths: Iterable[str], locale: str) -> list[str]:
    return sorted(path for path in paths if path.endswith(".html") and path not in _APART and locale_of(path) == locale)


def _needed(folder: _Folder, locale: str) -> list[str]:
    if locale == ANY:
        return [OFFLINE_PAGE, *_named(folder, [OFFLINE_PAGE])]
    own = _pages(folder.there, locale)
    index = f"search/{locale}.js"
    return own + _named(folder, own, [index] if index in folder.there else [])


def _named(folder: _Folder, start: list[str], more: list[str] | None = None) -> list[str]:
    """Files that others name, in attributes and in style sheets, and what those name; no pages."""
    found = set(more or [])
    waiting = [*start, *found]
    while waiting:
        there = folder.there.intersection(folder[waiting.pop()].goals)
        new = {goal for goal in there - found - _APART if not goal.startswith(_LARGE)}
        found |= new
        waiting += new
    return sorted(found)


def addresses(suffix: str, data: bytes) -> Collection[str]:
    """Whatever may be an address in a file; that it is one, its goal shows."""
    if suffix in {".html", ".svg"}:
        return values(tags.distinct(data.decode()))
    return _CSS_ADDRESS.findall(data.decode()) if suffix == ".css" else ()


def values(found: Iterable[tags.Tag]) -> set[str]:
    """The same of tags."""
    return set().union(*map(_values, found))


@lru_cache(maxsize=2_000)
def _values(tag: tags.Tag) -> tuple[str, ...]:
    """Values of all attributes, also those inside of JSON and of `srcset`: components name files too.

    What ends in `/` is left out: it is a folder, and most links are of that kind.
    """
    found: list[str] = []
    for name, value in tag.attributes if tag.opens else ():
        if not value or "." not in value:
            continue
        if value[0] in "[{":
            found += _strings(value)
        elif name.endswith("srcset"):
            found += [part.split()[0] for part in value.split(",") if part.strip()]
        elif len(value) < 500 and ":" not in value:
            found.append(value)
    return tuple(value for value in found if not _FOLDER.search(value))


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
