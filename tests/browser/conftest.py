"""The hub as its visitors get it: built once, served under a sub-path, opened in the system's Chromium."""

from __future__ import annotations

import functools
import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from install import find
from playwright.sync_api import Browser, Request, sync_playwright
from visiting import PREFIX, ROOT, Handler, Hub, Visit, third_party

ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


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
    server.server_close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find()
    if executable is None:
        pytest.fail("No Chromium here; `make test` installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


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
        page.on("requestfailed", lambda request: _failed(request, new.faults))
        page.on("request", lambda request: third_party(request.url, hub.url, new.faults))
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


def _failed(request: Request, faults: list[str]) -> None:
    """A request that the visitor cut short by leaving the page is no fault."""
    if request.failure != "net::ERR_ABORTED":
        faults.append(f"failed: {request.url}")
