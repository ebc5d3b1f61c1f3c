"""A preview renders only what a saved text changes, and comes to the same site as a whole build of the same sources."""

from __future__ import annotations

import gc
import logging
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path

import pytest
from builders import PATHWAYS, configuration, module, project, text, write
from greensupply import library, made_pages, stamps
from greensupply.model import Library, Module, Text
from greensupply.plugin import quick
from greensupply.plugin.quick import files, followers, looking
from greensupply.plugin.quick.passes import Pass
from jinja2 import Environment
from mkdocs.exceptions import Abort
from mkdocs.structure.files import File
from mkdocs.structure.pages import Page
from previews import Preview, different, served
from test_courses import COURSE, NOTES, PATH

TERM = """\
terms:
- id: drag-out
  en: {term: drag-out, definition: What parts carry out of a bath.}
  es: {term: arrastre, definition: Lo que las piezas sacan de un baño.}
  fr: {term: entraînement, definition: Ce que les pièces emportent d’un bain.}
"""
PARTS = "  parts:\n  - {module: drying, sections: [why-rinse], minutes: 30}\n"
EN, ES, FR = (f"modules/rinsing/{locale}.md" for locale in ("en", "es", "fr"))


def hub(folder: Path) -> dict[str, str]:
    """Three modules whose translations are up to date, a course, a pathway with a part, a term."""
    texts = {f"modules/rinsing/{locale}.md": text(locale, body=notes) for locale, notes in NOTES.items()}
    found = project(
        module("drying"),
        module("washing"),
        texts,
        {"modules/pathways.yml": PATHWAYS + PARTS, "modules/terms.yml": TERM},
    )
    write(folder, {**found, PATH: COURSE})
    for each in library.read(folder / "modules").modules.values():
        for locale in ("es", "fr"):
            path = each.texts[locale].path
            found[path] = stamps.stamped(found[path], path, stamps.marks(each.texts["en"], each.texts[locale]))
    return {**found, PATH: COURSE}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where lies what the first preview kept when it was there, so that each need not begin with nothing."""
    return tmp_path_factory.mktemp("first") / ".cache"


@pytest.fixture
def preview(tmp_path: Path, first: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Preview]:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764115200")
    monkeypatch.setattr(followers, "PAUSE", 0)
    if first.exists():
        shutil.copytree(first, tmp_path / ".cache")
    with served(tmp_path, hub(tmp_path), configuration(tmp_path)) as found:
        if not first.exists():
            shutil.copytree(tmp_path / ".cache", first)
        yield found


def read(preview: Preview, name: str) -> str:
    return (preview.folder / name).read_text(encoding="utf-8")


BOX = "/// example | A *line*\nSix tanks.\n///\n\n"
EDITS = {
    "a word of the text": [(EN, "Parts carry", "Most parts carry the drag-out and")],
    "a translation": [(ES, "Las piezas sacan", "Todas las piezas sacan")],
    "a question": [(EN, "A sludge press", "A filter press")],
    "a choice's feedback": [(FR, "Moins d’eau", "Bien moins d’eau")],
    "a box": [(EN, "Most parts", f"{BOX}Most parts"), (ES, "Todas", f"{BOX}Todas"), (FR, "Les", f"{BOX}Les")],
    "a note's words": [(ES, "Clasifíquelos.", "Clasifíquelos por color.")],
    "what to bring": [(FR, "deux bacs\n\n", "deux grands bacs\n\n")],
    "a table that a course shows": [(EN, "| Time |", "| Hours |")],
    "an objective": [(EN, "- Choose a rinse.", "- Choose a rinse and check it.")],
    "a term's use": [(FR, "emportent de la solution", "emportent par entraînement de la solution")],
    "nothing": [(ES, "Todas las", "Todas las")],
}


def edited(preview: Preview, *changes: tuple[str, str, str]) -> dict[str, str]:
    """Files with a piece of each replaced."""
    found = {}
    for name, old, new in changes:
        before = (preview.folder / name).read_text(encoding="utf-8")
        assert old in before, f"{name}: {old}"
        found[name] = before.replace(old, new, 1)
    return found


def test_edits_of_every_kind_come_to_the_site_of_a_whole_build(preview):
    before = preview.files()
    assert different(before, preview.whole()) == []

    for what, changes in EDITS.items():
        assert preview.save(edited(preview, *changes)) == 0, what
    assert different(preview.files(), preview.whole()) == []

    shown = preview.site / "fr/modules/rinsing/index.html"
    assert "gs-stale" in shown.read_text()
    assert "gs-stale" not in before["fr/modules/rinsing/index.html"].decode()
    changed = different(before, preview.files())
    assert {"search/en.js", "translation-status/index.html", "fr/courses/ttt/index.html"} <= set(changed)
    assert not [name for name in changed if "drying" in name]


def test_headings_errors_titles_and_other_files_too(preview):
    washing = "modules/washing/en.md"
    heading = edited(preview, (washing, "Parts carry", "## How to rinse\n\nParts carry"))
    assert preview.save(heading) == 0
    assert different(preview.files(), preview.whole()) == []
    assert preview.save(edited(preview, (washing, "## How to rinse", "## How to wash"))) == 0

    assert different(preview.files(), preview.whole()) == []
    good = preview.files()
    with pytest.raises(Abort):
        preview.save(edited(preview, (washing, "Parts carry", "<script>Parts carry")))
    assert preview.files() == good
    assert preview.save(edited(preview, (washing, "<script>Parts carry", "Wet parts carry"))) == 0
    assert different(preview.files(), preview.whole()) == []

    assert preview.save(edited(preview, (washing, "title: Rinsing", "title: Washing"))) == 1
    assert different(preview.files(), preview.whole()) == []
    assert preview.save({"content/en/index.md": "---\ntitle: Home\ndescription: A page.\n---\nNew.\n"}) == 1
    assert preview.save({**edited(preview, (ES, "piezas", "partes")), **edited(preview, (EN, "Parts", "Pieces"))}) == 0
    assert preview.save({**edited(preview, (ES, "partes", "piezas")), "modules/terms.yml": "terms: []\n"}) == 1
    assert preview.save({"modules/washing/module.yml": read(preview, "modules/washing/module.yml") + "# x\n"}) == 1
    assert different(preview.files(), preview.whole()) == []


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("modules/drying/en.md", "## Why rinse", "## Why dry"),  # a pathway names the section
        (EN, "    minutes: 40", "    minutes: 30"),  # a course adds the minutes up
        (EN, "## Why rinse", "## Why now"),  # a course names it, and another text links to it
        (ES, "## Por qué enjuagar", "## Por qué ahora"),  # drying/es.md links to it
        ("modules/drying/es.md", "../rinsing/es.md", "../none/es.md"),
        ("modules/drying/es.md", "#por-qué-enjuagar", "#nada"),
        (EN, "id: at-the-source", "id: another"),
    ],
)
def test_what_another_file_would_complain_of_is_left_to_a_whole_build(preview, name, old, new):
    linked = "piezas. Vea [por qué](../rinsing/es.md#por-qué-enjuagar)."
    assert preview.save(edited(preview, ("modules/drying/es.md", "piezas", linked))) == 0

    with pytest.raises(Abort):
        preview.save(edited(preview, (name, old, new)))


def test_a_figure_that_is_new_or_gone_is_left_to_a_whole_build(preview):
    square = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    preview.save({"modules/drying/figures/a.svg": square})
    assert preview.save(edited(preview, ("modules/drying/en.md", "Parts", "![A square](figures/a.svg)\n\nParts"))) == 1
    assert preview.save(edited(preview, ("modules/drying/en.md", "Parts", "All parts"))) == 0
    assert preview.save(edited(preview, ("modules/drying/en.md", "![A square](figures/a.svg)", ""))) == 1
    assert different(preview.files(), preview.whole()) == []


def counted(preview: Preview) -> dict[str, int]:
    """Everything that could grow with each save."""
    gc.collect()
    kinds = Counter(type(thing) for thing in gc.get_objects())
    found = {kind.__name__: kinds[kind] for kind in (Page, File, Environment, Library, Module, Text, Pass)}
    plugin, saves = preview.plugin, preview.saves
    templates = sum(len(each.env.cache) for each in saves._passes.of.values())
    return {
        **found,
        "templates": templates,
        "compiled": len(plugin.compiled._known),
        "entries": sum(map(len, plugin.search._found.values())),
        "kept": sum(1 for _ in (preview.folder / ".cache").rglob("*")),
        "site": len(preview.files()),
        "looked at": len(saves._seen),
        "watched": len(preview.server.observer.emitters),
        "waiting": len(saves.followers),
        "threads": threading.active_count(),
        "handlers": len(logging.getLogger("mkdocs.structure.pages").handlers),
        "apart": len(plugin._apart._pages),
    }


def test_fifty_saves_leave_nothing_behind(preview):
    for number in range(4):
        preview.save({(EN, ES)[number % 2]: read(preview, (EN, ES)[number % 2]) + f"\nLine {number % 10}.\n"})
    before, texts = counted(preview), {name: read(preview, name) for name in (EN, ES)}
    for number in range(50):
        name = (EN, ES)[number % 2]
        assert preview.save({name: f"{texts[name]}\nSave {number}.\n"}, behind=number % 3 == 0) == 0
    assert preview.saves.followers.settled(60)

    assert counted(preview) == before
    assert different(preview.files(), preview.whole()) == []


def test_whole_builds_leave_nothing_behind(preview):
    facts = "modules/washing/module.yml"
    first, found = counted(preview), []  # what other tests of this process hold is counted in all of them
    for number in range(5):
        assert preview.save({facts: f"{read(preview, facts)}# {number}\n"}) == 1
        found.append({**counted(preview), "languages": len(preview.saves._passes.of)})
        assert preview.save({EN: f"{read(preview, EN)}\nSave {number}.\n"}) == 0
    assert found[4] == found[1]
    assert (found[4]["Page"], found[4]["Text"]) == (first["Page"], first["Text"])


def test_what_is_written_is_not_held(preview):
    assert preview.save(edited(preview, (EN, "Parts carry", "All parts carry"))) == 0

    held = [
        file.src_uri
        for each in preview.saves._passes.of.values()
        for file in each.pages
        if file.page.content or file.page.markdown or (file.abs_src_path is None and file.content_string)
    ]
    assert held == []
    assert preview.saves._passes.of["en"].marks


def test_what_one_build_of_a_preview_made_is_there_for_the_next(preview, monkeypatch):
    made, rendered = [], []
    text, render = made_pages.text, Pass.render
    monkeypatch.setattr(made_pages, "text", lambda page, *rest: made.append(page.place) or text(page, *rest))
    monkeypatch.setattr(Pass, "render", lambda here, page, said: rendered.append(page.url) or render(here, page, said))

    with served(preview.folder, {}, configuration(preview.folder), "again") as again:
        assert made == []
        assert different(again.files(), preview.files()) == []
        assert again.save(edited(again, (EN, "Parts carry", "All parts carry"))) == 0
        assert "translation-status/" in rendered
        assert not [url for url in rendered if "drying" in url or "lms" in url]
        assert different(again.files(), again.whole()) == []

        made.clear()
        assert again.save({"modules/washing/module.yml": read(again, "modules/washing/module.yml") + "# x\n"}) == 1
        assert {"modules/rinsing", "translation-status"} <= set(made)
        assert "modules/drying" not in made
        assert different(again.files(), again.whole()) == []
        assert again.save(edited(again, ("modules/drying/fr.md", "Les", "Toutes les"))) == 0
        assert different(again.files(), again.whole()) == []


def test_something_unexpected_ends_in_a_whole_build_with_a_warning(preview, monkeypatch, caplog):
    def fails(*_: object) -> bytes:
        raise ValueError("a surprise")

    with monkeypatch.context() as patch:
        patch.setattr(Pass, "render", fails)
        assert preview.save(edited(preview, (EN, "Parts carry", "All parts carry"))) == 1
    assert "The whole site is built again, as a part of it could not be: ValueError: a surprise" in caplog.text
    assert preview.save(edited(preview, (EN, "All parts carry", "Some parts carry"))) == 0

    with monkeypatch.context() as patch:  # behind, where no save waits for it
        patch.setattr(preview.plugin.search, "script", fails)
        assert preview.save(edited(preview, (EN, "Some parts carry", "Parts carry"))) == 0
    assert preview.save({}) == 1  # the server is told to ask again
    assert different(preview.files(), preview.whole()) == []


def test_browsers_reload_for_what_was_made_behind_only_if_they_show_it(preview):
    def poll(page: str) -> None:
        environ = {"PATH_INFO": "/livereload/99999999999/1", "HTTP_REFERER": f"http://127.0.0.1:8000{page}"}
        preview.server.poll_response_timeout = 0
        preview.server.get_app()(environ, lambda *_: None)

    told = preview.saves._tells / "again"
    with preview.saves.followers.held():  # so that the browser is there before the work behind is done
        pass
    for page, reloads in (("/modules/rinsing/", False), ("/es/modules/rinsing/", True)):
        followers_add = preview.saves.followers.add
        preview.saves.followers.add = lambda steps, page=page, add=followers_add: (poll(page), add(steps))
        assert preview.save(edited(preview, (EN, "Parts carry", "Parts, all of them, carry"))) == 0
        del preview.saves.followers.add
        assert told.exists() == reloads
        assert preview.save(edited(preview, (EN, "Parts, all of them, carry", "Parts carry"))) == 0
    told.unlink()
    assert preview.save({}) == 0


def test_a_save_that_is_seen_in_two_steps_is_one_save(preview):
    assert preview.save(edited(preview, (EN, "Parts carry", "All parts carry"))) == 0
    assert preview.save({}) == 0
    preview.saves._passes.clear()
    assert preview.save({}) == 1


def test_all_that_the_server_watches_is_looked_at(preview):
    watched = {looking._path(emitter) for emitter in preview.server.observer.emitters}
    assert watched - set(preview.saves._paths) == {str(preview.saves._tells)}


def test_only_a_preview_lets_the_script_run_by_which_mkdocs_reloads_its_pages(preview, build_site):
    assert b"script-src 'self' 'unsafe-inline';" in preview.files()["index.html"]
    published = build_site(hub(preview.folder))
    assert "script-src 'self';" in published.html("")
    assert "unsafe-inline" not in published.text("404.html")


def test_files_beside_the_work_change_nothing(preview):
    before = preview.files()

    assert preview.save({"modules/rinsing/.en.md.swp": "x", "modules/rinsing/en.md~": "x"}) == 0
    assert preview.files() == before
    assert files.changes({}, files.look([str(preview.folder / "modules/rinsing")])) == {
        f"{preview.folder}/modules/rinsing/{name}": not name.startswith(".") and not name.endswith("~")
        for name in (".en.md.swp", "en.md", "en.md~", "es.md", "fr.md", "module.yml")
    }


@pytest.mark.parametrize("why", ["variable", "strict", "plugin"])
def test_it_can_be_switched_off_and_keeps_away_from_what_it_does_not_know(tmp_path, monkeypatch, why):
    if why == "variable":
        monkeypatch.setenv(quick.PLAIN, "1")
    settings = configuration(tmp_path, **({"strict": True} if why == "strict" else {}))
    settings = settings.replace("plugins:\n", "plugins:\n- search\n") if why == "plugin" else settings
    with served(tmp_path, hub(tmp_path), settings) as plain:
        assert plain.saves is None
        assert plain.save(edited(plain, (EN, "Parts carry", "All parts carry"))) == 1


def test_the_programs_that_it_leans_on_are_those_that_it_was_seen_with():
    """After an update: look through `plugin/quick`, run this file, then write the new version here."""
    assert (version("mkdocs"), version("mkdocs-static-i18n")) == ("1.6.1", "1.3.1")
