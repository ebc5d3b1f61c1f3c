"""Invented plants in scope: most of them only listed, some invited, fewer enrolled, as a programme goes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from greensupply.demo.dice import Dice, Period
from greensupply.plants import Plant
from greensupply.tally import DEMONSTRATION
from greensupply.written import PROCESSES

ENROLLED = {"MX": 190, "US": 150, "CA": 80}
"""How plants that enrol are shared out over the countries."""

SCOPE = {"MX": 640, "US": 500, "CA": 260}
"""How many plants are in scope where so many enrol; the codes of those that enrol come first."""

WAVES = {0.0: 36, 0.18: 24, 0.36: 18, 0.54: 14, 0.75: 8}
"""When plants enrol: share of the time gone -> percent of the plants."""

LISTS = {0.0: 70, 0.354: 18, 0.707: 12}
"""When a list of plants in scope is drawn up: share of the time gone -> percent of the plants that it adds.

A plant that enrols stands on the last list before, so that its baseline year is over when it comes into scope.
"""

CONTACTED = 0.5
"""Share of the plants that never enrol and are contacted all the same, if there is time."""

REGIONS = {
    "MX": {
        **{"MX-NLE": 18, "MX-COA": 16, "MX-GUA": 16, "MX-CHH": 10, "MX-QUE": 10, "MX-PUE": 9, "MX-SLP": 8},
        **{"MX-AGU": 6, "MX-MEX": 4, "MX-JAL": 3},
    },
    "US": {
        **{"US-MI": 26, "US-OH": 18, "US-IN": 14, "US-KY": 9, "US-TN": 9, "US-AL": 7, "US-IL": 6, "US-SC": 5},
        **{"US-TX": 4, "US-GA": 2},
    },
    "CA": {"CA-ON": 88, "CA-MB": 6, "CA-BC": 6},
}
FRENCH_PLANTS = 0.33
"""Share of the plants in Canada that are in Quebec, where most people speak French."""

SIZES = ((0.15, "large"), (0.55, "medium"), (0.93, "small"), (1.0, "micro"))
"""Up to which draw a plant is of a size."""

MAIN = {"machining": 25, "stamping": 21, "moulding": 18, "assembly": 12, "painting": 11, "plating": 10, "cleaning": 3}
"""What a plant mostly does."""

BESIDES = {"cleaning": 0.3, "assembly": 0.25, "painting": 0.18, "plating": 0.08, "machining": 0.12}
"""What some do besides."""

CUSTOMERS = 6
WITHOUT_CUSTOMER = 0.15


def in_scope(count: int, seed: int, period: Period) -> tuple[Plant, ...]:
    """Return the plants of the list, those that enrol in each country first.

    Arguments:
        count: About how many enrol.
        seed: Another one gives other plants.
        period: First and last day.
    """
    return tuple(plant for country in ENROLLED for plant in _country(country, count, seed, period))


def draw(seed: int, supplier: str) -> float:
    """Above 0 and up to 1; the nearer to 0, the larger the plant."""
    return Dice(seed, "size", supplier).share()


def is_french(supplier: str, seed: int) -> bool:
    """Do most people of the plant speak French?"""
    return supplier.startswith(f"{DEMONSTRATION}CA") and Dice(seed, "language", supplier).chance(FRENCH_PLANTS)


def _country(country: str, count: int, seed: int, period: Period) -> Iterator[Plant]:
    enrolled = max(1, round(count * ENROLLED[country] / sum(ENROLLED.values())))
    listed = max(1, round(enrolled * SCOPE[country] / ENROLLED[country]))
    for number in range(1, listed + 1):
        code = f"{DEMONSTRATION}{country}-{number:04}"
        days = _enrolled(country, number, seed, period) if number <= enrolled else _listed(code, seed, period)
        yield _plant(code, country, days, seed)


def _enrolled(
    country: str, number: int, seed: int, period: Period
) -> tuple[date, date | None, date | None, date | None]:
    """Days of a plant that enrols: listed, contacted, enrolled, left."""
    dice = Dice(seed, "plant", f"{country}{number}")
    enrolled = period.day(dice.pick(WAVES) + 0.05 * dice.share())
    left = enrolled + timedelta(days=dice.whole(270, 900)) if dice.chance(0.05) else None
    listed = max(day for gone in LISTS if (day := period.day(gone)) <= enrolled)
    contacted = max(listed, enrolled - timedelta(days=dice.whole(15, 150)))
    return listed, contacted, enrolled, left if left and left <= period.end else None


def _listed(code: str, seed: int, period: Period) -> tuple[date, date | None, date | None, date | None]:
    """The same of a plant that does not."""
    dice = Dice(seed, "listed", code)
    listed = period.day(dice.pick(LISTS))
    left = listed + timedelta(days=dice.whole(200, 1000)) if dice.chance(0.06) else None
    gone = left if left and left <= period.end else None
    contacted = period.busy_day(dice, listed + timedelta(days=dice.whole(10, 200)))
    called = dice.chance(CONTACTED) and listed <= contacted <= (gone or period.end)
    return listed, contacted if called else None, None, gone


def _plant(code: str, country: str, days: tuple[date, date | None, date | None, date | None], seed: int) -> Plant:
    dice = Dice(seed, "about", code)
    listed, contacted, enrolled, left = days
    size = next(name for most, name in SIZES if draw(seed, code) <= most)
    main = dice.pick(MAIN)
    does = {main, *(name for name, share in BESIDES.items() if dice.chance(share / (2 if size == "micro" else 1)))}
    customer = "" if dice.chance(WITHOUT_CUSTOMER) else f"{DEMONSTRATION}OEM-{dice.whole(1, CUSTOMERS)}"
    region = "CA-QC" if is_french(code, seed) else dice.pick(REGIONS[country])
    processes = tuple(name for name in PROCESSES if name in does)
    return Plant(code, country, listed, enrolled, left, contacted, region, size, processes, customer)
