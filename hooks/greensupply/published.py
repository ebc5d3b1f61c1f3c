"""What may be published, and what follows from it. Only `disclosure.protect` makes a `PublicTally`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

FLOOR, CEILING = 5, 95
"""Percentages are coded: 5 stands for 5 or less, 95 for 95 or more."""

LEAST_FOR_PERCENT = 20
"""Fewest people or plants that a percentage is of."""


@dataclass(frozen=True)
class PublicRow:
    """Learners under one label, or under several that were merged because one of them was too small."""

    labels: tuple[str, ...]
    learners: int


@dataclass(frozen=True)
class PublicReach:
    """Plants in scope and reached by a quarter's end, rounded down to fives; None is not enough data."""

    scope: int | None = None
    trained: int | None = None
    assisted: int | None = None
    core: int | None = None


@dataclass(frozen=True)
class PublicTally:
    """Counts of people rounded down to fives; None is not enough data, never zero.

    Attributes:
        as_of: Last day counted; None where nothing was published yet.
        tables: `country`, `module`, `language`, `delivery`; with a list of trainers, `trainer-country` (certified and
            master trainers) and `trainer-rung` (all on the ladder); one that cannot be shown is empty.
        quarters: `2026-Q3` -> learners who passed a module in it (T1 counts them).
        months: `2026-09` -> the same by month.
        reach: (country, quarter) -> penetration; country "" is all together.
        attempts: Learners of classes and learning management systems who came to the end, passed or not.
        passed: Of these, those who passed.
        instructors: People who taught a class in the last six months.
        trainers: People who are certified or master trainers.
        active_trainers: Of these, those who taught in the last six months.
        courses: Country -> train-the-trainer courses of at least ten people, exactly; None if there is no list of them.
        course_quarters: `2026-Q3` -> these courses so far, by its end or by `as_of`.
        scores: Module -> mean score in percent, to the nearest five.
        minutes: Module -> study time; public anyway.
    """

    as_of: date | None = None
    demonstration: bool = False
    learners: int | None = None
    completions: int | None = None
    tables: Mapping[str, tuple[PublicRow, ...]] = field(default_factory=dict)
    quarters: Mapping[str, int | None] = field(default_factory=dict)
    months: Mapping[str, int | None] = field(default_factory=dict)
    reach: Mapping[tuple[str, str], PublicReach] = field(default_factory=dict)
    attempts: int | None = None
    passed: int | None = None
    instructors: int | None = None
    scores: Mapping[str, int] = field(default_factory=dict)
    minutes: Mapping[str, int] = field(default_factory=dict)
    trainers: int | None = None
    active_trainers: int | None = None
    courses: Mapping[str, int] | None = None
    course_quarters: Mapping[str, int] = field(default_factory=dict)

    @property
    def latest(self) -> str:
        """The last quarter of the penetration curve, or empty."""
        return max((quarter for _, quarter in self.reach), default="")

    def share(self, country: str, quarter: str, measure: str) -> int | None:
        """Penetration in percent: `trained`, `assisted` or `core` plants of those in scope."""
        found = self.reach.get((country, quarter), PublicReach())
        return percent(getattr(found, measure), found.scope)

    @property
    def monthly_rate(self) -> float | None:
        """T1: learners a month over the last four quarters, from the numbers shown; None if one is missing."""
        last = [self.quarters[name] for name in sorted(self.quarters)[-4:]]
        known = [count for count in last if count is not None]
        return sum(known) / 12 if len(known) == 4 else None

    @property
    def monthly_rate_per_100(self) -> float | None:
        """T1 for each 100 plants in scope."""
        scope = self.reach.get(("", self.latest), PublicReach()).scope
        return None if self.monthly_rate is None or not scope else self.monthly_rate / scope * 100

    @property
    def pass_rate(self) -> int | None:
        """T3 in percent."""
        return percent(self.passed, self.attempts)

    @property
    def activation(self) -> int | None:
        """T6 in percent."""
        return percent(self.active_trainers, self.trainers)

    @property
    def delivered(self) -> int | None:
        """H10: train-the-trainer courses so far; None if there is no list of them."""
        return None if self.courses is None else sum(self.courses.values())

    @property
    def hours(self) -> int | None:
        """T7: least number of person-hours, from the learners shown; a merged group counts its shortest module."""
        rows = self.tables.get("module", ())
        worth = [(row.learners, min(self.minutes.get(label, 0) for label in row.labels)) for row in rows]
        return sum(learners * minutes for learners, minutes in worth) // 60 if rows else None

    def part(self, table: str, label: str) -> int | None:
        """Share of one label in percent of the learners shown in its table."""
        rows = self.tables.get(table, ())
        found = next((row.learners for row in rows if row.labels == (label,)), None)
        return percent(found, self.learners)


