"""An author's Markdown, read as text: its links with line and column, and what must not stand in it.

Python-Markdown keeps no line numbers, so links, images and raw HTML are found in the source, with code blanked out.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from greensupply import rules
from greensupply.errors import Problem

ALLOWED_TAGS = frozenset({"br", "sub", "sup", "kbd"})
SCHEMES = frozenset({"http", "https", "mailto"})
MAX_LINE = 5_000
MAX_OPEN_BRACKETS = 50

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_ESCAPE = re.compile(r"\\[\\`*_{}\[\]()>#+\-.!]")  # those of Python-Markdown: `<` is not among them
_LINK = re.compile(  # what is matched is not given back (`*+`): `![a](b![a](b…` would take seconds
    r"(!?)\[((?:[^\[\]]++|\[[^\[\]]*+\])*+)\]\(\s*(<[^<>\n]*>|[^\s()<>]*+(?:\([^\s()]*+\)[^\s()]*+)*)"
    r"(\s+\"[^\n]*?\"(?=\s*\))|\s+'[^\n]*?'(?=\s*\))|[^)\n]*+)\s*\)"
)
_REFERENCE = re.compile(r"^ {0,3}\[([^\]\n]+)\]:\s*(\S+)", re.MULTILINE)
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
_TAG = re.compile(r"</?([A-Za-z!?][^\s/>]*)[^>\n]*>?")
_ATTRIBUTES = re.compile(r"\{[:.#]?[ \t]*(?:[.#][\w-]+|[\w-]+\s*=)[^}\n]*\}")
_HASH = re.compile(r"^#", re.MULTILINE)
_HEADING = re.compile(r"#{1,6}[ \t]+(.+?)[ \t]*#*$", re.MULTILINE)
_UNFILLED = re.compile(r"(?<!\[)\[\[(?!\[)([^\[\]]*+)(?!\]\]\()")  # not `[[1]](…)`, a link whose words have brackets
_RUN = re.compile(r"([\[(*`!<&~^])\1{63,}|_{200,}")
_RUNS = (*(sign * 64 for sign in "[(*`!<&~^"), "_" * 200)
"""What `_RUN` finds, to see at once that there is none."""


@dataclass(frozen=True)
class Link:
    """A link or image as written, with where it stands.

    Attributes:
        start, end: Place of the target within the scanned text.
    """

    target: str
    words: str
    title: str
    image: bool
    line: int
    column: int
    start: int
    end: int


def blank_code(text: str) -> str:
    """The text with the same length and lines, code and escaped signs replaced by spaces."""
    if "`" not in text and "\\" not in text and "~~~" not in text:
        return text
    lines, fence = [], ""
    for line in text.split("\n"):
        opening = _FENCE.match(line)
        if fence:
            fence = "" if opening and opening[1][0] == fence[0] and len(opening[1]) >= len(fence) else fence
            lines.append(" " * len(line))
        elif opening:
            fence = opening[1]
            lines.append(" " * len(line))
        else:
            line = _ESCAPE.sub("  ", line)
            lines.append(_CODE_SPAN.sub(lambda code: " " * len(code[0]), line) if "`" in line else line)
    return "\n".join(lines)


@lru_cache(maxsize=4096)
def links(text: str, first_line: int) -> tuple[Link, ...]:
    """Every link and image of a Markdown text, in order of appearance."""
    return tuple(_links(text, first_line))


def _links(text: str, first_line: int) -> Iterator[Link]:
    if "](" not in text and "]:" not in text:
        return
    masked = blank_code(text)
    if len(text) > MAX_LINE:  # a longer line is refused; `[a](` again and again in it takes seconds
        masked = "\n".join(line if len(line) <= MAX_LINE else " " * len(line) for line in masked.split("\n"))
    for found in _LINK.finditer(masked):
        start, end = found.span(3)
        if text[start:end].startswith("<"):
            start, end = start + 1, end - 1
        title = text[found.start(4) : found.end(4)].strip().strip("\"'")
        yield Link(
            text[start:end],
            text[slice(*found.span(2))],
            title,
            bool(found[1]),
            *_place(text, found.start(), first_line),
            start,
            end,
        )
        if not found[1] and "](" in found[2]:  # an image inside a link's words
            for inner in links(text[slice(*found.span(2))], first_line):
                shift = found.start(2)
                yield Link(
                    inner.target,
                    inner.words,
                    inner.title,
                    inner.image,
                    *_place(text, shift, first_line),
                    inner.start + shift,
                    inner.end + shift,
                )
    for found in _REFERENCE.finditer(masked):
        yield Link(
            text[slice(*found.span(2))], found[1], "", False, *_place(text, found.start(), first_line), *found.span(2)
        )


def retarget(text: str, new: Callable[[str], str]) -> str:
    """The text with the target of every link and image replaced by `new(target)`."""
    for link in sorted(links(text, 1), key=lambda link: link.start, reverse=True):
        text = text[: link.start] + new(link.target) + text[link.end :]
    return text


def scheme(target: str) -> str:
    """Scheme of a link target, in small letters, as a browser would read it; empty for a relative one."""
    if ":" not in target and "&" not in target:
        return ""
    seen = re.sub(r"[\x00-\x20\x7f]", "", html.unescape(target))
    found = re.match(r"([A-Za-z][A-Za-z0-9+.-]*):", seen)
    return found[1].lower() if found else ""


def anchors(text: str) -> Iterator[str]:
    """Ids that the headings of a text get on the page (as Python-Markdown's toc gives them)."""
    seen: dict[str, int] = {}
    for start in _HASH.finditer(blank_code(text)):
        if not (found := _HEADING.match(text, start.start())):
            continue
        words = re.sub(r"[*_`]|\[([^\]]*)\]\([^)]*\)", r"\1", found[1])
        slug = _slug(words)
        count = seen.get(slug, 0)
        seen[slug] = count + 1
        yield f"{slug}_{count}" if count else slug


def _slug(words: str) -> str:
    """As `markdown.extensions.toc.slugify_unicode` with `-`; loading Python-Markdown takes longer than a whole text."""
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", words).strip().lower())


def problems(text: str, path: str, first_line: int) -> Iterator[Problem]:
    """What must not stand in an author's Markdown: raw HTML, scripts, attribute lists, dangerous links, traps."""
    if trap := _trap(text, path, first_line):
        yield trap
        return
    masked = blank_code(text)
    without_autolinks = masked
    if "<" in masked:
        without_autolinks = _AUTOLINK.sub(lambda found: " " * len(found[0]), masked)
        for found in _AUTOLINK.finditer(masked):
            yield from _scheme_problem(
                found[1] if "@" not in found[1] else "mailto:", path, *_place(text, found.start(), first_line)
            )
    for found in _TAG.finditer(without_autolinks):
        tag = found[1].lower()
        if tag in ALLOWED_TAGS and re.fullmatch(r"</?[A-Za-z]+\s*/?>", found[0]):
            continue
        place = _place(text, found.start(), first_line)
        if handler := re.search(r"\bon[a-z]+\s*=", found[0], re.IGNORECASE):
            yield rules.problem("html-handler", path, *place, handler=handler[0])
        else:
            yield rules.problem("raw-html", path, *place, tag=found[1])
    for found in _ATTRIBUTES.finditer(without_autolinks):
        yield rules.problem("attribute-list", path, *_place(text, found.start(), first_line), list=found[0][:40])
    for link in links(text, first_line):
        yield from _scheme_problem(link.target, path, link.line, link.column)
        if link.image and scheme(link.target):
            yield rules.problem("image-elsewhere", path, link.line, link.column, target=link.target)
        if link.image and not link.words.strip():
            yield rules.problem("image-without-words", path, link.line, link.column, target=link.target)


def unfilled(text: str, path: str) -> Iterator[Problem]:
    """Places of a whole file, comments too, that `greensupply new module` marked with `[[…]]`; code is left out."""
    if "[[" not in text:
        return
    lines = [line if len(line) <= MAX_LINE else "" for line in text.split("\n")]  # a longer one is a trap
    for number, masked in enumerate(blank_code("\n".join(lines)).split("\n")):
        for found in _UNFILLED.finditer(masked):
            words = lines[number][slice(*found.span(1))].strip()
            short = f"{words[:60]}{'…' if len(words) > 60 else ''}"
            yield rules.problem("not-filled-in", path, number + 1, found.start() + 1, words=short)


def _scheme_problem(target: str, path: str, line: int, column: int) -> Iterator[Problem]:
    found = scheme(target)
    if found and found not in SCHEMES:
        yield rules.problem("link-scheme", path, line, column, scheme=found)
    elif target.startswith("//"):
        yield rules.problem("link-without-scheme", path, line, column, target=target)


def _trap(text: str, path: str, first_line: int) -> Problem | None:
    """Text that would keep the Markdown parser busy for seconds (10 kB of `[` took 9.6 s)."""
    runs = any(run in text for run in _RUNS)
    if not runs and len(text) <= MAX_LINE and text.count("[") <= MAX_OPEN_BRACKETS:
        return None
    open_brackets = 0
    for number, line in enumerate(text.split("\n"), first_line):
        if len(line) > MAX_LINE:
            return rules.problem("line-too-long", path, number, MAX_LINE + 1, max=MAX_LINE)
        if found := _RUN.search(line):
            place = number, found.start() + 1
            return rules.problem("run-of-signs", path, *place, count=len(found[0]), sign=found[0][0])
        open_brackets = open_brackets + line.count("[") - line.count("]") if line.strip() else 0
        if open_brackets > MAX_OPEN_BRACKETS:
            return rules.problem("brackets-open", path, number, line.rindex("[") + 1, max=MAX_OPEN_BRACKETS)
    return None


def _place(text: str, offset: int, first_line: int) -> tuple[int, int]:
    starts = _line_starts(text)
    line = bisect_right(starts, offset) - 1
    return first_line + line, offset - starts[line] + 1


@lru_cache(maxsize=64)
def _line_starts(text: str) -> list[int]:
    """Counting the lines before each of many links anew takes seconds in a large file."""
    return [0, *(found.end() for found in re.finditer("\n", text))]
