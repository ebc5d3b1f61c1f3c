"""The facilitator's notes of a text -> the plan of the on-site session: what is done when, for how long, with what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from greensupply import prose
from greensupply.facilitation import ACTIVITIES
from greensupply.model import FacilitatorNote, Prose, Text

BREAK = "break"
_SECTION = re.compile(r"##[ \t]+(.*?)[ \t]*#*[ \t]*$")


@dataclass(frozen=True)
class Part:
    """One part of the session.

    Attributes:
        note: The note that it is made from.
        place: That note's place among all notes of the text, from 1.
        section: Heading of the section in which it stands, as Markdown; empty before the first one.
        start: Minutes from the beginning of the session.
    """

    note: FacilitatorNote
    place: int
    section: str
    start: int

    @property
    def end(self) -> int:
        """Minutes from the beginning of the session to the end of this part."""
        return self.start + self.note.minutes

    @property
    def active(self) -> bool:
        """Do the participants do something themselves?"""
        return ACTIVITIES[self.note.activity]


@dataclass(frozen=True)
class Plan:
    """A session.

    Attributes:
        parts: In the order of the text.
        materials: Everything to bring, in the order of its first use, as Markdown of one line each.
    """

    parts: tuple[Part, ...]
    materials: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """Whole time, breaks included."""
        return self.parts[-1].end if self.parts else 0

    @property
    def working(self) -> int:
        """Minutes without breaks."""
        return sum(part.note.minutes for part in self.parts if part.note.activity != BREAK)

    @property
    def active(self) -> int:
        """Minutes in which the participants do something themselves."""
        return sum(part.note.minutes for part in self.parts if part.active)

    @property
    def share(self) -> Decimal:
        """Activity share from 0 to 1: `active` in `working`. Source: TTT-18 and EX-TTT-1 of the programme's facts."""
        return Decimal(self.active) / self.working if self.working else Decimal(0)


def plan(text: Text) -> Plan:
    """Return the plan that the timed notes of a module's text make; it has no parts where none has a time."""
    parts: list[Part] = []
    start = 0
    for place, (note, section) in enumerate(_sections(text), 1):
        if note.minutes:
            parts.append(Part(note, place, section, start))
            start += note.minutes
    things = dict.fromkeys(thing for note in text.notes for thing in note.materials)
    return Plan(tuple(parts), tuple(things))


def sections(text: Text) -> tuple[str, ...]:
    """Headings of the sections of a text, as Markdown."""
    return tuple(heading for block in text.blocks if isinstance(block, Prose) for heading in _headings(block))


def _sections(text: Text) -> Iterator[tuple[FacilitatorNote, str]]:
    """Each note with the heading above it."""
    section = ""
    for block in text.blocks:
        if isinstance(block, Prose):
            section = next(reversed(list(_headings(block))), section)
        elif isinstance(block, FacilitatorNote):
            yield block, section


def _headings(block: Prose) -> Iterator[str]:
    lines = zip(block.text.split("\n"), prose.blank_code(block.text).split("\n"), strict=True)
    return (found[1] for written, seen in lines if seen.startswith("## ") and (found := _SECTION.match(written)))
