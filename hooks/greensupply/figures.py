"""Is an image of a module safe to publish? SVG is a programme as much as a picture, so it is looked into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.parsers import expat

from greensupply.errors import Problem

SUFFIXES = frozenset({".svg", ".png", ".jpg", ".jpeg", ".webp"})
MAX_BYTES = 300_000
_FORBIDDEN = frozenset({"script", "foreignobject", "iframe", "embed", "object", "handler", "set", "animate"})
_ELSEWHERE = re.compile(r"@import|url\(\s*['\"]?(?!#)", re.IGNORECASE)


def problems(file: Path, path: str) -> Iterator[Problem]:
    """What keeps an image from being published; nothing where it is good."""
    if file.suffix.lower() not in SUFFIXES:
        yield Problem(
            path,
            1,
            f"`{file.suffix}` is no image format of the site.",
            f"Save it as one of {', '.join(sorted(SUFFIXES))}.",
        )
        return
    size = file.stat().st_size
    if size > MAX_BYTES:
        yield Problem(
            path, 1, f"{size:,} bytes; a shop-floor phone waits for it.", f"Make it at most {MAX_BYTES:,} bytes."
        )
        return
    if file.suffix.lower() == ".svg":
        yield from _svg_problems(file.read_bytes(), path)


def _svg_problems(raw: bytes, path: str) -> Iterator[Problem]:
    found: list[Problem] = []
    parser = expat.ParserCreate()

    def wrong(what: str, how: str) -> None:
        found.append(Problem(path, parser.CurrentLineNumber, what, how))

    def element(name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2].lower()
        if tag in _FORBIDDEN:
            wrong(
                f"the element `<{name}>` is not allowed in a figure.",
                "Delete it; a figure holds shapes and words only.",
            )
        for key, value in attributes.items():
            bare = key.rpartition(":")[2].lower()
            if bare.startswith("on"):
                wrong(f"the handler `{key}` is not allowed in a figure.", "Delete it.")
            elif bare in {"href", "src"} and not value.startswith("#"):
                wrong(
                    f"the figure loads `{value[:60]}`.",
                    "Draw it in this file, so that nothing is asked from elsewhere.",
                )
            elif bare not in {"href", "src"} and _ELSEWHERE.search(value):
                wrong(f"`{key}` loads something from elsewhere.", "Refer to this file only: `url(#name)`.")

    def text(data: str) -> None:
        if _ELSEWHERE.search(data):
            wrong("a style loads something from elsewhere.", "Refer to this file only: `url(#name)`.")

    def doctype(*_: object) -> None:
        wrong("a DOCTYPE is not allowed in a figure.", "Delete the line `<!DOCTYPE …>`.")
        raise _Refused

    parser.StartElementHandler = element
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(raw, True)
    except _Refused:
        pass
    except expat.ExpatError as error:
        found.append(
            Problem(
                path,
                error.lineno,
                f"not valid SVG ({expat.ErrorString(error.code)}).",
                "Open it in a drawing tool and save it again.",
            )
        )
    yield from found


class _Refused(Exception):
    """Reading stops: what follows a DOCTYPE may be a bomb."""
