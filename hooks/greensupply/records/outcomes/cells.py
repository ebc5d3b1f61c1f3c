"""The cells of one row -> values, taken one by one; what is refused is kept, so that a row tells all at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from greensupply import rules, units
from greensupply.plants.regions import REGIONS
from greensupply.records import dates, fields, people
from greensupply.records.outcomes import numbers, words
from greensupply.records.outcomes.headings import ListHeader, called
from greensupply.records.outcomes.words import plain
from greensupply.records.scope import Fault, Refused, Scope, fault, refused
from greensupply.records.tables import Cell, Number, Row

MOST = Decimal(10) ** 12
"""No plant uses, makes or saves more than that of anything, in any unit."""


class Cells:
    """One row.

    Attributes:
        faults: Why it cannot be taken.
    """

    def __init__(self, row: Row, header: ListHeader, scope: Scope, decimal: str) -> None:
        self.faults: list[Fault] = []
        self._cells: dict[str, Cell] = {
            name: row.cells[columns[0]] if columns[0] < len(row.cells) else ""
            for name, columns in header.columns.items()
        }
        self._scope, self._decimal = scope, decimal

    def refuse(self, rule: str, **values: object) -> None:
        """Keep a fault."""
        self.faults.append(fault(rule, **values))

    def given(self, name: str) -> bool:
        """Does something stand there?"""
        return bool(self._cells.get(name, ""))

    def is_broken(self, name: str) -> bool:
        """Is it a formula without a result, or an error of the spreadsheet?"""
        return isinstance(self._cells.get(name, ""), Fault)

    @property
    def says_nothing(self) -> bool:
        """Is there nothing but a remark?"""
        return not any(self.given(name) for name in self._cells if name != words.REMARK)

    def text(self, name: str) -> str:
        """A cell as text; empty, with a fault, if it cannot be read."""
        cell = self._cells.get(name, "")
        if isinstance(cell, Fault):
            self.refuse("cadre-cell", column=called(name))
            return ""
        return str(cell)

    def raw(self, name: str) -> str:
        """The same without a fault."""
        cell = self._cells.get(name, "")
        return "" if isinstance(cell, Fault) else str(cell)

    def code(self, name: str, *, needed: bool = True) -> str:
        """A code in capitals; empty if it is none."""
        before = len(self.faults)
        written = self.text(name)
        if len(self.faults) == before and (written or needed) and not fields.is_code(written):
            self.refuse("outcome-code", column=called(name))
            return ""
        return written.upper()

    def choice(self, name: str, group: str, *, needed: bool = True) -> str:
        """One of the options of a group; empty if it is none."""
        before = len(self.faults)
        found = words.options(group).get(plain(self.text(name)), "")
        if len(self.faults) == before and not found and (needed or self.given(name)):
            self.refuse("outcome-choice", column=called(name), choices=rules.word(f"outcome-options-{group}"))
        return found

    def day(self, name: str, *, needed: bool = True, ahead: bool = False) -> date | None:
        """A day.

        Arguments:
            name: Of the field.
            needed: It must be there.
            ahead: It may be still to come.
        """
        cell = self._cells.get(name, "")
        if not cell and not needed:
            return None
        before = len(self.faults)
        try:
            day = cell if isinstance(cell, date) else dates.day(self.text(name))
        except Refused:
            day = None
        if len(self.faults) > before:
            return None
        if day is None or not dates.EARLIEST <= day.year < dates.EARLIEST + 100:
            self.refuse("cadre-day", column=called(name))
            return None
        if not ahead and day > (self._scope.now + timedelta(days=1)).date():
            self.refuse("outcome-day-ahead", column=called(name), day=day.isoformat())
        return day

    def number(
        self, name: str, *, needed: bool = True, least: Decimal = Decimal(0), most: Decimal = MOST
    ) -> Decimal | None:
        """A number from `least` to `most`."""
        cell = self._cells.get(name, "")
        if not cell and not needed:
            return None
        before = len(self.faults)
        text = self.text(name)
        if len(self.faults) > before:
            return None
        try:
            if isinstance(cell, date):
                raise refused("outcome-number", column=called(name))
            found = numbers.read(cell if isinstance(cell, Number) else text, self._decimal, called(name))
        except Refused as why:
            self.faults.append(why.fault)
            return None
        if not least <= found <= most:
            self.refuse(
                "outcome-number-range", column=called(name), number=numbers.shown(found), least=least, most=most
            )
            return None
        return found

    def country(self) -> str:
        """`CA`, `MX` or `US`; empty if it is another."""
        try:
            found = fields.country(self.text("country"))
        except Refused:
            found = None
        if found is None:
            self.refuse("cadre-country")
        return found or ""

    def region(self, country: str) -> str:
        """A state or province of a country by its code or name; empty if none is said."""
        written = self.text("region")
        if not written or not country:
            return ""
        bare = written.upper().replace(" ", "")
        for code, names in REGIONS.items():
            mine = code.startswith(country)
            if mine and (bare in (code, code[3:]) or plain(written) in map(plain, names.values())):
                return code
        self.refuse("outcome-region", country=rules.word(f"outcome-country-{country}"))
        return ""

    def people(self, name: str) -> tuple[str, ...]:
        """Pseudonyms of those who are named, with `;` between several."""
        found = set()
        for written in re.split(r"[;\n]", self.text(name)):
            if any(map(str.isalnum, written)):
                try:
                    found.add(self._scope.pseudonym(people.instructor(written.strip())))
                except Refused:
                    self.refuse("outcome-assessor")
        return tuple(sorted(found))

    def unit(self, name: str, allowed: tuple[str, ...], of: str) -> str:
        """One of the units that are allowed; empty if it is none.

        Arguments:
            name: Of the field.
            allowed: Units, as the catalogue has them.
            of: What they are units of.
        """
        before = len(self.faults)
        written = self.text(name)
        if len(self.faults) > before:
            return ""
        found = units.read(written) if written else None
        if found in allowed:
            return str(found)
        told = {"column": called(name), "units": ", ".join(allowed), "of": of}
        meant = units.alike(written) if written and found is None else ()
        if meant and set(meant) != set(units.names()):
            self.refuse("outcome-unit-ambiguous", **told, written=written[:40], meant=" / ".join(meant))
        else:
            self.refuse("outcome-unit", **told)
        return ""


def named(written: str, known: Mapping[str, object]) -> str:
    """The id that a cell names: `Name [id]`, the id, or a name in one of the languages; empty if it names none."""
    if found := re.search(r"\[\s*([a-z0-9-]+)\s*\]$", written):
        return found[1] if found[1] in known else ""
    text = written.strip().casefold()
    if text in known:
        return text
    for identifier, thing in known.items():
        name = getattr(thing, "name", {})
        if plain(written) in {plain(name[locale]) for locale in ("en", "es", "fr")}:
            return identifier
    return ""
