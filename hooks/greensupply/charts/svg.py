"""A drawing of Vega's -> an SVG that belongs to the page: its colours, type and language, and nothing but shapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from markupsafe import escape

KEPT = (
    "transform",
    "d",
    "x",
    "y",
    "x1",
    "x2",
    "y1",
    "y2",
    "dx",
    "dy",
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "stroke-linejoin",
    "text-anchor",
    "font-size",
    "font-weight",
)
"""Attributes of shapes and text. Roles and English descriptions, classes and styles of Vega's stay behind."""

TAGS = frozenset({"g", "path", "line", "text", "tspan"})


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


def shapes(drawing: str) -> tuple[str, str]:
    """Return the view box of Vega's drawing and its shapes, on one line.

    Raises:
        ValueError: The drawing holds something that is no shape.
    """
    root = ElementTree.fromstring(drawing)  # noqa: S314 - drawn by ourselves, never from outside
    box = " ".join(map(_rounded, root.attrib["viewBox"].split()))
    return box, "".join(shape for child in root for shape in _shapes(child))


def framed(box: str, shapes: str, caption: Caption) -> str:
    """Return shapes as an `<svg>` for the inside of a page."""
    title, finding = f"{caption.id}-title", f"{caption.id}-desc"
    return (
        f'<svg class="gs-chart" viewBox="{box}" role="img" aria-labelledby="{title} {finding}">'
        f'<title id="{title}">{escape(caption.title)}</title>'
        f'<desc id="{finding}">{escape(caption.finding)}</desc>{shapes}</svg>'
    )


def _shapes(node: ElementTree.Element) -> Iterator[str]:
    tag = node.tag.rpartition("}")[2]
    if tag not in TAGS:
        raise ValueError(f"`<{tag}>` in a chart")
    if node.get("display") == "none" or (tag == "path" and not _is_drawn(node)):
        return
    attributes = "".join(
        f' {name}="{escape(_rounded(value))}"'
        for name in KEPT
        if (value := node.get(name)) and (name, value) != ("transform", "translate(0,0)")
    )
    inside = str(escape(node.text or "")) if tag in {"text", "tspan"} else ""
    inside += "".join(shape for child in node for shape in _shapes(child))
    if tag == "g" and not attributes:
        yield inside
    elif inside or tag in {"path", "line"}:
        yield f"<{tag}{attributes}>{inside}</{tag}>" if inside else f"<{tag}{attributes}/>"


def _is_drawn(path: ElementTree.Element) -> bool:
    painted = any(path.get(name, "none") not in {"none", "transparent"} for name in ("fill", "stroke"))
    return bool(path.get("d")) and painted


def _rounded(value: str) -> str:
    """Numbers to a hundredth of a unit: the eye sees no more, and the last digits depend on the machine."""
    return re.sub(r"-?\d+\.\d+(e-?\d+)?", lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), value)
