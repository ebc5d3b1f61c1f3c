"""A learner's whole story: from the pathway to a certificate that somebody else checks, also where the network is cut."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from greensupply import components
from learning import RIGHT, WRONG, answer
from playwright.sync_api import Page, expect
from visiting import HOMES, LOCALES, Hub, Visit

pytestmark = pytest.mark.browser
Begin = Callable[..., Visit]
NAME = "Zoë Núñez-Tremblay"


@pytest.fixture
def hub(learning_hub: Hub) -> Hub:
    """A small hub takes the place of the whole one in this file."""
    return learning_hub


def words(tag: str, locale: str) -> dict[str, str]:
    return dict(components.words(tag, locale))


def next_module(page: Page) -> None:
    """Follow the pathway's button to the module that comes next."""
    page.locator("pathway-map a.next").click()
    page.locator("quiz-question").wait_for()


@pytest.mark.parametrize("locale", LOCALES)
def test_a_pathway_is_learned_to_a_certificate_that_can_be_checked(visit: Begin, hub: Hub, locale: str):
    visitor = visit(locale={"en": "en-US", "es": "es-MX", "fr": "fr-CA"}[locale])
    page = visitor.open(f"{HOMES[locale]}pathways/manager/")
    next_module(page)
    answer(page, WRONG)
    answer_again(page)
    page = visitor.open(f"{HOMES[locale]}pathways/manager/")
    next_module(page)
    answer(page, RIGHT)

    page = visitor.open(f"{HOMES[locale]}pathways/manager/")
    page.locator("pathway-map a[href*='#pathway.manager']").click()
    expect(page.locator("#learning-certificate-for")).to_have_value("pathway.manager")
    page.fill("#learning-certificate-name", NAME)
    page.click('[data-do="make"]')
    paper = page.inner_text(".certificate-paper")
    page.click('[data-do="link"]')
    link = page.input_value("#learning-certificate-link")

    assert NAME in paper
    assert link.startswith(f"{hub.url}{HOMES[locale]}verify/#")
    someone = visit()
    page = someone.open(link.removeprefix(hub.url))
    expect(page.locator("certificate-check .said")).to_have_attribute("data-state", "match")
    assert visitor.axe() == []


def answer_again(page: Page) -> None:
    page.locator('quiz-question [data-do="again"]').click()
    answer(page, RIGHT)


def test_two_tabs_that_learn_at_once_lose_nothing(visit: Begin):
    visitor = visit()
    one = visitor.open("modules/rinsing/")
    other = visitor.context.new_page()
    other.goto(f"{visitor.url}modules/drying/")
    third = visitor.context.new_page()
    third.goto(f"{visitor.url}my-learning/")

    answer(one, RIGHT)
    answer(other, RIGHT)

    for module in ("rinsing", "drying"):
        expect(third.locator(f'.modules > [data-module="{module}"][data-state="passed"]')).to_have_count(1)


def test_the_network_is_cut_in_the_middle_of_a_module_and_nothing_is_lost(visit: Begin):
    visitor = visit(service_workers="allow")
    page = visitor.open("es/modules/rinsing/")
    page.wait_for_selector('offline-notice[data-state="kept"]', state="attached")

    visitor.context.set_offline(True)
    answer(page, RIGHT)
    page.goto(f"{visitor.url}es/modules/drying/")  # never opened before
    answer(page, RIGHT)
    page.goto(f"{visitor.url}es/my-learning/")

    for module in ("rinsing", "drying"):
        expect(page.locator(f'.modules > [data-module="{module}"][data-state="passed"]')).to_have_count(1)
    visitor.context.set_offline(False)
