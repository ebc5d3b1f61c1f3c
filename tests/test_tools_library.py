"""The tools library: its file, what is wrong with it, and its page without a browser."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import ROOT, project, write
from greensupply import components, library, made_pages, markup, tags, toolbox_page
from greensupply.addresses import Site
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES
from greensupply.model import Library
from greensupply.toolbox import ToolFacts, ToolsFile
from greensupply.written import Trilingual

FILE = "content/tools.yml"
TOOL: dict[str, Any] = {
    "id": "rinse-guide",
    "kind": "guide",
    "countries": ["US"],
    "languages": ["en"],
    "effort": "hours",
    "cost": "free",
    "standing": "published",
    "fit": "high",
    "modules": ["rinsing"],
    "checked": date(2026, 11, 24),
    "facts": ["LEAN-01"],
    "name": "Rinsing guide",
    "lang": "en",
    "keeper": "An agency",
    "purpose": {"en": "To save water.", "es": "Para ahorrar agua.", "fr": "Pour économiser l’eau."},
    "why": {"en": "It is short.", "es": "Es breve.", "fr": "Il est court."},
}
EXAMPLES = yaml.safe_load((components.FOLDER / "tool-list/examples.yml").read_text(encoding="utf-8"))


class _Plain(yaml.SafeDumper):
    """Writes what stands twice twice: authors' files have no anchors."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def tools(*changes: dict[str, Any]) -> str:
    """A file with one tool for each change; a change to None leaves a key out."""
    entries = [{key: value for key, value in {**TOOL, **more}.items() if value is not None} for more in changes]
    return yaml.dump({"tools": entries}, Dumper=_Plain, sort_keys=False, allow_unicode=True, width=1000)


def hub(root: Path, yml: str | None) -> Library:
    write(root, project({FILE: yml} if yml is not None else {}))
    return library.read(root / "modules", root / "content")


def problems(root: Path, yml: str) -> list[str]:
    with pytest.raises(GreenSupplyError) as told:
        hub(root, yml)
    return [str(problem) for problem in told.value.problems]


def lines(yml: str, words: str) -> list[int]:
    return [number for number, line in enumerate(yml.splitlines(), 1) if words in line]


def classed(html: str, name: str) -> int:
    return html.count(f'class="{name}"')


# The file


def test_a_hub_without_the_file_has_no_tools_and_says_so(tmp_path):
    empty = hub(tmp_path, None)

    assert empty.tools == ()
    page = toolbox_page.text(empty, "fr", Site())
    assert "Il n’y a pas encore d’outils." in page
    assert "<tool-list" not in page


def test_tools_are_read_in_the_order_of_the_file(tmp_path):
    read = hub(tmp_path, tools({}, {"id": "another"}))

    assert [tool.id for tool in read.tools] == ["rinse-guide", "another"]
    assert read.tools[0].checked == date(2026, 11, 24)


def test_every_problem_that_only_the_hub_shows_is_told_at_its_place(tmp_path):
    yml = tools({}, {"modules": ["rinsing", "rinsings"], "facts": ["LEAN-01", "LEAN-99"], "lang": None})
    first, second = lines(yml, "- id: rinse-guide")

    assert problems(tmp_path, yml) == [
        f"{FILE}:{second}:3: the tool `rinse-guide` stands here and in line {first}. Give each its own id.",
        f"{FILE}:{lines(yml, '- rinsings')[0]}:5: the tool `rinse-guide` is said to be useful for `rinsings`, which is no "
        "module. Did you mean `rinsing`?",
        f"{FILE}:{lines(yml, 'LEAN-99')[0]}:5: the tool `rinse-guide` rests on the fact `LEAN-99`, which "
        "modules/sources.yml does not know. Correct it, or add it under `facts` in modules/sources.yml.",
        f"{FILE}:{lines(yml, 'name: Rinsing')[1]}:3: the name of the tool `rinse-guide` and its `lang` do not go together. "
        "Write a name once with `lang: en` (or es, fr) beside it, or in all three languages without `lang`.",
    ]


def test_a_module_that_is_like_no_other_is_answered_with_those_that_there_are(tmp_path):
    assert problems(tmp_path, tools({"modules": ["zzz"]}))[0].endswith("which is no module. Modules: rinsing.")


