"""What was set aside: the first of it on the terminal, all of it in a file beside the store."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from greensupply import csv_text
from greensupply.cli import setting
from greensupply.completion import Notice, SetAside
from greensupply.errors import Problem

FOLDER = "set-aside"
HEADINGS = ("file", "line", "reason", "mend")
SHOWN = 20
_AT_ONCE = 1_000
_IN_MEMORY = 1_000_000


@contextmanager
def collected() -> Iterator[Asides]:
    """Yield what takes the asides of one input; what does not fit into memory lies in a file without a name."""
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, mode="w+", encoding="utf-8", newline="") as text:
        yield Asides(text)


class Asides:
    """Takes what `store.add` tells of one input, however much it is, and holds a few lines of it in memory."""

    def __init__(self, text: IO[str]) -> None:
        self.first: list[Problem] = []
        self.notices: list[str] = []
        self.count = 0
        self._rows: list[tuple[str, int, str, str]] = []
        self._text = text

    def tell(self, aside: SetAside | Notice) -> None:
        """Take one."""
        if isinstance(aside, Notice):
            self.notices.append(str(aside.problem))
            return
        self.count += 1
        if self.count <= SHOWN:
            self.first.append(aside.problem)
        problem = aside.problem
        self._rows.append((problem.path, problem.line, problem.what, problem.how))
        if len(self._rows) == _AT_ONCE:
            self._flush()

    def _flush(self) -> None:
        self._text.write(csv_text.write(sorted(self._rows)))
        self._rows.clear()

    def write(self, folder: Path, name: str) -> Path | None:
        """Write all that was set aside and return its file; with nothing, take an earlier file of that name away.

        The file comes to its name whole or not at all.

        Arguments:
            folder: The store.
            name: See `name`.
        """
        self._flush()
        file = folder / FOLDER / f"{name}.csv"
        if not self.count:
            file.unlink(missing_ok=True)
            return None
        file.parent.mkdir(parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.tmp")
        self._text.seek(0)
        with draft.open("w", encoding="utf-8", newline="") as out:
            out.write(csv_text.write([HEADINGS]))
            while text := self._text.read(_IN_MEMORY):
                out.write(text)
        setting.sync(draft)
        draft.replace(file)
        return file

    def lines(self, file: Path | None) -> list[str]:
        """What to show: the first problems, where the others are, and what was read in a way to know of."""
        shown = [f"  {problem}" for problem in sorted(self.first)]
        more = self.count - len(self.first)
        if file:
            shown.append(f"  {f'And {more:,} more. ' if more else ''}All that was set aside: {file.as_posix()}")
        return shown + [f"  Note: {notice}" for notice in self.notices]


def name(source: str, digest: str) -> str:
    """Name of the file for an input, from its own name and the SHA-256 of its bytes: another input has another file."""
    return f"{source[:100]}-{digest[:8]}"


def measure(file: Path) -> tuple[str, int]:
    """SHA-256 of a file and how many lines it has; of nothing where it cannot be read, which reading will tell."""
    digest, lines = hashlib.sha256(), 0
    try:
        with file.open("rb") as data:
            while piece := data.read(1_000_000):
                digest.update(piece)
                lines += piece.count(b"\n")
    except OSError:
        pass
    return digest.hexdigest(), lines
