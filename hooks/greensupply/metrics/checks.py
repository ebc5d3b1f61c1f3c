"""What no type can say of the catalogue: its names fit together, and so do its units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from greensupply import rules, units
from greensupply.catalogue import (
    OUTPUT,
    Complement,
    Factor,
    FactorsFile,
    Input,
    MetricsFile,
    Output,
    RatesFile,
    through,
)
from greensupply.errors import Problem
from greensupply.outcome_counts import BASELINED, QUARTERLY
from greensupply.yaml_text import Document

Model = TypeVar("Model")
_MONEY = ("saved", "invested")
_ENERGY, _GASES = QUARTERLY["energy"], QUARTERLY["ghg"]
GRID = "grid"
"""Factor of bought electricity; energy in any other factor is that of a fuel, so its heating value must be named."""


@dataclass(frozen=True)
class Read(Generic[Model]):
    """A file that was read, with the places of its keys."""

    path: str
    document: Document
    written: Model

    def problem(self, rule: str, *at: str | int, **values: Any) -> Problem:
        """A problem at the place of a key or an item."""
        return rules.problem(rule, self.path, *self.document.place(*at), **values)

    def line(self, *at: str | int) -> str:
        """Line of a key or an item, for messages."""
        return str(self.document.line(*at))


def problems(
    metrics: Read[MetricsFile] | None, factors: Read[FactorsFile] | None, rates: Read[RatesFile] | None
) -> Iterator[Problem]:
    """Every problem of the files that could be read; None is one that is not there, or broken."""
    if metrics:
        yield from _twice(metrics, "metrics", (each.id for each in metrics.written.metrics))
        yield from _twice(metrics, "inputs", (each.id for each in metrics.written.inputs))
        yield from _twice(metrics, "outputs", (each.id for each in metrics.written.outputs))
        yield from _twice(metrics, "complements", (each.id for each in metrics.written.complements))
        yield from _formulas(metrics)
        yield from _kinds(metrics)
    if factors:
        named = (f"{each.name}, {each.place or '—'}, {each.year}" for each in factors.written.factors)
        yield from _twice(factors, "factors", named)
        yield from _unstated(factors)
    if rates:
        yield from _twice(rates, "rates", (f"{each.currency}, {each.year}" for each in rates.written.rates))
    if metrics:
        for number, reported in enumerate(metrics.written.inputs):
            yield from _additions(metrics, number, reported, factors)


def _twice(read: Read[Any], key: str, names: Iterable[str]) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for number, name in enumerate(names):
        if name in seen:
            yield read.problem("metric-twice", key, number, name=name, first=seen[name])
        seen.setdefault(name, read.line(key, number))


def _formulas(read: Read[MetricsFile]) -> Iterator[Problem]:
    for number, metric in enumerate(read.written.metrics):
        known: dict[str, tuple[str, ...]] = {"avoided": BASELINED, "money": _MONEY}
        above = known.get(metric.formula.kind, tuple(QUARTERLY))
        for key, names, allowed in (("of", metric.formula.of, above), ("by", metric.formula.by, (*QUARTERLY, OUTPUT))):
            for place, name in enumerate(names):
                if name not in allowed:
                    at = ("metrics", number, "formula", key, place)
                    advice = rules.advice(name, allowed, "metric-measures")
                    yield read.problem("metric-measure-unknown", *at, name=name, advice=advice)


def _kinds(read: Read[MetricsFile]) -> Iterator[Problem]:
    """Units of another kind than that of the sum, and choices where there is nothing to choose."""
    sections: tuple[tuple[str, tuple[Complement | Output, ...]], ...] = (
        ("outputs", read.written.outputs),
        ("complements", read.written.complements),
    )
    for key, entries in sections:
        for number, entry in enumerate(entries):
            for place, unit in enumerate(entry.units):
                if not units.fits(unit, entry.unit):
                    yield _unfit(read, (key, number, "units", place), unit, entry.unit)
    for number, complement in enumerate(read.written.complements):
        if (complement.kind == "choice") != (len(complement.choices) > 1):
            yield read.problem("metric-choices-unclear", "complements", number, "choices", name=complement.id)


def _unfit(read: Read[Any], at: tuple[str | int, ...], unit: str, other: str) -> Problem:
    return read.problem("metric-unit-unfit", *at, unit=unit, other=other, units=", ".join(units.alike(other)))


def _unstated(read: Read[FactorsFile]) -> Iterator[Problem]:
    for number, factor in enumerate(read.written.factors):
        fuel = factor.name != GRID and _ENERGY in (*units.alike(factor.unit), *units.alike(factor.per))
        if fuel and not factor.heat:
            yield read.problem("factor-basis-unstated", "factors", number, name=factor.name, line="heat: HHV")
        if units.fits(factor.unit, _GASES) and not factor.gases:
            yield read.problem("factor-basis-unstated", "factors", number, name=factor.name, line="gases: CO2e")


def _additions(
    read: Read[MetricsFile], number: int, reported: Input, factors: Read[FactorsFile] | None
) -> Iterator[Problem]:
    """Measures and factors that there are not, and units from which nothing leads to a measure."""
    listed = factors.written.factors if factors else ()
    names = tuple(dict.fromkeys(each.name for each in listed))
    at: tuple[str | int, ...] = ("inputs", number)
    heats: list[Factor | None] = [None, *(each for each in listed if each.name == reported.heat)]
    goals: list[tuple[str, str]] = []
    for measure, added in reported.measures.items():
        where = (*at, "measures", measure)
        if measure not in QUARTERLY:
            advice = rules.advice(measure, tuple(QUARTERLY), "metric-measures")
            yield read.problem("metric-measure-unknown", *where, name=measure, advice=advice)
        elif not added.factor:
            goals.append((measure, QUARTERLY[measure]))
        elif factors and added.factor not in names:
            yield _no_factor(read, (*where, "factor"), added.factor, names)
        elif factors:
            for place, factor in enumerate(listed):
                if factor.name != added.factor:
                    continue
                if not units.fits(factor.unit, QUARTERLY[measure]):
                    yield _unfit(factors, ("factors", place, "unit"), factor.unit, QUARTERLY[measure])
                if any(_leads(unit, factor.per, heats) for unit in reported.units):
                    goals.append((measure, factor.per))
                else:
                    yield _unfit(factors, ("factors", place, "per"), factor.per, reported.unit)
    if reported.heat and reported.heat not in names:
        if factors:
            yield _no_factor(read, (*at, "heat"), reported.heat, names)
        return  # what the fuel's heat would lead to is not known
    yield from _no_ways(read, at, reported, goals, heats)


def _no_factor(read: Read[MetricsFile], at: tuple[str | int, ...], name: str, names: tuple[str, ...]) -> Problem:
    return read.problem("metric-factor-unknown", *at, name=name, advice=rules.advice(name, names, "metric-factors"))


def _leads(unit: str, to: str, heats: Iterable[Factor | None]) -> bool:
    return any(through(Decimal(1), unit, to, heat) is not None for heat in heats)


def _no_ways(
    read: Read[MetricsFile],
    at: tuple[str | int, ...],
    reported: Input,
    goals: Iterable[tuple[str, str]],
    heats: list[Factor | None],
) -> Iterator[Problem]:
    """For each unit of an input the first measure that nothing leads to; one problem where that is so of all units."""
    blocked: set[int] = set()
    for measure, to in goals:
        lost = {place for place, unit in enumerate(reported.units) if not _leads(unit, to, heats)}
        if len(lost) == len(reported.units):
            where = (*at, "measures", measure)
            yield read.problem("metric-no-way", *where, unit=reported.unit, to=to, measure=measure)
            continue
        for place in sorted(lost - blocked):
            unit = reported.units[place]
            yield read.problem("metric-no-way", *at, "units", place, unit=unit, to=to, measure=measure)
        blocked |= lost
