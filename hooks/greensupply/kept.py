"""What takes long to make is kept from one build to the next, under keys that name the edition of the program."""

from __future__ import annotations

import contextlib
import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile

from greensupply import identity
from greensupply.identity import Identity

_PACKAGE = Path(__file__).parent
_READ = frozenset({".py", ".sql", ".yml", ".json", ".html", ".md", ".svg"})
"""Suffixes of the files of the package that a result may depend on."""
_PROGRAMS = (
    *("greensupply", "mkdocs", "mkdocs-static-i18n", "markdown", "markupsafe", "jinja2"),
    *("babel", "duckdb", "pydantic", "pyyaml"),
)
_REMEMBERED = "edition.txt"


@cache
def edition(folder: Path | None = None) -> str:
    """A digest of the program: of our files that a result may depend on, and of the versions of others.

    Arguments:
        folder: Where it is remembered, so that a build reads the program's files only when one of them was touched; a
            build that keeps nothing has none.
    """
    try:
        seen = states()
    except identity.StrangeError:
        return _made()
    known = _digest(repr((_versions(), seen)))
    found = _remembered(folder, known) if folder else ""
    if not found:
        found = _made()
        if folder and seen == states.__wrapped__():
            _remember(folder, known, found)
    return found


@cache
def states() -> tuple[tuple[str, Identity], ...]:
    """The files of the program and their states.

    Raises:
        StrangeError: As `identity.program` does.
    """
    return tuple(identity.program(_PACKAGE))


def forget() -> None:
    """Look at the program anew when it is asked for next."""
    for known in (edition, states, _made, _versions):
        known.cache_clear()


@cache
def _made() -> str:
    digest = hashlib.sha256(_versions().encode())
    for file in sorted(_PACKAGE.rglob("*")):
        if file.suffix in _READ:
            digest.update(f"\n{file.relative_to(_PACKAGE).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()


@cache
def _versions() -> str:
    return "\n".join(f"{name} {version(name)}" for name in _PROGRAMS)


def _remembered(folder: Path, known: str) -> str:
    try:
        found = (folder / _REMEMBERED).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    before, _, rest = found.partition(" ")
    said, _, mark = rest.partition(" ")
    return said if before == known and mark == _digest(known + said) else ""


def _remember(folder: Path, known: str, found: str) -> None:
    """In one step, for two builds may do it at once; a folder that cannot be written remembers nothing."""
    with contextlib.suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile("w", dir=folder, suffix=".tmp", encoding="utf-8", delete=False) as draft:
            draft.write(f"{known} {found} {_digest(known + found)}")
        Path(draft.name).replace(folder / _REMEMBERED)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
