"""The site map."""

from __future__ import annotations

from xml.etree import ElementTree

from greensupply import sitemap
from greensupply.sitemap import Entry

PLACES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9", "x": "http://www.w3.org/1999/xhtml"}


def test_every_page_stands_with_its_twins_and_english_is_for_everyone_else():
    text = sitemap.text([Entry("es/a&b/", "2026-11-26", {"en": "a&b/", "es": "es/a&b/"})], "https://hub.example/")

    [page] = ElementTree.fromstring(text)
    assert page.findtext("s:loc", namespaces=PLACES) == "https://hub.example/es/a&b/"
    assert page.findtext("s:lastmod", namespaces=PLACES) == "2026-11-26"
    assert [(link.get("hreflang"), link.get("href")) for link in page.findall("x:link", PLACES)] == [
        ("en", "https://hub.example/a&b/"),
        ("x-default", "https://hub.example/a&b/"),
        ("es-MX", "https://hub.example/es/a&b/"),
    ]


def test_the_home_page_is_the_site_itself_and_an_unknown_day_is_left_out():
    text = sitemap.text([Entry("./", "", {"en": "./"})], "https://hub.example/")

    assert "<loc>https://hub.example/</loc>" in text
    assert "lastmod" not in text
