"""The JSON Schemas that editors use say what the models say, and the files of authors pass them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import jsonschema
import pytest
import yaml
from builders import PATHWAYS, ROOT, SOURCES, project
from greensupply import catalogue, courses, new_module, schemas, source_text, terms, toolbox, written
from greensupply.cli import main

MODULES = sorted(file.parent.name for file in ROOT.glob("modules/*/module.yml"))
PAGES = sorted(file.relative_to(ROOT).as_posix() for file in ROOT.glob("content/*/**/*.md"))
TEXTS = sorted(file.relative_to(ROOT).as_posix() for file in ROOT.glob("modules/*/??.md"))
WRITTEN = {
    **{f"modules/{name}/module.yml": "module.json" for name in MODULES},
    **{f"modules/{name}.yml": f"{name}.json" for name in ("pathways", "sources", "terms")},
    **{f"modules/courses/{file.name}": "course.json" for file in sorted(ROOT.glob("modules/courses/*.yml"))},
    **{f"records/{name}.yml": f"{name}.json" for name in ("metrics", "factors", "rates")},
    "content/tools.yml": "tools.json",
    **dict.fromkeys(TEXTS, "module-text.json"),
    **dict.fromkeys(PAGES, "page.json"),
}


class AsEditorsRead(yaml.SafeLoader):
    """YAML as an editor reads it: a date is text."""


AsEditorsRead.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in known if tag != "tag:yaml.org,2002:timestamp"]
    for first, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def validator(name: str) -> jsonschema.Draft7Validator:
    return jsonschema.Draft7Validator(
        json.loads(schemas.files()[name]), format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER
    )


def faults(name: str, text: str) -> list[str]:
    """Where a text in YAML does not pass a schema."""
    document = yaml.load(text, AsEditorsRead)
    return sorted({"/".join(map(str, error.absolute_path)) for error in validator(name).iter_errors(document)})


def front(text: str, name: str) -> str:
    return source_text.split(text, name)[0] if name.endswith(".md") else text


def test_the_committed_schemas_are_current_and_no_other_file_stands_among_them():
    committed = {file.name: file.read_text(encoding="utf-8") for file in (ROOT / "schemas").iterdir()}

    assert committed == schemas.files(), "run `greensupply schemas` and commit what it writes"


@pytest.mark.parametrize("name", schemas.FILES)
def test_each_schema_is_one_of_its_dialect(name):
    jsonschema.Draft7Validator.check_schema(json.loads(schemas.files()[name]))


@pytest.mark.parametrize(("file", "name"), WRITTEN.items(), ids=WRITTEN)
def test_what_is_written_passes_its_schema(file, name):
    assert faults(name, front((ROOT / file).read_text(encoding="utf-8"), file)) == []


def test_what_a_test_hub_holds_passes_too_and_so_does_a_new_module(tmp_path):
    files = {**project(), **{f"modules/new/{name}": text for name, text in made().items()}}
    names = {"module.yml": "module.json", "en.md": "module-text.json", "es.md": "module-text.json"}
    checked = [
        faults(names[file.rpartition("/")[2]], front(text, file))
        for file, text in files.items()
        if file.startswith("modules/") and file.rpartition("/")[2] in names
    ]

    assert checked == [[]] * 6
    assert faults("pathways.json", PATHWAYS) == faults("sources.json", SOURCES) == []


def made() -> dict[str, str]:
    return new_module.files("new", {}, reviewed=date(2026, 11, 26), fact="LEAN-01")


MODULE = made()["module.yml"]
ELECTIVE = PATHWAYS + "  electives: [{module: rinsing, processes: all}]\n"


@pytest.mark.parametrize(
    ("name", "text", "old", "new", "places"),
    [
        ("module.json", MODULE, "level: introductory", "level: easy", ["level"]),
        ("module.json", MODULE, "audience: [supplier]", "audience: [boss]", ["audience/0"]),
        ("module.json", MODULE, "minutes: 45", "minutes: 4", ["minutes"]),
        ("module.json", MODULE, "minutes: 45", "minutes: '45'", ["minutes"]),
        ("module.json", MODULE, "pass_mark: 0.8", "pass_mark: 80", ["pass_mark"]),
        ("module.json", MODULE, "id: new", "id: New", ["id"]),
        ("module.json", MODULE, "2026-11-26", "2026-02-30", ["reviewed"]),
        ("module.json", MODULE, "[LEAN-01]", "[]", ["sources"]),
        ("module.json", MODULE, "revision: 1", "revison: 1", [""]),
        ("module-text.json", "title: x\nsummary: y\nobjectives: [z]\n", "[z]", "[]", ["objectives"]),
        ("page.json", "title: x\ndescription: y\n", "title: x", "title: " + "x" * 121, ["title"]),
        ("pathways.json", ELECTIVE, "es: Ruta del proveedor, ", "", ["pathways/0/title"]),
        ("pathways.json", ELECTIVE, "modules: [rinsing]", "modules: []", ["pathways/0/modules"]),
        ("pathways.json", ELECTIVE, "all", "every", ["pathways/0/electives/0/processes"]),
        ("pathways.json", ELECTIVE, "all", "[plating, plating]", ["pathways/0/electives/0/processes"]),
        ("sources.json", SOURCES, "LEAN-01:", "lean:", ["facts"]),
        ("sources.json", SOURCES, "confidence: seen", "confidence: sure", ["facts/LEAN-01/confidence"]),
    ],
)
def test_a_schema_sees_what_the_check_would_refuse(name, text, old, new, places):
    assert faults(name, text) == []
    assert text.count(old) == 1

    assert faults(name, text.replace(old, new)) == places


def nodes() -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of every schema, with its place."""
    for file, text in schemas.files().items():
        schema = json.loads(text)
        for name, node in [("", schema), *schema.get("definitions", {}).items()]:
            for field, said in node["properties"].items():
                yield f"{file} {name}.{field}", said


