"""A build with what earlier builds kept makes the site that a build without makes, whatever has changed.

Seen with MkDocs 1.6.1 and mkdocs-static-i18n 1.3.1: pages are found instead of converted (`Page.render`), and those
that are written already are taken out of what MkDocs writes (`File.inclusion`).
"""

import re
import shutil
import stat
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest
from builders import PATHWAYS, ROOT, SOURCES, module, project, text
from greensupply import kept_pack, library, made_pages
from greensupply.addresses import Site
from greensupply.handover import Handover
from greensupply.model import Library, Module, Prose, Question
from greensupply.plugin import kept_inputs, kept_output
from greensupply.plugin.assets import THEME
from markdown import Markdown
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

TERM = """\
terms:
- id: rinse
  en: {term: rinse, definition: To wash in water.}
  es: {term: enjuague, definition: Lavar con agua.}
  fr: {term: rinçage, definition: Laver à l’eau.}
"""
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 10" width="{width}" height="10"><path d="M1 1"/></svg>\n'
BODY = "Rinse with care.\n\n![A tank](figures/tank.svg)\n\nMore of [it](../second/en.md)."
FILES = (
    project(module("rinsing", en=text("en", body=BODY)), module("second"))
    | {"modules/terms.yml": TERM, "modules/pathways.yml": PATHWAYS.replace("[rinsing]", "[rinsing, second]")}
    | {"modules/rinsing/figures/tank.svg": FIGURE.format(width=30)}
)


def changed(name, old, new):
    assert old in FILES[name], name
    return {name: FILES[name].replace(old, new)}


EDITS = {
    "a text": changed("modules/rinsing/en.md", "with care", "with less water"),
    "a heading": changed("modules/rinsing/fr.md", "## Pourquoi rincer", "## Rincer"),
    "a title": changed("modules/second/es.md", "title: Enjuague", "title: Otro"),
    "a summary": changed("modules/second/en.md", "How to rinse", "Ways to rinse"),
    "a question": changed("modules/rinsing/es.md", "Una prensa", "Otra prensa"),
    "a question of the source": changed("modules/rinsing/en.md", "A sludge press", "A filter press"),
    "the day of review": changed("modules/rinsing/module.yml", "2026-11-24", "2026-11-20"),
    "minutes": changed("modules/second/module.yml", "minutes: 45", "minutes: 50"),
    "a prerequisite": changed("modules/second/module.yml", "prerequisites: []", "prerequisites: [rinsing]"),
    "a stamp": changed("modules/rinsing/fr.md", "---\n##", "translated_from:\n  .head: 0123456789\n---\n##"),
    "a translation that goes": {"modules/second/fr.md": None},
    "a draft": changed("modules/second/module.yml", "revision", "status: draft\nrevision")
    | {"modules/pathways.yml": PATHWAYS}
    | {"modules/rinsing/en.md": text("en")},
    "a pathway": changed("modules/pathways.yml", "Ruta del proveedor", "Ruta corta"),
    "a source": {"modules/sources.yml": SOURCES.replace("US EPA", "EPA")},
    "a term": {"modules/terms.yml": TERM.replace("To wash in water", "To wash")},
    "the size of a figure": {"modules/rinsing/figures/tank.svg": FIGURE.format(width=60)},
    "a page": changed("content/es/index.md", "Welcome", "Hola"),
    "a page that comes": {"content/en/more.md": "---\ntitle: More\ndescription: More.\n---\nMore.\n"},
}
SETTINGS = [
    {"use_directory_urls": False},
    {"site_url": "https://other.example/"},
    {"site_url": ""},
    {"edit_uri": ""},
    {"extra_css": ["more.css"]},
    {"extra_javascript": ["more.js"]},
]


