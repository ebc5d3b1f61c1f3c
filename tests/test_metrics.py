"""The catalogue of metrics: the worked examples through it, what it says in three languages, and broken files."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from builders import ROOT, write
from greensupply import metrics, rules, units
from greensupply.catalogue import WHOLES, Catalogue
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES
from greensupply.outcome_counts import BASELINED, QUARTERLY

FILES = {
    name: (ROOT / "records" / name).read_text(encoding="utf-8") for name in ("metrics.yml", "factors.yml", "rates.yml")
}
FACTS = yaml.safe_load((ROOT / "modules/sources.yml").read_text(encoding="utf-8"))["facts"]
GAS = """\
- {name: natural-gas, place: MX, year: 2024, value: 1.90, unit: kg CO2e, per: m3, gases: CO2e, standing: illustration, fact: EX-MET-2}
- {name: natural-gas, place: CA, year: 2024, value: 1.90, unit: kg CO2e, per: m3, gases: CO2e, standing: illustration, fact: EX-MET-2}
""".replace("illustration", "quoted")
"""The rounded factor of the example, which no real plant is reckoned with."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return metrics.read(ROOT / "records")


def added(catalogue: Catalogue, place: str, year: int, **reported: tuple[str, str]) -> dict[str, Decimal]:
    """What a plant's reports add up to: natural_gas=("90000", "m3"), ..."""
    sums: dict[str, Decimal] = {}
    for name, (value, unit) in reported.items():
        found = catalogue.inputs[name.replace("_", "-")].quantities(Decimal(value), unit, place, year, catalogue)
        for measure, amount in found.items():
            sums[measure] = sums.get(measure, Decimal(0)) + amount
    return sums


def to(value: Decimal | None, stated: str) -> Decimal:
    """Rounded as far as an example states it."""
    assert value is not None
    return value.quantize(Decimal(stated))


def test_three_plants_have_the_gases_of_the_example(tmp_path):
    write(tmp_path, {**FILES, "factors.yml": FILES["factors.yml"] + GAS})
    catalogue = metrics.read(tmp_path)
    plants = (
        (added(catalogue, "MX", 2024, electricity=("3200000", "kWh"), natural_gas=("90000", "m3")), "8.0"),
        (added(catalogue, "CA", 2024, electricity=("2600000", "kWh"), natural_gas=("140000", "m3")), "5.0"),
        (added(catalogue, "US", 2025, electricity=("4100000", "kWh"), natural_gas=("120000", "therm")), "9.5"),
    )

    assert [(to(sums["scope-2"], "0.01"), to(sums["scope-1"], "0.01")) for sums, _ in plants] == [
        (Decimal("1420.80"), Decimal("171.00")),
        (Decimal("280.80"), Decimal("266.00")),
        (Decimal("1433.77"), Decimal("637.38")),
    ]
    totals = [to(sums["ghg"], "0.01") for sums, _ in plants]
    assert totals == [Decimal("1591.80"), Decimal("546.80"), Decimal("2071.15")]
    assert sum(totals) == Decimal("4209.75")
    assert [to(catalogue.metrics["E5"].value({**sums, "output": Decimal(made)}), "0.01") for sums, made in plants] == [
        Decimal("198.98"),
        Decimal("109.36"),
        Decimal("218.02"),
    ]


def test_water_of_three_plants_has_the_intensity_of_the_example(catalogue):
    plants = [
        (
            added(catalogue, place, 2025, water=(water, unit))["water"],
            catalogue.outputs["t"].amount(Decimal(made), mass),
        )
        for place, water, unit, made, mass in (
            ("MX", "18500", "m3", "4625", "t"),
            ("CA", "14200", "m3", "3550", "t"),
            ("US", "5200000", "US gal", "5000", "short ton"),
        )
    ]
    intensity = catalogue.metrics["E7"].value

    assert to(plants[2][0], "0.01") == Decimal("19684.14")
    assert to(plants[2][1], "0.01") == Decimal("4535.92")
    assert [to(intensity({"water": water, "output": made}), "0.01") for water, made in plants] == [
        Decimal("4.00"),
        Decimal("4.00"),
        Decimal("4.34"),
    ]
    region = {"water": sum(water for water, _ in plants), "output": sum(made for _, made in plants)}
    assert to(intensity(region), "0.01") == Decimal("4.12")


