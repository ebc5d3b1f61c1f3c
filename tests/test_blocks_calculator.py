"""The calculator that a worksheet leads to: named once, the same in every language, a button on the page."""

import re
from collections.abc import Mapping
from pathlib import Path

import builders
import pytest
from greensupply import blocks, components, library
from greensupply.errors import GreenSupplyError

BOX = """\
/// {kind} | My own line
{option}Measure, then calculate.
///"""


def box(calculator: str = "", *, kind: str = "worksheet", option: str = "calculator") -> str:
    return BOX.format(kind=kind, option=f"    {option}: {calculator}\n" if calculator else "")


def texts(**bodies: str) -> dict[str, str]:
    return {locale: builders.text(locale, body=body) for locale, body in bodies.items()}


def read(folder: Path, bodies: Mapping[str, str]) -> library.Library:
    files = builders.project(builders.module(**texts(**bodies)))
    return library.read(builders.write(folder, files) / "modules")


def problems(folder: Path, bodies: Mapping[str, str]) -> list[str]:
    with pytest.raises(GreenSupplyError) as caught:
        read(folder, bodies)
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def test_a_worksheet_may_name_the_calculator_that_it_leads_to(tmp_path):
    found = read(tmp_path, dict.fromkeys(("en", "es", "fr"), box("stream-map") + "\n\n" + box()))

    for text in found.modules["rinsing"].texts.values():
        assert text.calculators == ("stream-map",)
        first = next(block for block in text.blocks if getattr(block, "kind", "") == "worksheet")
        assert first.text.strip() == "Measure, then calculate."


@pytest.mark.parametrize(
    ("written", "column", "problem"),
    [
        (box("stream-maps"), 17, "unknown calculator `stream-maps`. Did you mean `stream-map`?"),
        (
            box("abacus"),
            17,
            "unknown calculator `abacus`. There are: stream-map, activity-costing, aspect-register.",
        ),
        (
            box("stream-map", kind="example"),
            5,
            "the block `example` has no option `calculator`."
            " A `/// worksheet` may name a `calculator`. Leave a blank line before text that is meant as code.",
        ),
        (
            box("stream-map", option="tool"),
            5,
            "the block `worksheet` has no option `tool`."
            " A `/// worksheet` may name a `calculator`. Leave a blank line before text that is meant as code.",
        ),
    ],
)
def test_what_cannot_be_meant_is_told_with_its_line_and_column(tmp_path, written, column, problem):
    found = problems(tmp_path, {"en": box(), "es": written, "fr": box()})

    line = builders.text("es", body=written).split("\n").index(written.split("\n")[1]) + 1
    assert f"modules/rinsing/es.md:{line}:{column}: {problem}" in found


def test_a_no_break_space_beside_an_options_value_is_none_of_it():
    written = "/// worksheet | Map\n    calculator:\u00a0stream-map\u00a0\nDraw.\n///\n\n"
    written += "/// facilitator\n    minutes:\u00a020\u00a0\n    activity\u00a0:\u00a0talk\n\nSay it.\n///\n"

    found, problems = blocks.parse(written, "en.md", 1)

    assert problems == []
    assert (found[0].calculator, found[1].minutes, found[1].activity) == ("stream-map", 20, "talk")


def test_languages_name_the_same_calculators(tmp_path):
    found = problems(tmp_path, {"en": box("stream-map"), "es": box("stream-map"), "fr": box("aspect-register")})

    assert found == [
        "modules/rinsing/fr.md:12:5: calculators of the worksheets: aspect-register; in en.md: stream-map."
        " Name the same `calculator` in the same worksheets."
    ]


def test_a_calculator_in_one_language_only_is_told(tmp_path):
    found = problems(tmp_path, {"en": box("stream-map"), "es": box(), "fr": box("stream-map")})

    assert found == [
        "modules/rinsing/es.md:11:1: calculators of the worksheets: none; in en.md: stream-map."
        " Name the same `calculator` in the same worksheets."
    ]


def test_the_worksheet_has_a_button_and_the_calculators_page_leads_back(build_site):
    bodies = dict.fromkeys(("en", "es", "fr"), box("aspect-register"))
    site = build_site(builders.module(**texts(**bodies)), strict=True)

    for locale, home in {"en": "", "es": "es/", "fr": "fr/"}.items():
        module = site.html(f"{home}modules/rinsing")
        title = components.words("aspect-register", locale)["title"]
        button = rf'<a class="gs-button" href="../../tools/aspect-register/">[^<]*{title}</a>'
        assert re.search(rf"Measure, then calculate\.</p>\s*<p>{button}</p>\s*</section>", module), locale
        assert "aspect-register." not in module, "nothing of the calculator is loaded here"

        page = site.html(f"{home}tools/aspect-register")
        assert re.findall(r"<h1[^>]*>([^<]*)</h1>", page) == [title]
        assert f'<a href="../../modules/rinsing/">{builders.TITLES[locale]}</a>' in page
        assert re.search(r'<script defer src="[./]*assets/greensupply/aspect-register\.js\?', page)


def test_a_calculator_that_no_worksheet_names_has_its_page_without_a_list(build_site):
    page = build_site(strict=True).html("tools/stream-map")

    main = page.partition('id="gs-content"')[2]
    assert "<stream-map" in main
    assert "Modules that teach this" not in main
