"""A Learning Record Store -> the store of records: everything since the last pull, in as many runs as it takes.

Where the next pull begins is written down after the last page of all, and some time before what was seen last: what
comes twice is there already. A pull that breaks off has added what it read, and the next one begins where this one did.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

from greensupply import store
from greensupply.cli import asides, lrs, setting
from greensupply.completion import Notice, Reading
from greensupply.errors import GreenSupplyError, Problem
from greensupply.records import Scope, json_text
from greensupply.records.scope import Fault, fault
from greensupply.records.statement import VERBS, Statements

CURSOR = ".cursor.json"
OVERLAP = timedelta(days=1)
ORDER = tuple(reversed(list(VERBS)))
"""Verbs to ask for: what takes records back first, so that these are not added only to be taken back."""
AT_ONCE = 10_000
"""Readings that are added together: each adding looks through the whole store."""


class Pulling:
    """One pull; `report` grows with what was added, and is right whenever it stops."""

    def __init__(
        self,
        folder: Path,
        source: lrs.Source,
        scope: Scope,
        told: asides.Asides,
        waiting: Callable[[], None],
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.folder, self.source, self.told, self.waiting, self.sleep = folder, source, told, waiting, sleep
        self.report = store.Report()
        self._statements = Statements(source.name, scope)
        self._count = 0
        self._digest = hashlib.sha256()
        self._ready: list[tuple[int, Reading]] = []

    @property
    def aside_name(self) -> str:
        """Name of the file of what was set aside: another one if other pages came."""
        host = self.source.name.partition("/")[0].replace(":", "-")
        return asides.name(f"pull-{host}", self._digest.hexdigest())

    def run(self, since: datetime | None) -> None:
        """Read to the end of what the store has.

        Arguments:
            since: What was stored after it; None for what was stored after the last pull.

        Raises:
            LrsError: The store cannot be read any further; what came was added.
            GreenSupplyError: The cursor is damaged.
            OSError: The disk is full or may not be written to.
        """
        cursors = load(self.folder / CURSOR)
        before = cursors.get(self.source.endpoint, {})
        reached: dict[str, datetime] = {}
        try:
            for verb in ORDER:
                known = before.get(verb)
                start = since or (known - OVERLAP if known else None)
                if through := self._verb(verb, start):
                    reached[verb] = through
            self._ready.extend(self._statements.last())
        finally:
            self._add()
        for verb, through in reached.items():
            known = before.get(verb)
            if since is None or known is None or since <= known:  # else there is a gap that the next pull must close
                before[verb] = max(through, known or through)
        save(self.folder / CURSOR, {**cursors, self.source.endpoint: before})

    def _verb(self, verb: str, since: datetime | None) -> datetime | None:
        """Read all statements of one verb, and return how far they are known; None if that is not certain."""
        asked = {"verb": verb, "ascending": "true", "limit": str(lrs.PAGE)}
        if since:
            asked["since"] = _text(since)
        last: datetime | None = None
        limit: datetime | None = None
        seen: set[bytes] = set()
        for page in lrs.pages(self.source, asked, self.sleep):
            limit = limit or page.consistent_through
            items = [item for item in json_text.statements(BytesIO(page.body)) if item.value is not json_text.MORE]
            if not items:
                break
            mark = hashlib.sha256(repr([item.value for item in items]).encode("utf-8", "replace")).digest()
            if mark in seen:
                self._notice(fault("statement-page-again"))
                return None
            seen.add(mark)
            self._digest.update(mark)
            for item in items:
                stored = lrs.moment(item.value.get("stored")) if isinstance(item.value, dict) else None
                if stored and limit and stored > limit:
                    self._notice(fault("statement-not-yet", time=_text(limit)))
                    return limit  # else this pull might never end
                if stored and (last is None or stored > last):
                    last = stored
                self._take(item)
        return limit or last

    def _take(self, item: json_text.Item) -> None:
        self._count += 1
        if reading := self._statements.reading(item._replace(line=self._count)):
            self._ready.append((self._count, reading))
        if len(self._ready) >= AT_ONCE:
            self._add()

    def _add(self) -> None:
        ready, self._ready = self._ready, []
        if ready:
            self.report += store.add(
                self.folder, self.source.name, ready, sync=setting.sync, tell=self.told.tell, waiting=self.waiting
            )

    def _notice(self, what: Fault) -> None:
        line = max(self._count, 1)
        self._ready.append((line, Notice(what.at(self.source.name, line))))


Cursors = dict[str, dict[str, datetime]]
"""Address of a store -> verb -> everything that was stored until then is here."""


def load(file: Path) -> Cursors:
    """Return what was pulled so far.

    Raises:
        GreenSupplyError: The file is not as `save` writes it.
    """
    if not file.exists():
        return {}
    try:
        return {endpoint: dict(_times(verbs)) for endpoint, verbs in _map(json.loads(file.read_bytes())).items()}
    except (ValueError, RecursionError):
        how = "Delete it: the next pull then reads everything from the beginning, and adds what is missing."
        raise GreenSupplyError([Problem(file.as_posix(), 1, "is damaged.", how)]) from None


def save(file: Path, cursors: Cursors) -> None:
    """Write down what was pulled so far."""
    said = {
        endpoint: {verb: _text(through) for verb, through in sorted(verbs.items())}
        for endpoint, verbs in sorted(cursors.items())
    }
    file.parent.mkdir(parents=True, exist_ok=True)
    setting.replace(file, json.dumps(said, indent=1) + "\n")


def _map(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ValueError("no map")
    return value


def _times(verbs: Any) -> Iterator[tuple[str, datetime]]:
    for verb, text in _map(verbs).items():
        through = lrs.moment(text)
        if through is None:
            raise ValueError("no time")
        yield verb, through


def _text(at: datetime) -> str:
    return at.isoformat().replace("+00:00", "Z")


def moment_of(text: str) -> datetime:
    """Return what `--since` says, in UTC; a day is its beginning.

    Raises:
        WrongUse: It is no time with a zone, and no day.
    """
    found = lrs.moment(text) or lrs.moment(f"{text}T00:00:00Z")
    if not found:
        raise setting.WrongUse("--since is no time with its zone. Write it as 2026-11-24T00:00:00Z, or as 2026-11-24.")
    return found.astimezone(UTC)
