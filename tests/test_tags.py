from html import unescape
from html.parser import HTMLParser

import pytest
from greensupply import tags


class Plain(HTMLParser):
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


def plainly_told(html: str):
    reader = Plain()
    reader.feed(html)
    reader.close()
    return joined(reader.told)


def told(html: str):
    text = tags.read(html)
    found: list[tuple[object, ...]] = [("data", unescape(text.before))]
    for key, _, words in text.pieces:
        tag = text.tags[key]
        if tag.opens:
            found.append(("start", tag.name, list(tag.attributes)))
        if tag.closes:
            found.append(("end", tag.name))
        if tag.name.startswith("!"):
            found.append(("declared", tag.name[1:]))
        raw = tag.opens and tag.name in ("script", "style")
        found.append(("data", words if raw else unescape(words)))
    return joined(found)


def joined(found):
    together: list[tuple[object, ...]] = []
    for one in found:
        if one == ("data", ""):
            continue
        if one[0] == "data" and together and together[-1][0] == "data":
            together[-1] = ("data", f"{together[-1][1]}{one[1]}")
        else:
            together.append(one)
    return together


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
        "<p<b>x</p>",
        "<p <b>x</p>",
        "x > y <p> > </p>",
        "<p title='a&#34;b&amp;#34;c&lt;&quot;' alt=\"\" title>x</p>",
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
        "<iframe><p>x</p></iframe><p>y</p>",
        "<noscript><b>x</b></noscript>",
        "<title>a <b>x</b></title>",
        "<p>a > b</p> > <br>",
        "<p>x</p><b",
    ],
)
def test_html_is_told_as_htmlparser_tells_it(html):
    assert told(html) == plainly_told(html)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<p class="a">x</p><p class="a">y<br /></p>', ["p", "/p", "br"]),
        ("<svg viewBox='0 0 1 1'></svg>", ["svg", "/svg"]),
        ("<!doctype html>", ["!doctype html"]),
        ("words & more", []),
        ("1 < 2", []),
        ('<p title="<b>">x</p>', ["p", "/p"]),
        ("<script>'<p>'</script>", ["script", "/script"]),
        ("<!-- <p> -->", []),
    ],
)
def test_each_tag_is_told_once(html, expected):
    assert [tag.name if tag.opens else f"{'/' * tag.closes}{tag.name}" for tag in tags.distinct(html)] == expected


def test_tags_beyond_those_remembered_are_told_all_the_same(monkeypatch):
    monkeypatch.setattr(tags, "_MOST", 3)
    html = "".join(f'<p id="{number}">' for number in range(10))

    assert [dict(tag.attributes)["id"] for tag in tags.distinct(html * 2)] == [str(number) for number in range(10)]
    assert told(html) == plainly_told(html)
