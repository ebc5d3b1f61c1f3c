"""Runs `greensupply` in child processes that are killed at chosen steps, or at random instants. `test_kill` starts it.

A process of its own, so that it can fork children that have everything imported and the rules read; usage:

    python killing.py steps|random <folder of the hub> <command> <number>

The command is `add` or `compact`. Prints JSON: how many children were killed, and which left another store, once the
command had run again, than a run that nothing disturbed.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path

import greensupply.cli.records  # noqa: F401 - `main` would import it in each child
from greensupply import rules
from greensupply.cli import main
from greensupply.store import arrivals
from store_builders import content

STEPS = {"open", "os.mkdir", "os.remove", "os.rename", "os.rmdir"}
"""Audit events of Python that touch the disk; `os.replace` is told as a rename."""
INPUT = "input.jsonl"


def child(command: str, folder: Path, prepare: Callable[[], None] = lambda: None) -> int:
    """Start the command in a child and return its process."""
    if pid := os.fork():
        return pid
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    prepare()
    files = [INPUT] if command == "add" else []
    os._exit(main(["records", command, *files, "--records", folder.name]))


def killed(pid: int) -> bool:
    """Wait for a child; was it killed? Anything else but success is an error here."""
    status = os.waitpid(pid, 0)[1]
    if os.WIFSIGNALED(status):
        return True
    assert os.WEXITSTATUS(status) == 0, f"exit code {os.WEXITSTATUS(status)}"
    return False


def at_step(number: int, folder: Path) -> Callable[[], None]:
    """Kill this process just before it touches the store for the `number`-th time."""
    until = number

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal until
        if event in STEPS and (event != "open" or (folder.name in str(arguments[0]) and arguments[1] in ("w", "wb"))):
            until -= 1
            if until == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    return lambda: sys.addaudithook(watch)


def left(folder: Path) -> dict[str, object]:
    """Every byte of the store. Of what was set aside, how much: a second run names other places of the same conflict."""
    return {
        name: data.count(b"\n") if name.startswith("set-aside/") else data for name, data in content(folder).items()
    }


def begun(folder: Path, start: Path | None) -> Path:
    """A store as the command finds it."""
    shutil.rmtree(folder, ignore_errors=True)
    if start:
        shutil.copytree(start, folder)
    return folder


def steps(command: str, start: Path | None, wanted: dict[str, object]) -> tuple[int, list[int]]:
    """Kill at every step until a run has no further one."""
    wrong, number = [], 1
    while killed(child(command, folder := begun(Path("tried"), start), at_step(number, Path("tried")))):
        assert not killed(child(command, folder))
        if left(folder) != wanted:
            wrong.append(number)
        number += 1
    return number - 1, wrong


def instants(
    command: str, start: Path | None, wanted: dict[str, object], number: int, seconds: float
) -> tuple[int, list[int]]:
    """Kill at random instants, up to twice before the run that ends."""
    chosen, hits, wrong = random.Random(20241105), 0, []
    for turn in range(number):
        folder = begun(Path("tried"), start)
        for _ in range(chosen.randint(1, 2)):
            pid = child(command, folder)
            time.sleep(chosen.uniform(0, seconds))
            os.kill(pid, signal.SIGKILL)
            hits += killed(pid)
        assert not killed(child(command, folder))
        if left(folder) != wanted:
            wrong.append(turn)
    return hits, wrong


def run(kind: str, hub: str, command: str, number: str) -> None:
    """Do what the usage says."""
    os.chdir(hub)
    arrivals.BATCH = 40  # several batches of a small input
    rules.catalogue()
    start = None
    if command == "compact":
        start = Path("start")
        assert not killed(child("add", start))
    folder = begun(Path("whole"), start)
    began = time.monotonic()
    assert not killed(child(command, folder))
    seconds = time.monotonic() - began
    wanted = left(folder)
    if kind == "steps":
        hits, wrong = steps(command, start, wanted)
    else:
        hits, wrong = instants(command, start, wanted, int(number), seconds)
    batches = sorted(name for name in wanted if "/" in name)  # the fingerprint of the key lies beside them
    print(json.dumps({"killed": hits, "wrong": wrong, "files": batches}))


if __name__ == "__main__":
    run(*sys.argv[1:])
