"""Penetration over time: a line for each measure, and a rule for each goal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TypeVar

from greensupply.charts import axes, svg
from greensupply.charts.axes import DRAWN, RULE, WIDTH, Height, coded
from greensupply.charts.svg import INK, PAPER, SMALL, Caption
from greensupply.locales import percent
from greensupply.published import PublicTally

MEASURES = ("trained", "assisted", "core")
"""What penetration is measured by, each contained in the one before."""

_COLOURS = ("var(--gs-mark)", "var(--gs-mark-2)", "var(--gs-mark-3)", "var(--gs-mark-4)", "var(--gs-mark-5)")
_DASHES = ("1,0", "7,4", "2,3", "10,3,2,3", "4,2")
_MARKS = (
    "M3.08,0A3.08,3.08,0,1,1,-3.08,0A3.08,3.08,0,1,1,3.08,0",
    "M-3.08,-3.08h6.16v6.16h-6.16Z",
    "M0,-2.67L-3.08,2.67L3.08,2.67Z",
    "M-3.08,0L0,-3.08L3.08,0L0,3.08Z",
    "M-3.08,-1.23L-3.08,1.23L-1.23,1.23L-1.23,3.08L1.23,3.08L1.23,1.23L3.08,1.23L3.08,-1.23L1.23,-1.23L1.23,-3.08"
    "L-1.23,-3.08L-1.23,-1.23Z",
)
"""Circle, square, triangle, diamond and cross."""

_TOP, _RIGHT, _BOTTOM, _LEFT = 10, 156, 26, 42
"""Units around the lines, for names."""

Said = TypeVar("Said")

_APART = 0.075
"""Share of the axis that a name at a line's end needs."""


@dataclass(frozen=True)
class GoalLine:
    """A goal of a measure: the share of plants in percent, and how the chart calls it."""

    measure: str
    share: int
    text: str


def top_of(tally: PublicTally, goals: Sequence[GoalLine]) -> int:
    """Where the axis of all penetration charts ends, in percent, so that they can be compared."""
    shown = [tally.share(*key, measure) or 0 for key in tally.reach for measure in MEASURES]
    return top_for([*shown, *(goal.share for goal in goals)])


def curve(
    tally: PublicTally,
    country: str,
    goals: Sequence[GoalLine],
    words: Mapping[str, str],
    top: int,
    caption: Caption,
    locale: str,
) -> str:
    """Penetration of one country (or of all, `""`) over the quarters, as `lines`; a name has at most 13 letters."""
    quarters = sorted({quarter for place, quarter in tally.reach if place == country})
    shares = {measure: [tally.share(country, quarter, measure) for quarter in quarters] for measure in MEASURES}
    return lines(quarters, shares, goals, words, top, caption, locale)


def top_for(shares: Iterable[int | None]) -> int:
    """Where an axis ends that has room for these percentages: a ten above the greatest."""
    return min(100, (max([9, *(share for share in shares if share is not None)]) // 10 + 1) * 10)


def lines(
    quarters: Sequence[str],
    shares: Mapping[str, Sequence[int | None]],
    goals: Sequence[GoalLine],
    words: Mapping[str, str],
    top: int,
    caption: Caption,
    locale: str,
) -> str:
    """Percentages over the last of some quarters, one line a measure, in the order in which they contain one another.

    Arguments:
        quarters: In order.
        shares: Measure -> its percentage in each quarter; at most five measures.
        goals: Each a rule.
        words: Measure -> its name at the end of its line.
        top: End of the axis, in percent.
        caption: What the chart says.
        locale: Language.
    """
    quarters = quarters[-DRAWN["curve"] :]
    last = {measure: values[-DRAWN["curve"] :] for measure, values in shares.items()}
    height, width = Height(230, 0, top), WIDTH - _LEFT - _RIGHT
    places = axes.points(len(quarters), width)
    grid, names = axes.value_axis(height, width, lambda share: percent(share / 100, locale))
    shapes = [grid, axes.period_axis(quarters, places, height.units, width, locale), names]
    goals = sorted(goals, key=lambda goal: goal.share)
    shapes += [svg.across(width, height.of(goal.share), -width, RULE) for goal in goals]
    found = [
        [None if share is None else (x, height.of(share)) for x, share in zip(places.starts, values, strict=True)]
        for values in last.values()
    ]
    shapes += [_line(points, colour, dash) for points, colour, dash in zip(found, _COLOURS, _DASHES, strict=False)]
    for points, colour, mark in zip(found, _COLOURS, _MARKS, strict=False):
        shapes += [f'<path{svg.moved(*at)} d="{mark}" fill="{colour}" stroke-width="2"/>' for at in points if at]
    told = _apart([(goal.share, goal.text) for goal in goals], top)
    for fill in (PAPER, INK):
        shapes += [svg.text(4, height.of(place) - 6, text, fill=fill, size=SMALL) for place, text in told]
    for place, (text, colour) in _apart(_ends(last, words, locale), top):
        shapes.append(svg.text(width + 10, height.of(place) + 4, text, fill=colour, size=SMALL))
    return svg.framed((WIDTH, _TOP + height.units + _BOTTOM), (_LEFT, _TOP), shapes, caption)


def _ends(
    shares: Mapping[str, Sequence[int | None]], words: Mapping[str, str], locale: str
) -> list[tuple[int, tuple[str, str]]]:
    """The last share of each measure, lowest first, and of two alike what is contained; its name and its colour."""
    ends = []
    for (measure, values), colour in reversed(list(zip(shares.items(), _COLOURS, strict=False))):
        if last := next((share for share in reversed(values) if share is not None), None):
            ends.append((last, (f"{coded(last, locale)} {words[measure]}", colour)))
    return sorted(ends, key=lambda end: end[0])


def _apart(found: Iterable[tuple[int, Said]], top: int) -> list[tuple[float, Said]]:
    """What is said at shares of the axis, lowest first, moved up where two would touch."""
    lowest, placed = 0.0, []
    for share, said in found:
        place = max(share, lowest)
        placed.append((place, said))
        lowest = place + _APART * top
    return placed


def _line(found: Iterable[tuple[float, float] | None], colour: str, dash: str) -> str:
    """A line through the points, with a gap where there is none; a point between two gaps is closed in itself.

    To a thousandth of a unit before the rest, as Vega did it: so a page that was published stays what it is.
    """
    parts = [list(part) for is_gap, part in groupby(found, key=lambda at: at is None) if not is_gap]
    path = ""
    for part in parts:
        told = [",".join(svg.units(round(each, 3)) for each in at) for at in part if at]
        path += f"M{'L'.join(told)}" + "Z" * (len(told) == 1)
    return f'<path d="{path}" stroke="{colour}" stroke-width="2.5" stroke-dasharray="{dash}"/>' if path else ""
