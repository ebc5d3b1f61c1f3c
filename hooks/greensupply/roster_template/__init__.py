"""What a roster to be filled in looks like: its columns, its example, its words. `workbook` makes Excel's form of it.

The same columns carry the report of rows that were set aside, so that it is mended and sent back as it is. Every
heading and every value of a drop-down reads back in `records`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from greensupply import csv_text, locales, package_data
from greensupply.completion import COUNTRIES
from greensupply.locales import LOCALES, SOURCE
from greensupply.model import Library
from greensupply.records import example
from greensupply.records.returns import Value, Values

COLUMNS = (
    *("remark", "email", "number", "name", "supplier", "country"),
    *("module", "date", "score", "language", "session", "instructor"),
)
"""Fields of `records.header.HEADINGS`; the remark first, as it marks the example and carries reasons."""
SCORE = "0.0%"
DAY = "yyyy-mm-dd"
"""Formats of cells: a spreadsheet writes into a CSV file what it shows, and these are read in one way only."""
SEPARATORS: Mapping[str, str] = {"en": ",", "es": ",", "fr": ";"}
"""What parts cells where Excel opens a file with a double-click. Source: CLDR, decimal signs of es-MX and fr-CA."""
_WORDS = Path(__file__).with_name("words.yml")


@dataclass(frozen=True)
class Choice:
    """A module that a trainer can choose.

    Attributes:
        id: Its id.
        title: Its title in the language of the roster.
    """

    id: str
    title: str

    @property
    def label(self) -> str:
        """What stands in the cell: the title for people, the id for the reader, which outlives a change of title."""
        return f"{self.title} [{self.id}]"


@dataclass(frozen=True)
class Roster:
    """A roster to be made.

    Attributes:
        locale: Language of its headings and drop-downs.
        modules: What may be chosen as module, at least one.
        sessions: What is offered as session; free if empty.
        rows: Remark and values of each row that stands in it.
        returned: Whether these rows come back to be mended, so that there is no example.
    """

    locale: str
    modules: Sequence[Choice]
    sessions: Sequence[str] = ()
    rows: Sequence[tuple[str, Values]] = ()
    returned: bool = False

    @property
    def columns(self) -> tuple[str, ...]:
        """Its fields in order: a revision only where a row that comes back has one."""
        return (*COLUMNS, "revision") if any("revision" in values for _, values in self.rows) else COLUMNS

    def lines(self) -> Iterable[Sequence[Value]]:
        """Cells of each row below the headings, the example first unless rows come back."""
        rows = self.rows if self.returned else (self._example(), *self.rows)
        for remark, values in rows:
            yield [remark if field == "remark" else self._shown(field, values.get(field, "")) for field in self.columns]

    def choices(self, field: str) -> Sequence[str]:
        """What the drop-down of a field offers; nothing if it has none."""
        offered = {
            "module": [module.label for module in self.modules],
            "country": [locales.country(code, self.locale) for code in COUNTRIES],
            "language": [locales.language(code, self.locale) for code in LOCALES],
            "session": self.sessions,
        }
        return offered.get(field, ())

    def _example(self) -> tuple[str, Values]:
        values: dict[str, Value] = {
            "email": example.EMAIL,
            "name": example.NAME,
            "supplier": "S-0042",
            "country": self.choices("country")[{"en": 2, "es": 1, "fr": 0}[self.locale]],
            "module": self.modules[0].label,
            "date": date(2026, 11, 24),
            "score": Decimal("0.85"),
            "language": locales.language(self.locale, self.locale),
            "session": self.sessions[0] if self.sessions else "MTY-2026-11",
        }
        return example.MARKS[self.locale], values

    def _shown(self, field: str, value: Value) -> Value:
        """A module that was given by its id, as the drop-down says it."""
        if field == "module":
            return next((module.label for module in self.modules if module.id == value), value)
        return value


def choices(hub: Library, locale: str) -> list[Choice]:
    """The modules that learners see, in the order of the hub, with their titles in a locale where they have one."""
    shown = (module for module in hub.modules.values() if not module.draft)
    return [Choice(module.id, module.text(locale, SOURCE).facts.title) for module in shown]


def words(locale: str) -> Mapping[str, Any]:
    """What stands in a roster in a locale; see `words.yml`."""
    said: Mapping[str, Any] = _words()[locale]
    return said


@cache
def _words() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = package_data.read(_WORDS)
    return loaded


def as_csv(roster: Roster) -> bytes:
    """Return the roster as CSV in UTF-8 with a mark, by which Excel knows it, and the separator of its country."""
    headings = [words(roster.locale)["headings"][field] for field in roster.columns]
    lines = [[_percent(cell) for cell in line] for line in roster.lines()]
    return csv_text.write([headings, *lines], delimiter=SEPARATORS[roster.locale]).encode("utf-8-sig")


def _percent(cell: Value) -> str | date:
    return f"{(cell * 100).normalize():f}%" if isinstance(cell, Decimal) else cell
