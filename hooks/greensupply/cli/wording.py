"""Counts of the store, in words for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from greensupply import store

_PROPERTIES = {"country": "By country", "module": "By module", "locale": "By language", "delivery": "By delivery"}


def taken(report: store.Report) -> str:
    """What became of what was read: `30 read: 28 new, 1 already there, 1 set aside.`"""
    parts = [f"{report.new:,} new"]
    for count, words in (
        (report.already_there, "already there"),
        (report.voids, "taken back"),
        (report.withdrawn, "not added, as they are taken back"),
        (report.set_aside, "set aside"),
    ):
        if count:
            parts.append(f"{count:,} {words}")
    conflicts = f" ({report.conflicts:,} in conflict with another record)" if report.conflicts else ""
    return f"{report.read:,} read: {', '.join(parts)}{conflicts}."


def sizes(found: store.Stats) -> Iterator[str]:
    """How much the store holds, line by line."""
    yield f"Records: {found.records:,}, of which {found.passed:,} reached the pass mark."
    if found.demonstration:
        yield f"Demonstration data: {found.demonstration:,} of these are invented."
    yield f"Taken back: {found.taken_back:,}."
    if found.records:
        yield f"Completed: {found.first[:10]} to {found.last[:10]}."
    for name, words in _PROPERTIES.items():
        if labels := found.by.get(name):
            said = (f"{label or 'not said'} {count:,}" for label, count in labels.items())
            yield f"{words}: {', '.join(said)}."
    yield f"Batches that are not compacted: {found.batches:,}. Size of the store: {found.size:,} bytes."
    yield "These are records, not learners; `greensupply tally` counts learners."