def test_every_field_shows_a_description_on_hover():
    assert [place for place, said in nodes() if not said.get("description")] == []


def test_every_example_is_one_that_the_schema_takes():
    shown = [(place, said) for place, said in nodes() if "examples" in said and "$ref" not in json.dumps(said)]
    assert len(shown) > 15

    for place, said in shown:
        for example in said["examples"]:
            assert not list(jsonschema.Draft7Validator(said).iter_errors(example)), place


def test_hints_name_fields_that_exist_and_repeat_no_description_of_a_model():
    models = {**vars(written), **vars(terms), **vars(toolbox), **vars(courses), **vars(catalogue)}

    for name, fields in schemas.HINTS.items():
        for field, hint in fields.items():
            described = models[name].model_fields[field].description
            assert not (described and "description" in hint), f"{name}.{field} is described twice"


@pytest.mark.parametrize("file", [file for file, name in WRITTEN.items() if file.endswith(".yml")])
def test_each_file_leads_the_editor_to_its_schema(file):
    first = (ROOT / file).read_text(encoding="utf-8").split("\n")[0]

    found = re.fullmatch(r"# yaml-language-server: \$schema=(\S+)", first)
    assert found
    assert ((ROOT / file).parent / found[1]).resolve() == ROOT / "schemas" / WRITTEN[file]


def test_check_names_each_schema_that_is_not_current(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["schemas"]) == 0
    assert main(["schemas", "--check"]) == 0
    assert f"schemas: all {len(schemas.FILES)} schemas are current.\n" in capsys.readouterr().out
    (tmp_path / "schemas/page.json").write_text("{}", encoding="utf-8")
    (tmp_path / "schemas/terms.json").unlink()

    assert main(["schemas", "--check"]) == 1

    mend = "is not what the models say. Run `greensupply schemas` and commit what it writes."
    assert capsys.readouterr().err == f"schemas/page.json:1: {mend}\nschemas/terms.json:1: {mend}\nProblems: 2.\n"
    assert (tmp_path / "schemas/page.json").read_text(encoding="utf-8") == "{}", "`--check` writes nothing"
    assert main(["schemas"]) == 0
    assert capsys.readouterr().out == "schemas: page.json, terms.json.\n"
    assert main(["schemas", "--check"]) == 0


def test_a_folder_that_cannot_be_written_is_said_in_words(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "schemas").write_text("a file", encoding="utf-8")

    assert main(["schemas"]) == 1
    assert capsys.readouterr().err == "schemas: cannot be written (File exists).\n"
