"""What a page loads, and that a new version of it has another address."""

from builders import write
from greensupply import components
from greensupply.components import bundles
from greensupply.plugin import preview

FILES = {
    "theme/10-colours.css": "a { color: red }",
    "theme/site.js": "console.log('site')\n",
    "theme/early.js": "console.log('early')\n",
    "parts/shared/sheet.css": "sheet {}",
    "parts/shared/keep.js": "export const keep = 1\n",
    "parts/quiz-question/quiz-question.js": "import {keep} from '../shared/keep.js'\nconsole.log(keep)\n",
    "parts/quiz-question/quiz-question.css": "quiz-question {}",
    "parts/stream-map/template.html": '{% import "shared/sheet.html" as sheet %}',
    "parts/stream-map/stream-map.js": "console.log('map')\n",
    "parts/stream-map/stream-map.css": "stream-map {}",
}


def made(tmp_path, **changes):
    write(tmp_path, {**FILES, **{name.replace("__", "/"): text for name, text in changes.items()}})
    return bundles.make(tmp_path / "parts", tmp_path / "theme")


def test_a_page_loads_only_what_its_components_need(tmp_path):
    made_of = made(tmp_path)

    assert set(made_of.texts) == {
        "early.js",
        "site.css",
        "site.js",
        "module.js",
        "stream-map.css",
        "stream-map.js",
    }
    assert made_of.needed("<p>Words</p>") == []
    assert [name.partition("?")[0] for name in made_of.needed('<quiz-question lang="en"><p>')] == ["module.js"]
    assert [name.partition("?")[0] for name in made_of.needed("<stream-map>")] == ["stream-map.css", "stream-map.js"]


def test_styles_of_a_sheet_come_with_the_calculators_alone(tmp_path):
    texts = made(tmp_path).texts

    assert texts["stream-map.css"] == "sheet {}\nstream-map {}"
    assert texts["site.css"] == "a { color: red }\nquiz-question {}"


def test_another_text_has_another_address(tmp_path):
    before = made(tmp_path).marks
    (tmp_path / "theme" / "site.js").write_text("console.log('new')\n")
    after = bundles.make(tmp_path / "parts", tmp_path / "theme").marks

    assert {name for name in before if before[name] != after[name]} == {"site.js"}


def test_every_component_is_in_a_bundle(tmp_path):
    write(tmp_path, {"site.js": "", "early.js": ""})
    texts = bundles.make(components.FOLDER, tmp_path).texts
    scripts = [text for name, text in texts.items() if name.endswith(".js")]
    folders = [folder for folder in components.FOLDER.iterdir() if (folder / f"{folder.name}.js").exists()]

    assert sum(text.count("customElements.define(") for text in scripts) == len(folders) > 4


def test_the_script_that_says_where_answers_are_kept_runs_before_those_that_keep_them(tmp_path):
    names = ("completion-record", "lms-launch", "quiz-question", "quiz-score")
    scripts = {f"parts__{name}__{name}.js": f"console.log('{name}')\n" for name in names}

    script = made(tmp_path, **scripts).texts["module.js"]

    assert sorted(names, key=lambda name: script.index(f"'{name}'"))[0] == "lms-launch"


def test_what_pages_load_is_read_again_when_a_file_of_ours_changes(tmp_path, monkeypatch):
    monkeypatch.setattr(preview, "THEME_ASSETS", tmp_path)
    before = preview.stamp()
    assert preview.stamp() == before

    (tmp_path / "site.css").write_text("a {}", encoding="utf-8")

    assert preview.stamp() != before
