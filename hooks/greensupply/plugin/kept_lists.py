"""The lists of files that a language needs without network, with what the last build knew of the files.

A list is what it was if the site has the same files, and none of those on the list was touched. Else only files that
were touched are read again.
"""

from __future__ import annotations

import hashlib
import json
import os
import posixpath
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from greensupply import identity
from greensupply.identity import Identity
from greensupply.kept_pack import Pack
from greensupply.offline import contents
from greensupply.offline.contents import Known


def made(site: Path, store: Pack, read: Mapping[str, list[str]]) -> dict[str, str]:
    """Return what `contents.lists` says of a site.

    Arguments:
        site: Its folder.
        store: Keeps what is known of the files.
        read: The digests of files that were read when they were written, and the addresses in them.
    """
    try:
        states = dict(identity.walk(str(site)))
    except identity.StrangeError:
        return contents.lists(site)
    known = _Lists(site, store, states, read)
    return contents.lists(site, known.file, known.list, states)


class _Lists:
    def __init__(self, site: Path, store: Pack, states: Mapping[str, Identity], read: Mapping[str, list[str]]) -> None:
        self._site, self._store, self._states, self._read = site, store, states, read
        self._paths = hashlib.sha256("\n".join(sorted(states)).encode()).hexdigest()
        self._before: dict[str, Any] = {}
        self._now: dict[str, tuple[Any, ...]] = {}

    def list(self, locale: str, make: Callable[[], str]) -> str:
        """The list of a language, as `make` returns it."""
        key = "list", os.path.abspath(self._site), locale
        found = self._store.find(key)
        paths, text, files = json.loads(found) if found else ("", "", {})
        if paths == self._paths and all(tuple(file[0]) == self._states[path] for path, file in files.items()):
            return str(text)
        self._before.update(files)
        text = make()
        files = {path: (self._states[path], *self._now[path]) for path, *_ in json.loads(text)}
        self._store.keep(key, json.dumps((self._paths, text, files)).encode())
        return text

    def file(self, path: str) -> Known:
        """What is known of a file."""
        state, *known = self._before.get(path, [(), "", 0, ()])
        if tuple(state) != self._states[path]:
            data = (self._site / path).read_bytes()
            mark = contents.digest(data)
            if mark != known[0]:
                addresses = self._read.get(mark)
                if addresses is None:
                    addresses = sorted(contents.addresses(posixpath.splitext(path)[1], data))
                known = [mark, len(data), contents.goals(path, addresses)]
        self._now[path] = tuple(known)
        return Known(*known)
