"""`greensupply check`: what it is asked for, in which language it answers, and what programs read of it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest
from builders import FACTS, PATHWAYS, ROOT, module, project, text, write
from greensupply import cli, source_text
from greensupply.cli import check, language, main, reports
from greensupply.cli.reports import Found
from greensupply.errors import GreenSupplyError, Problem
from greensupply.locales import LOCALES
from greensupply.yaml_text import loading, quick

HEADING = "# Rinsing again\n\nParts are wet."
RULE = "first-level-heading"
BROKEN = {"modules/rinsing/en.md": text(body=HEADING)}
PAGE = {"content/fr/index.md": "---\ntitle: Un\n---\nBienvenue.\n"}
SETTINGS = "edit_uri: !ENV [GREENSUPPLY_TEST_EDIT, 'https://code.example/hub/edit/main/content/']\n"
SAID = {
    "en": "a heading of the first level, `# Rinsing again`. Begin at `##`; the page's title is `title` above.",
    "es": "un encabezado de primer nivel, `# Rinsing again`. Empiece con `##`; el título de la página es `title`, arriba.",
    "fr": "un titre de premier niveau, `# Rinsing again`. Commencez par `##`; le titre de la page est `title`, plus haut.",
}


@pytest.fixture
def hub(tmp_path, monkeypatch):
    """The smallest hub, in which the command runs. Its texts are English in every language, so none is linted."""
    write(tmp_path, project())
    monkeypatch.setattr(check.lint, "problems", lambda module, hub: iter(()))
    monkeypatch.chdir(tmp_path)
    for name in language._VARIABLES:
        monkeypatch.delenv(name, raising=False)
    return tmp_path


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and error output of the check."""
    capsys.readouterr()
    code = main(["check", *arguments])
    said = capsys.readouterr()
    return code, said.out, said.err


def files(capsys, *arguments: str) -> list[str]:
    """Files of which the check has something to say."""
    _, out, _ = run(capsys, "--format", "json", *arguments)
    return list(dict.fromkeys(problem["path"] for problem in json.loads(out)["problems"]))


def test_a_hub_without_problems_is_counted(hub, capsys):
    assert run(capsys) == (0, "Modules: 1. Problems: 0.\n", "")


def test_problems_of_one_line_stand_from_left_to_right():
    right, left = Problem("a.md", 2, "a", "Mend it.", column=9), Problem("a.md", 2, "z", "Mend it.", column=3)
    assert GreenSupplyError([right, left]).problems == (left, right)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_problem_is_said_in_the_language_that_is_asked_for_with_its_place_and_rule(hub, capsys, locale):
    write(hub, BROKEN)

    code, out, err = run(capsys, "--lang", locale)

    level, count = {
        "en": ("error", "Problems: 1."),
        "es": ("error", "Problemas: 1."),
        "fr": ("erreur\u00a0", "Problèmes\u00a0: 1."),
    }[locale]
    assert (code, out) == (1, "")
    first, *rest = err.splitlines()
    assert first == f"modules/rinsing/en.md:11:1: {level}: {SAID[locale]} [{RULE}]"
    assert rest[-1].startswith(count)


@pytest.mark.parametrize(
    ("environment", "locale"),
    [
        ({}, "en"),
        ({"LANG": "es_MX.UTF-8"}, "es"),
        ({"LANG": "es_MX.UTF-8", "LC_ALL": "fr_CA"}, "fr"),
        ({"LANG": "es", "LC_MESSAGES": "fr-FR.UTF-8", "LC_ALL": ""}, "fr"),
        ({"LC_ALL": "C.UTF-8", "LANG": "es_MX.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
    ],
)
def test_without_a_word_the_language_is_that_of_the_environment(environment, locale):
    assert language.spoken(environment) == locale


def test_the_environment_is_asked_when_the_command_runs(hub, capsys, monkeypatch):
    monkeypatch.setenv("LC_ALL", "fr_CA.UTF-8")

    assert run(capsys)[1] == "Modules\u00a0: 1. Problèmes\u00a0: 0.\n"


DRYING = module("drying", en=text(body=HEADING), fr=text("fr", body=HEADING))


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        ([], ["content/fr/index.md", "modules/drying/en.md", "modules/drying/fr.md", "modules/rinsing/en.md"]),
        (["."], ["content/fr/index.md", "modules/drying/en.md", "modules/drying/fr.md", "modules/rinsing/en.md"]),
        (["modules"], ["modules/drying/en.md", "modules/drying/fr.md", "modules/rinsing/en.md"]),
        (["modules/drying"], ["modules/drying/en.md", "modules/drying/fr.md"]),
        (["modules/drying/"], ["modules/drying/en.md", "modules/drying/fr.md"]),
        (["./modules/drying/fr.md"], ["modules/drying/fr.md"]),
        (["modules/drying/es.md"], []),
        (["content"], ["content/fr/index.md"]),
        (["content/fr", "modules/rinsing/en.md"], ["content/fr/index.md", "modules/rinsing/en.md"]),
        (["content/en"], []),
        (["modules/pathways.yml"], []),
    ],
)
def test_only_what_is_asked_for_is_shown(hub, capsys, paths, expected):
    write(hub, {**DRYING, **BROKEN, **PAGE})

    found = files(capsys, *paths)

    assert found == expected


