"""Plants in scope -> the protected micro-tables that an outside evaluator may hold.

`plants.csv` has a row for each plant: what it is, and the quarter of each event. All of its columns are
quasi-identifiers. `magnitudes.csv` has a row for each plant and measure, in bands; a plant has another code for each
measure, so that what is known of one of its values does not lead to the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from greensupply.assessment import Opportunity
from greensupply.evaluation.codes import Pseudonym, code
from greensupply.evaluation.groups import NOT_YET, RANGE, Column, Hidden, Row, bands, hide
from greensupply.outcome_counts import BASELINED, QUARTERLY, Outcomes
from greensupply.plants import Plant
from greensupply.store.outcomes import Rows

GROUPS: Mapping[str, str] = {
    **dict.fromkeys(("plating", "painting", "cleaning"), "surface"),
    **dict.fromkeys(("machining", "stamping"), "metal"),
    "moulding": "plastic",
    "assembly": "assembly",
}
"""Process -> its group; a plant of two groups is `several`, one whose processes are not known `unstated`."""

SIZES: Mapping[str, str] = {"micro": "small", "small": "small", "medium": "larger", "large": "larger", "": "unstated"}
"""Size class -> the coarse one."""

EVENTS = ("enrolled", "assessed", "acting", "verified")
PLANT_COLUMNS = (
    *(Column("country"), Column("size"), Column("process_group")),
    *(Column(name, ordered=True) for name in EVENTS),
)
MAGNITUDE_COLUMNS = (Column("country"), Column("size"), Column("process_group"), Column("stage"))
MONEY = ("saving:identified", "saving:implemented", "saved", "invested")
COUNTS = ("count:identified", "count:implemented")
CHANGES = tuple(f"change:{measure}" for measure in BASELINED)
"""Percent less than at the intensity of the baseline year, over the quarters of the last four that can be compared."""
YEARLY = ("energy", "ghg", "water", "waste", "priority-chemicals", "voc")
"""Sums over the last four closed quarters, of plants that reported each of them."""
MEASURES = (*COUNTS, *MONEY, *YEARLY, *CHANGES)

_DECADES = tuple(factor * 10.0**power for power in range(-1, 9) for factor in (1, 3))
_EDGES: Mapping[str, Sequence[float]] = {
    **dict.fromkeys(COUNTS, (1, 2, 3, 5, 8, 12, 20)),
    **dict.fromkeys(CHANGES, (-30, -10, -5, 0, 5, 10, 20, 30, 50)),
}


@dataclass(frozen=True)
class InScope:
    """A plant in scope at the end of the last closed quarter; each event is the quarter it came in, or `NOT_YET`."""

    supplier: str
    country: str
    size: str
    process_group: str
    events: Mapping[str, str]

    @property
    def stage(self) -> str:
        """The furthest event, or `listed`."""
        return next((name for name in reversed(EVENTS) if self.events[name] != NOT_YET), "listed")


@dataclass(frozen=True)
class Table:
    """One micro-table: its columns, its rows with their codes, and what protecting it took."""

    columns: Sequence[str]
    rows: tuple[Row, ...]
    suppressed: Mapping[str, int]
    coarser: Mapping[str, int]


def unit(measure: str) -> str:
    """The unit of a measure of `MEASURES`."""
    if measure in QUARTERLY:
        return QUARTERLY[measure]
    kinds = {"count": "opportunities", "change": "%", "invested": "US$"}
    return kinds.get(measure.partition(":")[0], "US$/year")


def quarter(day: date) -> str:
    """`2026-Q3`."""
    return f"{day.year}-Q{(day.month + 2) // 3}"


def last_quarters(as_of: date, number: int = 4) -> tuple[str, ...]:
    """The last closed quarters, the latest last; a quarter is closed on its last day."""
    after = as_of + timedelta(days=1)
    place = after.year * 4 + (after.month - 1) // 3
    return tuple(f"{each // 4}-Q{each % 4 + 1}" for each in range(place - number, place))


def in_scope(listed: Sequence[Plant], rows: Rows, as_of: date) -> tuple[InScope, ...]:
    """Return the plants of P0 at the end of the last closed quarter, with the quarters of their events by then.

    Events contain one another as P3 to P5 do: an action counts of an assessed plant, a result of an acting one. The
    training of a plant's people is not looked at, so the quarter of enrolment is that of the list or of the assessment.
    """
    last = last_quarters(as_of, 1)[0]
    visited: dict[str, list[date]] = {}
    for one in rows.assessments:
        if one.complete:
            visited.setdefault(one.supplier, []).append(one.day)
    supplier_of = {one.id: one.supplier for one in rows.assessments}
    deeds: dict[str, list[Opportunity]] = {}
    for found in rows.opportunities:
        deeds.setdefault(supplier_of.get(found.assessment, ""), []).append(found)
    return tuple(
        InScope(
            plant.supplier,
            plant.country,
            SIZES[plant.size],
            _group(plant.processes),
            _events(plant, visited.get(plant.supplier, []), deeds.get(plant.supplier, []), as_of, last),
        )
        for plant in sorted(listed, key=lambda plant: plant.supplier)
        if quarter(plant.listed_on) <= last and _stays(plant, last)
    )


def _stays(plant: Plant, last: str) -> bool:
    """It was on the list up to the quarter's last day."""
    return plant.left_on is None or quarter(plant.left_on + timedelta(days=1)) > last


