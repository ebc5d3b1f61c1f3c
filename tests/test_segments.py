"""Cutting a module's text into segments and putting it together again."""

from __future__ import annotations

from pathlib import Path

import pytest
from greensupply import segments
from hypothesis import example, given, settings
from hypothesis import strategies as st

MODULES = Path(__file__).parent.parent / "modules"
FRONT = "---\ntitle: {title}\nsummary: S\nobjectives:\n- One\n- 'Two: more'\n---\n"
NUMERIC = """\
/// question | How much?
    id: much
    type: numeric
    answer: 12.5
    unit: kWh

A | B
--|--
1 | `a|b`

- [ ] 14.4
    - Too much.

//// hint
Divide.
////
///
"""
MATCHING = "/// question | Match.\n    id: pairs\n    type: matching\n\nOne\n:   A\n\nTwo\n:   B\n///\n"


def pieces(text: str) -> dict[str, str]:
    return {segment.id: segment.text for segment in segments.segments_of(segments.cut(text))}


def joined(text: str) -> str:
    return "".join(map(segments.text_of, segments.cut(text)))


LINE = st.one_of(
    st.sampled_from([
        "", "---", "## H", "### H ##", "text", "- item", "  more", "1. step", "- [x] right", "- [ ] 3", "    - why", "| a | b |",
        "|---|:-:|", "a | b", "///", "/// case | T", "/// question | Q?", "    id: q", "    type: matching", "    answer: 3",
        "    unit: kg", "//// hint", "////", "```", "~~~~", "> said", ":   partner", "![alt](f.en.svg \"cap\")", "![](x)",
        "[x]: y", "title: a", "objectives:", "____", "`a|b`", "\\|", "    calculator: stream-map", "\ufeff---",
    ]),
    st.text(max_size=12),
)  # fmt: skip


@settings(max_examples=600, deadline=None)
@given(st.lists(st.tuples(LINE, st.sampled_from(["\n", "\n", "\n", "\r\n", "\r", ""]))), st.booleans())
@example([("title: é\x85b", "\r"), ("\x0b", "\r\n")], True)
def test_a_text_of_any_lines_comes_together_again_and_no_id_stands_twice(lines, front):
    text = (FRONT.format(title="T") if front else "") + "".join(line + end for line, end in lines)

    names = [segment.id for segment in segments.segments_of(segments.cut(text))]

    assert joined(text) == text
    assert len(names) == len(set(names))


@settings(max_examples=300, deadline=None)
@given(st.text(min_size=1, max_size=40))
@example("no")
@example("a: b")
@example("it's # not")
@example("'")
@example("1:30")
def test_any_title_is_read_back_from_the_front_matter_as_it_was_put_in(title):
    head = segments.cut(FRONT.format(title="T") + "## H\n")[0]
    title = title.strip()

    text = segments.written(head, {"title": title}, "\n")

    if segments.holds(head, text, [title, "S", "One", "Two: more"]):
        assert segments.segments_of(segments.cut(text))[0].text == title
    else:
        assert not any(map(str.isalnum, title)) or not title.isprintable()


@pytest.mark.parametrize("file", sorted(MODULES.glob("*/*.md")), ids=lambda file: f"{file.parent.name}/{file.name}")
def test_the_modules_come_together_again_and_have_the_same_segments_in_each_language(file):
    text = file.read_bytes().decode()
    source = segments.cut(file.with_name("en.md").read_bytes().decode())

    assert joined(text) == text
    assert [s.shape for s in segments.cut(text)] == [s.shape for s in source]


