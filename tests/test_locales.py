"""The three languages say the same things, and each writes as its country does."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from string import Formatter
from typing import Any

import pytest
from greensupply import locales


def flat(words: Any, prefix: str = "") -> Iterator[tuple[str, str]]:
    for key, value in words.items():
        if isinstance(value, dict):
            yield from flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("locale", ["es", "fr"])
def test_every_word_exists_in_every_language_with_the_same_placeholders(locale):
    source, other = dict(flat(locales.words("en"))), dict(flat(locales.words(locale)))

    assert set(source) == set(other)
    assert {key for key in source if placeholders(source[key]) != placeholders(other[key])} == set()
    assert all(isinstance(text, str) and text.strip() for text in other.values())


def test_french_has_canadas_spaces():
    for key, text in flat(locales.words("fr")):
        assert not any(f"{space}{sign}" in text for space in " \u00a0" for sign in ";!?"), key
        assert " :" not in text, key
        assert "« " not in text, key
        assert " »" not in text, key


def test_spanish_opens_its_questions_and_exclamations():
    for key, text in flat(locales.words("es")):
        assert text.count("?") == text.count("¿"), key
        assert text.count("!") == text.count("¡"), key


@pytest.mark.parametrize(
    ("locale", "number", "percent", "day", "listing"),
    [
        ("en", "12,500.5", "80%", "November 24, 2026", "a, b and c"),
        ("es", "12,500.5", "80%", "24 de noviembre de 2026", "a, b y c"),
        ("fr", "12\u00a0500,5", "80\u00a0%", "24 novembre 2026", "a, b et c"),
    ],
)
def test_numbers_dates_and_lists_are_written_as_the_country_does(locale, number, percent, day, listing):
    assert locales.number(Decimal("12500.50"), locale) == number
    assert locales.percent(0.8, locale) == percent
    assert locales.long_date(date(2026, 11, 24), locale) == day
    assert locales.listing(["a", "b", "c"], locale) == listing


def test_spanish_and_is_e_before_the_sound_of_i():
    assert locales.listing(["proveedores", "instructores"], "es") == "proveedores e instructores"
    assert locales.listing(["metal", "hielo"], "es") == "metal y hielo"


def test_a_number_that_was_written_before_is_written_for_itself():
    for _ in range(2):  # the second time from memory
        assert locales.number(Decimal("1500.50"), "en") == "1,500.5"
        assert locales.number(Decimal(1500), "en") == locales.number(1500, "en") == "1,500"
        assert locales.number(Decimal(1500), "fr") == "1\u00a0500"
        assert [locales.number(Decimal(zero), "en") for zero in ("0", "-0")] == ["0", "-0"]
        assert [locales.percent(zero, "en") for zero in (0.0, -0.0)] == ["0%", "-0%"]
        assert locales.percent(0.5, "en") == locales.percent(Decimal("0.50"), "en") == "50%"
        assert locales.percent(0.5, "fr") == "50\u00a0%"
