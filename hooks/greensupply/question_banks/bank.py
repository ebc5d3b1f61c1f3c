"""What every question bank needs of a question: its texts as HTML, its shares of the mark, what is true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from markupsafe import escape

from greensupply import fragments
from greensupply.locales import words
from greensupply.model import Module, Question, QuestionType, Text

LONGEST_NAME = 200
"""Characters of a question's name; Moodle takes 255."""
TRUE = frozenset({"true", "verdadero", "cierto", "vrai"})
FALSE = frozenset({"false", "falso", "faux"})
PICTURE = "@@PLUGINFILE@@/"
"""Where Moodle looks for a picture that comes with a question."""
SHARES: Mapping[int, str] = {
    1: "100",
    2: "50",
    3: "33.33333",
    4: "25",
    5: "20",
    6: "16.66667",
    7: "14.28571",
    8: "12.5",
    9: "11.11111",
    10: "10",
}
"""What one of so many right answers earns, in percent; an import stops at a share that is not on Moodle's list."""
NO_MARK = "-100"
"""What a wrong one costs, in percent: it takes away the mark, as the hub gives none then either."""

_SCHEME = re.compile(r"(?:https?|mailto):", re.IGNORECASE)
_NOWHERE = "about:blank"
_LOST_LINK = re.compile(rf'<a href="{_NOWHERE}"[^>]*>(.*?)</a>', re.DOTALL)
_IMAGE = re.compile(r"<img\b[^>]*?(?:/>|>)")
_ALT = re.compile(r'\balt="([^"]*)"')


@dataclass(frozen=True)
class Bank:
    """A file for a question bank.

    Attributes:
        data: Its bytes.
        count: Questions in it.
        left_out: Questions that are not in it, each with why.
    """

    data: bytes
    count: int
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shelf:
    """The questions of a module in one language.

    Attributes:
        figures: Files of the module's folder, by their path in it.
    """

    module: Module
    locale: str
    figures: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def text(self) -> Text:
        """The module's text in the language."""
        return self.module.texts[self.locale]

    @property
    def category(self) -> str:
        """Path of the category; a slash in a name is doubled. Source: Moodle docs, "Moodle XML format", "Category"."""
        names = (words(self.locale)["site"]["name"], f"{self.text.facts.title} ({self.locale})")
        return "/".join(["$course$", "top", *(name.replace("/", "//") for name in names)])

    def number(self, question: Question) -> str:
        """By which a question is known again when it is imported anew: its id and the language."""
        return f"{question.id}.{self.locale}"

    def name(self, question: Question) -> str:
        """The prompt in plain words, cut between words where it is too long."""
        text = self.plain(question.prompt)
        return text if len(text) <= LONGEST_NAME else f"{text[:LONGEST_NAME].rpartition(' ')[0]}…"

    def inline(self, text: str) -> str:
        """HTML of one line."""
        return self._linked(str(fragments.inline(text, self._target)))

    def block(self, text: str) -> str:
        """HTML of a few paragraphs; empty if there is nothing."""
        return self._linked(str(fragments.block(text, self._target)))

    def plain(self, text: str) -> str:
        """The words of one line."""
        return " ".join(fragments.plain(text).split())

    def asked(self, question: Question) -> str:
        """HTML of what is asked; with the unit of a number, which is not to be written."""
        parts = [f"<p>{self.inline(question.prompt)}</p>", self.block(question.body)]
        if question.type is QuestionType.NUMERIC and question.unit:
            label = words(self.locale)["quiz"]["your_answer_in"].format(unit=question.unit)
            parts.append(f"<p>{escape(label)}</p>")
        return "\n".join(part for part in parts if part)

    def pictures(self, html: str) -> dict[str, bytes]:
        """Pictures that some HTML shows, by the name that it calls them by."""
        return {name: data for path, data in self.figures.items() if f'"{PICTURE}{(name := _file(path))}"' in html}

    def _target(self, target: str) -> str:
        """The bank knows nothing of the hub's pages, so a link to one is only words there."""
        if _SCHEME.match(target):
            return target
        return f"{PICTURE}{_file(target)}" if target in self.figures else _NOWHERE

    def _linked(self, html: str) -> str:
        return _LOST_LINK.sub(r"\1", html)


def without_pictures(html: str) -> str:
    """HTML with the words of each picture in its place."""
    return _IMAGE.sub(lambda image: f"[{found[1]}]" if (found := _ALT.search(image[0])) else "", html)


def is_true(question: Question) -> bool | None:
    """Is it true what a true-false question says? None if its answers are other words than true and false."""
    said = [fragments.plain(choice.text).strip().strip(".").casefold() for choice in question.choices]
    if question.type is not QuestionType.TRUE_FALSE or len(said) != 2:
        return None
    for place in (0, 1):
        if said[place] in TRUE and said[1 - place] in FALSE:
            return question.choices[place].right
    return None


def _file(path: str) -> str:
    return path.replace("/", "-")
