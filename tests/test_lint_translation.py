"""What the check compares between a module's languages: structure, numbers, words left in another language, drawings."""

from __future__ import annotations

import time
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from builders import ROOT, module, project, write
from greensupply import library, locales, rules
from greensupply.errors import Problem
from greensupply.lint import beside, languages, written_numbers
from greensupply.lint.detection import language
from greensupply.lint.numbers import compare
from greensupply.lint.untranslated import words_of
from hypothesis import given, settings
from hypothesis import strategies as st

HEAD = {
    "en": ("Rinsing", "How to rinse with less water.", "Choose a rinse."),
    "es": ("Enjuague", "Cómo enjuagar con menos agua.", "Elegir un enjuague."),
    "fr": ("Rinçage", "Comment rincer avec moins d’eau.", "Choisir un rinçage."),
}
BODY = {
    "en": "## Why rinse\n\nParts carry solution out of the bath.\n",
    "es": "## Por qué enjuagar\n\nLas piezas sacan solución de la tina.\n",
    "fr": "## Pourquoi rincer\n\nLes pièces emportent de la solution hors du bain.\n",
}
QUESTION = {
    "en": "Does water cost?\n    id: cost\n\n- [x] Yes\n    - You pay twice.\n- [ ] No\n    - Look at the bill.\n",
    "es": "¿El agua cuesta?\n    id: cost\n\n- [x] Sí\n    - Se paga doble.\n- [ ] No\n    - Vea el recibo.\n",
    "fr": "L’eau coûte-t-elle?\n    id: cost\n\n- [x] Oui\n    - Vous payez deux fois.\n- [ ] Non\n    - Voyez la facture.\n",
}
FLOW = '<svg xmlns="http://www.w3.org/2000/svg">\n<title>x</title>\n{}\n</svg>\n'
Found = Callable[..., list[Problem]]


def text(locale: str, more: str = "", head: str = "") -> str:
    """A module's text in its language, with `more` at the end of its section."""
    title, summary, objective = HEAD[locale]
    front = f"title: {title}\nsummary: {summary}\nobjectives:\n- {objective}\n{head}"
    return f"---\n{front}---\n{BODY[locale]}\n{more}\n/// question | {QUESTION[locale]}///\n"


def svg(*lines: str) -> str:
    return FLOW.format("\n".join(f"<text>{line}</text>" for line in lines))


@pytest.fixture
def found(tmp_path: Path) -> Found:
    """Problems of a module whose texts end with what is given, beside other files."""

    def problems(files: dict[str, str] | None = None, **more: str) -> list[Problem]:
        texts = {locale: text(locale, more.get(locale, "")) for locale in locales.LOCALES}
        written = {f"modules/rinsing/{name}": content for name, content in (files or {}).items()}
        write(tmp_path, project(module(**texts), written))
        shelf = library.read(tmp_path / "modules", tmp_path / "content")
        return list(languages.problems(shelf.modules["rinsing"], shelf))

    return problems


def names(problems: list[Problem]) -> list[str]:
    return [problem.rule for problem in problems]


def test_a_module_that_says_the_same_in_each_language_has_no_problem(found: Found):
    assert found() == []


def test_the_first_heading_that_differs_is_named_with_both_lines(found: Found):
    more = {"en": "## One\n\n## Two\n", "es": "## Uno\n\n## Dos\n", "fr": "### Un\n\n### Deux\n"}

    (problem,) = found(**more)

    assert str(problem) == (
        "modules/rinsing/fr.md:11:1: the heading `### Un` stands where en.md:11 has `## One`."
        " Keep the same headings, at the same levels and in the same order."
    )
    assert rules.said(problem, "es")[0] == "el encabezado `### Un` está donde en.md:11 tiene `## One`."


