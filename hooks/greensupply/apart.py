"""Finished HTML in the Markdown of a page, set apart while the Markdown is converted, and put back into its result.

Python-Markdown hands such HTML through unchanged, but reads all of it twice, tag by tag, to find out where it ends: in
a page with eight questions that takes longer than the page's own text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

_BLOCK = re.compile(r"(?:\A|(?<=\n\n))<(div|section|nav|figure|ul)(?=[ >])[^\n]*(?:\n[^\n]+)*(?=\n\n|\n?\Z)")
_ID = re.compile(r"\s(?:id|name)=\"([^\"]*)\"")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_MARK = "data-gs-apart"
_PLACE = re.compile(rf"<(div|section|nav|figure|ul) {_MARK}=\"(\d+)\"></\1>")
_SHORT = 200
"""What is shorter is read as quickly as set apart."""


def set_apart(markdown: str) -> tuple[str, list[str]]:
    """Return the Markdown with a short element for each piece of finished HTML, and the pieces.

    A piece is an element at the beginning of a line, between empty lines, without an empty line in it, and without
    Markdown.
    """
    pieces: list[str] = []
    if _FENCE.search(markdown) or _MARK in markdown:
        return markdown, pieces

    def short(found: re.Match[str]) -> str:
        text, tag = found[0], found[1]
        if len(text) < _SHORT or ' markdown="' in text or not _whole(text, tag):
            return text
        pieces.append(text)
        return f'<{tag} {_MARK}="{len(pieces) - 1}"></{tag}>'

    return _BLOCK.sub(short, markdown), pieces


def put_back(page: str, pieces: list[str]) -> str | None:
    """Return the page's HTML with its pieces in their places; None if not each of them has one."""
    places = [int(found[2]) for found in _PLACE.finditer(page)]
    if sorted(places) != list(range(len(pieces))):
        return None
    return _PLACE.sub(lambda found: pieces[int(found[2])], page)


def ids(pieces: list[str]) -> set[str]:
    """Return what links may lead to in the pieces; the generator looks for it when it checks links."""
    return {html.unescape(name) for text in pieces for name in _ID.findall(text)}


def _whole(text: str, tag: str) -> bool:
    """Whether a text is one element, from its first sign to its last."""
    depths = list(_depths(text, tag))
    return text.endswith(f"</{tag}>") and depths[-1] == 0 and 0 not in depths[:-1]


def _depths(text: str, tag: str) -> Iterator[int]:
    """After each tag of this name, how many of them are open."""
    depth = 0
    for found in re.finditer(rf"<(/?){tag}(?=[\s/>])", text):
        depth += -1 if found[1] else 1
        yield depth
