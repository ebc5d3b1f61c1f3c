"""The one gate: true counts in, counts that may be published out.

The rule is QUALITY's *Privacy rule for public tallies*: distinct people only; at least `LEAST` of them and
`ORGANISATIONS` suppliers in each group; small groups merged into one that holds at least two; every number rounded down
to a multiple of `STEP`; a number moves only when at least `LEAST` people stand behind the move. Percentages are worked
out from the numbers that are shown, so they tell no more than those. People who train are people too; a course that
prepares for it is not, but counts only if at least `LEAST` took part. Sources: NCES 2011-603; Hundepool et al.,
Statistical Disclosure Control (2012). `tests/test_disclosure.py` attacks all of it together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from greensupply.counts import UNSTATED, Cell, Delivered, Reach, Table, Tally
from greensupply.published import PublicReach, PublicRow, PublicTally

LEAST = 10
"""Fewest people in a group that is shown, and behind a number that moves."""

ORGANISATIONS = 3
"""Fewest suppliers in a group whose records name any."""

STEP = 5
"""Numbers are rounded down to a multiple of this, so a shown number stands for any of five."""

LEAST_FOR_MEAN = 20
"""Fewest people behind a mean."""

CADRE = "trainer-rung"
"""Table that is there wherever there is a list of trainers."""

NOTHING = PublicTally()


def protect(tally: Tally, previous: PublicTally = NOTHING) -> PublicTally:
    """Return the counts that may be published, None where there is not enough data.

    Arguments:
        tally: True counts.
        previous: What was published last; its numbers stay until enough new learners stand behind a change.
            Protecting the same tally again with its own result as `previous` gives that result.
    """
    known = previous.as_of is not None
    learners = _number(tally.learners, previous.learners, known=known)
    attempts = _number(tally.attempts, previous.attempts, known=known)
    tables = {name: _table(table, previous.tables.get(name)) for name, table in tally.tables.items()}
    cadre_known = CADRE in previous.tables
    countries = [label for label in tally.tables["country"].labels if label != UNSTATED]
    delivered = [course for course in tally.courses or () if course.participants >= LEAST]
    return PublicTally(
        as_of=tally.as_of,
        demonstration=tally.demonstration,
        learners=learners,
        completions=_completions(tally, learners, previous),
        tables=tables,
        quarters=_series(tally.quarters, previous.quarters),
        months=_series(tally.months, previous.months),
        reach={key: _reach(reach, previous.reach.get(key)) for key, reach in tally.reach.items()},
        attempts=attempts,
        passed=None if attempts is None else _number(tally.passed, previous.passed, known=known),
        instructors=_number(tally.instructors, previous.instructors, known=known),
        scores=_scores(tally, tables.get("module", ()), previous),
        minutes=dict(tally.minutes),
        trainers=_number(tally.trainers, previous.trainers, known=cadre_known),
        active_trainers=_number(tally.active_trainers, previous.active_trainers, known=cadre_known),
        courses=None if tally.courses is None else {name: _in(delivered, name) for name in countries},
        course_quarters=_added_up(delivered, tally.as_of),
    )


def _in(courses: Iterable[Delivered], country: str) -> int:
    return sum(course.country == country for course in courses)


def _added_up(courses: Sequence[Delivered], as_of: date) -> dict[str, int]:
    """Courses so far at the end of each quarter from that of the first one on; in the last one, by `as_of`.

    Courses are no people, and each of them has at least `LEAST` behind it: so they are counted exactly.
    """
    if not courses:
        return {}
    year, quarter = map(int, min(course.quarter for course in courses).split("-Q"))
    places = range(year * 4 + quarter - 1, as_of.year * 4 + (as_of.month - 1) // 3 + 1)
    names = [f"{place // 4}-Q{place % 4 + 1}" for place in places]
    return {name: sum(course.quarter <= name for course in courses) for name in names}


def _enough(cell: Cell) -> bool:
    return cell.learners >= LEAST and (cell.organisations == 0 or cell.organisations >= ORGANISATIONS)


def _down(count: int) -> int:
    return count - count % STEP


def _step(count: int, shown: int) -> int:
    """What is shown of `count` where `shown` stood before: a move has at least `LEAST` people behind it.

    What was shown stood for `shown` to `shown` + `STEP` - 1 people; the rule holds for each of these, so that nothing
    but the published number need be remembered.
    """
    moved = count >= shown + STEP - 1 + LEAST or count <= shown - LEAST
    return _down(count) if moved else shown


def _number(cell: Cell, shown: int | None, *, known: bool) -> int | None:
    """One number. `known`: it stood in the last release, and None there said that it was too small."""
    if shown is not None:
        stepped = _step(cell.learners, shown)
        return stepped if stepped == shown or _enough(cell) else None
    enough = _enough(cell) and (not known or cell.learners >= 2 * LEAST)
    return _down(cell.learners) if enough else None


def _completions(tally: Tally, learners: int | None, previous: PublicTally) -> int | None:
    """Passes of modules, a total only; it moves with the number of learners, so that no one's second pass shows."""
    if learners is None:
        return None
    if previous.learners == learners and previous.completions is not None:
        return previous.completions
    return _down(tally.completions)


