"""Small files of learning records: the least that is read, changed where a test says so."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from greensupply.completion import Completion, Notice, Reading, SetAside
from greensupply.records import KnownModule, Scope, read
from openpyxl import Workbook

NOW = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
KEY = b"a key for tests"
VERBS = "http://adlnet.gov/expapi/verbs/"
SITE = "https://hub.example"
HEADINGS = ("e-mail", "supplier", "country", "module", "date", "score")


def pseudonym(identity: str) -> str:
    return hmac.new(KEY, identity.encode(), hashlib.sha256).hexdigest()[:32]


def scope(**changes: Any) -> Scope:
    """A hub of two modules."""
    modules = {"ems": KnownModule(revision=2, pass_mark=0.8), "lean-and-clean": KnownModule(revision=1, pass_mark=0.7)}
    return replace(Scope(modules, NOW, pseudonym, {"old-ems": "ems"}), **changes)


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def statement(number: int = 1, *without: str, **changes: Any) -> dict[str, Any]:
    """A statement as the hub's pages make it; `without` names keys to leave out, `changes` lays values over it.

    Maps are laid over maps, so `result={"success": None}` changes one value; a key of the context or its extensions
    may be given by itself.
    """
    made: dict[str, Any] = {
        "id": uuid(number),
        "actor": {"objectType": "Agent", "account": {"homePage": SITE, "name": f"learner-{number}"}},
        "verb": {"id": f"{VERBS}completed", "display": {"en": "completed"}},
        "object": {
            "objectType": "Activity",
            "id": f"{SITE}/modules/ems",
            "definition": {"type": "http://adlnet.gov/expapi/activities/module", "name": {"en": "EMS", "fr": "SGE"}},
        },
        "result": {"completion": True, "success": True, "score": {"scaled": 0.9, "raw": 9, "min": 0, "max": 10}},
        "context": {
            "registration": uuid(number + 0xE000),
            "language": "es-MX",
            "platform": "Green Supply",
            "revision": "1",
            "contextActivities": {"parent": [{"id": f"{SITE}/pathways/core"}]},
            "extensions": {
                f"{SITE}/xapi/supplier": "S-0042",
                f"{SITE}/xapi/country": "MX",
                f"{SITE}/xapi/delivery": "web",
            },
        },
        "timestamp": "2026-11-24T12:00:00.000Z",
    }
    made = laid_over(made, changes)
    return {key: value for key, value in made.items() if key not in without}


def laid_over(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    both = {**below, **above}
    for key in below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            both[key] = laid_over(below[key], above[key])
    return both


def verb(name: str) -> dict[str, Any]:
    return {"id": name if ":" in name else f"{VERBS}{name}"}


def lines(*statements: Any) -> str:
    """JSON lines; a text is a line as it is."""
    return "".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in statements)


def roster(*rows: Sequence[str], headings: Sequence[str] = HEADINGS, delimiter: str = ",") -> str:
    """A roster as text, quoted nowhere."""
    return "".join(delimiter.join(row) + "\r\n" for row in (headings, *rows))


def row(**changes: str) -> tuple[str, ...]:
    """A row under `HEADINGS`; `e_mail` stands for `e-mail`."""
    values = {
        "e_mail": "ana@plant.example",
        "supplier": "S-0042",
        "country": "MX",
        "module": "ems",
        "date": "2026-11-24",
        "score": "85%",
    }
    assert changes.keys() <= values.keys()
    return tuple({**values, **changes}.values())


def workbook(*sheets: Sequence[Sequence[Any]]) -> bytes:
    """An Excel workbook with these rows, a sheet each."""
    book = Workbook()
    book.remove(book.active)
    for rows in sheets:
        sheet = book.create_sheet()
        for values in rows:
            sheet.append(list(values))
    return packed(book)


def packed(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


class Result:
    """What was read from one file."""

    def __init__(self, readings: Sequence[Reading]) -> None:
        self.readings = readings
        self.records = [one for one in readings if isinstance(one, Completion)]
        self.set_aside = [str(one.problem) for one in readings if isinstance(one, SetAside)]
        self.notices = [str(one.problem) for one in readings if isinstance(one, Notice)]

    @property
    def record(self) -> Completion:
        """The only record, with nothing set aside."""
        assert self.set_aside == []
        assert len(self.records) == 1
        return self.records[0]


def read_file(file: Path, content: str | bytes, **changes: Any) -> Result:
    """Write a file, read it; messages call it by its name alone."""
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    readings = read(file, scope(**changes))
    return Result([_named(one, file) for one in readings])


def _named(reading: Reading, file: Path) -> Reading:
    if not isinstance(reading, SetAside | Notice):
        return reading
    assert reading.problem.path == file.as_posix()
    return replace(reading, problem=replace(reading.problem, path=file.name))