def test_the_heading_that_is_missing_is_named_after_the_section_before_it(found: Found):
    first = {"en": "## Drips\n\nThe solution drips.\n", "fr": "## Gouttes\n\nLa solution goutte.\n"}
    second = {"en": "\n## Flow\n\nMeasure 40 litres.\n", "fr": "\n## Débit\n\nMesurez 40 litres.\n"}
    third = {"en": "\n## Costs\n\nThe energy costs.\n", "fr": "\n## Coûts\n\nL’énergie coûte.\n"}
    spanish = "## Gotas\n\nLa solución gotea.\n\n## Flujo\n\nMida 40 litros.\n\n## Costos\n\nLa energía cuesta.\n"
    english = first["en"] + second["en"] + third["en"]

    def headings(**more: str) -> list[Problem]:
        return [problem for problem in found(**more) if problem.rule.startswith("heading-")]

    (problem,) = headings(en=english, es=spanish, fr=first["fr"] + third["fr"])

    assert (problem.path, problem.line) == ("modules/rinsing/fr.md", 13)
    assert problem.what == "the heading `## Flow` of en.md:15 is missing."

    (problem,) = headings(en=english, es=spanish, fr=second["fr"].lstrip() + third["fr"])

    assert problem.what == "the heading `## Drips` of en.md:11 is missing."
    assert problem.line == 9

    added = first["fr"] + second["fr"] + "\n## Eau\n\nL’eau.\n" + third["fr"]
    (problem,) = headings(en=english, es=spanish, fr=added)

    assert str(problem).startswith("modules/rinsing/fr.md:19:1: the heading `## Eau` is not in en.md.")


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"en": "## One\n", "es": "## Uno\n"}, "heading-missing"),
        ({"en": "## One\n", "es": "## Uno\n", "fr": "## Un\n\n### Deux\n"}, "heading-added"),
        ({"en": "| A | B |\n|---|---|\n| a | b |\n", "es": "| A | B |\n|---|---|\n| a | b |\n"}, "tables-differ"),
        ({"en": "- One.\n- Two.\n", "es": "- Uno.\n- Dos.\n", "fr": "- Un.\n"}, "list-items-differ"),
        ({"en": "[Home](../../content/en/index.md)", "es": "[Inicio](../../content/es/index.md)"}, "link-missing"),
        ({"en": "[A](https://a.ca/x)", "es": "[A](https://a.ca/x)"}, "outside-link-missing"),
        ({"fr": "[A](https://a.ca/x)"}, "link-added"),
    ],
)
def test_what_only_some_languages_have_is_named(found: Found, more: dict[str, str], rule: str):
    assert names(found(**more)) == [rule]


def test_a_table_has_the_same_rows_and_columns(found: Found):
    table = "| A | B |\n|---|---|\n| a | b |\n| c | d |\n"

    (problem,) = found(en=table, es=table, fr="| A | B |\n|---|---|\n| a | b |\n")

    assert problem.what == "rows of this table: 2, columns: 2; in en.md:11: 3 and 2."


def test_bars_in_code_and_escaped_bars_make_no_column(found: Found):
    assert (
        found(
            en="| A | B |\n|---|---|\n| a | b |\n",
            es="| A \\| Z | B |\n|---|---|\n| a | b |\n",
            fr="| A | `x|y` |\n|---|---|\n| a | b |\n",
        )
        == []
    )


def test_links_and_drawings_of_the_language_are_the_same(found: Found):
    files = {f"figures/flow.{locale}.svg": svg("5 kg") for locale in ("en", "fr")} | {"figures/flow.svg": svg("5 kg")}

    assert (
        found(
            files,
            en="![Tanks.](figures/flow.en.svg)\n\n[Home](../../content/en/index.md) [Act](https://laws.ca/en/act)",
            es="![Tinas.](figures/flow.svg)\n\n[Inicio](../../content/es/index.md) [Ley](https://laws.ca/fr/loi)",
            fr="![Cuves.](figures/flow.fr.svg)\n\n[Accueil](../../content/fr/index.md) [Loi](https://www.laws.ca/fr/loi)",
        )
        == []
    )


def test_an_image_of_one_language_only_is_named(found: Found):
    files = {"figures/a.svg": svg("5"), "figures/b.svg": svg("6")}
    more = dict.fromkeys(("en", "es"), "![Tanks.](figures/a.svg)") | {"fr": "![Cuves.](figures/b.svg)"}

    assert names(found(files, **more))[:2] == ["image-missing", "image-added"]


