"""What the monitoring pages say: quantities with their units, countries, and how values were found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from greensupply import locales
from greensupply.catalogue import Catalogue
from greensupply.monitoring.results import ALL
from greensupply.outcome_counts import QUARTERLY
from greensupply.published import CEILING
from greensupply.results_page.wording import Wording

NO_BREAK_SPACE = "\u00a0"
CLASSES = ("M", "C", "E")
METRICS: Mapping[str, str] = {
    "energy": "E1",
    "scope-1": "E3",
    "scope-2": "E4",
    "water": "E6",
    "hazardous-waste": "E8",
    "nonhazardous-waste": "E9",
    "priority-chemicals": "E12",
    "voc": "E13",
}
"""Measure -> the metric that is its sum."""


@dataclass(frozen=True)
class Words(Wording):
    """How one language says it; a string of its own stands before the one that the training page has.

    Attributes:
        catalogue: Names of metrics and of what plants report.
    """

    catalogue: Catalogue = field(default_factory=Catalogue)

    @property
    def say(self) -> Mapping[str, Any]:
        """The strings of these pages."""
        said = locales.words(self.locale)
        return {**said["results"], **said["monitoring"]}

    def measure(self, name: str) -> str:
        """What a measure is called: `Water intake`."""
        metric, reported = self.catalogue.metrics.get(METRICS.get(name, "")), self.catalogue.inputs.get(name)
        found = metric or reported
        return found.name[self.locale] if found else str(self.say["measures"].get(name, name))

    def unit(self, unit: str) -> str:
        """A unit as the language writes it: `t CO₂e`."""
        return str(self.say["units"].get(unit, unit))

    def number(self, value: float | None) -> str:
        """A quantity with three significant digits, or that there is not enough data."""
        return str(self.say["withheld"]) if value is None else locales.number(_three(value), self.locale)

    def quantity(self, value: float | None, unit: str) -> str:
        """A quantity with its unit: `1,230 GJ`."""
        if value is None:
            return str(self.say["withheld"])
        if unit == "US$":
            return str(self.say["money"].format(amount=self.number(value)))
        return f"{self.number(value)} {self.unit(unit)}".replace(" ", NO_BREAK_SPACE)

    def of_measure(self, value: float | None, measure: str) -> str:
        """A quantity with the unit of its measure."""
        return self.quantity(value, QUARTERLY[measure])

    def countries(self, group: Sequence[str]) -> str:
        """Countries that stand together; all three by one name."""
        if set(group) == set(ALL):
            return str(self.say["all"])
        return locales.listing((locales.country(code, self.locale) for code in group), self.locale)

    def named(self, group: Sequence[str]) -> str:
        """The same at the beginning of a row: `All three countries`."""
        found = self.countries(group)
        return found[:1].upper() + found[1:]

    def quarter(self, name: str) -> str:
        """`3rd quarter 2026`."""
        return locales.period(name, self.locale)

    def day(self, day: date) -> str:
        """`October 31, 2026`."""
        return locales.long_date(day, self.locale)

    def short_day(self, day: date) -> str:
        """The same in a table: `Oct 31, 2026`."""
        return locales.short_date(day, self.locale)

    def classes(self, found: Mapping[str, int]) -> str:
        """How a sum was found: `measured 70%, calculated 20%, estimated 10%`."""
        if not found:
            return str(self.say["no_classes"])
        said = self.say["classes"]
        return ", ".join(said[name].format(share=self.share(found[name])) for name in CLASSES if name in found)

    def change(self, percent: int | None) -> str:
        """A normalized change as a chart says it: above zero, less is used."""
        if percent is None:
            return str(self.say["withheld"])
        sign = "≥\u00a0" if percent >= CEILING else "≤\u00a0" if percent <= -CEILING else ""
        return sign + locales.percent(percent / 100, self.locale)

    def less_or_more(self, percent: int) -> str:
        """The same in words: `12% less`."""
        form = "less" if percent > 0 else "more" if percent < 0 else "alike"
        return str(self.say["changes"][form].format(share=self.change(abs(percent))))

    def percent(self, share: int | None) -> str:
        """A percentage that is not coded, as it may be more than 100."""
        return str(self.say["withheld"]) if share is None else locales.percent(share / 100, self.locale)

    def years(self, years: float | None) -> str:
        """A payback period."""
        if years is None:
            return str(self.say["withheld"])
        return str(self.say["years"].format(years=locales.number(Decimal(str(years)), self.locale)))

    def days(self, days: int | None) -> str:
        """A time to action."""
        return str(self.say["withheld"]) if days is None else str(self.say["days"].format(days=self.count(days)))


def _three(value: float) -> Decimal:
    """What is published has three significant digits; sums of several rows are shown with as many."""
    return Decimal(f"{value:.3g}") + 0


def scale(values: Sequence[float | None]) -> int:
    """By how much all numbers of a chart are divided, so that none has more than three digits before its point."""
    highest = max((abs(value) for value in values if value is not None), default=0.0)
    return 1_000_000_000 if highest >= 1e9 else 1_000_000 if highest >= 1e6 else 1000 if highest >= 1000 else 1
