"""A module's page on a phone with poor signal: few bytes in few requests, and nothing that jumps."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, TimeoutError
from visiting import LOCALES, ROOT

pytestmark = pytest.mark.browser
MOST_BYTES = 90 * 1024
MOST_SCRIPT_BYTES = 25_000
MOST_REQUESTS = 8
SHIFTED = """() => {
  window.shifted = null
  let sum = 0
  const watching = new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value }))
  watching.observe({type: 'layout-shift', buffered: true})
  let still = 0
  const step = () => {
    const before = scrollY
    scrollBy(0, innerHeight * .8)
    still = scrollY === before ? still + 1 : 0
    requestAnimationFrame(still < 5 ? step : () => { window.shifted = sum })
  }
  requestAnimationFrame(step)
}"""
"""Down to where the page moves no further, however its height is told."""
TRIES = 3
"""Of a page in which the browser stops drawing, seen in one of some 300 on a busy machine: nothing wakes it again."""


@dataclass(frozen=True)
class Answer:
    """What came for one request, as a host that compresses would send it."""

    url: str
    kind: str
    size: int


def shifted(begin: Callable[[], Page]) -> float:
    """How far things have jumped in a page, from its beginning to its end; `begin` opens it in a new profile."""
    for _ in range(TRIES):
        page = begin()
        page.evaluate(SHIFTED)
        try:  # a promise would be waited for without limit
            page.wait_for_function("() => window.shifted !== null", polling=200)
        except TimeoutError:
            continue
        assert page.evaluate("scrollY") > 0
        return page.evaluate("window.shifted")
    raise AssertionError(f"the browser stopped drawing the page, {TRIES} times")


@pytest.fixture
def first_view(visit, hub):
    """Open a page in a new profile; gives each answer but those of figures."""

    def view(place):
        visitor = visit(width=360)
        answers = []
        visitor.page.on("response", lambda answer: answers.append(answer))
        visitor.open(place)
        visitor.page.wait_for_load_state("networkidle")
        assert {answer.status for answer in answers} == {200}
        return [
            Answer(answer.url, answer.request.resource_type, len(gzip.compress(answer.body(), 9, mtime=0)))
            for answer in answers
            if "/figures/" not in answer.url and not answer.url.startswith("data:")
        ]

    return view


@pytest.mark.parametrize("locale", LOCALES)
def test_the_first_view_of_a_module_is_small(first_view, hub, locale):
    places = hub.modules(locale)
    assert len(places) == len(list((ROOT / "modules").glob("*/module.yml")))
    longest = max(places, key=lambda place: (hub.folder / place / "index.html").stat().st_size)
    for place in dict.fromkeys((longest, *hub.turn(locale))):
        answers = first_view(place)
        needed = [answer for answer in answers if answer.kind in {"document", "stylesheet", "script", "font"}]
        scripts = [answer for answer in answers if answer.kind == "script"]
        others = [answer for answer in answers if answer not in needed and answer.kind not in {"image", "other"}]
        assert scripts and others == [], answers  # noqa: PT018 - the answers tell which
        assert sum(answer.size for answer in needed) <= MOST_BYTES, needed
        assert sum(answer.size for answer in scripts) <= MOST_SCRIPT_BYTES, scripts
        assert len(answers) <= MOST_REQUESTS, answers


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize(
    "place",
    [
        "",
        "fr/modules/p2-into-lean/",
        "es/modules/environmental-activity-based-costing/",
        "es/tools/activity-costing/",
        "fr/tools/aspect-register/",
        "tools/stream-map/",
        "es/my-learning/",
        "fr/certificate/",
        "verify/",
        "es/glossary/",
        "fr/tools-library/",
        "fr/pathways/supplier/",
    ],
)
def test_nothing_jumps_when_the_scripts_come_after_the_page_was_drawn(visit, hub, place, width):
    def begin():
        page = visit(width=width).page
        held = []
        # that one the page waits for
        page.route(re.compile(r"/(?!early\.)[\w-]+\.js\?"), lambda route: held.append(route))
        page.goto(hub.url + place, wait_until="commit")
        page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
        assert held != []
        for route in held:
            route.continue_()
        page.wait_for_load_state("load")
        return page

    assert shifted(begin) < 0.01


def test_the_news_about_use_without_network_moves_nothing(visit, hub):
    def begin():
        page = visit(width=360, service_workers="allow").open("es/verify/")
        page.wait_for_selector('offline-notice[data-news="first"] .news')
        return page

    assert shifted(begin) < 0.01


def test_a_calculator_is_loaded_only_where_it_is_used(first_view, hub):
    def tags(place):
        return {tag for tag in CALCULATORS for answer in first_view(place) if f"/{tag}." in answer.url}

    for tag in CALCULATORS:
        assert tags(f"tools/{tag}/") == {tag}
    assert tags(hub.modules("en")[0]) == set()


CALCULATORS = ("activity-costing", "stream-map", "aspect-register")
