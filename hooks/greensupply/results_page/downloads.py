"""The files to take away: the published numbers, the same for every language, and what each column means."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from greensupply import csv_text
from greensupply.charts import MEASURES
from greensupply.csv_text import Value
from greensupply.locales import LOCALES, words
from greensupply.published import PublicTally
from greensupply.results_page.results import Results
from greensupply.results_page.wording import UNSTATED

TABLES = ("country", "module", "language", "delivery")
TRAINER_TABLES = ("trainer-country", "trainer-rung")
DICTIONARY = "data-dictionary.csv"
BYTE_ORDER_MARK = "\ufeff"
"""Begins the one file with accents, which a spreadsheet would read as another code without it."""
ALL = "all"
"""Stands in files for all countries together."""

_NOT_SAID = "unstated"
_JOIN = "+"
_TAIL = ("as_of", "demonstration")
"""The last columns of every file, so that a file alone says of when it is, and whether it is invented."""

_PENETRATION = ("quarter", "country", "plants", *MEASURES, *(f"{measure}_percent" for measure in MEASURES))
_BY_MODULE = ("module", "learners", "mean_score_percent", "minutes")
_HEADLINE = (
    "learners",
    "completions",
    "monthly_rate",
    "monthly_rate_per_100_plants",
    "hours",
    "mexico_percent",
    "attempts",
    "passed",
    "pass_rate_percent",
    "instructors",
    "trainers",
    "active_trainers",
    "trainer_activation_percent",
    "courses",
)
_PLAN = ("least", "most", "by")
_IN_JSON = (
    *_TAIL,
    *(f"headline.{name}" for name in _HEADLINE),
    *(f"tables.{table}.{name}" for table in TABLES for name in ("labels", "learners")),
    *(f"tables.{table}.{name}" for table in TRAINER_TABLES for name in ("labels", "trainers")),
    "quarters.learners",
    "months.learners",
    *(f"penetration.{name}" for name in _PENETRATION),
    "scores.mean_score_percent",
    "minutes.minutes",
    *(f"goals.{name}" for name in ("measure", "country", "share", "by")),
    "courses.courses",
    "course_quarters.courses",
    *(f"plan.{name}" for name in _PLAN),
)
COLUMNS: Mapping[str, Sequence[str]] = {
    **{f"learners-by-{name}.csv": (name, "learners", *_TAIL) for name in (*TABLES, "quarter", "month")},
    "learners-by-module.csv": (*_BY_MODULE, *_TAIL),
    "penetration.csv": (*_PENETRATION, *_TAIL),
    "trainers-by-country.csv": ("country", "trainers", *_TAIL),
    "trainers-by-rung.csv": ("rung", "trainers", *_TAIL),
    "courses-by-quarter.csv": ("quarter", "courses", *_TAIL),
    "courses-by-country.csv": ("country", "courses", *_TAIL),
    "results.json": _IN_JSON,
}
"""File -> its columns; of the JSON, the way to each value."""

FILES = (*COLUMNS, DICTIONARY)

_KINDS: Mapping[str, tuple[str, str]] = {
    **dict.fromkeys((*TABLES, "labels", "rung", "quarter", "month", "measure"), ("text", "")),
    **dict.fromkeys(("learners", "attempts", "passed", "instructors"), ("integer", "people")),
    **dict.fromkeys(("trainers", "active_trainers"), ("integer", "people")),
    **dict.fromkeys(("courses", "least", "most"), ("integer", "courses")),
    **dict.fromkeys(("plants", *MEASURES), ("integer", "plants")),
    **dict.fromkeys((*(f"{measure}_percent" for measure in MEASURES), "share"), ("integer", "%")),
    **dict.fromkeys(("mean_score_percent", "mexico_percent", "pass_rate_percent"), ("integer", "%")),
    "trainer_activation_percent": ("integer", "%"),
    "completions": ("integer", "modules"),
    "monthly_rate": ("number", "people/month"),
    "monthly_rate_per_100_plants": ("number", "people/month"),
    "hours": ("integer", "h"),
    "minutes": ("integer", "min"),
    "as_of": ("date", ""),
    "by": ("date", ""),
    "demonstration": ("boolean", ""),
}
"""Column -> its type and unit."""


def downloads(results: Results) -> dict[str, str]:
    """Return the name of each file -> its text."""
    tally = results.tally
    return {
        **{
            file: _csv(tally, columns, rows)
            for (file, columns), rows in zip(COLUMNS.items(), _rows(tally), strict=False)
        },
        "results.json": json.dumps(_everything(results), ensure_ascii=False, indent=1) + "\n",
        DICTIONARY: BYTE_ORDER_MARK + csv_text.write(_dictionary()),
    }


def _rows(tally: PublicTally) -> Iterator[Iterable[Sequence[Value]]]:
    """The rows of each file, in the order of `COLUMNS`."""
    for name in TABLES:
        named = [(_JOIN.join(map(_said, row.labels)), row.learners) for row in tally.tables.get(name, ())]
        if name == "module":
            yield [(label, count, tally.scores.get(label), tally.minutes.get(label)) for label, count in named]
        else:
            yield named
    yield sorted(tally.quarters.items())
    yield sorted(tally.months.items())
    yield _penetration(tally)
    for name in TRAINER_TABLES:
        yield [(_JOIN.join(row.labels), row.learners) for row in tally.tables.get(name, ())]
    yield tally.course_quarters.items()
    yield (tally.courses or {}).items()


def _csv(tally: PublicTally, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> str:
    tail = (tally.as_of.isoformat() if tally.as_of else "", "true" if tally.demonstration else "false")
    return csv_text.write([columns, *((*row, *tail) for row in rows)])


def _said(label: str) -> str:
    return _NOT_SAID if label == UNSTATED else label


def _penetration(tally: PublicTally) -> Iterator[tuple[Value, ...]]:
    for (country, quarter), reach in sorted(tally.reach.items(), key=lambda item: (item[0][1], item[0][0])):
        shares = (tally.share(country, quarter, measure) for measure in MEASURES)
        yield quarter, country or ALL, reach.scope, reach.trained, reach.assisted, reach.core, *shares


def _everything(results: Results) -> Mapping[str, Any]:
    tally = results.tally
    return {
        "as_of": tally.as_of.isoformat() if tally.as_of else None,
        "demonstration": tally.demonstration,
        "headline": dict(zip(_HEADLINE, _headline(tally), strict=True)),
        "tables": {
            name: [
                {"labels": list(map(_said, row.labels)), "learners": row.learners} for row in tally.tables.get(name, ())
            ]
            for name in TABLES
        }
        | {
            name: [{"labels": list(row.labels), "trainers": row.learners} for row in tally.tables.get(name, ())]
            for name in TRAINER_TABLES
        },
        "quarters": dict(sorted(tally.quarters.items())),
        "months": dict(sorted(tally.months.items())),
        "penetration": [dict(zip(_PENETRATION, row, strict=True)) for row in _penetration(tally)],
        "scores": dict(tally.scores),
        "minutes": dict(tally.minutes),
        "goals": [
            {"measure": goal.measure, "country": goal.country or ALL, "share": goal.share, "by": goal.by.isoformat()}
            for goal in results.goals
            if goal.measure in MEASURES
        ],
        "courses": None if tally.courses is None else dict(tally.courses),
        "course_quarters": dict(tally.course_quarters),
        "plan": results.plan.model_dump(mode="json") if results.plan else None,
    }


def _headline(tally: PublicTally) -> tuple[float | None, ...]:
    return (
        tally.learners,
        tally.completions,
        _one_decimal(tally.monthly_rate),
        _one_decimal(tally.monthly_rate_per_100),
        tally.hours,
        tally.part("country", "MX"),
        tally.attempts,
        tally.passed,
        tally.pass_rate,
        tally.instructors,
        tally.trainers,
        tally.active_trainers,
        tally.activation,
        tally.delivered,
    )


def _one_decimal(rate: float | None) -> float | None:
    return None if rate is None else round(rate, 1)


def _dictionary() -> Iterator[Sequence[str]]:
    """A row for each column of each file: what it holds, in the three languages."""
    yield ("file", "column", "type", "unit", *(f"description_{locale}" for locale in LOCALES))
    for file, columns in COLUMNS.items():
        for column in columns:
            name = column.rpartition(".")[2]
            kind, unit = _KINDS[name]
            said = (words(locale)["results"]["dictionary"][name] for locale in LOCALES)
            yield (file, column, kind, unit, *said)
