"""The results page and its files: published numbers in, Markdown and files out."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from io import StringIO
from typing import get_args

import pytest
from builders import write
from greensupply import disclosure, published, results_page, tally
from greensupply.addresses import Site
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES, words
from greensupply.published import PublicReach, PublicRow, PublicTally
from greensupply.results_page import Definition, Results, goals
from greensupply.results_page.downloads import COLUMNS, DICTIONARY, FILES
from public_builders import MODULES, lifelike, make_public, rows, tiles

TITLES = {locale: {name: f"{name} in {locale}" for name in MODULES} for locale in LOCALES}
PLAN = goals.CoursePlan(least=4, most=5, by=date(2027, 12, 31))
MEASURES = [repr(name) for name in get_args(goals.Measure)]
LISTED = f"{', '.join(MEASURES[:-1])} or {MEASURES[-1]}"
GOAL = goals.Goal(measure="trained", share=25, by=date(2027, 12, 31))
QUARTER_NAMES = [f"{name} quarter {year}" for year in (2024, 2025, 2026) for name in ("1st", "2nd", "3rd", "4th")][2:12]
DEFINITIONS = tuple(
    Definition(found.id, found.code, found.name, found.text, found.unit) for found in tally.definitions()
)


def page(public: PublicTally, locale: str = "en", *wanted: goals.Goal) -> str:
    return results_page.text(Results(public, wanted, DEFINITIONS, TITLES), locale, Site())


def panel(text: str, identifier: str) -> str:
    """One figure of the page."""
    found = next(part for part in re.findall(r"<figure.*?</figure>", text, re.DOTALL) if f'id="{identifier}"' in part)
    return str(found)


def cells(panel: str) -> list[list[str]]:
    """Rows of the table of a figure, the head first."""
    lines = re.findall(r"<tr>(.*?)</tr>", panel)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line) for line in lines]


# --- the page ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_invented_numbers_are_marked_on_every_page_that_shows_them_and_in_every_file(locale):
    say = words(locale)["results"]

    assert say["demonstration"] in page(lifelike(), locale)
    assert say["demonstration"] not in page(lifelike(demonstration=False), locale)
    files = results_page.downloads(Results(lifelike()))
    assert json.loads(files["results.json"])["demonstration"] is True
    for name in COLUMNS:
        if name.endswith(".csv"):
            assert {row["demonstration"] for row in csv.DictReader(StringIO(files[name]))} == {"true"}, name


@pytest.mark.parametrize("locale", LOCALES)
def test_before_there_is_anything_to_show_the_page_says_so_and_how_it_will_count(locale):
    text = page(PublicTally(), locale)
    say = words(locale)["results"]

    assert f"## {say['no_data']}" in text
    assert "<svg" not in text
    assert 'class="gs-tiles"' not in text
    for section in ("counted", "protected", "missing", "trace"):
        assert f"## {say[section]}" in text
    for found in DEFINITIONS:
        assert f'id="{found.anchor}"' in text


def test_what_is_withheld_is_said_in_words_and_never_zero():
    shown = tiles(page(make_public()))

    assert shown["people trained"] == "40"
    assert shown["of the people trained are in Mexico"] == "62%"
    withheld = {name for name, value in shown.items() if value == "Not enough data"}
    assert len(withheld) == len(shown) - 3
    assert "0" not in shown.values()


def test_the_headline_is_worked_out_from_the_published_numbers():
    shown = tiles(page(lifelike()))

    assert shown == {
        "people trained": "2,315",
        "modules completed": "4,780",
        "people trained a month, over the last four quarters": "205",
        "people trained a month for each 100 plants": "17",
        "hours of training, at least": "3,192",
        "of the people trained are in Mexico": "56%",
        "of the people in classes and learning systems passed": "87%",
        "people who taught a class in the last six months": "25",
        "plants in the program": "1,240",
        "of the plants have a trained person": "34%",
        "of the plants have had 4 hours of training or more": "19%",
        "of the plants have a person who completed the supplier pathway": "11%",
        "certified trainers": "35",
        "of them taught in the last six months": "20",
        "of the certified trainers taught in the last six months": "57%",
        "train-the-trainer courses delivered": "4",
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_each_figure_has_a_chart_the_same_numbers_as_a_table_and_a_file(locale):
    text = page(lifelike(), locale, GOAL)

    figures = re.findall(r"<figure.*?</figure>", text, re.DOTALL)
    assert len(figures) == 15
    for figure in figures:
        assert figure.count("<svg") == figure.count("<table>") == figure.count(" download>") == 1
        name = re.search(r'href="[./]*/results/data/([\w.-]+)" download', figure) or re.search(
            r'href="data/([\w.-]+)"', figure
        )
        assert name, figure
        assert name[1] in FILES
    assert len(set(re.findall(r' id="([^"]+)"', text))) == text.count(' id="')


def test_a_table_has_every_number_of_its_chart_in_the_pages_language():
    text = page(lifelike(), "fr")

    assert cells(panel(text, "by-country")) == [
        ["Pays", "Personnes"],
        ["Mexique", "1\u00a0285"],
        ["États-Unis", "520"],
        ["Canada", "390"],
        ["non précisé", "100"],
    ]
    assert cells(panel(text, "by-quarter"))[:3] == [
        ["Trimestre", "Personnes"],
        ["2e trimestre 2024", "Pas assez de données"],
        ["3e trimestre 2024", "35"],
    ]
    assert cells(panel(text, "plants-mx"))[-1] == [
        "3e trimestre 2026",
        "520",
        "175 (34\u00a0%)",
        "95 (18\u00a0%)",
        "55 (11\u00a0%)",
    ]
    assert cells(panel(text, "scores"))[1] == ["p2-into-lean in fr", "85\u00a0%"]


@pytest.mark.parametrize(
    ("locale", "name"),
    [
        ("en", "Other: Canada and United States"),
        ("es", "Otros: Canadá y Estados Unidos"),
        ("fr", "Autres\u00a0: Canada et États-Unis"),
    ],
)
def test_groups_that_were_put_together_are_named_in_words(locale, name):
    figure = panel(page(make_public(), locale), "by-country")

    assert [name, "15"] in cells(figure)
    assert f">{name}</text>" in figure


def finding(text: str, identifier: str) -> str:
    caption = re.search(r"<figcaption>.*?<p>(.*?)</p>", panel(text, identifier), re.DOTALL)
    assert caption
    assert f'<desc id="{identifier}-desc">{caption[1]}</desc>' in text, "those who do not see the chart hear the same"
    return caption[1]


def test_the_main_finding_of_each_chart_is_said_in_words():
    text = page(lifelike())

    assert finding(text, "by-country") == "Most people: Mexico (1,285). Fewest: Canada (390)."
    assert finding(text, "by-delivery") == (
        "Most people: in a class (1,405). Fewest: on this site (self-reported) and in a company’s learning system (930)."
    )
    assert finding(text, "by-quarter") == "Last: 3rd quarter 2026, 1,485. That is the most so far."
    assert finding(text, "scores") == (
        "Highest: environmental-management-systems in en (90%). Lowest: environmental-activity-based-costing in en (80%)."
    )
    assert finding(text, "plants-all") == (
        "At the end of the 3rd quarter 2026: 34% with a trained person, 19% with 4 h of training or more and "
        "11% with a complete pathway."
    )


def test_a_finding_compares_only_what_can_be_compared():
    unsaid = make_public(tables={"country": (*rows(CA__MX__US=25), PublicRow(("",), 90))})
    alike = make_public(tables={"country": rows(CA=20, MX=20, US=20)}, scores={MODULES[0]: 80})
    withheld = make_public(
        months={"2026-08": 20, "2026-09": 30, "2026-10": None}, quarters={"2026-Q3": 40, "2026-Q4": 25}
    )

    assert finding(page(unsaid), "by-country") == "Canada, Mexico and United States: 25."
    assert finding(page(alike), "by-country") == "Alike in all: 20."
    assert finding(page(alike), "scores") == "p2-into-lean in en: 80%."
    assert finding(page(withheld), "by-month") == "October 2026: not enough data. Most so far: September 2026, 30."
    assert finding(page(withheld), "by-quarter") == "Last: 4th quarter 2026, 25. Most so far: 3rd quarter 2026, 40."


def test_what_is_learned_on_the_site_is_said_to_be_self_reported():
    assert "self-reported" in panel(page(lifelike(), "en"), "by-delivery")
    assert "declarado por la propia persona" in panel(page(lifelike(), "es"), "by-delivery")
    assert "déclaré par la personne" in panel(page(lifelike(), "fr"), "by-delivery")


def test_a_figure_without_enough_data_says_so_in_place_of_its_chart():
    text = page(make_public())

    for identifier in ("by-module", "by-language", "by-month", "scores", "plants-all", "plants-us"):
        figure = panel(text, identifier)
        assert "<svg" not in figure, identifier
        assert "not enough data yet to show this" in figure, identifier


def test_a_line_that_is_missing_and_one_with_gaps_are_told_in_words():
    figure = panel(page(lifelike()), "plants-ca")

    assert "Not enough data for a line: full pathway." in figure
    assert "it does not mean zero" in figure


def test_the_next_goal_is_drawn_and_told():
    later = replace_goal(share=50, by=date(2029, 12, 31))
    past = replace_goal(share=10, by=date(2025, 12, 31))
    mexican = replace_goal(country="MX", share=40)

    text = page(lifelike(), "en", past, GOAL, mexican, later)

    assert ">Goal: 25% trained</text>" in panel(text, "plants-all")
    assert "Goal by December 31, 2027: 25% with a trained person." in panel(text, "plants-all")
    assert "10% trained" not in panel(text, "plants-all")
    assert "50% trained" not in panel(text, "plants-all")
    assert "Goal for Mexico by December 31, 2027: 40% with a trained person." in panel(text, "plants-mx")
    assert "Goal" not in panel(text, "plants-us")


def test_the_last_goal_stays_when_its_day_has_passed():
    past = replace_goal(share=10, by=date(2025, 12, 31))

    assert goals.next_of([past], "", date(2026, 10, 31)) == (past,)


def replace_goal(**changes: object) -> goals.Goal:
    return GOAL.model_copy(update=changes)


@pytest.mark.parametrize("locale", LOCALES)
def test_each_code_leads_to_its_definition_and_each_definition_is_printed_with_its_unit(locale):
    text = page(lifelike(), locale)

    linked = set(re.findall(r'href="#(counted-[\w-]+)"', text))
    assert linked == {found.anchor for found in DEFINITIONS}
    for found in DEFINITIONS:
        assert f">{found.code}</span>" in text
        assert found.unit[locale] in text


def test_the_rule_is_printed_with_the_numbers_that_the_gate_has():
    text = page(PublicTally())

    assert f"A group is shown from {disclosure.LEAST} people on" in text
    assert f"at least {disclosure.ORGANISATIONS} different ones" in text
    assert f"a multiple of {disclosure.STEP}." in text
    assert f"only of {published.LEAST_FOR_PERCENT} or more" in text


def test_titles_are_shown_as_text():
    results = Results(lifelike(), (), (), {"en": dict.fromkeys(MODULES, "<script>&\"'")})

    assert "<script" not in results_page.text(results, "en", Site())


# --- the files --------------------------------------------------------------------------------------------------------


def planned(public: PublicTally, plan: goals.CoursePlan | None, locale: str = "en") -> str:
    return results_page.text(Results(public, (), DEFINITIONS, TITLES, plan), locale, Site())


def test_courses_are_told_and_drawn_against_the_plan():
    text = planned(lifelike(), PLAN)

    said = "train-the-trainer courses delivered; 4 to 5 are planned by December 31, 2027"
    assert tiles(text)[said] == "4"
    assert finding(text, "courses") == "Up to October 31, 2026: 4. Planned by December 31, 2027: 4 to 5."
    figure = panel(text, "courses")
    assert ">Plan: 4 to 5</text>" in figure
    assert cells(figure) == [
        ["Quarter", "Courses so far"],
        *([period, count] for period, count in zip(QUARTER_NAMES, "1122233344"[-len(QUARTER_NAMES) :], strict=True)),
    ]
    assert finding(text, "courses-country") == "Canada (1), Mexico (2) and United States (1)."


def test_a_plan_of_one_number_is_told_as_one():
    plan = PLAN.model_copy(update={"least": 5})

    assert "Plan: 5</text>" in panel(planned(lifelike(), plan), "courses")
    assert "Prévus d’ici le 31 décembre 2027\u00a0: 5." in planned(lifelike(), plan, "fr")


def test_without_a_list_of_courses_the_page_says_so_and_never_zero():
    text = planned(make_public(), PLAN)

    assert "There is no list of courses yet." in panel(text, "courses")
    assert "Planned by December 31, 2027: 4 to 5." in panel(text, "courses")
    assert "<svg" not in panel(text, "courses") + panel(text, "courses-country") + panel(text, "trainers-rung")
    assert "not enough data yet to show this" in panel(text, "trainers-country")


def test_trainers_are_shown_by_country_and_by_rung_and_not_by_both():
    text = planned(lifelike(), None, "es")

    assert cells(panel(text, "trainers-country")) == [
        ["País", "Personas"],
        ["México", "20"],
        ["Otros: Canadá y Estados Unidos", "15"],
    ]
    assert ["Otros: observador e instructor maestro", "20"] in cells(panel(text, "trainers-rung"))
    assert read("trainers-by-rung.csv", lifelike())[0]["rung"] == "observer+master"


def read(name: str, public: PublicTally, *wanted: goals.Goal) -> list[dict[str, str]]:
    text = results_page.downloads(Results(public, wanted))[name]
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"))))


def test_files_have_the_same_short_names_in_every_language_and_an_empty_cell_for_what_is_withheld():
    public = make_public(quarters={"2026-Q2": None, "2026-Q3": 20}, reach={("", "2026-Q3"): PublicReach(100, 50)})

    tail = {"as_of": "2026-10-31", "demonstration": "false"}
    assert read("learners-by-country.csv", public) == [
        {"country": "MX", "learners": "25", **tail},
        {"country": "CA+US", "learners": "15", **tail},
    ]
    assert read("learners-by-quarter.csv", public) == [
        {"quarter": "2026-Q2", "learners": "", **tail},
        {"quarter": "2026-Q3", "learners": "20", **tail},
    ]
    assert read("penetration.csv", public) == [
        {"quarter": "2026-Q3", "country": "all", "plants": "100", "trained": "50", "assisted": "", "core": ""}
        | {"trained_percent": "50", "assisted_percent": "", "core_percent": ""}
        | tail
    ]


def test_groups_whose_records_do_not_say_have_a_name_in_files():
    assert read("learners-by-country.csv", lifelike())[-1]["country"] == "unstated"


def test_scores_and_minutes_stand_beside_the_modules():
    assert read("learners-by-module.csv", lifelike())[0] == {
        "module": "p2-into-lean",
        "learners": "1790",
        "mean_score_percent": "85",
        "minutes": "45",
        "as_of": "2026-10-31",
        "demonstration": "true",
    }


def test_the_json_holds_everything_that_is_published():
    data = json.loads(results_page.downloads(Results(lifelike(), (GOAL,), plan=PLAN))["results.json"])

    assert data["headline"] == {
        "learners": 2315,
        "completions": 4780,
        "monthly_rate": 205.0,
        "monthly_rate_per_100_plants": 16.5,
        "hours": 3192,
        "mexico_percent": 56,
        "attempts": 1500,
        "passed": 1310,
        "pass_rate_percent": 87,
        "instructors": 25,
        "trainers": 35,
        "active_trainers": 20,
        "trainer_activation_percent": 57,
        "courses": 4,
    }
    assert data["tables"]["trainer-rung"][0] == {"labels": ["observer", "master"], "trainers": 20}
    assert data["courses"] == {"CA": 1, "MX": 2, "US": 1}
    assert data["course_quarters"]["2026-Q2"] == 3
    assert data["plan"] == {"least": 4, "most": 5, "by": "2027-12-31"}
    assert data["tables"]["delivery"][1] == {"labels": ["web", "lms"], "learners": 930}
    assert data["quarters"]["2024-Q2"] is None
    assert len(data["penetration"]) == 40
    assert data["goals"] == [{"measure": "trained", "country": "all", "share": 25, "by": "2027-12-31"}]


def test_every_column_of_every_file_is_in_the_dictionary_in_three_languages():
    files = results_page.downloads(Results(lifelike(), (GOAL,), plan=PLAN))
    known = {(row["file"], row["column"]): row for row in read(DICTIONARY, PublicTally())}

    assert set(files) == set(FILES)
    for name, text in files.items():
        if name.endswith(".csv") and name != DICTIONARY:
            assert [(name, column) for column in next(csv.reader(StringIO(text)))] == [
                pair for pair in known if pair[0] == name
            ]
    assert set(json_columns(json.loads(files["results.json"]))) == {
        column for file, column in known if file == "results.json"
    }
    for row in known.values():
        assert all(row[f"description_{locale}"] for locale in LOCALES)
        assert row["type"]


def json_columns(data: dict[str, object]) -> list[str]:
    """The way to each value, as the dictionary writes it: a map of one kind of value has that value's name."""
    kinds = {"quarters": "learners", "months": "learners", "scores": "mean_score_percent", "minutes": "minutes"}
    kinds |= {"courses": "courses", "course_quarters": "courses"}
    found = []
    for name, value in data.items():
        if name in kinds:
            found.append(f"{name}.{kinds[name]}")
        elif name == "tables":
            found += [f"tables.{table}.{key}" for table, entries in value.items() for key in entries[0]]
        elif isinstance(value, dict):
            found += [f"{name}.{key}" for key in value]
        elif isinstance(value, list):
            found += [f"{name}.{key}" for key in value[0]]
        else:
            found.append(name)
    return found