def test_what_is_not_asked_for_does_not_fail_the_check(hub, capsys):
    write(hub, BROKEN)

    assert run(capsys, "modules/rinsing/fr.md")[:2] == (0, "Problems: 0.\n")
    assert run(capsys, "modules/rinsing")[0] == 1


def test_of_other_modules_no_text_is_read_but_a_section_that_is_linked_to(hub, capsys, monkeypatch):
    links = "[a](../drying/en.md#why-rinse) [b](../drying/en.md#nowhere) [c](../away/en.md)"
    write(hub, {**module("drying"), **module("baking"), "modules/rinsing/en.md": text(body=links)})
    write(hub, {"modules/pathways.yml": PATHWAYS.replace("[rinsing]", "[rinsing, baking, drying]")})
    read: list[str] = []
    reader = source_text.read
    monkeypatch.setattr(source_text, "read", lambda file, path, **more: read.append(path) or reader(file, path, **more))

    code, _, err = run(capsys, "modules/rinsing/en.md")

    errors = [line.partition(". ")[0] for line in err.splitlines() if ": error: " in line]
    assert code == 1
    assert errors == [
        "modules/rinsing/en.md:11:32: error: the link `../drying/en.md#nowhere` names no section `nowhere` of that page",
        "modules/rinsing/en.md:11:61: error: the link `../away/en.md` leads to no file",
    ]
    assert {path for path in read if "/drying/" in path} == {"modules/drying/module.yml", "modules/drying/en.md"}
    assert {path for path in read if "/baking/" in path} == {"modules/baking/module.yml"}
    assert [path for path in read if path.startswith("content")] == []


def test_a_pathway_and_a_prerequisite_are_compared_with_modules_that_are_not_asked_for(hub, capsys):
    facts = FACTS.format(id="rinsing").replace("prerequisites: []", "prerequisites: [drying, gone]")
    draft = {"modules/drying/module.yml": FACTS.format(id="drying") + "status: draft\n"}
    write(hub, {**module("drying"), **draft, "modules/rinsing/module.yml": facts})
    write(hub, {"modules/pathways.yml": PATHWAYS.replace("[rinsing]", "[rinsing, drying]")})

    assert run(capsys, "modules/pathways.yml")[0] == 1
    code, _, err = run(capsys, "modules/rinsing")

    assert code == 1
    assert "the prerequisite `drying` is a draft." in err
    assert "the prerequisite `gone` does not exist." in err
    assert "pathways.yml" not in err


WRONG_USE = {
    "no modules": (
        ["--modules", "nowhere"],
        "nowhere: no existe esa carpeta. Ejecute el comando donde está `mkdocs.yml`, o indíquela con --modules.\n",
    ),
    "no content": (
        ["--content", "nowhere"],
        "nowhere: no existe esa carpeta. Ejecute el comando donde está `mkdocs.yml`, o indíquela con --content.\n",
    ),
    "nothing there": (
        ["modules/rinsing/de.md", "modules/rinsing"],
        "modules/rinsing/de.md: no existe ese archivo ni esa carpeta. "
        "Indique un archivo o una carpeta, por ejemplo `modules/rinsing`.\n",
    ),
    "an id": (
        ["rinsing"],
        "rinsing: no existe ese archivo ni esa carpeta. ¿Quiso escribir `modules/rinsing`?\n",
    ),
    "outside, and another": (
        ["records", "modules/.water.new"],
        "records: no está dentro de `modules` / `content`. "
        "Indique un archivo o una carpeta, por ejemplo `modules/rinsing`.\n"
        "modules/.water.new: se omite, porque su nombre empieza con `.` o `_`. "
        "Cámbiele el nombre para que se revise.\n",
    ),
    "no text": (
        ["caf\udce9"],
        "caf\\udce9: no existe ese archivo ni esa carpeta. "
        "Indique un archivo o una carpeta, por ejemplo `modules/rinsing`.\n",
    ),
}


