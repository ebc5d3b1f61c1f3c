import pytest
from greensupply import apart
from markdown import Markdown

WHOLE = "\n".join(["<div>", *(f'<p id="p{number}">Words.</p>' for number in range(3)), "</div>"])
BOX = f"""\
<section class="gs-callout gs-note" id="note-1" markdown="1">
<p class="gs-callout-title">Bob&#39;s <em>note</em></p>
<p>0:15</p>

<div lang="en" markdown="1">

- a [link](https://example.org/?a=1&b=2)

{WHOLE}

- b

</div>

</section>"""


def _converted(text: str) -> str:
    names = ("tables", "sane_lists", "md_in_html", "def_list", "toc", "fenced_code")  # as mkdocs.yml and MkDocs say
    return Markdown(extensions=list(names)).convert(text)


def test_finished_html_is_set_apart_and_put_back():
    short, pieces = apart.set_apart(f"# Title\n\n{WHOLE}\n\n<h1>Raw</h1>\n\nText.\n\n{WHOLE}\n")

    assert short == "# Title\n\ngs-apart-0\n\nText.\n\ngs-apart-1"
    assert apart.put_back("<h1>Title</h1>\n<p>gs-apart-0</p>\n<p>Text.</p>\n<p>gs-apart-1</p>", pieces) == (
        f"<h1>Title</h1>\n{WHOLE}\n\n<h1>Raw</h1>\n\n<p>Text.</p>\n{WHOLE}"
    )
    assert apart.ids(pieces) == {"p0", "p1", "p2"}


def test_an_element_around_markdown_leaves_its_markdown():
    short, pieces = apart.set_apart(f"{WHOLE}\n\n{BOX}\n\nText.")

    assert short == (
        "gs-apart-0\n\n- a [link](https://example.org/?a=1&b=2)\n\ngs-apart-1\n\n- b\n\ngs-apart-2\n\nText."
    )
    assert pieces[2] == "</div>\n</section>"
    assert "note-1" in apart.ids(pieces)


@pytest.mark.parametrize(
    "text",
    [
        BOX,
        f"Before.\n\n{BOX}\n\n{BOX}\n\n1. one\n\n{WHOLE}\n\n2. two",
        f"{WHOLE}\n\n{BOX}\n\n{WHOLE}\n\n{WHOLE}",
        f"{WHOLE}\n\n\n\n## A\n\n{BOX}\n\n## A\n\n| a | b |\n| --- | --- |\n| 1 | 2 |\n\n{BOX}\n",
        f'<div class="gs-untranslated" lang="en" markdown="1">\n\nText.\n\n{BOX}\n\n{WHOLE}\n\n</div>\n\n{WHOLE}',
        f"> quoted\n\n{BOX}\n\n    code\n\n{WHOLE}\n\nterm\n: means\n\n{WHOLE}",
        f"A [reference][r].\n\n{BOX}\n\n[r]: https://example.org/\n\n<p>short</p>",
    ],
)
def test_a_page_is_the_same_as_if_all_of_it_were_converted(text):
    """Seen with Python-Markdown 3.11."""
    short, pieces = apart.set_apart(text)

    assert "<" not in short
    assert apart.put_back(_converted(short), pieces) == _converted(text)

    short, pieces = apart.set_apart(text, apart.texts(short, _converted(short)))

    assert apart.put_back(_converted(short), pieces) == _converted(text)


def test_a_text_that_depends_on_nothing_else_is_known_on_the_next_page():
    short, _ = apart.set_apart(f"## A\n\nText *one*.\n\n- two\n\n{WHOLE}\n\nA [link](a.md).\n\n## B\n\nThree.")

    known = apart.texts(short, _converted(short))

    assert known == {
        "Text *one*.\n\n- two": "<p>Text <em>one</em>.</p>\n<ul>\n<li>two</li>\n</ul>",
        "Three.": "<p>Three.</p>",
    }
    text = f"## A\n\n{WHOLE}\n\nText *one*.\n\n- two\n\n## A\n\nThree.\n\nFour."
    short, pieces = apart.set_apart(text, known)
    assert short == "## A\n\ngs-apart-0\n\n## A\n\nThree.\n\nFour."
    assert apart.put_back(_converted(short), pieces) == _converted(text)


