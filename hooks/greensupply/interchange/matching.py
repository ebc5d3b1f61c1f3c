"""Which segment of the source of today does each unit of a translator's file translate?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from greensupply.errors import Problem
from greensupply.interchange.unit import Exchange, Unit
from greensupply.segments import Segment


def matched(
    found: Exchange, source: Sequence[Segment], path: str, source_path: str
) -> tuple[Mapping[str, Unit], list[Problem], set[str]]:
    """Return the unit for each segment's id, why others have no segment, and the ids whose English changed.

    A unit belongs to the segment of its id if that still says the same; else to one that says it now, as text moves
    when the source is edited.

    Arguments:
        found: What the translator's file holds.
        source: The segments of the source.
        path: The translator's file, for messages.
        source_path: The source's file, for messages.
    """
    by_id = {segment.id: segment for segment in source}
    units: dict[str, Unit] = {}
    lost = []
    for unit in found.units:
        if unit.id in by_id and _same(by_id[unit.id].text, unit.source):
            units[unit.id] = unit
        else:
            lost.append(unit)
    free: dict[str, list[Segment]] = {}
    for segment in source:
        if segment.id not in units:
            free.setdefault(_words(segment.text), []).append(segment)
    problems, changed = [], set()
    for unit in lost:
        if there := free.get(_words(unit.source)):
            units[there.pop(0).id] = unit
        elif unit.id in by_id:
            changed.add(unit.id)
            what = f"segment `{unit.id}` was not taken: its English changed in {source_path}:{by_id[unit.id].line}."
            problems.append(Problem(path, unit.line, what, "Export again, and translate the new words."))
        else:
            what = f"segment `{unit.id}` was not taken: {source_path} no longer has its English."
            problems.append(Problem(path, unit.line, what, "Nothing need be done."))
    return units, problems, changed - set(units)


def _same(text: str, other: str) -> bool:
    return _words(text) == _words(other)


def _words(text: str) -> str:
    """Text in which only the kind and number of spaces do not count: tools wrap lines."""
    return " ".join(text.split())
