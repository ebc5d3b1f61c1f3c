"""What must stand in the files to take away: the published figures, one row each, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from published_figures import ALL, GROUPS, PLACES, STAGES, People, Plants
from said_figures import COMPARED, MEASURES

Cell = str | float | None
UNITS = {name: unit.replace("₂", "2").replace("³", "3") for name, (_, unit) in MEASURES.items()}


def joined(group: Sequence[str]) -> str:
    return "all" if tuple(group) == ALL else "+".join(group)


def of_plants(plants: Plants, complements: Mapping[str, Mapping[str, Any]]) -> dict[str, list[Sequence[Cell]]]:
    """File -> its rows, before the day of the state."""
    whole = [group for group in GROUPS if len(group) in (1, 3)]
    so_far = sorted((name, group) for name, group, when in plants.amounts if not when)
    quarterly = sorted((when, name, group) for name, group, when in plants.amounts if when and "@" not in name)
    return {
        "stages.csv": [
            (
                q,
                of or "all",
                *plants.stages[of, q].values(),
                *(plants.share(of, q, stage) for stage in STAGES[1:]),
                plants.share(of, q, "acting", "assessed"),
                plants.reporting[of, q],
                plants.coverage.get((of, q)),
            )
            for q in plants.quarters
            for of in PLACES
        ],
        "actions.csv": [
            (name, joined(group), unit_of(name), *amount(plants.amounts[name, group, ""])) for name, group in so_far
        ],
        "rates.csv": [
            (
                joined(group),
                plants.implementation(group, "count"),
                plants.implementation(group, "saving"),
                plants.realisation(group),
                plants.payback(group),
                plants.data["days_to_action"] if group == ALL else None,
            )
            for group in whole
        ],
        "quantities.csv": [
            (when, name, joined(group), UNITS[name], *amount(plants.amounts[name, group, when]))
            for when, name, group in quarterly
        ],
        "intensities.csv": [
            (q, name, UNITS[name], unit, value) for (name, unit, q), value in plants.intensities.items()
        ],
        "changes.csv": [
            (q, name, joined(group), UNITS[name], plants.amounts[f"{name}@now", group, q]["plants"], *sums)
            for q in plants.quarters
            for name in COMPARED
            for group in plants.groups(f"{name}@now", q)
            for sums in (plants.compared(name, group, q),)
        ],
        "ratios.csv": [
            (q, joined(group), *shares)
            for q in plants.quarters
            for group in GROUPS
            if (shares := [plants.ratio(name, group, q) for name in ("diversion", "material-yield")]) != [None, None]
        ],
        "complements.csv": [
            (year, complements[name]["country"], name, complements[name].get("unit", ""), *few(found))
            for (name, year), found in plants.complements.items()
        ],
    }


def report(plants: Plants, people: People, quarter: str) -> list[Sequence[Cell]]:
    """The rows of the file of one quarter."""
    nothing = (None,) * 4
    rows: list[Sequence[Cell]] = [
        ("training", "learners", "all", "people", people.data["quarters"].get(quarter), *nothing),
        ("training", "courses", "all", "courses", people.data["course_quarters"].get(quarter), *nothing),
    ]
    for of in PLACES:
        reach = zip(("scope", "trained", "assisted", "core"), people.reach[of, quarter], strict=True)
        rows += [("training", name, of or "all", "plants", count, *nothing) for name, count in reach]
    for of in PLACES:
        counts = {**plants.stages[of, quarter], "reporting": plants.reporting[of, quarter]}
        rows += [("stages", name, of or "all", "plants", count, *nothing) for name, count in counts.items()]
    for (name, group, when), found in plants.amounts.items():
        if when == quarter:
            rows.append(("quantities", name, joined(group), unit_of(name), *amount(found)[:-1]))
    for (name, unit, when), value in plants.intensities.items():
        if when == quarter:
            rows.append(("intensities", name, "all", f"{UNITS[name]}/{unit}", value, *nothing))
    return rows


def of_people(people: People) -> dict[str, list[Sequence[Cell]]]:
    """File -> its rows, before the day of the state."""
    data = people.data
    tables = {
        name: [("+".join(label or "unstated" for label in labels), count) for labels, count in rows]
        for name, rows in people.tables.items()
    }
    return {
        **{f"learners-by-{name}.csv": list(tables[name]) for name in ("country", "language", "delivery")},
        "learners-by-module.csv": [
            (label, count, data["scores"].get(label), data["minutes"].get(label)) for label, count in tables["module"]
        ],
        "learners-by-quarter.csv": list(data["quarters"].items()),
        "learners-by-month.csv": list(data["months"].items()),
        "trainers-by-country.csv": list(tables["trainer-country"]),
        "trainers-by-rung.csv": list(tables["trainer-rung"]),
        "courses-by-quarter.csv": list(data["course_quarters"].items()),
        "courses-by-country.csv": list(data["courses"].items()),
        "penetration.csv": [
            (q, of or "all", *counts, *(people.share(of, q, at) for at in (1, 2, 3)))
            for (of, q), counts in people.reach.items()
        ],
    }


def amount(found: Mapping[str, Any]) -> tuple[Cell, ...]:
    return (found["value"], found["plants"], *(found["classes"].get(name) for name in "MCE"), found["as_of"])


def few(found: Mapping[str, Any]) -> tuple[Cell, ...]:
    return found["value"], found["plants"], found["as_of"]


def unit_of(name: str) -> str:
    base = name.partition("@")[0].rpartition(":")[2]
    money = "US$" if name == "invested" else "US$/year"
    return UNITS.get(base) or ("opportunities" if name.startswith("count:") else money)


def alike(rows: Iterable[Sequence[Cell]]) -> list[tuple[str, ...]]:
    """Rows as text, numbers written in one way, in one order."""
    return sorted(tuple("" if cell is None else _one(cell) for cell in row) for row in rows)


def _one(cell: Cell) -> str:
    try:
        return json.dumps(float(cell))  # type: ignore[arg-type]
    except ValueError:
        return str(cell)
