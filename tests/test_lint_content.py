"""Rules about questions, images, sources and reading time: what they find, and what they let pass.

`test_rules.py` runs the examples of each rule; here are the other languages, the thresholds and the exact words.
"""

from __future__ import annotations

import struct
import zlib
from decimal import Decimal
from pathlib import Path

import pytest
from builders import FACTS, SOURCES, project, text, write
from greensupply import library
from greensupply.errors import Problem
from greensupply.lint import figures, questions, reading_time, sources, tables

ROOT = Path(__file__).parent.parent
EN, ES, FR = (f"modules/rinsing/{locale}.md" for locale in ("en", "es", "fr"))
YML = "modules/rinsing/module.yml"
SVG = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9'/></svg>\n"
Files = dict[str, str | bytes | None]
SUBJECTS = (questions, figures, tables, sources, reading_time)


def problems(root: Path, *parts: Files) -> list[Problem]:
    write(root, project(*parts))
    read = library.read(root / "modules", root / "content")
    return [found for subject in SUBJECTS for found in subject.problems(read.modules["rinsing"], read)]


def rules_of(root: Path, *parts: Files) -> list[str]:
    return [found.rule for found in problems(root, *parts)]


def asked(*choices: str, prompt: str = "What lowers drag-out?", name: str = "drag-out") -> str:
    """A question; a choice is `x right words`, or `wrong words`, each with feedback."""
    lines = [f"/// question | {prompt}", f"    id: {name}", ""]
    for choice in choices:
        mark, words = ("x", choice[2:]) if choice.startswith("x ") else (" ", choice)
        lines += [f"- [{mark}] {words}", "    - Think of the bath."]
    return "\n".join([*lines, "///"])


def numeric(*options: str, foreseen: str = "") -> str:
    lines = [
        "/// question | How much?",
        "    id: amount",
        "    type: numeric",
        *(f"    {option}" for option in options),
    ]
    if foreseen:
        lines += ["", f"- [ ] {foreseen}", "    - You divided."]
    return "\n".join([*lines, "", "//// feedback", "Multiply.", "////", "///"])


def everywhere(body: str) -> Files:
    return {f"modules/rinsing/{locale}.md": text(locale, body=body) for locale in ("en", "es", "fr")}


def english(body: str) -> Files:
    """A module that is not translated yet."""
    return {EN: text(body=body), ES: None, FR: None}


def test_the_smallest_hub_passes(tmp_path):
    assert problems(tmp_path) == []


def test_the_modules_of_the_site_pass():
    seen = library.examine(ROOT / "modules", ROOT / "content").seen
    ready = [module for module in seen.modules.values() if not module.draft]

    assert {"p2-into-lean", "environmental-management-systems"} <= {module.id for module in ready}
    assert [str(found) for module in ready for s in SUBJECTS for found in s.problems(module, seen)] == []


ABOVE = {
    "en": [
        *("All of the above", "None of the above.", "Both of these", "All of these answers are right", "A and C"),
        *("both a and b", "Neither of the above", "**All the above**"),
    ],
    "es": [
        *("Todas las anteriores", "Ninguna de las anteriores.", "Todas son correctas", "Ambas son correctas", "A y B"),
        *("Todo lo anterior", "Ninguna de las opciones", "Todas las respuestas son correctas"),
    ],
    "fr": [
        *("Toutes ces réponses", "Aucune de ces réponses.", "Tout ce qui précède", "Toutes les réponses sont bonnes"),
        *("Les deux réponses sont bonnes", "A et B", "Aucun de ces choix", "Rien de ce qui précède"),
    ],
}
ITSELF = {
    "en": ["None", "All drums of the yard", "Both tanks", "The tank above", "A pump and a valve", "None of the tanks"],
    "es": ["Ninguna", "Todas las cubas", "Ambos tanques", "La anterior a la bomba", "Todas las opciones de enjuague"],
    "fr": ["Aucune", "Toutes les cuves", "Les deux cuves", "Tout le bain", "Aucune de ces cuves"],
}


@pytest.mark.parametrize("locale", ABOVE)
def test_a_choice_that_speaks_of_the_others_is_named_in_each_language(locale):
    missed = [words for words in ABOVE[locale] if not questions._ABOVE[locale].fullmatch(questions._bare(words))]
    wrong = [words for words in ITSELF[locale] if questions._ABOVE[locale].fullmatch(questions._bare(words))]

    assert (missed, wrong) == ([], [])


