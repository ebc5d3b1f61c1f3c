"""Quantities and money: which sums are shown, over which countries, and when they move."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from greensupply.outcome_counts import Outcomes
from greensupply.outcome_disclosure.book import GROUPINGS, Book, Group, Item
from greensupply.outcome_disclosure.measures import CLASS_PARTS, CLASSED, CLASSES, FAMILIES
from greensupply.outcome_disclosure.safety import down, less, rounded, telling
from greensupply.published import CEILING, FLOOR
from greensupply.published_outcomes import PublicAmount, PublicKey, PublicOutcomes

_NEAR = 1e-6
"""Parts by class that differ by more than this part of the sum do not make it up."""

Truth = Callable[[date], Outcomes]
"""Day -> true results as they were known on it."""


@dataclass(frozen=True)
class Released:
    """Quantities as they are shown now, and every number that ever was."""

    amounts: Mapping[PublicKey, PublicAmount]
    days: Mapping[PublicKey, tuple[date, ...]]


def protect(now: Outcomes, previous: PublicOutcomes, truth: Truth) -> Released:
    """Return the sums that may be shown.

    A row stays until its move is safe; measures are tried in the order of `FAMILIES`, and for each the finest way to
    show countries that tells nothing together with all that is or was published.
    """
    days = {key: list(some) for key, some in previous.released.items()}
    amounts: dict[PublicKey, PublicAmount] = {}
    periods = {period for _, _, period in now.amounts} | {period for _, _, period in previous.amounts}
    for period in sorted(periods):
        items = [Item(name, group, day) for (name, group, when), some in days.items() if when == period for day in some]
        page = _Page(period, now.as_of, Book(period, truth, items))
        shown = {(name, group): amount for (name, group, when), amount in previous.amounts.items() if when == period}
        for family in FAMILIES[not period]:
            count = -1
            while count < len(page.new):  # what moved last may let another one move
                count = len(page.new)
                for measure in family:
                    before = {group: amount for (name, group), amount in shown.items() if name == measure}
                    shown = {key: amount for key, amount in shown.items() if key[0] != measure}
                    shown |= {(measure, group): row for group, row in page.rows(measure, family, before).items()}
        amounts |= {(measure, group, period): amount for (measure, group), amount in shown.items()}
        for item in dict.fromkeys(page.new):
            days.setdefault((item.measure, item.group, period), []).append(item.day)
    return Released(amounts, {key: tuple(some) for key, some in days.items()})


class _Page:
    """One period while it is made."""

    def __init__(self, period: str, today: date, book: Book) -> None:
        self._period = period
        self._today = today
        self._book = book
        self.new: list[Item] = []

    def rows(
        self, measure: str, family: Iterable[str], before: Mapping[Group, PublicAmount]
    ) -> dict[Group, PublicAmount]:
        """Group -> what is shown of a measure, where `before` stood in the last release."""
        shown = tuple(before)
        for grouping in GROUPINGS:
            if before and _no_better(grouping, shown):
                break
            items = [Item(measure, group, self._today) for group in grouping]
            if not self._book.overlaps(grouping, family) and self._publish(items):
                return {item.group: self._row(item) for item in items}
        return {group: self._moved(measure, group, amount) for group, amount in before.items()}

    def _moved(self, measure: str, group: Group, amount: PublicAmount) -> PublicAmount:
        last, item = Item(measure, group, amount.as_of), Item(measure, group, self._today)
        change = less(self._book.parts(item), self._book.parts(last))
        if not change or telling(change) or not self._publish([item]):
            return amount
        return self._row(item)

    def _row(self, item: Item) -> PublicAmount:
        parts = self._book.parts(item)
        total = sum(parts.values())
        value = rounded(down(total)) if item.measure.startswith("count:") else rounded(total)
        return PublicAmount(value, down(len(parts)), self._classes(item, total), self._today)

    def _classes(self, item: Item, total: float) -> dict[str, int]:
        """Shares of the classes: all, or only what was measured; what is left over by any of them is a sum too."""
        if item.measure not in CLASSED or total <= 0:
            return {}
        for names, parts in ((CLASSES, CLASS_PARTS), (("M",), ("M", "CE"))):
            items = [Item(f"{item.measure}#{part}", item.group, item.day) for part in parts]
            sums = {part: sum(self._book.parts(each).values()) for part, each in zip(parts, items, strict=True)}
            told = abs(sums["M"] + sums["CE"] - total) <= _NEAR * total
            if told and self._publish(items):
                return {name: min(CEILING, max(FLOOR, round(100 * sums[name] / total))) for name in names}
        return {}

    def _publish(self, items: Sequence[Item]) -> bool:
        published = self._book.publish(items)
        self.new += published
        return bool(published)


def _no_better(grouping: Iterable[Group], shown: tuple[Group, ...]) -> bool:
    """Is this way to show countries no better than the one that is shown?"""
    places = {frozenset(each): place for place, each in enumerate(GROUPINGS)}
    return places[frozenset(grouping)] >= places.get(frozenset(shown), len(GROUPINGS))