def test_a_name_in_three_languages_takes_no_language(tmp_path):
    name = {"en": "A register", "es": "Un registro", "fr": "Un registre"}
    yml = tools({"name": name})

    assert [problem.split(": ")[0] for problem in problems(tmp_path, yml)] == [f"{FILE}:{lines(yml, 'lang: en')[0]}:3"]
    assert hub(tmp_path / "good", tools({"name": name, "lang": None})).tools[0].name == Trilingual(**name)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "gadget"}, "`tools.1.kind` is `gadget`. Write one of 'guide', 'training', "),
        ({"countries": []}, "`tools.1.countries` is empty. "),
        ({"countries": ["US", "US"]}, "`tools.1.countries`"),
        ({"countries": ["BR"]}, "`tools.1.countries.1` is `BR`. Write one of 'MX', 'CA', 'US' or 'INT'."),
        ({"languages": ["de"]}, "`tools.1.languages.1` is `de`. "),
        ({"cost": "cheap"}, "`tools.1.cost` is `cheap`. Write one of 'free', 'fee' or 'unconfirmed'."),
        ({"facts": []}, "`tools.1.facts` is empty. "),
        ({"facts": ["lean-1"]}, "`tools.1.facts.1` is `lean-1`, "),
        ({"checked": "soon"}, "`tools.1.checked` "),
        ({"id": "Rinse Guide"}, "`tools.1.id` is `Rinse Guide`, which has not the right form. "),
        ({"why": {"en": "x", "fr": "x"}}, "`tools.1.why.es` is missing. "),
        ({"keeper": None}, "`tools.1.keeper` is missing. Add `keeper: …` (Who keeps it; "),
        ({"price": 3}, "unknown key `tools.1.price`"),
        ({"purpose": {"en": "x" * 301, "es": "x", "fr": "x"}}, "`tools.1.purpose.en` "),
        ({"name": "two\nlines"}, "`tools.1.name` "),
    ],
)
def test_what_is_not_of_its_type_is_told_with_its_key(tmp_path, change, told):
    (problem,) = problems(tmp_path, tools(change))

    assert re.match(rf"{FILE}:\d+:\d+: {re.escape(told)}", problem), problem


def test_a_broken_file_does_not_hide_what_is_wrong_elsewhere(tmp_path):
    write(tmp_path, project({FILE: "tools: [\n", "modules/terms.yml": "terms: 3\n"}))
    found = library.examine(tmp_path / "modules", tmp_path / "content")

    assert {problem.path for problem in found.problems} == {FILE, "modules/terms.yml"}
    assert found.seen.modules.keys() == {"rinsing"}


# The page


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_what_an_author_wrote_stays_text(tmp_path, example):
    read = hub(tmp_path, yaml.safe_dump({"tools": example["tools"]}))
    page = toolbox_page.cards(read, example["locale"], Site())

    assert list(markup.problems(tags.read(page))) == []
    assert "<b>" not in page
    assert "<i>" not in page
    assert classed(page, "tool") == len(example["tools"])


def test_a_card_says_the_evaluation_and_can_be_found_by_each_choice(tmp_path):
    both = tools({"countries": ["MX", "CA"], "languages": ["es", "fr"]}, {"id": "other", "kind": "register"})
    page = toolbox_page.cards(hub(tmp_path, both), "es", Site())

    assert (
        'data-country="MX CA" data-language="es fr" data-module="rinsing" data-kind="guide" data-cost="free">' in page
    )
    assert '<h3 id="rinse-guide" tabindex="-1" lang="en">Rinsing guide</h3>' in page
    assert "<strong>Utilidad para el programa: alta.</strong> Es breve." in page
    assert "<dd>México y Canadá</dd>" in page
    assert "<dd>24 de noviembre de 2026</dd>" in page
    assert '<a href="../modules/rinsing/">' in page
    assert page.index('id="kind-guide"') < page.index('id="kind-register"')


def test_only_what_some_tool_has_can_be_chosen(tmp_path):
    page = toolbox_page.cards(hub(tmp_path, tools({})), "en", Site())

    assert re.findall(r'<option value="([^"]+)"', page) == ["US", "en", "rinsing", "guide", "free"]


