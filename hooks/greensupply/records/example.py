"""The example row of the hub's roster template: how it is made, and how it is known when it comes back."""

from __future__ import annotations

import re
from collections.abc import Mapping

from greensupply.records.people import folded

MARKS: Mapping[str, str] = {"en": "EXAMPLE: not read", "es": "EJEMPLO: no se lee", "fr": "EXEMPLE\u00a0: non lu"}
"""Locale -> what stands in the remark of the row."""
EMAIL = "example@example.com"
"""An address that nobody has. Source: RFC 2606, 3."""
NAME = "Ana Ejemplo Exemple"


def is_whole(email: str, number: str, name: str, remark: str) -> bool:
    """Is it the example, with nobody written over it?"""
    return is_marked(remark) and (folded(email), number, folded(name)) == (EMAIL, "", folded(NAME))


def is_touched(email: str, remark: str) -> bool:
    """Does it bear the mark or the address of the example, so that it is either the example or a mistake?"""
    return is_marked(remark) or email.strip().casefold() == EMAIL


def is_marked(remark: str) -> bool:
    """Does a remark say that its row is an example?"""
    return bool(remark) and _words(remark) in _MARKS


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", folded(text)))


_MARKS = frozenset(map(_words, MARKS.values()))
