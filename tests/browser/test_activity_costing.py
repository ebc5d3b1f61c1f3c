"""The costing calculator: its arithmetic against the worked examples, and its figures as each language writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
import sheets
import yaml
from bench import said
from greensupply import components
from playwright.sync_api import Page, expect
from sheets import Tab, number, percent
from visiting import DRAWN, LOCALES, Visit

pytestmark = pytest.mark.browser

TAG = "activity-costing"
Open = Callable[..., Visit]


@pytest.fixture
def page(tab: Tab) -> Page:
    """Any page of the bench, where the scripts can be tried one by one."""
    return tab.visit.page


# The arithmetic, against every figure of the programme's worked examples EX-ABC-1 to EX-ABC-4 (`check_examples.py`).

PLATING = {
    "resources": [
        {"cost": cost, "stays": False, "shares": [100 if row == place else 0 for place in range(5)]}
        for row, cost in enumerate((96000, 54000, 36000, 30000, 24000))
    ],
    "drivers": [
        {"uses": uses, "avoided": 0}
        for uses in ([1000, 6000, 5000], [0, 15000, 12000], [0, 1500, 2500], [50, 300, 250], [60, 270, 270])
    ],
    "products": [
        {"hours": 12000, "units": 600000, "price": 1.60, "other": 1.25},
        {"hours": 6000, "units": 200000, "price": 3.10, "other": 2.40},
        {"hours": 2000, "units": 40000, "price": 9.50, "other": 7.60},
    ],
}
PLANT = {
    "resources": [
        {"cost": 80000, "stays": True, "shares": [40, 20, 25, 15]},
        {"cost": 30000, "stays": False, "shares": [50, 45, 5, 0]},
        {"cost": 18000, "stays": False, "shares": [60, 15, 20, 5]},
        {"cost": 12000, "stays": False, "shares": [20, 20, 0, 60]},
    ],
    "drivers": [
        {"uses": [], "capacity": capacity, "avoided": avoided}
        for capacity, avoided in ((12040, 5000), (173, 60), (25100, 0), (201, 0))
    ],
    "products": [],
}
COSTING = """async given => {
  const sums = await import('/activity-costing/arithmetic.js')
  const first = sums.toActivities(given.resources, given.drivers.length)
  const second = sums.toProducts(first.costs, given.drivers, given.products.length)
  const labour = sums.byLabour(first.total, given.products.map(({hours}) => hours))
  const margins = rates => given.products.map((product, place) => sums.margin(product, rates[place]))
  return {
    first, second, labour, old: margins(labour.sums), now: margins(second.sums),
    whole: given.resources.map(({shares}) => sums.whole(shares)), agree: sums.agree(first.total, second.charged),
    saving: sums.saving(first, second, given.drivers.map(({avoided}) => avoided)),
  }
}"""
CELL = {
    "input": 10000, "price": 3.0, "stock": 0, "product": 7000, "loss": 3000, "operating": 2000, "energy": 4000,
    "system": 20000, "waste": 1500, "sold": 3000, "fetched": 0.90,
}  # fmt: skip
FLOWS = "async given => (await import('/activity-costing/arithmetic.js')).flows(given)"
APPRAISAL = """async ([investment, rate, years, ...savings]) => {
  const {annuity, appraise} = await import('/activity-costing/arithmetic.js')
  const factor = annuity(rate, years)
  return {factor, cases: savings.map(yearly => appraise(investment, yearly, factor))}
}"""


def near(values: Any) -> Any:
    return pytest.approx(values, rel=1e-12, abs=1e-9)


def test_the_plating_line_is_costed_as_in_the_example(page: Page):
    found = page.evaluate(COSTING, PLATING)

    assert found["first"]["costs"] == near([96000, 54000, 36000, 30000, 24000])
    assert found["first"]["total"] == found["first"]["ledger"] == 240000
    assert (found["labour"]["hours"], found["labour"]["rate"]) == (20000, 12)
    assert found["labour"]["sums"] == near([144000, 72000, 24000])
    assert [margin["each"] for margin in found["old"]] == near([0.24, 0.36, 0.60])
    assert found["second"]["quantities"] == [12000, 27000, 4000, 600, 600]
    assert found["second"]["rates"] == near([8, 2, 9, 50, 40])
    assert found["second"]["charges"][1] == near([48000, 30000, 13500, 15000, 10800])
    assert found["second"]["sums"] == near([12900, 117300, 109800])
    assert found["second"]["charged"] == near(240000)
    assert [margin["each"] for margin in found["now"]] == near([0.0215, 0.5865, 2.745])
    assert [margin["left"] for margin in found["old"]] == near([0.11, 0.34, 1.30])
    assert [margin["left"] for margin in found["now"]] == near([0.3285, 0.1135, -0.845])
    assert [margin["all"] for margin in found["now"]] == near([197100, 22700, -33800])
    assert sum(margin["all"] for margin in found["old"]) == near(186000)
    assert found["agree"] is True


def test_the_treatment_plant_is_costed_as_in_the_example(page: Page):
    found = page.evaluate(COSTING, PLANT)

    assert found["whole"] == [True] * 4
    assert found["first"]["costs"] == near([60200, 34600, 25100, 20100])
    assert found["first"]["total"] == near(140000)
    assert found["second"]["rates"] == near([5, 200, 1, 100])
    assert found["saving"]["model"] == near(37000)
    assert round(found["saving"]["cash"], 2) == 18161.83
    assert round(100 * found["saving"]["share"], 1) == 49.1
    assert round(found["saving"]["released"], 2) == 18838.17


def test_the_machining_cell_loses_what_the_example_says(page: Page):
    found = page.evaluate(FLOWS, CELL)

    assert (found["product"], found["loss"], found["total"]) == near((37800, 19700, 57500))
    assert found["lines"]["material"] == near({"total": 30000, "product": 21000, "loss": 9000})
    assert found["lines"]["system"] == near({"total": 20000, "product": 14000, "loss": 6000})
    assert round(100 * found["share"], 2) == 34.26
    assert round(found["multiple"], 1) == 13.1
    assert found["income"] == near(2700)
    assert found["gap"] == 0


def test_the_washer_is_appraised_as_in_the_example(page: Page):
    found = page.evaluate(APPRAISAL, [90000, 0.12, 5, 15000, 35000, 25000])

    assert round(found["factor"], 6) == 3.604776
    assert [round(case["payback"], 2) for case in found["cases"]] == [6.0, 2.57, 3.6]
    assert [round(case["npv"]) for case in found["cases"]] == [-35928, 36167, 119]


def test_three_years_are_appraised_as_in_the_module(page: Page):
    found = page.evaluate(APPRAISAL, [90000, 0.12, 3, 35000])

    assert round(found["factor"], 6) == 2.401831
    assert round(found["cases"][0]["npv"]) == -5936


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ("sum([])", 0),
        ("sum([1, null])", None),
        ("over(1, 0)", None),
        ("over(0, 0)", None),
        ("times(null, 0)", None),
        ("agree(100, 100.004)", True),
        ("agree(100, 100.006)", False),
        ("agree(null, 1)", None),
        ("whole([33.3, 33.3, 33.4])", True),
        ("whole([50, 49])", False),
        ("annuity(0, 4)", 4),
        ("appraise(100, 0, 3).payback", None),
        ("appraise(100, -5, 3).payback", None),
        ("toProducts([100], [{uses: [3, 5], capacity: 10, avoided: 0}], 2).uncharged", 20),
        ("toProducts([100], [{uses: [0, 0], capacity: undefined, avoided: 0}], 2).sums", [0, 0]),
        ("byLabour(100, [0, 0]).rate", None),
        ("flows({input: 10, price: 2, stock: 2, product: 6, loss: 2, operating: 0, energy: 0, system: 0, waste: 0, "
         "sold: 0, fetched: 0}).lines.material", {"total": 16, "product": 12, "loss": 4}),
    ],
)  # fmt: skip
def test_what_is_not_known_stays_unknown_and_the_edges_hold(page: Page, given: str, wanted: Any):
    script = f"""async () => {{
      const {{sum, over, times, agree, whole, annuity, appraise, toProducts, byLabour, flows}} =
        await import('/activity-costing/arithmetic.js')
      return {given}
    }}"""

    assert page.evaluate(script) == wanted


# The page, in each language.


def rows(page: Page, name: str) -> list[list[str]]:
    """The cells of a table's body, row by row, without their headings."""
    return page.eval_on_selector_all(
        f'[data-show="{name}"] tbody tr',
        "all => all.map(row => [...row.querySelectorAll('td')].map(it => it.textContent))",
    )


