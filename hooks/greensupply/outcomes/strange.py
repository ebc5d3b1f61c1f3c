"""Stored rows that the catalogue no longer knows: a count that left them out would be wrong and would not say so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from greensupply import rules
from greensupply.assessment import MEASUREMENTS, OPPORTUNITIES
from greensupply.catalogue import OUTPUT, Catalogue
from greensupply.errors import Problem
from greensupply.outcomes.given import output_of
from greensupply.store.outcomes import Rows

Name = tuple[str, str, str]
"""List, input, unit."""


def strange(folder: Path, rows: Rows, catalogue: Catalogue) -> list[Problem]:
    """Return a problem for each input and unit of the rows that is not in the catalogue, at its first line.

    Arguments:
        folder: The store.
        rows: What holds.
        catalogue: What is measured.
    """
    return [_problem(folder, name) for name in sorted(set(_unknown(rows, catalogue)))]


def _unknown(rows: Rows, catalogue: Catalogue) -> Iterator[Name]:
    for one in rows.opportunities:
        if one.input and not (one.input in catalogue.inputs and one.unit in catalogue.inputs[one.input].units):
            yield OPPORTUNITIES, one.input, one.unit
    said = {(row.input, row.unit, "Q" in row.period, row.output_unit) for row in rows.measurements}
    for name, unit, is_quarterly, output_unit in said:
        if not _asked(name, unit, catalogue, is_quarterly=is_quarterly):
            yield MEASUREMENTS, name, unit
        elif name in catalogue.inputs and output_unit and output_of(output_unit, catalogue) is None:
            yield MEASUREMENTS, OUTPUT, output_unit


def _asked(name: str, unit: str, catalogue: Catalogue, *, is_quarterly: bool) -> bool:
    """Is it an input of a quarter, or a complement of a year, in one of its units?"""
    if asked := catalogue.inputs.get(name):
        return is_quarterly and unit in asked.units
    complement = catalogue.complements.get(name)
    return complement is not None and not is_quarterly and unit in complement.units


def _problem(folder: Path, name: Name) -> Problem:
    of, identifier, unit = name
    file = folder / f"{of}.csv"
    columns = ("output_unit", unit) if identifier == OUTPUT else ("input", identifier, "unit", unit)
    line = _line(file.read_text(encoding="utf-8-sig").split("\n"), columns)
    return rules.problem("outcome-stored-unknown", file.as_posix(), line, input=identifier, unit=unit or "1")


def _line(lines: Iterable[str], wanted: tuple[str, ...]) -> int:
    """The first line whose columns hold these cells: name, cell, name, cell."""
    head, *below = (line.split(",") for line in lines)
    cells = {head.index(name): cell for name, cell in zip(wanted[::2], wanted[1::2], strict=True)}
    for number, row in enumerate(below, 2):
        if len(row) == len(head) and all(row[place] == cell for place, cell in cells.items()):
            return number
    return 1
