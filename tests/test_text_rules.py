"""The rules about blocks, questions, texts, languages, links and figures: where each points, and in whose words."""

import re
from pathlib import Path

import pytest
from builders import CHOICE, FACTS, module, project, text, write
from greensupply import blocks, figures, library, prose, rules
from greensupply.errors import Problem
from greensupply.locales import LOCALES
from test_rules import laid_over

SUBJECTS = {"blocks", "questions", "texts", "parity", "links", "figures"}
PLACES = {
    "block-closing-stray": "en.md:27:1",
    "block-outside-question": "en.md:24:1",
    "block-unknown": "en.md:24:5",
    "block-open": "en.md:24:1",
    "block-title-missing": "en.md:24:1",
    "block-empty": "en.md:24:1",
    "block-nested": "en.md:25:1 en.md:27:1",
    "block-indented": "en.md:26:5 en.md:28:5",
    "block-option-unknown": "en.md:25:5",
    "calculator-unknown": "en.md:25:17",
    "question-prompt-missing": "en.md:24:1",
    "question-feedback-missing": "en.md:24:1",
    "question-type-unknown": "en.md:26:11",
    "question-type-missing": "en.md:27:1",
    "choice-form": "en.md:27:1",
    "choice-stray": "en.md:29:1",
    "choice-empty": "en.md:27:1",
    "choice-repeated": "en.md:29:7",
    "choice-feedback-missing": "en.md:27:7",
    "choice-right-number": "en.md:28:3",
    "number-not-plain": "en.md:26:13",
    "choice-count": "en.md:27:1",
    "choice-right-missing": "en.md:24:1",
    "question-one-right": "en.md:26:11",
    "question-many-right": "en.md:26:11",
    "true-false-count": "en.md:26:11",
    "pair-term-missing": "en.md:30:1",
    "pair-partner-missing": "en.md:34:1",
    "pair-repeated": "en.md:32:5",
    "pair-count": "en.md:24:1",
    "step-repeated": "en.md:31:4",
    "step-stray": "en.md:31:1",
    "step-count": "en.md:24:1",
    "option-numeric-only": "en.md:26:11",
    "tolerance-negative": "en.md:27:16",
    "answer-missing": "en.md:24:1",
    "question-option-margin": "en.md:25:1",
    "question-option-tab": "en.md:25:1",
    "question-option-unknown": "en.md:27:5",
    "question-option-repeated": "en.md:26:5",
    "question-part-outside": "en.md:35:1",
    "question-part-open": "en.md:32:1",
    "question-part-unknown": "en.md:32:6",
    "question-part-repeated": "en.md:35:6",
    "question-part-empty": "en.md:32:1",
    "question-part-closing-stray": "en.md:35:1",
    "question-id-missing": "en.md:24:1",
    "question-id-form": "en.md:25:9",
    "first-level-heading": "en.md:24:1",
    "question-id-twice": "en.md:24:1",
    "module-without-question": "en.md:1:0",
    "raw-html": "en.md:24:7 en.md:24:15",
    "html-handler": "en.md:24:7",
    "attribute-list": "en.md:24:16",
    "image-elsewhere": "en.md:24:1",
    "image-without-words": "en.md:24:1",
    "not-filled-in": "en.md:24:1",
    "link-scheme": "en.md:24:1",
    "link-without-scheme": "en.md:24:1",
    "run-of-signs": "en.md:24:6",
    "brackets-open": "en.md:24:151",
    "line-too-long": "en.md:11:5001",
    "link-from-root": "en.md:24:5",
    "link-outside": "en.md:24:5",
    "link-to-no-file": "en.md:24:5",
    "link-to-other-language": "en.md:24:5",
    "link-to-no-section": "en.md:24:5",
    "link-to-draft": "en.md:11:5",
    "figure-format": "figures/flow.gif:1:0",
    "figure-size": "figures/flow.svg:1:0",
    "figure-element": "figures/flow.svg:2:1",
    "figure-handler": "figures/flow.svg:1:1",
    "figure-loads": "figures/flow.svg:1:41",
    "figure-attribute-loads": "figures/flow.svg:1:41",
    "figure-style-loads": "figures/flow.svg:1:48",
    "figure-doctype": "figures/flow.svg:1:1",
    "figure-not-valid": "figures/flow.svg:1:46",
    "parity-objectives": "es.md:4:1",
    "parity-question-missing": "es.md:11:1 fr.md:11:1",
    "parity-question-extra": "es.md:24:1",
    "parity-question-order": "es.md:24:1",
    "parity-question-type": "es.md:24:1",
    "parity-question-size": "es.md:24:1",
    "parity-right-choices": "es.md:24:1",
    "parity-numbers": "es.md:24:1",
    "parity-question-part": "es.md:24:1",
    "parity-block-order": "es.md:24:1",
    "parity-calculators": "es.md:24:1",
    "parity-block-count": "es.md:7:1 fr.md:7:1",
}
"""Where the wrong example of each rule is wrong; or the files of `SHOWN_HERE`."""

