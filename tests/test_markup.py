import re

import pytest
from greensupply import markup, tags


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>fine <a href='../x/'>x</a></p>", []),
        ("<script>x</script>", ["the tag `<script>`"]),
        ("<p onclick=x>", ["the attribute `onclick` of `<p>`"]),
        ("<p style='x'>", ["the attribute `style` of `<p>`"]),
        ("<a href='&#106;avascript:x'>", ["an address that begins with `javascript:`"]),
        ("<a href='data:text/html,x'>", ["an address that begins with `data:`"]),
        ("<img src='https://a.example/x.png'>", ["something loaded from elsewhere, `https://a.example/x.png`"]),
        ("<iframe></iframe><form></form>", ["the tag `<iframe>`", "the tag `<form>`"]),
        ("<meta http-equiv=refresh>", ["the tag `<meta>`"]),
        ("<!DOCTYPE x>", ["`<!DOCTYPE x>`"]),
        ("<svg viewBox='0 0 1 1'><title>x</title><g><path d='M0,0'/><text>1<tspan>2</tspan></text></g></svg>", []),
        (
            "<svg onload=x><g style='x'></g></svg>",
            ["the attribute `onload` of `<svg>`", "the attribute `style` of `<g>`"],
        ),
        ("<svg><script>x</script><style>x</style></svg>", ["the tag `<script>`", "the tag `<style>`"]),
        ("<svg><use href='#x'/><image href='x'/></svg>", ["the tag `<use>`", "the tag `<image>`"]),
        (
            "<svg><foreignObject></foreignObject><animate/><set/></svg>",
            ["the tag `<foreignobject>`", "the tag `<animate>`", "the tag `<set>`"],
        ),
    ],
)
def test_what_content_must_not_hold_is_named(html, found):
    assert list(markup.problems(tags.read(html))) == found


@pytest.mark.parametrize(
    ("html", "safe"),
    [
        ("<script src='a.js'></script>", True),
        ('<script type="application/json">{}</script>', True),
        ('<script type="application/ld+json">{}</script>', True),
        ("<script>x()</script>", False),
        ("<script type=module>x()</script>", False),
        ("<body onload=x>", False),
        ("<p style='x'>", False),
        ("<p>a style=x of one = two</p>", True),
    ],
)
def test_a_page_with_an_inline_script_handler_or_style_is_unsafe(html, safe):
    assert (markup.unsafe(tags.distinct(html)) == "") is safe


def test_each_table_is_a_named_region_that_can_be_reached():
    html = '<h2 id="a">Costs &amp; more<a class="headerlink" href="#a">¶</a></h2><table><tr><td>1</td></tr></table><table></table>'

    wrapped = markup.tables(html, "fr")

    assert 'role="region" tabindex="0" aria-label="Tableau 1\u00a0: Costs &amp; more"><table>' in wrapped
    assert 'aria-label="Tableau 2\u00a0: Costs &amp; more"><table>' in wrapped


def test_a_table_without_a_heading_has_a_number_only():
    html = "<h1>Status</h1>\n<p>One line.</p><table></table><hr><table></table><h3>A</h3><p>x</p><h4>B <b>c</b></h4>\n<table></table>"

    names = re.findall('aria-label="([^"]*)"', markup.tables(html, "en"))

    assert names == ["Table 1", "Table 2", "Table 3: B c"]


@pytest.mark.parametrize("html", ["<p>x</p>", "<table>", "</table><h2>x</h2>", '<table class="a"></table>'])
def test_html_without_a_whole_plain_table_stays_as_it_is(html):
    assert markup.tables(html, "en") == html
