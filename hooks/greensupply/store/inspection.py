"""Is every record of the store as it was written? What is not is told with its file, its line and what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any, cast

from greensupply import plants, rules
from greensupply.completion import COUNTRIES, Delivery
from greensupply.errors import GreenSupplyError, Problem
from greensupply.locales import LOCALES
from greensupply.store import batches, cadre, outcomes
from greensupply.store.alone import alone, patient
from greensupply.store.batches import COLUMNS, COMPACTED, COMPLETIONS, VOIDS
from greensupply.store.engine import MUCH_MEMORY, engine, show, stream

_Form = Callable[[Any], bool]
_Wrong = tuple[str, str]
"""A rule, and the key that breaks it, if one does."""
_MAX_LINE = 100_000
_BATCH_NAME = re.compile(r"[0-9a-f]{16}\.jsonl", re.ASCII)


def _like(pattern: str) -> _Form:
    matches = re.compile(pattern, re.ASCII).fullmatch
    return lambda value: isinstance(value, str) and matches(value) is not None


def _or_absent(form: _Form) -> _Form:
    return lambda value: value is None or form(value)


_UUID = _like("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_PSEUDONYM = _like("[0-9a-f]{32}")
_CODE = _or_absent(_like(r"\S{1,64}"))
_RECORD: Mapping[str, _Form] = {
    "id": _UUID,
    "learner": _PSEUDONYM,
    "supplier": _CODE,
    "country": lambda value: value is None or value in COUNTRIES,
    "module": _like("[a-z0-9]+(-[a-z0-9]+)*"),
    "revision": lambda value: type(value) is int and value >= 1,
    "locale": lambda value: value is None or value in LOCALES,
    "delivery": lambda value: value in set(Delivery),
    "session": _CODE,
    "instructor": _or_absent(_PSEUDONYM),
    "score": lambda value: type(value) is float and 0 <= value <= 1,
    "passed": lambda value: type(value) is bool,
    "completed_at": _like(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"),
}
_VOID: Mapping[str, _Form] = {"id": _UUID}

_TWICE = """
CREATE TEMP TABLE twice AS
SELECT id FROM stored ANTI JOIN gone USING (id) GROUP BY id HAVING min(content) <> max(content)
"""
_PLACES = "SELECT id, file, row, content FROM stored SEMI JOIN twice USING (id) ORDER BY id, file, row"


def check(folder: Path, *, waiting: Callable[[], None] = patient) -> Iterator[Problem]:
    """Return every problem of the store: damaged files first, then ids that two records share, then the lists.

    Raises:
        OSError: A file cannot be read.
    """
    with alone(folder, waiting) as work:
        whole = True
        for place in (COMPLETIONS, VOIDS):
            for file in sorted((folder / place).glob("*")):
                if not file.name.startswith(".") and file.suffix != ".tmp":
                    for problem in damages(file, work):
                        whole = False
                        yield problem
        if whole:
            yield from _shared_ids(folder, work)
    for read in (cadre.read, outcomes.read, lambda folder: plants.read(folder / plants.FILE)):
        try:
            read(folder)
        except GreenSupplyError as error:
            yield from error.problems


def damages(file: Path, work: Path) -> Iterator[Problem]:
    """Return what is wrong with one file of the store.

    Arguments:
        file: A batch, voids or the compacted file, or what lies in their folders by mistake.
        work: Folder for what the engine puts on the disk.
    """
    if file.name == COMPACTED and file.parent.name == COMPLETIONS:
        yield from _compacted(file, work)
    elif file.suffix == ".jsonl" and file.is_file():
        yield from _batch(file, _VOID if file.parent.name == VOIDS else _RECORD)
    else:
        yield rules.problem("store-stray", file.as_posix(), 1)


def _batch(file: Path, forms: Mapping[str, _Form]) -> Iterator[Problem]:
    path, digest, number, begins = file.as_posix(), sha256(), 0, True
    with file.open("rb") as lines:
        while raw := lines.readline(_MAX_LINE):
            number += begins
            digest.update(raw)
            if begins and (wrong := _wrong_line(raw, forms)):
                yield rules.problem(wrong[0], path, number, key=wrong[1])
            begins = raw.endswith(b"\n")
    name = batches.name(digest.hexdigest())
    if not number:
        yield rules.problem("store-empty", path, 1)
    elif not _BATCH_NAME.fullmatch(file.name):
        yield rules.problem("store-name", path, 1)
    elif file.name != name:
        yield rules.problem("store-changed", path, 1, name=name)


def _wrong_line(raw: bytes, forms: Mapping[str, _Form]) -> _Wrong | None:
    """What is wrong with one line, or nothing."""
    if not raw.endswith(b"\n"):
        return "store-line-cut", ""
    try:
        record = json.loads(raw)
        if not isinstance(record, dict):
            return "store-no-record", ""
        return _wrong(record, forms) or (None if batches.line(record).encode() == raw else ("store-rewritten", ""))
    except (ValueError, RecursionError):
        return "store-not-json", ""


def _wrong(record: Mapping[str, object], forms: Mapping[str, _Form]) -> _Wrong | None:
    if missing := [key for key in forms if key not in record]:
        return "store-key-missing", missing[0]
    if len(record) > len(forms):
        return "store-key-unknown", ""
    wrong = next((key for key, right in forms.items() if not right(record[key])), "")
    return ("store-form", wrong) if wrong else None


def _compacted(file: Path, work: Path) -> Iterator[Problem]:
    path = file.as_posix()
    try:
        with engine(work) as connection:
            found = connection.read_parquet([str(file)])
            if dict(zip(found.columns, map(str, found.types), strict=True)) != dict(COLUMNS):
                yield rules.problem("store-columns", path, 1)
                return
            found.create_view("found")
            number = 0
            for rows in stream(connection, "SELECT * FROM found"):
                for row in rows:
                    number += 1
                    if wrong := _wrong(dict(zip(COLUMNS, row, strict=True)), _RECORD):
                        yield rules.problem(wrong[0], path, number, key=wrong[1])
    except OSError as error:
        yield rules.problem("store-unreadable", path, 1, reason=error)


def _shared_ids(folder: Path, work: Path) -> Iterator[Problem]:
    with engine(work, MUCH_MEMORY) as connection:
        show(connection, folder)
        connection.execute(_TWICE)
        rows = [
            row for some in stream(connection, _PLACES) for row in cast(list[tuple[str, str, int | None, int]], some)
        ]
    for identifier, places in groupby(rows, lambda row: row[0]):
        (_, first, row, content), *others = places
        kept = f"{first}:{_line(first, row, identifier)}"
        for _, file, place, other in others:
            if other != content:
                at = Path(file).as_posix(), _line(file, place, identifier)
                yield rules.problem("store-id-twice", *at, id=identifier, place=kept)


def _line(file: str, row: int | None, identifier: str) -> int:
    if row is not None:
        return row + 1
    return batches.lines_of(Path(file), {identifier}).get(identifier, 1)
