"""Learners by one property, and scores, as bars; learners over time as columns."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from greensupply.charts.svg import Caption
from greensupply.charts.vega import DRAWN, INK, LINE, MARK, MERGED, TYPE, Spec, count_axis, draw, periods
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


def rows(tally: PublicTally, table: str, name: Name, caption: Caption, locale: str) -> str:
    """Learners by one property, as bars with their label above; `name` says labels, one or several merged."""
    found = [
        bar(name(row.labels), row.learners, number(row.learners, locale), MERGED if len(row.labels) > 1 else MARK)
        for row in tally.tables[table]
    ]
    return bars(found, max(row.learners for row in tally.tables[table]), caption, locale)


def scores(tally: PublicTally, name: Name, caption: Caption, locale: str) -> str:
    """Mean scores by module, as bars of which the longest would be 100 %."""
    found = [bar(name((module,)), score, percent(score / 100, locale), MARK) for module, score in tally.scores.items()]
    return bars(found, 100, caption, locale)


def columns(tally: PublicTally, series: str, caption: Caption, locale: str) -> str:
    """Learners of the last `quarters` or `months`, as columns; quarters carry their numbers, months an axis."""
    known: Mapping[str, int | None] = getattr(tally, series)
    named = series == "quarters"
    names = sorted(known)[-DRAWN[series] :]
    values = [
        {
            "period": name,
            "learners": known[name],
            "at": known[name] or 0,
            "text": WITHHELD if known[name] is None else number(known[name] or 0, locale) if named else "",
        }
        for name in names
    ]
    height = {"type": "quantitative", "stack": None, "axis": None if named else count_axis()}
    spec: Spec = {
        "height": 190,
        "data": {"values": values},
        "encoding": {"x": periods(names, locale, band=True)},
        "layer": [
            {"mark": {"type": "bar", "fill": MARK}, "encoding": {"y": {**height, "field": "learners"}}},
            {
                "mark": {"type": "text", "baseline": "bottom", "dy": -4, "fontSize": TYPE, "fill": INK},
                "encoding": {"y": {**height, "field": "at"}, "text": {"field": "text"}},
            },
        ],
    }
    return draw(spec, caption, locale, margins=(22, 0, 2 * LINE + 8, 0) if named else (12, 0, LINE + 8, 44))


def bar(label: str, value: float, text: str, fill: str) -> dict[str, Any]:
    """One bar of `bars`: its label, its length, the number behind it and its colour."""
    return {"label": textwrap.wrap(label, _LETTERS), "value": value, "text": text, "fill": fill}


def bars(found: Sequence[dict[str, Any]], whole: float, caption: Caption, locale: str) -> str:
    """Bars with their labels above; one of the length `whole` would be the longest that there can be."""
    lines = max(len(bar["label"]) for bar in found)
    # empty lines above a short label let it stand on its bar
    values = [
        {**bar, "row": row, "label": [""] * (lines - len(bar["label"])) + bar["label"]} for row, bar in enumerate(found)
    ]
    step, below = LINE * lines + 40, LINE * lines / 2 + 3
    longest = _LONGEST - _LETTER * max(0, max(len(bar["text"]) for bar in found) - _FEWEST)
    scale = {"domain": [0, whole], "range": [0, longest]}
    x = {"field": "value", "type": "quantitative", "stack": None, "axis": None, "scale": scale}
    text = {"type": "text", "align": "left", "fontSize": TYPE, "fill": INK}
    spec: Spec = {
        "height": {"step": step},
        "data": {"values": values},
        "encoding": {"y": {"field": "row", "type": "ordinal", "axis": None, "scale": {"padding": 0}}},
        "layer": [
            {
                "mark": {"type": "bar", "height": 16, "yOffset": below, "stroke": MARK, "strokeWidth": 1},
                "encoding": {"x": x, "fill": {"field": "fill", "scale": None}},
            },
            {
                "mark": {**text, "baseline": "line-top", "lineHeight": LINE, "yOffset": -step / 2 + 3},
                "encoding": {"x": {"value": 0}, "text": {"field": "label"}},
            },
            {
                "mark": {**text, "baseline": "middle", "dx": 7, "yOffset": below, "fontWeight": "bold"},
                "encoding": {"x": x, "text": {"field": "text"}},
            },
        ],
    }
    return draw(spec, caption, locale, margins=(0, 0, 2, 1))
