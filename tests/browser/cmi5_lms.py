"""An LMS of these tests that speaks cmi5 and xAPI launch: launches, tokens, State and profiles are its own; statements go
on to Ralph, an independent record store, once they follow the rules of cmi5. What does not is answered with 403.

The rules are those that CATAPULT, ADL's player, holds to; they are written from the specification, not from our script.
"""

from __future__ import annotations

import http.server
import json
import socket
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import requests
from playwright.sync_api import Page
from record_store import HEADERS, READER, Ralph
from scorm import TYPES

ADL = "http://adlnet.gov/expapi/verbs/"
CMI5 = "https://w3id.org/xapi/cmi5/context"
SESSION = f"{CMI5}/extensions/sessionid"
MASTERY = f"{CMI5}/extensions/masteryscore"
ACTIVITY = "https://lms.example/activities/7f3a"
ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "Pérez, 2041"}}
OWN_CATEGORY = "https://lms.example/categories/course"
AUTH = "Basic bG1zOm9mIG9uZSBzZXNzaW9u"
FRAME = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>LMS</title><link rel="icon" href="data:,">
<style>html, body {{ block-size: 100%; margin: 0 }} iframe {{ display: block; inline-size: 100%; block-size: 100%; border: 0 }}</style>
</head><body><iframe id="sco" title="Course" src="{address}"></iframe></body></html>"""


@dataclass
class Session:
    """One launch."""

    token: str
    code: str
    id: str
    registration: str
    data: dict[str, Any]
    fetched: bool = False
    asked: set[str] = field(default_factory=set)
    verbs: list[str] = field(default_factory=list)


class Lms:
    """One learner in one package.

    Attributes:
        url: Where the package lies; another origin than that of the record store.
        endpoint: Of the record store.
        refused: Why statements were refused.
        heard: Method and path of every request to the record store, and of those for a token.
        cut: From now on connections break.
        status: From now on everything is answered with it, if it is not 0.
        language, mastery, mode: For the next launch.
    """

    def __init__(self, files: dict[str, bytes], ralph: Ralph, module: str) -> None:
        self.files, self.ralph, self.module = files, ralph, module
        self.url = self.endpoint = ""
        self.sessions: dict[str, Session] = {}
        self.states: dict[tuple[str, ...], str] = {}
        self.refused: list[str] = []
        self.heard: list[tuple[str, str]] = []
        self.bodies: list[str] = []
        self.cut, self.status = False, 0
        self.language, self.mode = "", "Normal"
        self.mastery: float | None = 0.8
        self.registration = str(uuid.uuid4())
        self.frame = ""
        self._changed = threading.Condition()

    @property
    def kept(self) -> list[dict[str, Any]]:
        """Statements that the record store has, in order."""
        return self.ralph.statements()

    @property
    def verbs(self) -> list[str]:
        return [statement["verb"]["id"].removeprefix(ADL) for statement in self.kept]

    @property
    def state(self) -> dict[str, Any]:
        """Our document."""
        [text] = [text for key, text in self.states.items() if key[-1] == "greensupply.session"]
        return dict(json.loads(text))

    def session(self) -> Session:
        """The last one."""
        return list(self.sessions.values())[-1]

    def wait(self, true: Any) -> None:
        """Until it holds."""
        with self._changed:
            assert self._changed.wait_for(true, timeout=15), (self.verbs, self.refused, self.heard[-8:])

    def hear(self, method: str, path: str) -> None:
        """A request comes."""
        with self._changed:
            self.heard.append((method, path))
            self._changed.notify_all()

    def launch(self, **changes: str) -> str:
        """A new session; gives the address that the learner opens."""
        identifier = str(uuid.uuid4())
        template = {
            "contextActivities": {"grouping": [{"id": self.module}], "category": [{"id": OWN_CATEGORY}]},
            "extensions": {SESSION: identifier},
        }
        data = {"contextTemplate": template, "launchMode": self.mode, "moveOn": "CompletedAndPassed"}
        data["returnURL"] = f"{self.url}return"
        if self.mastery is not None:
            data["masteryScore"] = self.mastery
        session = Session(uuid.uuid4().hex, uuid.uuid4().hex, identifier, self.registration, data)
        self.sessions[session.code] = session
        query = {
            "registration": self.registration,
            "activityId": ACTIVITY,
            "fetch": f"{self.endpoint}fetch/{session.code}",
            "actor": json.dumps(ACTOR, ensure_ascii=False),
            "endpoint": self.endpoint,
            **changes,
        }
        return f"{self.url}course/index.html?{urlencode({name: text for name, text in query.items() if text})}"

    def tin_can(self, **changes: str) -> str:
        """An xAPI launch; gives its address."""
        query = {
            "endpoint": self.endpoint,
            "auth": AUTH,
            "actor": json.dumps(ACTOR),
            "registration": self.registration,
            "activity_id": ACTIVITY,
            **changes,
        }
        return f"{self.url}course/index.html?{urlencode({name: text for name, text in query.items() if text})}"

    # The record store

    def answer(self, method: str, path: str, body: str, authorization: str) -> tuple[int, str]:
        """A request comes; gives status and text."""
        with self._changed:
            self.heard.append((method, path))
            try:
                return self._answer(method, path, body, authorization)
            finally:
                self._changed.notify_all()

    def _answer(self, method: str, path: str, body: str, authorization: str) -> tuple[int, str]:
        parts = urlsplit(path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        resource = parts.path.removeprefix("/xapi/")
        if self.status:
            return self.status, ""
        if resource.startswith("fetch/"):
            return self._token(method, self.sessions[resource.removeprefix("fetch/")])
        [session] = [each for each in self.sessions.values() if authorization == f"Basic {each.token}"] or [None]
        if session is None and authorization != AUTH:
            return 401, ""
        if resource == "activities/state":
            return self._document(method, asked, body, session)
        if resource == "agents/profile":
            if session:
                session.asked.add(asked["profileId"])
            return (200, json.dumps({"languagePreference": self.language})) if self.language else (404, "")
        return self._statements(method, parts.query, body, session)

    def _token(self, method: str, session: Session) -> tuple[int, str]:
        if method != "POST" or session.fetched:
            return 200, json.dumps({"error-code": "1", "error-text": "already in use"})
        session.fetched = True
        return 200, json.dumps({"auth-token": session.token})

    def _document(self, method: str, asked: dict[str, str], body: str, session: Session | None) -> tuple[int, str]:
        assert json.loads(asked["agent"]) == ACTOR
        if asked["stateId"] == "LMS.LaunchData" and session:
            assert (method, asked["registration"], asked["activityId"]) == ("GET", session.registration, ACTIVITY)
            session.asked.add("LMS.LaunchData")
            return 200, json.dumps(session.data)
        key = tuple(asked.get(name, "") for name in ("activityId", "registration", "stateId"))
        if method == "PUT":
            self.states[key] = body
            return 204, ""
        return (200, self.states[key]) if key in self.states else (404, "")

    def _statements(self, method: str, query: str, body: str, session: Session | None) -> tuple[int, str]:
        url = f"{self.ralph.url}/statements"
        if method == "GET":
            found = requests.get(f"{url}?{query}", auth=READER, headers=HEADERS, timeout=20)
            return found.status_code, found.text
        self.bodies.append(body)
        made = json.loads(body)
        for statement in made if isinstance(made, list) else [made]:
            if session and (reason := self._reason(session, statement)):
                self.refused.append(reason)
                return 403, reason
        headers = {**HEADERS, "Content-Type": "application/json"}
        taken = requests.post(url, data=body.encode(), auth=READER, headers=headers, timeout=20)
        return taken.status_code, taken.text

    def _reason(self, session: Session, statement: dict[str, Any]) -> str:
        """Why cmi5 refuses a statement; empty if it does not."""
        verb = statement["verb"]["id"].removeprefix(ADL)
        context, result = statement["context"], statement.get("result", {})
        template = session.data["contextTemplate"]
        groups = [each["id"] for each in context["contextActivities"].get("category", [])]
        defined = f"{CMI5}/categories/cmi5" in groups
        before = [
            each["verb"]["id"].removeprefix(ADL)
            for each in self.kept
            if each["context"]["registration"] == session.registration
        ]
        rules = {
            "launch data and preferences first": session.asked >= {"LMS.LaunchData", "cmi5LearnerPreferences"},
            "initialized first": (verb == "initialized") == (not session.verbs),
            "nothing after terminated": "terminated" not in session.verbs,
            "actor": statement["actor"] == ACTOR,
            "registration": context["registration"] == session.registration,
            "session": context["extensions"][SESSION] == session.id,
            "grouping": context["contextActivities"]["grouping"] == template["contextActivities"]["grouping"],
            "categories of the template first": groups[:1] == [OWN_CATEGORY],
            "UTC": statement["timestamp"].endswith("Z"),
            "id": bool(uuid.UUID(statement["id"])),
        }
        if defined:
            verdict = verb in ("passed", "failed")
            rules |= {
                "verb": verb in ("initialized", "completed", "passed", "failed", "terminated"),
                "object": statement["object"]["id"] == ACTIVITY,
                "moveon": (f"{CMI5}/categories/moveon" in groups) == (verdict or verb == "completed"),
                "score": ("score" in result) == verdict,
                "success": result.get("success") == {"passed": True, "failed": False}.get(verb),
                "completion": result.get("completion") == {"completed": True}.get(verb),
                "duration": ("duration" in result) == (verb != "initialized"),
                "once": verb not in ("completed", "passed") or verb not in before,
                "once a session": verb == "answered" or verb not in session.verbs,
                "never failed after passed": verb != "failed" or "passed" not in before,
                "mode": session.data["launchMode"] == "Normal" or verb in ("initialized", "terminated"),
            }
            mastery = session.data.get("masteryScore")
            if verdict:
                rules["mastery named"] = context["extensions"].get(MASTERY) == mastery
                rules["mastery kept"] = mastery is None or (result["score"]["scaled"] >= mastery) == (verb == "passed")
        else:
            rules["allowed"] = verb == "answered" and session.data["launchMode"] == "Normal"
        wrong = [name for name, holds in rules.items() if not holds]
        if not wrong:
            session.verbs.append(verb)
        return f"{verb}: {', '.join(wrong)}" if wrong else ""


class _Store(http.server.BaseHTTPRequestHandler):
    lms: Lms

    def do_OPTIONS(self) -> None:
        self._send(204, "")

    def _take(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if self.lms.cut:
            self.lms.hear("cut", self.path)
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        self._send(*self.lms.answer(self.command, self.path, body, self.headers.get("Authorization", "")))

    do_GET = do_POST = do_PUT = _take

    def _send(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Access-Control-Allow-Origin", self.headers.get("Origin", "*"))
        self.send_header("Access-Control-Allow-Methods", "GET, POST, PUT")
        self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type, X-Experience-API-Version")
        self.send_header("Content-Type", "application/json")
        if status != 204:
            self.send_header("Content-Length", str(len(text.encode())))
        self.end_headers()
        if status != 204:
            self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class _Content(http.server.BaseHTTPRequestHandler):
    lms: Lms

    def do_GET(self) -> None:
        kind, _, rest = urlsplit(self.path).path.strip("/").partition("/")
        if kind == "lms":
            self._send(self.lms.frame.encode(), "text/html")
        elif kind == "return":
            self._send(b"<!doctype html><title>Back</title><p>Back in the LMS", "text/html")
        elif kind == "course" and rest in self.lms.files:
            self._send(self.lms.files[rest], TYPES[rest.rpartition(".")[2]])
        else:
            self._send(b"", "text/plain", 404)

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Permissions-Policy", "unload=()")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def hosting(files: dict[str, bytes], ralph: Ralph, module: str) -> Iterator[Lms]:
    """Serve one package in an LMS whose record store is Ralph; `module` is the AU's id."""
    lms = Lms(files, ralph, module)
    ralph.empty()
    handlers = [type("Handler", (each,), {"lms": lms}) for each in (_Content, _Store)]
    servers = [http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) for handler in handlers]
    for server in servers:
        threading.Thread(target=server.serve_forever, daemon=True).start()
    lms.url, lms.endpoint = (f"http://127.0.0.1:{server.server_port}/" for server in servers)
    lms.endpoint += "xapi/"
    yield lms
    for server in servers:
        server.shutdown()
        server.server_close()
    ralph.empty()


def opened(page: Page, lms: Lms, address: str) -> None:
    """The learner opens the launch's address inside the LMS's own page."""
    lms.frame = FRAME.format(address=address.replace("&", "&amp;"))
    page.goto(f"{lms.url}lms")


def leave(page: Page) -> None:
    """The learner closes the course; the LMS's own page stays."""
    page.evaluate("document.querySelector('#sco').src = 'about:blank'")
