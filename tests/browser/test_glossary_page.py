"""The glossary, and its definitions in the modules, as a learner uses them."""

from __future__ import annotations

import gzip

import pytest
import yaml
from greensupply import components
from keys import active
from playwright.sync_api import Page, expect
from visiting import HOMES, IN_SCHEMES, LOCALES, ROOT, coloured, coloured_at

pytestmark = pytest.mark.browser
MODULE = "modules/environmental-management-systems/"
OPEN = ".gs-definition:popover-open"
TERMS = yaml.safe_load((ROOT / "modules" / "terms.yml").read_text(encoding="utf-8"))["terms"]
EMS = next(term for term in TERMS if term["id"] == "environmental-management-system")
OVERFLOW = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


def said(locale: str) -> dict[str, str]:
    return dict(components.words("glossary-list", locale))


def shown(page: Page) -> list[str]:
    """Ids of the entries in sight."""
    return page.eval_on_selector_all(".entry", "all => all.filter(it => it.checkVisibility()).map(it => it.id)")


# In a module


@pytest.mark.parametrize("locale", LOCALES)
def test_a_definition_opens_by_keyboard_and_escape_leads_back(visit, locale):
    page = visit().open(HOMES[locale] + MODULE)
    term = page.locator(".gs-term").first
    expect(term.locator("span")).to_have_text(EMS[locale]["term"])
    term.focus()
    for key in ("Enter", "Space"):
        page.keyboard.press(key)
        definition = page.locator(OPEN)
        expect(definition).to_be_visible()
        assert EMS[locale]["definition"] in definition.inner_text()
        for other in set(LOCALES) - {locale}:
            assert EMS[other]["term"] in definition.inner_text()
        assert active(page)["id"] == "term-environmental-management-system"
        page.keyboard.press("Tab")
        assert active(page)["tag"] == "a"
        page.keyboard.press("Escape")
        expect(page.locator(OPEN)).to_have_count(0)
        assert page.evaluate("() => document.activeElement.className") == "gs-term"


def test_no_definition_takes_the_focus_when_the_page_opens(visit):
    page = visit().open(MODULE)

    assert active(page)["top"]
    assert page.locator(".gs-definition:visible").count() == 0
    page.keyboard.press("Tab")
    assert "skip" in page.evaluate("() => document.activeElement.className")


def test_after_a_definition_the_keyboard_goes_on_behind_its_term(visit):
    page = visit().open(MODULE)
    terms = page.locator(".gs-term")
    terms.first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    expect(terms.nth(1)).to_be_focused()


@pytest.mark.parametrize("width", [320, 1280])
def test_a_definition_opens_by_touch_closes_beside_and_lies_within_the_screen(visit, width):
    page = visit(width, 700, has_touch=True).open(HOMES["fr"] + MODULE)
    terms = page.locator(".gs-term")
    assert terms.count() > 10
    for place in range(0, terms.count(), 4):
        terms.nth(place).tap()
        box = page.locator(OPEN).bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= 700
        page.touchscreen.tap(2, 350)
        expect(page.locator(OPEN)).to_have_count(0)
    assert page.evaluate(OVERFLOW) <= 0


