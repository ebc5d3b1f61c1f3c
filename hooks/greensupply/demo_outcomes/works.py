"""What an invented plant uses and makes in a year, and how it tells: round guesses, of no real plant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from greensupply.assessment import DataClass
from greensupply.demo import Dice, draw
from greensupply.plants import Plant

SCALE = {"large": 3.2, "medium": 1.3, "small": 0.5, "micro": 0.15}
"""How much larger than a usual one a plant is by its size."""

OUTPUT = {
    "t": ("stamping", 1900.0),
    "t of plastic": ("moulding", 1200.0),
    "m2": ("painting", 70_000.0),
    "m2 plated": ("plating", 45_000.0),
    "machine h": ("machining", 38_000.0),
    "1000 parts": ("assembly", 4000.0),
}
"""How a plant says how much it makes, by the first of these that it does -> in a year at a scale of 1."""

USES: Mapping[str, tuple[float, Mapping[str, float], float]] = {
    "electricity": (1_500_000, {"moulding": 1.7, "stamping": 1.1, "machining": 1.3, "assembly": 0.6}, 1),
    "natural-gas": (70_000, {"painting": 2.4, "plating": 1.6, "cleaning": 1.3, "moulding": 0.5}, 0.75),
    "propane": (11_000, {}, 0.4),
    "diesel": (5_500, {}, 0.32),
    "gasoline": (3_500, {}, 0.18),
    "water": (9_000, {"plating": 3.0, "painting": 1.8, "cleaning": 1.6}, 1),
    "hazardous-waste": (16, {"plating": 3.2, "painting": 2.4, "machining": 1.3, "assembly": 0.3}, 0.96),
    "nonhazardous-waste": (210, {"stamping": 2.6, "machining": 1.6, "assembly": 0.7}, 1),
    "priority-chemicals": (2_800, {"plating": 1.6, "painting": 1.2}, 0.9),
    "voc": (7_500, {"painting": 1.4, "cleaning": 0.5}, 0.95),
}
"""Input -> quantity of a year at a scale of 1 in the unit of its sums (gas in m3), how processes change it, how many
plants use it."""

ONLY = {"priority-chemicals": ("plating", "painting", "cleaning"), "voc": ("painting", "cleaning")}
"""Inputs of plants with one of these processes alone."""

PARTS = {"recycled": (0.4, 0.62, 0.95), "reused": (0.03, 0.12, 0.6), "energy-recovered": (0.02, 0.1, 0.45)}
"""Part of the waste -> from which to which share of it without hazards, and how many plants tell of it."""

YIELD = {"stamping": (0.62, 0.84), "moulding": (0.86, 0.96)}
"""How much of the main material leaves in good product, in plants that tell."""

TELLS_OF_MATERIAL = 0.75

UNITS: Mapping[str, Mapping[str, Mapping[str, float]]] = {
    "electricity": {"MX": {"kWh": 1}, "US": {"kWh": 1}, "CA": {"kWh": 1, "MWh": 0.001}},
    "natural-gas": {"MX": {"m3": 1, "GJ": 0.03823}, "US": {"therm": 0.3623, "MMBtu": 0.03623}, "CA": {"m3": 1}},
    "propane": {"MX": {"L": 1}, "US": {"US gal": 0.2642}, "CA": {"L": 1}},
    "diesel": {"MX": {"L": 1}, "US": {"US gal": 0.2642}, "CA": {"L": 1}},
    "gasoline": {"MX": {"L": 1}, "US": {"US gal": 0.2642}, "CA": {"L": 1}},
    "water": {"MX": {"m3": 1}, "US": {"US gal": 264.2, "100 ft3": 0.3531}, "CA": {"m3": 1}},
    "hazardous-waste": {"MX": {"kg": 1000, "t": 1}, "US": {"lb": 2204.6}, "CA": {"kg": 1000}},
    "nonhazardous-waste": {"MX": {"t": 1}, "US": {"short ton": 1.1023}, "CA": {"t": 1}},
    "material": {"MX": {"t": 1}, "US": {"short ton": 1.1023}, "CA": {"t": 1}},
    "priority-chemicals": {"MX": {"kg": 1}, "US": {"lb": 2.2046}, "CA": {"kg": 1}},
    "voc": {"MX": {"kg": 1}, "US": {"lb": 2.2046}, "CA": {"kg": 1}},
}
"""Input, country -> units it is reported in, and how many of them one of `USES` is."""

CLASSES: Mapping[str, tuple[int, int, int]] = {
    "electricity": (76, 12, 12),
    "natural-gas": (72, 14, 14),
    "water": (62, 14, 24),
    "voc": (15, 58, 27),
    "priority-chemicals": (30, 48, 22),
}
"""How many plants of a hundred measure, calculate or estimate an input; the others as `OTHER`."""
OTHER = (46, 26, 28)


@dataclass(frozen=True)
class Use:
    """One quantity of a plant.

    Attributes:
        yearly: Of a year before the programme, in `unit`.
        unit: In which the plant reports it.
        per: How many of `unit` one of `USES` is.
        data_class: How the plant finds it.
    """

    yearly: float
    unit: str
    per: float
    data_class: DataClass


@dataclass(frozen=True)
class Works:
    """What a plant uses and makes.

    Attributes:
        plant: The plant.
        output: What it makes in a year before the programme, in `output_unit`.
        output_unit: `t`, `1000 parts`, `machine h` or `m2`.
        uses: Input -> how much of it.
    """

    plant: Plant
    output: float
    output_unit: str
    uses: Mapping[str, Use]


def works(plant: Plant, seed: int) -> Works:
    """Return what a plant uses and makes."""
    dice = Dice(seed, "works", plant.supplier)
    scale = SCALE[plant.size] * (0.6 + 0.5 * dice.share() + 0.4 * (1 - draw(seed, plant.supplier)))
    unit, made = next(
        ((name, made) for name, (process, made) in OUTPUT.items() if process in plant.processes), ("1000 parts", 3000.0)
    )
    output = made * scale * (0.8 + 0.4 * dice.share())
    amounts = {
        name: yearly * scale * _mix(plant, by_process) * (0.65 + 0.7 * dice.share())
        for name, (yearly, by_process, share) in USES.items()
        if dice.chance(share) and (name not in ONLY or set(ONLY[name]) & set(plant.processes))
    }
    for name, (low, high, share) in PARTS.items():
        if dice.chance(share):
            amounts[name] = amounts["nonhazardous-waste"] * (low + (high - low) * dice.share())
    process = next((name for name in YIELD if name in plant.processes), "")
    if process and unit.startswith("t") and dice.chance(TELLS_OF_MATERIAL):
        low, high = YIELD[process]
        amounts["material-in-product"] = output
        amounts["material-bought"] = output / (low + (high - low) * dice.share())
    uses = {name: _use(name, amount, plant, seed) for name, amount in amounts.items()}
    return Works(plant, output, unit.partition(" of ")[0].removesuffix(" plated"), uses)


def figure(value: float) -> Decimal:
    """A quantity as a plant writes it down: whole from a hundred on, else with one or two decimals."""
    places = "1" if value >= 100 else "0.1" if value >= 10 else "0.01"
    return max(Decimal(repr(value)).quantize(Decimal(places)), Decimal("0.01"))


def _mix(plant: Plant, by_process: Mapping[str, float]) -> float:
    found = [by_process.get(name, 0.8) for name in plant.processes]
    return max(found) * 0.7 + sum(found) / len(found) * 0.3


def _use(name: str, amount: float, plant: Plant, seed: int) -> Use:
    dice = Dice(seed, f"use/{name}", plant.supplier)
    kind = "material" if name.startswith("material") else "nonhazardous-waste" if name in PARTS else name
    units = UNITS[kind][plant.country]
    unit = list(units)[dice.whole(0, len(units) - 1)]
    data_class = dice.pick(dict(zip(DataClass, CLASSES.get(name, OTHER), strict=True)))
    return Use(amount * units[unit], unit, units[unit], data_class)
