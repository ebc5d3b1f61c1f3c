"""What may be published of plants, and what follows from it. Only `outcome_disclosure.protect` makes it."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Any, TypeVar

from greensupply.published import CEILING, FLOOR, percent

Kind = TypeVar("Kind")
_JSON = json.JSONEncoder(ensure_ascii=False).encode

PublicKey = tuple[str, tuple[str, ...], str]
"""Measure, countries that stand together, period; the countries of a row are ("CA", "MX", "US") where all do."""


@dataclass(frozen=True)
class PublicStages:
    """Plants by a quarter's end, rounded down to fives; None is not enough data. Attributes as `Stages`."""

    scope: int | None = None
    contacted: int | None = None
    enrolled: int | None = None
    assisted: int | None = None
    assessed: int | None = None
    acting: int | None = None
    verified: int | None = None


@dataclass(frozen=True)
class PublicAmount:
    """A sum over at least five plants, none of which can be told from it.

    Attributes:
        value: Rounded to three significant digits, in the measure's unit; numbers of opportunities and of plants are
            rounded down to fives.
        plants: Plants behind it, rounded down to a multiple of five.
        classes: `M`, `C`, `E` -> percent of the sum that was found so, whole numbers from 5 (that or less) to 95 (that
            or more); `M` alone where the other two cannot be told apart; empty where it does not apply or is not safe.
        as_of: Last day recorded that it holds for: it moves only when at least five plants changed since.
    """

    value: float
    plants: int
    classes: Mapping[str, int] = field(default_factory=dict)
    as_of: date = date.min


@dataclass(frozen=True)
class PublicOutcomes:
    """Results in plants and in quantities, protected. Attributes as `Outcomes`; what is missing is not enough data.

    Attributes:
        reporting: (country, quarter) -> plants that report, rounded down to fives.
        coverage: Percent of the enrolled plants shown that report; coded as `published.percent`.
        released: Every number ever published -> the days that it was published for. An attacker has the old releases
            too, so a number moves only to where it tells nothing together with any of them.
    """

    as_of: date | None = None
    demonstration: bool = False
    stages: Mapping[tuple[str, str], PublicStages] = field(default_factory=dict)
    amounts: Mapping[PublicKey, PublicAmount] = field(default_factory=dict)
    intensities: Mapping[tuple[str, str, str], float] = field(default_factory=dict)
    days_to_action: int | None = None
    coverage: Mapping[tuple[str, str], int] = field(default_factory=dict)
    complements: Mapping[tuple[str, str], PublicAmount] = field(default_factory=dict)
    reporting: Mapping[tuple[str, str], int | None] = field(default_factory=dict)
    released: Mapping[PublicKey, tuple[date, ...]] = field(default_factory=dict)

    def share(self, country: str, quarter: str, stage: str, of: str = "scope") -> int | None:
        """P1 to P5 in percent: plants that came to a stage, of those in scope."""
        found = self.stages.get((country, quarter), PublicStages())
        return percent(getattr(found, stage), getattr(found, of))

    def conversion(self, country: str, quarter: str) -> int | None:
        """P6 in percent: assessed plants that act."""
        return self.share(country, quarter, "acting", of="assessed")

    def rows(self, measure: str, period: str) -> Mapping[tuple[str, ...], PublicAmount]:
        """Countries that stand together in the sums of a measure and a period -> their sum."""
        return self._rows.get((measure, period), {})

    @cached_property
    def _rows(self) -> Mapping[tuple[str, str], Mapping[tuple[str, ...], PublicAmount]]:
        found: dict[tuple[str, str], dict[tuple[str, ...], PublicAmount]] = {}
        for (measure, group, period), amount in self.amounts.items():
            found.setdefault((measure, period), {})[group] = amount
        return found

    def value(self, measure: str, countries: Iterable[str], period: str) -> float | None:
        """The sum over countries, added up from the rows shown; None if they do not make up just these."""
        wanted = frozenset(countries)
        rows = {group: amount.value for group, amount in self.rows(measure, period).items() if wanted.issuperset(group)}
        whole = frozenset(country for group in rows for country in group) == wanted
        return sum(rows.values()) if rows and whole else None

    def implementation(self, countries: Iterable[str], *, by: str = "count") -> int | None:
        """P7 in percent: implemented of recommended actions, by `count` or by what they are expected to save."""
        measure = "count" if by == "count" else "saving"
        part, whole = (self.value(f"{measure}:{status}", countries, "") for status in ("implemented", "identified"))
        return _coded(part, whole)

    def realisation(self, countries: Iterable[str]) -> int | None:
        """P8 in percent: verified savings of what these actions were expected to save; may be more than 100."""
        saved, expected = (self.value(name, countries, "") for name in ("saved", "saving:verified"))
        return round(100 * saved / expected) if saved is not None and expected else None

    def payback(self, countries: Iterable[str]) -> float | None:
        """Years in which verified savings pay back what was invested, to one decimal."""
        invested, saved = (self.value(name, countries, "") for name in ("invested", "saved"))
        return round(invested / saved, 1) if invested is not None and saved and saved > 0 else None

    def change(self, measure: str, countries: Iterable[str], quarter: str) -> int | None:
        """Normalized change to the baseline in percent, above zero if less is used now (fact MET-15)."""
        now, expected = (self.value(f"{measure}@{name}", countries, quarter) for name in ("now", "expected"))
        if now is None or not expected:
            return None
        return max(-CEILING, min(CEILING, round(100 * (1 - now / expected))))

    def avoided(self, measure: str, countries: Iterable[str], quarter: str) -> float | None:
        """E14 of plants with a baseline: expected less used, in the measure's unit."""
        now, expected = (self.value(f"{measure}@{name}", countries, quarter) for name in ("now", "expected"))
        return None if now is None or expected is None else expected - now

    def diversion(self, countries: Iterable[str], quarter: str) -> int | None:
        """E10 in percent: reused and recycled of all waste; energy recovery is apart."""
        names = ("reused", "recycled", "waste")
        reused, recycled, waste = (self.value(name, countries, quarter) for name in names)
        return None if reused is None or recycled is None else _coded(reused + recycled, waste)

    def material_yield(self, countries: Iterable[str], quarter: str) -> int | None:
        """E11 in percent."""
        names = ("material-in-product", "material-bought")
        return _coded(*(self.value(name, countries, quarter) for name in names))


