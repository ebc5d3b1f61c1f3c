"""A file that a person wrote -> its text, and front matter apart from Markdown."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from greensupply import rules
from greensupply.errors import GreenSupplyError

MAX_BYTES = 300_000
"""Five times the longest module; the check of a text of that size takes a second."""
_CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} |\|{7} )", re.MULTILINE)


def read(file: Path, path: str, *, max_bytes: int = MAX_BYTES) -> str:
    """Return the text of a UTF-8 file, with line feeds and without a byte order mark.

    Arguments:
        file: Where it is.
        path: What to call it in messages.
        max_bytes: A larger file is refused unread.

    Raises:
        GreenSupplyError: Missing, too large, not UTF-8, or with the marks of a merge conflict.
    """

    def refuse(rule: str, line: int = 1, column: int = 0, **values: Any) -> GreenSupplyError:
        return GreenSupplyError([rules.problem(rule, path, line, column, **values)])

    try:
        if file.stat().st_size > max_bytes:
            raise refuse("file-too-large", most=max_bytes)
        raw = file.read_bytes()
    except OSError as error:
        raise refuse("file-unreadable", reason=_reason(error)) from None
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("file-utf-16")
    if b"\0" in raw:
        before = raw[: raw.index(b"\0")].removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
        raise refuse("file-nul", *_place(_line_feeds(before)))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = _line_feeds(error.object[: error.start].decode())  # without a byte order mark
        raise refuse("file-not-utf-8", *_place(before), byte=f"0x{error.object[error.start]:02X}") from None
    text = _line_feeds(text)
    if conflict := _CONFLICT.search(text):
        raise refuse("merge-conflict", *_place(text[: conflict.start()]))
    return text


def split(text: str, path: str) -> tuple[str, str, int]:
    """Return the YAML of the front matter, the Markdown below it, and the line on which that begins.

    Raises:
        GreenSupplyError: No front matter, or no end of it.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise GreenSupplyError([rules.problem("front-matter-missing", path, 1, 1)])
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if not end:
        raise GreenSupplyError([rules.problem("front-matter-open", path, 1, 1)])
    yaml = "\n".join(lines[1:end])
    if not yaml.strip():
        raise GreenSupplyError([rules.problem("front-matter-empty", path, 1, 1)])
    return yaml, "\n".join(lines[end + 1 :]), end + 2


def _line_feeds(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _place(before: str) -> tuple[int, int]:
    """Line and column of what follows a text."""
    return before.count("\n") + 1, len(before) - before.rfind("\n")


def _reason(error: OSError) -> rules.Word | str:
    """Why the system cannot read a file; what is rare is said as the system says it."""
    said = {FileNotFoundError: "no-such-file", PermissionError: "no-permission", IsADirectoryError: "is-a-folder"}
    name = said.get(type(error))
    return rules.word(name) if name else str(error.strerror)
