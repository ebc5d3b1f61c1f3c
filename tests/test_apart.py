from greensupply import apart

LONG = "\n".join(["<div>", *(f'<p id="p{number}">Words, and more of them.</p>' for number in range(9)), "</div>"])


def test_finished_html_is_set_apart_and_put_back():
    short, pieces = apart.set_apart(f"# Title\n\n{LONG}\n\nText.\n\n{LONG}\n")

    assert short == '# Title\n\n<div data-gs-apart="0"></div>\n\nText.\n\n<div data-gs-apart="1"></div>\n'
    assert apart.put_back(short, pieces) == f"# Title\n\n{LONG}\n\nText.\n\n{LONG}\n"
    assert apart.ids(pieces) == {f"p{number}" for number in range(9)}


def test_what_holds_markdown_or_is_not_whole_stays():
    for text in (
        LONG.replace("<div>", '<div markdown="1">', 1),
        LONG + "\n</div>",
        LONG.removesuffix("</div>"),
        LONG + LONG,
        LONG.replace("\n", "\n\n", 1),
        "text before\n" + LONG,
        "<div>short</div>",
        f"```\n\n{LONG}\n\n```",
    ):
        assert apart.set_apart(text) == (text, [])


def test_a_piece_without_its_place_is_noticed():
    assert apart.put_back("<p>nothing</p>", [LONG]) is None
    assert apart.put_back('<div data-gs-apart="0"></div><div data-gs-apart="0"></div>', [LONG]) is None


def test_a_page_whose_pieces_do_not_fit_is_built_the_slow_way(build_site, monkeypatch):
    """Seen with MkDocs 1.6.1: `Page.render` may be called again."""
    expected = build_site().html("modules/rinsing")
    monkeypatch.setattr(apart, "put_back", lambda page, pieces: None)

    site = build_site()

    assert site.html("modules/rinsing") == expected
    assert any("the slow way" in warning for warning in site.warnings)


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
