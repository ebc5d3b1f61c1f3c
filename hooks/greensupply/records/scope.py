"""What records are checked against, and how a part that cannot be taken is refused."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from greensupply import rules
from greensupply.errors import Problem


@dataclass(frozen=True)
class KnownModule:
    """A module as the hub has it now.

    Attributes:
        revision: Its current revision, from 1.
        pass_mark: Least score that passes, above 0 and up to 1.
    """

    revision: int
    pass_mark: float


@dataclass(frozen=True)
class Scope:
    """What records are checked against.

    Attributes:
        modules: Id -> module; a record of another module is set aside.
        now: In UTC, aware; records from later than a day after it are set aside.
        pseudonym: Text that identifies a person -> 32 hexadecimal digits, keyed, the same each time.
        aliases: Old id of a module -> its id now.
        titles: Title of a module in any language, folded (see `people.folded`) -> its id.
    """

    modules: Mapping[str, KnownModule]
    now: datetime
    pseudonym: Callable[[str], str]
    aliases: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """Why something cannot be read, and how to mend it; never with a name, an address or an account in it.

    Attributes:
        what: What is wrong, one sentence.
        how: How to mend it, one sentence.
        column: Column of a line of text, counted from 1; 0 where it says nothing.
        rule: Id of the rule that says it in three languages; empty where it is said in English alone.
        values: What the rule's words name in braces.
    """

    what: str
    how: str
    column: int = 0
    rule: str = ""
    values: tuple[tuple[str, Any], ...] = field(default=(), repr=False)

    def at(self, path: str, line: int) -> Problem:
        """The same with its place."""
        return Problem(path, line, self.what, self.how, self.column, self.rule, self.values)


def fault(rule: str, **values: Any) -> Fault:
    """Return the fault that a rule of `rules/rosters.yml` names, with its values as in `rules.problem`."""
    found = rules.problem(rule, "", 0, **values)
    return Fault(found.what, found.how, 0, rule, found.values)


class Refused(Exception):
    """Raised by whoever reads one field, caught where its row or statement is read."""

    def __init__(self, what: str, how: str) -> None:
        self.fault = Fault(what, how)
        super().__init__(what)


def refused(rule: str, **values: Any) -> Refused:
    """Return a refusal in the words of a rule, see `fault`."""
    told = fault(rule, **values)
    made = Refused(told.what, told.how)
    made.fault = told
    return made