@pytest.mark.parametrize(("arguments", "words"), WRONG_USE.values(), ids=WRONG_USE)
def test_wrong_use_is_said_in_the_chosen_language(hub, capsys, arguments, words):
    write(hub, {"records/a.csv": "", "modules/.water.new/en.md": "half"})

    assert run(capsys, "--lang", "es", *arguments) == (2, "", words)
    assert run(capsys, "--lang", "es", "--format", "json", *arguments) == (2, "", words)


def test_a_folder_that_cannot_be_read_is_said_in_words(hub, capsys, monkeypatch):
    def closed(folder):
        raise PermissionError(13, "Permission denied", str(folder))

    monkeypatch.setattr(Path, "iterdir", closed)

    code, out, err = run(capsys)
    assert (code, out) == (1, "")
    assert err.endswith("modules: cannot be read (Permission denied). Look whether you may read there.\n")


def test_nothing_is_said_when_who_reads_has_gone():
    reading, writing = os.pipe()
    os.close(reading)
    command = [sys.executable, "-c", "from greensupply.cli import main; raise SystemExit(main())"]

    done = subprocess.run([*command, "explain", RULE], stdout=writing, stderr=subprocess.PIPE, check=False)

    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_json_holds_every_part_of_a_problem_and_nothing_else_is_printed(hub, capsys):
    write(hub, {**BROKEN, "mkdocs.yml": SETTINGS})

    code, out, err = run(capsys, "--format", "json", "--lang", "fr", "modules/rinsing/en.md")

    found = json.loads(out)
    what, how = SAID["fr"].split(". ", 1)
    assert (code, err) == (1, "")
    assert found["problems"][0] == {
        "path": "modules/rinsing/en.md",
        "line": 11,
        "column": 1,
        "level": "error",
        "rule": RULE,
        "what": f"{what}.",
        "how": how,
        "page": f"https://code.example/hub/blob/main/docs/rules/fr/{RULE}.md",
    }
    levels = [problem["level"] for problem in found["problems"]]
    assert found["counts"] == {"errors": levels.count("error"), "warnings": levels.count("warning")}


def test_the_output_for_programs_is_the_same_twice_and_empty_without_problems(hub, capsys):
    assert json.loads(run(capsys, "--format", "json")[1]) == {"problems": [], "counts": {"errors": 0, "warnings": 0}}
    write(hub, {**DRYING, **BROKEN, **PAGE})

    for form in reports_of_programs():
        assert run(capsys, "--format", form) == run(capsys, "--format", form)


def reports_of_programs() -> tuple[str, ...]:
    return tuple(form for form in check.FORMATS if form != "text")


def test_a_code_host_is_told_by_workflow_commands(hub, capsys):
    write(hub, BROKEN)

    code, out, err = run(capsys, "--format", "github", "modules/rinsing/en.md")

    assert (code, err) == (1, "")
    assert out.splitlines()[0] == (f"::error file=modules/rinsing/en.md,line=11,col=1,title={RULE}::" + SAID["en"])


def test_signs_that_mean_something_in_a_workflow_command_are_written_otherwise():
    found = Found(Problem("modules/a,b:c/100%.md", 4, "50%\nis: a, b.", "Mend\rit.", rule=""), "warning")

    assert list(reports.as_commands([found], "en")) == [
        "::warning file=modules/a%2Cb%3Ac/100%25.md,line=4::50%25%0Ais: a, b. Mend%0Dit."
    ]


def test_what_an_author_wrote_cannot_steer_the_terminal_nor_begin_a_line():
    found = Found(Problem("modules/x/en.md", 4, "holds `\x1b[2J\n\u202e::error::`.", "Delete it."), "error")

    assert reports.line(found, "en") == "modules/x/en.md:4: error: holds `\\x1b[2J\\n\\u202e::error::`. Delete it."


