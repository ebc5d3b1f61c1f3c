"""The register of environmental aspects, as a learner uses it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
import sheets
import yaml
from bench import said
from greensupply import components
from keys import active, tab_to
from playwright.sync_api import Page, expect
from sheets import NBSP, Tab, field
from visiting import DRAWN, LOCALES

pytestmark = pytest.mark.browser
TAG = "aspect-register"
KEY = f"greensupply.sheet.{TAG}"
OVERFLOW = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
STATES = yaml.safe_load((components.FOLDER / TAG / "examples.yml").read_text(encoding="utf-8"))

# EX-EMS-1 of the facts: scores S, F, Q, C, I, the weighted score, and whether the aspect is significant
FACTS = {
    "A1": ((5, 3, 2, 5, 4), 3.9, True),
    "A2": ((3, 5, 5, 2, 3), 3.6, True),
    "A3": ((3, 4, 3, 4, 2), 3.3, False),
    "A4": ((1, 5, 3, 1, 2), 2.3, False),
    "A5": ((5, 1, 2, 5, 4), 3.5, True),
    "A6": ((3, 5, 4, 3, 3), 3.6, True),
}
ORDER = ["A1", "A2", "A6", "A5", "A3", "A4"]
PLACES = ["1", "2", "2", "4", "5", "6"]
WEIGHTS = {"s": 0.3, "f": 0.2, "q": 0.2, "c": 0.2, "i": 0.1}


@pytest.fixture
def anywhere(tab: Tab) -> Page:
    """Any page of the bench, where the scripts can be tried one by one."""
    return tab.visit.page


def row(page: Page, index: int):
    return page.locator(f'[data-row="aspect.{index}"]')


def opened(page: Page, index: int):
    """An aspect with its fields in sight."""
    if row(page, index).get_attribute("open") is None:
        row(page, index).locator("summary").click()
    return row(page, index)


def table(page: Page) -> list[list[str]]:
    """The ranking as it stands."""
    page.evaluate(DRAWN)
    return page.eval_on_selector_all(".ranking tbody tr", "all => all.map(it => [...it.cells].map(c => c.innerText))")


def press(page: Page, task: str) -> None:
    page.locator(f'{TAG} [data-do="{task}"]').first.click()


def download(page: Page, task: str, folder: Path) -> Path:
    with page.expect_download() as caught:
        press(page, task)
    file = folder / caught.value.suggested_filename
    caught.value.save_as(file)
    return file


def decimal(number: float, locale: str, places: int = 1) -> str:
    return f"{number:.{places}f}".replace(".", "," if locale == "fr" else ".")


# Arithmetic

ARITHMETIC = """async ([name, ...given]) => {
  const arithmetic = await import('/aspect-register/arithmetic.js')
  return arithmetic[name](...given)
}"""


def test_every_figure_of_the_worked_example_is_reproduced(anywhere):
    page = anywhere
    weights = page.evaluate(ARITHMETIC, ["weigh", list(WEIGHTS.values())])

    assert weights["sum"] == 1
    assert weights["state"] == "sound"
    found = {}
    for name, (scores, _, _) in FACTS.items():
        verdict = page.evaluate(ARITHMETIC, ["assess", list(scores), False, weights["shares"], 3.5])
        found[name] = (scores, verdict["score"], verdict["significant"])
    assert found == FACTS
    first = page.evaluate(ARITHMETIC, ["assess", list(FACTS["A1"][0]), False, weights["shares"], 3.5])
    assert first["terms"] == [1.5, 0.6, 0.4, 1, 0.4]


SUMS = [
    ([0.3, 0.2, 0.2, 0.2, 0.1], "sound", 1, 1, 0),
    ([0.1, 0.2, 0.3, 0.3, 0.1], "sound", 1, 1, 0),
    ([30, 20, 20, 20, 10], "sound", 100, 100, 0),
    ([100, 0, 0, 0, 0], "sound", 100, 100, 0),
    ([1, 0, 0, 0, 0], "sound", 1, 1, 0),
    ([0.3, 0.2, 0.2, 0.2, 0.05], "short", 0.95, 1, 0.05),
    ([0.3, 0.2, 0.2, 0.2, 0.2], "over", 1.1, 1, 0.1),
    ([30, 20, 20, 20, 9.5], "short", 99.5, 100, 0.5),
    ([0, 0, 0, 0, 0], "short", 0, 1, 1),
    ([0.3, 0.2, 0.2, 0.2, None], "open", 0.9, 1, 0.1),
]


def test_weights_add_up_to_one_or_to_a_hundred(anywhere):
    page = anywhere
    for entered, *expected in SUMS:
        found = page.evaluate(ARITHMETIC, ["weigh", entered])
        assert [found["state"], found["sum"], found["whole"], found["gap"]] == expected, entered
        assert (found["shares"] is None) == (found["state"] != "sound"), entered


DOORS = [  # scores, override, weights are sound, limit -> significant, why
    ((5, 1, 2, 5, 3), False, True, 3.5, True, ["obligation"]),  # 3.4: the teaching point of A5
    ((5, 1, 2, 5, 4), False, True, 3.5, True, ["score", "obligation"]),  # just at the limit
    ((3, 4, 3, 4, 2), False, True, 3.5, False, []),
    ((3, 4, 3, 4, 2), True, True, 3.5, True, ["override"]),
    ((5, 3, 2, 5, 4), True, True, 3.5, True, ["score", "obligation", "override"]),
    ((3, None, 3, 4, 2), False, True, 3.5, None, []),  # not said before it is known
    ((3, None, 3, 5, 2), False, True, 3.5, True, ["obligation"]),
    ((3, None, 3, 4, 2), True, True, 3.5, True, ["override"]),
    ((5, 5, 5, 4, 5), False, False, 3.5, None, []),
    ((5, 5, 5, 4, 5), False, True, None, None, []),
    ((5, 5, 5, 5, 5), False, False, None, True, ["obligation"]),
]


def test_each_door_lets_an_aspect_in_and_none_puts_it_out(anywhere):
    page = anywhere
    for scores, lifted, sound, limit, significant, reasons in DOORS:
        shares = list(WEIGHTS.values()) if sound else None
        found = page.evaluate(ARITHMETIC, ["assess", list(scores), lifted, shares, limit])
        assert (found["significant"], found["reasons"]) == (significant, reasons), (scores, lifted, sound, limit)


RANKINGS = [
    ([3.9, 3.6, 3.3, 2.3, 3.5, 3.6], [(0, 1), (1, 2), (5, 2), (4, 4), (2, 5), (3, 6)]),
    ([2, 2, 2], [(0, 1), (1, 1), (2, 1)]),
    ([None, 3, None, 4], [(3, 1), (1, 2), (0, None), (2, None)]),
    ([], []),
]


def test_equal_scores_share_a_place_and_no_score_has_none(anywhere):
    page = anywhere
    for scores, places in RANKINGS:
        found = page.evaluate(ARITHMETIC, ["rank", scores])
        assert [(it["index"], it["place"]) for it in found] == places


# The sheet


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_opens_with_the_worked_example_in_each_language(sheet, locale):
    page = sheet(locale).page
    words = said(TAG, locale)

    rows = table(page)

    assert [cells[0] for cells in rows] == PLACES
    assert [cells[1][:2] for cells in rows] == ORDER
    for cells, name in zip(rows, ORDER, strict=True):
        scores, total, significant = FACTS[name]
        assert cells[2] == decimal(total, locale), name
        assert cells[3].split("\n")[0] == words["yes" if significant else "no"], name
        assert cells[4:9] == [str(it) for it in scores], name
    limit = decimal(3.5, locale)
    assert rows[0][3].split("\n")[1] == f"{words['because_score'].format(limit=limit)}, C{NBSP}={NBSP}5"
    assert page.locator(".count").text_content() == words["count"].format(count=4, total=6)
    assert page.locator(".sheet-state").text_content() == words["sheet_state_example"]
    assert page.locator("#aspect-register-sum").text_content() == words["weights_sound"].format(sum=1)
    shares = [decimal(share, locale, 2) for share in WEIGHTS.values()]
    formula = " + ".join(f"{share} × {letter}" for share, letter in zip(shares, "SFQCI", strict=True))
    assert page.locator(".formula").text_content() == words["formula"].format(terms=formula)
    assert page.locator(".rule").text_content() == words["rule"].format(limit=limit)
    first = " + ".join(f"{share} × {it}" for share, it in zip(shares, FACTS["A1"][0], strict=True))
    sums = " + ".join(decimal(it, locale) for it in (1.5, 0.6, 0.4, 1.0, 0.4))
    assert row(page, 0).locator(".sum").text_content() == words["sum"].format(
        terms=first, sums=sums, score=decimal(3.9, locale)
    )


def test_the_learner_may_write_weights_in_percent(sheet):
    page = sheet("fr").page
    for letter, weight in {"s": "40", "f": "20 %", "q": "10,5", "c": "19.5", "i": "10"}.items():
        field(page, f"weight.{letter}").fill(weight)

    assert table(page)[0][1:3] == ["A1 Brouillard du bain de chrome", "4,185"]
    assert page.locator("#aspect-register-sum").text_content() == "Le total des poids est de 100."
    assert page.locator(".formula").text_content() == "Note = 0,400 × S + 0,200 × F + 0,105 × Q + 0,195 × C + 0,100 × I"


@pytest.mark.parametrize(
    ("locale", "weight", "text"),
    [
        ("en", "0.25", "The weights add up to 0.95. They must add up to 1: 0.05 is missing."),
        ("en", "0.4", "The weights add up to 1.1. They must add up to 1: that is 0.1 too much."),
        ("es", "0.25", "Las ponderaciones suman 0.95. Deben sumar 1: faltan 0.05."),
        ("fr", "0,4", f"Le total des poids est de 1,1. Il doit être de 1{NBSP}: c’est 0,1 de trop."),
        (
            "en",
            "30",
            "The weights add up to 30.7. They must add up to 100: 69.3 is missing. "
            "Some look like shares of 1 and some like percentages. Write all five in the same way.",
        ),
        ("es", "", "Faltan ponderaciones o no se pueden leer. Las demás suman 0.7."),
        ("fr", "beaucoup", "Des poids manquent ou sont illisibles. Les autres donnent un total de 0,7."),
        ("en", "-0.3", "Some weights are missing or cannot be read. The others add up to 0.7."),
    ],
)
def test_weights_that_do_not_add_up_are_told_and_only_the_scores_wait(sheet, locale, weight, text):
    page = sheet(locale).page
    words = said(TAG, locale)

    field(page, "weight.s").fill(weight)
    field(page, "weight.s").press("Tab")

    rows = table(page)
    assert page.locator("#aspect-register-sum").text_content() == text
    assert page.locator("#aspect-register-sum").get_attribute("class") == "sum problem"
    assert "aspect-register-sum" in (field(page, "weight.s").get_attribute("aria-describedby") or "")
    assert [cells[0] for cells in rows] == ["–"] * 6
    assert [cells[2] for cells in rows] == ["–"] * 6
    assert [cells[1][:2] for cells in rows] == list(FACTS), "without scores they stand as they were entered"
    answers = [cells[3].split("\n")[0] for cells in rows]
    assert answers == [words["yes"], "–", "–", "–", words["yes"], "–"], "C = 5 needs no score"
    assert page.locator(".count").text_content() == words["count_open"].format(count=2, total=6, open=4)

    field(page, "weight.s").fill("0.3")
    assert [cells[0] for cells in table(page)] == PLACES
    assert page.locator("#aspect-register-sum").get_attribute("class") == "sum"


def test_an_ambiguous_weight_is_asked_about(sheet):
    page = sheet("fr").page
    field(page, "weight.s").fill("1.250")
    field(page, "weight.s").press("Tab")

    readings = page.locator('[data-do="mean"]')
    assert readings.all_text_contents() == ["1,25", f"1{NBSP}250"]
    assert table(page)[0][2] == "–"
    readings.first.click()
    assert field(page, "weight.s").input_value() == "1,25"


def test_a_limit_that_cannot_be_used_leaves_the_scores(sheet):
    page = sheet().page
    for limit in ("0.5", "5.5", "", "high"):
        sheets.put(page, "limit", limit)

        rows = table(page)
        assert [cells[2] for cells in rows] == ["3.9", "3.6", "3.6", "3.5", "3.3", "2.3"]
        assert [cells[3].split("\n")[0] for cells in rows] == ["yes", "–", "–", "yes", "–", "–"]
        assert page.locator(".chart .limit").count() == 0
        assert (field(page, "limit").get_attribute("aria-invalid") == "true") == bool(limit)


def test_the_limit_decides_at_its_own_value_too(sheet):
    page = sheet("es").page
    field(page, "limit").fill("3.6")

    rows = table(page)
    assert [cells[3].replace(NBSP, " ").split("\n") for cells in rows[:4]] == [
        ["sí", "3.6 o más, C = 5"],
        ["sí", "3.6 o más"],
        ["sí", "3.6 o más"],
        ["sí", "C = 5"],
    ]


def test_an_override_needs_its_reason_its_date_and_a_name(sheet):
    visitor = sheet()
    page = visitor.page
    words = said(TAG, "en")
    opened(page, 2)
    assert not field(page, "aspect.2.reason").is_visible()
    field(page, "aspect.2.override").select_option("yes")
    problems = row(page, 2).locator(".problem")

    texts = [words[f"override_without_{name}"] for name in ("reason", "date", "name")]
    expect(problems).to_have_text(texts)
    assert table(page)[4][3] == "no"
    assert row(page, 2).locator(".standing").text_content() == "3.3: not significant; override does not count yet"
    assert visitor.axe() == []
    field(page, "aspect.2.name").fill("M. Pérez")
    field(page, "aspect.2.date").fill("2026-11-20")
    expect(problems).to_have_text(texts[:1])
    assert table(page)[4][3] == "no"
    field(page, "aspect.2.reason").fill("   ")
    assert table(page)[4][3] == "no", "blanks are no reason"

    field(page, "aspect.2.reason").fill("The customer asks for proof")
    expect(problems).to_have_count(0)
    assert table(page)[4][3] == "yes\nOverride: The customer asks for proof (November 20, 2026, M. Pérez)"
    assert table(page)[4][0] == "5", "an override changes no score"
    assert page.locator(".count").text_content() == "Significant aspects: 5 of 6."
    assert row(page, 2).locator(".standing").text_content() == "3.3: significant (override)"

    field(page, "aspect.2.override").select_option("no")
    assert table(page)[4][3] == "no"


def test_an_override_never_takes_an_aspect_out(sheet):
    page = sheet().page
    opened(page, 0)
    for choice in ("yes", "no"):
        field(page, "aspect.0.override").select_option(choice)
        assert table(page)[0][3].split("\n")[0] == "yes"
    options = field(page, "aspect.0.override").locator("option").all_text_contents()
    assert options == ["No", "Yes, with a reason"], "there is no choice that takes out"


def test_an_aspect_that_is_not_scored_yet_waits_at_the_end(sheet):
    page = sheet().page
    field(page, "aspect.0.s").select_option("")
    field(page, "aspect.0.c").select_option("")

    rows = table(page)
    assert rows[-1][:4] == ["–", "A1 Chromium bath mist", "–", "–"]
    assert [cells[0] for cells in rows] == ["1", "1", "3", "4", "5", "–"]
    assert row(page, 0).locator(".sum").text_content() == "Still to score: S, C."
    assert page.locator(".count").text_content() == "Significant aspects: 3 of 6. Cannot be said yet: 1."


CHART = """() => [...document.querySelectorAll('.chart > svg')].slice(1).map(svg => {
  const bar = svg.querySelector('.bar')
  return {
    label: svg.querySelector('.bar-label').textContent, text: svg.querySelector('.bar-text').textContent,
    full: bar.classList.contains('full'), share: Number(bar.getAttribute('width')) / (svg.viewBox.baseVal.width - 2),
    limit: (Number(svg.querySelector('.limit').getAttribute('x1')) - 1) / (svg.viewBox.baseVal.width - 2),
  }
})"""


@pytest.mark.parametrize("width", [1280, 360])
def test_the_chart_shows_the_scores_the_limit_and_in_words_who_is_significant(sheet, width):
    page = sheet(width=width).page
    chart = page.evaluate(CHART)

    assert [it["label"][:2] for it in chart] == ORDER
    assert [round(it["share"] * 5, 2) for it in chart] == [3.9, 3.6, 3.6, 3.5, 3.3, 2.3]
    assert {round(it["limit"] * 5, 2) for it in chart} == {3.5}
    assert [it["full"] for it in chart] == [True, True, True, True, False, False]
    assert chart[1]["text"] == "3.6: significant (3.5 or more)"
    assert chart[4]["text"] == "3.3: not significant"
    assert page.locator(".chart .limit-text").text_content() == "limit 3.5"
    name = page.get_by_role("img", name="Scores of the aspects, the highest first, with the limit at 3.5")
    assert name.count() == 1


def test_aspects_are_added_and_removed_up_to_thirty(sheet):
    visitor = sheet()
    page = visitor.page
    add = page.locator('[data-do="add"]')
    for _ in range(24):
        add.click()
    assert active(page)["id"] == "aspect-register-aspect-29-activity", "the focus goes to the new aspect"
    assert add.get_attribute("aria-disabled") == "true"
    add.press("Enter")
    expect(page.locator(".said")).to_have_text(said(TAG, "en")["sheet_most_rows"].format(most=30))
    assert page.locator("details.aspect").count() == 30
    for index in range(6, 30):
        scores = zip("sfqci", (1, 2, 3, 4, 6), strict=True)
        given = {f"aspect.{index}.{letter}": str(1 + (index * step) % 5) for letter, step in scores}
        sheets.fill(page, {f"aspect.{index}.aspect": f"B{index}", **given})

    rows = table(page)
    assert len(rows) == 30
    scores = [float(cells[2]) for cells in rows]
    assert scores == sorted(scores, reverse=True)
    assert page.locator(".chart .bar").count() == 30
    assert visitor.axe() == []
    assert page.evaluate(OVERFLOW) <= 0

    opened(page, 0).locator('[data-do="remove"]').click()
    assert len(table(page)) == 29
    assert field(page, "aspect.0.aspect").input_value() == "A2 Electricity for compressed air"
    assert active(page)["top"] is False, "the focus is not lost"
    press(page, "undo")
    assert table(page) == rows


def test_rows_of_an_opened_sheet_are_closed_but_the_first(sheet):
    page = sheet().page

    states = page.eval_on_selector_all("details.aspect", "all => all.map(it => it.open)")
    assert states == [True, False, False, False, False, False]
    assert row(page, 1).locator("summary").inner_text().split("\n") == [
        "A2 Electricity for compressed air",
        "3.6: significant (3.5 or more)",
    ]


def test_clear_leaves_one_empty_aspect_and_can_be_undone(sheet):
    visitor = sheet("es")
    page = visitor.page
    before = table(page)
    press(page, "clear")

    assert table(page) == [["–", "Aspecto 1, todavía sin nombre", "–", "–", "–", "–", "–", "–", "–", "", "", "Normal"]]
    assert page.locator(".sheet-state").text_content() == said(TAG, "es")["sheet_state_own"]
    assert field(page, "weight.s").input_value() == ""
    assert visitor.axe() == []
    press(page, "undo")
    assert table(page) == before


# CSV

HOSTILE = {
    "=1+2": "'=1+2",
    "+1": "'+1",
    "-1": "'-1",
    "@SUM(A1)": "'@SUM(A1)",
    "＝1": "'＝1",
    "＋1": "'＋1",
    "－1": "'－1",
    "＠x": "'＠x",
    "=cmd|' /C calc'!A0": "'=cmd|' /C calc'!A0",
    'say "no", then go': 'say "no", then go',
    "a;b": "a;b",
    "1-2": "1-2",
    "'=1": "'=1",
    "": "",
}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_csv_holds_the_whole_register_in_the_learners_language(sheet, tmp_path, locale):
    page = sheet(locale).page
    words = said(TAG, locale)
    opened(page, 2)
    field(page, "aspect.2.override").select_option("yes")
    field(page, "aspect.2.reason").fill('Auditors, "every" year; note')
    field(page, "aspect.2.date").fill("2026-11-20")
    field(page, "aspect.2.name").fill("José Niño")

    file = download(page, "csv", tmp_path)

    assert file.name == words["csv_file"]
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == 7
    assert raw.count(b"\n") == 7
    assert b"NaN" not in raw
    with file.open(encoding="utf-8-sig", newline="") as text:
        head, *rows = csv.reader(text, strict=True)
    assert head == [
        words[name]
        for name in [
            "rank",
            "activity",
            "head_aspect",
            "head_impact",
            "condition",
            "weight_s",
            "weight_f",
            "weight_q",
            "weight_c",
            "weight_i",
            "score",
            "head_significant",
            "head_because",
            "head_reason",
            "head_date",
            "head_name",
            "head_rule",
        ]
    ]
    assert {len(cells) for cells in rows} == {len(head)}
    assert [cells[0] for cells in rows] == PLACES
    example = yaml.safe_load((components.FOLDER / TAG / "example.yml").read_text(encoding="utf-8"))
    told = {it[locale]["aspect"][:2]: it for it in example["aspects"]}
    for cells, name in zip(rows, ORDER, strict=True):
        scores, total, significant = FACTS[name]
        it = told[name]
        assert cells[1:4] == [it[locale][part] for part in ("activity", "aspect", "impact")]
        assert cells[4] == words[f"condition_{it['condition']}"]
        assert cells[5:10] == [str(one) for one in scores]
        assert cells[10] == decimal(total, locale)
        assert cells[11] == words["yes" if significant or name == "A3" else "no"]
        assert words["rule"].format(limit=decimal(3.5, locale)) in cells[16]
    assert rows[4][12:16] == [words["because_override"], 'Auditors, "every" year; note', "2026-11-20", "José Niño"]
    assert rows[0][12:16] == [
        f"{words['because_score'].format(limit=decimal(3.5, locale))}, C{NBSP}={NBSP}5",
        "",
        "",
        "",
    ]
    expect(page.locator(".said")).to_have_text(words["sheet_saved"].format(file=file.name))


def test_no_cell_of_the_csv_is_a_formula(sheet, tmp_path):
    page = sheet().page
    for _ in range(len(HOSTILE) - 6):
        page.locator('[data-do="add"]').click()
    for index, text in enumerate(HOSTILE):
        sheets.fill(page, {f"aspect.{index}.{name}": text for name in ("activity", "aspect", "impact")})
    page.evaluate(DRAWN)

    with download(page, "csv", tmp_path).open(encoding="utf-8-sig", newline="") as text:
        _, *rows = csv.reader(text, strict=True)

    assert sorted(cells[1] for cells in rows) == sorted(HOSTILE.values())
    assert sorted(cells[3] for cells in rows) == sorted(HOSTILE.values())
    assert all(cell[:1] not in tuple("=+-@＝＋－＠\t\r\n") or not cell for cells in rows for cell in cells)


NEUTRAL = "async rows => (await import('/aspect-register/csv.js')).csv(rows)"
STARTS = ["=", "+", "-", "@", "\t", "\r", "\n", "\0", "＝", "＋", "－", "＠", " =", "\u00a0@", "\t=", "\r\n+"]


def test_whatever_a_spreadsheet_may_run_gets_an_apostrophe(anywhere):
    page = anywhere
    for start in STARTS:
        text = page.evaluate(NEUTRAL, [[f"{start}1", "a"], ["b", f'{start}"2"']])
        found = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
        assert list(found) == [[f"'{start}1", "a"], ["b", f'\'{start}"2"']], repr(start)


def test_what_cannot_be_said_yet_is_empty_in_the_csv(sheet, tmp_path):
    page = sheet().page
    press(page, "clear")

    with download(page, "csv", tmp_path).open(encoding="utf-8-sig", newline="") as text:
        _, *rows = csv.reader(text, strict=True)

    assert rows == [["", "", "Aspect 1, without a name yet", "", "Normal", *[""] * 12]]


# Files and memory


def test_a_file_saved_in_french_opens_in_english(sheet, tmp_path):
    page = sheet("fr").page
    field(page, "weight.s").fill("0,25")
    field(page, "weight.i").fill("0,15")
    opened(page, 2)
    field(page, "aspect.2.override").select_option("yes")
    field(page, "aspect.2.reason").fill("Voisins")
    field(page, "aspect.2.date").fill("2026-11-20")
    field(page, "aspect.2.name").fill("M. Roy")
    before = table(page)
    file = download(page, "save", tmp_path)
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert (kept["kind"], kept["version"], kept["entries"]["weight.s"]) == (TAG, 1, 0.25)

    page = sheet("en").page
    sheets.hand(page, file.read_bytes(), file.name)
    expect(page.locator(".said")).to_have_text(said(TAG, "en")["sheet_loaded"].format(file=file.name))

    assert field(page, "weight.s").input_value() == "0.25"
    after = table(page)
    assert [cells[:3] for cells in after] == [[*cells[:2], cells[2].replace(",", ".")] for cells in before]
    assert after[4][3] == "yes\nOverride: Voisins (November 20, 2026, M. Roy)"
    assert page.locator(".sheet-state").text_content() == said(TAG, "en")["sheet_state_own"]


REFUSED = [
    ("{", "unreadable"),
    ('{"kind": "stream-map", "version": 1, "entries": {"limit": 2}}', "other"),
    ('{"kind": "aspect-register", "version": 2, "entries": {"limit": 2}}', "newer"),
    ('{"kind": "aspect-register", "version": 1, "entries": {"limits": 2}}', "empty"),
    ('{"kind": "aspect-register", "version": 1, "entries": {"__proto__": {"limit": 2}, "aspect.30.s": "5"}}', "empty"),
]


def test_a_file_that_is_refused_changes_nothing(sheet):
    page = sheet("es").page
    before = table(page)

    for text, word in REFUSED:
        page.locator(".said").evaluate("it => { it.textContent = '' }")
        sheets.hand(page, text, "bad.json")
        expect(page.locator(".said")).to_have_text(said(TAG, "es")[f"sheet_refused_{word}"].format(file="bad.json"))
        assert table(page) == before


def test_values_of_a_file_that_no_list_or_date_knows_become_empty(sheet):
    page = sheet().page
    entries = {
        "limit": 3.5,
        "aspect.0.s": "9",
        "aspect.0.f": 5,
        "aspect.0.condition": "<b>",
        "aspect.0.override": "maybe",
        "aspect.0.date": "2026-02-30",
        "aspect.0.reason": "<img src=x onerror=alert(1)>" * 20,
        "aspect.1.override": "yes",
    }
    sheets.hand(page, json.dumps({"kind": TAG, "version": 1, "entries": entries}), "odd.json")
    expect(page.locator(".said")).to_have_text(said(TAG, "en")["sheet_loaded"].format(file="odd.json"))

    assert field(page, "aspect.0.s").input_value() == ""
    assert field(page, "aspect.0.f").input_value() == "5"
    assert field(page, "aspect.0.condition").input_value() == "normal"
    assert field(page, "aspect.0.override").input_value() == "no"
    assert field(page, "aspect.0.date").input_value() == ""
    assert len(field(page, "aspect.0.reason").input_value()) == 200
    assert page.locator("details.aspect").count() == 2
    assert page.locator(f"{TAG} img").count() == 0


def test_the_register_is_kept_on_the_device_until_it_is_erased(sheet):
    visitor = sheet()
    page = visitor.page
    assert page.evaluate("localStorage.length") == 0, "an untouched example is not kept"
    field(page, "aspect.0.s").select_option("1")
    table(page)
    page.reload()
    assert field(page, "aspect.0.s").input_value() == "1"
    assert table(page)[0][1][:2] == "A2"
    expect(page.locator(".sheet-state")).to_have_text(said(TAG, "en")["sheet_state_changed"])
    assert page.evaluate("Object.keys(localStorage)") == [KEY]

    press(page, "erase")
    assert visitor.axe() == []
    press(page, "erase-all")
    assert [cells[0] for cells in table(page)] == PLACES
    page.reload()
    assert [cells[0] for cells in table(page)] == PLACES


# By keyboard, on paper, without script, for everybody


def test_a_register_is_made_by_keyboard_alone(sheet):
    page = sheet("fr").page
    keys = page.keyboard
    tab_to(page, task="clear")
    keys.press("Enter")
    assert active(page)["id"] == "aspect-register-weight-s"
    for weight in ("0,3", "0,2", "0,2", "0,2", "0,1"):
        keys.type(weight)
        keys.press("Tab")
    assert active(page)["id"] == "aspect-register-limit"
    keys.type("3,5")
    keys.press("Tab")
    assert active(page)["tag"] == "summary"
    keys.press("Tab")
    for text in ("Peinture", "Vapeurs de solvant", "Smog"):
        keys.type(text)
        keys.press("Tab")
    keys.press("ArrowDown")
    keys.press("Tab")
    for number in "23232":
        keys.type(number)
        keys.press("Tab")
    assert table(page)[0][:4] == ["1", "Vapeurs de solvant", "2,4", "non"]
    assert active(page)["id"] == "aspect-register-aspect-0-override"
    keys.press("ArrowDown")
    expect(field(page, "aspect.0.reason")).to_be_visible()
    keys.press("Tab")
    assert active(page)["id"] == "aspect-register-aspect-0-reason"
    keys.type("Voisins")
    keys.press("Tab")
    keys.type("11202026")
    tab_to(page, id="aspect-register-aspect-0-name")
    keys.type("M. Roy")
    assert table(page)[0][3] == f"oui\nException{NBSP}: Voisins (20 novembre 2026, M. Roy)"
    assert table(page)[0][11] == "Anormale (démarrage, arrêt, entretien)"

    tab_to(page, task="add")
    keys.press("Enter")
    assert active(page)["id"] == "aspect-register-aspect-1-activity"
    tab_to(page, task="remove")
    keys.press("Enter")
    assert page.locator("details.aspect").count() == 1
    assert active(page)["top"] is False
    tab_to(page, task="csv")
    with page.expect_download() as caught:
        keys.press("Enter")
    assert caught.value.suggested_filename == "registre-des-aspects.csv"
    assert active(page)["task"] == "csv", "the focus stays"


def test_live_regions_stand_before_they_speak_and_speak_of_changes_only(sheet):
    page = sheet().page
    regions = page.locator(f"{TAG} [role=status]")
    assert regions.count() == 4
    assert all(it.get_attribute("aria-live") == "off" for it in regions.all()), "nothing is read out on opening"
    field(page, "weight.s").focus()
    assert all(it.get_attribute("aria-live") is None for it in regions.all())
    page.evaluate(
        "() => { window.changes = 0; new MutationObserver(all => window.changes += all.length)"
        ".observe(document.querySelector('.count'), {childList: true, characterData: true, subtree: true}) }"
    )
    field(page, "aspect.0.s").select_option("4")
    assert table(page)[1][2] == "3.6"
    assert page.evaluate("window.changes") == 0, "four of six as before"
    field(page, "aspect.0.c").select_option("1")
    table(page)
    assert page.evaluate("window.changes") > 0


@pytest.mark.parametrize("locale", LOCALES)
def test_without_javascript_the_worked_example_can_be_read(profile, locale):
    page = profile(locale, java_script_enabled=False).page
    words = said(TAG, locale)

    rows = [
        [cell.inner_text() for cell in line.locator("th, td").all()] for line in page.locator(".plain tbody tr").all()
    ]
    assert [cells[0][:2] for cells in rows] == list(FACTS)
    for cells, (scores, total, significant) in zip(rows, FACTS.values(), strict=True):
        assert cells[1:3] == [decimal(total, locale), words["yes" if significant else "no"]]
        assert cells[3:] == [str(it) for it in scores]
    assert decimal(0.3, locale, 2) in (page.locator(".plain").inner_text())
    assert not page.locator(".board").is_visible()
    assert page.locator("button:visible").count() == 0


def test_paper_holds_the_result_and_not_the_fields(sheet):
    page = sheet(scheme="slate").page
    page.emulate_media(media="print")

    assert page.locator(".entries:visible").count() == 0
    assert page.locator("button:visible").count() == 0
    for part in (".ranking", ".chart", ".formula", ".rule", ".sheet-state"):
        assert page.locator(f"{TAG} {part}").is_visible()
    page.set_viewport_size({"width": 700, "height": 900})  # Letter, less its margins
    room = page.evaluate(
        "() => { const box = document.querySelector('.results .sheet-table'); return box.scrollWidth - box.clientWidth }"
    )
    assert room <= 1, "the table fits the sheet"


@pytest.mark.parametrize("place", range(len(STATES)), ids=[state["name"] for state in STATES])
def test_every_state_is_accessible_and_fits_a_small_phone(sheet, place):
    state = STATES[place]
    width, scheme = [(1280, "slate"), (320, "default"), (1280, "default"), (320, "slate")][place % 4]
    visitor = sheet(state["locale"], scheme=scheme, width=width, kept=state.get("kept", ""))
    page = visitor.page
    assert table(page)
    assert visitor.axe() == []
    for narrow in (1280, 320):
        page.set_viewport_size({"width": narrow, "height": 800})
        assert page.evaluate(OVERFLOW) <= 0, narrow
    small = page.evaluate(
        "() => [...document.querySelectorAll('aspect-register :is(button, input, select, summary)')]"
        ".filter(it => it.checkVisibility()).map(it => [it.outerHTML.slice(0, 80), it.getBoundingClientRect()])"
        ".filter(([, box]) => box.height < 44 || box.width < 44).map(([html]) => html)"
    )
    assert small == []
    assert page.locator(f"{TAG} :is(img, script)").count() == 0


def test_marks_in_names_stay_text(sheet):
    state = next(it for it in STATES if it["name"].startswith("marks"))
    page = sheet(kept=state["kept"]).page

    assert table(page)[0][1] == '"><script>alert(1)</script> & Co. {limit}'
    assert page.locator(".chart .bar-label").first.text_content() == '"><script>alert(1)</script> & Co. {limit}'


def test_in_forced_colours_full_and_hollow_bars_differ(sheet):
    page = sheet().page
    page.emulate_media(forced_colors="active")
    fills = page.evaluate(
        "() => ['full', 'hollow'].map(it => getComputedStyle(document.querySelector(`.chart .${it}`)).fill)"
    )
    assert fills[0] != fills[1]


def test_an_element_that_is_moved_keeps_its_figures(sheet):
    page = sheet().page
    field(page, "aspect.0.s").select_option("1")
    before = table(page)
    page.evaluate("() => document.querySelector('article').append(document.querySelector('section.calculator'))")
    assert table(page) == before
    field(page, "aspect.0.s").select_option("5")
    assert table(page)[0][2] == "3.9"