def test_avoided_electricity_is_the_gas_of_the_example(catalogue):
    baseline, index, actual = Decimal(1250000), Decimal(2760000) / Decimal(2500000), Decimal(1242000)
    avoided = baseline * index - actual

    assert avoided == 138000
    assert to(added(catalogue, "MX", 2024, electricity=(str(avoided), "kWh"))["ghg"], "0.01") == Decimal("61.27")


def test_a_leak_has_the_gas_of_three_grids(catalogue):
    """EX-ENG-1."""
    found = [added(catalogue, place, 2026, electricity=("67500", "kWh"))["scope-2"] for place in ("MX", "US", "CA")]

    assert [to(each, "0.01") for each in found] == [Decimal("29.97"), Decimal("23.60"), Decimal("7.29")]


def test_diversion_and_yield_are_those_of_the_examples(catalogue):
    """EX-WEX-2: 69.5 % without energy recovery."""
    tonnes = {"reused": 140, "recycled": 430, "energy-recovered": 60, "nonhazardous-waste": 820, "hazardous-waste": 0}
    value = catalogue.metrics["E10"].value({name: Decimal(amount) for name, amount in tonnes.items()})

    assert to(value, "0.1") == Decimal("69.5")
    bought = {"material-in-product": Decimal(780), "material-bought": Decimal(1000)}
    assert catalogue.metrics["E11"].value(bought) == 78


def test_natural_gas_by_volume_has_the_gas_and_the_heat_of_the_facts(catalogue):
    """MET-41 and MET-42; MET-44 in Canada."""
    thousand = added(catalogue, "MX", 2026, natural_gas=("1", "1000 ft3"))

    assert to(thousand["scope-1"] * 1000, "0.01") == Decimal("54.44")
    assert units.convert(thousand["energy"], "GJ", "MMBtu") == Decimal("1.026")
    assert to(added(catalogue, "MX", 2026, natural_gas=("1000", "m3"))["scope-1"], "0.0001") == Decimal("1.9225")
    assert added(catalogue, "CA-ON", 2026, natural_gas=("1000", "m3"))["scope-1"] == Decimal("1.888")


def test_gas_by_energy_finds_its_way_to_a_factor_by_volume(catalogue):
    volume = added(catalogue, "CA", 2026, natural_gas=("1000", "m3"))

    energy = added(catalogue, "CA", 2026, natural_gas=(str(volume["energy"]), "GJ"))

    assert to(energy["scope-1"], "0.000001") == to(volume["scope-1"], "0.000001")


@pytest.mark.parametrize(
    ("fuel", "kg", "heat"),
    [("propane", "5.75", "0.0914"), ("diesel", "10.16", "0.1380"), ("gasoline", "8.89", "0.1250")],
)
def test_a_gallon_of_fuel_has_the_gas_and_the_heat_of_its_factors(catalogue, fuel, kg, heat):
    """MET-45 to MET-47, MET-62."""
    gallons = added(catalogue, "US", 2026, **{fuel: ("1000", "US gal")})
    litres = added(catalogue, "US", 2026, **{fuel: ("3785.411784", "L")})

    assert to(gallons["scope-1"], "0.01") == Decimal(kg)
    assert to(units.convert(gallons["energy"], "GJ", "MMBtu") / 1000, "0.0001") == Decimal(heat)
    assert {name: to(value, "0.00000001") for name, value in litres.items()} == {
        name: to(value, "0.00000001") for name, value in gallons.items()
    }


