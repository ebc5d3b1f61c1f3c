"""One value of JSON that a stranger wrote, read with a stricter mind than that of Python's own parser.

What that parser lets pass or dies of is refused here: NaN, a key twice, `__proto__`, 5,000-digit numbers, deep nesting,
half characters (source: QUALITY, *Threats and guards*).
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

from greensupply import rules
from greensupply.records.scope import Fault, fault

MAX_LINE = 1_000_000
"""Longest line or statement, in bytes or characters."""
MAX_DEPTH = 20
MAX_DIGITS = 18
"""Most digits of a whole number."""

_TAIL = re.compile(r"[\w.+\-\s,]*\Z")
"""What may stand at the end of a text that is cut off: half a word or a number, without anything after it."""
BROKEN_OFF = Fault("statement-broken-off")
_TOO_DEEP = fault("statement-deep", most=MAX_DEPTH)
_SYNTAX = (
    ("Expecting value", "statement-because-value"),
    ("Expecting property name", "statement-because-key"),
    ("Expecting ':'", "statement-because-colon"),
    ("Expecting ','", "statement-because-comma"),
    ("Illegal trailing comma", "statement-because-last-comma"),
    ("Invalid control character", "statement-because-control"),
    ("escape", "statement-because-escape"),
)
"""What Python's parser says -> how we say that in other languages."""


class Decoder:
    """JSON's own parser with a stricter mind. Never raises."""

    def __init__(self) -> None:
        self._fault: Fault | None = None
        self._json = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=self._constant, parse_int=self._integer
        )

    def decode(self, text: str, start: int = 0) -> tuple[Any, int | None, Fault | None, bool]:
        """The value that begins at `start`, its end (None if it has none), why it is refused, and if it may hold nulls.

        A value without a fault is at most `MAX_LINE` long and `MAX_DEPTH` deep, and every text in it is Unicode.
        """
        self._fault = None
        try:
            value, end = self._json.raw_decode(text, start)
        except json.JSONDecodeError as error:
            return None, None, _syntax(error, text, start), False
        except RecursionError:
            return None, None, _TOO_DEEP, False
        piece = text if start == 0 and end == len(text) else text[start:end]
        wrong = self._fault or _outer(value, piece)
        return None if wrong else value, end, wrong, "null" in piece

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            self._fault = Fault("statement-key-twice")
        return found

    def _constant(self, name: str) -> None:
        self._fault = fault("statement-constant", name=name)

    def _integer(self, digits: str) -> int:
        if len(digits) > MAX_DIGITS:
            self._fault = fault("statement-number-long", most=MAX_DIGITS)
            return 0
        return int(digits)


def _syntax(error: json.JSONDecodeError, text: str, start: int) -> Fault:
    if error.msg.startswith("Unterminated string") or (error.pos > start and _TAIL.match(text, error.pos)):
        return BROKEN_OFF
    column = 0 if "\n" in text[start : error.pos] else error.colno
    name = next((word for part, word in _SYNTAX if part in error.msg), "statement-because-otherwise")
    why = rules.word(name, why=f"{error.msg[0].lower()}{error.msg[1:]}")
    return replace(fault("statement-syntax", why=why), column=column)


def _outer(value: Any, text: str) -> Fault | None:
    """What only the whole of a value shows."""
    if len(text) > MAX_LINE:
        return fault("statement-long", most=MAX_LINE)
    if text.count("{") + text.count("[") > MAX_DEPTH and _is_deep(value):
        return _TOO_DEEP
    if "__proto__" in text and _has_key(value, "__proto__"):
        return Fault("statement-proto")
    if not text.isascii() and _halves(text):
        return Fault("statement-not-utf-8")
    if ("\\ud" in text or "\\uD" in text) and _halves(json.dumps(value, ensure_ascii=False)):
        return Fault("statement-half-character")
    return None


def _halves(text: str) -> bool:
    """Does it hold half characters, which no file in UTF-8 can?"""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def _has_key(value: Any, key: str) -> bool:
    if isinstance(value, dict):
        return key in value or any(_has_key(one, key) for one in value.values())
    return isinstance(value, list) and any(_has_key(one, key) for one in value)


def _is_deep(value: Any) -> bool:
    """Is anything nested deeper than `MAX_DEPTH`? Layer by layer, as calling itself might run out of stack."""
    layer = [value]
    for _ in range(MAX_DEPTH):
        inner = (
            outer.values() if isinstance(outer, dict) else outer for outer in layer if isinstance(outer, dict | list)
        )
        layer = [one for values in inner for one in values]
    return any(isinstance(one, dict | list) for one in layer)
