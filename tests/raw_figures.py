"""The results in plants from the raw records: `csv` and plain arithmetic, none of it by the project's own code.

Factors and units are written out here once more, from the facts they are named after, so that neither a wrong line in
`records/factors.yml` nor a wrong unit can pass.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

PLACES = ("", "CA", "MX", "US")
STATUSES = ("identified", "committed", "implemented", "verified")
COMPARED = ("energy", "ghg", "water", "waste", "priority-chemicals", "voc")
KEYS = {"measurements": ("supplier", "period", "input")}

# MET-50, MET-51 (the international table Btu, 1.05506 GJ rounded), MET-52, MET-53; a barrel is 42 US gallons
GJ_PER_KWH, GJ_PER_MMBTU, KG_PER_LB = 0.0036, 1.05505585262, 0.45359237
KG_PER_SHORT_TON, L_PER_US_GAL, M3_PER_FT3 = 907.18474, 3.785411784, 0.3048**3
L_PER_BBL = 42 * L_PER_US_GAL

VOLUMES = {"m3": 1.0, "L": 0.001, "US gal": L_PER_US_GAL / 1000, "100 ft3": 100 * M3_PER_FT3}
MASSES = {"t": 1.0, "kg": 0.001, "lb": KG_PER_LB / 1000, "short ton": KG_PER_SHORT_TON / 1000}
ENERGIES = {"GJ": 1.0, "kWh": GJ_PER_KWH, "MWh": 1000 * GJ_PER_KWH, "MMBtu": GJ_PER_MMBTU, "therm": GJ_PER_MMBTU / 10}
DOLLARS = {  # invented, as records/rates.yml says
    ("CAD", 2024): 0.74,
    ("CAD", 2025): 0.72,
    ("CAD", 2026): 0.70,
    ("MXN", 2024): 0.06,
    ("MXN", 2025): 0.05,
    ("MXN", 2026): 0.05,
}


def grid(country: str, year: int) -> float:
    """kg CO2e for a kWh: MET-30 for Mexico, MET-32 for the United States, MET-36 for Canada; provinces in no sum."""
    if country == "MX":
        return {2023: 0.438}.get(year, 0.444)
    return {"US": 0.3497, "CA": 0.108}[country]


def burned(fuel: str, amount: float, unit: str, country: str, year: int) -> tuple[float, float]:
    """GJ (HHV, MET-41 and MET-62) and t CO2e (MET-41 to MET-47) of a fuel."""
    if fuel in ("diesel", "gasoline"):
        gallons = amount * VOLUMES[unit] / VOLUMES["US gal"]
        heat, kilograms = {"diesel": (0.138, 10.16), "gasoline": (0.125, 8.89)}[fuel]
        return gallons * heat * GJ_PER_MMBTU, gallons * kilograms / 1000
    # MMBtu in a cubic metre: of gas by the thousand cubic feet, of propane by the barrel
    heat = 1.026 / (1000 * M3_PER_FT3) if fuel == "natural-gas" else 3.84 / (L_PER_BBL / 1000)
    mmbtu = amount * ENERGIES[unit] / GJ_PER_MMBTU if unit in ENERGIES else amount * VOLUMES[unit] * heat
    if fuel == "natural-gas":
        kilograms = mmbtu / heat * 1.888 if country == "CA" else mmbtu * 53.06
        if country == "US" and year >= 2025:
            kilograms = mmbtu * 10 * 5.3115
    else:
        kilograms = mmbtu / heat * 1000 * 1.515 if country == "CA" else mmbtu * 62.87
    return mmbtu * GJ_PER_MMBTU, kilograms / 1000


def quantities(name: str, amount: float, unit: str, country: str, year: int) -> dict[str, float]:
    """Measure -> what a reported or saved quantity adds to it, in the unit of the metric (E1 to E13)."""
    if name == "electricity":
        energy = amount * ENERGIES[unit]
        tonnes = energy / GJ_PER_KWH * grid(country, year) / 1000
        return {"energy": energy, "scope-2": tonnes, "ghg": tonnes}
    if name in ("natural-gas", "propane", "diesel", "gasoline"):
        energy, tonnes = burned(name, amount, unit, country, year)
        return {"energy": energy, "scope-1": tonnes, "ghg": tonnes}
    if name == "water":
        return {"water": amount * VOLUMES[unit]}
    tonnes = amount * MASSES[unit]
    if name in ("priority-chemicals", "voc"):
        return {name: tonnes * 1000}
    return {name: tonnes, **({"waste": tonnes} if name in ("hazardous-waste", "nonhazardous-waste") else {})}


@dataclass
class Sum:
    """Plant -> what it adds; the same by data class."""

    plants: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    classes: dict[str, dict[str, float]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(float)))

    def add(self, plant: str, amount: float, data_class: str = "") -> None:
        self.plants[plant] += amount
        if data_class:
            self.classes[data_class][plant] += amount

    @property
    def total(self) -> float:
        return sum(self.plants.values())


def rows(folder: Path, name: str, known_on: date) -> list[dict[str, str]]:
    """Of each key its last row recorded by a day; none that was taken back."""
    held: dict[tuple[str, ...], dict[str, str]] = {}
    with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["recorded_on"] <= known_on.isoformat():
                held[tuple(row[column] for column in KEYS.get(name, ("id",)))] = row
    return [row for row in held.values() if not row["withdrawn"]]


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def end_of(quarter: str) -> date:
    year, number = int(quarter[:4]), int(quarter[-1])
    return date(year + number // 4, number % 4 * 3 + 1, 1) - timedelta(days=1)


class Records:
    """What was recorded by a day, and what it adds up to then."""

    def __init__(self, folder: Path, as_of: date) -> None:
        self.as_of = as_of
        with (folder / "suppliers.csv").open(encoding="utf-8", newline="") as file:
            listed = {row["supplier"]: row for row in csv.DictReader(file)}
        self.plants = {code: row for code, row in listed.items() if row["listed_on"] <= as_of.isoformat()}
        self.visits = [row for row in rows(folder, "assessments", as_of) if row["supplier"] in self.plants]
        visited = {row["id"]: row["supplier"] for row in self.visits}
        self.actions = [
            {**row, "supplier": visited[row["assessment"]]}
            for row in rows(folder, "opportunities", as_of)
            if row["assessment"] in visited
        ]
        self.reported = [row for row in rows(folder, "measurements", as_of) if row["supplier"] in self.plants]
        self.quarters = list(self._quarters(min(row["listed_on"] for row in self.plants.values())))

    def _quarters(self, first: str) -> Iterator[str]:
        for year in range(int(first[:4]), self.as_of.year + 1):
            for number in range(1, 5):
                if date.fromisoformat(first) <= end_of(f"{year}-Q{number}") <= self.as_of:
                    yield f"{year}-Q{number}"

    def country(self, plant: str) -> str:
        return self.plants[plant]["country"]

    def on_list(self, plant: str, end: date) -> bool:
        left = self.plants[plant]["left_on"]
        return self.plants[plant]["listed_on"] <= end.isoformat() and not (left and left < end.isoformat())

    def reached(self, action: Mapping[str, str], status: str) -> date | None:
        """When an action had come at least so far, if that was while its plant was on the list."""
        names = STATUSES[STATUSES.index(status) :]
        first = min((found for name in names if (found := day(action[f"{name}_on"]))), default=None)
        end = min(self.as_of, day(self.plants[action["supplier"]]["left_on"]) or self.as_of)
        return first if first and first <= end else None

    def stages(self, passes: Mapping[str, Mapping[str, date]], minutes: Mapping[str, int]) -> dict[str, list[date]]:
        """Plant -> the days on which it was contacted, enrolled, assisted, assessed, acting, verified (P1 to P5).

        `passes`: plant -> module -> the first day on which one of its people passed it.
        """
        never = date.max
        found = {}
        for code, plant in self.plants.items():
            visits = [row for row in self.visits if row["supplier"] == code]
            actions = [row for row in self.actions if row["supplier"] == code]
            help_ = [(on, float(minutes[module])) for module, on in passes.get(code, {}).items()]
            help_ += [(date.fromisoformat(row["day"]), 60 * float(row["hours"])) for row in visits]
            assisted, so_far = never, 0.0
            for on, much in sorted(help_):
                so_far += much
                if so_far >= 240:
                    assisted = min(assisted, on)
            assessed = min(
                (date.fromisoformat(row["day"]) for row in visits if row["complete"] == "yes"), default=never
            )
            acting = min((on for row in actions if (on := self.reached(row, "implemented"))), default=never)
            verified = min((on for row in actions if (on := self.reached(row, "verified"))), default=never)
            assisted = min(assisted, assessed)
            enrolled = min(day(plant["enrolled_on"]) or never, assisted)
            contacted = min(day(plant["contacted_on"]) or never, enrolled)
            acting = max(assessed, acting)
            found[code] = [contacted, enrolled, assisted, assessed, acting, max(acting, verified)]
        return found

    def counts(self, stages: Mapping[str, list[date]]) -> dict[tuple[str, str], list[int]]:
        """(Country, quarter) -> plants on the list (P0), and of each stage at its end."""
        found = {}
        for quarter in self.quarters:
            end = end_of(quarter)
            for place in PLACES:
                days = [
                    stages[code]
                    for code in self.plants
                    if place in ("", self.country(code)) and self.on_list(code, end)
                ]
                found[place, quarter] = [len(days), *(sum(each[at] <= end for each in days) for at in range(6))]
        return found

    def reporting(self) -> dict[tuple[str, str], int]:
        """(Country, quarter) -> plants on the list that report anything in it (H12)."""
        said = {(row["supplier"], row["period"]) for row in self.reported if "Q" in row["period"]}
        return {
            (place, quarter): sum(
                period == quarter and place in ("", self.country(code)) and self.on_list(code, end_of(quarter))
                for code, period in said
            )
            for place in PLACES
            for quarter in self.quarters
        }

    def days_to_action(self) -> dict[str, int]:
        """P9: plant -> days from its first whole assessment to the first action implemented from then on."""
        found: dict[str, int] = {}
        for code, plant in self.plants.items():
            end = min(self.as_of, day(plant["left_on"]) or self.as_of)
            whole = [row["day"] for row in self.visits if row["supplier"] == code and row["complete"] == "yes"]
            first = min((one for each in whole if (one := date.fromisoformat(each)) <= end), default=None)
            done = [self.reached(row, "implemented") for row in self.actions if row["supplier"] == code]
            after = [on for on in done if on and first and on >= first]
            if first and after:
                found[code] = (min(after) - first).days
        return found

    def made(self) -> dict[tuple[str, str], tuple[float, str]]:
        """(Plant, quarter) -> how much it made, and in which unit; where rows differ, the last recorded holds."""
        last: dict[tuple[str, str], tuple[str, str, float]] = {}
        for row in self.reported:
            if row["output_unit"] and "Q" in row["period"]:
                key = row["supplier"], row["period"]
                last[key] = max(
                    last.get(key, ("", "", 0.0)), (row["recorded_on"], row["output_unit"], float(row["output"]))
                )
        return {key: (output, unit) for key, (_, unit, output) in last.items()}

    def measured(self) -> dict[tuple[str, str, str], dict[str, float]]:
        """(Measure, plant, quarter) -> data class -> amount."""
        found: dict[tuple[str, str, str], dict[str, float]] = defaultdict(lambda: defaultdict(float))
        for row in self.reported:
            code, period = row["supplier"], row["period"]
            if "Q" in period and end_of(period) <= self.as_of:
                added = quantities(row["input"], float(row["value"]), row["unit"], self.country(code), int(period[:4]))
                for measure, amount in added.items():
                    found[measure, code, period][row["data_class"]] += amount
        return found
