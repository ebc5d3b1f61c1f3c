"""A course and its modules -> what is done on each day, when, with what; and what is wrong with a course.

A session that names a section of a module has one part for each timed facilitator's note of that section.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from greensupply import rules, sections, session_plan
from greensupply.courses import CourseFacts, PlaceFacts, SessionFacts, minutes_of
from greensupply.curriculum import Shelf
from greensupply.errors import Problem
from greensupply.facilitation import ACTIVITIES
from greensupply.locales import SOURCE
from greensupply.model import Module, Text
from greensupply.rules import advice
from greensupply.session_plan import BREAK, Part
from greensupply.yaml_text import Document


@dataclass(frozen=True)
class Slot:
    """One part of a day.

    Attributes:
        start: Minutes from the beginning of the day.
        title: Markdown of one line; may be empty.
        section: Heading of the module's section, Markdown; empty for what is in no module.
        module: Id of the module; empty for what is in none.
        place: Number of the facilitator's note, as its page numbers it; 0 for what is in no module.
    """

    start: int
    minutes: int
    activity: str
    title: str
    section: str = ""
    module: str = ""
    place: int = 0
    materials: tuple[str, ...] = ()

    @property
    def end(self) -> int:
        """Minutes from the beginning of the day to its end."""
        return self.start + self.minutes


@dataclass(frozen=True)
class Day:
    """One day of a course in a language."""

    number: int
    title: str
    place: str
    slots: tuple[Slot, ...]

    @property
    def minutes(self) -> int:
        """From the beginning to the end, breaks included."""
        return self.slots[-1].end if self.slots else 0

    @property
    def working(self) -> int:
        """Minutes without breaks."""
        return sum(slot.minutes for slot in self.slots if slot.activity != BREAK)

    @property
    def active(self) -> int:
        """Minutes in which the participants do something themselves."""
        return sum(slot.minutes for slot in self.slots if ACTIVITIES[slot.activity])

    @property
    def materials(self) -> tuple[str, ...]:
        """Everything to bring on this day, in the order of its first use."""
        return tuple(dict.fromkeys(thing for slot in self.slots for thing in slot.materials))


def days(course: CourseFacts, modules: Mapping[str, Module], locale: str) -> tuple[Day, ...]:
    """The days of a course without problems, in a language; a module without it speaks English."""
    found = []
    for number, day in enumerate(course.days, 1):
        slots: list[Slot] = []
        for session in day.sessions:
            start = slots[-1].end if slots else 0
            slots += _slots(session, modules, locale, start)
        place = day.place[locale] if day.place else ""
        found.append(Day(number, day.title[locale], place, tuple(slots)))
    return tuple(found)


def clock(start: str, minutes: int) -> tuple[int, int]:
    """Hour and minute on the clock, `minutes` after `start`, such as `08:30`."""
    return divmod(((minutes_of(start) or 0) + minutes) % (24 * 60), 60)


def table(place: PlaceFacts, modules: Mapping[str, Module], locale: str) -> tuple[str, tuple[tuple[str, ...], ...]]:
    """The last table of a section, as rows of Markdown with the headings first, and the text above it."""
    module = modules[place.module]
    number = sections.ids(module.texts[SOURCE]).index(place.section)
    said = list(sections.lines(sections.text(module, locale), number))
    ends = [at for at, line in enumerate(said) if line.startswith("|")]
    if not ends:
        return "", ()
    first = ends[-1]
    while first and said[first - 1].startswith("|"):
        first -= 1
    rows = [tuple(cell.strip() for cell in line.strip().strip("|").split("|")) for line in said[first : ends[-1] + 1]]
    above: list[str] = []
    for line in reversed(said[:first]):
        if above and not line.strip():
            break
        if line.strip():
            above.insert(0, line)
    return "\n".join(above), (rows[0], *rows[2:])


def problems(course: CourseFacts, document: Document, path: str, shelf: Shelf) -> Iterator[Problem]:
    """What is wrong with the names and the times of a course, which was read from `document`, called `path`.

    A module that could not be read, or not whole, is complained of elsewhere.
    """
    named: list[tuple[tuple[str | int, ...], str]] = [
        (("handouts", number), name) for number, name in enumerate(course.handouts)
    ]
    for key in ("rubric", "ladder"):
        place: PlaceFacts | None = getattr(course, key)
        if place:
            named.append(((key, "module"), place.module))
            yield from _section(place, (key, "section"), document, path, shelf, low=True)
    for number, day in enumerate(course.days):
        total = 0
        for at, session in enumerate(day.sessions):
            key_path = ("days", number, "sessions", at)
            if session.module and session.section:
                named.append(((*key_path, "module"), session.module))
                place = PlaceFacts(module=session.module, section=session.section)
                wrong = list(_section(place, (*key_path, "section"), document, path, shelf, low=False))
                yield from wrong
                length = None if wrong else _length(session, shelf)
                total = -1 if length is None or total < 0 else total + length
            elif total >= 0:
                total += session.minutes or 0
        if total >= 0 and total != day.minutes:
            where = document.place("days", number, "minutes")
            yield rules.problem("course-day-minutes", path, *where, said=day.minutes, found=total)
    for at_name, name in named:
        where = document.place(*at_name)
        if name not in shelf.folders:
            how = advice(name, sorted(shelf.modules), "course-modules")
            yield rules.problem("course-module-unknown", path, *where, module=name, advice=how)
        elif name in shelf.drafts:
            yield rules.problem("course-draft", path, *where, module=name)
    yield from _twice(course, document, path)


def _twice(course: CourseFacts, document: Document, path: str) -> Iterator[Problem]:
    seen: dict[tuple[str, str], str] = {}
    for number, day in enumerate(course.days):
        for at, session in enumerate(day.sessions):
            if session.module and session.section:
                where = document.place("days", number, "sessions", at, "section")
                first = seen.setdefault((session.module, session.section), str(where[0]))
                if first != str(where[0]):
                    values = {"section": session.section, "first": first}
                    yield rules.problem("course-section-twice", path, *where, **values)
    sheets: dict[str, str] = {}
    for number, sheet in enumerate(course.sheets):
        where = document.place("sheets", number, "id")
        if sheet.id in sheets:
            yield rules.problem("course-sheet-twice", path, *where, sheet=sheet.id, first=sheets[sheet.id])
        sheets.setdefault(sheet.id, str(where[0]))


def _section(
    place: PlaceFacts, at: tuple[str | int, ...], document: Document, path: str, shelf: Shelf, *, low: bool
) -> Iterator[Problem]:
    """Is the section there, and does a session's hold timed notes? `low` sections may be of any level."""
    text = _source(place.module, shelf)
    if not text:
        return
    known = sections.ids(text) if low else [sections.id_of(words) for words in session_plan.sections(text)]
    where = document.place(*at)
    if place.section not in known:
        values = {"module": place.module, "section": place.section}
        how = advice(place.section, known, "course-sections")
        yield rules.problem("course-section-unknown", path, *where, **values, advice=how)
    elif not low and not _parts(text, known.index(place.section)):
        values = {"module": place.module, "section": place.section}
        yield rules.problem("course-section-without-time", path, *where, **values)


