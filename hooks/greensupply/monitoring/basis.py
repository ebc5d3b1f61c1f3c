"""What all figures of plants have in common: their numbers, goals, notes, and how the values behind them were found."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from greensupply import charts
from greensupply.charts import Caption
from greensupply.monitoring.results import ALL, Monitoring
from greensupply.monitoring.wording import CLASSES, Words
from greensupply.outcome_counts import BASELINED, QUARTERLY
from greensupply.published_outcomes import PublicAmount, PublicOutcomes
from greensupply.results_page import frame
from greensupply.results_page.goals import Goal, next_of

Group = tuple[str, ...]


@dataclass(frozen=True)
class Basis:
    """The figures of one page.

    Attributes:
        monitoring: What may be shown.
        words: The page's language.
        files: Address of the folder of downloads, relative to the page, with a slash at its end.
    """

    monitoring: Monitoring
    words: Words
    files: str

    @property
    def outcomes(self) -> PublicOutcomes:
        """The numbers."""
        return self.monitoring.outcomes

    @property
    def say(self) -> Any:
        """The strings of the page."""
        return self.words.say

    def gaps(self, found: Sequence[tuple[str, float | None, str]]) -> Iterable[str]:
        """What has to be said of withheld and of undrawn quarters."""
        last = charts.drawn(found)
        if any(value is None for _, value, _ in last):
            yield self.say["withheld_note"]
        if len(found) > len(last):
            yield self.say["drawn_note"]

    def quality(self, measure: str, quarter: str, *, named: bool = False) -> list[str]:
        """How the values of a quarter were found, from how many plants, and the coverage: beside every figure."""
        words, say = self.words, self.say
        parts = [
            say["found_part"].format(
                countries=words.countries(group), plants=words.count(found.plants), classes=words.classes(found.classes)
            )
            for group in self.groups(measure, quarter)
            for found in (self.outcomes.amounts[measure, group, quarter],)
        ]
        if not parts:
            return []
        name = f"{words.measure(measure)}, {words.quarter(quarter)}" if named else words.quarter(quarter)
        return [say["found"].format(quarter=name, parts="; ".join(parts)), *([] if named else self.covered(quarter))]

    def covered(self, quarter: str) -> list[str]:
        """The share of the enrolled plants that report."""
        share = self.outcomes.coverage.get(("", quarter))
        return [self.say["covered"].format(share=self.words.share(share), quarter=self.words.quarter(quarter))]

    def shares(self, found: PublicAmount) -> tuple[str, ...]:
        """Measured, calculated and estimated, in percent."""
        return tuple(self.words.share(found.classes.get(name)) for name in CLASSES)

    def groups(self, measure: str, period: str) -> list[Group]:
        """Countries that stand together in the rows of a measure and a period."""
        return sorted(self.outcomes.rows(measure, period))

    def shown(self, measure: str, periods: Iterable[str]) -> Group:
        """Of which countries a chart is: all three, or those that most numbers are of."""
        values: dict[Group, int] = {}
        for period in periods:
            for group in [ALL, *self.groups(measure, period)]:
                values[group] = values.get(group, 0) + (self.outcomes.value(measure, group, period) is not None)
        return ALL if values.get(ALL) else max(values, key=lambda group: (values[group], group), default=ALL)

    def since(self, is_known: Callable[[str], object]) -> list[str]:
        """The closed quarters from the first to the last that has a number, with those between."""
        known = [quarter for quarter in self.monitoring.quarters if is_known(quarter)]
        return [quarter for quarter in self.monitoring.quarters if known and known[0] <= quarter <= known[-1]]

    def avoided(self, measure: str, countries: Iterable[str], quarter: str) -> float | None:
        """E14, no finer than the two rounded sums that it lies between."""
        countries = tuple(countries)
        now, expected = (self.outcomes.value(f"{measure}@{name}", countries, quarter) for name in ("now", "expected"))
        return None if now is None or expected is None else difference(expected, now)

    def goal(self, measure: str, country: str = "") -> Goal | None:
        """The goal of a measure that comes next."""
        if self.monitoring.as_of is None:
            return None
        coming = next_of(self.monitoring.training.goals, country, self.monitoring.as_of)
        return next((goal for goal in coming if goal.measure == measure), None)

    def goal_said(self, goal: Goal) -> str:
        """A goal in a sentence, with its day."""
        kind, _, measure = goal.measure.partition("-")
        if kind == "change":
            value = self.words.less_or_more(goal.share)
        else:
            value = self.words.quantity(goal.amount, QUARTERLY[measure] if measure in BASELINED else "US$")
        return str(self.say["goal_by"].format(date=self.words.day(goal.by), value=value))

    def panel(
        self,
        caption: Caption,
        chart: str,
        notes: Sequence[str],
        numbers: tuple[Sequence[str], Sequence[Sequence[str]]],
        file: str,
        definitions: Iterable[str],
    ) -> str:
        """One figure; without a chart it says that there is not enough data."""
        links = frame.links(self.monitoring.definitions, definitions, self.words)
        if not chart:
            notes = [self.say["too_small"], *notes]
        parts = (chart, frame.note(*notes), links, frame.table(self.words, *numbers))
        return frame.panel(self.words, caption, parts, f"{self.files}{file}.csv")


def difference(one: float, other: float) -> float:
    """`one` less `other`, both with three significant digits: no finer than the coarser of them."""
    largest = max(abs(one), abs(other))
    return round(one - other, 2 - math.floor(math.log10(largest))) if largest else 0.0
