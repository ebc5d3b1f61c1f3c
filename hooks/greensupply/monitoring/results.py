"""What the monitoring pages are made of."""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from greensupply.catalogue import Catalogue
from greensupply.completion import COUNTRIES
from greensupply.published_outcomes import PublicOutcomes, PublicStages
from greensupply.results_page import Definition, Results

ALL = tuple(COUNTRIES)


@dataclass(frozen=True)
class Monitoring:
    """Everything that the pages and the files say.

    Attributes:
        outcomes: What may be shown of plants.
        training: What may be shown of people, and the goals.
        catalogue: Names and units of what is measured.
        definitions: How each figure of plants is counted, the metrics E1 to E13 first.
    """

    outcomes: PublicOutcomes = field(default_factory=PublicOutcomes)
    training: Results = field(default_factory=Results)
    catalogue: Catalogue = field(default_factory=Catalogue)
    definitions: tuple[Definition, ...] = ()

    @property
    def as_of(self) -> date | None:
        """Last day counted; None where nothing of plants was published yet."""
        return self.outcomes.as_of

    @property
    def quarters(self) -> tuple[str, ...]:
        """Closed quarters of plants, in order."""
        return tuple(sorted({quarter for _, quarter in self.outcomes.stages}))

    @property
    def latest(self) -> str:
        """The last of them, or empty."""
        return max(self.quarters, default="")

    @property
    def reported(self) -> tuple[str, ...]:
        """Closed quarters that there is something to report of, in order: of plants or of people."""
        plants = {quarter for (_, quarter), found in self.outcomes.stages.items() if found != PublicStages()}
        day = self.training.tally.as_of
        people = {
            quarter
            for quarter, learners in self.training.tally.quarters.items()
            if learners is not None and day and last_day(quarter) <= day
        }
        return tuple(sorted(plants | people))

    @property
    def empty(self) -> bool:
        """Nothing of plants can be shown."""
        found = self.outcomes
        shown = any(stages != PublicStages() for stages in found.stages.values())
        return not (shown or found.amounts or found.intensities or found.complements)


def metric_definitions(catalogue: Catalogue) -> Iterator[Definition]:
    """How E1 to E13 are reckoned, as the catalogue has it; E14 and E15 stand beside their queries."""
    for name, metric in catalogue.metrics.items():
        if metric.formula.kind in ("sum", "ratio"):
            texts = {
                locale: f"{metric.definition[locale]} {name} = {metric.formula.said[locale]}."
                for locale in ("en", "es", "fr")
            }
            names, units = ({locale: said[locale] for locale in texts} for said in (metric.name, metric.unit))
            yield Definition(name.lower(), name, names, texts, units)


def last_day(quarter: str) -> date:
    """`2026-Q3` -> September 30, 2026."""
    year, month = int(quarter[:4]), 3 * int(quarter[-1])
    return date(year, month, calendar.monthrange(year, month)[1])


def before(quarter: str, quarters: int) -> str:
    """The quarter that lies so many quarters before another one."""
    number = int(quarter[:4]) * 4 + int(quarter[-1]) - 1 - quarters
    return f"{number // 4}-Q{number % 4 + 1}"
