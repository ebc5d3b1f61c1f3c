"""How long the tally takes and how much memory, beside DuckDB's bare scan of the same files and plain Python.

Run `python benchmarks/tally.py` for 10,000 to 1,000,000 records, with `--large` for 10,000,000 instead (4 GB of disk,
some minutes). It makes its records itself, in a temporary folder. Every figure is of a whole process, start of Python
included: the shortest time and the most memory of several runs.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import report

SIZES = (10_000, 100_000, 1_000_000)
LARGE = 10_000_000
BATCH = 50_000
"""Records of one batch, as `greensupply records add` cuts them."""
PLANTS = 2000
MODULES = {f"module-{number:02}": 60 + 10 * (number % 7) for number in range(12)}
HEADING = "## The tally"
HEAD = (
    "Records",
    "File",
    "Size, MB",
    "Bare scan, s",
    "Tally, s",
    "Tally / scan",
    "Tally, MB",
    "Python, s",
    "Python, MB",
)
AS_OF = date(2026, 10, 31)

RECORDS = """
SELECT
    md5('record/' || number)::UUID::VARCHAR AS id,
    md5('person/' || person) AS learner,
    CASE WHEN a % 25 > 0 THEN printf('DEMO-%s-%04d', country, plant) END AS supplier,
    CASE WHEN a % 40 > 0 THEN country END AS country,
    printf('module-%02d', (b % 12)::INTEGER) AS module,
    1 + (c % 5 = 0)::INTEGER AS revision,
    CASE WHEN b % 30 > 0 THEN ['es', 'en', 'fr'][1 + (plant % 7 % 3)] END AS locale,
    ['web', 'classroom', 'lms'][1 + (c % 3)::INTEGER] AS delivery,
    CASE WHEN c % 3 = 1 THEN printf('%s-%05d', country, (a % 20000)::INTEGER) END AS session,
    CASE WHEN c % 3 = 1 THEN md5((a % 500)::VARCHAR) END AS instructor,
    round(0.5 + (c % 11) / 20, 2) AS score,
    c % 11 >= 6 AS passed,
    strftime(TIMESTAMP '2023-01-01' + to_seconds((a % 120000000)::BIGINT), '%Y-%m-%dT%H:%M:%SZ') AS completed_at