@pytest.mark.parametrize(
    ("place", "year", "value"),
    [
        ("MX", 2019, None),
        ("MX", 2020, "0.494"),
        ("MX", 2021, "0.423"),
        ("MX", 2023, "0.438"),
        ("MX-NLE", 2024, "0.444"),
        ("MX", 2030, "0.444"),
        ("US", 2021, None),
        ("US", 2022, "823.1"),
        ("US-MI", 2026, "0.3497"),
        ("CA", 2026, "0.108"),
        ("CA-QC", 2026, "0.108"),  # older values of provinces are illustrations (MET-38)
        ("", 2026, None),
    ],
)
def test_the_factor_is_the_newest_of_the_nearest_place(catalogue, place, year, value):
    factor = catalogue.factor("grid", place, year)

    assert (factor and factor.value) == (value and Decimal(value))


def test_a_provinces_own_factor_comes_before_its_countrys(tmp_path):
    own = "- {name: grid, place: CA-QC, year: 2022, value: 2, unit: g CO2e, per: kWh, gases: CO2e, standing: official, fact: MET-40}\n"
    write(tmp_path, {**FILES, "factors.yml": FILES["factors.yml"] + own})
    catalogue = metrics.read(tmp_path)

    assert added(catalogue, "CA-QC", 2026, electricity=("1000000", "kWh"))["scope-2"] == 2
    assert added(catalogue, "CA-QC", 2021, electricity=("1000000", "kWh"))["scope-2"] == 108


def test_a_measure_without_a_factor_is_left_out_and_not_taken_for_zero(catalogue):
    assert added(catalogue, "MX", 2019, electricity=("1000", "kWh")) == {"energy": Decimal("3.6")}


def test_a_unit_that_the_catalogue_does_not_allow_is_told(catalogue):
    with pytest.raises(units.UnitError, match=r"^`t` is no unit of `electricity`\. Write one of kWh, MWh, GJ\.$"):
        added(catalogue, "MX", 2024, electricity=("1", "t"))
    with pytest.raises(units.UnitError, match=r"^`lb` is no unit of `npri-releases`\. Write one of t, kg\.$"):
        catalogue.complements["npri-releases"].amount(Decimal(1), "lb")


def test_a_ratio_with_something_missing_or_with_nothing_below_has_no_value(catalogue):
    intensity = catalogue.metrics["E2"].value

    assert intensity({"energy": Decimal(1)}) is None
    assert intensity({"energy": Decimal(1), "output": Decimal(0)}) is None
    assert catalogue.metrics["E14"].value({"energy": Decimal(1), "output": Decimal(2)}) is None


def test_the_catalogue_is_whole(catalogue):
    assert list(catalogue.metrics) == [f"E{number}" for number in range(1, 16)]
    assert set(catalogue.metrics["E14"].formula.of) == set(BASELINED)
    summed = {measure for reported in catalogue.inputs.values() for measure in reported.measures}
    assert summed | set(WHOLES) == set(QUARTERLY), "each measure comes from something that plants report"
    assert list(catalogue.outputs) == ["t", "1000 parts", "machine h", "m2"]
    assert {each.country for each in catalogue.complements.values()} == {"CA", "MX", "US"}
    assert [id for id, each in catalogue.complements.items() if not each.adds_up] == [
        "mx-generator-class",
        "pnaa-level",
        "pnaa-certificate",
        "production-ratio",
        "us-generator-class",
        "us-permits",
    ]
    assert catalogue.complements["tri-releases"].amount(Decimal(10000), "lb") == Decimal("4535.9237")  # EX-MET-4
    assert not set(catalogue.inputs) & set(catalogue.complements), "a measurement names one or the other"


def test_every_input_adds_up_in_each_of_its_units(catalogue):
    for reported in catalogue.inputs.values():
        for unit in reported.units:
            found = reported.quantities(Decimal(1000), unit, "MX", 2026, catalogue)
            assert set(reported.measures) <= set(found), (reported.id, unit)
            assert all(value > 0 for value in found.values())


def test_every_fact_exists(catalogue):
    entries = (*catalogue.metrics.values(), *catalogue.inputs.values(), *catalogue.complements.values())
    named = {(each.id, source) for each in entries for source in each.source if not source.startswith("curriculum ")}
    named |= {(each.name, each.fact) for each in catalogue.factors}

    assert sorted((name, fact) for name, fact in named if fact not in FACTS) == []
    assert all(
        f"curriculum {section}" in each.source
        for group, section in ((catalogue.metrics, "4.3"), (catalogue.complements, "4.4"))
        for each in group.values()
    )


