"""A module's texts -> what goes to the translator."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from greensupply import freshness, segments
from greensupply.freshness import State
from greensupply.interchange.unit import Exchange, Unit
from greensupply.model import Text
from greensupply.segments import Section

NAMES: Mapping[str, str] = {
    "alt": "alternative text of a figure, for who cannot see it",
    "caption": "caption of a figure",
    "cell": "cell of a table",
    "choice": "choice of a question",
    "code": "block of code",
    "item": "item of a list",
    "material": "something to bring to a session",
    "objective": "learning objective",
    "partner": "what a term is matched with",
    "prompt": "what a question asks",
    "quotation": "quotation",
    "step": "step to put in order",
    "summary": "summary of the module, at most 300 characters, no Markdown",
    "term": "term to match",
    "title": "title",
    "unit": "unit of a numeric answer",
}
"""Kinds of segments in a translator's words; the others are called by their own."""


def exchange(module: str, locale: str, source: Text, raw: str, text: Text | None, present: str) -> Exchange:
    """Return the module's segments with their present translation.

    What may be out of date is marked as not sure: sections whose English changed since they were stamped, and those
    where the translation has other paragraphs or blocks than the English.

    Arguments:
        module: Its id.
        locale: The language to translate into.
        source: The English text.
        raw: Its file.
        text: The present translation; None for a first one.
        present: Its file.
    """
    targets: dict[str, tuple[str, bool]] = {}
    sections = segments.cut(raw)
    if text:
        stale = _stale(source, text)
        for there, here in segments.pairs(sections, segments.cut(present)):
            if there and here:
                targets.update(_targets(there, here, stale))
    units = []
    for segment in segments.segments_of(sections):
        target, sure = targets.get(segment.id, ("", True))
        place = f"{source.path}:{segment.line}"
        kind = NAMES.get(
            segment.kind, "heading" if segment.kind[0] == "h" and segment.kind[1:].isdigit() else segment.kind
        )
        note = f"{kind}; under “{segment.heading}”" if segment.heading and kind != "heading" else kind
        units.append(Unit(segment.id, segment.text, target, sure, place=place, note=note))
    return Exchange(module, locale, tuple(units))


def _targets(there: Section, here: Section, stale: Callable[[int], bool]) -> dict[str, tuple[str, bool]]:
    """Id -> present words and whether they surely render the English; by name where the two differ."""
    if there.shape == here.shape:
        both = zip(there.segments, here.segments, strict=True)
        return {segment.id: (mine.text, not stale(segment.line)) for segment, mine in both}
    names = {segment.id.removeprefix(here.prefix): segment.text for segment in here.segments}
    locals_of = {segment.id: segment.id.removeprefix(there.prefix) for segment in there.segments}
    return {identifier: (names[name], False) for identifier, name in locals_of.items() if name in names}


def _stale(source: Text, text: Text) -> Callable[[int], bool]:
    """Does a line of the source stand in a section that changed since it was translated?"""
    standings = freshness.compare(source, text).standings

    def stale(line: int) -> bool:
        at = [standing for standing in standings if standing.source.line <= line] or list(standings[:1])
        return bool(at) and at[-1].state is State.STALE

    return stale
