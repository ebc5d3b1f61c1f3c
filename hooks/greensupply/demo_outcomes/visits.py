"""Invented assessments of enrolled plants, and what became of the opportunities that they found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from greensupply.assessment import Assessment, DataClass, Opportunity
from greensupply.demo import INSTRUCTORS, Dice, pseudonym
from greensupply.demo_outcomes import actions
from greensupply.demo_outcomes.actions import ACTIONS, Action
from greensupply.demo_outcomes.works import Works, figure
from greensupply.plants import Plant
from greensupply.tally import DEMONSTRATION

ASSESSED, AGAIN, ADVISED = 0.62, 0.12, 0.26
"""Share of enrolled plants that have a whole assessment, of those a second one, and that receive advice besides."""

HOURS = {"micro": (10, 16), "small": (14, 24), "medium": (20, 32), "large": (28, 44)}
"""Hours of a whole assessment by the size of the plant, at least and at most."""

FOUND_BY_ADVICE = 0.3
PROVED = {DataClass.MEASURED: 60, DataClass.CALCULATED: 26, DataClass.ESTIMATED: 14}
"""How verified quantities were found, of a hundred."""


def visits(plant: Plant, seed: int, end: date) -> tuple[Assessment, ...]:
    """Return the assessments and other visits of a plant, in their order.

    Arguments:
        plant: An enrolled one.
        seed: That of the records.
        end: Last day of any row.
    """
    if plant.enrolled_on is None:
        return ()
    dice = Dice(seed, "visits", plant.supplier)
    days: list[tuple[date, bool]] = []
    if dice.chance(ASSESSED):
        first = plant.enrolled_on + timedelta(days=dice.whole(40, 330))
        days.append((first, True))
        if dice.chance(AGAIN):
            days.append((first + timedelta(days=dice.whole(330, 560)), True))
    if dice.chance(ADVISED):
        days.append((plant.enrolled_on + timedelta(days=dice.whole(15, 480)), False))
    last = min(end, plant.left_on or end)
    found = []
    for number, (day, complete) in enumerate(sorted(days), 1):
        on_site = day - timedelta(days=max(0, day.weekday() - 4))
        recorded = on_site + timedelta(days=dice.whole(3, 25))
        if recorded <= last:
            code = f"{DEMONSTRATION}A-{plant.supplier.removeprefix(DEMONSTRATION)}-{number}"
            low, high = HOURS[plant.size] if complete else (2, 7)
            hours = Decimal(dice.whole(2 * low, 2 * high)) / 2
            who = _assessors(dice, seed, plant.country, 2 if complete else 1)
            found.append(Assessment(code, plant.supplier, on_site, hours, complete, who, recorded))
    return tuple(found)


def opportunities(works: Works, visited: Sequence[Assessment], seed: int, end: date) -> Iterator[Opportunity]:
    """Return what the visits of a plant found, one row for each status that was recorded."""
    plant, dice = works.plant, Dice(seed, "opportunities", works.plant.supplier)
    acts, proves = dice.chance(actions.ACT), dice.chance(actions.PROVE)
    chances = {
        "committed": actions.COMMITTED[acts],
        "implemented": actions.IMPLEMENTED,
        "verified": actions.VERIFIED[proves],
    }
    here = (*plant.processes, "utilities", "other")
    left = [one for one in ACTIONS if one.process in here and (not one.input or one.input in works.uses)]
    for visit in visited:
        count = dice.whole(3, 7) if visit.complete else int(dice.chance(FOUND_BY_ADVICE))
        for number in range(1, min(count, len(left)) + 1):
            action = left.pop(dice.whole(0, len(left) - 1))
            code = f"{visit.id.replace('-A-', '-O-', 1)}-{number}"
            yield from _rows(
                _identified(code, action, visit, works, dice), dice, chances, min(end, plant.left_on or end)
            )


def _assessors(dice: Dice, seed: int, country: str, count: int) -> tuple[str, ...]:
    numbers = {dice.whole(1, INSTRUCTORS[country]) for _ in range(count)}
    return tuple(sorted(pseudonym(seed, "instructor", f"{country}{number}") for number in numbers))


def _between(dice: Dice, ends: tuple[float, float]) -> float:
    low, high = ends
    return low + (high - low) * dice.share()


def _identified(code: str, action: Action, visit: Assessment, works: Works, dice: Dice) -> Opportunity:
    """The opportunity as the assessment found it."""
    use = works.uses.get(action.input)
    baseline = expected = 0.0
    if use:
        baseline = use.yearly * _between(dice, action.part)
        expected = baseline * _between(dice, action.saves)
        dollars = expected / use.per * actions.PRICES[action.input] * _between(dice, (0.8, 1.25))
    else:
        dollars = _between(dice, actions.MONEY_ONLY)
    currency = dice.pick(dict(actions.CURRENCIES[works.plant.country]))
    saving = _money(dollars, currency)
    return Opportunity(
        id=code,
        assessment=visit.id,
        process=action.process,
        family=action.family,
        input=action.input,
        unit=use.unit if use else "",
        baseline=figure(baseline) if use else Decimal(0),
        expected=figure(expected) if use else Decimal(0),
        actual=None,
        index=None,
        data_class=None,
        saving=saving,
        verified_saving=None,
        cost=_money(dollars * _between(dice, action.payback), currency),
        currency=currency,
        identified_on=visit.day,
        committed_on=None,
        implemented_on=None,
        verified_on=None,
        recorded_on=visit.recorded_on,
    )


def _rows(found: Opportunity, dice: Dice, chances: Mapping[str, float], last: date) -> Iterator[Opportunity]:
    """The row of each status that it came to, in their order."""
    day, known = found.identified_on, found
    yield known
    for step, share in chances.items():
        low, high = actions.DAYS[step]
        day += timedelta(days=dice.whole(low, high))
        recorded = max(day + timedelta(days=dice.whole(2, 20)), known.recorded_on + timedelta(days=1))
        if not dice.chance(share) or recorded > last:
            return
        known = _with(known, step, day, recorded, dice)
        yield known


def _with(known: Opportunity, step: str, day: date, recorded: date, dice: Dice) -> Opportunity:
    if step == "committed":
        return replace(known, committed_on=day, recorded_on=recorded)
    if step == "implemented":
        return replace(known, implemented_on=day, recorded_on=recorded)
    share = _between(dice, actions.REALISED)
    saved = _money(float(known.saving) / actions.FOR_A_DOLLAR[known.currency] * share, known.currency)
    proved = replace(known, verified_saving=saved, verified_on=day, recorded_on=recorded)
    if not known.input:
        return proved
    index = Decimal(dice.whole(88, 117)) / 100
    actual = figure(float(known.baseline * index) - float(known.expected) * share)
    return replace(proved, actual=actual, index=index, data_class=dice.pick(dict(PROVED)))


def _money(dollars: float, currency: str) -> Decimal:
    """An amount as a report gives it: whole hundreds, of pesos whole thousands."""
    step = 1000 if currency == "MXN" else 100
    return Decimal(max(step, round(dollars * actions.FOR_A_DOLLAR[currency] / step) * step))
