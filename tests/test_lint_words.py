"""Words of a module as the check sees them: terms, signs, and how easy it is to read."""

from __future__ import annotations

import time

import pytest
from builders import ROOT, project, text, write
from greensupply import glossary_page, library, terms_file
from greensupply.errors import GreenSupplyError
from greensupply.lint import places, readability, syllables, terms, typography

N = "\u00a0"
TERMS = """\
terms:
- id: counterflow-rinse
  en: {term: counterflow rinse, avoid: [contraflow rinse], definition: Water runs against the parts.}
  es: {term: enjuague a contracorriente, avoid: [enjuague en contraflujo], definition: El agua corre al revés.}
  fr: {term: rinçage à contre-courant, forms: [rinçage à contrecourant], definition: L’eau coule en sens inverse.}
- id: environmental-management-system
  en: {term: environmental management system, abbr: EMS, definition: How a plant manages what it does to nature.}
  es: {term: sistema de gestión ambiental, abbr: SGA, avoid: [sistema de manejo ambiental], definition: Así se gestiona.}
  fr: {term: système de gestion environnementale, abbr: SGE, definition: La façon de gérer.}
- id: disposal
  en: {term: disposal, definition: Where waste ends.}
  es: {term: disposición final, definition: Donde terminan los residuos.}
  fr: {term: élimination, definition: La fin des déchets.}
"""
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg"><title>{title}</title><text>{words}</text></svg>\n'


@pytest.fixture
def look(tmp_path):
    """Messages of one lint file about the module `rinsing`, its texts changed and its files added to."""

    def found(lint, *, files=None, **bodies):
        bodies = {"es": "", **bodies}
        changes = {f"modules/rinsing/{locale}.md": text(locale, body=body) for locale, body in bodies.items()}
        changes["modules/rinsing/es.md"] = changes["modules/rinsing/es.md"].replace("| Which", "| ¿Which")
        root = write(tmp_path, project({"modules/terms.yml": TERMS}, changes, files or {}))
        shelf = library.read(root / "modules")
        return [str(problem) for problem in lint.problems(shelf.modules["rinsing"], shelf)]

    return found


def test_a_form_to_avoid_is_named_with_the_term_and_its_place(look):
    assert look(terms, es="Instale un enjuague en contraflujo.") == [
        "modules/rinsing/es.md:11:12: `enjuague en contraflujo` is a form that the glossary avoids. "
        "Write `enjuague a contracorriente`; where it is a quotation, put it into quotation marks."
    ]


@pytest.mark.parametrize(
    "body",
    ["Dos Enjuagues en contraflujo.", "Un **enjuague** en\ncontraflujo.", "- [x](es.md) enjuague en contraflujo"],
)
def test_a_form_to_avoid_is_found_in_the_plural_in_capitals_and_through_marks(look, body):
    assert [message.split("`")[1].split()[0].casefold().rstrip("s*") for message in look(terms, es=body)] == [
        "enjuague"
    ]


@pytest.mark.parametrize(
    "body",
    [
        "Instale un enjuague a contracorriente.",
        "Escribió “enjuague en contraflujo” en la etiqueta.",
        "Se llama *enjuague en contraflujo* en otras partes.",
        "Vea [Enjuague en contraflujo](https://example.org/).",
        "La orden `enjuague en contraflujo` no existe.",
        "Un enjuague, en contraflujo.",
    ],
)
def test_good_words_quotations_titles_and_code_are_left_alone(look, body):
    assert look(terms, es=body) == []


def test_a_form_to_avoid_is_found_in_front_matter_quiz_and_figure(look):
    written = text("en", body="![A rinse.](figures/flow.en.svg)").replace("Why rinse", "Why a contraflow rinse")
    written = written.replace("summary: How", 'summary: "A contraflow rinse: how').replace(
        "water.\nobj", 'water."\nobj'
    )
    files = {
        "modules/rinsing/en.md": written.replace("] A sludge press", "] A contraflow rinse"),
        "modules/rinsing/figures/flow.en.svg": FIGURE.format(title="Flow", words="Contraflow rinses"),
    }

    places = [message.split(": ")[0] for message in look(terms, files=files)]

    assert places == [
        "modules/rinsing/en.md:3:13",
        "modules/rinsing/en.md:7:10",
        "modules/rinsing/en.md:16:9",
        "modules/rinsing/figures/flow.en.svg:1:66",
    ]


