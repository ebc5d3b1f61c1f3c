"""How good the data are: where records come from, what was set aside, corrected, late or missing, and coverage.

Records are of people and are counted as `disclosure` counts: at least ten, rounded down to fives. Numbers of plants
have at least five behind them, or are left empty. Rows of a list are no secret. Coverage and the shares of data
classes are the published ones.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from greensupply import assessment, disclosure, plants, rules, store
from greensupply.assessment import Assessment, Line, Measurement, Opportunity, Withdrawal
from greensupply.csv_text import Value, bare
from greensupply.evaluation.groups import LEAST
from greensupply.locales import LOCALES
from greensupply.plants import Listed
from greensupply.published_outcomes import PublicOutcomes
from greensupply.store.outcomes import Rows

LATE = 90
"""Days after the end of a quarter, or after the day of a visit, from which a row is late."""
SET_ASIDE = "set-aside"
OTHER = "other"
_FEWEST_SIGNS = 12
"""Words of a rule that have fewer signs of their own might be those of anything."""

Row = Sequence[Value]


@dataclass(frozen=True)
class Store:
    """What the store holds, read once.

    Attributes:
        folder: Where.
        listed: Every line of the list of plants.
        history: Every line of the three lists.
        rows: What holds of them.
        stats: Of the completion records.
    """

    folder: Path
    listed: Sequence[Listed]
    history: Mapping[str, Sequence[Line]]
    rows: Rows
    stats: store.Stats


def records(found: Store, completions: int) -> Iterator[Row]:
    """Completion records by property and label, in people's numbers.

    Arguments:
        found: The store.
        completions: Passes that count, each person and module once.
    """
    stats = found.stats
    yield "all", "", _people(stats.records)
    yield "passed", "", _people(stats.passed)
    yield "repeated", "", _people(stats.passed - completions)
    yield "demonstration", "", _people(stats.demonstration)
    yield "taken-back", "", _people(stats.taken_back)
    for name, labels in sorted(stats.by.items()):
        for label, number in sorted(labels.items()):
            yield name, label or "unstated", _people(number)


def _people(number: int) -> int | None:
    return None if 0 < number < disclosure.LEAST else number - number % disclosure.STEP


def lists(found: Store) -> Iterator[Row]:
    """Each list: its rows, and how many were superseded, taken back and late."""
    codes = {line.plant.supplier: line.withdrawn for line in found.listed}
    gone = sum(codes.values())
    yield assessment.PLANTS, len(found.listed), len(codes) - gone, len(found.listed) - len(codes), gone, None
    since = {line.plant.supplier: line.plant.enrolled_on or line.plant.listed_on for line in found.listed}
    for name in assessment.LISTS:
        lines = found.history.get(name, ())
        last = {assessment.key(line): line for line in lines}
        gone = sum(isinstance(line, Withdrawal) for line in last.values())
        first: dict[tuple[str, ...], Line] = {}
        for line in lines:
            first.setdefault(assessment.key(line), line)
        late = sum(_late(line, since) for line in first.values())
        yield name, len(lines), len(last) - gone, len(lines) - len(last), gone, late


def _late(line: Line, since: Mapping[str, date]) -> bool:
    """Was it first recorded so long after? Quarters before the plant enrolled, as of its baseline, cannot be late."""
    match line:
        case Assessment():
            due = line.day
        case Opportunity():
            due = line.identified_on
        case Measurement():
            due = max(_end(line.period), since.get(line.supplier, date.min))
        case _:
            return False
    return line.recorded_on > due + timedelta(days=LATE)


def _end(period: str) -> date:
    year, _, part = period.partition("-Q")
    month = 3 * int(part or 4) + 1
    return date(int(year) + month // 13, month % 12, 1) - timedelta(days=1)


def classes(found: Store) -> Iterator[Row]:
    """Reported quantity and data class -> rows of it; all empty where fewer than five plants are behind one of them."""
    of: dict[str, dict[str, list[str]]] = {}
    for one in found.rows.measurements:
        of.setdefault(one.input, {}).setdefault(one.data_class.value, []).append(one.supplier)
    for name, suppliers in sorted(of.items()):
        enough = all(len(set(codes)) >= LEAST for codes in suppliers.values())
        yield from (
            (name, data_class, len(codes) if enough else None) for data_class, codes in sorted(suppliers.items())
        )


def missing(found: Store, quarters: Sequence[str]) -> Iterator[Row]:
    """Number of the last four closed quarters without any report -> plants; empty for fewer than five.

    Only plants that reported in one of them count, as in the frame of the sample, whose size is told: so if one number
    is withheld, the next smallest one is too.
    """
    of: dict[str, set[str]] = {}
    for one in found.rows.measurements:
        if "Q" in one.period and one.period <= quarters[-1]:
            of.setdefault(one.supplier, set()).add(one.period)
    plants = Counter(len(set(quarters) - periods) for periods in of.values())
    numbers = [plants[gaps] for gaps in range(len(quarters))]
    yield from enumerate(withheld(numbers))


def withheld(numbers: Sequence[int]) -> list[int | None]:
    """Numbers of plants, without those of 1 to 4, and without the next smallest one if what is hidden is fewer."""
    hidden = {place for place, number in enumerate(numbers) if 0 < number < LEAST}
    others = sorted(
        (place for place, number in enumerate(numbers) if number >= LEAST), key=lambda place: (numbers[place], place)
    )
    if hidden and (len(hidden) < 2 or sum(numbers[place] for place in hidden) < LEAST):
        hidden |= set(others[:1])
    return [None if place in hidden else number for place, number in enumerate(numbers)]


def coverage(public: PublicOutcomes) -> Iterator[Row]:
    """Country and quarter -> plants that report, and their share of the enrolled ones, as published."""
    for country, quarter in sorted(public.reporting, key=lambda key: (key[1], key[0])):
        key = country, quarter
        yield quarter, country or "all", public.reporting[key], public.coverage.get(key)


def shares(public: PublicOutcomes) -> Iterator[Row]:
    """Measure, countries, period -> percent measured, calculated and estimated, as published."""
    for (measure, group, period), amount in sorted(public.amounts.items()):
        if amount.classes:
            yield period, measure, "+".join(group), *(amount.classes.get(name) for name in ("M", "C", "E"))


def set_aside(folder: Path) -> Iterator[Row]:
    """Rule -> rows that are set aside by it now, and its words in three languages, without what stood in the rows."""
    found: Counter[str] = Counter()
    for file in sorted((folder / SET_ASIDE).glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as lines:
            found.update(_rule(bare(row.get("reason") or "")) for row in csv.DictReader(lines))
    for rule, number in sorted(found.items(), key=lambda item: (-item[1], item[0])):
        known = rules.catalogue().get(rule)
        yield rule, number, *(known.said[locale].what if known else "" for locale in LOCALES)


@cache
def _rule(reason: str) -> str:
    """The rule whose words a reason has, in any language; `OTHER` if there is none."""
    fitting = [(signs, rule) for signs, rule, pattern in _patterns() if pattern.fullmatch(reason)]
    return max(fitting)[1] if fitting else OTHER


@cache
def _patterns() -> tuple[tuple[int, str, re.Pattern[str]], ...]:
    """Signs of its own, id, and pattern of each rule that has words enough."""
    found = []
    for rule in rules.catalogue().values():
        for said in rule.said.values():
            parts = re.split(r"\{\w+\}", said.what)
            if (signs := sum(map(len, parts))) >= _FEWEST_SIGNS:
                found.append((signs, rule.id, re.compile(".*".join(map(re.escape, parts)), re.DOTALL)))
    return tuple(found)


def read(folder: Path, known_on: date) -> Store:
    """Return what the store holds.

    Arguments:
        folder: The store.
        known_on: Lines of the lists that were recorded later are left out.

    Raises:
        GreenSupplyError: With every line of the lists that will not do.
        OSError: The store is damaged or cannot be read.
    """
    history = store.outcomes.history(folder)
    listed = plants.history(folder / plants.FILE)
    return Store(
        folder,
        [line for line in listed if line.recorded_on is None or line.recorded_on <= known_on],
        {name: _by(lines, known_on) for name, lines in history.items()},
        store.outcomes.read(folder, known_on),
        store.stats(folder),
    )


def _by(lines: Iterable[Line], day: date) -> list[Line]:
    return [line for line in lines if line.recorded_on <= day]
