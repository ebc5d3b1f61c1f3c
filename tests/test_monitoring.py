"""The monitoring pages and their files: published results in, Markdown and files out."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import fields, replace
from datetime import date
from html import unescape
from io import StringIO

import pytest
from greensupply import monitoring
from greensupply.addresses import Site
from greensupply.locales import LOCALES, number, words
from greensupply.monitoring import COLUMNS, FILES, Monitoring
from greensupply.monitoring.basis import difference
from greensupply.monitoring.downloads import DICTIONARY, JSON
from greensupply.monitoring.results import before, last_day
from greensupply.outcome_counts import BASELINED, QUARTERLY
from greensupply.published_outcomes import PublicAmount, PublicOutcomes, PublicStages
from greensupply.results_page.goals import Goal
from monitoring_builders import AS_OF, GOALS, QUARTERS, definitions, figures, lifelike, make, whole
from public_builders import lifelike as people
from public_builders import tiles

ALL = ("CA", "MX", "US")
PENETRATION, ENVIRONMENT, LIST = "results/penetration", "results/environment", "results/quarters"
REPORT = f"{LIST}/2026-q3"
PAGES = (PENETRATION, ENVIRONMENT, LIST, REPORT)


def page(found: Monitoring, place: str = PENETRATION, locale: str = "en") -> str:
    return monitoring.text(found, place, locale, Site())


def cells(figure: str) -> list[list[str]]:
    """Rows of a table, the head first."""
    return [
        [unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)]
        for line in re.findall(r"<tr>(.*?)</tr>", figure)
    ]


def one(measure: str = "energy", *, groups: tuple[tuple[str, ...], ...] = (ALL,), **changes: object) -> PublicOutcomes:
    """Results of one measure in one quarter."""
    amount = PublicAmount(**({"value": 1_230_000.0, "plants": 45, "classes": {"M": 70}, "as_of": AS_OF} | changes))
    quarter = "2026-Q3" if measure in QUARTERLY or "@" in measure else ""
    stages = {("", "2026-Q3"): PublicStages(scope=100)}
    return PublicOutcomes(as_of=AS_OF, stages=stages, amounts={(measure, group, quarter): amount for group in groups})


# --- the pages --------------------------------------------------------------------------------------------------------


def test_there_is_a_page_of_each_closed_quarter_with_anything_to_report():
    assert monitoring.places(whole())[:3] == (PENETRATION, ENVIRONMENT, LIST)
    assert monitoring.places(whole())[3:] == tuple(f"{LIST}/{quarter.lower()}" for quarter in QUARTERS)
    assert monitoring.places(make()) == (PENETRATION, ENVIRONMENT, LIST)


def test_a_quarter_that_has_not_ended_has_no_report():
    tally = people(quarters={"2026-Q3": 40, "2026-Q4": 25})

    assert monitoring.places(make(tally=tally))[3:] == (REPORT,)


@pytest.mark.parametrize("locale", LOCALES)
def test_before_there_is_anything_to_show_the_pages_say_so_and_how_they_will_count(locale):
    say = {**words(locale)["results"], **words(locale)["monitoring"]}

    for place in (PENETRATION, ENVIRONMENT, LIST):
        text = page(make(), place, locale)
        assert f"## {say['no_data']}" in text
        assert "<svg" not in text
        assert "gs-tiles" not in text
    for place in (PENETRATION, ENVIRONMENT):
        for section in ("counted", "protected_plants", "missing", "trace"):
            assert f"## {say[section]}" in page(make(), place, locale)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("place", PAGES)
def test_invented_numbers_are_marked_on_every_page_that_shows_them(place, locale):
    said = words(locale)["results"]["demonstration"]
    real = make(lifelike(demonstration=False), tally=people(demonstration=False))

    assert said in page(whole(), place, locale)
    assert said not in page(real, place, locale)


@pytest.mark.parametrize("place", PAGES)
def test_the_three_languages_have_the_same_figures_tables_and_links(place):
    shapes = {
        locale: (
            list(figures(text := page(whole(), place, locale))),
            text.count("<tr>"),
            text.count("<svg"),
            text.count("<a "),
            text.count("<dt>"),
        )
        for locale in LOCALES
    }

    assert shapes["es"] == shapes["fr"] == shapes["en"]


def test_nothing_is_left_in_another_language():
    """Names of metrics, units and countries are those of the page."""
    french = page(whole(), ENVIRONMENT, "fr")
    for english in ("Energy", "Water", "tonne,", "Canada and", "three countries", "plants ("):
        assert english not in french, english
    assert "t éq. CO₂" in french
    assert "\u00a0:" in french
    assert not re.search(r"[^\u00a0] :", french)


def published_numbers(found: Monitoring) -> set[float]:
    """Every number of the results, and what their own methods work out from it."""
    outcomes = found.outcomes
    numbers: set[float] = {0, outcomes.days_to_action or 0}
    for stages in outcomes.stages.values():
        numbers |= {getattr(stages, each.name) or 0 for each in fields(stages)}
    for (place, quarter), stages in outcomes.stages.items():
        numbers |= {outcomes.share(place, quarter, each.name) or 0 for each in fields(stages)}
        numbers.add(outcomes.conversion(place, quarter) or 0)
        numbers |= {outcomes.coverage.get((place, quarter)) or 0, outcomes.reporting.get((place, quarter)) or 0}
    for amount in (*outcomes.amounts.values(), *outcomes.complements.values()):
        numbers |= {amount.value, amount.plants, *amount.classes.values()}
    numbers |= set(outcomes.intensities.values())
    for group in (ALL, *((code,) for code in ALL), ("CA", "US")):
        numbers |= {outcomes.implementation(group) or 0, outcomes.implementation(group, by="value") or 0}
        numbers |= {outcomes.realisation(group) or 0, outcomes.payback(group) or 0}
        for measure, _, quarter in list(outcomes.amounts):
            numbers.add(outcomes.value(measure, group, quarter) or 0)
        for quarter in found.quarters:
            numbers |= {outcomes.diversion(group, quarter) or 0, outcomes.material_yield(group, quarter) or 0}
            for measure in BASELINED:
                numbers.add(outcomes.change(measure, group, quarter) or 0)
                now, expected = (outcomes.value(f"{measure}@{name}", group, quarter) for name in ("now", "expected"))
                if now is not None and expected is not None:
                    numbers.add(difference(expected, now))
    behind: dict[tuple[str, str], float] = {}
    for (measure, _, quarter), amount in outcomes.amounts.items():
        behind[measure, quarter] = behind.get((measure, quarter), 0) + amount.plants
    return numbers | set(behind.values()) | {goal.amount or goal.share for goal in found.training.goals}


def _three(value: float) -> float:
    return float(f"{abs(value):.3g}")


@pytest.mark.parametrize("place", [PENETRATION, ENVIRONMENT])
def test_every_number_on_a_page_stands_in_what_was_published(place):
    found = whole()
    known = {_three(value) for value in published_numbers(found)}
    known |= {_three(value / by) for value in known for by in (1000, 1_000_000)}  # charts in thousands and millions
    known |= {_three(value / 0.45359237) for value in (18_400.0,)}  # pounds of the register of the United States
    text = page(found, place)
    body = text[: text.index("## How it is counted")]
    shown = [
        *re.findall(r"<td>(.*?)</td>", body),
        *re.findall(r"<dd[^>]*>(.*?)</dd>", body),
        *re.findall(r"<figcaption>\n<h[34][^>]*>[^<]*</h[34]>\n<p>(.*?)</p>", body),
        *re.findall(r"<text[^>]*>([^<]*)</text>", body),
    ]
    words_with_digits = r"\b[1-4](?:st|nd|rd|th) quarter \d{4}|\bQ\d\b|(?:Oct|Apr|Aug|December)\w* \d+, \d{4}"
    words_with_digits += r"|1,000 parts|CO2|scopes? [12](?: and 2)?|4 h\b|\b20\d\d\b|\b100%|\b[2468]?0%"
    for cell in shown:
        plain = re.sub(words_with_digits, "", unescape(cell).replace("\u00a0", " "))
        for digits in re.findall(r"\d[\d,]*(?:\.\d+)?", plain):
            value = float(digits.replace(",", ""))
            assert _three(value) in known, (digits, cell)


def test_what_is_withheld_is_said_and_never_zero():
    found = make(PublicOutcomes(as_of=AS_OF, stages={("", "2026-Q3"): PublicStages(scope=40)}))
    shown = tiles(page(found))

    assert shown["plants in scope"] == "40"
    assert {value for name, value in shown.items() if name != "plants in scope"} == {"Not enough data"}
    for place in PAGES:
        assert not re.search(r"<(?:td|dd)[^>]*>0(?:%| |<)", page(found, place)), place


def test_a_withheld_quarter_is_a_gap_with_a_sign():
    figure = figures(page(whole(), ENVIRONMENT))["quantity-voc"]

    assert ">–</text>" in figure
    assert "it does not mean zero" in figure


def test_a_figure_without_enough_data_says_so_in_place_of_its_chart():
    found = figures(page(make(one("energy")), ENVIRONMENT))

    assert "<svg" in found["quantity-energy"]
    for name in ("quantity-water", "change-energy", "diversion", "money", "avoided-ghg", "coverage"):
        assert "<svg" not in found[name], name
        assert "without pointing to a plant" in found[name], name


def test_beside_a_quantity_stand_its_plants_coverage_and_how_it_was_found():
    figure = figures(page(whole(), ENVIRONMENT))["quantity-energy"]

    assert "3rd quarter 2026: 1,590,000\u00a0GJ, from 225 plants (all three countries)." in figure
    assert "A year earlier: 1,170,000\u00a0GJ." in figure
    assert (
        "Canada and United States: 90 plants, measured ≥\u00a095%, calculated ≤\u00a05%, estimated ≤\u00a05%" in figure
    )
    assert "Coverage, 3rd quarter 2026: 62% of the enrolled plants report." in figure
    assert cells(figure)[0] == [
        "Quarter",
        "Countries",
        "Quantity (GJ)",
        "Plants",
        "Measured",
        "Calculated",
        "Estimated",
        "As of",
    ]
    assert cells(figure)[-1][:4] == ["3rd quarter 2026", "Mexico", "954,000", "135"]


def test_where_only_one_class_can_be_told_the_others_are_withheld():
    figure = figures(page(make(one()), ENVIRONMENT))["quantity-energy"]

    assert cells(figure)[1][4:7] == ["70%", "Not enough data", "Not enough data"]


def test_a_chart_of_some_countries_says_of_which():
    found = make(one(groups=(("MX",),)))
    figure = figures(page(found, ENVIRONMENT))["quantity-energy"]

    assert "(Mexico)" in figure
    assert "three countries" not in figure


def test_less_and_more_than_at_the_baseline_are_said_apart():
    found = figures(page(whole(), ENVIRONMENT))

    assert (
        "10% less than in the plants’ baseline years at the same output; 140,000\u00a0GJ avoided"
        in (found["change-energy"])
    )
    assert "6% more than" in found["change-voc"]
    assert "beyond it" in found["change-voc"]
    assert ">-6%</text>" in found["change-voc"]


@pytest.mark.parametrize(
    ("expected", "used", "avoided"),
    [
        (1_280_000, 1_150_000, 130_000),
        (1_230_000, 1_229_000, 0),
        (102, 98.4, 4),
        (0.512, 0.421, 0.091),
        (87.5, 99.1, -11.6),
    ],
)
def test_a_difference_is_no_finer_than_what_it_lies_between(expected, used, avoided):
    assert difference(expected, used) == avoided


def test_verified_results_stand_apart_from_estimates():
    figure = figures(page(whole(), ENVIRONMENT))["avoided-energy"]

    kinds = {row[1] for row in cells(figure)[1:]}
    assert kinds == {"verified", "expected of implemented actions (estimate)"}
    assert 'fill="var(--gs-mark-soft)"' in figure
    assert "Verified: 36,000\u00a0GJ a year (all three countries)." in figure


def test_national_figures_are_shown_by_country_and_never_added_up():
    text = page(whole(), ENVIRONMENT)
    part = text[text.index("## What each country asks for") : text.index("## All numbers to take away")]

    assert [re.findall(r"^### (.*)$", part, re.MULTILINE)] == [["Canada", "Mexico", "United States"]]
    assert "<td>40,600\u00a0lb (18,400\u00a0kg)</td>" in part
    assert "<td>85 plants: yes</td>" in part
    assert "all three" not in part.lower()


def test_the_report_of_a_quarter_has_training_assistance_and_environment():
    text = page(whole(), REPORT)

    assert tiles(text)["people trained in the quarter H3"] == "1,485"
    assert ["P3 Assessed", "295 (24%)", "30 (10%)", "120 (23%)", "95 (23%)"] in cells(text)
    assert ["E1 Energy use", "Mexico", "954,000\u00a0GJ", "135"] in [row[:4] for row in cells(text)]
    assert "ended September 30, 2026" in text
    assert 'href="../../data/quarter-2026-q3.csv"' in text


def test_a_report_of_an_older_quarter_knows_nothing_of_later_ones():
    text = page(whole(), f"{LIST}/2025-q2")

    assert "2025" in text
    assert "2026-Q" not in text
    assert "quarter 2026" not in text
    assert "Verified results and savings" not in text


# --- goals ------------------------------------------------------------------------------------------------------------


def test_goals_are_drawn_against_what_was_reached():
    penetration, environment = figures(page(whole())), figures(page(whole(), ENVIRONMENT))

    assert ">Goal: 30% assessed</text>" in penetration["stages-all"]
    assert "Goal for Mexico by December 31, 2028: 40% with an implemented action." in penetration["stages-mx"]
    assert "Goal" not in penetration["stages-us"]
    assert "Goal by December 31, 2027: US$6,000,000." in environment["money"]
    assert ">Goal: 15%</text>" in environment["change-energy"]
    assert "Goal by December 31, 2027: 90,000\u00a0GJ." in environment["avoided-energy"]
    assert "Goal" not in environment["avoided-water"]


def test_goals_of_training_are_not_drawn_as_technical_assistance():
    goal = Goal(measure="trained", share=75, by=date(2027, 12, 31))

    assert "75%" not in page(whole(goal))


# --- definitions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("place", PAGES)
def test_each_code_leads_to_a_definition_on_its_page_and_ids_are_unique(place, locale):
    text = page(whole(), place, locale)
    ids = re.findall(r' id="([^"]+)"', text)

    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', text)) <= set(ids)


def test_every_figure_of_plants_is_defined_on_one_of_the_pages():
    both = page(whole()) + page(whole(), ENVIRONMENT)

    assert {found.code for found in definitions() if f'id="{found.anchor}"' not in both} == set()


def test_text_from_outside_is_shown_as_text():
    goal = Goal(measure="saved", amount=5, by=date(2027, 12, 31))
    found = make(one("<script>", groups=(ALL,)), goal)

    for place in PAGES:
        assert "<script" not in page(found, place)


# --- the files --------------------------------------------------------------------------------------------------------


def test_the_files_hold_the_published_numbers():
    files = monitoring.downloads(whole())

    assert set(FILES) <= set(files)
    rows = list(csv.DictReader(StringIO(files["quantities.csv"])))
    energy = next(
        row for row in rows if (row["quarter"], row["measure"], row["countries"]) == ("2026-Q3", "energy", "MX")
    )
    assert (energy["value"], energy["unit"], energy["plants"]) == ("954000.0", "GJ", "135")
    assert (energy["as_of"], energy["demonstration"]) == ("2026-10-31", "true")
    assert json.loads(files[JSON])["stages"][-4]["country"] == "all"
    reports = {name for name in files if name.startswith("quarter-")}
    assert reports == {f"quarter-{quarter.lower()}.csv" for quarter in QUARTERS}


def test_what_is_withheld_is_an_empty_cell():
    files = monitoring.downloads(make(PublicOutcomes(as_of=AS_OF, stages={("", "2026-Q3"): PublicStages(scope=40)})))
    row = next(csv.DictReader(StringIO(files["stages.csv"])))

    assert (row["scope"], row["assessed"], row["assessed_percent"]) == ("40", "", "")
    assert json.loads(files[JSON])["stages"][0]["assessed"] is None


def test_the_dictionary_explains_every_column_in_three_languages():
    files = monitoring.downloads(whole())
    rows = list(csv.DictReader(StringIO(files[DICTIONARY].removeprefix("\ufeff"))))
    known = {(row["file"], row["column"]) for row in rows}

    for name in COLUMNS:
        head = next(csv.reader(StringIO(files[name])))
        assert {(name, column) for column in head} <= known
    head = next(csv.reader(StringIO(files["quarter-2026-q3.csv"])))
    assert {("quarter-YYYY-qN.csv", column) for column in head} <= known
    assert all(row[f"description_{locale}"] for row in rows for locale in LOCALES)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_file_of_a_page_is_written(locale):
    files = monitoring.downloads(whole())

    for place in PAGES:
        linked = re.findall(r'href="[./]*data/([\w.-]+)" download', page(whole(), place, locale))
        assert set(linked) - {"learners-by-quarter.csv"} <= set(files), place


def test_quarters_are_reckoned_over_the_turn_of_the_year():
    assert before("2026-Q1", 1) == "2025-Q4"
    assert before("2026-Q3", 4) == "2025-Q3"
    assert last_day("2026-Q3") == date(2026, 9, 30)
    assert number(1230, "fr") == "1\u00a0230"
    assert GOALS


def test_a_sum_is_that_of_the_rows_of_its_own_measure_and_period():
    found = lifelike()
    keys = {(name, when) for name, _, when in found.amounts}
    for name, when in keys:
        rows = {group: one.value for (each, group, at), one in found.amounts.items() if (each, at) == (name, when)}
        assert {group: one.value for group, one in found.rows(name, when).items()} == rows
        for wanted in ((), ("CA",), ("CA", "MX"), ("CA", "MX", "US")):
            inside = {group: value for group, value in rows.items() if set(group) <= set(wanted)}
            whole = {country for group in inside for country in group} == set(wanted)
            assert found.value(name, wanted, when) == (sum(inside.values()) if inside and whole else None)
    assert found.rows("nothing", "") == {}
    assert replace(found, amounts={}).value(*min(keys)[:1], ("CA", "MX", "US"), min(keys)[1]) is None
