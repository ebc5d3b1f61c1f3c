"""What an office's lists to be filled in look like: their columns, their example, their words.

The same columns carry the report of rows that were set aside, so that they are mended and sent back as they are. Every
heading and every value of a drop-down reads back in `records.outcomes`. `workbook` makes Excel's form of a list.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from greensupply import csv_text, locales, package_data, units
from greensupply.catalogue import Catalogue
from greensupply.completion import COUNTRIES
from greensupply.records import example
from greensupply.records.outcomes import EXAMPLE, ORDER, words
from greensupply.records.tables import Cell
from greensupply.roster_template import SEPARATORS

__all__ = ["NUMBERS", "ORDER", "Template", "as_csv", "said"]

Value = str | date | Decimal
NUMBERS = (
    *("hours", "baseline", "expected", "actual", "index", "saving", "verified_saving", "cost", "value", "output"),
)
_GROUPS: Mapping[str, str] = {
    **{name: name for name in ("size", "process", "family", "data_class", "currency")},
    **dict.fromkeys(("complete", "withdrawn"), "yes_no"),
}
_SAME: Mapping[str, Value] = {"supplier": EXAMPLE, "assessment": EXAMPLE, "opportunity": EXAMPLE}
_EXAMPLES: Mapping[str, Mapping[str, Value]] = {
    "plants": {
        "listed_on": date(2025, 1, 1),
        "contacted_on": date(2025, 3, 10),
        "enrolled_on": date(2025, 4, 2),
        "customer": "OEM-1",
    },
    "assessments": {"day": date(2026, 3, 5), "hours": Decimal(24)},
    "opportunities": {
        "unit": "m3",
        "baseline": Decimal(2400),
        "expected": Decimal(600),
        "saving": Decimal(1800),
        "cost": Decimal(900),
        "identified_on": date(2026, 3, 5),
        "committed_on": date(2026, 4, 1),
    },
    "measurements": {
        "period": "2026-Q3",
        "value": Decimal(610),
        "unit": "m3",
        "output": Decimal("1250.5"),
    },
}


@dataclass(frozen=True)
class Template:
    """A list to be made.

    Attributes:
        of: Which list, one of `ORDER`.
        locale: Language of its headings and drop-downs.
        catalogue: What can be chosen as quantity and unit.
        rows: Remark and cells of each row that comes back to be mended; with none it has the example.
    """

    of: str
    locale: str
    catalogue: Catalogue
    rows: Sequence[tuple[str, Mapping[str, Cell]]] = ()

    @property
    def returned(self) -> bool:
        """Do rows come back, so that there is no example?"""
        return bool(self.rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """Its fields in order; one that is not usually shown only where a row that comes back has it."""
        fields = words.lists()[self.of].values()
        return tuple(field.name for field in fields if field.shown or any(field.name in row for _, row in self.rows))

    def heading(self, field: str) -> str:
        """What stands above a column."""
        return words.lists()[self.of][field].headings[self.locale][0]

    def needed(self, field: str) -> bool:
        """Can the list not be read without it?"""
        return words.lists()[self.of][field].needed

    def lines(self) -> Iterator[Sequence[Value]]:
        """Cells of each row below the headings."""
        for remark, row in self.rows or ((example.MARKS[self.locale], self._example()),):
            yield [remark if field == words.REMARK else _value(row.get(field, "")) for field in self.columns]

    def choices(self, field: str) -> Sequence[str]:
        """What the drop-down of a field offers; nothing if it has none."""
        if group := _GROUPS.get(field):
            return words.shown(group, self.locale)
        if field == "country":
            return [locales.country(code, self.locale) for code in COUNTRIES]
        things = [*self.catalogue.inputs.values()]
        if field == "output_unit":
            return [_unit(unit, self.locale) for output in self.catalogue.outputs.values() for unit in output.units]
        if self.of == "measurements":
            things += [*self.catalogue.complements.values()]  # type: ignore[list-item]  # both have a name and units
        if field == "input":
            return [f"{thing.name[self.locale]} [{thing.id}]" for thing in things]
        if field == "unit":
            offered = dict.fromkeys(unit for thing in things for unit in thing.units if unit != "1")
            return [_unit(unit, self.locale) for unit in offered]
        return ()

    def _example(self) -> Mapping[str, Value]:
        """A row of nobody, in which every drop-down has its first choice."""
        chosen: dict[str, Value] = {}
        for field in self.columns:
            offered = self.choices(field)
            if offered and field not in ("withdrawn", "data_class", "unit"):
                chosen[field] = offered[0]
        if water := self.catalogue.inputs.get("water"):
            chosen["input"] = f"{water.name[self.locale]} [water]"
        if self.of == "measurements":
            chosen["data_class"] = words.shown("data_class", self.locale)[0]
        if self.of == "plants":
            chosen["processes"] = words.shown("process", self.locale)[0]
        return {**_SAME, **chosen, **_EXAMPLES[self.of]}


def said(locale: str) -> Mapping[str, Any]:
    """What stands in the templates in a locale; see `words.yml`."""
    found: Mapping[str, Any] = _words()[locale]
    return found


@cache
def _words() -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = package_data.read(Path(__file__).with_name("words.yml"))
    return loaded


def as_csv(template: Template) -> bytes:
    """Return the list as CSV in UTF-8 with a mark, by which Excel knows it, and the separator of its country."""
    head = [template.heading(field) for field in template.columns]
    decimal = "," if template.locale == "fr" else "."
    lines = [
        [str(cell).replace(".", decimal) if isinstance(cell, Decimal) else cell for cell in line]
        for line in template.lines()
    ]
    return csv_text.write([head, *lines], delimiter=SEPARATORS[template.locale]).encode("utf-8-sig")


def _unit(unit: str, locale: str) -> str:
    """A unit as it is read back: its word in the locale, or its name in data."""
    word = units.word(unit, locale)
    return word if units.read(word) == unit else unit


def _value(cell: Cell | Value) -> Value:
    return cell if isinstance(cell, str | date | Decimal) else ""
