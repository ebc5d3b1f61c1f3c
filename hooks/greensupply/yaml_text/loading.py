"""YAML -> plain values, and where each stands.

PyYAML alone is not safe enough here: its C parser crashes on 100,000 open brackets and its Python one runs out of
stack, aliases multiply, and `no`, `1:30` and `010` turn into something the author did not write. So the tokens are
looked at first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import yaml

from greensupply import rules
from greensupply.errors import GreenSupplyError, Problem
from greensupply.package_data import LOADER
from greensupply.yaml_text import quick
from greensupply.yaml_text.quick import MAX_DEPTH, Path, surprises

MAX_BYTES = 16_384
_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_FORBIDDEN = {
    yaml.AnchorToken: "yaml-anchor",
    yaml.AliasToken: "yaml-alias",
    yaml.TagToken: "yaml-tag",
    yaml.DirectiveToken: "yaml-directive",
}


@dataclass(frozen=True)
class Document:
    """Plain values, and where each stands: `places[("objectives", 2)]` is (line, column)."""

    value: Any
    places: Mapping[Path, tuple[int, int]]

    def line(self, *path: str | int) -> int:
        """Line of a key, or of the nearest one around it that exists."""
        return self.place(*path)[0]

    def place(self, *path: str | int) -> tuple[int, int]:
        """Line and column of a key or an item, or of the nearest one around it that exists."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]


def shown(value: Any) -> rules.Word | str:
    """A value as YAML reads it, for messages."""
    if value is None:
        return rules.word("empty-value-quoted")
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return f"`{text[:60]}{'…' if len(text) > 60 else ''}`"


def load(text: str, path: str, *, first_line: int = 1, max_bytes: int = MAX_BYTES) -> Document:
    """Return the values of one YAML text, which must be a map.

    Arguments:
        text: The YAML.
        path: File, for messages.
        first_line: Line of the file at which `text` begins.
        max_bytes: A longer text is refused unread.

    Raises:
        GreenSupplyError: Not YAML, not a map, hostile, or a key twice.
    """
    if len(text.encode()) > max_bytes:
        raise GreenSupplyError([rules.problem("yaml-too-long", path, first_line, most=max_bytes)])
    kind = LOADER if len(text) > MAX_BYTES or quick.is_plain(text) else yaml.SafeLoader
    if good := quick.load(text, first_line, kind):
        return Document(*good)
    shift = first_line - 1
    try:
        _refuse_hostile(text, path, shift)
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            line, column = _place(node.start_mark, shift) if node else (first_line, 1)
            raise GreenSupplyError([rules.problem("yaml-no-map", path, line, column)])
        places: dict[Path, tuple[int, int]] = {(): (first_line, 1)}
        problems: list[Problem] = []
        value = _construct(loader, node, (), places, problems, path, shift)
    except yaml.MarkedYAMLError as error:
        raise GreenSupplyError([_syntax_problem(error, path, shift)]) from None
    except yaml.reader.ReaderError as error:
        before = text[: error.position]
        line, column = before.count("\n") + first_line, len(before) - before.rfind("\n")
        found = f"U+{error.character:04X}"  # a number, whatever its type is said to be
        raise GreenSupplyError([rules.problem("yaml-character", path, line, column, character=found)]) from None
    if problems:
        raise GreenSupplyError(problems)
    return Document(value, places)


def _refuse_hostile(text: str, path: str, shift: int) -> None:
    depth = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if sign := _FORBIDDEN.get(type(token)):
            place = _place(token.start_mark, shift)
            raise GreenSupplyError([rules.problem("yaml-forbidden", path, *place, sign=rules.word(sign))])
        if depth > MAX_DEPTH:
            place = _place(token.start_mark, shift)
            raise GreenSupplyError([rules.problem("yaml-nested", path, *place, most=MAX_DEPTH)])


def _construct(
    loader: yaml.SafeLoader,
    node: yaml.Node,
    at: Path,
    places: dict[Path, tuple[int, int]],
    problems: list[Problem],
    path: str,
    shift: int,
) -> Any:
    if isinstance(node, yaml.SequenceNode):
        items = []
        for number, child in enumerate(node.value):
            places[(*at, number)] = _place(child.start_mark, shift)
            items.append(_construct(loader, child, (*at, number), places, problems, path, shift))
        return items
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Any] = {}
        for key_node, child in node.value:
            place = _place(key_node.start_mark, shift)
            key = str(key_node.value)
            if key in values:
                first = str(places[(*at, key)][0])
                problems.append(rules.problem("key-twice", path, *place, key=key, first=first))
            if key == "<<":
                problems.append(rules.problem("yaml-merge-key", path, *place))
            places.setdefault((*at, key), place)
            values[key] = _construct(loader, child, (*at, key), places, problems, path, shift)
        return values
    place = _place(node.start_mark, shift)
    if node.tag == "tag:yaml.org,2002:int" and len(node.value) > 30:
        problems.append(rules.problem("number-too-long", path, *place, most=30))
        return 0
    try:
        value = loader.construct_object(node)
        if surprises(node.tag, node.value):
            problems.append(rules.problem("yaml-reads-otherwise", path, *place, written=node.value, read=shown(value)))
        return value
    except (ValueError, yaml.YAMLError):
        problems.append(rules.problem("value-invalid", path, *place, value=node.value))
        return None


def _place(mark: yaml.Mark, shift: int) -> tuple[int, int]:
    return mark.line + 1 + shift, mark.column + 1


_SYNTAX = (
    ("<scalar>", "yaml-because-more"),
    ("<block end>", "yaml-because-indent"),
    ("could not find expected ':'", "yaml-because-colon"),
    ("end of stream", "yaml-because-open-quote"),
    ("expected ',' or", "yaml-because-bracket"),
    ("node content", "yaml-because-bracket"),
    ("cannot start any token", "yaml-because-sign"),
    ("escape", "yaml-because-escape"),
    ("single document", "yaml-because-second"),
)
"""What PyYAML says -> how we say that in other languages."""


def _syntax_problem(error: yaml.MarkedYAMLError, path: str, shift: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    place = _place(mark, shift) if mark else (1 + shift, 1)
    why = error.problem or "not YAML"
    if "mapping values are not allowed" in why:
        return rules.problem("yaml-second-colon", path, *place)
    if "\\t" in why:
        return rules.problem("yaml-tab", path, *place)
    said = f"{error.context or ''} {why}"
    name = next((word for part, word in _SYNTAX if part in said), "yaml-because-otherwise")
    return rules.problem("yaml-syntax", path, *place, why=rules.word(name, why=why))
