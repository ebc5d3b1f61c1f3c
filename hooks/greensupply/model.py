"""What a module is, once read and checked: frozen data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from greensupply.courses import CourseFacts
from greensupply.terms import Term
from greensupply.toolbox import ToolFacts
from greensupply.written import ModuleFacts, PathwayFacts, SourcesFile, TextFacts

_AT_THE_MARGIN = re.compile(r"^ {0,3}(?:`{3}|~{3}|\[[^\]\n]+\]:)", re.MULTILINE)


def in_place(text: str, written: str) -> str:
    """A piece of Markdown as it is `written` in its lines, so that columns can be told from it.

    Where its meaning hangs on its distance from the margin (a fence, the target of a reference) it is `text`, as taken
    out of the lines.
    """
    return text if _AT_THE_MARGIN.search(text) else written


class QuestionType(StrEnum):
    """How a question is answered."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    NUMERIC = "numeric"
    MATCHING = "matching"
    ORDERING = "ordering"


@dataclass(frozen=True)
class Choice:
    """One answer to choose. For a numeric question: a foreseen wrong number, with `right` False.

    Attributes:
        column: Where its text begins in its line.
    """

    text: str
    feedback: str
    right: bool
    line: int
    column: int = field(default=1, compare=False)


@dataclass(frozen=True)
class Pair:
    """A term and its right partner."""

    term: str
    match: str
    line: int


@dataclass(frozen=True)
class Question:
    """One self-check question; texts are the author's Markdown, in one language.

    Attributes:
        id: Shared by the three languages, unique in the module.
        prompt: What is asked, one line.
        body: More of the prompt, such as a table; may be empty.
        choices: In the author's order; of a numeric question, foreseen wrong numbers.
        pairs: Rightly paired, in the author's order (matching).
        items: In the right order (ordering).
        answer: The right number (numeric).
        tolerance: Greatest distance from `answer` that still counts, in the answer's unit.
        unit: As the reader sees it; may be empty.
        line: Line of the opening `/// question`.
        written: Its pieces of Markdown as they stand in the file, with the line on which each begins.
    """

    id: str
    type: QuestionType
    prompt: str
    line: int
    body: str = ""
    hint: str = ""
    feedback: str = ""
    choices: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    items: tuple[str, ...] = ()
    answer: Decimal | None = None
    tolerance: Decimal = Decimal(0)
    unit: str = ""
    written: tuple[tuple[str, int], ...] = field(default=(), compare=False, repr=False)

    def pieces(self) -> Iterator[tuple[str, int]]:
        """Its pieces of Markdown, marks blanked out, with the line on which each begins."""
        yield from self.written

    @property
    def right(self) -> tuple[int, ...]:
        """Places of the right choices, counted from 0."""
        return tuple(place for place, choice in enumerate(self.choices) if choice.right)

    @property
    def key(self) -> tuple[object, ...]:
        """What must be the same in the three languages."""
        numbers = tuple(choice.text for choice in self.choices) if self.type is QuestionType.NUMERIC else ()
        size = (len(self.choices), len(self.pairs), len(self.items))
        return (self.type, *size, self.right, self.answer, self.tolerance, numbers)


@dataclass(frozen=True)
class Prose:
    """Markdown for the site's generator, as the author wrote it."""

    text: str
    line: int

    def pieces(self) -> Iterator[tuple[str, int]]:
        """Its Markdown, with the line on which it begins."""
        yield self.text, self.line


@dataclass(frozen=True)
class Callout:
    """A boxed part of the text: a worked example, a case, a worksheet.

    Attributes:
        line: Line on which its text begins, below its opening slashes.
        calculator: Tag of the calculator that a worksheet leads to; empty without one.
        title_column: Where its title begins in the line of its opening slashes.
    """

    kind: str
    title: str
    text: str
    line: int
    calculator: str = ""
    title_column: int = field(default=1, compare=False)

    def pieces(self) -> Iterator[tuple[str, int]]:
        """Its pieces of Markdown, with the line on which each begins."""
        yield in_place(self.title, " " * (self.title_column - 1) + self.title), self.line - 1
        yield self.text, self.line


