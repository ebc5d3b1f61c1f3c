"""Counting that begins before the modules are read, in a process of its own, and is done when they are.

Of the modules, counts depend on no text. So their facts are read on the way; what was counted holds where the modules,
as they were read in the end, say the same.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from greensupply import library, processes
from greensupply.processes import Apart
from greensupply.tally_plugin import counting, outcome_counting
from greensupply.tally_plugin.counting import Records

R = TypeVar("R")
_Counted = tuple[list[logging.LogRecord], object, R]
"""What was said, what was counted (`_known`), and what came of it."""


@dataclass
class Ahead(Generic[R]):
    """One count; nothing is begun where there is one process only, or something is kept that may be taken instead."""

    _counted: Apart[_Counted[R]] | None = field(default=None)

    @property
    def is_begun(self) -> bool:
        """Whether it is under way, or done and not asked for yet."""
        return self._counted is not None

    def begin(self, records: Records, modules_dir: Path, count: Callable[[Records], R]) -> None:
        """Begin to count `records`, of which the library is not known yet."""
        kept = records.kept and any((records.kept / name).exists() for name in (counting.KEPT, outcome_counting.KEPT))
        if not kept and records.folder.is_dir() and processes.count() > 1:
            self._counted = Apart(partial(_count, records, modules_dir, count))

    def result(self, records: Records) -> R | None:
        """What `count` returned, if it would return the same of these records; None where they must be counted."""
        begun, self._counted = self._counted, None
        if begun is None:
            return None
        try:
            heard, known, found = begun.result()
        except ChildProcessError:
            return None
        if known != _known(records):
            return None
        processes.say(heard)
        return found


def _count(records: Records, modules_dir: Path, count: Callable[[Records], R]) -> _Counted[R]:
    modules = library.outline(modules_dir)
    if modules is None:
        raise ValueError(modules_dir)  # what is wrong is told where the modules are read whole
    whole = replace(records, library=modules)
    known = _known(whole)
    with processes.overhearing("mkdocs") as heard:
        return heard, known, count(whole)


def _known(records: Records) -> object:
    return records.as_of, records.stamp(), outcome_counting.stamp(records), counting.facts(records, ())
