"""Text in, HTML out: real builds of a small hub."""

import json
import re
from html import unescape

import pytest
from builders import CHOICE, FACTS, TITLES, module, text

PLACES = {"en": "modules/rinsing", "es": "es/modules/rinsing", "fr": "fr/modules/rinsing"}
WHY = {"en": "why-rinse", "es": "por-qué-enjuagar", "fr": "pourquoi-rincer"}


def test_a_module_has_a_page_in_each_language_without_a_warning(build_site):
    site = build_site(strict=True)

    for locale, place in PLACES.items():
        assert f"<h1>{TITLES[locale]}</h1>" in site.html(place)
    assert site.warnings == ()


def test_a_module_missing_in_french_is_shown_in_english_with_a_notice(build_site):
    page = build_site({"modules/rinsing/fr.md": None}).html("fr/modules/rinsing")

    assert '<h1 lang="en">Rinsing</h1>' in page
    assert (
        '<p class="untranslated" lang="fr-CA">Cette page n’est pas encore traduite. Elle est affichée en anglais.</p>'
        in page
    )
    assert re.search(r'<div class="gs-untranslated" lang="en">\s*<h2 id="why-rinse">', page)


def test_the_title_of_an_untranslated_module_says_its_language_wherever_it_is_listed(build_site):
    home = "---\ntitle: Accueil\ndescription: Une page.\ntemplate: home.html\n---\nBienvenue.\n"
    site = build_site({"modules/rinsing/fr.md": None, "content/fr/index.md": home})

    for place in ("fr", "fr/pathways/supplier"):
        main = site.html(place).partition('id="gs-content"')[2]
        titles = re.findall(r"<a [^>]*>Rinsing</a>", main)
        assert titles, place
        assert all('lang="en"' in title for title in titles), place


def test_the_language_switch_leads_to_the_same_module(build_site):
    page = build_site().html("es/modules/rinsing")

    assert re.search(
        r'<a[^>]*href="\.\./\.\./\.\./fr/modules/rinsing/"[^>]*hreflang="fr-CA"|hreflang="fr-CA"[^>]*href="\.\./\.\./\.\./fr/modules/rinsing/"',
        page,
    )


def test_links_between_modules_and_pages_lead_to_the_pages_made_from_them(build_site):
    linking = CHOICE.replace(
        "Look at", "See [the washer](../washing/{0}.md) and [home](../../content/{0}/index.md); look at"
    )
    files = {
        **{
            f"modules/rinsing/{name}.md": text(
                name, body=f"[Washing](../washing/{name}.md#{WHY[name]})", question=linking.format(name)
            )
            for name in TITLES
        },
        **module("washing"),
        "content/es/index.md": "---\ntitle: a\ndescription: b\n---\n[m](../../modules/rinsing/es.md)\n",
    }

    site = build_site(files, strict=True)

    page = site.html("es/modules/rinsing")
    assert 'href="../washing/#por-qué-enjuagar">Washing</a>' in page
    assert 'href="../washing/">the washer</a>' in page
    assert 'href="../../">home</a>' in page
    assert 'href="modules/rinsing/">m</a>' in site.html("es")


def test_a_figure_has_its_words_its_caption_and_its_size(build_site):
    svg = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 720 480'/>"
    files = {
        f"modules/rinsing/{name}.md": text(name, body='![Three tanks](figures/t.svg "Counterflow.")') for name in TITLES
    }

    site = build_site({**files, "modules/rinsing/figures/t.svg": svg}, strict=True)

    expected = (
        '<figure><img src="../../../modules/rinsing/figures/t.svg" alt="Three tanks" width="720" height="480" '
        'loading="lazy" decoding="async">\n<figcaption>Counterflow.</figcaption>\n</figure>'
    )
    assert expected in site.html("es/modules/rinsing")
    assert site.text("modules/rinsing/figures/t.svg") == svg


def test_a_box_keeps_its_markdown_and_says_its_kind_in_the_pages_language(build_site):
    box = "/// example | Two *tanks*\n- one\n- two\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n///"
    page = build_site({f"modules/rinsing/{n}.md": text(n, body=box) for n in TITLES}).html("fr/modules/rinsing")

    box_html = re.search(r'<section class="gs-callout gs-example">.*?</section>', page, re.DOTALL)
    assert box_html
    assert '<span class="gs-callout-kind">Exemple chiffré</span> Two <em>tanks</em>' in box_html[0]
    assert "<li>one</li>" in box_html[0]
    assert (
        '<div class="gs-table" role="region" tabindex="0" aria-label="Tableau 1\u00a0: Pourquoi rincer"><table>'
        in box_html[0]
    )


