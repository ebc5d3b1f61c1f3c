"""How far a long reading has come, for whoever watches a terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TypeVar

LARGE = 50_000
"""Readings from which progress is shown, and after which it is shown anew."""
_WIDTH = 30
T = TypeVar("T")


def watched(readings: Iterable[T], label: str, total: int = 0) -> Iterator[T]:
    """The same readings; on a terminal, a bar on standard error once they are many.

    Arguments:
        readings: What is read.
        label: What to call it.
        total: About how many there will be; 0 if nobody knows, which shows a number in place of the bar.
    """
    if not sys.stderr.isatty():
        yield from readings
        return
    number = 0
    for number, reading in enumerate(readings, 1):
        if number % LARGE == 0:
            _show(f"{label} {_bar(number, total)} {number:,}")
        yield reading
    if number >= LARGE:
        _show("")


def _bar(number: int, total: int) -> str:
    if not total:
        return "…"
    done = min(_WIDTH, _WIDTH * number // total)
    return f"[{'#' * done}{' ' * (_WIDTH - done)}]"


def _show(text: str) -> None:
    sys.stderr.write(f"\r\x1b[2K{text}")
    sys.stderr.flush()