@pytest.mark.parametrize("locale", LOCALES)
def test_the_results_are_said_in_words_and_their_arithmetic_is_shown(sheet: Open, locale: str):
    page = sheet(locale).page
    words = said(TAG, locale)

    assert rows(page, "stage_two")[-2:] == [
        [number(text, locale) for text in ("66,000", "68,000", "52,000", "186,000")],
        [number(text, locale) for text in ("197,100", "22,700", "−33,800", "186,000")],
    ]
    text = page.locator(TAG).inner_text()
    for sentence in (
        words["loss_share"].format(share=percent("34.26", locale)),
        words["loss_multiple"].format(waste=number("1,500", locale), money="USD", multiple=number("13.1", locale)),
        words["loss_income"].format(income=number("2,700", locale), money="USD"),
        words["work_annuity"].format(years="5", rate=percent("12", locale), factor=number("3.604776", locale)),
        words["check_ledger_right"].format(total=number("240,000", locale), money="USD"),
        words["check_products_right"].format(total=number("240,000", locale), money="USD"),
        words["check_shares_right"],
        words["sheet_state_example"],
        number("6,000 × 8 + 15,000 × 2 + 1,500 × 9 + 300 × 50 + 270 × 40 = 117,300", locale),
        number("9.50 − 7.60 − 2.7450 = −0.8450", locale),
    ):
        assert sentence in text
    assert not re.search(r"\{\w+\+?\}|undefined|NaN", text)
    assert page.locator('p.check[data-mark="wrong"]:visible').count() == 0


