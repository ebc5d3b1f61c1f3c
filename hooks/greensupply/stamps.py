"""A translation says which text of its source it renders: may it, what it says, and how that comes into its file."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import yaml

from greensupply import freshness, parity, source_text, yaml_text
from greensupply.errors import GreenSupplyError, Problem
from greensupply.freshness import Section
from greensupply.locales import SOURCE
from greensupply.model import Module, Text
from greensupply.written import HEAD, OPENING

KEY = "translated_from"
_FRONT = re.compile(r"\ufeff?---[^\S\r\n]*(\r\n|\r|\n)(.*?(?:\r\n|\r|\n))(?=---[^\S\r\n]*(?:[\r\n]|\Z))", re.DOTALL)
_END_OF_LINE = re.compile(r"\r\n|\r|\n|\Z")


def refusals(module: Module, locale: str) -> tuple[Problem, ...]:
    """Why nobody could say which section of a translation renders which of its source; empty if it is plain."""
    source, text = module.texts[SOURCE], module.texts[locale]
    pair = Module(module.facts, module.path, {SOURCE: source, locale: text})
    return tuple(parity.problems(pair)) or tuple(_structure(source, text))


def marks(source: Text, text: Text, keys: Collection[str] = ()) -> Mapping[str, str]:
    """Return the marks of a translation that renders the source of today, in the source's order.

    Arguments:
        source: The source.
        text: The translation, of the same structure.
        keys: Sections that are up to date; without any, all are. Those of the others stay as they are.
    """
    found = {}
    for standing in freshness.compare(source, text).standings:
        if not keys or standing.source.key in keys:
            found[standing.source.key] = standing.source.fingerprint
        elif standing.stamped[1]:
            found[standing.stamped[0]] = standing.stamped[1]
    return found


def stamped(raw: str, path: str, found: Mapping[str, str]) -> str:
    """Return a translation's file with other marks and not one other character changed.

    Arguments:
        raw: The file's text with its own line ends, and its byte order mark if it has one.
        path: File, for messages.
        found: The marks, as `marks` gives them.

    Raises:
        GreenSupplyError: Front matter that is not written one key a line.
    """
    front = _FRONT.match(raw)
    if front:
        changed = _front_matter(front[2], found, front[1])
        new = raw[: front.start(2)] + changed + raw[front.end(2) :]
        if _values(new, path) == {**(_values(raw, path) or {}), KEY: dict(found)}:
            return new
    what = f"the front matter is written in a way to which `{KEY}` cannot be added."
    raise GreenSupplyError([Problem(path, 1, what, "Write each key on a line of its own: `title: …`.")])


def _values(raw: str, path: str) -> dict[str, Any] | None:
    """The values of a file's front matter; None if it is not YAML."""
    text = raw.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    try:
        found: dict[str, Any] = yaml_text.load(source_text.split(text, path)[0], path).value
        return found
    except GreenSupplyError:
        return None


def _front_matter(front: str, found: Mapping[str, str], end: str) -> str:
    node = yaml.compose(front, Loader=yaml.SafeLoader)
    entries = node.value if isinstance(node, yaml.MappingNode) else []
    entry = next(((key, value) for key, value in entries if key.value == KEY), None)
    if entry is None:
        indent = entries[0][0].start_mark.column if entries else 0
        lines = (f"{' ' * (indent + 2)}{_line(key, mark)}{end}" for key, mark in found.items())
        return f"{front}{' ' * indent}{KEY}:{end}{''.join(lines)}"
    key, value = entry
    children = value.value
    if [child.value for child, _ in children] == list(found):
        for child, mark in reversed(children):
            front = _with_mark(front, mark, found[child.value], 0)
        return front
    start = _line_start(front, key.start_mark.index)
    chunks: dict[str, tuple[str, str]] = {}
    if value.flow_style or not children:
        after = _line_end(front, value.end_mark.index)
        head, indent = front[start : key.end_mark.index] + ":" + front[value.end_mark.index : after], ""
    else:
        after = _line_start(front, children[0][0].start_mark.index)
        head, indent = front[start:after], " " * children[0][0].start_mark.column
        for child, mark in children:
            begin, after = after, _line_end(front, mark.end_mark.index)
            own = _line_start(front, child.start_mark.index)
            line = _with_mark(front[own:after], mark, found.get(child.value, ""), own)
            chunks[child.value] = (front[begin:own], line)
    indent = indent or " " * (key.start_mark.column + 2)
    lost = "".join(comments for name, (comments, _) in chunks.items() if name not in found)
    kept = ["".join(chunks[name]) if name in chunks else f"{indent}{_line(name, found[name])}{end}" for name in found]
    return front[:start] + head + lost + "".join(kept) + front[after:]


def _with_mark(text: str, node: yaml.ScalarNode, mark: str, shift: int) -> str:
    """The text with another mark where the node stands, `shift` characters earlier than it says."""
    if node.value == mark:
        return text
    return f'{text[: node.start_mark.index - shift]}"{mark}"{text[node.end_mark.index - shift :]}'


def _line(key: str, mark: str) -> str:
    """A mark as YAML. It is in quotes, as ten digits may be a number; a key only where YAML would read another one."""
    plain = yaml.safe_load(key) == key
    return f'{key}: "{mark}"' if plain else f'"{key}": "{mark}"'


def _line_start(text: str, place: int) -> int:
    return max(text.rfind("\n", 0, place), text.rfind("\r", 0, place)) + 1


def _line_end(text: str, place: int) -> int:
    found = _END_OF_LINE.search(text, place)
    return found.end() if found else len(text)


def _structure(source: Text, text: Text) -> Iterator[Problem]:
    """Where a translation's sections are not those of its source."""
    there, here = freshness.sections(source), freshness.sections(text)
    for theirs, ours in zip(there, here, strict=False):
        if theirs.level != ours.level or (theirs.key in (HEAD, OPENING)) != (ours.key in (HEAD, OPENING)):
            what = f"{_called(ours)} stands where {SOURCE}.md:{theirs.line} has {_called(theirs)}."
            yield Problem(text.path, ours.line, what, "Keep the headings and their levels in the same order.")
            return
        if theirs.parts != ours.parts:
            what = f"{_called(ours)} holds {_listed(ours)}; {SOURCE}.md:{theirs.line} holds {_listed(theirs)}."
            yield Problem(text.path, ours.line, what, "Put each box and question under the same heading.")
            return
    if len(here) < len(there):
        section = there[len(here)]
        what = f"ends before {_called(section)} of {SOURCE}.md:{section.line}."
        yield Problem(text.path, here[-1].line, what, "Translate that section and what follows it.")
    elif len(there) < len(here):
        section = here[len(there)]
        what = f"{_called(section)} is not in {SOURCE}.md, which ends before it."
        yield Problem(text.path, section.line, what, "Delete it and what follows it, or add it there.")


def _called(section: Section) -> str:
    return f"`{'#' * section.level} {section.heading}`" if section.level else "text without a heading"


def _listed(section: Section) -> str:
    return ", ".join(f"`{part}`" for part in section.parts) or "no box or question"
