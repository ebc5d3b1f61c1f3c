"""Around the text of every page: theme, menu and table of contents, also when a part of them does not come."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
SCHEME = "document.documentElement.dataset.mdColorScheme"


def test_a_theme_chosen_before_its_key_moved_is_taken_over(visit, hub):
    visitor = visit(color_scheme="light")
    page = visitor.open("privacy/")
    page.evaluate("localStorage.setItem('/hub/.theme', JSON.stringify('dark'))")

    page = visitor.open("es/privacy/")

    assert page.evaluate(SCHEME) == "slate"
    assert page.evaluate("Object.entries(localStorage)") == [["greensupply.theme", "dark"]]


def test_the_theme_is_there_before_the_page_is_drawn(visit):
    visitor = visit(color_scheme="light")
    visitor.page.add_init_script("localStorage.setItem('greensupply.theme', 'dark')")
    visitor.page.route("**/site.js*", lambda route: route.fulfill(body="", content_type="text/javascript"))

    page = visitor.open("privacy/")

    assert page.evaluate(SCHEME) == "slate"


def test_the_theme_button_says_where_it_stands_and_other_tabs_follow(visit):
    visitor = visit(color_scheme="dark")
    page = visitor.open("privacy/")
    other = visitor.context.new_page()
    other.goto(page.url)
    button = page.locator(".gs-scheme")

    expect(button).to_have_accessible_name("Theme: same as your device. Change to: light.")
    button.click()

    expect(button).to_have_accessible_name("Theme: light. Change to: dark.")
    expect(page.locator("[data-gs-scheme-said]")).to_have_text("Theme: light. Change to: dark.")
    other.wait_for_function(f"() => {SCHEME} === 'default'")


def test_paper_is_light(visit):
    page = visit(color_scheme="dark").open("privacy/")
    assert page.evaluate(SCHEME) == "slate"

    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.evaluate(SCHEME) == "default"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(SCHEME) == "slate"


def test_where_storage_is_refused_the_theme_still_changes(visit):
    visitor = visit(color_scheme="light")
    refuse = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"
    visitor.page.add_init_script(refuse)
    page = visitor.open("privacy/")

    page.locator(".gs-scheme").click()

    assert page.evaluate(SCHEME) == "slate"


@pytest.mark.parametrize(
    ("place", "width"), [("", 360), ("", 1280), ("modules/p2-into-lean/", 360), ("modules/p2-into-lean/", 1000)]
)
def test_when_the_script_does_not_come_the_menu_is_the_list_at_the_end(visit, place, width):
    visitor = visit(width=width)
    visitor.page.route("**/site.js*", lambda route: route.abort())
    page = visitor.open(place)

    page.locator(".gs-menu-link").click()

    expect(page.locator(".gs-nav")).to_be_in_viewport()
    expect(page.locator(".gs-menu-button")).to_be_hidden()
    text, pages = (page.locator(name).bounding_box() for name in ("#gs-content", "#gs-menu"))
    assert text["width"] > width / 2
    assert pages["y"] >= text["y"] + text["height"]
    visitor.faults.clear()


def test_the_section_being_read_is_marked_and_stays_in_sight(visit, hub):
    page = visit(height=500).open(hub.modules("en")[0])
    marked = page.locator(".gs-toc a[aria-current=location]")
    links = page.locator(".gs-toc a")
    for number in (3, links.count() - 2, 1):
        goal = links.nth(number).evaluate("it => decodeURIComponent(it.hash.slice(1))")

        page.evaluate("id => document.getElementById(id).scrollIntoView()", goal)

        page.wait_for_function(
            "id => decodeURIComponent(document.querySelector('.gs-toc a[aria-current]')?.hash.slice(1) ?? '') === id",
            arg=goal,
        )
        expect(marked).to_have_count(1)
        expect(marked).to_be_in_viewport()


def test_the_drawer_leaves_nothing_behind_when_the_window_grows(visit, hub):
    visitor = visit(width=360)
    page = visitor.open(hub.modules("en")[0])
    page.locator(".gs-menu-button").click()
    expect(page.locator(".gs-shade")).to_be_visible()

    page.set_viewport_size({"width": 1400, "height": 800})

    expect(page.locator(".gs-shade")).to_be_hidden()
    expect(page.locator("#gs-menu")).to_be_visible()
    assert page.locator("[inert], [aria-modal]").count() == 0
    assert visitor.axe() == []
