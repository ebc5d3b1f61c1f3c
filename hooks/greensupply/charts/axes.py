"""What all charts have in common: their size, where a value stands, and the axes."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from greensupply.charts.svg import GRID, INK, LINE, SMALL, SOFT, across, group, text
from greensupply.locales import percent, period
from greensupply.published import CEILING, FLOOR

WIDTH = 360
"""Units of a chart from edge to edge; a page shows it at 290 to 480 pixels."""

DRAWN: Mapping[str, int] = {"quarters": 8, "months": 24, "curve": 16}
"""How many of the last periods are drawn; the table beside the chart has all."""

RULE = f'stroke="{INK}" stroke-width="1.5" stroke-dasharray="1,3"'
"""The line of a goal."""

_LEAST_FOR_YEAR = 3
"""Periods of a year whose width its name needs."""

_TICKS = 4
"""About how many lines there are to read a chart by."""

_ROUND = ((10, math.sqrt(50)), (5, math.sqrt(10)), (2, math.sqrt(2)))
"""Round numbers, and from where on each is nearer than the one below it, by their ratios."""

_EDGE = 0.5
"""An axis stands half a unit from the shapes, so that a line of one unit fills one pixel and not half of two."""


@dataclass(frozen=True)
class Height:
    """Values from the bottom of a chart to its top."""

    units: float
    low: float
    high: float

    def of(self, value: float) -> float:
        """Where a value stands, in units from the top; in the middle where there is only one value."""
        share = (value - self.low) / (self.high - self.low) if self.high != self.low else 0.5
        return self.units * (1 - share)


@dataclass(frozen=True)
class Places:
    """Where each of some periods begins from the left, and how wide it is."""

    starts: Sequence[float]
    width: float

    @property
    def middles(self) -> list[float]:
        """The middle of each."""
        return [start + self.width * 0.5 for start in self.starts]


def columns(count: int, width: float) -> Places:
    """Places of columns with room between them."""
    return _places(count, width, 0.28, 0.14)


def points(count: int, width: float) -> Places:
    """Places without width, a little from the edges."""
    return _places(count, width, 1, 0.1)


def _places(count: int, width: float, between: float, beside: float) -> Places:
    """Steps of which these parts lie between two places, and beside the first and the last."""
    step = width / max(1, count - between + beside * 2)
    start = (width - step * (count - between)) * 0.5
    return Places([start + step * place for place in range(count)], step * (1 - between))


def round_top(value: float) -> float:
    """The end of an axis for a greatest value: a round number with ten round steps below it, or about so many."""
    before = 0.0
    while value and (step := _step(value, 10)) != before:
        value, before = math.ceil(value / step) * step, step
    return value


def _step(span: float, count: int) -> float:
    """One, two or five of a power of ten, which divides a span into about so many steps."""
    step = span / count
    power = 10.0 ** math.floor(math.log10(step))
    return power * next((round_ for round_, least in _ROUND if step / power >= least), 1)


def value_axis(height: Height, width: float, name: Callable[[int], str], least: int = 1) -> tuple[str, str]:
    """Lines from 0 up to read values by, at whole multiples of `least`; and their names."""
    step = int(_step(height.high, min(_TICKS, int(height.high // least) + 1))) if height.high else 1
    ticks = range(0, int(height.high) + 1, step)
    stroke = f'stroke="{GRID}" stroke-width="1"'
    lines = [across(0, math.floor(height.of(tick) + 0.5), width, stroke) for tick in ticks]
    names = [text(-6, height.of(tick) + 4, name(tick), fill=SOFT, anchor="end", size=SMALL) for tick in ticks]
    return group(_EDGE, _EDGE, lines), group(_EDGE, _EDGE, names)


def period_axis(names: Sequence[str], places: Places, height: float, width: float, locale: str) -> str:
    """The time axis: each year under its first period, and quarters by name where they are columns."""
    years = [name[:4] for name in names]
    labels = []
    for place, (name, year, x) in enumerate(zip(names, years, places.middles, strict=True)):
        first = year if place == years.index(year) else ""
        said = [first if years.count(year) >= _LEAST_FOR_YEAR or year == years[-1] else ""]
        if places.width and "Q" in name:
            said = [period(name, locale, "short"), first]
        at, anchor = (x - _EDGE, "middle") if places.width else (x, "start")
        labels.append(text(at, LINE - 1, said, fill=SOFT, anchor=anchor, size=SMALL))
    return group(_EDGE, height + _EDGE, [*labels, across(0, 0, width, f'stroke="{SOFT}" stroke-width="1"')])


def coded(share: int, locale: str) -> str:
    """A published percentage as the locale writes it: `≤ 5 %` and `≥ 95 %` at the ends of its code."""
    sign = "≤\u00a0" if share <= FLOOR else "≥\u00a0" if share >= CEILING else ""
    return sign + percent(share / 100, locale)
