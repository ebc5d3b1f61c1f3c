"""Which measures tell of one another. What lies between two published sums must be safe as well."""

from __future__ import annotations

from itertools import combinations

from greensupply.outcome_counts import BASELINED, CHAINS, QUARTERLY, SUMS

CLASSES = ("M", "C", "E")
"""Data classes. Source: fact MET-17."""

CLASS_PARTS = (*CLASSES, "MC", "ME", "CE")
"""Parts of a sum by one class, or by two: whoever knows the third knows these."""

CLASSED = (*QUARTERLY, *(f"avoided:{measure}" for measure in BASELINED))
"""Measures of which the shares of classes are shown."""

SCOPES = ("scope-1", "scope-2")
"""`scope-1@now`, never shown, is that of the plants in `ghg@now`."""

_PAIRS = {
    *((one, two) for chain in CHAINS for one, two in combinations(chain, 2)),
    *((whole, part) for whole, parts in SUMS.items() for part in parts),
    *((f"{measure}@expected", f"{measure}@now") for measure in BASELINED),
    *((scope, f"{scope}@now") for scope in SCOPES),
}
_CLASS_PAIRS = {
    *((measure, f"{measure}#{part}") for measure in CLASSED for part in CLASS_PARTS),
    *((f"{whole}#{part}", f"{one}#{part}") for whole, parts in SUMS.items() for one in parts for part in CLASS_PARTS),
    *((f"{measure}@now", f"{measure}#{part}") for measure in BASELINED for part in CLASS_PARTS),
}

PAIRS: dict[str, tuple[tuple[str, str], ...]] = {}
"""Measure -> the pairs that it is in; `waste#M` is the part of `waste` that was measured."""
for pair in sorted(_PAIRS | _CLASS_PAIRS):
    for name in pair:
        PAIRS[name] = (*PAIRS.get(name, ()), pair)

RESTS: dict[str, tuple[tuple[str, str], ...]] = {}
"""Measure -> what follows from it: (another measure, what the two tell over countries where both are shown).

`energy|energy@now` is `energy` less `energy@now`: of plants without a baseline.
"""
_SUMMED = [(whole, *parts) for whole, parts in SUMS.items()]
for one, two, rest in (
    *((one, two, f"{one}|{two}") for one, two in sorted(_PAIRS) if two not in SUMS.get(one, ())),
    *((whole, left, right) for whole, left, right in _SUMMED),
    *((whole, right, left) for whole, left, right in _SUMMED),
    *((left, right, whole) for whole, left, right in _SUMMED),
    # energy, too, is the sum of both scopes, each by public factors: any two of the three tell the third
    ("scope-1", "scope-2", "energy"),
    ("energy", "scope-1", "scope-2"),
    ("energy", "scope-2", "scope-1"),
    *((f"energy{when}", f"ghg{when}", f"{scope}{when}") for when in ("", "@now") for scope in SCOPES),
    # and the one follows from the other well enough to tell a large plant that has no baseline
    ("ghg", "energy@now", "ghg@now"),
    ("energy", "ghg@now", "energy@now"),
):
    RESTS[one] = (*RESTS.get(one, ()), (two, rest))
    RESTS[two] = (*RESTS.get(two, ()), (one, rest))

MIXES = (
    ("energy", "scope-1", "scope-2"),
    ("energy", "ghg"),
    *((f"energy@{name}", f"ghg@{name}") for name in ("now", "expected")),
    *((f"{name}:energy", f"{name}:ghg") for name in ("avoid", "avoided")),
)
"""Measures that come from the same fuels by public factors; see `safety.mixed`."""

FAMILIES = {
    False: (
        ("ghg", "scope-2", "scope-1", "energy", "ghg@now", "ghg@expected", "energy@now", "energy@expected"),
        ("water", "water@now", "water@expected"),
        ("waste", "hazardous-waste", "nonhazardous-waste", "waste@now", "waste@expected"),
        ("reused",),
        ("recycled",),
        ("energy-recovered",),
        ("material-bought", "material-in-product"),
        ("priority-chemicals", "priority-chemicals@now", "priority-chemicals@expected"),
        ("voc", "voc@now", "voc@expected"),
    ),
    True: (
        *(chain for chain in CHAINS if ":" in chain[0]),
        ("saved",),
        ("invested",),
        *((f"{kind}:ghg", f"{kind}:energy") for kind in ("avoid", "avoided")),
        *((f"{kind}:{one}",) for kind in ("avoid", "avoided") for one in BASELINED if one not in ("ghg", "energy")),
    ),
}
"""Is the period empty -> measures that tell of one another, in the order in which they are tried.

What comes first is shown where only one of two can be. In a family merged countries never overlap with other ones that
are or were merged: two such sums and a third measure would add up to one country.
"""
