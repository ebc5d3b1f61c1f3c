"""Courses: how many so far by quarter, with the plan as a band; and by country."""

from __future__ import annotations

from collections.abc import Sequence

from greensupply.charts.bars import bar, bars
from greensupply.charts.svg import Caption
from greensupply.charts.vega import DRAWN, INK, LINE, MARK, PAPER, SMALL, TYPE, Spec, draw, periods
from greensupply.locales import number
from greensupply.published import PublicTally

_RULE: Spec = {"type": "rule", "stroke": INK, "strokeWidth": 1.5, "strokeDash": [1, 3]}
_TEXT: Spec = {**SMALL, "baseline": "bottom", "dx": 4, "dy": -3, "fill": INK}
_COUNT: Spec = {"type": "text", "baseline": "bottom", "dy": -4, "fontSize": TYPE, "fill": INK}
_HALO: Spec = {"stroke": PAPER, "strokeWidth": 5, "strokeJoin": "round", "fill": PAPER}


def courses(tally: PublicTally, plan: tuple[int, int, str], caption: Caption, locale: str) -> str:
    """Courses so far at the end of each of the last quarters, as columns.

    Arguments:
        tally: Of which the courses are drawn.
        plan: Least and greatest number planned, each a line, and what the chart calls them; no text, no lines.
        caption: What the chart says.
        locale: Language.
    """
    least, most, text = plan
    names = sorted(tally.course_quarters)[-DRAWN["quarters"] :]
    values = [
        {
            "period": name,
            "courses": tally.course_quarters[name],
            "text": number(tally.course_quarters[name], locale),
        }
        for name in names
    ]
    top = max([most, *(tally.course_quarters[name] for name in names)]) + 1
    y = {"type": "quantitative", "stack": None, "axis": None, "scale": {"domain": [0, top], "nice": False}}
    lines = [{"at": count} for count in sorted({least, most})] if text else []
    said = [{"at": most, "text": text}] if text else []
    spec: Spec = {
        "height": 190,
        "layer": [
            {
                "data": {"values": values},
                "encoding": {"x": periods(names, locale, band=True)},
                "layer": [
                    {"mark": {"type": "bar", "fill": MARK}, "encoding": {"y": {**y, "field": "courses"}}},
                    {
                        "encoding": {"y": {**y, "field": "courses"}, "text": {"field": "text"}},
                        "layer": [{"mark": {**_COUNT, **_HALO}}, {"mark": _COUNT}],
                    },
                ],
            },
            {"data": {"values": lines}, "mark": _RULE, "encoding": {"y": {**y, "field": "at"}}},
            {
                "data": {"values": said},
                "encoding": {"x": {"value": 0}, "y": {**y, "field": "at"}, "text": {"field": "text"}},
                "layer": [{"mark": {**_TEXT, **_HALO}}, {"mark": _TEXT}],
            },
        ],
    }
    return draw(spec, caption, locale, margins=(12, 0, 2 * LINE + 8, 0))


def counted(found: Sequence[tuple[str, int]], caption: Caption, locale: str) -> str:
    """Labels with exact counts of what is no person, as bars; one of them is more than nothing."""
    drawn = [bar(label, count, number(count, locale), MARK) for label, count in found]
    return bars(drawn, max(count for _, count in found), caption, locale)
