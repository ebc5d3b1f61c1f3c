from html.parser import HTMLParser

import pytest
from greensupply import tags


class Told:
    def __init__(self) -> None:
        super().__init__()
        self.told: list[tuple[object, ...]] = []

    def handle_starttag(self, tag, attrs):
        self.told.append(("start", tag, attrs))

    def handle_endtag(self, tag):
        self.told.append(("end", tag))

    def handle_data(self, data):
        self.told.append(("data", data))

    def handle_decl(self, decl):
        self.told.append(("declared", decl))

    def handle_comment(self, data):
        self.told.append(("comment", data))


class Quick(Told, tags.Reader):
    pass


class Plain(Told, HTMLParser):
    pass


def told(reader, html: str):
    reader.feed(html)
    reader.close()
    joined: list[tuple[object, ...]] = []
    for one in reader.told:  # HTMLParser may give a text in two pieces
        if one[0] == "data" and joined and joined[-1][0] == "data":
            joined[-1] = ("data", f"{joined[-1][1]}{one[1]}")
        else:
            joined.append(one)
    return joined


@pytest.mark.parametrize(
    "html",
    [
        "",
        "words only",
        "a &amp; b &nbsp;&#160;&#xa0; c",
        "AT&T, R&D;, 1 & 2",
        '<p>a<br>b<br />c<img src="a.png" alt="1 > 0 &amp; \'so\'"/></p>\n',
        '<input type="radio" checked><svg viewBox="0 0 1 1"><title>T &lt;</title><path d="M0 0"/></svg> end',
        "<a href='single.html'>x</a>",
        "<a href=bare.html>x</a>",
        '<a data-words=\'{"a": "&amp;b="}\' class="it\'s">x</a>',
        '<A HREF="big.html">x</A>',
        '<p title="a < b">x</p>',
        '<p title="&copy=1">x</p>',
        "<p>1 < 2</p>",
        "<p>a</p",
        "<p",
        "</p ><p >x",
        "<!-- <p>no</p> --><p>yes</p>",
        "<!doctype html><html><head><title>a</title></head></html>",
        '<script type="application/json">{"a": "&amp;"}</script><p>&amp;</p>',
        "<script>if (a < b) '<p>'</script><p>x</p>",
        "<script>'<p>'</script>",
        "<style>a > b {}</style>",
        "<textarea><b>x</b></textarea>",
        "<?php echo 1 ?><p>x</p>",
        '<quiz-question id="q" data-key="{&quot;a&quot;: 1}">x</quiz-question>',
        '<p class="a"class="b">x</p>',
        '<p a=1 b="2" c>x</p>',
        '<p\nclass="a"\n>x</p>',
    ],
)
def test_html_is_told_as_htmlparser_tells_it(html):
    assert told(Quick(), html) == told(Plain(), html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="a">x</p><p class="a">y<br /></p>', ['<p class="a">', "</p>", "<br />"]),
        ("<svg viewBox='0 0 1 1'></svg>", ["<svg viewBox='0 0 1 1'>", "</svg>"]),
        ("<!doctype html>", ["<!doctype html>"]),
        ("words & more", []),
        ("1 < 2", None),
        ('<p title="<b>">x</p>', None),
        ("<script>'<p>'</script>", None),
        ("<!-- x -->", None),
    ],
)
def test_each_tag_of_wellformed_html_is_told_once_as_written(html, expected):
    assert tags.distinct(html) == expected
