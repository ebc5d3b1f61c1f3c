"""DuckDB over the files of the store: the comparing and sorting of more records than memory holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from greensupply.store.batches import COLUMNS, VOID_COLUMNS, files, voids

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection, DuckDBPyRelation

MEMORY = "128MB"
"""For a batch: it keeps the command that adds a million records below 200 MB. Source: QUALITY, 50."""
MUCH_MEMORY = "512MB"
"""For what looks at every record of the store at once, and for a batch that needs more than is usual."""
_SAID = (column for column in COLUMNS if column not in ("id", "passed"))  # `passed` follows from the pass mark of today
_CONTENT = f"hash({', '.join(_SAID)}) AS content"


class TooLittleMemory(OSError):
    """The engine needs more memory than it was given, even with the disk to put things aside."""


@contextmanager
def engine(work: Path, memory: str = MEMORY) -> Iterator[DuckDBPyConnection]:
    """An engine that keeps to so much memory, puts the rest into the folder `work`, and fetches nothing from a network.

    Raises:
        TooLittleMemory: It could not go on within `memory`.
        OSError: It could not go on for another reason: the disk is full, or a file of the store vanished or is damaged.
    """
    import duckdb  # a tenth of a second to import, and a site reads the store without it

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "threads": 1,  # each thread asks for 32 MB buffers of its own
        "temp_directory": str(work / "spill"),
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "enable_external_file_cache": False,
    }
    with duckdb.connect(config=settings) as connection:
        connection.execute("SET enable_progress_bar = false")  # it would stand in what the command says
        # A join holds its right side in memory; left to itself, the engine takes any file of JSON for the small side.
        connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        try:
            yield connection
        except duckdb.Error as error:
            first, *_ = str(error).splitlines()
            kind = TooLittleMemory if isinstance(error, duckdb.OutOfMemoryException) else OSError
            raise kind(f"the records could not be compared or sorted: {first}") from error


def show(connection: DuckDBPyConnection, folder: Path) -> None:
    """Make the views `stored` and `gone`: the records of the store, and the ids of those taken back, each once.

    Beside its `COLUMNS` a record has `content` (64 bits that differ when what two records of one id say differs),
    `file`, and `row` (in the compacted file, from 0; NULL in a batch).
    """
    names = files(folder)
    batches = lines(connection, [name for name in names if name.suffix == ".jsonl"], COLUMNS)
    batches = batches.project(", ".join((*COLUMNS, _CONTENT, "file", "NULL::BIGINT AS row")))
    compacted = [str(name) for name in names if name.suffix == ".parquet"]
    if compacted:
        parquet = connection.read_parquet(compacted, filename=True, file_row_number=True)
        rows = parquet.project(", ".join((*COLUMNS, _CONTENT, "filename AS file", "file_row_number AS row")))
        rows.union(batches).create_view("stored")
    else:
        batches.create_view("stored")
    lines(connection, voids(folder), VOID_COLUMNS).project("id").distinct().create_view("gone")


def show_arrived(connection: DuckDBPyConnection, records: Path, voids: Path) -> None:
    """Make the views `arrived` and `arrived_voids` of what came: as `stored`, with `n` from 1 and `line`; and `id`."""
    arrived = lines(connection, [records], {"n": "INTEGER", "line": "INTEGER", **COLUMNS})
    arrived.project(", ".join(("n", "line", *COLUMNS, _CONTENT))).create_view("arrived")
    lines(connection, [voids], VOID_COLUMNS).project("id").create_view("arrived_voids")


def lines(connection: DuckDBPyConnection, paths: Sequence[Path], columns: Mapping[str, str]) -> DuckDBPyRelation:
    """Rows of files of JSON lines, with the column `file` beside their own."""
    if not paths:
        empty = ", ".join(f"NULL::{kind} AS {column}" for column, kind in {**columns, "file": "VARCHAR"}.items())
        return connection.sql(f"SELECT {empty} LIMIT 0")
    names = [str(path) for path in paths]
    found = connection.read_json(names, columns=dict(columns), format="newline_delimited", filename=True)
    return found.project(", ".join((*columns, "filename AS file")))


def stream(connection: DuckDBPyConnection, query: str, size: int = 10_000) -> Iterator[list[tuple[object, ...]]]:
    """Rows of a query, `size` at a time."""
    cursor = connection.execute(query)
    while rows := cursor.fetchmany(size):
        yield rows


def count(connection: DuckDBPyConnection, query: str) -> int:
    """The number that a query gives."""
    ((number,),) = connection.execute(query).fetchall()
    return int(number)
