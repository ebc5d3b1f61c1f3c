"""True counts, and the counts that may be published. Only `disclosure.protect` makes the second from the first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

UNSTATED = ""
"""Label of the group whose records do not say."""


@dataclass(frozen=True)
class Cell:
    """One group, counted.

    Attributes:
        learners: Distinct learners who passed.
        organisations: Distinct suppliers that their records name; 0 if none names one.
    """

    learners: int
    organisations: int


NOBODY = Cell(0, 0)


@dataclass(frozen=True)
class Table:
    """Distinct learners by one property. A learner may stand under several labels, in several languages say.

    Attributes:
        labels: Every label there can be, those without a learner included, in the order of display.
        patterns: Set of labels -> learners who have just these; the sum of all is the number of learners.
        organisations: Label -> suppliers that its records name.
    """

    labels: tuple[str, ...]
    patterns: Mapping[frozenset[str], int]
    organisations: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def cell(self, *labels: str) -> Cell:
        """The learners who have at least one of the labels, counted once each."""
        wanted = frozenset(labels)
        learners = sum(count for having, count in self.patterns.items() if having & wanted)
        return Cell(learners, len(frozenset().union(*(self.organisations.get(label, frozenset()) for label in labels))))


@dataclass(frozen=True)
class Reach:
    """How far training has come among the plants in scope of one country (or of all), up to the end of a quarter.

    Attributes:
        scope: Plants on the list by then (P0).
        trained: Of these, plants with at least one learner who passed a module.
        assisted: Of these, plants whose learners passed modules of 4 h or more together, each module once (H18).
        core: Of these, plants with a learner who passed every module of the supplier pathway.
        learners: Learners of those plants who passed a module: how many people stand behind `trained`.
        assisted_learners: The same behind `assisted`.
        core_learners: The same behind `core`: those who passed the whole pathway.
    """

    scope: int
    trained: int
    assisted: int
    core: int
    learners: int
    assisted_learners: int
    core_learners: int


@dataclass(frozen=True)
class Delivered:
    """One train-the-trainer course: the country and the quarter it was held in, and how many people took part."""

    country: str
    quarter: str
    participants: int


@dataclass(frozen=True)
class Tally:
    """True counts. They point to people, so they never leave the process, but for the terminal of those who may see.

    Attributes:
        as_of: Last day counted, the end of a month.
        demonstration: Some of the records are invented.
        records: Records counted, repeated ones left out, passed or not, up to `as_of`.
        completions: First passes of a learner, module and revision.
        tables: `country`, `module`, `language` and `delivery`; where there is a list of trainers, `trainer-country`
            (certified and master trainers) and `trainer-rung` (everybody on the ladder), in people who train.
        quarters: `2026-Q3` -> learners with a first pass in it; every closed quarter since the first record.
        months: `2026-09` -> the same by month.
        reach: (country, quarter) -> penetration at the quarter's end; country "" is all together.
        attempts: Learners of classes and learning management systems who came to the end, passed or not (T3).
        passed: Of these, those who passed at least one module.
        scores: Module -> mean of the learners' best passing scores, 0 to 1.
        instructors: People who taught a class in the last six months (H8).
        suppliers: Supplier -> its learners; for the internal tally only.
        unlisted: Suppliers that records name but the list does not.
        minutes: Module -> study time in minutes, for person-hours (T7).
        trainers: People who are certified or master trainers (T5).
        active_trainers: Of these, those who taught in the last six months (T6).
        courses: Train-the-trainer courses that were delivered; None if there is no list of them.
    """

    as_of: date
    demonstration: bool
    records: int
    completions: int
    tables: Mapping[str, Table]
    quarters: Mapping[str, Cell]
    months: Mapping[str, Cell]
    reach: Mapping[tuple[str, str], Reach]
    attempts: Cell
    passed: Cell
    scores: Mapping[str, float]
    instructors: Cell
    suppliers: Mapping[str, int]
    unlisted: tuple[str, ...]
    minutes: Mapping[str, int]
    trainers: Cell = NOBODY
    active_trainers: Cell = NOBODY
    courses: tuple[Delivered, ...] | None = None

    @property
    def learners(self) -> Cell:
        """All distinct learners who passed a module."""
        everyone = self.tables["country"]
        return everyone.cell(*everyone.labels)
