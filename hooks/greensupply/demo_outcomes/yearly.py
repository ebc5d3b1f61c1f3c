"""Invented answers to what one country's programmes ask for besides, a year at a time; they fit what the plant uses."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from greensupply.assessment import DataClass, Measurement
from greensupply.demo import Dice
from greensupply.demo_outcomes.works import Works, figure

ANSWERS = 0.8
"""Share of reporting plants that answer for a year."""

Answer = tuple[str, Decimal, str]
"""Id of a complement, value, unit."""

MICRO, SMALL = 0.4, 10
"""Tonnes of hazardous waste a year up to which a Mexican plant is of the first and second class. Source: INS-58."""

VERY_SMALL, SMALL_US = 1.2, 12
"""The same in the United States, where the class is set by the month: 100 kg and 1,000 kg."""


def answers(works: Works, seed: int, end: date) -> Iterator[Measurement]:
    """Return the yearly rows of a plant from the year after it enrolled.

    Arguments:
        works: A plant that reports its quarters.
        seed: That of the records.
        end: Last day of any row.
    """
    plant = works.plant
    if plant.enrolled_on is None:
        return
    for year in range(plant.enrolled_on.year, min(end, plant.left_on or end).year):
        dice = Dice(seed, f"year/{year}", plant.supplier)
        on = date(year + 1, 3, 1) + timedelta(days=dice.whole(0, 140))
        if on > end or not dice.chance(ANSWERS):
            continue
        for name, value, unit in {"CA": _canada, "MX": _mexico, "US": _states}[plant.country](works, year, dice):
            found = DataClass.CALCULATED if dice.chance(0.6) else DataClass.ESTIMATED
            data_class = found if unit != "1" else DataClass.MEASURED
            yield Measurement(plant.supplier, str(year), name, value, unit, Decimal(0), "", data_class, on)


def _canada(works: Works, _: int, dice: Dice) -> Iterator[Answer]:
    if dice.chance(0.55):
        yield "npri-releases", figure(_tonnes(works, "voc", 0.6) + 0.2 + dice.share()), "t"
    if dice.chance(0.5):
        yield "npri-disposals", figure(_tonnes(works, "hazardous-waste", 0.3) + 0.5 * dice.share()), "t"
    if dice.chance(0.5):
        yield "npri-transfers", figure(_tonnes(works, "hazardous-waste", 0.5) + 0.5 * dice.share()), "t"
    yield "p2-declarations", Decimal(dice.whole(1, 2) if dice.chance(0.35) else 0), "1"
    yield "provincial-reports", Decimal(dice.whole(1, 3) if dice.chance(0.8) else 0), "1"


def _mexico(works: Works, year: int, dice: Dice) -> Iterator[Answer]:
    if dice.chance(0.75):
        yield "coa-on-time", Decimal(int(dice.chance(0.82))), "1"
    if dice.chance(0.45):
        yield "retc-releases", figure(1000 * (_tonnes(works, "voc", 0.5) + 0.1 + 0.4 * dice.share())), "kg"
    if dice.chance(0.45):
        yield "retc-transfers", figure(_tonnes(works, "hazardous-waste", 0.6) + 0.3 * dice.share()), "t"
    yield "rene-duty", Decimal(0), "1"  # 25,000 t CO2e a year is far above what these plants emit (INS-57)
    waste = _tonnes(works, "hazardous-waste", 1)
    yield "mx-generator-class", Decimal(1 + (waste > MICRO) + (waste >= SMALL)), "1"
    level = dice.pick({1: 68, 2: 24, 3: 8})
    yield "pnaa-level", Decimal(level), "1"
    if level > 1:
        day = date(year, 1, 1) - timedelta(days=dice.whole(-300, 400))
        yield "pnaa-certificate", Decimal(f"{day:%Y%m%d}"), "1"
    yield "eco-efficiency-projects", Decimal(dice.whole(1, 3) if dice.chance(0.4) else 0), "1"


def _states(works: Works, _: int, dice: Dice) -> Iterator[Answer]:
    if dice.chance(0.5):
        yield "tri-releases", figure(2204.6 * (_tonnes(works, "voc", 0.3) + 0.2 + 0.8 * dice.share())), "lb"
    if dice.chance(0.5):
        yield "tri-other-waste", figure(2204.6 * (_tonnes(works, "hazardous-waste", 0.4) + 0.5 * dice.share())), "lb"
    yield "source-reduction", Decimal(dice.whole(1, 3) if dice.chance(0.45) else 0), "1"
    if dice.chance(0.6):
        yield "production-ratio", Decimal(dice.whole(88, 114)) / 100, "1"
    waste = _tonnes(works, "hazardous-waste", 1)
    yield "us-generator-class", Decimal(1 + (waste > VERY_SMALL) + (waste >= SMALL_US)), "1"
    yield "us-permits", Decimal(dice.pick({1: 34, 2: 28, 3: 22, 4: 16})), "1"


def _tonnes(works: Works, name: str, share: float) -> float:
    """A share of a year's quantity, in t; VOC are kept in kg."""
    use = works.uses.get(name)
    return use.yearly / use.per * share / (1000 if name == "voc" else 1) if use else 0.0