def test_answers_ids_and_targets_of_figures_are_in_no_segment():
    figure = '![A tank](figures/tank.en.svg "Its caption.")\n'
    sheet = "/// worksheet | Mine\n    calculator: stream-map\nFill in ____.\n///\n"

    assert pieces(FRONT.format(title="T") + f"## H\n{figure}\n{sheet}\n{NUMERIC}\n{MATCHING}") == {
        "title": "T",
        "summary": "S",
        "objective-1": "One",
        "objective-2": "Two: more",
        "s1.h2": "H",
        "s1.alt-1": "A tank",
        "s1.caption-1": "Its caption.",
        "s1.worksheet.title": "Mine",
        "s1.worksheet.paragraph-1": "Fill in ____.",
        "question.much.prompt": "How much?",
        "question.much.unit": "kWh",
        "question.much.cell-1": "A",
        "question.much.cell-2": "B",
        "question.much.cell-3": "1",
        "question.much.cell-4": "`a|b`",
        "question.much.feedback-1": "Too much.",
        "question.much.hint-1": "Divide.",
        "question.pairs.prompt": "Match.",
        "question.pairs.term-1": "One",
        "question.pairs.partner-1": "A",
        "question.pairs.term-2": "Two",
        "question.pairs.partner-2": "B",
    }


def test_a_segment_knows_its_line_and_heading():
    [*_, last] = segments.segments_of(segments.cut(FRONT.format(title="T") + "## Why\n\nFirst\nline.\n\nSecond.\n"))

    assert (last.id, last.line, last.heading, last.text) == ("s1.paragraph-2", 13, "Why", "Second.")


def test_the_frame_of_the_source_leads_to_the_pages_and_figures_of_the_language():
    [_, section] = segments.cut(FRONT.format(title="T") + '## H\n![A](figures/a.en.svg "B")\n\n[x]: ../ems/en.md\n')

    text = segments.written(section, {"s1.h2": "Título", "s1.alt-1": "Uno"}, "\r\n", frame_for="es")

    assert text == '## Título\r\n![Uno](figures/a.es.svg "B")\r\n\r\n[x]: ../ems/es.md\r\n'


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("[a](../ems/en.md#why)", "[a](../ems/es.md#why)"),
        ("[a](en.md)", "[a](es.md)"),
        ("[a](../../content/en/help.md)", "[a](../../content/es/help.md)"),
        ("[a](https://x.example/en.md)", "[a](https://x.example/en.md)"),
        ("![a](figures/open.svg)", "![a](figures/open.svg)"),
    ],
)
def test_links_are_put_into_the_language(link, expected):
    assert segments.localised(link, "es") == expected


@pytest.mark.parametrize("words", ["a\n\nb", "- a", "## a", "/// case | x", "```", "| a", "a\n- b"])
def test_words_that_would_change_the_structure_do_not_hold(words):
    [_, section] = segments.cut(FRONT.format(title="T") + "## H\n\nText.\n")

    text = segments.written(section, {"s1.paragraph-1": words}, "\n")

    assert not segments.holds(section, text, ["H", words])


FAULTS = {
    "good": ("**a** `b` [c](d.md) {e}", "`b` **A** {e} [C](d.md)", []),
    "code": ("`a`", "`a", ["has a backtick without its partner."]),
    "code lost": ("`a` b", "a b", ["has 0 pieces of `code`, the English 1."]),
    "bold": ("**a** b", "**a b", ["has `**` without its partner."]),
    "bracket": ("[a](b.md)", "[a(b.md)", ["has a bracket `[` or `]` without its partner.", "has lost the link `b.md`."]),
    "link changed": ("[a](b.md)", "[a](c.md)", ["has lost the link `b.md`.", "has a link `c.md` that the English has not."]),
    "placeholder": ("a {name}", "a {nombre}", ["has lost the placeholder `{name}`.", "has a placeholder `{nombre}` that the English has not."]),
    "invisible": ("ab", "a\u202eb", ["holds the invisible sign U+202E."]),
    "nothing": ("ab", "____", ["has no words."]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "target", "expected"), FAULTS.values(), ids=FAULTS)
def test_broken_inline_markdown_is_named(source, target, expected):
    assert [what for what, _ in segments.faults(source, target)] == expected


def test_a_value_of_a_list_in_brackets_stays_one_value():
    [head, _] = segments.cut("---\nobjectives: [One, Two]\n---\n## H\n")

    assert (
        segments.written(head, {"objective-2": "Two, or more"}, "\n") == '---\nobjectives: [One, "Two, or more"]\n---\n'
    )
