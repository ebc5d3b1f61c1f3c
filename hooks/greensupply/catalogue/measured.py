"""Metrics, and what plants report: quantities, output, and what one country asks for besides."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Literal, Protocol

from pydantic import Field

from greensupply import units
from greensupply.catalogue.factors import Factor, through
from greensupply.catalogue.fields import Code, Country, Sources, Unit, Units, Written
from greensupply.outcome_counts import QUARTERLY
from greensupply.written import Identifier, Trilingual

WHOLES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"ghg": ("scope-1", "scope-2"), "waste": ("hazardous-waste", "nonhazardous-waste")}
)
"""Measures that are what others add up to."""
OUTPUT = "output"
"""Stands in a formula for what a plant made."""


class Factors(Protocol):
    """Where factors are looked up: the `Catalogue`."""

    def factor(self, name: str, place: str, year: int) -> Factor | None:
        """The factor of a place and year, or None."""


class Formula(Written):
    """How a metric follows from measures."""

    said: Trilingual = Field(description="The formula in words and signs.")
    kind: Literal["sum", "ratio", "avoided", "money"] = Field(
        description="sum: of the measures; ratio: of two sums; avoided: what the baseline's intensity would have "
        "taken, less what was taken; money: saved and invested."
    )
    of: tuple[str, ...] = Field(
        strict=False, description="Measures that are added up, or that are compared with their baseline."
    )
    by: tuple[str, ...] = Field(
        default=(), strict=False, description="Measures that the sum is divided by; output is what the plant made."
    )
    times: int = Field(default=1, ge=1, le=1000, description="Whole number that a ratio is multiplied by: 100 for %.")


class Metric(Written):
    """One environmental metric, common to the three countries."""

    id: Code = Field(description="Its code in the programme, such as E1.")
    name: Trilingual = Field(description="What it is called, in the three languages.")
    definition: Trilingual = Field(description="What counts and what does not, in the three languages.")
    unit: Trilingual = Field(description="Its unit, as it is said in each language.")
    direction: Literal["down", "up"] = Field(description="Which way is better.")
    formula: Formula = Field(description="How it is reckoned, in words and for programs.")
    classes: tuple[Literal["M", "C", "E"], ...] = Field(
        strict=False, min_length=1, description="How it may be found: M measured, C calculated, E estimated."
    )
    source: Sources = Field(description="Facts it rests on, or the section of the curriculum.")

    def value(self, quantities: Mapping[str, Decimal]) -> Decimal | None:
        """A sum or a ratio of quantities; None where one of them is missing, or where it is divided by nothing.

        Arguments:
            quantities: Measure -> amount in its unit of `QUARTERLY`; `output` -> what was made.
        """
        formula = self.formula
        if formula.kind not in ("sum", "ratio") or any(name not in quantities for name in (*formula.of, *formula.by)):
            return None
        above = sum((quantities[name] for name in formula.of), Decimal(0)) * formula.times
        below = sum((quantities[name] for name in formula.by), Decimal(0)) if formula.by else Decimal(1)
        return above / below if below else None


class Addition(Written):
    """How an input adds to a measure."""

    factor: Identifier | None = Field(
        default=None, description="Factor it is multiplied by; left out where only the unit is converted."
    )


class Input(Written):
    """A quantity that plants report."""

    id: Identifier = Field(description="Name in lists of measurements and opportunities; never changes.")
    name: Trilingual = Field(description="What it is called, in the three languages.")
    definition: Trilingual = Field(description="What counts and what does not, in the three languages.")
    unit: Unit = Field(description="Unit that its sums are in.")
    units: Units = Field(description="Units in which a plant may report it, the usual one first.")
    heat: Identifier | None = Field(
        default=None, description="Factor that gives a fuel's heat for its volume, where it is reported in both."
    )
    measures: dict[str, Addition] = Field(description="Measures that it adds to -> how.")
    source: Sources = Field(description="Facts it rests on, or the section of the curriculum.")

    def quantities(self, value: Decimal, unit: str, place: str, year: int, catalogue: Factors) -> Mapping[str, Decimal]:
        """What an amount of it adds to each measure, in the measure's unit; `ghg` and `waste` among them.

        A measure whose factor is not known for the place and year is left out, and so is the whole that it belongs to.

        Arguments:
            value: Amount in `unit`.
            unit: One of `units`.
            place: `MX`, `CA-QC`, ...
            year: In which it was used.
            catalogue: Where its factors stand.

        Raises:
            units.UnitError: The input is not reported in this unit.
        """
        if unit not in self.units:
            raise units.UnitError(unit, self.units, f"`{unit}` is no unit of `{self.id}`.")
        heat = catalogue.factor(self.heat, place, year) if self.heat else None
        found: dict[str, Decimal] = {}
        for measure, added in self.measures.items():
            factor = catalogue.factor(added.factor, place, year) if added.factor else None
            if added.factor and not factor:
                continue
            amount = through(value, unit, factor.per if factor else QUARTERLY[measure], heat)
            if amount is not None and factor:
                amount = units.convert(amount * factor.value, factor.unit, QUARTERLY[measure])
            if amount is not None:
                found[measure] = amount
        for whole, parts in WHOLES.items():
            mine = [part for part in parts if part in self.measures]
            if mine and all(part in found for part in mine):
                found[whole] = sum((found[part] for part in mine), Decimal(0))
        return found


class Choice(Written):
    """One of the answers of a complement that is a class or a level."""

    id: Identifier = Field(description="Name in data; never changes.")
    name: Trilingual = Field(description="What it is called, in the three languages.")


class Complement(Written):
    """What one country's programmes ask for besides; never added up over countries (facts INS-67 to INS-70)."""

    id: Identifier = Field(description="Name in lists of measurements; never changes.")
    country: Country = Field(description="Whose programme asks for it.")
    name: Trilingual = Field(description="What it is called, in the three languages.")
    definition: Trilingual = Field(description="What counts and what does not, in the three languages.")
    kind: Literal["quantity", "count", "yes-no", "choice", "ratio", "date"] = Field(
        description="quantity: in a unit; count: how many; yes-no: 1 or 0; choice: place of one of the choices, from "
        "1; ratio: a number; date: as 20261231."
    )
    unit: Unit = Field(default="1", description="Unit that its sums are in; left out where it has none.")
    units: Units = Field(default=("1",), description="Units in which a plant may report it.")
    choices: tuple[Choice, ...] = Field(default=(), strict=False, description="The answers, where it is a choice.")
    source: Sources = Field(description="Facts it rests on, or the section of the curriculum.")

    @property
    def adds_up(self) -> bool:
        """Whether a sum over plants means something."""
        return self.kind in ("quantity", "count", "yes-no")

    def amount(self, value: Decimal, unit: str) -> Decimal:
        """A reported value in `unit` of the complement.

        Raises:
            units.UnitError: The complement is not reported in this unit.
        """
        return _reported(self, value, unit)


