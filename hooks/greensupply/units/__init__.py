"""Units of quantities: what a unit's name means, and a quantity in another unit of the same kind.

The arithmetic and the definitions are those of `pint`, a units library, in decimals of 50 digits. What it says of our
units is written down in `measured.json`, by `python -m greensupply.units`: it takes a second to load, which only a unit
that is not in there does. Which units there are, and how people write them, stands in `units.yml`. Sources: facts
MET-50 to MET-58; *Btu* is that of the International Steam Table, 1055.05585262 J exactly (ISO 31-4), of which MET-51 is
rounded.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from functools import cache
from pathlib import Path
from typing import Any

from greensupply import package_data

FILE = Path(__file__).parent / "units.yml"
MEASURED = Path(__file__).parent / "measured.json"
"""Expression of `units.yml` -> kind, slope and offset, as `to_write_down` says them."""
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
    written: dict[str, dict[str, Any]] = package_data.read(FILE)
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
    kind = _measure(unit).kind
    return tuple(name for name in _units() if _measure(name).kind == kind)


def fits(unit: str, other: str) -> bool:
    """Whether two names are units of the same kind."""
    return unit in _units() and other in _units() and _measure(unit).kind == _measure(other).kind


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
    if not fits(unit, to):
        raise UnitError(unit, alike(to), f"`{unit}` cannot be converted to `{to}`.")
    if unit == to:
        return value
    known, goal = _measure(unit), _measure(to)
    with localcontext(_WORK):
        found = (value * known.slope + known.offset - goal.offset) / goal.slope
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
    import pint  # a second to load, and what it says of our units is written down

    with localcontext(_WORK):
        registry: Any = pint.UnitRegistry(non_int_type=Decimal, autoconvert_offset_to_baseunit=True)
        for definition in _DEFINITIONS:
            registry.define(definition)
    return registry


@dataclass(frozen=True)
class _Measure:
    """What a unit means: its kind, as pint's dimensions, and slope and offset from it to the base units of its kind."""

    kind: str
    slope: Decimal
    offset: Decimal


@cache
def _measured() -> Mapping[str, _Measure]:
    """What is written down, by the expression of `units.yml`: one that is changed is not among it."""
    written: dict[str, list[str]] = json.loads(MEASURED.read_text(encoding="utf-8"))
    return {
        expression: _Measure(kind, Decimal(slope), Decimal(offset))
        for expression, (kind, slope, offset) in written.items()
    }


@cache
def _measure(unit: str) -> _Measure:
    expression = _units()[unit].expression
    return _measured().get(expression) or _measure_by_pint(expression)


def _measure_by_pint(expression: str) -> _Measure:
    registry = _registry()
    with localcontext(_WORK):
        parsed = registry.parse_expression(expression)
        if not hasattr(parsed, "units"):  # pint takes a bare number out of "dimensionless"
            return _Measure("", Decimal(1), Decimal(0))
        kind = parsed.units
        scale = Decimal(parsed.magnitude)
        zero, one = (Decimal(registry.Quantity(at, kind).to_base_units().magnitude) for at in (Decimal(0), Decimal(1)))
        return _Measure(_kind(parsed.dimensionality), (one - zero) * scale, zero)


def _kind(dimensions: Mapping[str, Any]) -> str:
    """Dimensions and their powers in one order, as pint keeps them in several."""
    powers = {name: Decimal(power).normalize() for name, power in dimensions.items()}
    return " ".join(f"{name}{power:+f}" for name, power in sorted(powers.items()) if power)


def to_write_down() -> str:
    """What pint says of every unit, as text for `measured.json`."""
    found = {unit.expression: _measure_by_pint(unit.expression) for unit in _units().values()}
    rows = [
        f"{json.dumps(expression)}: {json.dumps([one.kind, str(one.slope), str(one.offset)])}"
        for expression, one in sorted(found.items())
    ]
    return "{\n" + ",\n".join(rows) + "\n}\n"
