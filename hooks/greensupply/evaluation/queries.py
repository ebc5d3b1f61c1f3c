"""The queries of the counts as they are, and what was run with which values, to be run again without this program.

The values hold codes of plants, so the script of what was run goes to those who may see the records, never into the
folder. It needs DuckDB alone: `duckdb -f run.sql`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from duckdb import DuckDBPyConnection

from greensupply import metrics, outcomes, plants, store, tally
from greensupply.catalogue import Catalogue
from greensupply.csv_text import Value
from greensupply.outcomes.given import given
from greensupply.plants import Plant
from greensupply.store.outcomes import Rows
from greensupply.tally import engine

HERE = {"tally": Path(tally.__file__).parent, "outcomes": Path(outcomes.__file__).parent}
PEOPLE = ("completions", "periods", "named", "people", "reach", "scores", "suppliers", "tables", "organisations")
"""Queries of `tally` after the records are there, in their order."""
PLANTS = ("stages", "quarterly", "cumulative", "intensities", "complements", "actions")
"""Queries of `outcomes`, in their order."""
BESIDE = (plants.FILE, metrics.METRICS, metrics.FACTORS, metrics.RATES, "goals.yml", "aliases.yml")
_NAME = re.compile(r"\$(\w+)")


@dataclass(frozen=True)
class Counting:
    """What the queries are run on.

    Attributes:
        folder: The folder `records/`.
        modules: Modules of the hub -> study time in minutes.
        core: Modules of the supplier pathway.
        aliases: Earlier id of a module -> the one it has now.
        catalogue: What is measured.
        listed, rows: Plants, and what holds of them.
        as_of: Last day counted.
    """

    folder: Path
    modules: Mapping[str, int]
    core: Sequence[str]
    aliases: Mapping[str, str]
    catalogue: Catalogue
    listed: Sequence[Plant]
    rows: Rows
    as_of: date


def files() -> dict[str, bytes]:
    """Return the queries by their path in the folder, and the definitions beside them."""
    return {
        f"{room}/{file.name}": file.read_bytes()
        for room, folder in HERE.items()
        for file in sorted(folder.iterdir())
        if file.suffix in (".sql", ".yml")
    }


def digests(folder: Path, states: Iterable[Path]) -> Iterator[Sequence[Value]]:
    """Return name, size and SHA-256 of every file that the figures come from.

    Arguments:
        folder: The folder `records/`.
        states: Files of what was published last.
    """
    stored = [*store.files(folder), *store.voids(folder), *store.cadre.files(folder), *store.outcomes.files(folder)]
    beside = [folder / name for name in BESIDE]
    for file in sorted({*stored, *beside, *states}):
        if file.exists():
            name = file.relative_to(folder) if file.is_relative_to(folder) else Path(file.name)
            yield name.as_posix(), file.stat().st_size, _digest(file)


def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def script(counting: Counting, scratch: Path) -> str:
    """Return all that is run for the counts, in SQL with its values. It holds codes of plants.

    Arguments:
        counting: What is counted.
        scratch: Empty folder of its own for what does not fit into memory.

    Raises:
        GreenSupplyError: Broken lines of the records.
    """
    with engine.opened("1500MB", scratch) as connection:
        ran = _Ran(connection)
        recorded = cast(DuckDBPyConnection, ran)
        tally.prepare(recorded, counting.listed, counting.modules, counting.core, counting.as_of)
        engine.load(recorded, counting.folder, counting.aliases)
        engine.run(recorded, "first")
        for name in PEOPLE:
            ran.says(f"tally/{name}.sql")
            engine.run(recorded, name)
        engine.give(recorded, given(counting.listed, counting.rows, counting.catalogue))
        engine.run(recorded, "schema", HERE["outcomes"])
        for name in PLANTS:
            ran.says(f"outcomes/{name}.sql")
            engine.run(recorded, name, HERE["outcomes"])
        return ran.text


class _Ran:
    """Runs what an engine is told to run, and writes it down."""

    def __init__(self, connection: DuckDBPyConnection) -> None:
        self._connection = connection
        self.text = ""

    def says(self, heading: str) -> None:
        self.text += f"\n-- {heading}\n"

    def execute(self, query: str, values: Mapping[str, object] | None = None) -> Any:
        given_values = values or {}
        whole = _NAME.sub(lambda found: _literal(given_values[found[1]]), query) if given_values else query
        self.text += whole.rstrip().removesuffix(";") + ";\n"
        return self._connection.execute(query, values)


def _literal(value: object) -> str:
    """A value as SQL writes it."""
    match value:
        case None:
            return "NULL"
        case bool() | int() | float():
            return str(value)
        case date():
            return f"'{value.isoformat()}'"
        case list() | tuple():
            return f"[{', '.join(map(_literal, value))}]"
        case _:
            text = str(value).replace("'", "''")
            return f"'{text}'"