def test_what_was_not_confirmed_is_marked(catalogue):
    """MET-30, GAPS-07; MET-32, MET-33; MET-36; MET-37, GAPS-08; MET-43 to MET-45."""
    standing = {(each.name, each.place, each.year): each.standing for each in catalogue.factors}

    assert {key[1:] for key, said in standing.items() if key[0] == "grid" and said == "official"} == {
        ("MX", 2020),
        ("MX", 2021),
    }
    assert (
        standing[("grid", "MX", 2024)] == standing[("grid", "US", 2023)] == standing[("grid", "CA", 2020)] == "quoted"
    )
    assert {said for (_, place, _), said in standing.items() if place.startswith("CA-")} == {"illustration"}
    assert all(each.note for each in catalogue.factors if each.standing != "official")
    assert all(each.heat == "HHV" for each in catalogue.factors if each.name.endswith("-heat"))


def test_money_is_converted_at_the_listed_rate_of_its_year_alone(catalogue):
    assert catalogue.rate("USD", 1999).value == 1
    assert catalogue.rate("CAD", 2025).value == Decimal("0.72")
    assert catalogue.rate("CAD", 2023) is None, "no rate of another year stands in"
    assert {each.invented for each in catalogue.rates} == {True}
    assert "INVENTED" in FILES["rates.yml"]


def texts() -> list[tuple[str, dict[str, str]]]:
    """Every text of the three files with its place."""
    found = []

    def walk(value: object, place: str) -> None:
        if isinstance(value, dict) and set(value) & set(LOCALES):
            found.append((place, value))
        elif isinstance(value, dict):
            for key, inner in value.items():
                walk(inner, f"{place}.{key}")
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                walk(inner, f"{place}.{inner.get('id', number) if isinstance(inner, dict) else number}")

    for name, text in FILES.items():
        walk(yaml.safe_load(text), name)
    return found


def test_the_three_languages_say_the_same():
    assert len(texts()) > 150
    for place, said in texts():
        assert set(said) == set(LOCALES), place
        ends = {words.rstrip().endswith(".") for words in said.values()}
        assert len(ends) == 1, f"{place}: a sentence in one language alone"
        figures = {
            locale: sorted(
                re.sub(r"[\u00a0,.](?=\d)", "", number).lstrip("0")
                for number in re.findall(r"\d[\d\u00a0,.]*(?<=\d)", words)
            )
            for locale, words in said.items()
        }
        assert figures["en"] == figures["es"] == figures["fr"], place


def test_french_is_canadas_and_spanish_is_mexicos_in_signs_and_numbers():
    for place, said in texts():
        french, spanish = said["fr"], said["es"]
        assert not re.search(r"(?<!\u00a0):(?=\s|$)|\s[;!?]|\w'\w|\d %|\d\.\d|« | »", french), place
        assert not re.search(r"\d,\d(?!\d\d)", spanish), f"{place}: es-MX writes a point"
        assert "CO2" not in "".join(said.values()), place


