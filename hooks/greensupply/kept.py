"""What takes long to make, kept from one build to the next in files that may vanish at any time.

An entry is found by a digest of all that it is made from: what the caller names, and the edition of the program.
A file begins with the digest of what follows, so one that is damaged or half-written is noticed, and made anew.
It comes to its place in one step, so two builds at once do no harm to one another.
"""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

_PACKAGE = Path(__file__).parent
_READ = frozenset({".py", ".yml", ".html", ".md", ".svg"})
"""Suffixes of the files of the package that a result may depend on."""
_PROGRAMS = ("markdown", "markupsafe", "jinja2", "babel", "vl-convert-python", "mkdocs")
_DIGEST = 64


@cache
def at(folder: Path | None) -> Kept:
    """The entries in a folder, the same object for every language of a build; without a folder, nothing is kept."""
    return Kept(folder)


class Kept:
    """Entries in a folder; without one, nothing is kept."""

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._used: set[str] = set()

    def text(self, key: object, make: Callable[[], str]) -> str:
        """Return what `make` returns; `key` is all that it depends on, with a `repr` that says it."""
        return self.data(key, lambda: make().encode()).decode()

    def data(self, key: object, make: Callable[[], bytes]) -> bytes:
        """Return what `make` returns, as `text` does."""
        if self._folder is None:
            return make()
        name = hashlib.sha256(f"{edition()}\n{key!r}".encode()).hexdigest()[:40]
        self._used.add(name)
        file = self._folder / name
        with contextlib.suppress(OSError):
            found = file.read_bytes()
            if hashlib.sha256(found[_DIGEST:]).hexdigest().encode() == found[:_DIGEST]:
                return found[_DIGEST:]
        made = make()
        with contextlib.suppress(OSError):  # a folder that cannot be written keeps nothing
            self._folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self._folder, suffix=".tmp", delete=False) as draft:
                draft.write(hashlib.sha256(made).hexdigest().encode() + made)
            Path(draft.name).replace(file)
        return made

    @property
    def used(self) -> frozenset[str]:
        """Names of the entries asked for since the last `clear`, for a process that makes a part of the build."""
        return frozenset(self._used)

    def use(self, names: Iterable[str]) -> None:
        """Count entries as asked for that another process asked for."""
        self._used.update(names)

    def clear(self) -> None:
        """Remove what was not asked for since the last time; to be called when a build is whole."""
        if self._folder is not None and self._used:
            with contextlib.suppress(OSError):
                for file in self._folder.iterdir():
                    if file.name not in self._used:
                        file.unlink(missing_ok=True)
        self._used = set()


@cache
def edition() -> str:
    """A digest of the program: of our files that a result may depend on, and of the versions of others."""
    digest = hashlib.sha256("\n".join(f"{name} {version(name)}" for name in _PROGRAMS).encode())
    for file in sorted(_PACKAGE.rglob("*")):
        if file.suffix in _READ:
            digest.update(f"\n{file.relative_to(_PACKAGE).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()