def test_a_section_whose_english_changed_since_is_not_compared(found: Found, tmp_path: Path):
    stamps = 'translated_from:\n  .head: "{0}"\n  why-rinse: "{0}"\n'.format("0" * 10)
    texts = {locale: text(locale) for locale in locales.LOCALES}
    texts["en"] = text("en", "Use 75 litres.\n") + "\n## New\n\nThis is new.\n"
    texts["es"] = text("es", head=stamps)
    write(tmp_path, project(module(**texts)))
    shelf = library.read(tmp_path / "modules", tmp_path / "content")

    problems = list(languages.problems(shelf.modules["rinsing"], shelf))

    assert [(problem.path[-5:], problem.rule) for problem in problems] == [
        ("fr.md", "heading-missing"),
        ("fr.md", "number-missing"),
    ]


SAME = [
    ("12,500 parts", "12,500 piezas", "12\u00a0500 pièces"),
    ("12,500 parts", "12,500 piezas", "12\u202f500 pièces"),
    ("US$12,500.50", "US$12,500.50", "12\u00a0500,50\u00a0$\u00a0US"),
    ("80% of 0.5 kg", "80% de 0.5 kg", "80\u00a0% de 0,5\u00a0kg"),
    ("from 2005 to 2008", "de 2005 a 2008", "de 2005 à 2008"),
    ("5–10 parts, −3.5 °C", "5–10 piezas, −3.5 °C", "de 5 à 10 pièces, −3,5\u00a0°C"),
    ("a 36-second cycle", "un ciclo de 36 segundos", "un cycle de 36 secondes"),
    ("seven wastes", "7 desperdicios", "7 gaspillages"),
    ("7 wastes", "siete desperdicios", "sept gaspillages"),
    ("on 2026-11-24", "el 24 de noviembre de 2026", "le 24 novembre 2026"),
    ("November 1, 2026", "1 de noviembre de 2026", "1er novembre 2026"),
    ("at 2 p.m.", "a las 14:00".replace(":00", " h"), "à 14 h"),
    ("US$2 billion", "US$2,000 millones", "2 milliards de dollars"),
    ("$6.8 million", "US$6.8 millones", "6,8 millions"),
    ("ISO 14001:2015, clause 6.1.2", "ISO 14001:2015, 6.1.2", "ISO 14001:2015, 6.1.2"),
    ("clauses 5.2 and 4.3", "apartados 5.2 y 4.3", "articles 5.2 et 4.3"),
    ("29 CFR 1910.1200", "29 CFR 1910.1200", "29 CFR 1910.1200"),
    ("NOM-052-SEMARNAT-2005 and P2", "NOM-052-SEMARNAT-2005", "la norme NOM-052-SEMARNAT-2005"),
    ("`x = 4.5` <https://a.ca/1,5>", "`x = 4.7` <https://a.ca/1,5>", "`x = 4.8` <https://a.ca/1,5>"),
    ("1,440 L and 9999", "1,440 L y 9999", "1440 L et 9999"),
    ("3.0 t, then 3 t", "3 t", "3 t"),
]


@pytest.mark.parametrize(("en", "es", "fr"), SAME, ids=[same[0] for same in SAME])
def test_a_number_is_found_as_the_language_writes_it(found: Found, en: str, es: str, fr: str):
    assert [problem for problem in found(en=en, es=es, fr=fr) if problem.rule.startswith("number")] == []


@pytest.mark.parametrize(
    ("en", "locale", "written", "rule", "how"),
    [
        (
            "12,500 parts",
            "fr",
            "beaucoup de pièces",
            "number-missing",
            "Write `12\u00a0500`, or correct the English text.",
        ),
        (
            "12,500 parts",
            "fr",
            "12\u00a0400 pièces",
            "number-differs",
            "Write `12\u00a0500`, or correct the English text.",
        ),
        ("12,500 parts", "es", "12,400 piezas", "number-differs", "Write `12,500`, or correct the English text."),
        ("12,500 parts", "fr", "12,500 pièces", "number-form", "Write `12\u00a0500`."),
        ("12,500.5 kg", "es", "12.500,5 kg", "number-form", "Write `12,500.5`."),
        ("12,500 kg", "es", "12\u00a0500 kg", "number-form", "Write `12,500`."),
        ("0.5 kg", "fr", "0.5 kg", "number-form", "Write `0,5`."),
        ("2.5 kg", "fr", "2.5 kg", "number-form", "Write `2,5`."),
        ("0.5 kg", "es", "0,5 kg", "number-form", "Write `0.5`."),
        ("few parts", "fr", "75 pièces", "number-added", "Correct it, or add it to the English text."),
    ],
)
def test_a_number_that_is_missing_or_written_another_way_is_named(
    found: Found, en: str, locale: str, written: str, rule: str, how: str
):
    other = "fr" if locale == "es" else "es"
    good = written_numbers.localised(written_numbers.Number(en, 0, frozenset()), other) if en[0].isdigit() else ""

    problems = [
        problem for problem in found(**{"en": en, locale: written, other: good}) if problem.rule.startswith("number")
    ]

    assert [(problem.path[-5:], problem.rule, problem.how) for problem in problems] == [(f"{locale}.md", rule, how)]


