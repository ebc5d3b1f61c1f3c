"""The root page offers the reader's language, remembers the choice and forces nothing."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

BLOCKED = "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})"


@pytest.mark.parametrize(
    ("tag", "lang", "goal", "words"),
    [
        ("es-MX", "es-MX", "es/", "Ver el sitio en español"),
        ("es", "es-MX", "es/", "Ver el sitio en español"),
        ("fr-CA", "fr-CA", "fr/", "Voir le site en français"),
    ],
)
def test_a_browser_of_another_language_is_offered_it_in_its_own_words(visit, tag, lang, goal, words):
    visitor = visit(locale=tag, width=320)
    page = visitor.open("")

    offer = page.locator("language-offer section:visible")
    expect(offer).to_have_count(1)
    assert offer.get_attribute("lang") == lang
    assert page.url == visitor.url
    assert visitor.axe() == []
    offer.get_by_role("link", name=words).click()
    assert page.url == visitor.url + goal

    visitor.open("")
    expect(offer).to_be_visible()  # chosen before, so it is offered again, and not taken for granted


def test_who_stays_is_not_asked_again(visit):
    visitor = visit(locale="fr-CA")
    page = visitor.open("")

    page.get_by_role("button", name="Continuer en anglais").press("Enter")

    offer = page.locator("language-offer section")
    expect(offer.nth(0)).to_be_hidden()
    expect(offer.nth(1)).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "gs-content"
    page.reload()
    page.wait_for_function("() => !!customElements.get('language-offer')")
    assert page.locator("language-offer section:visible").count() == 0


def test_a_link_to_another_language_is_a_choice(visit):
    visitor = visit(locale="es-MX")
    page = visitor.open("es/")

    page.locator("a[hreflang=en]").first.click()

    page.wait_for_function("() => !!customElements.get('language-offer')")
    assert page.url == visitor.url
    assert page.locator("language-offer section:visible").count() == 0


@pytest.mark.parametrize("tag", ["en-US", "de-DE"])
def test_nothing_is_offered_where_there_is_nothing_better(visit, tag):
    page = visit(locale=tag).open("")

    page.wait_for_function("() => !!customElements.get('language-offer')")
    assert page.locator("language-offer section:visible").count() == 0


def test_it_offers_without_a_store_too(visit):
    visitor = visit(locale="es-MX")
    visitor.context.add_init_script(BLOCKED)
    page = visitor.open("")

    page.get_by_role("button", name="Seguir en inglés").click()

    expect(page.locator("language-offer section:visible")).to_have_count(0)


def test_other_pages_do_not_ask(visit):
    page = visit(locale="es-MX").open("about/")

    assert page.locator("language-offer").count() == 0
