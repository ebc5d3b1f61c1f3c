"""What assessments of invented plants find: kinds of opportunities, and what they save and cost.

The kinds are those of EX-LC-1 and EX-LC-2 and of modules of the hub; prices are round guesses, of no market.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """One kind of opportunity.

    Attributes:
        process: Where it is, as `Opportunity.process`; a process of the plant, `utilities` or `other`.
        family: One of `assessment.FAMILIES`.
        input: What it saves; empty if money only.
        part: Share of the plant's use that it looks at, at least and at most.
        saves: Share of that which it is expected to save, at least and at most.
        payback: Years until it has paid for itself, at least and at most.
    """

    process: str
    family: str
    input: str
    part: tuple[float, float]
    saves: tuple[float, float]
    payback: tuple[float, float]


ACTIONS = (
    Action("utilities", "housekeeping", "electricity", (0.08, 0.2), (0.1, 0.3), (0.15, 0.7)),  # repair air leaks
    Action("utilities", "technology", "electricity", (0.06, 0.15), (0.25, 0.5), (2.4, 4.5)),  # lighting and controls
    Action("utilities", "process-change", "electricity", (0.2, 0.5), (0.04, 0.12), (0.6, 2.2)),  # idle machines off
    Action("utilities", "technology", "natural-gas", (0.5, 1.0), (0.06, 0.16), (0.8, 2.6)),  # boiler and insulation
    Action("painting", "process-change", "natural-gas", (0.4, 0.8), (0.08, 0.2), (0.5, 1.8)),  # oven temperature
    Action("utilities", "housekeeping", "natural-gas", (0.4, 0.9), (0.03, 0.08), (0.1, 0.5)),  # steam traps, doors
    Action("other", "housekeeping", "propane", (0.9, 1.0), (0.08, 0.2), (0.3, 1.2)),  # routes of lift trucks
    Action("plating", "process-change", "water", (0.4, 0.7), (0.25, 0.5), (0.4, 1.1)),  # counterflow rinse
    Action("cleaning", "reuse", "water", (0.2, 0.5), (0.2, 0.5), (0.9, 2.8)),  # rinse water used again
    Action("utilities", "housekeeping", "water", (0.2, 0.5), (0.1, 0.25), (0.1, 0.6)),  # leaks, meters, nozzles
    Action("other", "technology", "water", (0.2, 0.4), (0.15, 0.35), (1.2, 3.4)),  # cooling tower
    Action("machining", "reuse", "hazardous-waste", (0.3, 0.6), (0.3, 0.6), (1.2, 2.4)),  # coolant recycling
    Action("plating", "technology", "hazardous-waste", (0.4, 0.8), (0.2, 0.5), (1.0, 2.6)),  # sludge drying
    Action("other", "housekeeping", "hazardous-waste", (0.3, 0.8), (0.1, 0.3), (0.1, 0.5)),  # segregation
    Action("stamping", "technology", "material-bought", (0.3, 0.6), (0.02, 0.06), (0.4, 1.0)),  # nesting software
    Action("moulding", "process-change", "material-bought", (0.4, 0.8), (0.02, 0.05), (0.3, 1.2)),  # purge, changeover
    Action("assembly", "product-change", "nonhazardous-waste", (0.2, 0.4), (0.3, 0.6), (1.5, 2.8)),  # returnable totes
    Action("other", "reuse", "nonhazardous-waste", (0.2, 0.5), (0.1, 0.35), (0.2, 1.0)),  # packaging used again
    Action("other", "housekeeping", "nonhazardous-waste", (0.4, 0.8), (0.05, 0.15), (0.1, 0.4)),  # sorting at the line
    Action("cleaning", "input-substitution", "priority-chemicals", (0.4, 0.9), (0.2, 0.6), (0.5, 2.0)),  # cleaner
    Action("plating", "process-change", "priority-chemicals", (0.5, 0.9), (0.1, 0.3), (0.4, 1.4)),  # drag-out
    Action("painting", "process-change", "priority-chemicals", (0.3, 0.7), (0.1, 0.3), (0.4, 1.5)),  # thinner
    Action("painting", "technology", "voc", (0.5, 0.9), (0.15, 0.3), (0.8, 2.4)),  # transfer efficiency
    Action("painting", "input-substitution", "voc", (0.5, 0.9), (0.3, 0.6), (2.0, 4.0)),  # waterborne paint
    Action("cleaning", "housekeeping", "voc", (0.2, 0.6), (0.2, 0.4), (0.1, 0.6)),  # lids, dosing
    Action("other", "process-change", "", (0, 0), (0, 0), (0.2, 1.5)),  # layout and changeover: money only
)

PRICES = {
    "electricity": 0.085,
    "natural-gas": 0.28,
    "propane": 0.55,
    "water": 2.3,
    "hazardous-waste": 750.0,
    "nonhazardous-waste": 95.0,
    "material-bought": 1300.0,
    "priority-chemicals": 9.0,
    "voc": 14.0,
}
"""US$ for one of `works.USES` saved, what its handling and its purchase cost together; material in t."""

MONEY_ONLY = (3_000, 19_000)
"""US$ a year of an opportunity that saves no quantity."""

CURRENCIES: Mapping[str, Mapping[str, int]] = {"MX": {"MXN": 86, "USD": 14}, "US": {"USD": 100}, "CA": {"CAD": 100}}
"""Country -> currencies of its assessments, and how many of a hundred use them."""

FOR_A_DOLLAR = {"USD": 1.0, "CAD": 1.4, "MXN": 19.0}
"""Round numbers to draw amounts in; the rates that sums are made with stand in `rates.yml`."""

ACT, PROVE = 0.7, 0.76
"""Share of plants that act on what was found, and of plants that let the result be verified."""

COMMITTED = {True: 0.92, False: 0.05}
"""Share of opportunities that are committed to, by whether the plant acts."""

IMPLEMENTED = 0.88
"""Share of committed ones that are implemented, if there is time. Source: fact LC-15 has 75% of all projects."""

VERIFIED = {True: 0.8, False: 0.06}
"""Share of implemented ones that are verified, by whether the plant lets them."""

DAYS = {"committed": (10, 90), "implemented": (25, 230), "verified": (150, 300)}
"""Days from one step to the next, at least and at most."""

REALISED = (0.68, 1.08)
"""Verified of expected savings, at least and at most. Source: EX-LC-3 has 0.88."""
