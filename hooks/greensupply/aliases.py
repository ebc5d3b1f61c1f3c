"""`records/aliases.yml`: what a renamed module is called now, so that its earlier records still count."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from greensupply import source_text, yaml_text
from greensupply.errors import GreenSupplyError, Problem

HOW = "Write `old-module-id: new-module-id`."


def read(file: Path) -> Mapping[str, str]:
    """Return earlier id of a module -> the one it has now, over any number of renames; nothing without the file.

    Raises:
        GreenSupplyError: The file cannot be read, leads from an id to something else than text, or in a circle.
    """
    path = file.as_posix()
    if not file.exists():
        return {}
    document = yaml_text.load(source_text.read(file, path), path)
    written: Mapping[str, object] = document.value
    found = {name: _end(written, name) for name in written}
    if wrong := [
        Problem(path, document.line(name), f"`{name}` does not lead to the id of a module.", HOW)
        for name, now in found.items()
        if now is None
    ]:
        raise GreenSupplyError(wrong)
    return {name: str(now) for name, now in found.items()}


def _end(written: Mapping[str, object], name: str) -> str | None:
    """Where a chain of renames ends; None if it goes round in a circle or leads to something else than text."""
    for _ in range(len(written) + 1):
        if name not in written:
            return name
        following = written[name]
        if not isinstance(following, str):
            return None
        name = following
    return None
