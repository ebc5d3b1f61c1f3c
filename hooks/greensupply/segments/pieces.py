"""What a text is cut into, and the names of its segments."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

ONCE = frozenset({"title", "summary", "prompt", "unit", "h1", "h2", "h3", "h4", "h5", "h6"})
"""Kinds of which a section or block has one; the others are numbered."""
_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Segment:
    """Words that are translated as one.

    Attributes:
        id: Place in the structure, the same in every language: `s3.paragraph-2`, `question.rinse.choice-1`.
        kind: What it is: `paragraph`, `cell`, `choice`.
        text: The words as a translator sees them, with line feeds.
        raw: The words as the file has them.
        line: Line of the file.
        heading: The heading above it; empty above the first.
        yaml: `block` or `flow` where it is a value of the front matter, by the style around it.
    """

    id: str
    kind: str
    text: str
    raw: str
    line: int
    heading: str = ""
    yaml: str = ""


@dataclass(frozen=True)
class Section:
    """The front matter, or what stands from one heading to the next.

    Attributes:
        pieces: Frame (text) and segments in order.
        prefix: What the ids of its own segments begin with: `s3.`; those of questions do not.
    """

    pieces: tuple[str | Segment, ...]
    prefix: str = ""

    @property
    def segments(self) -> tuple[Segment, ...]:
        """Its segments in order."""
        return tuple(piece for piece in self.pieces if isinstance(piece, Segment))

    @property
    def shape(self) -> tuple[str, ...]:
        """What is the same in a section of another language that says the same."""
        return tuple(segment.id.removeprefix(self.prefix) for segment in self.segments)


class Namer:
    """Gives each segment and block an id of its own."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def segment(self, scope: str, kind: str) -> str:
        """Id of the next segment of a kind: `s3.cell-4`."""
        name = self._next(f"{scope}{kind}")
        return f"{scope}{kind}" if name == 1 and kind in ONCE else f"{scope}{kind}-{name}"

    def scope(self, scope: str, kind: str) -> str:
        """What the ids of a block's segments begin with: `s3.case-2.`."""
        name = self._next(f"{scope}{kind}.")
        return f"{scope}{kind}." if name == 1 else f"{scope}{kind}-{name}."

    def _next(self, name: str) -> int:
        self._counts[name] += 1
        return self._counts[name]


def plain(raw: str) -> str:
    """Text with line feeds only."""
    return _LINE_END.sub("\n", raw)


def has_words(text: str) -> bool:
    """Is there a letter or digit? Lines to write on (`____`) and empty cells have none."""
    return bool(_LETTER_OR_DIGIT.search(text))
