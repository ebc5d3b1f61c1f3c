"""A file of JSON that a stranger wrote -> its statements one by one, each with its line or with why it is refused.

Two forms are told apart by content. *Lines*: one value a line, read as a stream of any length. *A document*: one
value over the whole file, or several in a row, up to `MAX_DOCUMENT`. In both, a list and `{"statements": [...]}` stand
for what they hold. A statement that is wrong costs only itself: the next one is found by its brackets.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Mapping
from dataclasses import replace
from io import TextIOWrapper
from typing import Any, BinaryIO, NamedTuple

from greensupply.records.scope import Fault, fault
from greensupply.records.strict_json import BROKEN_OFF, MAX_LINE, Decoder

MAX_DOCUMENT = 64_000_000
MAX_FAULTS = 1_000
"""A document with more broken statements than this is left there: each one costs a look at the whole text."""

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_GAP = re.compile(r"[\s,]*")
_LIST = re.compile(r'\[|\{\s*(?:"\w+"\s*:\s*(?:"[^"\\]*"|[\w.]+)\s*,\s*){0,20}+"statements"\s*:\s*\[')
_MORE = re.compile(r'"more"\s*:\s*"[^"]')
_TOKEN = re.compile(r'"(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|[{}\[\]]', re.DOTALL)
_TOO_MANY = fault("statement-broken-many", most=MAX_FAULTS)
_WITHOUT_END = {"statement-deep": "statement-deep-open", "statement-syntax": "statement-syntax-open"}
"""Rule -> the same, where the end of the statement was not found."""


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
    decoder = Decoder()
    if not _is_document(first, second, decoder):
        yield from _of_lines(file, decoder)
    elif file.seek(0, 2) > MAX_DOCUMENT:
        yield Item(1, None, fault("statement-document-long", most=MAX_DOCUMENT))
    else:
        yield from _of_document(_whole(file), decoder)


def _is_document(first: str, second: str, decoder: Decoder) -> bool:
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


def _of_lines(file: BinaryIO, decoder: Decoder) -> Iterator[Item]:
    for number, text, whole in _lines(file):
        if not whole:
            yield Item(number, None, fault("statement-line-long", most=MAX_LINE))
            continue
        text = text.strip()
        if not text:
            continue
        value, end, wrong, nulls = decoder.decode(text)
        if not wrong and end != len(text):
            wrong = Fault("statement-goes-on", column=(end or 0) + 1)
        if wrong:
            yield Item(number, None, wrong)
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


def _of_document(text: str, decoder: Decoder) -> Iterator[Item]:
    at = line = faults = counted = 0
    within: re.Match[str] | None = None
    while True:
        at = _past_gap(text, at)
        line += text.count("\n", counted, at)
        counted = at
        if at == len(text):
            if within:
                yield Item(line + 1, None, BROKEN_OFF)
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
        value, end, wrong, nulls = decoder.decode(text, at)
        end = end or _skip(text, at)
        if wrong and end is None and wrong != BROKEN_OFF:
            wrong = replace(wrong, rule=_WITHOUT_END.get(wrong.rule, wrong.rule))
        yield Item(line + 1, value, wrong, nulls)
        faults += wrong is not None
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
