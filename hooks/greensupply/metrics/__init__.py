"""`metrics.yml`, `factors.yml`, `rates.yml` of the records -> a `Catalogue`, or all that is wrong with them at once."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from greensupply import source_text, yaml_text
from greensupply.catalogue import Catalogue, FactorsFile, MetricsFile, RatesFile
from greensupply.errors import GreenSupplyError, Problem
from greensupply.metrics import checks
from greensupply.metrics.checks import Read

METRICS, FACTORS, RATES = "metrics.yml", "factors.yml", "rates.yml"
MAX_BYTES = 300_000

Model = TypeVar("Model", bound=BaseModel)


def read(folder: Path) -> Catalogue:
    """Return the catalogue of a folder of records; a file that is not there is an empty one.

    Arguments:
        folder: Where the three files are; messages call them as it is called.

    Raises:
        GreenSupplyError: With every problem of the three files.
    """
    problems: list[Problem] = []
    metrics = _file(MetricsFile, folder / METRICS, problems)
    factors = _file(FactorsFile, folder / FACTORS, problems)
    rates = _file(RatesFile, folder / RATES, problems)
    problems += checks.problems(metrics, factors, rates)
    if problems:
        raise GreenSupplyError(problems)
    written = metrics.written if metrics else MetricsFile(metrics=(), inputs=(), outputs=(), complements=())
    return Catalogue(
        metrics={each.id: each for each in written.metrics},
        inputs={each.id: each for each in written.inputs},
        outputs={each.unit: each for each in written.outputs},
        complements={each.id: each for each in written.complements},
        factors=factors.written.factors if factors else (),
        rates=rates.written.rates if rates else (),
    )


def _file(model: type[Model], file: Path, problems: list[Problem]) -> Read[Model] | None:
    """A file as its model; None where there is none, or where it is broken, which is then told."""
    if not file.exists():
        return None
    path = file.as_posix()
    try:
        document = yaml_text.load(source_text.read(file, path, max_bytes=MAX_BYTES), path, max_bytes=MAX_BYTES)
        return Read(path, document, yaml_text.typed(model, document, path))
    except GreenSupplyError as error:
        problems.extend(error.problems)
        return None
