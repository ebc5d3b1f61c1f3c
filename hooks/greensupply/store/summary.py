"""How much the store holds, for the terminal of those who keep it: records, not learners."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from greensupply.store.alone import alone, patient
from greensupply.store.batches import files, voids
from greensupply.store.engine import MUCH_MEMORY, count, engine, show

_ONCE = """
CREATE TEMP TABLE once AS
SELECT id, min(country) AS country, min(module) AS module, min(locale) AS locale, min(delivery) AS delivery,
    bool_or(passed) AS passed, min(completed_at) AS completed_at, min(supplier) AS supplier
FROM stored ANTI JOIN gone USING (id) GROUP BY id
"""
_TOTALS = """
SELECT count(*), count(*) FILTER (passed), count(*) FILTER (starts_with(supplier, 'DEMO-')),
    coalesce(min(completed_at), ''), coalesce(max(completed_at), '')
FROM once
"""
_LABELS = """
SELECT name, label, count(*) FROM (
    SELECT coalesce(country, '') AS country, module, coalesce(locale, '') AS locale, delivery FROM once
) UNPIVOT (label FOR name IN (country, module, locale, delivery)) GROUP BY ALL ORDER BY ALL
"""


@dataclass(frozen=True)
class Stats:
    """What the store holds.

    Attributes:
        records: Records, each once, without those taken back.
        passed: Of these, those that reached the pass mark.
        demonstration: Of these, those that are invented.
        taken_back: Ids that were taken back, whether their records ever came or not.
        batches: Batches that are not compacted.
        size: Of all files, in bytes.
        first: Earliest completion, such as 2026-11-24T12:00:00Z; empty if there is none.
        last: Latest completion.
        by: `country`, `module`, `locale`, `delivery` -> label -> records; the label "" is what records do not say.
    """

    records: int
    passed: int
    demonstration: int
    taken_back: int
    batches: int
    size: int
    first: str
    last: str
    by: Mapping[str, Mapping[str, int]]


def stats(folder: Path, *, waiting: Callable[[], None] = patient) -> Stats:
    """Return what the store holds.

    Raises:
        OSError: The store is damaged or cannot be read.
    """
    with alone(folder, waiting) as work, engine(work, MUCH_MEMORY) as connection:
        show(connection, folder)
        connection.execute(_ONCE)
        records, passed, demonstration, first, last = connection.execute(_TOTALS).fetchall()[0]
        by: dict[str, dict[str, int]] = {}
        for name, label, number in connection.execute(_LABELS).fetchall():
            by.setdefault(name, {})[label] = number
        names = files(folder)
        return Stats(
            records=records,
            passed=passed,
            demonstration=demonstration,
            taken_back=count(connection, "SELECT count(*) FROM gone"),
            batches=sum(name.suffix == ".jsonl" for name in names),
            size=sum(name.stat().st_size for name in (*names, *voids(folder))),
            first=first,
            last=last,
            by=by,
        )