@pytest.mark.parametrize("locale", LOCALES)
def test_the_treatment_plant_separates_cash_from_released_time(sheet: Open, locale: str):
    page = sheet(locale).page
    words = said(TAG, locale)

    page.locator("[data-example=plant]").click()

    def written(*texts: str) -> list[str]:
        return [number(text, locale) for text in texts]

    expect(page.locator('[data-show="project"] table')).to_be_visible()
    assert rows(page, "stage_one")[-3:] == [
        written("60,200", "34,600", "25,100", "20,100", "140,000"),
        written("12,040", "173", "25,100", "201", ""),
        written("5", "200", "1", "100", ""),
    ]
    assert rows(page, "project") == [
        written("5,000", "25,000", "11,710.96"),
        written("60", "12,000", "6,450.87"),
        written("", "37,000", "18,161.83"),
    ]
    answer = words["project_share"].format(
        share=percent("49.1", locale), released=number("18,838.17", locale), money="USD"
    )
    assert page.locator('[data-show="project"] .answer').inner_text() == answer
    assert page.locator("activity-costing").get_attribute("data-sheet") == "example"
    assert words["no_products"] in page.locator('[data-show="stage_two"]').inner_text()


def test_a_wrong_entry_leaves_dashes_where_it_matters_and_everything_else_goes_on(sheet: Open):
    visitor = sheet()
    page = visitor.page

    field = page.locator('[data-field="product.1.hours"]')
    field.fill("many")
    field.press("Tab")

    expect(field).to_have_attribute("aria-invalid", "true")
    assert rows(page, "stage_two")[1] == ["–", "–", "–", "–"]
    assert rows(page, "stage_two")[2] == ["12,900", "117,300", "109,800", "240,000"]
    assert rows(page, "mfca")[-1] == ["57,500", "37,800", "19,700"]
    beside = page.locator('.field:has([data-field="product.1.hours"]) .problem')
    assert beside.inner_text() == said(TAG, "en")["sheet_unreadable"].format(text="many", example="1,250.5")
    assert beside.get_attribute("id") in (field.get_attribute("aria-describedby") or "")


def test_checks_say_where_money_is_missing(sheet: Open):
    page = sheet().page

    share = page.locator('[data-field="resource.0.share.0"]')
    share.fill("95")
    share.press("Tab")

    wrong = page.locator('[data-show="checks"] [data-mark="wrong"]')
    expect(wrong).to_have_text(
        [
            "Wastewater: the shares add up to 95%, not to 100%.",
            "The activities add up to 235,200 USD, the ledger says 240,000. The gap is −4,800: stop and look for it.",
        ]
    )
    expect(page.locator(".heard")).to_have_text("Checks that do not agree: 2.")
    share.fill("100")
    share.press("Tab")
    expect(page.locator(".heard")).to_have_text("All checks agree.")


def test_unused_capacity_is_charged_to_no_product(sheet: Open):
    page = sheet().page

    page.locator('[data-field="activity.0.capacity"]').fill("16000")

    expect(page.locator('[data-show="stage_two"] thead')).to_contain_text("Charged to none")
    assert rows(page, "stage_one")[-1][0] == "6"
    assert rows(page, "stage_two")[2] == ["10,900", "105,300", "99,800", "24,000", "240,000"]
    assert rows(page, "stage_two")[8][-1] == "186,000"
    assert "The products carry 216,000 of 240,000 USD." in page.locator('[data-show="checks"]').inner_text()


IMPOSSIBLE = [
    ("activity.0.capacity", "11000", "The products use 12,000 together, which is more."),
    ("activity.0.avoided", "13000", "There is only 12,000 to avoid."),
    ("tca.years", "2.5", "Write whole years, from 1 to 30."),
    ("tca.years", "31", "The most possible here is 30."),
    ("resource.0.cost", "-5", "The least possible here is 0."),
]


