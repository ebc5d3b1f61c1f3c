"""The lines of a `recognition.csv` -> companies; what is wrong with the others, in words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from greensupply import csv_text, rules, source_text
from greensupply.completion import COUNTRIES
from greensupply.errors import Problem
from greensupply.plants.regions import REGIONS, of
from greensupply.recognition.company import COLUMNS, CRITERIA, DEMONSTRATION, ENTRY, LONGEST, Consent, Recognised

MAX_BYTES = 5_000_000
MOST = 120
"""Characters of a name or a role."""
YEARS = range(2000, 2100)
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ENTRY = re.compile(rf"[1-9]\d{{0,8}}|{DEMONSTRATION}|", re.ASCII)


def read(file: Path, problems: list[Problem]) -> Iterator[Recognised]:
    """Return each good line in the order of the file; what is wrong with the others goes to `problems`."""
    path = file.as_posix()
    rows = _rows(source_text.read(file, path, max_bytes=MAX_BYTES), path, problems)
    line, header = next(rows, (1, []))
    names = [name.strip().lower() for name in header]
    if faults := list(_header_faults(names, path, line)):
        problems += faults
        return
    first: dict[tuple[str, ...], int] = {}
    for line, cells in rows:
        if len(cells) != len(names):
            problems.append(rules.problem("recognition-cells", path, line, count=len(cells), width=len(names)))
            continue
        values = {ENTRY: ""} | dict(zip(names, (cell.strip() for cell in cells), strict=True))
        before = len(problems)
        problems += _faults(values, path, line)
        days = _days(values, path, line, problems)
        key = (" ".join(values["company"].split()).casefold(), values["country"], values["region"])
        if values["company"] and first.setdefault(key, line) != line:
            problems.append(rules.problem("recognition-twice", path, line, line=str(first[key])))
        if len(problems) == before:
            yield _company(values, days)


def _company(values: Mapping[str, str], days: Mapping[str, date]) -> Recognised:
    return Recognised(
        " ".join(values["company"].split()),
        values["country"],
        values["region"],
        tuple(name for name in CRITERIA if name in values["for"].split()),
        days["since"],
        Consent(values["consent_by"], days["consent_on"], days["consent_until"], days.get("withdrawn_on")),
        values[ENTRY] == DEMONSTRATION,
    )


def _rows(text: str, path: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from csv_text.rows(text)
    except csv_text.BrokenError as broken:
        problems.append(
            rules.problem("recognition-cell-long" if broken.long else "recognition-quote", path, broken.line)
        )


def _header_faults(names: Sequence[str], path: str, line: int) -> Iterator[Problem]:
    head = ",".join(COLUMNS)
    if not set(names) & set(COLUMNS):
        yield rules.problem("recognition-no-header", path, line, head=head)
        return
    for name in COLUMNS:
        if name not in names:
            yield rules.problem("recognition-column-missing", path, line, column=name, head=head)
    known = (ENTRY, *COLUMNS)
    for place, name in enumerate(names):
        if name in names[:place]:
            yield rules.problem("recognition-column-twice", path, line, column=name)
        elif name not in known:
            near = difflib.get_close_matches(name, known, 1)
            every = rules.word("plants-columns", list=", ".join(COLUMNS))
            hint = rules.word("did-you-mean", near=near[0]) if near else every
            yield rules.problem("recognition-column-unknown", path, line, column=name[:60], hint=hint)


def _faults(values: Mapping[str, str], path: str, line: int) -> Iterator[Problem]:
    country, region = values["country"], values["region"]
    if not _is_line(values["company"]):
        yield rules.problem("recognition-company", path, line, most=MOST)
    if country not in COUNTRIES:
        yield rules.problem("recognition-country", path, line, value=country[:20], choices=", ".join(COUNTRIES))
    elif region and (region not in REGIONS or not region.startswith(country)):
        codes = ", ".join(of(country))
        yield rules.problem("recognition-region", path, line, value=region[:20], country=country, choices=codes)
    choices = ", ".join(CRITERIA)
    if not values["for"]:
        yield rules.problem("recognition-for-missing", path, line, choices=choices)
    for name in values["for"].split():
        if name not in CRITERIA:
            yield rules.problem("recognition-for", path, line, value=name[:20], choices=choices)
    role = values["consent_by"]
    if not _is_line(role) or "@" in role:
        yield rules.problem("recognition-consent-by", path, line, most=MOST)
    if not _ENTRY.fullmatch(values[ENTRY]):
        yield rules.problem("recognition-entry", path, line, value=values[ENTRY][:20])


def _days(values: Mapping[str, str], path: str, line: int, problems: list[Problem]) -> dict[str, date]:
    """The days that are right; what is wrong with one, or with their order, is told."""
    found: dict[str, date] = {}
    for name in ("since", "consent_on", "consent_until", "withdrawn_on"):
        day = _day(values[name])
        if day:
            found[name] = day
        elif values[name]:
            told = {"column": name, "value": values[name][:20], "year": str(YEARS.start)}
            problems.append(rules.problem("recognition-day", path, line, **told))
        elif name != "withdrawn_on":
            problems.append(rules.problem("recognition-day-missing", path, line, column=name))
    given = found.get("consent_on")
    for name in ("consent_until", "withdrawn_on"):
        if given and name in found and found[name] < given:
            told = {"column": name, "then": found[name].isoformat(), "given": given.isoformat()}
            problems.append(rules.problem("recognition-days-order", path, line, **told))
    until = found.get("consent_until")
    if given and until and (until.year, until.month, until.day) > (given.year + LONGEST, given.month, given.day):
        problems.append(rules.problem("recognition-consent-long", path, line, years=LONGEST))
    return found


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and day.year in YEARS else None


def _is_line(text: str) -> bool:
    """Text to be shown: something, short, and nothing invisible that turns its meaning round."""
    return 0 < len(text) <= MOST and text.isprintable()
