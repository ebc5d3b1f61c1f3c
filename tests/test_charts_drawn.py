"""Charts, shape by shape, as Vega-Lite drew them: `golden/charts/` holds its drawings of these."""

from __future__ import annotations

from pathlib import Path

import pytest
from greensupply import charts
from greensupply.charts import Caption, GoalLine, axes
from public_builders import lifelike

GOLDEN = Path(__file__).parent / "golden" / "charts"
CAPTION = Caption("x", "Title & <b>", "Finding")
NAMES = {"trained": "trained", "assisted": "4 h & more", "core": "<fin>", "acting": "acting", "verified": "verified"}
QUARTERS = ("2024-Q3", "2024-Q4", "2025-Q1", "2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1")
SHARES = {
    "trained": (18, 27, None, 35, 34, 40, 44),
    "assisted": (None, 5, 10, None, 13, None, 20),
    "core": (5, 5, 5, 6, 8, 9, 19),
    "acting": (None, None, 5, 6, 8, 10, 19),
    "verified": (None, None, None, None, None, None, None),
}
FOUND = [
    ("2025-Q1", 1200.5, "1,200.5 t"),
    ("2025-Q2", None, ""),
    ("2025-Q3", -300.0, "-300 t"),
    ("2025-Q4", 0.0, "0 t"),
]
GOALS = [GoalLine("trained", 25, "Goal: 25"), GoalLine("core", 26, "Goal: 26")]
TOLD = [("A label of more than one line, as it is longer than a phone is wide", 12.0, "12,000,000,000", True)]
DRAWINGS = {
    "rows": lambda: charts.rows(lifelike(), "module", " + ".join, CAPTION, "en"),
    "scores": lambda: charts.scores(lifelike(), "+".join, CAPTION, "fr"),
    "quarters": lambda: charts.columns(lifelike(), "quarters", CAPTION, "es"),
    "months": lambda: charts.columns(lifelike(), "months", CAPTION, "fr"),
    "lines": lambda: charts.lines(QUARTERS, SHARES, GOALS, NAMES, 50, CAPTION, "en"),
    "courses": lambda: charts.courses(lifelike(), (4, 5, "Plan: 4 to 5"), CAPTION, "fr"),
    "trend": lambda: charts.trend(FOUND, CAPTION, "en", [(900.0, "Goal")]),
    "beside": lambda: charts.beside([*TOLD, ("Short", 0.0, "0", False), ("", -4.0, "-4", False)], CAPTION),
}


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_chart_is_drawn_as_ever(name):
    assert DRAWINGS[name]() + "\n" == (GOLDEN / f"{name}.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("greatest", "top"), [(0, 0), (5, 5), (15, 16), (85, 90), (95, 100), (1_485, 1_600), (1_685, 1_800), (101, 110)]
)
def test_an_axis_ends_at_a_round_number(greatest, top):
    assert axes.round_top(greatest) == top


def test_where_all_is_zero_it_stands_in_the_middle():
    assert axes.Height(190, 0, 0).of(0) == 95
