"""A preview sees a save at once, and does not see what an editor writes beside it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from greensupply.plugin.quick import looking
from mkdocs.livereload import LiveReloadServer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

NAMES = ("modules/rinsing/en.md", "modules/rinsing/.en.md.swp", "mkdocs.yml", "beside.yml")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveReloadServer]:
    for name in NAMES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("old", encoding="utf-8")
    found = LiveReloadServer(builder=lambda: None, host="127.0.0.1", port=8000, root=str(tmp_path))
    found.watch(str(tmp_path / "mkdocs.yml"))
    yield found
    if found.observer.is_alive():
        found.observer.stop()
        found.observer.join()
    found.server_close()


def seen(server: LiveReloadServer, file: Path, *, wanted: bool) -> bool:
    """Whether the server wants to build after another text was saved."""
    server._want_rebuild = False
    file.write_text(file.read_text(encoding="utf-8") + " and new", encoding="utf-8")
    end = time.monotonic() + (20 if wanted else 3 * looking.INTERVAL)
    while not server._want_rebuild and time.monotonic() < end:
        time.sleep(looking.INTERVAL / 10)
    return server._want_rebuild


def test_what_was_watched_before_and_what_is_watched_later_is_seen(server, tmp_path):
    looking.begin(server)
    server.watch(str(tmp_path / "modules"))
    assert len(server.observer.emitters) == 2
    server.observer.start()
    while not all(vars(emitter).get("_seen") for emitter in server.observer.emitters):
        time.sleep(looking.INTERVAL / 10)

    assert seen(server, tmp_path / NAMES[0], wanted=True)
    assert not seen(server, tmp_path / NAMES[1], wanted=False)
    assert seen(server, tmp_path / NAMES[2], wanted=True)
    assert not seen(server, tmp_path / NAMES[3], wanted=False)
    (tmp_path / NAMES[0]).unlink()
    (tmp_path / "modules/rinsing/es.md").write_text("first", encoding="utf-8")
    assert seen(server, tmp_path / "modules/rinsing/es.md", wanted=True)


def test_a_server_that_looks_in_another_way_goes_on_doing_so(server, caplog):
    server.observer = other = BaseObserver(looking.Emitter)

    looking.begin(server)

    assert server.observer is other
    assert "A save is seen later than it could be" in caplog.text


def test_mkdocs_looks_as_is_known(server):
    assert type(server.observer) is PollingObserver
    assert [looking._path(emitter) for emitter in server.observer.emitters] == [str(Path(server.root) / "mkdocs.yml")]
