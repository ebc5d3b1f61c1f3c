"""Text of a `/// facilitator` block -> `FacilitatorNote`.

The syntax is described for authors in CONTRIBUTING.md and in the author guide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from greensupply import rules
from greensupply.errors import Problem
from greensupply.model import FacilitatorNote, in_place

KIND = "facilitator"
"""As the author writes it after the slashes."""
OPTIONS = ("minutes", "activity", "materials")
ACTIVITIES: Mapping[str, bool] = {
    "talk": False,
    "demonstration": False,
    "discussion": True,
    "exercise": True,
    "practice": True,
    "quiz": True,
    "break": False,
}
"""What is done in a part of a session -> do the participants do it? A `break` is no time of learning at all."""
LONGEST = 480
"""Most minutes of one part: a working day of eight hours."""
SEPARATOR = ";"

_OPTION = re.compile(r"^ {4}([\w-]+)\s*:\s*(.*?)\s*$")
_ALMOST = re.compile(rf"^\s*({'|'.join(OPTIONS)})\s*:")


def parse(
    title: str, inner: Sequence[str], path: str, line: int, title_column: int
) -> tuple[FacilitatorNote, list[Problem]]:
    """Return the note and what is wrong with its options.

    Arguments:
        title: What stands after `/// facilitator |`; may be empty.
        inner: Lines between the opening and the closing slashes.
        path: File, for messages.
        line: Line of the opening slashes.
        title_column: Where the title begins in that line.
    """
    options, problems = _options(inner, path, line + 1)
    text = "\n".join(["" if place < len(options) else written for place, written in enumerate(inner)])
    values = {name: (value, here, column) for name, value, here, column in options if name}
    reader = _Values(path, problems, values)
    minutes, activity, materials = reader.minutes(), reader.activity(), reader.materials()
    for present, missing in (("minutes", "activity"), ("activity", "minutes")):
        if present in reader.found and missing not in reader.found:
            reader.wrong("facilitator-half-timed", present, option=present, missing=missing, example=_EXAMPLES[missing])
    written = [(in_place(title, " " * (title_column - 1) + title), line)] if title else []
    if materials:
        value, here, column = reader.found["materials"]
        written.append((" " * (column - 1) + value, here))
    return FacilitatorNote(title, text, line + 1, minutes, activity, materials, (*written, (text, line + 1))), problems


_EXAMPLES = {"minutes": "20", "activity": "exercise"}
_Option = tuple[str, str, int, int]


def _options(inner: Sequence[str], path: str, first: int) -> tuple[list[_Option], list[Problem]]:
    """The option lines at the head of a note: name (empty for a wrong one), value, line and column of the value."""
    options: list[_Option] = []
    problems: list[Problem] = []
    lines: dict[str, int] = {}
    for here, written in enumerate(inner, first):
        found = _OPTION.match(written)
        if not found and (almost := _ALMOST.match(written)):
            column = almost.start(1) + 1
            problems.append(rules.problem("facilitator-option-margin", path, here, column, option=written.strip()))
            options.append(("", "", here, 1))
            continue
        if not found:
            break
        name, column = found[1], found.start(1) + 1
        if name not in OPTIONS:
            values: dict[str, Any] = {"option": name, "advice": rules.advice(name, OPTIONS, "options-are")}
            problems.append(rules.problem("facilitator-option-unknown", path, here, column, **values))
        elif name in lines:
            values = {"option": name, "first": str(lines[name])}
            problems.append(rules.problem("facilitator-option-repeated", path, here, column, **values))
        known = name in OPTIONS and name not in lines
        lines.setdefault(name, here)
        options.append((name if known else "", found[2], here, found.start(2) + 1))
    return options, problems


class _Values:
    """The options of one note, read into what they mean."""

    def __init__(self, path: str, problems: list[Problem], found: Mapping[str, tuple[str, int, int]]) -> None:
        self.path, self.problems, self.found = path, problems, found

    def wrong(self, rule: str, name: str, /, **values: Any) -> None:
        _, line, column = self.found[name]
        self.problems.append(rules.problem(rule, self.path, line, column, **values))

    def minutes(self) -> int:
        value = self.found.get("minutes", ("", 0, 0))[0]
        if re.fullmatch(r"[1-9][0-9]{0,2}", value) and int(value) <= LONGEST:
            return int(value)
        if "minutes" in self.found:
            self.wrong("facilitator-minutes", "minutes", minutes=value or rules.word("empty-value"), longest=LONGEST)
        return 0

    def activity(self) -> str:
        value = self.found.get("activity", ("", 0, 0))[0]
        if "activity" in self.found and value not in ACTIVITIES:
            advice = rules.advice(value, tuple(ACTIVITIES), "activities-are")
            shown = value or rules.word("empty-value")
            self.wrong("facilitator-activity-unknown", "activity", activity=shown, advice=advice)
            return ""
        return value

    def materials(self) -> tuple[str, ...]:
        if "materials" not in self.found:
            return ()
        items = tuple(item.strip() for item in self.found["materials"][0].split(SEPARATOR))
        if not all(items):
            self.wrong("facilitator-materials-empty", "materials")
            return ()
        return items
