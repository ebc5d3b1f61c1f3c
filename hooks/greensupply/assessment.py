"""What plants report and what assessments find: plain types, checked where they come in (`records`, `store`)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias


class Status(StrEnum):
    """How far an opportunity has come, lowest first; each contains those after it. Source: fact LC-14."""

    IDENTIFIED = "identified"
    COMMITTED = "committed"
    IMPLEMENTED = "implemented"
    VERIFIED = "verified"


class DataClass(StrEnum):
    """How a value was found. Source: fact MET-17."""

    MEASURED = "M"
    CALCULATED = "C"
    ESTIMATED = "E"


FAMILIES = ("housekeeping", "input-substitution", "technology", "process-change", "product-change", "reuse")
"""Kinds of pollution prevention options. Source: fact P2-03."""


@dataclass(frozen=True, order=True, slots=True)
class Assessment:
    """One Lean and Clean assessment, or another visit of technical assistance.

    Attributes:
        id: Code, in capitals; the key of its rows.
        supplier: Code of the plant, as in `suppliers.csv`.
        day: Its last day on site.
        hours: Hours of advice that the plant received (P2a adds them to hours of training).
        complete: It was a whole Lean and Clean assessment (P3); else advice only.
        assessors: Keyed pseudonyms, in order.
        recorded_on: Day on which the row was taken into the store.
    """

    id: str
    supplier: str
    day: date
    hours: Decimal
    complete: bool
    assessors: tuple[str, ...]
    recorded_on: date


@dataclass(frozen=True, order=True, slots=True)
class Opportunity:
    """One opportunity as it stands now. A later row of the same `id` supersedes it whole.

    Quantities are for one year, in `unit`; money is for one year too, but `cost`, in `currency` of the year of its day.

    Attributes:
        id: Code, in capitals; the key of its rows.
        assessment: Code of the assessment that found it.
        process: What is changed, one of `written.PROCESSES`, or `utilities`, or `other`.
        family: One of `FAMILIES`.
        input: Which reported quantity it saves, an `id` under `inputs` of the catalogue; empty if it saves money only.
        unit: Of the quantities.
        baseline: Quantity used in the year before.
        expected: Quantity expected to be saved.
        actual: Quantity used in the year after; None until verified.
        index: Output of the year after divided by that of the year before; None until verified.
        data_class: How `actual` was found; None until verified.
        saving: Money expected to be saved.
        verified_saving: Money found to be saved; None until verified.
        cost: Money invested.
        currency: CAD, MXN or USD.
        identified_on: Day of each status; None where it has not come so far.
        recorded_on: Day on which the row was taken into the store.
    """

    id: str
    assessment: str
    process: str
    family: str
    input: str
    unit: str
    baseline: Decimal
    expected: Decimal
    actual: Decimal | None
    index: Decimal | None
    data_class: DataClass | None
    saving: Decimal
    verified_saving: Decimal | None
    cost: Decimal
    currency: str
    identified_on: date
    committed_on: date | None
    implemented_on: date | None
    verified_on: date | None
    recorded_on: date

    @property
    def status(self) -> Status:
        """The highest status that has a day."""
        days = (self.verified_on, self.implemented_on, self.committed_on)
        reached = (Status.VERIFIED, Status.IMPLEMENTED, Status.COMMITTED)
        return next((status for status, day in zip(reached, days, strict=True) if day), Status.IDENTIFIED)

    @property
    def avoided(self) -> Decimal | None:
        """Verified quantity saved, adjusted for output: baseline x index - actual (E14; fact MET-15)."""
        if self.actual is None or self.index is None:
            return None
        return self.baseline * self.index - self.actual


@dataclass(frozen=True, order=True, slots=True)
class Measurement:
    """What one plant reports of one quantity in one calendar quarter. A later row of the same key supersedes it.

    Attributes:
        supplier: Code of the plant, as in `suppliers.csv`.
        period: `2026-Q3`; a year (`2026`) for national complements.
        input: An `id` under `inputs` (or `complements`) of the catalogue.
        value: In `unit`.
        unit: One that the catalogue allows for the input.
        output: How much the plant made in the period.
        output_unit: `t`, `1000 parts`, `machine h` or `m2`; a plant chooses one and keeps it.
        data_class: How the value was found.
        recorded_on: Day on which the row was taken into the store.
    """

    supplier: str
    period: str
    input: str
    value: Decimal
    unit: str
    output: Decimal
    output_unit: str
    data_class: DataClass
    recorded_on: date


@dataclass(frozen=True, order=True, slots=True)
class Withdrawal:
    """A row that takes back what earlier rows of a key said.

    Attributes:
        of: Which list they stand in, one of `LISTS`, or `plants`.
        key: What they are said of, see `key`.
        recorded_on: Day on which it was taken into the store.
    """

    of: str
    key: tuple[str, ...]
    recorded_on: date


Line: TypeAlias = Assessment | Opportunity | Measurement | Withdrawal
"""One row of a list, as the store keeps it."""

PLANTS = "plants"
ASSESSMENTS, OPPORTUNITIES, MEASUREMENTS = LISTS = ("assessments", "opportunities", "measurements")
_OF = {Assessment: ASSESSMENTS, Opportunity: OPPORTUNITIES, Measurement: MEASUREMENTS}


def of(line: Line) -> str:
    """Which list a row stands in, one of `LISTS`; `plants` for one that takes a plant back."""
    return line.of if isinstance(line, Withdrawal) else _OF[type(line)]


def key(line: Line) -> tuple[str, ...]:
    """What a row is said of: an assessment's or opportunity's code; plant, period and input of a measurement."""
    if isinstance(line, Withdrawal):
        return line.key
    return (line.supplier, line.period, line.input) if isinstance(line, Measurement) else (line.id,)


def same(one: Line, other: Line) -> bool:
    """Whether two rows say the same, whenever they were recorded."""
    return type(one) is type(other) and replace(one, recorded_on=other.recorded_on) == other
