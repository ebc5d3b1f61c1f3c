"""Scores as people write them -> a share from 0 to 1, or why not.

A column of plain numbers is in percent or in shares as a whole, so its highest number decides:

| highest plain number | the column is in | refused in it |
| --- | --- | --- |
| above 20 | percent | above 0 and up to 1: 0.9 may be 0.9 % or 90 %, 1 may be 1 % or 100 % |
| 2 to 20 | unclear: points of 10 or 20, or percent of a class that failed | every plain number but 0 |
| below 2 | shares, 1 being everything | above 1 |

`85%` and `17/20` say themselves what they are, and decide nothing about the others.
"""

from __future__ import annotations

import math
import re
from decimal import Decimal

from greensupply import rules
from greensupply.records.scope import refused

MOST_POINTS = 20
"""Schools mark up to 10 in Mexico and up to 20 in French; a column that stays within may be such marks."""
_NUMBER = re.compile(r"[+-]?(?:\d{1,9}(?:[.,]\d{1,20})?|[.,]\d{1,20})", re.ASCII)
_POINTS = re.compile(r"(\d{1,4})\s*/\s*(\d{1,4})", re.ASCII)


def passes(score: float, pass_mark: float) -> bool:
    """Does the score reach the mark? To six decimals, so that 0.1 + 0.7 passes 0.8."""
    return round(score, 6) >= round(pass_mark, 6)


def share(score: float, shown: str | rules.Word, whole: str = "1") -> float:
    """Return a share to six decimals, which is more than a quiz has questions.

    Arguments:
        score: Any number.
        shown: What to call it in the message.
        whole: What the most is called there.

    Raises:
        Refused: Not from 0 to 1, or not finite.
    """
    if not math.isfinite(score):
        raise refused("statement-score-infinite", score=shown)
    if not 0 <= score <= 1:
        raise (
            refused("roster-score-below", score=shown)
            if score < 0
            else refused("roster-score-above", score=shown, most=whole)
        )
    return abs(round(score, 6))


def plain(text: str) -> float | None:
    """The number in a cell that has neither a percent sign nor a slash; None if it has, or is no number."""
    return _number(text) if _NUMBER.fullmatch(text) else None


def read(text: str, highest: float) -> float:
    """Return a roster's score, 0 to 1.

    Arguments:
        text: The cell.
        highest: Highest plain number of its column.

    Raises:
        Refused: Empty, not a score, out of range, or to be read in two ways.
    """
    if not text:
        raise refused("roster-score-missing")
    value = plain(text)
    if value is not None:
        return _in_column(value, text, highest)
    bare = text.removesuffix("%").strip()
    if text.endswith("%") and _NUMBER.fullmatch(bare):
        return share(_number(bare) / 100, f"`{bare}%`", "100%")
    if (points := _POINTS.fullmatch(text)) and int(points[2]):
        return share(int(points[1]) / int(points[2]), f"`{text}`")
    raise refused("roster-score-not-number")


def _in_column(value: float, text: str, highest: float) -> float:
    shown = f"`{text}`"
    if value <= 0 or highest < 2:
        return share(value, shown)
    if highest <= MOST_POINTS:
        raise refused("roster-score-unclear", score=shown, points=MOST_POINTS)
    if value <= 1:
        ways = {"large": Decimal(f"{value * 100:g}"), "small": Decimal(f"{value:g}")}
        raise refused("roster-score-two-ways", score=shown, **ways)
    return share(value / 100, shown, "100%")


def _number(text: str) -> float:
    return float(text.replace(",", "."))
