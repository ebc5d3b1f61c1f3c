"""Tab through a page: every stop is named, on the screen, not covered, and shows that it has the focus."""

from __future__ import annotations

import pytest
from builders import EVERYTHING
from playwright.sync_api import expect
from visiting import DRAWN, LOCALES, SCHEMES, WIDTHS

pytestmark = pytest.mark.browser

STOP = """() => {
  const it = document.activeElement
  if (!it || it === document.body || it === document.documentElement) return null
  const box = it.getBoundingClientRect()
  const style = getComputedStyle(it)
  const shown = it.matches('input[type=radio], input[type=checkbox]') ? (it.closest('label') ?? it) : it
  const area = shown.getBoundingClientRect()
  const [left, right] = [Math.max(area.left, 0), Math.min(area.right, innerWidth)]
  const [top, bottom] = [Math.max(area.top, 0), Math.min(area.bottom, innerHeight)]
  const middle = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
  const labels = [...(it.labels ?? [])].map(label => label.textContent).join(' ')
  const by = (it.getAttribute('aria-labelledby') ?? '').split(' ').map(id => document.getElementById(id)?.textContent ?? '').join(' ')
  const name = [it.getAttribute('aria-label'), by, labels, it.textContent, it.getAttribute('title'), it.getAttribute('alt')]
    .find(text => text?.trim())
  const ring = it.matches(':focus-visible') && (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== 'none')
    || getComputedStyle(shown).outlineStyle !== 'none'
  return {
    what: it.outerHTML.slice(0, 120),
    named: Boolean(name),
    shown: style.visibility === 'visible' && area.width > 0 && area.height > 0,
    inside: area.right > 0 && area.left < innerWidth && area.bottom > 0 && area.top < innerHeight,
    uncovered: Boolean(middle) && (shown.contains(middle) || middle.contains(shown)),
    ring,
    wide: box.width, high: box.height,
  }
}"""


WALKS = [
    (width, scheme, forced)
    for one, width in enumerate(WIDTHS)
    for two, scheme in enumerate(SCHEMES)
    for forced in (False, True)
    if EVERYTHING or (one + two + forced) % 2 == 0
]
"""Each two of width, scheme and forced colours together; before a release, all three."""


@pytest.mark.parametrize(("width", "scheme", "forced"), WALKS)
def test_every_stop_is_named_visible_and_marked(visit, hub, width, scheme, forced):
    options = {"forced_colors": "active"} if forced else {}
    visitor = visit(width=width, color_scheme=scheme, **options)
    for place in ("fr/", hub.modules("es")[0]):
        page = visitor.open(place)
        stops = walk(page)
        assert len(stops) > 15
        wrong = [
            (
                place,
                stop["what"],
                [name for name in ("named", "shown", "inside", "uncovered", "ring") if not stop[name]],
            )
            for stop in stops
            if not all(stop[name] for name in ("named", "shown", "inside", "uncovered", "ring"))
        ]
        assert wrong == []


def walk(page, limit=400):
    """Every stop from the top of the page until the focus leaves it."""
    stops = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        page.evaluate(DRAWN)
        stop = page.evaluate(STOP)
        if stop is None:
            return stops
        stops.append(stop)
    raise AssertionError("the focus never leaves the page")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("width", [1280, 320])
def test_the_first_stop_skips_to_the_content(visit, hub, locale, width):
    visitor = visit(width=width)
    page = visitor.open(hub.modules(locale)[0])

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    assert page.evaluate("document.activeElement.closest('main, article') !== null")


def test_the_menu_opens_and_closes_by_keyboard_on_a_phone(visit, hub):
    visitor = visit(width=320)
    page = visitor.open(hub.modules("es")[0])
    button = page.locator("button[aria-controls=gs-menu]")
    panel = page.locator("#gs-menu")

    button.focus()
    page.keyboard.press("Enter")
    expect(panel).to_be_visible()
    expect(button).to_have_attribute("aria-expanded", "true")
    assert panel.get_by_role("link").count() > 3
    assert visitor.axe() == []
    stops = walk(page)
    assert all(stop["inside"] for stop in stops)
    assert len(stops) < panel.get_by_role("link").count() + 3, "Tab stays in the menu"
    panel.get_by_role("link").first.focus()
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


def test_a_section_chosen_in_the_menu_is_where_the_reader_goes_on(visit, hub):
    page = visit(width=320).open(hub.modules("fr")[0])
    page.locator(".gs-menu-button").press("Enter")
    link = page.locator(".gs-nav__toc a").nth(2)
    goal = link.evaluate("it => decodeURIComponent(it.hash.slice(1))")

    link.press("Enter")

    expect(page.locator("#gs-menu")).to_be_hidden()
    page.wait_for_function("id => document.activeElement.id === id", arg=goal)
    page.wait_for_function("id => document.getElementById(id).getBoundingClientRect().top < innerHeight / 2", arg=goal)
    header = page.evaluate("document.querySelector('.gs-header').getBoundingClientRect().bottom")
    assert page.evaluate("id => document.getElementById(id).getBoundingClientRect().top", goal) >= header


@pytest.mark.parametrize("width", [1280, 320])
def test_search_works_by_keyboard_in_the_language_being_read(visit, hub, width):
    visitor = visit(width=width, color_scheme="dark")
    page = visitor.open("es/")

    page.keyboard.press("Control+k")
    page.keyboard.type("residuos")
    result = page.locator("site-search .found a").first
    result.wait_for(state="visible")
    assert visitor.axe() == []
    assert all(
        "/hub/es/" in (link or "")
        for link in page.eval_on_selector_all("site-search .found a", "all => all.map(it => it.href)")
    )
    page.keyboard.press("ArrowDown")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/hub/es/" in page.url
    assert page.evaluate("document.documentElement.lang") == "es-MX"


def test_the_colours_are_switched_by_keyboard_and_remembered(visit, hub):
    visitor = visit(color_scheme="light")
    page = visitor.open("fr/")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('.gs-scheme')"):
            break
    else:
        raise AssertionError("Tab does not lead to the colour switch")
    for _ in range(3):
        page.keyboard.press("Enter")
        if page.evaluate("getComputedStyle(document.body).backgroundColor") != before:
            break
    after = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert after != before
    page = visitor.open(hub.modules("fr")[0])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == after
