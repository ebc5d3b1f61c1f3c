"""Numbers as people write them -> decimals, or why not.

| written | is |
| --- | --- |
| `1234`, `12.5`, `12,5`, `1 234,5`, `1,234.5`, `1.234.567` | read in one way only, so the language does not matter |
| `1,234`, `1.234` | by the decimal sign of the list: 1234 or 1.234 |

The decimal sign of a list is that of its language: a point in English and in Mexico, a comma in Canadian French. If a
number elsewhere in the list shows the other sign (`12,5` in an English one), or the language is not known, `1,234` may
be either and is refused. Sources: CLDR, decimal and group of en, es-MX and fr-CA; fact MET-58.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Context, Decimal

from greensupply.records.scope import refused
from greensupply.records.tables import Number
from greensupply.rules import Word

SIGNS = {"en": ".", "es": ".", "fr": ","}
"""Locale -> decimal sign."""
DIGITS = 15
"""Significant digits, as spreadsheets keep them."""
PLACES = Decimal("1e-12")
_FORM = re.compile(r"[+-]?[\d.,]{1,40}", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*", re.ASCII)
_SPACED = re.compile(r"[+-]?\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d+)?", re.ASCII)
_SPACES = re.compile(r"[ \u00a0\u2009\u202f]")


def sign(languages: Iterable[str], texts: Iterable[str]) -> str:
    """Return the decimal sign of a list; empty if it cannot be known.

    Arguments:
        languages: Those that its headings may be in.
        texts: Its cells that should hold numbers.
    """
    by_language = {SIGNS[language] for language in languages}
    seen = {found for text in texts if (found := _shows(text))}
    if len(by_language) == 1 and seen <= by_language:
        return by_language.pop()
    return seen.pop() if len(by_language) != 1 and len(seen) == 1 else ""


def read(text: str, decimal: str, column: Word) -> Decimal:
    """Return the number.

    Arguments:
        text: The cell, not empty.
        decimal: What `sign` says of the list.
        column: What to call the cell in a message.

    Raises:
        Refused: Not a number, or one that may be two.
    """
    bare = text.replace("\u2212", "-")
    if isinstance(text, Number):
        return tidy(Decimal(bare))
    if _SPACED.fullmatch(bare):
        bare = _SPACES.sub("", bare)
        return tidy(Decimal(bare.replace(",", ".")))
    if not _FORM.fullmatch(bare):
        raise refused("outcome-number", column=column)
    if decimal == "" and _is_open(bare):
        whole, broken = re.sub("[.,]", "", bare), bare.replace(",", ".")
        raise refused("outcome-number-two-ways", column=column, text=text, whole=whole, broken=broken)
    made = _decimal(bare, decimal)
    if made is None:
        raise refused("outcome-number", column=column)
    return tidy(made)


def tidy(value: Decimal) -> Decimal:
    """The number to as many digits as a spreadsheet keeps."""
    short = Context(prec=DIGITS).create_decimal(value)
    return short if abs(short) > Decimal(10) ** DIGITS else short.quantize(PLACES, context=Context(prec=40)).normalize()


def _is_open(text: str) -> bool:
    """May its only sign be of a decimal or of a group?"""
    digits = text.lstrip("+-")
    return bool(re.fullmatch(r"[1-9]\d{0,2}[.,]\d{3}", digits, re.ASCII))


def _shows(text: str) -> str:
    """The decimal sign that a number shows by itself; empty if it shows none."""
    bare = text.replace("\u2212", "-")
    if isinstance(text, Number):
        return ""
    if _SPACED.fullmatch(bare):
        return "," if "," in bare else "." if "." in bare else ""
    if not _FORM.fullmatch(bare) or _is_open(bare) or _decimal(bare, "") is None:
        return ""
    last = max(bare.rfind("."), bare.rfind(","))
    return bare[last] if last >= 0 and bare.count(bare[last]) == 1 else ""


def _decimal(text: str, decimal: str) -> Decimal | None:
    """The number that the text is; of one that is open, by the decimal sign."""
    minus, digits = text.startswith("-"), text.lstrip("+-")
    whole, part = digits, ""
    if _is_open(text):
        mark = digits[-4]
        whole, part = digits.split(mark) if mark == decimal else (digits.replace(mark, ""), "")
    elif signs := re.findall("[.,]", digits):
        last = signs[-1]
        if signs.count(last) == 1:
            whole, part = digits.split(last)
            if not part:
                return None
        if re.search("[.,]", whole):
            if not _GROUPED.fullmatch(whole):
                return None
            whole = re.sub("[.,]", "", whole)
    if not re.fullmatch(r"\d{1,15}", whole or "0", re.ASCII) or not re.fullmatch(r"\d{0,20}", part, re.ASCII):
        return None
    found = Decimal(f"{whole or 0}.{part or 0}")
    return -found if minus else found


def shown(number: Decimal) -> Decimal:
    """A number for a message, which writes a whole one without an exponent."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number
