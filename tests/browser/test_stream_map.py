"""The value stream map: its arithmetic against the worked examples, and the sheet as a learner uses it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import sheets
import yaml
from greensupply import components
from playwright.sync_api import Page, expect
from sheets import NBSP, Tab, field, hand
from visiting import DRAWN, LOCALES

pytestmark = pytest.mark.browser

TAG = "stream-map"


def words_of(locale: str) -> dict[str, str]:
    return dict(components.sheet_words(TAG, locale))


def example() -> dict[str, Any]:
    return dict(yaml.safe_load((components.FOLDER / TAG / "example.yml").read_text(encoding="utf-8")))


@pytest.fixture
def anywhere(tab: Tab) -> Page:
    """Any page of the bench, where the scripts can be tried one by one."""
    return tab.visit.page


# --- arithmetic -------------------------------------------------------------------------------------------------------

STATES = """async ([boxes, finished, line, prices]) => {
  const {costs, saving, state} = await import('/stream-map/arithmetic.js')
  const flows = ['scrap', 'water', 'electricity', 'waste', 'voc', 'packaging', 'gas']
  const whole = all => all.map(box => ({...Object.fromEntries(flows.map(flow => [flow, 0])), stock: 0, ...box}))
  const [now, then] = boxes.map(all => state(line, whole(all), finished))
  const [cost, later] = [now, then].map(each => costs(each, {voc: null, gas: null, ...prices}))
  return {now, then, cost, later, saved: saving(cost, later)}
}"""
CARBON = """async all => {
  const {carbon, GRIDS} = await import('/stream-map/arithmetic.js')
  return all.map(([kwh, grid, gas, factor]) => carbon(kwh, GRIDS[grid] ?? grid, gas, factor))
}"""


def test_the_arithmetic_gives_every_figure_of_the_value_stream_example(anywhere):
    """EX-LEAN-1, each figure with the tolerance of its last printed digit."""
    it = example()
    now = [process["now"] for process in it["processes"]]
    then = [{**process["now"], **process["future"]} for process in it["processes"]]
    line = dict(it["line"])
    finished = line.pop("finished")

    found = anywhere.evaluate(STATES, [[now, then], finished, line, it["prices"]])

    state, later, flows = found["now"], found["then"], found["now"]["flows"]
    part = {flow: figures["part"] for flow, figures in later["flows"].items()}
    exact = {
        "available": (state["seconds"], 54000),
        "takt": (state["takt"], 13.5),
        "work": (state["work"], 36),
        "stock": (state["stock"], 40000),
        "lead": (state["lead"], 10),
        "parts": (state["parts"], 960000),
        "scrap": (flows["scrap"]["year"], 144000),
        "water": (flows["water"]["year"], 4032),
        "electricity": (flows["electricity"]["year"], 441600),
        "sludge": (flows["waste"]["year"], 5760),
        "packaging": (flows["packaging"]["year"], 19200),
        "total": (found["cost"]["total"], 212064),
        "saving": (found["saved"]["total"], 61584),
        "kWh in future": (part["electricity"], 0.40),
        "water in future": (part["water"], 2.4),
        "sludge in future": (part["waste"], 4.5),
        "packaging in future": (part["packaging"], 2),
        "scrap in future": (part["scrap"], 0.11),
    }
    cost = {"scrap": 122400, "water": 16128, "electricity": 52992, "waste": 5184, "packaging": 15360}
    saved = {"scrap": 32640, "water": 6912, "electricity": 6912, "waste": 1296, "packaging": 13824}
    assert {name: got for name, (got, _) in exact.items()} == pytest.approx({name: want for name, (_, want) in exact.items()})  # fmt: skip
    assert {flow: found["cost"]["each"][flow] for flow in cost} == pytest.approx(cost)
    assert {flow: found["saved"]["each"][flow] for flow in saved} == pytest.approx(saved)
    assert flows["electricity"]["part"] == pytest.approx(0.46)
    assert 100 * state["ratio"] == pytest.approx(0.0067, abs=0.00005)
    assert found["cost"]["part"] == pytest.approx(0.2209, abs=0.00005)
    assert 100 * found["cost"]["shares"]["scrap"] == pytest.approx(57.7, abs=0.05)
    assert 100 * found["saved"]["share"] == pytest.approx(29.0, abs=0.05)


def test_the_arithmetic_gives_the_greenhouse_gases_of_the_examples(anywhere):
    """EX-MET-2 with its own gas factors, and the electricity of the energy, lighting and EMS examples, in t."""
    plants = [[3200000, "mx", 90000, 1.90], [2600000, "ca", 140000, 1.90], [4100000, "us", 120000, 5.3115]]
    savings = [[67500, "mx"], [67500, "us"], [67500, "ca"], [138000, "mx"]]

    found = anywhere.evaluate(CARBON, [*plants, *savings])

    totals = [round(gases["total"], 2) for gases in found]
    assert totals == [1591.8, 546.8, 2071.15, 29.97, 23.6, 7.29, 61.27]
    assert [round(gases["electricity"], 2) for gases in found[:3]] == [1420.8, 280.8, 1433.77]
    assert [round(gases["gas"], 2) for gases in found[:3]] == [171.0, 266.0, 637.38]
    assert round(sum(gases["total"] for gases in found[:3]), 2) == 4209.75


def test_what_cannot_be_known_stays_unknown_and_spoils_nothing_else(anywhere):
    boxes = [{"cycle": 5, "scrap": 1, "water": 2, "voc": 3}, {"cycle": 6, "stock": 10}]
    line = {"demand": 0, "shifts": 1, "hours": 8, "breaks": 0, "days": 10}

    run = f"""async all => {{
      const found = await ({STATES})(all)
      return [found.now.takt, found.now.lead, found.now.ratio, found.cost.part].map(Number.isNaN).concat([found.now.work, found.cost.unpriced])
    }}"""
    found = anywhere.evaluate(run, [[boxes, boxes], 0, line, {"scrap": 1, "water": 0, "electricity": None}])

    assert found == [True, True, True, True, 11, ["voc"]]


CONVERTED = """async cases => {
  const {converted, UNITS} = await import('/stream-map/units.js')
  const size = name => Object.values(UNITS).flatMap(units => Object.values(units)).flatMap(unit => Object.values(unit)).find(([, symbol]) => symbol === name)[0]
  return cases.map(([figure, from, to]) => {
    const there = converted(figure, size(from), size(to))
    return [there, converted(there, size(to), size(from))]
  })
}"""


def test_units_are_converted_to_and_fro_without_drift(anywhere):
    figures = [0.15, 1.2, 3, 6, 20, 0.85, 0.123456, 999999, 100001, 0.000123, 7.77777]
    cases = [[figure, *pair] for figure in figures for pair in (("kg", "lb"), ("L", "gal"), ("g", "oz"), ("m3", "ft3"))]

    found = anywhere.evaluate(CONVERTED, [*cases, [10000, "lb", "kg"], [25000, "lb", "kg"], [5200000, "gal", "L"]])

    assert [back for _, back in found[:-3]] == [figure for figure, *_ in cases]
    assert [round(there, 1) for there, _ in found[-3:-1]] == [4535.9, 11339.8]
    assert found[-1][0] / 1000 == pytest.approx(19684.14, abs=0.005)


# --- the sheet --------------------------------------------------------------------------------------------------------


def cells(page: Page, name: str) -> dict[str, list[str]]:
    """The rows of a table of results: its first cell, and the others, with no-break spaces made plain."""
    rows = page.locator(f'[data-show="{name}"] tbody tr:not(.how)')
    text = "rows => rows.map(row => [...row.cells].map(cell => cell.textContent.replaceAll('\\u00a0', ' ')))"
    return {row[0]: row[1:] for row in rows.evaluate_all(text)}


def open_boxes(page: Page) -> None:
    page.locator("details.box").evaluate_all("all => all.forEach(box => { box.open = true })")


WRITINGS = {
    "en": {
        "summary": "Takt time 13.5 s, lead time 10 days, value-added ratio 0.0067%. The waste costs US$212,064 a year,"
        " US$0.2209 per part. Largest flow: Scrap, 57.7%. The future state saves US$61,584 a year, 29.0% of the cost.",
        "names": ("Scrap", "Total", "Lead time", "Electricity, t CO₂e"),
        "lines": "Scrap: 0.15 kg × 960,000 parts = 144,000 kg; 144,000 kg × US$0.85 per kg = US$122,400",
        "saved": "Water and sewer: (4.2 L − 2.4 L) × 960,000 parts = 1,728 m³; 1,728 m³ × US$4.00 per m³ = US$6,912",
        "map": ["10,000 parts", "Cycle time: 4 s", "0.15 kg scrap", "40,000 parts = 10 days; work: 36 s"],
    },
    "es": {
        "summary": "Tiempo takt 13.5 s, tiempo de entrega 10 días, razón de valor agregado 0.0067%. El desperdicio cuesta"
        " US$212,064 al año, US$0.2209 por pieza. Corriente más cara: Scrap, 57.7%. El estado futuro ahorra US$61,584 al"
        " año, 29.0% de ese costo.",
        "names": ("Scrap", "Total", "Tiempo de entrega", "Electricidad, t CO₂e"),
        "lines": "Scrap: 0.15 kg × 960,000 piezas = 144,000 kg; 144,000 kg × US$0.85 por kg = US$122,400",
        "saved": "Agua y drenaje: (4.2 L − 2.4 L) × 960,000 piezas = 1,728 m³; 1,728 m³ × US$4.00 por m³ = US$6,912",
        "map": ["10,000 piezas", "Tiempo de ciclo: 4 s", "0.15 kg de scrap", "40,000 piezas = 10 días; trabajo: 36 s"],
    },
    "fr": {
        "summary": "Temps takt 13,5 s, délai d’exécution 10 jours, ratio de valeur ajoutée 0,0067 %. Le gaspillage coûte"
        " 212 064 $ US par an, 0,2209 $ US par pièce. Flux le plus coûteux : Rebut, 57,7 %. L’état futur fait économiser"
        " 61 584 $ US par an, 29,0 % de ce coût.",
        "names": ("Rebut", "Total", "Délai d’exécution", "Électricité, t éq. CO₂"),
        "lines": "Rebut : 0,15 kg × 960 000 pièces = 144 000 kg; 144 000 kg × 0,85 $ US par kg = 122 400 $ US",
        "saved": "Eau et égout : (4,2 L − 2,4 L) × 960 000 pièces = 1 728 m³; 1 728 m³ × 4,00 $ US par m³ = 6 912 $ US",
        "map": [
            "10 000 pièces",
            "Temps de cycle : 4 s",
            "0,15 kg de rebut",
            "40 000 pièces = 10 jours, travail : 36 s",
        ],
    },
}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_worked_example_is_shown_as_each_language_writes_numbers(sheet, locale):
    page = sheet(locale).page
    expected = WRITINGS[locale]
    scrap, total, lead, electricity = expected["names"]
    comma = "," if locale == "fr" else "."

    def number(figure: str) -> str:
        return figure.replace(",", " ").replace(".", ",") if locale == "fr" else figure

    shown = page.locator(".summary").text_content() or ""
    assert shown.replace(NBSP, " ") == expected["summary"]
    cost = cells(page, "cost")
    percent = "57,7 %" if locale == "fr" else "57.7%"
    assert cost[scrap] == [number("144,000 kg"), number("122,400"), percent]
    assert cost[total] == ["", number("212,064"), ""]
    assert list(cost.values())[-1] == ["", f"0{comma}2209", ""]
    saving = cells(page, "saving")
    assert saving[scrap] == [number(figure) for figure in ("122,400", "89,760", "32,640")]
    assert saving[total] == [number(figure) for figure in ("212,064", "150,480", "61,584")]
    assert list(saving.values())[-1][-1] == ("29,0 %" if locale == "fr" else "29.0%")
    assert cells(page, "carbon")[electricity] == [number(figure) for figure in ("154.43", "134.28", "20.14")]
    assert cells(page, "pace")[lead][0].startswith("10 ")
    lines = [text.replace(NBSP, " ") for text in page.locator('[data-show="lines"] li').all_text_contents()]
    assert expected["lines"] in lines
    assert expected["saved"] in lines
    drawn = [text.replace(NBSP, " ") for text in page.locator('[data-map="now"] text').all_text_contents()]
    assert set(expected["map"]) <= set(drawn)
    assert field(page, "demand").input_value().replace(NBSP, " ") == number("4,000")
    assert words_of(locale)["sheet_state_example"] in (page.locator(".sheet-state").text_content() or "")


@pytest.mark.parametrize("locale", LOCALES)
def test_units_switch_both_ways_and_cost_the_same(sheet, locale):
    page = sheet(locale).page
    before = page.locator("[data-field]").evaluate_all("all => all.map(it => it.value)")
    total = cells(page, "cost")

    for choice, unit in (("mass", "lb"), ("water", "gal"), ("small", "oz"), ("gas", "ft3")):
        field(page, f"unit_{choice}").select_option(unit)

    comma = "," if locale == "fr" else "."
    expect(field(page, "process.0.scrap")).to_have_value(f"0{comma}3306934")
    expect(field(page, "process.1.water")).to_have_value(f"0{comma}3170065")
    expect(field(page, "process.3.packaging")).to_have_value(f"0{comma}7054792")
    expect(field(page, "price_scrap")).to_have_value(f"0{comma}3855535")
    expect(page.locator('[data-symbol="water.price"]')).to_have_text(words_of(locale)["per_kgal"])
    page.evaluate(DRAWN)
    american = cells(page, "cost")
    assert [row[1:] for row in american.values()] == [row[1:] for row in total.values()]
    scrap = next(iter(american.values()))[0].replace(" ", ",")
    assert scrap.startswith("317,466")
    for choice, unit in (("mass", "kg"), ("water", "L"), ("small", "g"), ("gas", "m3")):
        field(page, f"unit_{choice}").select_option(unit)

    expect(field(page, "process.0.scrap")).to_have_value(f"0{comma}15")
    page.evaluate(DRAWN)
    assert page.locator("[data-field]").evaluate_all("all => all.map(it => it.value)") == before
    assert cells(page, "cost") == total


def test_the_currency_is_only_a_label(sheet):
    page = sheet("en").page

    field(page, "currency").select_option("MXN")

    expect(page.locator(".summary")).to_contain_text("MX$212,064")
    assert "MX$ per kg" in (page.locator('label[for="stream-map-price_scrap"]').text_content() or "")


def test_the_grid_factor_is_cited_with_its_year_and_source(sheet):
    page = sheet("en").page
    said = {
        "mx": ("2024", "SEMARNAT", "196.07"),
        "ca": ("2020", "Environment", "47.69"),
        "us": ("eGRID2023", "EPA", "154.43"),
    }

    for grid, (year, source, tons) in said.items():
        field(page, "grid").select_option(grid)
        expect(page.locator('[data-show="source"]')).to_contain_text(source)
        expect(page.locator('[data-show="source"]')).to_contain_text(year)
        expect(page.locator("#stream-map-source")).to_contain_text(source)
        assert cells(page, "carbon")["Electricity, t CO₂e"][0] == tons
    field(page, "grid").select_option("own")
    expect(page.locator('[data-show="source"]')).to_contain_text("not named")
    assert cells(page, "carbon")["Electricity, t CO₂e"][0] == "–"
    field(page, "factor").fill("0.5")
    field(page, "factor_source").fill("My utility, 2025")

    expect(page.locator('[data-show="source"]')).to_have_text("Factor: 0.5 kg CO₂e/kWh. Source: My utility, 2025")
    assert cells(page, "carbon")["Electricity, t CO₂e"] == ["220.80", "192.00", "28.80"]


def test_natural_gas_counts_with_its_own_factor(sheet):
    page = sheet("en").page

    field(page, "process.0.gas").fill("0.01")
    field(page, "process.0.gas_future").fill("0")

    expect(page.locator('[data-show="source-gas"]')).to_contain_text("1.922 kg CO₂/m³")
    assert cells(page, "carbon")["Natural gas, t CO₂"] == ["18.45", "0.00", "18.45"]
    expect(page.locator('[data-show="unpriced"]')).to_contain_text("Natural gas")


def test_a_sheet_takes_eight_processes_and_no_more(sheet):
    page = sheet("en").page
    add = page.locator('[data-do="add"]')
    for number in range(5, 9):
        add.click()
        field(page, f"process.{number - 1}.name").fill(f"Step {number}")
        field(page, f"process.{number - 1}.cycle").fill("2")
        field(page, f"process.{number - 1}.stock").fill("1000")

    expect(add).to_have_attribute("aria-disabled", "true")
    add.press("Enter")
    assert page.locator("details.box").count() == 8
    expect(page.locator(".said")).to_have_text("There can be no more than 8.")
    assert page.locator('[data-map="now"] .map-process').count() == 8
    assert cells(page, "pace")["Value-added time"] == ["44 s", "44 s"]
    assert cells(page, "pace")["Lead time"] == ["11 days", "11 days"]
    page.locator("details.box").nth(4).locator('[data-do="remove"]').click()
    expect(page.locator("details.box")).to_have_count(7)
    expect(field(page, "process.4.name")).to_have_value("Step 6")


def test_a_process_that_is_slower_than_the_takt_is_named(sheet):
    page = sheet("en").page

    open_boxes(page)
    field(page, "process.2.cycle").fill("15")
    field(page, "process.2.cycle_future").fill("13")

    expect(page.locator('[data-show="pace"]')).to_contain_text("Slower than the takt: Zinc plating.")
    expect(page.locator('[data-map="now"] .map-slow')).to_have_count(1)
    expect(page.locator('[data-map="future"] .map-slow')).to_have_count(0)
    drawn = " ".join(page.locator('[data-map="future"] text').all_text_contents())
    assert f"Cycle time: 13{NBSP}s" in drawn


def test_the_map_can_be_read_by_eye_ear_and_in_both_schemes(sheet):
    fills = {}
    for scheme in ("default", "slate"):
        page = sheet("en", scheme=scheme).page
        drawing = page.locator('[data-map="now"] svg')
        expect(drawing).to_have_attribute("role", "img")
        assert drawing.locator("title").text_content() == "Current state: Zinc-plated bracket"
        description = (drawing.locator("desc").text_content() or "").replace(NBSP, " ")
        assert (
            "Washing (EHS mark): before it 8,000 parts; cycle time: 9 s; 1.2 L water; 0.1 kWh electricity."
            in description
        )
        assert drawing.locator(".map-pill").count() == 2
        assert "0.11 kg scrap (now 0.15 kg)" in (page.locator('[data-map="future"] desc').text_content() or "").replace(
            NBSP, " "
        )
        fills[scheme] = drawing.evaluate("svg => getComputedStyle(svg.querySelector('.map-process')).fill")
    assert fills["default"] != fills["slate"]


def test_the_map_keeps_its_letters_at_320_px(sheet):
    page = sheet("fr", width=320).page

    for which in ("now", "future"):
        drawing = page.locator(f'[data-map="{which}"] svg')
        scale = drawing.evaluate("svg => svg.getBoundingClientRect().width / svg.viewBox.baseVal.width")
        inside = drawing.evaluate(
            "svg => [...svg.querySelectorAll('text')].every(text => { const box = text.getBBox(); return box.x >= -1 && box.x + box.width <= svg.viewBox.baseVal.width + 1 })"
        )
        assert scale == pytest.approx(1, abs=0.02)
        assert inside


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_makes_the_page_scroll_sideways(sheet, locale):
    page = sheet(locale).page
    open_boxes(page)
    field(page, "process.0.cycle").fill("une seule chose qui ne se lit pas du tout")
    field(page, "process.0.cycle").blur()
    page.locator("details.more").evaluate_all("all => all.forEach(it => { it.open = true })")

    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_figure_that_cannot_be_read_is_told_beside_it_and_the_rest_goes_on(sheet):
    page = sheet("en").page
    cycle = field(page, "process.0.cycle")
    cycle.fill("four")
    cycle.blur()

    expect(cycle).to_have_attribute("aria-invalid", "true")
    told = page.locator(f"#{(cycle.get_attribute('aria-describedby') or '').split()[0]}")
    expect(told).to_have_text("“four” is not a number we can read. Write it like this: 1,250.5.")
    pace = cells(page, "pace")
    assert pace["Value-added time"] == ["–", "–"]
    assert pace["Value-added ratio"] == ["–", "–"]
    assert pace["Takt time"] == ["13.5 s", "13.5 s"]
    assert cells(page, "cost")["Total"] == ["", "212,064", ""]
    expect(page.locator(".unusable")).to_be_visible()
    cycle.fill("4 s")
    cycle.blur()
    expect(cycle).not_to_have_attribute("aria-invalid", "true")
    expect(page.locator('[data-show="pace"]')).to_contain_text("4 + 9 + 12 + 11 = 36 s")
    expect(page.locator(".unusable")).to_be_hidden()


def test_a_figure_out_of_range_or_against_reason_is_told(sheet):
    page = sheet("en").page
    for name, text, told in (
        ("demand", "0", "The least possible here is 1."),
        ("days", "400", "The most possible here is 366."),
        ("process.0.scrap", "-1", "The least possible here is 0."),
    ):
        before = field(page, name).input_value()
        field(page, name).fill(text)
        field(page, name).blur()
        expect(page.locator(f'[data-field="{name}"] ~ .beside .problem')).to_have_text(told)
        field(page, name).fill(before)
    field(page, "shifts").fill("4")
    field(page, "shifts").blur()

    expect(page.locator('[data-field="hours"] ~ .beside .problem')).to_have_text(
        "4 shifts of 8 h are more than the 24 h of a day."
    )
    assert cells(page, "pace")["Takt time"][0] == "–"
    field(page, "shifts").fill("2")
    field(page, "breaks").fill("480")
    field(page, "breaks").blur()
    expect(page.locator('[data-field="breaks"] ~ .beside .problem')).to_have_text("The breaks take the whole shift.")
    expect(page.locator('[data-field="hours"] ~ .beside .problem')).to_have_count(0)


def test_an_ambiguous_figure_is_asked_about_never_guessed(sheet):
    page = sheet("fr").page
    stock = field(page, "process.0.stock")
    stock.fill("12.500")
    stock.blur()

    readings = page.locator('[data-do="mean"]')
    expect(readings).to_have_count(2)
    assert sorted(readings.all_text_contents()) == ["12,5", f"12{NBSP}500"]
    assert cells(page, "pace")["Délai d’exécution"][0] == "–"
    readings.filter(has_text=f"12{NBSP}500").click()
    expect(stock).to_have_value(f"12{NBSP}500")
    expect(page.locator(".summary")).to_contain_text("10,63")


def test_a_problem_in_a_folded_box_unfolds_it(sheet):
    page = sheet("en").page
    open_boxes(page)
    field(page, "process.2.water").fill("lots")
    page.locator("details.box").nth(2).locator("summary").click()
    page.locator("#stream-map-title").click()

    expect(page.locator("details.box").nth(2)).to_have_attribute("open", "")
    expect(page.locator('[data-field="process.2.water"] ~ .beside .problem')).to_be_visible()


def test_a_new_sheet_begins_with_one_process_and_no_mark(sheet):
    page = sheet("en").page
    field(page, "unit_mass").select_option("lb")

    page.locator('[data-do="clear"]').click()

    expect(page.locator("details.box")).to_have_count(1)
    expect(field(page, "process.0.ehs")).not_to_be_checked()
    expect(field(page, "unit_mass")).to_have_value("lb")
    expect(page.locator(".found")).to_be_hidden()
    expect(page.locator(".summary")).to_have_text(words_of("en")["nothing"])
    for name, text in (
        ("demand", "100"),
        ("shifts", "1"),
        ("hours", "8"),
        ("process.0.cycle", "36"),
        ("process.0.scrap", "2"),
    ):
        field(page, name).fill(text)
    field(page, "process.0.scrap").blur()
    assert cells(page, "pace")["Takt time"] == ["288 s"]
    expect(page.locator('[data-map="future"]')).to_be_hidden()
    page.locator('[data-do="example"]').click()
    expect(page.locator(".summary")).to_contain_text("US$212,064")
    page.locator('[data-do="clear"]').click()
    page.locator('.sheet-news [data-do="undo"]').click()
    expect(page.locator("details.box")).to_have_count(4)
    expect(field(page, "process.1.ehs")).to_be_checked()


# --- by keyboard, kept, saved, printed, without script ----------------------------------------------------------------

HERE = """() => {
  const it = document.activeElement
  return [it.dataset?.field ?? '', it.dataset?.do ?? '', it.localName, it.closest('details') ? [...document.querySelectorAll('details.box')].indexOf(it.closest('details')) : -1]
}"""


def tab_to(page: Page, wanted: Callable[[list[Any]], bool], limit: int = 150) -> None:
    for _ in range(limit):
        page.keyboard.press("Tab")
        if wanted(page.evaluate(HERE)):
            return
    raise AssertionError(f"Tab does not lead there; it is at {page.evaluate(HERE)}")


def test_a_line_is_mapped_by_keyboard_alone(sheet):
    page = sheet("es", width=320).page
    tab_to(page, lambda at: at[1] == "clear")
    page.keyboard.press("Enter")
    expect(page.locator("details.box")).to_have_count(1)
    entries = {"demand": "400", "shifts": "1", "hours": "8", "breaks": "30", "days": "240", "process.0.name": "Lavado"}
    for name, text in entries.items():
        if page.evaluate(HERE)[0] != name:
            tab_to(page, lambda at, name=name: at[0] == name)
        page.keyboard.type(text)
    tab_to(page, lambda at: at[0] == "process.0.ehs")
    page.keyboard.press("Space")
    tab_to(page, lambda at: at[0] == "process.0.cycle")
    page.keyboard.type("9")
    tab_to(page, lambda at: at[0] == "process.0.water")
    page.keyboard.type("1.2")
    tab_to(page, lambda at: at[0] == "process.0.water_future")
    page.keyboard.type("0.9")
    tab_to(page, lambda at: at[1] == "add")
    page.keyboard.press("Enter")
    assert page.evaluate(HERE)[0] == "process.1.name"
    page.keyboard.type("Secado")
    tab_to(page, lambda at: at[1] == "remove" and at[3] == 1)
    page.keyboard.press("Enter")
    assert not page.evaluate("document.activeElement === document.body")
    tab_to(page, lambda at: at[0] == "price_water")
    page.keyboard.type("50")
    page.keyboard.press("Tab")

    expect(page.locator("details.box")).to_have_count(1)
    expect(page.locator(".summary")).to_contain_text("US$5,760")
    assert page.locator('[data-map="now"] .map-pill').count() == 1
    first = page.locator("details.box summary").first
    first.focus()
    page.keyboard.press("Enter")
    expect(page.locator("details.box").first).not_to_have_attribute("open", "")


def test_the_sheet_is_kept_on_the_device_until_erased(sheet):
    visit = sheet("fr")
    page = visit.page
    field(page, "process.0.scrap").fill("0,25")
    field(page, "process.0.scrap").blur()
    expect(page.locator(".summary")).to_contain_text("293")
    page.reload()

    expect(field(page, "process.0.scrap")).to_have_value("0,25")
    assert page.evaluate("Object.keys(localStorage)") == [f"greensupply.sheet.{TAG}"]
    visit.open(f"en/default/{TAG}")
    expect(field(page, "process.0.scrap")).to_have_value("0.25")
    page.locator('[data-do="erase"]').click()
    page.locator('[data-do="erase-all"]').click()
    expect(field(page, "process.0.scrap")).to_have_value("0.15")


def test_a_sheet_saved_in_french_and_pounds_opens_in_english(sheet, profile, tmp_path):
    page = profile("fr").page
    field(page, "unit_mass").select_option("lb")
    field(page, "process.0.name").fill("Découpage")
    page.locator("details.box").nth(1).locator("summary").click()
    field(page, "process.1.ehs").uncheck()
    with page.expect_download() as download:
        page.locator('[data-do="save"]').click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)

    held = json.loads(file.read_text(encoding="utf-8"))
    assert file.name == f"{TAG}.json"
    assert (held["kind"], held["version"]) == (TAG, 1)
    assert held["entries"]["process.0.scrap"] == pytest.approx(0.3306934)
    assert held["entries"]["demand"] == 4000
    other = sheet("en").page
    with other.expect_file_chooser() as chooser:
        other.locator('[data-do="load"]').click()
    chooser.value.set_files(file)
    expect(field(other, "process.0.name")).to_have_value("Découpage")
    expect(field(other, "process.0.scrap")).to_have_value("0.3306934")
    expect(field(other, "unit_mass")).to_have_value("lb")
    expect(field(other, "process.1.ehs")).not_to_be_checked()
    expect(other.locator(".summary")).to_contain_text("US$212,064")
    assert other.locator('[data-map="now"] .map-pill').count() == 1
    field(other, "unit_mass").select_option("kg")
    expect(field(other, "process.0.scrap")).to_have_value("0.15")


REFUSED = [
    '{"kind": "aspect-register", "version": 1, "entries": {"demand": 5}}',
    '{"kind": "stream-map", "version": 2, "entries": {"demand": 5}}',
    '{"kind": "stream-map", "version": 1, "entries": {"process.8.cycle": 5, "__proto__": 1, "evil": "x"}}',
]


def test_a_file_that_is_refused_changes_nothing(sheet):
    page = sheet("en").page
    before = sheets.entries(page)

    for text in REFUSED:
        page.locator(".said").evaluate("it => { it.textContent = '' }")
        hand(page, text)
        expect(page.locator(".said")).to_contain_text("Nothing was changed")
        assert sheets.entries(page) == before


EXAMPLES = yaml.safe_load((components.FOLDER / TAG / "examples.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("place", range(len(EXAMPLES)), ids=[entry["name"] for entry in EXAMPLES])
def test_no_state_has_a_barrier(sheet, place):
    entry = EXAMPLES[place]
    width, scheme = [(1280, "default"), (320, "slate"), (320, "default"), (1280, "slate")][place % 4]
    visit = sheet(entry["locale"], scheme=scheme, width=width, kept=entry.get("kept", ""))
    page = visit.page
    expect(page.locator(".board")).to_be_visible()
    open_boxes(page)
    page.locator("details.more").evaluate_all("all => all.forEach(it => { it.open = true })")

    assert visit.axe() == []
    for narrow in (320, 1280):
        page.set_viewport_size({"width": narrow, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= narrow
    assert page.locator("stream-map img, stream-map script").count() == 0


@pytest.mark.parametrize("locale", LOCALES)
def test_without_script_there_is_a_blank_sheet_to_fill_in_by_hand(profile, locale):
    page = profile(locale, width=320, java_script_enabled=False).page

    expect(page.locator(".plain")).to_be_visible()
    expect(page.locator(".board")).to_be_hidden()
    assert page.locator(".plain table").count() == 3
    assert page.locator(".plain td").evaluate_all("all => all.every(cell => cell.textContent === '')")
    text = page.locator(".plain").inner_text()
    for name in ("takt", "how_lead_time", "cost_how", "water", "scrap", "saving"):
        assert words_of(locale)[name] in text
    assert "{" not in text


def test_paper_gets_every_box_and_the_sheet_alone(sheet):
    page = sheet("en").page
    page.evaluate(
        "addEventListener('beforeprint', () => { document.body.dataset.folded = document.querySelectorAll('details.box:not([open])').length })"
    )

    paper = page.pdf(format="Letter")

    assert paper.startswith(b"%PDF")
    assert page.get_attribute("body", "data-folded") == "0"
    expect(page.locator("details.box[open]")).to_have_count(1)
    page.emulate_media(media="print")
    page.evaluate("document.querySelector('stream-map').setAttribute('data-printing', '')")
    expect(page.locator(".around")).to_be_hidden()
    expect(page.locator(f"{TAG} h1")).to_be_visible()
    expect(page.locator('[data-do="clear"]')).to_be_hidden()
    expect(page.locator('[data-map="now"] svg')).to_be_visible()