def _series(periods: Mapping[str, Cell], before: Mapping[str, int | None]) -> dict[str, int | None]:
    return {name: _number(cell, before.get(name), known=name in before) for name, cell in periods.items()}


def _table(table: Table, before: Sequence[PublicRow] | None) -> tuple[PublicRow, ...]:
    """A table by one property; empty where it cannot be shown at all.

    The groups of the last release stay as long as they may. A merged group falls apart only when it has moved: a label
    that crosses the limit by one learner does not step out of it for that one.
    """
    shown = {row.labels: row.learners for row in before or ()}
    kept = tuple(_row(table, labels, count) for labels, count in shown.items())
    groups = _groups(table)
    if kept and _may_stay(table, kept, shown, groups):
        return kept
    if before is not None and not before and not _fresh(table, groups):
        return ()
    return tuple(_row(table, labels, shown.get(labels)) for labels in groups)


def _may_stay(
    table: Table,
    kept: Sequence[PublicRow],
    shown: Mapping[tuple[str, ...], int],
    groups: Sequence[tuple[str, ...]],
) -> bool:
    if sorted(label for labels in shown for label in labels) != sorted(table.labels):
        return False
    moved = [row for row in kept if row.learners != shown[row.labels]]
    if any(not _enough(table.cell(*row.labels)) for row in moved):
        return False
    return len(groups) <= len(kept) or not any(len(row.labels) > 1 for row in moved)


def _fresh(table: Table, groups: Sequence[tuple[str, ...]]) -> bool:
    """A table that was too small appears only when each of its groups has grown by enough people."""
    return all(table.cell(*labels).learners >= 2 * LEAST for labels in groups)


def _row(table: Table, labels: tuple[str, ...], shown: int | None) -> PublicRow:
    count = table.cell(*labels).learners
    return PublicRow(labels, _down(count) if shown is None else _step(count, shown))


def _groups(table: Table) -> tuple[tuple[str, ...], ...]:
    """Labels alone where there are enough learners, and all others together; none if only one group would be left."""
    alone = [label for label in table.labels if _enough(table.cell(label))]
    other = [label for label in table.labels if label not in alone]
    by_size = sorted(alone, key=lambda label: (table.cell(label).learners, label))
    while other and (len(other) < 2 or not _enough(table.cell(*other))):
        if not by_size:
            return ()
        other.append(by_size.pop(0))
    groups: list[tuple[str, ...]] = [(label,) for label in table.labels if label not in other]
    if other:
        groups.append(tuple(label for label in table.labels if label in other))
    return tuple(groups) if len(groups) > 1 else ()


def _reach(reach: Reach, before: PublicReach | None) -> PublicReach:
    """Plants, in the same steps as people, and only with enough people behind them."""
    shown = before or PublicReach()

    def plants(count: int, people: int, last: int | None) -> int | None:
        cell = Cell(people, count)
        if last is not None:
            return _step(count, last) or None
        enough = _enough(cell) and count >= (2 * LEAST if before else STEP)
        return _down(count) if enough else None

    return PublicReach(
        scope=_down(reach.scope) or None,
        trained=plants(reach.trained, reach.learners, shown.trained),
        assisted=plants(reach.assisted, reach.assisted_learners, shown.assisted),
        core=plants(reach.core, reach.core_learners, shown.core),
    )


def _scores(tally: Tally, rows: Sequence[PublicRow], previous: PublicTally) -> dict[str, int]:
    """Mean scores in percent, to the nearest five; one moves only with the number of learners it is the mean of."""
    last = {row.labels: row.learners for row in previous.tables.get("module", ())}
    found = {}
    for row in rows:
        if len(row.labels) != 1 or row.learners < LEAST_FOR_MEAN or (module := row.labels[0]) not in tally.scores:
            continue
        stays = last.get(row.labels) == row.learners and module in previous.scores
        found[module] = previous.scores[module] if stays else round(tally.scores[module] * 20) * 5
    return found
