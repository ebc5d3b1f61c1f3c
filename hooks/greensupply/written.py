"""YAML as authors write it: typed, described (the editor shows it), and strict about what it does not know."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

DEVICE_NAMES = frozenset(
    {"con", "prn", "aux", "nul"} | {f"{name}{digit}" for name in ("com", "lpt") for digit in range(1, 10)}
)
"""Names that Windows keeps for devices: a folder of that name cannot be checked out there."""


_CONTROL = re.compile("[\x00-\x1f\x7f]")
_TURNS = re.compile("[\u200e\u200f\u202a-\u202e\u2066-\u2069]")
AUTHOR_ERROR = "author"
"""Type of the validation errors that break a rule of ours: `rule` is its id, `values` what its words name."""


def broken(rule: str, **values: str | int) -> PydanticCustomError:
    """The error that a value breaks a rule of `greensupply check`, whose words get its `key` too."""
    return PydanticCustomError(AUTHOR_ERROR, "breaks the rule {rule}", {"rule": rule, "values": values})


def _portable(identifier: str) -> str:
    if identifier in DEVICE_NAMES:
        raise broken("device-name")
    return identifier


def _plain(text: str) -> str:
    """Text that goes into heads, menus and JSON: one line, nothing invisible that turns its meaning round."""
    if _CONTROL.search(text):
        raise broken("text-not-one-line")
    if _TURNS.search(text):
        raise broken("text-turned")
    if not text.strip():
        raise broken("text-empty")
    return text


def _some(items: tuple[Any, ...]) -> tuple[Any, ...]:
    """As `min_length=1`, which also complains of a list whose only item is wrong."""
    if not items:
        raise broken("list-empty")
    return items


def _once(names: tuple[str, ...]) -> tuple[str, ...]:
    for place, name in enumerate(names):
        if name in names[:place]:
            raise broken("name-twice", name=name)
    return names


def some_once(items: tuple[str, ...]) -> tuple[str, ...]:
    """The items of a list that must name at least one, and none twice."""
    return _once(_some(items))


HEAD, OPENING = ".head", ".opening"
"""Sections of a module's text that have no heading: its front matter, and what stands before the first heading."""
MARK_DIGITS = 10
"""Hexadecimal digits of a fingerprint: 40 bits, far more than the versions of one section can confuse."""


def _section(key: str) -> str:
    if key not in (HEAD, OPENING) and not re.fullmatch(r"[\w-]+", key):
        raise broken("section-unknown", head=HEAD, opening=OPENING)
    return key


def _fingerprint(mark: str) -> str:
    if not re.fullmatch(rf"[0-9a-f]{{{MARK_DIGITS}}}", mark):
        raise broken("fingerprint-malformed", digits=MARK_DIGITS)
    return mark


def _all_processes(value: Any) -> Any:
    return PROCESSES if value == "all" else value


Identifier = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=64), AfterValidator(_portable)]
FactIdentifier = Annotated[str, Field(pattern=r"^[A-Z0-9]+(-[A-Z0-9]+)+$", max_length=32)]
SectionKey = Annotated[str, AfterValidator(_section)]
Fingerprint = Annotated[str, AfterValidator(_fingerprint)]
Audience = Literal["supplier", "trainer", "manager"]
Process = Literal["plating", "cleaning", "machining", "stamping", "moulding", "painting", "assembly"]
PROCESSES: tuple[Process, ...] = get_args(Process)
"""What a supplier's plant may do, in the order in which it is asked."""
Processes = Annotated[
    tuple[Process, ...],
    Field(strict=False),
    BeforeValidator(_all_processes),
    AfterValidator(_some),
    AfterValidator(_once),
]
Line = Annotated[str, Field(max_length=120), AfterValidator(_plain)]
Sentence = Annotated[str, Field(max_length=300), AfterValidator(_plain)]
PassMark = Annotated[float, Field(gt=0, le=1, allow_inf_nan=False)]


