"""A door in front of a record store (xAPI LRS) that can fail in every way that matters; else it lets everything through."""

from __future__ import annotations

import http.client
import http.server
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from record_store import Ralph, origin

LOGIN = "<!doctype html><title>Sign in</title><form>Password</form>"
FAULTS = ("reset", "lost", "half", "silent", "no-cors", "elsewhere", "login", "wrong-ids")
CONDITIONS = ("Authorization", "Content-Type", "X-Experience-API-Version", "Origin", "Accept")
"""Headers of a request that go through, beside those of a preflight."""
OF_THE_CONNECTION = {"connection", "keep-alive", "transfer-encoding", "content-length", "date", "server"}


@dataclass
class Answer:
    """What comes of one request: `well`, a status with its text, or one of `FAULTS`."""

    kind: str | int
    text: str = ""
    headers: dict[str, str] = field(default_factory=dict)


class Store:
    """The store behind its door: what has arrived, and what the next requests will meet; then all is well.

    Attributes:
        url: What `/statements` lies below.
        bodies, headers: Of each statement that was sent, in order, whether it came in or not.
        asked: Address of each request for statements.
        conflicts: Answers of the store that a known id came with another statement.
    """

    def __init__(self, behind: Ralph, url: str) -> None:
        self.behind, self.url = behind, url
        self.bodies: list[bytes] = []
        self.headers: list[dict[str, str]] = []
        self.asked: list[str] = []
        self.conflicts: list[bytes] = []
        self.at_once = self.most_at_once = 0
        self._plan: list[Answer] = []
        self._changed = threading.Condition()
        self._released = threading.Event()

    @property
    def kept(self) -> list[dict[str, Any]]:
        """The statements that the store has."""
        return self.behind.statements()

    def plan(self, *answers: Answer | str | int) -> None:
        """What the next requests meet, in order."""
        self._plan = [one if isinstance(one, Answer) else Answer(one) for one in answers]

    def reset(self) -> None:
        """Forget everything, and let go of requests that wait for an answer."""
        self._released.set()
        self.behind.empty()
        self.__init__(self.behind, self.url)  # type: ignore[misc]

    def wait(self, requests: int) -> None:
        """Until so many statements were answered."""
        with self._changed:
            arrived = self._changed.wait_for(lambda: len(self.bodies) >= requests and not self.at_once, timeout=15)
        assert arrived, f"{len(self.bodies)} requests came instead of {requests}"

    def began(self, requests: int) -> None:
        """Until so many statements have come, answered or not."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.bodies) >= requests, timeout=15)

    def take(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """A request comes."""
        with self._changed:
            if method == "POST":
                self.bodies.append(body)
                self.headers.append({name.lower(): value for name, value in headers.items()})
            else:
                self.asked.append(path)
            self.at_once += 1
            self.most_at_once = max(self.at_once, self.most_at_once)
            self._changed.notify_all()
            answer = self._plan.pop(0) if self._plan else Answer("well")
            if answer.kind in ("well", "lost", "half", 204):
                through = self.forward(method, path, body, headers)
                if through.kind == 409:
                    self.conflicts.append(body)
                if answer.kind == "well":
                    answer = through
                answer.text = answer.text or through.text
        if answer.kind == "silent":
            self._released.wait(60)
        return answer

    def gone(self) -> None:
        """A request is over."""
        with self._changed:
            self.at_once -= 1
            self._changed.notify_all()

    def forward(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> Answer:
        """Let a request through; gives the store's answer."""
        wanted = {
            name: value
            for name, value in headers.items()
            if name in CONDITIONS or name.startswith("Access-Control-Request-")
        }
        connection = http.client.HTTPConnection(urlsplit(self.behind.url).netloc, timeout=30)
        try:
            connection.request(method, path, body or None, wanted)
            answer = connection.getresponse()
            kept = {name: value for name, value in answer.getheaders() if name.lower() not in OF_THE_CONNECTION}
            return Answer(answer.status, answer.read().decode(), kept)
        finally:
            connection.close()


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    store: Store

    def do_OPTIONS(self) -> None:
        answer = self.store.forward("OPTIONS", self.path, b"", dict(self.headers.items()))
        self._answer(int(answer.kind), answer.text.encode(), answer.headers)

    def do_GET(self) -> None:
        self._take(b"")

    def do_POST(self) -> None:
        self._take(self.rfile.read(int(self.headers["Content-Length"])))

    def _take(self, body: bytes) -> None:
        answer = self.store.take(self.command, self.path, body, dict(self.headers.items()))
        try:
            self._play(answer)
        except OSError:
            self.close_connection = True  # whoever asked has given up
        finally:
            self.store.gone()

    def _play(self, answer: Answer) -> None:
        kind = answer.kind
        allowed = {"Access-Control-Allow-Origin": self.headers.get("Origin", "*")}
        if kind in ("reset", "lost", "silent"):
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        elif kind == "half":
            body = answer.text.encode()
            self.send_response(200)
            self.send_header("Access-Control-Allow-Origin", allowed["Access-Control-Allow-Origin"])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body[: len(body) // 2])
            self.close_connection = True
        elif kind == "no-cors":
            self._answer(200, b"[]", {"Access-Control-Allow-Origin": "https://another.example"})
        elif kind == "elsewhere":
            address = self.store.url.replace("127.0.0.1", "localhost") + "/statements"
            self._answer(307, b"", {**allowed, "Location": address})
        elif kind == "login":
            self._answer(200, LOGIN.encode(), {**allowed, "Content-Type": "text/html"})
        elif kind == "wrong-ids":
            self._answer(200, b'["00000000-0000-4000-8000-000000000000"]', allowed)
        else:
            exposed = {"Access-Control-Expose-Headers": "Retry-After"} if "Retry-After" in answer.headers else {}
            self._answer(int(kind), answer.text.encode(), {**allowed, **exposed, **answer.headers})

    def _answer(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        self.send_response(status)
        known = {name.lower(): (name, value) for name, value in headers.items()}  # the store's words in place of ours
        # on a connection that was used before, browsers repeat what was reset by themselves
        for name, value in {"content-type": ("Content-Type", "application/json"), **known}.values():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if status != 204:
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def door(behind: Ralph) -> Iterator[Store]:
    """A door to a record store, which can be reached at its `url`."""
    store = Store(behind, "")
    handler = type("Handler", (_Handler,), {"store": store})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        store.url = behind.url.replace(origin(behind.url), f"http://127.0.0.1:{server.server_port}")
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield store
        store.reset()
        server.shutdown()
