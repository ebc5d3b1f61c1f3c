"""Lists that are only ever added to, a line a row, under the number of the addition (`entry`).

The last line of a key is the one that holds; the ones before it stay and say what was thought before.
"""

from __future__ import annotations

import csv
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Generic, TypeVar

from greensupply import rules
from greensupply.errors import Problem
from greensupply.store.batches import Sync

DEMONSTRATION = "DEMO"
"""Entry of invented lines."""
MAX_BYTES = 200_000_000

Thing = TypeVar("Thing")
Row = Mapping[str, str]
_ENTRY = re.compile(rf"{DEMONSTRATION}|[1-9]\d{{0,8}}", re.ASCII)
_DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)
_PSEUDONYM = re.compile(r"[0-9a-f]{32}", re.ASCII)
_CODE = re.compile(r"[A-Z0-9][A-Z0-9._/-]{0,63}", re.ASCII)


@dataclass(frozen=True)
class Added:
    """What became of the rows: `new` and `corrected` were written, `already_there` were not."""

    new: int = 0
    corrected: int = 0
    already_there: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(self.new + other.new, self.corrected + other.corrected, self.already_there + other.already_there)


@dataclass(frozen=True)
class List(Generic[Thing]):
    """One kind of list.

    Attributes:
        name: Its file.
        columns: Its columns, `entry` first.
        wrong: The columns of a row that will not do.
        made: A row that will do -> what it says.
        row: What it says -> its cells after the entry.
        key: What it says -> what it is said of.
        same: Whether two things of a key say the same.
    """

    name: str
    columns: Sequence[str]
    wrong: Callable[[Row], list[str]]
    made: Callable[[Row], Thing]
    row: Callable[[Thing], tuple[object, ...]]
    key: Callable[[Thing], object]
    same: Callable[[Thing, Thing], bool] = operator.eq


def is_entry(text: str) -> bool:
    """Is it the number of an addition, or `DEMONSTRATION`?"""
    return bool(_ENTRY.fullmatch(text))


@lru_cache(maxsize=4096)
def is_day(text: str) -> bool:
    """Is it a day of this century as 2026-11-24?"""
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def is_code(text: str) -> bool:
    """Is it a code in capitals?"""
    return bool(_CODE.fullmatch(text))


def are_pseudonyms(text: str) -> bool:
    """Is it nothing, or pseudonyms with a space between them?"""
    return not text or all(map(_PSEUDONYM.fullmatch, text.split(" ")))


def rows(folder: Path, kind: List[Thing], problems: list[Problem]) -> Iterator[dict[str, str]]:
    """Return each line that will do; what is wrong with the others goes to `problems`, without what they say."""
    file = folder / kind.name
    if not file.exists():
        return
    path = file.as_posix()
    try:
        raw = file.read_bytes()
        text = raw.decode("utf-8-sig") if len(raw) <= MAX_BYTES else ""
    except UnicodeDecodeError:
        text = ""
    header, *lines = text.replace("\r\n", "\n").split("\n")
    if header.split(",") != list(kind.columns):
        problems.append(rules.problem("cadre-stored-head", path, 1, head=",".join(kind.columns)))
        return
    for line, written in enumerate(lines, 2):
        if not written.strip(" ,"):
            continue
        cells = written.split(",")  # no value that will do holds a comma or a quote
        row: dict[str, str] = {}
        wrong = list(kind.columns)
        if len(cells) == len(kind.columns):
            row = dict(zip(kind.columns, cells, strict=True))
            wrong = kind.wrong(row)
        if wrong:
            problems.append(rules.problem("cadre-stored-line", path, line, columns=", ".join(wrong)))
        else:
            yield row


def append(
    folder: Path, work: Path, kind: List[Thing], things: Iterable[Thing], *, demonstration: bool, sync: Sync
) -> Added:
    """Add what is new or other than before, in one step, and return how much that was.

    Arguments:
        folder: The store, held by this run.
        work: An empty folder on the same disk.
        kind: Which list.
        things: What to add.
        demonstration: It is invented.
        sync: Returns when a file or folder is on the disk.
    """
    before_now = list(rows(folder, kind, []))
    held = {kind.key(thing): thing for thing in map(kind.made, before_now)}
    entries = (int(row["entry"]) for row in before_now if row["entry"] != DEMONSTRATION)
    entry = DEMONSTRATION if demonstration else str(max(entries, default=0) + 1)
    fresh: list[Thing] = []
    corrected = already = 0
    for thing in things:
        before = held.get(kind.key(thing))
        if before is not None and kind.same(before, thing):
            already += 1
            continue
        corrected += before is not None
        held[kind.key(thing)] = thing
        fresh.append(thing)
    if fresh:
        file = folder / kind.name
        out = StringIO(file.read_text(encoding="utf-8") if file.exists() else ",".join(kind.columns) + "\n")
        if not out.read().endswith("\n"):  # an editor may have taken the last line's end away
            out.write("\n")
        csv.writer(out, lineterminator="\n").writerows([entry, *kind.row(thing)] for thing in fresh)
        replace(file, out.getvalue(), work, sync)
    return Added(len(fresh) - corrected, corrected, already)


def replace(file: Path, text: str, work: Path, sync: Sync) -> None:
    """Give a file its text in one step."""
    draft = work / file.name
    draft.write_text(text, encoding="utf-8", newline="\n")
    sync(draft)
    draft.replace(file)
    sync(file.parent)
