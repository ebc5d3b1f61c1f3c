"""Charts: what they draw, and what they never hold."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from builders import ROOT
from greensupply import charts
from greensupply.charts import Caption, GoalLine
from greensupply.published import PublicReach, PublicTally
from public_builders import QUARTERS, lifelike, make_public, rows

CAPTION = Caption("by-country", "People by country", "Most people: Mexico.")
WORDS = {"trained": "formées", "assisted": "4 h ou plus", "core": "parcours fini"}
GOALS = [GoalLine("trained", 25, "Cible : 25 % formées")]
THEME = ROOT / "hooks/greensupply/theme-assets"
TAGS = {"g", "path", "line", "text", "tspan"}
PLACES = {"transform", "d", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy"}
LOOKS = {
    "fill",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linejoin",
    "text-anchor",
    "font-size",
    "font-weight",
}


def join(labels):
    return " + ".join(labels)


def all_charts(tally: PublicTally, locale: str = "en") -> dict[str, str]:
    top = charts.top_of(tally, GOALS)
    return {
        "rows": charts.rows(tally, "module", join, CAPTION, locale),
        "merged": charts.rows(tally, "delivery", join, CAPTION, locale),
        "scores": charts.scores(tally, join, CAPTION, locale),
        "quarters": charts.columns(tally, "quarters", CAPTION, locale),
        "months": charts.columns(tally, "months", CAPTION, locale),
        "curve": charts.curve(tally, "", GOALS, WORDS, top, CAPTION, locale),
        "courses": charts.courses(tally, (4, 5, "Plan: 4 to 5"), CAPTION, locale),
        "courses without a plan": charts.courses(tally, (0, 0, ""), CAPTION, locale),
        "counted": charts.counted([("Canada", 1), ("Mexico", 2), ("United States", 0)], CAPTION, locale),
        "curve of one": charts.curve(tally, "CA", [], WORDS, top, CAPTION, locale),
    }


@pytest.fixture(scope="module")
def drawn() -> dict[str, str]:
    return all_charts(lifelike())


def texts(svg: str) -> list[str]:
    root = ElementTree.fromstring(svg)
    return ["".join(node.itertext()) for node in root.iter("text")]


def paths(svg: str, **attributes: str) -> list[str]:
    return [
        str(node.get("d"))
        for node in ElementTree.fromstring(svg).iter("path")
        if all(node.get(name.replace("_", "-")) == value for name, value in attributes.items())
    ]


# --- what a chart is in a page ----------------------------------------------------------------------------------------


def test_a_chart_is_an_image_named_and_described_in_the_pages_words_and_nothing_else_speaks(drawn):
    for name, svg in drawn.items():
        root = ElementTree.fromstring(svg)
        assert root.attrib == {
            "class": "gs-chart",
            "viewBox": root.attrib["viewBox"],
            "role": "img",
            "aria-labelledby": "by-country-title by-country-desc",
        }, name
        title, description, *shapes = root
        assert (title.tag, title.get("id"), title.text) == ("title", "by-country-title", "People by country")
        assert (description.tag, description.get("id"), description.text) == (
            "desc",
            "by-country-desc",
            "Most people: Mexico.",
        )
        for shape in shapes:
            for node in shape.iter():
                assert node.tag in TAGS, name
                assert set(node.attrib) <= PLACES | LOOKS, name


def test_labels_are_shown_as_text():
    evil = "<script>alert(1)</script> & \"'"
    tally = make_public(tables={"module": rows(a=20, b=10)})

    svg = charts.rows(tally, "module", lambda _: evil, Caption("x", evil, evil), "en")

    assert "<script" not in svg
    assert texts(svg).count(evil) == 2
    assert ElementTree.fromstring(svg)[0].text == evil


def test_the_same_numbers_give_the_same_bytes(drawn):
    assert all_charts(lifelike()) == drawn


def test_type_can_be_read_at_the_width_of_a_phone(drawn):
    for name, svg in drawn.items():
        width = float(ElementTree.fromstring(svg).attrib["viewBox"].split()[2])
        sizes = [float(size) for size in re.findall(r'font-size="([\d.]+)px"', svg)]
        assert min(sizes) * 306 / width >= 11, name  # pixels; a chart is 306 wide where the page is 360


# --- colour -----------------------------------------------------------------------------------------------------------


def variables(scheme: str) -> dict[str, str]:
    """Variables of the theme in one scheme, and those of the charts, down to their hex colours."""
    colours = (THEME / "10-colours.css").read_text(encoding="utf-8")
    light, dark = colours.split('[data-md-color-scheme="slate"]')[:2]
    found = dict(re.findall(r"(--[\w-]+):\s*([^;]+);", light))
    if scheme == "dark":
        found |= dict(re.findall(r"(--[\w-]+):\s*([^;]+);", dark))
    mine = (THEME / "60-results.css").read_text(encoding="utf-8").partition("@media")[0]
    found |= dict(re.findall(r"(--gs-[\w-]+):\s*([^;]+);", mine))
    return {name: _value(value, found) for name, value in found.items()}


def _value(text: str, known: dict[str, str]) -> str:
    while reference := re.search(r"var\((--[\w-]+)\)", text):
        text = text.replace(reference[0], known[reference[1]])
    return text


def contrast(one: str, other: str) -> float:
    """Contrast of two hex colours. Source: WCAG 2.2, relative luminance."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_colour_is_the_pages_own_and_has_contrast_in_both_schemes(drawn, scheme):
    known = variables(scheme)
    paper = known["--gs-paper"]
    for name, svg in drawn.items():
        for node in ElementTree.fromstring(svg).iter():
            used = {side: node.get(side) for side in ("fill", "stroke")} if node.tag in TAGS else {}
            marks = [colour for colour in used.values() if colour not in (None, "none")]
            for colour in marks:
                assert re.fullmatch(r"var\(--gs-[\w-]+\)", str(colour)), (name, colour)
                assert known[str(colour)[4:-1]].startswith("#"), (name, colour)
            seen = [contrast(known[str(colour)[4:-1]], paper) for colour in marks]
            if node.tag == "text" and used["fill"] != "var(--gs-paper)":
                assert max(seen) >= 4.5, (name, "".join(node.itertext()))
            elif node.tag in {"path", "line"} and marks != ["var(--gs-grid)"]:  # lines of the grid only help the eye
                assert max(seen) >= 3, (name, node.attrib)