# The members that SARIF 2.1.0 requires or restricts, of those that are written here. Source: its schema, by OASIS.
TEXT = {"type": "object", "required": ["text"], "properties": {"text": {"type": "string", "minLength": 1}}}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
TAG = {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"}


def shape(required: str, **properties: object) -> dict[str, object]:
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def rows(items: object) -> dict[str, object]:
    return {"type": "array", "items": items}


REGION = shape("startLine", startLine={"type": "integer", "minimum": 1}, startColumn={"type": "integer", "minimum": 1})
ARTIFACT = shape("uri", uri={"type": "string", "format": "uri-reference"}, uriBaseId={"type": "string"})
PHYSICAL = shape("artifactLocation", artifactLocation=ARTIFACT, region=REGION)
RESULT = shape(
    "message",
    ruleId={"type": "string"},
    ruleIndex={"type": "integer", "minimum": 0},
    level=LEVEL,
    message=TEXT,
    locations=rows(shape("physicalLocation", physicalLocation=PHYSICAL)),
)
DESCRIPTOR = shape(
    "id",
    id={"type": "string"},
    shortDescription=TEXT,
    fullDescription=TEXT,
    help=TEXT,
    helpUri={"type": "string", "format": "uri", "pattern": "^https?://"},
    defaultConfiguration=shape("level", level=LEVEL),
)
DRIVER = shape("name", name={"const": "greensupply"}, language=TAG, rules={**rows(DESCRIPTOR), "uniqueItems": True})
RUN = shape(
    "tool results",
    tool=shape("driver", driver=DRIVER),
    language=TAG,
    columnKind={"const": "unicodeCodePoints"},
    results=rows(RESULT),
)
LOG = shape("version runs", **{"$schema": {"type": "string"}, "version": {"const": "2.1.0"}, "runs": rows(RUN)})


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("settings", [SETTINGS, ""], ids=["code host", "no code host"])
def test_sarif_has_the_members_of_its_schema(hub, capsys, locale, settings):
    write(hub, {**BROKEN, **PAGE, "mkdocs.yml": settings})

    code, out, err = run(capsys, "--format", "sarif", "--lang", locale)

    log = json.loads(out)
    jsonschema.validate(log, LOG)
    (found,) = log["runs"]
    rules = found["tool"]["driver"]["rules"]
    assert (code, err) == (1, "")
    assert all(
        rules[result["ruleIndex"]]["id"] == result["ruleId"] for result in found["results"] if "ruleId" in result
    )
    (heading,) = [result for result in found["results"] if result.get("ruleId") == RULE]
    assert heading["message"]["text"] == SAID[locale]
    assert heading["locations"][0]["physicalLocation"]["region"] == {"startLine": 11, "startColumn": 1}
    (rule,) = [rule for rule in rules if rule["id"] == RULE]
    page = f"docs/rules/{locale}/{RULE}.md"
    assert rule.get("helpUri") == (f"https://code.example/hub/blob/main/{page}" if settings else None)
    assert page in rule["help"]["text"]


def test_a_name_in_sarif_is_an_address():
    found = Found(Problem("modules/año 1/100%.md", 4, "what.", "How."), "error")

    log = json.loads(reports.as_sarif([found], reports.Speech("en", "docs/rules")))

    place = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "modules/a%C3%B1o%201/100%25.md"
    jsonschema.validate(log, LOG)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ("edit_uri: https://code.example/hub/edit/main/content/\n", "https://code.example/hub/blob/main/docs/rules"),
        ("edit_uri: https://lab.example/a/-/edit/main/content\n", "https://lab.example/a/-/blob/main/docs/rules"),
        ("repo_url: https://code.example/hub\n", "https://code.example/hub/blob/main/docs/rules"),
        (
            "repo_url: https://code.example/hub/\nedit_uri: src/default/content/\n",
            "https://code.example/hub/src/default/docs/rules",
        ),
        ("site_name: x\nmarkdown_extensions:\n- a: !!python/name:b.c\n", "docs/rules"),
        ("edit_uri: ''\n", "docs/rules"),
        ("edit_uri: [\n", "docs/rules"),
        ("- a list\n", "docs/rules"),
        (SETTINGS, "https://code.example/hub/blob/main/docs/rules"),
    ],
)
def test_the_pages_of_the_rules_stand_where_the_project_says_its_files_are(tmp_path, settings, expected):
    write(tmp_path, {"mkdocs.yml": settings})

    assert language.pages(tmp_path) == expected