WORDS = "{en: Water, es: Agua, fr: Eau}"
SMALL = {
    "metrics.yml": f"""\
metrics:
- id: E1
  name: {WORDS}
  definition: {WORDS}
  unit: {WORDS}
  direction: down
  formula: {{said: {WORDS}, kind: ratio, of: [energy], by: [output]}}
  classes: [M, C]
  source: [curriculum 4.3, MET-06]
- id: E15
  name: {WORDS}
  definition: {WORDS}
  unit: {WORDS}
  direction: up
  formula: {{said: {WORDS}, kind: money, of: [saved, invested]}}
  classes: [C]
  source: [MET-60]
inputs:
- id: electricity
  name: {WORDS}
  definition: {WORDS}
  unit: kWh
  units: [kWh, GJ]
  measures: {{energy: {{}}, scope-2: {{factor: grid}}}}
  source: [MET-50]
- id: propane
  name: {WORDS}
  definition: {WORDS}
  unit: L
  units: [L, GJ]
  heat: propane-heat
  measures: {{energy: {{}}, scope-1: {{factor: propane}}}}
  source: [MET-45]
outputs:
- {{id: t, name: {WORDS}, units: [t, lb]}}
complements:
- id: releases
  country: CA
  name: {WORDS}
  definition: {WORDS}
  kind: quantity
  unit: t
  units: [t, kg]
  source: [INS-29]
- id: level
  country: MX
  name: {WORDS}
  definition: {WORDS}
  kind: choice
  choices: [{{id: low, name: {WORDS}}}, {{id: high, name: {WORDS}}}]
  source: [INS-40]
""",
    "factors.yml": """\
factors:
- name: grid
  place: MX
  year: 2020
  value: 0.494
  unit: kg CO2e
  per: kWh
  gases: CO2e
  standing: official
  fact: MET-28
- {name: grid, place: MX, year: 2021, value: 0.423, unit: kg CO2e, per: kWh, gases: CO2e, standing: official, fact: MET-29}
- {name: propane, place: '', year: 2013, value: 62.87, unit: kg CO2e, per: MMBtu, gases: CO2, heat: HHV, standing: official, fact: MET-45}
- {name: propane-heat, place: '', year: 2013, value: 3.84, unit: MMBtu, per: bbl, heat: HHV, standing: official, fact: MET-62}
""",
    "rates.yml": f"""\
rates:
- currency: CAD
  year: 2025
  value: 0.72
  listed: 2026-01-15
  source: {WORDS}
- {{currency: MXN, year: 2025, value: 0.05, listed: 2026-01-15, invented: true, source: {WORDS}}}
""",
}


def told(folder: Path, files: dict[str, str], locale: str = "en") -> list[str]:
    """What is said of a catalogue's files, without the folder."""
    write(folder, files)
    try:
        metrics.read(folder)
    except GreenSupplyError as error:
        return [
            f"{problem.path.removeprefix(folder.as_posix() + '/')}:{problem.line}:{problem.column}: "
            + " ".join(rules.said(problem, locale))
            for problem in error.problems
        ]
    return []


def changed(name: str, old: str, new: str) -> dict[str, str]:
    """The small catalogue with one piece changed, that stands there first."""
    assert old in SMALL[name], old
    return {**SMALL, name: SMALL[name].replace(old, new, 1)}


