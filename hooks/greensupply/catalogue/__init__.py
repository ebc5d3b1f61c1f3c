"""What is measured in plants and how it is reckoned: the types of `metrics.yml`, `factors.yml` and `rates.yml`.

Those who run the programme write the three files; `metrics.read` makes a `Catalogue` of them. Quantities are decimals.
Sources: curriculum 4.3 and 4.4; facts MET-06, MET-11 to MET-15, MET-25, MET-60.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from greensupply.catalogue.factors import Factor, FactorsFile, Rate, RatesFile, through
from greensupply.catalogue.measured import (
    OUTPUT,
    WHOLES,
    Addition,
    Choice,
    Complement,
    Formula,
    Input,
    Metric,
    MetricsFile,
    Output,
)
from greensupply.written import Trilingual

__all__ = [
    "OUTPUT",
    "WHOLES",
    "Addition",
    "Catalogue",
    "Choice",
    "Complement",
    "Factor",
    "FactorsFile",
    "Formula",
    "Input",
    "Metric",
    "MetricsFile",
    "Output",
    "Rate",
    "RatesFile",
    "through",
]


@dataclass(frozen=True)
class Catalogue:
    """What is measured, and by which factors and rates.

    Attributes:
        metrics: E1 to E15, in order.
        inputs: What plants report each quarter.
        outputs: Ways to say how much a plant made, by their unit.
        complements: What one country asks for besides.
        factors, rates: As they are written.
    """

    metrics: Mapping[str, Metric] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    outputs: Mapping[str, Output] = field(default_factory=dict)
    complements: Mapping[str, Complement] = field(default_factory=dict)
    factors: tuple[Factor, ...] = ()
    rates: tuple[Rate, ...] = ()

    def factor(self, name: str, place: str, year: int) -> Factor | None:
        """The factor of a place and year: of the province or state, else of the country, else the general one.

        Of each place it is the newest that is not after `year`; illustrations are passed over.
        """
        for where in dict.fromkeys((place, place.partition("-")[0], "")):
            known = [
                each
                for each in self.factors
                if (each.name, each.place) == (name, where) and each.year <= year and each.standing != "illustration"
            ]
            if known:
                return max(known, key=lambda each: each.year)
        return None

    def rate(self, currency: str, year: int) -> Rate | None:
        """What a currency was worth in that very year; a US dollar is always one. Source: fact MET-60."""
        if currency == "USD":
            dollar = Trilingual(en="US dollar", es="Dólar de Estados Unidos", fr="Dollar des États-Unis")
            return Rate(currency="USD", year=year, value=Decimal(1), listed=date(year, 1, 1), source=dollar)
        return next((each for each in self.rates if (each.currency, each.year) == (currency, year)), None)
