"""Lists of plants, assessments, opportunities and measurements, as an office writes them and as the store holds them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from builders import ROOT
from greensupply import assessment, metrics, store
from greensupply.assessment import Assessment, DataClass, Line, Measurement, Opportunity
from greensupply.catalogue import Catalogue
from greensupply.completion import Notice, SetAside
from greensupply.plants import Listed, Plant
from greensupply.records import outcomes
from greensupply.records.outcomes import Known, Sheet
from record_builders import scope

TODAY = date(2026, 11, 25)
PLANTS = {
    "MX-1": Plant("MX-1", "MX", date(2025, 1, 1)),
    "CA-1": Plant("CA-1", "CA", date(2025, 1, 1)),
    "US-1": Plant("US-1", "US", date(2025, 1, 1)),
}


@cache
def catalogue() -> Catalogue:
    """What the hub measures; pesos have a rate of 2025 alone, and Canadian dollars none."""
    found = metrics.read(ROOT / "records")
    pesos = next(rate for rate in found.rates if rate.currency == "MXN")
    return replace(found, rates=(pesos.model_copy(update={"year": 2025}),))


def visit(**changes: Any) -> Assessment:
    """A whole assessment of a plant in Mexico."""
    given = {"id": "A-1", "supplier": "MX-1", "day": date(2026, 3, 5), "hours": Decimal(24), "complete": True}
    return Assessment(**{**given, "assessors": (), "recorded_on": TODAY, **changes})


def opportunity(**changes: Any) -> Opportunity:
    """600 m3 of 2,400 m3 of water, identified only."""
    given = {
        "id": "O-1",
        "assessment": "A-1",
        "process": "plating",
        "family": "reuse",
        "input": "water",
        "unit": "m3",
        "baseline": Decimal(2400),
        "expected": Decimal(600),
        "actual": None,
        "index": None,
        "data_class": None,
        "saving": Decimal(1800),
        "verified_saving": None,
        "cost": Decimal(900),
        "currency": "USD",
        "identified_on": date(2026, 3, 5),
        "committed_on": None,
        "implemented_on": None,
        "verified_on": None,
        "recorded_on": TODAY,
    }
    return Opportunity(**{**given, **changes})


def measurement(**changes: Any) -> Measurement:
    """610 m3 of water for 1,250 t."""
    given = {
        "supplier": "MX-1",
        "period": "2026-Q3",
        "input": "water",
        "value": Decimal(610),
        "unit": "m3",
        "output": Decimal(1250),
        "output_unit": "t",
        "data_class": DataClass.MEASURED,
        "recorded_on": TODAY,
    }
    return Measurement(**{**given, **changes})


def known(*lines: Line, plants: Mapping[str, Plant] | None = None) -> Known:
    """A store that holds lines, in the order in which they were recorded; the assessment A-1 first."""
    history: dict[str, list[Line]] = {}
    for line in (visit(), *lines):
        history.setdefault(assessment.of(line), []).append(line)
    listed = PLANTS if plants is None else plants
    return Known(catalogue(), listed, [Listed(plant, "1", date(2025, 1, 2)) for plant in listed.values()], history)


def read(folder: Path, text: str | bytes, *lines: Line, name: str = "list.csv", **changes: Any) -> list[object]:
    """What each row of a list is; problems as the words that are told."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    sheet = outcomes.opened(file)
    if not isinstance(sheet, Sheet):
        found: Sequence[Any] = [SetAside(sheet)]
    else:
        found = [one for _, one in outcomes.readings(sheet, scope(), known(*lines, **changes))]
    return [
        str(one.problem).replace(f"{folder.as_posix()}/", "") if isinstance(one, SetAside | Notice) else one
        for one in found
    ]


def add(folder: Path, *things: Plant | Line, on: date = TODAY, **changes: Any) -> store.outcomes.Added:
    return store.outcomes.add(folder, things, recorded_on=on, sync=lambda _: None, **changes)
