"""Plain values -> the types that a pydantic model declares, or every problem in the words of an author."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from greensupply import rules
from greensupply.errors import GreenSupplyError, Problem
from greensupply.written import AUTHOR_ERROR
from greensupply.yaml_text.loading import Document, shown
from greensupply.yaml_text.quick import Path

Model = TypeVar("Model", bound=BaseModel)


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


def _outermost(error: ValidationError) -> Iterator[Any]:
    """One detail per place: a value that may be a text or a map fails once for each of the two.

    A list whose only item is wrong is not too short: pydantic counts the good ones.
    """
    details = error.errors(include_url=False)
    places = [tuple(part for part in detail["loc"] if not _names_a_type(part)) for detail in details]
    around = {at[:length] for at in places for length in range(len(at))}
    seen: set[Path] = set()
    for at, detail in zip(places, details, strict=True):
        if at not in seen and not (at in around and detail["type"] == "too_short"):
            seen.add(at)
            yield {**detail, "loc": at}


def _names_a_type(part: str | int) -> bool:
    return isinstance(part, str) and (part in {"Trilingual", "[key]"} or part.startswith(("function-", "constrained-")))


_EXPECTED = {
    "int_type": "type-whole-number",
    "float_type": "type-number",
    "date_type": "type-date",
    "tuple_type": "type-list",
    "dict_type": "type-map",
    "model_type": "type-map",
}
_LIMITS = {
    "less_than_equal": ("limit-at-most", "le"),
    "less_than": ("limit-below", "lt"),
    "greater_than_equal": ("limit-at-least", "ge"),
    "greater_than": ("limit-above", "gt"),
    "string_too_long": ("limit-longest", "max_length"),
    "string_too_short": ("limit-shortest", "min_length"),
    "too_long": ("limit-most-items", "max_length"),
    "too_short": ("limit-fewest-items", "min_length"),
    "finite_number": ("limit-finite", ""),
}
"""Kind of validation error -> the word that says its limit, and where pydantic tells the number."""

LONGEST_KEY = 80
"""Characters of a key that are shown; with those around it, each of ours is shorter."""


def _type_problem(model: type[BaseModel], document: Document, path: str, detail: Any) -> Problem:
    at: Path = detail["loc"]
    place = document.place(*at)
    key = ".".join(str(part) if isinstance(part, str) else str(part + 1) for part in at)
    key = f"{key[:LONGEST_KEY]}…" if len(key) > LONGEST_KEY else key
    kind, value, context = detail["type"], detail["input"], detail.get("ctx", {})

    def found(rule: str, **values: Any) -> Problem:
        return rules.problem(rule, path, *place, key=key, **values)

    if kind == "missing":
        meaning = _meaning(model, at, small=False)
        added = rules.word("in-brackets", text=meaning) if meaning else ""
        return found("key-missing", name=at[-1], meaning=added)
    if kind == "extra_forbidden":
        known = sorted(_model_at(model, at[:-1]).model_fields)
        near = difflib.get_close_matches(str(at[-1]), known, 1)
        if near:
            return found("key-misspelt", near=near[0])
        return found("key-unknown", keys=", ".join(known))
    read = rules.word("empty-value") if value is None else shown(value)
    if kind == "string_type":
        return found("text-expected", read=read)
    if kind in _EXPECTED:
        return found("type-wrong", expected=rules.word(_EXPECTED[kind]), read=read)
    if kind == AUTHOR_ERROR:
        return found(context["rule"], **context["values"])
    if kind == "string_pattern_mismatch":
        return found(_malformed(context["pattern"]), value=shown(value))
    if kind == "literal_error":
        return found("choice-wrong", value=shown(value), choices=_choices(context["expected"]))
    name, limit = _LIMITS.get(kind, ("limit-otherwise", ""))
    said = rules.word(name, limit=f"{context[limit]:g}" if limit else "")
    meaning = _meaning(model, at, small=True)
    if meaning:
        return found("value-outside", value=shown(value), limit=said, meaning=meaning)
    return found("value-refused", value=shown(value), limit=said)


def _malformed(pattern: str) -> str:
    """The rule that says which form a pattern asks for."""
    if "A-Z" in pattern:
        return "fact-id-malformed"
    return "address-malformed" if "http" in pattern else "id-malformed"


def _choices(expected: str) -> rules.Word | str:
    """`'a', 'b' or 'c'`, as pydantic says it, for each language."""
    *others, last = re.findall(r"'[^']*'", expected)
    return rules.word("or", others=", ".join(others), last=last) if others else last


def _model_at(model: type[BaseModel], at: Path) -> type[BaseModel]:
    """The model of the map at a path."""
    for part in at:
        if isinstance(part, str) and part in model.model_fields:
            model = _model_in(model.model_fields[part].annotation) or model
    return model


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _model_in(argument):
            return found
    return None


def _meaning(model: type[BaseModel], at: Path, *, small: bool) -> rules.Word | str:
    """What a field means: in English its description, which editors show too; empty where it has none.

    Arguments:
        model: What the document is.
        at: Path of the field.
        small: Whether the English begins with a small letter, because it goes on with a sentence.
    """
    owner = _model_at(model, at[:-1])
    field = owner.model_fields.get(str(at[-1]))
    said = (field.description or "").rstrip(".") if field else ""
    if not said:
        return ""
    english = said[0].lower() + said[1:] if small else said
    name = next((f"{kind.__name__}.{at[-1]}" for kind in owner.__mro__ if rules.knows(f"{kind.__name__}.{at[-1]}")), "")
    return rules.word(name, english=english) if name else english
