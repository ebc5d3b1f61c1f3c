"""A file of JSON that a stranger wrote -> its statements one by one, each with its line or with why it is refused.

Two forms are told apart by content. *Lines*: one value a line, read as a stream of any length. *A document*: one
value over the whole file, or several in a row, up to `MAX_DOCUMENT`. In both, a list and `{"statements": [...]}` stand
for what they hold. A statement that is wrong costs only itself: the next one is found by its brackets.

What Python's own parser lets pass or dies of is refused here: NaN, a key twice, `__proto__`, 5,000-digit numbers, deep
nesting, half characters (source: QUALITY, *Threats and guards*).
"""

from __future__ import annotations

import json
import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from io import TextIOWrapper
from typing import Any, BinaryIO, NamedTuple

from greensupply.records.scope import Fault

MAX_LINE = 1_000_000
"""Longest line or statement, in bytes or characters."""
MAX_DOCUMENT = 64_000_000
MAX_DEPTH = 20
MAX_FAULTS = 1_000
"""A document with more broken statements than this is left there: each one costs a look at the whole text."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_GAP = re.compile(r"[\s,]*")
_LIST = re.compile(r'\[|\{\s*(?:"\w+"\s*:\s*(?:"[^"\\]*"|[\w.]+)\s*,\s*){0,20}+"statements"\s*:\s*\[')
_MORE = re.compile(r'"more"\s*:\s*"[^"]')
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)
_TAIL = re.compile(r"[\w.+\-\s,]*\Z")
"""What may stand at the end of a text that is cut off: half a word or a number, without anything after it."""
_BROKEN_OFF = Fault("breaks off in the middle.", "Download or export it again; what stands before was read.")
_TOO_DEEP = Fault(f"is nested more than {MAX_DEPTH} deep.", "Write a statement as xAPI has it.")
_TOO_MANY = Fault(f"has {MAX_FAULTS:,} broken statements; nothing below was read.", "Export it again.")


class Item(NamedTuple):
    """One statement.

    Attributes:
        line: Where it begins, from 1.
        value: What it holds, as Python has it; `MORE` for a list that goes on elsewhere.
        fault: Why it is refused; its value is None then.
        nulls: It may hold a null.
    """

    line: int
    value: Any
    fault: Fault | None = None
    nulls: bool = False


MORE = object()
"""Stands where a list of statements ends with the address of its next page."""


def statements(file: BinaryIO) -> Iterator[Item]:
    """Return every statement of a file in its order; raises only what reading the file raises (OSError)."""
    lines = _lines(file)
    first = next((text.strip() for _, text, _ in lines if text.strip()), "")
    second = next((text.strip() for _, text, _ in lines if text.strip()), "")
    lines.close()
    decoder = _Decoder()
    if not _is_document(first, second, decoder):
        yield from _of_lines(file, decoder)
    elif file.seek(0, 2) > MAX_DOCUMENT:
        what = f"is one JSON document of more than {MAX_DOCUMENT:,} bytes."
        yield Item(1, None, Fault(what, "Export it as JSON lines, one statement a line, or in parts."))
    else:
        yield from _of_document(_whole(file), decoder)


def _is_document(first: str, second: str, decoder: _Decoder) -> bool:
    """Lines begin with a whole value; if the first one is broken, the second line begins with another."""
    if decoder.decode(first)[1] == len(first) or not first.startswith(("{", "[")):
        return False
    wraps = first.startswith("[") or _LIST.match(first)
    return not second or bool(wraps) or not second.startswith("{")


def _lines(file: BinaryIO) -> Generator[tuple[int, str, bool]]:
    """Number, text and whether this is the whole line; never more than `MAX_LINE` of one in memory.

    Bytes that are not UTF-8 become half characters, which the decoder refuses line by line.
    """
    file.seek(0)
    wide = file.read(2) in _UTF16
    file.seek(0)
    source = TextIOWrapper(file, encoding="utf-16", errors="surrogatepass", newline="\n") if wide else None
    number = 0
    try:
        while piece := (source or file).readline(MAX_LINE + 1):
            number += 1
            text = piece if isinstance(piece, str) else piece.decode("utf-8", "surrogateescape")
            if number == 1:
                text = text.removeprefix("\ufeff")
            whole = len(piece) <= MAX_LINE or piece[-1:] in ("\n", b"\n")
            yield number, text, whole
            while not whole and piece:
                piece = (source or file).readline(MAX_LINE)
                whole = piece[-1:] in ("\n", b"\n")
    except UnicodeDecodeError:  # UTF-16 of an odd number of bytes
        yield number + 1, "{", True
    finally:
        if source:
            source.detach()


def _of_lines(file: BinaryIO, decoder: _Decoder) -> Iterator[Item]:
    for number, text, whole in _lines(file):
        if not whole:
            what = f"is a line of more than {MAX_LINE:,} characters."
            yield Item(number, None, Fault(what, "Write one statement a line."))
            continue
        text = text.strip()
        if not text:
            continue
        value, end, fault, nulls = decoder.decode(text)
        if not fault and end != len(text):
            fault = Fault("goes on after its statement has ended.", "Write one statement a line.", (end or 0) + 1)
        if fault:
            yield Item(number, None, fault)
        elif isinstance(value, list):
            yield from (Item(number, one, None, nulls) for one in value)
        elif isinstance(value, Mapping) and isinstance(value.get("statements"), list):
            yield from (Item(number, one, None, nulls) for one in value["statements"])
            if value.get("more"):
                yield Item(number, MORE)
        else:
            yield Item(number, value, None, nulls)


def _whole(file: BinaryIO) -> str:
    file.seek(0)
    raw = file.read()
    if raw.startswith(_UTF16):
        return raw[: len(raw) // 2 * 2].decode("utf-16", "surrogatepass")
    return raw.decode("utf-8", "surrogateescape").removeprefix("\ufeff")


def _of_document(text: str, decoder: _Decoder) -> Iterator[Item]:
    at = line = faults = counted = 0
    within: re.Match[str] | None = None
    while True:
        at = _past_gap(text, at)
        line += text.count("\n", counted, at)
        counted = at
        if at == len(text):
            if within:
                yield Item(line + 1, None, _BROKEN_OFF)
            return
        if within and text[at] == "]":
            end = at + 1 if within[0] == "[" else _skip(text, at + 1, depth=1)
            if _MORE.search(text, at, end or len(text)):
                yield Item(line + 1, MORE)
            within, at = None, end or len(text)
            continue
        if not within and (within := _LIST.match(text, at)):
            at = within.end()
            continue
        value, end, fault, nulls = decoder.decode(text, at)
        end = end or _skip(text, at)
        if fault and end is None and fault != _BROKEN_OFF:
            fault = replace(fault, how="Correct it; its end was not found, so nothing below it was read.")
        yield Item(line + 1, value, fault, nulls)
        faults += fault is not None
        if end is None:
            return
        if faults == MAX_FAULTS:
            yield Item(line + 1, None, _TOO_MANY)
            return
        at = end


def _past_gap(text: str, at: int) -> int:
    gap = _GAP.match(text, at)
    return gap.end() if gap else at


def _skip(text: str, at: int, depth: int = 0) -> int | None:
    """The end of a value that cannot be parsed, by its brackets and strings alone; None if it has none.

    Arguments:
        text: The document.
        at: Where to begin.
        depth: How many brackets are open there.
    """
    for token in _TOKEN.finditer(text, at):
        depth += (token[0] in "{[") - (token[0] in "}]")
        if depth < 0:
            return max(token.start(), at + 1)
        if depth == 0:
            return token.end()
    return None


class _Decoder:
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
        fault = self._fault or _outer(value, piece)
        return None if fault else value, end, fault, "null" in piece

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        if len(found) != len(pairs):
            self._fault = Fault("holds a key twice in one place.", "Keep one of the two.")
        return found

    def _constant(self, name: str) -> None:
        self._fault = Fault(f"holds {name}, which is not JSON.", "Write a number, or leave it out.")

    def _integer(self, digits: str) -> int:
        if len(digits) > 18:
            self._fault = Fault("holds a whole number of more than 18 digits.", "Correct it.")
            return 0
        return int(digits)


def _syntax(error: json.JSONDecodeError, text: str, start: int) -> Fault:
    if error.msg.startswith("Unterminated string") or (error.pos > start and _TAIL.match(text, error.pos)):
        return _BROKEN_OFF
    column = 0 if "\n" in text[start : error.pos] else error.colno
    what = f"is not JSON ({error.msg[0].lower()}{error.msg[1:]})."
    return Fault(what, "Export it again, or correct it at this place.", column)


def _outer(value: Any, text: str) -> Fault | None:
    """What only the whole of a value shows."""
    if len(text) > MAX_LINE:
        return Fault(f"is a statement of more than {MAX_LINE:,} characters.", "Write a statement as xAPI has it.")
    if text.count("{") + text.count("[") > MAX_DEPTH and _is_deep(value):
        return _TOO_DEEP
    if "__proto__" in text and _has_key(value, "__proto__"):
        return Fault("holds the key `__proto__`.", "Take it out.")
    if not text.isascii() and _halves(text):
        return Fault("is not UTF-8.", "Save or export it as UTF-8.")
    if ("\\ud" in text or "\\uD" in text) and _halves(json.dumps(value, ensure_ascii=False)):
        return Fault("holds half a character (a lone surrogate).", "Export it again.")
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
