"""Penetration over time: a line for each measure, and a rule for each goal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greensupply.charts.svg import Caption
from greensupply.charts.vega import DRAWN, INK, PAPER, SMALL, Spec, coded, draw, percent_axis, periods
from greensupply.published import PublicTally

MEASURES = ("trained", "assisted", "core")
"""What penetration is measured by, each contained in the one before."""

_COLOURS = ("var(--gs-mark)", "var(--gs-mark-2)", "var(--gs-mark-3)", "var(--gs-mark-4)", "var(--gs-mark-5)")
_DASHES = ([1, 0], [7, 4], [2, 3], [10, 3, 2, 3], [4, 2])
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross")

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
    measures = tuple(shares)
    points: list[dict[str, Any]] = []
    ends: list[dict[str, Any]] = []
    for measure in measures:
        drawn = shares[measure][-DRAWN["curve"] :]
        points += [
            {"period": quarter, "measure": measure, "share": share}
            for quarter, share in zip(quarters, drawn, strict=True)
        ]
        if last := next((share for share in reversed(drawn) if share is not None), None):
            ends.append({"measure": measure, "share": last, "text": f"{coded(last, locale)} {words[measure]}"})
    rules = _told(goals, top)
    y = {"type": "quantitative", "scale": {"domain": [0, top], "nice": False}, "axis": percent_axis(locale)}
    spec: Spec = {
        "height": 230,
        "layer": [
            {"data": {"values": rules}, "mark": _RULE, "encoding": {"y": {**y, "field": "share"}}},
            {
                "data": {"values": points},
                "encoding": {"x": periods(quarters, locale, band=False), "y": {**y, "field": "share"}},
                "layer": _lines(measures),
            },
            {
                "data": {"values": rules},
                "encoding": {"x": {"value": 0}, "y": {**y, "field": "place"}, "text": {"field": "text"}},
                "layer": [{"mark": {**_GOAL, **_HALO}}, {"mark": _GOAL}],
            },
            {
                "data": {"values": _apart(ends, measures, top)},
                "mark": {**SMALL, "baseline": "middle", "dx": 10},
                "encoding": {
                    "x": {"value": "width"},
                    "y": {**y, "field": "place"},
                    "text": {"field": "text"},
                    "fill": _by_measure(measures, _COLOURS),
                },
            },
        ],
    }
    return draw(spec, caption, locale, margins=(10, 156, 26, 42))


def _apart(ends: Sequence[dict[str, Any]], measures: Sequence[str], top: int) -> list[dict[str, Any]]:
    """The names at the lines' ends, moved up where two would touch."""
    lowest, placed = 0.0, []
    for end in sorted(ends, key=lambda end: (end["share"], -measures.index(end["measure"]))):
        place = max(end["share"], lowest)
        placed.append({**end, "place": place})
        lowest = place + _APART * top
    return placed


def _told(goals: Sequence[GoalLine], top: int) -> list[dict[str, Any]]:
    """The goals with the place of their words, moved up where two would touch."""
    lowest, told = 0.0, []
    for goal in sorted(goals, key=lambda goal: goal.share):
        place = max(goal.share, lowest)
        told.append({"share": goal.share, "text": goal.text, "place": place})
        lowest = place + _APART * top
    return told


def _by_measure(measures: Sequence[str], looks: Sequence[object]) -> Spec:
    scale = {"domain": measures, "range": looks[: len(measures)]}
    return {"field": "measure", "scale": scale, "legend": None}


_RULE: Spec = {"type": "rule", "stroke": INK, "strokeWidth": 1.5, "strokeDash": [1, 3]}
_GOAL: Spec = {**SMALL, "baseline": "bottom", "dx": 4, "dy": -3, "fill": INK}
_HALO: Spec = {"stroke": PAPER, "strokeWidth": 5, "strokeJoin": "round", "fill": PAPER}
"""Clears the way for a goal's words where a line runs through them."""


def _lines(measures: Sequence[str]) -> list[Spec]:
    strokes = {"stroke": _by_measure(measures, _COLOURS), "strokeDash": _by_measure(measures, _DASHES)}
    points = {"fill": _by_measure(measures, _COLOURS), "shape": _by_measure(measures, _SHAPES)}
    return [
        {
            "mark": {"type": "line", "strokeWidth": 2.5, "invalid": "break-paths-show-path-domains"},
            "encoding": strokes,
        },
        {"mark": {"type": "point", "filled": True, "opacity": 1, "size": 38}, "encoding": points},
    ]