def percent(part: int | None, whole: int | None) -> int | None:
    """A whole percentage from `FLOOR` (that or less) to `CEILING` (that or more); None without enough data."""
    if part is None or whole is None or whole < LEAST_FOR_PERCENT:
        return None
    return min(CEILING, max(FLOOR, round(100 * part / whole)))


def dump(tally: PublicTally) -> str:
    """The published state as JSON text: the same tally gives the same bytes."""
    data: dict[str, Any] = {
        "as_of": tally.as_of.isoformat() if tally.as_of else None,
        "demonstration": tally.demonstration,
        **{name: getattr(tally, name) for name in (*_NUMBERS, *_LATER_NUMBERS)},
        "courses": None if tally.courses is None else dict(tally.courses),
        "course_quarters": dict(tally.course_quarters),
        "tables": {name: [[list(row.labels), row.learners] for row in rows] for name, rows in tally.tables.items()},
        "quarters": dict(tally.quarters),
        "months": dict(tally.months),
        "reach": [
            [country, quarter, reach.scope, reach.trained, reach.assisted, reach.core]
            for (country, quarter), reach in tally.reach.items()
        ],
        "scores": dict(tally.scores),
        "minutes": dict(tally.minutes),
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def load(text: str) -> PublicTally:
    """The tally that `dump` wrote.

    Raises:
        ValueError: The text is not a published state.
    """
    try:
        data = json.loads(text)
        return PublicTally(
            as_of=date.fromisoformat(data["as_of"]) if data["as_of"] else None,
            demonstration=bool(data["demonstration"]),
            **{name: _count(data[name]) for name in _NUMBERS},
            **{name: _count(data.get(name)) for name in _LATER_NUMBERS},
            courses=None if data.get("courses") is None else _exact(data["courses"].items()),
            course_quarters=_exact(data.get("course_quarters", {}).items()),
            tables={
                str(name): tuple(PublicRow(tuple(map(str, labels)), int(count)) for labels, count in rows)
                for name, rows in data["tables"].items()
            },
            quarters=_counts(data["quarters"].items()),
            months=_counts(data["months"].items()),
            reach={
                (str(country), str(quarter)): PublicReach(*map(_count, numbers))
                for country, quarter, *numbers in data["reach"]
            },
            scores={str(name): int(score) for name, score in data["scores"].items()},
            minutes={str(name): int(minutes) for name, minutes in data["minutes"].items()},
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"not a published state: {error}") from error


_NUMBERS = ("learners", "completions", "attempts", "passed", "instructors")
_LATER_NUMBERS = ("trainers", "active_trainers")
"""What states that were published before there was a list of trainers do not have; nor have they courses."""


def _count(value: object) -> int | None:
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TypeError(f"{value!r} is no count")


def _counts(items: Iterable[tuple[str, object]]) -> dict[str, int | None]:
    return {str(name): _count(value) for name, value in items}


def _exact(items: Iterable[tuple[str, object]]) -> dict[str, int]:
    return {str(name): count for name, value in items if (count := _count(value)) is not None}