class _Written(BaseModel):
    """YAML as an author writes it: no unknown key, no type that YAML guessed otherwise."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class ModuleFacts(_Written):
    """`module.yml`: what is true of a module in every language."""

    id: Identifier = Field(description="Name of the module's folder; never changes, records refer to it.")
    status: Literal["draft", "ready"] = Field(
        default="ready",
        description="draft: only the preview of `make serve` shows the module; ready, or nothing: the site does.",
    )
    revision: int = Field(ge=1, le=9999, description="Raised when what is learned changes; records keep it.")
    audience: Annotated[tuple[Audience, ...], AfterValidator(_some)] = Field(strict=False, description="Who it is for.")
    level: Literal["introductory", "intermediate", "advanced"] = Field(description="How much it asks of the reader.")
    minutes: int = Field(ge=5, le=600, description="Online study time of one person, quizzes included, in minutes.")
    prerequisites: tuple[Identifier, ...] = Field(
        strict=False, description="Ids of modules to take first; may be empty."
    )
    topics: Annotated[tuple[Identifier, ...], AfterValidator(_some)] = Field(
        strict=False, description="Subjects, in small letters with hyphens: water, energy-use."
    )
    pass_mark: PassMark = Field(description="Least score that passes, above 0 and up to 1: 0.8 is 80 %.")
    reviewed: date = Field(description="Day the facts were last checked, as 2026-11-24.")
    sources: Annotated[tuple[FactIdentifier, ...], AfterValidator(_some)] = Field(
        strict=False, description="Ids of the facts it rests on, from modules/sources.yml."
    )


class TextFacts(_Written):
    """Front matter of `en.md`, `es.md` or `fr.md`: what is said in that language."""

    title: Line = Field(description="Title of the module, at most 120 characters.")
    summary: Sentence = Field(description="One or two sentences, at most 300 characters, no Markdown.")
    objectives: Annotated[tuple[Sentence, ...], Field(max_length=12), AfterValidator(_some)] = Field(
        strict=False, description="What the learner can do afterwards."
    )
    translated_from: dict[SectionKey, Fingerprint] = Field(
        default={},
        description="Of a translation: each section of en.md -> fingerprint of the text that it renders. "
        "Written by `greensupply translated`.",
    )


class PageFacts(_Written):
    """Front matter of a page of `content/`."""

    title: Line = Field(description="Title of the page.")
    description: Sentence = Field(description="One sentence for search engines, at most 300 characters.")
    template: Literal["home.html"] | None = Field(default=None, description="Only the home page has one.")


class Trilingual(_Written):
    """A text in the three languages."""

    en: Sentence
    es: Sentence
    fr: Sentence

    def __getitem__(self, locale: str) -> str:
        return str(getattr(self, locale))


class ElectiveFacts(_Written):
    """A module that a pathway offers beside its own, for plants with one of these processes."""

    module: Identifier
    processes: Processes = Field(description="Processes of the plants it is for, such as [plating, cleaning], or all.")


class PartFacts(_Written):
    """Sections of a module that a pathway asks to read, where the whole module would be too much."""

    module: Identifier
    sections: Annotated[tuple[Identifier, ...], AfterValidator(_some)] = Field(
        strict=False, description="Ids of English headings, as in addresses, such as [why-rinse]."
    )
    minutes: Annotated[int, Field(ge=1, le=600, description="Study time of these sections for one person.")]


class PathwayFacts(_Written):
    """One learning pathway: modules in the order in which a kind of learner takes them."""

    id: Identifier
    audience: Audience
    title: Trilingual
    summary: Trilingual
    modules: Annotated[tuple[Identifier, ...], AfterValidator(_some)] = Field(strict=False)
    parts: tuple[PartFacts, ...] = Field(
        default=(), strict=False, description="Sections of further modules to read; they do not count as completed."
    )
    electives: tuple[ElectiveFacts, ...] = Field(
        default=(), strict=False, description="Modules offered by the plant's processes; they do not count as needed."
    )


class PathwaysFile(_Written):
    """`modules/pathways.yml`."""

    pathways: Annotated[tuple[PathwayFacts, ...], AfterValidator(_some)] = Field(strict=False)


class SourceFacts(_Written):
    """Where facts come from: a title in its own language, or a description in all three."""

    title: Sentence | Trilingual
    lang: Literal["en", "es", "fr"] | None = None
    publisher: Sentence | Trilingual
    year: Annotated[str, Field(max_length=80)] | Trilingual
    url: Annotated[str, Field(pattern=r"^https?://[^\s<>\"']+$", max_length=500)] | None = None


class FactFacts(_Written):
    """Which sources a fact rests on, and how well it was confirmed."""

    sources: Annotated[tuple[str, ...], AfterValidator(_some)] = Field(strict=False)
    checked: date
    confidence: Literal["seen", "known"]


class SourcesFile(_Written):
    """`modules/sources.yml`."""

    sources: dict[str, SourceFacts]
    facts: dict[FactIdentifier, FactFacts]
