"""A build holds the content of a page that it keeps only while the page is written.

Seen with MkDocs 1.6.1: `Page.content` is asked for by the events `on_page_content`, `on_page_context` and
`on_post_page` and by templates, and by nothing else.
"""

import pytest
from greensupply import kept_pack, made_pages
from greensupply.kept_pack import Pack
from greensupply.plugin.kept_made import Elsewhere
from greensupply.plugin.search import Search
from mkdocs.structure.pages import Page


@pytest.fixture
def kept_before():
    """Nothing: what is kept is what these tests are about."""


@pytest.fixture(autouse=True)
def one_process(monkeypatch):
    """All languages are built here, where they can be watched."""
    monkeypatch.setenv("GREENSUPPLY_ONE_PROCESS", "1")
    kept_pack.at.cache_clear()


@pytest.fixture
def pages(monkeypatch):
    """Pages of the last build by their source, with what they hold when all are made and none is written."""
    found: dict[str, tuple[Page, object, object]] = {}
    gather = Search.gather

    def watched(search, files, *more):
        for file in files.documentation_pages():
            made = file.abs_src_path is None
            found[file.src_uri] = file.page, file.page.content, file.content_string if made else None
        gather(search, files, *more)

    monkeypatch.setattr(Search, "gather", watched)
    return found


def held(pages):
    """Sources of the pages that held their content."""
    return {uri for uri, (_, content, _) in pages.items() if not isinstance(content, Elsewhere)}


def of_content(uri):
    """A page of `content/`."""
    return uri.count("/") == 1


def test_no_page_that_is_kept_holds_its_texts_before_and_after_it_is_written(build_site, pages):
    site = build_site()

    assert held(pages) == {uri for uri in pages if of_content(uri)}
    assert all(text in {"", None} for _, _, text in pages.values())
    assert isinstance(pages["fr/modules/rinsing/index.md"][0].content, Elsewhere)
    assert "<h2 " in site.html("fr/modules/rinsing")


def test_pages_found_among_what_is_kept_hold_none_either(build_site, pages):
    site = build_site()
    before = site.html("es/modules/rinsing"), site.text("search/es.js")
    pages.clear()
    kept_pack.at.cache_clear()
    again = build_site({"content/en/index.md": "---\ntitle: Home\ndescription: Home.\n---\nAnother text.\n"})

    assert held(pages) == {uri for uri in pages if of_content(uri)}
    assert (again.html("es/modules/rinsing"), again.text("search/es.js")) == before


@pytest.mark.parametrize(
    ("files", "settings"),
    [
        ({"late.py": "def on_page_content(html, **_): return html"}, {"hooks": ["late.py"]}),
        (
            {"content/feed.txt": "{% for page in pages %}{{ page.page.content }}{% endfor %}"},
            {"extra_templates": ["feed.txt"]},
        ),
    ],
)
def test_where_others_may_ask_for_them_pages_hold_their_contents(build_site, pages, files, settings):
    build_site(files, **settings)

    assert held(pages) == set(pages)


def test_where_nothing_is_kept_pages_hold_their_contents(build_site, pages, monkeypatch):
    monkeypatch.setenv("GREENSUPPLY_NO_CACHE", "1")
    build_site()

    assert held(pages) == set(pages)


def test_where_there_is_no_room_pages_hold_their_contents(build_site, pages, monkeypatch):
    keep = Pack.keep
    monkeypatch.setattr(Pack, "keep", lambda *_: False)
    full = build_site()
    assert held(pages) == set(pages)
    monkeypatch.setattr(Pack, "keep", keep)

    assert build_site().html("modules/rinsing") == full.html("modules/rinsing")


def test_a_content_that_is_gone_from_the_disk_stops_the_build(build_site, monkeypatch):
    gather = Search.gather

    def lost(search, *more):
        gather(search, *more)
        search.store._used.clear()

    monkeypatch.setattr(Search, "gather", lost)
    with pytest.raises(AssertionError, match=r"\.md: what was made of this page is gone from the disk\. Build again\."):
        build_site()


@pytest.mark.parametrize(("others", "at_once"), [({}, False), ({"hooks": ["late.py"]}, True)])
def test_a_page_is_made_when_it_is_read_unless_others_may_ask_for_it_before(build_site, monkeypatch, others, at_once):
    order = []
    for owner, name in ((made_pages, "text"), (Page, "read_source")):
        plain = getattr(owner, name)
        monkeypatch.setattr(
            owner, name, lambda *given, _plain=plain, _name=name: (order.append(_name), _plain(*given))[1]
        )
    build_site({"late.py": "def on_page_content(html, **_): return html"}, **others)

    assert order.count("text") > 40
    assert ("text text" in " ".join(order)) is at_once
