"""Many entries in one file, kept from one build to the next: a thousand files take longer to open than to read.

Each entry is found by a digest of all that it is made from, and of the program. It counts only when its own digest fits
its name and its bytes: so one that is damaged, cut off, or under the wrong name is noticed, and made anew. That guards
against accidents, not against malice: whoever can write here can write the program too. The file comes to its place in
one step, so of two builds at once the later one's is kept, whole.

All pages of a site are much to hold until the end. So no entry stays in memory: one is read where it lies, and one that
is taken lies in a file without a name until `save`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import weakref
from collections.abc import Callable
from functools import cache
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import NamedTuple

from greensupply import kept

FOLDER = ".cache/greensupply/packs"
"""Where the packs of a project lie, from its root."""
_HEAD = 80
"""Bytes before the index: its digest, and its length."""


@cache
def at(folder: Path, name: str, first: str = "") -> Pack:
    """The pack of that name in a folder, the same object throughout a build; it begins with what `first` holds."""
    return Pack(folder / f"{name}.pack", folder / f"{first or name}.pack")


class _Entry(NamedTuple):
    """Its own digest, and where it lies."""

    mark: str
    file: int
    place: int
    size: int

    def data(self) -> bytes:
        """Its bytes, or fewer where the file was cut off."""
        return _read(self.file, self.size, self.place)


class Pack:
    """Entries in a file, opened when the first is asked for and made anew by `save`; without a file, none is kept."""

    def __init__(self, file: Path | None, first: Path | None = None) -> None:
        self._file = file
        self._first = first or file
        self._old: dict[str, _Entry] | None = None
        self._used: dict[str, _Entry] = {}
        self._sound: set[str] = set()
        self._draft: _Draft | None = None
        self._more = False
        self._open = contextlib.ExitStack()
        weakref.finalize(self, self._open.close)

    @property
    def keeps(self) -> bool:
        """Whether anything is kept."""
        return self._file is not None

    def find(self, key: object) -> bytes | None:
        """The entry of a key, which is all that it depends on, with a `repr` that says it; None where none is kept."""
        name, known = self._known(key)
        if known is None:
            return None
        data = known.data()
        if name not in self._sound and known.mark != _mark(name, data):
            return None
        self._used[name] = known
        self._sound.add(name)
        return data

    def has(self, key: object) -> bool:
        """Whether there is an entry of a key, sound or not; if so, `save` writes it again."""
        name, known = self._known(key)
        if known is not None:
            self._used[name] = known
        return known is not None

    def _known(self, key: object) -> tuple[str, _Entry | None]:
        if self._file is None:
            return "", None
        if self._old is None:
            self._old = _opened(self._file if self._file.exists() else self._first or self._file, self._open)
        name = _name(self._file.parent, key)
        return name, self._used.get(name) or self._old.get(name)

    def keep(self, key: object, made: bytes) -> bool:
        """Take an entry, which `save` writes; says whether there was room for it."""
        if self._file is not None:
            name = _name(self._file.parent, key)
            with contextlib.suppress(OSError):
                self._used[name] = self._drafted(self._file.parent).added(_mark(name, made), made)
                self._sound.add(name)
                self._more = True
                return True
        return False

    def _drafted(self, folder: Path) -> _Draft:
        """Where this process puts what it takes; a copy of the process has a file of its own."""
        if self._draft is None or self._draft.process != os.getpid():
            folder.mkdir(parents=True, exist_ok=True)
            file = self._open.enter_context(TemporaryFile(dir=folder))  # noqa: SIM115 - open until `save`
            self._draft = _Draft(file.fileno())
        return self._draft

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
        with contextlib.suppress(OSError):  # a folder that cannot be written keeps nothing
            changed = self._more or len(self._used) < len(self._old or {})
            draft = _written(self._file, self._used) if changed else None
            self._open.close()  # not every system replaces a file that is open
            if draft:
                draft.replace(self._file)
        self._open.close()
        self._old, self._used, self._draft, self._more = None, {}, None, False


class _Draft:
    """A file that only this program can see, and that ends with it."""

    def __init__(self, file: int) -> None:
        self._file = file
        self._end = 0
        self.process = os.getpid()

    def added(self, mark: str, data: bytes) -> _Entry:
        """Where the entry lies from now on.

        Raises:
            OSError: There is no room for it.
        """
        if _put(self._file, data, self._end) < len(data):
            raise OSError
        self._end += len(data)
        return _Entry(mark, self._file, self._end - len(data), len(data))


def _read(file: int, size: int, place: int) -> bytes:
    """Bytes at a place of a file. Copies of the process read it too, but not on systems without `pread`."""
    if hasattr(os, "pread"):
        return os.pread(file, size, place)
    os.lseek(file, place, os.SEEK_SET)
    return os.read(file, size)


def _put(file: int, data: bytes, place: int) -> int:
    """Write bytes at a place of a file; says how many."""
    if hasattr(os, "pwrite"):
        return os.pwrite(file, data, place)
    os.lseek(file, place, os.SEEK_SET)
    return os.write(file, data)


def _name(folder: Path, key: object) -> str:
    return hashlib.sha256(f"{kept.edition(folder)}\n{key!r}".encode()).hexdigest()[:40]


def _mark(name: str, data: bytes) -> str:
    digest = hashlib.sha256(name.encode())
    digest.update(data)
    return digest.hexdigest()


def _opened(file: Path, open_files: contextlib.ExitStack) -> dict[str, _Entry]:
    """The entries of a file, which is left open; none where it cannot be read or its index is damaged."""
    try:
        found = open_files.enter_context(file.open("rb", buffering=0))
        mark, _, length = found.read(_HEAD).decode(errors="replace").rstrip().partition(" ")
        size = int(length) if length.isdecimal() and len(length) < _HEAD else 0
        index = _read(found.fileno(), min(size, file.stat().st_size), _HEAD)
    except OSError:
        return {}
    if not size or hashlib.sha256(index).hexdigest() != mark:
        return {}
    start, number = _HEAD + size, found.fileno()
    return {name: _Entry(sign, number, start + at, size) for name, (sign, at, size) in json.loads(index).items()}


def _written(file: Path, entries: dict[str, _Entry]) -> Path:
    """The draft of a file, beside it."""
    places, end = {}, 0
    for name, entry in entries.items():
        places[name] = entry.mark, end, entry.size
        end += entry.size
    index = json.dumps(places, separators=(",", ":")).encode()
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=".tmp", delete=False) as draft:
        draft.write(f"{hashlib.sha256(index).hexdigest()} {len(index)}".ljust(_HEAD).encode())
        draft.write(index)
        draft.writelines(entry.data() for entry in entries.values())
    return Path(draft.name)