def test_a_term_that_a_translation_never_takes_up_is_named(look):
    english = "An environmental management system helps.\n\nCheck the EMS each year."
    good = {"fr": "Un SGE aide.\n\nVérifiez-le."}

    assert look(terms, en=english, es="Un esquema verde ayuda.\n\nRevíselo cada año.", **good) == [
        "modules/rinsing/es.md:11:1: the term `environmental management system` of en.md:11, used 2 times there, "
        "is never called `sistema de gestión ambiental` here. "
        "Call it `sistema de gestión ambiental`, or add what it is called here to `forms` in modules/terms.yml."
    ]
    assert look(terms, en=english, es="Un SGA ayuda.\n\nRevíselo cada año.", **good) == []
    assert look(terms, en=english, es="Los sistemas de gestión ambiental.\n\nRevíselos.", **good) == []


def test_one_use_or_one_everyday_word_may_be_rendered_freely(look):
    assert look(terms, en="A counterflow rinse helps. Disposal costs money, and disposal is a risk.") == []


def test_a_form_that_is_right_and_to_be_avoided_is_a_problem_of_the_glossary(tmp_path):
    file = write(tmp_path, {"terms.yml": TERMS.replace("[contraflow rinse]", "[EMS]")}) / "terms.yml"

    with pytest.raises(GreenSupplyError) as error:
        terms_file.read(file, "modules/terms.yml")

    assert str(error.value) == (
        "modules/terms.yml:3:41: `EMS` is to be avoided here and stands for `environmental-management-system` in line 7. "
        "Delete it from `avoid`, or from the term."
    )


@pytest.mark.parametrize(
    ("locale", "wrong", "right", "column", "what"),
    [
        ("fr", "Le coût: 5", f"Le coût{N}: 5", 8, "the no-break space beside `:` is missing."),
        ("fr", "Le coût : 5", "Le coût\u202f: 5", 9, "the no-break space beside `:` is missing."),
        ("fr", "**Coût** : 5", f"**Coût**{N}: 5", 10, "the no-break space beside `:` is missing."),
        ("fr", "Il baisse de 20 %.", f"Il baisse de 20{N}%, à 10:30, selon ISO 14001:2015.", 17, "the no-break space beside `%` is missing."),
        ("fr", "Il coûte 5 $ par an.", f"Il coûte 5{N}$ par an.", 12, "the no-break space beside `$` is missing."),
        ("fr", f"Écrivez « eau{N}» ici.", f"Écrivez «{N}eau{N}» ici.", 9, "the no-break space beside `«` is missing."),
        ("fr", "Il faut 12 500 litres.", f"Il faut 12{N}500 litres, et en 2024 500 de plus.", 9, "a plain space inside the number `12 500`."),
        ("fr", "Il pèse 25 kg.", f"Il pèse 25{N}kg, ou 25\u202fkg, en 8 jours, selon le 5 S de 3 M; en 2015 l’eau.", 12, "no no-break space between the number and `kg`."),
        ("fr", "Il chauffe à 60\u2009°C.", f"Il chauffe à 60{N}°C ici; le point 3 à 4 h-m.", 17, "no no-break space between the number and `°C`."),
        ("fr", "Le bac de 200L pèse 25kg.", f"Le bac de 200{N}L pèse 25{N}kg, en 5S, chez 3M.", 23, "no no-break space between the number and `kg`."),
        ("fr", "On lave, on rince ; c’est tout.", "On lave, on rince; c’est tout.", 19, "a space before `;`."),
        ("fr", f"On rince{N}? Oui.", "On rince? Oui.", 10, "a space before `?`."),
        ("es", "Bajó 20 %.", "Bajó 20%.", 9, "a space before `%`."),
        ("en", "The cost : less.", "The cost: less, at 1 : 4 and `a : b`.", 10, "a space before `:`."),
        ("fr", "Le “lean gagne.", f"Le «{N}lean, dit “mince”{N}» gagne.", 4, "the quotation mark `“`."),
        ("es", 'Un “tubo" nuevo.', 'Un “tubo” de 2" nuevo.', 9, 'the quotation mark `"`.'),
        ("en", "The «rinse” ends.", "The “rinse” ends.", 5, "the quotation mark `«`."),
        ("fr", "Fermez l'eau.", "Fermez l’eau.", 9, "the sign `'` for an apostrophe."),
        ("en", "Rinse, drain...", "Rinse, drain…", 13, "three dots `...`."),
        ("en", "Rinse.  Drain.", "Rinse.  \nDrain.", 7, "two spaces or more in a row."),
        ("en", "Wait 2-3 days.", "Wait 2–3 days, 3-2, 06-06, DC-3, 2026-11-24.", 6, "a hyphen in the range `2-3`."),
        ("en", "From 2015-2018.", "From 2015–2018, call 1-877-555-1234.", 6, "a hyphen in the range `2015-2018`."),
        ("es", "Cuánta agua usa?", "¿Cuánta agua usa?", 16, "`?` without its opening `¿`."),
        ("es", "**¡Alto**", "**¡Alto**! ¿¡Ya!? (?)", 3, "`¡` without its closing `!`."),
        ("en", "Drag\u200b-out.", "Drag-out 👩\u200d🔧.", 5, "an invisible or broken character, U+200B."),
        ("en", "Rin\u0441e.", "Rinse at 5 μm.", 4, "`\u0441` (U+0441) only looks like a letter of this language."),
        ("es", "La inspeccio\u0301n.", "La inspección.", 12, "`ó` is written as a letter and a separate accent."),
    ],
)  # fmt: skip
def test_signs_are_set_as_each_language_sets_them(look, locale, wrong, right, column, what):
    [message] = look(typography, **{locale: wrong})

    assert message.startswith(f"modules/rinsing/{locale}.md:11:{column}: {what} ")
    assert look(typography, **{locale: right}) == []