def test_where_a_choice_of_all_stands_is_told_exactly(tmp_path):
    found = problems(tmp_path, everywhere(asked("A drip board", "x All of the above")))

    assert [str(problem) for problem in found if problem.path == EN] == [
        f"{EN}:16:7: the choice `All of the above` only speaks of the other choices. "
        "Delete it, and mark each right choice with `[x]`; a question may have several."
    ]


def test_choices_that_differ_by_marks_only_are_alike(tmp_path):
    found = problems(tmp_path, english(asked("x A *drip* board.", "a drip board", "−5", "5")))

    assert [(found.rule, found.line, dict(found.values)["other"]) for found in found] == [("choices-alike", 16, "14")]


@pytest.mark.parametrize(("right", "named"), [(30, False), (35, False), (36, True), (60, True)])
def test_a_right_choice_is_too_long_from_half_more_and_twenty_characters_on(tmp_path, right, named):
    found = rules_of(tmp_path, english(asked("y" * 16, "x " + "z" * right, "w" * 9)))

    assert ("right-choice-longest" in found) is named


def test_half_more_than_a_long_choice_is_asked_for_too(tmp_path):
    assert rules_of(tmp_path, english(asked("y" * 60, "x " + "z" * 85))) == []
    assert rules_of(tmp_path, english(asked("y" * 60, "x " + "z" * 90))) == ["right-choice-longest"]


def quiz(*kinds: str) -> str:
    """Questions of two choices: `1` or `2` is the place of the right one, `+` makes it the longest."""
    blocks = []
    for number, kind in enumerate(kinds):
        right, wrong = ("x Long words", "Words") if "+" in kind else ("x Words", "Long words")
        choices = (right, wrong) if "1" in kind else (wrong, right)
        blocks.append(asked(*choices, name=f"q-{number}"))
    return "\n\n".join(blocks)


def test_the_longest_choice_may_be_right_in_six_of_ten_and_not_in_more(tmp_path):
    """The question of the smallest hub is right at place 2 and longest there, so five here are six."""
    seldom, often = quiz("1", "1", "2+", "2+", "1"), quiz("1+", "1+", "2+", "2+", "1")

    assert rules_of(tmp_path, english(seldom)) == []
    assert [str(found) for found in problems(tmp_path, english(often))] == [
        f"{EN}:11:1: of 6 questions with one right choice, it is the longest in 5. "
        "Make some wrong choices longer than the right one, or shorten right ones."
    ]


def test_a_pattern_is_not_looked_for_in_four_questions(tmp_path):
    assert rules_of(tmp_path, english(quiz("2+", "2+", "2+"))) == []
    assert rules_of(tmp_path, english(quiz("2+", "2+", "2+", "2+"))) == [
        "longest-is-right",
        "right-choice-same-place",
    ]


def test_the_place_of_right_choices_is_judged_once_for_all_languages(tmp_path):
    found = problems(tmp_path, everywhere(quiz("2", "2", "2", "2", "1")))

    assert [str(problem) for problem in found] == [
        f"{EN}:11:1: of 6 questions with one right choice, it is choice 2 in 5. "
        "Change the order of the choices in some of them, in the same way in each language."
    ]


VERDICTS = {
    "en": (
        ["Yes.", "That is correct.", "Wrong! Try again.", "That’s right", "No, false."],
        ["Yes: it runs back.", "5 L."],
    ),
    "es": (["Sí.", "Correcto.", "¡Muy bien! Así es.", "No es correcto."], ["Sí: escurre.", "No hay agua."]),
    "fr": (["Oui.", "C’est exact.", "Non, c’est faux.", "Bonne réponse !"], ["Oui : le bain coule.", "Faux ami."]),
}


@pytest.mark.parametrize("locale", VERDICTS)
def test_feedback_that_only_says_right_or_wrong_is_named(tmp_path, locale):
    bare, reasons = VERDICTS[locale]
    path = f"modules/rinsing/{locale}.md"
    for words in (*bare, *reasons):
        body = asked("x A drip board", "A pump").replace("Think of the bath.", words, 1)
        said = [problem for problem in problems(tmp_path, everywhere(body)) if problem.path == path]
        assert [(problem.line, problem.column) for problem in said] == ([(15, 7)] if words in bare else []), words


