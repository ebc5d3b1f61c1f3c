"""Small pieces of Markdown: what is quick for most of them gives what Python-Markdown gives."""

from __future__ import annotations

import pytest
from greensupply import fragments
from markdown import Markdown
from markupsafe import Markup

TEXTS = (
    "Rinse",
    "12\u00a0kg of sludge, “dry”",
    "Two\u00a0 spaces, and more  of them",
    "A *b* `c` **d**",
    "x < y & z",
    "Rinse & dry",
    "[a link](https://example.org/?a=1&b=2)",
    "One.\n\nTwo.",
    "- one\n- two",
    "1. one",
)


@pytest.mark.parametrize("text", TEXTS)
def test_a_piece_is_what_markdown_makes_of_it(text):
    html = Markdown(extensions=["tables", "sane_lists"]).convert(text)
    paragraphs = html.count("<p>")

    assert fragments.block(text, str) == html
    assert fragments.inline(text, str) == (html[3:-4] if paragraphs and html.startswith("<p>") else html)
    assert fragments.plain(text) == Markup(html).striptags()


def test_an_empty_piece_is_nothing():
    assert (fragments.block(" \n", str), fragments.inline("", str), fragments.plain("")) == ("", "", "")
