"""The gate for results in plants: true results in, what may be published out.

As `disclosure`, for plants in place of people. Numbers of plants are rounded down to fives and move only when at least
`LEAST` plants stand behind the move. A sum of quantities or money needs `LEAST` plants, of which none dominates
(`safety`), and so does what lies between it and any other sum that is or ever was published: measures that contain it,
older releases, merged countries (`book`). The published state needs no secret: it holds the days of its numbers, and
`then` counts again what stood behind them. `tests/test_outcome_disclosure.py` attacks all of it together.

What is taken for granted: the output of a plant is not known outside it; and real plants are not mixed with invented
ones, as these protect nobody who knows the seed.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import date
from statistics import median

from greensupply.outcome_counts import Outcomes, Stages
from greensupply.outcome_disclosure import amounts
from greensupply.outcome_disclosure.safety import LEAST, Parts, down, less, number, rounded, safe, telling
from greensupply.published import percent
from greensupply.published_outcomes import PublicAmount, PublicKey, PublicOutcomes, PublicStages

LEAST_FOR_INTENSITY = 10
"""Fewest plants behind an intensity."""

LEAST_FOR_MEDIAN = 20
"""Fewest plants behind a median, which is one plant's value; so it is rounded to tens of days too."""

NOTHING = PublicOutcomes()


def protect(now: Outcomes, previous: PublicOutcomes, then: Callable[[date], Outcomes]) -> PublicOutcomes:
    """Return the results that may be published; what is missing is not enough data.

    Arguments:
        now: True results, counted from the rows recorded by `now.as_of`, so that `then(now.as_of)` finds them again.
        previous: What was published last. Protecting the same results again with their own result gives that result.
            Invented numbers protect nobody, so after a demonstration the first true results start anew.
        then: Day -> true results as they were known on it: counted up to it, from rows recorded by it.
    """
    if previous.demonstration and not now.demonstration:
        previous = NOTHING
    known: dict[date, Outcomes] = {now.as_of: now}

    def truth(day: date) -> Outcomes:
        if day not in known:
            known[day] = then(day)
        return known[day]

    sums = amounts.protect(now, previous, truth)
    rest = _Rest(now, previous, truth)
    stages = {key: _stages(stages, previous.stages.get(key)) for key, stages in now.stages.items()}
    reporting = {
        key: number(count, previous.reporting.get(key), known=key in previous.reporting)
        for key, count in now.reporting.items()
    }
    coverage = {
        key: percent(count, stages[key].enrolled if key in stages else None) for key, count in reporting.items()
    }
    intensities = {key: rest.intensity(key) for key in now.intensities}
    complements = {key: rest.complement(key) for key in now.complements}
    days_to_action = rest.days_to_action()
    return PublicOutcomes(
        as_of=now.as_of,
        demonstration=now.demonstration,
        stages=stages,
        amounts=sums.amounts,
        intensities={key: value for key, value in intensities.items() if value is not None},
        days_to_action=days_to_action,
        coverage={key: share for key, share in coverage.items() if share is not None},
        complements={key: value for key, value in complements.items() if value is not None},
        reporting=reporting,
        released={**sums.days, **rest.days},
    )


def _stages(stages: Stages, before: PublicStages | None) -> PublicStages:
    shown = before or PublicStages()
    return PublicStages(
        *(
            number(getattr(stages, name), getattr(shown, name), known=before is not None)
            for name in (each.name for each in fields(PublicStages))
        )
    )


class _Rest:
    """Numbers that stand alone: they move when what changed since any day that they were published for is safe."""

    def __init__(self, now: Outcomes, previous: PublicOutcomes, truth: amounts.Truth) -> None:
        self._now = now
        self._previous = previous
        self._truth = truth
        self.days: dict[PublicKey, tuple[date, ...]] = {}

    def intensity(self, key: tuple[str, str, str]) -> float | None:
        """Sum of a measure divided by that of the output; both are safe, and so is what changed in them."""

        def both(results: Outcomes) -> tuple[Parts, Parts]:
            found = results.intensities.get(key)
            return ({}, {}) if found is None else (found[0].plants, found[1].plants)

        measure, unit, quarter = key
        mark = (f"{measure}/{unit}", (), quarter)
        quantity, output = both(self._now)
        enough = len(quantity) >= LEAST_FOR_INTENSITY and safe(quantity) and safe(output)
        if enough and self._may_move(mark, lambda results: both(results)[0], lambda results: both(results)[1]):
            self._publish(mark)
            return rounded(sum(quantity.values()) / sum(output.values()))
        return self._previous.intensities.get(key)

    def complement(self, key: tuple[str, str]) -> PublicAmount | None:
        """A sum as any other; where every plant counts for one, a number of plants in steps."""
        name, year = key
        mark = (name, (), year)
        parts = {plant: value for plant, value in self._now.complements[key].items() if value}
        last = self._previous.complements.get(key)
        if all(value == 1 for value in parts.values()):
            shown = None if last is None else int(last.value)
            count = number(len(parts), shown, known=mark in self._previous.released)
            if count is None or count == shown:
                return last
            self._publish(mark)
            return PublicAmount(float(count), count, as_of=self._now.as_of)
        if safe(parts) and self._may_move(mark, lambda results: results.complements.get(key, {})):
            self._publish(mark)
            return PublicAmount(rounded(sum(parts.values())), down(len(parts)), as_of=self._now.as_of)
        return last

    def days_to_action(self) -> int | None:
        """P9: the median, to the nearest ten."""
        mark = ("days-to-action", (), "")
        days = self._now.days_to_action
        if len(days) < LEAST_FOR_MEDIAN or not self._may_move(mark, _days, enough=LEAST):
            return self._previous.days_to_action
        self._publish(mark)
        return round(median(days.values()) / 10) * 10

    def _may_move(self, mark: PublicKey, *of: Callable[[Outcomes], Parts], enough: int = 0) -> bool:
        """Is there something new, and does it differ safely from every day before?

        `enough`: fewest plants that changed, where it is no sum; else the difference of the sums must be safe.
        """
        for day in self._previous.released.get(mark, ()):
            changes = [less(each(self._now), each(self._truth(day))) for each in of]
            if not any(changes):
                return False
            if any(len(change) < enough if enough else telling(change) for change in changes):
                return False
        return True

    def _publish(self, mark: PublicKey) -> None:
        self.days[mark] = (*self._previous.released.get(mark, ()), self._now.as_of)


def _days(results: Outcomes) -> Parts:
    """Days one later, so that a plant that acted on the day of its assessment counts as well."""
    return {plant: float(days + 1) for plant, days in results.days_to_action.items()}
