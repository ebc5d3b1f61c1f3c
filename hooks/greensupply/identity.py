"""What tells one state of a file from another without a look into it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator

Identity = tuple[int, int, int, int]
"""Size in bytes, times of the last change of content and of anything in nanoseconds, number of the file on its disk.

Whoever writes a file again, even with the times that it had, changes one of them.
"""


class StrangeError(Exception):
    """A folder holds what no build puts there, such as a link to another place."""


def of(path: str | os.PathLike[str]) -> Identity:
    """Return the state of a file."""
    return _state(os.stat(path))


def walk(folder: str, *, full: bool = True) -> Iterator[tuple[str, Identity]]:
    """Every file below a folder, by its path from there with `/`, and its state.

    What is hidden at its root is left out, as MkDocs leaves it there when it empties a site.

    Raises:
        StrangeError: There is anything else but files and folders; if it is to be `full`, also for an empty folder.
    """
    waiting = [""]
    while waiting:
        place = waiting.pop()
        with os.scandir(os.path.join(folder, place)) as found:
            entries = [entry for entry in found if place or not entry.name.startswith(".")]
        if full and place and not entries:
            raise StrangeError(place)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{place}{entry.name}/")
                continue
            known = entry.stat(follow_symlinks=False)
            if not stat.S_ISREG(known.st_mode):
                raise StrangeError(entry.path)
            yield place + entry.name, _state(known)


def program(folder: str | os.PathLike[str]) -> list[tuple[str, Identity]]:
    """The files of a program in a folder, sorted, without what Python keeps beside them.

    Raises:
        StrangeError: As `walk` does.
    """
    return sorted(found for found in walk(os.fspath(folder), full=False) if "__pycache__/" not in found[0])


def _state(found: os.stat_result) -> Identity:
    return found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino
