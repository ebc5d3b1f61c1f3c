"""What all charts have in common: their size, type, colours and axes, and the drawing itself, by Vega-Lite."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import vl_convert

from greensupply.charts.svg import Caption, inline
from greensupply.locales import number, percent, period
from greensupply.published import CEILING, FLOOR

Spec = dict[str, Any]

WIDTH = 360
"""Units of a chart from edge to edge; a page shows it at 290 to 480 pixels."""

TYPE = 14
"""Size of type in units, so that it is read on a phone."""

LINE = 17
SMALL: Mapping[str, Any] = {"type": "text", "align": "left", "fontSize": TYPE - 1}
INK, SOFT, GRID, PAPER = "var(--gs-ink)", "var(--gs-ink-soft)", "var(--gs-grid)", "var(--gs-paper)"
MARK, MERGED = "var(--gs-mark)", "var(--gs-mark-soft)"

DRAWN: Mapping[str, int] = {"quarters": 8, "months": 24, "curve": 16}
"""How many of the last periods are drawn; the table beside the chart has all."""

_LEAST_FOR_YEAR = 3
"""Periods of a year whose width its name needs."""

_LANGUAGE_VERSION = "6.4"
_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"

_AXIS: Mapping[str, Any] = {
    "title": None,
    "domain": False,
    "ticks": False,
    "gridColor": GRID,
    "labelColor": SOFT,
    "labelFontSize": TYPE - 1,
    "labelPadding": 6,
    "labelAngle": 0,
    "tickCount": 4,
}


def draw(spec: Mapping[str, Any], caption: Caption, locale: str, *, margins: tuple[int, int, int, int]) -> str:
    """Return a Vega-Lite chart as SVG for the inside of a page: the same chart gives the same bytes.

    Arguments:
        spec: Data, height and layers.
        caption: What the chart says.
        locale: Language of the numbers of axes; all other words and numbers are in the data.
        margins: Units around the layers: top, right, bottom, left.

    Nothing is measured (`autosize`), as the widths of letters depend on the fonts of a machine.
    """
    top, right, bottom, left = margins
    whole = {
        "$schema": _SCHEMA,
        "width": WIDTH - left - right,
        "padding": {"top": top, "right": right, "bottom": bottom, "left": left},
        "autosize": "none",
        "background": None,
        "config": {"view": {"stroke": None, "fill": None}, "bar": {"cornerRadiusEnd": 2}},
        **spec,
    }
    sample = number(Decimal("1000.5"), locale)
    signs = {"thousands": sample[1], "decimal": sample[5], "grouping": [3], "currency": ["", ""]}
    return inline(vl_convert.vegalite_to_svg(whole, vl_version=_LANGUAGE_VERSION, format_locale=signs), caption)


def coded(share: int, locale: str) -> str:
    """A published percentage as the locale writes it: `≤ 5 %` and `≥ 95 %` at the ends of its code."""
    sign = "≤\u00a0" if share <= FLOOR else "≥\u00a0" if share >= CEILING else ""
    return sign + percent(share / 100, locale)


def count_axis() -> Spec:
    """Whole numbers, with lines to read them by."""
    return {**_AXIS, "grid": True, "format": ",d", "tickMinStep": 5}


def percent_axis(locale: str) -> Spec:
    """Percentages, with lines to read them by."""
    names = {str(share): percent(share / 100, locale) for share in range(101)}
    return {**_AXIS, "grid": True, "labelExpr": f"({json.dumps(names)})[datum.value]"}


def periods(names: Sequence[str], locale: str, *, band: bool) -> Spec:
    """The time axis: each year under its first period, and quarters by name where they are columns (`band`)."""
    labels: dict[str, object] = {}
    years = [name[:4] for name in names]
    for place, name in enumerate(names):
        year = years[place] if place == years.index(years[place]) else ""
        if band and "Q" in name:
            labels[name] = [period(name, locale, "short"), year]
        else:
            labels[name] = year if years.count(year) >= _LEAST_FOR_YEAR or year == years[-1] else ""
    axis = {
        **_AXIS,
        "grid": False,
        "domain": True,
        "domainColor": SOFT,
        "labelExpr": f"({json.dumps(labels)})[datum.value]",
        "labelOverlap": False,
        "labelLineHeight": LINE,
        "labelAlign": "center" if band else "left",
    }
    scale = {"paddingInner": 0.28, "paddingOuter": 0.14} if band else {"padding": 0.1}
    return {"field": "period", "type": "ordinal", "sort": list(names), "axis": axis, "scale": scale}
