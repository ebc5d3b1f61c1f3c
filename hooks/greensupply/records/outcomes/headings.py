"""The headings of a list -> which list it is, which column holds what, and in which language it is written."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from greensupply import rules
from greensupply.locales import LOCALES
from greensupply.records.header import Header
from greensupply.records.header import unread as unread_columns
from greensupply.records.outcomes import words
from greensupply.records.outcomes.words import plain
from greensupply.records.scope import Fault, fault


@dataclass(frozen=True)
class ListHeader(Header):
    """A row of headings of one of the lists.

    Attributes:
        of: Which list.
        languages: Those that all of its headings may be in; none if they are mixed.
    """

    of: str
    languages: frozenset[str]


def best(rows: Iterable[tuple[int, Sequence[str]]]) -> ListHeader | None:
    """Return the row with the most headings of one of the lists, at least two; None if there is none."""
    found = [_header(name, line, cells) for line, cells in rows for name in words.lists()]
    known = [header for header in found if len(header.columns.keys() - {words.REMARK}) > 1]
    return max(known, key=lambda header: (_fit(header), -header.line), default=None)


def faults(header: ListHeader) -> Iterator[Fault]:
    """Why rows below it cannot be read: columns that are missing, or stand twice."""
    fields = words.lists()[header.of]
    missing = [name for name, field in fields.items() if field.needed and name not in header.columns]
    if missing:
        yield fault("cadre-column-missing", columns=listed(missing))
    for heading in header.unread:
        near = _near(heading.strip("`"), header.of) if isinstance(heading, str) else None
        if near and near not in header.columns:
            yield fault("outcome-column-misspelt", heading=str(heading).strip("`"), column=called(near))
    for name, columns in header.columns.items():
        if len(columns) > 1 and name != words.REMARK:
            yield fault("cadre-column-twice", column=called(name))


def notices(header: ListHeader) -> Iterator[Fault]:
    """What the sender should know: columns that are not read."""
    if header.unread:
        yield fault("roster-unread", columns=unread_columns(header))


def called(name: str) -> rules.Word:
    """What to call a field in a message."""
    return rules.word(f"outcome-field-{name}")


def listed(names: Sequence[str]) -> rules.Word:
    """`the country, the rung`, in each language."""
    return reduce(lambda first, other: rules.word("cadre-and", first=first, other=other), map(called, names))


def _header(name: str, line: int, cells: Sequence[str]) -> ListHeader:
    columns: dict[str, tuple[int, ...]] = {}
    languages = set(LOCALES)
    unread: list[str | int] = []
    for number, cell in enumerate(cells):
        said = _field(cell, name)
        for field in dict.fromkeys(said.values()):
            columns[field] = (*columns.get(field, ()), number)
        if said:
            languages &= said.keys()
        elif cell:
            unread.append(f"`{cell}`" if _near(cell, name) else number + 1)
    return ListHeader(line, columns, len(cells), tuple(unread), name, frozenset(languages))


def _field(cell: str, name: str) -> dict[str, str]:
    """Locale -> the field that a heading names, in one language or in two at once; empty if none, or two fields."""
    known = words.headings(name)
    found = dict(known.get(plain(cell), {}))
    for part in re.split("[/|\\n]", cell) if not found else ():
        found |= known.get(plain(part), {})
    return found if len(set(found.values())) == 1 else {}


def _fit(header: ListHeader) -> int:
    """How well a row fits its list: headings that are known, less needed ones that are missing."""
    fields = words.lists()[header.of].values()
    return 2 * len(header.columns) - sum(field.needed and field.name not in header.columns for field in fields)


def _near(cell: str, name: str) -> str | None:
    """The field whose heading a cell almost is; another cell may hold a person, and is never quoted."""
    text = plain(cell)
    known = words.headings(name)
    near = difflib.get_close_matches(text, known, 1, 0.85) if len(text) < 40 else []
    return next(iter(known[near[0]].values())) if near else None
