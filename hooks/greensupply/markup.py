"""The last touch to a page's HTML: tables that scroll, and only what a training page needs.

The text is checked first, with its lines (`prose`); this stands behind it, for whatever a parser made of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
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
_TABLE, _TABLE_END = "<table>", "</table>"
_HEADING = re.compile(r"<h[2-6][^>]*>.*?</h[2-6]>", re.DOTALL)
_NOT_OF_A_HEADING = re.compile(r"<a class=\"headerlink\".*?</a>|<[^>]+>")
_DATA = frozenset({"application/json", "application/ld+json"})
"""Types of scripts that are not run."""


def problems(text: tags.Text) -> Iterator[str]:
    """What a page's content must not hold, in words."""
    if any(map(_refused, text.tags.values())):
        for key, _, _ in text.pieces:
            yield from _refused(text.tags[key])


def unsafe(found: Iterable[tags.Tag]) -> str:
    """The first inline script, handler or style of a whole page, which its policy would stop; empty if none."""
    return next(filter(None, map(_stopped, found)), "")


def tables(html: str, locale: str) -> str:
    """Each table of a page inside a named region that scrolls by itself and can be reached by keyboard."""
    say = words(locale)["page"]
    parts: list[str] = []
    heading, end = "", 0
    while (start := html.find(_TABLE, end)) >= 0 and (stop := html.find(_TABLE_END, start)) >= 0:
        before = html[end:start]
        if headings := _HEADING.findall(before):
            heading = _NOT_OF_A_HEADING.sub("", headings[-1]).strip()
        end = stop + len(_TABLE_END)
        form = say["table_under"] if heading else say["table"]
        name = form.format(number=len(parts) + 1, heading=heading).replace('"', "&quot;")
        region = f'<div class="gs-table" role="region" tabindex="0" aria-label="{name}">'
        parts.append(f"{before}{region}{html[start:end]}</div>")
    return "".join(parts) + html[end:] if parts else html


@lru_cache(maxsize=2_000)
def _stopped(tag: tags.Tag) -> str:
    """What a page's policy would stop of a tag; empty if nothing."""
    values = dict(tag.attributes)
    if tag.opens and tag.name == "script" and "src" not in values and values.get("type") not in _DATA:
        return "<script>"
    return next((f"<{tag.name} {name}=" for name in values if _runs(name)), "")


def _runs(name: str) -> bool:
    """Whether an attribute holds a script or a style."""
    return name.startswith("on") or name == "style"


@lru_cache(maxsize=2_000)
def _refused(tag: tags.Tag) -> tuple[str, ...]:
    """What a page must not hold of a tag, in words."""
    return tuple(_refused_of(tag))


def _refused_of(tag: tags.Tag) -> Iterator[str]:
    if tag.name.startswith("!"):
        yield f"`<{tag.name[:41]}>`"
    if not tag.opens:
        return
    if tag.name not in TAGS and tag.name not in CHART_TAGS:
        yield f"the tag `<{tag.name}>`"
    for name, value in tag.attributes:
        if _runs(name):
            yield f"the attribute `{name}` of `<{tag.name}>`"
        elif name in _ADDRESSES and value and (scheme := prose.scheme(value)):
            if scheme not in prose.SCHEMES:
                yield f"an address that begins with `{scheme}:`"
            elif name == "src":
                yield f"something loaded from elsewhere, `{value}`"
