"""Completion records on disk: batches that are only ever added, and one compacted file that may replace them.

```
records/completions/<16 hex>.jsonl    one record a line; the name is the beginning of the SHA-256 of the bytes
records/completions/compacted.parquet the records of the batches that `compact` has replaced
records/voids/<16 hex>.jsonl          one {"id": "<uuid>"} a line: records taken back
records/trainers.csv, courses.csv     who is on the trainer ladder, and which courses were delivered (`cadre`)
records/assessments.csv, opportunities.csv, measurements.csv    what was found and reported in plants (`outcomes`)
```
Whoever only reads takes `files` and `voids`, and needs no lock: a file with a name is whole. A record may stand in two
files (a kill inside `compact`), and in `voids` beside; its id says so.
"""

from greensupply.store import cadre, outcomes
from greensupply.store.arrivals import Report, Tell, add
from greensupply.store.batches import COLUMNS, VOID_COLUMNS, Sync, files, voids
from greensupply.store.compaction import Compaction, compact
from greensupply.store.inspection import check
from greensupply.store.summary import Stats, stats

__all__ = [
    "COLUMNS",
    "VOID_COLUMNS",
    "Compaction",
    "Report",
    "Stats",
    "Sync",
    "Tell",
    "add",
    "cadre",
    "check",
    "compact",
    "files",
    "outcomes",
    "stats",
    "voids",
]
