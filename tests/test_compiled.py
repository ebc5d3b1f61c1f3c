import marshal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import builders
import pytest
from greensupply import components
from greensupply.components import bundles
from greensupply.kept_pack import Pack
from greensupply.plugin import assets
from greensupply.plugin.compiled import ADDED, Compiled
from jinja2 import BytecodeCache, Environment, FileSystemLoader

THEME = {
    "main.html": '{% extends "base.html" %}{% block body %}{{ name }}{% include "partials/foot.html" %}{% endblock %}',
    "base.html": "<p>{% block body %}{% endblock %}</p>",
    "partials/foot.html": "!",
    "home.html": "home",
    "404.html": "none",
    "apart.html": "apart",
}


@pytest.fixture
def pack(tmp_path):
    """The pack of a project, opened anew as by another build."""
    return lambda: Pack(tmp_path / "cache" / "program.pack")


@pytest.fixture
def theme(tmp_path):
    """A theme on disk; it counts what is compiled."""
    folder = tmp_path / "theme"
    for name, text in THEME.items():
        write(folder, name, text)

    class Counted(Environment):
        def _generate(self, source, name, filename, defer_init=False):  # Jinja's own place for a subclass
            compiled.append(name)
            return super()._generate(source, name, filename, defer_init)

    compiled = []
    made = SimpleNamespace(folder=folder, compiled=compiled, extensions=[*ADDED])
    made.get_env = lambda: Counted(loader=FileSystemLoader(folder), extensions=made.extensions)
    return made


def write(folder, name, text):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def render(theme, cache):
    """A page, and what had to be compiled for it."""
    theme.compiled.clear()
    env = theme.get_env()
    cache.serve(env)
    html = env.get_template("main.html").render(name="Hub")
    return html, sorted(theme.compiled)


def begun(pack):
    cache = Compiled()
    cache.begin(pack())
    return cache


def kept(theme, pack):
    cache = begun(pack)
    cache.prepare(theme)
    cache.end()
    return cache


def test_what_all_pages_need_is_compiled_before_the_languages_part(theme, pack):
    cache = begun(pack)
    env = theme.get_env()
    cache.serve(env)
    env.get_template("apart.html")  # as components may be compiled before
    theme.compiled.clear()
    cache.prepare(theme)
    assert sorted(theme.compiled) == ["404.html", "base.html", "home.html", "main.html", "partials/foot.html"]
    assert render(theme, cache) == ("<p>Hub!</p>", [])


def test_the_next_build_compiles_nothing(theme, pack):
    kept(theme, pack)
    cache = begun(pack)
    theme.compiled.clear()
    cache.prepare(theme)
    assert theme.compiled == []
    assert render(theme, cache) == ("<p>Hub!</p>", [])


def test_a_build_compiles_each_template_once(tmp_path):
    """So what was compiled before the languages part is what pages ask for then."""
    builders.write(tmp_path, {**builders.project(), "mkdocs.yml": builders.configuration(tmp_path)})
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=tmp_path, check=True)
    found = Pack(tmp_path / ".cache" / "greensupply" / "packs" / "program.pack").find("templates")
    names = [name for name, *_ in marshal.loads(found)]
    assert len(names) == len(set(names)) > 20


def test_a_template_that_changed_is_compiled_again_alone(theme, pack):
    kept(theme, pack)
    write(theme.folder, "partials/foot.html", "?")
    cache = begun(pack)
    assert render(theme, cache) == ("<p>Hub?</p>", ["partials/foot.html"])
    cache.end()
    assert render(theme, begun(pack)) == ("<p>Hub?</p>", [])


def test_what_is_compiled_with_other_extensions_is_not_taken(theme, pack):
    kept(theme, pack)
    theme.extensions = []
    assert render(theme, begun(pack))[1] == ["base.html", "main.html", "partials/foot.html"]


def test_whatever_is_damaged_is_compiled_again(theme, pack, tmp_path):
    kept(theme, pack)
    file = tmp_path / "cache" / "program.pack"
    whole = file.read_bytes()
    for place in range(0, len(whole), 97):
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 4]) + whole[place + 1 :])
        html, compiled = render(theme, begun(pack))
        assert (html, compiled) == ("<p>Hub!</p>", ["base.html", "main.html", "partials/foot.html"])


def test_a_template_that_cannot_be_compiled_is_left_to_the_page_that_needs_it(theme, pack):
    write(theme.folder, "404.html", '{% include "gone.html" %}{% if %}')
    cache = begun(pack)
    cache.prepare(theme)
    assert render(theme, cache)[0] == "<p>Hub!</p>"


def test_whoever_keeps_compiled_templates_already_goes_on_with_it(theme):
    class Theirs(BytecodeCache):
        def load_bytecode(self, bucket):
            """Nothing is known."""

        def dump_bytecode(self, bucket):
            """Nothing is kept."""

    env = theme.get_env()
    env.bytecode_cache = theirs = Theirs()
    Compiled().serve(env)
    assert env.bytecode_cache is theirs


def test_components_are_compiled_once_too(pack, monkeypatch):
    environment = components._environment()
    monkeypatch.setattr(environment, "bytecode_cache", None)
    cache = begun(pack)
    environment.cache.clear()
    components.prepare()
    cache.end()

    again = begun(pack)
    environment.cache.clear()
    before = dict(again._known)
    components.prepare()
    assert again._known == before != {}


def test_bundles_are_put_together_again_when_one_of_their_files_was_touched(pack, tmp_path, monkeypatch):
    made = []

    def make(*folders):
        made.append(folders)
        return bundles.Bundles({"site.js": (folder / "a.js").read_text()})

    folder = tmp_path / "components"
    write(folder, "a.js", "one")
    monkeypatch.setattr("greensupply.components.FOLDER", folder)
    monkeypatch.setattr(bundles, "make", make)

    def texts():
        store = pack()
        found = assets.bundled(store).texts
        store.save()
        return found

    assert texts() == texts() == {"site.js": "one"}
    assert len(made) == 1
    write(folder, "a.js", "two")
    assert texts() == {"site.js": "two"}
    Path(folder, "link").symlink_to(folder / "a.js")  # what it leads to may change unseen
    assert texts() == texts() == {"site.js": "two"}
    assert len(made) == 4
