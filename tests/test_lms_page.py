"""The page for administrators of an LMS: whole in three languages, and its links lead to the files that it tells of."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
import yaml
from builders import module
from greensupply import components, lms_page, packages, prose, question_banks
from greensupply.cli import main
from greensupply.locales import LOCALES, number, words
from hub_plugins import plugins

PLACES = {"en": "lms", "es": "es/lms", "fr": "fr/lms"}
ORDERING = """\
/// question | In which order?
    id: order
    type: ordering

1. Avoid
2. Reuse
3. Recycle

//// feedback
So it is.
////
///
"""


def source(locale: str) -> str:
    return (lms_page.FOLDER / f"page.{locale}.md").read_text(encoding="utf-8")


@pytest.fixture
def offering(build_site, tmp_path):
    """Build a small hub that offers its files; changes are those of its files."""

    def build(*parts: dict[str, str], **settings: object):
        files: dict[str, str | None] = {}
        for part in parts:
            files.update(part)
        return build_site(files, plugins=plugins(tmp_path, packages=True), **settings)

    return build


def links(page: str) -> list[tuple[str, str]]:
    """Address and size, in kB as it is written, of each download of a page."""
    return re.findall(r'<a href="([^"]*)" download>.*?</a> \(([^)]*)\)', page)


def goal(place: str, address: str) -> str:
    """Where a link leads, from the site's root."""
    return urljoin(f"/{place}/", html.unescape(address)).removeprefix("/")


# The text


def test_the_page_tells_the_same_in_the_same_order_in_each_language():
    def shape(locale: str) -> list[str]:
        """Headings, placeholders, items, cells of each row of a table, and what stands in code."""
        text = source(locale).partition("\n---\n")[2]
        marks = re.findall(r"^(#{2,3} |\{\{ [a-z]+ \}\}$|- |\d\. )|( \|)|(`[^`]+`)", text, re.MULTILINE)
        return ["".join(mark) for mark in marks]

    assert len(shape("en")) > 200
    assert shape("en") == shape("es") == shape("fr")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_page_holds_nothing_that_authors_may_not_write(locale):
    assert list(prose.problems(source(locale), lms_page.source(locale), 1)) == []
    assert list(prose.unfilled(source(locale), lms_page.source(locale))) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_messages_and_buttons_are_named_as_a_package_says_them(locale):
    said = components.data("lms-session", "words.yml")[locale]
    page = source(locale)

    for name, ends in {"no_lms": ".", "not_begun": " (", "refused": " ("}.items():
        assert said[name].partition(ends)[0] in page
    assert said["resend"] in page
    assert words(locale)["quiz"]["your_result"] in page
    assert words(locale)["quiz"]["start_again"] in page


def test_french_keeps_the_no_break_spaces_of_canada():
    """None before `;`, `!`, `?`; one before `:`, `%` and inside « », outside of code."""
    head, _, text = source("fr").partition("\n---\n")
    bare = re.sub(r"`[^`\n]*`", "code", text) + "\n" + yaml.safe_load(head.strip("-"))["description"]
    wrong = re.compile(r"[ \u00a0][;!?](?=\s|$)|(?<![\u00a0\-])[:%](?=[\s*]|$)|«(?!\u00a0)|(?<!\u00a0)»|'")

    assert [line for line in bare.splitlines() if wrong.search(line) and not line.startswith("| ---")] == []


def test_each_format_has_its_name_and_its_place():
    assert tuple(packages.FORMATS) == lms_page.PACKAGES
    assert tuple(question_banks.FORMATS) == lms_page.QUESTIONS
    for locale in LOCALES:
        assert set(words(locale)["page"]["lms"]["formats"]) == {*packages.FORMATS, *question_banks.FORMATS}


@pytest.mark.parametrize(
    ("heading", "script", "count"),
    [
        ("SCORM 1.2", "scorm12.js", 9),
        ("SCORM 2004", "scorm2004.js", 12),
        ("cmi5", "cmi5.js", 6),
        ("xAPI", "xapi.js", 0),
    ],
)
def test_what_the_page_says_is_recorded_is_what_the_scripts_write(heading, script, count):
    """Each element stands in the script of its standard, and each statement is one of its verbs."""
    part = source("en").partition(f"### {heading}\n")[2].partition("\n###")[0]
    written = (components.FOLDER / "lms-session" / script).read_text(encoding="utf-8")

    elements = set(re.findall(r"`([a-z_.]+)`", part)) if heading.startswith("SCORM") else set()
    verbs = set(re.findall(r"“([a-z]+)”", part)) if heading == "cmi5" else set()
    assert len(elements | verbs) == count
    assert [name for name in elements if f"{name}'" not in written and f"{name}." not in written] == []
    assert [verb for verb in verbs if f"{verb}: {{en: '{verb}'" not in written] == []


# The files


