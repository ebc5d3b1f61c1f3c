"""Evaluation codes: under which names plants stand in the folder. Only who has the programme's key can make them."""

from __future__ import annotations

from collections.abc import Callable

Pseudonym = Callable[[str], str]
"""Text -> the first 32 hexadecimal digits of its HMAC-SHA256 under the programme's key. Source: RFC 2104."""


def code(pseudonym: Pseudonym, seed: int, table: str, supplier: str) -> str:
    """Return the code of a plant in one table: P and 12 signs, other ones in each table and for each seed.

    As no two tables share a code, they cannot be joined. That two of 20,000 plants have one code is a matter of one in
    a million. The letter before them keeps spreadsheets from taking `12E4` for a number.
    """
    return "P" + pseudonym(f"evaluation code {seed} {table} {supplier}")[:12].upper()


def rank(pseudonym: Pseudonym, seed: int, supplier: str) -> str:
    """Return a text by which plants are put into the order in which the sample is drawn."""
    return pseudonym(f"evaluation sample {seed} {supplier}")
