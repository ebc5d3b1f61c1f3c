"""ES modules of ours -> one classic script: one request instead of ten, and it also runs from `file://`.

It takes just what our scripts use: named imports from relative files, and `export` before a declaration. Anything else
is an error, so that nothing is bundled half.
"""

from __future__ import annotations

import re
from pathlib import Path
from posixpath import normpath

_IMPORT = re.compile(r"^import(?:\s*\{([^}]*)\}\s*from)?\s*['\"](\.[^'\"]+)['\"];?[ \t]*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|function\*?|const|let) ([A-Za-z_$][\w$]*))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*|^.*\bimport(?:\.meta\b|\s*\().*", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*(?:/\*\*.*?\*/[ \t]*\n|//[^\n]*\n)", re.MULTILINE | re.DOTALL)


class BundleError(ValueError):
    """A script that cannot be bundled, with where and why."""


def bundle(*entries: Path) -> str:
    """Return one strict classic script that runs the entries in order, each file once, its imports before it.

    Raises:
        BundleError: Files import one another in a circle, or use a form of import or export that is not taken.
    """
    order: list[Path] = []
    texts: dict[Path, str] = {}
    for entry in entries:
        _visit(entry.resolve(), order, texts, ())
    names = {file: f"m{place}" for place, file in enumerate(order)}
    parts = [_wrapped(file, texts[file], names) for file in order]
    return "'use strict';\n(() => {\n" + "".join(parts) + "})()\n"


def _visit(file: Path, order: list[Path], texts: dict[Path, str], trail: tuple[Path, ...]) -> None:
    if file in trail:
        circle = " -> ".join(step.name for step in (*trail[trail.index(file) :], file))
        raise BundleError(f"{file.name}: these files import one another: {circle}. Move what they share to a third.")
    if file in order:
        return
    texts[file] = file.read_text(encoding="utf-8")
    for found in _IMPORT.finditer(texts[file]):
        _visit(_beside(file, found[2]), order, texts, (*trail, file))
    order.append(file)


def _beside(file: Path, address: str) -> Path:
    """The file at an address in another."""
    return Path(normpath((file.parent / address).as_posix()))


def _wrapped(file: Path, text: str, names: dict[Path, str]) -> str:
    exports = [found[1] for found in _EXPORT.finditer(text)]

    def imported(found: re.Match[str]) -> str:
        if not found[1]:
            return ""
        wanted = re.sub(r"([\w$]+)\s+as\s+([\w$]+)", r"\1: \2", " ".join(found[1].split()))
        return f"const {{{wanted}}} = {names[_beside(file, found[2])]}\n"

    code = _COMMENT.sub("", _EXPORT.sub("", _IMPORT.sub(imported, text)))
    if ("import" in code or "export" in code) and (other := _OTHER.search(code)):
        line = text[: text.find(other[0])].count("\n") + 1
        raise BundleError(
            f"{file.name}:{line}: `{other[0].strip()[:80]}` is not taken. Use named imports and exported declarations."
        )
    result = f"return {{{', '.join(exports)}}}\n" if exports else ""
    return f"const {names[file]} = (() => {{\n{code}{result}}})()\n"
