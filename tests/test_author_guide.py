"""The author guide: its examples are a sound module, in three languages, and the page shows each twice."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
from builders import FACTS, project, write
from greensupply import author_guide, blocks, library, prose
from greensupply.locales import LOCALES, words
from greensupply.model import Callout, Question, QuestionType

PLACES = {"en": "author-guide", "es": "es/author-guide", "fr": "fr/author-guide"}
TITLES = {"en": "Rinsing", "es": "Enjuague", "fr": "Rinçage"}


def texts(locale: str) -> str:
    """All examples of the guide, one below the other, as a module."""
    head = f"---\ntitle: {TITLES[locale]}\nsummary: {TITLES[locale]}.\nobjectives:\n- {TITLES[locale]}\n---\n"
    return head + "\n\n".join(example.text for example in author_guide.examples(locale).values()) + "\n"


def as_module() -> dict[str, str | bytes]:
    files: dict[str, str | bytes] = {f"modules/guide/{locale}.md": texts(locale) for locale in LOCALES}
    files["modules/guide/module.yml"] = FACTS.format(id="guide")
    for file in (author_guide.EXAMPLES / "figures").iterdir():
        files[f"modules/guide/figures/{file.name}"] = file.read_bytes()
    return files


def test_the_examples_are_a_module_that_passes_the_check(tmp_path: Path):
    write(tmp_path, {**project(), **as_module()})

    found = library.read(tmp_path / "modules", tmp_path / "content")

    assert set(found.modules["guide"].texts) == set(LOCALES)
    assert sorted(found.assets) == [f"modules/guide/figures/balance.{locale}.svg" for locale in LOCALES]


@pytest.mark.parametrize("locale", LOCALES)
def test_there_is_an_example_of_each_box_and_of_each_type_of_question(locale):
    shown = [block for example in author_guide.examples(locale).values() for block in example.blocks]

    assert {block.kind for block in shown if isinstance(block, Callout)} == set(blocks.CALLOUTS)
    assert [block.type for block in shown if isinstance(block, Question)] == [
        QuestionType.SINGLE,
        QuestionType.MULTIPLE,
        QuestionType.TRUE_FALSE,
        QuestionType.NUMERIC,
        QuestionType.MATCHING,
        QuestionType.ORDERING,
    ]


def test_no_example_lies_unused_or_is_missing_in_a_language():
    files = {file.name for file in author_guide.EXAMPLES.glob("*.md")}

    assert files == {f"{name}.{locale}.md" for locale in LOCALES for name in author_guide.examples(locale)}


def test_the_guides_tell_the_same_in_the_same_order():
    def shape(locale: str) -> list[str]:
        text = (author_guide.FOLDER / f"guide.{locale}.md").read_text(encoding="utf-8")
        marks = re.findall(r"^(#{2,3} |\{\{ [a-z-]+ \}\}$|- |\d\. |```)", text, re.MULTILINE)
        return marks + re.findall(r"greensupply \w+|make \w+", text)

    assert shape("en") == shape("es") == shape("fr")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_guide_holds_nothing_that_authors_may_not_write(locale):
    text = (author_guide.FOLDER / f"guide.{locale}.md").read_text(encoding="utf-8")

    assert list(prose.problems(text, author_guide.source(locale), 1)) == []
    assert list(prose.unfilled(text, author_guide.source(locale))) == []


def test_every_command_of_the_guide_exists():
    """Of each `greensupply` line, the command, its subcommand and its options are those of the parser."""
    from greensupply.cli import main

    guide = (author_guide.FOLDER / "guide.en.md").read_text(encoding="utf-8")
    named = set(re.findall(r"\bgreensupply (\w+(?: module\b)?)", guide))

    assert named == {"new module", "check", "status", "translated", "explain", "export", "import"}
    for command in named:
        with pytest.raises(SystemExit) as ended:
            main([*command.split(), "--help"])
        assert ended.value.code == 0


def test_french_texts_keep_the_no_break_spaces_of_canada():
    """None before `;`, `!`, `?`; one before `:`, `%` and inside « », outside of code."""
    files = [author_guide.FOLDER / "guide.fr.md", *sorted(author_guide.EXAMPLES.glob("*.fr.md"))]
    wrong = re.compile(
        r"[ \u00a0][;!?](?=\s|$)|(?<![\u00a0|\-`:])[:%](?=\s|$)|«(?!\u00a0)|(?<!\u00a0)»|'", re.MULTILINE
    )
    option = re.compile(r"^    \w+: .*$|^:   |^\w+: |\w/\w+: ", re.MULTILINE)

    found = {}
    for file in files:
        text = re.sub(
            r"```.*?```|^---\n.*?\n---$", "", file.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE
        )
        text = option.sub("", re.sub(r"`[^`\n]*`", "code", text))
        if lines := [line for line in text.splitlines() if wrong.search(line)]:
            found[file.name] = lines

    assert found == {}


def test_the_page_shows_each_example_as_written_and_as_rendered(build_site):
    site = build_site()

    for locale, place in PLACES.items():
        page = site.html(place)
        for name, example in author_guide.examples(locale).items():
            assert f"<pre><code>{html.escape(example.text)}" in html_of(page), (locale, name)
        for kind in blocks.CALLOUTS:
            assert page.count(f'class="gs-callout gs-{kind}"') == 1
        assert page.count("<quiz-question ") == 6
        source = re.search(rf'<figure><img src="([^"]*balance\.{locale}\.svg)"[^>]* width="720" height="400"', page)
        assert source
        assert (site.folder / place / source[1]).resolve().is_file()


def html_of(page: str) -> str:
    """The page with its sources in one spelling."""
    return page.replace("&#10;", "\n").replace("&#34;", "&quot;").replace("&#39;", "&#x27;")


def test_the_questions_of_the_guide_belong_to_no_module(build_site):
    page = build_site().html("author-guide")

    assert "<quiz-score" not in page
    assert "<completion-record" not in page
    assert page.count(" data-practice") == 1
    assert words("en")["quiz"]["verdict_right"] in page


def test_the_guide_stands_in_the_navigation_and_its_examples_are_not_searched(build_site):
    site = build_site()

    assert 'href="author-guide/"' in site.html("")
    assert 'href="author-guide/"' in site.html("es")
    assert 'href="https://code.example/edit/main/hooks/greensupply/author_guide/guide.fr.md"' in site.html(PLACES["fr"])
    found = site.text("search/en.js")
    assert "Author guide" in found
    assert "idle night" not in found
