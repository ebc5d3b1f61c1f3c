"""YAML that a stranger wrote -> typed values, with the line of every key and every problem at once.

PyYAML alone is not safe enough here: its C parser crashes on 100,000 open brackets and its Python one runs out of
stack, aliases multiply, and `no`, `1:30` and `010` turn into something the author did not write. So the tokens are
looked at first, and each value's type is declared by a pydantic model (source: QUALITY, *Threats and guards*).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from greensupply.errors import GreenSupplyError, Problem
from greensupply.written import AUTHOR_ERROR

MAX_BYTES = 16_384
MAX_DEPTH = 6
Path = tuple[str | int, ...]
Model = TypeVar("Model", bound=BaseModel)

_OPENING = (
    yaml.BlockMappingStartToken,
    yaml.BlockSequenceStartToken,
    yaml.FlowMappingStartToken,
    yaml.FlowSequenceStartToken,
)
_CLOSING = (yaml.BlockEndToken, yaml.FlowMappingEndToken, yaml.FlowSequenceEndToken)
_FORBIDDEN = {
    yaml.AnchorToken: "an anchor (&)",
    yaml.AliasToken: "an alias (*)",
    yaml.TagToken: "a tag (!)",
    yaml.DirectiveToken: "a directive (%)",
}


@dataclass(frozen=True)
class Document:
    """Plain values, and where each stands: `places[("objectives", 2)]` is (line, column)."""

    value: Any
    places: Mapping[Path, tuple[int, int]]

    def line(self, *path: str | int) -> int:
        """Line of a key, or of the nearest one around it that exists."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path][0]


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
        raise GreenSupplyError(
            [Problem(path, first_line, f"more than {max_bytes:,} bytes of YAML.", "Keep data short; text goes below.")]
        )
    shift = first_line - 1
    try:
        _refuse_hostile(text, path, shift)
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        if not isinstance(node, yaml.MappingNode):
            raise GreenSupplyError(
                [
                    Problem(
                        path, first_line, "these lines are not a map of keys and values.", "Write `key: value` lines."
                    )
                ]
            )
        places: dict[Path, tuple[int, int]] = {(): (first_line, 1)}
        problems: list[Problem] = []
        value = _construct(loader, node, (), places, problems, path, shift)
    except yaml.MarkedYAMLError as error:
        raise GreenSupplyError([_syntax_problem(error, path, shift)]) from None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + first_line
        raise GreenSupplyError(
            [Problem(path, line, f"holds the character U+{ord(str(error.character)):04X}.", "Delete it.")]
        ) from None
    if problems:
        raise GreenSupplyError(problems)
    return Document(value, places)


def typed(model: type[Model], document: Document, path: str) -> Model:
    """Return the document as `model`.

    Raises:
        GreenSupplyError: Every key that is unknown, missing, or of another type.
    """
    try:
        return model.model_validate(document.value)
    except ValidationError as error:
        problems = {_type_problem(model, document, path, detail) for detail in _outermost(error)}
        raise GreenSupplyError(problems) from None


def _refuse_hostile(text: str, path: str, shift: int) -> None:
    depth = 0
    for token in yaml.scan(text, Loader=yaml.SafeLoader):
        line, column = token.start_mark.line + 1 + shift, token.start_mark.column + 1
        for kind, name in _FORBIDDEN.items():
            if isinstance(token, kind):
                how = "Write the value out, or put quotes around it if the sign belongs to the text."
                raise GreenSupplyError([Problem(path, line, f"{name} is not allowed in this YAML.", how, column)])
        depth += isinstance(token, _OPENING) - isinstance(token, _CLOSING)
        if depth > MAX_DEPTH:
            what = f"brackets or lists nested more than {MAX_DEPTH} deep."
            raise GreenSupplyError([Problem(path, line, what, "Flatten them.", column)])


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
            places[(*at, number)] = (child.start_mark.line + 1 + shift, child.start_mark.column + 1)
            items.append(_construct(loader, child, (*at, number), places, problems, path, shift))
        return items
    if isinstance(node, yaml.MappingNode):
        values: dict[str, Any] = {}
        for key_node, child in node.value:
            line, column = key_node.start_mark.line + 1 + shift, key_node.start_mark.column + 1
            key = str(key_node.value)
            if key in values:
                first = places[(*at, key)][0]
                problems.append(
                    Problem(path, line, f"`{key}` stands here and in line {first}.", "Keep one of the two.", column)
                )
            if key == "<<":
                problems.append(
                    Problem(path, line, "a merge key (<<) is not allowed.", "Write the values out.", column)
                )
            places.setdefault((*at, key), (line, column))
            values[key] = _construct(loader, child, (*at, key), places, problems, path, shift)
        return values
    line, column = node.start_mark.line + 1 + shift, node.start_mark.column + 1
    if node.tag == "tag:yaml.org,2002:int" and len(node.value) > 30:
        problems.append(Problem(path, line, "a number of more than 30 digits.", "Write a smaller one.", column))
        return 0
    try:
        value = loader.construct_object(node)
        if _surprises(node):
            how = 'Write that, or put quotes around it if it is text, "like this".'
            problems.append(Problem(path, line, f"YAML reads `{node.value}` as {_as_yaml(value)}.", how, column))
        return value
    except (ValueError, yaml.YAMLError):
        how = 'Correct it, or put quotes around it if it is text, "like this".'
        problems.append(Problem(path, line, f"`{node.value}` is not a valid value.", how, column))
        return None


