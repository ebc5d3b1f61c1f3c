"""A store of plants, visits, opportunities and four years of measurements, lifelike enough to evaluate."""

from __future__ import annotations

import random
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from builders import ROOT, project, write
from greensupply import outcome_disclosure, outcomes, published, published_outcomes, store
from greensupply.assessment import DataClass, Line
from greensupply.outcome_counts import Outcomes
from greensupply.plants import Plant
from greensupply.published_outcomes import PublicOutcomes
from greensupply.written import PROCESSES
from outcome_builders import add, catalogue, measurement, opportunity, visit
from public_builders import lifelike
from store_builders import completion

AS_OF = date(2026, 10, 31)
KEY = "k" * 40
NAMES = ("Maquinados del Norte", "ANA PEREZ", "Secret Customer Inc")
"""Free text that stands in the records, and must not leave them."""
PERSON = "0123456789abcdef0123456789abcdef"
"""Pseudonym of an assessor."""
_REGIONS: Mapping[str, str] = {"CA": "CA-QC", "MX": "MX-NLE", "US": "US-MI"}
_QUARTERS = [f"{year}-Q{number}" for year in (2024, 2025, 2026) for number in (1, 2, 3, 4)][:11]


def plants(seed: int = 1, count: int = 150) -> list[Plant]:
    """Plants of all countries, sizes and processes; most of them enrolled."""
    dice = random.Random(seed)
    found = []
    for number in range(count):
        country = dice.choices(("CA", "MX", "US"), (2, 5, 3))[0]
        listed = date(2024, 1, 1) + timedelta(days=dice.randrange(300))
        enrolled = listed + timedelta(days=dice.randrange(60, 500)) if dice.random() < 0.8 else None
        found.append(
            Plant(
                f"{country}-PLANT-{number:04}",
                country,
                listed,
                enrolled,
                date(2026, 8, 1) if enrolled is None and dice.random() < 0.1 else None,
                region=_REGIONS[country],
                size=dice.choices(("micro", "small", "medium", "large", ""), (1, 4, 4, 2, 1))[0],
                processes=tuple(sorted(dice.sample(PROCESSES, dice.choice((0, 1, 1, 1, 2))), key=PROCESSES.index)),
                customer="SECRET-CUSTOMER",
            )
        )
    return found


def lines(listed: list[Plant], seed: int = 1) -> list[Line]:
    """What is found and reported in them."""
    dice = random.Random(seed)
    found: list[Line] = []
    for plant in listed:
        if plant.enrolled_on and dice.random() < 0.8:
            found += _measured(plant, dice)
            if dice.random() < 0.8:
                found += _visited(plant, dice)
    return found


def _measured(plant: Plant, dice: random.Random) -> list[Line]:
    size, trend = dice.lognormvariate(5, 1), dice.uniform(0.9, 1.0)
    found: list[Line] = []
    for place, quarter in enumerate(_QUARTERS):
        for name, unit, scale in (
            ("water", "m3", 4),
            ("electricity", "kWh", 3000),
            ("natural-gas", "m3", 20),
            ("hazardous-waste", "kg", 5),
            ("nonhazardous-waste", "t", 0.1),
        ):
            if dice.random() < 0.97:
                value = Decimal(round(size * scale * trend ** (place / 4) * dice.uniform(0.9, 1.1), 2)) + 0
                found.append(
                    measurement(
                        supplier=plant.supplier,
                        period=quarter,
                        input=name,
                        unit=unit,
                        value=value.quantize(Decimal("0.01")),
                        output=Decimal(round(size * 3)),
                        data_class=dice.choices(tuple(DataClass), (6, 3, 1))[0],
                        recorded_on=_end(quarter) + timedelta(days=20 if dice.random() < 0.95 else 26),
                    )
                )
    return found


def _end(quarter: str) -> date:
    year, number = int(quarter[:4]), int(quarter[-1])
    return date(year, 3 * number, 28)


def _visited(plant: Plant, dice: random.Random) -> list[Line]:
    day = (plant.enrolled_on or plant.listed_on) + timedelta(days=dice.randrange(30, 200))
    name = plant.supplier.replace("PLANT", "VISIT")
    found: list[Line] = [
        visit(id=name, supplier=plant.supplier, day=day, assessors=(PERSON,), recorded_on=day + timedelta(days=9))
    ]
    for number in range(dice.randrange(1, 9)):
        reached = [day, *(day + timedelta(days=90 * step + dice.randrange(60)) for step in (1, 2, 4))]
        reached = [each if place <= dice.choice((0, 1, 2, 3, 3)) else None for place, each in enumerate(reached)]
        for place in (1, 2, 3):
            reached[place] = reached[place] if reached[place - 1] else None
        verified = reached[3] is not None
        saving = Decimal(round(dice.lognormvariate(9, 1)))
        found.append(
            opportunity(
                id=f"{name}-{number}",
                assessment=name,
                saving=saving,
                cost=saving * 2,
                actual=Decimal(1700 + dice.randrange(200)) if verified else None,
                index=Decimal(1) if verified else None,
                data_class=DataClass.MEASURED if verified else None,
                verified_saving=saving * Decimal("0.8") if verified else None,
                **dict(zip(("identified_on", "committed_on", "implemented_on", "verified_on"), reached, strict=True)),
                recorded_on=max(each for each in reached if each) + timedelta(days=9),
            )
        )
    return found


def hub(folder: Path, *, seed: int = 1, count: int = 150, shuffle: int | None = None) -> Path:
    """A hub with its records and what was published of them; rows in another order with `shuffle`."""
    write(folder, project())
    records = folder / "records"
    records.mkdir(exist_ok=True)
    for name in ("metrics.yml", "factors.yml", "rates.yml"):
        (records / name).write_bytes((ROOT / "records" / name).read_bytes())
    listed = plants(seed, count)
    given = lines(listed, seed)
    order = random.Random(shuffle)
    if shuffle is not None:
        order.shuffle(listed)
        order.shuffle(given)
    add(records, *listed, on=date(2024, 1, 2))
    add(records, *given)
    people = [completion(n, supplier=f"MX-PLANT-{n:04}", learner=f"{n:032x}", instructor=PERSON) for n in range(1, 41)]
    store.add(records, "roster", list(enumerate(people, 1)), sync=lambda _: None)
    aside = f'file,line,reason,mend\r\n{NAMES[0]}.csv,2,"{NAMES[1]} of {NAMES[2]} is odd.",Mend it.\r\n'
    (records / "set-aside").mkdir(exist_ok=True)
    (records / "set-aside" / f"{NAMES[0]}.csv-1234.csv").write_text(aside, encoding="utf-8")
    (records / ".key").write_text(KEY, encoding="utf-8")
    (records / "published.json").write_text(published.dump(lifelike(demonstration=False)), encoding="utf-8")
    state = published_outcomes.dump(shown(true(records)))
    (records / "published-outcomes.json").write_text(state, encoding="utf-8")
    return folder


def true(records: Path) -> Outcomes:
    """The true results."""
    minutes = {"rinsing": 45}
    file = records / "suppliers.csv"
    return outcomes.count(records, modules=minutes, catalogue=catalogue(), plants=file, as_of=AS_OF, known_on=AS_OF)


def shown(results: Outcomes) -> PublicOutcomes:
    """What may be published of them."""
    return outcome_disclosure.protect(results, outcome_disclosure.NOTHING, lambda _: results)
