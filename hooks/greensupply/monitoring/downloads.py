"""The files to take away: the published numbers of plants, the same for every language, and what each column means."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from greensupply import csv_text
from greensupply.csv_text import Value
from greensupply.locales import LOCALES, words
from greensupply.monitoring.basis import difference
from greensupply.monitoring.penetration import COUNTED, PLACES
from greensupply.monitoring.results import ALL, Monitoring
from greensupply.outcome_counts import BASELINED, QUARTERLY
from greensupply.published_outcomes import PublicAmount, PublicStages
from greensupply.results_page.downloads import ALL as EVERY
from greensupply.results_page.downloads import BYTE_ORDER_MARK

DICTIONARY = "monitoring-dictionary.csv"
JSON = "monitoring.json"
QUARTER = "quarter-{}.csv"
_TAIL = ("as_of", "demonstration")
_CLASSES = {"M": "measured_percent", "C": "calculated_percent", "E": "estimated_percent"}
_AMOUNT = ("unit", "value", "plants", *_CLASSES.values(), "known_as_of")
_SHARES = tuple(f"{stage}_percent" for stage in COUNTED[1:])

COLUMNS: Mapping[str, Sequence[str]] = {
    "stages.csv": ("quarter", "country", *COUNTED, *_SHARES, "conversion_percent", "reporting", "coverage_percent"),
    "actions.csv": ("measure", "countries", *_AMOUNT),
    "rates.csv": ("countries", "by_count_percent", "by_value_percent", "realisation_percent", "payback_years", "days"),
    "quantities.csv": ("quarter", "measure", "countries", *_AMOUNT),
    "intensities.csv": ("quarter", "measure", "unit", "output_unit", "value"),
    "changes.csv": ("quarter", "measure", "countries", "unit", "plants", "used", "at_baseline", "avoided", "change"),
    "ratios.csv": ("quarter", "countries", "diversion_percent", "yield_percent"),
    "complements.csv": ("year", "country", "complement", "unit", "value", "plants", "known_as_of"),
    "plant-goals.csv": ("measure", "country", "share", "amount", "by"),
}
"""File -> its columns, before the day and whether it is invented."""

REPORT = ("table", "measure", "countries", "unit", "value", "plants", *_CLASSES.values())
"""Columns of the file of one quarter."""

FILES = (*COLUMNS, JSON, DICTIONARY)

_KINDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys(("quarter", "country", "countries", "measure", "complement", "unit", "output_unit"), ("text", "")),
    **dict.fromkeys(("year", "table"), ("text", "")),
    **dict.fromkeys((*COUNTED, "reporting", "plants"), ("integer", "plants")),
    **dict.fromkeys((*_SHARES, "conversion_percent", "coverage_percent", *_CLASSES.values()), ("integer", "%")),
    **dict.fromkeys(("by_count_percent", "by_value_percent", "realisation_percent"), ("integer", "%")),
    **dict.fromkeys(("diversion_percent", "yield_percent", "share", "change"), ("integer", "%")),
    **dict.fromkeys(("value", "used", "at_baseline", "avoided", "amount"), ("number", "")),
    "payback_years": ("number", "years"),
    "days": ("integer", "days"),
    **dict.fromkeys(("known_as_of", "as_of", "by"), ("date", "")),
    "demonstration": ("boolean", ""),
}
"""Column -> its type and unit."""

Row = Sequence[Value]


def report_file(quarter: str) -> str:
    """Name of the file of one quarter: `quarter-2026-q3.csv`."""
    return QUARTER.format(quarter.lower())


def downloads(monitoring: Monitoring) -> dict[str, str]:
    """Return the name of each file -> its text."""
    tables = {file: [tuple(row) for row in rows] for file, rows in _tables(monitoring).items()}
    outcomes = monitoring.outcomes
    day = outcomes.as_of.isoformat() if outcomes.as_of else ""
    tail = (day, "true" if outcomes.demonstration else "false")
    everything: dict[str, Any] = {"as_of": day or None, "demonstration": outcomes.demonstration}
    everything |= {
        file.removesuffix(".csv"): [dict(zip(COLUMNS[file], map(_plain, row), strict=True)) for row in rows]
        for file, rows in tables.items()
    }
    reports = {
        report_file(quarter): csv_text.write(
            [(*REPORT, *_TAIL), *((*row, *tail) for row in _report(monitoring, quarter))]
        )
        for quarter in monitoring.reported
    }
    return {
        **{
            file: csv_text.write([(*COLUMNS[file], *_TAIL), *((*row, *tail) for row in rows)])
            for file, rows in tables.items()
        },
        **reports,
        JSON: json.dumps(everything, ensure_ascii=False, indent=1) + "\n",
        DICTIONARY: BYTE_ORDER_MARK + csv_text.write(_dictionary()),
    }


def _tables(monitoring: Monitoring) -> Mapping[str, Iterable[Row]]:
    outcomes = monitoring.outcomes
    quarterly = [(when, name, group) for name, group, when in outcomes.amounts if name in QUARTERLY and when]
    so_far = [(name, group) for name, group, when in outcomes.amounts if not when]
    return {
        "stages.csv": _stages(monitoring),
        "actions.csv": (
            (name, _group(group), *_amount(_unit(name), outcomes.amounts[name, group, ""]))
            for name, group in sorted(so_far)
        ),
        "rates.csv": (
            (
                _group(group),
                outcomes.implementation(group),
                outcomes.implementation(group, by="value"),
                outcomes.realisation(group),
                outcomes.payback(group),
                outcomes.days_to_action if group == ALL else None,
            )
            for group in (ALL, *((code,) for code in ALL))
        ),
        "quantities.csv": (
            (when, name, _group(group), *_amount(QUARTERLY[name], outcomes.amounts[name, group, when]))
            for when, name, group in sorted(quarterly)
        ),
        "intensities.csv": (
            (when, name, QUARTERLY[name], output, value)
            for (name, output, when), value in sorted(
                outcomes.intensities.items(), key=lambda item: (item[0][2], *item[0])
            )
        ),
        "changes.csv": _changes(monitoring),
        "ratios.csv": _ratios(monitoring),
        "complements.csv": _complements(monitoring),
        "plant-goals.csv": (
            (goal.measure, goal.country or EVERY, goal.share or None, goal.amount or None, goal.by.isoformat())
            for goal in monitoring.training.goals
        ),
    }


def _stages(monitoring: Monitoring) -> Iterator[Row]:
    outcomes = monitoring.outcomes
    for quarter in monitoring.quarters:
        for place in PLACES:
            found = outcomes.stages.get((place, quarter), PublicStages())
            yield (
                quarter,
                place or EVERY,
                *(getattr(found, stage) for stage in COUNTED),
                *(outcomes.share(place, quarter, stage) for stage in COUNTED[1:]),
                outcomes.conversion(place, quarter),
                outcomes.reporting.get((place, quarter)),
                outcomes.coverage.get((place, quarter)),
            )


def _by_group(row: tuple[tuple[str, ...], PublicAmount]) -> tuple[str, ...]:
    return row[0]


def _changes(monitoring: Monitoring) -> Iterator[Row]:
    outcomes = monitoring.outcomes
    for quarter in monitoring.quarters:
        for measure in BASELINED:
            for group, used in sorted(outcomes.rows(f"{measure}@now", quarter).items(), key=_by_group):
                expected = outcomes.value(f"{measure}@expected", group, quarter)
                yield (
                    quarter,
                    measure,
                    _group(group),
                    QUARTERLY[measure],
                    used.plants,
                    used.value,
                    expected,
                    None if expected is None else difference(expected, used.value),
                    outcomes.change(measure, group, quarter),
                )


def _ratios(monitoring: Monitoring) -> Iterator[Row]:
    outcomes = monitoring.outcomes
    groups = [group for many in (3, 1, 2) for group in combinations(ALL, many)]
    for quarter in monitoring.quarters:
        for group in groups:
            shares = (outcomes.diversion(group, quarter), outcomes.material_yield(group, quarter))
            if shares != (None, None):
                yield (quarter, _group(group), *shares)


def _complements(monitoring: Monitoring) -> Iterator[Row]:
    for (name, year), found in sorted(monitoring.outcomes.complements.items()):
        asked = monitoring.catalogue.complements.get(name)
        if asked:
            unit = "" if asked.unit == "1" else asked.unit
            yield year, asked.country, name, unit, found.value, found.plants, found.as_of.isoformat()


def _report(monitoring: Monitoring, quarter: str) -> Iterator[Row]:
    """Every number of the page of a quarter, one a row."""
    tally, none = monitoring.training.tally, (None, None, None)
    yield ("training", "learners", EVERY, "people", tally.quarters.get(quarter), None, *none)
    yield ("training", "courses", EVERY, "courses", tally.course_quarters.get(quarter), None, *none)
    for place in PLACES:
        reach = tally.reach.get((place, quarter))
        for name in ("scope", "trained", "assisted", "core") if reach else ():
            yield ("training", name, place or EVERY, "plants", getattr(reach, name), None, *none)
    for row in _stages(monitoring):
        if row[0] == quarter:
            for name, count in zip((*COUNTED, "reporting"), (*row[2 : 2 + len(COUNTED)], row[-2]), strict=True):
                yield ("stages", name, row[1], "plants", count, None, *none)
    for (name, group, when), found in sorted(monitoring.outcomes.amounts.items()):
        if when == quarter:
            unit, value, plants, *classes, _ = _amount(_unit(name), found)
            yield ("quantities", name, _group(group), unit, value, plants, *classes)
    for (name, output, when), amount in sorted(monitoring.outcomes.intensities.items()):
        if when == quarter:
            yield ("intensities", name, EVERY, f"{QUARTERLY[name]}/{output}", amount, None, *none)


def _amount(unit: str, found: PublicAmount) -> Row:
    classes = (found.classes.get(name) for name in _CLASSES)
    return (unit, found.value, found.plants, *classes, found.as_of.isoformat())


def _unit(measure: str) -> str:
    name = measure.partition("@")[0].rpartition(":")[2]
    if name in QUARTERLY:
        return QUARTERLY[name]
    if measure.startswith("count:"):
        return "opportunities"
    return "US$" if measure == "invested" else "US$/year"


def _group(group: Sequence[str]) -> str:
    return EVERY if tuple(group) == ALL else "+".join(group)


def _plain(value: Value) -> Value:
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _dictionary() -> Iterator[Row]:
    """A row for each column of each file: what it holds, in the three languages."""
    yield ("file", "column", "type", "unit", *(f"description_{locale}" for locale in LOCALES))
    everything = {**COLUMNS, QUARTER.format("YYYY-qN"): REPORT}
    for file, columns in everything.items():
        for column in (*columns, *_TAIL):
            kind, unit = _KINDS[column]
            said = [words(locale) for locale in LOCALES]
            told = [{**each["results"]["dictionary"], **each["monitoring"]["dictionary"]}[column] for each in said]
            yield (file, column, kind, unit, *told)
