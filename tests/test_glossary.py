"""The glossary: its file, its order, and its terms explained where a module first uses them."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
import yaml
from builders import ROOT, project, text, write
from greensupply import components, definitions, glossary, glossary_page, library, terms_file
from greensupply.addresses import Site
from greensupply.errors import GreenSupplyError
from greensupply.terms import Term
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

FILE = "modules/terms.yml"
ENTRY = """\
- id: {id}
  en: {{term: {id}, definition: What it is.}}
  es: {{term: {id}, definition: Qué es.}}
  fr: {{term: {id}, definition: Ce que c’est.}}
"""
REAL = terms_file.read(ROOT / FILE, FILE)


def term(identifier: str = "", en: str = "", **more: object) -> Term:
    """A term that is called the same in the three languages; `en_abbr`, `fr_term` and so on change a part."""
    identifier = identifier or en.replace(" ", "-").lower()
    values: dict[str, dict[str, object]] = {}
    for locale in ("en", "es", "fr"):
        parts = {name.partition("_")[2]: value for name, value in more.items() if name.startswith(f"{locale}_")}
        values[locale] = {"term": en or identifier, "definition": f"About {identifier}.", **parts}
    return Term(id=identifier, **values)


def marked(html: str, *terms: Term, locale: str = "en", written: str = "") -> list[str]:
    """What is a button, and for which term: `sludge=Sludge`."""
    out = run(html, *terms, locale=locale, written=written)
    return [f"{name}={words}" for name, words in re.findall(r'popovertarget="term-([^"]+)">.*?<span>([^<]*)<', out)]


def run(html: str, *terms: Term, locale: str = "en", written: str = "") -> str:
    say = components.words("glossary-list", locale)
    return definitions.marked(html, terms, locale, written=written or locale, goal="../../glossary/", say=say)


def unmarked(html: str) -> str:
    button = r'<button type="button" class="gs-term" popovertarget="[^"]*">(.*?)<span>([^<]*)</span>(.*?)</button>'
    html = re.sub(button, r"\1\2\3", html, flags=re.DOTALL)
    return re.sub(r'\n<div class="gs-definitions".*</div>\n$', "", html, flags=re.DOTALL)


# The file


def problems(root: Path, yml: str) -> list[str]:
    write(root, project({FILE: yml}))
    try:
        library.read(root / "modules", root / "content")
    except GreenSupplyError as error:
        return [str(problem) for problem in error.problems]
    return []


def test_a_hub_without_a_glossary_has_no_terms(tmp_path):
    write(tmp_path, project())

    assert library.read(tmp_path / "modules").terms == ()


def test_terms_are_read_in_the_order_of_the_file(tmp_path):
    write(tmp_path, project({FILE: "terms:\n" + ENTRY.format(id="sludge") + ENTRY.format(id="bath")}))

    assert [term.id for term in library.read(tmp_path / "modules").terms] == ["sludge", "bath"]


BAD = {
    "unknown key": (
        "terms:\n"
        + ENTRY.format(id="sludge").replace("{term: sludge, definition: Qué", "{term: sludge, abr: L, definition: Qué"),
        [f"{FILE}:4:22: unknown key `terms.1.es.abr`. Did you mean `abbr`?"],
    ),
    "missing language": (
        "terms:\n- id: sludge\n  en: {term: sludge, definition: What.}\n  es: {term: lodo, definition: Qué.}\n",
        [f"{FILE}:2:3: `terms.1.fr` is missing. Add `fr: …` (The term in French)."],
    ),
    "empty definition and no term": (
        "terms:\n"
        + ENTRY.format(id="sludge")
        .replace("What it is.", "''")
        .replace("term: sludge, definition: Qué", "definition: Qué"),
        [
            f"{FILE}:3:22: `terms.1.en.definition` is empty. Write it.",
            f"{FILE}:4:3: `terms.1.es.term` is missing. Add `term: …` (The term as it stands in running text).",
        ],
    ),
    "definition too long": (
        "terms:\n" + ENTRY.format(id="sludge").replace("What it is.", "w" * 161),
        [f"{FILE}:3:22: `terms.1.en.definition` is longer than 160 characters. Say it in one short sentence."],
    ),
    "id twice": (
        "terms:\n" + ENTRY.format(id="sludge") + ENTRY.format(id="sludge"),
        [f"{FILE}:6:3: the term `sludge` stands here and in line 2. Give each its own id."],
    ),
    "two terms with the same words": (
        "terms:\n"
        + ENTRY.format(id="sludge")
        + ENTRY.format(id="cake").replace("en: {term: cake,", "en: {term: cake, abbr: SL, forms: [Sludge],")
        + ENTRY.format(id="slurry").replace("en: {term: slurry,", "en: {term: slurry, abbr: SL,"),
        [
            f"{FILE}:7:38: `Sludge` stands for `cake` here and for `sludge` in line 3, both in English. Change one, or write"
            " `mark: term` (for an abbreviation) or `mark: none` beside it.",
            f"{FILE}:11:22: `SL` stands for `slurry` here and for `cake` in line 7, both in English. Change one, or write"
            " `mark: term` (for an abbreviation) or `mark: none` beside it.",
        ],
    ),
    "wrong mark, wrong id": (
        "terms:\n"
        + ENTRY.format(id="sludge").replace("id: sludge", "id: Sludge!").replace("Qué es.}", "Qué es., mark: no-abbr}"),
        [
            f"{FILE}:2:3: `terms.1.id` is `Sludge!`, which has not the right form. Write small letters a to z, digits and"
            " single hyphens, such as `water-efficiency`.",
            f"{FILE}:4:43: `terms.1.es.mark` is `no-abbr`. Write one of 'all', 'term' or 'none'.",
        ],
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_every_problem_of_the_file_is_told_with_its_line_and_the_way_to_mend_it(tmp_path, name):
    yml, expected = BAD[name]

    assert problems(tmp_path, yml) == expected


def test_what_is_not_marked_may_share_its_words(tmp_path):
    first = ENTRY.format(id="waste").replace("term: waste", "term: waste (Lean sense), mark: none")
    second = ENTRY.format(id="discard").replace("term: discard", "term: waste (discarded material)")

    assert problems(tmp_path, f"terms:\n{first}{second}") == []


# The glossary of the hub


def test_the_glossary_writes_french_and_spanish_as_their_countries_do():
    for entry in REAL:
        french = " ".join(part for part in (entry.fr.term, entry.fr.definition, *entry.fr.forms))
        assert "'" not in french + entry.en.definition, entry.id
        assert not re.search(r" [:;!?%»]|« ", french), entry.id
        for locale in ("en", "es", "fr"):
            assert entry[locale].definition.endswith("."), (entry.id, locale)


def test_the_words_of_the_page_are_the_same_in_each_language():
    said = yaml.safe_load((components.FOLDER / "glossary-list" / "words.yml").read_text(encoding="utf-8"))

    assert set(said) == {"en", "es", "fr"}
    for locale in ("es", "fr"):
        assert list(said[locale]) == list(said["en"])
        for name, words in said["en"].items():
            assert re.findall(r"\{\w+\}", said[locale][name]) == re.findall(r"\{\w+\}", words), name
    assert not re.search(r" [:;!?%»]|'", " ".join(said["fr"].values()))


def test_each_language_sorts_as_it_does():
    said = ["zinc", "Économie", "eau", "œuvre", "ñandú", "nube", "5S", "eco-mapa", "ecología"]
    terms = [term(f"t{place}", words) for place, words in enumerate(said)]

    assert [(letter, [it["es"].term for it in some]) for letter, some in glossary.ordered(terms, "es")] == [
        ("0-9", ["5S"]),
        ("E", ["eau", "eco-mapa", "ecología", "Économie"]),
        ("N", ["nube"]),
        ("Ñ", ["ñandú"]),
        ("O", ["œuvre"]),
        ("Z", ["zinc"]),
    ]
    assert [letter for letter, _ in glossary.ordered(terms, "fr")] == ["0-9", "E", "N", "O", "Z"]


def test_abbreviations_lead_to_the_term_of_the_language_being_read():
    spanish = glossary.abbreviations(REAL, "es")

    assert spanish["SGA"] == spanish["EMS"] == spanish["SGE"] == "sistema de gestión ambiental"
    assert glossary.abbreviations(REAL, "fr")["EMS"] == "système de gestion environnementale"
    own = term("a", "own", es_abbr="AB")
    foreign = term("b", "foreign", en_abbr="AB")
    assert glossary.abbreviations([foreign, own], "es")["AB"] == "own"


def test_the_page_holds_every_term_with_the_other_languages_marked():
    page = glossary_page.listing([term("ems", "EMS <b>", es_term="SGA", fr_term="SGE", fr_abbr="S")], "es")

    assert '<div class="entry" id="ems" tabindex="-1">' in page
    assert '<span class="said" lang="en">EMS &lt;b&gt;</span>' in page
    assert '<span class="said" lang="fr-CA">SGE <span class="abbr">S</span></span>' in page
    assert '<a href="#letter-s">S</a>' in page


EXAMPLES = yaml.safe_load((components.FOLDER / "glossary-list" / "examples.yml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_what_an_author_wrote_stays_text(example):
    terms = [Term(**entry) for entry in example["terms"]]
    page = glossary_page.listing(terms, example["locale"])

    assert "<script" not in page
    assert "<b>" not in page
    for entry in terms:
        assert str(escape(entry[example["locale"]].definition)) in page
    out = run("".join(f"<p>{escape(entry.en.term)}</p>" for entry in terms), *terms)
    assert out.count("</button>") == len(terms)
    assert "<script" not in out


def test_a_hub_without_terms_says_so(tmp_path):
    write(tmp_path, project())
    empty = library.read(tmp_path / "modules")

    assert "Todavía no hay términos." in glossary_page.text(empty, "es", Site())
    assert "glossary-list" not in glossary_page.text(empty, "es", Site())


# First use in a module


def test_the_first_use_of_a_term_is_a_button_and_its_definition_is_at_the_end():
    html = "<p>Less sludge.</p>\n<p>No sludge.</p>"
    entry = term("sludge", en_abbr="SL", es_term="lodo", fr_term="boue", en_definition="Wet & solid.")

    assert run(html, entry) == (
        '<p>Less <button type="button" class="gs-term" popovertarget="term-sludge"><span>sludge</span>.</button></p>'
        "\n<p>No sludge.</p>"
        '\n<div class="gs-definitions" data-search-exclude>'
        '\n<div popover autofocus tabindex="-1" role="dialog" id="term-sludge" class="gs-definition" aria-label="sludge">'
        "<p><strong>sludge</strong> (SL)</p><p>Wet &amp; solid.</p>"
        '<p class="gs-others"><span lang="es-MX">lodo</span>\u00a0· <span lang="fr-CA">boue</span></p>'
        '<p><a href="../../glossary/#sludge">See in the glossary</a></p></div>\n</div>\n'
    )


@pytest.mark.parametrize(
    "html",
    [
        "<h2>Sludge</h2>",
        '<p><a href="x">Sludge</a></p>',
        "<p><code>sludge</code></p>",
        "<pre><code>sludge</code></pre>",
        "<p><button>sludge</button></p>",
        "<table><thead><tr><th>Sludge</th></tr></thead></table>",
        '<table><tr><th scope="row">Sludge</th></tr></table>',
        '<figure><img alt="sludge"><figcaption>Sludge</figcaption></figure>',
        '<quiz-question data-words="{&quot;a&quot;: &quot;sludge&quot;}"><p>Sludge</p><section><p>sludge</p></section></quiz-question>',
        '<div class="gs-module-head"><p>Sludge</p><ul><li>sludge</li></ul></div>',
        '<section class="gs-sources"><p>Sludge</p></section>',
        '<p class="gs-callout-title"><span>Case</span> Sludge</p>',
        '<p title="sludge">-</p>',
        "<!-- sludge --><p>-</p>",
        '<p><span lang="es-MX">sludge</span></p>',
        "<details><summary>sludge</summary><p>sludge</p></details>",
        '<section class="gs-sources"><section>sludge</section><p>sludge</p></section>',
        '<details><details open="">x</details>sludge</details>',
        '<p><span lang="es-MX"><span>sludge</span> sludge</span></p>',
        '<p>- <abbr title="Wet > dry">sludge<br/></abbr></p>',
        "<p>biosludge sludgelike sludge-free non-sludge sludgé #sludge &sludge;</p>",
    ],
)
def test_only_running_text_is_marked(html):
    assert run(html, term("sludge")) == html
    assert marked(f"{html}<p>Then sludge.</p>", term("sludge")) == ["sludge=sludge"]


@pytest.mark.parametrize(
    "html",
    [
        "<p>Sludge.</p>",
        "<li>(sludge)</li>",
        "<td>sludge</td>",
        "<p>a <strong>SLUDGE</strong></p>",
        "sludge",
        "<p>“sludge”/x</p>",
        '<div lang="es-MX"><p lang="en">sludge</p> sludge</div>',
        '<p lang="es-MX">lodo</p>sludge',
        '<p><img alt="x"> <h2/>sludge</p>',
    ],
)
def test_running_text_of_every_kind_is_marked(html):
    assert len(marked(html, term("sludge"))) == 1


HELD = {
    "Less sludge, x": "Less [{sludge},] x",
    "(l’sludge). X": "[(l’{sludge}).] X",
    "«\u00a0sludge\u00a0»\u00a0: x": "[«\u00a0{sludge}\u00a0»\u00a0:] x",
    "a sludge&nbsp;; x": "a [{sludge}&nbsp;;] x",
    "sludge’s x": "[{sludge}’s] x",
    "8\u00a0300\u00a0t\u00a0sludge x": "[8\u00a0300\u00a0t\u00a0{sludge}] x",
    "kWh/sludge/kWh": "kWh/[{sludge}/]kWh",
    "wet–sludge (x)": "wet–[{sludge}] (x)",
    "sludge(s)": "[{sludge}](s)",
    "l’<strong>sludge</strong>, x": "[l’<strong>{sludge}</strong>,] x",
    "<strong>L’sludge</strong>\u00a0: x": "[<strong>L’{sludge}</strong>\u00a0:] x",
    "<em><strong>sludge</strong></em>. X": "[<em><strong>{sludge}</strong></em>.] X",
    "<em><strong>sludge</strong> x</em>. X": "<em><strong>[{sludge}]</strong> x</em>. X",
    "a <strong>sludge</strong> x": "a <strong>[{sludge}]</strong> x",
    "a <strong>wet sludge</strong>, x": "a <strong>wet [{sludge}]</strong>, x",
    "EMS/l’sludge": "[{EMS}/][l’{sludge}]",
    "EMS’sludge": "[{EMS}][’{sludge}]",
    "EMS’<b>sludge</b>": "[{EMS}][’<b>{sludge}</b>]",
    "<b>EMS</b>’<b>sludge</b>": "<b>[{EMS}]</b>[’<b>{sludge}</b>]",
}
"""A text, and the same with the button in square brackets and the term in it in curly ones."""


@pytest.mark.parametrize("html", HELD)
def test_what_touches_a_term_is_in_its_button_so_that_no_line_ends_between_them(html):
    out = run(f"<p>{html}</p>", term("sludge"), term("ems", "EMS"))
    out = re.sub(r'<button type="button" class="gs-term"[^>]*>', "[", out[: out.index("</p>")])

    assert out.replace("</button>", "]").replace("<span>", "{").replace("</span>", "}") == f"<p>{HELD[html]}"


def test_terms_are_found_in_any_case_abbreviations_and_names_as_written():
    entry = term("ems", "management system", en_abbr="EMS")

    assert marked("<p>The ems. Management System.</p>", entry) == ["ems=Management System"]
    assert marked("<p>An EMS.</p>", entry) == ["ems=EMS"]
    assert marked("<p>We are taking stock.</p>", term("report", "Taking Stock")) == []


def test_the_longest_term_wins_and_is_not_marked_in_parts():
    short, long = term("audit"), term("internal-audit", "internal audit")

    assert marked("<p>An internal audit.</p><p>Again an internal audit.</p>", short, long) == [
        "internal-audit=internal audit"
    ]
    assert marked("<p>An internal audit.</p><p>An audit.</p>", short, long) == [
        "internal-audit=internal audit",
        "audit=audit",
    ]


def test_accents_apostrophes_spaces_and_hyphens_between_words_do_not_matter_accents_in_them_do():
    entry = term("drag", "délai d’exécution", fr_forms=["non-valeur"])

    assert marked("<p>Le DÉLAI d'exécution</p>", entry, locale="fr") == ["drag=DÉLAI d'exécution"]
    assert marked("<p>délai\nd’exécution</p>", entry, locale="fr") == ["drag=délai\nd’exécution"]
    assert marked("<p>l’non\u2011valeur</p>", entry, locale="fr") == ["drag=non\u2011valeur"]
    assert marked("<p>delai d’execution, délai d’exécutions</p>", entry, locale="fr") == []


def test_a_form_is_a_use_of_the_term_and_brackets_are_not_looked_for():
    entry = term("party", "interested party (ISO)", en_forms=["interested parties"])

    assert marked("<p>All interested parties.</p><p>One interested party.</p>", entry) == ["party=interested parties"]
    assert marked("<p>One interested party.</p>", entry) == ["party=interested party"]
    assert marked("<p>Party</p>", term("party", en_mark="none")) == []
    assert marked("<p>PT</p>", term("party", en_abbr="PT", en_mark="term")) == []


def test_two_terms_of_one_sentence_are_not_both_marked_if_one_comes_again():
    bath, sludge = term("bath"), term("sludge")

    assert marked("<p>The bath makes sludge. Sludge costs.</p>", bath, sludge) == ["bath=bath", "sludge=Sludge"]
    assert marked("<p>The bath makes sludge.</p><ul><li>sludge</li></ul>", bath, sludge) == [
        "bath=bath",
        "sludge=sludge",
    ]
    assert marked("<p>The bath makes <em>sludge</em> once.</p>", bath, sludge) == ["bath=bath", "sludge=sludge"]


def test_no_page_has_more_marks_than_it_can_bear():
    terms = [term(f"word{number}") for number in range(40)]
    html = "".join(f"<p>word{number}</p>" for number in range(40))

    assert marked(html, *terms) == [f"word{number}=word{number}" for number in range(definitions.MOST_MARKS)]


def test_a_text_in_the_fallback_language_has_that_languages_terms():
    entry = term("sludge", es_term="lodo")
    html = (
        '<p>sludge lodo</p><div class="gs-untranslated" lang="en"><p>Sludge, lodo</p><p lang="es-MX">sludge</p></div>'
    )
    out = run(html, entry, locale="es", written="en")

    assert marked(html, entry, locale="es", written="en") == ["sludge=Sludge"]
    assert 'aria-label="sludge" lang="en"' in out
    assert '<a href="../../glossary/#sludge" lang="es-MX">Ver en el glosario</a>' in out


def test_nothing_but_the_marks_is_changed(build_site):
    marks = (ROOT / FILE).read_text(encoding="utf-8")
    body = "An environmental management system &amp; an *internal audit* of 5 < 6 & drag-out\\\nin a bath.\n\n- [ ] VOC"
    files = {f"modules/rinsing/{locale}.md": text(locale, body=body) for locale in ("en", "es", "fr")}
    plain = build_site(files).html("modules/rinsing")
    page = build_site({**files, FILE: marks}).html("modules/rinsing")

    assert '<button type="button" class="gs-term" popovertarget="term-drag-out"><span>drag-out</span>' in page
    assert unmarked_page(page) == unmarked_page(plain)
    assert page.count("popover ") == page.count("popovertarget=") >= 3


def unmarked_page(html: str) -> str:
    html = html[html.index("<article") : html.index("</article>")]
    html = re.sub(r'\n<div class="gs-definitions".*?\n</div>\n', "", html, flags=re.DOTALL)
    return unmarked(html)


PIECES = [
    "sludge",
    "Sludge",
    "EMS",
    " ",
    "\n",
    ". ",
    "&amp;",
    "é",
    "-",
    "’",
    "<p>",
    "</p>",
    "<b>",
    "</b>",
    "<h2>",
    "</h2>",
]
PIECES += [",", "(", "\u00a0", "&nbsp;"]
PIECES += ["<br>", '<a title="a > b">', "</a>", "<x-y data-a='\"<p>'>", "</x-y>", "<!-- sludge > -->", "<", ">", '"']


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_whatever_the_html_nothing_but_the_marks_is_changed(pieces):
    html = "".join(pieces)

    assert unmarked(run(html, term("sludge", en_abbr="EMS"))) == html


def test_every_definition_of_the_hub_stays_small_and_every_module_is_left_as_it_was():
    for file in sorted((ROOT / "modules").glob("*/*.md")):
        html = "".join(f"<p>{part}</p>\n" for part in file.read_text(encoding="utf-8").split("\n\n") if "<" not in part)
        out = run(html, *REAL, locale=file.stem)

        assert unmarked(out) == html, file
        assert 8 <= out.count('class="gs-term"') <= definitions.MOST_MARKS, file
        assert len(gzip.compress(out.encode())) - len(gzip.compress(html.encode())) < 3000, file