NEGATIVE = {
    "en": ("Which does not help?", 27, "Which does **not** help?", "It is not new. What helps?"),
    "es": ("¿Cuál no ayuda?", 22, "¿Cuál **no** ayuda?", "No es nuevo. ¿Qué ayuda?"),
    "fr": ("Lequel n’aide pas?", 30, "Lequel n’aide **pas**?", "Deux pas de plus. Qu’est-ce qui aide?"),
}


@pytest.mark.parametrize("locale", NEGATIVE)
def test_a_negative_word_in_what_is_asked_must_be_seen(tmp_path, locale):
    bare, column, *good = NEGATIVE[locale]
    path = f"modules/rinsing/{locale}.md"
    choices = ("x A drip board", "A long pump")

    def here(prompt: str) -> list[tuple[str, int, int]]:
        found = problems(tmp_path, everywhere(asked(*choices, prompt=prompt)))
        return [(problem.rule, problem.line, problem.column) for problem in found if problem.path == path]

    assert here(bare) == [("negative-question", 11, column)]
    for prompt in good:
        assert here(prompt) == []


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (numeric("answer: 100", "tolerance: 2", foreseen="98"), "foreseen-number-right 17:7"),
        (numeric("answer: 100", "tolerance: 2", foreseen="97.9"), ""),
        (numeric("answer: 4.5"), "tolerance-missing 14:5"),
        (numeric("answer: 45"), ""),
        (numeric("answer: 45.0"), ""),
        (numeric("answer: 4.5", "tolerance: 0.1"), ""),
        (numeric("answer: 4", "tolerance: 1"), ""),
        (numeric("answer: 4", "tolerance: 1.1"), "tolerance-wide 15:5"),
        (numeric("answer: 0", "tolerance: 1"), ""),
    ],
)
def test_numbers_of_a_numeric_question(tmp_path, body, expected):
    found = [p for p in problems(tmp_path, everywhere(body)) if p.path == EN]

    assert " ".join(f"{p.rule} {p.line}:{p.column}" for p in found) == expected


def test_two_foreseen_numbers_of_one_value_are_alike(tmp_path):
    body = numeric("answer: 9", foreseen="3").replace("- You divided.", "- You divided.\n- [ ] 3.0\n    - You divided.")

    assert rules_of(tmp_path, everywhere(body)) == ["choices-alike"]


def test_each_objective_needs_a_question(tmp_path):
    more = text().replace("- Choose a rinse.\n", "- Choose a rinse.\n- Measure drag-out.\n")

    assert [str(found) for found in problems(tmp_path, {EN: more, ES: None, FR: None})] == [
        f"{EN}:4:1: the module has more objectives (2) than questions (1). "
        "Ask at least one question for each objective, or join objectives."
    ]


def image(words: str, file: str = "flow.svg") -> dict[str, str]:
    return {EN: text(body=f"![{words}](figures/{file})"), f"modules/rinsing/figures/{file}": SVG}


@pytest.mark.parametrize("words", ["flow", "Flow", "flow.svg", "FLOW.SVG"])
def test_an_alternative_text_is_not_the_name_of_the_file(tmp_path, words):
    assert [(p.rule, p.line, p.column) for p in problems(tmp_path, image(words))] == [("alt-is-file-name", 11, 3)]


def test_nor_is_it_that_name_with_spaces_and_without_its_language(tmp_path):
    assert rules_of(tmp_path, image("water balance", "water-balance.en.svg")) == ["alt-is-file-name"]
    assert rules_of(tmp_path, image("Water balance of a line", "water-balance.en.svg")) == []


@pytest.mark.parametrize(
    ("locale", "words", "named"),
    [
        ("en", "An image of two tanks", "An image of"),
        ("en", "Picture showing tanks", "Picture showing"),
        ("en", "Imagery of two tanks", ""),
        ("es", "Imagen de dos tanques", "Imagen de"),
        ("es", "La imagen que muestra", "La imagen que muestra"),
        ("es", "Imagina dos tanques", ""),
        ("fr", "Image d’une cuve", "Image d’"),
        ("fr", "L’image montrant deux cuves", "L’image montrant"),
        ("fr", "Imagerie de cuves", ""),
    ],
)
def test_an_alternative_text_does_not_say_that_it_is_an_image(tmp_path, locale, words, named):
    body = text(locale, body=f"![{words}](figures/flow.svg)")
    found = problems(tmp_path, {f"modules/rinsing/{locale}.md": body, "modules/rinsing/figures/flow.svg": SVG})

    assert [dict(p.values)["words"] for p in found if p.rule == "alt-begins-with-image"] == ([named] if named else [])


