import random

import pytest
from greensupply import prose
from greensupply.addresses import Site, for_browser, for_generator
from markdown.extensions.toc import slugify_unicode


def found(text):
    return [(link.target, link.words, link.image, link.line, link.column) for link in prose.links(text, 1)]


def test_links_and_images_are_found_with_their_line_and_column():
    text = 'See [Lean](../lean/en.md "Title").\n\n![Tanks](t.svg) and [![a](b.png)](c.md)\n'

    assert found(text) == [
        ("../lean/en.md", "Lean", False, 1, 5),
        ("t.svg", "Tanks", True, 3, 1),
        ("c.md", "![a](b.png)", False, 3, 21),
        ("b.png", "a", True, 3, 22),
    ]


def test_a_title_may_hold_brackets_and_quotes():
    text = """![Tanks](t.svg "Three (or four) tanks, the \"quiet\" ones (invented).") and [a](b.md 'c (d)' )"""

    assert [(link.target, link.title) for link in prose.links(text, 1)] == [
        ("t.svg", 'Three (or four) tanks, the "quiet" ones (invented).'),
        ("b.md", "c (d)"),
    ]


@pytest.mark.parametrize(
    "text",
    ["`[x](y.md)`", "```\n[x](y.md)\n```", "~~~~\n[x](y.md)\n~~~\n~~~~", "\\[x](y.md)", "``a ` [x](y.md)``"],
    ids=["code", "fence", "longer fence", "escape", "double code"],
)
def test_code_and_escaped_brackets_are_no_links(text):
    assert found(text) == []


def test_targets_are_replaced_and_nothing_else():
    text = "[a](b.md) `[c](b.md)` [d](b.md#e)\n\n[f]: b.md\n"

    assert prose.retarget(text, lambda target: target.replace("b.md", "X")) == "[a](X) `[c](b.md)` [d](X#e)\n\n[f]: X\n"


@pytest.mark.parametrize(
    ("target", "scheme"),
    [
        ("a/b.md", ""),
        ("#a", ""),
        ("https://a", "https"),
        ("MAILTO:a@b", "mailto"),
        ("java\tscript:x", "javascript"),
        ("&#106;avascript:x", "javascript"),
        (" javascript:x", "javascript"),
        ("\x01javascript:x", "javascript"),
    ],
)
def test_a_scheme_is_read_as_a_browser_reads_it(target, scheme):
    assert prose.scheme(target) == scheme


@pytest.mark.parametrize(
    "text", ["a < b", "1 <2", "x<br>y", "H<sub>2</sub>O", "<https://a.example/>", "`<script>`", "a &lt;b"]
)
def test_plain_signs_and_harmless_tags_are_let_through(text):
    assert list(prose.problems(text, "en.md", 1)) == []


@pytest.mark.parametrize(
    "text", ["<b>x</b>", "<BR onload=x>", "<!-- x -->", "<?php", "</p>", "<svg/onload=x>", "<a\nhref=x>"]
)
def test_any_other_tag_is_refused(text):
    assert list(prose.problems(text, "en.md", 1))


def test_anchors_are_those_that_the_page_gets():
    text = "## Señales y «fuentes»\n\n### Two *words* and `code`\n\n## Señales y «fuentes»\n"

    assert list(prose.anchors(text)) == ["señales-y-fuentes", "two-words-and-code", "señales-y-fuentes_1"]


def test_a_link_that_an_author_wrote_leads_to_the_page_in_generator_and_browser():
    site = Site()
    path, uri = "modules/rinsing/es.md", "es/modules/rinsing/index.md"
    here = site.page("es", "modules/rinsing")

    assert for_generator("../washing/es.md#a", path, uri) == "../washing/index.md#a"
    assert for_generator("../../content/es/about.md", path, uri) == "../../about.md"
    assert for_generator("figures/t.svg", path, uri) == "../../../modules/rinsing/figures/t.svg"
    assert for_generator("https://a.example", path, uri) == "https://a.example"
    assert for_browser("../washing/es.md#a", path, "es", site, here) == "../washing/#a"
    assert for_browser("../../content/es/about.md", path, "es", site, here) == "../../about/"
    assert for_browser("../../content/es/index.md", path, "es", site, here) == "../../"
    assert for_browser("figures/t.svg", path, "es", site, here) == "../../../modules/rinsing/figures/t.svg"


def test_addresses_without_directories_name_their_files():
    site = Site(directory_urls=False)

    assert site.page("es", "modules/rinsing") == "es/modules/rinsing/index.html"
    assert site.link(site.page("es", "modules/rinsing"), site.page("es", "modules/washing")) == "../washing/index.html"


@pytest.mark.parametrize(
    "heading",
    [
        "Why rinse",
        "¿Por qué enjuagar?",
        "L’eau : où va-t-elle?",
        "  spaces   and\ttabs ",
        "1. Scope 1, 2 & 3",
        "CO₂ et CO2e (t/an)",
        "A - B – C — D",
        "--- dashes -- inside ---",
        "under_score and __init__",
        "50 % moins d’eau: 3\u00a0000 L",
        "Étape n\u1d52 2 « rincer »",
        "e\u0301tape d\u00e9compos\u00e9e",
        "İstanbul ẞ ŒUVRE ﬁn",
        "漢字 und مرحبا",
        "😀 emoji 👩\u200d🔧",
        "½ ² ٣ Ⅳ",
        "a/b\\c|d`e`*f*",
        "\u200bzero\u00adwidth\u202fnarrow",
        "...",
        "-",
        "",
    ],
)
def test_a_heading_gets_the_id_that_markdown_gives_it(heading):
    assert prose._slug(heading) == slugify_unicode(heading, "-")


def test_any_heading_gets_the_id_that_markdown_gives_it():
    chance = random.Random(1)
    signs = [chr(code) for code in (*range(32, 0x250), *range(0x2000, 0x2070), 0x301, 0x37E, 0x1E9E, 0x3000, 0xFB01)]
    headings = ["".join(chance.choices(signs, k=chance.randrange(40))) for _ in range(3000)]

    assert [words for words in headings if prose._slug(words) != slugify_unicode(words, "-")] == []


@pytest.mark.parametrize("sign", ["[", "(", "*", "`", "!", "<", "&", "~", "^", "_"])
def test_a_run_of_signs_is_a_trap_at_its_line(sign):
    most = 199 if sign == "_" else 63
    fine, trap = (list(prose.problems(f"one\n\ntwo {sign * count}\n", "a.md", 1)) for count in (most, most + 1))

    assert not any("a run of" in str(problem) for problem in fine)
    assert [str(problem).partition(" signs")[0] for problem in trap] == [f"a.md:3:5: a run of {most + 1}"]


def test_only_headings_have_anchors():
    text = "# One\n\n#two\n##  Two *x* ##\n ## no\n```\n# no\n```\n####### no\n#\n# One"

    assert list(prose.anchors(text)) == ["one", "two-x", "one_1"]
