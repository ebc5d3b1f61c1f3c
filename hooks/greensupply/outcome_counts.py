"""True results of the programme in plants, and what each plant contributes to a sum. They never leave the process.

`counts` holds the same for people. Only `outcome_disclosure.protect` makes what may be published from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

Key = tuple[str, str, str]
"""Measure, country, period. The period is a quarter (`2026-Q3`); empty for a sum of everything up to `as_of`."""

QUARTERLY = {
    "energy": "GJ",
    "scope-1": "t CO2e",
    "scope-2": "t CO2e",
    "ghg": "t CO2e",
    "water": "m3",
    "hazardous-waste": "t",
    "nonhazardous-waste": "t",
    "waste": "t",
    "reused": "t",
    "recycled": "t",
    "energy-recovered": "t",
    "material-bought": "t",
    "material-in-product": "t",
    "priority-chemicals": "kg",
    "voc": "kg",
}
"""Measures of a quarter -> their unit; `ghg` and `waste` are what the two before them add up to."""

BASELINED = ("energy", "ghg", "water", "waste", "priority-chemicals", "voc")
"""Measures that are compared with each plant's baseline year.

`water@now` is `water` of the plants with a baseline alone; `water@expected` what those would have used at the intensity
of their baseline year. The avoided quantity (E14) is the second less the first; the normalized change is
1 - first / second.
"""

STATUSES = ("identified", "committed", "implemented", "verified")
CUMULATIVE = (
    *(f"count:{status}" for status in STATUSES),
    *(f"saving:{status}" for status in STATUSES),
    "saved",
    "invested",
    *(f"avoid:{measure}" for measure in BASELINED),
    *(f"avoided:{measure}" for measure in BASELINED),
)
"""Measures of everything up to `as_of`, period `""`. Money is US$ a year, `invested` US$.

`count:committed` counts opportunities that came at least so far; `saving:committed` is what is expected to be saved by
these, `saved` what was found to be saved by the verified ones. `avoid:water` is the quantity expected to be saved in a
year by implemented opportunities, `avoided:water` the verified one.
"""

CHAINS = (
    *((measure, f"{measure}@now") for measure in BASELINED),
    tuple(f"count:{status}" for status in STATUSES),
    tuple(f"saving:{status}" for status in STATUSES),
)
"""Measures that contain one another: what lies between two of them is a sum over plants too, and as revealing."""

SUMS = {"ghg": ("scope-1", "scope-2"), "waste": ("hazardous-waste", "nonhazardous-waste")}
"""Measures that are the sum of two others."""


@dataclass(frozen=True)
class Stages:
    """Plants of one country (or of all, `""`) that came this far by the end of a quarter; each contains the next.

    Attributes:
        scope: On the dated list (P0).
        contacted: Invited and answered (P1).
        enrolled: Enrolled in the programme.
        assisted: 4 h or more of training and advice together (P2a).
        assessed: A complete Lean and Clean assessment (P3).
        acting: One or more implemented actions (P4).
        verified: Verified results (P5).
    """

    scope: int
    contacted: int
    enrolled: int
    assisted: int
    assessed: int
    acting: int
    verified: int


@dataclass(frozen=True)
class Amount:
    """A sum over plants.

    Attributes:
        plants: Code of a plant -> what it contributes, in the measure's unit; plants that report nothing are left out.
        classes: `M`, `C`, `E` -> the part of the sum that was found so.
        by_class: The same parts by plant; without them no share of a class is published, as it may be one plant's.
    """

    plants: Mapping[str, float]
    classes: Mapping[str, float] = field(default_factory=dict)
    by_class: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    @property
    def total(self) -> float:
        """The sum."""
        return sum(self.plants.values())


@dataclass(frozen=True)
class Outcomes:
    """True results.

    Attributes:
        as_of: Last day counted, the end of a month.
        demonstration: Some of the records are invented.
        stages: (country, quarter) -> penetration at the end of each closed quarter; country "" is all together.
        amounts: Sums by country, each of `COUNTRIES` alone; `outcomes.measures` lists the measures and how they nest.
        intensities: (measure, output unit, quarter) -> sum of the measure and of the output over the plants of all
            countries that report in that unit.
        days_to_action: Plant -> days from its first assessment to its first implemented action (P9).
        reporting: (country, quarter) -> plants that report any quantity in it, for coverage; country "" is all.
        complements: (national complement, year) -> plants -> value, in the country that it belongs to.
        plants: Plant -> country, of every plant on the list.
    """

    as_of: date
    demonstration: bool
    stages: Mapping[tuple[str, str], Stages]
    amounts: Mapping[Key, Amount]
    intensities: Mapping[Key, tuple[Amount, Amount]]
    days_to_action: Mapping[str, int]
    reporting: Mapping[tuple[str, str], int]
    complements: Mapping[tuple[str, str], Mapping[str, float]]
    plants: Mapping[str, str]
