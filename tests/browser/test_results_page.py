"""The results page as visitors get it, with records of a lifelike programme: seen, heard, printed, without script."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urljoin

import pytest
from builders import configuration, write
from hosting import shared
from visiting import HOMES, IN_SCHEMES, LOCALES, ROOT, Hub, coloured

pytestmark = pytest.mark.browser
PLACES = {locale: f"{home}results/" for locale, home in HOMES.items()}
OVERFLOW = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
COUNTRIES = ("MX", "MX", "MX", "US", "US", "CA")
LANGUAGES = {"MX": ("es",), "US": ("en", "en", "en", "es"), "CA": ("en", "en", "fr", "fr", "fr")}
GOALS = "goals:\n- {measure: trained, share: 60, by: 2027-12-31}\n- {measure: trained, country: MX, share: 80, by: 2028-12-31}\n"
PLAN = "courses: {least: 4, most: 5, by: 2027-12-31}\n"
RUNGS = ("observer", "co-trainer", "certified", "certified", "master")


def programme() -> dict[str, str]:
    """Files of `records/`: 1,200 learners of 160 plants over two and a half years; none from Canada in one quarter."""
    dice = random.Random(7)
    modules = sorted(file.parent.name for file in (ROOT / "modules").glob("*/module.yml"))
    plants = [(f"DEMO-{number:03}", COUNTRIES[number % 6]) for number in range(160)]
    lines = []
    for learner in range(1200):
        plant, country = plants[int(dice.random() ** 1.4 * 160)]
        day = date(2024, 4, 1) + timedelta(days=int(930 * dice.random() ** 0.6))
        for module in modules[: dice.choice((1, 2, 3))]:
            lines.append(
                {
                    "id": f"00000000-0000-4000-8000-{len(lines):012x}",
                    "learner": f"{learner:032x}",
                    "supplier": plant,
                    "country": country,
                    "module": module,
                    "revision": 1,
                    "locale": dice.choice(LANGUAGES[country]),
                    "delivery": dice.choice(("classroom", "classroom", "web")),
                    "session": None,
                    "instructor": f"{learner % 30:032x}",
                    "score": round(0.6 + 0.4 * dice.random(), 2),
                    "passed": dice.random() < 0.9,
                    "completed_at": f"{min(day, date(2026, 10, 31))}T15:00:00Z",
                }
            )
    enrolled = "".join(f"{plant},{country},2024-01-01,\n" for plant, country in plants)
    return {
        "records/completions/0123456789abcdef.jsonl": "".join(json.dumps(line) + "\n" for line in lines),
        "records/suppliers.csv": f"supplier,country,enrolled_on,left_on\n{enrolled}",
        "records/goals.yml": GOALS + PLAN,
        "records/trainers.csv": "entry,trainer,rung,country,since,until\n"
        + "".join(
            f"DEMO,{number:032x},{RUNGS[number % 5]},{COUNTRIES[number % 6]},2026-01-01,\n" for number in range(70)
        ),
        "records/courses.csv": "entry,course,country,date,participants,trainers\n"
        + "".join(
            f"DEMO,DEMO-{number},{country},{day},18,\n"
            for number, (country, day) in enumerate((("MX", "2024-05-10"), ("US", "2025-02-14"), ("MX", "2026-03-20")))
        ),
    }


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """The hub's own pages with these records."""
    return shared(tmp_path_factory, "programme", build)


def build(folder: Path, url: str) -> None:
    write(folder, programme())
    plugins = [
        {"greensupply": {"modules_dir": str(ROOT / "modules")}},
        {"tally": {"records_dir": str(folder / "records"), "as_of": "2026-10-31"}},
        {"i18n": {"docs_structure": "folder", "languages": languages()}},
    ]
    settings = configuration(folder, docs_dir=str(ROOT / "content"), site_url=url, plugins=plugins)
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=folder, check=True)


def languages() -> list[dict[str, object]]:
    names = {"en": "English", "es": "Español", "fr": "Français"}
    return [
        {"locale": locale, "name": name, "build": True, "default": locale == "en"} for locale, name in names.items()
    ]


@pytest.mark.parametrize(("locale", "scheme"), IN_SCHEMES)
def test_the_results_violate_nothing_at_any_width_closed_and_open(visit, locale, scheme):
    visitor = visit(color_scheme=scheme)
    page = visitor.open(PLACES[locale])
    for opened in (False, True):
        page.eval_on_selector_all("details", "(all, opened) => all.forEach(it => { it.open = opened })", opened)
        for width in (1280, 360, 320):
            page.set_viewport_size({"width": width, "height": 800})
            if width != 360:  # looked at in 320
                assert visitor.axe(scheme, colours=width == 320 and coloured(locale, scheme)) == [], width
            assert page.evaluate(OVERFLOW) <= 0, width


