"""The words of a chart, set apart while it is drawn: the same chart in another language has the same shapes.

Nothing in a chart is measured, so its shapes do not depend on what its words are, only on where they stand.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from itertools import product
from typing import Any

from markupsafe import escape

SAID = frozenset({"text", "label"})
"""Fields of the data that hold words; a label is a list of lines."""

_END, _SPACES = "\x85", "".join(map(chr, range(0x2000, 0x200B)))
_SIGNS = [f"{_END}{''.join(three)}{_END}" for three in product(_SPACES, repeat=3)]
"""Nothing to be seen. What holds a letter is laid out with the fonts of the machine before it is drawn, which takes as
long as all the rest of a chart; what is blank has no width (vl-convert 1.9). But none of it is lost: JavaScript, and
so Vega, does not count a next line (U+0085) among the spaces that it strips from the ends of a text."""

_PLACE = re.compile(f"(?<=>){_END}[{_SPACES}]{{3}}{_END}(?=<)")


def set_apart(spec: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """Return a chart with signs in place of its words, alike in every language, and the word of each sign.

    Words stand in the data and in `labelExpr`, which is the names of an axis: a value -> a word, or lines of words.
    """
    words: dict[str, str] = {}

    def sign(said: Any) -> Any:
        if isinstance(said, list):
            return [sign(line) for line in said]
        word = said.strip()  # as Vega does
        if not word:
            return word
        place = _SIGNS[len(words)]
        words[place] = word
        return place

    def within(name: str, value: Any) -> Any:
        if name == "labelExpr":
            return f"({json.dumps({each: sign(said) for each, said in value.items()})})[datum.value]"
        if name == "values":
            return [{each: sign(said) if each in SAID else said for each, said in row.items()} for row in value]
        if isinstance(value, Mapping):
            return {each: within(each, inner) for each, inner in value.items()}
        return [within("", inner) for inner in value] if isinstance(value, list) else value

    return within("", spec), words


def put_back(shapes: str, words: Mapping[str, str]) -> str:
    """Return drawn shapes with the words in the places of their signs."""
    return _PLACE.sub(lambda found: escape(words[found[0]]), shapes)
