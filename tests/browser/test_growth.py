"""What a visitor of a large hub downloads: the first view of a module, and the search, beside stock MkDocs.

The hub is the benchmark's corpus, modules of 1,600 words, built with 10 and with 25 of them; stock is the same Markdown
built by MkDocs with Material, its search and mkdocs-static-i18n. What 300 and 100 modules weigh is not built, which
takes minutes, but reckoned from the growth for each module between the two. The bytes are those of a host that
compresses with gzip: the server counts what it sends.
"""

from __future__ import annotations

import gzip
import http.server
import importlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, expect
from visiting import HOMES, LOCALES, ROOT

pytestmark = pytest.mark.browser
SMALL, LARGE = 10, 25
LANDMARK, GIANT = 100, 300
MOST_BYTES = 90 * 1024
MOST_REQUESTS = 8
MOST_GROWTH = 0.1
MOST_OF_STOCK = 0.33
MOST_OF_VERSIONS = 200
PAGES = ("module-003", "module-009")
TEXTS = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@dataclass(frozen=True)
class Sent:
    """One answer of the server: path from the site's root, status, bytes of its body as sent."""

    path: str
    status: int
    size: int


class Counting(http.server.BaseHTTPRequestHandler):
    """A plain host that compresses texts and notes what it sends."""

    folder: Path
    sent: list[Sent]

    def do_GET(self) -> None:
        path = urlsplit(self.path).path.lstrip("/")
        file = self.folder / (f"{path}index.html" if path.endswith("/") or not path else path)
        status = HTTPStatus.OK if file.is_file() else HTTPStatus.NOT_FOUND
        body = file.read_bytes() if file.is_file() else b""
        self.send_response(status)
        if file.suffix in TEXTS:
            assert "gzip" in self.headers["Accept-Encoding"]
            body = compressed(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Type", TEXTS.get(file.suffix, "application/octet-stream"))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.sent.append(Sent(path, status, len(body)))
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def compressed(body: bytes) -> bytes:
    """As hosts do it: zlib's usual level."""
    return gzip.compress(body, 6, mtime=0)


@dataclass
class Grown:
    """A hub of so many modules that is being served, and the same text built by stock MkDocs."""

    count: int
    url: str
    ours: Path
    stock: Path
    sent: list[Sent]

    def index(self, locale: str) -> int:
        """Compressed bytes of what the search of a language fetches of the pages."""
        return len(compressed((self.ours / f"search/{locale}.js").read_bytes()))

    def stock_index(self) -> int:
        """Compressed bytes of the search index of stock, of all languages; its pages fetch it at load."""
        return len(compressed((self.stock / "search/search_index.json").read_bytes()))


def built(folder: Path) -> Path:
    """Build the site in a folder, as `mkdocs build` does."""
    order = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    subprocess.run(order, check=True, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}, stderr=subprocess.DEVNULL)
    return folder / "site"


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Grown]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "benchmarks"))
        corpus = importlib.import_module("corpus")
    hubs, servers = {}, []
    for count in (SMALL, LARGE):
        made = corpus.make(tmp_path_factory.mktemp(f"modules-{count}"), count)
        site, sent = built(made.ours), list[Sent]()
        handler = type("Counting", (Counting,), {"folder": site, "sent": sent})
        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        hubs[count] = Grown(count, f"http://127.0.0.1:{servers[-1].server_port}/", site, built(made.stock), sent)
    yield hubs
    for server in servers:
        server.shutdown()
        server.server_close()


View = Callable[..., list[Sent]]


@pytest.fixture
def view(browser: Browser) -> View:
    """Open a page in a new profile, and give what was sent; the search comes when `search` says so.

    The service worker stays out: it begins after the page is loaded.
    """

    def run(hub: Grown, place: str, *, search: bool = False) -> list[Sent]:
        context = browser.new_context(viewport={"width": 360, "height": 800}, service_workers="block")
        page = context.new_page()
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(request.url))
        hub.sent.clear()
        page.goto(hub.url + place, wait_until="networkidle")
        if search:
            hub.sent.clear()
            page.keyboard.press("Control+k")
            expect(page.locator("site-search")).to_have_attribute("data-state", "ready")
        sent = list(hub.sent)
        context.close()
        assert failed == []
        assert {each.status for each in sent} == {HTTPStatus.OK}
        return sent

    return run


def at(count: int, small: float, large: float) -> float:
    """What a hub of `count` modules weighs, if each weighs what each did from the small to the large one."""
    return small + (large - small) / (LARGE - SMALL) * (count - SMALL)


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_view_of_a_module_weighs_the_same_in_a_hub_of_three_hundred(grown, view, locale):
    for name in PAGES:
        weights = []
        for hub in grown.values():
            sent = view(hub, f"{HOMES[locale]}modules/{name}/")
            assert len(sent) <= MOST_REQUESTS, sent
            weights.append(sum(each.size for each in sent if "/figures/" not in each.path))
            assert weights[-1] <= MOST_BYTES, sent
        giant = at(GIANT, *weights)
        assert giant <= MOST_BYTES
        assert abs(giant - weights[0]) <= MOST_GROWTH * weights[0], weights


@pytest.mark.parametrize("locale", LOCALES)
def test_the_search_fetches_a_third_of_stocks_index_in_the_readers_language_when_it_is_opened(grown, view, locale):
    for hub in grown.values():
        sent = view(hub, f"{HOMES[locale]}modules/{PAGES[0]}/", search=True)
        parts = {each.path: each.size for each in sent}
        assert sorted(parts) == [
            "assets/greensupply/search.css",
            "assets/greensupply/search.js",
            "assets/offline/versions.json",
            f"search/{locale}.js",
        ]
        assert parts["assets/offline/versions.json"] <= MOST_OF_VERSIONS
        assert parts[f"search/{locale}.js"] == hub.index(locale)
    ours = at(LANDMARK, *(hub.index(locale) for hub in grown.values()))
    stock = at(LANDMARK, *(hub.stock_index() for hub in grown.values()))

    assert ours <= MOST_OF_STOCK * stock, (ours, stock)


@pytest.mark.parametrize("scripted", [True, False])
@pytest.mark.parametrize("locale", LOCALES)
def test_all_modules_are_one_link_of_the_menu_away_by_keyboard_with_and_without_script(
    grown, browser, locale, scripted
):
    hub, home = grown[LARGE], HOMES[locale]
    context = browser.new_context(
        viewport={"width": 360, "height": 800},
        java_script_enabled=scripted,
        service_workers="block",
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.goto(f"{hub.url}{home}modules/module-015/")
    page.locator(".gs-menu-button" if scripted else ".gs-menu-link").press("Enter")
    link = page.locator(f".gs-nav a:has-text('({LARGE})')")
    expect(page.locator(".gs-nav a[href*='module-0'], .gs-nav [aria-current]")).to_have_count(12)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(f".gs-nav a:focus:has-text('({LARGE})')").count():
            break
    expect(link).to_be_focused()
    with page.expect_navigation():
        page.keyboard.press("Enter")

    assert page.url == f"{hub.url}{home}#gs-modules"
    expect(page.locator("#gs-modules")).to_be_in_viewport()
    assert page.locator("section[aria-labelledby=gs-modules] h3 a").count() == LARGE
    context.close()
