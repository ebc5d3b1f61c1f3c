"""The pages about certificates: what they say to a script, without one, and in each language."""

import json
import re
from html import unescape
from string import Formatter

import pytest
from greensupply import certificate_page, components, library, verify_page
from greensupply.addresses import Site
from greensupply.components.bundle import bundle
from greensupply.locales import LOCALES

TAGS = ("learning-certificate", "certificate-check")


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.fixture(scope="module")
def shown(request):
    return library.read(request.config.rootpath / "modules")


def shelf(page: str) -> dict:
    return json.loads(unescape(re.search(r"data-shelf='([^']*)'", page)[1]))


@pytest.mark.parametrize("tag", TAGS)
def test_the_words_are_the_same_in_every_language_with_the_same_placeholders(tag):
    said = components.data(tag, "words.yml")
    source = said["en"]

    for locale in LOCALES:
        assert list(said[locale]) == list(source)
        assert {key for key, text in said[locale].items() if placeholders(text) != placeholders(source[key])} == set()


@pytest.mark.parametrize("tag", TAGS)
def test_french_and_spanish_are_written_as_their_countries_do(tag):
    said = components.data(tag, "words.yml")

    for key, text in said["fr"].items():
        assert not re.search(r"[ \u00a0][;!?]|[^\u00a0]:(?!//)|« | »", text), key
        assert "'" not in text, key
    for key, text in said["es"].items():
        assert text.count("?") == text.count("¿"), key


@pytest.mark.parametrize("tag", TAGS)
def test_every_word_of_the_files_is_used(tag):
    files = "".join(file.read_text(encoding="utf-8") for file in sorted((components.FOLDER / tag).glob("*.[hj]*")))
    files += "".join(
        (components.FOLDER.parent / name).read_text(encoding="utf-8")
        for name in ("certificate_page.py", "verify_page.py")
    )
    made = ("storage_", "paper_module", "paper_pathway", "name_", "differs", "pathways", "modules")
    made += ("match", "unreadable", "version")

    unused = [
        key
        for key in components.data(tag, "words.yml")["en"]
        if not key.startswith(made) and not re.search(rf"words\.{key}\b|'{key}'|\"{key}\"", files)
    ]

    assert unused == []


def test_the_licence_of_the_borrowed_digest_goes_with_it():
    script = bundle(components.FOLDER / "certificate-check" / "certificate-check.js")

    assert "Copyright (c) 2020-2026 Yusuke Kawasaki" in script
    assert "The above copyright notice and this permission notice shall be included in all" in script


@pytest.mark.parametrize("locale", LOCALES)
def test_the_certificate_page_offers_every_module_with_its_revision_and_every_pathway_with_its_modules(shown, locale):
    found = shelf(certificate_page.text(shown, locale, Site(url="https://hub.example/")))

    assert {module["id"]: module["revision"] for module in found["modules"]} == {
        name: module.facts.revision for name, module in shown.modules.items()
    }
    assert {module["id"]: module["title"] for module in found["modules"]} == {
        name: module.text(locale, "en").facts.title for name, module in shown.modules.items()
    }
    assert {pathway["id"]: pathway["modules"] for pathway in found["pathways"]} == {
        pathway.id: list(pathway.modules) for pathway in shown.pathways
    }


@pytest.mark.parametrize(("locale", "verify"), [("en", "verify/"), ("es", "es/verify/"), ("fr", "fr/verify/")])
def test_the_certificate_names_where_the_code_is_checked(shown, locale, verify):
    page = certificate_page.text(shown, locale, Site(url="https://hub.example/"))
    bare = certificate_page.text(shown, locale, Site(directory_urls=False))

    assert f'data-verify="https://hub.example/{verify}"' in page
    assert 'data-verify=""' in bare
    assert 'data-verify-link="../verify/index.html"' in bare


def test_without_a_script_both_pages_say_what_needs_it_and_the_check_says_what_a_code_proves(shown):
    for page in (certificate_page, verify_page):
        for locale in LOCALES:
            text = page.text(shown, locale, Site())
            say = components.words(page.TAG, locale)
            plain = re.sub(r"<template>.*?</template>", "", text, flags=re.DOTALL)
            assert f'<p class="plain">{say["plain"]}</p>' in unescape(plain)
            assert "JavaScript" in say["plain"]
    for locale in LOCALES:
        say = components.words("certificate-check", locale)
        text = unescape(verify_page.text(shown, locale, Site()))
        behind = text[text.index("</certificate-check>") :]
        assert all(say[key] in behind for key in ("proves", "not_1", "not_2", "not_3", "evidence", "how"))


def test_the_certificate_itself_says_what_it_is_not(shown):
    for locale in LOCALES:
        text = unescape(certificate_page.text(shown, locale, Site()))
        paper = re.search(r"<template>.*?</template>", text, re.DOTALL)[0]
        assert "DC-3" in paper
        assert components.words("learning-certificate", locale)["paper_honest"] in paper
