"""The older versions of a file, from git where it is there."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

MOST_VERSIONS = 500
"""How far to look back: a section that changed more often than that is shown by its name."""
SECONDS = 30


def versions(file: Path) -> Iterator[str] | None:
    """The committed versions of a file as text with line feeds, newest first, over its renames; read one by one.

    None where no git program or no repository is there; of a file that was never committed there are none.
    """
    chosen = ("log", "--follow", f"--max-count={MOST_VERSIONS}", "--format=%x00%H", "--name-only", "--", file.name)
    listed = _git(file.parent, *chosen)
    return None if listed is None else _texts(file.parent, listed)


def _texts(folder: Path, listed: str) -> Iterator[str]:
    for entry in listed.split("\0")[1:]:
        commit, _, path = entry.strip().partition("\n")
        text = _git(folder, "cat-file", "blob", f"{commit}:{path.strip()}") if path.strip() else None
        if text is not None:
            yield text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _git(folder: Path, *arguments: str) -> str | None:
    """What git prints, or None where it cannot: no program, no repository, not trusted, too slow."""
    command = ["git", "-c", "core.quotePath=false", "-c", "log.showSignature=false", "--no-pager", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program, no shell; what varies is a file of the project
            command, cwd=folder, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", errors="replace") if done.returncode == 0 else None
