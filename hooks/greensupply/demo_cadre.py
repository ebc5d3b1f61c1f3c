"""Invented trainers and train-the-trainer courses that fit the invented records (`demo`); they are nobody, too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from greensupply.cadre import QUALIFIED, Course, Rung, Standing
from greensupply.demo import INSTRUCTORS, Dice, pseudonym
from greensupply.tally import DEMONSTRATION

COURSES: Sequence[tuple[float, str, int]] = ((0.1, "MX", 18), (0.32, "US", 17), (0.55, "MX", 20), (0.78, "CA", 16))
"""Share of the time gone, country and participants of each course: four of the four to five that are planned."""

CLIMB: Mapping[Rung, int] = {Rung.OBSERVER: 45, Rung.CO_TRAINER: 150, Rung.CERTIFIED: 270}
"""Days from a course to each rung, for those who get so far."""

ENDS = {Rung.PARTICIPANT: 12, Rung.OBSERVER: 22, Rung.CO_TRAINER: 26, Rung.CERTIFIED: 40}
"""The rung on which people of a course stop, and how many of a hundred do."""

TEACHERS = {Rung.MASTER: 52, Rung.CERTIFIED: 36, Rung.CO_TRAINER: 12}
"""The same of those whom the invented class records name as instructors."""

RENEWED = 0.85
"""Share of the certified who renew after two years."""


def cadre(seed: int, start: date, end: date) -> tuple[tuple[Standing, ...], tuple[Course, ...]]:
    """Return invented people on the trainer ladder and the courses that they came from.

    Arguments:
        seed: That of the records, whose instructors are among the people.
        start: First day of the records.
        end: Their last day; nothing is later.
    """
    teachers = [
        (country, pseudonym(seed, "instructor", f"{country}{number}"))
        for country, count in INSTRUCTORS.items()
        for number in range(1, count + 1)
    ]
    standings = [one for country, who in teachers for one in _teacher(seed, who, country, start)]
    courses = []
    for number, (gone, country, participants) in enumerate(COURSES, 1):
        day = start + timedelta(days=round((end - start).days * gone))
        day -= timedelta(days=max(0, day.weekday() - 4))
        led = tuple(sorted(who for place, who in teachers if place == country)[:2])
        courses.append(Course(f"{DEMONSTRATION}{country}-TTT-{number}", country, day, participants, led))
        for place in range(participants):
            standings += _participant(seed, pseudonym(seed, "trainer", f"{number}/{place}"), country, day)
    return tuple(sorted(one for one in standings if one.since <= end)), tuple(courses)


def _teacher(seed: int, who: str, country: str, start: date) -> Iterator[Standing]:
    dice = Dice(seed, "teacher", who)
    yield _standing(dice, who, dice.pick(TEACHERS), country, start - timedelta(days=dice.whole(0, 300)))


def _participant(seed: int, who: str, country: str, day: date) -> Iterator[Standing]:
    dice = Dice(seed, "cadre", who)
    last = dice.pick(ENDS)
    yield Standing(who, Rung.PARTICIPANT, country, day)
    if last is Rung.PARTICIPANT:
        return
    for rung, days in CLIMB.items():
        yield _standing(dice, who, rung, country, day + timedelta(days=days + dice.whole(0, 60)))
        if rung is last:
            return


def _standing(dice: Dice, who: str, rung: Rung, country: str, since: date) -> Standing:
    """A rung, for good or for the two or four years that it is given for."""
    if rung not in QUALIFIED:
        return Standing(who, rung, country, since)
    years = 4 if dice.chance(RENEWED) else 2
    return Standing(who, rung, country, since, since + timedelta(days=365 * years))