def test_its_link_leads_to_the_entry_of_the_glossary(visit):
    page = visit().open(HOMES["es"] + MODULE)
    page.locator(".gs-term").first.click()
    page.locator(f"{OPEN} a").click()

    page.wait_for_url("**/es/glossary/#environmental-management-system")
    expect(page.locator(".entry:target dt")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_an_open_definition_violates_nothing(visit, scheme, width):
    visitor = visit(width, color_scheme=scheme)
    page = visitor.open(HOMES["fr"] + MODULE)
    page.locator(".gs-term").nth(2).click()
    expect(page.locator(OPEN)).to_be_visible()

    assert visitor.axe(scheme, colours=coloured_at(width, scheme)) == []


def test_terms_are_large_enough_to_touch_and_print_as_text(visit):
    page = visit(360).open(MODULE)
    sizes = page.eval_on_selector_all(".gs-term", "all => all.map(it => it.getBoundingClientRect().height)")
    assert min(sizes) >= 24
    page.locator(".gs-term").first.click()
    page.emulate_media(media="print")

    assert page.locator(".gs-term span").first.evaluate("it => getComputedStyle(it).textDecorationLine") == "none"
    assert page.locator(".gs-definition:visible").count() == 0


def test_no_definition_is_loose_text_where_a_browser_knows_no_popovers(visit):
    page = visit().open(MODULE)
    page.evaluate("() => document.querySelectorAll('[popover]').forEach(it => it.removeAttribute('popover'))")

    assert page.locator(".gs-definition").count() > 10
    assert page.locator(".gs-definition:visible").count() == 0


def test_definitions_open_without_javascript(visit):
    page = visit(java_script_enabled=False).open(MODULE)
    page.locator(".gs-term").first.click()

    expect(page.locator("#term-environmental-management-system")).to_be_visible()


def test_definitions_add_little_to_a_page(hub):
    for place in (place for locale in LOCALES for place in hub.modules(locale)):
        html = (hub.folder / place / "index.html").read_text(encoding="utf-8")
        start, end = html.index('<div class="gs-definitions"'), html.index("</article>")
        bare = html[:start] + html[end:]
        assert len(gzip.compress(html.encode())) - len(gzip.compress(bare.encode())) < 3000, place


# The page

SEARCHES = [
    ("en", "ems", "environmental-management-system"),
    ("en", "gestion ambiental", "environmental-management-system"),
    ("es", "GESTIÓN AMBIENTAL", "environmental-management-system"),
    ("es", "sge", "environmental-management-system"),
    ("fr", "ecoefficacite", "eco-efficiency"),
    ("fr", "xyz", ""),
    ("fr", "co2e", "carbon-dioxide-equivalent"),
    ("fr", "main-d'oeuvre", "direct-labour"),
    ("fr", "desperdicio ambiental", "environmental-waste"),
]


@pytest.mark.parametrize(("locale", "text", "found"), SEARCHES)
def test_a_term_is_found_in_any_language_with_or_without_accents(visit, locale, text, found):
    page = visit().open(f"{HOMES[locale]}glossary/")
    page.get_by_label(said(locale)["find"]).press_sequentially(text)

    if found:
        assert found in shown(page)
        count = len(shown(page))
        words = said(locale)["found_one"] if count == 1 else said(locale)["found_many"].format(count=count)
    else:
        assert shown(page) == []
        words = said(locale)["found_none"]
    expect(page.locator("glossary-list [role=status]")).to_have_text(words)
    assert page.locator(".letter:visible").count() == len(page.locator(".letter:has(.entry:not([hidden]))").all())


def test_few_letters_are_the_beginning_of_a_word(visit):
    page = visit().open("glossary/")
    page.get_by_label(said("en")["find"]).fill("ems")

    assert shown(page) == ["environmental-management-system"]


def test_an_emptied_field_shows_all_again_and_a_link_to_a_hidden_entry_takes_the_filter_away(visit):
    page = visit().open("glossary/")
    field = page.get_by_label(said("en")["find"])
    field.fill("zzz")
    assert shown(page) == []
    field.fill(" ")
    assert len(shown(page)) == len(TERMS)
    expect(page.locator("glossary-list [role=status]")).to_have_text("")
    field.fill("kanban")
    assert shown(page) == ["kanban"]
    page.evaluate("() => { location.hash = '#takt-time' }")

    expect(page.locator("#takt-time")).to_be_in_viewport()
    expect(field).to_have_value("")


@pytest.mark.parametrize(("locale", "scheme"), IN_SCHEMES)
def test_the_glossary_violates_nothing_at_any_width(visit, locale, scheme):
    visitor = visit(color_scheme=scheme)
    page = visitor.open(f"{HOMES[locale]}glossary/#takt-time")
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        assert visitor.axe(scheme, colours=width == 320 and coloured(locale, scheme)) == [], width
        assert page.evaluate(OVERFLOW) <= 0
    page.locator("#glossary-find").fill("no such term")
    assert visitor.axe(scheme, colours=coloured(locale, scheme)) == []


def test_without_javascript_all_terms_and_letters_are_there_and_no_field(visit):
    page = visit(java_script_enabled=False).open("es/glossary/")

    assert page.locator(".entry:visible").count() == len(TERMS)
    assert page.locator("#glossary-find:visible").count() == 0
    page.locator(".letters a").last.click()
    expect(page.locator(".letter h2").last).to_be_in_viewport()
    tags = page.eval_on_selector_all("#takt-time .said", "all => all.map(it => it.lang)")
    assert tags == ["en", "fr-CA"]
