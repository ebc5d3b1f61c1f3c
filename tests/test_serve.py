"""`mkdocs serve`: a change of a module, a quiz or a string shows without a restart."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import configuration, project, text, write

WAIT = 60


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A small hub, served as an author serves it."""
    write(tmp_path, project())
    (tmp_path / "mkdocs.yml").write_text(configuration(tmp_path), encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    log = (tmp_path / "log").open("w")
    process = subprocess.Popen(command, cwd=tmp_path, stdout=log, stderr=subprocess.STDOUT)
    try:
        yield tmp_path, f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        process.wait(20)
        log.close()


def until(url: str, found: Callable[[str], bool]) -> str:
    """The page at `url` as soon as it is as wanted."""
    end = time.monotonic() + WAIT
    page = ""
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                page = answer.read().decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            page = ""
        if page and found(page):
            return page
        time.sleep(0.2)
    raise AssertionError(f"{url} did not become as wanted: {page[:500]}")


def test_a_saved_module_quiz_or_mistake_shows_at_once_and_mending_it_too(served):
    folder, url = served
    until(url + "es/modules/rinsing/", lambda page: "Por qué enjuagar" in page)

    spanish = folder / "modules/rinsing/es.md"
    spanish.write_text(text("es", body="Texto nuevo."), encoding="utf-8")
    until(url + "es/modules/rinsing/", lambda page: "Texto nuevo." in page)

    spanish.write_text(text("es").replace("Una prensa de lodos", "Un filtro prensa"), encoding="utf-8")
    until(url + "es/modules/rinsing/", lambda page: "Un filtro prensa" in page)

    spanish.write_text(text("es", body="<script>"), encoding="utf-8")
    end = time.monotonic() + WAIT
    while "es.md:11:1: raw HTML `<script>`" not in (folder / "log").read_text():
        assert time.monotonic() < end
        time.sleep(0.2)
    spanish.write_text(text("es", body="Corregido."), encoding="utf-8")
    until(url + "es/modules/rinsing/", lambda page: "Corregido." in page)
