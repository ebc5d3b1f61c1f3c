"""Work in processes of its own, where the machine has processors for it.

A process is a copy of this one at the moment it begins, so it knows all that is known here. A copy of a process with
threads may wait for ever; so there are none of it then, nor where the system makes no such copies.
"""

from __future__ import annotations

import multiprocessing
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

ONE_PROCESS = "GREENSUPPLY_ONE_PROCESS"
"""Environment variable: with any value, there is one process."""

T = TypeVar("T")
R = TypeVar("R")


def count() -> int:
    """How many processes are worth while; 1 if there can be no other."""
    if sys.platform != "linux" or os.environ.get(ONE_PROCESS) or len(os.listdir("/proc/self/task")) > 1:
        return 1
    return len(os.sched_getaffinity(0))


class Apart(Generic[R]):
    """A piece of work that has begun in a process of its own; only after `count` said that there may be one."""

    def __init__(self, work: Callable[[], R]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        fork = multiprocessing.get_context("fork")
        self._result, its = fork.Pipe(duplex=False)
        self._process = fork.Process(target=_done, args=(work, its), daemon=True)
        self._process.start()
        its.close()

    def result(self) -> R:
        """Wait for it.

        Raises:
            ChildProcessError: It failed. Why is not known: do it here, and see.
        """
        try:
            found: R = self._result.recv()
        except (EOFError, OSError):
            raise ChildProcessError from None
        finally:
            self._process.join()
            self._result.close()
        return found


def spread(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    """Return what `work` returns for each item, in their order; every processor takes a share of them."""
    hands = min(count(), len(items))
    if hands == 1:
        return [work(item) for item in items]
    shares = [Apart(partial(_all, work, items[hand::hands])) for hand in range(hands)]
    results: dict[int, R] = {}
    for hand, share in enumerate(shares):
        places = range(hand, len(items), hands)
        try:
            results.update(zip(places, share.result(), strict=True))
        except ChildProcessError:
            results.update((place, work(items[place])) for place in places)
    return [results[place] for place in range(len(items))]


def _all(work: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return [work(item) for item in items]


def _done(work: Callable[[], Any], pipe: Any) -> None:
    """Nothing of this process but its result is left: what is open here belongs to the one it is a copy of."""
    status = 1
    try:
        pipe.send(work())
        pipe.close()
        status = 0
    finally:
        os._exit(status)
