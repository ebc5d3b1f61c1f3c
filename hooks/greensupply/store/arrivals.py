"""Readings -> one more batch: what is new goes in, what is there already does not, and a conflict is told.

A record is known by its id. The first content that came under an id is kept for good; the same again changes nothing,
other content is set aside. What was taken back does not come in again, whichever came first.
Source: QUALITY, *Records import*, 37 to 40 and 46.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass
from itertools import islice
from pathlib import Path

from greensupply.completion import Completion, Notice, Reading, SetAside, Void
from greensupply.store import batches
from greensupply.store.alone import alone, patient
from greensupply.store.batches import COLUMNS, COMPLETIONS, VOID_COLUMNS, VOIDS, Draft, Sync
from greensupply.store.conflicts import conflicts
from greensupply.store.engine import MEMORY, MUCH_MEMORY, TooLittleMemory, count, engine, show, show_arrived, stream

BATCH = 50_000
"""Readings that are compared and sorted at once; what memory is needed hangs on this, and not on the input.

A batch of as many records is a file of some 15 MB, which code hosts still take.
"""
Tell = Callable[[SetAside | Notice], None]

# `arrived` is what came, `stored` and `gone` what the store has; `first` of an id is kept, `known` is in the store.
_COMPARE = """
CREATE TEMP TABLE came AS SELECT n, id, content FROM arrived;
CREATE TEMP TABLE first AS SELECT id, min(n) AS n, arg_min(content, n) AS content FROM came GROUP BY id;
CREATE TEMP TABLE withdrawn AS
    SELECT id FROM first SEMI JOIN (SELECT id FROM gone UNION ALL SELECT id FROM arrived_voids) USING (id);
CREATE TEMP TABLE known AS
    SELECT id, content FROM stored SEMI JOIN first USING (id) ANTI JOIN withdrawn USING (id);
"""
_NEW = """
SELECT * EXCLUDE (n, line, content) FROM arrived
SEMI JOIN (FROM first ANTI JOIN known USING (id) ANTI JOIN withdrawn USING (id)) USING (n)
ORDER BY completed_at, id
"""
_NEW_VOIDS = "SELECT DISTINCT id FROM arrived_voids ANTI JOIN gone USING (id) ORDER BY id"
_WITHDRAWN = "SELECT count(*) FROM came SEMI JOIN withdrawn USING (id)"


@dataclass(frozen=True)
class Report:
    """What became of the records and take-backs that were read: `read` is the sum of `new` to `set_aside`.

    Attributes:
        read: Records, take-backs, and what could not be taken for either.
        new: Records that the store did not have.
        already_there: Records and take-backs that the store has, or that came twice in this input.
        withdrawn: Records that were not added because they are taken back.
        voids: Take-backs that the store did not have.
        set_aside: Not taken, conflicts included.
        conflicts: Of those set aside: same id as another record, other content.
        notices: Read in a way that the sender should know of.
    """

    read: int = 0
    new: int = 0
    already_there: int = 0
    withdrawn: int = 0
    voids: int = 0
    set_aside: int = 0
    conflicts: int = 0
    notices: int = 0

    def __add__(self, other: Report) -> Report:
        return Report(*(one + two for one, two in zip(astuple(self), astuple(other), strict=True)))


def add(
    folder: Path,
    path: str,
    readings: Iterable[tuple[int, Reading]],
    *,
    sync: Sync,
    tell: Tell = lambda _: None,
    waiting: Callable[[], None] = patient,
) -> Report:
    """Add what is new among the readings, a batch for every `BATCH` of them, and return what became of each.

    A kill at any instant leaves whole batches alone, and the same call again then gives the same bytes as one that
    nothing disturbed. Two calls at once come one after the other.

    Arguments:
        folder: The store.
        path: Where the readings come from, for messages.
        readings: With the line of each, from 1; read once, while the store is held.
        sync: See `batches.Sync`.
        tell: Called for everything that is set aside or to be noticed, as soon as it is known.
        waiting: Called once if another run holds the store.

    Raises:
        OSError: The disk is full, or the store is damaged or may not be written to. Every batch is whole.
    """
    source = iter(readings)
    report = Report()
    with alone(folder, waiting) as work:
        while came := _stage(islice(source, BATCH), work, tell):
            report += _add_batch(folder, path, came, work, sync, tell)
    return report


def _stage(readings: Iterable[tuple[int, Reading]], work: Path, tell: Tell) -> Counter[type]:
    """Write what was read into the work folder, tell what is no record, and count each kind."""
    kinds: Counter[type] = Counter()
    with (
        (work / COMPLETIONS).open("w", encoding="utf-8", newline="\n") as completions,
        (work / VOIDS).open("w", encoding="utf-8", newline="\n") as voids,
    ):
        for line, reading in readings:
            kinds[type(reading)] += 1
            match reading:
                case Completion():
                    place = {"n": kinds[Completion], "line": line}
                    completions.write(batches.line({**place, **batches.values(reading)}))
                case Void():
                    voids.write(batches.line({"id": reading.id}))
                case SetAside() | Notice():
                    tell(reading)
    return kinds


def _add_batch(folder: Path, path: str, came: Mapping[type, int], work: Path, sync: Sync, tell: Tell) -> Report:
    try:
        found = _compared(folder, path, work, MEMORY)
    except TooLittleMemory:
        found = _compared(folder, path, work, MUCH_MEMORY)
    for conflict in found.conflicts:
        tell(conflict)
    voids = batches.keep(found.voids, folder / VOIDS, sync)
    new = batches.keep(found.new, folder / COMPLETIONS, sync)
    conflicting = len(found.conflicts)
    return Report(
        read=came[Completion] + came[Void] + came[SetAside],
        new=new,
        already_there=came[Completion] - new - found.withdrawn - conflicting + came[Void] - voids,
        withdrawn=found.withdrawn,
        voids=voids,
        set_aside=came[SetAside] + conflicting,
        conflicts=conflicting,
        notices=came[Notice],
    )


@dataclass(frozen=True)
class _Compared:
    """What arrived, beside what the store has; nothing of it is told or in the store yet."""

    conflicts: Sequence[SetAside]
    withdrawn: int
    voids: Draft
    new: Draft


def _compared(folder: Path, path: str, work: Path, memory: str) -> _Compared:
    with engine(work, memory) as connection:
        show(connection, folder)
        show_arrived(connection, work / COMPLETIONS, work / VOIDS)
        connection.execute(_COMPARE)
        return _Compared(
            conflicts=tuple(conflicts(connection, path)),
            withdrawn=count(connection, _WITHDRAWN),
            voids=batches.draft(_named(stream(connection, _NEW_VOIDS), VOID_COLUMNS), work / "new-voids"),
            new=batches.draft(_named(stream(connection, _NEW), COLUMNS), work / "new"),
        )


def _named(rows: Iterable[Iterable[tuple[object, ...]]], columns: Iterable[str]) -> Iterator[dict[str, object]]:
    names = tuple(columns)
    for some in rows:
        for row in some:
            yield dict(zip(names, row, strict=True))
