"""The files of the store: where they lie, what a line of one looks like, and how one is written whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from greensupply.completion import Completion

COMPLETIONS = "completions"
VOIDS = "voids"
COMPACTED = "compacted.parquet"

COLUMNS: Mapping[str, str] = {
    "id": "VARCHAR",
    "learner": "VARCHAR",
    "supplier": "VARCHAR",
    "country": "VARCHAR",
    "module": "VARCHAR",
    "revision": "INTEGER",
    "locale": "VARCHAR",
    "delivery": "VARCHAR",
    "session": "VARCHAR",
    "instructor": "VARCHAR",
    "score": "DOUBLE",
    "passed": "BOOLEAN",
    "completed_at": "VARCHAR",
}
"""Keys of a stored record, in the order of a line, and the SQL type of each."""

VOID_COLUMNS: Mapping[str, str] = {"id": "VARCHAR"}
TIME = "%Y-%m-%dT%H:%M:%SZ"

Sync = Callable[[Path], None]
"""Returns when a file, or the names in a folder, are on the disk (`fsync`), so that a power cut cannot undo them."""


def files(folder: Path) -> tuple[Path, ...]:
    """Files that hold completions, in the order of their names: batches, and the compacted one if there is one."""
    return _listed(folder / COMPLETIONS, (".jsonl", ".parquet"))


def voids(folder: Path) -> tuple[Path, ...]:
    """Files that hold ids of records taken back, in the order of their names."""
    return _listed(folder / VOIDS, (".jsonl",))


def _listed(folder: Path, suffixes: Collection[str]) -> tuple[Path, ...]:
    if not folder.is_dir():
        return ()
    return tuple(sorted(path for path in folder.iterdir() if path.suffix in suffixes and not path.name.startswith(".")))


def values(completion: Completion) -> dict[str, object]:
    """The record as it is stored: keys as in `COLUMNS`, the time as text such as 2026-11-24T12:00:00Z."""
    return {
        "id": completion.id,
        "learner": completion.learner,
        "supplier": completion.supplier,
        "country": completion.country,
        "module": completion.module,
        "revision": completion.revision,
        "locale": completion.locale,
        "delivery": completion.delivery.value,
        "session": completion.session,
        "instructor": completion.instructor,
        "score": float(completion.score),
        "passed": completion.passed,
        "completed_at": completion.completed_at.strftime(TIME),
    }


def line(record: Mapping[str, object]) -> str:
    """One line of a batch, with its end. The same record always gives the same bytes."""
    return json.dumps(record, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def name(digest: str) -> str:
    """Name of a batch from the hexadecimal SHA-256 of its bytes."""
    return f"{digest[:16]}.jsonl"


@dataclass(frozen=True)
class Draft:
    """A batch that is not in the store yet: its file, its name once it is there, and how many records it holds."""

    file: Path
    name: str
    count: int


def draft(records: Iterable[Mapping[str, object]], file: Path) -> Draft:
    """Write one batch to `file`, on the disk of the store but not in it, with the records in the order they come in.

    Raises:
        OSError: The disk is full or may not be written to.
    """
    count, digest = 0, sha256()
    with file.open("wb") as out:
        for record in records:
            data = line(record).encode()
            digest.update(data)
            out.write(data)
            count += 1
    return Draft(file, name(digest.hexdigest()), count)


def keep(written: Draft, target: Path, sync: Sync) -> int:
    """Put a batch into the folder `target` of the store, and return how many records it holds; with none, no file.

    The file comes to its name in one step when its bytes are safe, so a kill leaves it whole or absent.

    Raises:
        OSError: The disk is full or may not be written to; there is no new batch then.
    """
    if written.count:
        publish(written.file, target / written.name, sync)
    return written.count


def publish(file: Path, place: Path, sync: Sync) -> None:
    """Give a finished file its name in the store, for good."""
    sync(file)
    if not place.parent.is_dir():
        place.parent.mkdir()
        sync(place.parent.parent)
    file.replace(place)
    sync(place.parent)


def lines_of(file: Path, ids: Collection[str]) -> dict[str, int]:
    """Line of each of the `ids` in a batch; the first one if an id stands there twice."""
    found: dict[str, int] = {}
    with file.open(encoding="utf-8", errors="replace") as text:
        for number, written in enumerate(text, 1):
            identifier = written[7:43]  # {"id":"<36 characters>"
            if identifier in ids:
                found.setdefault(identifier, number)
    return found