def test_a_draft_that_a_tool_names_is_no_link(tmp_path):
    read = hub(tmp_path, tools({}))
    page = toolbox_page.cards(Library({}, (), read.sources, tools=read.tools), "en", Site())

    assert "modules/rinsing/" not in page
    assert classed(page, "tool") == 1


def test_the_page_is_made_and_its_edit_link_leads_to_the_file(tmp_path):
    page = made_pages.pages(hub(tmp_path, tools({})))["tools-library"]

    assert made_pages.edited(page, Library({}, (), library.NO_SOURCES), "fr") == FILE


def test_the_words_of_the_page_are_the_same_in_each_language():
    said = yaml.safe_load((components.FOLDER / "tool-list/words.yml").read_text(encoding="utf-8"))

    assert set(said) == set(LOCALES)
    for locale in ("es", "fr"):
        assert list(said[locale]) == list(said["en"])
        for name, words in said["en"].items():
            assert sorted(re.findall(r"\{\w+\}", said[locale][name])) == sorted(re.findall(r"\{\w+\}", words)), name
    assert not re.search(r" [:;!?%»]|'", " ".join(said["fr"].values()))


# The library of the hub

REAL = library.read(ROOT / "modules", ROOT / "content")


def said(tool: ToolFacts, locale: str) -> str:
    parts = (tool.name, tool.keeper, tool.purpose, tool.why)
    return " ".join(part if isinstance(part, str) else part[locale] for part in parts)


def test_there_are_tools_of_each_country_kind_and_module():
    assert len(REAL.tools) >= 25
    named = [set(getattr(tool, key)) for tool in REAL.tools for key in ("countries", "modules")]
    assert set().union(*named) >= {"MX", "CA", "US", "INT", *REAL.modules}
    assert {tool.kind for tool in REAL.tools} == set(toolbox_page.KINDS)


@pytest.mark.parametrize("tool", REAL.tools, ids=lambda tool: tool.id)
def test_a_tool_is_written_as_each_country_writes_with_the_same_numbers(tool: ToolFacts):
    french = " ".join(text.fr for text in (tool.purpose, tool.why))
    assert "'" not in french
    assert not re.search(r" [:;!?%»$]|« ", french)
    assert not re.search(r"\b(tú|tu|tus|vosotros|ordenador)\b", tool.purpose.es + tool.why.es)
    for text in (tool.purpose, tool.why):
        assert all(text[locale].endswith(".") for locale in LOCALES)
    numbers = {locale: sorted(re.findall(r"\d+(?:[.,]\d+)*", said(tool, locale))) for locale in LOCALES}
    numbers = {locale: [number for number in found if len(number) > 1] for locale, found in numbers.items()}
    assert numbers["en"] == numbers["fr"] == numbers["es"], numbers


def test_what_is_not_in_use_today_is_not_described_as_an_offer():
    """GAPS-02, GAPS-03, GAPS-14: programmes are told with a date; a cost that no fact gives is not confirmed."""
    of = {tool.id: tool for tool in REAL.tools}

    assert {of[name].standing for name in ("gsn-review", "e3-assessment", "industrial-assessment-centers")} == {"dated"}
    assert {of[name].standing for name in ("plac", "cec-supplier-chain-programme")} == {"past"}
    assert {of[name].cost for name in ("pnaa-clean-industry", "distintivo-calidad-ambiental")} == {"unconfirmed"}
    assert not re.search(r"[$€]", "".join(said(tool, "en") for tool in REAL.tools))


def test_each_address_on_the_page_is_one_of_the_sources_of_its_facts():
    page = toolbox_page.cards(REAL, "en", Site())
    known = {source.url for source in REAL.sources.sources.values() if source.url}
    outside = set(re.findall(r'href="(https?://[^"]+)"', page))

    assert outside
    assert {address.replace("&amp;", "&") for address in outside} <= known


def test_the_model_takes_what_the_file_says():
    document = yaml.safe_load((ROOT / FILE).read_text(encoding="utf-8"))

    assert ToolsFile.model_validate(document).tools == REAL.tools
