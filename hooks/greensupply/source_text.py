"""A file that a person wrote -> its text, and front matter apart from Markdown."""

from __future__ import annotations

import re
from pathlib import Path

from greensupply.errors import GreenSupplyError, Problem

MAX_BYTES = 400_000
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

    def refuse(what: str, how: str, line: int = 1) -> GreenSupplyError:
        return GreenSupplyError([Problem(path, line, what, how)])

    try:
        if file.stat().st_size > max_bytes:
            raise refuse(f"more than {max_bytes:,} bytes.", "Split it.")
        raw = file.read_bytes()
    except OSError as error:
        raise refuse(f"cannot be read ({error.strerror}).", "Check the name of the file and its permissions.") from None
    save = "Save it as UTF-8 (in the editor: Save with encoding)."
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refuse("is UTF-16, not UTF-8.", save)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refuse(f"is not UTF-8 (byte 0x{raw[error.start]:02X}); it looks like Windows-1252.", save, line) from None
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        what = "holds a NUL character; it may be UTF-16 without a mark, or not a text file."
        raise refuse(what, save, text.count("\n", 0, text.index("\0")) + 1)
    if conflict := _CONFLICT.search(text):
        line = text.count("\n", 0, conflict.start()) + 1
        raise refuse("holds the marks of a merge conflict.", "Keep one of the two versions and delete the marks.", line)
    return text


def split(text: str, path: str) -> tuple[str, str, int]:
    """Return the YAML of the front matter, the Markdown below it, and the line on which that begins.

    Raises:
        GreenSupplyError: No front matter, or no end of it.
    """
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        how = "Begin the file with `---`, the keys `title:` and so on, and `---`."
        raise GreenSupplyError([Problem(path, 1, "does not begin with front matter.", how)])
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), 0)
    if not end:
        raise GreenSupplyError(
            [
                Problem(
                    path, 1, "the front matter is not closed.", "Write `---` on a line of its own after its last key."
                )
            ]
        )
    yaml = "\n".join(lines[1:end])
    if not yaml.strip():
        raise GreenSupplyError(
            [Problem(path, 1, "the front matter is empty.", "Write `title:` and the other keys between the two `---`.")]
        )
    return yaml, "\n".join(lines[end + 1 :]), end + 2
