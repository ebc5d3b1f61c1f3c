"""Which section of a translation renders which of its source, where one of the two has more of them?

What sections share across languages is counted: boxes, questions, lists, numbers, targets of links, and the first
letters of words, as *solution* and *solución* have them; and a long section renders a long one. Of all ways to pair
them in order, at the same level, the most alike is taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from greensupply import prose
from greensupply.lint import beside
from greensupply.lint.beside import Part

_WORD = re.compile(r"[^\W\d_]{4,}")
_NUMBER = re.compile(r"\d+")
_ID = re.compile(r"^ {4}id:\s*(\S+)", re.MULTILINE)
LETTERS = 4
"""So many first letters make two words akin."""
LENGTH = 0.5
"""What sections of the same length count, beside 1 for those that share all marks."""


def pairs(theirs: Sequence[Part], ours: Sequence[Part]) -> list[tuple[int, int]]:
    """Places of the sections of `theirs` and of `ours` that render one another, in order."""
    there, here = ([(_marks(part), len(part.written)) for part in parts] for parts in (theirs, ours))
    best = [[0.0] * (len(ours) + 1) for _ in range(len(theirs) + 1)]  # of what follows two places
    for a in reversed(range(len(theirs))):
        for b in reversed(range(len(ours))):
            best[a][b] = max(best[a + 1][b], best[a][b + 1])
            if theirs[a].level == ours[b].level:
                best[a][b] = max(best[a][b], best[a + 1][b + 1] + _alike(there[a], here[b]))
    found, a, b = [], 0, 0
    while a < len(theirs) and b < len(ours):
        if best[a][b] > max(best[a + 1][b], best[a][b + 1]):
            found.append((a, b))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            a += 1
        else:
            b += 1
    return found


def _marks(part: Part) -> Counter[tuple[str, str]]:
    """What of a section is the same in every language."""
    plain = unicodedata.normalize("NFD", part.written).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    marks = Counter(("kind", passage.kind) for passage in part.passages)
    marks.update(("id", found) for found in _ID.findall(part.written))
    marks.update(("target", beside.neutral(link.target)) for link in prose.links(part.written, part.line))
    marks.update(("number", found) for found in _NUMBER.findall(part.written))
    marks.update({("word", word[:LETTERS]) for word in _WORD.findall(plain)})
    return marks


def _alike(there: tuple[Counter[tuple[str, str]], int], here: tuple[Counter[tuple[str, str]], int]) -> float:
    """How much two sections, each with its length, have in common: always more than nothing, up to 1 + `LENGTH`."""
    theirs, ours = there[0], here[0]
    shared = 2 * (theirs & ours).total() / max(1, theirs.total() + ours.total())
    return shared + LENGTH * min(there[1], here[1]) / max(there[1], here[1])
