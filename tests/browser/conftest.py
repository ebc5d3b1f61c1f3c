"""The hub as its visitors get it: built once, served under a sub-path, opened in the system's Chromium."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from install import find
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
PREFIX = "/hub/"
AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
LOCALES = ("en", "es", "fr")
HOMES = {"en": "", "es": "es/", "fr": "fr/"}
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site below `PREFIX` only, and its own 404 page."""

    def translate_path(self, path: str) -> str:
        bare = urlsplit(path).path
        return (
            super().translate_path(path[len(PREFIX) - 1 :]) if bare.startswith(PREFIX) else str(ROOT / "no-such-file")
        )

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        if code != 404:
            super().send_error(code, message, explain)
            return
        body = (Path(self.directory) / "404.html").read_bytes()
        self.send_response(404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class Hub:
    """The built hub and where it is served."""

    folder: Path
    url: str

    def pages(self) -> list[str]:
        """Every page, by its address from the site's root: `es/modules/p2-into-lean/`."""
        found = sorted(file.parent.relative_to(self.folder).as_posix() for file in self.folder.rglob("index.html"))
        return ["" if place == "." else f"{place}/" for place in found]

    def modules(self, locale: str) -> list[str]:
        """Module pages of a language."""
        return [place for place in self.pages() if place.startswith(f"{HOMES[locale]}modules/")]


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    folder = tmp_path_factory.mktemp("site")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    url = f"http://127.0.0.1:{server.server_port}{PREFIX}"
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "GREENSUPPLY_SITE_URL": url},
        check=True,
    )
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Hub(folder, url)
    server.shutdown()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find()
    if executable is None:
        pytest.fail("No Chromium here; `make test` installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


@dataclass
class Visit:
    """One visitor's browser, and everything that went wrong in it."""

    context: BrowserContext
    page: Page
    url: str
    faults: list[str] = field(default_factory=list)

    def open(self, place: str) -> Page:
        """Open a page by its address from the site's root."""
        self.page.goto(self.url + place, wait_until="load")
        return self.page

    def axe(self) -> list[str]:
        """Violations of WCAG 2.0 to 2.2 A and AA and of best practices, one line each."""
        self.page.evaluate(AXE)
        tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
        run = "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})"
        found = self.page.evaluate(run, tags)
        return [
            f"{violation['id']}: {node['target']} {node['failureSummary'][:300]}"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]


@pytest.fixture
def visit(browser: Browser, hub: Hub) -> Iterator[Callable[..., Visit]]:
    """Open a new browser profile; options are those of Playwright's `new_context`. No fault may be left at the end."""
    visits: list[Visit] = []

    def begin(width: int = 1280, height: int = 800, **options: Any) -> Visit:
        context = browser.new_context(
            viewport={"width": width, "height": height}, bypass_csp=False, reduced_motion="reduce", **options
        )
        context.set_default_timeout(10_000)
        # axe is put in by the test, past the page's own policy: `evaluate` runs outside of it
        page = context.new_page()
        new = Visit(context, page, hub.url)
        page.on(
            "console", lambda message: new.faults.append(message.text) if message.type in {"error", "warning"} else None
        )
        page.on("pageerror", lambda error: new.faults.append(f"uncaught: {error}"))
        page.on("requestfailed", lambda request: new.faults.append(f"failed: {request.url}"))
        page.on("request", lambda request: _third_party(request.url, hub.url, new.faults))
        page.on(
            "response",
            lambda answer: new.faults.append(f"{answer.status}: {answer.url}") if answer.status >= 400 else None,
        )
        visits.append(new)
        return new

    yield begin
    for new in visits:
        faults = list(new.faults)
        new.context.close()
        assert faults == []


def _third_party(url: str, home: str, faults: list[str]) -> None:
    if not url.startswith((home, "data:", "blob:")):
        faults.append(f"third party: {url}")
