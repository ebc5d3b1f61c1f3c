"""A row of a list of measurements -> a `Measurement`; and whether the rows of a plant agree on what it made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal

from greensupply import assessment, rules, units
from greensupply.assessment import DataClass, Measurement, Withdrawal
from greensupply.catalogue import OUTPUT, Complement
from greensupply.records.outcomes import numbers, words
from greensupply.records.outcomes.cells import Cells, named
from greensupply.records.outcomes.headings import called
from greensupply.records.outcomes.known import Known
from greensupply.records.outcomes.rows import plant_code, withdrawal, withdrawn
from greensupply.records.outcomes.words import plain
from greensupply.records.scope import Fault, fault

JUMP = 50
"""Times that a plant's quantity may change from one period to the next before its sender is asked."""
_QUARTER = re.compile(r"(?:(20\d\d)[ -]?[QT]\.?([1-4])|[QT]\.?([1-4])[ -](20\d\d))", re.ASCII | re.IGNORECASE)
_YEAR = re.compile(r"20\d\d", re.ASCII)
_DAY = re.compile(r"20\d{6}", re.ASCII)
"""A day as the catalogue and the store write it, 20260331. With its day first, 20112026 would begin so too, but it has
the month 20 here: no number has two readings."""


def measurement(cells: Cells, known: Known, today: date) -> Measurement | Withdrawal | None:
    """The measurement of a row."""
    supplier = plant_code(cells, known)
    catalogue = known.catalogue
    identifier = named(cells.text("input"), {**catalogue.inputs, **catalogue.complements})
    if not identifier and not cells.is_broken("input"):
        ids = ", ".join((*catalogue.inputs, *catalogue.complements))
        cells.refuse("outcome-input-unknown", column=called("input"), inputs=ids)
    complement = catalogue.complements.get(identifier)
    period = _period(cells, yearly=complement is not None, today=today)
    if withdrawn(cells):
        return withdrawal(cells, known, assessment.MEASUREMENTS, (supplier, period, identifier), today)
    data_class = cells.choice("data_class", "data_class")
    unit, output_unit = "", ""
    value: Decimal | None = None
    output: Decimal | None = Decimal(0)
    if complement:
        plant = known.plants.get(supplier)
        if plant and plant.country != complement.country:
            country = rules.word(f"outcome-country-{complement.country}")
            cells.refuse("outcome-complement-country", input=identifier, country=country)
        value, unit = _complement(cells, complement)
    elif identifier:
        value, unit = cells.number("value"), cells.unit("unit", catalogue.inputs[identifier].units, identifier)
        output, output_unit = _output(cells, known)
    if cells.faults or value is None or output is None:
        return None
    return Measurement(supplier, period, identifier, value, unit, output, output_unit, DataClass(data_class), today)


def disagreements(
    read: Iterable[tuple[int, Measurement]], taken_back: Iterable[tuple[str, ...]], known: Known
) -> Iterator[tuple[int, Fault]]:
    """Return each row that says another output, or another unit of it, than an earlier row or the store.

    A plant chooses one unit of output and keeps it (curriculum 4.3), and what it made in a quarter is one number. What
    the store holds of keys that the list corrects does not count, so that a list may correct all rows of a plant.

    Arguments:
        read: Rows with their lines.
        taken_back: Keys of rows that the list withdraws.
        known: With the store.
    """
    rows = [(line, one) for line, one in read if one.output_unit]
    mine = {assessment.key(one) for _, one in rows} | set(taken_back)
    stored = [(0, one) for one in known.measurements() if one.output_unit and assessment.key(one) not in mine]
    unit_of: dict[str, tuple[str, int]] = {}
    made_in: dict[tuple[str, str], tuple[Decimal, int]] = {}
    for line, one in (*stored, *rows):
        unit, first = unit_of.setdefault(one.supplier, (one.output_unit, line))
        if line and unit != one.output_unit:
            yield line, fault("outcome-output-unit", supplier=one.supplier, unit=unit, place=_place(first))
            continue
        made, first = made_in.setdefault((one.supplier, one.period), (one.output, line))
        if line and made != one.output:
            told = {"period": one.period, "output": numbers.shown(made), "place": _place(first)}
            yield line, fault("outcome-output", supplier=one.supplier, **told)


