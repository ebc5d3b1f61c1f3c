"""One row of a list -> a plant, an assessment or an opportunity; else nothing, and its `cells` say why."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from greensupply import assessment, rules
from greensupply.assessment import Assessment, DataClass, Opportunity, Withdrawal
from greensupply.plants import Plant
from greensupply.plants.plant import disorder
from greensupply.records.outcomes import words
from greensupply.records.outcomes.cells import MOST, Cells, named
from greensupply.records.outcomes.headings import called, listed
from greensupply.records.outcomes.known import Known
from greensupply.records.outcomes.words import plain
from greensupply.written import PROCESSES

MOST_HOURS = Decimal(2000)
INDEX = (Decimal("0.1"), Decimal(10))
"""Output of a year divided by that of the year before; a percent is far above."""
STATUS_DAYS = ("identified_on", "committed_on", "implemented_on", "verified_on")


def plant(cells: Cells, known: Known, today: date) -> Plant | Withdrawal | None:
    """The plant of a row."""
    code = cells.code("supplier")
    if withdrawn(cells):
        return withdrawal(cells, known, assessment.PLANTS, (code,), today)
    country = cells.country()
    region, size = cells.region(country), cells.choice("size", "size", needed=False)
    processes = _processes(cells)
    customer = cells.code("customer", needed=False)
    listed_on = cells.day("listed_on", ahead=True)
    days = {name: cells.day(name, needed=False) for name in ("contacted_on", "enrolled_on")}
    left_on = cells.day("left_on", needed=False, ahead=True)
    for then, after, first, before in disorder({"listed_on": listed_on, **days, "left_on": left_on}):
        _out_of_order(cells, then, after, first, before)
    if cells.faults or listed_on is None:
        return None
    enrolled_on, contacted_on = days["enrolled_on"], days["contacted_on"]
    return Plant(code, country, listed_on, enrolled_on, left_on, contacted_on, region, size, processes, customer)


def visit(cells: Cells, known: Known, today: date) -> Assessment | Withdrawal | None:
    """The assessment of a row."""
    code = cells.code("assessment")
    if withdrawn(cells):
        return withdrawal(cells, known, assessment.ASSESSMENTS, (code,), today)
    supplier = plant_code(cells, known)
    day = cells.day("day")
    hours = cells.number("hours", most=MOST_HOURS)
    complete = cells.choice("complete", "yes_no")
    assessors = cells.people("assessors")
    if cells.faults or day is None or hours is None:
        return None
    return Assessment(code, supplier, day, hours, complete == "yes", assessors, today)


def opportunity(cells: Cells, known: Known, today: date) -> Opportunity | Withdrawal | None:
    """The opportunity of a row."""
    code = cells.code("opportunity")
    if withdrawn(cells):
        return withdrawal(cells, known, assessment.OPPORTUNITIES, (code,), today)
    found_by = cells.code("assessment")
    if found_by and not known.assessment(found_by):
        cells.refuse("outcome-assessment-unknown", assessment=found_by)
    process, family = cells.choice("process", "process"), cells.choice("family", "family")
    saved, unit, baseline, expected = _quantities(cells, known)
    money = {name: cells.number(name) for name in ("saving", "cost")}
    currency = cells.choice("currency", "currency")
    days = _days(cells)
    actual, index, data_class, verified = _verified(cells, bool(saved))
    identified = days["identified_on"]
    saving, cost = money["saving"], money["cost"]
    if cells.faults or identified is None or saving is None or cost is None:
        return None
    return Opportunity(
        id=code,
        assessment=found_by,
        process=process,
        family=family,
        input=saved,
        unit=unit,
        baseline=baseline,
        expected=expected,
        actual=actual,
        index=index,
        data_class=DataClass(data_class) if data_class else None,
        saving=saving,
        verified_saving=verified,
        cost=cost,
        currency=currency,
        identified_on=identified,
        committed_on=days["committed_on"],
        implemented_on=days["implemented_on"],
        verified_on=days["verified_on"],
        recorded_on=today,
    )


def plant_code(cells: Cells, known: Known) -> str:
    """The code of a plant that is on the list; empty if it is not."""
    code = cells.code("supplier")
    if code and code not in known.plants:
        cells.refuse("outcome-plant-unknown", supplier=code)
        return ""
    return code


def _processes(cells: Cells) -> tuple[str, ...]:
    written = cells.text("processes")
    found = set()
    whole = written.replace(";", ",").replace("/", ",").replace("\n", ",")
    for part in whole.split(",") if "," in whole or plain(written) in words.options("process") else whole.split():
        name = words.options("process").get(plain(part), "")
        if part.strip() and name not in PROCESSES:
            cells.refuse("outcome-choice", column=called("processes"), choices=rules.word("outcome-options-processes"))
            return ()
        found.add(name)
    return tuple(name for name in PROCESSES if name in found)


def _quantities(cells: Cells, known: Known) -> tuple[str, str, Decimal, Decimal]:
    """What is saved, its unit, how much was used and how much is expected to be saved."""
    names = ("baseline", "expected")
    written = cells.text("input")
    if not written:
        stray = [name for name in ("unit", *names, "actual", "index") if cells.given(name)]
        if stray:
            cells.refuse("outcome-quantity-stray", columns=listed(stray))
        return "", "", Decimal(0), Decimal(0)
    identifier = named(written, known.catalogue.inputs)
    if not identifier:
        cells.refuse("outcome-input-unknown", column=called("input"), inputs=", ".join(known.catalogue.inputs))
        return "", "", Decimal(0), Decimal(0)
    unit = cells.unit("unit", known.catalogue.inputs[identifier].units, identifier)
    baseline, expected = (cells.number(name) for name in names)
    if baseline is not None and expected is not None and expected > baseline:
        cells.refuse("outcome-saves-more", expected=expected, baseline=baseline)
    return identifier, unit, baseline or Decimal(0), expected or Decimal(0)


def _days(cells: Cells) -> dict[str, date | None]:
    """The day of each status, in their order and without a gap."""
    days = {name: cells.day(name, needed=name == STATUS_DAYS[0]) for name in STATUS_DAYS}
    for number, name in enumerate(STATUS_DAYS):
        day = days[name]
        for earlier in STATUS_DAYS[:number] if day else ():
            before = days[earlier]
            if before and day and day < before:
                _out_of_order(cells, name, day, earlier, before)
        if number and cells.given(name) and not cells.given(STATUS_DAYS[number - 1]):
            cells.refuse("outcome-status-gap", then=called(name), first=called(STATUS_DAYS[number - 1]))
    if cells.given("status"):
        said = cells.choice("status", "status")
        reached = [name.removesuffix("_on") for name in STATUS_DAYS if cells.given(name)]
        if said and reached and said != reached[-1]:
            told = {
                "said": rules.word(f"outcome-status-{said}"),
                "reached": rules.word(f"outcome-status-{reached[-1]}"),
            }
            cells.refuse("outcome-status", **told)
    return days


def _verified(cells: Cells, has_quantity: bool) -> tuple[Decimal | None, Decimal | None, str, Decimal | None]:
    """What was found to be used and saved, which stands there if and only if the opportunity is verified."""
    needed = ("actual", "index", "data_class", "verified_saving") if has_quantity else ("verified_saving",)
    every = ("actual", "index", "data_class", "verified_saving")
    if cells.given("verified_on"):
        if missing := [name for name in needed if not cells.given(name)]:
            cells.refuse("outcome-verified-missing", columns=listed(missing))
    elif early := [name for name in every if cells.given(name)]:
        cells.refuse("outcome-verified-early", columns=listed(early))
    if not has_quantity:
        data_class = cells.choice("data_class", "data_class", needed=False)
        return None, None, data_class, cells.number("verified_saving", needed=False, least=-MOST)
    return (
        cells.number("actual", needed=False),
        cells.number("index", needed=False, least=INDEX[0], most=INDEX[1]),
        cells.choice("data_class", "data_class", needed=False),
        cells.number("verified_saving", needed=False, least=-MOST),
    )


def withdrawn(cells: Cells) -> bool:
    """Does the row take its key back?"""
    return cells.choice("withdrawn", "yes_no", needed=False) == "yes"


def withdrawal(cells: Cells, known: Known, name: str, key: tuple[str, ...], today: date) -> Withdrawal | None:
    """The taking back of a key that was recorded."""
    if not cells.faults and not known.has(name, key):
        cells.refuse("outcome-withdraw-unknown")
    elif not cells.faults and name in (assessment.PLANTS, assessment.ASSESSMENTS) and known.uses(name, key[0]):
        cells.refuse("outcome-withdraw-used")
    return None if cells.faults else Withdrawal(name, key, today)


def _out_of_order(cells: Cells, then: str, after: date, first: str, before: date) -> None:
    told = {"then": called(then), "after": after.isoformat(), "first": called(first), "before": before.isoformat()}
    cells.refuse("outcome-days-order", **told)