def test_every_package_and_every_file_of_questions_is_there_with_its_true_size(offering, tmp_path):
    site = offering()

    there = {file.relative_to(site.folder).as_posix() for file in (site.folder / "packages").iterdir()}
    expected = {
        f"packages/{name}-{format}-{locale}.zip"
        for name in ("rinsing", "supplier")
        for format in packages.FORMATS
        for locale in (*LOCALES, "all")
    }
    expected |= {
        f"packages/rinsing.{locale}.{ending}"
        for ending in question_banks.FORMATS.values()
        for locale in (*LOCALES, "all")
    }
    assert there == expected
    for locale, place in PLACES.items():
        found = {goal(place, address): size for address, size in links(site.html(place))}
        assert set(found) == there, locale
        assert words(locale)["page"]["lms"]["incomplete"] not in site.html(place)
        unit = words(locale)["page"]["lms"]["kilobytes"].replace(" ", "\u00a0")
        for path, size in found.items():
            kilobytes = max(1, round((site.folder / path).stat().st_size / 1000))
            assert size == unit.format(count=number(kilobytes, locale)), path


@pytest.mark.parametrize("format", packages.FORMATS)
def test_a_package_is_byte_for_byte_what_the_command_makes(offering, tmp_path, monkeypatch, format):
    site = offering()
    monkeypatch.chdir(tmp_path)

    assert main(["package", "rinsing", "--format", format, "--lang", "all", "--site-url", "https://hub.example/"]) == 0

    name = f"rinsing-{format}-all.zip"
    assert (tmp_path / name).read_bytes() == (site.folder / "packages" / name).read_bytes()


@pytest.mark.parametrize(("format", "ending"), question_banks.FORMATS.items())
def test_a_file_of_questions_is_what_the_command_makes(offering, tmp_path, monkeypatch, format, ending):
    site = offering()
    monkeypatch.chdir(tmp_path)

    assert main(["questions", "rinsing", "--format", format, "--lang", "es"]) == 0

    name = f"rinsing.es.{ending}"
    assert (tmp_path / name).read_bytes() == (site.folder / "packages" / name).read_bytes()


def test_the_links_say_what_each_file_is_to_whoever_hears_them_alone(offering):
    page = offering().html("es/lms")

    heard = [re.sub(r"<[^>]+>", "", link) for link in re.findall(r"<a href=\"[^\"]*\" download>(.*?)</a>", page)]
    assert "Enjuague, SCORM 1.2: Español" in heard
    assert "Ruta del proveedor, cmi5: Todos los idiomas" in heard
    assert len(heard) == len(set(heard))


def test_a_package_waits_for_the_translation_of_its_module_and_the_page_says_so(offering):
    files = module("drying")
    del files["modules/drying/fr.md"]
    site = offering(files)

    found = {file.name for file in (site.folder / "packages").glob("drying*")}
    wanted = {f"drying-{format}-{locale}.zip" for format in packages.FORMATS for locale in ("en", "es")}
    assert found == wanted | {
        f"drying.{one}.{end}" for one in ("en", "es", "all") for end in ("moodle.xml", "gift.txt")
    }
    assert site.warnings == ()
    for locale, place in PLACES.items():
        assert words(locale)["page"]["lms"]["incomplete"] in site.html(place)
        assert {goal(place, address) for address, _ in links(site.html(place))} == {
            f"packages/{file.name}" for file in (site.folder / "packages").iterdir()
        }


def test_no_empty_file_of_questions_is_offered(offering):
    site = offering(module(question=ORDERING))

    assert (site.folder / "packages/rinsing.en.moodle.xml").is_file()
    assert not list((site.folder / "packages").glob("*.gift.txt"))
    assert '<th scope="row">GIFT</th>' not in site.html("lms")


def test_files_for_an_lms_are_not_kept_for_use_without_network(offering):
    site = offering()

    for locale in LOCALES:
        kept = [path for path, *_ in json.loads(site.text(f"assets/offline/{locale}.json"))]
        assert f"{PLACES[locale]}/index.html" in kept
        assert [path for path in kept if path.startswith("packages/")] == []


def test_without_the_option_nothing_is_made_and_the_page_says_how_to_get_it(build_site):
    site = build_site()

    assert not (site.folder / "packages").exists()
    for locale, place in PLACES.items():
        page = site.html(place)
        say = words(locale)["page"]["lms"]
        assert " download>" not in page
        assert html.escape(say["to_ask"], quote=False) in html.unescape(page)
        command = "greensupply package rinsing --format scorm12 --lang {} --site-url https://hub.example/"
        assert command.format(locale) in page
        assert f"greensupply questions rinsing --format moodle --lang {locale}" in page
        assert "<code>supplier</code>" in page


def test_packages_need_the_address_of_the_site(offering):
    with pytest.raises(AssertionError, match=r"mkdocs\.yml: the option `packages` needs the site's address"):
        offering(site_url="")


def test_two_builds_give_the_same_bytes(offering):
    def read(folder: Path) -> dict[str, bytes]:
        return {file.name: file.read_bytes() for file in sorted((folder / "packages").iterdir())}

    first = read(offering().folder)

    assert read(offering().folder) == first


def test_the_page_stands_in_the_navigation_and_is_found(build_site):
    site = build_site()

    assert 'href="lms/"' in site.html("")
    assert 'href="lms/"' in site.html("fr")
    assert 'href="https://code.example/edit/main/hooks/greensupply/lms_page/page.es.md"' in site.html("es/lms")
    assert "cmi5" in site.text("search/en.js")
