"""`greensupply new module`: what it writes, what it asks, what it refuses."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest
from builders import FACTS, PATHWAYS, ROOT, project, write
from greensupply import blocks, library, prose, source_text
from greensupply.cli import authors, main
from greensupply.locales import LOCALES
from greensupply.model import Callout, QuestionType

MARKED = ": not filled in yet: `"
EVERYTHING = {
    "--audience": "trainer, manager",
    "--level": "advanced",
    "--minutes": "90",
    "--topics": "water,energy",
    "--title-en": "Water: less of it",
    "--title-es": "Agua: gaste menos",
    "--title-fr": "L’eau\u00a0: moins",
}


@pytest.fixture
def hub(tmp_path, monkeypatch):
    write(tmp_path, project())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    return tmp_path


def new(identifier: str = "water", options: dict[str, str] | None = None) -> int:
    return main(["new", "module", identifier, *[part for pair in (options or {}).items() for part in pair]])


def problems(hub: Path) -> list[str]:
    """What the check says, warnings of drafts among it."""
    found = library.examine(hub / "modules", hub / "content")
    return [str(problem) for problem in (*found.problems, *found.warnings)]


def fill(hub: Path, identifier: str = "water") -> None:
    """Put words of no meaning, each other than the rest, into every marked place."""
    for file in (hub / "modules" / identifier).iterdir():
        places = iter(range(1000))
        text = re.sub(r"\[\[.*?\]\](?!\()", lambda _, n=places: f"filled {next(n)}", file.read_text(encoding="utf-8"))
        file.write_text(text.replace("`filled 0`", "``"), encoding="utf-8")


def test_the_check_names_each_marked_place_with_its_line_and_nothing_else(hub):
    assert new() == 0

    found = problems(hub)
    written = {
        f"modules/water/{file.name}:{number}:{place.start() + 1}"
        for file in (hub / "modules/water").iterdir()
        for number, line in enumerate(file.read_text(encoding="utf-8").split("\n"), 1)
        for place in re.finditer(r"\[\[(?!…)", line)
    }
    assert {problem.split(MARKED)[0] for problem in found if MARKED in problem} == written
    assert [problem for problem in found if MARKED not in problem] == []
    assert len(found) == len(written) > 200


def test_a_filled_in_module_passes_the_check_and_stands_in_the_library(hub):
    assert new(options=EVERYTHING) == 0
    fill(hub)

    assert problems(hub) == []
    made = library.read(hub / "modules", hub / "content").modules["water"]
    assert made.facts.audience == ("trainer", "manager")
    assert (made.facts.level, made.facts.minutes, made.facts.topics) == ("advanced", 90, ("water", "energy"))
    assert [made.texts[locale].facts.title for locale in LOCALES] == [
        EVERYTHING[f"--title-{locale}"] for locale in LOCALES
    ]


def test_each_language_has_one_question_of_each_type_and_each_box_once(hub):
    new()
    fill(hub)

    for text in library.read(hub / "modules").modules["water"].texts.values():
        assert sorted(question.type for question in text.questions) == sorted(QuestionType)
        assert sorted(block.kind for block in text.blocks if isinstance(block, Callout)) == sorted(blocks.CALLOUTS)
        assert all(question.hint for question in text.questions)


def test_a_new_module_is_a_draft_and_the_command_says_how_it_becomes_ready(hub, capsys):
    assert new() == 0

    said = capsys.readouterr().out
    steps = [
        said.index(words)
        for words in (
            "Fill in each place",
            ".venv/bin/greensupply check modules/water\n",
            "make serve MODULE=water",
            ".venv/bin/greensupply translated es water\n",
            ".venv/bin/greensupply translated fr water\n",
            "status: ready",
            "Add the",
            "in the preview, and on the site once it is merged",
        )
    ]
    assert steps == sorted(steps)
    assert library.examine(hub / "modules").library.modules["water"].draft


def test_what_somebody_said_is_not_marked_and_what_was_assumed_is(hub):
    new("said", {"--minutes": "30"})

    text = (hub / "modules/said/module.yml").read_text(encoding="utf-8")
    assert "minutes: 30  # time of one person who reads online, questions included\n" in text
    assert "level: introductory  # [[assumed; confirm or change: introductory, intermediate, advanced]]\n" in text
    assert text.startswith("# yaml-language-server: $schema=../../schemas/module.json\n")


def test_a_word_that_yaml_reads_as_something_else_stays_the_word(hub):
    new("no", {"--topics": "010,true", "--title-en": '{"a": b} # "c"', "--title-es": "- [x]\u2028", "--title-fr": "'"})
    fill(hub, "no")

    assert problems(hub) == []
    made = library.read(hub / "modules").modules["no"]
    assert made.facts.topics == ("010", "true")
    assert made.texts["en"].facts.title == '{"a": b} # "c"'


def test_pathways_are_left_alone_and_what_to_add_is_said(hub, capsys):
    assert new(options={"--audience": "supplier"}) == 0

    said = capsys.readouterr().out
    assert (hub / "modules/pathways.yml").read_text(encoding="utf-8") == PATHWAYS
    assert "     supplier: `modules: [rinsing, water]`\n" in said
    assert "     - {module: water, processes: all}\n" in said


REFUSED = {
    "Water": (
        "modules/Water: `id` is `Water`, which has not the right form. "
        "Write small letters a to z, digits and single hyphens, such as `water-efficiency`.\n"
    ),
    "water_use": (
        "modules/water_use: `id` is `water_use`, which has not the right form. "
        "Write small letters a to z, digits and single hyphens, such as `water-efficiency`.\n"
    ),
    "../water": (
        "modules/../water: `id` is `../water`, which has not the right form. "
        "Write small letters a to z, digits and single hyphens, such as `water-efficiency`.\n"
    ),
    "con": "modules/con: `id` is a device name on Windows. Choose another name.\n",
    "lpt1": "modules/lpt1: `id` is a device name on Windows. Choose another name.\n",
    "rinsing": "modules/rinsing: `rinsing` exists already. Choose another id, or edit what is there.\n",
    "energy": "modules/energy: `Energy` exists already, which differs by capitals only. Choose another id.\n",
}


@pytest.mark.parametrize(("identifier", "message"), REFUSED.items())
def test_an_id_that_cannot_be_is_refused_in_words_and_nothing_is_written(hub, capsys, identifier, message):
    write(hub, {"modules/Energy/en.md": ""})
    before = sorted(hub.rglob("*"))

    assert new(identifier) == 2

    assert capsys.readouterr().err == message
    assert sorted(hub.rglob("*")) == before


def test_every_wrong_option_is_told_at_once_with_the_id(hub, capsys):
    wrong = {"--audience": "boss", "--minutes": "an hour", "--topics": "Water", "--title-fr": "x" * 121}

    assert new("con", {**wrong, "--level": "easy"}) == 2

    assert capsys.readouterr().err == (
        "modules/con: `id` is a device name on Windows. Choose another name.\n"
        "--audience: `audience.1` is `boss`. Write one of 'supplier', 'trainer' or 'manager'.\n"
        "--level: `level` is `easy`. Write one of 'introductory', 'intermediate' or 'advanced'.\n"
        "--minutes: `minutes` is `an hour`, which is not a whole number. Write it in digits, such as 45.\n"
        "--topics: `topics.1` is `Water`, which has not the right form. "
        "Write small letters a to z, digits and single hyphens, such as `water-efficiency`.\n"
        f"--title-fr: `title` is `{'x' * 60}…`: at most 120 characters are allowed. "
        "It is: title of the module, at most 120 characters.\n"
    )
    assert not (hub / "modules/con").exists()


def test_a_title_that_is_no_text_is_refused(hub, capsys):
    assert new(options={"--title-en": "caf\udce9"}) == 2
    assert capsys.readouterr().err == "--title-en: holds a character that is not text. Type it anew.\n"

    assert new("caf\udce9") == 2
    assert capsys.readouterr().err.startswith("modules/caf\\udce9: `id` is ")


@pytest.mark.parametrize("stop", [OSError(28, "No space left on device"), KeyboardInterrupt()], ids=["full", "stopped"])
def test_nothing_half_written_remains_after_a_failure(hub, capsys, monkeypatch, stop):
    written = Path.write_text

    def fails_at_last(file, *args, **kwargs):
        if file.name == "fr.md":
            raise stop
        return written(file, *args, **kwargs)

    monkeypatch.setattr(Path, "write_text", fails_at_last)
    before = sorted(hub.rglob("*"))

    assert new() in (1, 130)

    assert sorted(hub.rglob("*")) == before
    assert capsys.readouterr().err in (
        "Stopped.\n",
        "modules/water: cannot be written (No space left on device). "
        "Nothing was written. Look whether you may write there, and whether the disk is full.\n",
    )


def test_a_run_that_was_killed_is_passed_over_by_the_check_and_does_not_stop_the_next(hub):
    write(hub, {"modules/.water.new/en.md": "half"})
    assert problems(hub) == []

    assert new() == 0
    assert not (hub / "modules/.water.new").exists()
    assert sorted(file.name for file in (hub / "modules/water").iterdir()) == ["en.md", "es.md", "fr.md", "module.yml"]


def test_a_folder_that_is_not_there_and_a_hub_that_cannot_be_read_are_said_in_words(hub, capsys):
    assert new(options={"--modules": "nowhere"}) == 2
    assert capsys.readouterr().err.startswith("nowhere: no such folder. ")

    write(hub, {"modules/sources.yml": "sources: {}\nfacts: {}\n"})
    assert new() == 1
    assert "modules/sources.yml:1: holds no fact, and a module must name at least one." in capsys.readouterr().err
    assert not (hub / "modules/water").exists()


def test_a_folder_that_cannot_be_listed_is_said_in_words(hub, capsys, monkeypatch):
    def closed(folder):
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", closed)

    assert new() == 1
    assert capsys.readouterr().err == (
        "modules: cannot be read (Permission denied). Look whether you may read there.\n"
    )


class Terminal(io.StringIO):
    """Stands for a person who types."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_what_is_missing_is_asked_and_a_wrong_answer_asked_again(hub, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", Terminal("boss\ntrainer\n\n2\n60\nwater, energy\nWater\n\nEau\n"))

    assert new(options={"--level": "advanced"}) == 0

    said = capsys.readouterr().out
    assert said.count("Who it is for: supplier, trainer, manager; several with commas [supplier]: ") == 2
    assert "`audience.1` is `boss`. Write one of 'supplier', 'trainer' or 'manager'.\n" in said
    assert "advanced [" not in said, "what was given is not asked"
    facts = (hub / "modules/water/module.yml").read_text(encoding="utf-8")
    assert "audience: [trainer]  # supplier" in facts
    assert "minutes: 45  # time" in facts, "an empty line takes what is offered"
    assert "[[assumed" not in facts


