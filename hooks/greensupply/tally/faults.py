"""Lines of a batch that are no records: found one by one, and only after the query has met one."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from greensupply.completion import COUNTRIES, Delivery
from greensupply.errors import Problem
from greensupply.locales import LOCALES

MAX_LINE = 16_000_000
"""Longest line of a batch, in bytes: the engine promises to read as much (`maximum_object_size` of its `read_json`)."""

MAX_PROBLEMS = 100
MEND = "Run `greensupply records check`: it names every broken line of the records and how to mend it."

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII | re.IGNORECASE)
_PSEUDONYM = re.compile(r"[0-9a-f]{32}", re.ASCII)
_TIME = "%Y-%m-%dT%H:%M:%SZ"


def _is_time(value: object) -> bool:
    try:
        return isinstance(value, str) and len(value) == 20 and bool(datetime.strptime(value, _TIME))
    except ValueError:
        return False


def _number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


RECORD: Mapping[str, Callable[[Any], bool]] = {
    "id": lambda value: isinstance(value, str) and bool(_UUID.fullmatch(value)),
    "learner": lambda value: isinstance(value, str) and bool(_PSEUDONYM.fullmatch(value)),
    "supplier": lambda value: value is None or isinstance(value, str),
    "country": lambda value: value is None or value in COUNTRIES,
    "module": lambda value: isinstance(value, str),
    "revision": lambda value: _number(value) and 1 <= value < 2**16,
    "locale": lambda value: value is None or value in LOCALES,
    "delivery": lambda value: value in tuple(Delivery),
    "instructor": lambda value: value is None or (isinstance(value, str) and bool(_PSEUDONYM.fullmatch(value))),
    "score": lambda value: _number(value) and 0 <= value <= 1,
    "passed": lambda value: isinstance(value, bool),
    "completed_at": _is_time,
}
"""Key of a stored record that the tally reads -> whether a value will do."""

VOID = {"id": RECORD["id"]}


def find(completions: Iterable[Path], voids: Iterable[Path]) -> tuple[Problem, ...]:
    """Return the broken lines, at most `MAX_PROBLEMS`; never what a line says, for it may name a person.

    There is always one: where no line can be blamed, it is a file or the folder.
    """
    found = list(islice(_all(completions, voids), MAX_PROBLEMS))
    return tuple(found) or (Problem("records", 1, "cannot be counted.", MEND),)


def _all(completions: Iterable[Path], voids: Iterable[Path]) -> Iterator[Problem]:
    compacted = []
    for file in completions:
        if file.suffix == ".parquet":
            compacted.append(file)
        else:
            yield from _in_file(file, RECORD)
    for file in voids:
        yield from _in_file(file, VOID)
    for file in compacted:  # last, for it is blamed without having been looked at
        yield Problem(file.as_posix(), 1, "cannot be read as records, or holds some that are broken.", MEND)


def _in_file(file: Path, keys: Mapping[str, Callable[[Any], bool]]) -> Iterator[Problem]:
    path = file.as_posix()
    number = 0
    try:
        with file.open("rb") as lines:
            while line := lines.readline(MAX_LINE + 1):
                number += 1
                if what := _fault(line, keys):
                    yield Problem(path, number, what, MEND)
                while len(line) > MAX_LINE and not line.endswith(b"\n"):
                    line = lines.readline(MAX_LINE + 1)
    except OSError as error:
        yield Problem(path, number + 1, f"cannot be read ({error.strerror}).", "Check the file and its permissions.")


def _fault(line: bytes, keys: Mapping[str, Callable[[Any], bool]]) -> str:
    if len(line) > MAX_LINE:
        return f"is a line of more than {MAX_LINE:,} bytes."
    if not line.strip():
        return ""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return "is not JSON; the file may have been cut off or edited."
    if not isinstance(record, dict):
        return "is not a record."
    wrong = [key for key, is_right in keys.items() if not is_right(record.get(key))]
    return f"is not a whole record: {', '.join(f'`{key}`' for key in wrong)} will not do." if wrong else ""
