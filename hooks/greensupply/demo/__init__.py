"""Invented completion records that look like those of a real programme, to show what the hub makes of records.

Nothing here is anybody: every supplier code begins with `DEMO-`, and people are numbers. What is drawn comes from the
seed alone, so that the same arguments give the same records on every machine.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from math import sqrt

from greensupply import quiz
from greensupply.completion import Completion, Delivery
from greensupply.demo.dice import Dice, Period, pseudonym, uuid
from greensupply.demo.listed import draw, in_scope, is_french
from greensupply.plants import Plant
from greensupply.tally import DEMONSTRATION

__all__ = ["INSTRUCTORS", "Dice", "Period", "draw", "pseudonym", "records"]

ModuleFacts = tuple[str, int, float]
"""Id, revision and pass mark of a module."""

LEARNERS_FOR_EACH_PLANT = 2400 / 420
"""How many people learn for each plant that enrols."""

CLASS = range(12, 26)
"""Seats of a class."""

DELIVERY = {
    "MX": {Delivery.CLASSROOM: 55, Delivery.WEB: 30, Delivery.LMS: 15},
    "US": {Delivery.CLASSROOM: 32, Delivery.WEB: 33, Delivery.LMS: 35},
    "CA": {Delivery.CLASSROOM: 38, Delivery.WEB: 42, Delivery.LMS: 20},
}
LOCALES = {"MX": {"es": 97, "en": 3}, "US": {"en": 84, "es": 16}, "CA": {"en": 95, "fr": 5}}
INSTRUCTORS = {"MX": 14, "US": 9, "CA": 7}
QUESTIONS = 10


def records(
    learners: int, seed: int, modules: Sequence[ModuleFacts], start: date, end: date
) -> tuple[list[Completion], tuple[Plant, ...]]:
    """Return invented completions in the order of their time, and the list of invented plants in scope.

    Arguments:
        learners: Number of different people.
        seed: Another one gives other records.
        modules: In the order in which most people take them.
        start: Day of the first list of plants, on which the first of them enrol.
        end: Last day of any record.
    """
    period = Period(start, end)
    plants = in_scope(round(learners / LEARNERS_FOR_EACH_PLANT), seed, period)
    enrolled = [plant for plant in plants if plant.enrolled_on]
    busy = [plant for plant in enrolled if Dice(seed, "busy", plant.supplier).chance(0.66)] or enrolled
    sizes = [period.left(_enrolled(plant)) / sqrt(draw(seed, plant.supplier)) for plant in busy]
    people = [_person(number, seed, busy, list(accumulate(sizes)), period) for number in range(learners)]
    wishes = [sitting for person in people for sitting in _wishes(person, seed, len(modules), period)]
    completions = [
        completion
        for sitting in _with_classes(wishes, seed)
        for completion in _attempts(sitting, seed, modules, period)
    ]
    return sorted(completions, key=lambda one: (one.completed_at, one.id)), plants


@dataclass(frozen=True)
class _Person:
    number: int
    plant: Plant
    locale: str
    delivery: Delivery
    first_day: date


@dataclass(frozen=True)
class _Sitting:
    person: _Person
    module: int
    day: date
    delivery: Delivery
    session: str | None = None
    instructor: str | None = None


def _person(number: int, seed: int, plants: Sequence[Plant], sizes: Sequence[float], period: Period) -> _Person:
    dice = Dice(seed, "person", number)
    plant = plants[min(bisect(sizes, dice.share() * sizes[-1]), len(plants) - 1)]
    locale = "fr" if is_french(plant.supplier, seed) and dice.chance(0.93) else dice.pick(LOCALES[plant.country])
    day = period.busy_day(dice, min(_enrolled(plant) + timedelta(days=14), period.end))
    return _Person(number, plant, locale, dice.pick(DELIVERY[plant.country]), day)


def _enrolled(plant: Plant) -> date:
    return plant.enrolled_on or plant.listed_on


def _wishes(person: _Person, seed: int, modules: int, period: Period) -> Iterator[_Sitting]:
    """What a person sets out to learn: mostly the first module, then one after the other until interest ends."""
    dice = Dice(seed, "wishes", person.number)
    keen = Dice(seed, "keen", person.plant.supplier).share()  # some plants send people to one module only
    module = 0 if keen < 0.3 or dice.chance(0.7) else dice.whole(0, modules - 1)
    day = person.first_day
    for _ in range(modules):
        delivery = person.delivery if dice.chance(0.85) else dice.pick(DELIVERY[person.plant.country])
        yield _Sitting(person, module, day, delivery)
        day += timedelta(days=dice.whole(7, 80))
        if day.month in (7, 12) and dice.chance(0.7):
            day += timedelta(days=31)
        module = (module + 1) % modules
        if day > period.end or keen < 0.3 or not dice.chance(0.25 + 0.65 * keen):
            return


def _with_classes(wishes: Sequence[_Sitting], seed: int) -> Iterator[_Sitting]:
    """Put those who wish for a class into classes of 12 to 25; where too few are left, they learn on the site."""
    waiting: dict[tuple[str, str, int], list[_Sitting]] = defaultdict(list)
    for sitting in wishes:
        if sitting.delivery is Delivery.CLASSROOM:
            waiting[sitting.person.plant.country, sitting.person.locale, sitting.module].append(sitting)
        else:
            yield sitting
    for (country, locale, module), queue in sorted(waiting.items()):
        queue.sort(key=lambda sitting: (sitting.day, sitting.person.number))
        dice = Dice(seed, "class", f"{country}{locale}{module}")
        number = 0
        while len(queue) >= CLASS[0]:
            seats = dice.whole(CLASS[0], CLASS[-1])
            seats = len(queue) if len(queue) < seats + CLASS[0] and len(queue) <= CLASS[-1] else min(seats, len(queue))
            group, queue = queue[:seats], queue[seats:]
            day, number = group[len(group) // 2].day, number + 1
            day -= timedelta(days=max(0, day.weekday() - 4))  # no classes on Saturday and Sunday
            session = f"{country}-{locale.upper()}-{module + 1}-{number:03}"
            instructor = f"{country}{dice.whole(1, INSTRUCTORS[country])}"
            for sitting in group:
                yield replace(sitting, day=day, session=session, instructor=pseudonym(seed, "instructor", instructor))
        yield from (replace(sitting, delivery=Delivery.WEB) for sitting in queue)


def _attempts(sitting: _Sitting, seed: int, modules: Sequence[ModuleFacts], period: Period) -> Iterator[Completion]:
    """The records of one sitting: perhaps a failed attempt and a second one, perhaps a better score later.

    The site hands over passes only, classes and learning systems all who came to the end.
    """
    dice = Dice(seed, "attempts", f"{sitting.person.number}/{sitting.module}")
    mark = modules[sitting.module][2]
    least = next(right for right in range(QUESTIONS + 1) if quiz.passes(right, QUESTIONS, mark))
    fails = sitting.delivery is not Delivery.WEB and dice.chance(0.2)
    draws = [dice.whole(least, QUESTIONS) for _ in range(2)]
    right = (max(draws), min(draws), draws[0])[sitting.module % 3]  # modules differ in difficulty
    if fails:
        right = dice.whole(max(0, least - 4), max(0, least - 1))
    yield _completion(sitting, seed, modules, right, 1, dice, period)
    again = replace(sitting, day=sitting.day + timedelta(days=dice.whole(1, 21)))
    if again.day <= period.end and dice.chance(0.6 if fails else 0.06) and right < QUESTIONS:
        better = dice.whole(max(least, right + 1), QUESTIONS) if not fails or dice.chance(0.88) else right
        yield _completion(again, seed, modules, better, 2, dice, period)


def _completion(
    sitting: _Sitting,
    seed: int,
    modules: Sequence[ModuleFacts],
    right: int,
    attempt: int,
    dice: Dice,
    period: Period,
) -> Completion:
    person, plant = sitting.person, sitting.person.plant
    module, revision, mark = modules[sitting.module]
    says = sitting.delivery is not Delivery.WEB or not Dice(seed, "silent", person.number).chance(0.06)
    unlisted = Dice(seed, "unlisted", person.number).chance(0.01)
    code = f"{DEMONSTRATION}{plant.country}-9{person.number % 1000:03}" if unlisted else plant.supplier
    hour = time(dice.whole(13, 23), dice.whole(0, 59), dice.whole(0, 59), tzinfo=UTC)
    return Completion(
        id=uuid(f"{seed}/{person.number}/{module}/{attempt}"),
        learner=pseudonym(seed, "learner", str(person.number)),
        supplier=code if says else None,
        country=plant.country if says or dice.chance(0.5) else None,
        module=module,
        revision=1 + int((1 - period.left(sitting.day)) * revision),
        locale=None if sitting.session and dice.chance(0.03) else person.locale,
        delivery=sitting.delivery,
        session=sitting.session,
        instructor=sitting.instructor,
        score=right / QUESTIONS,
        passed=quiz.passes(right, QUESTIONS, mark),
        completed_at=datetime.combine(sitting.day, hour),
    )
