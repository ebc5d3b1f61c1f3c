"""`records/assessments.csv`, `opportunities.csv` and `measurements.csv` <-> what was found and reported in plants.

As the lists of `cadre`, they are only ever added to, and the last line of a key holds; each line has the day on which
it was recorded. A line with `withdrawn` takes its key back. The plants themselves stand in `suppliers.csv` (`plants`),
which `add` writes in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from greensupply import assessment, plants
from greensupply.assessment import FAMILIES, Assessment, DataClass, Line, Measurement, Opportunity, Withdrawal
from greensupply.errors import GreenSupplyError, Problem
from greensupply.plants import Listed, Plant
from greensupply.store import lists
from greensupply.store.alone import alone, patient
from greensupply.store.batches import Sync
from greensupply.store.lists import DEMONSTRATION, Added, List, Row
from greensupply.written import PROCESSES

__all__ = ["Added", "Rows", "add", "files", "history", "read"]

WITHDRAWN = "yes"

_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,15})?", re.ASCII)
_PERIOD = re.compile(r"20\d\d(?:-Q[1-4])?", re.ASCII)
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_UNIT = re.compile(r"[^,\"\r\n]{0,40}")


@dataclass(frozen=True)
class Rows:
    """What holds.

    Attributes:
        assessments, opportunities, measurements: One for each key, in order, those taken back left out.
        demonstration: Some of it is invented.
    """

    assessments: tuple[Assessment, ...] = ()
    opportunities: tuple[Opportunity, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    demonstration: bool = False


def _number(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text))


def _or_nothing(right: Callable[[str], object]) -> Callable[[str], object]:
    return lambda text: not text or right(text)


_RIGHT: Mapping[str, Callable[[str], object]] = {
    "entry": lists.is_entry,
    "recorded_on": lists.is_day,
    "withdrawn": lambda text: text in ("", WITHDRAWN),
    **dict.fromkeys(("id", "supplier", "assessment"), lists.is_code),
    **dict.fromkeys(("day", "identified_on"), lists.is_day),
    **dict.fromkeys(("committed_on", "implemented_on", "verified_on"), _or_nothing(lists.is_day)),
    **dict.fromkeys(("hours", "baseline", "expected", "saving", "cost", "value", "output"), _number),
    **dict.fromkeys(("actual", "index", "verified_saving"), _or_nothing(_number)),
    **dict.fromkeys(("unit", "output_unit"), _UNIT.fullmatch),
    "complete": lambda text: text in ("yes", "no"),
    "assessors": lists.are_pseudonyms,
    "process": frozenset({*PROCESSES, "utilities", "other"}).__contains__,
    "family": lambda text: text in FAMILIES,
    "input": _or_nothing(_NAME.fullmatch),
    "currency": lambda text: text in ("CAD", "MXN", "USD"),
    "period": _PERIOD.fullmatch,
    "data_class": frozenset({"", *DataClass}).__contains__,
}
"""Column -> whether a value will do."""


def _list(name: str, made: Callable[..., Line], key: Sequence[str]) -> List[Line]:
    """The list of one type: its columns are the type's attributes."""
    attributes = {field.name: str(field.type) for field in fields(cast(Any, made))}
    names = tuple(name for name in attributes if name != "recorded_on")
    columns = ("entry", *names, "withdrawn", "recorded_on")
    readers = {column: _reader(attributes[column]) for column in names}

    def wrong(row: Row) -> list[str]:
        if row["withdrawn"] != WITHDRAWN:
            return [column for column, cell in row.items() if not _RIGHT[column](cell)]
        kept = (*key, "entry", "withdrawn", "recorded_on")
        return [column for column, cell in row.items() if (not _RIGHT[column](cell) if column in kept else bool(cell))]

    def line(row: Row) -> Line:
        on = date.fromisoformat(row["recorded_on"])
        if row["withdrawn"]:
            return Withdrawal(name, tuple(row[column] for column in key), on)
        return made(**{column: read(row[column]) for column, read in readers.items()}, recorded_on=on)

    def cells(one: Line) -> tuple[object, ...]:
        if isinstance(one, Withdrawal):
            said = dict(zip(key, one.key, strict=True))
            return (*(said.get(column, "") for column in names), WITHDRAWN, one.recorded_on)
        return (*(_written(getattr(one, column)) for column in names), "", one.recorded_on)

    return List(f"{name}.csv", columns, wrong, line, cells, assessment.key, assessment.same)


_again = lru_cache(maxsize=4096)
"""Codes, units and days stand in many rows: each is held once."""


def _reader(kind: str) -> Callable[[str], object]:
    """What makes of a cell what the type of its attribute says."""
    if kind.startswith("tuple"):
        return lambda text: tuple(text.split())
    if kind == "bool":
        return lambda text: text == "yes"
    made: Callable[[str], object] = _again(str)
    for name, maker in (("date", _again(date.fromisoformat)), ("Decimal", Decimal), ("DataClass", DataClass)):
        if kind.startswith(name):
            made = maker
    return (lambda text: made(text) if text else None) if "None" in kind else made


