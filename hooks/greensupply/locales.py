"""The three locales: their words, and how each writes numbers, dates and lists.

Babel is loaded by the first number or date that needs it: a check of a module often has none to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from greensupply import package_data

if TYPE_CHECKING:
    from babel import Locale

SOURCE = "en"
"""The locale that authors write first; the others translate it, and stand in for nothing."""

LOCALES = ("en", "es", "fr")
LANGUAGE_TAGS: Mapping[str, str] = {"en": "en", "es": "es-MX", "fr": "fr-CA"}
"""BCP 47 tags for HTML: Spanish is Mexico's, French is Canada's."""

NAMES: Mapping[str, str] = {"en": "English", "es": "Español", "fr": "Français"}

BETWEEN = "\u00a0· "
"""Between things that stand in one line: where the line breaks, the dot ends it and begins none."""

STRINGS = Path(__file__).parent / "strings"

_REMEMBERED = 4096
"""Numbers that are in mind as they were last written: a page says the same ones many times."""


@cache
def words(locale: str) -> Mapping[str, Any]:
    """The interface strings of a locale: maps `site`, `quiz` and `page`."""
    said: dict[str, Any] = package_data.read(STRINGS / f"{locale}.yml")
    return said


def number(value: Decimal | int, locale: str) -> str:
    """`12500.5` as the locale writes it: 12,500.5 (en, es-MX) or 12 500,5 with no-break space (fr-CA).

    Every decimal of the value is kept; Babel's default would round to three. Source: Unicode CLDR.
    """
    if isinstance(value, int) and 0 <= value < 1000:
        return str(value)  # so everywhere; what is often all that is said need not load the tables of Unicode
    return _grouped(str(Decimal(value)), locale)


@lru_cache(maxsize=_REMEMBERED)
def _grouped(digits: str, locale: str) -> str:
    from babel.numbers import format_decimal

    value = Decimal(digits)
    exponent = value.normalize().as_tuple().exponent
    decimals = max(0, -exponent) if isinstance(exponent, int) else 0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return format_decimal(value, format=pattern, locale=_cldr(locale))


def percent(share: Decimal | float, locale: str) -> str:
    """A share from 0 to 1 as a whole percentage: 80% (en, es-MX), 80 % (fr-CA). Source: Unicode CLDR."""
    return _percentage(str(share), locale)


@lru_cache(maxsize=_REMEMBERED)
def _percentage(digits: str, locale: str) -> str:
    from babel.numbers import format_percent

    return format_percent(Decimal(digits), locale=_cldr(locale))


def long_date(day: date, locale: str) -> str:
    """A date in words: November 24, 2026; 24 de noviembre de 2026; 24 novembre 2026. Source: Unicode CLDR."""
    from babel.dates import format_date

    return format_date(day, format="long", locale=_cldr(locale))


def short_date(day: date, locale: str) -> str:
    """A date for a table: Oct 31, 2026; 31 oct 2026; 31 oct. 2026. Source: Unicode CLDR."""
    from babel.dates import format_date

    return format_date(day, format="medium", locale=_cldr(locale)).replace(" ", "\u00a0")


def period(name: str, locale: str, form: str = "long") -> str:
    """A quarter `2026-Q3` or month `2026-08` in words: 3rd quarter 2026, agosto de 2026. Source: Unicode CLDR.

    Arguments:
        name: The period.
        locale: The locale.
        form: `long`, or `short` for its name without the year: Q3, T3, Aug.
    """
    from babel.dates import format_date, format_skeleton

    year, _, part = name.partition("-")
    quarter = part.startswith("Q")
    day = date(int(year), int(part[1:]) * 3 if quarter else int(part), 1)
    if form == "short":
        return format_date(day, "QQQ" if quarter else "LLL", locale=_cldr(locale))
    return format_skeleton("yQQQQ" if quarter else "yMMMM", day, locale=_cldr(locale))


def country(code: str, locale: str) -> str:
    """A country by its ISO 3166-1 code: Mexico, México, Mexique. Source: Unicode CLDR."""
    return str(_cldr(locale).territories[code])


def language(code: str, locale: str) -> str:
    """A language by its code: Spanish, español, espagnol. Source: Unicode CLDR."""
    return str(_cldr(locale).languages[code])


def listing(items: Iterable[str], locale: str) -> str:
    """Items joined as the locale lists them: `a, b and c`. Source: Unicode CLDR.

    Spanish `y` becomes `e` before the sound of i (`e instructores`), which CLDR's pattern cannot say. Source: RAE, *y*.
    """
    from babel.lists import format_list

    joined = format_list(tuple(items), locale=_cldr(locale))
    return re.sub(r" y (?=h?i(?!e))", " e ", joined, flags=re.IGNORECASE) if locale == "es" else joined


@cache
def _cldr(locale: str) -> Locale:
    from babel import Locale

    return Locale.parse({"en": "en_CA", "es": "es_MX", "fr": "fr_CA"}[locale])
