"""Courses that are held on site, as authors write them in `modules/courses/<id>.yml`: their types.

What a module says, a course does not say again: its sessions, its rubric and its ladder name sections of modules, and
titles, minutes and materials come from the facilitator's notes there. Its own texts stand in the three languages.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from greensupply.completion import COUNTRIES
from greensupply.written import Audience, Identifier, Trilingual, broken

FOLDER = "courses"
"""Below `modules/`: no module can have this name."""
Activity = Literal["talk", "demonstration", "discussion", "exercise", "practice", "quiz", "break"]
Answer = Literal["scale", "yes-no", "line", "lines"]
Clock = Annotated[str, Field(max_length=5)]


def minutes_of(clock: str) -> int | None:
    """Minutes since midnight of `08:30`; None for what is no time of the day."""
    hours, mark, minutes = clock.partition(":")
    if not (mark and hours.isascii() and hours.isdigit() and minutes.isascii() and minutes.isdigit()):
        return None
    if len(hours) > 2 or len(minutes) != 2 or int(hours) > 23 or int(minutes) > 59:
        return None
    return int(hours) * 60 + int(minutes)


def _time(clock: str) -> str:
    if minutes_of(clock) is None:
        raise broken("course-time-malformed", value=clock)
    return clock


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise broken("course-country-unknown", value=code, countries=", ".join(COUNTRIES))
    return code


def _some_sessions(sessions: tuple[SessionFacts, ...]) -> tuple[SessionFacts, ...]:
    if not sessions:
        raise broken("list-empty")
    return sessions


Country = Annotated[str, AfterValidator(_country)]


class _Written(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class PlaceFacts(_Written):
    """A section of a module."""

    module: Identifier = Field(description="Id of the module.")
    section: str = Field(
        max_length=120, description="Id of the section's heading in en.md, as in an address: the-teach-back."
    )


class SessionFacts(_Written):
    """A piece of a day: a section of a module with its timed facilitator's notes, or something of the course alone."""

    module: Identifier | None = Field(
        default=None, description="Id of the module whose section is taught; with section."
    )
    section: str | None = Field(
        default=None,
        max_length=120,
        description="Id of a `##` heading in the module's en.md; its timed facilitator's notes are the parts.",
    )
    title: Trilingual | None = Field(default=None, description="Of what is in no module; with kind and minutes.")
    kind: Activity | None = Field(default=None, description="What is done, as in a facilitator's note.")
    minutes: int | None = Field(default=None, ge=1, le=480, description="How long it takes, in minutes.")
    materials: tuple[Trilingual, ...] = Field(default=(), strict=False, description="What to bring for it.")

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        taught = (self.module, self.section)
        free = (self.title, self.kind, self.minutes)
        whole = all(taught) and not any(free) and not self.materials
        if not whole and not (all(value is not None for value in free) and not any(taught)):
            raise broken("course-session-unclear")
        return self


class DayFacts(_Written):
    """One day of a course."""

    title: Trilingual = Field(description="What the day is about.")
    place: Trilingual | None = Field(default=None, description="Where it is held, such as a room or a plant.")
    minutes: int = Field(ge=1, le=900, description="From beginning to end, breaks included; its sessions add up to it.")
    sessions: Annotated[tuple[SessionFacts, ...], AfterValidator(_some_sessions)] = Field(
        strict=False, description="What is done, in order."
    )


class PlanFacts(_Written):
    """How often the programme means to hold the course, and for how many."""

    least: int = Field(ge=1, le=99, description="Fewest courses.")
    most: int = Field(ge=1, le=99, description="Most courses.")
    fewest_people: int = Field(ge=1, le=99, description="Fewest people in one course.")
    most_people: int = Field(ge=1, le=99, description="Most people in one course.")
    code: Identifier = Field(description="Begins the code of each course, which rosters carry: ttt makes TTT-1, TTT-2.")


class QuestionFacts(_Written):
    """One line of a sheet that is answered."""

    ask: Trilingual = Field(description="The question, or what is to be written down.")
    answer: Answer = Field(description="scale: 1 to 5; yes-no; line: a few words; lines: room for sentences.")


