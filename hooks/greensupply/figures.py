"""Is an image of a module safe to publish? SVG is a programme as much as a picture, so it is looked into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from greensupply import rules
from greensupply.errors import Problem

SUFFIXES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})
MAX_BYTES = 300_000
_FORBIDDEN = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "set", "animate"})
_ELSEWHERE = re.compile(r"@import|url\(\s*['\"]?(?!#)", re.IGNORECASE)


def problems(file: Path, path: str) -> Iterator[Problem]:
    """What keeps an image from being published; nothing where it is good."""
    if file.suffix.lower() not in SUFFIXES:
        yield rules.problem("figure-format", path, 1, suffix=file.suffix, formats=", ".join(sorted(SUFFIXES)))
        return
    size = file.stat().st_size
    if size > MAX_BYTES:
        yield rules.problem("figure-size", path, 1, bytes=size, max=MAX_BYTES)
        return
    if file.suffix.lower() == ".svg":
        yield from _svg_problems(file.read_bytes(), path)


def _svg_problems(raw: bytes, path: str) -> Iterator[Problem]:
    found: list[Problem] = []
    parser = expat.ParserCreate()

    def wrong(rule: str, *, at: int = 0, **values: str) -> None:
        column = parser.CurrentColumnNumber + at + 1
        found.append(rules.problem(rule, path, parser.CurrentLineNumber, column, **values))

    def element(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2].lower()
        if tag in _FORBIDDEN:
            wrong("figure-element", element=name)
        for key, value in attributes.items():
            bare = key.rpartition(":")[2].lower()
            if bare.startswith("on"):
                wrong("figure-handler", handler=key)
            elif bare in {"href", "src"} and not value.startswith("#"):
                wrong("figure-loads", target=value[:60])
            elif bare not in {"href", "src"} and _ELSEWHERE.search(value):
                wrong("figure-attribute-loads", attribute=key)

    def text(data: str) -> None:
        if loading := _ELSEWHERE.search(data):
            wrong("figure-style-loads", at=loading.start())

    def doctype(*_: object) -> None:
        before = raw[: parser.CurrentByteIndex]  # it is told at the end of its name
        start = before.rfind(b"<!DOCTYPE")
        line, column = before.count(b"\n", 0, start) + 1, start - before.rfind(b"\n", 0, start)
        found.append(rules.problem("figure-doctype", path, line, column))
        raise _Refused

    parser.StartElementHandler = element
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(raw, True)
    except _Refused:
        pass
    except expat.ExpatError as error:
        reason = expat.ErrorString(error.code)
        found.append(rules.problem("figure-not-valid", path, error.lineno, error.offset + 1, reason=reason))
    yield from found


class _Refused(Exception):
    """Reading stops: what follows a DOCTYPE may be a bomb."""
