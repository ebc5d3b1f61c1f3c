"""The front matter: the values of its keys `title`, `summary` and `objectives`, where they stand and how spelt."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import yaml

from greensupply.package_data import LOADER
from greensupply.segments.pieces import Namer, Section, Segment
from greensupply.yaml_text import quick

_FRONT = re.compile(
    r"(\ufeff?---[^\S\r\n]*(?:\r\n|\r|\n))(.*?)^---[^\S\r\n]*(?:\r\n|\r|\n|\Z)", re.DOTALL | re.MULTILINE
)
_KINDS = {"title": "title", "summary": "summary", "objectives": "objective"}


def section(text: str) -> tuple[Section, int]:
    """Return the front matter and the line after it; without one, nothing and line 1."""
    found = _FRONT.match(text)
    if not found:
        return Section(()), 1
    pieces: list[str | Segment] = []
    names, place, yaml_text = Namer(), 0, found[2]
    for kind, node, style in _nodes(yaml_text):
        start, end = node.start_mark.index, node.end_mark.index
        if start < place or not node.value.strip():
            continue
        pieces.append(yaml_text[place:start])
        line = node.start_mark.line + 2
        raw, name = yaml_text[start:end], names.segment("", kind)
        pieces.append(Segment(name, kind, node.value.strip(), raw, line, yaml=style))
        place = end
    pieces.append(yaml_text[place:] + found[0][found.end(2) :])
    return Section((found[1], *pieces)), _lines(found[0]) + 1


def scalar(value: str, before: Segment, newline: str, *, anew: bool) -> str:
    """A value as YAML: plain if it can be, else in quotes; a block keeps its last line end.

    Arguments:
        value: The value.
        before: What stands there now.
        newline: Line end of the file.
        anew: The file is new; else what was in quotes stays in quotes.
    """
    end = newline if before.raw.endswith(("\n", "\r")) else ""
    if (anew or not before.raw.startswith(("'", '"', "|", ">"))) and _is_plain(value, before.yaml):
        return value + end
    return json.dumps(value, ensure_ascii=False) + end


def _nodes(text: str) -> Iterator[tuple[str, yaml.ScalarNode, str]]:
    try:
        root = yaml.compose(text, Loader=LOADER if quick.load(text, 1) else yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return
    if not isinstance(root, yaml.MappingNode):
        return
    for key, value in root.value:
        kind = _KINDS.get(str(key.value), "")
        listed = kind == "objective"
        children = value.value if isinstance(value, yaml.SequenceNode) and listed else [] if listed else [value]
        style = "flow" if root.flow_style or getattr(value, "flow_style", None) else "block"
        yield from ((kind, child, style) for child in children if kind and isinstance(child, yaml.ScalarNode))


def _is_plain(value: str, style: str) -> bool:
    try:
        alone = yaml.safe_load(f"a: {value}\n") == {"a": value}
        return bool(alone and (style == "block" or yaml.safe_load(f"[{value}]") == [value]))
    except (yaml.YAMLError, ValueError):
        return False


def _lines(text: str) -> int:
    return len(re.findall(r"\r\n|\r|\n", text))
