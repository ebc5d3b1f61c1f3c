"""Invented completion records that look like those of a real programme, to show what the hub makes of records.

Nothing here is anybody: every supplier code begins with `DEMO-`, and people are numbers. What is drawn comes from the
seed alone, so that the same arguments give the same records on every machine.
"""

from __future__ import annotations

from bisect import bisect
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from hashlib import sha1, sha256
from itertools import accumulate
from math import sqrt
from typing import TypeVar

from greensupply import quiz
from greensupply.completion import Completion, Delivery
from greensupply.tally import DEMONSTRATION, Plant

ModuleFacts = tuple[str, int, float]
"""Id, revision and pass mark of a module."""

LEARNERS_FOR_EACH_PLANT = 2400 / 420
PLANTS = {"MX": 190, "US": 150, "CA": 80}
"""How plants are shared out over the countries."""

SEASON = (0.9, 1.1, 1.2, 1.0, 1.1, 1.0, 0.4, 0.8, 1.2, 1.4, 1.1, 0.35)
"""How much training there is from January to December: plants stop in July and over the holidays."""

WAVES = {0.0: 36, 0.18: 24, 0.36: 18, 0.54: 14, 0.75: 8}
"""When plants enrol: share of the time gone -> percent of the plants."""

CLASS = range(12, 26)
"""Seats of a class."""

DELIVERY = {
    "MX": {Delivery.CLASSROOM: 55, Delivery.WEB: 30, Delivery.LMS: 15},
    "US": {Delivery.CLASSROOM: 32, Delivery.WEB: 33, Delivery.LMS: 35},
    "CA": {Delivery.CLASSROOM: 38, Delivery.WEB: 42, Delivery.LMS: 20},
}
FRENCH_PLANTS = 0.33
"""Share of the plants in Canada where most people speak French."""

LOCALES = {"MX": {"es": 97, "en": 3}, "US": {"en": 84, "es": 16}, "CA": {"en": 95, "fr": 5}}
INSTRUCTORS = {"MX": 14, "US": 9, "CA": 7}
QUESTIONS = 10
Option = TypeVar("Option")


def records(
    learners: int, seed: int, modules: Sequence[ModuleFacts], start: date, end: date
) -> tuple[list[Completion], tuple[Plant, ...]]:
    """Return invented completions in the order of their time, and the list of invented plants.

    Arguments:
        learners: Number of different people.
        seed: Another one gives other records.
        modules: In the order in which most people take them.
        start: Day on which the first plants enrol.
        end: Last day of any record.
    """
    period = _Period(start, end)
    plants = _plants(round(learners / LEARNERS_FOR_EACH_PLANT), seed, period)
    busy = [plant for plant in plants if Dice(seed, "busy", plant.supplier).chance(0.66)] or list(plants)
    sizes = [period.left(plant.enrolled_on) / sqrt(Dice(seed, "size", plant.supplier).share()) for plant in busy]
    people = [_person(number, seed, busy, list(accumulate(sizes)), period) for number in range(learners)]
    wishes = [sitting for person in people for sitting in _wishes(person, seed, len(modules), period)]
    completions = [
        completion
        for sitting in _with_classes(wishes, seed)
        for completion in _attempts(sitting, seed, modules, period)
    ]
    return sorted(completions, key=lambda one: (one.completed_at, one.id)), plants


