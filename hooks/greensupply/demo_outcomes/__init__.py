"""Invented results in the invented plants (`demo`): assessments, opportunities, quarterly reports, national answers.

Quantities fall where an opportunity for them was implemented, so that what was found and what is reported fit together.
Every code begins with `DEMO-`, and the store marks the rows as invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from greensupply import assessment
from greensupply.assessment import Line, Measurement, Opportunity
from greensupply.catalogue import Catalogue
from greensupply.demo_outcomes.reports import reports
from greensupply.demo_outcomes.visits import opportunities, visits
from greensupply.demo_outcomes.works import works
from greensupply.demo_outcomes.yearly import answers
from greensupply.plants import Plant

__all__ = ["outcomes"]


def outcomes(plants: Sequence[Plant], seed: int, end: date, catalogue: Catalogue) -> list[Line]:
    """Return the rows of the three lists in the order in which they were recorded; a later row of a key corrects one.

    Arguments:
        plants: Those of `demo.records`; only those that enrolled are visited and report.
        seed: That of the records.
        end: Last day of any row.
        catalogue: What is measured; rows of what it does not know are left out, as they could not be counted.
    """
    lines = [line for plant in plants if plant.enrolled_on for line in _of(plant, seed, end)]
    return sorted(
        (line for line in lines if _is_known(line, catalogue)),
        key=lambda line: (line.recorded_on, assessment.of(line), assessment.key(line)),
    )


def _of(plant: Plant, seed: int, end: date) -> Iterator[Line]:
    run = works(plant, seed)
    visited = visits(plant, seed, end)
    found = list(opportunities(run, visited, seed, end))
    last: dict[str, Opportunity] = {one.id: one for one in found}
    reported = list(reports(run, list(last.values()), seed, end, assessed=any(one.complete for one in visited)))
    yield from visited
    yield from found
    yield from reported
    if reported:
        yield from answers(run, seed, end)


def _is_known(line: Line, catalogue: Catalogue) -> bool:
    """Whether the catalogue has what a row is of, and its units."""
    if isinstance(line, Opportunity):
        asked = catalogue.inputs.get(line.input)
        return not line.input or (asked is not None and line.unit in asked.units)
    if isinstance(line, Measurement):
        measured = catalogue.inputs.get(line.input) or catalogue.complements.get(line.input)
        made = line.output_unit in ("", *catalogue.outputs)
        return made and measured is not None and line.unit in measured.units
    return True
