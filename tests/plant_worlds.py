"""Invented plants for the attacks on what is published of them: true results on several days, and their populations."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from greensupply.outcome_counts import STATUSES, Amount, Outcomes

QUARTER = "2026-Q3"
DAYS = (date(2026, 10, 31), date(2026, 11, 30), date(2026, 12, 31))
COUNTRIES = ("CA", "MX", "US")

FACTORS: Mapping[str, Mapping[str, float]] = {
    "energy": {"electricity": 1, "gas": 1},
    "scope-2": {"electricity": 0.1},
    "scope-1": {"gas": 0.05},
    "ghg": {"electricity": 0.1, "gas": 0.05},
    "water": {"water": 1},
    "waste": {"hazardous": 1, "other": 1},
    "hazardous-waste": {"hazardous": 1},
    "nonhazardous-waste": {"other": 1},
    "energy@now": {"electricity": 1, "gas": 1},
    "ghg@now": {"electricity": 0.1, "gas": 0.05},
    "water@now": {"water": 1},
    "energy@expected": {"energy baseline": 1},
    "water@expected": {"water baseline": 1},
    **{
        f"{kind}:{status}": {f"{kind} {name}": 1 for name in STATUSES[place:]}
        for kind in ("count", "saving")
        for place, status in enumerate(STATUSES)
    },
}
"""Measure -> what the attacker knows it is made of, and the public factor of each."""


@dataclass(frozen=True)
class Plant:
    """One plant, as it is known on one day; `baseline` is public, as is everything but `uses`."""

    code: str
    country: str
    uses: Mapping[str, float]
    baseline: bool = True
    data_class: str = "M"

    def terms(self, measure: str) -> dict[str, float]:
        """What a measure of it is made of -> factor."""
        if "@" in measure and not self.baseline:
            return {}
        return {name: factor for name, factor in FACTORS[measure].items() if self.uses.get(name)}

    def value(self, measure: str) -> float:
        return sum(factor * self.uses[name] for name, factor in self.terms(measure).items())


World = Sequence[Plant]


def period(measure: str) -> str:
    return "" if ":" in measure else QUARTER


def make_outcomes(as_of: date = DAYS[0], **changes: object) -> Outcomes:
    """The smallest results."""
    values: dict[str, object] = {
        "as_of": as_of,
        "demonstration": False,
        "stages": {},
        "amounts": {},
        "intensities": {},
        "days_to_action": {},
        "reporting": {},
        "complements": {},
        "plants": {},
    }
    return Outcomes(**{**values, **changes})  # type: ignore[arg-type]


def outcomes(world: World, as_of: date, measures: Iterable[str] = FACTORS) -> Outcomes:
    """True results of plants."""
    amounts = {}
    for measure in measures:
        for country in COUNTRIES:
            found = {
                plant.code: plant.value(measure) for plant in world if plant.country == country and plant.terms(measure)
            }
            by_class = {
                name: {
                    plant.code: found[plant.code] for plant in world if plant.code in found and plant.data_class == name
                }
                for name in "MCE"
            }
            amounts[measure, country, period(measure)] = Amount(found, by_class=by_class)
    return make_outcomes(as_of, amounts=amounts, plants={plant.code: plant.country for plant in world})


def history(worlds: Sequence[World], measures: Iterable[str] = FACTORS) -> Callable[[date], Outcomes]:
    """Day -> results, as they were known then."""
    measures = tuple(measures)
    found = {day: outcomes(world, day, measures) for day, world in zip(DAYS, worlds, strict=False)}
    return found.__getitem__


def make_plant(code: str, country: str, size: float, chance: random.Random, **changes: object) -> Plant:
    def some(scale: float) -> float:
        return round(size * scale * chance.uniform(0.7, 1.3), 2)

    uses = {"electricity": some(1), "gas": some(0.5), "water": some(2), "hazardous": some(0.01), "other": some(0.1)}
    uses["energy baseline"] = (uses["electricity"] + uses["gas"]) * chance.uniform(0.95, 1.3)
    uses["water baseline"] = uses["water"] * chance.uniform(0.95, 1.3)
    for status in STATUSES:
        uses[f"count {status}"] = chance.choice([0, 1, 1, 2, 5])
        uses[f"saving {status}"] = uses[f"count {status}"] * some(5)
    return replace(Plant(code, country, uses), **changes)  # type: ignore[arg-type]


def without(plant: Plant, *names: str) -> Plant:
    return replace(plant, uses={name: value for name, value in plant.uses.items() if name not in names})


KINDS = ("lifelike", "few", "giant", "all but one", "one gas", "one added", "six in, one without", "correction")


def population(kind: str, seed: int) -> list[list[Plant]]:
    """Plants on each of `DAYS`: lifelike, or as the attacker would wish them."""
    chance = random.Random(f"{kind} {seed}")
    sizes = {"few": (2, 6, 9), "lifelike": (9, 24, 14)}.get(kind, (7, 12, 8))

    def plant(number: int, country: str, **changes: object) -> Plant:
        made = make_plant(f"{country}-{number}", country, 100 * chance.lognormvariate(0, 0.7), chance, **changes)
        made = replace(made, data_class=chance.choices("MCE", (6, 3, 1))[0])
        return without(made, "gas") if chance.random() < 0.3 else made

    first = [
        plant(number, country, baseline=kind != "lifelike" or chance.random() < 0.7)
        for country, size in zip(COUNTRIES, sizes, strict=True)
        for number in range(size)
    ]
    if kind == "giant":
        first[-1] = make_plant(first[-1].code, "US", 20_000, chance)
    if kind == "all but one":
        first[8] = replace(first[8], baseline=False)
    if kind == "one gas":
        first = [without(each, "gas") for each in first]
        first[10] = replace(first[10], uses={**first[10].uses, "electricity": 300.0, "gas": 400.0})
    worlds = [first]
    for turn in range(1, len(DAYS)):
        world = list(worlds[-1])
        added = {"one added": 1, "six in, one without": 6, "correction": 0}.get(kind, chance.choice((0, 1, 4, 9)))
        for number in range(added):
            country = "MX" if kind in KINDS[5:] else chance.choice(COUNTRIES)
            world.append(plant(100 * turn + number, country, baseline=kind != "six in, one without" or number > 0))
        changed = 1 if kind == "correction" else chance.choice((0, 2, 6))
        factors = (10.0,) if kind == "correction" else (0.5, 0.9, 1.4)
        for place in chance.sample(range(len(world)), changed):
            old = world[place]
            uses = {name: value * chance.choice(factors) for name, value in old.uses.items() if "count" not in name}
            world[place] = replace(old, uses={**old.uses, **uses})
        worlds.append(world)
    return worlds