def test_lines_differ_by_dash_and_mark_and_carry_their_names(drawn):
    lines = [node for node in ElementTree.fromstring(drawn["curve"]).iter("path") if node.get("stroke-width") == "2.5"]

    assert len({node.get("stroke-dasharray") for node in lines}) == len(lines) == 3
    marks = {re.sub(r"[\d.,-]", "", d) for d in paths(drawn["curve"], stroke_width="2")}
    assert len(marks) == 3
    assert {text for text in texts(drawn["curve"]) if "%" in text} >= {
        "34% formées",
        "19% 4 h ou plus",
        "11% parcours fini",
    }


# --- numbers ----------------------------------------------------------------------------------------------------------


def test_numbers_stand_as_the_language_writes_them():
    assert {"1,790", "640", "1,210"} <= set(texts(all_charts(lifelike(), "es")["rows"]))
    french = all_charts(lifelike(), "fr")
    assert {"1\u00a0790", "640", "1\u00a0210"} <= set(texts(french["rows"]))
    assert "1\u00a0485" in texts(french["quarters"])
    assert "1\u00a0500" in texts(french["months"])
    assert "85\u00a0%" in texts(french["scores"])
    assert "34\u00a0% formées" in texts(french["curve"])
    assert "T3" in texts(french["quarters"])


def test_a_bar_is_as_long_as_its_number():
    svg = charts.rows(make_public(tables={"country": rows(MX=100, US=50, CA=25)}), "country", join, CAPTION, "en")

    lengths = [max(float(x) for x in re.findall(r"[ML]([\d.]+),", d)) for d in paths(svg, fill="var(--gs-mark)")]
    assert lengths[0] / lengths[1] == pytest.approx(2, rel=0.02)
    assert lengths[0] / lengths[2] == pytest.approx(4, rel=0.05)


def test_groups_that_were_merged_say_so_and_look_so(drawn):
    assert texts(drawn["merged"]) == ["classroom", "web + lms", "1,405", "930"]
    assert len(paths(drawn["merged"], fill="var(--gs-mark-soft)")) == 1


