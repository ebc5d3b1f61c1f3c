"""Quantities over time as columns, above and below zero; and a few quantities beside one another as bars."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from greensupply.charts import axes, svg
from greensupply.charts.axes import DRAWN, RULE, WIDTH, Height
from greensupply.charts.bars import ABOVE, WITHHELD, bar, bars, upright
from greensupply.charts.svg import INK, LINE, MARK, MERGED, PAPER, SMALL, SOFT, Caption

_LETTERS = 42
"""Letters of numbers that fit beside one another above columns."""

_ROOM_ABOVE, _ROOM_BELOW = 0.02, 0.16
"""Room above the highest and below the lowest column, as a part of the whole height."""

_BELOW = 15
"""Units from the end of a column below zero to the line that its number stands on."""

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
    values = [value or 0 for _, value, _ in last]
    lowest = min(0.0, *values)
    highest = max([0.0, *values, *(value for value, _ in goals)])
    span = highest - lowest or 1.0
    height = Height(190, lowest - (_ROOM_BELOW * span if lowest < 0 else 0.0), highest + _ROOM_ABOVE * span)
    places = axes.columns(len(last), WIDTH)
    shapes = [axes.period_axis([name for name, _, _ in last], places, height.units, WIDTH, locale)]
    shapes += upright(places, height, [value for _, value, _ in last])
    shapes += [svg.across(WIDTH, height.of(value), -WIDTH, RULE) for value, _ in goals]
    said = [
        (value < 0, x, height.of(value) + (_BELOW if value < 0 else ABOVE), WITHHELD if known is None else text)
        for x, value, (_, known, text) in zip(places.middles, values, last, strict=True)
    ]
    for side, fill in product((False, True), (PAPER, INK)):
        shapes += [
            svg.text(x, y, text, fill=fill, anchor="middle") for is_below, x, y, text in said if is_below == side
        ]
    if lowest < 0:
        shapes.append(svg.across(WIDTH, height.of(0), -WIDTH, f'stroke="{SOFT}"'))
    for fill in (PAPER, INK):
        shapes += [svg.text(4, height.of(value) - 6, text, fill=fill, size=SMALL) for value, text in goals]
    return svg.framed((WIDTH, 22 + height.units + 2 * LINE + 8), (0, 22), shapes, caption)


def beside(found: Sequence[tuple[str, float, str, bool]], caption: Caption) -> str:
    """Quantities in one unit as bars: label, value, the value as the page says it, and whether it is an estimate.

    What is less than nothing has no bar, only its number.
    """
    marks = [bar(label, max(0.0, value), text, MERGED if soft else MARK) for label, value, text, soft in found]
    return bars(marks, max(value for _, value, _, _ in found) or 1, caption)
