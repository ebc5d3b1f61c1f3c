"""Learners by one property, and scores, as bars; learners over time as columns."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from greensupply.charts import axes, svg
from greensupply.charts.axes import DRAWN, WIDTH, Height, Places
from greensupply.charts.svg import LINE, MARK, MERGED, Caption
from greensupply.locales import number, percent
from greensupply.published import PublicTally

Name = Callable[[Sequence[str]], str]

WITHHELD = "–"
"""Stands where a number is withheld."""

_LETTERS = 44
"""Letters that one line takes, in the widest language."""

_LONGEST = 290
"""Units of the longest bar; its number stands behind it."""

_LETTER, _FEWEST = 8.5, 7
"""Units of a digit in bold, and how many have room behind the longest bar; a longer number makes all bars shorter."""

_THICK = 16
"""Units of a bar from its top to its bottom."""

ABOVE = -7
"""Units from the end of a column to the line that the number above it stands on."""


@dataclass(frozen=True)
class Bar:
    """One bar of `bars`: the lines of its label, its length, the number behind it and its colour."""

    label: list[str]
    value: float
    text: str
    fill: str


def rows(tally: PublicTally, table: str, name: Name, caption: Caption, locale: str) -> str:
    """Learners by one property, as bars with their label above; `name` says labels, one or several merged."""
    found = [
        bar(name(row.labels), row.learners, number(row.learners, locale), MERGED if len(row.labels) > 1 else MARK)
        for row in tally.tables[table]
    ]
    return bars(found, max(row.learners for row in tally.tables[table]), caption)


def scores(tally: PublicTally, name: Name, caption: Caption, locale: str) -> str:
    """Mean scores by module, as bars of which the longest would be 100 %."""
    found = [bar(name((module,)), score, percent(score / 100, locale), MARK) for module, score in tally.scores.items()]
    return bars(found, 100, caption)


def columns(tally: PublicTally, series: str, caption: Caption, locale: str) -> str:
    """Learners of the last `quarters` or `months`, as columns; quarters carry their numbers, months an axis."""
    known: Mapping[str, int | None] = getattr(tally, series)
    named = series == "quarters"
    names = sorted(known)[-DRAWN[series] :]
    top, below, left = (22, 2 * LINE + 8, 0) if named else (12, LINE + 8, 44)
    height = Height(190, 0, axes.round_top(max(known[name] or 0 for name in names)))
    places = axes.columns(len(names), WIDTH - left)
    lines, numbers = "", ""
    if not named:
        lines, numbers = axes.value_axis(height, WIDTH - left, lambda tick: number(tick, locale), least=5)
    shapes = [lines, axes.period_axis(names, places, height.units, WIDTH - left, locale), numbers]
    shapes += upright(places, height, [known[name] for name in names])
    for x, name in zip(places.middles, names, strict=True):
        value = known[name]
        said = WITHHELD if value is None else number(value, locale) if named else ""
        shapes.append(svg.text(x, height.of(value or 0) + ABOVE, said, anchor="middle"))
    return svg.framed((WIDTH, top + height.units + below), (left, top), shapes, caption)


def upright(places: Places, height: Height, values: Sequence[float | None]) -> list[str]:
    """A column from zero up or down to each value that is known."""
    shapes = []
    for start, value in zip(places.starts, values, strict=True):
        if value is not None:
            top, bottom = sorted((height.of(value), height.of(0)))
            shapes.append(svg.bar((start, top, start + places.width, bottom), MARK, upright=True))
    return shapes


def bar(label: str, value: float, text: str, fill: str) -> Bar:
    """One bar of `bars`."""
    return Bar(textwrap.wrap(label, _LETTERS), value, text, fill)


def bars(found: Sequence[Bar], whole: float, caption: Caption) -> str:
    """Bars with their labels above; one of the length `whole` would be the longest that there can be."""
    lines = max(len(bar.label) for bar in found)
    step = LINE * lines + 40
    longest = _LONGEST - _LETTER * max(0, max(len(bar.text) for bar in found) - _FEWEST)
    lengths = [bar.value / whole * longest for bar in found]
    tops = [step * row + LINE * lines + 15 for row in range(len(found))]
    stroke = f' stroke="{MARK}" stroke-width="1"'
    shapes = [
        svg.bar((0, top, length, top + _THICK), bar.fill, upright=False, stroke=stroke)
        for bar, length, top in zip(found, lengths, tops, strict=True)
    ]
    for row, bar in enumerate(found):  # empty lines above a short label let it stand on its bar
        label = [""] * (lines - len(bar.label)) + bar.label
        shapes.append(svg.text(0, step * row + 16, label))
    shapes += [
        svg.text(length + 7, top + 12, bar.text, bold=True)
        for bar, length, top in zip(found, lengths, tops, strict=True)
    ]
    return svg.framed((WIDTH, step * len(found) + 2), (1, 0), shapes, caption)
