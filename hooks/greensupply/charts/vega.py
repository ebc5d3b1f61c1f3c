"""What all charts have in common: their size, type, colours and axes, and the drawing itself, by Vega-Lite."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Any

import vl_convert

from greensupply.charts import spoken
from greensupply.charts.svg import Caption, framed, shapes
from greensupply.locales import SOURCE, number, percent, period
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

_NUMBERED = '"format"'
"""Where a chart says this, Vega writes numbers of its own, in the way of a language."""

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

    Nothing is measured (`autosize`), as the widths of letters depend on the fonts of a machine. So a chart is drawn
    once for all languages in which its words have the same lines.
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
    if "layer" in spec:
        whole["layer"] = _filled(spec["layer"])
    silent, words = spoken.set_apart(whole)
    text = json.dumps(silent)
    box, drawn = _drawn(text, locale if _NUMBERED in text else SOURCE)
    return framed(box, spoken.put_back(drawn, words), caption)


def _filled(layers: Sequence[Spec]) -> list[Spec]:
    """The layers that draw something: Vega takes as long for one without data."""
    return [layer for layer in layers if layer.get("data") != {"values": []}]


@lru_cache(maxsize=256)
def _drawn(spec: str, locale: str) -> tuple[str, str]:
    """Box and shapes of a chart without words; the locale is that of the numbers that Vega writes itself."""
    sample = number(Decimal("1000.5"), locale)
    signs = {"thousands": sample[1], "decimal": sample[5], "grouping": [3], "currency": ["", ""]}
    return shapes(vl_convert.vegalite_to_svg(spec, vl_version=_LANGUAGE_VERSION, format_locale=signs))


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
    return {**_AXIS, "grid": True, "labelExpr": names}


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
        "labelExpr": labels,
        "labelOverlap": False,
        "labelLineHeight": LINE,
        "labelAlign": "center" if band else "left",
    }
    scale = {"paddingInner": 0.28, "paddingOuter": 0.14} if band else {"padding": 0.1}
    return {"field": "period", "type": "ordinal", "sort": list(names), "axis": axis, "scale": scale}
