"""Markdown becomes the same HTML whether its plain text is looked through for patterns or not."""

import pytest
from builders import ROOT
from greensupply import plain_text
from hypothesis import given
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import SimpleTagInlineProcessor
from markdown.util import AtomicString

EXTENSIONS = ["tables", "sane_lists", "md_in_html", "def_list", "toc"]
PIECES = [
    *(
        "word",
        " ",
        "\n",
        "\n\n",
        "  \n",
        "# ",
        "## ",
        "- ",
        "1. ",
        "> ",
        "    ",
        "a | b\n- | -\nc | d",
        "term\n:   said",
    ),
    *("*", "**", "_", "__", "`", "``", "\\", "\\*", "[a](b)", "![a](b)", "[a]", "[a]: b", "[", "]", "<b>", "</b>", "<"),
    *("&", "&amp;", "&copy;", "<https://a.example>", "<a@b.example>", "https://a.example", "~~", "'", '"', "\x02", "é"),
    *(
        '<div markdown="1">',
        "</div>",
        "<p>",
        "</p>",
        "<br>",
        "<!-- a -->",
        "snake_case",
        "2 * 3",
        "* * *",
        "---",
        "\\\n",
    ),
]


def converted(text: str, *more: str | Extension) -> tuple[str, object]:
    markdown = Markdown(extensions=[*EXTENSIONS, *more], extension_configs={"toc": {"permalink": True}})
    return markdown.convert(text), markdown.toc_tokens


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_text_becomes_the_same(text):
    assert converted(text, plain_text.__name__) == converted(text)


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
def test_the_pages_of_the_hub_become_the_same(locale):
    files = [*(ROOT / "content" / locale).rglob("*.md"), *(ROOT / "modules").glob(f"*/{locale}.md")]

    assert files
    for file in files:
        text = file.read_text(encoding="utf-8")
        assert converted(text, plain_text.__name__) == converted(text), file


class Struck(Extension):
    def extendMarkdown(self, md):
        md.inlinePatterns.register(SimpleTagInlineProcessor(r"(~)([^~]+)~", "s"), "struck", 65)


class Replaced(Extension):
    def extendMarkdown(self, md):
        md.inlinePatterns.deregister("entity")
        md.inlinePatterns.register(Tilde(r"(~)([^~]+)~", "s"), "entity", 65)


class Tilde(SimpleTagInlineProcessor):
    pass


@pytest.mark.parametrize("other", [Struck, Replaced])
def test_patterns_of_others_are_looked_for_everywhere(other):
    html, _ = converted("a ~b~ c", plain_text.__name__, other())

    assert html == "<p>a <s>b</s> c</p>"


def test_only_text_without_signs_is_kept_from_the_patterns(monkeypatch):
    seen: list[str] = []
    monkeypatch.setattr(plain_text, "AtomicString", lambda text: seen.append(text) or AtomicString(text))

    assert converted("plain\n\nwith *stress*\n\nends  \nhere", plain_text.__name__)[0].startswith("<p>plain</p>")
    assert [text for text in seen if text.strip()] == ["plain"]


def test_the_site_is_built_with_it(build_site, monkeypatch):
    seen: list[object] = []
    monkeypatch.setattr(plain_text.PlainText, "run", lambda self, root: seen.append(root))

    build_site()

    assert seen