BROKEN = [
    (
        "metrics.yml",
        "- id: E15",
        "- id: E1",
        ["metrics.yml:10:3: `E1` stands here a second time. Keep one of the two; the first is in line 2."],
    ),
    (
        "metrics.yml",
        "- id: E15",
        "- id: T15",
        [
            "metrics.yml:10:3: `metrics.2.id` is `T15`, which is no code of an environmental metric. Write E and a number from 1 to 99, such as E16."
        ],
    ),
    (
        "metrics.yml",
        "- id: propane",
        "- id: electricity",
        ["metrics.yml:26:3: `electricity` stands here a second time. Keep one of the two; the first is in line 19."],
    ),
    (
        "metrics.yml",
        "of: [energy]",
        "of: [enery]",
        ["metrics.yml:7:69: `enery` is no measure that can stand here. Did you mean `energy`?"],
    ),
    (
        "metrics.yml",
        "by: [output]",
        "by: [parts]",
        [
            "metrics.yml:7:83: `parts` is no measure that can stand here. Write one of energy, scope-1, scope-2, ghg, water, hazardous-waste, nonhazardous-waste, waste, reused, recycled, energy-recovered, material-bought, material-in-product, priority-chemicals, voc, output."
        ],
    ),
    (
        "metrics.yml",
        "of: [saved, invested]",
        "of: [saved, energy]",
        ["metrics.yml:15:76: `energy` is no measure that can stand here. Write one of saved, invested."],
    ),
    (
        "metrics.yml",
        "kind: ratio",
        "kind: share",
        ["metrics.yml:7:51: `metrics.1.formula.kind` is `share`. Write one of 'sum', 'ratio', 'avoided' or 'money'."],
    ),
    (
        "metrics.yml",
        "  direction: down\n",
        "",
        ["metrics.yml:2:3: `metrics.1.direction` is missing. Add `direction: …` (Which way is better)."],
    ),
    (
        "metrics.yml",
        "  direction: down\n",
        "  direction: dwon\n",
        ["metrics.yml:6:3: `metrics.1.direction` is `dwon`. Write one of 'down' or 'up'."],
    ),
    (
        "metrics.yml",
        "  direction: down\n",
        "  directon: down\n",
        [
            "metrics.yml:2:3: `metrics.1.direction` is missing. Add `direction: …` (Which way is better).",
            "metrics.yml:6:3: unknown key `metrics.1.directon`. Did you mean `direction`?",
        ],
    ),
    (
        "metrics.yml",
        "[M, C]",
        "[]",
        [
            "metrics.yml:8:3: `metrics.1.classes` is `[]`: the least number of items is 1. It is: how it may be found: M measured, C calculated, E estimated."
        ],
    ),
    (
        "metrics.yml",
        "{en: Water, es: Agua, fr: Eau}",
        "{en: Water, es: Agua}",
        ["metrics.yml:3:3: `metrics.1.name.fr` is missing. Add `fr: …`."],
    ),
    (
        "metrics.yml",
        "kind: ratio",
        "times: 0, kind: ratio",
        [
            "metrics.yml:7:51: `metrics.1.formula.times` is `0`: the least value is 1. It is: whole number that a ratio is multiplied by: 100 for %."
        ],
    ),
    (
        "metrics.yml",
        "[curriculum 4.3, MET-06]",
        "[curriculum, MET-06]",
        [
            "metrics.yml:9:12: `metrics.1.source.1` is `curriculum`, which names neither a fact nor a section of the curriculum. Write the id of a fact such as MET-06, or a section such as `curriculum 4.3`."
        ],
    ),
    (
        "metrics.yml",
        "[curriculum 4.3, MET-06]",
        "[]",
        ["metrics.yml:9:3: `metrics.1.source` is empty. Write at least one."],
    ),
    (
        "metrics.yml",
        "[kWh, GJ]",
        "[kWh, ton]",
        [
            "metrics.yml:23:16: `inputs.1.units.2` is `ton`, which is no unit of the catalogue. Write one of t, short ton."
        ],
    ),
    (
        "metrics.yml",
        "[kWh, GJ]",
        "[kWh, kg]",
        [
            "metrics.yml:23:16: no way leads from `kg` to `GJ`, which `energy` needs. Take the unit out, or name a `factor` for the measure, or with `heat` one that says how much energy the fuel holds."
        ],
    ),
    (
        "metrics.yml",
        "[kWh, GJ]",
        "kWh",
        ["metrics.yml:23:3: `inputs.1.units` must be a list; YAML reads `kWh` here. Correct the value."],
    ),
    (
        "metrics.yml",
        "{factor: grid}",
        "{factor: grids}",
        ["metrics.yml:24:36: the factor `grids` is not in `factors.yml`. Did you mean `grid`?"],
    ),
    (
        "metrics.yml",
        "scope-2: {factor",
        "scope-3: {factor",
        ["metrics.yml:24:26: `scope-3` is no measure that can stand here. Did you mean `scope-2`?"],
    ),
    (
        "metrics.yml",
        "{factor: grid}",
        "{}",
        [
            "metrics.yml:24:26: no way leads from `kWh` to `t CO2e`, which `scope-2` needs. Take the unit out, or name a `factor` for the measure, or with `heat` one that says how much energy the fuel holds."
        ],
    ),
    (
        "metrics.yml",
        "  heat: propane-heat\n",
        "",
        [
            "metrics.yml:30:11: no way leads from `L` to `GJ`, which `energy` needs. Take the unit out, or name a `factor` for the measure, or with `heat` one that says how much energy the fuel holds."
        ],
    ),
    (
        "metrics.yml",
        "  heat: propane-heat\n",
        "  heat: propan-heat\n",
        ["metrics.yml:31:3: the factor `propan-heat` is not in `factors.yml`. Did you mean `propane-heat`?"],
    ),
    (
        "metrics.yml",
        "[t, kg]",
        "[t, m3]",
        ["metrics.yml:43:14: `m3` measures another kind of thing than `t`. Write one of g, kg, t, lb, short ton."],
    ),
    (
        "metrics.yml",
        "[t, lb]",
        "[t, gal]",
        [
            "metrics.yml:35:60: `outputs.1.units.2` is `gal`, which is no unit of the catalogue. Write one of US gal, imp gal."
        ],
    ),
    (
        "metrics.yml",
        "kind: choice",
        "kind: count",
        [
            "metrics.yml:50:3: `level` is a choice without two choices, or has choices without being one. Write `kind: choice` and two `choices` or more; or another kind and none."
        ],
    ),
    (
        "metrics.yml",
        "kind: quantity",
        "kind: choice",
        [
            "metrics.yml:37:3: `releases` is a choice without two choices, or has choices without being one. Write `kind: choice` and two `choices` or more; or another kind and none."
        ],
    ),
    (
        "metrics.yml",
        "country: CA",
        "country: Canada",
        ["metrics.yml:38:3: `complements.1.country` is `Canada`. Write one of 'CA', 'MX' or 'US'."],
    ),
    (
        "metrics.yml",
        "outputs:\n",
        "inputs:\n",
        ["metrics.yml:34:1: `inputs` stands here and in line 18. Keep one of the two."],
    ),
    (
        "metrics.yml",
        "metrics:\n",
        "metrics: &all\n",
        [
            "metrics.yml:1:10: an anchor (&) is not allowed in this YAML. Write the value out, or put quotes around it if the sign belongs to the text."
        ],
    ),
    (
        "factors.yml",
        "year: 2021",
        "year: 2020",
        ["factors.yml:11:3: `grid, MX, 2020` stands here a second time. Keep one of the two; the first is in line 2."],
    ),
    (
        "factors.yml",
        "year: 2020",
        "year: '2020'",
        ["factors.yml:4:3: `factors.1.year` must be a whole number; YAML reads `2020` here. Correct the value."],
    ),
    (
        "factors.yml",
        "0.494",
        "0,494",
        ["factors.yml:5:3: `factors.1.value` must be a number; YAML reads `0,494` here. Correct the value."],
    ),
    (
        "factors.yml",
        "0.494",
        "0",
        [
            "factors.yml:5:3: `factors.1.value` is `0`: it must be more than 0. It is: the number, as its source writes it."
        ],
    ),
    (
        "factors.yml",
        "0.494",
        ".inf",
        [
            "factors.yml:5:3: `factors.1.value` is `Infinity`: it must be a finite number. It is: the number, as its source writes it."
        ],
    ),
    (
        "factors.yml",
        "0.494",
        "true",
        ["factors.yml:5:3: `factors.1.value` must be a number; YAML reads `true` here. Correct the value."],
    ),
    (
        "factors.yml",
        "place: MX",
        "place: Mexico",
        [
            "factors.yml:3:3: `factors.1.place` is `Mexico`, which is no place of the programme. Write CA, MX or US, a province or state such as CA-QC, or '' for what holds everywhere."
        ],
    ),
    (
        "factors.yml",
        "unit: kg CO2e",
        "unit: kg",
        [
            "factors.yml:6:3: `kg` measures another kind of thing than `t CO2e`. Write one of g CO2e, kg CO2e, t CO2e, lb CO2e."
        ],
    ),
    (
        "factors.yml",
        "per: kWh",
        "per: L",
        [
            "factors.yml:7:3: `L` measures another kind of thing than `kWh`. Write one of kWh, MWh, MJ, GJ, MMBtu, therm."
        ],
    ),
    (
        "factors.yml",
        ", gases: CO2, heat: HHV",
        ", gases: CO2",
        [
            "factors.yml:12:3: the factor `propane` does not say on what it rests. Write `heat: HHV`, or what its source says instead."
        ],
    ),
    (
        "factors.yml",
        "  gases: CO2e\n",
        "",
        [
            "factors.yml:2:3: the factor `grid` does not say on what it rests. Write `gases: CO2e`, or what its source says instead."
        ],
    ),
    (
        "factors.yml",
        "MET-28",
        "met28",
        [
            "factors.yml:10:3: `factors.1.fact` is `met28`, which has not the right form. Write the id of a fact, from the part `facts` of modules/sources.yml, such as LEAN-04."
        ],
    ),
    (
        "factors.yml",
        "standing: official",
        "standing: sure",
        ["factors.yml:9:3: `factors.1.standing` is `sure`. Write one of 'official', 'quoted' or 'illustration'."],
    ),
    (
        "rates.yml",
        "currency: CAD",
        "currency: EUR",
        ["rates.yml:2:3: `rates.1.currency` is `EUR`. Write one of 'CAD', 'MXN' or 'USD'."],
    ),
    (
        "rates.yml",
        "currency: CAD",
        "currency: MXN",
        ["rates.yml:7:3: `MXN, 2025` stands here a second time. Keep one of the two; the first is in line 2."],
    ),
    (
        "rates.yml",
        "2026-01-15",
        "last week",
        [
            "rates.yml:5:3: `rates.1.listed` must be a date such as 2026-11-24, without quotes; YAML reads `last week` here. Correct the value."
        ],
    ),
    (
        "rates.yml",
        "  value: 0.72\n",
        "",
        ["rates.yml:2:3: `rates.1.value` is missing. Add `value: …` (US dollars for one unit of the currency)."],
    ),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), BROKEN)
