"""What can be found of a page, and the script that hands it to the search."""

import json
import re
from typing import Any

import pytest
from greensupply import components, search_index, tags
from greensupply.locales import LANGUAGE_TAGS
from greensupply.locales import words as site_words
from hub_plugins import plugins
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup
from slow_search import sections as slow_sections

HOMES = {"en": "", "es": "es/", "fr": "fr/"}


def sections(html: str) -> list[tuple[str, str, str]]:
    found = search_index.entry("Rinsing", "modules/rinsing/", tags.read(html), "en").sections
    return [(part.heading, part.anchor, part.text) for part in found]


def read(text: str) -> dict[str, Any]:
    """What a browser is handed."""
    found = re.fullmatch(
        r'document\.dispatchEvent\(new CustomEvent\("greensupply:search-index",\{detail:(.*)\}\)\)\n', text
    )
    assert found, text[:200]
    data: dict[str, Any] = json.loads(found[1])
    return data


def test_a_page_is_found_by_its_parts():
    html = (
        "<h1>Rinsing</h1>\n<p>Less water,\nless <b>sludge</b>: CO<sub>2</sub>e.</p>"
        '<h2 id="why">Why<a class="headerlink" href="#why">¶</a></h2><ul><li>one</li><li>two</li></ul>'
        '<h3 id="how">How</h3><table><tr><td>a</td><td>b</td></tr></table><h4 id="deep">Deep</h4>x'
    )

    assert sections(html) == [
        ("", "", "Less water, less sludge: CO2e."),
        ("Why", "why", "one two"),
        ("How", "how", "a · b Deep x"),
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<script>secret</script>",
        "<style>secret</style>",
        "<template>secret</template>",
        "<svg><text>secret</text></svg>",
        "<nav><a>secret</a></nav>",
        "<button>secret</button>",
        "<select><option>secret</option></select>",
        "<div data-search-exclude><p>secret</p></div>",
        "<div hidden><section><p>secret</p></section></div>",
        '<quiz-score><h2 id="x">secret</h2></quiz-score>',
        '<span class="gs-unseen">secret</span>',
    ],
)
def test_what_is_no_text_of_the_page_is_left_out(html):
    assert sections(f"<p>a</p>{html}<p>b</p>") == [("", "", "a b")]


QUESTION: dict[str, Any] = {
    "id": "x",
    "number": 1,
    "total": 2,
    "type": "single",
    "prompt": "Which change prevents it?",
    "body": Markup("<p>A line <em>rinses</em> parts.</p>"),
    "hint": "<p>spoilt</p>",
    "feedback": "<p>spoilt</p>",
    "digest": "0",
    "choices": [{"index": 0, "text": "spoilt", "feedback": "<p>spoilt</p>", "right": True}],
    "unit": "spoilt",
    "answer_text": "spoilt",
    "tolerance_text": "spoilt",
    "slips": [{"index": 0, "value": "1", "text": "spoilt", "feedback": "spoilt"}],
    "pairs": [{"index": 0, "term": "spoilt", "match": "spoilt"}],
    "options": [{"index": 0, "match": "spoilt"}],
    "items": [{"index": 0, "text": "spoilt"}],
    "items_in_order": [{"index": 0, "text": "spoilt"}],
    "key": "{}",
}


@pytest.mark.parametrize("kind", ["single", "multiple", "true-false", "numeric", "matching", "ordering"])
def test_a_question_is_found_by_what_it_asks_and_spoils_no_answer(kind):
    html = components.render(
        "quiz-question", q={**QUESTION, "type": kind}, words=site_words("en")["quiz"], locale="en", lang="en"
    )

    assert sections(f"<p>before</p>{html}<p>after</p>") == [
        ("", "", "before Which change prevents it? A line rinses parts. after")
    ]


def test_the_terms_of_a_list_are_found_by_themselves():
    html = '<h2 id="e">E</h2><dl><div id="term-ems"><dt>EMS</dt><dd>A system.</dd></div><dt id="t2">Waste</dt><dd>Loss.</dd></dl>'

    assert sections(html) == [("E", "e", ""), ("EMS", "term-ems", "A system."), ("Waste", "t2", "Loss.")]


def test_a_word_that_opens_its_definition_stays_in_the_text():
    html = '<p>An <button type="button" class="gs-term">(<span>EMS</span>)</button> lasts.</p><p>See<button>secret</button></p>'

    assert sections(html) == [("", "", "An (EMS) lasts. See")]


def test_words_of_another_language_are_kept_apart():
    html = '<h2 id="w">Waste</h2><dl><dd>Loss.</dd><dd><span lang="es-MX">residuo</span></dd><dd lang="fr">déchet</dd></dl><p lang="en">End.</p>'

    (found,) = search_index.entry("Terms", "glossary/", tags.read(html), "en").sections

    assert (found.heading, found.text, found.other) == ("Waste", "Loss. · End.", "residuo · déchet")
    script = search_index.script([search_index.Entry("Terms", "glossary/", (found,))])
    assert read(script)["pages"][0][2] == [["Waste", "w", "Loss. · End.", "residuo · déchet"]]


def test_a_heading_that_repeats_the_title_is_the_page_itself():
    assert sections('<section><h2 id="tool">Rinsing</h2><p>Count it.</p></section>') == [("", "", "Count it.")]


