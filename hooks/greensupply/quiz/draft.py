"""A question while it is read: its options, its parts, and what is wrong so far."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from greensupply.errors import Problem

OPTIONS = ("id", "type", "answer", "tolerance", "unit")
PARTS = ("hint", "feedback")
MAX_ID = 64

_OPTION = re.compile(r"^ {4}([A-Za-z_-]+)[ \t]*:[ \t]*(.*?)[ \t]*$")
PART = re.compile(r"^////[ \t]*(.*?)[ \t]*$")
_IDENTIFIER = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


@dataclass
class Draft:
    """A question as it is read; `problems` grows with it."""

    path: str
    line: int
    problems: list[Problem] = field(default_factory=list)
    options: dict[str, tuple[str, int]] = field(default_factory=dict)
    parts: dict[str, str] = field(default_factory=dict)

    def wrong(self, line: int, what: str, how: str) -> None:
        """Note a problem."""
        self.problems.append(Problem(self.path, line, what, how))

    def option(self, name: str) -> str:
        """Value of an option as written, or nothing."""
        return self.options.get(name, ("", 0))[0]

    def line_of(self, name: str) -> int:
        """Line of an option, or of the question where it has none."""
        return self.options.get(name, ("", self.line))[1]

    @property
    def name(self) -> str:
        """What messages call the question."""
        return f"question `{self.option('id')}`" if self.option("id") else "this question"


def read_options(draft: Draft, lines: Sequence[str]) -> int:
    """Take the option lines and return the place of the first line after them."""
    place = 0
    for place, written in enumerate(lines):
        if not written.strip():
            break
        found = _OPTION.match(written)
        here = draft.line + 1 + place
        if not found:
            if re.match(r"^\s*[a-z_-]+\s*:", written) and not written.startswith("    "):
                draft.wrong(here, f"the option `{written.strip()}` is not indented.", "Begin it with four spaces.")
                continue
            if "\t" in written[: len(written) - len(written.lstrip())]:
                draft.wrong(here, "a tab at the start of an option.", "Begin it with four spaces.")
                continue
            break
        name, value = found[1], found[2].strip("\"'")
        if name not in OPTIONS:
            near = difflib.get_close_matches(name, OPTIONS, 1)
            how = f"Did you mean `{near[0]}`?" if near else f"Options are: {', '.join(OPTIONS)}."
            draft.wrong(here, f"unknown option `{name}`.", how)
        elif name in draft.options:
            draft.wrong(
                here, f"the option `{name}` stands here and in line {draft.line_of(name)}.", "Keep one of the two."
            )
        else:
            draft.options[name] = (value, here)
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
                draft.wrong(
                    here, "text after the parts of a question.", "Move it above the first `////`, or into a part."
                )
            continue
        if mark[1] and name:
            draft.wrong(opened, f"the part `{name}` is not closed.", "Write `////` on a line of its own after it.")
        if mark[1]:
            name, opened, inside = mark[1], here, []
            if name not in PARTS:
                near = difflib.get_close_matches(name, PARTS, 1)
                draft.wrong(
                    here,
                    f"unknown part `{name}`.",
                    f"Did you mean `{near[0]}`?" if near else f"Parts are: {', '.join(PARTS)}.",
                )
            elif name in draft.parts:
                draft.wrong(here, f"a second `{name}` in {draft.name}.", "Join the two.")
        elif name:
            text = "\n".join(inside).strip()
            if not text:
                draft.wrong(opened, f"the part `{name}` is empty.", "Write its text, or delete it.")
            draft.parts[name] = text
            name = ""
        else:
            draft.wrong(here, "a closing `////` without a part that it closes.", "Delete it.")
    if name:
        draft.wrong(opened, f"the part `{name}` is not closed.", "Write `////` on a line of its own after it.")


def check_id(draft: Draft) -> None:
    """Note what is wrong with the question's id."""
    identifier = draft.option("id")
    if not identifier:
        how = "Add a line of four spaces and `id: short-name`, the same in the three languages."
        draft.wrong(draft.line, "this question has no id.", how)
    elif not _IDENTIFIER.match(identifier) or len(identifier) > MAX_ID:
        how = "Write small letters a to z, digits and single hyphens, at most 64."
        draft.wrong(draft.line_of("id"), f"the id `{identifier[:70]}` has not the right form.", how)
