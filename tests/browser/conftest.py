"""The hub as its visitors get it: built once, served under a sub-path, opened in the system's Chromium."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import learning
import package_builders
import pytest
import recording
import sheets
from bench import opening, serving_components
from builders import configuration
from hosting import serving, shared
from hub_plugins import plugins
from install import find
from playwright.sync_api import Browser, ConsoleMessage, Request, expect, sync_playwright
from record_faults import Store, door
from record_store import Ralph
from visiting import ROOT, Hub, Visit, third_party

expect.set_options(timeout=15_000)  # a busy machine needs more than the usual five seconds
UNUSED = (
    "WebUIOmniboxPopup",  # a page of its own below the address line of each window: half of the processor's time
    "WebUIOmniboxAimPopup",
    "SpareRendererForSitePerProcess",
    # the last such list counts, so that of Playwright 1.65 stands here again
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
)
"""Of the browser."""
ARGUMENTS = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(UNUSED)}",
]


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """The whole hub."""

    def build(folder: Path, url: str) -> None:
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder / "site")]
        subprocess.run(command, cwd=ROOT, env={**os.environ, "GREENSUPPLY_SITE_URL": url}, check=True)

    return shared(tmp_path_factory, "hub", build)


@pytest.fixture(scope="session")
def lrs(ralph: Ralph) -> Iterator[Store]:
    """A real record store, behind a door that can fail."""
    with door(ralph) as store:
        yield store


@pytest.fixture(scope="session")
def recording_hub(tmp_path_factory: pytest.TempPathFactory, lrs: Store) -> Iterator[Hub]:
    """A hub of two small modules that sends records to `lrs`."""
    folder = tmp_path_factory.mktemp("recording")
    with serving(folder / "site") as url:
        recording.build(folder, url, lrs.url)
        yield Hub(folder / "site", url)


@pytest.fixture(scope="session")
def learning_hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A hub of three small modules, to learn in."""
    return shared(tmp_path_factory, "learning", learning.build)


@pytest.fixture(scope="session")
def rinsing_hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """The module of `package_builders` on a hub's own pages."""

    def build(folder: Path, url: str) -> None:
        package_builders.hub(folder)
        settings = configuration(folder, plugins=plugins(folder))
        (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
        subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=folder, check=True)

    return shared(tmp_path_factory, "rinsing", build)


@pytest.fixture(scope="session")
def bench() -> Iterator[str]:
    """Address of a server of components, each on a page of its own."""
    with serving_components() as url:
        yield url


@pytest.fixture(scope="module")
def tab(request: pytest.FixtureRequest, browser: Browser, bench: str) -> Iterator[sheets.Tab]:
    """One tab for the calculator that the test's file is about, its `TAG`."""
    with sheets.tab(browser, bench, request.module.TAG) as tab:
        yield tab


@pytest.fixture
def sheet(tab: sheets.Tab) -> Iterator[Callable[..., Visit]]:
    """Opens the calculator in that tab, with nothing kept from the test before."""
    yield from sheets.opened(tab)


@pytest.fixture
def profile(request: pytest.FixtureRequest, browser: Browser, bench: str) -> Iterator[Callable[..., Visit]]:
    """Opens the calculator in a browser profile of its own."""
    with opening(browser, bench, request.module.TAG) as begin:
        yield begin


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = find()
    if executable is None:
        pytest.fail("No Chromium here; `make test` installs it.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield browser
        browser.close()


def _told(message: ConsoleMessage, faults: list[str]) -> None:
    """A warning or an error in the console is a fault, but for the words of the browser that we drive."""
    if message.type in {"error", "warning"} and message.text != "Service Worker registration blocked by Playwright":
        faults.append(message.text)


@pytest.fixture
def visit(browser: Browser, hub: Hub) -> Iterator[Callable[..., Visit]]:
    """Open a new browser profile; options are those of Playwright's `new_context`. No fault may be left at the end.

    The site's service worker stays out unless a test wants it: it would fetch the whole language in every profile.
    """
    visits: list[Visit] = []

    def begin(width: int = 1280, height: int = 800, **options: Any) -> Visit:
        settings: dict[str, Any] = {"reduced_motion": "reduce", "service_workers": "block", **options}
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        context.set_default_timeout(30_000)
        # axe is put in by the test, past the page's own policy: `evaluate` runs outside of it
        page = context.new_page()
        new = Visit(context, page, hub.url)
        page.on("console", lambda message: _told(message, new.faults))
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


@pytest.fixture
def learner(visit: Callable[..., Visit], lrs: Store) -> Iterator[Callable[..., Visit]]:
    """A visitor whose page may ask the record store, which may fail: both are no fault of the page."""
    visits: list[Visit] = []

    def begin(*arguments: Any, **options: Any) -> Visit:
        visits.append(visit(*arguments, **options))
        return visits[-1]

    lrs.reset()
    yield begin
    lrs.reset()
    for new in visits:
        new.faults[:] = [fault for fault in new.faults if lrs.url not in fault and "Failed to load" not in fault]


def _failed(request: Request, faults: list[str]) -> None:
    """A request that the visitor cut short by leaving the page is no fault."""
    if request.failure != "net::ERR_ABORTED":
        faults.append(f"failed: {request.url}")
