"""An LMS of these tests: scorm-again, an independent SCORM runtime, around a package in a frame.

What the LMS keeps between two sessions is what scorm-again sent to its server, and comes back by the rules of each
version: in SCORM 2004 only after an exit `suspend`. Every call that the package makes is written down.
"""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import FrameLocator, Page
from visiting import ROOT

RUNTIME = ROOT / "tests" / "vendor" / "scorm-again-3.4.3"
NAMES = {"scorm12": ("Scorm12API", "API"), "scorm2004": ("Scorm2004API", "API_1484_11")}
TYPES = {"html": "text/html", "js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "xml": "text/xml"}
FRAME = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>LMS</title><link rel="icon" href="data:,">
<style>html, body {{ block-size: 100%; margin: 0 }} iframe {{ display: block; inline-size: 100%; block-size: 100%; border: 0 }}</style>
</head><body>{runtime}<iframe id="sco" title="Course" src="{start}"></iframe></body></html>"""
WITH_API = """<script src="/runtime/{name}.min.js"></script><script>
const runtime = new {constructor}({{lmsCommitUrl: '/commit', logLevel: 'NONE', autocommit: false}})
runtime.loadFromJSON({data})
window.calls = []
window.{api} = new Proxy({{}}, {{get: (_, name) => (...values) => {{
  const result = runtime[name](...values)
  calls.push([name, ...values, result])
  return result
}}}})
</script>"""


def files(folder: Path) -> dict[str, bytes]:
    """What of a folder an LMS can serve, by path."""
    found = (file for file in folder.rglob("*") if file.suffix[1:] in TYPES)
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in found}


class Lms:
    """One learner's enrolment in one package."""

    def __init__(self, version: str, files: dict[str, bytes]) -> None:
        self.version, self.files = version, files
        self.url = ""
        self.start = "/course/index.html"
        self.mode, self.language, self.mastery = "", "", ""
        self.refusing = False
        self.has_api = True
        self.commits: list[dict[str, Any]] = []
        self._changed = threading.Condition()

    @property
    def kept(self) -> dict[str, Any]:
        """What arrived last; empty before anything did."""
        return self.commits[-1] if self.commits else {}

    def take(self, body: bytes) -> bool:
        """Something arrives; is it taken?"""
        with self._changed:
            if not self.refusing:
                self.commits.append(json.loads(body)["cmi"])
            self._changed.notify_all()
            return not self.refusing

    def wait(self, commits: int) -> None:
        """Until so many have arrived."""
        with self._changed:
            assert self._changed.wait_for(lambda: len(self.commits) >= commits, timeout=15), self.commits

    def frame(self) -> str:
        """The page that the learner opens."""
        if not self.has_api:
            return FRAME.format(runtime="", start=self.start)
        constructor, api = NAMES[self.version]
        data = json.dumps(self._data12() if self.version == "scorm12" else self._data2004())
        runtime = WITH_API.format(name=self.version, constructor=constructor, api=api, data=data)
        return FRAME.format(runtime=runtime, start=self.start)

    def _data12(self) -> dict[str, Any]:
        core = self.kept.get("core", {})
        resumed = {name: core[name] for name in ("lesson_status", "lesson_location") if core.get(name)}
        if core.get("score", {}).get("raw"):
            resumed["score"] = {name: core["score"][name] for name in ("raw", "min", "max")}
        entry = "resume" if core.get("exit") == "suspend" else "" if core else "ab-initio"
        mode = {"lesson_mode": self.mode} if self.mode else {}
        return {
            "core": {
                "student_id": "4711",
                "student_name": "Pérez, Ana",
                "credit": "credit",
                "entry": entry,
                **mode,
                **resumed,
            },
            "suspend_data": self.kept.get("suspend_data", ""),
            "student_data": {"mastery_score": self.mastery},
            "student_preference": {"language": self.language},
        }

    def _data2004(self) -> dict[str, Any]:
        kept = self.kept if self.kept.get("exit") == "suspend" else {}
        names = ("location", "suspend_data", "completion_status", "success_status", "score", "interactions")
        resumed = {name: kept[name] for name in names if kept.get(name)}
        mode = {"mode": self.mode} if self.mode else {}
        return {
            "learner_id": "4711",
            "learner_name": "Pérez, Ana",
            "credit": "credit",
            "entry": "resume" if kept else "ab-initio",
            "scaled_passing_score": self.mastery,
            "learner_preference": {"language": self.language},
            **mode,
            **resumed,
        }


class _Handler(http.server.BaseHTTPRequestHandler):
    lms: Lms

    def do_GET(self) -> None:
        kind, _, rest = self.path.partition("?")[0].strip("/").partition("/")
        if kind == "lms":
            self._send(self.lms.frame().encode(), "text/html")
        elif kind == "runtime":
            self._send((RUNTIME / rest).read_bytes(), "text/javascript")
        elif kind == "course" and rest in self.lms.files:
            self._send(self.lms.files[rest], TYPES[rest.rpartition(".")[2]])
        else:
            self._send(b"", "text/plain", 404)

    def do_POST(self) -> None:
        taken = self.lms.take(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {"result": taken, "errorCode": 0 if taken else 391}
        self._send(json.dumps(answer).encode(), "application/json")

    def _send(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Permissions-Policy", "unload=()")  # as Moodle sets it; Chromium blocks `unload` then
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def hosting(version: str, files: dict[str, bytes]) -> Iterator[Lms]:
    """Serve one package in an LMS."""
    lms = Lms(version, files)
    handler = type("Handler", (_Handler,), {"lms": lms})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        lms.url = f"http://127.0.0.1:{server.server_port}/"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield lms
        server.shutdown()


def sco(page: Page) -> FrameLocator:
    return page.frame_locator("#sco")


def calls(page: Page) -> list[list[Any]]:
    """Every call since the session began: name, values, result."""
    return list(page.evaluate("window.calls"))


def leave(page: Page) -> None:
    """The learner closes the course; the LMS's own page stays."""
    page.evaluate("document.querySelector('#sco').src = 'about:blank'")
    page.wait_for_function("calls.some(([name]) => name === 'LMSFinish' || name === 'Terminate')")


def answer(page: Page, identifier: str, *, right: bool) -> None:
    """Answer a question in the frame, in its own way, and have it checked."""
    frame = sco(page)
    question = frame.locator(f'quiz-question[data-id="{identifier}"]')
    question.locator('[data-do="check"]').wait_for()
    key = json.loads(question.get_attribute("data-key") or "")
    if key["type"] == "numeric":
        question.locator("input").fill(key["answer"] if right else "1")
    elif key["type"] == "matching":
        for place, select in enumerate(question.locator("select").all()):
            select.select_option(str(place if right else key["count"] - 1 - place))
    elif key["type"] == "ordering":
        _order(question, range(key["count"]) if right else reversed(range(key["count"])))
    else:
        count = question.locator("input").count()
        chosen = key["right"] if right else [next(place for place in range(count) if place not in key["right"])]
        for place in range(count):
            field = question.locator(f'input[value="{place}"]')
            if place in chosen or key["type"] == "multiple":
                field.set_checked(place in chosen)
    question.locator('[data-do="check"]').click()
    frame.locator(f'quiz-question[data-id="{identifier}"][data-state="{"right" if right else "wrong"}"]').wait_for()


def _order(question: Any, wanted: Any) -> None:
    for place, index in enumerate(wanted):
        line = question.locator(f'li[data-index="{index}"]')
        for _ in range(20):
            now = question.locator("ol.order > li").evaluate_all(
                "lines => lines.map(line => Number(line.dataset.index))"
            )
            if now.index(index) == place:
                break
            line.locator('[data-do="up"]').click()