class TableFacts(_Written):
    """A table to fill in."""

    columns: tuple[Trilingual, ...] = Field(strict=False, min_length=2, max_length=8, description="Headings.")
    rows: tuple[Trilingual, ...] = Field(default=(), strict=False, description="Words of the first column, if any.")
    blank: int = Field(default=0, ge=0, le=40, description="Empty rows below.")


class SheetFacts(_Written):
    """A sheet of the course to print and fill in: an evaluation, or a record."""

    id: Identifier = Field(description="Name of its file in the kit.")
    level: int | None = Field(default=None, ge=1, le=4, description="Level of the evaluation; nothing for a record.")
    countries: tuple[Country, ...] = Field(default=(), strict=False, description="Where it is used; nothing is all.")
    title: Trilingual
    when: Trilingual = Field(description="When it is filled in.")
    who: Trilingual = Field(description="Who fills it in.")
    lead: Trilingual = Field(description="How to use it.")
    questions: tuple[QuestionFacts, ...] = Field(default=(), strict=False, description="Lines that are answered.")
    table: TableFacts | None = Field(default=None, description="A table to fill in, below the questions.")
    note: Trilingual | None = Field(default=None, description="What must be known before it is handed on.")


class CourseFacts(_Written):
    """`modules/courses/<id>.yml`: a course of one or more days on site."""

    id: Identifier = Field(description="Name of the file without .yml; never changes.")
    pathway: Identifier = Field(description="Id of the pathway that it belongs to.")
    audience: tuple[Audience, ...] = Field(strict=False, min_length=1, description="Who it is for.")
    countries: tuple[Country, ...] = Field(
        strict=False, min_length=1, description="Where it is held, first the one that comes first: [MX, CA, US]."
    )
    languages: tuple[Literal["en", "es", "fr"], ...] = Field(
        strict=False, min_length=1, description="Languages in which it is held, the first one first."
    )
    start: Annotated[Clock, AfterValidator(_time)] = Field(description="When each day begins, in quotes: '08:30'.")
    title: Trilingual
    summary: Trilingual
    who_for: tuple[Trilingual, ...] = Field(strict=False, min_length=1, description="Who should come, in sentences.")
    before: tuple[Trilingual, ...] = Field(default=(), strict=False, description="What is done before the first day.")
    days: tuple[DayFacts, ...] = Field(strict=False, min_length=1, max_length=10, description="The days in order.")
    after: tuple[Trilingual, ...] = Field(default=(), strict=False, description="What follows the last day.")
    plan: PlanFacts | None = Field(default=None, description="How often it is to be held.")
    rubric: PlaceFacts | None = Field(default=None, description="Section whose last table is the rubric.")
    ladder: PlaceFacts | None = Field(default=None, description="Section that tells the rungs of the ladder.")
    handouts: tuple[Identifier, ...] = Field(
        default=(), strict=False, description="Modules whose papers go into the kit beside those that are taught."
    )
    sheets: tuple[SheetFacts, ...] = Field(default=(), strict=False, description="Evaluation and record sheets.")

    @property
    def taught(self) -> tuple[str, ...]:
        """Ids of the modules that its sessions teach, in order."""
        return tuple(dict.fromkeys(each.module for day in self.days for each in day.sessions if each.module))

    @property
    def modules(self) -> tuple[str, ...]:
        """Ids of all modules whose papers it needs, the taught ones first."""
        return tuple(dict.fromkeys((*self.taught, *self.handouts)))

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of the planned deliveries, as rosters carry them: TTT-1, TTT-2."""
        if not self.plan:
            return ()
        return tuple(f"{self.plan.code.upper()}-{number}" for number in range(1, self.plan.most + 1))

    def sheets_for(self, countries: tuple[str, ...]) -> tuple[SheetFacts, ...]:
        """Sheets that are used in any of these countries."""
        return tuple(each for each in self.sheets if not each.countries or set(each.countries) & set(countries))
