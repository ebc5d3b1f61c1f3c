"""What the results pages are made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from greensupply.published import PublicTally
from greensupply.results_page.goals import CoursePlan, Goal


@dataclass(frozen=True)
class Definition:
    """How one figure is counted, as it is written beside its query; each text is locale -> words."""

    id: str
    code: str
    name: Mapping[str, str]
    text: Mapping[str, str]
    unit: Mapping[str, str]

    @property
    def anchor(self) -> str:
        """Its id in the page."""
        return f"counted-{self.id}"


@dataclass(frozen=True)
class Results:
    """Everything that the pages and the files say.

    Attributes:
        tally: What may be shown.
        goals: In the order of their days.
        definitions: How each figure is counted.
        titles: Locale -> module -> its title.
        plan: How many train-the-trainer courses are to be delivered.
    """

    tally: PublicTally = field(default_factory=PublicTally)
    goals: tuple[Goal, ...] = ()
    definitions: tuple[Definition, ...] = ()
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    plan: CoursePlan | None = None