@pytest.mark.parametrize("locale", LOCALES)
def test_every_chart_is_drawn_and_is_heard_as_an_image_with_its_finding(visit, locale):
    page = visit().open(PLACES[locale])

    charts = page.locator("main figure svg")
    assert charts.count() == page.get_by_role("img").and_(page.locator("svg")).count() == 15
    for place in range(charts.count()):
        chart = charts.nth(place)
        heading = chart.locator("xpath=ancestor::figure").locator("h3").inner_text()
        finding = chart.locator("xpath=ancestor::figure").locator("figcaption p").inner_text()
        assert page.get_by_role("img", name=f"{heading} {finding}").count() == 1


COLOURS = """() => {
  const seen = {}
  for (const node of document.querySelectorAll('.gs-chart :is(path, line, text)')) {
    for (const side of ['fill', 'stroke']) {
      const variable = node.getAttribute(side)
      if (variable && variable.startsWith('var')) seen[variable] = getComputedStyle(node)[side]
    }
  }
  return seen
}"""


def test_colours_of_charts_follow_the_scheme(visit):
    light = visit(color_scheme="light").open(PLACES["en"]).evaluate(COLOURS)
    dark = visit(color_scheme="dark").open(PLACES["en"]).evaluate(COLOURS)

    assert set(light) == set(dark)
    assert len(light) >= 6
    for variable in light:
        assert light[variable].startswith("rgb"), variable
        assert light[variable] != dark[variable], variable


def test_with_forced_colours_lines_and_words_are_the_systems(visit):
    page = visit(forced_colors="active").open(PLACES["en"])

    colours = page.evaluate(COLOURS)
    text = page.evaluate(
        "() => { const s = document.createElement('i'); s.style.color = 'CanvasText'; document.body.append(s); return getComputedStyle(s).color }"
    )
    assert {colours["var(--gs-ink)"], colours["var(--gs-mark)"], colours["var(--gs-mark-2)"]} == {text}


SIZES = """() => [...document.querySelectorAll('.gs-chart text')].map(it => {
  const box = it.ownerSVGElement
  return parseFloat(it.getAttribute('font-size')) * box.getBoundingClientRect().width / box.viewBox.baseVal.width
})"""
OUTSIDE = """() => [...document.querySelectorAll('.gs-chart text')].filter(it => {
  const own = it.getBoundingClientRect(), card = it.closest('figure').getBoundingClientRect()
  return own.left < card.left - 1 || own.right > card.right + 1
}).map(it => it.textContent)"""


@pytest.mark.parametrize("locale", LOCALES)
def test_on_a_phone_every_word_of_a_chart_can_be_read_and_none_is_cut_off(visit, locale):
    page = visit(width=360).open(PLACES[locale])

    assert min(page.evaluate(SIZES)) >= 11
    assert page.evaluate(OUTSIDE) == []


def test_the_numbers_can_be_read_and_taken_away_without_javascript(visit, hub):
    visitor = visit(java_script_enabled=False)
    page = visitor.open(PLACES["es"])

    assert page.locator(".gs-tiles dd").first.is_visible()
    details = page.locator("figure details").first
    details.locator("summary").click()
    assert details.locator("td").first.is_visible()
    for link in page.locator("main a[download]").all():
        address = urljoin(hub.url + PLACES["es"], str(link.get_attribute("href")))
        assert visitor.context.request.get(address).ok, address


def test_by_keyboard_a_table_is_opened_and_reached(visit):
    page = visit(width=320).open(PLACES["fr"])
    page.locator("figure summary").first.focus()
    page.keyboard.press("Enter")

    assert page.locator("figure details").first.get_attribute("open") is not None
    page.keyboard.press("Tab")
    name = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
    assert name is not None
    assert "Personnes formées à chaque trimestre" in name


def test_a_code_leads_to_its_definition(visit):
    page = visit().open(PLACES["en"])
    page.get_by_role("link", name="H18: how it is counted").first.click()

    assert page.url.endswith("#counted-assisted-plants")
    assert page.locator("#counted-assisted-plants").is_visible()


def test_on_paper_the_tables_are_open_and_the_marks_dark(visit):
    page = visit(color_scheme="dark").open(PLACES["en"])
    page.emulate_media(media="print")

    assert page.locator("figure table").first.is_visible()
    assert page.evaluate(COLOURS)["var(--gs-ink)"] == "rgb(29, 43, 42)"
