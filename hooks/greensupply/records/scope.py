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

    It is put into words only when it is told, as many a fault is met and then passed over.

    Attributes:
        rule: Id of the rule that says it in three languages.
        values: What the rule's words name in braces, as in `rules.problem`.
        column: Column of a line of text, counted from 1; 0 where it says nothing.
    """

    rule: str
    values: tuple[tuple[str, Any], ...] = field(default=(), repr=False)
    column: int = 0

    def at(self, path: str, line: int) -> Problem:
        """The same in words, with its place."""
        return rules.problem(self.rule, path, line, self.column, **dict(self.values))


def fault(rule: str, **values: Any) -> Fault:
    """Return the fault that a rule names, with its values as in `rules.problem`."""
    return Fault(rule, tuple(values.items()))


class Refused(Exception):
    """Raised by whoever reads one field, caught where its row or statement is read."""

    def __init__(self, fault: Fault) -> None:
        self.fault = fault
        super().__init__(fault.rule)


def refused(rule: str, **values: Any) -> Refused:
    """Return a refusal in the words of a rule, see `fault`."""
    return Refused(fault(rule, **values))
