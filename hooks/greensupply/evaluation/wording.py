"""What the folder says, in three languages; and tables as CSV files that a spreadsheet opens as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from greensupply import csv_text, package_data
from greensupply.csv_text import Value

_WORDS = Path(__file__).parent / "words.yml"
_BYTE_ORDER_MARK = "\ufeff"


@cache
def _all() -> Mapping[str, Any]:
    said: Mapping[str, Any] = package_data.read(_WORDS)
    return said


def words(locale: str) -> Mapping[str, Any]:
    """The words of the folder in one language."""
    said: Mapping[str, Any] = _all()[locale]
    return said


def table(columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """A table as a CSV file in UTF-8 with its mark, without which a spreadsheet reads accents as something else."""
    return (_BYTE_ORDER_MARK + csv_text.write([columns, *rows])).encode()