@dataclass
class Dice:
    """Numbers that look like chance, drawn from a seed and a name; Python's own may change between versions."""

    seed: int
    name: str
    number: object = ""
    drawn: int = field(default=0, init=False)

    def share(self) -> float:
        """A number above 0 and up to 1."""
        self.drawn += 1
        digest = sha256(f"{self.seed}/{self.name}/{self.number}/{self.drawn}".encode()).digest()
        return (int.from_bytes(digest[:6], "big") + 1) / 2**48

    def chance(self, share: float) -> bool:
        """Does it happen?"""
        return self.share() <= share

    def whole(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`."""
        return min(high, low + int(self.share() * (high - low + 1)))

    def pick(self, weights: dict[Option, float] | dict[Option, int]) -> Option:
        """One of the options, each as often as its weight says."""
        sums = list(accumulate(weights.values()))
        return list(weights)[min(bisect(sums, self.share() * sums[-1]), len(sums) - 1)]


@dataclass(frozen=True)
class _Period:
    start: date
    end: date

    def day(self, gone: float) -> date:
        """The day on which a share of the time is gone."""
        return self.start + timedelta(days=round((self.end - self.start).days * min(gone, 1)))

    def left(self, day: date) -> float:
        """The share of the time that is still to come on a day."""
        return 1 - (day - self.start).days / ((self.end - self.start).days + 1)

    def busy_day(self, dice: Dice, first: date) -> date:
        """A day from `first` on: more of them as the programme grows, and as the season has it."""
        days = max(1, (self.end - first).days)
        best = first
        for _ in range(8):
            best = first + timedelta(days=int(dice.share() * days))
            growth = 1 - 0.6 * self.left(best)
            if dice.chance(growth * SEASON[best.month - 1] / max(SEASON)):
                break
        return min(best, self.end)


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


def _plants(count: int, seed: int, period: _Period) -> tuple[Plant, ...]:
    found = []
    for country, share in PLANTS.items():
        for number in range(1, max(1, round(count * share / sum(PLANTS.values()))) + 1):
            dice = Dice(seed, "plant", f"{country}{number}")
            enrolled = period.day(dice.pick(WAVES) + 0.05 * dice.share())
            left = enrolled + timedelta(days=dice.whole(270, 900)) if dice.chance(0.05) else None
            gone = left if left and left <= period.end else None
            found.append(Plant(f"{DEMONSTRATION}{country}-{number:04}", country, enrolled, gone))
    return tuple(found)


def _person(number: int, seed: int, plants: Sequence[Plant], sizes: Sequence[float], period: _Period) -> _Person:
    dice = Dice(seed, "person", number)
    plant = plants[min(bisect(sizes, dice.share() * sizes[-1]), len(plants) - 1)]
    french = plant.country == "CA" and Dice(seed, "language", plant.supplier).chance(FRENCH_PLANTS)
    locale = "fr" if french and dice.chance(0.93) else dice.pick(LOCALES[plant.country])
    day = period.busy_day(dice, min(plant.enrolled_on + timedelta(days=14), period.end))
    return _Person(number, plant, locale, dice.pick(DELIVERY[plant.country]), day)


def _wishes(person: _Person, seed: int, modules: int, period: _Period) -> Iterator[_Sitting]:
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
        if day > period.end or keen < 0.3 or not dice.chance(0.2 + 0.6 * keen):
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


def _attempts(sitting: _Sitting, seed: int, modules: Sequence[ModuleFacts], period: _Period) -> Iterator[Completion]:
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
    period: _Period,
) -> Completion:
    person, plant = sitting.person, sitting.person.plant
    module, revision, mark = modules[sitting.module]
    says = sitting.delivery is not Delivery.WEB or not Dice(seed, "silent", person.number).chance(0.06)
    unlisted = Dice(seed, "unlisted", person.number).chance(0.01)
    code = f"{DEMONSTRATION}{plant.country}-9{person.number % 1000:03}" if unlisted else plant.supplier
    hour = time(dice.whole(13, 23), dice.whole(0, 59), dice.whole(0, 59), tzinfo=UTC)
    return Completion(
        id=_uuid(f"{seed}/{person.number}/{module}/{attempt}"),
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


def pseudonym(seed: int, kind: str, name: str) -> str:
    """The pseudonym of nobody."""
    return sha256(f"demonstration/{seed}/{kind}/{name}".encode()).hexdigest()[:32]


def _uuid(name: str) -> str:
    """A UUID from a name. Source: RFC 9562, version 5."""
    digest = bytearray(sha1(f"demonstration/{name}".encode(), usedforsecurity=False).digest()[:16])
    digest[6], digest[8] = digest[6] & 0x0F | 0x50, digest[8] & 0x3F | 0x80
    text = digest.hex()
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
