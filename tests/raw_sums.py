"""The sums of the raw records by country and period, and what is compared with a baseline: E1 to E15, P7, P8."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from raw_figures import COMPARED, DOLLARS, MASSES, STATUSES, Records, Sum, date, end_of, quantities

COMPLEMENTS = {  # MET-11 to MET-13: those that a sum over plants is made of
    **dict.fromkeys(
        ("npri-releases", "npri-disposals", "npri-transfers", "p2-declarations", "provincial-reports"), "CA"
    ),
    **dict.fromkeys(("coa-on-time", "retc-releases", "retc-transfers", "rene-duty", "rene-emissions"), "MX"),
    "eco-efficiency-projects": "MX",
    **dict.fromkeys(("tri-releases", "tri-other-waste", "source-reduction"), "US"),
}

Sums = dict[tuple[str, str, str], Sum]
Measured = Mapping[tuple[str, str, str], Mapping[str, float]]


def of(records: Records) -> Sums:
    """(Measure, country, quarter or nothing) -> the sum over plants."""
    found: Sums = defaultdict(Sum)
    _quarterly(records, found)
    _so_far(records, found)
    return dict(found)


def _quarterly(records: Records, found: Sums) -> None:
    measured, made = records.measured(), records.made()
    baselines = _baselines(measured, made)
    for (measure, plant, quarter), classes in measured.items():
        if not records.on_list(plant, end_of(quarter)):
            continue
        country = records.country(plant)
        for name, amount in classes.items():
            found[measure, country, quarter].add(plant, amount, name)
        if (measure, plant) in baselines and (plant, quarter) in made:
            year, intensity, unit = baselines[measure, plant]
            output, unit_now = made[plant, quarter]
            if int(quarter[:4]) > year and unit == unit_now:
                found[f"{measure}@now", country, quarter].add(plant, sum(classes.values()))
                found[f"{measure}@expected", country, quarter].add(plant, intensity * output)


def _baselines(
    measured: Measured, made: Mapping[tuple[str, str], tuple[float, str]]
) -> dict[tuple[str, str], tuple[int, float, str]]:
    """(Measure, plant) -> its first whole year with one unit of output, and what it used for one such unit in it."""
    years: dict[tuple[str, str, int], list[tuple[float, float, str]]] = defaultdict(list)
    for (measure, plant, quarter), classes in measured.items():
        if measure in COMPARED and (plant, quarter) in made:
            years[measure, plant, int(quarter[:4])].append((sum(classes.values()), *made[plant, quarter]))
    found: dict[tuple[str, str], tuple[int, float, str]] = {}
    for (measure, plant, year), quarters in sorted(years.items()):
        output = sum(each[1] for each in quarters)
        if len(quarters) == 4 and len({each[2] for each in quarters}) == 1 and output > 0:
            used = sum(each[0] for each in quarters)
            found.setdefault((measure, plant), (year, used / output, quarters[0][2]))
    return found


def _so_far(records: Records, found: Sums) -> None:
    for row in records.actions:
        plant, country = row["supplier"], records.country(row["supplier"])
        days = {status: records.reached(row, status) for status in STATUSES}
        worth = {status: _dollars(row["currency"], on) for status, on in days.items()}
        for status in STATUSES:
            if days[status]:
                found[f"count:{status}", country, ""].add(plant, 1)
            if days[status] and status != "verified" and (rate := worth["identified"]):
                found[f"saving:{status}", country, ""].add(plant, float(row["saving"]) * rate)
        then, after, spent = (worth[status] for status in ("identified", "verified", "implemented"))
        if days["verified"] and row["verified_saving"] and then and after and spent:
            found["saving:verified", country, ""].add(plant, float(row["saving"]) * then)
            found["saved", country, ""].add(plant, float(row["verified_saving"]) * after)
            found["invested", country, ""].add(plant, float(row["cost"]) * spent)
        if row["input"] and (on := days["implemented"]):
            added = quantities(row["input"], float(row["expected"]), row["unit"], country, on.year)
            for measure in set(added) & set(COMPARED):
                found[f"avoid:{measure}", country, ""].add(plant, added[measure])
        if row["input"] and (on := days["verified"]) and row["actual"] and row["index"]:
            avoided = float(row["baseline"]) * float(row["index"]) - float(row["actual"])  # MET-15
            added = quantities(row["input"], avoided, row["unit"], country, on.year)
            for measure in set(added) & set(COMPARED):
                found[f"avoided:{measure}", country, ""].add(plant, added[measure], row["data_class"])


def _dollars(currency: str, on: date | None) -> float | None:
    return None if on is None else 1.0 if currency == "USD" else DOLLARS.get((currency, on.year))


def intensities(records: Records) -> dict[tuple[str, str, str], tuple[Sum, Sum]]:
    """(Measure, unit of output, quarter) -> what plants of all countries used, and made (MET-14)."""
    made = records.made()
    found: dict[tuple[str, str, str], tuple[Sum, Sum]] = defaultdict(lambda: (Sum(), Sum()))
    for (measure, plant, quarter), classes in records.measured().items():
        if measure in COMPARED and (plant, quarter) in made and records.on_list(plant, end_of(quarter)):
            output, unit = made[plant, quarter]
            used, out = found[measure, unit, quarter]
            used.add(plant, sum(classes.values()))
            out.add(plant, output)
    return dict(found)


def complements(records: Records) -> dict[tuple[str, str], dict[str, float]]:
    """(National complement, year) -> plant -> value (MET-11 to MET-13): tonnes, in the United States kilograms."""
    found: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in records.reported:
        name, year, plant = row["input"], row["period"], row["supplier"]
        if COMPLEMENTS.get(name) == records.country(plant):
            end = date(int(year), 12, 31)
            if end <= records.as_of and records.on_list(plant, end):
                much = float(row["value"]) * MASSES.get(row["unit"], 1.0)
                found[name, year][plant] = much * 1000 if name.startswith("tri-") else much
    return dict(found)
