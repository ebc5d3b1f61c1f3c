"""`records/suppliers.csv` <-> the dated list of plants in scope, with every problem at its line.

An office may keep the list by hand, a line a plant. `greensupply records outcomes` only ever adds to it: then each
line has the number of its addition (`entry`) and its day (`recorded_on`), and the last line of a plant holds.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path

from greensupply.errors import GreenSupplyError, Problem
from greensupply.plants import lines
from greensupply.plants.plant import COLUMNS, SIZES, STORED, Plant

__all__ = ["COLUMNS", "FILE", "SIZES", "STORED", "Listed", "Plant", "history", "read", "stored", "text"]

FILE = "suppliers.csv"


@dataclass(frozen=True)
class Listed:
    """One line of the list.

    Attributes:
        plant: What it says.
        entry: Number of its addition; empty if it was written by hand.
        recorded_on: Day of that; None if it was written by hand.
        withdrawn: It takes the plant back, as if it had never been on the list.
    """

    plant: Plant
    entry: str = ""
    recorded_on: date | None = None
    withdrawn: bool = False


def read(file: Path, known_on: date | None = None) -> tuple[Plant, ...]:
    """Return the plants in the order of the file, each as its last line has it; none if there is no file.

    Arguments:
        file: The list.
        known_on: Lines that were recorded later are left out; None for all.

    Raises:
        GreenSupplyError: With every problem of the file.
    """
    held: dict[str, Listed] = {}
    for line in history(file):
        if known_on is None or line.recorded_on is None or line.recorded_on <= known_on:
            held[line.plant.supplier] = line
    return tuple(line.plant for line in held.values() if not line.withdrawn)


def history(file: Path) -> tuple[Listed, ...]:
    """Return every line, also those that a later one supersedes; none if there is no file.

    Raises:
        GreenSupplyError: With every problem of the file.
    """
    if not file.exists():
        return ()
    problems: list[Problem] = []
    found = tuple(Listed(*parts) for parts in lines.read(file, problems))
    if problems:
        raise GreenSupplyError(problems)
    return found


def text(plants: Iterable[Plant]) -> str:
    """Return the list as the text of a `suppliers.csv`, ordered by code."""
    return _written(COLUMNS, map(_row, sorted(plants, key=lambda plant: plant.supplier)))


def stored(listed: Iterable[Listed]) -> str:
    """Return lines as the text of a `suppliers.csv` that was added to, in their order."""
    return _written(
        STORED, ((one.entry, *_row(one.plant), "yes" if one.withdrawn else "", one.recorded_on or "") for one in listed)
    )


def _written(columns: Sequence[str], rows: Iterable[tuple[object, ...]]) -> str:
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()


def _row(plant: Plant) -> tuple[object, ...]:
    days = (plant.listed_on, plant.contacted_on, plant.enrolled_on, plant.left_on)
    return (
        *(plant.supplier, plant.country, plant.region, plant.size, " ".join(plant.processes), plant.customer),
        *(day or "" for day in days),
    )
