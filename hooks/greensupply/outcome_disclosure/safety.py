"""When a sum over plants tells of none of them. Everything else asks these few functions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

LEAST = 5
"""Fewest plants behind a number, and behind its move. Sources: curriculum 4; fact MET-19."""

WITHIN = 0.15
"""Nobody may tell the value of one plant to within this part of it."""

DOMINANCE = 0.2
"""The p of the p%-rule, somewhat more than `WITHIN`.

The second largest plant knows its own value and takes it off the sum; what is left but for the largest must be at least
this part of the largest. Any other plant, and anybody outside, knows less. With `WITHIN` itself a few plants in a
thousand can be told from several releases of measures that go together, as energy and emissions do; the audit finds
none with this. Source: Hundepool et al., Statistical Disclosure Control (2012), 4.2. A rule for more plants together,
(n,k), adds nothing against one that asks alone.
"""

DIGITS = 3
"""Significant digits of a quantity."""

STEP = 5
"""Numbers of plants, and of what plants do, are rounded down to a multiple of this."""

_ALIKE = 1e-9
"""Two values closer than this part of them are the same: what floating point makes of one."""

_PARALLEL = 1e-6
"""The same for the ratio of two measures of a plant, which come from factors that are written in decimals."""

Parts = Mapping[str, float]
"""Plant -> what it adds to a sum or to a difference of sums."""


def safe(parts: Parts) -> bool:
    """Enough plants, and none so large that the second largest can tell it."""
    sizes = sorted((abs(value) for value in parts.values() if value), reverse=True)
    return len(sizes) >= LEAST and sum(sizes[2:]) >= DOMINANCE * sizes[0]


def telling(difference: Parts) -> bool:
    """A difference of two sums that points to plants: there is one, and it is not safe."""
    return any(difference.values()) and not safe(difference)


def less(parts: Parts, other: Parts) -> dict[str, float]:
    """Difference of two sums, plant by plant; plants in which they are alike are left out."""
    found = {}
    for plant in {**parts, **other}:
        one, two = parts.get(plant, 0.0), other.get(plant, 0.0)
        if abs(one - two) > _ALIKE * max(abs(one), abs(two)):
            found[plant] = one - two
    return found


def together(parts: Iterable[Parts]) -> dict[str, float]:
    """Sum of sums, plant by plant."""
    found: dict[str, float] = {}
    for each in parts:
        for plant, value in each.items():
            found[plant] = found.get(plant, 0.0) + value
    return {plant: value for plant, value in found.items() if value}


def rounded(value: float) -> float:
    """To `DIGITS` significant digits."""
    return float(f"{value:.{DIGITS}g}")


def down(count: float) -> int:
    """To the multiple of `STEP` below."""
    return int(count // STEP) * STEP


def step(count: float, shown: int) -> int:
    """What is shown of `count` where `shown` stood before: a move has at least `LEAST` plants behind it.

    What was shown stood for `shown` to `shown` + `STEP` - 1; the rule holds for each of these.
    """
    moved = count >= shown + STEP - 1 + LEAST or count <= shown - LEAST
    return down(count) if moved else shown


def number(count: int, shown: int | None, *, known: bool) -> int | None:
    """A number of plants; None is not enough. `known`: it was in the last release, and None there was too few."""
    if shown is not None:
        return step(count, shown) or None
    return down(count) if count >= (2 * LEAST if known else LEAST) else None


def mixed(measures: Sequence[Parts]) -> bool:
    """No weighted difference of two or three sums over the same plants is left with a few of these.

    Energy and emissions come from the same fuels by factors that are public. Where every plant uses electricity and one
    burns gas too, energy less so many times emissions is its gas. Such weights cancel out all plants but the few, so
    they show in any five of different mix.
    """
    plants = sorted({plant for parts in measures for plant in parts})
    rows = [tuple(parts.get(plant, 0.0) for parts in measures) for plant in plants]
    apart: list[tuple[float, ...]] = []
    for row in rows:
        if len(apart) < LEAST + len(measures) and not any(_parallel(row, other) for other in apart):
            apart.append(row)
    for some in combinations(apart, len(measures) - 1):
        weights = _across(some)
        left = {}
        for plant, row in zip(plants, rows, strict=True):
            terms = [weight * value for weight, value in zip(weights, row, strict=True)]
            if abs(sum(terms)) > _PARALLEL * sum(map(abs, terms)):
                left[plant] = sum(terms)
        if len(plants) - len(left) >= len(measures) and telling(left):
            return False
    return True


def _parallel(one: Sequence[float], two: Sequence[float]) -> bool:
    return all(
        abs(one[i] * two[j] - one[j] * two[i]) <= _PARALLEL * (abs(one[i] * two[j]) + abs(one[j] * two[i]))
        for i, j in combinations(range(len(one)), 2)
    )


def _across(rows: Sequence[Sequence[float]]) -> tuple[float, ...]:
    """Weights by which one row of two, or both rows of three, add up to nothing."""
    if len(rows) == 1:
        return (rows[0][1], -rows[0][0])
    (a, b, c), (d, e, f) = rows
    return (b * f - c * e, c * d - a * f, a * e - b * d)
