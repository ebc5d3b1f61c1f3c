"""What plants did and reported, on disk -> `Outcomes`: the counting is SQL, in the files beside this one.

What each figure means is in `definitions.yml`, in the three languages, and what a quantity is in `records/metrics.yml`;
the head of each `.sql` file names the figures that it counts. `tests/test_outcomes.py` counts the same once more in
plain Python.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from greensupply import plants as suppliers
from greensupply import store, tally
from greensupply.catalogue import Catalogue
from greensupply.errors import GreenSupplyError, Problem
from greensupply.outcome_counts import Amount, Key, Outcomes, Stages
from greensupply.outcomes.given import Variables, given
from greensupply.outcomes.strange import strange
from greensupply.plants import Plant
from greensupply.store.outcomes import Rows
from greensupply.tally import Definition, engine

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

__all__ = ["Definition", "count", "definitions"]

HERE = Path(__file__).parent
_NONE: Mapping[str, str] = MappingProxyType({})


def definitions() -> tuple[Definition, ...]:
    """Return the definitions in the order in which they are printed."""
    return tally.definitions(HERE / "definitions.yml")


def count(
    folder: Path,
    *,
    modules: Mapping[str, int],
    catalogue: Catalogue,
    plants: Path,
    as_of: date,
    known_on: date | None = None,
    aliases: Mapping[str, str] = _NONE,
    memory: str = "1500MB",
    scratch: Path | None = None,
) -> Outcomes:
    """Return the true results of the programme in plants; all of them empty if there is no list of plants.

    Arguments:
        folder: The folder `records/`.
        modules: Modules of the hub -> study time in minutes; others are not counted. Without any, the completion
            records are not read and no training counts, which moves the numbers of assisted plants and no quantity.
        catalogue: What is measured, and by which factors and rates.
        plants: The dated list of plants.
        as_of: Last day counted, in UTC; quarters and years count when they are over by then.
        known_on: Rows of the four lists that were recorded later are left out, so that what was known on an earlier day
            is found again; None for all. Completion records have no such day, and a line of the list of plants that was
            written by hand has none either.
        aliases: Earlier id of a module -> the one it has now.
        memory: Most memory that the engine may take for its data, such as "1500MB".
        scratch: Empty folder of its own for what does not fit; without one, what does not fit is an error.

    Raises:
        GreenSupplyError: Every problem of the lists; else rows that the catalogue does not know, or the broken lines of
            the completion records; or no room for it.
    """
    listed, rows = _lists(plants, folder, known_on)
    if problems := strange(folder, rows, catalogue):
        raise GreenSupplyError(problems)
    with engine.opened(memory, scratch) as connection:
        tally.prepare(connection, listed, modules, (), as_of)
        if modules:
            engine.load(connection, folder, aliases)
        engine.run(connection, "first")
        invented = rows.demonstration or any(one.supplier.startswith(tally.DEMONSTRATION) for one in listed)
        variables = given(listed, rows, catalogue)
        del rows  # from here on the engine has them; held twice, they would be most of what a build needs
        engine.give(connection, variables)
        engine.run(connection, "schema", HERE)
        _forget(connection, variables)
        return _counted(connection, listed, invented, as_of)


def _lists(file: Path, folder: Path, known_on: date | None) -> tuple[tuple[Plant, ...], Rows]:
    """The plants and what holds of them; or every problem of all these lists."""
    listed: tuple[Plant, ...] = ()
    rows = Rows()
    problems: list[Problem] = []
    try:
        listed = suppliers.read(file, known_on)
    except GreenSupplyError as error:
        problems += error.problems
    try:
        rows = store.outcomes.read(folder, known_on)
    except GreenSupplyError as error:
        problems += error.problems
    if problems:
        raise GreenSupplyError(problems)
    return listed, rows


def _forget(connection: DuckDBPyConnection, variables: Variables) -> None:
    """Let go of what only the tables of `schema.sql` were made of, and of its names here."""
    later = [file.read_text(encoding="utf-8") for file in HERE.glob("*.sql") if file.stem != "schema"]
    for name in variables:
        if not any(f"getvariable('{name}')" in query for query in later):
            connection.execute(f"RESET VARIABLE {name}")
    variables.clear()


def _counted(connection: DuckDBPyConnection, listed: Sequence[Plant], invented: bool, as_of: date) -> Outcomes:
    stages: dict[tuple[str, str], Stages] = {}
    reporting: dict[tuple[str, str], int] = {}
    for country, quarter, reports, *counts in _run(connection, "stages"):
        stages[country, quarter] = Stages(*counts)
        reporting[country, quarter] = reports
    intensities: dict[Key, tuple[dict[str, float], dict[str, float]]] = defaultdict(lambda: ({}, {}))
    for measure, unit, quarter, plant, amount, output in _run(connection, "intensities"):
        quantity, made = intensities[measure, unit, quarter]
        quantity[plant], made[plant] = amount, output
    complements: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for name, year, plant, value in _run(connection, "complements"):
        complements[name, year][plant] = value
    return Outcomes(
        as_of=as_of,
        demonstration=invented,
        stages=stages,
        amounts=_amounts([*_run(connection, "quarterly"), *_run(connection, "cumulative")]),
        intensities={key: (Amount(quantity), Amount(made)) for key, (quantity, made) in intensities.items()},
        days_to_action=dict(_run(connection, "actions")),
        reporting=reporting,
        complements=dict(complements),
        plants={one.supplier: one.country for one in listed if one.listed_on <= as_of},
    )


def _amounts(added: Iterable[tuple[str, str, str, str, str, float]]) -> dict[Key, Amount]:
    """Sums of rows of a measure, country, period, plant and data class, which is empty where there is none."""
    plants: dict[Key, dict[str, float]] = defaultdict(dict)
    classes: dict[Key, dict[str, dict[str, float]]] = defaultdict(lambda: defaultdict(dict))
    for measure, country, period, plant, data_class, amount in added:
        key = measure, country, period
        plants[key][plant] = plants[key].get(plant, 0.0) + amount
        if data_class:
            classes[key][data_class][plant] = amount
    return {
        key: Amount(
            found,
            classes={name: sum(parts.values()) for name, parts in classes[key].items()},
            by_class={name: dict(parts) for name, parts in classes[key].items()},
        )
        for key, found in plants.items()
    }


def _run(connection: DuckDBPyConnection, name: str) -> list[tuple[Any, ...]]:
    return engine.run(connection, name, HERE)
