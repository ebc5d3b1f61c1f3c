"""Do images say in words what they show, and do they come quickly to a phone on the shop floor?

Source: W3C Web Accessibility Initiative, *An alt Decision Tree* and *Images Tutorial*, for alternative texts.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path

from greensupply import prose, rules
from greensupply.errors import Problem
from greensupply.locales import LOCALES
from greensupply.model import Library, Module, Text

LONGEST_ALT = 500
"""In characters. A screen reader says it in one breath, without a way back; charts of ours need up to 435."""
BUDGET = 600_000
"""Bytes of all images of one page: twice the most that one may have, 3 s at 1.6 Mbit/s (Lighthouse's slow phone)."""
WIDEST = 1_600
"""Pixels: the text column is at most 800 CSS pixels wide, and a sharp screen shows two for each."""
WORDS_ALIKE = 3
"""An alternative text of fewer words, such as a product's name, may be the same in two languages."""

_PIXELS = frozenset({".png", ".jpg", ".jpeg", ".webp"})
_BEGINS = {
    "en": re.compile(r"(?:an? |the )?(?:image|picture|graphic) (?:of|showing|that shows)\b", re.IGNORECASE),
    "es": re.compile(r"(?:una |la )?imagen (?:del?|que muestra|con)\b", re.IGNORECASE),
    "fr": re.compile(r"(?:une |l[’'])?image (?:de|du|des|qui montre|montrant|d[’'])", re.IGNORECASE),
}


def problems(module: Module, library: Library) -> Iterator[Problem]:
    """What is wrong with the images of `module` and with what stands for them."""
    shown = {locale: list(_images(text)) for locale, text in module.texts.items()}
    for locale, text in module.texts.items():
        for image in shown[locale]:
            yield from _words(image, text)
        yield from _untranslated(locale, shown, text)
        yield from _sizes(shown[locale], text, module, library)


def _images(text: Text) -> Iterator[prose.Link]:
    for markdown, line in text.pieces():
        yield from (link for link in prose.links(markdown, line) if link.image)


def _words(image: prose.Link, text: Text) -> Iterator[Problem]:
    alt, column = " ".join(image.words.split()), image.column + 2
    file = posixpath.basename(image.target)
    if alt and _bare(alt) in _names(file):
        yield rules.problem("alt-is-file-name", text.path, image.line, column, alt=alt)
    elif found := _BEGINS[text.locale].match(alt):
        yield rules.problem("alt-begins-with-image", text.path, image.line, column, words=found[0].strip())
    if len(alt) > LONGEST_ALT:
        values = {"file": file, "length": len(alt), "most": LONGEST_ALT}
        yield rules.problem("alt-too-long", text.path, image.line, column, **values)


def _untranslated(locale: str, shown: dict[str, list[prose.Link]], text: Text) -> Iterator[Problem]:
    """An alternative text that a language before this one has, letter for letter."""
    before = [other for other in LOCALES[: LOCALES.index(locale)] if other in shown]
    for image in shown[locale]:
        alt = " ".join(image.words.split())
        if len(re.findall(r"[^\W\d_]{2,}", alt)) < WORDS_ALIKE:
            continue
        for other in before:
            if any(alt == " ".join(theirs.words.split()) for theirs in shown[other]):
                values = {"alt": f"{alt[:60]}…" if len(alt) > 60 else alt, "file": f"{other}.md"}
                yield rules.problem("alt-not-translated", text.path, image.line, image.column + 2, **values)
                break


def _sizes(images: list[prose.Link], text: Text, module: Module, library: Library) -> Iterator[Problem]:
    sizes: dict[str, int] = {}
    for image in images:
        uri = posixpath.normpath(posixpath.join("modules", module.id, image.target))
        if uri in sizes or not (asset := library.assets.get(uri)):
            continue
        file = Path(asset)
        sizes[uri] = file.stat().st_size
        if file.suffix.lower() in _PIXELS and (width := _width(file)) > WIDEST:
            values = {"file": file.name, "width": width, "most": WIDEST}
            yield rules.problem("image-too-wide", text.path, image.line, image.column, **values)
    if sum(sizes.values()) > BUDGET:
        largest = posixpath.basename(max(sizes, key=lambda uri: (sizes[uri], uri)))
        values = {"total": sum(sizes.values()), "most": BUDGET, "largest": largest}
        yield rules.problem("images-over-budget", text.path, images[0].line, images[0].column, **values)


def _width(file: Path) -> int:
    """Pixels. The library is loaded for a photograph only: it brings all of `urllib` and takes 0.03 s."""
    import imagesize  # type: ignore[import-untyped]

    return int(imagesize.get(file)[0])


def _names(file: str) -> set[str]:
    """What a file's name looks like as words: `flow.en.svg`, `flow en`, `flow`."""
    stem = file.rpartition(".")[0] or file
    bare = stem.rpartition(".")[0] if stem.endswith(tuple(f".{locale}" for locale in LOCALES)) else stem
    return {_bare(name) for name in (file, stem, bare)}


def _bare(words: str) -> str:
    return " ".join(re.sub(r"[-_.\s]+", " ", words).casefold().split())