PIECES = [
    *("<p>", "</p>", "<b>", "</b>", "<br>", "<br />", "</br>", "<path/>", "<td>", "</td>", "<dd>", "<dt>", "</dt>"),
    *('<h2 id="a">', "</h2>", '<h3 id="b">', "</h3>", "<h3>", '<dt id="a">', '<div id="c">', "<div hidden>", "</div>"),
    *('<span lang="fr">', '<p lang="es-MX">', '<span lang="en" class="unseen">', "</span>", "<svg>", "</svg>"),
    *("<quiz-question>", "</quiz-question>", '<p class="prompt">', '<div class="body">', '<h2 class="prompt" id="d">'),
    *("<script>", "</script>", "<!-- x -->", "<!doctype html>", "<P>", '<p title="a > b">', "<p", "<", ">", "\0"),
    *(" ", "\n", "\u00a0", "&nbsp;", "\x1f", "&#31;", "&amp;lt;", "&copy", "&", "word", "wo rd", "¶", "two  \t\nwords"),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
@example("word<p>\u00a0<p>word")
def test_whatever_is_written_is_found_as_htmlparser_tells_it(html):
    assert list(search_index.entry("No heading says this", "a/", tags.read(html), "en").sections) == slow_sections(
        html, "en"
    )


@given(st.lists(st.sampled_from([piece for piece in PIECES if piece not in "<p>&\0&copy"]), max_size=40).map("".join))
def test_what_is_wellformed_is_found_as_htmlparser_tells_it(html):
    assert list(search_index.entry("No heading says this", "a/", tags.read(html), "en").sections) == slow_sections(
        html, "en"
    )


def test_every_page_of_a_hub_is_found_as_htmlparser_tells_it(build_site):
    pages = {file: file.read_text(encoding="utf-8") for file in build_site().folder.rglob("*.html")}

    assert len(pages) > 20
    for file, html in pages.items():
        assert list(search_index.entry("No heading says this", "a/", tags.read(html), "en").sections) == slow_sections(
            html, "en"
        ), file


def test_the_script_is_the_same_for_the_same_pages_in_any_order():
    one = search_index.entry("B </script>\u2028c", "b/", tags.read("<p>“b” </p>"), "en")
    two = search_index.entry("A", "a/", tags.read('<h2 id="x">X</h2><p>y</p>'), "en")

    text = search_index.script([one, two], {"VSM": "value stream map", "EMS": "environmental management system"})

    assert text == search_index.script(
        [two, one], {"EMS": "environmental management system", "VSM": "value stream map"}
    )
    assert read(text) == {
        "pages": [["A", "a/", [["X", "x", "y"]]], ["B </script>\u2028c", "b/", [["", "", "“b”"]]]],
        "short": [["EMS", "environmental management system"], ["VSM", "value stream map"]],
    }
    assert read(search_index.script([one]))["short"] == []


def test_each_language_has_its_own_pages_and_a_page_names_its_own_index(build_site):
    site = build_site()

    for locale, home in HOMES.items():
        pages = read(site.text(f"search/{locale}.js"))["pages"]
        urls = [url for _, url, _ in pages]
        assert f"{home}modules/rinsing/" in urls
        if locale == "en":
            assert not [url for url in urls if url.startswith(("es/", "fr/"))]
        else:
            assert all(url.startswith(home) for url in urls)
        found = re.search(
            r'<site-search lang="([\w-]+)" data-locale="(\w+)" data-root="([./]+)"[^>]*',
            site.html(f"{home}modules/rinsing"),
        )
        assert found
        assert found.group(1, 2, 3) == (LANGUAGE_TAGS[locale], locale, "../../" if locale == "en" else "../../../")
        assert f'data-index="{found[3]}search/{locale}.js"' in found[0]
        assert f'data-versions="{found[3]}assets/offline/versions.json"' in found[0]
        assert locale in json.loads(site.text("assets/offline/versions.json"))
    assert sorted(file.name for file in (site.folder / "search").iterdir()) == ["en.js", "es.js", "fr.js"]


def test_a_word_changes_its_page_the_index_of_its_language_and_their_version_alone(build_site):
    def built(text: str) -> dict[str, bytes]:
        home = "---\ntitle: Accueil\ndescription: Ici.\n---\n"
        site = build_site({"content/fr/index.md": home + text}).folder
        return {file.relative_to(site).as_posix(): file.read_bytes() for file in site.rglob("*") if file.is_file()}

    before, after = built("Bonjour.\n"), built("Bonsoir.\n")
    changed = {path for path in before if after[path] != before[path]}
    versions = [json.loads(site["assets/offline/versions.json"]) for site in (before, after)]

    assert before.keys() == after.keys()
    assert changed == {"fr/index.html", "search/fr.js", "assets/offline/fr.json", "assets/offline/versions.json"}
    assert {locale for locale in versions[0] if versions[0][locale] != versions[1][locale]} == {"fr"}


def test_the_options_of_small_hubs_name_no_other_search(tmp_path):
    assert "search" not in plugins(tmp_path)


@pytest.mark.parametrize("locale", ["es", "fr"])
def test_the_search_says_the_same_in_every_language(locale):
    said = components.data("site-search", "words.yml")
    source, other = said["en"], said[locale]

    assert list(other) == list(source)
    for key, text in other.items():
        assert sorted(re.findall(r"\{\w+\}", text)) == sorted(re.findall(r"\{\w+\}", source[key])), key
        if locale == "es":
            assert text.count("?") == text.count("¿"), key
        else:
            assert not re.search(r"[ \u00a0][;!?]|(?<!\u00a0)[:»]|«(?!\u00a0)", text), key
