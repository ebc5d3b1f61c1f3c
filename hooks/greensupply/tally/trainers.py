"""The cadre: who may train, who does, and the courses that prepare for it, beside the other counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from greensupply.cadre import LADDER, QUALIFIED, RENEWAL_MONTHS
from greensupply.completion import COUNTRIES
from greensupply.counts import Cell, Delivered, Table, Tally
from greensupply.store.cadre import Cadre
from greensupply.tally.engine import give, run

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

BY_COUNTRY, BY_RUNG = "trainer-country", "trainer-rung"


def added(tally: Tally, connection: DuckDBPyConnection, cadre: Cadre) -> Tally:
    """Return the counts with those of the cadre.

    Arguments:
        tally: The counts of the records.
        connection: The engine with the records.
        cadre: The lists of trainers and courses.
    """
    texts, days = "VARCHAR[]", "DATE[]"
    led = [(trainer, course.day) for course in cadre.courses for trainer in course.trainers]
    give(
        connection,
        {
            "ladder": (texts, list(LADDER)),
            "qualified": (texts, list(QUALIFIED)),
            "renewal_months": ("INTEGER", RENEWAL_MONTHS),
            "trainers": (texts, [one.trainer for one in cadre.standings]),
            "trainer_rungs": (texts, [one.rung.value for one in cadre.standings]),
            "trainer_countries": (texts, [one.country for one in cadre.standings]),
            "trainer_since": (days, [one.since for one in cadre.standings]),
            "trainer_until": (days, [one.until for one in cadre.standings]),
            "leaders": (texts, [trainer for trainer, _ in led]),
            "led_on": (days, [day for _, day in led]),
            "course_countries": (texts, [course.country for course in cadre.courses]),
            "course_days": (days, [course.day for course in cadre.courses]),
            "course_participants": ("INTEGER[]", [course.participants for course in cadre.courses]),
        },
    )
    people = run(connection, "trainers")
    qualified = [(country, active, count) for country, rung, active, count in people if rung in QUALIFIED]
    tables: Mapping[str, Table] = {}
    if cadre.standings:
        tables = {
            BY_COUNTRY: _table(COUNTRIES, ((country, count) for country, _, count in qualified)),
            BY_RUNG: _table(tuple(rung.value for rung in LADDER), ((rung, count) for _, rung, _, count in people)),
        }
    return replace(
        tally,
        demonstration=tally.demonstration or cadre.demonstration,
        tables={**tally.tables, **tables},
        trainers=Cell(sum(count for _, _, count in qualified), 0),
        active_trainers=Cell(sum(count for _, active, count in qualified if active), 0),
        courses=tuple(Delivered(*row) for row in run(connection, "courses")) if cadre.courses else None,
    )


def _table(labels: tuple[str, ...], counted: Iterable[tuple[str, int]]) -> Table:
    """People who stand under one label each."""
    patterns: dict[frozenset[str], int] = defaultdict(int)
    for label, count in counted:
        patterns[frozenset({label})] += count
    return Table(labels, dict(patterns))