def test_a_broken_catalogue_is_told_exactly(tmp_path, name, old, new, expected):
    assert told(tmp_path, changed(name, old, new)) == expected


def test_the_small_catalogue_below_the_broken_ones_is_good(tmp_path):
    assert told(tmp_path, SMALL) == []


def test_the_problems_of_all_three_files_are_told_together(tmp_path):
    files = {
        "metrics.yml": SMALL["metrics.yml"].replace("[t, kg]", "[t, m3]"),
        "factors.yml": SMALL["factors.yml"].replace("year: 2021", "year: 2020"),
        "rates.yml": SMALL["rates.yml"].replace("MXN", "CAD"),
    }

    assert [line.partition(":")[0] for line in told(tmp_path, files)] == ["factors.yml", "metrics.yml", "rates.yml"]


def test_a_problem_is_told_in_each_language(tmp_path):
    files = changed("metrics.yml", "[kWh, GJ]", "[kWh, ton]")

    assert told(tmp_path, files, "es") == [
        "metrics.yml:23:16: `inputs.1.units.2` es `ton`, que no es una unidad del catálogo. Escriba una de t, short ton."
    ]
    assert told(tmp_path, files, "fr") == [
        "metrics.yml:23:16: `inputs.1.units.2` vaut `ton`, ce qui n’est pas une unité du catalogue. Écrivez l’une de celles-ci, t, short ton."
    ]


def test_files_that_are_not_there_are_empty_ones(tmp_path):
    assert metrics.read(tmp_path) == Catalogue()
    write(tmp_path, {"metrics.yml": SMALL["metrics.yml"]})
    alone = metrics.read(tmp_path)

    assert added(alone, "MX", 2024, electricity=("1000", "kWh")) == {"energy": Decimal("3.6")}
    assert added(alone, "MX", 2024, propane=("1000", "L")) == {}, "its heat is not known"
    assert alone.rate("MXN", 2025) is None


@pytest.mark.parametrize("text", ["", "metrics\n", "[" * 100_000, "metrics: [\n", "<<<<<<< ours\nmetrics: []\n"])
def test_a_file_that_is_no_catalogue_is_told_and_ends_in_no_traceback(tmp_path, text):
    assert len(told(tmp_path, {**SMALL, "metrics.yml": text})) == 1