EN = "modules/rinsing/en.md"
DRAWING = "<svg xmlns='http://www.w3.org/2000/svg'/>"
SHOWN_HERE = {
    "module-without-question": {
        f"modules/rinsing/{name}.md": text(name, body="Clean.", question="") for name in LOCALES
    },
    "line-too-long": {EN: text(body="x" * 5_001)},
    "figure-size": {
        EN: text(body="![Two tanks](figures/flow.svg)"),
        "modules/rinsing/figures/flow.svg": DRAWING + " " * 300_000,
    },
    "link-to-draft": {
        EN: text(body="See [drying](../drying/en.md)."),
        **module("drying", module=FACTS.format(id="drying") + "status: draft\n"),
    },
}
"""Files that break the rules of which the catalogue has no example."""


def found_in(root: Path, files: dict[str, str], rule: str) -> list[Problem]:
    write(root, project(files))
    return [found for found in library.examine(root / "modules", root / "content").problems if found.rule == rule]


def wrong(rule: str) -> dict[str, str]:
    return SHOWN_HERE[rule] if rule in SHOWN_HERE else laid_over(project(), rules.catalogue()[rule].wrong)


def test_every_rule_of_these_subjects_has_its_place():
    assert {name for name, rule in rules.catalogue().items() if rule.subject in SUBJECTS} == set(PLACES)


@pytest.mark.parametrize("rule", PLACES)
def test_a_rule_points_to_what_is_wrong_and_says_it_whole_in_each_language(tmp_path, rule):
    found = found_in(tmp_path, wrong(rule), rule)

    places = [f"{each.path.removeprefix('modules/rinsing/')}:{each.line}:{each.column}" for each in found]
    assert " ".join(places) == PLACES[rule]
    for problem in found:
        words = {locale: " ".join(rules.said(problem, locale)) for locale in LOCALES}
        assert words["en"] == f"{problem.what} {problem.how}"
        assert len(set(words.values())) == len(LOCALES)
        for locale in LOCALES:
            assert not re.search(r"\{\w+\}|Word\(|None", words[locale])
            for value in (value for _, value in problem.values if isinstance(value, str)):
                assert value in words[locale], "what the author wrote is quoted in each language"


@pytest.mark.parametrize(
    "files",
    [
        {EN: text(body="x" * 5_000)},
        {
            EN: text(body="![Two tanks](figures/flow.svg)"),
            "modules/rinsing/figures/flow.svg": DRAWING + " " * (300_000 - len(DRAWING)),
        },
        {
            EN: text(body="See [drying](../drying/en.md)."),
            **module("drying", module=FACTS.format(id="drying") + "status: ready\n"),
        },
        {},
    ],
    ids=["5,000 signs", "300,000 bytes", "a link to a ready module", "a question"],
)
def test_what_is_just_good_enough_passes(tmp_path, files):
    write(tmp_path, project(files))

    assert library.examine(tmp_path / "modules", tmp_path / "content").problems == ()


def said(problem: Problem) -> dict[str, tuple[str, str]]:
    return {locale: rules.said(problem, locale) for locale in ("es", "fr")}


def test_spanish_and_french_name_pieces_and_numbers_as_they_write_them():
    [unknown] = blocks.parse("/// exampel\nx\n///", "en.md", 1)[1]
    assert said(unknown) == {
        "es": ("el bloque `exampel` no existe.", "¿Quiso escribir `example`?"),
        "fr": ("le bloc `exampel` n’existe pas.", "Vouliez-vous écrire `example`?"),
    }

    [long] = prose.problems("x" * 5_001, "en.md", 1)
    assert said(long) == {
        "es": ("una línea de más de 5,000 caracteres.", "Divídala en varias líneas."),
        "fr": ("une ligne de plus de 5\u00a0000 caractères.", "Coupez-la en plusieurs lignes."),
    }


def test_one_of_a_thing_is_not_said_in_the_plural(tmp_path):
    [one] = found_in(tmp_path, wrong("choice-count"), "choice-count")

    assert one.what == "the number of choices of question `q` is 1."
    assert [what for what, _ in said(one).values()] == [
        "el número de opciones de la pregunta `q` es 1.",
        "le nombre de choix de la question `q` est 1.",
    ]