def _surprises(node: yaml.Node) -> bool:
    """Did YAML make something of a bare word that its writer may not have meant: `no`, `1:30`, `010`?"""
    kind = node.tag.rpartition(":")[2]
    forms = {"bool": r"true|false", "int": r"-?(0|[1-9][0-9]*)", "float": r"-?[0-9]+\.[0-9]+|-?\.inf|\.nan"}
    return kind in forms and not re.fullmatch(forms[kind], node.value)


def _syntax_problem(error: yaml.MarkedYAMLError, path: str, shift: int) -> Problem:
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1 + shift, mark.column + 1) if mark else (1 + shift, 1)
    why = error.problem or "not YAML"
    if "mapping values are not allowed" in why:
        return Problem(
            path, line, "a second colon in one line confuses YAML.", 'Put quotes around the value: key: "a: b".', column
        )
    if "'\\t'" in why or "\\t" in why:
        return Problem(path, line, "a tab at the start of a line.", "Indent with spaces.", column)
    return Problem(
        path, line, f"not valid YAML ({why}).", "Look at this line and the one above: quotes, colons, indents.", column
    )


def _outermost(error: ValidationError) -> Iterator[Any]:
    """One detail per place: a value that may be a text or a map fails once for each of the two."""
    seen: set[Path] = set()
    for detail in error.errors(include_url=False):
        at = tuple(part for part in detail["loc"] if not _names_a_type(part))
        if at not in seen:
            seen.add(at)
            yield {**detail, "loc": at}


def _names_a_type(part: str | int) -> bool:
    return isinstance(part, str) and (part in {"Trilingual", "[key]"} or part.startswith(("function-", "constrained-")))


_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "float_type": "a number",
    "date_type": "a date such as 2026-11-24, without quotes",
    "tuple_type": "a list",
    "dict_type": "a map",
    "model_type": "a map",
}


def _type_problem(model: type[BaseModel], document: Document, path: str, detail: Any) -> Problem:
    at: Path = detail["loc"]
    line, column = document.places.get(at, (document.line(*at), 0))
    key = ".".join(str(part) if isinstance(part, str) else str(part + 1) for part in at)
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})
    if kind == "missing":
        return Problem(path, document.line(*at[:-1]), f"`{key}` is missing.", _how_to_add(model, at))
    if kind == "extra_forbidden":
        known = sorted(_fields_at(model, at[:-1]))
        near = difflib.get_close_matches(str(at[-1]), known, 1)
        how = f"Did you mean `{near[0]}`?" if near else f"Keys here are: {', '.join(known)}."
        return Problem(path, line, f"unknown key `{key}`.", how, column)
    if kind in _EXPECTED:
        read = "nothing" if value is None else _as_yaml(value)
        how = 'Put quotes around it, "like this".' if kind == "string_type" else "Correct the value."
        return Problem(path, line, f"`{key}` must be {_EXPECTED[kind]}; YAML reads {read} here.", how, column)
    if kind == AUTHOR_ERROR:
        return Problem(path, line, f"`{key}` {detail['msg']}.", context["how"], column)
    if kind == "string_pattern_mismatch":
        return Problem(
            path,
            line,
            f"`{key}` is {_as_yaml(value)}, which has not the right form.",
            _form(context["pattern"]),
            column,
        )
    if kind == "literal_error":
        return Problem(path, line, f"`{key}` is {_as_yaml(value)}.", f"Write one of {context['expected']}.", column)
    wanted = _description(model, at)
    how = f"It is: {wanted[0].lower()}{wanted[1:]}" if wanted else "Correct the value."
    return Problem(path, line, f"`{key}` is {_as_yaml(value)}: {_sentence(detail['msg'])}", how, column)


def _form(pattern: str) -> str:
    if "A-Z" in pattern:
        return "Write an id of modules/sources.yml such as LEAN-04."
    if "http" in pattern:
        return "Write an address that begins with https://."
    return "Write small letters a to z, digits and single hyphens, such as `water-efficiency`."


def _sentence(message: str) -> str:
    return message[0].lower() + message[1:].rstrip(".") + "."


def _as_yaml(value: Any) -> str:
    shown = (
        {True: "true", False: "false", None: "nothing"}[value]
        if value is None or isinstance(value, bool)
        else str(value)
    )
    return f"`{shown[:60]}{'…' if len(shown) > 60 else ''}`"


def _fields_at(model: type[BaseModel], at: Path) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = model.model_fields
    for part in at:
        inner = _model_in(fields[part].annotation) if isinstance(part, str) and part in fields else None
        fields = inner.model_fields if inner else fields
    return fields


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _model_in(argument):
            return found
    return None


def _how_to_add(model: type[BaseModel], at: Path) -> str:
    description = _description(model, at)
    return f"Add `{at[-1]}: …`" + (f" ({description.rstrip('.')})." if description else ".")


def _description(model: type[BaseModel], at: Path) -> str:
    return getattr(_fields_at(model, at[:-1]).get(str(at[-1])), "description", None) or ""
