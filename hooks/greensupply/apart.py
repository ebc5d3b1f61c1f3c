"""Finished HTML in the Markdown of a page, set apart while the Markdown is converted, and put back into its result.

Python-Markdown hands such HTML through unchanged, but reads all of it twice, tag by tag, to find out where it ends: in
a page with eight questions that takes longer than the page's own text. An element around Markdown (`md_in_html`) costs
as much: so what opens it and what closes it are set apart too, and its Markdown stands among that of the page.

In the place of what is set apart stands a paragraph with a mark, which nothing in Markdown changes.

The page of a module and its facilitator's edition hold the same text. What becomes of a part of it on one of them is
the same on the other, if it depends on nothing outside it: so that is finished HTML too, once it is known.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from types import MappingProxyType

_NONE: Mapping[str, str] = MappingProxyType({})
_ELEMENT = re.compile(r"<(div|section|nav|figure|ul|dl|table|h1|p)(?=[ >])")
_OPENING = re.compile(r"(<(div|section)(?: [a-z-]+=\"[\w -]*\")*) markdown=\"1\"(>(?:\n<p[ >][^\n]*</p>)*)")
"""What opens an element around Markdown, with finished paragraphs that may stand at its beginning."""
_CLOSING = re.compile(r"</(div|section)>")
_ID = re.compile(r"\s(?:id|name)=\"([^\"]*)\"")
_FENCE = re.compile(r"^ {0,3}(?:```|~~~)", re.MULTILINE)
_MARK = "gs-apart-"
_PLACE = re.compile(rf"<p>{_MARK}(\d+)</p>")
_HEADING = re.compile(r"#{1,6} [^\n]*")
_BETWEEN = re.compile(rf"<p>{_MARK}\d+</p>|<h[1-6][ >].*?</h[1-6]>")
"""What stands between the texts of a page."""
_DEPENDS = re.compile(r"[\[<&]|^ {0,3}:|^[=-]+ *$", re.MULTILINE)
"""Signs of a text that may depend on the page: links, HTML, and what belongs to a line above."""


def set_apart(markdown: str, known: Mapping[str, str] = _NONE) -> tuple[str, list[str]]:
    """Return the Markdown with a mark for each piece of finished HTML, and the pieces as they stand in the result.

    A piece is made of blocks between empty lines, each of which is a whole element without Markdown, or opens or closes
    an element around Markdown, or of texts that are `known`, as `texts` returns them. Where not all elements around
    Markdown can be told apart, nothing is.
    """
    if _FENCE.search(markdown) or _MARK in markdown:
        return markdown, []
    opened: list[str] = []
    blocks = [(block, _finished(block.strip("\n"), opened)) for block in markdown.split("\n\n")]
    if opened or any(' markdown="' in block for block, piece in blocks if piece is None):
        return markdown, []
    short: list[str] = []
    pieces: list[str] = []
    for finished, group in groupby(_parts(blocks, known), key=lambda each: each[1] is not None):
        if finished:
            short.append(f"{_MARK}{len(pieces)}")
            pieces.append("\n".join(piece for _, piece in group if piece is not None))
        else:
            short += [block for block, _ in group]
    return "\n\n".join(short), pieces


def texts(short: str, page: str) -> dict[str, str]:
    """Return what each text of a page became, if nothing but the text had a part in that.

    Arguments:
        short: The Markdown with its marks.
        page: The HTML that it was converted to, with them.
    """
    found = [""]
    for part, finished in _parts([(block, "" if block.startswith(_MARK) else None) for block in short.split("\n\n")]):
        if finished is None and not _HEADING.fullmatch(part):
            found[-1] = part
        else:
            found.append("")
    made = [between.strip("\n") for between in _BETWEEN.split(page)]
    if [bool(text.strip()) for text in found] != [bool(result) for result in made]:
        return {}
    return {text: result for text, result in zip(found, made, strict=True) if result and not _DEPENDS.search(text)}


def put_back(page: str, pieces: list[str]) -> str | None:
    """Return the page's HTML with its pieces in their places; None if not each of them has one."""
    places = [int(found[1]) for found in _PLACE.finditer(page)]
    if places != list(range(len(pieces))):
        return None
    return _PLACE.sub(lambda found: pieces[int(found[1])], page).strip()


def ids(pieces: list[str]) -> set[str]:
    """Return what links may lead to in the pieces; the generator looks for it when it checks links."""
    return {html.unescape(name) for text in pieces for name in _ID.findall(text)}


def _parts(
    blocks: Iterable[tuple[str, str | None]], known: Mapping[str, str] = _NONE
) -> Iterator[tuple[str, str | None]]:
    """Blocks and their HTML, where they are finished; what stands between two finished ones or headings as one text."""
    for is_text, group in groupby(blocks, key=lambda each: each[1] is None and not _HEADING.fullmatch(each[0])):
        if is_text:
            text = "\n\n".join(block for block, _ in group)
            yield text, known.get(text)
        else:
            yield from group


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
