"""The facilitator's edition: found from the learner's page, without violations, readable on a phone and on paper."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PLACE = "fr/modules/p2-into-lean/"
WIDE = "document.documentElement.scrollWidth"


def test_a_trainer_finds_it_from_the_learners_page_and_goes_back(visit):
    page = visit().open(PLACE)
    page.locator(".gs-facts").get_by_role("link", name="Édition pour les formateurs").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("Édition pour les formateurs")
    page.get_by_role("link", name="La page des participants").click()
    expect(page.locator(".gs-facilitator")).to_have_count(0)
    assert page.url.endswith(PLACE)


def test_each_part_of_the_plan_leads_to_its_note_by_keyboard(visit):
    page = visit().open(f"{PLACE}facilitator/")
    link = page.locator(".gs-session tbody th a").nth(3)
    goal = link.get_attribute("href")
    link.focus()
    page.keyboard.press("Enter")

    expect(page.locator(f"{goal}:target .gs-callout-title")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_has_no_violation_at_320_px_and_does_not_scroll_sideways(visit, scheme):
    visitor = visit(width=320, color_scheme=scheme)
    page = visitor.open(f"{PLACE}facilitator/")

    assert visitor.axe(scheme) == []
    assert page.evaluate(WIDE) <= 320


def test_the_bar_has_the_numbers_of_the_table_and_colours_that_can_be_told_apart(visit):
    page = visit().open(f"{PLACE}facilitator/")
    pieces = page.eval_on_selector_all(
        ".gs-bar line:not(.gs-bar-edge)",
        "all => all.map(it => parseFloat(it.getAttribute('x2')) - parseFloat(it.getAttribute('x1')))",
    )
    parts = page.locator(".gs-session tbody tr").count()

    assert len(pieces) == parts
    assert sum(pieces) == pytest.approx(100, abs=0.2)
    strokes = page.eval_on_selector_all(
        ".gs-bar line:not(.gs-bar-edge)", "all => [...new Set(all.map(it => getComputedStyle(it).stroke))]"
    )
    assert len(strokes) == 3


def test_on_paper_the_table_fits_and_a_note_is_not_cut(visit):
    page = visit(width=700).open(f"{PLACE}facilitator/")
    page.emulate_media(media="print")

    assert page.evaluate("document.querySelector('.gs-session table').scrollWidth") <= 700
    kept = "all => all.map(it => getComputedStyle(it).breakInside)"
    assert set(page.eval_on_selector_all(".gs-facilitator", kept)) == {"avoid"}
    expect(page.locator(".gs-side").first).to_be_hidden()
    expect(page.locator(".gs-key-answers").first).to_be_visible()