@dataclass(frozen=True)
class FacilitatorNote:
    """What the person who teaches needs to know at this place of the text; learners do not see it.

    Attributes:
        title: May be empty.
        text: The author's Markdown, with an empty line for each option so that lines can be counted.
        line: Line on which its text begins, below its opening slashes.
        minutes: Length of this part of the on-site session, in minutes; 0 for a note that is no part of it.
        activity: What is done in that time, one of `facilitation.ACTIVITIES`; empty with 0 minutes.
        materials: What to bring for it, as Markdown of one line each.
        written: Its pieces of Markdown as they stand in the file, with the line on which each begins.
    """

    title: str
    text: str
    line: int
    minutes: int = 0
    activity: str = ""
    materials: tuple[str, ...] = ()
    written: tuple[tuple[str, int], ...] = field(default=(), compare=False, repr=False)

    @property
    def kind(self) -> str:
        """As the author writes it after the slashes."""
        return "facilitator"

    def pieces(self) -> Iterator[tuple[str, int]]:
        """Its pieces of Markdown, options blanked out, with the line on which each begins."""
        yield from self.written


Block = Prose | Callout | Question | FacilitatorNote


@dataclass(frozen=True)
class Text:
    """A module in one language.

    Attributes:
        path: File, relative to the project, for messages and edit links.
        blocks: The text in order; questions stand where the learner meets them.
        lines: Line of each front matter key.
        written: The whole file, as it was read, for rules that name columns.
    """

    locale: str
    path: str
    facts: TextFacts
    blocks: tuple[Block, ...]
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    written: str = field(default="", compare=False, repr=False)

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions in order."""
        return tuple(block for block in self.blocks if isinstance(block, Question))

    @property
    def notes(self) -> tuple[FacilitatorNote, ...]:
        """The facilitator's notes in order."""
        return tuple(block for block in self.blocks if isinstance(block, FacilitatorNote))

    @property
    def calculators(self) -> tuple[str, ...]:
        """Tags of the calculators that its worksheets lead to, in order."""
        return tuple(block.calculator for block in self.blocks if isinstance(block, Callout) and block.calculator)

    def pieces(self) -> Iterator[tuple[str, int]]:
        """Every piece of Markdown, with the line on which it begins."""
        for block in self.blocks:
            yield from block.pieces()


@dataclass(frozen=True)
class Module:
    """One training module in every language it exists in.

    Attributes:
        lines: Line of each key of `module.yml`.
        places: Line and column of each key and item of `module.yml`, by its path.
    """

    facts: ModuleFacts
    path: str
    texts: Mapping[str, Text]
    lines: Mapping[str, int] = field(default_factory=dict, compare=False)
    places: Mapping[tuple[str | int, ...], tuple[int, int]] = field(default_factory=dict, compare=False, repr=False)

    def place(self, *path: str | int) -> tuple[int, int]:
        """Line and column of a key or an item of `module.yml`, or of the nearest one around it that is known."""
        while path and path not in self.places:
            path = path[:-1]
        return self.places.get(path, (1, 1))

    @property
    def id(self) -> str:
        """The module's id, the name of its folder."""
        return self.facts.id

    @property
    def draft(self) -> bool:
        """Whether it is still being written, so that only its author's preview shows it."""
        return self.facts.status == "draft"

    def text(self, locale: str, fallback: str) -> Text:
        """The text in `locale`, or in `fallback` where it is not translated yet."""
        return self.texts.get(locale) or self.texts[fallback]


@dataclass(frozen=True)
class Library:
    """All that `modules/` holds, checked: every id named exists.

    Attributes:
        modules: In the order of the pathways.
        assets: Files of the modules that pages show: site path -> path on disk.
        terms: The glossary, in the order of its file.
        courses: What is held on site, in the order of their ids.
        tools: The tools library, in the order of its file.
    """

    modules: Mapping[str, Module]
    pathways: tuple[PathwayFacts, ...]
    sources: SourcesFile
    assets: Mapping[str, str] = field(default_factory=dict)
    terms: tuple[Term, ...] = ()
    courses: tuple[CourseFacts, ...] = ()
    tools: tuple[ToolFacts, ...] = ()

    def without_drafts(self) -> Library:
        """What readers see: no draft, and no file of one. No pathway and no ready module names a draft."""
        hidden = tuple(f"modules/{name}/" for name, module in self.modules.items() if module.draft)
        return replace(
            self,
            modules={name: module for name, module in self.modules.items() if not module.draft},
            assets={uri: path for uri, path in self.assets.items() if not uri.startswith(hidden)},
        )
