"""The tools library as a visitor uses it."""

from __future__ import annotations

import pytest
import yaml
from greensupply import components
from playwright.sync_api import Page, expect
from visiting import HOMES, IN_SCHEMES, LOCALES, ROOT, coloured

pytestmark = pytest.mark.browser
TOOLS = yaml.safe_load((ROOT / "content/tools.yml").read_text(encoding="utf-8"))["tools"]
OVERFLOW = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
FOUND = "tool-list [role=status]"
PLACE = "tools-library/"


def said(locale: str) -> dict[str, str]:
    return dict(components.words("tool-list", locale))


def shown(page: Page) -> set[str]:
    """Ids of the tools in sight."""
    return set(page.eval_on_selector_all(".tool h3", "all => all.filter(it => it.checkVisibility()).map(it => it.id)"))


def fitting(**wanted: str) -> set[str]:
    """Ids of the tools that fit each choice."""
    return {
        tool["id"]
        for tool in TOOLS
        if all(value == tool[key] or value in tool[key] for key, value in wanted.items() if value)
    }


@pytest.mark.parametrize("locale", LOCALES)
def test_each_choice_shows_the_tools_that_fit_and_all_of_them_together(visit, locale):
    page = visit().open(HOMES[locale] + PLACE)
    say = said(locale)
    assert len(shown(page)) == len(TOOLS)

    wanted: dict[str, str] = {}
    for label, key, value in (
        ("country", "countries", "US"),
        ("module", "modules", "energy-efficiency"),
        ("kind", "kind", "guide"),
        ("language", "languages", "en"),
        ("cost", "cost", "free"),
    ):
        page.get_by_role("combobox", name=say[label], exact=True).select_option(value)
        wanted[key] = value
        assert shown(page) == fitting(**wanted)
        count = say["found"].format(count=len(fitting(**wanted)), total=len(TOOLS))
        expect(page.locator(FOUND)).to_have_text(count)
    assert page.locator(".group:visible").count() == 1


def test_what_nothing_fits_is_said_and_one_button_takes_all_choices_back(visit):
    page = visit().open(f"es/{PLACE}")
    say = said("es")
    page.get_by_role("combobox", name=say["country"], exact=True).select_option("CA")
    page.get_by_role("combobox", name=say["kind"], exact=True).select_option("recognition")
    assert shown(page) == set()
    expect(page.locator(FOUND)).to_have_text(say["found_none"])

    page.get_by_role("button", name=say["reset"]).click()

    assert len(shown(page)) == len(TOOLS)
    expect(page.get_by_role("combobox", name=say["country"], exact=True)).to_be_focused()
    expect(page.get_by_role("button", name=say["reset"])).to_be_hidden()


def test_the_choices_are_made_by_keyboard_in_their_order(visit):
    page = visit().open(PLACE)
    country = page.locator("#tools-country")
    country.focus()
    page.keyboard.press("ArrowDown")
    assert shown(page) == fitting(countries=country.input_value())
    for name in ("language", "module", "kind", "cost"):
        page.keyboard.press("Tab")
        expect(page.locator(f"#tools-{name}")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert len(shown(page)) == len(TOOLS)


def test_a_link_to_a_hidden_tool_takes_the_choices_back(visit):
    page = visit().open(PLACE)
    page.locator("#tools-country").select_option("MX")
    page.evaluate("() => { location.hash = '#hydro-quebec-emission-rates' }")

    expect(page.locator("#hydro-quebec-emission-rates")).to_be_in_viewport()
    expect(page.locator("#tools-country")).to_have_value("")


@pytest.mark.parametrize(("locale", "scheme"), IN_SCHEMES)
def test_the_library_violates_nothing_at_any_width(visit, locale, scheme):
    visitor = visit(color_scheme=scheme)
    page = visitor.open(f"{HOMES[locale]}{PLACE}#egrid")
    for width in (1280, 360, 320):
        page.set_viewport_size({"width": width, "height": 800})
        if width != 360:  # looked at in 320
            assert visitor.axe(scheme, colours=width == 320 and coloured(locale, scheme)) == [], width
        assert page.evaluate(OVERFLOW) <= 0
    page.locator("#tools-country").select_option("MX")
    assert visitor.axe(scheme, colours=coloured(locale, scheme)) == []


def test_without_javascript_all_tools_and_kinds_are_there_and_no_choice(visit):
    page = visit(java_script_enabled=False).open(f"fr/{PLACE}")

    assert page.locator(".tool:visible").count() == len(TOOLS)
    assert page.locator("select:visible").count() == 0
    page.locator(".kinds a").last.click()
    expect(page.locator(".group h2").last).to_be_in_viewport()


def test_paper_shows_what_was_chosen_without_the_choices(visit):
    page = visit().open(PLACE)
    page.locator("#tools-kind").select_option("register")
    page.emulate_media(media="print")

    assert shown(page) == fitting(kind="register")
    assert page.locator("tool-list .filters:visible, tool-list .kinds:visible").count() == 0


def test_the_file_itself_is_not_published(hub):
    assert not list(hub.folder.rglob("tools.yml"))
