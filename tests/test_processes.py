"""Work in processes of its own."""

from __future__ import annotations

import logging
import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from greensupply import processes

ROOT = Path(__file__).parent.parent
TRIAL = """
import threading
from greensupply import processes
"""


def tried(lines: str, **environment: str) -> str:
    """What a small program prints: this one may have threads, and then there is only one process."""
    settings = {**os.environ, "PYTHONPATH": str(ROOT / "hooks"), **environment}
    order = [sys.executable, "-c", TRIAL + lines]
    run = subprocess.run(order, env=settings, capture_output=True, text=True, check=True)
    return run.stdout.strip()


alone = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="there is only one process on such a machine"
)


@alone
@pytest.mark.parametrize(
    ("lines", "environment"),
    [
        ("threading.Thread(target=threading.Event().wait, daemon=True).start()", {}),
        ("", {processes.ONE_PROCESS: "1"}),
    ],
)
def test_a_program_with_threads_or_that_is_told_so_has_one_process(lines, environment):
    assert tried(f"{lines}\nprint(processes.count())", **environment) == "1"


@alone
def test_what_fails_elsewhere_is_said_to_have_failed():
    lines = """
try:
    processes.Apart(lambda: 1 / 0).result()
except ChildProcessError:
    print("failed")
print(processes.Apart(lambda: "x" * 1_000_000).result()[:2])
"""
    assert tried(lines) == "failed\nxx"


@alone
def test_what_comes_of_it_can_be_asked_for_in_a_copy_too():
    lines = """
work = processes.Apart(lambda: "x" * 1_000_000)
copy = processes.Apart(lambda: len(work.result()))
print(copy.result(), len(work.result()))
"""
    assert tried(lines) == "1000000 1000000"


def test_what_is_overheard_is_said_later_and_once(caplog):
    logger = logging.getLogger("greensupply.trial")
    with processes.overhearing("greensupply") as heard:
        logger.warning("Number %d", 7)
    assert not caplog.messages

    processes.say(pickle.loads(pickle.dumps(heard)))

    assert caplog.messages == ["Number 7"]