def _group(processes: Sequence[str]) -> str:
    found = {GROUPS[name] for name in processes}
    return "unstated" if not found else found.pop() if len(found) == 1 else "several"


def _events(
    plant: Plant, visits: Sequence[date], deeds: Sequence[Opportunity], as_of: date, last: str
) -> dict[str, str]:
    end = min(as_of, plant.left_on or as_of)
    days = [[day for day in (one.implemented_on, one.verified_on) if day] for one in deeds]
    implemented = min((min(known) for known in days if known and min(known) <= end), default=None)
    verified = min((one.verified_on for one in deeds if one.verified_on and one.verified_on <= end), default=None)
    assessed = min(visits, default=None)
    enrolled = min((day for day in (plant.enrolled_on, assessed) if day), default=None)
    acting = max(implemented, assessed) if implemented and assessed else None
    proven = max(verified, acting) if verified and acting else None
    named = zip(EVENTS, (enrolled, assessed, acting, proven), strict=True)
    return {name: quarter(day) if day and quarter(day) <= last else NOT_YET for name, day in named}


def plants_table(scope: Sequence[InScope], pseudonym: Pseudonym, seed: int) -> Table:
    """Return a row for each plant in scope."""
    rows = [{**_facts(one), **one.events, "code": code(pseudonym, seed, "plants", one.supplier)} for one in scope]
    hidden = hide(rows, PLANT_COLUMNS)
    columns = ("code", *(column.name for column in PLANT_COLUMNS))
    return Table(columns, _sorted(hidden.rows), {"plants": hidden.suppressed}, hidden.coarser)


def magnitudes_table(scope: Sequence[InScope], true: Outcomes, pseudonym: Pseudonym, seed: int) -> Table:
    """Return a row for each measure and plant in scope that has a value of it."""
    columns = ("measure", "unit", "code", *(column.name for column in MAGNITUDE_COLUMNS), "from", "below")
    found: list[Row] = []
    suppressed: dict[str, int] = {}
    coarser: dict[str, int] = {}
    for measure in MEASURES:
        hidden = _banded(scope, measure, dict(_values(true, measure)), pseudonym, seed)
        for row in _sorted(hidden.rows):
            low, _, high = row["band"].partition(RANGE)
            found.append({**row, "measure": measure, "unit": unit(measure), "from": low, "below": high})
        suppressed[measure] = hidden.suppressed
        coarser |= {name: coarser.get(name, 0) + count for name, count in hidden.coarser.items()}
    return Table(columns, tuple(found), suppressed, coarser)


def _banded(
    scope: Sequence[InScope], measure: str, values: Mapping[str, float], pseudonym: Pseudonym, seed: int
) -> Hidden:
    mine = [one for one in scope if one.supplier in values]
    found = bands({one.supplier: values[one.supplier] for one in mine}, _EDGES.get(measure, _DECADES))
    rows = [
        {
            **_facts(one),
            "stage": one.stage,
            "band": found[one.supplier],
            "code": code(pseudonym, seed, f"magnitudes {measure}", one.supplier),
        }
        for one in mine
    ]
    return hide(rows, MAGNITUDE_COLUMNS, "band")


def _facts(one: InScope) -> dict[str, str]:
    return {"country": one.country, "size": one.size, "process_group": one.process_group}


def _sorted(rows: Sequence[Row]) -> tuple[Row, ...]:
    """By their codes, which tell nothing of the order in which the plants stand on the list."""
    return tuple(sorted(rows, key=lambda row: row["code"]))


def _values(true: Outcomes, measure: str) -> Iterator[tuple[str, float]]:
    """Plant -> value of a measure, over all countries."""
    kind, _, of = measure.partition(":")
    quarters = last_quarters(true.as_of)
    if kind == "change":
        now, expected = (_by_quarter(true, f"{of}@{name}", quarters) for name in ("now", "expected"))
        for plant, values in now.items():
            both = values.keys() & expected.get(plant, {}).keys()
            if whole := sum(expected[plant][when] for when in both) if both else 0.0:
                yield plant, 100 * (1 - sum(values[when] for when in both) / whole)
    elif measure in YEARLY:
        for plant, values in _by_quarter(true, measure, quarters).items():
            if len(values) == len(quarters):
                yield plant, sum(values.values())
    else:
        for plant, values in _by_quarter(true, measure, ("",)).items():
            yield plant, sum(values.values())


def _by_quarter(true: Outcomes, measure: str, periods: Sequence[str]) -> dict[str, dict[str, float]]:
    """Plant -> period -> value."""
    found: dict[str, dict[str, float]] = {}
    for (name, _, period), amount in sorted(true.amounts.items()):
        if name == measure and period in periods:
            for plant, value in amount.plants.items():
                found.setdefault(plant, {})[period] = value
    return found