def test_a_number_is_named_at_its_column(found: Found):
    (problem,) = found(en="Use 0.5 kg.", es="Use 0.5 kg.", fr="Prenez\n0.5 kg.")

    assert (problem.path, problem.line, problem.column) == ("modules/rinsing/fr.md", 12, 1)


def test_a_number_that_moved_within_its_section_is_there(found: Found):
    assert found(en="Use 75 L.\n\nThen wait.", es="Espere.\n\nUse 75 L.", fr="Attendez.\n\nPrenez 75 L.") == []


def test_of_a_table_without_one_row_the_size_is_named_and_what_is_nowhere(found: Found):
    rows = ["| 5 | 75 |\n", "| 5 | 80 |\n", "| 5 | 85 |\n"]
    table = "| A | B |\n|---|---|\n"

    problems = found(en=table + "".join(rows), es=table + "".join(rows), fr=table + rows[0] + rows[2])

    assert [(problem.rule, problem.what.split("`")[1:2]) for problem in problems] == [
        ("table-size-differs", []),
        ("number-missing", ["80"]),
    ]


def part(locale: str, words: str) -> beside.Part:
    return beside.Part(f"{locale}.md", 1, 2, "", words, (beside.Passage("paragraph-1", "paragraph", words, 0, 1, 1),))


@settings(deadline=None)
@given(
    st.decimals(min_value=0, max_value=10**12, allow_nan=False, allow_infinity=False, places=4),
    st.sampled_from(["es", "fr"]),
    st.sampled_from(["{}", "a {} b", "({})", "{}\u00a0%", "$ {},", "= {}.", "{} – {}"]),
)
def test_any_number_that_is_written_by_its_language_is_found_equal(value: Decimal, locale: str, around: str):
    there, here = (part(name, around.replace("{}", locales.number(value, name))) for name in ("en", locale))

    assert list(compare(there, here, locale)) == []
    assert written_numbers.localised(written_numbers.numbers(locales.number(value, "en"), "en")[0], locale) == (
        locales.number(value, locale)
    )


@settings(deadline=None)
@given(
    st.text(alphabet="0123456789.,:- \u00a0\u202f$%aPé\n", max_size=40),
    st.text(alphabet="0123456789., \u00a0-aé", max_size=40),
)
def test_no_text_of_digits_and_signs_is_too_odd(there: str, here: str):
    for locale in ("es", "fr"):
        list(compare(part("en", there), part(locale, here), locale))


def test_a_passage_that_was_copied_is_named_with_its_line_in_english(found: Found):
    copied = "Lift the parts slowly and let them drip."

    first, second = found(en=copied, es=copied, fr=copied)

    assert (first.path, first.line, first.column, first.rule) == (
        "modules/rinsing/es.md",
        11,
        1,
        "passage-same-as-english",
    )
    assert second.what == f"the same words as in en.md:11: `{copied}`."


@pytest.mark.parametrize(
    "same",
    ["Total", "Kaizen, kanban", "«Lean and Environment Toolkit for all»", "kWh = kW × h", "`drip the parts slowly`"],
)
def test_names_titles_and_formulas_may_be_the_same(found: Found, same: str):
    assert found(en=same, es=same, fr=same) == []


def test_a_sentence_in_another_language_is_named_where_it_stands(found: Found):
    spanish = "Levante despacio las piezas y déjelas escurrir."

    problems = found(en="Lift them.", es=f"{spanish}\nThe bath must drip for a while.", fr=f"Levez-les.\n{spanish}")

    assert [(problem.path[-5:], problem.line, problem.what) for problem in problems] == [
        ("es.md", 12, "this reads as English: `The bath must drip for a while.`."),
        ("fr.md", 12, f"this reads as Spanish: `{spanish}`."),
    ]