def test_numbers_in_page_and_files_come_from_the_published_state_alone():
    public = published.load(published.dump(lifelike()))

    assert page(public) == page(lifelike())
    assert results_page.downloads(Results(public)) == results_page.downloads(Results(lifelike()))


# --- goals.yml --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("goals: []\n", []),
        (
            "goals:\n- {measure: trained, share: 125, by: 2027-12-31}\n",
            [
                "records/goals.yml:2:22: `goals.1.share` is `125`: the greatest value is 100. "
                "It is: percent, a whole number from 1 to 100: of the plants in scope, or how much less is used."
            ],
        ),
        (
            "goals:\n- {measure: reached, country: FR, share: 25, by: 2027-12-31}\n",
            [
                f"records/goals.yml:2:4: `goals.1.measure` is `reached`. Write one of {LISTED}.",
                "records/goals.yml:2:22: `goals.1.country` is `FR`. Write one of '', 'CA', 'MX' or 'US'.",
            ],
        ),
        (
            "goals:\n- {measure: saved, share: 5, by: 2027-12-31}\n- {measure: acting, share: 5, amount: 9, by: 2027-12-31}\n",
            [
                "records/goals.yml:2: a goal for `saved` is said with `amount`, not with `share`. "
                "Write `amount: …` and leave `share` out.",
                "records/goals.yml:3: a goal for `acting` is said with `share`, not with `amount`. "
                "Write `share: …` and leave `amount` out.",
            ],
        ),
        (
            "goals:\n- {measure: change-water, country: MX, share: 10, by: 2027-12-31}\n",
            ["records/goals.yml:2: a goal for `change-water` is one for all countries together. Take `country` out."],
        ),
        (
            "goals: []\ncourses: {least: 5, most: 4, by: 2027-12-31}\n",
            ["records/goals.yml:2: `courses.most` is 4, less than `courses.least`, 5. Correct one of the two."],
        ),
        (
            "goals:\n- {measure: core, share: 25}\n",
            [
                "records/goals.yml:2:3: `goals.1.by` is missing. Add `by: …` (Day by which it is to be reached, as 2027-12-31)."
            ],
        ),
        (
            "goals:\n- {measure: core, share: 5, by: 2027-12-31}\n- {measure: core, share: 9, by: 2027-12-31}\n",
            [
                "records/goals.yml:3: a second goal for `core` in all countries by 2027-12-31. "
                "Keep one of the two; the first is in line 2."
            ],
        ),
    ],
)
def test_goals_are_told_exactly_what_is_wrong_with_them(tmp_path, text, expected):
    write(tmp_path, {"goals.yml": text})
    found: list[str] = []
    try:
        goals.read(tmp_path / "goals.yml", "records/goals.yml")
    except GreenSupplyError as error:
        found = [str(problem) for problem in error.problems]

    assert found == expected


def test_goals_are_read_in_the_order_of_their_days_and_may_be_missing(tmp_path):
    write(
        tmp_path,
        {
            "goals.yml": "goals:\n- {measure: core, share: 5, by: 2028-12-31}\n- {measure: core, share: 2, by: 2027-12-31}\n"
        },
    )

    assert [goal.share for goal in goals.read(tmp_path / "goals.yml", "g")] == [2, 5]
    assert goals.read(tmp_path / "none.yml", "g") == ()