def test_when_the_terminal_closes_the_rest_is_assumed_and_marked(hub, monkeypatch):
    monkeypatch.setattr("sys.stdin", Terminal("trainer\n"))

    assert new() == 0

    facts = (hub / "modules/water/module.yml").read_text(encoding="utf-8")
    assert "audience: [trainer]  # supplier" in facts
    assert "level: introductory  # [[assumed" in facts


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a [[b]] [[c", [(1, 3, "b"), (1, 9, "c")]),
        ("---\ntitle: x  # [[d]]\n---\n", [(2, 13, "d")]),
        ("a [[1]](#note), ![b](c.svg) and [x [y]](z.md)", []),
        ("`[[a]]`\n\n```\n[[b]]\n```\n\n\\[\\[c]]", []),
        ("[[[[a", []),
        ("[[" + "x" * 70 + "]", [(1, 1, "x" * 60 + "…")]),
    ],
)
def test_a_marker_is_found_where_it_stands_and_code_and_links_are_not_markers(text, places):
    found = [(problem.line, problem.column, problem.what) for problem in prose.unfilled(text, "en.md")]

    assert found == [(line, column, f"not filled in yet: `{words}`.") for line, column, words in places]


def test_one_marker_in_a_finished_module_is_one_problem(hub):
    write(
        hub, {"modules/rinsing/module.yml": FACTS.format(id="rinsing").replace("minutes: 45", "minutes: 45  # [[?]]")}
    )

    assert problems(hub) == [
        "modules/rinsing/module.yml:5:16: not filled in yet: `?`. "
        "Put your own words here and delete the signs `[[` and `]]`."
    ]


