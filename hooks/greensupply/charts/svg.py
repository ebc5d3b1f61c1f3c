"""The shapes of a chart, and the `<svg>` around them for the inside of a page: its colours, type and language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import escape

INK, SOFT, GRID, PAPER = "var(--gs-ink)", "var(--gs-ink-soft)", "var(--gs-grid)", "var(--gs-paper)"
MARK, MERGED = "var(--gs-mark)", "var(--gs-mark-soft)"

TYPE = 14
"""Size of type in units, so that it is read on a phone."""
SMALL = TYPE - 1

LINE = 17
"""From one line of a text to the next."""

_CORNER = 2
"""Radius of the corners at the end of a bar."""
_CURVE = 0.448084975506
"""What makes a Bézier curve the quarter of a circle: how far from the corner, in radii, its ends are drawn to."""


@dataclass(frozen=True)
class Caption:
    """What a chart says, for those who do not see it.

    Attributes:
        id: Unique in the page.
        title: What is drawn.
        finding: The main finding, in words.
    """

    id: str
    title: str
    finding: str


def framed(size: tuple[float, float], origin: tuple[float, float], shapes: Sequence[str], caption: Caption) -> str:
    """Return shapes as an `<svg>` of a size, moved to their origin."""
    title, finding = f"{caption.id}-title", f"{caption.id}-desc"
    return (
        f'<svg class="gs-chart" viewBox="0 0 {units(size[0])} {units(size[1])}" role="img" '
        f'aria-labelledby="{title} {finding}"><title id="{title}">{escape(caption.title)}</title>'
        f'<desc id="{finding}">{escape(caption.finding)}</desc>'
        f'<g{moved(*origin)} fill="none">{"".join(shapes)}</g></svg>'
    )


def group(x: float, y: float, shapes: Sequence[str]) -> str:
    """Shapes moved to a place."""
    return f"<g{moved(x, y)}>{''.join(shapes)}</g>"


def moved(x: float, y: float) -> str:
    """The attribute that moves a shape to a place."""
    return f' transform="translate({units(x)},{units(y)})"' if x or y else ""


def units(value: float) -> str:
    """A number to a hundredth of a unit: the eye sees no more, and the last digits depend on the machine."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value else "0"


def across(x: float, y: float, length: float, stroke: str) -> str:
    """A line to the right, or to the left; `stroke`: its attributes."""
    return f'<line{moved(x, y)} x2="{units(length)}" y2="0" {stroke}/>'


def text(
    x: float,
    y: float,
    said: str | Sequence[str],
    *,
    fill: str = INK,
    anchor: str = "start",
    size: int = TYPE,
    bold: bool = False,
) -> str:
    """A text, or its lines, of which the first stands at a place; nothing where there are no words."""
    lines = [said] if isinstance(said, str) else said
    words = [str(escape(line.strip())) for line in lines]
    if len(words) > 1:
        steps = ("", *(f' x="0" dy="{LINE}"' for _ in words[1:]))
        words = [f"<tspan{step}>{word}</tspan>" for step, word in zip(steps, words, strict=True) if word]
    weight = ' font-weight="bold"' if bold else ""
    halo = f' stroke="{PAPER}" stroke-width="5" stroke-linejoin="round"' if fill == PAPER else ""
    start = f'<text{moved(x, y)} fill="{fill}"{halo} text-anchor="{anchor}" font-size="{size}px"{weight}>'
    return f"{start}{''.join(words)}</text>" if any(words) else ""


def bar(box: tuple[float, float, float, float], fill: str, *, upright: bool, stroke: str = "") -> str:
    """A bar between left, top, right and bottom, with round corners at its top or, if it lies, at its right."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    radius = min(_CORNER, wide / 2, high / 2)
    if not radius:
        path = f"M{units(left)},{units(top)}h{units(wide)}v{units(high)}h{units(-wide)}Z"
        return f'<path d="{path}" fill="{fill}"{stroke}/>'
    north_west, north_east, south_east, south_west = (radius, radius, 0, 0) if upright else (0, radius, radius, 0)
    edges = (
        ("M", left + north_west, top),
        ("L", right - north_east, top),
        ("C", right - _CURVE * north_east, top, right, top + _CURVE * north_east, right, top + north_east),
        ("L", right, bottom - south_east),
        ("C", right, bottom - _CURVE * south_east, right - _CURVE * south_east, bottom, right - south_east, bottom),
        ("L", left + south_west, bottom),
        ("C", left + _CURVE * south_west, bottom, left, bottom - _CURVE * south_west, left, bottom - south_west),
        ("L", left, top + north_west),
        ("C", left, top + _CURVE * north_west, left + _CURVE * north_west, top, left + north_west, top),
    )
    path = "".join(f"{letter}{','.join(map(units, numbers))}" for letter, *numbers in edges)
    return f'<path d="{path}Z" fill="{fill}"{stroke}/>'