def test_right_choices_are_listed_in_each_language(tmp_path):
    many = "/// question | Which?\n    id: q\n\n{0} a\n    - x\n{1} b\n    - x\n{2} c\n    - x\n///\n"
    files = {f"modules/rinsing/{name}.md": text(name, question=many.format(*["- [x]"] * 3)) for name in LOCALES}
    files["modules/rinsing/fr.md"] = text("fr", question=many.format("- [x]", "- [x]", "- [ ]"))

    [problem] = found_in(tmp_path, files, "parity-right-choices")

    assert problem.how == "Mark choice 1 and 2 and 3 with `[x]`."
    assert said(problem)["es"][1] == "Ponga `[x]` en la opción 1 y 2 y 3, y en ninguna otra."
    assert said(problem)["fr"][1] == "Mettez `[x]` au choix 1 et 2 et 3, et à aucun autre."


def question(identifier: str) -> str:
    return CHOICE.replace("at-the-source", identifier)


NOTE = "/// note\nWear gloves.\n///\n"


def test_what_is_missing_is_told_at_the_block_after_which_it_comes(tmp_path):
    first = [question("zero"), NOTE, question("one"), NOTE]
    whole = "\n".join([*first, question("two"), "## Later\n", question("three"), NOTE])
    files = {f"modules/rinsing/{name}.md": text(name, question=whole) for name in ("en", "fr")}
    lacking = text("es", question="\n".join([*first, "## Después\n", question("three")]))
    files["modules/rinsing/es.md"] = lacking
    lines = lacking.split("\n")

    [missing] = found_in(tmp_path, files, "parity-question-missing")
    [fewer] = found_in(tmp_path, files, "parity-block-count")

    assert lines[missing.line] == "    id: one"
    assert fewer.line == len(lines) - lines[::-1].index("/// note")


def test_what_comes_first_and_is_missing_is_told_at_its_heading(tmp_path):
    whole = "\n".join(["## Later\n", question("one"), question("two")])
    files = {f"modules/rinsing/{name}.md": text(name, question=whole) for name in ("en", "fr")}
    files["modules/rinsing/es.md"] = text("es", question="\n".join(["## Después\n", question("two")]))

    [missing] = found_in(tmp_path, files, "parity-question-missing")

    assert files["modules/rinsing/es.md"].split("\n")[missing.line - 1] == "## Después"


def test_a_box_too_many_is_told_at_itself(tmp_path):
    found = found_in(tmp_path, {"modules/rinsing/es.md": text("es", body=NOTE)}, "parity-block-count")

    assert [(each.line, each.column) for each in found] == [(11, 1)]


PARTS = """\
/// question | See <b> here
    id: q

Body <b>.

- [x] Right <b>
  and on <b>
    - Because <b>.

      More <b>.
- [ ] Wrong
    - No.

//// hint

Hint <b>.
////
///
"""
STEPS = """\
/// question | Order
    id: q
    type: {type}

{answers}
//// feedback
Why <b>.
////
///
"""


@pytest.mark.parametrize(
    "written",
    [
        PARTS,
        STEPS.format(type="ordering", answers="1. Drain <b>\n2. Rinse\n   well <b>\n10. Dry\n"),
        STEPS.format(type="matching", answers="rinse <b>\n:   removes <b>\n\ndry\n:   heats\n"),
        "/// example | Tank <b> one\nText <b>.\n///\n",
    ],
    ids=["choices", "steps", "pairs", "a box"],
)
def test_what_stands_in_a_part_of_a_block_is_told_with_its_line_and_column(tmp_path, written):
    files = {EN: text(question=written)}
    lines = files[EN].split("\n")
    expected = [(number, line.index("<b>") + 1) for number, line in enumerate(lines, 1) if "<b>" in line]

    assert [(each.line, each.column) for each in found_in(tmp_path, files, "raw-html")] == expected


@pytest.mark.parametrize(
    "answer",
    ["- [x] a\n    - Code\n\n      ```\n      <b>\n      ```\n", "- [x] a\n    - [n]: javascript:x\n"],
    ids=["a fence", "the target of a reference"],
)
def test_what_hangs_on_the_margin_means_in_a_choice_what_it_means_on_the_page(tmp_path, answer):
    asked = f"/// question | Which?\n    id: q\n\n{answer}- [ ] b\n    - No.\n///\n"
    files = {EN: text(question=asked)}

    assert found_in(tmp_path, files, "raw-html") == []
    assert bool(found_in(tmp_path / "again", files, "link-scheme")) is ("javascript" in answer)


def test_a_doctype_is_told_where_it_begins(tmp_path):
    file = tmp_path / "a.svg"
    file.write_text("<?xml version='1.0'?>\n  <!DOCTYPE svg [\n<!ENTITY a 'b'>]>\n<svg/>", encoding="utf-8")

    assert [(each.line, each.column, each.rule) for each in figures.problems(file, "a.svg")] == [
        (2, 3, "figure-doctype")
    ]
