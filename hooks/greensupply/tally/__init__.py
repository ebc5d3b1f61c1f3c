"""Completion records on disk -> a `Tally`: the counting is SQL, in the files beside this one.

What each figure means is in `definitions.yml`, in the three languages; the head of each `.sql` file names the figures
that it counts. `tests/test_tally.py` counts the same once more in plain Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from greensupply import plants, store
from greensupply.completion import COUNTRIES, Delivery
from greensupply.counts import UNSTATED, Cell, Reach, Table, Tally
from greensupply.errors import GreenSupplyError, Problem
from greensupply.locales import LOCALES
from greensupply.plants import Plant
from greensupply.tally import trainers
from greensupply.tally.definition import Definition, definitions
from greensupply.tally.engine import give, load, opened, run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["ASSISTANCE", "DEMONSTRATION", "Definition", "count", "definitions", "prepare"]

ASSISTANCE = 240
"""Minutes of training that count as help to a plant (source: the programme's metric P2a, 4 h or more)."""

DEMONSTRATION = "DEMO-"
"""How the supplier codes of invented records begin."""

ACTIVE_MONTHS = 6
"""Months in which a person who taught a class counts as active (source: the programme's metric T6)."""

_NONE: Mapping[str, str] = MappingProxyType({})


def count(
    folder: Path,
    *,
    modules: Mapping[str, int],
    core: Sequence[str],
    as_of: date,
    suppliers: Path,
    aliases: Mapping[str, str] = _NONE,
    memory: str = "1500MB",
    scratch: Path | None = None,
) -> Tally:
    """Return the true counts of the store in `folder`; all of them empty if there is none.

    Arguments:
        folder: The folder `records/`.
        modules: Modules of the hub in the order of display -> study time in minutes. Others are not counted.
        core: Modules of the supplier pathway.
        as_of: Last day counted, in UTC.
        suppliers: The dated list of plants; without that file there are none.
        aliases: Earlier id of a module -> the one it has now.
        memory: Most memory that the engine may take for its data, such as "1500MB".
        scratch: Empty folder of its own for what does not fit; without one, what does not fit is an error.

    Raises:
        GreenSupplyError: Every problem of the lists of plants, trainers and courses; else the broken
            lines of the store; or no room for it.
    """
    listed, cadre = _lists(suppliers, folder)
    with opened(memory, scratch) as connection:
        prepare(connection, listed, modules, core, as_of)
        records = load(connection, folder, aliases)
        found = _counted(connection, records, listed, modules, as_of)
        return trainers.added(found, connection, cadre)


def _lists(suppliers: Path, folder: Path) -> tuple[tuple[Plant, ...], store.cadre.Cadre]:
    """The plants, the trainers and the courses; or every problem of all these lists."""
    listed: tuple[Plant, ...] = ()
    cadre = store.cadre.Cadre()
    problems: list[Problem] = []
    try:
        listed = plants.read(suppliers)
    except GreenSupplyError as error:
        problems += error.problems
    try:
        cadre = store.cadre.read(folder)
    except GreenSupplyError as error:
        problems += error.problems
    if problems:
        raise GreenSupplyError(problems)
    return listed, cadre


def prepare(
    connection: DuckDBPyConnection,
    listed: Sequence[Plant],
    modules: Mapping[str, int],
    core: Sequence[str],
    as_of: date,
) -> None:
    """Give the engine the tables of plants and modules and an empty one of records; arguments as those of `count`."""
    until = as_of + timedelta(days=1)
    texts, days = "VARCHAR[]", "DATE[]"
    give(
        connection,
        {
            "countries": (texts, [*COUNTRIES, UNSTATED]),
            "languages": (texts, [*LOCALES, UNSTATED]),
            "deliveries": (texts, list(Delivery)),
            "modules": (texts, list(modules)),
            "minutes": ("INTEGER[]", list(modules.values())),
            "module_count": ("INTEGER", max(1, len(modules))),
            "core": (texts, list(core)),
            "core_count": ("INTEGER", len(set(core)) or -1),  # an empty pathway is completed by nobody
            "suppliers": (texts, [plant.supplier for plant in listed]),
            "supplier_countries": (texts, [plant.country for plant in listed]),
            "listed_on": (days, [plant.listed_on for plant in listed]),
            "left_on": (days, [plant.left_on for plant in listed]),
            "assistance": ("INTEGER", ASSISTANCE),
            "until": ("TIMESTAMP", until),
            "active_months": ("INTEGER", ACTIVE_MONTHS),
        },
    )
    run(connection, "schema")


def _counted(
    connection: DuckDBPyConnection,
    records: int,
    listed: Sequence[Plant],
    modules: Mapping[str, int],
    as_of: date,
) -> Tally:
    run(connection, "first")
    ((completions,),) = run(connection, "completions")
    periods: dict[str, dict[str, Cell]] = {"quarter": {}, "month": {}}
    for kind, name, learners, organisations in run(connection, "periods"):
        periods[kind][name] = Cell(learners, organisations)
    named = dict(run(connection, "named"))
    ((attempts, their_suppliers, passed, passed_suppliers, instructors),) = run(connection, "people")
    return Tally(
        as_of=as_of,
        demonstration=any(code.startswith(DEMONSTRATION) for code in (*named, *(plant.supplier for plant in listed))),
        records=records,
        completions=completions,
        tables=_tables(connection, modules),
        quarters=periods["quarter"],
        months=periods["month"],
        reach={(country, quarter): Reach(*counts) for country, quarter, *counts in run(connection, "reach")},
        attempts=Cell(attempts, their_suppliers),
        passed=Cell(passed, passed_suppliers),
        scores={module: float(total) / learners for module, total, learners in run(connection, "scores")},
        instructors=Cell(instructors, 0),
        suppliers=dict(run(connection, "suppliers")),
        unlisted=tuple(code for code, is_listed in named.items() if not is_listed),
        minutes=dict(modules),
    )


def _tables(connection: DuckDBPyConnection, modules: Iterable[str]) -> dict[str, Table]:
    labels = {
        "country": (*COUNTRIES, UNSTATED),
        "module": tuple(modules),
        "language": (*LOCALES, UNSTATED),
        "delivery": tuple(delivery.value for delivery in Delivery),
    }
    patterns: dict[str, dict[frozenset[str], int]] = defaultdict(dict)
    for name, bits, learners in run(connection, "tables"):
        having = frozenset(label for label, bit in zip(labels[name], reversed(bits), strict=False) if bit == "1")
        patterns[name][having] = learners
    organisations: dict[str, dict[str, frozenset[str]]] = defaultdict(dict)
    for name, label, codes in run(connection, "organisations"):
        organisations[name][label] = frozenset(codes)
    return {name: Table(universe, patterns[name], organisations[name]) for name, universe in labels.items()}
