"""The figures of the programme's worked examples, as the calculators work them out and as each language writes them.

Each is compared to its last printed digit. The programme's own check of its examples has the same names and figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from bench import opening
from playwright.sync_api import Browser, Page, expect
from sheets import NBSP, number
from visiting import DRAWN, LOCALES

pytestmark = pytest.mark.browser

# name, figure, where it stands: name of a table, its row and column; `text`: somewhere in that part of the results

PLATING = [
    *(("pool", figure, "stage_one", -3, at) for at, figure in enumerate(("96,000", "54,000", "36,000", "30,000", "24,000", "240,000"))),
    *(("driver", figure, "stage_one", -2, at) for at, figure in enumerate(("12,000", "27,000", "4,000", "600", "600"))),
    *(("rate", figure, "stage_one", -1, at) for at, figure in enumerate(("8", "2", "9", "50", "40"))),
    ("rate by labour", "12", "workings_abc", "text", "20,000 h = {}"),
    *(("units", figure, "stage_two", 0, at) for at, figure in enumerate(("600,000", "200,000", "40,000"))),
    *(("old", figure, "stage_two", 1, at) for at, figure in enumerate(("144,000", "72,000", "24,000", "240,000"))),
    *(("abc", figure, "stage_two", 2, at) for at, figure in enumerate(("12,900", "117,300", "109,800", "240,000"))),
    *(("old/unit", figure, "stage_two", 3, at) for at, figure in enumerate(("0.2400", "0.3600", "0.6000"))),
    *(("abc/unit", figure, "stage_two", 4, at) for at, figure in enumerate(("0.0215", "0.5865", "2.7450"))),
    *(("m old", figure, "stage_two", 5, at) for at, figure in enumerate(("0.1100", "0.3400", "1.3000"))),
    *(("m new", figure, "stage_two", 6, at) for at, figure in enumerate(("0.3285", "0.1135", "−0.8450"))),
    *(("material", figure, "mfca", 0, at) for at, figure in enumerate(("30,000", "21,000", "9,000"))),
    *(("coolant", figure, "mfca", 1, at) for at, figure in enumerate(("2,000", "0", "2,000"))),
    *(("energy", figure, "mfca", 2, at) for at, figure in enumerate(("4,000", "2,800", "1,200"))),
    *(("system", figure, "mfca", 3, at) for at, figure in enumerate(("20,000", "14,000", "6,000"))),
    *(("waste", figure, "mfca", 4, at) for at, figure in enumerate(("1,500", "0", "1,500"))),
    *(("tot, prod, loss", figure, "mfca", 5, at) for at, figure in enumerate(("57,500", "37,800", "19,700"))),
    ("loss %", "34.26", "mfca", "text", "{}"),
    ("times", "13.1", "mfca", "text", "{}"),
    ("chips", "2,700", "mfca", "text", "{}"),
    *(("vis, vis + hid", figure, "tca", 0, at) for at, figure in ((0, "15,000"), (2, "35,000"))),
    *(("pb", figure, "tca", 1, at) for at, figure in ((0, "6.0"), (2, "2.57"))),
    *(("npv", figure, "tca", 2, at) for at, figure in ((0, "−35,928"), (2, "36,167"))),
    ("annuity", "3.604776", "workings_tca", "text", "{}"),
]  # fmt: skip
PLANT = [
    *(("act", figure, "stage_one", -3, at) for at, figure in enumerate(("60,200", "34,600", "25,100", "20,100", "140,000"))),
    *(("driver", figure, "stage_one", -2, at) for at, figure in enumerate(("12,040", "173", "25,100", "201"))),
    *(("act rate", figure, "stage_one", -1, at) for at, figure in enumerate(("5", "200", "1", "100"))),
    *(("model saving", figure, "project", at, 1) for at, figure in enumerate(("25,000", "12,000", "37,000"))),
    ("cash saving", "18,161.83", "project", 2, 2),
    ("cash share %", "49.1", "project", "text", "{}"),
]  # fmt: skip
STREAM = [
    ("avail", "54,000", "pace", 0, 0),
    ("takt", "13.5", "pace", 1, 0),
    ("stock", "40,000", "pace", 3, 0),
    ("lead", "10", "pace", 4, 0),
    ("va", "36", "pace", 5, 0),
    ("va share %", "0.0067", "pace", 6, 0),
    ("parts/yr", "960,000", "pace", 7, 0),
    ("kwh/part", "0.46", "words", "text", "{}"),
    *((f"{flow} a year", figure, "cost", at, 0) for at, (flow, figure) in enumerate((("scrap", "144,000"), ("kwh", "441,600"), ("water", "4,032"), ("pack", "19,200"), ("sludge", "5,760")))),
    *((f"cost {flow}", figure, "cost", at, 1) for at, (flow, figure) in enumerate((("scrap", "122,400"), ("kwh", "52,992"), ("water", "16,128"), ("pack", "15,360"), ("sludge", "5,184"), ("total", "212,064"), ("per part", "0.2209")))),
    *((f"saving {flow}", figure, "saving", at, 2) for at, (flow, figure) in enumerate((("scrap", "32,640"), ("kwh", "6,912"), ("water", "6,912"), ("pack", "13,824"), ("sludge", "1,296"), ("total", "61,584"), ("%", "29.0")))),
]  # fmt: skip
ASPECTS = [  # A1, A2, A6, A5, A3, A4: in the order of their scores
    *(("score", figure, "ranking", at, 1) for at, figure in enumerate(("3.9", "3.6", "3.6", "3.5", "3.3", "2.3"))),
    ("weights", "1", "sum", "text", "{}"),
]
PAGES = [
    ("activity-costing", "", PLATING),
    ("activity-costing", "[data-example=plant]", PLANT),
    ("stream-map", "", STREAM),
    ("aspect-register", "", ASPECTS),
]
PLACES = {"ranking": ".ranking", "sum": "#aspect-register-sum"}


@pytest.fixture(scope="module")
def page(browser: Browser, bench: str) -> Iterator[Page]:
    with opening(browser, bench, "activity-costing") as begin:
        yield begin().page


@pytest.mark.parametrize("locale", LOCALES)
def test_each_figure_is_shown_to_its_last_printed_digit(page: Page, bench: str, locale: str):
    wrong = []
    for tag, button, figures in PAGES:
        page.goto(f"{bench}{locale}/default/{tag}")
        if button:
            page.locator(button).click()
            expect(page.locator('[data-show="project"] table')).to_be_visible()
        page.evaluate(DRAWN)
        for name, figure, part, row, column in figures:
            place = PLACES.get(part, f'[data-show="{part}"]')
            shown = _text(page, place) if row == "text" else _cell(page, place, int(row), int(column))
            pattern = str(column) if row == "text" else "^{}"
            if not _stands(shown, pattern, figure, locale):
                wrong.append(f"{tag}, {name}: {figure} is not in {shown!r}")
    assert wrong == []


def _text(page: Page, place: str) -> str:
    return page.locator(place).text_content() or ""


def _cell(page: Page, place: str, row: int, column: int) -> str:
    rows = "([place, row, column]) => [...document.querySelectorAll(`${place} tbody tr:not(.how)`)].at(row).querySelectorAll('td')[column].textContent"
    return str(page.evaluate(rows, [place, row, column]))


def _stands(shown: str, pattern: str, figure: str, locale: str) -> bool:
    """Whether the figure stands there whole: no digit more, before it or behind it."""
    before = pattern.removesuffix("{}")
    start = {"^": "^", "": f"(?<![\\d.,−])(?<!\\d{NBSP})"}.get(before, re.escape(number(before, locale)))
    return re.search(f"{start}{re.escape(number(figure, locale))}(?![.,]?\\d|{NBSP}\\d)", shown) is not None


# Figures of other examples that the same arithmetic gives: expression, and the figure as it is printed.

MODULES = """async expressions => {
  const [abc, vsm, asp] = await Promise.all(['activity-costing', 'stream-map', 'aspect-register'].map(tag => import(`/${tag}/arithmetic.js`)))
  const score = (scores, shares) => asp.assess(scores, false, shares, null).score
  const run = new Map(Object.entries({
    payback: (cost, saving) => abc.appraise(cost, saving, null).payback,
    months: (cost, saving) => 12 * abc.appraise(cost, saving, null).payback,
    later: (first, year, next, rate, years) => abc.appraise(first, next, abc.annuity(rate, years)).npv + (year - next) * abc.annuity(rate, 1),
    annuity: abc.annuity, npv: (cost, saving, rate, years) => abc.appraise(cost, saving, abc.annuity(rate, years)).npv,
    sum: (...all) => abc.sum(all), total: (...given) => vsm.carbon(...given).total, score: (...all) => score(all.slice(0, 5), all.slice(5)),
    takt: (demand, shifts, hours, breaks) => vsm.takt(vsm.available({shifts, hours, breaks}), demand),
  }))
  return expressions.map(([name, ...given]) => run.get(name)(...given))
}"""
OTHERS = [
    ("EX-ABC-4 hid", "20000", "sum", 8000, 2500, 4500, 2000, 3000),
    ("EX-ABC-4 annuity", "3.604776", "annuity", 0.12, 5),
    ("EX-ABC-4 npv1", "-35928", "npv", 90000, 15000, 0.12, 5),
    ("EX-ABC-4 npv2", "36167", "npv", 90000, 35000, 0.12, 5),
    ("EX-EMS-3 payback months", "8.9", "months", 18160, 24600),
    ("EX-EMS-3 npv", "30710.02", "later", 18160, 24600, 16800, 0.1, 3),
    ("EX-LC-1 air leaks", "0.24", "payback", 3500, 14600),
    ("EX-LC-1 counterflow rinse", "0.67", "payback", 12000, 18000),
    ("EX-LC-1 nesting", "0.67", "payback", 22000, 32640),
    ("EX-LC-1 coolant", "1.88", "payback", 18000, 9600),
    ("EX-LC-1 totes", "2.03", "payback", 28000, 13824),
    ("EX-LC-1 last", "3.48", "payback", 40000, 11500),
    ("EX-LC-1 all", "1.23", "payback", 123500, 100164),
    ("EX-LEAN-1 takt", "13.5", "takt", 4000, 2, 8, 30),
    ("EX-EMS-2 tCO2e", "61.27", "total", 138000, 0.444),
    ("EX-MET-2 mx", "1591.80", "total", 3200000, 0.444, 90000, 1.90),
    ("EX-MET-2 ca", "546.80", "total", 2600000, 0.108, 140000, 1.90),
    ("EX-MET-2 us", "2071.15", "total", 4100000, 0.3497, 120000, 5.3115),
    ("EX-ENG-1 mx", "29.97", "total", 67500, 0.444),
    ("EX-ENG-1 us", "23.60", "total", 67500, 0.3497),
    ("EX-ENG-1 ca", "7.29", "total", 67500, 0.108),
    ("EX-EMS-1 A1", "3.9", "score", 5, 3, 2, 5, 4, 0.3, 0.2, 0.2, 0.2, 0.1),
    ("EX-EMS-1 A5", "3.5", "score", 5, 1, 2, 5, 4, 0.3, 0.2, 0.2, 0.2, 0.1),
    ("EX-CHM-3 C1", "4.1", "score", 5, 4, 3, 1, 1, 0.4, 0.3, 0.3, 0, 0),
    ("EX-CHM-3 C2", "3.5", "score", 2, 5, 4, 1, 1, 0.4, 0.3, 0.3, 0, 0),
    ("EX-CHM-3 C3", "2.2", "score", 4, 1, 1, 1, 1, 0.4, 0.3, 0.3, 0, 0),
    ("EX-WEX-3 match", "3.85", "score", 4, 5, 3, 4, 2, 0.30, 0.25, 0.20, 0.15, 0.10),
]


def test_the_arithmetic_gives_the_figures_of_other_examples(page: Page):
    found = page.evaluate(MODULES, [list(given) for _, _, *given in OTHERS])

    printed = {name: figure for name, figure, *_ in OTHERS}
    shown = {
        name: f"{value:.{len(figure.partition('.')[2])}f}"
        for (name, figure, *_), value in zip(OTHERS, found, strict=True)
    }
    assert shown == printed
