"""All that was and is published of one period, and whether a number more would tell of a plant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

from greensupply.completion import COUNTRIES
from greensupply.outcome_counts import Amount, Outcomes
from greensupply.outcome_disclosure.measures import FAMILIES, MIXES, PAIRS, RESTS, SCOPES
from greensupply.outcome_disclosure.safety import Parts, less, mixed, safe, telling, together

Group = tuple[str, ...]
"""Countries that stand together, in order."""

_MOST = 64
"""Most ways to put a sum together from older releases that are tried before only those of one day are."""


@dataclass(frozen=True)
class Item:
    """A published number: what is behind it is found by measure, countries and day."""

    measure: str
    group: Group
    day: date


@dataclass(frozen=True)
class View:
    """A sum over countries that an attacker can put together: from one number, or from one of each country."""

    items: tuple[Item, ...]
    parts: Parts
    fresh: bool

    @property
    def merged(self) -> bool:
        """One of the numbers is of countries that stand together."""
        return any(len(item.group) > 1 for item in self.items)

    @property
    def day(self) -> date:
        """The day of the newest number."""
        return max(item.day for item in self.items)


def _groupings() -> tuple[tuple[Group, ...], ...]:
    """Ways to show countries: those that leave none out first, the finest of these first.

    Of two merged countries Canada and the United States come first, as Mexico is what the programme is for.
    """
    ca, mx, us = COUNTRIES
    whole: list[tuple[Group, ...]] = [
        ((ca,), (mx,), (us,)),
        ((ca, us), (mx,)),
        ((ca,), (mx, us)),
        ((ca, mx), (us,)),
        (COUNTRIES,),
    ]
    pairs = ((ca, mx), (mx, us), (ca, us))
    apart: list[tuple[Group, ...]] = [((one,), (two,)) for one, two in pairs]
    return (*whole, *apart, *((pair,) for pair in pairs), *(((one,),) for one in (mx, ca, us)))


_SCOPES_NOW = tuple(f"{scope}@now" for scope in SCOPES)

GROUPINGS = _groupings()
"""In the order in which they are tried."""

_GROUPS: tuple[Group, ...] = tuple(sorted({group for grouping in GROUPINGS for group in grouping}, key=len))
_COVERS = {
    group: tuple(some for some in GROUPINGS if {country for each in some for country in each} == set(group))
    for group in _GROUPS
}


class Book:
    """The numbers of one period.

    Arguments:
        period: A quarter, or empty.
        truth: Day -> true results as they were known on it.
        items: What was published, in any release.
    """

    def __init__(self, period: str, truth: Callable[[date], Outcomes], items: Iterable[Item]) -> None:
        self._period = period
        self._truth = truth
        self._items: dict[str, list[Item]] = {}
        self._found: dict[tuple[tuple[Item, ...], frozenset[Item], bool], Mapping[Group, list[View]]] = {}
        self._groups: set[Group] = set()
        self._parts: dict[Item, Parts] = {}
        self._sums: dict[tuple[Item, ...], Parts] = {}
        self._differences: dict[tuple[tuple[Item, ...], tuple[Item, ...]], Parts] = {}
        for item in items:
            self.add(item)

    def add(self, item: Item) -> None:
        """Take a number in as published."""
        self._items.setdefault(item.measure, []).append(item)
        self._groups.add(item.group)

    def overlaps(self, grouping: Iterable[Group], measures: Iterable[str]) -> bool:
        """Does one of these groups lie across one that any of the measures is or was shown for?"""
        shown = {item.group for measure in measures for item in self._items.get(measure, ())}
        return any(_across(set(group), set(other)) for group in grouping for other in shown)

    def parts(self, item: Item) -> Parts:
        """What is truly behind a number."""
        if item in self._parts:
            return self._parts[item]
        if "|" in item.measure:
            whole, part = item.measure.split("|")
            self._parts[item] = less(*(self.parts(replace(item, measure=measure)) for measure in (whole, part)))
        elif item.measure in _SCOPES_NOW:
            plants = self.parts(replace(item, measure="ghg@now"))
            scope = self.parts(replace(item, measure=item.measure.removesuffix("@now")))
            self._parts[item] = {plant: value for plant, value in scope.items() if plant in plants}
        else:
            base, _, classes = item.measure.partition("#")
            found = [self._truth(item.day).amounts.get((base, country, self._period)) for country in item.group]
            self._parts[item] = together(_of(amount, classes) for amount in found if amount)
        return self._parts[item]

    def publish(self, candidates: Sequence[Item]) -> Sequence[Item]:
        """Take numbers in as published if they may be; those taken in, with what follows from them. Else none.

        Parts by class may be empty, and so may what follows; any other number must be safe.
        """
        if not all(safe(self.parts(item)) or ("#" in item.measure and not self.parts(item)) for item in candidates):
            return ()
        new = [item for item in candidates if item not in self._items.get(item.measure, ())]
        for item in new:
            self.add(item)
        last = new
        while last := self._implied(last, frozenset(new)):
            for item in last:
                self.add(item)
            new += last
        fresh = frozenset(new)
        told = any(telling(self.parts(item)) for item in new)
        if not told and all(self._keeps(measure, fresh) for measure in {item.measure for item in new}):
            return (*candidates, *new)
        for item in new:
            self._items[item.measure].remove(item)
        return ()

    def _implied(self, last: Iterable[Item], new: frozenset[Item]) -> list[Item]:
        """What follows from the last numbers together with others, and is not there yet."""
        found: dict[Item, None] = {}
        for item in last:
            for follows in (*self._rests(item, new), *self._countries(item)):
                if follows not in self._items.get(follows.measure, ()):
                    found[follows] = None
        return list(found)

    def _rests(self, item: Item, new: frozenset[Item]) -> Iterator[Item]:
        """What two measures tell of a third one, over countries for which one of the two is shown."""
        for other, rest in RESTS.get(item.measure, ()):
            one, two = (self._views(measure, new) for measure in (item.measure, other))
            for group in {each.group for name in (item.measure, other) for each in self._items.get(name, ())}:
                if set(item.group) <= set(group) and any(view.fresh for view in one[group]) and two[group]:
                    yield Item(rest, group, item.day)

    def _countries(self, item: Item) -> Iterator[Item]:
        """Parts of merged countries of one measure, where another measure of the family shows some of these alone.

        Emissions of a country follow from its energy well enough, so those of all countries would tell of the last one.
        """
        family = next((family for family in FAMILIES[not self._period] if item.measure in family), ())
        items = [each for measure in family for each in self._items.get(measure, ())]
        for wide, narrow in ((item, each) for each in items):
            for merged, part in ((wide, narrow.group), (narrow, wide.group)):
                rest = tuple(country for country in merged.group if country not in part)
                if len(rest) + len(part) == len(merged.group) and rest:
                    yield replace(merged, group=part)
                    yield replace(merged, group=rest)

    def _keeps(self, measure: str, new: frozenset[Item]) -> bool:
        views = {measure: self._views(measure, new)}
        if not self._apart(views[measure], views[measure]):
            return False
        for pair in PAIRS.get(measure, ()):
            other = pair[pair[0] == measure]
            views[other] = self._views(other, new)
            if not self._apart(views[measure], views[other]) or not self._moves_apart(views[measure], views[other]):
                return False
        return all(self._mixed(mix, new) for mix in MIXES if measure in mix)

    def _sum(self, items: tuple[Item, ...]) -> Parts:
        if len(items) == 1:
            return self.parts(items[0])
        if items not in self._sums:
            self._sums[items] = together(map(self.parts, items))
        return self._sums[items]

    def _less(self, one: View, other: View) -> Parts:
        key = (one.items, other.items)
        if key not in self._differences:
            self._differences[key] = less(one.parts, other.parts)
        return self._differences[key]

    def _apart(self, views: Mapping[Group, list[View]], others: Mapping[Group, list[View]]) -> bool:
        """No difference of two sums, one of them new, tells of a plant.

        Sums of countries that stand alone in both fall apart into these countries, so they need no look of their own.
        """
        return not any(
            telling(self._less(one, other))
            for group in _GROUPS
            for each in _GROUPS
            if set(group) & set(each)
            for one in views[group]
            for other in others[each]
            if (one.fresh or other.fresh) and (len(group) == len(each) == 1 or one.merged or other.merged)
        )

    def _moves_apart(self, views: Mapping[Group, list[View]], others: Mapping[Group, list[View]]) -> bool:
        """Nor does what they moved by: where five plants are new in both and a sixth in one only, it is the sixth's."""
        for group in _GROUPS:
            if len(group) > 1 and not any(view.merged for view in (*views[group], *others[group])):
                continue
            for (one, fresh), (other, too) in product(self._moves(views[group]), self._moves(others[group])):
                if (fresh or too) and telling(less(one, other)):
                    return False
        return True

    def _moves(self, views: Sequence[View]) -> list[tuple[Parts, bool]]:
        """Moves from every older number to the last one, and to each new one; none that moved nothing."""
        return [
            (move, view.fresh)
            for place, view in enumerate(views)
            if view.fresh or place == len(views) - 1
            for older in views[:place]
            if (move := self._less(view, older))
        ]

    def _mixed(self, mix: Sequence[str], new: frozenset[Item]) -> bool:
        views = [self._views(measure, new) for measure in mix]
        return all(
            mixed([found[group][-1].parts for found in views])
            for group in _GROUPS
            if all(found.get(group) for found in views)
        )

    def _views(self, measure: str, new: frozenset[Item]) -> Mapping[Group, list[View]]:
        """Group -> the sums over it that can be put together, the oldest first."""
        items = tuple(self._items.get(measure, ()))
        merged = any(len(group) > 1 for group in self._groups)
        key = (items, new.intersection(items), merged)
        if key not in self._found:
            self._found[key] = {group: list(self._sums_over(group, items, new, merged=merged)) for group in _GROUPS}
        return self._found[key]

    def _sums_over(self, group: Group, items: Sequence[Item], new: frozenset[Item], *, merged: bool) -> Iterable[View]:
        views = [
            View(tuple(some), self._sum(tuple(some)), any(item in new for item in some))
            for grouping in (_COVERS[group] if items and (merged or len(group) == 1) else ())
            for some in _ways([[item for item in items if item.group == each] for each in grouping])
        ]
        return sorted(views, key=lambda view: (view.day, view.fresh))


def _across(one: set[str], two: set[str]) -> bool:
    return bool(one & two) and not one <= two and not two <= one


def _of(amount: Amount, classes: str) -> Parts:
    if not classes:
        return amount.plants
    return together(amount.by_class.get(name, {}) for name in classes)


def _ways(pieces: Sequence[Sequence[Item]]) -> Iterator[Sequence[Item]]:
    """Ways to take one number of each piece: all, or where these are too many, those known on the same day."""
    size = 1
    for piece in pieces:
        size *= len(piece)
    if size <= _MOST:
        yield from product(*pieces)
        return
    for day in sorted({item.day for piece in pieces for item in piece}):
        last = [[item for item in piece if item.day <= day] for piece in pieces]
        if all(last):
            yield [max(piece, key=lambda item: item.day) for piece in last]
