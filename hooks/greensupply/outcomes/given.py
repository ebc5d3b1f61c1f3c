"""What the queries are given: the rows that hold as columns, and what a unit of each reported quantity is worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import cache

from greensupply.assessment import Measurement
from greensupply.catalogue import Catalogue, Output
from greensupply.outcome_counts import BASELINED
from greensupply.plants import Plant
from greensupply.store.outcomes import Rows

Variables = dict[str, tuple[str, object]]
ONE = Decimal(1)
_TEXTS, _DAYS, _REALS, _WHOLES = "VARCHAR[]", "DATE[]", "DOUBLE[]", "INTEGER[]"


def given(listed: Sequence[Plant], rows: Rows, catalogue: Catalogue) -> Variables:
    """Return the variables of `schema.sql`: name -> SQL type and value.

    Arguments:
        listed: The plants.
        rows: What holds of them, all of it known to the catalogue (`strange`).
        catalogue: What is measured.
    """
    places = {one.supplier: one.region or one.country for one in listed}
    quarterly = [one for one in rows.measurements if one.input in catalogue.inputs]
    return {
        "baselined": (_TEXTS, list(BASELINED)),
        "places": (_TEXTS, list(places.values())),
        "contacted_on": (_DAYS, [one.contacted_on for one in listed]),
        "enrolled_on": (_DAYS, [one.enrolled_on for one in listed]),
        **_worth(rows, quarterly, places, catalogue),
        **_rates(rows, catalogue),
        **_visits(rows),
        **_opportunities(rows),
        **_measurements(quarterly, catalogue),
        **_complements(rows, catalogue),
    }


def _worth(rows: Rows, quarterly: Iterable[Measurement], places: dict[str, str], catalogue: Catalogue) -> Variables:
    """What one unit of an input adds to each measure, for each place and year in which it was reported or saved."""
    supplier_of = {one.id: one.supplier for one in rows.assessments}
    wanted = {(one.input, one.unit, one.supplier, int(one.period[:4])) for one in quarterly}
    for one in rows.opportunities:
        years = {day.year for day in (one.implemented_on, one.verified_on) if day} if one.input else set()
        wanted |= {(one.input, one.unit, supplier_of.get(one.assessment, ""), year) for year in years}
    known = {(name, unit, places[code], year) for name, unit, code, year in wanted if code in places}
    found = [
        (name, unit, place, year, measure, float(amount))
        for name, unit, place, year in sorted(known)
        for measure, amount in catalogue.inputs[name].quantities(ONE, unit, place, year, catalogue).items()
    ]
    return {
        "worth_input": (_TEXTS, [one[0] for one in found]),
        "worth_unit": (_TEXTS, [one[1] for one in found]),
        "worth_place": (_TEXTS, [one[2] for one in found]),
        "worth_year": (_WHOLES, [one[3] for one in found]),
        "worth_measure": (_TEXTS, [one[4] for one in found]),
        "worth": (_REALS, [one[5] for one in found]),
    }


def _rates(rows: Rows, catalogue: Catalogue) -> Variables:
    wanted = {
        (one.currency, day.year)
        for one in rows.opportunities
        for day in (one.identified_on, one.committed_on, one.implemented_on, one.verified_on)
        if day
    }
    found = [rate for currency, year in sorted(wanted) if (rate := catalogue.rate(currency, year))]
    return {
        "currencies": (_TEXTS, [rate.currency for rate in found]),
        "rate_years": (_WHOLES, [rate.year for rate in found]),
        "rates": (_REALS, [float(rate.value) for rate in found]),
    }


def _visits(rows: Rows) -> Variables:
    return {
        "visits": (_TEXTS, [one.id for one in rows.assessments]),
        "visit_suppliers": (_TEXTS, [one.supplier for one in rows.assessments]),
        "visit_days": (_DAYS, [one.day for one in rows.assessments]),
        "visit_hours": ("DECIMAL(24, 6)[]", [f"{one.hours:f}" for one in rows.assessments]),
        "visit_complete": ("BOOLEAN[]", [one.complete for one in rows.assessments]),
    }


def _opportunities(rows: Rows) -> Variables:
    found = rows.opportunities
    return {
        "opportunity_assessments": (_TEXTS, [one.assessment for one in found]),
        "opportunity_inputs": (_TEXTS, [one.input for one in found]),
        "opportunity_units": (_TEXTS, [one.unit for one in found]),
        "baselines": (_REALS, _real(one.baseline for one in found)),
        "expected": (_REALS, _real(one.expected for one in found)),
        "actual": (_REALS, _real(one.actual for one in found)),
        "indices": (_REALS, _real(one.index for one in found)),
        "opportunity_classes": (_TEXTS, [one.data_class.value if one.data_class else "" for one in found]),
        "savings": (_REALS, _real(one.saving for one in found)),
        "verified_savings": (_REALS, _real(one.verified_saving for one in found)),
        "costs": (_REALS, _real(one.cost for one in found)),
        "opportunity_currencies": (_TEXTS, [one.currency for one in found]),
        "identified_on": (_DAYS, [one.identified_on for one in found]),
        "committed_on": (_DAYS, [one.committed_on for one in found]),
        "implemented_on": (_DAYS, [one.implemented_on for one in found]),
        "verified_on": (_DAYS, [one.verified_on for one in found]),
    }


def _measurements(quarterly: Sequence[Measurement], catalogue: Catalogue) -> Variables:
    ways = {unit: output_of(unit, catalogue) for unit in {one.output_unit for one in quarterly}}
    made = [_output(one, ways[one.output_unit]) for one in quarterly]
    return {
        "measured_suppliers": (_TEXTS, [one.supplier for one in quarterly]),
        "measured_quarters": (_WHOLES, [_quarter(one.period) for one in quarterly]),
        "measured_inputs": (_TEXTS, [one.input for one in quarterly]),
        "measured_values": (_REALS, _real(one.value for one in quarterly)),
        "measured_units": (_TEXTS, [one.unit for one in quarterly]),
        "outputs": (_REALS, _real(output for output, _ in made)),
        "output_units": (_TEXTS, [unit for _, unit in made]),
        "measured_classes": (_TEXTS, [one.data_class.value for one in quarterly]),
        "measured_recorded_on": (_DAYS, [one.recorded_on for one in quarterly]),
    }


def _complements(rows: Rows, catalogue: Catalogue) -> Variables:
    found = [
        (one, asked)
        for one in rows.measurements
        if (asked := catalogue.complements.get(one.input)) and asked.adds_up and one.period.isdigit()
    ]
    return {
        "complements": (_TEXTS, [asked.id for _, asked in found]),
        "complement_countries": (_TEXTS, [asked.country for _, asked in found]),
        "complement_suppliers": (_TEXTS, [one.supplier for one, _ in found]),
        "complement_years": (_WHOLES, [int(one.period) for one, _ in found]),
        "complement_values": (_REALS, _real(asked.amount(one.value, one.unit) for one, asked in found)),
    }


def output_of(unit: str, catalogue: Catalogue) -> Output | None:
    """The way to say how much a plant made that a unit belongs to."""
    return next((one for one in catalogue.outputs.values() if unit in (one.unit, *one.units)), None)


def _output(one: Measurement, way: Output | None) -> tuple[Decimal, str]:
    """What a plant made, in the unit that sums are in."""
    if way is None or one.output_unit == way.unit:
        return one.output, one.output_unit
    return way.amount(one.output, one.output_unit), way.unit


@cache
def _quarter(period: str) -> int:
    """`2026-Q3` as a whole number; see tally/schema.sql."""
    year, _, number = period.partition("-Q")
    return int(year) * 4 + int(number) - 1


def _real(values: Iterable[Decimal | None]) -> list[float | None]:
    return [None if value is None else float(value) for value in values]