def _coded(part: float | None, whole: float | None) -> int | None:
    """A whole percentage from `FLOOR` (that or less) to `CEILING` (that or more)."""
    return None if part is None or not whole else min(CEILING, max(FLOOR, round(100 * part / whole)))


def dump(outcomes: PublicOutcomes) -> str:
    """The published state as JSON text: the same state gives the same bytes."""
    data = {
        "as_of": outcomes.as_of.isoformat() if outcomes.as_of else None,
        "demonstration": outcomes.demonstration,
        "stages": [[*key, *astuple(stages)] for key, stages in sorted(outcomes.stages.items())],
        "amounts": [[*key, _plain(amount)] for key, amount in sorted(outcomes.amounts.items(), key=_by_key)],
        "intensities": [[*key, value] for key, value in sorted(outcomes.intensities.items())],
        "days_to_action": outcomes.days_to_action,
        "coverage": [[*key, value] for key, value in sorted(outcomes.coverage.items())],
        "complements": [[*key, _plain(amount)] for key, amount in sorted(outcomes.complements.items(), key=_by_key)],
        "reporting": [[*key, value] for key, value in sorted(outcomes.reporting.items())],
        "released": [
            [*key, [day.isoformat() for day in days]] for key, days in sorted(outcomes.released.items(), key=_by_key)
        ],
    }
    return "{\n" + ",\n".join(f" {json.dumps(name)}: {_lines(value)}" for name, value in data.items()) + "\n}\n"


def _lines(value: object) -> str:
    """JSON with one row a line, so that what moved shows when two states are compared."""
    if not isinstance(value, list) or not value:
        return _JSON(value)
    return "[\n" + ",\n".join(f"  {_JSON(row)}" for row in value) + "\n ]"


def _by_key(item: tuple[Any, Any]) -> Any:
    return item[0]


def _plain(amount: PublicAmount) -> dict[str, object]:
    classes = dict(sorted(amount.classes.items()))
    day = amount.as_of.isoformat()
    return {"value": float(amount.value), "plants": amount.plants, "classes": classes, "as_of": day}


def load(text: str) -> PublicOutcomes:
    """The state that `dump` wrote.

    Raises:
        ValueError: The text is no published state.
    """
    try:
        data = json.loads(text)
        return PublicOutcomes(
            as_of=None if data["as_of"] is None else date.fromisoformat(data["as_of"]),
            demonstration=_as(bool, data["demonstration"]),
            stages={
                (_as(str, country), _as(str, quarter)): PublicStages(*_stages(numbers))
                for country, quarter, *numbers in data["stages"]
            },
            amounts={_key(*key): _amount(amount) for *key, amount in data["amounts"]},
            intensities={
                (_as(str, measure), _as(str, unit), _as(str, quarter)): _real(value)
                for measure, unit, quarter, value in data["intensities"]
            },
            days_to_action=_count(data["days_to_action"]),
            coverage={(_as(str, name), _as(str, when)): _as(int, value) for name, when, value in data["coverage"]},
            complements={
                (_as(str, name), _as(str, year)): _amount(amount) for name, year, amount in data["complements"]
            },
            reporting={(_as(str, name), _as(str, when)): _count(value) for name, when, value in data["reporting"]},
            released={_key(*key): tuple(map(date.fromisoformat, days)) for *key, days in data["released"]},
        )
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a published state: {error}") from error


def _as(kind: type[Kind], value: object) -> Kind:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value


def _count(value: object) -> int | None:
    return None if value is None else _as(int, value)


def _real(value: object) -> float:
    number = _as(float, value)
    if not math.isfinite(number):
        raise ValueError(f"not a published state: {number} is no quantity")
    return number


def _stages(numbers: list[object]) -> list[int | None]:
    if len(numbers) != len(fields(PublicStages)):
        raise TypeError(f"{len(numbers)} stages")
    return [_count(number) for number in numbers]


def _key(measure: object, countries: object, period: object) -> PublicKey:
    return _as(str, measure), tuple(_as(str, country) for country in _as(list, countries)), _as(str, period)


def _amount(data: Mapping[str, object]) -> PublicAmount:
    classes = _as(dict, data["classes"])
    return PublicAmount(
        value=_real(data["value"]),
        plants=_as(int, data["plants"]),
        classes={_as(str, name): _as(int, share) for name, share in classes.items()},
        as_of=date.fromisoformat(_as(str, data["as_of"])),
    )
