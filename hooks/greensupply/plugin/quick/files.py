"""Which files have changed since the last look; and a file that is written in one step."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple


class Mark(NamedTuple):
    """What tells one state of a file from another."""

    changed: int
    size: int
    number: int
    beside: bool
    """Whether it is an editor's or Python's, beside the work: `.en.md.swp`, `en.md~`."""


Look = Mapping[str, Mark]
"""Path of a file -> its state."""


def look(paths: Iterable[str]) -> dict[str, Mark]:
    """Return every file at or below these paths."""
    return {path: mark for top in paths for path, mark in _files(top, beside=False)}


def changes(before: Look, now: Look) -> dict[str, bool]:
    """Return the files that are new, gone or changed, sorted, with whether they are part of the work."""
    found = sorted(path for path in {**before, **now} if before.get(path) != now.get(path))
    return {path: not (now.get(path) or before[path]).beside for path in found}


def replace_file(file: Path, data: bytes, drafts: Path) -> None:
    """Write a file, so that nobody reads half of it.

    Arguments:
        file: The file.
        data: What it holds.
        drafts: A folder for files that are not finished.
    """
    draft = drafts / "draft"
    draft.write_bytes(data)
    try:
        draft.replace(file)
    except OSError:  # the folder is on another disk
        file.write_bytes(data)
        draft.unlink(missing_ok=True)


def _files(top: str, *, beside: bool) -> Iterator[tuple[str, Mark]]:
    try:
        if os.path.isfile(top):
            found = os.stat(top)
            yield top, Mark(found.st_mtime_ns, found.st_size, found.st_ino, beside)
            return
        with os.scandir(top) as entries:
            for entry in entries:
                name = entry.name
                here = beside or name.startswith(".") or name.endswith("~") or name == "__pycache__"
                if entry.is_dir():
                    yield from _files(entry.path, beside=here)
                else:
                    found = entry.stat()
                    yield entry.path, Mark(found.st_mtime_ns, found.st_size, found.st_ino, here)
    except FileNotFoundError:  # gone meanwhile
        return
