"""The last touch to a page's HTML: tables that scroll, and only what a training page needs.

The text is checked first, with its lines (`prose`); this stands behind it, for whatever a parser made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from greensupply import prose, tags
from greensupply.locales import words

TAGS = frozenset(
    [
        "a",
        "abbr",
        "activity-costing",
        "aspect-register",
        "b",
        "blockquote",
        "br",
        "button",
        "caption",
        "certificate-check",
        "cite",
        "code",
        "col",
        "colgroup",
        "completion-record",
        "dd",
        "del",
        "details",
        "div",
        "dl",
        "dt",
        "em",
        "fieldset",
        "figcaption",
        "figure",
        "glossary-list",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "i",
        "img",
        "input",
        "ins",
        "kbd",
        "label",
        "language-offer",
        "learning-certificate",
        "learning-overview",
        "learning-status",
        "legend",
        "li",
        "lms-launch",
        "meter",
        "nav",
        "offline-notice",
        "ol",
        "optgroup",
        "option",
        "output",
        "p",
        "pathway-map",
        "pre",
        "progress",
        "q",
        "quiz-question",
        "quiz-score",
        "s",
        "samp",
        "section",
        "select",
        "site-search",
        "small",
        "span",
        "stream-map",
        "strong",
        "sub",
        "summary",
        "sup",
        "table",
        "tbody",
        "td",
        "template",
        "tfoot",
        "th",
        "thead",
        "time",
        "tool-list",
        "tr",
        "ul",
        "var",
    ]
)
CHART_TAGS = frozenset({"svg", "title", "desc", "g", "path", "line", "text", "tspan"})
"""Shapes and words of charts drawn at build time (`charts.svg`). None of these runs or loads anything; what would, such
as `<script>`, `<use>`, `<image>`, `<foreignObject>` and `<animate>`, stays out."""

_ADDRESSES = frozenset({"href", "src", "cite", "action", "formaction", "srcset", "poster", "data"})
_INLINE_SCRIPT = re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=[\"']?application/(?:ld\+)?json)[^>]*>", re.IGNORECASE)
_HANDLER = re.compile(r"<[a-z][^<>]*\s(on[a-z]+|style)\s*=", re.IGNORECASE)


def problems(html: str) -> Iterator[str]:
    """What a page's content must not hold, in words."""
    written = tags.distinct(html)
    if written is not None and not any(map(_is_refused, written)):
        return
    guard = _Guard()
    guard.feed(html)
    guard.close()
    yield from guard.found


def unsafe_in_page(html: str) -> str:
    """The first inline script, handler or style of a whole page, which its policy would stop; empty if none."""
    found = _INLINE_SCRIPT.search(html) or _HANDLER.search(html)
    return found[0][:120] if found else ""


def tables(html: str, locale: str) -> str:
    """Each table of a page inside a named region that scrolls by itself and can be reached by keyboard."""
    if "<table>" not in html:
        return html
    say = words(locale)["page"]
    count, heading = 0, ""
    parts = []
    for part in re.split(r"(<table>.*?</table>|<h[2-6][^>]*>.*?</h[2-6]>)", html, flags=re.DOTALL):
        if part.startswith("<h"):
            heading = re.sub(r"<a class=\"headerlink\".*?</a>|<[^>]+>", "", part).strip()
        elif part.startswith("<table>"):
            count += 1
            form = say["table_under"] if heading else say["table"]
            name = form.format(number=count, heading=heading).replace('"', "&quot;")
            part = f'<div class="gs-table" role="region" tabindex="0" aria-label="{name}">{part}</div>'
        parts.append(part)
    return "".join(parts)


class _Guard(tags.Reader):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS and tag not in CHART_TAGS:
            self.found.append(f"the tag `<{tag}>`")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.found.append(f"the attribute `{name}` of `<{tag}>`")
            elif name in _ADDRESSES and (scheme := prose.scheme(value or "")) and scheme not in prose.SCHEMES:
                self.found.append(f"an address that begins with `{scheme}:`")
            elif name == "src" and prose.scheme(value or ""):
                self.found.append(f"something loaded from elsewhere, `{value}`")

    def handle_decl(self, decl: str) -> None:
        self.found.append(f"`<!{decl[:40]}>`")


@lru_cache(maxsize=10_000)
def _is_refused(tag: str) -> bool:
    """Whether a single tag, as it is written, is none that a page may hold; most of them stand on many pages."""
    guard = _Guard()
    guard.feed(tag)
    guard.close()
    return bool(guard.found)
