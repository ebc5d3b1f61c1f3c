"""An extension of Python-Markdown that keeps its patterns from text in which none of them can match.

Python-Markdown looks for each of its fourteen patterns in each piece of text: links, emphasis, code. Three pieces of
four hold none of the signs that these begin with. Such a piece is handed on as an `AtomicString`, which Python-Markdown
documents for text that is not to be looked at. With patterns that are not its own, nothing is done.
"""

from __future__ import annotations

import re
from typing import Any
from xml.etree.ElementTree import Element

from markdown import Markdown
from markdown.extensions import Extension
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

BEFORE_INLINE = 21
"""Python-Markdown's own patterns are applied at 20."""
_KNOWN = (
    "autolink",
    "automail",
    "backtick",
    "em_strong",
    "em_strong2",
    "entity",
    "escape",
    "html",
    "image_link",
    "image_reference",
    "linebreak",
    "link",
    "not_strong",
    "reference",
    "short_image_ref",
    "short_reference",
)
_SIGN = re.compile(r"[`\\\[<&*_\x02\x03]|  \n")
"""What one of the known patterns begins with, or stands for something that was taken out of the text."""


class PlainText(Treeprocessor):
    """Marks text without signs."""

    def run(self, root: Element) -> None:
        """Mark all such text below the root."""
        if not _is_known(self.md):
            return
        for element in root.iter():
            if element.text and not _SIGN.search(element.text):
                element.text = AtomicString(element.text)
            if element.tail and not _SIGN.search(element.tail):
                element.tail = AtomicString(element.tail)


class PlainTextExtension(Extension):
    """Registers the marking before the patterns are applied."""

    def extendMarkdown(self, md: Markdown) -> None:
        """Register it."""
        md.treeprocessors.register(PlainText(md), "greensupply-plain-text", BEFORE_INLINE)


def makeExtension(**settings: Any) -> PlainTextExtension:
    """What Python-Markdown calls for the name of this module."""
    return PlainTextExtension(**settings)


def _is_known(md: Markdown) -> bool:
    """Whether Python-Markdown has no patterns but its own."""
    known = sum(name in md.inlinePatterns for name in _KNOWN) == len(md.inlinePatterns)
    return known and all(type(pattern).__module__ == "markdown.inlinepatterns" for pattern in md.inlinePatterns)
