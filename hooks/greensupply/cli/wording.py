"""Counts of the store, in words for the terminal."""

from __future__ import annotations

from collections.abc import Iterator

from greensupply import rules, store
from greensupply.completion import Notice, SetAside
from greensupply.locales import SOURCE

_PROPERTIES = {"country": "By country", "module": "By module", "locale": "By language", "delivery": "By delivery"}


def taken(report: store.Report, locale: str = SOURCE) -> str:
    """What became of what was read: `30 read: 28 new, 1 already there, 1 set aside.`"""
    parts = [rules.phrase("records-new", locale, count=report.new)]
    for count, words in (
        (report.already_there, "records-there"),
        (report.voids, "records-voids"),
        (report.withdrawn, "records-withdrawn"),
        (report.set_aside, "records-set-aside"),
    ):
        if count:
            parts.append(rules.phrase(words, locale, count=count))
    conflicts = rules.phrase("records-conflicts", locale, count=report.conflicts) if report.conflicts else ""
    return rules.phrase("records-read", locale, count=report.read, parts=", ".join(parts), conflicts=conflicts)


def why(aside: SetAside | Notice, locale: str) -> tuple[str, str]:
    """What is wrong, and how to mend it with all else that is wrong, in a locale; in English where no rule says it."""
    if locale == SOURCE:
        return aside.problem.what, aside.problem.how
    what, how = rules.said(aside.problem, locale)
    others = aside.also if isinstance(aside, SetAside) else ()
    said = [rules.said(other, locale) for other in others]
    return what, " ".join((how, *(rules.phrase("roster-also", locale, what=one, how=mend) for one, mend in said)))


def line(aside: SetAside | Notice, locale: str) -> str:
    """The same with its place, for the terminal."""
    problem = aside.problem
    place = f"{problem.path}:{problem.line}" + (f":{problem.column}" if problem.column else "")
    return " ".join((f"{place}:", *why(aside, locale)))


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