def test_a_french_line_that_ends_between_a_number_and_its_unit_is_named(look):
    [message] = look(typography, fr="Il coule 4,5\nL par jour, depuis 12\nmois.")

    assert message.startswith("modules/rinsing/fr.md:12:1: no no-break space between the number and `L`. ")


def test_every_place_is_listed(look):
    found = look(typography, es="Sí?\n\n| a | b |\n|---|---|\n| 5 % | no! |")

    assert [message.split(": ")[0].removeprefix("modules/rinsing/") for message in found] == [
        "es.md:15:5",
        "es.md:11:3",
        "es.md:15:11",
    ]


def test_targets_code_and_options_are_no_text(look):
    body = 'See [it](fr.md "The caption") and <https://example.org/a?b=1>, `x ; y`.\n\n```\na  b...\n```'

    assert look(typography, es=body.replace("fr.md", "es.md")) == []


def test_figures_are_looked_at_but_their_spaces_and_lines_are_not(look):
    def figure(words):
        files = {"modules/rinsing/figures/f.es.svg": FIGURE.format(title="Flujo", words=words)}
        return look(typography, es="![Un flujo.](figures/f.es.svg)", files=files)

    assert figure("<tspan>¿Cuánta  agua</tspan> <tspan>se usa?</tspan>") == []
    assert figure("Baja 20 %") == ["modules/rinsing/figures/f.es.svg:1:75: a space before `%`. Delete the space."]


HARD = (
    "Comprehensive environmental management necessitates organizational commitment and methodological consistency.\n"
    "Multidisciplinary collaboration facilitates identification of unanticipated environmental vulnerabilities.\n"
) * 6
EASY = "Walk through the plant with a friend.\nWrite down what leaks, and what it costs you each year.\n" * 8


def test_a_hard_text_is_told_with_its_score_the_bar_and_its_hardest_lines(look):
    [message] = look(readability, en=HARD)

    assert message.startswith(
        "modules/rinsing/en.md:12:1: the text scores -118 by the formula of Flesch (1948); for its readers it should "
    )
    assert message.endswith(
        "score 60 or more. Write shorter sentences and shorter words, first in these lines: 12, 14, 16."
    )
    assert look(readability, en=EASY) == []


