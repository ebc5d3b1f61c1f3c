"""Invented quarterly reports: a baseline year, then quarters in which intensity falls as actions take hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from greensupply.assessment import DataClass, Measurement, Opportunity
from greensupply.demo import Dice
from greensupply.demo_outcomes.works import PARTS, Use, Works, figure

REPORTS = {True: 0.86, False: 0.34}
"""Share of enrolled plants that report, by whether they were assessed."""

STOPS, SKIPS, CORRECTED = 0.1, 0.04, 0.004
"""Share of plants that stop reporting, of quarters that a plant leaves out, of rows that it corrects later."""

OUTPUT_SEASON = (1.01, 1.03, 0.95, 1.01)
SEASONS: Mapping[str, Mapping[str, tuple[float, float, float, float]]] = {
    "electricity": dict.fromkeys(("CA", "MX", "US"), (0.98, 0.99, 1.04, 0.99)),
    "natural-gas": {"CA": (1.25, 0.93, 0.76, 1.06), "US": (1.18, 0.95, 0.82, 1.05), "MX": (1.06, 0.99, 0.94, 1.01)},
    "water": dict.fromkeys(("CA", "MX", "US"), (0.98, 1.01, 1.03, 0.98)),
}
"""Input, country -> its share of a usual quarter, from the first to the fourth."""

FIXED = 0.28
"""Part of a usual quantity that does not depend on output."""

BOUGHT, IN_PRODUCT, WASTE = "material-bought", "material-in-product", "nonhazardous-waste"


def reports(
    works: Works, done: Sequence[Opportunity], seed: int, end: date, *, assessed: bool
) -> Iterator[Measurement]:
    """Return the rows of a plant: four quarters of the year before it enrolled, then each quarter from there on.

    Arguments:
        works: An enrolled plant.
        done: Its opportunities as they stand at the end.
        seed: That of the records.
        end: Last day of any row.
        assessed: It had a whole assessment.
    """
    plant, dice = works.plant, Dice(seed, "reports", works.plant.supplier)
    if plant.enrolled_on is None or not dice.chance(REPORTS[assessed]):
        return
    first, last = quarter(plant.enrolled_on), quarter(min(end, plant.left_on or end) + timedelta(days=1))
    if dice.chance(STOPS):
        last = min(last, first + dice.whole(2, 7))
    baseline = range(plant.enrolled_on.year * 4 - 4, plant.enrolled_on.year * 4)
    plan = _Plan(works, done, seed, first, growth=-0.03 + 0.1 * dice.share())
    on = plant.enrolled_on + timedelta(days=dice.whole(20, 80))
    for when in baseline:
        yield from plan.rows(when, on, end)
    for when in range(first, last):
        on = ends(when) + timedelta(days=dice.whole(5, 34))
        if not dice.chance(SKIPS):
            yield from plan.rows(when, on, end)


def quarter(day: date) -> int:
    """The quarter of a day as a whole number."""
    return day.year * 4 + (day.month - 1) // 3


def ends(when: int) -> date:
    """The last day of a quarter."""
    return date((when + 1) // 4, (when + 1) % 4 * 3 + 1, 1) - timedelta(days=1)


class _Plan:
    """What a plant reports, quarter by quarter."""

    def __init__(self, works: Works, done: Sequence[Opportunity], seed: int, first: int, *, growth: float) -> None:
        self._works, self._seed, self._first, self._growth = works, seed, first, growth
        self._saved = [
            (quarter(one.implemented_on), one.input, float(one.expected) * _share(one) / works.uses[one.input].yearly)
            for one in done
            if one.implemented_on and one.input
        ]

    def rows(self, when: int, on: date, end: date) -> Iterator[Measurement]:
        """The rows of a quarter that are recorded by the end; a wrong one is followed by its correction."""
        dice = self._dice("rows", when)
        made = figure(self._output(when))
        for name, use in self._works.uses.items():
            value = figure(self._value(name, use, when))
            if on > end:
                continue
            row = Measurement(
                supplier=self._works.plant.supplier,
                period=f"{when // 4}-Q{when % 4 + 1}",
                input=name,
                value=value,
                unit=use.unit,
                output=made,
                output_unit=self._works.output_unit,
                data_class=self._class(name, use, when),
                recorded_on=on,
            )
            later = on + timedelta(days=dice.whole(25, 80))
            if dice.chance(CORRECTED) and later <= end:
                yield replace(row, value=figure(float(value) * 1.1))
                yield replace(row, recorded_on=later)
            else:
                yield row

    def _dice(self, name: str, when: int | str) -> Dice:
        return Dice(self._seed, f"{name}/{when}", self._works.plant.supplier)

    def _output(self, when: int) -> float:
        """What is made: more from year to year, or less, with the seasons, and a little as it happens."""
        years = (when - self._first) / 4
        about = 0.96 + 0.08 * self._dice("output", when).share()
        return self._works.output / 4 * OUTPUT_SEASON[when % 4] * (1 + self._growth * years) * about

    def _value(self, name: str, use: Use, when: int) -> float:
        """A quantity of a quarter in the unit of the use."""
        if name in PARTS:
            waste = self._works.uses[WASTE]
            share = (use.yearly / use.per) / (waste.yearly / waste.per)
            grown = 1 + min(0.15, 0.016 * max(0, when - self._first))
            return self._value(WASTE, waste, when) / waste.per * share * grown * use.per
        busy = self._output(when) / (self._works.output / 4)
        if name == IN_PRODUCT:
            return use.yearly / 4 * busy
        kept = 1 - min(0.6, sum(self._taken(began, when) * saved for began, what, saved in self._saved if what == name))
        if name == BOUGHT:
            return use.yearly / 4 * busy * kept
        season = SEASONS.get(name, {}).get(self._works.plant.country, (1, 1, 1, 1))[when % 4]
        by_chance = 0.95 + 0.1 * self._dice(name, when).share()
        habit = 1 - (0.018 * self._dice("habit", name).share() - 0.004) * max(0, when - self._first)
        return use.yearly / 4 * (FIXED + (1 - FIXED) * busy) * season * kept * habit * by_chance

    @staticmethod
    def _taken(began: int, when: int) -> float:
        """How much of a saving shows: half in the first quarter after, then all."""
        return 0.0 if when <= began else 0.5 if when == began + 1 else 1.0

    def _class(self, name: str, use: Use, when: int) -> DataClass:
        """Some who measure had only estimates of their baseline; some who estimate learn to measure within a year."""
        dice = self._dice("class", name)
        if use.data_class is DataClass.MEASURED and when < self._first and dice.chance(0.16):
            return DataClass.ESTIMATED
        if use.data_class is DataClass.ESTIMATED and when > self._first + 3 and dice.chance(0.45):
            return DataClass.MEASURED
        return use.data_class


def _share(one: Opportunity) -> float:
    """How much of the expected saving comes true."""
    if one.avoided is None or not one.expected:
        return 0.87
    return max(0.0, float(one.avoided / one.expected))
