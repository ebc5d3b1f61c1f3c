"""What takes long to make is kept from one build to the next, under keys that name the edition of the program."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

_PACKAGE = Path(__file__).parent
_READ = frozenset({".py", ".sql", ".yml", ".json", ".html", ".md", ".svg"})
"""Suffixes of the files of the package that a result may depend on."""
_PROGRAMS = (
    *("greensupply", "mkdocs", "mkdocs-static-i18n", "markdown", "markupsafe", "jinja2"),
    *("babel", "duckdb", "pydantic", "pyyaml", "vl-convert-python"),
)


@cache
def edition() -> str:
    """A digest of the program: of our files that a result may depend on, and of the versions of others."""
    digest = hashlib.sha256("\n".join(f"{name} {version(name)}" for name in _PROGRAMS).encode())
    for file in sorted(_PACKAGE.rglob("*")):
        if file.suffix in _READ:
            digest.update(f"\n{file.relative_to(_PACKAGE).as_posix()}\n".encode() + file.read_bytes())
    return digest.hexdigest()
