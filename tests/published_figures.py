"""What `records/published*.json` say, read with plain `json`, and the figures that follow from them by hand."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

ALL = ("CA", "MX", "US")
PLACES = ("", *ALL)
STAGES = ("scope", "contacted", "enrolled", "assisted", "assessed", "acting", "verified")
GROUPS = [group for many in (3, 1, 2) for group in combinations(ALL, many)]
Group = tuple[str, ...]


def percent(part: float | None, whole: float | None, *, least: int = 20) -> int | None:
    """A coded percentage: 5 is that or less, 95 that or more; none of fewer than 20 people or plants."""
    return None if part is None or not whole or whole < least else min(95, max(5, round(100 * part / whole)))


def coarse(value: float, *sizes: float) -> float:
    """A difference or quotient, no finer than the third digit of the largest of the numbers that it is made of."""
    largest = max(map(abs, sizes))
    return round(value, 2 - math.floor(math.log10(largest))) if largest else 0.0


class Plants:
    """`published-outcomes.json`."""

    def __init__(self, folder: Path) -> None:
        self.data: dict[str, Any] = json.loads((folder / "published-outcomes.json").read_text(encoding="utf-8"))
        self.as_of: str = self.data["as_of"]
        self.stages = {(of, q): dict(zip(STAGES, counts, strict=True)) for of, q, *counts in self.data["stages"]}
        self.amounts = {(name, tuple(group), when): found for name, group, when, found in self.data["amounts"]}
        self.intensities = {(name, unit, when): value for name, unit, when, value in self.data["intensities"]}
        self.coverage = {(of, q): share for of, q, share in self.data["coverage"]}
        self.reporting = {(of, q): count for of, q, count in self.data["reporting"]}
        self.complements = {(name, year): found for name, year, found in self.data["complements"]}
        self.quarters = sorted({quarter for _, quarter in self.stages})
        self.days: set[str] = {day for *_, days in self.data["released"] for day in days}

    def groups(self, measure: str, when: str) -> list[Group]:
        return sorted(group for name, group, period in self.amounts if (name, period) == (measure, when))

    def total(self, measure: str, group: Sequence[str], when: str, of: str = "value") -> float | None:
        """The rows that are of these countries alone, if they are of all of these."""
        inside = [each for each in self.groups(measure, when) if set(each) <= set(group)]
        whole = {country for each in inside for country in each} == set(group)
        return sum(self.amounts[measure, each, when][of] for each in inside) if whole else None

    def share(self, place: str, quarter: str, stage: str, of: str = "scope") -> int | None:
        found = self.stages[place, quarter]
        return percent(found[stage], found[of])

    def implementation(self, group: Sequence[str], by: str) -> int | None:
        done, said = (self.total(f"{by}:{status}", group, "") for status in ("implemented", "identified"))
        return percent(done, said, least=0)

    def realisation(self, group: Sequence[str]) -> int | None:
        saved, expected = self.total("saved", group, ""), self.total("saving:verified", group, "")
        return None if saved is None or not expected else round(100 * saved / expected)

    def payback(self, group: Sequence[str]) -> float | None:
        invested, saved = self.total("invested", group, ""), self.total("saved", group, "")
        return None if invested is None or not saved else round(invested / saved, 1)

    def compared(self, measure: str, group: Sequence[str], quarter: str) -> tuple[Any, Any, Any, Any]:
        """Used, expected at the baseline's intensity, avoided, and the change in percent."""
        used, expected = (self.total(f"{measure}@{name}", group, quarter) for name in ("now", "expected"))
        if used is None or not expected:
            return used, expected, None, None
        change = max(-95, min(95, round(100 * (1 - used / expected))))
        return used, expected, coarse(expected - used, expected, used), change

    def ratio(self, name: str, group: Sequence[str], quarter: str) -> int | None:
        """E10 or E11."""
        parts = ("reused", "recycled") if name == "diversion" else ("material-in-product",)
        sums = [self.total(part, group, quarter) for part in parts]
        whole = self.total("waste" if name == "diversion" else "material-bought", group, quarter)
        return None if None in sums else percent(sum(filter(None, sums)), whole, least=0)


class People:
    """`published.json`."""

    def __init__(self, folder: Path) -> None:
        self.data: dict[str, Any] = json.loads((folder / "published.json").read_text(encoding="utf-8"))
        self.tables = {name: [(tuple(row[0]), row[1]) for row in rows] for name, rows in self.data["tables"].items()}
        self.reach = {(of, q): counts for of, q, *counts in self.data["reach"]}
        self.latest = max(quarter for _, quarter in self.reach)

    def share(self, place: str, quarter: str, at: int) -> int | None:
        counts = self.reach[place, quarter]
        return percent(counts[at], counts[0])

    def monthly(self) -> float:
        return sum(self.data["quarters"][name] for name in sorted(self.data["quarters"])[-4:]) / 12

    def hours(self) -> int:
        rows = self.tables["module"]
        return sum(n * min(self.data["minutes"][label] for label in labels) for labels, n in rows) // 60

    def mexico(self) -> int | None:
        """T8: of the people trained, those in Mexico."""
        return percent(dict(self.tables["country"]).get(("MX",)), self.data["learners"])

    def pass_rate(self) -> int | None:
        """T3."""
        return percent(self.data["passed"], self.data["attempts"])

    def activation(self) -> int | None:
        """T6."""
        return percent(self.data["active_trainers"], self.data["trainers"])

    def headline(self) -> dict[str, float | int | None]:
        """The tiles of the training page: T1, T3, T5 to T8, and what is told beside them."""
        data, scope = self.data, self.reach["", self.latest][0]
        monthly = self.monthly()
        return {
            "learners": data["learners"],
            "completions": data["completions"],
            "monthly_rate": monthly,
            "monthly_rate_per_100_plants": monthly / scope * 100,
            "hours": self.hours(),
            "mexico_percent": self.mexico(),
            "attempts": data["attempts"],
            "passed": data["passed"],
            "pass_rate_percent": self.pass_rate(),
            "instructors": data["instructors"],
            "trainers": data["trainers"],
            "active_trainers": data["active_trainers"],
            "trainer_activation_percent": self.activation(),
            "courses": sum(data["courses"].values()),
        }
