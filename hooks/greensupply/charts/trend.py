"""Quantities over time as columns, above and below zero; and a few quantities beside one another as bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from greensupply.charts.bars import WITHHELD, bar, bars
from greensupply.charts.svg import Caption
from greensupply.charts.vega import DRAWN, INK, LINE, MARK, MERGED, PAPER, SMALL, SOFT, TYPE, Spec, draw, periods

_LETTERS = 42
"""Letters of numbers that fit beside one another above columns."""

_ABOVE, _BELOW = 0.02, 0.16
"""Room above the highest and below the lowest column, as a part of the whole height."""

_TEXT: Spec = {"type": "text", "fontSize": TYPE, "fill": INK}
_HALO: Spec = {"stroke": PAPER, "strokeWidth": 5, "strokeJoin": "round", "fill": PAPER}
_RULE: Spec = {"type": "rule", "stroke": INK, "strokeWidth": 1.5, "strokeDash": [1, 3]}

Found = tuple[str, float | None, str]
"""A quarter, its value, and the value as the page says it."""


def drawn(found: Sequence[Found]) -> list[Found]:
    """The last quarters that have room: eight, or fewer where their numbers are long."""
    longest = max((len(text) for _, value, text in found if value is not None), default=1)
    return list(found)[-min(DRAWN["quarters"], max(3, _LETTERS // longest)) :]


def trend(found: Sequence[Found], caption: Caption, locale: str, goals: Sequence[tuple[float, str]] = ()) -> str:
    """A quantity of the last quarters, as columns; what is withheld is a gap with a sign.

    Arguments:
        found: In the order of their quarters; at least one has a value.
        caption: What the chart says.
        locale: Language.
        goals: Each a value and what the chart calls it, drawn as a rule.
    """
    last = drawn(found)
    names = [name for name, _, _ in last]
    values: list[dict[str, Any]] = [
        {"period": name, "value": value, "at": value or 0, "text": WITHHELD if value is None else text}
        for name, value, text in last
    ]
    lowest = min(0.0, *(one["at"] for one in values))
    highest = max([0.0, *(one["at"] for one in values), *(value for value, _ in goals)])
    span = highest - lowest or 1.0
    below = _BELOW * span if lowest < 0 else 0.0
    scale = {"domain": [lowest - below, highest + _ABOVE * span], "nice": False, "zero": True}
    y = {"type": "quantitative", "stack": None, "axis": None, "scale": scale}
    x = periods(names, locale, band=True)
    rules = [{"value": value, "text": text} for value, text in goals]
    up = [one for one in values if one["at"] >= 0]
    down = [one for one in values if one["at"] < 0]
    goal = {**SMALL, "baseline": "bottom", "dx": 4, "dy": -3, "fill": INK}
    at, rule = {"y": {**y, "field": "at"}, "text": {"field": "text"}}, {"y": {**y, "field": "value"}}
    spec: Spec = {
        "height": 190,
        "layer": [
            {
                "data": {"values": values},
                "mark": {"type": "bar", "fill": MARK},
                "encoding": {"x": x, "y": {**y, "field": "value"}},
            },
            {"data": {"values": rules}, "mark": _RULE, "encoding": rule},
            *(
                {
                    "data": {"values": some},
                    "encoding": {"x": x, **at},
                    "layer": [{"mark": {**_TEXT, **side, **_HALO}}, {"mark": {**_TEXT, **side}}],
                }
                for some, side in ((up, {"baseline": "bottom", "dy": -4}), (down, {"baseline": "top", "dy": 4}))
            ),
            {
                "data": {"values": [{"value": 0}] if lowest < 0 else []},
                "mark": {"type": "rule", "stroke": SOFT},
                "encoding": rule,
            },
            {
                "data": {"values": rules},
                "encoding": {"x": {"value": 0}, **rule, "text": {"field": "text"}},
                "layer": [{"mark": {**goal, **_HALO}}, {"mark": goal}],
            },
        ],
    }
    return draw(spec, caption, locale, margins=(22, 0, 2 * LINE + 8, 0))


def beside(found: Sequence[tuple[str, float, str, bool]], caption: Caption, locale: str) -> str:
    """Quantities in one unit as bars: label, value, the value as the page says it, and whether it is an estimate.

    What is less than nothing has no bar, only its number.
    """
    marks = [bar(label, max(0.0, value), text, MERGED if soft else MARK) for label, value, text, soft in found]
    return bars(marks, max(value for _, value, _, _ in found) or 1, caption, locale)
