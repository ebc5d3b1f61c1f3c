"""Run a program as a process of its own, and tell what it cost.

Memory is that of the largest single process: the program itself or one that it started. The system keeps that figure
for processes that were waited for; for others, and to count how many ran at once, a thread looks ten times a second
where the system shows its processes as files (Linux).
"""

from __future__ import annotations

import os
import re
import statistics
import sys
import threading
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir

ROOT = Path(__file__).parent.parent
EPOCH = "1764115200"
ONE_PROCESS = "GREENSUPPLY_ONE_PROCESS"
"""Set to 1, the build starts no other process."""
NO_CACHE = "GREENSUPPLY_NO_CACHE"
"""Set to 1, the build neither reads nor writes what earlier builds kept in `.cache`."""
NO_BYTECODE = "PYTHONDONTWRITEBYTECODE"
EVERY = 0.1
_KIB = re.compile(r"^(VmHWM|VmRSS):\s+(\d+) kB", re.MULTILINE)


@dataclass(frozen=True)
class Cost:
    """Of one program: seconds on the clock and of processor, megabytes of its largest process, processes at once."""

    wall: float
    processor: float
    memory: float
    processes: int = 1


def environment(settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a measured program: this project's package, a fixed date, none of the caller's switches.

    Python keeps what it compiled, as it does where a program is installed; but not beside the sources.
    """
    kept = {name: value for name, value in os.environ.items() if name not in {ONE_PROCESS, NO_CACHE, NO_BYTECODE}}
    fixed = {"SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1", "PYTHONPATH": str(ROOT / "hooks")}
    fixed["PYTHONPYCACHEPREFIX"] = str(Path(gettempdir(), "greensupply-benchmarks"))
    return {**kept, **fixed, **(settings or {})}


def mkdocs(folder: Path, *, command: str = "build") -> list[str]:
    """The order that builds the site in a folder."""
    return [sys.executable, "-m", "mkdocs", command, "--quiet", "--config-file", str(folder / "mkdocs.yml")]


def run(order: Sequence[str], settings: Mapping[str, str] | None = None, *, quiet: bool = True) -> Cost:
    """Run the program and wait for its end.

    Raises:
        SystemExit: The program failed.
    """
    nowhere = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)] if quiet else []
    began = time.perf_counter()
    child = os.posix_spawn(order[0], list(order), environment(settings), file_actions=nowhere)
    watch = _Watch(child)
    watch.start()
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    watch.ended.set()
    watch.join()
    if status:
        raise SystemExit(f"This failed; run it by hand: {' '.join(order)}")
    largest = usage.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
    return Cost(wall, usage.ru_utime + usage.ru_stime, max(largest, watch.largest), watch.processes)


def median(costs: Iterable[Cost]) -> Cost:
    """The median of each time, and the most memory and processes that any of the runs had."""
    found = list(costs)
    return Cost(
        statistics.median(cost.wall for cost in found),
        statistics.median(cost.processor for cost in found),
        max(cost.memory for cost in found),
        max(cost.processes for cost in found),
    )


def memory(process: int) -> dict[int, tuple[float, float]]:
    """Megabytes now and at most of a process and each of those that it started; none where the system shows none."""
    found = {}
    waiting = [process]
    while waiting:
        each = waiting.pop()
        home = Path("/proc", str(each))
        try:
            shown = dict(_KIB.findall((home / "status").read_text()))
            waiting += [int(child) for task in home.glob("task/*/children") for child in task.read_text().split()]
        except OSError:  # it has ended meanwhile
            continue
        if shown:
            found[each] = (int(shown["VmRSS"]) / 1e3, int(shown["VmHWM"]) / 1e3)
    return found


class _Watch(threading.Thread):
    """Looks at a process and its children until it has ended."""

    def __init__(self, process: int) -> None:
        super().__init__(daemon=True)
        self.ended = threading.Event()
        self.largest = 0.0
        self.processes = 1
        self._process = process

    def run(self) -> None:
        """Look, again and again."""
        while not self.ended.wait(EVERY):
            found = memory(self._process)
            self.largest = max([self.largest, *(most for _, most in found.values())])
            self.processes = max(self.processes, len(found))
