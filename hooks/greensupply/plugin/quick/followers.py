"""Work that is done behind, in small steps, on a thread of its own that gives way to the next save."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager

PAUSE = 0.3
"""Seconds for the browser to fetch the page that was saved, before the work begins."""


class Followers:
    """Steps that wait for their turn; one that is asked for twice is done once.

    Arguments:
        step: Does one step; an exception ends the work.
        done: Called when nothing is left to do.
        failed: Called with the exception of a step; what was left to do is then forgotten.
    """

    def __init__(
        self, step: Callable[[Hashable], None], done: Callable[[], None], failed: Callable[[Exception], None]
    ) -> None:
        self._step, self._done, self._failed = step, done, failed
        self._turn = threading.Condition()
        self._waiting: dict[Hashable, None] = {}
        self._held = self._busy = False
        self._thread: threading.Thread | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    @contextmanager
    def held(self) -> Iterator[None]:
        """No step is under way meanwhile; the one that is comes to its end first."""
        with self._turn:
            self._held = True
            self._turn.wait_for(lambda: not self._busy)
        try:
            yield
        finally:
            with self._turn:
                self._held = False
                self._turn.notify_all()

    def add(self, steps: Iterable[Hashable]) -> None:
        """Let steps follow after those that wait; one that waits already goes to the end."""
        with self._turn:
            for step in steps:
                self._waiting.pop(step, None)
                self._waiting[step] = None
            if self._thread is None and self._waiting:
                self._thread = threading.Thread(target=self._run, name="greensupply-followers", daemon=True)
                self._thread.start()
            self._turn.notify_all()

    def clear(self) -> None:
        """Forget the steps that wait."""
        with self._turn:
            self._waiting.clear()

    def settled(self, timeout: float) -> bool:
        """Wait until nothing is left to do; says whether it came to that."""
        with self._turn:
            return self._turn.wait_for(lambda: self._thread is None, timeout)

    def _run(self) -> None:
        """Do the steps that there are, and end."""
        rested = False
        while True:
            with self._turn:
                self._turn.wait_for(lambda: not self._held)
                if not rested:
                    rested = not self._turn.wait_for(lambda: self._held, PAUSE)
                    continue
                if not self._waiting:
                    self._thread = None
                    self._turn.notify_all()
                    return
                step = next(iter(self._waiting))
                del self._waiting[step]
                self._busy = True
            try:
                self._step(step)
                if not self._waiting:
                    self._done()
            except Exception as error:
                self._waiting.clear()
                self._failed(error)
            with self._turn:
                self._busy = False
                rested = not self._held
                self._turn.notify_all()
