"""Every figure of the pages and files back to what is published, in three languages; nothing comes from elsewhere.

What a page must say is put together by hand from the published JSON (`said_figures`, `filed_figures`), and compared cell
by cell. `test_figures_traced.py` goes on from what is published to the raw records.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from html import unescape
from io import StringIO
from typing import Any

import filed_figures
import pytest
import yaml
from builders import ROOT
from greensupply import metrics, monitoring, published, published_outcomes, results_page
from greensupply.addresses import Site
from greensupply.monitoring import Monitoring
from greensupply.results_page import Results, goals
from monitoring_builders import definitions, figures
from published_figures import ALL, People, Plants
from said_figures import COMPARED, MEASURES, MONTHS, OUTPUTS, SHORT, Rows
from said_reports import Reports

RECORDS = ROOT / "records"
LOCALES = ("en", "es", "fr")
PLANTS, PEOPLE = Plants(RECORDS), People(RECORDS)
LAST, EARLIER = PLANTS.quarters[-1], PLANTS.quarters[-4]
TRAINING, PENETRATION, ENVIRONMENT = "results", "results/penetration", "results/environment"
REPORTS = tuple(f"results/quarters/{quarter.lower()}" for quarter in (LAST, EARLIER))
NOT_DRAWN = {f"quantity-{name}" for name in ("waste", "reused", "recycled", "material-bought", "material-in-product")}
"""Sums that ratios are made of; they stand in the reports and the files."""


@cache
def shown() -> Monitoring:
    """What the plugin makes the pages of."""
    plants = published_outcomes.load((RECORDS / "published-outcomes.json").read_text(encoding="utf-8"))
    people = published.load((RECORDS / "published.json").read_text(encoding="utf-8"))
    aims, plan = goals.all_of(RECORDS / "goals.yml", "records/goals.yml")
    titles = {locale: dict.fromkeys(PEOPLE.data["minutes"], "Module") for locale in LOCALES}
    return Monitoring(plants, Results(people, aims, (), titles, plan), metrics.read(RECORDS), definitions())


@cache
def page(place: str, locale: str) -> str:
    """A page, without what follows its figures: how they are counted, and by which rules."""
    if place == TRAINING:
        text = results_page.text(shown().training, locale, Site())
    else:
        text = monitoring.text(shown(), place, locale, Site())
    return text[: text.index(f"## {strings(locale)['results']['counted']}")]


@cache
def strings(locale: str) -> Any:
    return yaml.safe_load((ROOT / "hooks/greensupply/strings" / f"{locale}.yml").read_text(encoding="utf-8"))


@cache
def written(name: str) -> Any:
    return yaml.safe_load((RECORDS / "metrics.yml").read_text(encoding="utf-8"))[name]


def said(locale: str) -> Reports:
    return Reports(locale, PLANTS, PEOPLE)


def tables(part: str) -> Iterator[list[list[str]]]:
    """The tables of a part of a page, without their heads."""
    for table in re.findall(r"<table>.*?</table>", part, re.DOTALL):
        lines = re.findall(r"<tr>(.*?)</tr>", table)[1:]
        yield [[unescape(cell) for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)] for line in lines]


def outside(text: str) -> list[list[list[str]]]:
    """The tables that are in no figure."""
    return list(tables(re.sub(r"<figure.*?</figure>", "", text, flags=re.DOTALL)))


def differences(found: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]) -> list[object]:
    """Rows that are not as they must be; of a cell that ends in `*` its beginning counts."""
    if len(found) != len(wanted):
        return [(len(found), len(wanted))]

    def right(cell: str, text: str) -> bool:
        return cell.startswith(text[:-1]) if text.endswith("*") else cell == text

    return [
        (one, other)
        for one, other in zip(found, wanted, strict=True)
        if len(one) != len(other) or not all(map(right, one, other))
    ]


def tiles(text: str) -> dict[str, str]:
    """Tile -> what it says; its code is left out."""
    found = re.findall(r"<div><dt>(.*?)</dt><dd[^>]*>(.*?)</dd></div>", text)
    plain = ((re.sub(r"<a[^>]*>.*?</a>", "", name).strip(), value) for name, value in found)
    return {re.sub(r" [A-Z]+\d+\w*(?:-\w+)?$", "", unescape(name)): unescape(value) for name, value in plain}


def named(names: Mapping[str, str], values: Mapping[str, str]) -> dict[str, str]:
    return {names[name]: value for name, value in values.items()}


def check(found: Mapping[str, str], wanted: Iterable[tuple[str, Rows]]) -> set[str]:
    """Each figure has the rows that it must have; the ids of those that are looked for and not there."""
    expected = dict(wanted)
    assert set(found) <= set(expected)
    for name, figure in found.items():
        shown_rows = next(tables(figure), [])
        assert differences(shown_rows, expected[name]) == [], name
    return {name for name, some in expected.items() if some} - set(found)


# --- tables and tiles -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
def test_training_shows_what_is_published(locale):
    text, names = page(TRAINING, locale), strings(locale)["results"]["tiles"]
    wanted, found = said(locale).training_tiles(), tiles(text)
    planned = names["courses"]

    assert list(found.values()) == list(wanted.values())
    assert {name: value for name, value in found.items() if not name.startswith(planned)} == {
        name: value for name, value in named(names, wanted).items() if name != planned
    }
    assert check(figures(text), said(locale).training()) == set()
    assert outside(text) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_technical_assistance_shows_what_is_published(locale):
    text, names = page(PENETRATION, locale), strings(locale)["monitoring"]["plant_tiles"]

    assert tiles(text) == named(names, said(locale).penetration_tiles(LAST))
    assert check(figures(text), said(locale).penetration()) == set()
    (rates,) = outside(text)
    assert differences(rates, said(locale).rates()) == []


@pytest.mark.parametrize("locale", LOCALES)
def test_environmental_results_show_what_is_published(locale):
    text, names = page(ENVIRONMENT, locale), strings(locale)["monitoring"]["plant_tiles"]

    assert tiles(text) == named(names, said(locale).environment_tiles())
    assert check(figures(text), said(locale).environment()) == NOT_DRAWN
    for country, found in zip(ALL, outside(text), strict=True):
        assert differences(found, said(locale).complements(country, written("complements"))) == [], country


@pytest.mark.parametrize("place", REPORTS)
@pytest.mark.parametrize("locale", LOCALES)
def test_the_report_of_a_quarter_shows_what_is_published(locale, place):
    quarter, text, names = place[-7:].upper(), page(place, locale), strings(locale)["monitoring"]
    latest = quarter == LAST
    wanted = [
        *named(names["quarter_tiles"], said(locale).quarter_tiles(quarter)).items(),
        *named(names["plant_tiles"], said(locale).penetration_tiles(quarter, latest=latest)).items(),
        *(named(names["plant_tiles"], said(locale).environment_tiles()).items() if latest else ()),
    ]
    pairs = [pair for grid in re.findall(r"<dl.*?</dl>", text, re.DOTALL) for pair in tiles(grid).items()]

    assert pairs == wanted
    found, expected = outside(text), said(locale).report(quarter)
    assert len(found) == len(expected)
    for at, (one, other) in enumerate(zip(found, expected, strict=True)):
        assert differences(one, other) == [], at
    until = {**dict(said(locale).training()), **dict(said(locale).penetration())}
    so_far = PLANTS.quarters.index(quarter) + 1
    assert check(figures(text), [(name, until[name][:so_far]) for name in ("by-quarter", "stages-all")]) == set()


CODES = {
    "people": "H3",
    "people_before": "H3",
    "trained": "H6",
    "assisted": "H18",
    "core": "H7",
    "courses": "H10",
}
PLANT_CODES = ("P0", "H11", "P1", "P2a", "P3", "P4", "P5", "P6", "P7", "P7", "P8", "P9")


def test_the_code_beside_a_tile_is_that_of_the_definition_of_its_number():
    """People of one quarter are H3; T1 is people a month over four quarters."""
    rooms = ("tally", "outcomes")
    known = {
        entry["code"]: entry["name"]["en"]
        for room in rooms
        for entry in yaml.safe_load((ROOT / f"hooks/greensupply/{room}/definitions.yml").read_text("utf-8")).values()
    }
    report, assistance = page(REPORTS[0], "en"), page(PENETRATION, "en")
    names = strings("en")["monitoring"]["quarter_tiles"]
    reported = [unescape(name) for name in re.findall(r"<dt>(.*?)</dt>", report)]

    assert reported[: len(CODES)] == [f"{names[name]} {code}" for name, code in CODES.items()]
    assert [name.rpartition(" ")[2] for name in reported[len(CODES) :][: len(PLANT_CODES)]] == list(PLANT_CODES)
    assert re.findall(r"<dt>.*?>([A-Z]\w*)</a></dt>", assistance) == list(PLANT_CODES)
    assert set(CODES.values()) | set(PLANT_CODES) <= set(known)


# --- sentences and charts ---------------------------------------------------------------------------------------------


def numbers(texts: Iterable[str], locale: str) -> set[str]:
    """Numbers as they are written, without signs; words, days, quarters and units that hold digits are left out."""
    months = "|".join(map(re.escape, f"{MONTHS[locale]} {SHORT[locale]}".split()))
    words = (
        r"\d\S{0,2} (?:quarter|trimestre)(?: de)? \d{4}",
        rf"(?:\d+ )?(?:de )?(?:{months})(?: \d+,)?(?: de)? \d{{4}}",
        r"\b[QT][1-4]\b|\b20\d\d\b|\b1\D000 (?:parts|piezas|pièces)|\b4\s(?:h\b|hour|hora|heure)",
        r"(?:scope|alcance|portée)s? [12](?:\s(?:and|y|et) 2)?",
    )
    digits = r"\d{1,3}(?:\u00a0\d{3})+(?!\d)|\d+(?:,\d+)?" if locale == "fr" else r"\d+(?:,\d{3})*(?:\.\d+)?"
    return {found for text in texts for found in re.findall(digits, re.sub("|".join(words), "", text))}


def sentences(part: str) -> list[str]:
    """What a part of a page says outside of its tables and axes: findings, notes, and the numbers of its charts."""
    for gone in (r"<details>.*?</details>", r"<table>.*?</table>", r"<dl.*?</dl>", r'<a href="[^"]*"[^>]*>.*?</a>'):
        part = re.sub(gone, "", part, flags=re.DOTALL)
    part = re.sub(r"<text[^>]*ink-soft.*?</text>", "", part)
    return [unescape(text) for text in re.split(r"<[^>]*>", part) if text.strip()]


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("place", [TRAINING, PENETRATION, ENVIRONMENT, *REPORTS])
def test_sentences_and_charts_say_only_numbers_of_their_own_table(place, locale):
    say, text = said(locale), page(place, locale)
    own: dict[str, list[str]] = {}
    for name, some in (*say.training(), *say.penetration(), *say.environment()):
        own[name] = [cell for row in some for cell in row[1:]]
    for name, some in say.besides((RECORDS / "goals.yml").read_text(encoding="utf-8")):
        own[name] = [*own.get(name, ()), *some]

    for name, figure in figures(text).items():
        assert numbers(sentences(figure), locale) - numbers(own[name], locale) == set(), name
    around = re.sub(r"<figure.*?</figure>", "", text.split("---", 2)[2], flags=re.DOTALL)
    covered = PLANTS.coverage.get(("", place[-7:].upper()))
    assert numbers(sentences(around), locale) == ({str(covered)} if covered else set())


@pytest.mark.parametrize("locale", LOCALES)
def test_heads_of_columns_name_the_unit_of_the_numbers_below(locale):
    say, found = said(locale), figures(page(ENVIRONMENT, locale))
    heads = {name: re.findall(r'<th scope="col">(.*?)</th>', figure) for name, figure in found.items()}
    units = {name: [unit for unit in OUTPUTS[locale] if (name, unit) in OF_OUTPUT] for name in COMPARED}

    for name in COMPARED:
        assert heads[f"intensity-{name}"][1:] == [say.per(name, unit) for unit in units[name]]
        assert all(head.endswith(f"({say.unit(name)})") for head in heads[f"change-{name}"][3:6])
        assert heads[f"avoided-{name}"][2].endswith(f"({say.unit(name)})")
    for name in {f"quantity-{name}" for name in MEASURES} - NOT_DRAWN:
        assert heads[name][2].endswith(f"({say.unit(name.removeprefix('quantity-'))})")


OF_OUTPUT = {(name, unit) for name, unit, _ in PLANTS.intensities}


# --- files to take away -----------------------------------------------------------------------------------------------


@cache
def files() -> dict[str, str]:
    return {**results_page.downloads(shown().training), **monitoring.downloads(shown())}


def filed(name: str) -> tuple[list[str], list[list[str]]]:
    """The columns of a file, and its rows without the day and the mark of the demonstration, which all must have."""
    head, *found = csv.reader(StringIO(files()[name]))
    demonstration = str(PLANTS.data["demonstration"]).lower()
    assert all(row[-2:] == [PLANTS.as_of, demonstration] for row in found), name
    return head[:-2], [row[:-2] for row in found]


def test_files_of_plants_and_people_hold_what_is_published():
    complements = {asked["id"]: asked for asked in written("complements")}
    wanted = {**filed_figures.of_people(PEOPLE), **filed_figures.of_plants(PLANTS, complements)}
    wanted |= {f"quarter-{q.lower()}.csv": filed_figures.report(PLANTS, PEOPLE, q) for q in PLANTS.quarters}
    others = {"plant-goals.csv", "data-dictionary.csv", "monitoring-dictionary.csv", "results.json", "monitoring.json"}

    assert set(files()) - others == set(wanted)
    for name, some in wanted.items():
        assert filed_figures.alike(filed(name)[1]) == filed_figures.alike(some), name


def test_the_json_of_plants_holds_what_its_tables_hold():
    everything = json.loads(files()["monitoring.json"])
    tables_of = {name for name in files() if name.removesuffix(".csv") in everything}

    assert {name.removesuffix(".csv") for name in tables_of} == set(everything) - {"as_of", "demonstration"}
    assert (everything["as_of"], everything["demonstration"]) == (PLANTS.as_of, PLANTS.data["demonstration"])
    for name in tables_of:
        head, some = filed(name)
        found = everything[name.removesuffix(".csv")]
        assert all(list(row) == head for row in found), name
        assert filed_figures.alike(row.values() for row in found) == filed_figures.alike(some), name


def test_the_json_of_people_holds_what_is_published():
    everything, data = json.loads(files()["results.json"]), PEOPLE.data
    headline = {
        name: round(value, 1) if isinstance(value, float) else value for name, value in PEOPLE.headline().items()
    }
    tables_of = {
        name: [([label or "unstated" for label in labels], count) for labels, count in some]
        for name, some in PEOPLE.tables.items()
    }

    assert everything["headline"] == headline
    assert {
        name: [(row["labels"], row.get("learners", row.get("trainers"))) for row in some]
        for name, some in everything["tables"].items()
    } == tables_of
    for name in ("as_of", "demonstration", "quarters", "months", "scores", "minutes", "courses", "course_quarters"):
        assert everything[name] == data[name], name
    found = [list(row.values()) for row in everything["penetration"]]
    assert filed_figures.alike(found) == filed_figures.alike(filed("penetration.csv")[1])
