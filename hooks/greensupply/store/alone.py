"""One run at a time: the lock of the store, and the folder in which a run prepares what it will add."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = ".lock"
WORK = ".work.tmp"


def patient() -> None:
    """Say nothing while waiting."""


@contextmanager
def alone(folder: Path, waiting: Callable[[], None] = patient) -> Iterator[Path]:
    """Hold the store until the block ends, and yield an empty folder on the same disk to work in.

    The system gives the lock back when a process dies, however it dies; what it had begun lies in the work folder
    alone, and the next run clears it away.

    Arguments:
        folder: The store; made if it does not exist.
        waiting: Called once if another run holds the store, before waiting for its end.

    Raises:
        OSError: The folder may not be written to.
    """
    from filelock import FileLock, Timeout  # whoever only reads takes no lock, and need not wait for this

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        waiting()
        lock.acquire()
    work = folder / WORK
    try:
        _clear(work)
        work.mkdir()
        yield work
    finally:
        try:
            _clear(work)
        finally:
            lock.release()


def _clear(work: Path) -> None:
    if work.is_dir():
        shutil.rmtree(work)