def test_front_matter_and_quiz_are_passages_too(found: Found, tmp_path: Path):
    texts = {locale: text(locale) for locale in locales.LOCALES}
    texts["fr"] = texts["fr"].replace(HEAD["fr"][1], HEAD["en"][1]).replace("Voyez la facture", "Look at the bill")
    write(tmp_path, project(module(**texts)))
    shelf = library.read(tmp_path / "modules", tmp_path / "content")

    problems = list(languages.problems(shelf.modules["rinsing"], shelf))

    assert [(problem.rule, problem.line, problem.column) for problem in problems] == [
        ("passage-same-as-english", 3, 10),
        ("passage-same-as-english", 18, 7),
    ]


def test_what_tells_a_language_leaves_out_names_quotations_and_numbers():
    assert (
        words_of("The «plan de vie» of General Motors saved US$5 in the *vieux moulin* today.")
        == "The of saved in the today"
    )
    assert language("las piezas sacan solución de la tina")[0] == "es"


ENGLISH = svg("Rinse the part with clean water", "Drip over the tank", "5 kg")
FRENCH = svg("Rincez la pièce à l’eau propre", "Égouttez au-dessus de la cuve", "5 kg")
SPANISH = svg("Enjuague la pieza con agua limpia", "Escurra sobre la tina", "5 kg")


def drawn(found: Found, es: str = SPANISH, fr: str = FRENCH) -> list[Problem]:
    files = {"figures/way.en.svg": ENGLISH, "figures/way.es.svg": es, "figures/way.fr.svg": fr}
    alt = {"en": "The way.", "es": "El camino.", "fr": "Le chemin."}
    return found(files, **{locale: f"![{words}](figures/way.{locale}.svg)" for locale, words in alt.items()})


def test_a_drawing_in_each_language_has_no_problem(found: Found):
    assert drawn(found) == []


def test_a_drawing_with_words_needs_a_version_for_each_language(found: Found):
    more = {
        "en": "![The way.](figures/way.svg)",
        "es": "![El camino.](figures/way.svg)",
        "fr": "![Le chemin.](figures/way.svg)",
    }

    first, second = found({"figures/way.svg": ENGLISH}, **more)

    assert str(first) == (
        "modules/rinsing/es.md:11:1: the figure `figures/way.svg` has words, such as `Rinse the part with clean water`,"
        " in no version for this language. Draw them in `figures/way.es.svg` too, and show that here; numbers, units and"
        " symbols need no version."
    )
    assert second.path == "modules/rinsing/fr.md"


def test_a_drawing_of_numbers_units_and_symbols_is_shared(found: Found):
    more = {
        "en": "![The way.](figures/way.svg)",
        "es": "![El camino.](figures/way.svg)",
        "fr": "![Le chemin.](figures/way.svg)",
    }

    assert found({"figures/way.svg": svg("5 kg", "12 kWh/h", "CO₂ → H₂O", "COD", "10 min")}, **more) == []


@pytest.mark.parametrize(
    "es",
    [
        ENGLISH,
        SPANISH.replace("Escurra sobre la tina", "Drip over the tank"),
        svg("Lift it from the bath", "Wait there for a minute", "5 kg"),
    ],
)
def test_english_words_in_a_translated_drawing_are_named(found: Found, es: str):
    assert [(problem.path, problem.rule) for problem in drawn(found, es=es)] == [
        ("modules/rinsing/figures/way.es.svg", "figure-words-english")
    ]


def test_a_drawing_with_fewer_texts_than_the_english_one_is_named(found: Found):
    (problem,) = drawn(found, fr=svg("Rincez la pièce à l’eau propre", "5 kg"))

    assert problem.what == "pieces of text in this figure: 2; in `way.en.svg`: 3."


@pytest.mark.parametrize("name", sorted(path.parent.name for path in ROOT.glob("modules/*/module.yml")))
def test_the_modules_of_this_hub_pass_in_less_than_the_time_they_have(name: str):
    shelf = library.read(ROOT / "modules", ROOT / "content")
    begun = time.process_time()

    assert list(languages.problems(shelf.modules[name], shelf)) == []

    assert time.process_time() - begun < 2  # 0.25 s on a quiet machine