def _written(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(value)
    if isinstance(value, Decimal):
        return plain(value)
    return "" if value is None else value


def plain(value: Decimal) -> str:
    """A number in digits, without zeros at its end."""
    short = f"{value:f}"
    short = short.rstrip("0").rstrip(".") if "." in short else short
    return short if value else "0"


_LISTS: Mapping[str, List[Line]] = {
    assessment.ASSESSMENTS: _list(assessment.ASSESSMENTS, Assessment, ("id",)),
    assessment.OPPORTUNITIES: _list(assessment.OPPORTUNITIES, Opportunity, ("id",)),
    assessment.MEASUREMENTS: _list(assessment.MEASUREMENTS, Measurement, ("supplier", "period", "input")),
}


def files(folder: Path) -> list[Path]:
    """Those of the three lists that there are."""
    return [file for kind in _LISTS.values() if (file := folder / kind.name).exists()]


def history(folder: Path) -> dict[str, list[Line]]:
    """Return every line, one of `assessment.LISTS` -> lines in their order, also those that a later one supersedes.

    Raises:
        GreenSupplyError: With every line of the lists that will not do.
    """
    problems: list[Problem] = []
    found = {name: [kind.made(row) for row in lists.rows(folder, kind, problems)] for name, kind in _LISTS.items()}
    if problems:
        raise GreenSupplyError(problems)
    return found


def read(folder: Path, known_on: date | None = None) -> Rows:
    """Return what holds of the lists in `folder`; nothing where there are none.

    Arguments:
        folder: The store.
        known_on: Lines that were recorded later are left out; None for all.

    Raises:
        GreenSupplyError: With every line of the lists that will not do.
    """
    problems: list[Problem] = []
    held: list[Line] = []
    invented = False
    for kind in _LISTS.values():
        last: dict[object, tuple[Line, bool]] = {}
        for row in lists.rows(folder, kind, problems):
            line = kind.made(row)
            if known_on is None or line.recorded_on <= known_on:
                last[kind.key(line)] = line, row["entry"] == DEMONSTRATION
        standing = [(line, demo) for line, demo in last.values() if not isinstance(line, Withdrawal)]
        invented |= any(demo for _, demo in standing)
        held += sorted((line for line, _ in standing), key=assessment.key)
    if problems:
        raise GreenSupplyError(problems)
    return Rows(
        tuple(line for line in held if isinstance(line, Assessment)),
        tuple(line for line in held if isinstance(line, Opportunity)),
        tuple(line for line in held if isinstance(line, Measurement)),
        invented,
    )


def add(
    folder: Path,
    things: Iterable[Plant | Line],
    *,
    recorded_on: date,
    sync: Sync,
    demonstration: bool = False,
    waiting: Callable[[], None] = patient,
) -> Added:
    """Add what is new or other than before, in one step for each list, and return how much that was.

    Arguments:
        folder: The store.
        things: Plants, and lines of the three lists, in any order.
        recorded_on: Day on which the plants are recorded; lines have their own.
        sync: Returns when a file or folder is on the disk.
        demonstration: They are invented.
        waiting: Called once before waiting for another run.

    Raises:
        GreenSupplyError: With every line of the lists that will not do; nothing is added then.
        OSError: The folder may not be written to.
    """
    given = list(things)
    with alone(folder, waiting) as work:
        listed = plants.history(folder / plants.FILE)
        history(folder)
        done = _append_plants(folder, work, listed, given, recorded_on, demonstration, sync)
        for name, kind in _LISTS.items():
            mine = (one for one in given if not isinstance(one, Plant) and assessment.of(one) == name)
            done += lists.append(folder, work, kind, mine, demonstration=demonstration, sync=sync)
    return done


def _append_plants(
    folder: Path,
    work: Path,
    listed: Sequence[Listed],
    given: Iterable[Plant | Line],
    recorded_on: date,
    demonstration: bool,
    sync: Sync,
) -> Added:
    held = {line.plant.supplier: line for line in listed}
    entry = DEMONSTRATION if demonstration else str(max(_numbers(listed), default=0) + 1)
    fresh: list[Listed] = []
    corrected = already = 0
    for one in given:
        if not isinstance(one, Plant) and assessment.of(one) != assessment.PLANTS:
            continue
        before = held.get(one.supplier if isinstance(one, Plant) else assessment.key(one)[0])
        if isinstance(one, Plant):
            line = Listed(one, entry, recorded_on)
        elif before:
            line = Listed(before.plant, entry, recorded_on, withdrawn=True)
        else:
            continue
        if before and (before.plant, before.withdrawn) == (line.plant, line.withdrawn):
            already += 1
            continue
        corrected += before is not None
        held[line.plant.supplier] = line
        fresh.append(line)
    if fresh:
        lists.replace(folder / plants.FILE, plants.stored((*listed, *fresh)), work, sync)
    return Added(len(fresh) - corrected, corrected, already)


def _numbers(listed: Iterable[Listed]) -> Iterator[int]:
    return (int(line.entry) for line in listed if line.entry.isdigit())
