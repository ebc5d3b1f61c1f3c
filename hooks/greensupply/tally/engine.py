"""DuckDB with the records in it: the `.sql` files beside this one, and what they are given."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greensupply import store
from greensupply.errors import GreenSupplyError, Problem
from greensupply.tally import faults

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

HERE = Path(__file__).parent
_READ = tuple(name for name in store.COLUMNS if name != "session")
_COLUMNS = ", ".join(f"{name}: '{store.COLUMNS[name]}'" for name in _READ)
_LINES = "read_json(getvariable('files'), format = 'newline_delimited', "
_SOURCES = {
    ".jsonl": f"{_LINES}columns = {{{_COLUMNS}}})",  # no guessing of types: a column of NULLs would be read as JSON
    ".parquet": "read_parquet(getvariable('files'))",
}
_VOIDS = f"{_LINES}columns = {{id: 'VARCHAR'}})"
_RENAMED = (
    "(SELECT line.* REPLACE (coalesce(module_now, module) AS module) "
    "FROM {source} AS line LEFT JOIN alias ON module_then = module)"
)


@contextmanager
def opened(memory: str, scratch: Path | None) -> Iterator[DuckDBPyConnection]:
    """An engine that keeps to `memory`, puts the rest into `scratch` if there is one, and fetches nothing.

    Raises:
        GreenSupplyError: The records do not fit.
    """
    import duckdb  # a tenth of a second to import, and a build whose records have not changed counts nothing

    settings: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": memory,
        "temp_directory": str(scratch or ""),
        "preserve_insertion_order": False,
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
    }
    with duckdb.connect(config=settings) as connection:
        connection.execute("SET enable_progress_bar = false")  # it would stand in what the command says
        try:
            yield connection
        except duckdb.OutOfMemoryException:
            what = f"the records do not fit into {memory} of memory."
            how = "Run `greensupply records compact`, or make room on the disk for what does not fit."
            raise GreenSupplyError([Problem("records", 1, what, how)]) from None


def give(connection: DuckDBPyConnection, values: Mapping[str, tuple[str, object]]) -> None:
    """Set variables that the queries read: name -> SQL type and value."""
    for name, (kind, value) in values.items():
        connection.execute(f"SET VARIABLE {name} = $value::{kind}", {"value": value})


def run(connection: DuckDBPyConnection, name: str, folder: Path = HERE) -> list[tuple[Any, ...]]:
    """Return the rows of the query `name`, a file of `folder`."""
    return connection.execute(_query(folder, name)).fetchall()


def load(connection: DuckDBPyConnection, folder: Path, aliases: Mapping[str, str]) -> int:
    """Fill the table `record` from the store in `folder` and return how many different records that are.

    Raises:
        GreenSupplyError: Lines that are no records, or files that cannot be read.
    """
    import duckdb

    completions, voids = store.files(folder), store.voids(folder)
    try:
        _load(connection, completions, voids, aliases)
        ((broken,),) = connection.execute("SELECT count(*) FROM record WHERE broken").fetchall()
    except duckdb.OutOfMemoryException:
        raise
    except (duckdb.Error, UnicodeError):  # the latter where a message of the former is no text
        broken = 1
    if broken:
        raise GreenSupplyError(faults.find(completions, voids))
    run(connection, "counted")
    ((rows, ids),) = connection.execute("SELECT count(*), count(DISTINCT id) FROM record").fetchall()
    if rows > ids:
        run(connection, "unique")
    return int(ids)


def _load(
    connection: DuckDBPyConnection, completions: Sequence[Path], voids: Sequence[Path], aliases: Mapping[str, str]
) -> None:
    connection.execute("CREATE TEMP TABLE void (id UUID NOT NULL)")
    if voids:
        give(connection, {"files": ("VARCHAR[]", _literal(voids))})
        connection.execute(f"INSERT INTO void SELECT DISTINCT try_cast(id AS UUID) FROM {_VOIDS}")  # noqa: S608
    connection.execute(
        "CREATE TEMP TABLE alias AS "
        "SELECT unnest($then::VARCHAR[]) AS module_then, unnest($now::VARCHAR[]) AS module_now",
        {"then": list(aliases), "now": list(aliases.values())},
    )
    for suffix, source in _SOURCES.items():
        if files := [file for file in completions if file.suffix == suffix]:
            give(connection, {"files": ("VARCHAR[]", _literal(files))})
            written = _RENAMED.format(source=source) if aliases else source
            connection.execute(f"CREATE OR REPLACE TEMP VIEW written AS FROM {written}")
            run(connection, "read")


def _literal(files: Sequence[Path]) -> list[str]:
    """Names in which no sign stands for others, as it does in DuckDB's patterns."""
    return [re.sub(r"([*?\[])", r"[\1]", str(file)) for file in files]


@cache
def _query(folder: Path, name: str) -> str:
    return (folder / f"{name}.sql").read_text(encoding="utf-8")
