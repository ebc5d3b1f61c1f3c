"""The lines of a `suppliers.csv` -> plants; what is wrong with the others, in words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path

from greensupply import csv_text, rules, source_text
from greensupply.completion import COUNTRIES
from greensupply.errors import Problem
from greensupply.plants.plant import COLUMNS, SIZES, STORED, Plant, disorder
from greensupply.plants.regions import REGIONS, of
from greensupply.written import PROCESSES

Parts = tuple[Plant, str, date | None, bool]
MAX_BYTES = 50_000_000
MAX_CODE = 100
YEARS = range(2000, 2100)
DAYS = ("listed_on", "contacted_on", "enrolled_on", "left_on")
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_ENTRY = re.compile(r"[1-9]\d{0,8}|DEMO|", re.ASCII)
_WITHDRAWN = re.compile("(?:yes)?")
_CUSTOMER = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._/-]{0,63})?", re.ASCII)


def read(file: Path, problems: list[Problem]) -> Iterator[Parts]:
    """Return each good line in the order of the file; what is wrong with the others goes to `problems`."""
    path = file.as_posix()
    text = source_text.read(file, path, max_bytes=MAX_BYTES)
    lines: dict[tuple[str, str], int] = {}
    for line, parts in _plants(text, path, problems):
        plant, entry, *_ = parts
        first = lines.setdefault((plant.supplier, entry), line)
        if first != line:
            problems.append(rules.problem("plants-twice", path, line, supplier=plant.supplier, line=str(first)))
        yield parts


def _plants(text: str, path: str, problems: list[Problem]) -> Iterator[tuple[int, Parts]]:
    rows = _rows(text, path, problems)
    header_line, header = next(rows, (1, []))
    names = [name.strip().lower() for name in header]
    if faults := list(_header_faults(names, path, header_line)):
        problems += faults
        return
    for line, cells in rows:
        if len(cells) != len(names):
            problems.append(rules.problem("plants-cells", path, line, count=len(cells), width=len(names)))
            continue
        values = dict.fromkeys(STORED, "") | dict(zip(names, (cell.strip() for cell in cells), strict=True))
        if "listed_on" not in names:  # a list of the years before plants were listed without being enrolled
            values["listed_on"] = values["enrolled_on"]
        before = len(problems)
        problems += _faults(values, path, line)
        first = "listed_on" if "listed_on" in names else "enrolled_on"
        days = {
            name: _day(values[name], name, name == first, path, line, problems)
            for name in (*DAYS, "recorded_on")
            if name in names
        }
        for then, after, earlier, day in disorder(days):
            told = {"then": then, "after": after.isoformat(), "first": earlier, "before": day.isoformat()}
            problems.append(rules.problem("plants-days-order", path, line, **told))
        listed = days[first]
        if len(problems) == before and listed:
            plant = Plant(
                values["supplier"].upper(),
                values["country"],
                listed,
                days.get("enrolled_on"),
                days.get("left_on"),
                days.get("contacted_on"),
                values["region"],
                values["size"],
                tuple(name for name in PROCESSES if name in values["processes"].split()),
                values["customer"],
            )
            yield line, (plant, values["entry"], days.get("recorded_on"), values["withdrawn"] == "yes")


def _rows(text: str, path: str, problems: list[Problem]) -> Iterator[tuple[int, list[str]]]:
    try:
        yield from csv_text.rows(text)
    except csv_text.BrokenError as broken:
        problems.append(rules.problem("plants-cell-long" if broken.long else "plants-quote", path, broken.line))


def _header_faults(names: Sequence[str], path: str, line: int) -> Iterator[Problem]:
    head = ",".join(COLUMNS)
    if not set(names) & set(COLUMNS):
        yield rules.problem("plants-no-header", path, line, head=head)
        return
    needed = ["supplier", "country"] + ([] if "enrolled_on" in names else ["listed_on"])
    yield from (
        rules.problem("plants-column-missing", path, line, column=name, head=head)
        for name in needed
        if name not in names
    )
    for place, name in enumerate(names):
        if name in names[:place]:
            yield rules.problem("plants-column-twice", path, line, column=name)
        elif name not in STORED:
            near = difflib.get_close_matches(name, STORED, 1)
            names_of_all = rules.word("plants-columns", list=", ".join(COLUMNS))
            hint = rules.word("did-you-mean", near=near[0]) if near else names_of_all
            yield rules.problem("plants-column-unknown", path, line, column=name[:60], hint=hint)


def _faults(values: Mapping[str, str], path: str, line: int) -> Iterator[Problem]:
    supplier, country, region = values["supplier"], values["country"], values["region"]
    if not supplier:
        yield rules.problem("plants-code-missing", path, line)
    if len(supplier) > MAX_CODE or not supplier.isprintable():
        yield rules.problem("plants-code-form", path, line, most=MAX_CODE)
    if country not in COUNTRIES:
        yield rules.problem("plants-country", path, line, country=country[:20], countries=", ".join(COUNTRIES))
    elif region and (region not in REGIONS or not region.startswith(country)):
        codes = ", ".join(of(country))
        yield rules.problem("plants-region", path, line, region=region[:20], country=country, codes=codes)
    if values["size"] not in ("", *SIZES):
        told = {"column": "size", "value": values["size"][:20], "choices": ", ".join(SIZES)}
        yield rules.problem("plants-choice", path, line, **told)
    for name in values["processes"].split():
        if name not in PROCESSES:
            told = {"column": "processes", "value": name[:20], "choices": " ".join(PROCESSES)}
            yield rules.problem("plants-choice", path, line, **told)
    for column, form in (("customer", _CUSTOMER), ("entry", _ENTRY), ("withdrawn", _WITHDRAWN)):
        if not form.fullmatch(values[column]):
            yield rules.problem("plants-form", path, line, column=column)


def _day(text: str, name: str, needed: bool, path: str, line: int, problems: list[Problem]) -> date | None:
    """The day; None if it is empty and may be, or if it is not right, which is told."""
    if not text and not needed:
        return None
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        rule = "plants-day" if needed else "plants-day-or-nothing"
        problems.append(rules.problem(rule, path, line, column=name, value=text[:20], year=str(YEARS.start)))
        return None
    return day