class Output(Written):
    """A way to say how much a plant made; a plant chooses one and keeps it."""

    id: Unit = Field(description="Unit that sums of it are in: t, 1000 parts, machine h or m2.")
    name: Trilingual = Field(description="What it is called, in the three languages.")
    units: Units = Field(description="Units in which a plant may report it, the usual one first.")

    @property
    def unit(self) -> str:
        """Unit that sums of it are in."""
        return self.id

    def amount(self, value: Decimal, unit: str) -> Decimal:
        """A reported output in `unit` of this one.

        Raises:
            units.UnitError: It is not reported in this unit.
        """
        return _reported(self, value, unit)


def _reported(what: Complement | Output, value: Decimal, unit: str) -> Decimal:
    if unit not in what.units:
        raise units.UnitError(unit, what.units, f"`{unit}` is no unit of `{what.id}`.")
    return units.convert(value, unit, what.unit)


class MetricsFile(Written):
    """`records/metrics.yml`."""

    metrics: tuple[Metric, ...] = Field(strict=False, description="Metrics common to the three countries, in order.")
    inputs: tuple[Input, ...] = Field(strict=False, description="Quantities that plants report each quarter.")
    outputs: tuple[Output, ...] = Field(strict=False, description="Ways to say how much a plant made.")
    complements: tuple[Complement, ...] = Field(strict=False, description="What one country asks for besides.")
