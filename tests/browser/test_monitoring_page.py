"""The monitoring pages as visitors get them, of a lifelike programme: seen, heard, printed, without script."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from builders import EVERYTHING, ROOT, configuration, project, write
from greensupply.tally_plugin import counting, outcome_counting
from mkdocs.commands.build import build
from mkdocs.config import load_config
from monitoring_builders import GOALS, lifelike
from public_builders import lifelike as people
from visiting import HOMES, IN_SCHEMES, LOCALES, PREFIX, Handler, Hub, coloured

pytestmark = pytest.mark.browser
REPORT = "results/quarters/2026-q3/"
PAGES = ("results/penetration/", "results/environment/", "results/quarters/", REPORT)
OVERFLOW = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


def goals_file() -> str:
    """The goals as `goals.yml`."""
    lines = (
        f"- {{measure: {goal.measure}, country: '{goal.country}', by: {goal.by}, "
        + (f"share: {goal.share}}}" if goal.share else f"amount: {goal.amount}}}")
        for goal in GOALS
    )
    return "\n".join(["goals:", *lines]) + "\n"


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A small hub that publishes these results."""
    catalogue = {f"records/{name}": (ROOT / "records" / name).read_bytes() for name in outcome_counting.CATALOGUE}
    folder = write(tmp_path_factory.mktemp("monitoring"), {**project(), **catalogue, "records/goals.yml": goals_file()})
    server = http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Handler, directory=str(folder / "site"))
    )
    url = f"http://127.0.0.1:{server.server_port}{PREFIX}"
    (folder / "mkdocs.yml").write_text(configuration(folder, site_url=url), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counting, "public", lambda _: people())
        patch.setattr(outcome_counting, "public", lambda *_: outcome_counting.Said(lifelike()))
        build(load_config(str(folder / "mkdocs.yml"), strict=True))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield Hub(folder / "site", url)
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("locale", "scheme"), IN_SCHEMES)
def test_the_pages_violate_nothing_at_any_width_closed_and_open(visit, locale, scheme):
    visitor = visit(color_scheme=scheme)
    for number, place in enumerate(PAGES):
        widths = (320, 1280) if EVERYTHING or number % len(LOCALES) == LOCALES.index(locale) else (320,)
        page = visitor.open(HOMES[locale] + place)
        for opened in (False, True):
            page.eval_on_selector_all("details", "(all, opened) => all.forEach(it => { it.open = opened })", opened)
            for width in (1280, 360, 320) if not opened else (320,):
                page.set_viewport_size({"width": width, "height": 800})
                if width in widths and (not opened or locale == "fr"):
                    assert visitor.axe(scheme, colours=width == 320 and coloured(locale, scheme)) == [], (place, width)
                assert page.evaluate(OVERFLOW) <= 0, (place, width)


SIZES = """() => [...document.querySelectorAll('.gs-chart text')].map(it => {
  const box = it.ownerSVGElement
  return parseFloat(it.getAttribute('font-size')) * box.getBoundingClientRect().width / box.viewBox.baseVal.width
})"""
OUTSIDE = """() => [...document.querySelectorAll('.gs-chart text')].filter(it => {
  const own = it.getBoundingClientRect(), card = it.closest('figure').getBoundingClientRect()
  return own.left < card.left - 1 || own.right > card.right + 1
}).map(it => it.textContent)"""
TOUCHING = """() => [...document.querySelectorAll('.gs-chart')].flatMap(chart => {
  const all = [...chart.querySelectorAll('text')].filter(it => it.textContent.trim() && !it.getAttribute('stroke'))
  const boxes = all.map(it => [it.textContent, it.getBoundingClientRect()])
  return boxes.flatMap(([text, one], place) => boxes.slice(place + 1).filter(([other, two]) =>
    text !== other && one.left < two.right - 2 && two.left < one.right - 2 &&
    one.top < two.bottom - 4 && two.top < one.bottom - 4
  ).map(([other]) => `${chart.querySelector('title').textContent}: ${text} | ${other}`))
})"""


@pytest.mark.parametrize("locale", LOCALES)
def test_on_a_phone_every_word_of_a_chart_can_be_read_and_none_is_cut_off(visit, locale):
    visitor = visit(width=360)
    for place in PAGES[:2]:
        page = visitor.open(HOMES[locale] + place)

        assert min(page.evaluate(SIZES)) >= 11
        assert page.evaluate(OUTSIDE) == []
        assert page.evaluate(TOUCHING) == []


def test_the_numbers_can_be_read_and_taken_away_without_javascript(visit, hub):
    visitor = visit(java_script_enabled=False)
    for place in (*PAGES[:2], REPORT):
        page = visitor.open(f"es/{place}")
        assert page.locator(".gs-tiles dd").first.is_visible()
        links = {str(link.get_attribute("href")) for link in page.locator("main a[download]").all()}
        assert links
        for link in links:
            assert visitor.context.request.get(urljoin(f"{hub.url}es/{place}", link)).ok, link


def test_a_code_leads_to_its_definition_and_the_pages_lead_to_one_another(visit):
    page = visit().open("results/penetration/")
    page.get_by_role("link", name="P3: how it is counted").first.click()
    assert page.locator("#counted-assessed-plants").is_visible()

    page.locator(".gs-beside").get_by_role("link", name="Quarterly reports").click()
    page.get_by_role("link", name="3rd quarter 2026").click()

    assert page.url.endswith(REPORT)


CUT = """() => [...document.querySelectorAll('main table')].filter(it =>
  it.getBoundingClientRect().right > document.documentElement.clientWidth + 1).length"""


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("width", [720, 688])
def test_a_report_prints_whole_on_letter_and_a4(visit, locale, width):
    """Widths in CSS pixels of the two papers less their margins."""
    page = visit(width=width, color_scheme="dark").open(HOMES[locale] + REPORT)
    page.emulate_media(media="print")

    assert page.evaluate(CUT) == 0
    assert page.evaluate(OVERFLOW) <= 0
    assert page.locator(".gs-report table").first.is_visible()
    assert not page.locator(".gs-in-report details").first.is_visible()
