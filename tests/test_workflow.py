"""What the code host reads: the workflow of pull requests, its problem matcher, forms, and owners by language."""

from __future__ import annotations

import json
import re
from fnmatch import fnmatch
from typing import Any

import pytest
import yaml
from builders import ROOT, project, text, write
from greensupply import rules
from greensupply.cli import main, reports
from greensupply.cli.reports import Found
from greensupply.errors import Problem
from greensupply.locales import LOCALES

HOST = ROOT / ".github"
YAML = sorted(file.relative_to(HOST).as_posix() for file in HOST.rglob("*.yml"))
FORMS = [name for name in YAML if name.startswith("ISSUE_TEMPLATE/") and not name.endswith("/config.yml")]
WORKFLOW = "workflows/pull-request.yml"
FIELDS = {"markdown", "textarea", "input", "dropdown", "checkboxes"}


def read(name: str) -> dict[Any, Any]:
    found = yaml.safe_load((HOST / name).read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def matched(line: str) -> dict[str, str | None] | None:
    """What the code host understands of a line of the log; None where it passes over it."""
    (matcher,) = json.loads((HOST / "problem-matcher.json").read_text(encoding="utf-8"))["problemMatcher"]
    (pattern,) = matcher["pattern"]
    found = re.search(pattern.pop("regexp"), line, re.ASCII)
    return {name: found[group] for name, group in pattern.items()} if found else None


def test_the_files_of_the_code_host_are_yaml():
    assert WORKFLOW in YAML
    assert len(FORMS) == 3
    assert all(read(name) for name in YAML)


def test_a_pull_request_runs_the_commands_of_the_readme():
    jobs = read(WORKFLOW)["jobs"]

    runs = [step["run"] for job in jobs.values() for step in job["steps"] if "make" in step.get("run", "")]
    assert runs == ["make check", "make site", "make test"]
    targets = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert {run.removeprefix("make ") for run in runs} <= set(targets)


def test_the_built_site_is_kept_and_problems_are_shown_at_their_lines_before_the_check():
    jobs = read(WORKFLOW)["jobs"]

    built = next(place for place, step in enumerate(jobs["site"]["steps"]) if step.get("run") == "make site")
    upload = jobs["site"]["steps"][built + 1]
    assert upload["uses"].startswith("actions/upload-artifact@")
    assert upload["with"]["path"] == "site/"

    commands = [step.get("run", "") for step in jobs["check"]["steps"]]
    name = re.fullmatch(r'echo "::add-matcher::(.+)"', commands[-2])
    assert name
    assert (ROOT / name[1]).is_file()
    assert commands[-1] == "make check"


def test_the_workflow_may_only_read_knows_no_secret_and_uses_versions_that_are_named():
    workflow = read(WORKFLOW)
    text = (HOST / WORKFLOW).read_text(encoding="utf-8")

    assert workflow["permissions"] == {"contents": "read"}
    assert [name for name, job in workflow["jobs"].items() if "permissions" in job] == []
    assert set(workflow[True]) == {"pull_request"}, "YAML reads `on` as true; never pull_request_target"
    assert not re.search(r"secrets|github\.(event|head_ref|token)|pull_request_target", text)
    uses = [step for job in workflow["jobs"].values() for step in job["steps"] if "uses" in step]
    assert [step["uses"] for step in uses if not re.fullmatch(r"actions/[a-z-]+@v\d+", step["uses"])] == []
    checkouts = [step for step in uses if step["uses"].startswith("actions/checkout@")]
    assert len(checkouts) == len(workflow["jobs"])
    assert all(step["with"]["persist-credentials"] is False for step in checkouts)
    assert all(job["timeout-minutes"] <= 60 for job in workflow["jobs"].values())


@pytest.mark.parametrize("column", [0, 5])
@pytest.mark.parametrize(
    "path", ["modules/ems/es.md", "mkdocs.yml", "content/en/a page.md", "modules/ems/figures/a.b.svg"]
)
def test_the_code_host_finds_path_line_column_and_words_of_a_problem(path, column):
    problem = Problem(path, 41, "the link `a:7: b` leads to no file.", "Correct the name [it].", column)
    expected = {
        "file": path,
        "line": "41",
        "column": str(column) if column else None,
        "severity": None,
        "message": "the link `a:7: b` leads to no file. Correct the name [it].",
        "code": None,
    }

    assert matched(str(problem)) == expected
    for level in ("error", "warning"):
        assert matched(reports.line(Found(problem, level), "en")) == {**expected, "severity": level}


def test_the_code_host_finds_the_rule_of_a_problem():
    problem = rules.problem("first-level-heading", "modules/ems/en.md", 41, 1, heading="# A [b-c]")

    found = matched(reports.line(Found(problem, "error"), "en"))

    assert found
    assert (found["code"], found["severity"]) == ("first-level-heading", "error")
    assert found["message"] == " ".join(rules.said(problem, "en"))
    assert matched("hooks/a.py:3: error: Missing return  [return-value]")["code"] == "return-value", "mypy's too"


def test_what_the_check_prints_is_annotated_line_by_line_warnings_as_warnings(tmp_path, monkeypatch, capsys):
    facts = project()["modules/rinsing/module.yml"].replace("id: rinsing", "id: drying") + "status: draft\n"
    unripe = {f"modules/drying/{locale}.md": text(locale, body="[[Open]]") for locale in LOCALES}
    broken = {"modules/rinsing/fr.md": text("fr", body="<b>")}
    write(tmp_path, project({"modules/drying/module.yml": facts}, unripe, broken))
    monkeypatch.chdir(tmp_path)

    assert main(["check", "--lang", "en"]) == 1

    found = [matched(line) for line in capsys.readouterr().err.splitlines()]
    places = [(said["file"], said["line"], said["severity"]) for said in found[:-1] if said]
    assert ("modules/rinsing/fr.md", "11", "error") in places
    assert {(f"modules/drying/{locale}.md", "11", "warning") for locale in LOCALES} <= set(places)
    assert len(places) == len(found) - 1
    assert all(said["code"] for said in found[:-1] if said)
    assert found[-1] is None, "the count is no problem of a line"


@pytest.mark.parametrize(
    "line",
    [
        "INFO    -  [12:30:41] Serving on http://127.0.0.1:8000/",
        "Modules: 3. Problems: 0.",
        "records/demo.csv: 10 records.",
        "  modules/ems/es.md:41: quoted in other output",
        ".venv/bin/greensupply check",
    ],
)
def test_other_lines_of_the_log_are_no_problems(line):
    assert matched(line) is None


@pytest.mark.parametrize("name", FORMS)
def test_each_form_asks_in_english_with_a_line_in_spanish_and_in_french(name):
    form = read(name)

    assert {"name", "description", "body"} <= set(form)
    assert all(field["type"] in FIELDS for field in form["body"])
    named = [field["id"] for field in form["body"] if field["type"] != "markdown"]
    assert len(named) == len(set(named)) >= 3
    assert all("attributes" in field for field in form["body"])
    assert any(field.get("validations", {}).get("required") for field in form["body"])
    lead = form["body"][0]["attributes"]["value"]
    assert "Puede escribir en español" in lead
    assert "Vous pouvez écrire en français" in lead


def test_the_list_of_a_pull_request_names_commands_and_files_that_exist():
    text = (HOST / "pull_request_template.md").read_text(encoding="utf-8")

    assert "español" in text
    assert "français" in text
    assert text.count("- [ ] ") >= 5
    assert (ROOT / "CONTRIBUTING.md").is_file()
    commands = set(re.findall(r"`greensupply ([a-z]+)", text))
    assert commands
    for command in commands:
        with pytest.raises(SystemExit) as stopped:
            main([command, "--help"])
        assert stopped.value.code == 0


def owners(path: str) -> str:
    """Owners of a file: those of the last line that fits it."""
    lines = (HOST / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    found = ""
    for line in lines:
        if line and not line.startswith("#"):
            pattern, _, names = line.partition(" ")
            pattern = pattern.removeprefix("/") + ("*" if pattern.endswith("/") else "")
            if fnmatch(path, pattern):
                found = names.strip()
    return found


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_said_in_a_language_belongs_to_those_who_read_it(locale):
    team = f"@greensupply/{locale}"

    for pattern in ("modules/*/{}.md", "content/{}/**/*.md", "hooks/greensupply/strings/{}.yml"):
        files = sorted(file.relative_to(ROOT).as_posix() for file in ROOT.glob(pattern.format(locale)))
        assert files
        assert {owners(file) for file in files} == {team}
    assert owners("modules/p2-into-lean/module.yml") == "@greensupply/maintainers"
    assert team in owners("modules/terms.yml")


def test_every_pattern_of_the_owners_fits_a_file():
    lines = (HOST / "CODEOWNERS").read_text(encoding="utf-8").splitlines()
    patterns = [line.split()[0].removeprefix("/") for line in lines if line and not line.startswith("#")]

    assert [pattern for pattern in patterns if not any(ROOT.glob(pattern))] == []
