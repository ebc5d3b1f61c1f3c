"""Problems in what people wrote: where, what, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in one file. Problems stand in the order in which their reader meets them.

    Attributes:
        path: File as the author knows it, relative to the project (`modules/ems/es.md`).
        line: Line, counted from 1.
        what: What is wrong, one sentence.
        how: How to mend it, one sentence.
        column: Column, counted from 1; 0 where only the line is known.
        rule: Id of the rule of `greensupply check` that found it; empty where no rule did.
        values: What the rule's words name in braces, for its words in another language.
    """

    path: str
    line: int
    what: str
    how: str
    column: int = 0
    rule: str = field(default="", compare=False)
    values: tuple[tuple[str, Any], ...] = field(default=(), compare=False, repr=False)

    def __lt__(self, other: Problem) -> bool:
        return self._order() < other._order()

    def _order(self) -> tuple[str, int, int, str, str]:
        return self.path, self.line, self.column, self.what, self.how

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}" + (f":{self.column}" if self.column else "")
        return f"{place}: {self.what} {self.how}"


class GreenSupplyError(Exception):
    """What cannot go on, with every problem found so far."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__("\n".join(map(str, self.problems)))
