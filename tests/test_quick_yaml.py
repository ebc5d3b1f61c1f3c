"""YAML that libyaml reads for speed is read as PyYAML reads it: the same values, in the same places."""

import pytest
import yaml
from builders import ROOT
from greensupply import source_text
from greensupply.package_data import LOADER
from greensupply.yaml_text import quick
from hypothesis import given
from hypothesis import strategies as st

PIECES = [
    *("id: x", "a:", "  b: 1", "- c", "- d: e", "  - f", "- - g", "    h: i", ".head: j", "à: É", "6s: k", "  l"),
    *("a: [a, b-c]", "a: [1.5,", "  b]", "a: []", "a: [a?b]", "a: [a: b]", "a: {b: c, d: [e]}", "a: {b: c", "{}"),
    *(
        'a: "b # c"',
        "a: 'b: c'",
        "a: 'it''s'",
        'a: "b',
        '  c"',
        'a: "\\n"',
        "a: b: c",
        "a: b #c",
        "a: b#c",
        "# d",
        "  # e",
    ),
    *("a: no", "a: 010", "a: 1:30", "a: 2026-11-26", "a: ~", "a: null", "a: |", "a: >", "a: &b c", "a: *b", "a: !x y"),
    *(
        "a: b:",
        "a: b:c",
        "a: b ",
        "a:b",
        "a:  b",
        "\ta: b",
        "a:\tb",
        "a: b\u00a0: c",
        "a: b\u2028",
        "a: b\x85c",
        "a: \ufeff",
    ),
    *(
        "---",
        "...",
        "%YAML 1.1",
        "? a",
        "a: ? b",
        "<<: x",
        "a: \U0001f600",
        "a: «b»",
        "-",
        "- ",
        "-a",
        "",
        "   ",
        "a: b\r",
    ),
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=8).map("\n".join)


def read(text: str, kind: type) -> object:
    found = quick.load(text, 3, kind)
    return found and (found[0], list(found[1].items()))


@pytest.mark.skipif(LOADER is yaml.SafeLoader, reason="PyYAML was built without libyaml")
@given(TEXTS.filter(quick.is_plain))
def test_a_plain_text_is_read_alike_by_both_parsers(text):
    assert read(text, yaml.SafeLoader) == read(text, LOADER)


@pytest.mark.skipif(LOADER is yaml.SafeLoader, reason="PyYAML was built without libyaml")
def test_most_files_of_the_hub_are_plain_and_all_of_those_are_read_alike_by_both_parsers():
    files = sorted((ROOT / "modules").glob("*/??.md")) + sorted((ROOT / "content").glob("??/*.md"))
    texts = [source_text.split(file.read_text(encoding="utf-8"), file.name)[0] for file in files]
    texts += [file.read_text(encoding="utf-8") for file in sorted((ROOT / "modules").glob("*/module.yml"))]
    plain = [text for text in texts if quick.is_plain(text)]

    assert len(plain) > len(texts) * 0.8
    for text in plain:
        assert read(text, yaml.SafeLoader) == read(text, LOADER)


@pytest.mark.parametrize(
    "text",
    [
        "a: [a?b]",
        "a: |\n  b",
        'a: "\\n"',
        "a: &b c",
        "a: b\tc",
        "a: b\x85c",
        "a: \ufeff",
        "? a",
        "---",
        "a: b\U0001f600",
    ],
)
def test_what_is_rare_is_not_plain(text):
    assert not quick.is_plain(text)


@pytest.mark.parametrize(
    "text", ["- " * 5_000, "[" * 5_000, "a: [" + "a, " * 5_000, "a b " * 4_000, "a: '" * 4_000, "a:" * 8_000]
)
def test_a_hostile_text_is_looked_at_in_no_time(text):
    assert not quick.is_plain(text)
