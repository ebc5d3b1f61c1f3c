"""The site of the last build stays in its folder, and a build makes of it what it would make of an empty folder.

Seen with MkDocs 1.6.1, which empties the folder through `mkdocs.utils.clean_directory`, and mkdocs-static-i18n 1.3.1.
"""

import gc
import json
import logging
import os
import shutil

import pytest
from builders import PATHWAYS, configuration, module, project, text, write
from greensupply import identity, kept_pack, made_pages
from greensupply.plugin import kept_build, kept_output
from mkdocs import utils
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

FILES = project(module("rinsing"), module("second"))
FILES["modules/pathways.yml"] = PATHWAYS.replace("[rinsing]", "[rinsing, second]")
EDIT = {"modules/rinsing/en.md": text("en", body="Rinse twice.")}
PAGE = "es/modules/rinsing/index.html"


class _Warnings(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.heard = []

    def emit(self, record):
        self.heard.append(record.getMessage())


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """Where lies what the first build of these tests kept, so that each need not begin with nothing."""
    return tmp_path_factory.mktemp("first") / ".cache"


@pytest.fixture
def build(tmp_path, monkeypatch, first):
    """Build into the folder as it is, as another process would; only files that differ are saved before."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764115200")
    monkeypatch.setenv("GREENSUPPLY_ONE_PROCESS", "1")
    if first.exists():
        shutil.copytree(first, tmp_path / ".cache")

    def run(given=None, **settings):
        kept_pack.at.cache_clear()
        for name, content in {**FILES, **(given or {}), "mkdocs.yml": configuration(tmp_path, **settings)}.items():
            file = tmp_path / name
            if content is not None and not (file.exists() and file.read_text(encoding="utf-8") == content):
                write(tmp_path, {name: content})
        ear = _Warnings()
        logging.getLogger("mkdocs").addHandler(ear)
        try:
            config = load_config(str(tmp_path / "mkdocs.yml"))
            config.plugins.on_startup(command="build", dirty=False)
            mkdocs_build(config)
        finally:
            logging.getLogger("mkdocs").removeHandler(ear)
        run.warnings = ear.heard
        if not first.exists():
            shutil.copytree(tmp_path / ".cache", first)
        return files(run.site)

    run.site = tmp_path / "site"
    return run


@pytest.fixture
def wrote(monkeypatch):
    """Paths of files that MkDocs or we wrote as pages."""
    paths = []
    plain = utils.write_file
    monkeypatch.setattr(utils, "write_file", lambda data, path: (paths.append(path), plain(data, path))[1])
    return paths


def files(folder):
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


EMPTIED = {}
"""What was made so of the same texts and settings on the same day; it is made once."""


def emptied(build, given=None, **settings):
    """What a build makes of an empty folder without anything kept."""
    key = repr((sorted((given or {}).items()), sorted(settings.items()), os.environ["SOURCE_DATE_EPOCH"]))
    if key not in EMPTIED:
        shutil.rmtree(build.site)
        with pytest.MonkeyPatch.context() as change:
            change.setenv("GREENSUPPLY_NO_CACHE", "1")
            EMPTIED[key] = build(given, **settings)
    return EMPTIED[key]


def test_where_nothing_changed_nothing_is_written(build):
    cold = build()
    build()
    states = dict(identity.walk(str(build.site)))

    assert build() == cold
    assert dict(identity.walk(str(build.site))) == states


def test_only_pages_that_differ_are_written(build, wrote):
    cold = build()
    count = len(wrote)
    wrote.clear()
    site = build(EDIT)

    assert {path for path in cold if site[path] != cold[path]} <= {
        os.path.relpath(path, build.site) for path in wrote
    } | {"assets/offline/en.json", "assets/offline/versions.json", "search/en.js"}
    assert len(wrote) <= count / 2  # of one language, and 404.html of each
    assert site == emptied(build, EDIT)


def test_a_page_that_goes_takes_its_file_and_folder_along(build, tmp_path):
    build(module("third"))
    assert (build.site / "modules/third/index.html").exists()
    shutil.rmtree(tmp_path / "modules/third")
    site = build()

    assert not (build.site / "modules/third").exists()
    assert site == emptied(build)


@pytest.mark.parametrize("given", [{}, EDIT], ids=["nothing", "a text"])
def test_what_does_not_belong_there_goes(build, given):
    build()
    build()
    strange = {"es/more.html", "modules/old/index.html", "assets/old.js", "zzz"}
    for path in strange:
        (build.site / path).parent.mkdir(parents=True, exist_ok=True)
        (build.site / path).write_text("old")
    (build.site / "empty/folder").mkdir(parents=True)
    site = build(given)

    assert not strange & set(site)
    assert not (build.site / "empty").exists()
    assert not (build.site / "modules/old").exists()
    assert site == emptied(build, given)


@pytest.mark.parametrize("given", [{}, EDIT], ids=["nothing", "a text"])
@pytest.mark.parametrize("path", [PAGE, "assets/greensupply/site.css", "search/fr.js", "sw.js", "sitemap.xml"])
def test_what_was_changed_by_hand_is_put_right(build, path, given):
    build()
    build()
    file = build.site / path
    before = file.stat()
    whole = file.read_bytes()
    file.write_bytes(bytes(reversed(whole)))  # of the same size
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))  # and the same time

    assert build(given) == emptied(build, given)


def test_what_is_missing_is_written(build):
    cold = build()
    (build.site / PAGE).unlink()
    shutil.rmtree(build.site / "assets")
    assert build() == cold
    shutil.rmtree(build.site)
    assert build() == cold


def test_a_link_in_the_folder_is_not_followed(build, tmp_path):
    cold = build()
    elsewhere = tmp_path / "elsewhere"
    shutil.move(build.site / "es", elsewhere)
    (build.site / "es").symlink_to(elsewhere)
    (build.site / "modules/rinsing/link.html").symlink_to(tmp_path / "mkdocs.yml")
    before = files(elsewhere)
    (build.site / "es").unlink()

    assert build() == cold
    assert files(elsewhere) == before
    assert (tmp_path / "mkdocs.yml").exists()


def test_what_is_hidden_at_the_root_stays(build):
    build()
    (build.site / ".git").mkdir()
    (build.site / ".git/HEAD").write_text("ref")
    build()
    site = build(EDIT)

    assert site[".git/HEAD"] == b"ref"


def test_two_folders_in_turns_are_each_whole(build, tmp_path):
    other = tmp_path / "other"
    for given in ({}, EDIT, {}, {}):
        one = build(given)
        build(given, site_dir=str(other))
        assert files(other) == one
    assert build() == emptied(build)


def test_a_source_with_the_same_size_and_time_but_another_content_is_noticed(build, tmp_path):
    build(EDIT)
    build(EDIT)
    file = tmp_path / "modules/rinsing/en.md"
    before = file.stat()
    given = {"modules/rinsing/en.md": EDIT["modules/rinsing/en.md"].replace("twice", "thrice"[:5])}
    build_files = FILES | given
    file.write_text(build_files["modules/rinsing/en.md"], encoding="utf-8")
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert file.stat().st_size == before.st_size

    assert b"Rinse thric" in build(given)["modules/rinsing/index.html"]


@pytest.mark.parametrize("place", ["kept_site.KeptSite.leave", "kept_output.KeptOutput.keep", "whole_site.publish"])
def test_a_build_that_ends_on_the_way_leaves_nothing_behind(build, monkeypatch, place):
    build()

    def fail(*_args, **_more):
        raise KeyboardInterrupt

    with monkeypatch.context() as change:
        change.setattr(f"greensupply.plugin.{place}", fail)
        with pytest.raises(KeyboardInterrupt):
            build(EDIT)
    for handler in [each for each in logging.getLogger("mkdocs").handlers if type(each).__name__ == "Hearing"]:
        logging.getLogger("mkdocs").removeHandler(handler)

    assert build() == emptied(build)
    assert build(EDIT) == emptied(build, EDIT)


@pytest.mark.parametrize("path", ["modules/rinsing/en.md", "content/en/index.md"])
def test_a_build_that_fails_leaves_the_program_as_it_was(build, path):
    gc.set_threshold(700, 10, 10)
    before = gc.get_threshold(), utils.clean_directory
    with pytest.raises(Abort):
        build({path: "---\ntitle: [\n---\n<script>\n"})
    assert (gc.get_threshold(), utils.clean_directory) == before


def test_another_build_at_the_same_time_is_noticed(build, monkeypatch):
    cold = build()
    plain = kept_output.KeptOutput.leave

    def at_once(self, *args):
        plain(self, *args)
        for file in (build.site.parent / kept_pack.FOLDER).glob("turn"):
            file.write_text("another")

    with monkeypatch.context() as change:
        change.setattr(kept_output.KeptOutput, "leave", at_once)
        build(EDIT)
    (build.site / "index.html").touch()

    made = []
    with monkeypatch.context() as change:
        change.setattr(
            utils, "write_file", lambda data, path, plain=utils.write_file: (made.append(path), plain(data, path))[1]
        )
        assert build() == cold
    assert len(made) > 40


def test_a_build_that_warned_warns_again(build):
    given = {"content/en/more.md": "---\ntitle: More\ndescription: More.\n---\nMore of [it](index.md#nowhere).\n"}
    build(given)
    said = build.warnings
    build(given)

    assert any("nowhere" in text for text in said)
    assert sorted(build.warnings) == sorted(said)


def test_a_link_to_a_section_that_goes_is_warned_of_though_its_own_page_stands(build):
    page = "---\ntitle: More\ndescription: More.\n---\nMore of [it](other.md#part).\n"
    other = "---\ntitle: Other\ndescription: Other.\n---\n## Part\n\nText.\n"
    build({"content/en/more.md": page, "content/en/other.md": other})
    assert not build.warnings
    build({"content/en/more.md": page, "content/en/other.md": other.replace("Part", "Place")})

    assert any("other.md#part" in text for text in build.warnings)


def test_a_quiet_build_hears_warnings_too(build):
    given = {"content/en/more.md": "---\ntitle: More\ndescription: More.\n---\nMore of [it](index.md#nowhere).\n"}
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        build(given)
        build(given)
        assert not build.warnings
    finally:
        logger.setLevel(level)
    build(given)

    assert any("nowhere" in text for text in build.warnings)


def test_what_a_build_had_to_say_is_said_again(build, tmp_path, caplog):
    files_of = {"modules/second/fr.md": None}
    for name in files_of:
        (tmp_path / name).unlink(missing_ok=True)
    given = FILES | files_of
    with caplog.at_level(logging.INFO, logger="mkdocs"):
        build(given)
        caplog.clear()
        build(given)
        build(given)

    assert sum("modules/second/fr.md does not exist yet" in text for text in caplog.messages) == 2


def test_another_day_another_program_or_another_setting_is_another_build(build, monkeypatch):
    build(edit_uri="")
    build()
    made = []
    plain = made_pages.pages
    monkeypatch.setattr(made_pages, "pages", lambda *given: (made.append(1), plain(*given))[1])
    build()
    build()
    assert not made
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764201600")
    assert b"2025-11-27" in build()["sitemap.xml"]
    assert build(edit_uri="") == emptied(build, edit_uri="")


def test_files_of_settings_tell_the_same_to_another_process(tmp_path, build):
    build()
    file = tmp_path / "mkdocs.yml"
    file.write_text(configuration(tmp_path), encoding="utf-8")
    stamps = set()
    for _ in range(2):
        config = load_config(str(file))
        stamps.add(kept_build._stamp(config))
        assert "0x" not in json.dumps(kept_build._settings(config))
    assert len(stamps) == 1


def test_the_one_who_empties_the_folder_is_the_same_afterwards(build, tmp_path):
    plain = utils.clean_directory
    build()
    build()
    build(EDIT)
    assert utils.clean_directory is plain
    config = load_config(str(tmp_path / "mkdocs.yml"))
    config.plugins.on_startup(command="build", dirty=True)
    mkdocs_build(config, dirty=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/file").write_text("a")
    utils.clean_directory(str(tmp_path / "elsewhere"))

    assert not (tmp_path / "elsewhere/file").exists()
    assert utils.clean_directory is plain