def test_a_column_is_set_to_the_right_or_centred_wherever_a_table_stands(build_site):
    table = "| Tank | Flow | Unit |\n| :--- | ---: | :---: |\n| First | 12 | L |\n"
    asked = f"/// question | Which flow?\n    id: flow\n\n{table}\n- [x] 12\n    - Yes.\n- [ ] 21\n    - No.\n///"
    files = {f"modules/rinsing/{name}.md": text(name, body=table, question=asked) for name in TITLES}
    files["content/en/index.md"] = f"---\ntitle: Home\ndescription: A page.\n---\n{table}"

    site = build_site(files)

    for place, count in (
        ("", 1),
        ("modules/rinsing", 2),
        ("fr/modules/rinsing", 2),
        ("modules/rinsing/facilitator", 1),
    ):
        page = site.html(place)
        assert page.count('<td align="right">12</td>\n<td align="center">L</td>') >= count, place
        assert " style=" not in page


def test_what_authors_write_as_plain_text_is_shown_as_text(build_site):
    evil = "'\"><script>alert(1)</script> & <b>'"
    files = module(module=FACTS.format(id="rinsing"))
    for name in TITLES:
        files[f"modules/rinsing/{name}.md"] = re.sub(
            r"^summary: .*", lambda _: f"summary: {evil}", text(name, title=evil), flags=re.MULTILINE
        )

    site = build_site(files)

    for place in (*PLACES.values(), "", "es", "pathways/supplier"):
        page = site.html(place)
        assert "<script>alert" not in page, place
        assert "<b>" not in page.split("</nav>")[0], place
    title = re.search(r"<title>(.*?)</title>", site.html("modules/rinsing"), re.DOTALL)
    assert title
    assert unescape(title[1]).startswith('"><script>alert(1)</script> & <b>')


def test_structured_data_is_a_learning_resource_in_each_language(build_site):
    site = build_site()

    taught = {"en": "Choose a rinse.", "es": "Elegir un enjuague.", "fr": "Choisir un rinçage."}
    for locale, tag in (("en", "en"), ("es", "es-MX"), ("fr", "fr-CA")):
        found = re.search(r'<script type="application/ld\+json">(.*?)</script>', site.html(PLACES[locale]), re.DOTALL)
        assert found
        data = json.loads(found[1])
        assert data["@type"] == "LearningResource"
        assert data["inLanguage"] == tag
        assert data["timeRequired"] == "PT45M"
        assert data["url"] == f"https://hub.example/{PLACES[locale]}/"
        assert data["teaches"] == [taught[locale]]


def test_the_edit_link_leads_to_the_file_that_the_page_is_made_from(build_site):
    site = build_site()

    assert 'href="https://code.example/edit/main/modules/rinsing/es.md"' in site.html("es/modules/rinsing")
    assert 'href="https://code.example/edit/main/content/es/index.md"' in site.html("es")


def test_questions_are_shuffled_the_same_way_in_every_language_and_build(build_site):
    steps = "/// question | Order?\n    id: steps\n    type: ordering\n\n1. a\n2. b\n3. c\n4. d\n\n//// feedback\nx\n////\n///\n"
    site = build_site({f"modules/rinsing/{name}.md": text(name, question=steps) for name in TITLES})

    orders = {tuple(re.findall(r'<li data-index="(\d)"', site.html(place))) for place in PLACES.values()}
    assert len(orders) == 1
    assert orders != {("0", "1", "2", "3")}


def test_two_builds_of_the_same_files_are_the_same_bytes(build_site, tmp_path, monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")

    def contents():
        folder = build_site().folder
        return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("*") if file.is_file()}

    first, second = contents(), contents()
    assert {name for name in first if first[name] != second.get(name)} == set()


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"markdown_extensions": ["attr_list"]}, "the Markdown extension `attr_list` is not allowed"),
        ({"markdown_extensions": ["pymdownx.snippets"]}, "the Markdown extension `pymdownx.snippets` is not allowed"),
    ],
)
def test_settings_that_break_a_promise_of_the_site_stop_the_build(build_site, settings, message):
    with pytest.raises(AssertionError, match=re.escape(message)):
        build_site(**settings)


def test_nothing_of_the_named_theme_is_in_the_site(build_site):
    folder = build_site().folder

    assert {path.name for path in folder.glob("assets/*")} <= {"greensupply", "offline", "icons"}


def test_a_build_with_problems_names_them_all_and_writes_nothing(build_site, tmp_path):
    with pytest.raises(AssertionError) as stopped:
        build_site({"modules/rinsing/module.yml": "[", "modules/rinsing/es.md": text("es", body="<script>")})

    assert "modules/rinsing/module.yml:1" in str(stopped.value)
    assert "modules/rinsing/es.md:11" in str(stopped.value)
    assert not (tmp_path / "site").exists() or not any((tmp_path / "site").rglob("*.html"))


def test_1000_questions_on_a_page_build(build_site):
    many = "\n".join(CHOICE.replace("at-the-source", f"q{number}") for number in range(1000))
    site = build_site({f"modules/rinsing/{name}.md": text(name, question=many) for name in TITLES})

    assert site.html("fr/modules/rinsing").count("<quiz-question") == 1000
