"""`records/recognition.csv` -> the companies that agreed to be named, with every problem of the file at its line.

A company stands here by its own wish. The list knows no count, and nothing that counts knows the list: a name must not
make a protected figure point to a company.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from greensupply.errors import GreenSupplyError, Problem
from greensupply.recognition import lines
from greensupply.recognition.company import COLUMNS, CRITERIA, ENTRY, LONGEST, Consent, Recognised

__all__ = ["COLUMNS", "CRITERIA", "ENTRY", "FILE", "LONGEST", "Consent", "Recognised", "read", "shown"]

FILE = "recognition.csv"


def read(file: Path) -> tuple[Recognised, ...]:
    """Return every company in the order of the file, also those that may not be shown; none if there is no file.

    Raises:
        GreenSupplyError: With every problem of the file.
    """
    if not file.exists():
        return ()
    problems: list[Problem] = []
    found = tuple(lines.read(file, problems))
    if problems:
        raise GreenSupplyError(problems)
    return found


def shown(companies: Iterable[Recognised], on: date) -> tuple[Recognised, ...]:
    """The companies that may be named on a day: consent given, not over, and not withdrawn."""
    return tuple(each for each in companies if each.consent.holds(on) and each.since <= on)
