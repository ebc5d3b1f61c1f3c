"""What was set aside: the first of it on the terminal, all of it in a file beside the store."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from greensupply import csv_text, rules
from greensupply.cli import setting, wording
from greensupply.completion import Notice, SetAside
from greensupply.locales import SOURCE

FOLDER = "set-aside"
HEADINGS = ("file", "line", "reason", "mend")
SHOWN = 20
_AT_ONCE = 1_000
_IN_MEMORY = 1_000_000


@contextmanager
def collected(locale: str = SOURCE) -> Iterator[Asides]:
    """Yield what takes the asides of one input, and says them in a locale.

    What does not fit into memory lies in a file without a name.
    """
    with tempfile.SpooledTemporaryFile(_IN_MEMORY, mode="w+", encoding="utf-8", newline="") as text:
        yield Asides(text, locale)


class Asides:
    """Takes what `store.add` tells of one input, however much it is, and holds a few lines of it in memory."""

    def __init__(self, text: IO[str], locale: str = SOURCE) -> None:
        self.first: list[SetAside] = []
        self.notices: list[str] = []
        self.count = 0
        self._rows: list[tuple[str, int, str, str]] = []
        self._text = text
        self._locale = locale

    def tell(self, aside: SetAside | Notice) -> None:
        """Take one."""
        if isinstance(aside, Notice):
            self.notices.append(wording.line(aside, self._locale))
            return
        self.count += 1
        if self.count <= SHOWN:
            self.first.append(aside)
        problem = aside.problem
        self._rows.append((problem.path, problem.line, *wording.why(aside, self._locale)))
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
        first = sorted(self.first, key=lambda aside: aside.problem)
        shown = [f"  {wording.line(aside, self._locale)}" for aside in first]
        more = self.count - len(self.first)
        if file:
            beyond = f"{self._say('records-more', count=more)} " if more else ""
            shown.append(f"  {beyond}{self._say('records-all-aside', file=file.as_posix())}")
        return shown + [f"  {self._say('records-note', notice=notice)}" for notice in self.notices]

    def _say(self, phrase: str, **values: object) -> str:
        return rules.phrase(phrase, self._locale, **values)


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