def test_a_long_label_is_broken_into_lines_and_none_of_it_lost():
    label = "Systèmes de gestion environnementale : un petit système qui marche pour longtemps"
    svg = charts.rows(make_public(), "country", lambda labels: label, CAPTION, "fr")

    lines = ElementTree.fromstring(svg).find(".//text")
    assert lines is not None
    assert " ".join(part.text or "" for part in lines) == label
    assert len(lines) == 2


def test_a_withheld_period_is_a_sign_and_a_gap_never_zero():
    svg = charts.columns(
        make_public(quarters={"2026-Q1": 20, "2026-Q2": None, "2026-Q3": 30}), "quarters", CAPTION, "en"
    )

    assert len(paths(svg, fill="var(--gs-mark)")) == 2
    assert [text for text in texts(svg) if text in {"20", "–", "30", "0"}] == ["20", "–", "30"]


def test_a_line_breaks_where_a_share_is_withheld():
    counts = (20, 30, None, 50, 60)
    reach = {("", quarter): PublicReach(100, count) for quarter, count in zip(QUARTERS, counts, strict=False)}

    svg = charts.curve(make_public(reach=reach), "", [], WORDS, 70, CAPTION, "en")

    (line,) = paths(svg, stroke_width="2.5")
    assert line.count("M") == 2
    assert len(paths(svg, stroke_width="2")) == 4
    assert [text for text in texts(svg) if "formées" in text] == ["60% formées"]
    assert not any("parcours" in text for text in texts(svg))


def test_the_ends_of_the_code_are_told():
    reach = {("", "2026-Q3"): PublicReach(100, 100, 5)}

    svg = charts.curve(make_public(reach=reach), "", [], WORDS, 100, CAPTION, "fr")

    assert {"≥\u00a095\u00a0% formées", "≤\u00a05\u00a0% 4 h ou plus"} <= set(texts(svg))


def test_names_at_the_ends_of_lines_do_not_touch():
    reach = {("", "2026-Q3"): PublicReach(100, 20, 20, 20)}

    svg = charts.curve(make_public(reach=reach), "", [], WORDS, 30, CAPTION, "en")

    named = [
        float(str(node.get("transform")).rpartition(",")[2][:-1])
        for node in ElementTree.fromstring(svg).iter("text")
        if str(node.text).startswith("20% ")
    ]
    assert len(named) == 3
    assert all(below - above >= 14 for above, below in pairwise(sorted(named)))


def test_courses_are_columns_under_the_lines_of_their_plan(drawn):
    assert [text for text in texts(drawn["courses"]) if text in "1234"][-4:] == ["3", "3", "4", "4"]
    assert texts(drawn["courses"]).count("Plan: 4 to 5") == 2, "its halo and itself"
    dashed = {"stroke-dasharray": "1,3"}
    plan, none = (
        [node for node in ElementTree.fromstring(drawn[name]).iter("line") if node.attrib.items() >= dashed.items()]
        for name in ("courses", "courses without a plan")
    )
    assert (len(plan), len(none)) == (2, 0)
    assert {"Canada", "Mexico", "United States", "1", "2", "0"} <= set(texts(drawn["counted"]))


def test_only_the_last_periods_are_drawn(drawn):
    assert len(paths(drawn["quarters"], fill="var(--gs-mark)")) == charts.DRAWN["quarters"] == 8
    assert "60" in texts(drawn["quarters"])
    assert "35" not in texts(drawn["quarters"])
    assert len(paths(drawn["months"], fill="var(--gs-mark)")) == charts.DRAWN["months"] - 1  # one is withheld


def test_every_chart_of_plants_has_the_same_axis_and_room_for_the_goals():
    assert charts.top_of(lifelike(), []) == 40
    assert charts.top_of(lifelike(), [GoalLine("trained", 60, "")]) == 70
    assert charts.top_of(make_public(), []) == 10
    assert charts.top_of(make_public(), [GoalLine("trained", 100, "")]) == 100


def test_a_chart_holds_no_number_that_was_not_published():
    tally = lifelike()
    known = {str(row.learners) for row in tally.tables["module"]}

    shown = {text.replace(",", "") for text in texts(charts.rows(tally, "module", lambda _: "", CAPTION, "en")) if text}

    assert shown == known
    assert all(Decimal(number) % 5 == 0 for number in shown)
