"""Units of quantities: what a unit's name means, and a quantity in another unit of the same kind.

The arithmetic and the definitions are those of `pint`, a units library, in decimals of 50 digits; it is loaded by the
first conversion. Which units there are, and how people write them, stands in `units.yml`. Sources: facts MET-50 to
MET-58; *Btu* is that of the International Steam Table, 1055.05585262 J exactly (ISO 31-4), of which MET-51 is rounded.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FILE = Path(__file__).parent / "units.yml"
DIGITS = 28
"""Significant digits of a converted quantity."""
AMBIGUOUS: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("ton", "tons", "tonelada", "toneladas"), ("t", "short ton")),
    **dict.fromkeys(("gal", "gallon", "gallons", "galon", "galones"), ("US gal", "imp gal")),
}
"""What people write that may be one of several units -> these. Source: fact MET-58."""

_WORK = Context(prec=50)
_DEFINITIONS = (
    "greensupply_mmbtu = 1055055852.62 * joule",
    "carbon_dioxide_equivalent = [carbon_dioxide_equivalent]",
    "greensupply_part = [greensupply_part]",
    "greensupply_machine_hour = [greensupply_machine_hour]",
)


class UnitError(ValueError):
    """A unit that there is not, or that measures another kind of thing.

    Attributes:
        unit: What was written.
        names: Units that can stand in its place, in the order of `units.yml`.
    """

    def __init__(self, unit: str, names: tuple[str, ...], what: str) -> None:
        self.unit = unit
        self.names = names
        super().__init__(f"{what} Write one of {', '.join(names)}.")


@dataclass(frozen=True)
class _Unit:
    """One entry of `units.yml`."""

    expression: str
    also: tuple[str, ...]
    said: Mapping[str, str]


@cache
def _units() -> Mapping[str, _Unit]:
    written: dict[str, dict[str, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return {
        name: _Unit(entry["is"], tuple(entry.get("also", ())), entry.get("said", {})) for name, entry in written.items()
    }


def names() -> tuple[str, ...]:
    """Every unit by its name in data: `kWh`, `m3`, `US gal`, `t CO2e`, ..."""
    return tuple(_units())


def word(unit: str, locale: str) -> str:
    """How a unit is written in a text of a locale: `m3` is m³, `1000 parts` is 1,000 parts, 1 000 pièces."""
    return _units()[unit].said.get(locale, unit)


def read(written: str) -> str | None:
    """The unit that somebody wrote in a cell, whatever its capitals, accents and dots; None where it is not clear.

    `M³`, `metros cúbicos` and `m3` are `m3`; `ton` and `gal` may be one of two, so they are none.
    """
    return written if written in _units() else _spellings().get(_plain(written))


def alike(unit: str) -> tuple[str, ...]:
    """The units of the same kind, itself among them; all units where there is no such one."""
    if unit not in _units():
        return AMBIGUOUS.get(_plain(unit), names())
    kind = _kind(unit)
    return tuple(name for name in _units() if _kind(name) == kind)


def fits(unit: str, other: str) -> bool:
    """Whether two names are units of the same kind."""
    return unit in _units() and other in _units() and _kind(unit) == _kind(other)


def convert(value: Decimal, unit: str, to: str) -> Decimal:
    """Return a quantity in another unit, exact to 28 significant digits.

    Arguments:
        value: How much, in `unit`; a temperature is that of a thermometer, not a difference.
        unit: One of `names()`.
        to: Another of the same kind.

    Raises:
        UnitError: A `ValueError`, with the units of that kind.
    """
    for name in (unit, to):
        if name not in _units():
            raise UnitError(name, alike(name), f"`{name}` is no unit here.")
    if _kind(unit) != _kind(to):
        raise UnitError(unit, alike(to), f"`{unit}` cannot be converted to `{to}`.")
    if unit == to:
        return value
    (slope, offset), (goal_slope, goal_offset) = _base(unit), _base(to)
    with localcontext(_WORK):
        found = (value * slope + offset - goal_offset) / goal_slope
    return _tidy(found)


def _tidy(value: Decimal) -> Decimal:
    """Rounded to `DIGITS`, without zeros at the end and without an exponent."""
    short = Context(prec=DIGITS).create_decimal(value).normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


@cache
def _spellings() -> Mapping[str, str]:
    found = {_plain(other): name for name, unit in _units().items() for other in (*unit.also, *unit.said.values())}
    found |= {_plain(name): name for name in _units()}
    return {spelling: name for spelling, name in found.items() if spelling not in AMBIGUOUS}


def _plain(written: str) -> str:
    """Small letters without accents, dots and raised figures; one space between words."""
    flat = unicodedata.normalize("NFKD", written.casefold())
    bare = "".join(sign for sign in flat if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[.^_-]", " ", re.sub(r"(?<=\d),(?=\d{3})", "", bare)).split())


@cache
def _registry() -> Any:
    import pint  # a second to load, and most commands convert nothing

    with localcontext(_WORK):
        registry: Any = pint.UnitRegistry(non_int_type=Decimal, autoconvert_offset_to_baseunit=True)
        for definition in _DEFINITIONS:
            registry.define(definition)
    return registry


@cache
def _base(unit: str) -> tuple[Decimal, Decimal]:
    """Slope and offset from a unit to the base units of its kind."""
    registry = _registry()
    expression = _units()[unit].expression
    with localcontext(_WORK):
        parsed = registry.parse_expression(expression)
        if not hasattr(parsed, "units"):  # pint takes a bare number out of "dimensionless"
            return Decimal(1), Decimal(0)
        kind = parsed.units
        scale = Decimal(parsed.magnitude)
        zero, one = (Decimal(registry.Quantity(at, kind).to_base_units().magnitude) for at in (Decimal(0), Decimal(1)))
        return (one - zero) * scale, zero


@cache
def _kind(unit: str) -> Any:
    """What it measures, as pint says it."""
    with localcontext(_WORK):
        parsed = _registry().parse_expression(_units()[unit].expression)
        return getattr(parsed, "dimensionality", "")
