"""The words of the calculators: the same in each language, spaced as each language is."""

import re

import pytest
import yaml
from greensupply import components

TAGS = ("shared", "activity-costing", "stream-map", "aspect-register")
HOLDER = re.compile(r"\{\w+\}")


@pytest.fixture(params=TAGS)
def words(request: pytest.FixtureRequest) -> dict[str, dict[str, str]]:
    return dict(yaml.safe_load((components.FOLDER / request.param / "words.yml").read_text(encoding="utf-8")))


def test_each_language_has_the_same_keys_in_the_same_order(words):
    assert list(words["en"]) == list(words["es"]) == list(words["fr"])


def test_each_text_has_the_same_placeholders(words):
    for locale in ("es", "fr"):
        other = words[locale]
        assert {key for key, text in words["en"].items() if set(HOLDER.findall(text)) != set(HOLDER.findall(other[key]))} == set()  # fmt: skip


def test_every_text_is_a_text_without_space_at_its_ends(words):
    assert [text for texts in words.values() for text in texts.values() if text != str(text).strip()] == []


def test_french_has_no_break_space_before_colon_percent_and_dollar_and_none_before_other_marks(words):
    plain = re.compile(r"(?<!\u00a0)[%»](?!\w)|[^\u00a0\d/]:(?=\s|$)|«(?!\u00a0)|\s[;!?]|[^\u00a0A-Z]\$")
    symbols = ("symbol_", "coin_")
    found = {key: text for key, text in words["fr"].items() if plain.search(text) and not key.startswith(symbols)}

    assert found == {}


def test_spanish_opens_its_questions_and_writes_percent_close(words):
    assert [text for text in words["es"].values() if ("?" in text) != ("¿" in text) or re.search(r"\d\s%", text)] == []
