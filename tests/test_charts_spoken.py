"""Charts whose words are set apart are the same as those that Vega draws with them, and with their empty layers."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

import pytest
import vl_convert
from greensupply import charts
from greensupply.charts import Caption, GoalLine, spoken, vega
from greensupply.locales import LOCALES, number
from public_builders import lifelike

CAPTION = Caption("x", "Title", "Finding")
FOUND = [("2025-Q1", 1200.5), ("2025-Q2", None), ("2025-Q3", -300.0), ("2025-Q4", 2400.0)]


@pytest.fixture(autouse=True)
def afresh():
    vega._drawn.cache_clear()


def drawn(locale: str, word: str) -> list[str]:
    tally = lifelike()
    names = {"trained": word, "assisted": f"{word} 4 h", "core": f"{word} & <fin>"}
    goals = [GoalLine("trained", 25, f"{word}: 25")]
    found = [
        (quarter, value, "" if value is None else f"{number(int(value), locale)} {word}") for quarter, value in FOUND
    ]
    return [
        charts.rows(tally, "module", lambda labels: f"{word} {' + '.join(labels)}", CAPTION, locale),
        charts.scores(tally, "+".join, CAPTION, locale),
        charts.columns(tally, "quarters", CAPTION, locale),
        charts.columns(tally, "months", CAPTION, locale),
        charts.curve(tally, "", goals, names, 60, CAPTION, locale),
        charts.courses(tally, (4, 5, word), CAPTION, locale),
        charts.courses(tally, (0, 0, ""), CAPTION, locale),
        charts.trend(found, CAPTION, locale, [(2000.0, word)]),
        charts.trend(found[-1:], CAPTION, locale),
        charts.beside([(word, 12.0, f" {word} ", True), ("", 0.0, "0", False)], CAPTION, locale),
    ]


def with_words(spec: Any) -> tuple[Any, dict[str, str]]:
    """As `spoken.set_apart`, but nothing is set apart."""

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            expression = {"labelExpr": f"({json.dumps(value.get('labelExpr'))})[datum.value]"}
            return {
                name: plain(inner) for name, inner in (value | (expression if "labelExpr" in value else {})).items()
            }
        return [plain(inner) for inner in value] if isinstance(value, list) else value

    return plain(spec), {}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("word", ["Plan", "ab", "{0}", "Année\u00a0≥ é\u202f%", "<text>aa</text>", "12"])
def test_a_chart_is_the_same_as_one_drawn_with_its_words(locale, word, monkeypatch):
    apart = drawn(locale, word)
    monkeypatch.setattr(spoken, "set_apart", with_words)
    monkeypatch.setattr(spoken, "put_back", lambda shapes, words: shapes)
    monkeypatch.setattr(vega, "_filled", list)

    assert drawn(locale, word) == apart


def test_a_chart_is_drawn_once_for_all_languages_unless_vega_writes_its_numbers():
    for locale in LOCALES:
        charts.trend([("2025-Q1", 1200.0, f"1200 {locale}")], CAPTION, locale)
        assert vega._drawn.cache_info().misses == 1
    for locale in LOCALES:
        charts.columns(lifelike(), "months", CAPTION, locale)
    assert vega._drawn.cache_info().misses == 1 + len(LOCALES)


def test_other_numbers_or_lines_are_another_drawing():
    one = charts.trend([("2025-Q1", 1200.0, "1200")], CAPTION, "en")
    other = charts.trend([("2025-Q1", 1200.0, "1200"), ("2025-Q2", 600.0, "600")], CAPTION, "en")
    without = charts.trend([("2025-Q1", 1200.0, "1200"), ("2025-Q2", None, "600")], CAPTION, "en")

    assert len({one, other, without}) == 3


def width(text: str) -> float:
    """Of a drawing that is as wide as its text."""
    spec = {"data": {"values": [{"text": text}]}, "mark": "text", "encoding": {"text": {"field": "text"}}, "width": 0}
    drawing = vl_convert.vegalite_to_svg(spec, vl_version=vega._LANGUAGE_VERSION)
    return float(ElementTree.fromstring(drawing).attrib["width"])


def test_vega_measures_none_of_the_signs_that_stand_for_words():
    sign = spoken.set_apart({"values": [{"text": "word" * 20}]})[0]["values"][0]["text"]

    assert width(sign) == width("") < width("word" * 20)