def _length(session: SessionFacts, shelf: Shelf) -> int | None:
    """Minutes of a session that teaches a section; None where its module could not be read."""
    text = _source(session.module or "", shelf)
    if not text:
        return None
    known = [sections.id_of(words) for words in session_plan.sections(text)]
    return sum(part.note.minutes for part in _parts(text, known.index(session.section or "")))


def _source(name: str, shelf: Shelf) -> Text | None:
    module = shelf.modules.get(name)
    return module.texts.get(SOURCE) if module else None


def _slots(session: SessionFacts, modules: Mapping[str, Module], locale: str, start: int) -> Iterator[Slot]:
    if not (session.module and session.section):
        title = session.title[locale] if session.title else ""
        materials = tuple(thing[locale] for thing in session.materials)
        yield Slot(start, session.minutes or 0, session.kind or BREAK, title, materials=materials)
        return
    module = modules[session.module]
    known = [sections.id_of(words) for words in session_plan.sections(module.texts[SOURCE])]
    text = sections.text(module, locale)
    for part in _parts(text, known.index(session.section)):
        note = part.note
        about = (note.minutes, note.activity, note.title, part.section, module.id, part.place, note.materials)
        yield Slot(start, *about)
        start += note.minutes


def _parts(text: Text, number: int) -> list[Part]:
    """The timed notes of a text below its `##` heading of this number, counted from 0."""
    headings = session_plan.sections(text)
    found, at = [], -1
    for part in session_plan.plan(text).parts:
        if part.section and (at < 0 or headings[at] != part.section):
            at = headings.index(part.section, at + 1)
        if at == number:
            found.append(part)
    return found