FROM (
    SELECT *, ['MX', 'US', 'CA'][1 + plant % 3] AS country
    FROM (
        SELECT
            number, hash(number, 1) AS a, hash(number, 2) AS b, hash(number, 5) AS c, number % {people} AS person,
            (hash(number % {people}, 6) % {plants})::INTEGER AS plant
        FROM range({start}, {stop}) AS made(number)
    )
)
"""


def main() -> None:
    """Measure and print, or be one of the measured processes."""
    options = report.options(__doc__)
    options.add_argument("--large", action="store_true", help="10,000,000 records, once each; a section of its own")
    options.add_argument("--sizes", type=report.sizes, default=SIZES, help="numbers of records: 10000,1000000")
    options.add_argument("--runs", type=int, default=5, help="runs of each, of which the best counts")
    options.add_argument("--one", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.one:
        WAYS[chosen.one[0]](Path(chosen.one[1]))
        print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return
    rows = []
    runs = 1 if chosen.large else chosen.runs
    for size in (LARGE,) if chosen.large else chosen.sizes:
        with TemporaryDirectory() as folder:
            rows += [[f"{size:,}", file, *row] for file, row in measured(Path(folder), size, runs).items()]
    report.give(told(rows, runs, large=chosen.large), chosen.into)


def told(rows: list[list[str]], runs: int, *, large: bool = False) -> str:
    """The section, with versions."""
    lines = [
        f"{HEADING} of ten million records" if large else HEADING,
        "",
        f"`python benchmarks/tally.py{' --large' if large else ''}`; {report.setting('duckdb')}.",
        f"The shortest time and the most memory of {runs} run{'s' if runs > 1 else ''}; whole processes, the start of "
        "Python included.",
        "*Bare scan* is DuckDB reading every field of the same files; *Python* is the same count in plain Python.",
        "",
    ]
    return "\n".join((*lines, *report.table(HEAD, rows, words=2), ""))


def measured(folder: Path, size: int, runs: int) -> dict[str, list[str]]:
    """The cells of a row for JSON lines and one for the compacted file."""
    rows = {}
    make(folder, size)
    for file, ways in (("JSON lines", ("scan", "tally", "python")), ("Parquet", ("scan", "tally"))):
        if file == "Parquet":
            compact(folder)
        stored = sum(path.stat().st_size for path in (folder / "completions").iterdir()) / 1e6
        best = {way: (float("inf"), 0.0) for way in ways}
        for _ in range(runs):
            for way in ways:  # in turns, so that what else the machine does meets all of them
                seconds, memory = run(way, folder)
                best[way] = min(best[way][0], seconds), max(best[way][1], memory)
        (scan, _), (tally, most) = best["scan"], best["tally"]
        plain, plain_memory = best.get("python", (0, 0))
        rows[file] = [f"{stored:,.0f}", f"{scan:.2f}", f"{tally:.2f}", f"{tally / scan:.1f}", f"{most:,.0f}"]
        rows[file] += [f"{plain:.2f}", f"{plain_memory:,.0f}"] if plain else ["", ""]
    return rows


def run(way: str, folder: Path) -> tuple[float, float]:
    """Seconds and megabytes of one process."""
    started = time.perf_counter()
    done = subprocess.run(  # noqa: S603  # this file itself
        [sys.executable, __file__, "--one", way, str(folder)], check=True, capture_output=True, text=True
    )
    return time.perf_counter() - started, int(done.stdout.split()[-1]) / 1000


def make(folder: Path, size: int) -> None:
    """Records and plants, the same ones for the same size."""
    import duckdb

    (folder / "completions").mkdir()
    people = max(10, size // 4)
    with duckdb.connect() as engine:
        for start in range(0, size, BATCH):
            made = RECORDS.format(start=start, stop=min(size, start + BATCH), people=people, plants=PLANTS)
            engine.execute(f"COPY ({made}) TO '{folder}/completions/{start:016x}.jsonl' (FORMAT json)")
    rows = (f"DEMO-{('MX', 'US', 'CA')[n % 3]}-{n:04},{('MX', 'US', 'CA')[n % 3]},2023-01-01," for n in range(PLANTS))
    (folder / "suppliers.csv").write_text("\n".join(("supplier,country,enrolled_on,left_on", *rows, "")))


def compact(folder: Path) -> None:
    """The same records in one Parquet file."""
    import duckdb
    from greensupply.store import COLUMNS

    batches = sorted((folder / "completions").glob("*.jsonl"))
    with duckdb.connect(config={"memory_limit": "2GB", "temp_directory": str(folder / "spill")}) as engine:
        engine.read_json(  # type: ignore[arg-type]
            [str(path) for path in batches], columns=dict(COLUMNS), format="newline_delimited"
        ).write_parquet(str(folder / "completions" / "compacted.parquet"), compression="zstd")
    for path in batches:
        path.unlink()


def scan(folder: Path) -> None:
    """What DuckDB alone needs to read every value of every record."""
    import duckdb

    names = (
        "id",
        "learner",
        "supplier",
        "country",
        "module",
        "revision",
        "locale",
        "delivery",
        "session",
        "instructor",
    )
    names += ("score", "passed", "completed_at")
    files = [str(path) for path in sorted((folder / "completions").iterdir())]
    columns = ", ".join(f"{name}: 'VARCHAR'" for name in names)
    source = (
        f"read_json($files, columns = {{{columns}}}, format = 'newline_delimited')"
        if files[0].endswith(".jsonl")
        else "read_parquet($files)"
    )
    lengths = ", ".join(f"sum(length({name}::VARCHAR))" for name in names)
    with duckdb.connect(config={"preserve_insertion_order": False}) as engine:
        engine.execute(f"SELECT count(*), {lengths} FROM {source}", {"files": files}).fetchall()  # noqa: S608  # our own names


def count(folder: Path) -> None:
    """The tally."""
    from greensupply import tally

    with TemporaryDirectory() as scratch:
        tally.count(
            folder,
            modules=MODULES,
            core=list(MODULES)[:5],
            as_of=AS_OF,
            suppliers=folder / "suppliers.csv",
            scratch=Path(scratch),
        )


def plain(folder: Path) -> None:
    """Less than the tally in plain Python: no duplicates, first passes, one-way tables, months, scores."""
    seen: set[str] = set()
    first: dict[tuple[str, str, int], Mapping[str, str]] = {}
    best: dict[tuple[str, str], float] = {}
    end = "2026-11-01"
    for file in sorted((folder / "completions").iterdir()):
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                if record["id"] in seen or record["completed_at"] >= end or record["module"] not in MODULES:
                    continue
                seen.add(record["id"])
                if record["passed"]:
                    key = (record["learner"], record["module"], record["revision"])
                    known = first.get(key)
                    if known is None or record["completed_at"] < known["completed_at"]:
                        first[key] = record
                    pair = key[:2]
                    best[pair] = max(best.get(pair, 0), record["score"])
    groups: dict[tuple[str, str | None], set[str]] = {}
    for record in first.values():
        for name in ("country", "module", "locale", "delivery"):
            groups.setdefault((name, record[name]), set()).add(record["learner"])
        groups.setdefault(("month", record["completed_at"][:7]), set()).add(record["learner"])


WAYS = {"scan": scan, "tally": count, "python": plain}

if __name__ == "__main__":
    main()
