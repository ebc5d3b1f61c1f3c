"""Folders that are served to the browsers: within a test's process, or to all processes of one run.

`python hosting.py FOLDER PROCESS` serves a folder until that process ends; it tells the address first.
"""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from visiting import PREFIX, Handler, Hub

HOSTS: list[subprocess.Popen[str]] = []
"""Those that this process began. They end by themselves: other processes of the run may still need them."""


class Server(http.server.ThreadingHTTPServer):
    """Takes it as usual that a browser hangs up in the middle of an answer."""

    def handle_error(self, *_: Any) -> None:
        """Say nothing of it; a page that lacks something is a fault of the visit."""


@contextmanager
def serving(folder: Path, handler: type[Handler] = Handler) -> Iterator[str]:
    """Serve a folder, which may be filled later; gives its address."""
    with Server(("127.0.0.1", 0), functools.partial(handler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{PREFIX}"
        server.shutdown()


def shared(factory: pytest.TempPathFactory, name: str, build: Callable[[Path, str], None]) -> Hub:
    """A hub that the first process that needs it builds for all of a run, given a folder and its address.

    It is served by a process of its own, as whoever built it may end before the others.
    """
    apart = "PYTEST_XDIST_WORKER" in os.environ
    root = factory.getbasetemp().parent if apart else factory.getbasetemp()
    told = root / f"{name}.url"
    with FileLock(root / f"{name}.lock"):
        if not told.exists():
            run = os.getppid() if apart else os.getpid()
            command = [sys.executable, __file__, str(root / name / "site"), str(run)]
            environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}  # it imports what tests import
            host = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
            HOSTS.append(host)
            url = host.stdout.readline().strip() if host.stdout else ""
            assert url, "the server did not start"
            build(root / name, url)
            told.write_text(url, encoding="utf-8")
    return Hub(root / name / "site", told.read_text(encoding="utf-8"))


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


if __name__ == "__main__":
    with serving(Path(sys.argv[1])) as address:
        print(address, flush=True)
        while _alive(int(sys.argv[2])):
            time.sleep(1)  # nothing tells a process that one that is not its child has ended
