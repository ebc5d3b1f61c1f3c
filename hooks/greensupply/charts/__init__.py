"""`PublicTally`, or rows of what may be published -> charts as SVG, drawn when the site is built.

Words and numbers come ready in the page's language. Colours are the page's own (`theme-assets/60-results.css`), and
nothing is said by colour alone. What is withheld is a gap with a sign, never zero.
"""

from greensupply.charts.axes import DRAWN, coded
from greensupply.charts.bars import WITHHELD, columns, rows, scores
from greensupply.charts.courses import counted, courses
from greensupply.charts.curve import MEASURES, GoalLine, curve, lines, top_for, top_of
from greensupply.charts.svg import Caption
from greensupply.charts.trend import beside, drawn, trend

__all__ = [
    "DRAWN",
    "MEASURES",
    "WITHHELD",
    "Caption",
    "GoalLine",
    "beside",
    "coded",
    "columns",
    "counted",
    "courses",
    "curve",
    "drawn",
    "lines",
    "rows",
    "scores",
    "top_for",
    "top_of",
    "trend",
]
