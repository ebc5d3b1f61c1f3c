"""A record store (xAPI LRS) on this machine that can fail in every way that matters.

It keeps statements as a real one does: the same bytes again are accepted, other bytes of a known id are a conflict.
"""

from __future__ import annotations

import http.server
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

LOGIN = "<!doctype html><title>Sign in</title><form>Password</form>"
FAULTS = ("reset", "lost", "half", "silent", "no-cors", "elsewhere", "login", "wrong-ids")


@dataclass
class Answer:
    """What comes of one request: a status with its text, or one of `FAULTS`."""

    kind: str | int
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class Store:
    """What has arrived, and what the next requests will meet; then all is well."""

    def __init__(self) -> None:
        self.url = ""
        self.kept: dict[str, bytes] = {}
        self.conflicts: list[str] = []
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.at_once = self.most_at_once = 0
        self._plan: list[Answer] = []
        self._changed = threading.Condition()
        self._released = threading.Event()

    def plan(self, *answers: Answer | str | int) -> None:
        """What the next requests meet, in order."""
        self._plan = [one if isinstance(one, Answer) else Answer(one) for one in answers]

    def reset(self) -> None:
        """Forget everything, and let go of requests that wait for an answer."""
        self._released.set()
        url = self.url
        self.__init__()  # type: ignore[misc]
        self.url = url

    def wait(self, requests: int) -> None:
        """Until so many requests were answered."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: len(self.bodies) >= requests and not self.at_once, timeout=15)
        assert arrived, f"{len(self.bodies)} requests came instead of {requests}"

    def began(self, requests: int) -> None:
        """Until so many requests have come, answered or not."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.bodies) >= requests, timeout=15)

    def take(self, body: bytes, headers: dict[str, str]) -> Answer:
        """A request comes."""
        with self._changed:
            self.bodies.append(body)
            self.headers.append(headers)
            self.at_once += 1
            self.most_at_once = max(self.at_once, self.most_at_once)
            self._changed.notify_all()
            answer = self._plan.pop(0) if self._plan else Answer("well")
            if answer.kind in ("well", "lost", 204):
                answer = self._keep(body, answer)
        if answer.kind == "silent":
            self._released.wait(60)
        return answer

    def gone(self) -> None:
        """A request is over."""
        with self._changed:
            self.at_once -= 1
            self._changed.notify_all()

    def _keep(self, body: bytes, answer: Answer) -> Answer:
        identifier = json.loads(body)["id"]
        if self.kept.setdefault(identifier, body) != body:
            self.conflicts.append(identifier)
            return Answer(409, "conflict")
        return Answer(200, json.dumps([identifier])) if answer.kind == "well" else answer


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: Store

    def do_OPTIONS(self) -> None:
        self._answer(
            204,
            b"",
            {
                "Access-Control-Allow-Methods": "POST",
                "Access-Control-Allow-Headers": "Authorization, Content-Type, X-Experience-API-Version",
                "Access-Control-Max-Age": "600",
            },
        )

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        answer = self.store.take(body, {name.lower(): value for name, value in self.headers.items()})
        try:
            self._play(answer)
        except OSError:
            self.close_connection = True  # the page has given up
        finally:
            self.store.gone()

    def _play(self, answer: Answer) -> None:
        kind = answer.kind
        if kind in ("reset", "lost", "silent"):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif kind == "half":
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", self.headers["Origin"])
            self.send_header("Content-Length", "1000")
            self.end_headers()
            self.wfile.write(b'["')
            self.close_connection = True
        elif kind == "no-cors":
            self._answer(200, b"[]", {"Access-Control-Allow-Origin": "https://another.example"})
        elif kind == "elsewhere":
            self._answer(307, b"", {"Location": self.store.url.replace("127.0.0.1", "localhost") + "/statements"})
        elif kind == "login":
            self._answer(200, LOGIN.encode(), {"Content-Type": "text/html"})
        elif kind == "wrong-ids":
            self._answer(200, b'["00000000-0000-4000-8000-000000000000"]', {})
        else:
            self._answer(int(kind), answer.text.encode(), answer.headers)

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        every = {
            "Access-Control-Allow-Origin": self.headers.get("Origin", "*"),
            "Access-Control-Expose-Headers": "Retry-After",
            "Content-Type": "application/json",
        }
        every["Connection"] = (
            "close"  # on a connection that was used before, browsers repeat what was reset by themselves
        )
        for name, value in {**every, **headers}.items():
            self.send_header(name, value)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def record_store() -> Iterator[Store]:
    """A record store that can be reached at its `url`."""
    store = Store()
    handler = type("Handler", (_Handler,), {"store": store})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        store.url = f"http://127.0.0.1:{server.server_port}/xapi"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield store
        store.reset()
        server.shutdown()