def test_what_cannot_be_is_said_at_its_field(sheet: Open):
    page = sheet().page

    for field, text, problem in IMPOSSIBLE:
        before = sheets.field(page, field).input_value()
        sheets.put(page, field, text)
        expect(page.locator(f'.field:has([data-field="{field}"]) .problem')).to_have_text(problem)
        sheets.put(page, field, before)
        expect(page.locator(".problem")).to_have_count(0)


def test_eight_resources_eight_activities_and_six_products_are_costed(sheet: Open):
    page = sheet().page
    page.locator("[data-do=clear]").click()
    for kind, most in (("activity", 8), ("resource", 8), ("product", 6)):
        add = page.locator(f'[data-do="add"][data-rows-of="{kind}"]')
        for _ in range(most - 1):
            add.click()
        expect(add).to_have_attribute("aria-disabled", "true")

    page.evaluate(
        """() => {
          for (const field of document.querySelectorAll('input[inputmode]')) {
            const name = field.dataset.field
            if (/cost$/.test(name)) field.value = '600'
            else if (/share/.test(name)) field.value = '12.5'
            else if (/use|hours|units/.test(name)) field.value = '10'
            else continue
            field.dispatchEvent(new InputEvent('input', {bubbles: true}))
          }
        }"""
    )

    expect(page.locator('[data-show="stage_two"] tbody td').first).to_have_text("10")
    assert rows(page, "stage_one")[-3] == ["600"] * 8 + ["4,800"]
    assert rows(page, "stage_two")[2] == ["800"] * 6 + ["4,800"]
    assert page.locator('[data-show="checks"] [data-mark="wrong"]').count() == 0


def test_a_chart_names_itself_and_its_bars_are_told_apart_without_colour(sheet: Open):
    page = sheet().page

    chart = page.locator('[data-show="chart_abc"] svg')
    title = page.locator(f"#{chart.get_attribute('aria-labelledby')}")
    assert (title.text_content() or "").startswith("Overhead of each product by labor hours and by ABC, USD a year")
    fills = page.eval_on_selector_all(
        '[data-show="chart_abc"] rect.bar', "all => all.map(it => it.getAttribute('fill'))"
    )
    assert len(fills) == 6
    assert len(set(fills)) == 2
    texts = page.eval_on_selector_all('[data-show="chart_npv"] text.bar-text', "all => all.map(it => it.textContent)")
    assert texts == ["−35,928", "119", "36,167"]
    zero = page.eval_on_selector_all(
        '[data-show="chart_npv"] rect.bar', "all => all.map(it => Number(it.getAttribute('x')))"
    )
    assert zero[0] < zero[1] == zero[2]


@pytest.mark.parametrize("locale", LOCALES)
def test_without_script_the_formulas_are_there_and_no_dead_field(profile: Open, locale: str):
    page = profile(locale, java_script_enabled=False).page
    words = said(TAG, locale)

    text = page.locator(TAG).inner_text()

    for name in ("sheet_plain", "formula_rate", "formula_share", "formula_npv"):
        assert words[name] in text
    assert page.locator(f"{TAG} :is(input, select, button):visible").count() == 0


EXAMPLES = yaml.safe_load((components.FOLDER / TAG / "examples.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("place", range(len(EXAMPLES)), ids=[example["name"] for example in EXAMPLES])
def test_every_state_of_the_component_is_accessible(sheet: Open, place: int):
    example = EXAMPLES[place]
    width, scheme = [(320, "slate"), (1280, "default"), (320, "default"), (1280, "slate")][place % 4]
    visitor = sheet(example["locale"], width=width, scheme=scheme, kept=example.get("kept", ""))
    page = visitor.page

    expect(page.locator(f"{TAG}[data-sheet]")).to_be_visible()
    page.evaluate(DRAWN)
    assert visitor.axe() == []
    for narrow in (320, 1280):
        page.set_viewport_size({"width": narrow, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") == narrow
    assert page.locator(f"{TAG} :is(b, script)").count() == 0
    assert not re.search(r"\{\w+\+?\}|undefined|NaN", page.locator(TAG).inner_text())


def test_the_example_holds_only_fields_that_the_sheet_has(sheet: Open):
    page = sheet().page
    example = yaml.safe_load((components.FOLDER / TAG / "example.yml").read_text(encoding="utf-8"))

    for name in ("plating", "plant"):
        if name == "plant":
            page.locator("[data-example=plant]").click()
            expect(page.locator('[data-field="line"]')).to_have_value("Treatment plant")
        fields = set(page.eval_on_selector_all("[data-field]", "all => all.map(it => it.dataset.field)"))
        assert set(example[name]) - fields == set()
    assert json.loads(page.locator(TAG).get_attribute("data-example") or "")["tca.years"] == 5