def test_a_short_text_is_not_scored(look):
    assert look(readability, en=HARD[:200]) == []


def test_the_bar_is_that_of_the_least_schooled_reader(look):
    middling = "The management system covers every important activity of the company and its main suppliers.\n" * 9
    facts = project()["modules/rinsing/module.yml"]
    managers = {"modules/rinsing/module.yml": facts.replace("[supplier]", "[manager]")}
    mixed = {"modules/rinsing/module.yml": facts.replace("[supplier]", "[manager, supplier]")}

    assert look(readability, en=middling, files=managers) == []
    assert len(look(readability, en=middling, files=mixed)) == 1


@pytest.mark.parametrize(
    ("locale", "score"), [("en", 206.835 - 10.15 - 169.2), ("es", 206.835 - 10 - 124.6), ("fr", 207 - 10.15 - 147.2)]
)
def test_each_language_has_its_formula(locale, score):
    assert readability.FORMULAS[locale].score(10, 2) == pytest.approx(score)


@pytest.mark.parametrize(
    ("locale", "words"),
    [
        ("en", {"the": 1, "waste": 1, "supplier": 3, "prevention": 3, "rinses": 2, "filled": 1, "energy": 3, "use": 1}),
        ("es", {"agua": 2, "energía": 4, "contaminación": 5, "queso": 2, "pingüino": 3, "ley": 1, "muy": 1, "país": 2}),
        ("fr", {"eau": 1, "énergie": 3, "usine": 2, "parlent": 1, "souvent": 2, "rinçage": 2, "chaîne": 1, "lieu": 1}),
    ],
)
def test_syllables_are_those_that_are_spoken(locale, words):
    assert {word: syllables.count(word, locale) for word in words} == words


@pytest.mark.parametrize(("locale", "longest"), [("en", 40), ("es", 45), ("fr", 45)])
def test_a_long_sentence_is_told(look, locale, longest):
    words = ["no"] * longest

    assert look(readability, **{locale: " ".join(words) + f" 12,500 3.5.{N}\nSi."}) == []
    [message] = look(readability, **{locale: f"No.\n{' '.join(words)} no."})
    assert message == (
        f"modules/rinsing/{locale}.md:12:1: a sentence of {longest + 1} words. "
        f"Make two of it, or a list; up to {longest} words are read at one go."
    )


def test_words_stand_where_the_file_has_them(look, tmp_path):
    look(terms, fr="Un **mot** et `du code`, [un lien](fr.md).\n\n| a | b |\n|---|---|\n| c | d |")
    shelf = library.read(tmp_path / "modules")
    page = next(page for page in places.texts(shelf.modules["rinsing"]) if page.locale == "fr")

    assert len(page.bare) == len(page.written)
    assert {sign for sign, own in zip(page.bare, page.written, strict=True) if sign != own} == {places.HIDDEN}
    bare = page.bare.replace(places.HIDDEN, "")
    assert "Un mot et , un lien." in bare
    assert not any(mark in bare for mark in ("code", "fr.md", "id:", "|", "///", "objectives"))
    assert page.place(page.written.index("Un **mot")) == (11, 1)


@pytest.mark.parametrize("trap", ['](x "' * 900, "«" * 60 + " " * 4000, "`a ``b " * 700, "a" * 4900 + "?", "1-" * 2000])
def test_hostile_lines_take_no_time(look, trap):
    start = time.process_time()
    for lint in (terms, typography, readability):
        look(lint, es=trap)

    assert time.process_time() - start < 2


def test_the_modules_of_the_site_pass():
    shelf = library.read(ROOT / "modules")
    found = [
        str(problem)
        for module in shelf.modules.values()
        for lint in (terms, typography, readability)
        for problem in lint.problems(module, shelf)
    ]

    assert found == []


def test_the_glossary_shows_no_form_to_avoid():
    shown = glossary_page.listing(terms_file.read(ROOT / "modules/terms.yml", "modules/terms.yml"), "fr")

    assert "écoefficacité" in shown
    assert "éco-efficience" not in shown