@pytest.mark.parametrize(
    "text",
    [
        "Heading\n=======\n\nText.",
        "Text.\n## Heading\n\nText.",
        "> ## Heading\n\nText.",
        "[r]: https://example.org/\n\n## A\n\nText.",
        "[a][r]",
        "a & b",
        "term\n: means",
        "term\n\n:   means",
    ],
)
def test_nothing_is_known_of_a_text_that_cannot_be_told_apart_or_may_depend_on_others(text):
    assert apart.texts(text, _converted(text)) == {}


def test_what_is_not_whole_stays():
    for text in (
        WHOLE + "\n</div>",
        WHOLE.removesuffix("</div>"),
        WHOLE + WHOLE,
        WHOLE.replace("\n", "\n\n", 1).replace("<p", "<b").replace("</p", "</b"),
        "text before\n" + WHOLE,
        "gs-apart-0",
        f"```\n\n{WHOLE}\n\n```",
    ):
        assert apart.set_apart(text) == (text, [])


def test_nothing_is_set_apart_where_an_element_around_markdown_cannot_be():
    for box in (
        BOX.removesuffix("</section>"),
        BOX.replace("\n\n</div>", "\n</div>"),
        BOX.replace('lang="en"', "hidden"),
        BOX.replace('lang="en"', 'lang="&amp;"'),
        BOX.replace("0:15</p>", "0:15</p>\ntext"),
        BOX.replace("</div>", "</section>"),
    ):
        text = f"{WHOLE}\n\n{box}\n\n{WHOLE}"

        assert apart.set_apart(text) == (text, [])


def test_a_piece_without_its_place_is_noticed():
    assert apart.put_back("<p>nothing</p>", [WHOLE]) is None
    assert apart.put_back("<li>gs-apart-0</li>", [WHOLE]) is None
    assert apart.put_back("<p>gs-apart-0</p><p>gs-apart-0</p>", [WHOLE]) is None


def test_a_page_whose_pieces_do_not_fit_is_built_the_slow_way(build_site, monkeypatch):
    """Seen with MkDocs 1.6.1: `Page.render` may be called again."""
    monkeypatch.setenv("GREENSUPPLY_NO_CACHE", "1")
    expected = build_site().html("modules/rinsing")
    monkeypatch.setattr(apart, "put_back", lambda page, pieces: None)

    site = build_site()

    assert site.html("modules/rinsing") == expected
    assert any("the slow way" in warning for warning in site.warnings)


def test_a_facilitators_page_is_the_same_if_nothing_is_known_from_the_modules_page(build_site, monkeypatch):
    monkeypatch.setenv("GREENSUPPLY_NO_CACHE", "1")
    expected = build_site().html("modules/rinsing/facilitator")
    monkeypatch.setattr(apart, "texts", lambda short, page: {})

    assert build_site().html("modules/rinsing/facilitator") == expected


def test_links_to_ids_in_finished_html_are_still_checked(build_site):
    text = "---\ntitle: About\ndescription: x\n---\n[question](../../modules/rinsing/en.md#question-at-the-source)\n"

    assert build_site({"content/en/about.md": text}).warnings == ()


def test_the_menu_marks_the_page_and_leads_from_it(build_site):
    site = build_site()

    assert '<a href="./" aria-current="page">Rinsing' in site.html("modules/rinsing")
    assert '<a href="../">Rinsing' in site.html("modules/rinsing/facilitator")
    assert '<a href="../../modules/rinsing/">Rinsing' in site.html("pathways/supplier")
    assert '<a href="modules/rinsing/">Rinsing' in site.html("")
    assert '<a href="../es/modules/rinsing/">' not in site.html("es")
