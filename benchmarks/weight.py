"""What the first view of a module page weighs, ours beside stock's, and the search's words of each language.

Run `python benchmarks/weight.py`. The built sites are served here and opened in a fresh profile of the system's
Chromium; what the server was asked for until the network is still is counted, gzipped as a host would send it.
Figures are left out. Without Playwright or Chromium only the files are weighed.
"""

from __future__ import annotations

import contextlib
import functools
import gzip
import http.server
import re
import shutil
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal
from urllib.parse import urlsplit

import corpus
import processes
import report
from corpus import LOCALES

HEADING = "## What a page weighs"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
KINDS = {"HTML": (".html",), "CSS": (".css",), "JS": (".js",)}
SEARCHED = re.compile(r"/search/(\w+\.js|search_index\.json)$")
"""The words of the search; the search's own scripts are scripts."""

QUIET = 2.0
"""Seconds without a request after which nothing more is expected in the background."""


@dataclass
class Weight:
    """Of one first view: path and bytes of each answer, paths without one, how many requests went to other hosts, bytes
    of navigation, and bytes that came later for use without network.
    """

    sent: list[tuple[str, int]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    elsewhere: int = 0
    navigation: int = 0
    later: int = 0


Opener = Callable[[str, Weight, Literal["allow", "block"]], None]
"""Opens an address in a fresh profile, with or without a service worker, and notes what other hosts are asked."""


def main() -> None:
    """Weigh and print."""
    options = report.options(__doc__)
    options.add_argument("--sizes", type=report.sizes, default=[10, 100, 300], help="numbers of modules: 10,100,300")
    chosen = options.parse_args()
    views: dict[str, Weight] = {}
    indexes: dict[str, Mapping[str, int]] = {}
    with TemporaryDirectory() as scratch, _browser() as opened:
        for size in chosen.sizes:
            sites = corpus.made(chosen.work or Path(scratch), size)
            for name, folder in (("ours", sites.ours), ("stock", sites.stock)):
                if not (folder / "site").is_dir():
                    processes.run(processes.mkdocs(folder))
                indexes[f"{size}, {name}"] = words(folder / "site")
                if opened:
                    views[f"{size}, {name}"] = view(opened, folder / "site")
    report.give(told(views, indexes), chosen.into)


def packed(data: bytes) -> int:
    """Bytes of a file as a host that compresses sends it."""
    return min(len(data), len(gzip.compress(data, 9, mtime=0)))


def words(site: Path) -> dict[str, int]:
    """Language -> bytes of the words that its search fetches; one file for all languages counts for each."""
    shared = site / "search" / "search_index.json"
    files = {locale: site / "search" / f"{locale}.js" for locale in LOCALES}
    found = {locale: shared if shared.exists() else file for locale, file in files.items()}
    return {locale: packed(file.read_bytes()) for locale, file in found.items() if file.exists()}


def navigation(html: str) -> int:
    """Bytes of a page's `nav` elements, an inner one as part of the outer one."""
    parser = _Navigation(convert_charrefs=False)
    parser.feed(html)
    starts = list(accumulate((len(line) + 1 for line in html.split("\n")), initial=0))
    ends = [starts[line - 1] + column for line, column in parser.found]
    return sum(len(html[begin:end].encode()) for begin, end in zip(ends[::2], ends[1::2], strict=False))


class _Navigation(HTMLParser):
    """Line and column where each outermost `nav` begins and ends."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.found: list[tuple[int, int]] = []
        self._depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002 - as the parser calls it
        """One deeper."""
        if tag == "nav":
            self.found += [self.getpos()] if self._depth == 0 else []
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        """One less deep."""
        if tag == "nav":
            self._depth -= 1
            self.found += [self.getpos()] if self._depth == 0 else []


def view(opened: Opener, site: Path) -> Weight:
    """Open a module's page and return what was sent for it, and what more in the background."""
    weight, later = Weight(), Weight()
    place = f"modules/{corpus.FIRST}/"
    with _serving(site, weight) as url:
        opened(f"{url}{place}", weight, "block")
    with _serving(site, later) as url:
        opened(f"{url}{place}", later, "allow")
    weight.later = sum(size for _, size in later.sent) - sum(size for _, size in weight.sent)
    weight.navigation = navigation((site / place / "index.html").read_text(encoding="utf-8"))
    return weight


@contextlib.contextmanager
def _serving(site: Path, weight: Weight) -> Iterator[str]:
    """Serve a site and note what is asked for."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def send_head(self) -> Any:
            path = urlsplit(self.path).path
            file = Path(self.translate_path(path))
            file = file / "index.html" if file.is_dir() else file
            if file.is_file():
                weight.sent.append((file.relative_to(site).as_posix(), packed(file.read_bytes())))
            else:
                weight.failed.append(path)
            return super().send_head()

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(site))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@contextlib.contextmanager
def _browser() -> Iterator[Opener | None]:
    """What opens a page; nothing where there is no browser to drive."""
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    try:
        from playwright.sync_api import Request, Route, sync_playwright
    except ImportError:
        program = None
    if program is None:
        yield None
        return
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)

        def opened(url: str, weight: Weight, workers: Literal["allow", "block"]) -> None:
            home = url.partition("/modules/")[0]

            def elsewhere(route: Route, request: Request) -> None:  # noqa: ARG001 - as Playwright calls it
                weight.elsewhere += 1
                route.abort()

            context = chromium.new_context(service_workers=workers, viewport={"width": 360, "height": 800})
            context.route(lambda asked: asked.startswith("http") and not asked.startswith(home), elsewhere)
            page = context.new_page()
            page.goto(url, wait_until="networkidle")
            before = -1
            while workers == "allow" and before < len(weight.sent):
                before = len(weight.sent)
                page.wait_for_timeout(QUIET * 1000)
            context.close()

        yield opened
        chromium.close()


def told(views: Mapping[str, Weight], indexes: Mapping[str, Mapping[str, int]]) -> str:
    """The section: the first view, and the search's words."""
    lines = [
        HEADING,
        "",
        f"`python benchmarks/weight.py`; {report.setting('mkdocs-material', 'playwright')}.",
        "The first view of a module's page by a new visitor on a phone, until the network is still; KiB, each file "
        "gzipped at level 9, figures left out.",
        "*Navigation* is of the page's HTML, before compression. *Other hosts* were asked but not answered here, so "
        "what they would send is not in the sum. *Later* is what a service worker fetches in the background after the "
        "first view, so that the language works without network.",
        "",
    ]
    if views:
        head = (
            *KINDS,
            "search words",
            "other",
            "all, KiB",
            "requests",
            "failed",
            "other hosts",
            "navigation, KiB",
            "later, KiB",
        )
        lines += report.table(("Modules, site", *head), [[name, *_cells(weight)] for name, weight in views.items()])
    else:
        lines += ["The first view is left out: no Playwright or no Chromium here (`make test` installs both)."]
    lines += ["", "The search's words, KiB gzipped, when they are fetched:", ""]
    cells = [
        [
            name,
            *(f"{index[locale] / 1024:,.0f}" if locale in index else "" for locale in LOCALES),
            _beside(name, indexes),
        ]
        for name, index in indexes.items()
    ]
    lines += report.table(("Modules, site", *LOCALES, "largest of stock's"), cells)
    return "\n".join((*lines, ""))


def _cells(weight: Weight) -> list[str]:
    sums = dict.fromkeys((*KINDS, "search words", "other"), 0)
    counted = [(path, size) for path, size in weight.sent if "/figures/" not in path]
    for path, size in counted:
        kind = next((kind for kind, suffixes in KINDS.items() if path.endswith(suffixes)), "other")
        sums["search words" if SEARCHED.search(f"/{path}") else kind] += size
    whole = [f"{size / 1024:,.1f}" for size in (*sums.values(), sum(sums.values()))]
    requests = len(counted) + len(weight.failed) + weight.elsewhere
    later = [f"{size / 1024:,.1f}" for size in (weight.navigation, weight.later)]
    return [*whole, *map(str, (requests, len(weight.failed), weight.elsewhere)), *later]


def _beside(name: str, indexes: Mapping[str, Mapping[str, int]]) -> str:
    size, _, site = name.partition(", ")
    stock = indexes.get(f"{size}, stock")
    return f"{max(indexes[name].values()) / max(stock.values()):.2f}" if site == "ours" and stock else ""


if __name__ == "__main__":
    main()
