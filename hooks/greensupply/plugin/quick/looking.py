"""Looks at files at short intervals, so that a save is seen at once.

MkDocs' server looks twice a second, in a way that takes long where there are many files. Ours looks as often as it can
in the same share of a processor's time, and says nothing of an editor's own files.
"""

from __future__ import annotations

import logging
import time
from contextlib import suppress

from mkdocs.livereload import LiveReloadServer
from watchdog.events import FileModifiedEvent
from watchdog.observers.api import BaseObserver, EventEmitter
from watchdog.observers.polling import PollingObserver

from greensupply.plugin.quick import files

log = logging.getLogger("mkdocs.plugins.greensupply")

INTERVAL, LONGEST = 0.1, 0.5
"""Seconds between two looks at a folder, at least and at most: a look may happen to tidy Python's memory up as well."""
SHARE = 0.06
"""Of a processor's time, at most, for a folder: what MkDocs takes for a thousand files."""


class Emitter(EventEmitter):
    """Looks at what lies at or below one path."""

    _seen: files.Look

    def on_thread_start(self) -> None:
        """Remember what is there."""
        self._seen = files.look([_path(self)])

    def queue_events(self, timeout: float) -> None:
        """Look, tell what has changed, and wait for the next look."""
        began = time.thread_time()
        with suppress(OSError):  # a disk that does not answer may do so the next time
            now = files.look([_path(self)])
            for path, part in files.changes(self._seen, now).items():
                if part:
                    self.queue_event(FileModifiedEvent(path))
            self._seen = now
        self.stopped_event.wait(max(timeout, min(LONGEST, (time.thread_time() - began) / SHARE)))


def begin(server: LiveReloadServer) -> list[str]:
    """Let the server look in our way at all that it watches and will watch; before it looks for the first time.

    Returns:
        What it watches; nothing where it goes on looking in its own way.
    """
    if not isinstance(server.observer, PollingObserver):
        log.warning("A save is seen later than it could be: MkDocs does not look at files as in 1.6.")
        return []
    paths = [_path(emitter) for emitter in server.observer.emitters]
    for path in paths:
        server.unwatch(path)
    server.observer = BaseObserver(Emitter, timeout=INTERVAL)  # type: ignore[assignment]
    for path in paths:
        server.watch(path)
    return paths


def _path(emitter: EventEmitter) -> str:
    """What was asked for: of a single file, watchdog 7 calls the folder the path."""
    return str(getattr(emitter.watch, "raw_path", emitter.watch.path))
