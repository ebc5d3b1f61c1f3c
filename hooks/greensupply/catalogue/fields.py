"""What values of the catalogue's files may be: numbers, units, places, sources."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticKnownError

from greensupply import units
from greensupply.written import broken

_CODE = re.compile(r"E[1-9][0-9]?")
_PLACE = re.compile(r"(?:CA|MX|US)(?:-[A-Z]{2,4})?")
_SECTION = re.compile(r"curriculum [1-9](\.[1-9][0-9]?)?")
_FACT = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)+")


def _exact(value: Any) -> Any:
    """A number as it was written; YAML gives whole numbers and floats, whose shortest text is what was written."""
    if isinstance(value, Decimal):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticKnownError("float_type")
    return Decimal(str(value))


def _place(code: str) -> str:
    if code and not _PLACE.fullmatch(code):
        raise broken("metric-place-unknown", value=code)
    return code


def _code(written: str) -> str:
    if not _CODE.fullmatch(written):
        raise broken("metric-code-malformed", value=written)
    return written


def _source(name: str) -> str:
    if not (_SECTION.fullmatch(name) or _FACT.fullmatch(name)):
        raise broken("metric-source-malformed", value=name)
    return name


def _unit(name: str) -> str:
    if name not in units.names():
        known = ", ".join(units.alike(name))
        raise broken("metric-unit-unknown", value=name, units=known)
    return name


def _some(items: tuple[Any, ...]) -> tuple[Any, ...]:
    if not items:
        raise broken("list-empty")
    return items


Number = Annotated[
    Decimal, BeforeValidator(_exact), Field(gt=0, allow_inf_nan=False), WithJsonSchema({"type": "number"})
]
Code = Annotated[str, AfterValidator(_code)]
Unit = Annotated[str, AfterValidator(_unit)]
Units = Annotated[tuple[Unit, ...], Field(strict=False), AfterValidator(_some)]
Sources = Annotated[tuple[Annotated[str, AfterValidator(_source)], ...], Field(strict=False), AfterValidator(_some)]
Place = Annotated[str, AfterValidator(_place)]
Country = Literal["CA", "MX", "US"]
Year = Annotated[int, Field(ge=1990, le=2100)]


class Written(BaseModel):
    """No unknown key, and no type that YAML guessed otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)
