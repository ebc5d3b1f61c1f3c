"""Work in processes of its own, where the machine has processors for it.

A process is a copy of this one at the moment it begins, so it knows all that is known here. A copy of a process with
threads may wait for ever; so there are none of it then, nor where the system makes no such copies.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import pickle
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

ONE_PROCESS = "GREENSUPPLY_ONE_PROCESS"
"""Environment variable: with any value, there is one process."""

R = TypeVar("R")


def count() -> int:
    """How many processes are worth while; 1 if there can be no other."""
    if sys.platform != "linux" or os.environ.get(ONE_PROCESS) or len(os.listdir("/proc/self/task")) > 1:
        return 1
    return len(os.sched_getaffinity(0))


class Apart(Generic[R]):
    """A piece of work that has begun in a process of its own; only after `count` said that there may be one.

    What comes of it can be asked for here, and once in each copy of this process that is made meanwhile.
    """

    def __init__(self, work: Callable[[], R]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self._maker = os.getpid()
        self._told = os.memfd_create("result")
        self._end, its = os.pipe()
        self._process = multiprocessing.get_context("fork").Process(
            target=_done, args=(work, self._told, its), daemon=True
        )
        self._process.start()
        os.close(its)

    def result(self) -> R:
        """Wait for it.

        Raises:
            ChildProcessError: It failed. Why is not known: do it here, and see.
        """
        os.read(self._end, 1)  # nothing is ever written there: this waits for the end of the process
        if self._maker == os.getpid():
            self._process.join()
        with open(self._told, "rb") as told, open(self._end, "rb"):
            try:
                found: R = pickle.loads(os.pread(told.fileno(), os.fstat(told.fileno()).st_size, 0))  # noqa: S301 - ours
            except (EOFError, pickle.UnpicklingError):
                raise ChildProcessError from None
        return found


@contextmanager
def overhearing(name: str) -> Iterator[list[logging.LogRecord]]:
    """Keep what a logger and those below it say, in place of saying it; to be said where somebody listens (`say`)."""
    heard: list[logging.LogRecord] = []
    logger, ear = logging.getLogger(name), _Ear(heard)
    before = logger.handlers, logger.propagate
    logger.handlers, logger.propagate = [ear], False
    try:
        yield heard
    finally:
        logger.handlers, logger.propagate = before


def say(heard: Iterable[logging.LogRecord]) -> None:
    """Say what was overheard in another process."""
    for record in heard:
        logging.getLogger(record.name).handle(record)


class _Ear(logging.Handler):
    def __init__(self, heard: list[logging.LogRecord]) -> None:
        super().__init__()
        self._heard = heard

    def emit(self, record: logging.LogRecord) -> None:
        record.msg, record.args = record.getMessage(), None  # what goes to another process must be plain
        record.exc_info = None
        self._heard.append(record)


def _done(work: Callable[[], Any], told: int, end: int) -> None:  # noqa: ARG001 - open until this process ends
    """Nothing of this process but its result is left: what is open here belongs to the one it is a copy of."""
    status = 1
    try:
        with open(told, "wb") as file:
            file.write(pickle.dumps(work()))
        status = 0
    finally:
        os._exit(status)
