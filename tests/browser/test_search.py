"""The search: in the language being read, fetched on first use, by keyboard, with the network cut, from a disk."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from builders import write
from greensupply import search_index
from greensupply.search_index import Section
from hosting import serving
from playwright.sync_api import Browser, Page, expect
from visiting import HOMES, IN_SCHEMES, LOCALES, Handler, Hub, Visit, coloured

pytestmark = pytest.mark.browser

NARROW = {"width": 320, "height": 640}
COUNT = {"en": r"\d+ pages? found[.;]", "es": r"Se encontr(ó|aron) \d+ páginas?[.;]", "fr": r"\d+ pages? trouvées?[.;]"}


def searching(page: Page, query: str) -> list[str]:
    """Open the search, type, and return the addresses of the pages found."""
    page.keyboard.press("Control+k")
    expect(page.locator("site-search")).to_have_attribute("data-state", "ready")
    return asking(page, query)


def asking(page: Page, query: str) -> list[str]:
    page.locator("#gs-search-input").fill(query)
    expect(page.locator("site-search")).to_have_attribute("data-query", query)
    found: list[str] = page.eval_on_selector_all("site-search .page", "all => all.map(it => it.href)")
    return found


def marked(page: Page) -> set[str]:
    return {fold(text) for text in page.locator("site-search mark").all_inner_texts()}


def fold(word: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", word.lower()) if not unicodedata.combining(sign))


def test_nothing_of_it_is_fetched_before_it_is_first_opened(visit: Callable[..., Visit], hub: Hub) -> None:
    visitor = visit()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url.removeprefix(hub.url).partition("?")[0]))
    page = visitor.open("es/about/")
    page.wait_for_load_state("networkidle")
    assert [name for name in asked if "search" in name] == []

    asked.clear()
    assert searching(page, "residuos") != []
    assert sorted(name for name in asked if not name.endswith("versions.json")) == [
        *("assets/greensupply/search.css", "assets/greensupply/search.js", "search/es.js")
    ]

    asked.clear()
    page.keyboard.press("Escape")
    assert searching(page, "agua") != []
    assert asked == []


FORMS = {
    "en": {
        "modules/p2-into-lean/": ["waste", "wastes", "WASTE", "VSM", "value stream maps"],
        "modules/environmental-management-systems/": [
            *("EMS", "environmental management system", "audits", "audited"),
        ],
    },
    "es": {
        "modules/environmental-management-systems/": [
            *("gestión", "gestion", "GESTIÓN", "gestiones", "SGA", "sistemas de gestión ambiental"),
        ],
        "about/": ["capacitación", "capacitacion", "capacitaciones", "capacitar"],
        "modules/environmental-activity-based-costing/": ["calcula", "calculó", "calcular"],
    },
    "fr": {
        "modules/p2-into-lean/": ["énergie", "energie", "energies", "mesurer", "mesurez", "mesurons"],
        "modules/environmental-management-systems/": [
            *("SGE", "l’environnement", "système de gestion environnementale"),
        ],
    },
}


@pytest.mark.parametrize("locale", LOCALES)
def test_words_are_found_in_their_forms_with_or_without_accents_and_by_their_short_form(
    visit: Callable[..., Visit], hub: Hub, locale: str
) -> None:
    page = visit().open(HOMES[locale])
    page.keyboard.press("Control+k")
    expect(page.locator("site-search")).to_have_attribute("data-state", "ready")

    for place, query in ((place, query) for place, queries in FORMS[locale].items() for query in queries):
        found = asking(page, query)
        assert hub.url + HOMES[locale] + place in found, query
        expect(page.locator("site-search [role=status]")).to_have_text(re.compile(COUNT[locale]))
        for address in found:
            other = address.removeprefix(hub.url).partition("/")[0]
            assert other == locale if locale != "en" else other not in LOCALES, query


@pytest.mark.parametrize(("locale", "foreign"), [("en", "desperdicio"), ("es", "déversement"), ("fr", "wastewater")])
def test_a_word_of_another_language_is_found_in_the_glossary_only(
    visit: Callable[..., Visit], hub: Hub, locale: str, foreign: str
) -> None:
    page = visit().open(HOMES[locale])

    found = searching(page, foreign)

    assert found == [f"{hub.url}{HOMES[locale]}glossary/"] or fold(foreign) not in marked(page)


@pytest.mark.parametrize(
    ("locale", "short"), [("en", "EMS"), ("en", "P2"), ("es", "SGA"), ("es", "VSM"), ("fr", "SGE"), ("fr", "EMS")]
)
def test_an_abbreviation_leads_to_the_glossary(visit: Callable[..., Visit], hub: Hub, locale: str, short: str) -> None:
    page = visit().open(f"{HOMES[locale]}about/")

    found = searching(page, short)

    assert f"{hub.url}{HOMES[locale]}glossary/" in found[:5]
    term = page.locator('site-search .part[href*="glossary/#"]').first
    with page.expect_navigation():
        term.click()
    assert page.evaluate("document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null")


def test_what_is_being_typed_and_what_is_misspelled_is_found(visit: Callable[..., Visit], hub: Hub) -> None:
    page = visit().open("es/")
    said = page.locator("site-search [role=status]")
    module = f"{hub.url}es/modules/p2-into-lean/"

    assert module in searching(page, "desperd")
    assert "desperdicio" in marked(page)
    assert module in asking(page, "mantenimento")
    expect(said).to_contain_text("“mantenimento” no está en ninguna página; se muestran palabras parecidas.")
    assert "mantenimiento" in marked(page)
    assert module in asking(page, "kaizen zzqqx")
    expect(said).to_contain_text("Ninguna página tiene todas estas palabras.")


def test_a_visitor_who_comes_back_searches_in_the_words_of_today(browser: Browser, hub: Hub, tmp_path: Path) -> None:
    class Keeping(Handler):
        """A host that lets browsers keep everything but what `docs/offline.md` says."""

        def end_headers(self) -> None:
            known = "no-cache" if self.path.endswith("/versions.json") else "max-age=3600"
            self.send_header("Cache-Control", known)
            super().end_headers()

    for name in ("about", "assets/greensupply", "search/en.js"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).symlink_to(hub.folder / name)
    with serving(tmp_path, Keeping) as url, browser.new_context(service_workers="block") as context:
        for version, words in (("1", "waste"), ("1", "nothing new"), ("2", "zymurgy")):
            index = tmp_path / "search" / "en.js"
            index.unlink()
            index.write_text(search_index.script([search_index.Entry("A", "a/", (Section("", "", words),))], {}))
            write(tmp_path, {"assets/offline/versions.json": json.dumps({"en": version})})
            # the host tells versions apart by their seconds, and these are of the same one
            os.utime(tmp_path / "assets/offline/versions.json", (int(version), int(version)))
            page = context.new_page()
            page.goto(f"{url}about/")
            assert len(searching(page, words.split()[0])) == (0 if words == "nothing new" else 1), words


def test_the_best_thirty_are_shown_and_said(visit: Callable[..., Visit], hub: Hub) -> None:
    visitor = visit()
    pages = ",".join(f'["Tank {n}","tank-{n}/",[["","","rinse"]]]' for n in range(45))
    index = f'document.dispatchEvent(new CustomEvent("greensupply:search-index",{{detail:{{"pages":[{pages}],"short":[]}}}}))'
    visitor.context.route("**/search/en.js*", lambda route: route.fulfill(body=index, content_type="text/javascript"))
    page = visitor.open("about/")

    assert len(searching(page, "rinse")) == 30
    expect(page.locator("site-search [role=status]")).to_have_text(
        "45 pages found; the best 30 are shown. Another word narrows the search."
    )


def test_what_was_typed_stays_text(visit: Callable[..., Visit]) -> None:
    page = visit().open("about/")
    query = "<img src=x onerror=alert(1)>zzqqx"

    searching(page, "zzqqx<b>")
    expect(page.locator("site-search [role=status]")).to_have_text("Nothing found for “zzqqx<b>”.")
    asking(page, query)
    assert page.locator("site-search .output img").count() == 0


@pytest.mark.parametrize("part", ["assets/greensupply/search.js", "search/es.js"])
def test_a_search_that_cannot_be_loaded_says_so_and_is_tried_again(visit: Callable[..., Visit], part: str) -> None:
    visitor = visit()
    visitor.context.route(f"**/{part}*", lambda route: route.abort())
    page = visitor.open("es/about/")
    said = page.locator("site-search [role=status]")

    page.keyboard.press("Control+k")
    expect(said).to_have_text(re.compile("^No se pudo cargar la búsqueda"))
    page.keyboard.type("residuos")
    assert visitor.axe() == []
    visitor.context.unroute(f"**/{part}*")
    page.get_by_role("button", name="Intentar de nuevo").press("Enter")

    expect(said).to_have_text(re.compile(COUNT["es"]))
    expect(page.locator("#gs-search-input")).to_be_focused()
    expect(page.get_by_role("button", name="Intentar de nuevo")).to_be_hidden()
    assert "residuos" in marked(page)
    visitor.faults.clear()


def test_it_goes_on_by_itself_when_the_network_is_back(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    page = visitor.open("fr/about/")
    visitor.context.set_offline(True)
    page.keyboard.press("Control+k")
    expect(page.locator("site-search")).to_have_attribute("data-state", "failed")

    page.keyboard.type("eau")
    visitor.context.set_offline(False)

    expect(page.locator("site-search [role=status]")).to_have_text(re.compile(COUNT["fr"]))
    visitor.faults.clear()


@pytest.mark.parametrize("width", [1280, 320])
def test_everything_goes_by_keyboard(visit: Callable[..., Visit], hub: Hub, width: int) -> None:
    page = visit(width=width).open("es/about/")
    button, field = page.locator(".gs-search-button"), page.locator("#gs-search-input")
    links = page.locator("site-search .found a")

    button.press("Enter")
    expect(field).to_be_focused()
    page.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(page.locator("site-search dialog")).to_be_hidden()

    button.press("Enter")
    expect(page.locator("site-search")).to_have_attribute("data-state", "ready")
    page.keyboard.type("residuos")
    expect(links.first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(links.first).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Tab")
    expect(links.nth(2)).to_be_focused()
    for _ in range(3):
        page.keyboard.press("ArrowUp")
    expect(field).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Cerrar la búsqueda")).to_be_focused()
    page.keyboard.press("Enter")
    expect(button).to_be_focused()

    page.keyboard.press("Control+k")  # what was asked is still there, and chosen
    assert field.evaluate("it => it.value.slice(it.selectionStart, it.selectionEnd)") == "residuos"
    page.keyboard.type("auditoría")
    page.keyboard.press("Enter")  # at once, before the pause after a letter
    expect(links.first).to_be_focused()
    goal = links.first.get_attribute("href")
    assert goal
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == hub.url + "es/" + goal.partition("/es/")[2] or page.url.endswith(goal.lstrip("./"))


def test_a_part_of_the_same_page_closes_it_and_is_gone_to(visit: Callable[..., Visit]) -> None:
    page = visit().open("es/about/")

    searching(page, "mide el éxito")
    page.locator('site-search .part[href*="about/#"]').first.click()

    expect(page.locator("site-search dialog")).to_be_hidden()
    expect(page).to_have_url(re.compile("#c"))
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top < innerHeight")


@pytest.mark.parametrize(("locale", "scheme"), IN_SCHEMES)
def test_it_is_accessible_at_320_px_in_every_state(visit: Callable[..., Visit], locale: str, scheme: str) -> None:
    visitor = visit(**NARROW, color_scheme=scheme)
    page = visitor.open(f"{HOMES[locale]}about/")

    for query in ("", "co2", "zzqqxzz"):
        searching(page, query) if query else page.locator(".gs-search-button").click()
        expect(page.locator("site-search")).to_have_attribute("data-state", "ready")
        assert visitor.axe(scheme, colours=coloured(locale, scheme)) == [], query
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        wide = page.evaluate(
            "[...document.querySelectorAll('site-search dialog *')].filter(it => it.getBoundingClientRect().right > innerWidth).length"
        )
        assert wide == 0, query
    small = page.eval_on_selector_all(
        "site-search :is(button:not([hidden]), input)", "all => all.filter(it => it.offsetHeight < 44).length"
    )
    assert small == 0


def test_it_works_under_forced_colours_and_is_not_printed(visit: Callable[..., Visit]) -> None:
    visitor = visit(forced_colors="active")
    page = visitor.open("about/")
    searching(page, "waste")
    assert visitor.axe() == []

    page.emulate_media(media="print")

    expect(page.locator("site-search dialog")).to_be_hidden()


def test_without_script_there_is_no_button(visit: Callable[..., Visit]) -> None:
    page = visit(java_script_enabled=False).open("fr/about/")

    expect(page.locator(".gs-search-button")).to_be_hidden()
    expect(page.locator("#gs-search")).to_be_hidden()


def test_it_works_from_a_disk(visit: Callable[..., Visit], hub: Hub) -> None:
    visitor = visit()
    visitor.page.goto((hub.folder / "fr" / "about" / "index.html").as_uri())

    found = searching(visitor.page, "dechets")

    assert any(address.endswith("/fr/modules/p2-into-lean/") for address in found)
    visitor.faults[:] = [fault for fault in visitor.faults if "file:///" not in fault]
