"""The tally once more, in plain Python and by another way: one loop after the other over all records."""

from __future__ import annotations

import math
from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from statistics import fmean

from greensupply.completion import Completion, Delivery
from greensupply.counts import Cell, Reach, Table, Tally
from greensupply.plants import Plant

COUNTRIES, LANGUAGES = ("CA", "MX", "US", ""), ("en", "es", "fr", "")


def count(
    records: Iterable[Completion],
    voids: Collection[str] = (),
    *,
    modules: Mapping[str, int],
    core: Sequence[str],
    as_of: date,
    plants: Sequence[Plant] = (),
) -> Tally:
    """What `tally.count` must give for the same records."""
    end = datetime.combine(as_of + timedelta(days=1), time(), UTC)
    kept = _kept([one for one in records if one.module in modules and one.completed_at < end], voids)
    first = _first(kept)
    start = min((one.completed_at.date() for one in kept), default=None)
    quarters = [name for day in _days(start, as_of) if (name := _closed(day, as_of, 3))]
    months = [name for day in _days(start, as_of) if (name := _closed(day, as_of, 1))]
    supervised = [one for one in kept if one.delivery is not Delivery.WEB]
    recent = [
        one.instructor
        for one in kept
        if one.delivery is Delivery.CLASSROOM and one.completed_at.date() >= _six_months_before(as_of + timedelta(1))
    ]
    return Tally(
        as_of=as_of,
        demonstration=any((code or "").startswith("DEMO-") for code in _codes(kept) | {p.supplier for p in plants}),
        records=len(kept),
        completions=len(first),
        tables={
            "country": _table(COUNTRIES, [(one, one.country or "") for one in first]),
            "module": _table(tuple(modules), [(one, one.module) for one in first]),
            "language": _table(LANGUAGES, [(one, one.locale or "") for one in first]),
            "delivery": _table(("web", "classroom", "lms"), [(one, one.delivery.value) for one in first]),
        },
        quarters={name: _cell(one for one in first if _quarter(one.completed_at) == name) for name in quarters},
        months={name: _cell(one for one in first if _month(one.completed_at) == name) for name in months},
        reach={
            (country, quarter): _reach(first, modules, core, plants, country, quarter)
            for country in ("", "CA", "MX", "US")
            for quarter in quarters
        },
        attempts=_cell(supervised),
        passed=_cell(one for one in supervised if one.passed),
        scores=_scores(first, kept),
        instructors=Cell(len(set(filter(None, recent))), 0),
        suppliers={code: len({one.learner for one in first if one.supplier == code}) for code in _codes(first) if code},
        unlisted=tuple(sorted(code for code in _codes(kept) - {p.supplier for p in plants} if code)),
        minutes=dict(modules),
    )


def _kept(records: Iterable[Completion], voids: Collection[str]) -> list[Completion]:
    by_id: dict[str, list[Completion]] = {}
    for one in records:
        if one.id not in voids:
            by_id.setdefault(one.id, []).append(one)
    return [
        min(same, key=lambda one: (one.completed_at, one.score, one.passed, one.learner)) for same in by_id.values()
    ]


def _first(records: Iterable[Completion]) -> list[Completion]:
    found: dict[tuple[str, str, int], Completion] = {}
    for one in sorted(records, key=lambda one: (one.completed_at, one.id)):
        if one.passed:
            found.setdefault((one.learner, one.module, one.revision), one)
    return list(found.values())


def _codes(records: Iterable[Completion]) -> set[str | None]:
    return {one.supplier for one in records}


def _cell(records: Iterable[Completion]) -> Cell:
    records = list(records)
    return Cell(len({one.learner for one in records}), len(_codes(records) - {None}))


def _table(labels: tuple[str, ...], labelled: Sequence[tuple[Completion, str]]) -> Table:
    patterns: dict[frozenset[str], int] = {}
    for learner in {one.learner for one, _ in labelled}:
        having = frozenset(label for one, label in labelled if one.learner == learner)
        patterns[having] = patterns.get(having, 0) + 1
    organisations = {
        label: frozenset(one.supplier for one, said in labelled if said == label and one.supplier) for label in labels
    }
    return Table(labels, patterns, {label: codes for label, codes in organisations.items() if codes})


def _scores(first: Sequence[Completion], kept: Sequence[Completion]) -> dict[str, float]:
    means = {}
    for module in {one.module for one in first}:
        passes = [one for one in kept if one.module == module and one.passed]
        means[module] = fmean(
            max(one.score for one in passes if one.learner == learner) for learner in {one.learner for one in passes}
        )
    return means


def _reach(
    first: Sequence[Completion],
    modules: Mapping[str, int],
    core: Sequence[str],
    plants: Sequence[Plant],
    country: str,
    quarter: str,
) -> Reach:
    end = _last_day(quarter)
    scope = [
        plant
        for plant in plants
        if country in ("", plant.country)
        and plant.listed_on <= end
        and not (plant.left_on is not None and plant.left_on < end)
    ]
    trained, assisted, complete = [], [], []
    people: tuple[set[str], set[str], set[str]] = (set(), set(), set())
    for plant in scope:
        passes = [one for one in first if one.supplier == plant.supplier and one.completed_at.date() <= end]
        learners = {one.learner for one in passes}
        if learners:
            trained.append(plant)
            people[0].update(learners)
        if sum(modules[module] for module in {one.module for one in passes}) >= 240:
            assisted.append(plant)
            people[1].update(learners)
        whole = {
            learner
            for learner in learners
            if core and set(core) <= {one.module for one in passes if one.learner == learner}
        }
        if whole:
            complete.append(plant)
            people[2].update(whole)
    return Reach(len(scope), len(trained), len(assisted), len(complete), *map(len, people))


def _days(start: date | None, end: date) -> list[date]:
    return [] if start is None else [start + timedelta(days) for days in range((end - start).days + 1)]


def _closed(day: date, as_of: date, months: int) -> str:
    """The month or quarter of `day`, if `day` is its last one, or the period is closed by then."""
    last = _last_day(_quarter(day)) if months == 3 else day.replace(day=monthrange(day.year, day.month)[1])
    return "" if last > as_of else _quarter(day) if months == 3 else _month(day)


def _month(day: date) -> str:
    return f"{day.year}-{day.month:02}"


def _quarter(day: date) -> str:
    return f"{day.year}-Q{math.ceil(day.month / 3)}"


def _last_day(quarter: str) -> date:
    year, number = quarter.split("-Q")
    return date(int(year) + int(number) // 4, int(number) % 4 * 3 + 1, 1) - timedelta(days=1)


def _six_months_before(day: date) -> date:
    year, month = (day.year, day.month - 6) if day.month > 6 else (day.year - 1, day.month + 6)
    return date(year, month, min(day.day, monthrange(year, month)[1]))
