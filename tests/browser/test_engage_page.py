"""The pages for customers and of recognized companies: found from the menu, without violations, readable on a phone."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
WIDE = "document.documentElement.scrollWidth"


def test_a_customer_finds_the_letter_and_comes_to_the_pathway(visit):
    page = visit().open("es/about/")
    page.get_by_role("link", name="Invite a sus proveedores").first.click()

    expect(page.locator(".gs-letter")).to_contain_text("no le pediremos precios más bajos")
    page.locator("main").get_by_role("link", name="Ruta del proveedor").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ruta del proveedor")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ["fr/invite-suppliers/", "es/recognition/"])
def test_they_have_no_violation_at_320_px_and_do_not_scroll_sideways(visit, place, scheme):
    visitor = visit(width=320, color_scheme=scheme)
    page = visitor.open(place)

    assert visitor.axe(scheme) == []
    assert page.evaluate(WIDE) <= 320


def test_every_invented_company_is_marked_in_words(visit):
    page = visit().open("recognition/")
    companies = page.locator(".gs-recognised li")

    expect(page.get_by_role("note")).to_contain_text("do not exist")
    assert companies.count() == page.locator(".gs-recognised .gs-invented").count() > 0