def jumps(read: Iterable[tuple[int, Measurement]], known: Known) -> Iterator[tuple[int, Fault]]:
    """Return each row whose quantity is far from the one before it, as a wrong unit makes it."""
    rows = {assessment.key(one): (0, one) for one in known.measurements()}
    rows |= {assessment.key(one): (line, one) for line, one in read}
    before: dict[tuple[str, str], Measurement] = {}
    for (supplier, _, identifier), (line, one) in sorted(rows.items(), key=lambda item: item[0]):
        if identifier not in known.catalogue.inputs or not one.value:
            continue
        last = before.get((supplier, identifier))
        before[supplier, identifier] = one
        if not last:
            continue
        if line and _times(one, last) > JUMP:
            yield line, fault("outcome-jump", input=identifier, times=JUMP, period=last.period)


def _times(one: Measurement, other: Measurement) -> Decimal:
    """How many times larger or smaller a quantity is than another."""
    try:
        there = other.value if other.unit == one.unit else units.convert(other.value, other.unit, one.unit)
    except ValueError:  # a volume and a heat
        return Decimal(1)
    return max(one.value / there, there / one.value)


def _place(line: int) -> rules.Word:
    return rules.word("outcome-line", line=str(line)) if line else rules.word("outcome-stored")


def _period(cells: Cells, *, yearly: bool, today: date) -> str:
    """`2026-Q3`, or `2026` of what is reported for a year; empty if it is neither, or not over yet."""
    before = len(cells.faults)
    written = cells.text("period")
    if len(cells.faults) > before:
        return ""
    found = _QUARTER.fullmatch(written)
    if yearly and _YEAR.fullmatch(written):
        period, after = written, date(int(written) + 1, 1, 1)
    elif found and not yearly:
        year, quarter = int(found[1] or found[4]), int(found[2] or found[3])
        period = f"{year}-Q{quarter}"
        after = date(year + quarter // 4, quarter % 4 * 3 + 1, 1)
    else:
        cells.refuse("outcome-year" if yearly else "outcome-period")
        return ""
    if after > today:
        cells.refuse("outcome-period-open", period=period)
    return period


def _output(cells: Cells, known: Known) -> tuple[Decimal | None, str]:
    """What the plant made in the period, in one of the units of the catalogue."""
    outputs = known.catalogue.outputs
    every = tuple(dict.fromkeys(unit for output in outputs.values() for unit in (output.unit, *output.units)))
    unit, made = cells.unit("output_unit", every, OUTPUT), cells.number("output")
    for output in outputs.values():
        if made is not None and unit in (output.unit, *output.units):
            return numbers.tidy(made if unit == output.unit else output.amount(made, unit)), output.unit
    return made, ""


def _packed(written: str) -> date | None:
    """A day without signs between its parts; None where it is written otherwise, or is no day."""
    try:
        return date.fromisoformat(written) if _DAY.fullmatch(written) else None
    except ValueError:
        return None


def _complement(cells: Cells, complement: Complement) -> tuple[Decimal | None, str]:
    """A value as its kind has it, and its unit."""
    unit = complement.unit
    if complement.kind == "quantity" and (cells.given("unit") or len(complement.units) > 1):
        unit = cells.unit("unit", complement.units, complement.id)
    raw = cells.raw("value")
    if complement.kind == "yes-no" and (said := words.options("yes_no").get(plain(raw))):
        return Decimal(said == "yes"), unit
    if complement.kind == "choice":
        for place, choice in enumerate(complement.choices, 1):
            if plain(raw) in {plain(choice.id), *(plain(choice.name[locale]) for locale in ("en", "es", "fr"))}:
                return Decimal(place), unit
        return cells.number("value", least=Decimal(1), most=Decimal(len(complement.choices))), unit
    if complement.kind == "date":
        day = _packed(raw) or cells.day("value", ahead=True)
        return (Decimal(f"{day:%Y%m%d}") if day else None), unit
    most = {"yes-no": Decimal(1), "ratio": Decimal(1000)}.get(complement.kind)
    found = cells.number("value", most=most) if most else cells.number("value")
    if found is not None and complement.kind in ("yes-no", "count", "choice") and found != found.to_integral_value():
        cells.refuse("outcome-number", column=called("value"))
    return found, unit
