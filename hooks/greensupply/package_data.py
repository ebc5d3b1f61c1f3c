"""The YAML files of this package: words, definitions, units, rules. Tests check them, so they are read as they are."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The safe loader, ten times as fast where PyYAML has libyaml."""


def read(file: Path) -> Any:
    """Return what a file says."""
    return yaml.load(file.read_text(encoding="utf-8"), Loader=LOADER)  # noqa: S506 - a safe one
