"""How soon an author who saves a module sees its page anew in the preview, and whether the preview grows meanwhile.

Run `python benchmarks/serve.py`. It starts `mkdocs serve` on the made texts, saves one text after another, in turns of
languages, and asks for that page until it shows what was saved. Every fifth edit changes the module's minutes, which
the pages of all three languages show: the time until the first language has it and until all have it.
"""

from __future__ import annotations

import contextlib
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
import processes
import report
from corpus import LOCALES

HEADING = "## The preview"
HOMES = {"en": "", "es": "es/", "fr": "fr/"}
WAIT = 900
"""Seconds after which a page that does not come is given up."""
ASK_EVERY = 0.02
REST = 0.5
"""Seconds between a page that was seen and the next edit."""
WARM = 5
"""Edits after which memory is first looked at."""


@dataclass
class Edits:
    """What was measured of a preview.

    Attributes:
        start: Seconds until the first page.
        texts: Of each edited text, seconds until the page of its language shows it.
        facts: Of each change of facts, seconds until the first language's page and until all show it.
        memory: Megabytes of all processes together after each edit.
    """

    start: float = 0.0
    texts: list[float] = field(default_factory=list)
    facts: list[tuple[float, float]] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)


def main() -> None:
    """Edit and print."""
    options = report.options(__doc__)
    options.add_argument("--sizes", type=report.sizes, default=[100, 300], help="numbers of modules: 100,300")
    options.add_argument("--edits", type=int, default=50, help="edits in a row (50)")
    options.add_argument("--limit", type=float, default=180, help="seconds after which no other edit begins (180)")
    options.add_argument("--stock", type=int, default=3, help="edits of stock's preview, of the first size only (3)")
    chosen = options.parse_args()
    found: dict[str, Edits] = {}
    with TemporaryDirectory() as scratch:
        for size in chosen.sizes:
            sites = corpus.made(chosen.work or Path(scratch), size)
            found[f"{size}, ours"] = edited(sites, "ours", chosen.edits, chosen.limit)
            if size == chosen.sizes[0] and chosen.stock:
                found[f"{size}, stock"] = edited(sites, "stock", chosen.stock, chosen.limit)
    report.give(told(found, chosen.edits), chosen.into)


def edited(sites: corpus.Corpus, name: str, edits: int, limit: float) -> Edits:
    """Serve a site, and edit its first module again and again."""
    found = Edits()
    folder = sites.ours if name == "ours" else sites.stock
    with _serving(folder, f"modules/{corpus.FIRST}/") as (process, urls):
        began = time.perf_counter()
        _until(urls.values(), "<html", process)
        found.start = time.perf_counter() - began
        end = time.perf_counter() + limit
        for number in range(edits):
            if time.perf_counter() > end:
                break
            if name == "ours" and number % 5 == 4:
                save_minutes(sites, minutes := 5 + number % 50)
                seen = _until(urls.values(), shown(minutes), process)
                found.facts.append((min(seen), max(seen)))
            else:
                locale = LOCALES[number % len(LOCALES)]
                mark = f"Edit number {number}."
                save_text(text_of(sites, name, locale), mark)
                found.texts += _until([urls[locale]], re.escape(mark), process)
            found.memory.append(sum(now for now, _ in processes.memory(process.pid).values()))
            time.sleep(REST)
    return found


def told(found: dict[str, Edits], edits: int) -> str:
    """The section: how long, and what grows."""
    lines = [
        HEADING,
        "",
        f"`python benchmarks/serve.py`; {report.setting('mkdocs', 'mkdocs-static-i18n')}.",
        f"From saving a text of a module to its page in that language with what was saved, over up to {edits} edits in "
        "a row; what is waited for before a build begins (files are looked at now and then) is in it.",
        "*Facts* is a change of `module.yml`, which all languages show. *Memory* is of all processes of the preview, "
        f"after edit {WARM} and after the last.",
        "",
    ]
    head = ("Start, s", "Edits", "Median, s", "Slowest, s", "First ten, s", "Last ten, s", "Facts, first language, s")
    head = ("Modules, site", *head, "Facts, all, s", "Memory, MB", "at the end, MB")
    return "\n".join((*lines, *report.table(head, [[name, *_cells(each)] for name, each in found.items()]), ""))


def _cells(found: Edits) -> list[str]:
    def middle(values: Sequence[float]) -> str:
        return f"{statistics.median(values):.2f}" if values else ""

    memory = (found.memory[min(WARM, len(found.memory)) - 1], found.memory[-1]) if found.memory else ()
    return [
        f"{found.start:.1f}",
        str(len(found.texts) + len(found.facts)),
        middle(found.texts),
        f"{max(found.texts):.2f}" if found.texts else "",
        middle(found.texts[:10]),
        middle(found.texts[-10:]),
        middle([first for first, _ in found.facts]),
        middle([last for _, last in found.facts]),
        *(f"{each:,.0f}" for each in memory),
    ]


def shown(minutes: int) -> str:
    """The pattern of a module's time on its page, the same in each language."""
    return rf"<dd>{minutes}\s+min"


def text_of(sites: corpus.Corpus, name: str, locale: str) -> Path:
    """The file of the text that is edited."""
    if name == "ours":
        return sites.ours / "modules" / corpus.FIRST / f"{locale}.md"
    return sites.stock / "content" / locale / "modules" / corpus.FIRST / "index.md"


def save_text(file: Path, mark: str) -> None:
    """The mark as a paragraph of its own at the end of the text, in place of the last one."""
    text = re.sub(r"\nEdit number \d+\.\n\Z", "", file.read_text(encoding="utf-8"))
    file.write_text(f"{text}\n{mark}\n", encoding="utf-8")


def save_minutes(sites: corpus.Corpus, minutes: int) -> None:
    """Another time of study, which all languages show."""
    file = sites.ours / "modules" / corpus.FIRST / "module.yml"
    text = re.sub(r"^minutes: \d+$", f"minutes: {minutes}", file.read_text(encoding="utf-8"), flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8")


@contextlib.contextmanager
def _serving(folder: Path, place: str) -> Iterator[tuple[subprocess.Popen[bytes], dict[str, str]]]:
    """The preview of a site, and the address of a page in each language."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    order = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with (folder / "serve.log").open("wb") as log:
        settings = processes.environment()
        process = subprocess.Popen(order, cwd=folder, env=settings, stdout=log, stderr=log)  # noqa: S603 - our own
        try:
            yield process, {locale: f"http://127.0.0.1:{port}/{home}{place}" for locale, home in HOMES.items()}
        finally:
            process.terminate()
            process.wait(60)


def _until(urls: Iterable[str], wanted: str, process: subprocess.Popen[bytes]) -> list[float]:
    """Seconds until each page shows what is wanted."""
    began = time.perf_counter()
    waiting, found = list(urls), []
    while waiting:
        for url in list(waiting):
            with contextlib.suppress(urllib.error.URLError, ConnectionError, TimeoutError):
                with urllib.request.urlopen(url, timeout=WAIT) as answer:  # noqa: S310 - our own server
                    page = answer.read().decode()
                if re.search(wanted, page):
                    waiting.remove(url)
                    found.append(time.perf_counter() - began)
        if process.poll() is not None or time.perf_counter() - began > WAIT:
            raise SystemExit(f"The preview did not show {wanted!r}; its log is serve.log of the site's folder.")
        time.sleep(ASK_EVERY)
    return found


if __name__ == "__main__":
    main()
