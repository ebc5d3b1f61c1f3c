"""Those who train others: the rungs of the trainer ladder, who stands on one, and the courses that prepare for them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Rung(StrEnum):
    """How far a trainer has come, lowest first. Source: the programme's trainer ladder (curriculum, 3.2)."""

    PARTICIPANT = "participant"
    OBSERVER = "observer"
    CO_TRAINER = "co-trainer"
    CERTIFIED = "certified"
    MASTER = "master"


LADDER = (Rung.OBSERVER, Rung.CO_TRAINER, Rung.CERTIFIED, Rung.MASTER)
"""Rungs that count: a participant has not delivered anything yet."""

QUALIFIED = (Rung.CERTIFIED, Rung.MASTER)
"""Rungs of those who may train alone (source: the programme's metric T5, certified level or above)."""

RENEWAL_MONTHS = 24
"""For how long such a rung is given where no last day is said (source: curriculum, 3.2, renewal every 2 years)."""


@dataclass(frozen=True, order=True)
class Standing:
    """One person on one rung.

    Attributes:
        trainer: Keyed pseudonym, the one by which class records name who taught.
        rung: Which rung.
        country: Where they work, one of `COUNTRIES`.
        since: First day.
        until: Last day; None if none is said.
    """

    trainer: str
    rung: Rung
    country: str
    since: date
    until: date | None = None


@dataclass(frozen=True, order=True)
class Course:
    """One train-the-trainer course that was delivered.

    Attributes:
        id: Code of the course.
        country: Where it was held, one of `COUNTRIES`.
        day: Its last day.
        participants: How many people took part; 0 takes the course back.
        trainers: Keyed pseudonyms of who led it, in order.
    """

    id: str
    country: str
    day: date
    participants: int
    trainers: tuple[str, ...] = ()