def test_the_french_template_is_canadian_in_its_spaces_and_the_spanish_one_opens_its_questions():
    french = (ROOT / "hooks/greensupply/new_module/templates/fr.md").read_text(encoding="utf-8")
    words = "\n".join(re.findall(r"^#.*|\[\[.*\]\]", re.sub(r"`[^`]*`", "", french), re.MULTILINE))
    assert not re.search(r"\S ?:", words.replace("\u00a0:", "")), "a no-break space before a colon"
    assert not re.search(r"\s[;!?]", words), "none before these"
    assert "'" not in words

    spanish = (ROOT / "hooks/greensupply/new_module/templates/es.md").read_text(encoding="utf-8")
    assert spanish.count("?") == spanish.count("¿") > 2


def test_the_three_templates_have_the_same_shape():
    def shape(locale: str) -> list[str]:
        text = (ROOT / f"hooks/greensupply/new_module/templates/{locale}.md").read_text(encoding="utf-8")
        return [
            re.sub(r"\[\[.*?\]\](?!\()|^#.*|True|False|Verdadero|Falso|Vrai|Faux", "", line)
            for line in text.split("\n")
        ]

    assert shape("es") == shape("en")
    assert [line.replace(".fr.", ".en.") for line in shape("fr")] == shape("en")


def test_a_new_module_fits_this_hub(tmp_path, monkeypatch, capsys):
    for folder in ("modules", "content"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO())

    assert new("compressed-air", EVERYTHING) == 0
    fill(tmp_path, "compressed-air")
    capsys.readouterr()

    assert main(["check"]) == 0, capsys.readouterr().err


def test_the_help_names_every_question_that_is_asked():
    assert set(authors._HELP) == set(authors.new_module.ASKED)
    assert source_text.split((ROOT / "hooks/greensupply/new_module/templates/en.md").read_text("utf-8"), "en.md")
