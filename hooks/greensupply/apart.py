"""Finished HTML in the Markdown of a page, set apart while the Markdown is converted, and put back into its result.

Python-Markdown hands such HTML through unchanged, but reads all of it twice, tag by tag, to find out where it ends: in
a page with eight questions that takes longer than the page's own text. An element around Markdown (`md_in_html`) costs
as much: so what opens it and what closes it are set apart too, and its Markdown stands among that of the page.

In the place of what is set apart stands a paragraph with a mark, which nothing in Markdown changes.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import groupby

_ELEMENT = re.compile(r"<(div|section|nav|figure|ul|dl|table|h1|p)(?=[ >])")
_OPENING = re.compile(r"(<(div|section)(?: [a-z-]+=\"[\w -]*\")*) markdown=\"1\"(>(?:\n<p[ >][^\n]*</p>)*)")
"""What opens an element around Markdown, with finished paragraphs that may stand at its beginning."""
_CLOSING = re.compile(r"</(div|section)>")
_ID = re.compile(r"\s(?:id|name)=\"([^\"]*)\"")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_MARK = "gs-apart-"
_PLACE = re.compile(rf"<p>{_MARK}(\d+)</p>")


def set_apart(markdown: str) -> tuple[str, list[str]]:
    """Return the Markdown with a mark for each piece of finished HTML, and the pieces as they stand in the result.

    A piece is made of blocks between empty lines, each of which is a whole element without Markdown, or opens or closes
    an element around Markdown. Where not all such elements can be told apart, nothing is.
    """
    if _FENCE.search(markdown) or _MARK in markdown:
        return markdown, []
    opened: list[str] = []
    blocks = [(block, _finished(block.strip("\n"), opened)) for block in markdown.split("\n\n")]
    if opened or any(' markdown="' in block for block, piece in blocks if piece is None):
        return markdown, []
    short: list[str] = []
    pieces: list[str] = []
    for finished, group in groupby(blocks, key=lambda each: each[1] is not None):
        if finished:
            short.append(f"{_MARK}{len(pieces)}")
            pieces.append("\n".join(piece for _, piece in group if piece is not None))
        else:
            short += [block for block, _ in group]
    return "\n\n".join(short), pieces


def put_back(page: str, pieces: list[str]) -> str | None:
    """Return the page's HTML with its pieces in their places; None if not each of them has one."""
    places = [int(found[1]) for found in _PLACE.finditer(page)]
    if places != list(range(len(pieces))):
        return None
    return _PLACE.sub(lambda found: pieces[int(found[1])], page).strip()


def ids(pieces: list[str]) -> set[str]:
    """Return what links may lead to in the pieces; the generator looks for it when it checks links."""
    return {html.unescape(name) for text in pieces for name in _ID.findall(text)}


def _finished(block: str, opened: list[str]) -> str | None:
    """A block of finished HTML as it stands in the result, without the line end after it; None for any other block.

    `opened` are the elements around Markdown in which it stands; it opens one more, or closes the last of them.
    """
    if not block.startswith("<"):
        return None
    if (found := _CLOSING.fullmatch(block)) and opened and opened[-1] == found[1]:
        opened.pop()
        return block
    if found := _OPENING.fullmatch(block):
        opened.append(found[2])
        return found[1] + found[3]
    found = _ELEMENT.match(block)
    if not found or ' markdown="' in block or not _whole(block, found[1]):
        return None
    return block if opened else f"{block}\n"  # after HTML outside all elements Python-Markdown leaves an empty line


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
