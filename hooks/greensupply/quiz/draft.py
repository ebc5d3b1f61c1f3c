"""A question while it is read: its options, its parts, and what is wrong so far."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from greensupply import rules
from greensupply.errors import Problem
from greensupply.model import in_place

OPTIONS = ("id", "type", "answer", "tolerance", "unit")
PARTS = ("hint", "feedback")
MAX_ID = 64

_OPTION = re.compile(r"^ {4}([A-Za-z_-]+)\s*:\s*(.*?)\s*$")  # `\s`: a no-break space is none of the value
PART = re.compile(r"^////[ \t]*(.*?)[ \t]*$")
_IDENTIFIER = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


@dataclass
class Draft:
    """A question as it is read; `problems` grows with it.

    Attributes:
        options: Name -> value as written, with the line and column where it stands.
        pieces: Its pieces of Markdown as they stand in the file, marks blanked out, with their lines.
    """

    path: str
    line: int
    problems: list[Problem] = field(default_factory=list)
    options: dict[str, tuple[str, int, int]] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)
    pieces: list[tuple[str, int]] = field(default_factory=list)

    def wrong(self, rule: str, line: int, column: int = 1, **values: Any) -> None:
        """Note a problem; `values` are what the rule's words name."""
        self.problems.append(rules.problem(rule, self.path, line, column, **values))

    def wrong_option(self, rule: str, name: str, **values: Any) -> None:
        """Note a problem of an option's value."""
        _, line, column = self.options[name]
        self.wrong(rule, line, column, **values)

    def keep(self, text: str, written: Sequence[str], line: int) -> None:
        """Note a piece of Markdown: as read, and the lines in which it is written, from `line` on."""
        if text:
            self.pieces.append((in_place(text, "\n".join(written)), line))

    def option(self, name: str) -> str:
        """Value of an option as written, or nothing."""
        return self.options[name][0] if name in self.options else ""

    @property
    def name(self) -> rules.Word:
        """What messages call the question."""
        identifier = self.option("id")
        return rules.word("question-named", id=identifier) if identifier else rules.word("this-question")


def indent(written: str) -> int:
    """Column at which the words of a line begin."""
    return len(written) - len(written.lstrip()) + 1


def read_options(draft: Draft, lines: Sequence[str]) -> int:
    """Take the option lines and return the place of the first line after them."""
    place = 0
    for place, written in enumerate(lines):
        if not written.strip():
            break
        found = _OPTION.match(written)
        here = draft.line + 1 + place
        if not found:
            if "\t" in written[: len(written) - len(written.lstrip())]:
                draft.wrong("question-option-tab", here, written.index("\t") + 1)
                continue
            if re.match(r"^\s*[a-z_-]+\s*:", written) and not written.startswith("    "):
                draft.wrong("question-option-margin", here, indent(written), option=written.strip())
                continue
            break
        name, value = found[1], found[2].strip("\"'").strip()
        if name not in OPTIONS:
            how = rules.advice(name, OPTIONS, "options-are")
            draft.wrong("question-option-unknown", here, found.start(1) + 1, option=name, advice=how)
        elif name in draft.options:
            first = str(draft.options[name][1])
            draft.wrong("question-option-repeated", here, found.start(1) + 1, option=name, first=first)
        else:
            draft.options[name] = (value, here, found.start(2) + found[2].index(value) + 1)
    else:
        return len(lines)
    return place


def read_parts(draft: Draft, lines: Sequence[str], start: int) -> None:
    """Keep the text of each `//// part` from the line at `start` on."""
    name, opened, inside = "", 0, []
    for place in range(start, len(lines)):
        mark, here = PART.match(lines[place]), draft.line + 1 + place
        if not mark:
            if name:
                inside.append(lines[place])
            elif lines[place].strip():
                draft.wrong("question-part-outside", here, indent(lines[place]))
            continue
        if mark[1] and name:
            draft.wrong("question-part-open", opened, part=name)
        if mark[1]:
            name, opened, inside = mark[1], here, []
            if name not in PARTS:
                how = rules.advice(name, PARTS, "parts-are")
                draft.wrong("question-part-unknown", here, mark.start(1) + 1, part=name, advice=how)
            elif name in draft.parts:
                draft.wrong("question-part-repeated", here, mark.start(1) + 1, part=name, question=draft.name)
        elif name:
            text = "\n".join(inside).strip()
            if not text:
                draft.wrong("question-part-empty", opened, part=name)
            draft.parts[name] = text
            draft.keep(text, inside, opened + 1)
            name = ""
        else:
            draft.wrong("question-part-closing-stray", here)
    if name:
        draft.wrong("question-part-open", opened, part=name)


def check_id(draft: Draft) -> None:
    """Note what is wrong with the question's id."""
    identifier = draft.option("id")
    if not identifier:
        draft.wrong("question-id-missing", draft.line)
    elif not _IDENTIFIER.match(identifier) or len(identifier) > MAX_ID:
        draft.wrong_option("question-id-form", "id", id=identifier[:70], max=MAX_ID)
