"""Many batches -> one Parquet file, which the engine reads faster and which takes a fraction of the room."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from greensupply.errors import GreenSupplyError
from greensupply.store.alone import alone, patient
from greensupply.store.batches import COMPACTED, COMPLETIONS, Sync, files, publish
from greensupply.store.engine import MUCH_MEMORY, count, engine, show
from greensupply.store.inspection import damages

# Rows that are the same in every column, as a kill between the two steps of `compact` leaves them, become one. Rows of
# one id that differ are all kept, for `check` to tell.
_KEPT = """
SELECT * EXCLUDE (content)
FROM (SELECT DISTINCT * EXCLUDE (file, row) FROM stored ANTI JOIN gone USING (id))
ORDER BY completed_at, id, content, passed
"""


@dataclass(frozen=True)
class Compaction:
    """What became of the store.

    Attributes:
        batches: Batches that the compacted file replaces.
        records: Records in the compacted file.
        withdrawn: Records left out because they are taken back.
    """

    batches: int
    records: int
    withdrawn: int


def compact(folder: Path, *, sync: Sync, waiting: Callable[[], None] = patient) -> Compaction:
    """Replace all batches by the compacted file and return what became of them.

    The new file is whole and at its place before the first batch goes, so a kill in between leaves records twice in
    the store, which nothing counts twice, and the next run ends the work. The same records give the same bytes.

    Raises:
        GreenSupplyError: A batch is damaged; nothing was changed.
        OSError: The disk is full or may not be written to; nothing was changed.
    """
    with alone(folder, waiting) as work:
        old = [file for file in files(folder) if file.suffix == ".jsonl"]
        if problems := [problem for file in old for problem in damages(file, work)]:
            raise GreenSupplyError(problems)
        draft = work / COMPACTED
        with engine(work, MUCH_MEMORY) as connection:
            show(connection, folder)
            withdrawn = count(connection, "SELECT count(DISTINCT id) FROM stored SEMI JOIN gone USING (id)")
            if not old and not withdrawn:  # written anew it would say the same in other bytes
                return Compaction(0, count(connection, "SELECT count(*) FROM stored"), 0)
            connection.sql(_KEPT).write_parquet(str(draft), compression="zstd")
            ((records,),) = connection.read_parquet([str(draft)]).count("*").fetchall()
        publish(draft, folder / COMPLETIONS / COMPACTED, sync)
        for file in old:
            file.unlink()
        sync(folder / COMPLETIONS)
    return Compaction(len(old), records, withdrawn)
