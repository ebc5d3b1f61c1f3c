"""Every page, as it looks and as it is built: no violation, no fault, nothing off the screen."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from builders import EVERYTHING
from visiting import ALIKE, DRAWN, HOMES, LOCALES, PREFIX

pytestmark = pytest.mark.browser
OVERFLOW = f"""async () => {{
  await ({DRAWN})()
  return document.scrollingElement.scrollWidth - document.documentElement.clientWidth
}}"""
"""Once the page is drawn in the width that it has now."""


@pytest.mark.parametrize("locale", LOCALES)
def test_no_page_violates_wcag_at_any_width(visit, hub, locale):
    visitor = visit()
    far, closely = hub.in_another(locale), hub.closely(locale)
    for number, place in enumerate(hub.of(locale)):
        wide, narrow = not place.startswith(far), place in closely
        # every other page is opened narrow and then widened, which also spares drawing it a third time
        for width in (1280, 320) if number % 2 == 0 else (320, 1280):
            visitor.page.set_viewport_size({"width": width, "height": 800})
            page = visitor.page if visitor.page.url == hub.url + place else visitor.open(place)
            if wide if width == 1280 else narrow:
                # contrast is slow and no width changes it
                assert visitor.axe(colours=narrow and width == 1280) == [], (place, width)
            assert page.evaluate(OVERFLOW) <= 0, (place, width)


@pytest.mark.parametrize("locale", LOCALES)
def test_no_page_lacks_contrast_in_the_dark(visit, hub, locale):
    visitor = visit(width=320, color_scheme="dark")
    for place in sorted(hub.closely(locale)):
        page = visitor.open(place)
        assert visitor.axe("dark") == [], place
        assert page.evaluate(OVERFLOW) <= 0, place


def test_each_page_is_looked_at_closely_in_some_language(hub):
    known = {locale: [place.removeprefix(HOMES[locale]) for place in hub.of(locale)] for locale in LOCALES}
    assert known["en"] == known["es"] == known["fr"]
    assert sum(map(len, known.values())) == len(hub.pages()) > 36

    seen = {place.removeprefix(HOMES[locale]) for locale in LOCALES for place in hub.closely(locale)}
    alike = [[place for place in known["en"] if re.fullmatch(kind, place)] for kind in ALIKE]
    assert [len(seen.intersection(each)) for each in alike] == [len(each) if EVERYTHING else 3 for each in alike]
    assert set(known["en"]) - seen <= {place for each in alike for place in each}


def test_a_text_that_cannot_be_read_is_found_among_others_that_look_alike(visit):
    visitor = visit()
    page = visitor.open("privacy/")
    assert visitor.axe("dark") == []

    shown = page.locator("main article p:not(.gs-edit):visible")
    shown.last.evaluate("it => { it.style.color = '#bbb' }")
    assert len(visitor.axe("dark")) == 1
    shown.evaluate_all("all => all.forEach(it => { it.style.color = '#bbb' })")
    assert 1 < len(visitor.axe("dark")) < shown.count()
    assert page.locator("[data-look-twin]").count() == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_for_lost_visitors_speaks_all_three_languages(visit, hub, scheme):
    visitor = visit(color_scheme=scheme)
    page = visitor.open("no/such/place/")

    assert page.eval_on_selector_all("main [lang]", "all => all.map(it => it.lang)") == ["en", "es-MX", "fr-CA"]
    assert visitor.axe(scheme) == []
    page.set_viewport_size({"width": 320, "height": 800})
    assert visitor.axe(scheme, colours=False) == []
    assert page.evaluate(OVERFLOW) <= 0
    assert visitor.faults.pop(0).startswith(("404", "Failed to load"))
    visitor.faults[:] = [fault for fault in visitor.faults if "404" not in fault]


def test_without_javascript_everything_can_be_read(visit, hub):
    visitor = visit(java_script_enabled=False)
    for place in hub.modules("es"):
        page = visitor.open(place)
        questions = page.locator("quiz-question")
        for number in range(questions.count()):
            question = questions.nth(number)
            assert question.locator("legend").is_visible()
            question.locator("details.answer > summary").click()
            assert question.locator("details.answer .inside").is_visible()
        assert page.locator("nav a:visible").count() > 3


class Collector(HTMLParser):
    """Links and ids of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.ids += [value for name in ("id", "name") if (value := values.get(name)) and (name == "id" or tag == "a")]
        for name in ("href", "src"):
            if (value := values.get(name)) is not None:
                self.links.append(value)


def test_every_link_and_anchor_of_the_site_leads_somewhere(hub):
    pages = {file: Collector(file.read_text(encoding="utf-8")) for file in sorted(hub.folder.rglob("*.html"))}
    lost = []
    for file, page in pages.items():
        here = hub.url + file.relative_to(hub.folder).as_posix()
        for link in page.links:
            goal = urlsplit(urljoin(here, link))
            if goal.scheme not in ("http", "https") or not urljoin(here, link).startswith(hub.url):
                continue
            target = hub.folder / unquote(goal.path.removeprefix(PREFIX))
            target = target / "index.html" if target.is_dir() else target
            known = target.exists() and (
                not goal.fragment or target not in pages or unquote(goal.fragment) in pages[target].ids
            )
            if not known:
                lost.append(f"{file.relative_to(hub.folder)}: {link}")
    assert lost == []
    assert len(pages) > len(hub.pages()), "every page, and those that stand in for a lost one"


def test_no_id_stands_twice_in_a_page(hub):
    twice = []
    for file in sorted(hub.folder.rglob("*.html")):
        ids = Collector(file.read_text(encoding="utf-8")).ids
        twice += [f"{file.relative_to(hub.folder)}: {name}" for name in set(ids) if ids.count(name) > 1]
    assert twice == []


def test_each_page_has_its_language_its_twins_and_a_strict_policy(hub):
    tags = {"": "en", "es": "es-MX", "fr": "fr-CA"}
    for place in hub.pages():
        html = (hub.folder / place / "index.html").read_text(encoding="utf-8")
        first = place.split("/")[0]
        assert f'<html lang="{tags.get(first, "en")}"' in html, place
        bare = place.removeprefix(f"{first}/") if first in ("es", "fr") else place
        for tag, home in (("en", ""), ("es-MX", "es/"), ("fr-CA", "fr/")):
            assert re.search(
                rf'<link[^>]*href="{re.escape(hub.url + home + bare)}"[^>]*hreflang="{tag}"', html
            ) or re.search(rf'<link[^>]*hreflang="{tag}"[^>]*href="{re.escape(hub.url + home + bare)}"', html), (
                place,
                tag,
            )
        policy = re.search(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)"', html)
        assert policy, place
        assert "unsafe" not in policy[1]
        assert "default-src 'none'" in policy[1]


def test_the_sitemap_names_every_page_with_its_twins(hub):
    sitemap = (hub.folder / "sitemap.xml").read_text(encoding="utf-8")
    for place in hub.pages():
        assert f"<loc>{hub.url}{place}</loc>" in sitemap, place
    assert sitemap.count('hreflang="es-MX"') == sitemap.count('hreflang="fr-CA"') == len(hub.pages())


def test_the_site_names_no_third_party_and_no_machine(hub: object) -> None:
    for file in sorted(Path(hub.folder).rglob("*")):  # type: ignore[attr-defined]
        if file.suffix in {".html", ".css", ".js", ".json", ".xml"} and "assets/javascripts" not in file.as_posix():
            text = file.read_text(encoding="utf-8")
            assert "fonts.googleapis" not in text, file
            assert str(Path.home()) not in text or str(Path.home()) == "/", file
