"""`definitions.yml`: what each published figure means, in the three languages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from greensupply import package_data

FILE = Path(__file__).parent / "definitions.yml"


@dataclass(frozen=True)
class Definition:
    """How one figure is counted.

    Attributes:
        id: Name of the figure, for programs.
        code: Its code, for readers: T and P as in the programme's metrics, H where the hub has a figure of its own.
        name: Locale -> what it is called.
        text: Locale -> how it is counted.
        unit: Locale -> of what it is a number.
    """

    id: str
    code: str
    name: Mapping[str, str]
    text: Mapping[str, str]
    unit: Mapping[str, str]


@cache
def definitions(file: Path = FILE) -> tuple[Definition, ...]:
    """Return the definitions of a file in the order in which they are printed."""
    written = package_data.read(file)
    return tuple(Definition(identifier, **facts) for identifier, facts in written.items())
