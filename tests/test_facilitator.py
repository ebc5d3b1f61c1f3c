"""Facilitator's notes: how they are read, that learners do not see them, and the page and plan made from them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from builders import project, text, write
from greensupply import blocks, facilitation, facilitator_page, freshness, library, session_plan
from greensupply.addresses import Site
from greensupply.cli import main
from greensupply.lint import reading_time
from greensupply.locales import LOCALES, words
from greensupply.model import FacilitatorNote

NOTE = """\
/// facilitator | Sort the bin
    minutes: 45
    activity: exercise
    materials: one bin; gloves

- Ask for a **guess** first.
///
"""
BODY = f"""\
/// facilitator
Bring the controller.
///

/// facilitator
    minutes: 15
    activity: talk

Why we are here.
///

{NOTE}
## After lunch

/// facilitator
    minutes: 30
    activity: break

Air the room.
///

/// facilitator
    minutes: 20
    activity: quiz
    materials: gloves

Vote first.
///
"""
PLACES = {"en": "modules/rinsing", "es": "es/modules/rinsing", "fr": "fr/modules/rinsing"}


def parsed(written: str) -> tuple[tuple[FacilitatorNote, ...], list[str]]:
    """The notes of a text, and the rules that it breaks with their line and column."""
    found, problems = blocks.parse(written, "en.md", 1)
    notes = tuple(block for block in found if isinstance(block, FacilitatorNote))
    return notes, [f"{problem.line}:{problem.column} {problem.rule}" for problem in problems]


def noted(body: str = BODY) -> dict[str, str]:
    """Files of a hub whose module has notes."""
    return {f"modules/rinsing/{locale}.md": text(locale, body=body) for locale in LOCALES}


def read(folder: Path, body: str = BODY) -> library.Library:
    write(folder, {**project(), **noted(body)})
    return library.read(folder / "modules", folder / "content")


def test_a_note_has_minutes_activity_materials_and_text_and_keeps_its_lines():
    (note,), problems = parsed(NOTE)

    assert problems == []
    assert (note.title, note.minutes, note.activity, note.materials) == (
        "Sort the bin",
        45,
        "exercise",
        ("one bin", "gloves"),
    )
    assert note.text.split("\n").index("- Ask for a **guess** first.") + note.line == 6
    assert [line for _, line in note.pieces()] == [1, 4, 2]


def test_a_note_without_options_is_advice_and_takes_no_time():
    (note,), problems = parsed("/// facilitator\nBring a bucket.\n///\n")

    assert (note.minutes, note.activity, note.materials, problems) == (0, "", (), [])


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ("    minutes: 1h\n    activity: talk", ["2:14 facilitator-minutes"]),
        ("    minutes: 0\n    activity: talk", ["2:14 facilitator-minutes"]),
        ("    minutes: 481\n    activity: talk", ["2:14 facilitator-minutes"]),
        ("    minutes:\n    activity: talk", ["2:13 facilitator-minutes"]),
        ("    minutes: 10\n    activity: lecture", ["3:15 facilitator-activity-unknown"]),
        ("    minutes: 10", ["2:14 facilitator-half-timed"]),
        ("    activity: talk", ["2:15 facilitator-half-timed"]),
        ("    minutes: 10\n    minutes: 12\n    activity: talk", ["3:5 facilitator-option-repeated"]),
        ("    minuts: 10", ["2:5 facilitator-option-unknown"]),
        ("minutes: 10", ["2:1 facilitator-option-margin"]),
        ("\tminutes: 10", ["2:2 facilitator-option-margin"]),
        ("    materials: a;; b", ["2:16 facilitator-materials-empty"]),
    ],
)
def test_a_wrong_option_is_said_at_its_place(options, found):
    assert parsed(f"/// facilitator\n{options}\n\nText.\n///\n")[1] == found


def test_every_wrong_option_of_a_note_is_said_at_once():
    _, problems = parsed("/// facilitator\n    minutes: x\n    activity: y\n    tools: z\n///\n")

    assert [problem.split()[1] for problem in problems] == [
        "facilitator-option-unknown",
        "facilitator-minutes",
        "facilitator-activity-unknown",
        "block-empty",
    ]


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        (NOTE.replace("45", "40"), "parity-facilitator-plan"),
        (NOTE.replace("exercise", "practice"), "parity-facilitator-plan"),
        (NOTE.replace("one bin; gloves", "one bin"), "parity-facilitator-materials"),
        ("", "parity-facilitator-count"),
        (f"{NOTE}\n{NOTE}", "parity-facilitator-count"),
    ],
)
def test_the_three_languages_have_the_same_notes(tmp_path, changed, rule):
    write(tmp_path, {**project(), **noted(NOTE), "modules/rinsing/fr.md": text("fr", body=changed)})

    found = library.examine(tmp_path / "modules", tmp_path / "content").problems

    assert [problem.rule for problem in found if problem.path.endswith("fr.md")] == [rule]


def test_a_note_in_another_section_is_said(tmp_path):
    there, here = f"{NOTE}\n## Two\n", f"## Deux\n\n{NOTE}"
    write(tmp_path, {**project(), **noted(there), "modules/rinsing/fr.md": text("fr", body=here)})

    found = library.examine(tmp_path / "modules", tmp_path / "content").problems

    assert [problem.rule for problem in found] == ["parity-facilitator-place"]


def test_the_plan_adds_up_and_counts_activity_without_breaks(tmp_path):
    plan = session_plan.plan(read(tmp_path).modules["rinsing"].texts["en"])

    assert [(part.place, part.section, part.start, part.end, part.active) for part in plan.parts] == [
        (2, "Why rinse", 0, 15, False),
        (3, "Why rinse", 15, 60, True),
        (4, "After lunch", 60, 90, False),
        (5, "After lunch", 90, 110, True),
    ]
    assert (plan.minutes, plan.working, plan.active) == (110, 80, 65)
    assert float(plan.share) == 65 / 80
    assert plan.materials == ("one bin", "gloves")


def test_the_activity_share_is_that_of_the_programmes_own_example():
    """EX-TTT-1: 240 min, of which pre-test 15, practice 75, debrief 30 and post-test 15 are active: 56.25%."""
    day = [
        (15, "talk"),
        (15, "quiz"),
        (45, "talk"),
        (30, "demonstration"),
        (75, "practice"),
        (30, "discussion"),
        (15, "quiz"),
        (15, "talk"),
    ]
    active = sum(minutes for minutes, activity in day if facilitation.ACTIVITIES[activity])

    assert (active, active / sum(minutes for minutes, _ in day)) == (135, 0.5625)


def test_learners_do_not_see_notes_and_the_search_does_not_know_them(build_site):
    site = build_site(noted())

    for locale, place in PLACES.items():
        learner = site.html(place)
        assert "Bring the controller" not in learner
        assert "gs-facilitator" not in learner
        assert f'<a href="facilitator/">{words(locale)["facilitator"]["edition"]}</a>' in learner
        page = site.html(f"{place}/facilitator")
        assert "Bring the controller" in page
        assert '<a href="../">' in page
        assert "Bring the controller" not in site.text(f"search/{locale}.js")
        assert f"{place}/facilitator" not in site.text(f"search/{locale}.js")
    assert site.warnings == ()


def test_the_page_shows_plan_notes_text_and_answers(build_site):
    page = build_site(noted()).html("fr/modules/rinsing/facilitator")
    bar = re.search(r"<svg class=\"gs-bar\".*?</svg>", page, re.DOTALL)[0]

    assert re.findall(r'<line class="gs-bar-(active|other|break)" x1="([\d.]+)%" x2="([\d.]+)%"', bar) == [
        ("other", "0.00", "13.64"),
        ("active", "13.64", "54.55"),
        ("break", "54.55", "81.82"),
        ("active", "81.82", "100.00"),
    ]
    assert re.findall(r"<td>(\d h \d\d)</td>", page.replace("\u00a0", " ")) == [
        "0 h 00",
        "0 h 15",
        "1 h 00",
        "1 h 30",
        "1 h 50",
    ]
    assert "1 h 5 min sur 1 h 20 min" in page.replace("\u00a0", " ")
    assert "81\u00a0%" in page
    assert "0 h 15–1 h 00 · 45 min · Exercice" in page.replace("\u00a0", " ")
    assert "<strong>guess</strong>" in page
    assert '<li class="gs-key-right"><p><strong>Bonne réponse' in page
    assert "Moins d’eau et moins d’entraînement." in page
    assert "quiz-question" not in page
    assert re.findall(r'<h2 id="([^"]+)"', page)[:2] == ["plan-de-la-séance", "à-apporter"]


def test_a_module_without_notes_has_a_page_that_says_so(build_site):
    page = build_site().html("modules/rinsing/facilitator")

    assert words("en")["facilitator"]["none"] in page.replace("&#39;", "’")
    assert "gs-bar" not in page
    assert "gs-key-right" in page


def test_a_page_in_english_for_want_of_a_translation_says_so_and_marks_its_language(build_site):
    page = build_site({**noted(), "modules/rinsing/es.md": None}).html("es/modules/rinsing/facilitator")

    assert f'<p class="untranslated">{words("es")["page"]["untranslated"]}</p>' in page
    assert '<span class="gs-facilitator-module" lang="en">Rinsing</span>' in page
    assert '<a href="#note-3" lang="en">Sort the bin</a>' in page
    assert re.search(r'<div lang="en">\s*<ul>\s*<li>Ask for a <strong>guess</strong>', page)
    assert '<p class="gs-facilitator-time">0:15–1:00\u00a0· 45\u00a0min\u00a0· Ejercicio</p>' in page


def test_notes_do_not_count_as_study_time_and_make_no_anchor(tmp_path):
    with_notes = read(tmp_path / "a", f"{NOTE}\n/// facilitator\n{'Word. ' * 400}\n///").modules["rinsing"].texts["en"]
    without = read(tmp_path / "b", "").modules["rinsing"].texts["en"]

    assert reading_time.minutes(with_notes) == reading_time.minutes(without)


def test_a_changed_note_makes_its_section_another_one(tmp_path):
    def marks(folder: Path, body: str) -> list[str]:
        return [
            section.fingerprint for section in freshness.sections(read(folder, body).modules["rinsing"].texts["en"])
        ]

    before, after = marks(tmp_path / "a", NOTE), marks(tmp_path / "b", NOTE.replace("45", "50"))

    assert before[0] == after[0]
    assert before[1] != after[1]


@pytest.mark.parametrize("form", ["xliff", "po"])
def test_notes_go_out_to_translators_and_come_back(tmp_path, monkeypatch, capsys, form):
    write(tmp_path, {**project(), **noted(NOTE)})
    monkeypatch.chdir(tmp_path)
    before = (tmp_path / "modules/rinsing/fr.md").read_text(encoding="utf-8")

    assert main(["export", "rinsing", "--locale", "fr", "--format", form]) == 0
    file = next(tmp_path.glob("rinsing.fr.*"))
    out = file.read_text(encoding="utf-8")
    assert "one bin" in out
    assert "gloves" in out
    assert "Sort the bin" in out
    assert "exercise" not in out
    assert main(["import", file.name]) == 0
    capsys.readouterr()
    after = (tmp_path / "modules/rinsing/fr.md").read_text(encoding="utf-8")
    assert NOTE in before
    assert NOTE in after


@pytest.mark.parametrize("form", ["scorm12", "scorm2004", "cmi5"])
def test_packages_hold_no_note(tmp_path, monkeypatch, form):
    write(tmp_path, {**project(), **noted()})
    monkeypatch.chdir(tmp_path)
    asked = ["package", "rinsing", "--format", form, "--locale", "all", "--site-url", "https://hub.example/"]
    assert main(asked) == 0

    held = ""
    for file in tmp_path.rglob("*.zip"):
        with zipfile.ZipFile(file) as archive:
            held += "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert "Choose a rinse." in held
    assert "Bring the controller" not in held


def test_materials_and_titles_may_hold_markdown_and_nothing_that_is_not_allowed(tmp_path):
    shown = read(tmp_path, NOTE.replace("one bin", "one *big* bin"))

    page = facilitator_page.text(shown, "rinsing", "en", Site())

    assert "one <em>big</em> bin" in page
    _, problems = parsed(NOTE.replace("one bin", "<script>"))
    assert problems == []
    write(tmp_path, noted(NOTE.replace("one bin", "<script>alert(1)</script>")))
    found = library.examine(tmp_path / "modules", tmp_path / "content").problems
    assert {problem.path for problem in found} == {f"modules/rinsing/{locale}.md" for locale in LOCALES}
