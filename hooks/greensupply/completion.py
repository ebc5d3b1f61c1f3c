"""A learning record, checked: what one learner completed, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from greensupply.errors import Problem


class Delivery(StrEnum):
    """How the learner took the module; `web` is reported by the learner alone."""

    WEB = "web"
    CLASSROOM = "classroom"
    LMS = "lms"


COUNTRIES = ("CA", "MX", "US")
"""The programme's three countries, ISO 3166-1 alpha-2."""


@dataclass(frozen=True)
class Completion:
    """One learner came to the end of one revision of one module, once.

    Attributes:
        id: UUID in lower case, made once: a second delivery with the same id is the same record.
        learner: Keyed pseudonym, 32 hexadecimal digits; never a name or an address.
        supplier: Code of the learner's plant as in `records/suppliers.csv`; None if not said.
        country: One of `COUNTRIES`; None if not said.
        module: Id of the module, after aliases.
        revision: Revision of the module that was completed, from 1.
        locale: `en`, `es` or `fr`; None if not said.
        delivery: How it was taken.
        session: Code of the class; None outside of one.
        instructor: Keyed pseudonym of who taught the class; None outside of one.
        score: Share right, 0 to 1.
        passed: The score reaches the pass mark of the module.
        completed_at: In UTC, to the second.
    """

    id: str
    learner: str
    supplier: str | None
    country: str | None
    module: str
    revision: int
    locale: str | None
    delivery: Delivery
    session: str | None
    instructor: str | None
    score: float
    passed: bool
    completed_at: datetime


@dataclass(frozen=True)
class Void:
    """A statement that takes the record `id` back, whichever of the two comes first. Source: xAPI 1.0.3, 2.3.2."""

    id: str


@dataclass(frozen=True)
class SetAside:
    """A row or statement that is not counted, and why. Nothing here names a person.

    Attributes:
        problem: Why, in English with everything that is wrong with it.
        id: Id of the record, if it has one.
        also: What else is wrong with it, each by itself, for another language than English.
    """

    problem: Problem
    id: str | None = None
    also: tuple[Problem, ...] = ()


@dataclass(frozen=True)
class Notice:
    """Something read in a way that its sender should know of; nothing was lost."""

    problem: Problem


Reading = Completion | Void | SetAside | Notice