def files(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where every hub of this file lies, so that what one build kept there may be laid there again."""
    return tmp_path_factory.mktemp("kept") / "hub"


@pytest.fixture
def tmp_path(folder):
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    return folder


@pytest.fixture
def kept_before():
    """Nothing: what is kept is what these tests are about."""


@pytest.fixture
def build(build_site, tmp_path, monkeypatch):
    """Build as another process would, into no folder or that of the last build; says what was made to do it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764115200")
    monkeypatch.setenv("GREENSUPPLY_ONE_PROCESS", "1")
    made = []
    for owner, name in ((made_pages, "text"), (Markdown, "convert"), (jinja2.Template, "render")):
        plain = getattr(owner, name)
        monkeypatch.setattr(
            owner, name, lambda *args, _plain=plain, _name=name, **more: (made.append(_name), _plain(*args, **more))[1]
        )

    def run(given=None, *, keep=True, empty=True, **settings):
        kept_pack.at.cache_clear()
        made.clear()
        with monkeypatch.context() as change:
            if not keep:
                change.setenv("GREENSUPPLY_NO_CACHE", "1")
            if empty:
                shutil.rmtree(tmp_path / "site", ignore_errors=True)
            site = build_site(FILES | (given or {}), **settings)
        return files(site.folder), site.warnings

    run.made = made
    return run


@pytest.fixture
def built(build, folder):
    """What a build without anything kept made of `FILES`; it is built once, and what it kept is there for each test."""
    whole = folder.with_name("whole")
    if not whole.exists():
        build()
        shutil.copytree(folder, whole)
    else:
        shutil.copytree(whole, folder, dirs_exist_ok=True)
    return files(whole / "site"), ()


def test_nothing_of_what_is_kept_is_made_again(build):
    cold = build()
    texts, conversions, pages = (build.made.count(name) for name in ("text", "convert", "render"))

    assert build() == cold
    assert texts > 30
    assert build.made.count("text") == 0
    assert build.made.count("convert") <= 20 < conversions  # pages of content/, and pieces of a line
    assert build.made.count("render") < pages / 3
    assert build(keep=False) == cold
    assert build.made.count("text") == texts


@pytest.mark.parametrize("edit", EDITS)
def test_whatever_changes_the_site_is_what_a_build_without_makes(build, built, tmp_path, edit):
    for name, content in EDITS[edit].items():
        if content is None:
            (tmp_path / name).unlink()
    given = EDITS[edit]
    warm = build(given)

    assert build(given) == warm
    assert build(given, keep=False) == warm


def test_whatever_setting_changes_the_site_is_what_a_build_without_makes(build, built):
    for settings in SETTINGS:
        warm = build(**settings)
        assert build(keep=False, **settings) == warm


def test_only_the_pages_of_the_module_that_changed_are_made_again(build):
    build()
    everything = build.made.count("text"), build.made.count("render")
    build(EDITS["a text"])

    assert (
        build.made.count("text") <= 6 + 3 * 3
    )  # two of the module; and of the hub a pathway, a list, the translations
    assert everything[0] > 48
    assert build.made.count("render") < everything[1] / 2


def test_templates_show_only_settings_that_the_key_names():
    shown = {
        name
        for file in THEME.rglob("*.html")
        if file.name not in ("404.html", "sitemap.xml")
        for name in re.findall(r"config\.(\w+)", file.read_text(encoding="utf-8"))
    }
    written = "".join(file.read_text(encoding="utf-8") for file in THEME.rglob("*.html"))

    assert shown <= set(kept_output.SHOWN)
    assert set(re.findall(r"(?<![\w.])page\.(\w+)", written)) <= {
        *("canonical_url", "content", "edit_url", "is_homepage", "meta", "title", "toc", "url"),
    }
    assert not re.search(r"build_date_utc|mkdocs_version|now\(|i18n_", written)


def test_a_plugin_or_a_theme_of_others_sees_every_page(build, built, tmp_path):
    theme = tmp_path / "theme"
    shutil.copytree(THEME, theme)
    hook = tmp_path / "hook.py"
    hook.write_text("def on_page_markdown(markdown, **_):\n    return markdown.replace('care', 'CARE')\n")
    settings = {"hooks": [str(hook)]}, {"theme": {"name": "material", "custom_dir": str(theme)}}
    for given in settings:
        changed_site = build(**given)
        assert build(**given) == changed_site
        assert build(keep=False, **given) == changed_site
    assert build.made.count("render") > 100


def test_the_cache_can_be_damaged_deleted_or_closed(build, built, tmp_path):
    packs = tmp_path / ".cache" / "greensupply" / "packs"
    for file in packs.iterdir():
        whole = file.read_bytes()
        file.write_bytes(whole[: len(whole) // 2])
    assert build() == built
    for file in packs.iterdir():
        file.write_bytes(bytes(byte ^ 1 if place % 997 == 0 else byte for place, byte in enumerate(file.read_bytes())))
    assert build() == built
    packs.chmod(stat.S_IRUSR | stat.S_IXUSR)
    assert build(EDITS["a text"]) == build(EDITS["a text"], keep=False)
    packs.chmod(stat.S_IRWXU)
    shutil.rmtree(tmp_path / ".cache")
    assert build() == built


def test_the_option_cache_keeps_nothing(build_site, tmp_path):
    build_site()
    assert (tmp_path / ".cache/greensupply/packs").exists()
    shutil.rmtree(tmp_path / ".cache")
    file = tmp_path / "mkdocs.yml"
    written = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"( +)modules_dir:", r"\1cache: false\n\1modules_dir:", written), encoding="utf-8")
    config = load_config(str(file))
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)

    assert not config.plugins["greensupply"].config["cache"]
    assert not (tmp_path / ".cache/greensupply/packs").exists()


def test_pages_of_cards_show_nothing_of_a_text():
    hub = library.read(ROOT / "modules", ROOT / "content")
    texts = {
        name: replace(
            each, texts={locale: replace(text, blocks=_bare(text), written="") for locale, text in each.texts.items()}
        )
        for name, each in hub.modules.items()
    }
    bare = replace(hub, modules=texts)
    for page in made_pages.pages(hub).values():
        if page.kind in kept_inputs.OF_CARDS:
            whole, thin = (made_pages.text(page, one, "es", Site(), Handover()) for one in (hub, bare))
            assert whole == thin, page


def _bare(text):
    """The blocks of a text with nothing in them but headings."""
    return tuple(
        replace(block, id=str(place), prompt="?", choices=(), line=1)
        if isinstance(block, Question)
        else replace(block, text="\n\n".join(re.findall(r"^#.*", block.text, re.MULTILINE)))
        if isinstance(block, Prose)
        else replace(block, text="", title="")
        for place, block in enumerate(text.blocks)
    )


def test_a_module_page_names_all_that_it_is_made_from():
    """A new part of a library or a module must be put into `kept_inputs`, or be seen to need no place in it."""
    assert set(Library.__dataclass_fields__) == {
        "modules",
        "pathways",
        "sources",
        "assets",
        "terms",
        "courses",
        "tools",
    }
    assert set(Module.__dataclass_fields__) == {"facts", "path", "texts", "lines", "places"}
    assert Path(kept_inputs.__file__).exists()
