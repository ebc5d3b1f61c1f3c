"""What may be published of plants, for tests of pages: nothing, the smallest, and a lifelike programme."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

from builders import ROOT
from greensupply import metrics, monitoring, outcomes
from greensupply.catalogue import Catalogue
from greensupply.monitoring import Monitoring
from greensupply.outcome_counts import BASELINED, QUARTERLY, STATUSES
from greensupply.published_outcomes import PublicAmount, PublicKey, PublicOutcomes, PublicStages
from greensupply.results_page import Definition, Results
from greensupply.results_page.goals import Goal
from public_builders import lifelike as people

AS_OF = date(2026, 10, 31)
QUARTERS = [f"{year}-Q{number}" for year in (2024, 2025, 2026) for number in (1, 2, 3, 4)][1:11]
SCOPE = {"": 1240, "CA": 310, "MX": 520, "US": 405}
GOALS = (
    Goal(measure="assessed", share=30, by=date(2027, 12, 31)),
    Goal(measure="verified", share=15, by=date(2027, 12, 31)),
    Goal(measure="acting", country="MX", share=40, by=date(2028, 12, 31)),
    Goal(measure="saved", amount=6_000_000, by=date(2027, 12, 31)),
    Goal(measure="avoided-energy", amount=90_000, by=date(2027, 12, 31)),
    Goal(measure="change-energy", share=15, by=date(2027, 12, 31)),
)
_SIZES = {
    "energy": 1_640_000,
    "scope-1": 41_300,
    "scope-2": 98_700,
    "ghg": 140_000,
    "water": 812_000,
    "hazardous-waste": 1_870,
    "nonhazardous-waste": 14_200,
    "waste": 16_100,
    "reused": 1_240,
    "recycled": 7_930,
    "energy-recovered": 412,
    "material-bought": 88_400,
    "material-in-product": 71_200,
    "priority-chemicals": 6_340,
    "voc": 23_700,
}
_CLASSES = ({"M": 71, "C": 21, "E": 8}, {"M": 95, "C": 5, "E": 5}, {"M": 64}, {})


@cache
def catalogue() -> Catalogue:
    """What the hub measures."""
    return metrics.read(ROOT / "records")


@cache
def definitions() -> tuple[Definition, ...]:
    """How each figure is counted."""
    own = (Definition(each.id, each.code, each.name, each.text, each.unit) for each in outcomes.definitions())
    return (*monitoring.metric_definitions(catalogue()), *own)


def make(public: PublicOutcomes | None = None, *goals: Goal, **training: Any) -> Monitoring:
    """Pages of these results; without any, of a programme that has not begun."""
    results = Results(**({"goals": goals} | training))
    return Monitoring(public or PublicOutcomes(), results, catalogue(), definitions())


def whole(*goals: Goal) -> Monitoring:
    """Pages of a lifelike programme, with people and goals."""
    return make(lifelike(), *(goals or GOALS), tally=people())


def lifelike(**changes: Any) -> PublicOutcomes:
    """A programme of two and a half years; Canada is small and mostly stands together with the United States."""
    values: dict[str, Any] = {
        "as_of": AS_OF,
        "demonstration": True,
        "stages": {(place, name): _stages(place, at) for place in SCOPE for at, name in enumerate(QUARTERS)},
        "amounts": {**_quarterly(), **_so_far()},
        "intensities": {
            (measure, unit, name): _three(size * (1 - 0.02 * at))
            for measure, unit, size in (
                ("energy", "t", 4.21),
                ("energy", "1000 parts", 0.873),
                ("ghg", "t", 0.412),
                ("water", "t", 1.87),
                ("water", "m2", 0.0234),
            )
            for at, name in enumerate(QUARTERS)
            if at > 2
        },
        "days_to_action": 120,
        "coverage": {
            (place, name): share - 2 * (9 - at)
            for place, share in (("", 62), ("MX", 68), ("US", 57))
            for at, name in enumerate(QUARTERS)
            if at > 1
        },
        "reporting": {(place, name): 15 * at for place in ("", "MX") for at, name in enumerate(QUARTERS) if at > 1},
        "complements": {
            ("npri-releases", "2025"): PublicAmount(41.2, 15, as_of=date(2026, 8, 31)),
            ("retc-releases", "2025"): PublicAmount(312.0, 60, as_of=AS_OF),
            ("coa-on-time", "2025"): PublicAmount(85.0, 85, as_of=AS_OF),
            ("tri-releases", "2025"): PublicAmount(18_400.0, 35, as_of=AS_OF),
        },
    }
    return PublicOutcomes(**{**values, **changes})


def _three(value: float) -> float:
    return float(f"{value:.3g}")


def _stages(place: str, at: int) -> PublicStages:
    scope = SCOPE[place]
    reached = (0.62, 0.5, 0.34, 0.24, 0.16, 0.1) if place != "CA" else (0.4, 0.3, 0.2, 0.1, 0.05, 0.01)
    counts = [int(scope * share * ((at + 1) / 10) ** 1.3) // 5 * 5 or None for share in reached]
    return PublicStages(scope, *counts)


def _quarterly() -> dict[PublicKey, PublicAmount]:
    found: dict[PublicKey, PublicAmount] = {}
    for number, (measure, size) in enumerate(_SIZES.items()):
        for at, name in enumerate(QUARTERS):
            if at < 2 or (measure == "voc" and at == 7):
                continue
            for group, part in ((("CA", "US"), 0.4), (("MX",), 0.6)):
                value = size * part * (0.4 + at / 15) * (0.97 if at % 2 else 1)
                as_of = AS_OF if at > 7 else date(2026, 4, 30)
                found[measure, group, name] = PublicAmount(
                    _three(value), 10 * at if part < 0.5 else 15 * at, _CLASSES[(number + at) % 4], as_of
                )
                if measure in BASELINED and at > 5:
                    expected = value * (0.94 if measure == "voc" else 1.02 + at / 100)
                    plants = 5 * at
                    found[f"{measure}@now", group, name] = PublicAmount(_three(value * 0.8), plants, as_of=as_of)
                    found[f"{measure}@expected", group, name] = PublicAmount(
                        _three(expected * 0.8), plants, as_of=as_of
                    )
    return found


def _so_far() -> dict[PublicKey, PublicAmount]:
    found: dict[PublicKey, PublicAmount] = {}
    for group, part in ((("CA",), 0.15), (("MX",), 0.5), (("US",), 0.35)):
        for status, count, saving in zip(STATUSES, (1830, 1190, 790, 410), (9.8e6, 7.4e6, 5.6e6, 3.1e6), strict=True):
            found[f"count:{status}", group, ""] = PublicAmount(count * part // 5 * 5, 60, as_of=AS_OF)
            found[f"saving:{status}", group, ""] = PublicAmount(_three(saving * part), 60, as_of=AS_OF)
        found["saved", group, ""] = PublicAmount(_three(2.84e6 * part), 45, as_of=AS_OF)
        found["invested", group, ""] = PublicAmount(_three(4.12e6 * part), 45, as_of=AS_OF)
        for measure in BASELINED[:4]:
            size = _SIZES[measure] / 20 * part
            found[f"avoid:{measure}", group, ""] = PublicAmount(_three(size), 55, as_of=AS_OF)
            found[f"avoided:{measure}", group, ""] = PublicAmount(_three(size * 0.44), 40, {"M": 88, "C": 12}, AS_OF)
    return found


def figures(page: str) -> dict[str, str]:
    """The figures of a page by the id of their heading."""
    found = re.findall(r"<figure.*?</figure>", page, re.DOTALL)
    return {re.findall(r'<h[34] id="([^"]+)"', each)[0]: each for each in found}


def units() -> set[str]:
    """Units of measures, as they are written in records."""
    return set(QUARTERLY.values())