def test_an_alternative_text_of_more_than_500_characters_belongs_into_the_text(tmp_path):
    assert rules_of(tmp_path, image("x" * 500)) == []
    assert rules_of(tmp_path, image("x" * 501)) == ["alt-too-long"]


def test_an_alternative_text_in_another_language_is_named_in_the_later_ones(tmp_path):
    shown = everywhere("![Two tanks in a row](figures/flow.svg)\n\n![ISO 14001](figures/flow.svg)")
    found = problems(tmp_path, shown, {"modules/rinsing/figures/flow.svg": SVG})

    assert [(p.rule, p.path, dict(p.values)["file"]) for p in found] == [
        ("alt-not-translated", ES, "en.md"),
        ("alt-not-translated", FR, "en.md"),
    ]


def png(width: int, filling: int = 0) -> bytes:
    """A PNG of one line with so many pixels, and a chunk of `filling` bytes that a viewer passes over."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, 1, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * (width + 1))
    parts = chunk(b"IHDR", header), chunk(b"teSt", b"x" * filling), chunk(b"IDAT", pixels), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


@pytest.mark.parametrize(("width", "named"), [(1600, []), (1601, ["image-too-wide"])])
def test_pixels_that_no_page_shows_are_named(tmp_path, width, named):
    shown = {EN: text(body="![Two tanks](figures/tanks.png)"), "modules/rinsing/figures/tanks.png": png(width)}

    assert rules_of(tmp_path, shown) == named


def test_a_pixel_image_that_cannot_be_read_is_let_pass(tmp_path):
    shown = {EN: text(body="![Two tanks](figures/tanks.png)"), "modules/rinsing/figures/tanks.png": b"no image"}

    assert rules_of(tmp_path, shown) == []


@pytest.mark.parametrize(("filling", "named"), [(199_000, False), (201_000, True)])
def test_the_images_of_one_page_have_a_budget_together(tmp_path, filling, named):
    names = ("first", "second", "third")
    body = "\n\n".join(f"![Tank {name}](figures/{name}.png)" for name in (*names, "first"))
    files = {f"modules/rinsing/figures/{name}.png": png(9, filling + len(name)) for name in names}
    found = problems(tmp_path, {EN: text(body=body)}, files)

    assert [p.rule for p in found] == (["images-over-budget"] if named else [])
    assert [dict(p.values)["largest"] for p in found] == (["second.png"] if named else [])


MORE = SOURCES.replace(
    "facts:\n",
    "  RINSE:\n    title: {en: A Manual of Good Rinsing, es: Un manual del buen enjuague, fr: Manuel du bon rinçage}\n"
    "    publisher: NMFRC\n    year: '1999'\n    url: http://www.example.org/rinsing/\n"
    "facts:\n  RIN-01: {sources: [RINSE], checked: 2026-11-24, confidence: seen}\n",
)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("Rinse twice (RIN-01).", "fact-not-listed"),
        ("Rinse twice (LEAN-01).", ""),
        ("Rinse twice (RIN-011, NOM-018).", ""),
        ("[Manual](https://example.org/rinsing#two)", "source-link-not-listed"),
        ("[Manual](https://example.org/rinsing/two)", ""),
        ("See *A Manual of Good Rinsing*.", "source-title-not-listed"),
        ("See *Un manual del buen enjuague*.", "source-title-not-listed"),
        ("See *Manuel du bon rinçage*.", ""),
        ("See a manual of good rinsing.", ""),
    ],
)
def test_what_a_text_cites_is_listed(tmp_path, words, rule):
    files = {EN: text(body=words), "modules/sources.yml": MORE}

    assert rules_of(tmp_path, files) == ([rule] if rule else [])
    listed = FACTS.format(id="rinsing").replace("[LEAN-01]", "[LEAN-01, RIN-01]")
    assert rules_of(tmp_path, files, {YML: listed}) == []


def test_where_an_unlisted_fact_is_cited_is_told_exactly(tmp_path):
    found = problems(tmp_path, {EN: text(body="Rinse twice.\nIt pays (RIN-01)."), "modules/sources.yml": MORE})

    assert [str(problem) for problem in found] == [
        f"{EN}:12:10: the text cites the fact `RIN-01`, which module.yml does not list. "
        "Add `RIN-01` to `sources` in module.yml."
    ]


def test_a_fact_is_listed_once(tmp_path):
    twice = FACTS.format(id="rinsing").replace("[LEAN-01]", "[LEAN-01, LEAN-01, LEAN-01]")

    found = [(p.rule, p.line, p.column) for p in problems(tmp_path, {YML: twice})]

    assert found == [("fact-listed-twice", 10, 20), ("fact-listed-twice", 10, 29)]


@pytest.mark.parametrize(
    ("words", "minutes", "named"),
    [
        (175 * 40, 30, False),  # 40 and 1.5 for the question: within 40 % of 30
        (175 * 41, 30, True),
        (175 * 40, 69, False),
        (175 * 40, 70, True),
        (499, 600, False),
        (520, 600, True),
    ],
)
def test_minutes_agree_with_what_there_is_to_read(tmp_path, words, minutes, named):
    already = 9  # heading and sentence of the smallest hub
    body = "\n".join("word " * 100 for _ in range((words - already) // 100)) + " word" * ((words - already) % 100)
    facts = FACTS.format(id="rinsing").replace("minutes: 45", f"minutes: {minutes}")

    assert rules_of(tmp_path, {EN: text(body=body), YML: facts}) == (["minutes-differ"] if named else [])


def test_minutes_wait_until_every_marked_place_is_filled_in(tmp_path):
    long = {EN: text(body="\n".join(["word " * 100] * 180))}
    assert rules_of(tmp_path / "filled", long) == ["minutes-differ"]

    facts = FACTS.format(id="rinsing") + "status: draft\n"
    open_place = {ES: text("es", body="[[Diga más.]]"), YML: facts}
    write(tmp_path / "open", project(long, open_place))
    seen = library.examine(tmp_path / "open/modules").seen

    assert list(reading_time.problems(seen.modules["rinsing"], seen)) == []


def test_questions_worksheets_and_figures_take_time_too(tmp_path):
    body = "/// worksheet | Mine\nWrite.\n///\n\n/// example | Ours\n1 + 1 = 2\n///\n\n![Two tanks](figures/flow.svg)"
    shown = {**english(body + "\n\n" + numeric("answer: 2")), "modules/rinsing/figures/flow.svg": SVG}
    write(tmp_path, project(shown))
    read = library.read(tmp_path / "modules", tmp_path / "content")

    assert round(reading_time.minutes(read.modules["rinsing"].texts["en"]), 1) == Decimal("39.6")


@pytest.mark.parametrize(
    ("head", "columns"),
    [
        ("|  | Flow |", [2]),
        ("| Tank |  |", [9]),
        ("| Tank | &nbsp; |", [9]),
        ("| | |", [2, 4]),
        ("| Tank | Flow |", []),
        ("Tank | Flow", []),
        ("| `a|b` | Flow |", []),
        ("| a \\| b | `c` |", []),
    ],
)
def test_a_column_without_a_heading_is_named_where_it_begins(tmp_path, head, columns):
    found = problems(tmp_path, everywhere(f"{head}\n| --- | ---: |\n| First | 12 |"))

    named = [(problem.rule, problem.path, problem.line, problem.column) for problem in found]
    assert named == [("table-heading-empty", path, 11, column) for path in (EN, ES, FR) for column in columns]


def test_a_table_in_a_box_or_a_question_has_headings_too(tmp_path):
    table = "| Tank |  |\n| --- | --- |\n| First | 12 |"
    box = f"/// worksheet | Mine\n{table}\n///"
    question = asked("x A drip board", "A long pump").replace("- [x]", f"{table}\n\n- [x]", 1)

    assert [str(found) for found in problems(tmp_path, english(box))] == [
        f"{EN}:12:9: column 2 of the table has no heading. "
        "Say above it what it holds; for the first column, what its rows are."
    ]
    assert rules_of(tmp_path, english(question)) == ["table-heading-empty"]
