"""Our pages lie where mkdocs-static-i18n would place them, and the theme is listed as MkDocs would list it.

Seen with MkDocs 1.6.1, mkdocs-static-i18n 1.3.1, Jinja 3.1.6 and Material 9.8.
"""

import pytest
from builders import module, project
from greensupply.plugin import kept_output, listing, placing
from jinja2 import FileSystemLoader
from mkdocs.config import load_config
from mkdocs.structure.files import Files


@pytest.fixture
def placed(build_site, monkeypatch):
    """What is known of each page of every language, as the files say."""
    monkeypatch.setenv("GREENSUPPLY_ONE_PROCESS", "1")
    monkeypatch.setenv("GREENSUPPLY_NO_CACHE", "1")
    found = []
    plain = kept_output.KeptOutput.leave

    def leave(self, files, *more):
        found.extend(map(_told, files.documentation_pages()))
        plain(self, files, *more)

    monkeypatch.setattr(kept_output.KeptOutput, "leave", leave)

    def run(**settings):
        found.clear()
        site = build_site(project(module(), module("second", fr=None)), **settings)
        return list(found), {
            file.relative_to(site.folder).as_posix(): file.read_bytes()
            for file in site.folder.rglob("*")
            if file.is_file()
        }

    return run


def _told(file):
    own = file.src_uri, file.dest_uri, file.url, file.abs_dest_path, file.name, file.inclusion, file.edit_uri
    i18n = file.locale, file.locale_alternate_of, file.localization, file.norm_src_uri
    return own, i18n, [(locale, twin.url) for locale, twin in file.alternates.items()], file.page.is_homepage


@pytest.mark.parametrize("flat", [False, True])
def test_our_pages_lie_where_mkdocs_static_i18n_would_place_them(placed, monkeypatch, flat):
    quick, site = placed(use_directory_urls=not flat)
    monkeypatch.setattr(placing, "is_known", lambda _: False)
    plain, other = placed(use_directory_urls=not flat)

    assert len(quick) > 60
    assert quick == plain
    assert site == other


def test_settings_that_place_pages_elsewhere_are_left_to_mkdocs_static_i18n(build_site, tmp_path, monkeypatch):
    build_site()
    config = load_config(str(tmp_path / "mkdocs.yml"))
    i18n = config.plugins["i18n"]
    i18n.current_language = "en"
    assert placing.is_known(config)
    i18n.config.docs_structure = "suffix"
    assert not placing.is_known(config)
    i18n.config.docs_structure = "folder"
    i18n.config.languages[0].locale = "de"
    assert not placing.is_known(config)
    config.plugins.pop("i18n")
    assert not placing.is_known(config)


def test_the_theme_is_listed_as_mkdocs_lists_it_but_for_what_we_leave_out(build_site, tmp_path):
    build_site()
    config = load_config(str(tmp_path / "mkdocs.yml"))
    plain, short = Files([]), Files([])
    for files in (plain, short):
        env = config.theme.get_env()
        vars(env).pop("list_templates", None)  # which `theme_once` puts there
        files.add_files_from_theme(env, config)
        listing.shorten(config.theme)

    assert [file.src_uri for file in short] == [
        file.src_uri for file in plain if not file.src_uri.startswith(listing.UNPUBLISHED[:-1])
    ]
    assert len(plain.src_uris) > len(short.src_uris)
    assert isinstance(env.loader, FileSystemLoader)
    assert env.loader.searchpath == config.theme.dirs