def test_an_address_from_the_environment_comes_first(tmp_path, monkeypatch):
    write(tmp_path, {"mkdocs.yml": SETTINGS})
    monkeypatch.setenv("GREENSUPPLY_TEST_EDIT", "https://other.example/x/edit/trunk/content/")

    assert language.pages(tmp_path) == "https://other.example/x/blob/trunk/docs/rules"
    assert language.pages(tmp_path / "nowhere") == "docs/rules"
    assert language.pages(ROOT).startswith("https://"), "the project's own settings are read"


def test_a_good_module_is_linted_while_another_is_broken(hub, capsys, monkeypatch):
    seen: list[tuple[str, list[str]]] = []

    def lint(found, hub):
        seen.append((found.id, sorted(found.texts)))
        yield Problem(found.path, 2, "looks odd.", "Look at it.")

    monkeypatch.setattr(check.lint, "problems", lint)
    torn = text("es", question="/// question | Open\n")
    facts = FACTS.format(id="wetting") + "status: draft\n"
    write(
        hub, {**module("drying", module="id: drying\n"), **module("baking", es=torn), **module("wetting", module=facts)}
    )

    code, _, err = run(capsys)

    assert code == 1
    assert sorted(seen) == [
        ("baking", ["en", "fr"]),
        ("rinsing", ["en", "es", "fr"]),
        ("wetting", ["en", "es", "fr"]),
    ]
    assert "modules/rinsing/module.yml:2: error: looks odd. Look at it.\n" in err
    assert "modules/wetting/module.yml:2: warning: looks odd. Look at it.\n" in err, "a draft is not held up"
    assert "modules/drying/module.yml:2: " not in err

    seen.clear()
    run(capsys, "modules/rinsing/fr.md")
    assert [name for name, _ in seen] == ["rinsing"]


def test_each_command_is_registered_by_the_part_that_is_loaded_for_it():
    for command in cli.PARTS:
        with pytest.raises(SystemExit) as stopped:
            main([command, "--help"])
        assert stopped.value.code == 0
    assert {
        file.stem for file in (ROOT / "hooks/greensupply/cli").glob("*.py") if "\ndef register(" in file.read_text()
    } == set(cli.PARTS.values())


def test_the_help_of_the_whole_names_every_command(capsys):
    with pytest.raises(SystemExit):
        main(["--help"])

    said = capsys.readouterr().out
    assert f"{{{','.join(cli.PARTS)}}}" in "".join(said.split())


def test_the_modules_and_pages_of_this_hub_pass_every_rule_warnings_too(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)

    code, out, err = run(capsys, "--format", "json")

    assert json.loads(out)["problems"] == []
    assert (code, err) == (0, "")


def test_one_module_of_this_hub_is_checked_without_reading_the_texts_of_the_others(tmp_path, monkeypatch, capsys):
    for folder in ("modules", "content"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    others = [file for file in tmp_path.glob("modules/*/*.md") if file.parent.name != "p2-into-lean"]
    for file in others:
        file.write_bytes(b"\xff")
    monkeypatch.chdir(tmp_path)

    assert run(capsys, "modules/p2-into-lean")[0] == 0
    code, _, err = run(capsys)

    assert code == 1
    assert all(f"{file.relative_to(tmp_path).as_posix()}:" in err for file in others), "they would be told of"


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("sign", ["\x07", "\x1b"])
def test_a_control_character_in_yaml_is_named(sign, large):
    text = "a: 1\n" + "# long\n" * (5_000 if large else 0) + f"b: x{sign}\n"

    with pytest.raises(GreenSupplyError, match=rf":5?\d*: holds the character U\+00{ord(sign):02X}\. Delete it\."):
        loading.load(text, "x.yml", max_bytes=100_000)


@pytest.mark.parametrize("name", ["sources", "terms"])
def test_a_large_file_is_read_alike_with_and_without_the_quick_reading(name, monkeypatch):
    text = (ROOT / f"modules/{name}.yml").read_text(encoding="utf-8")

    value, places = quick.load(text, 1)
    monkeypatch.setattr(quick, "load", lambda *_: None)

    assert loading.load(text, name, max_bytes=1_000_000) == loading.Document(value, places)
