"""Each page is read once, as it is made, and what is found in it then is what is found in its file."""

import pytest
from greensupply.offline import contents
from greensupply.plugin import reading

LATE = """
from mkdocs.plugins import event_priority

@event_priority({priority})
def on_post_page(output, page, config):
    return output.replace("</main>", '{html}</main>')
"""


@pytest.fixture
def kept_before():
    """Nothing: a page that is kept is not read."""


def with_hook(build_site, html, priority):
    files = {"late.py": LATE.format(html=html, priority=priority), "content/assets/late.txt": "late"}
    return build_site(files, hooks=["late.py"])


def written_lists(site):
    return {f"{contents.LISTS}/{file.name}": file.read_text() for file in (site.folder / contents.LISTS).iterdir()}


def test_at_the_end_of_the_build_no_page_is_read_again(build_site, monkeypatch):
    read = []
    addresses = contents.addresses
    monkeypatch.setattr(
        contents, "addresses", lambda suffix, data: read.append((suffix, data)) or addresses(suffix, data)
    )
    site = build_site()

    assert [data for suffix, data in read if suffix == ".html"] == [(site.folder / contents.OFFLINE_PAGE).read_bytes()]
    assert written_lists(site) == contents.lists(site.folder)


def test_a_page_that_is_changed_after_it_was_read_is_read_again(build_site):
    site = with_hook(build_site, '<img src="assets/late.txt" alt="">', -50)

    assert written_lists(site) == contents.lists(site.folder)
    assert '"assets/late.txt"' in site.text(f"{contents.LISTS}/en.json")


@pytest.mark.parametrize("html", ["<script>x()</script>", "<p onclick=x></p>", '<p style="x"></p>'])
def test_a_page_with_something_inline_around_its_content_is_not_published(build_site, html):
    with pytest.raises(
        AssertionError, match=r"index\.md: `<(script>|p onclick=|p style=)` is inline; move it to a file"
    ):
        with_hook(build_site, html.replace('"', '\\"'), 50)


@pytest.mark.parametrize(
    ("output", "html", "around"),
    [
        ("<main><p>x</p></main>", "<p>x</p>\n", ("<main>", "</main>")),
        ("<main>\n<p>x</p>\n</main>", "\n<p>x</p>\n", ("<main>\n", "\n</main>")),
        ("<main><p>y</p></main>", "<p>x</p>", ("<main><p>y</p></main>", "")),
        ('<main class="a">a</main>', "a", ('<main class="a">a</main>', "")),
        ("<main></main>", "", ("<main></main>", "")),
    ],
)
def test_a_page_is_parted_where_its_content_is_told_by_its_tags(output, html, around):
    before, _, after = reading._around(output, html)

    assert (before, after) == around
