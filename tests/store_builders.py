"""Small stores of learning records: the least that works, changed where a test says so."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
from greensupply import store
from greensupply.completion import Completion, Delivery, Notice, Reading, SetAside

START = datetime(2024, 3, 5, 12, tzinfo=UTC)


def uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def completion(number: int = 1, **changes: object) -> Completion:
    """Record `number`, an hour after the one before it."""
    given = {
        "id": uuid(number),
        "learner": f"{number:032x}",
        "supplier": "S-0042",
        "country": "MX",
        "module": "rinsing",
        "revision": 1,
        "locale": "es",
        "delivery": Delivery.WEB,
        "session": None,
        "instructor": None,
        "score": 0.9,
        "passed": True,
        "completed_at": START + timedelta(hours=number),
    }
    return Completion(**{**given, **changes})  # type: ignore[arg-type]


def no_sync(_: Path) -> None:
    """Tests need no disk that survives a power cut."""


def add(folder: Path, *readings: Reading, path: str = "input.jsonl", told: list[str] | None = None) -> store.Report:
    """Add readings, one a line; `told` gets what was set aside and noticed, with the store called `records`."""

    def tell(aside: SetAside | Notice) -> None:
        if told is not None:
            told.append(str(aside.problem).replace(folder.as_posix(), "records"))

    return store.add(folder, path, enumerate(readings, 1), sync=no_sync, tell=tell)


def content(folder: Path) -> dict[str, bytes]:
    """What the store holds on the disk, byte for byte; what begins with a point is not the store's."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def compacted(folder: Path) -> list[dict[str, object]]:
    """The records of the compacted file, by their ids; none without that file."""
    file = folder / "completions" / "compacted.parquet"
    if not file.exists():
        return []
    with duckdb.connect() as engine:
        rows = engine.read_parquet([str(file)]).order("id").fetchall()
    return [dict(zip(store.COLUMNS, row, strict=True)) for row in rows]


def ids(files: Iterable[Path]) -> list[str]:
    """Ids in files of JSON lines, sorted."""
    return sorted(json.loads(line)["id"] for file in files for line in file.read_text(encoding="utf-8").splitlines())
