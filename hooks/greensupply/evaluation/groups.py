"""Rows -> rows that hide among at least five: quasi-identifiers are made coarser until every combination has enough.

The rows are cut in two or more again and again, by the first column wherever it can be, else by the one that cuts most
evenly, as long as every part keeps at least `LEAST` rows. What was not cut apart is written together: values with a
plus sign, quarters as a range, everything as `ANY`. The cuts depend on the rows alone, not on their order, nor on any
seed. Source: LeFevre, DeWitt & Ramakrishnan, Mondrian Multidimensional K-Anonymity (2006).
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass

LEAST = 5
"""Fewest rows of one combination of quasi-identifiers. Source: curriculum 4, *five or more suppliers in the cell*."""

HIGHEST_SHARE = 0.8
"""Largest share of the rows of a combination that may say the same of what is not to be guessed.

k-anonymity alone fails where all rows of a combination are alike. Source: Machanavajjhala et al., l-Diversity (2007);
QUALITY, *Privacy*.
"""

ANY = "*"
NOT_YET = "not-yet"
JOIN = "+"
RANGE = ".."

Row = Mapping[str, str]
Rows = Sequence[Row]


@dataclass(frozen=True)
class Column:
    """One quasi-identifier.

    Attributes:
        name: Its key in each row.
        ordered: It is a quarter (`2026-Q3`) or `NOT_YET`; else one of a few names.
    """

    name: str
    ordered: bool = False


@dataclass(frozen=True)
class Hidden:
    """Rows that may be handed over.

    Attributes:
        rows: As they came, with coarser quasi-identifiers; sorted.
        suppressed: How many were left out, because there are too few rows or they are too alike.
        coarser: Column -> rows in which it says less than it did.
    """

    rows: tuple[Row, ...]
    suppressed: int
    coarser: Mapping[str, int]


def hide(rows: Rows, columns: Sequence[Column], told: str = "") -> Hidden:
    """Return rows of which every combination of quasi-identifiers has at least `LEAST`.

    Arguments:
        rows: One a plant; a column that is no quasi-identifier is left as it is.
        columns: The quasi-identifiers; the first one is kept as fine as it can be, before all others.
        told: Column that must not be guessed: in each combination no value of it has more than `HIGHEST_SHARE`.
    """

    def may_stand(part: Rows) -> bool:
        most = max(Counter(row[told] for row in part).values(), default=0) if told else 0
        return len(part) >= LEAST and most <= HIGHEST_SHARE * len(part)

    if not may_stand(rows):
        return Hidden((), len(rows), {})
    universe = {column.name: {row[column.name] for row in rows} for column in columns}
    found: list[Row] = []
    coarser: Counter[str] = Counter()
    for part in _cut(rows, columns, may_stand):
        labels = {column.name: _label(part, column, universe[column.name]) for column in columns}
        found += [{**row, **labels} for row in part]
        coarser.update(name for row in part for name, label in labels.items() if label != row[name])
    return Hidden(tuple(sorted(found, key=lambda row: sorted(row.items()))), 0, dict(sorted(coarser.items())))


def _cut(rows: Rows, columns: Sequence[Column], may_stand: Callable[[Rows], bool]) -> list[Rows]:
    """The smallest parts that may stand."""
    best: list[Rows] = []
    most = 0.0
    for place, column in enumerate(columns):
        parts = _parts(rows, column, may_stand)
        evenness = _evenness([len(part) for part in parts])
        if evenness > most + 1e-12:
            best, most = parts, evenness
        if best and place == 0:
            break
    return [small for part in best for small in _cut(part, columns, may_stand)] if best else [rows]


def _parts(rows: Rows, column: Column, may_stand: Callable[[Rows], bool]) -> list[Rows]:
    """The rows cut by one column; all of them in one part if it cannot be."""
    if not column.ordered:
        return _merged(_by(rows, lambda row: row[column.name]), may_stand)
    if len(ways := _merged(_by(rows, lambda row: row[column.name] == NOT_YET), may_stand)) > 1:
        return ways
    values = sorted({row[column.name] for row in rows})
    if NOT_YET in values:
        return [rows]
    halves = []
    for value in values[1:]:
        early = [row for row in rows if row[column.name] < value]
        late = [row for row in rows if row[column.name] >= value]
        if may_stand(early) and may_stand(late):
            halves.append((abs(len(early) - len(late)), value, [early, late]))
    return list(min(halves, key=lambda half: half[:2])[2]) if halves else [rows]


def _by(rows: Rows, key: Callable[[Row], Hashable]) -> dict[Hashable, list[Row]]:
    found: dict[Hashable, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _merged(groups: Mapping[Hashable, Rows], may_stand: Callable[[Rows], bool]) -> list[Rows]:
    """Groups that may stand; those that may not stand together, with the next smallest ones until they may."""
    ranked = sorted(groups.items(), key=lambda group: (may_stand(group[1]), len(group[1]), str(group[0])))
    rest: list[Row] = []
    while ranked and (not may_stand(ranked[0][1]) or (rest and not may_stand(rest))):
        rest += ranked.pop(0)[1]
    parts = [rows for _, rows in sorted(ranked, key=lambda group: str(group[0]))]
    return [*parts, rest] if rest else parts


def _evenness(sizes: Sequence[int]) -> float:
    """Entropy of the parts, of the most that it could be with as many; 0 for one part."""
    whole = sum(sizes)
    return -sum(size / whole * math.log(size / whole, len(sizes)) for size in sizes) if len(sizes) > 1 else 0.0


def _label(part: Rows, column: Column, universe: set[str]) -> str:
    """What the rows of a part say together."""
    values = sorted({row[column.name] for row in part})
    if len(values) == 1:
        return values[0]
    if set(values) == universe or (column.ordered and NOT_YET in values):
        return ANY
    return f"{values[0]}{RANGE}{values[-1]}" if column.ordered else JOIN.join(values)


def bands(values: Mapping[str, float], edges: Sequence[float]) -> dict[str, str]:
    """Return the band of each value: between two edges, wide enough to hold at least `LEAST` of them.

    The lowest and the highest band are open, so that nothing is said of the smallest and the largest plant.

    Arguments:
        values: Plant -> value.
        edges: Where bands may end, in order.
    """
    counts = Counter(sum(value >= edge for edge in edges) for value in values.values())
    cuts: list[int] = []
    held = 0
    for place in range(len(edges)):
        held += counts[place]
        left = sum(count for other, count in counts.items() if other > place)
        if held >= LEAST and left >= LEAST:
            cuts.append(place)
            held = 0
    kept = [edges[place] for place in cuts]
    return {plant: _band(value, kept) for plant, value in values.items()}


def _band(value: float, edges: Sequence[float]) -> str:
    place = sum(value >= edge for edge in edges)
    low = f"{edges[place - 1]:g}" if place else ""
    high = f"{edges[place]:g}" if place < len(edges) else ""
    return f"{low}{RANGE}{high}"
