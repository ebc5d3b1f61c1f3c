"""Many entries in one file, kept from one build to the next: a thousand files take longer to open than to read.

Each entry is found by a digest of all that it is made from, and of the program. It counts only when its own digest fits
its name and its bytes: so one that is damaged, cut off, or under the wrong name is noticed, and made anew. That guards
against accidents, not against malice: whoever can write here can write the program too. The file comes to its place in
one step, so of two builds at once the later one's is kept, whole.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile

from greensupply import kept

FOLDER = ".cache/greensupply/packs"
"""Where the packs of a project lie, from its root."""
_HEAD = 80
"""Bytes before the index: its digest, and its length."""


@cache
def at(folder: Path, name: str, first: str = "") -> Pack:
    """The pack of that name in a folder, the same object throughout a build; it begins with what `first` holds."""
    return Pack(folder / f"{name}.pack", folder / f"{first or name}.pack")


class Pack:
    """Entries in a file, which is read when the first is asked for and written by `save`; without one, none is kept.

    `save` lets go of them: a preview, which lives on, would hold every page a second time.
    """

    def __init__(self, file: Path | None, first: Path | None = None) -> None:
        self._file = file
        self._first = first or file
        self._old: dict[str, tuple[str, memoryview]] | None = None
        self._used: dict[str, tuple[str, memoryview]] = {}
        self._sound: set[str] = set()
        self._more = False

    @property
    def keeps(self) -> bool:
        """Whether anything is kept."""
        return self._file is not None

    def find(self, key: object) -> bytes | None:
        """The entry of a key, which is all that it depends on, with a `repr` that says it; None where none is kept."""
        name, known = self._known(key)
        if known is None:
            return None
        mark, data = known
        if name not in self._sound and mark != _mark(name, data):
            return None
        self._used[name] = known
        self._sound.add(name)
        return bytes(data)

    def has(self, key: object) -> bool:
        """Whether there is an entry of a key, sound or not; if so, `save` writes it again."""
        name, known = self._known(key)
        if known is not None:
            self._used[name] = known
        return known is not None

    def _known(self, key: object) -> tuple[str, tuple[str, memoryview] | None]:
        if self._file is None:
            return "", None
        if self._old is None:
            self._old = _opened(self._file if self._file.exists() else self._first or self._file)
        name = _name(key)
        return name, self._used.get(name) or self._old.get(name)

    def keep(self, key: object, made: bytes) -> None:
        """Take an entry, which `save` writes."""
        if self._file is not None:
            name, data = _name(key), memoryview(made)
            self._used[name] = _mark(name, data), data
            self._sound.add(name)
            self._more = True

    def data(self, key: object, make: Callable[[], bytes]) -> bytes:
        """The entry of a key, or what `make` returns, which then is the entry."""
        found = self.find(key)
        if found is None:
            found = make()
            self.keep(key, found)
        return found

    def text(self, key: object, make: Callable[[], str]) -> str:
        """The same for text."""
        return self.data(key, lambda: make().encode()).decode()

    def save(self) -> None:
        """Write what was asked for or taken since the last time; to be called when a build is whole."""
        if self._file is None or not self._used:
            return
        if self._more or len(self._used) < len(self._old or {}):
            with contextlib.suppress(OSError):  # a folder that cannot be written keeps nothing
                _write(self._file, self._used)
        self._old, self._used, self._more = None, {}, False


def _name(key: object) -> str:
    return hashlib.sha256(f"{kept.edition()}\n{key!r}".encode()).hexdigest()[:40]


def _mark(name: str, data: memoryview) -> str:
    digest = hashlib.sha256(name.encode())
    digest.update(data)
    return digest.hexdigest()


def _opened(file: Path) -> dict[str, tuple[str, memoryview]]:
    """The entries of a file; none where it cannot be read or its index is damaged."""
    try:
        whole = memoryview(file.read_bytes())
    except OSError:
        return {}
    mark, _, length = bytes(whole[:_HEAD]).decode(errors="replace").rstrip().partition(" ")
    start = _HEAD + int(length) if length.isdecimal() and len(length) < _HEAD else 0
    index = bytes(whole[_HEAD:start])
    if not start or hashlib.sha256(index).hexdigest() != mark:
        return {}
    return {name: (sign, whole[start + at : start + at + size]) for name, (sign, at, size) in json.loads(index).items()}


def _write(file: Path, entries: dict[str, tuple[str, memoryview]]) -> None:
    places, end = {}, 0
    for name, (mark, data) in entries.items():
        places[name] = mark, end, len(data)
        end += len(data)
    index = json.dumps(places, separators=(",", ":")).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=".tmp", delete=False) as draft:
        draft.write(f"{hashlib.sha256(index).hexdigest()} {len(index)}".ljust(_HEAD).encode())
        draft.write(index)
        draft.writelines(data for _, data in entries.values())
    Path(draft.name).replace(file)
