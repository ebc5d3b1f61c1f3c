"""Results in plants: the queries and plain Python count the same, the worked examples come out, nothing counts twice."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import outcome_oracle
import pytest
from builders import project, write
from greensupply import metrics, outcomes, plants, tally
from greensupply.assessment import DataClass, Line, Withdrawal
from greensupply.catalogue import Catalogue
from greensupply.cli import main, outcome_lines
from greensupply.completion import Completion
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES
from greensupply.outcome_counts import BASELINED, CHAINS, CUMULATIVE, QUARTERLY, Amount, Outcomes, Stages
from greensupply.plants import Plant
from greensupply.store import batches
from hypothesis import given, settings
from hypothesis import strategies as st
from outcome_builders import ROOT, add, catalogue, measurement, opportunity, visit
from test_tally import CODES as RECORD_CODES
from test_tally import completions, make_completion, person

AS_OF = date(2026, 10, 31)
EARLY = date(2024, 1, 1)
MODULES = {"rinsing": 60, "mapping": 120, "costing": 180}
NOTHING = Outcomes(AS_OF, False, {}, {}, {}, {}, {}, {}, {})


def store(
    folder: Path,
    listed: Iterable[tuple[Plant, date]],
    lines: Iterable[Line] = (),
    records: Iterable[Completion] = (),
) -> Path:
    """Records in a folder, each list in the order of the days on which its rows were recorded."""
    for plant, day in listed:
        add(folder, plant, on=day)
    lines = list(lines)
    for day in sorted({line.recorded_on for line in lines}):
        add(folder, *(line for line in lines if line.recorded_on == day), on=day)
    batch = folder / "completions" / f"{0:016x}.jsonl"
    batch.parent.mkdir(parents=True, exist_ok=True)
    batch.write_text("".join(batches.line(batches.values(one)) for one in records), encoding="utf-8")
    return folder


def count(folder: Path, **changes: object) -> Outcomes:
    given = {"modules": MODULES, "catalogue": catalogue(), "plants": folder / "suppliers.csv", "as_of": AS_OF}
    return outcomes.count(folder, **{**given, **changes})  # type: ignore[arg-type]


def numbers(found: Outcomes) -> dict[str, object]:
    """All numbers by their place, so that they may differ by what floating point makes of them."""

    def flat(value: object, place: tuple[object, ...]) -> Iterable[tuple[str, object]]:
        if isinstance(value, Amount | Stages):
            value = asdict(value)
        if isinstance(value, Mapping) and value:
            for key, each in value.items():
                yield from flat(each, (*place, key))
        elif isinstance(value, tuple) and value:
            for number, each in enumerate(value):
                yield from flat(each, (*place, number))
        else:
            yield repr(place), value

    return dict(flat({field.name: getattr(found, field.name) for field in fields(found)}, ()))


def assert_same(found: Outcomes, expected: Outcomes) -> None:
    one, other = numbers(found), numbers(expected)
    assert one.keys() == other.keys()
    for place, value in one.items():
        if isinstance(value, float):
            assert value == pytest.approx(other[place], rel=1e-9, abs=1e-6), place
        else:
            assert value == other[place], place


# Random rows, and the oracle

DAYS = [
    date(2024, 2, 29),
    date(2024, 12, 31),
    date(2025, 1, 1),
    date(2025, 6, 30),
    date(2026, 3, 31),
    date(2026, 9, 30),
    date(2026, 10, 31),
    date(2026, 11, 1),
]
CODES = ("MX-1", "MX-2", "CA-1", "US-1", "DEMO-US-2")
days = st.sampled_from(DAYS)
some_day = st.none() | days
decimals = st.decimals(0, 10_000, places=2)


@st.composite
def a_plant(draw) -> Plant:
    code = draw(st.sampled_from(CODES))
    country = code.removeprefix("DEMO-")[:2]
    stages = sorted(draw(st.lists(days, min_size=4, max_size=4)))
    has = draw(st.lists(st.booleans(), min_size=3, max_size=3))
    listed, contacted, enrolled, left = (day if keep else None for day, keep in zip(stages, [True, *has], strict=True))
    region = draw(st.sampled_from(["", {"MX": "MX-NLE", "CA": "CA-QC", "US": "US-MI"}[country]]))
    return Plant(code, country, listed or EARLY, enrolled, left, contacted, region)


@st.composite
def an_opportunity(draw) -> Line:
    reached = sorted(draw(st.lists(days, min_size=1, max_size=4)))
    reached += [None] * (4 - len(reached))
    verified = reached[3] is not None
    saved, unit = draw(st.sampled_from([("water", "US gal"), ("electricity", "kWh"), ("natural-gas", "m3"), ("", "")]))
    baseline = draw(decimals) if saved else Decimal(0)
    return opportunity(
        id=f"O-{draw(st.integers(1, 6))}",
        assessment=f"A-{draw(st.integers(1, 5))}",
        input=saved,
        unit=unit,
        baseline=baseline,
        expected=(baseline / 4).quantize(Decimal("0.01")),
        actual=draw(decimals) if verified and saved else None,
        index=draw(st.decimals("0.5", 2, places=2)) if verified and saved else None,
        data_class=draw(st.sampled_from(DataClass)) if verified else None,
        saving=draw(decimals),
        verified_saving=draw(st.none() | decimals) if verified else None,
        cost=draw(decimals),
        currency=draw(st.sampled_from(["USD", "MXN", "CAD"])),
        **dict(zip(("identified_on", "committed_on", "implemented_on", "verified_on"), reached, strict=True)),
        recorded_on=draw(days),
    )


REPORTED = {
    "electricity": ("kWh", "MWh"),
    "natural-gas": ("m3", "therm"),
    "water": ("m3", "US gal"),
    "hazardous-waste": ("kg", "short ton"),
    "nonhazardous-waste": ("t",),
    "voc": ("lb",),
}
visits = st.builds(
    lambda number, **rest: visit(id=f"A-{number}", **rest),
    st.integers(1, 5),
    supplier=st.sampled_from([*CODES, "MX-9"]),
    day=days,
    hours=st.sampled_from([Decimal("0.1"), Decimal("1.5"), Decimal(4)]),
    complete=st.booleans(),
    recorded_on=days,
)
measurements = st.builds(
    lambda input_unit, **rest: measurement(input=input_unit[0], unit=input_unit[1], **rest),
    st.sampled_from([(name, unit) for name, units in REPORTED.items() for unit in units]),
    supplier=st.sampled_from([*CODES, "MX-9"]),
    period=st.sampled_from(["2024-Q4", "2026-Q3", "2026-Q4", *(f"2025-Q{number}" for number in (1, 2, 3, 4))]),
    value=decimals,
    output=st.sampled_from([Decimal(0), Decimal(7), Decimal("12.5")]),
    output_unit=st.sampled_from(["t", "t", "t", "1000 parts"]),
    data_class=st.sampled_from(DataClass),
    recorded_on=days,
)
whole_years = st.builds(
    lambda code, what, year, value, day, scale: [
        measurement(
            supplier=code,
            period=period,
            input=what,
            unit=REPORTED[what][0],
            value=value * (number + 1) / 7,
            output=Decimal(scale + number),
            recorded_on=day,
        )
        for number, period in enumerate([*(f"{year}-Q{quarter}" for quarter in (1, 2, 3, 4)), "2026-Q3"])
    ],
    st.sampled_from(CODES),
    st.sampled_from(list(REPORTED)),
    st.sampled_from([2024, 2025]),
    st.integers(1, 1000).map(lambda number: Decimal(number * 7)),
    days,
    st.integers(1, 9),
)
yearly = st.builds(
    lambda what, **rest: measurement(
        input=what[0], unit=what[1], supplier=what[2], output=Decimal(0), output_unit="", **rest
    ),
    st.sampled_from(
        [
            ("coa-on-time", "1", "MX-1"),
            ("coa-on-time", "1", "CA-1"),
            ("tri-releases", "lb", "US-1"),
            ("mx-generator-class", "1", "MX-2"),
        ]
    ),
    period=st.sampled_from(["2024", "2025", "2026"]),
    value=st.sampled_from([Decimal(0), Decimal(1)]),
    recorded_on=days,
)
withdrawals = st.builds(
    Withdrawal, st.just("opportunities"), st.integers(1, 6).map(lambda number: (f"O-{number}",)), days
) | st.builds(
    Withdrawal, st.just("measurements"), st.tuples(st.sampled_from(CODES), st.just("2025-Q4"), st.just("water")), days
)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.tuples(a_plant(), days), max_size=8),
    st.lists(visits, max_size=8),
    st.lists(an_opportunity(), max_size=10),
    st.lists(measurements | yearly, max_size=12),
    st.lists(whole_years, max_size=4),
    st.lists(withdrawals, max_size=3),
    st.lists(completions, max_size=12, unique_by=lambda one: one.id),
    st.sampled_from([date(2026, 10, 31), date(2026, 9, 30), date(2025, 12, 31), date(2024, 2, 29)]),
    st.none() | days,
)
def test_the_queries_count_as_plain_python_does(
    listed, visited, found, measured, years, taken_back, records, as_of, known_on
):
    listed.sort(key=lambda pair: pair[1])
    lines = sorted(
        [*visited, *found, *measured, *(line for year in years for line in year), *taken_back],
        key=lambda line: line.recorded_on,
    )
    expected = outcome_oracle.count(
        listed, lines, records, modules=MODULES, catalogue=catalogue(), as_of=as_of, known_on=known_on
    )

    with TemporaryDirectory() as folder:
        counted = count(store(Path(folder), listed, lines, records), as_of=as_of, known_on=known_on)

    assert_same(counted, expected)


def test_random_records_name_plants_that_are_on_random_lists():
    assert set(CODES) & set(RECORD_CODES)


# The worked examples


def test_penetration_of_the_worked_example(tmp_path):
    """EX-MET-1: of 1,200 plants 168 assisted, 96 assessed, 63 acting."""
    plants = [Plant(f"MX-{number:04}", "MX", date(2025, 1, 1)) for number in range(1200)]
    visits = [
        visit(id=f"A-{n}", supplier=f"MX-{n:04}", hours=Decimal(24 if n < 96 else 2), complete=n < 96)
        for n in range(168)
    ]
    found = [opportunity(id=f"O-{n}", assessment=f"A-{n}", implemented_on=date(2026, 6, 1)) for n in range(63)]
    trained = [make_completion(n, supplier=f"MX-{n:04}", module="mapping") for n in range(96, 168)]
    waiting = [visit(id=f"A-{n}", supplier=f"MX-{n:04}", hours=Decimal(2), complete=False) for n in range(168, 300)]
    (tmp_path / "suppliers.csv").write_text(plants_text(plants), encoding="utf-8")

    come = count(store(tmp_path, [], [*visits, *found, *waiting], trained)).stages["", "2026-Q3"]

    assert (come.scope, come.assisted, come.assessed, come.acting) == (1200, 168, 96, 63)
    assert [round(100 * part / come.scope, 2) for part in (come.assisted, come.assessed, come.acting)] == [
        14.0,
        8.0,
        5.25,
    ]
    assert round(100 * come.acting / come.assessed, 1) == 65.6


def plants_text(listed: Iterable[Plant]) -> str:
    return plants.text(listed)


def test_from_identified_to_verified_savings_of_the_worked_example(tmp_path):
    """EX-LC-3: 40 opportunities of 500,000 $; 26 implemented, of 290,000 $; 255,000 $ verified."""
    done = {"committed_on": date(2026, 4, 1), "implemented_on": date(2026, 5, 1), "verified_on": date(2026, 9, 1)}
    money = {"input": "", "unit": "", "baseline": Decimal(0), "expected": Decimal(0)}
    found = [
        opportunity(
            id=f"O-{n}",
            saving=Decimal(11_600 if n else 0),
            verified_saving=Decimal(10_200 if n else 0),
            **done,
            **money,
        )
        for n in range(26)
    ] + [opportunity(id=f"O-{n}", saving=Decimal(15_000), **money) for n in range(26, 40)]

    amounts = count(store(tmp_path, [(PLANT, EARLY)], [visit(), *found])).amounts
    total = {measure: amount.total for (measure, _, period), amount in amounts.items() if not period}

    assert (total["count:identified"], total["count:implemented"]) == (40, 26)
    assert (total["saving:identified"], total["saving:implemented"]) == (500_000, 290_000)
    assert (total["saving:verified"], total["saved"], total["invested"]) == (290_000, 255_000, 26 * 900)
    assert round(100 * total["count:implemented"] / total["count:identified"], 1) == 65.0
    assert round(100 * total["saving:implemented"] / total["saving:identified"], 1) == 58.0
    assert round(100 * total["saved"] / total["saving:verified"], 1) == 87.9
    assert round(100 * total["saved"] / total["saving:identified"], 1) == 51.0


OPPORTUNITIES = {
    "air leaks": (3_500, 14_600, 0.24),
    "counterflow rinse": (12_000, 18_000, 0.67),
    "nesting software": (22_000, 32_640, 0.67),
    "coolant recycling": (18_000, 9_600, 1.88),
    "returnable totes": (28_000, 13_824, 2.03),
    "lighting and controls": (40_000, 11_500, 3.48),
}
"""EX-LC-1: cost, saving a year, payback in years."""


def test_the_opportunity_list_of_the_worked_example_pays_back_in_123_hundredths_of_a_year(tmp_path):
    """EX-LC-1: 123,500 $ invested, 100,164 $ saved a year; each one and all of them together, as verified rows."""
    done = {"committed_on": date(2026, 4, 1), "implemented_on": date(2026, 5, 1), "verified_on": date(2026, 9, 1)}

    def paid(*chosen: tuple[int, int, float]) -> tuple[float, float]:
        found = [
            opportunity(
                id=f"O-{n}",
                input="",
                unit="",
                baseline=Decimal(0),
                expected=Decimal(0),
                saving=Decimal(saving),
                verified_saving=Decimal(saving),
                cost=Decimal(cost),
                **done,
            )
            for n, (cost, saving, _) in enumerate(chosen)
        ]
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        amounts = count(store(folder, [(PLANT, EARLY)], [visit(), *found])).amounts
        return amounts["invested", "MX", ""].total, amounts["saved", "MX", ""].total

    for name, (cost, saving, years) in OPPORTUNITIES.items():
        assert paid((cost, saving, years)) == (cost, saving), name
        assert round(cost / saving, 2) == years, name
    invested, saved = paid(*OPPORTUNITIES.values())
    assert (invested, saved) == (123_500, 100_164)
    assert round(invested / saved, 2) == 1.23


def quarters(year: int, value: str, output: str, **changes: object) -> list[Line]:
    """A quarter of `value` and `output` in each quarter of a year."""
    return [
        measurement(period=f"{year}-Q{n}", value=Decimal(value) / 4, output=Decimal(output) / 4, **changes)
        for n in (1, 2, 3, 4)
    ]


PLANT = Plant("MX-1", "MX", date(2024, 1, 1))


def total(found: Outcomes, measure: str, year: int) -> float:
    return sum(found.amounts[measure, "MX", f"{year}-Q{n}"].total for n in (1, 2, 3, 4))


def test_normalized_waste_reduction_of_the_worked_example(tmp_path):
    """EX-P2-1: 20,000 kg at index 1.0, then 18,000 kg at index 1.2: 10% less, and 25% less for the same output."""
    waste = {"input": "nonhazardous-waste", "unit": "kg"}
    lines = quarters(2024, "20000", "1000", **waste) + quarters(2025, "18000", "1200", **waste)

    found = count(store(tmp_path, [(PLANT, EARLY)], lines))
    now, expected = total(found, "waste@now", 2025), total(found, "waste@expected", 2025)

    assert total(found, "waste", 2025) / total(found, "waste", 2024) == pytest.approx(0.9)
    assert (now, expected) == (pytest.approx(18), pytest.approx(24))
    assert 1 - now / expected == pytest.approx(0.25)


def test_objective_with_normalization_of_the_worked_example(tmp_path):
    """EX-EMS-2: 0.50 kWh a part, then 0.45: 138,000 kWh and 61.27 t CO2e avoided at 0.444 kg CO2e/kWh."""
    power = {"input": "electricity", "unit": "kWh", "output_unit": "1000 parts"}
    lines = quarters(2024, "1250000", "2500", **power) + quarters(2025, "1242000", "2760", **power)

    found = count(store(tmp_path, [(PLANT, EARLY)], lines))
    energy, gases = (
        total(found, f"{measure}@expected", 2025) - total(found, f"{measure}@now", 2025)
        for measure in ("energy", "ghg")
    )

    assert energy / 0.0036 == pytest.approx(138_000)
    assert round(gases, 2) == 61.27
    assert 1 - total(found, "energy@now", 2025) / total(found, "energy@expected", 2025) == pytest.approx(0.10)
    quantity, output = found.intensities["energy", "1000 parts", "2025-Q1"]
    assert quantity.total / output.total / 0.0036 / 1000 == pytest.approx(0.45)


def test_scope_1_and_2_of_three_plants_of_the_worked_example(tmp_path):
    """EX-MET-2, with the factors of the catalogue for gas: 1,420.80, 280.80 and 1,433.77 t of electricity."""
    listed = [(Plant(f"{country}-1", country, EARLY), EARLY) for country in ("MX", "CA", "US")]
    power = {"MX-1": "3200000", "CA-1": "2600000", "US-1": "4100000"}
    lines = [
        measurement(supplier=code, input="electricity", unit="kWh", value=Decimal(value))
        for code, value in power.items()
    ]
    lines.append(measurement(supplier="US-1", input="natural-gas", unit="therm", value=Decimal(120_000)))

    amounts = count(store(tmp_path, listed, lines)).amounts

    scope_2 = [round(amounts["scope-2", country, "2026-Q3"].total, 2) for country in ("MX", "CA", "US")]
    assert scope_2 == [1420.80, 280.80, 1433.77]
    assert round(amounts["ghg", "US", "2026-Q3"].total, 2) == 2071.15


def test_water_in_common_units_of_the_worked_example(tmp_path):
    """EX-MET-3: 4.00, 4.00 and 4.34 m3/t, the region 4.12."""
    listed = [(Plant(f"{country}-1", country, EARLY), EARLY) for country in ("MX", "CA", "US")]
    lines = [
        measurement(supplier="MX-1", value=Decimal(18_500), output=Decimal(4625)),
        measurement(supplier="CA-1", value=Decimal(14_200), output=Decimal(3550)),
        measurement(
            supplier="US-1", value=Decimal(5_200_000), unit="US gal", output=Decimal(5000), output_unit="short ton"
        ),
    ]

    [quantity, output] = count(store(tmp_path, listed, lines)).intensities["water", "t", "2026-Q3"]

    each = [round(quantity.plants[code] / output.plants[code], 2) for code in ("MX-1", "CA-1", "US-1")]
    assert each == [4.00, 4.00, 4.34]
    assert round(quantity.total / output.total, 2) == 4.12


# What counts, and what does not


def test_an_empty_program_has_no_results(tmp_path):
    (tmp_path / "listless").mkdir()

    assert count(tmp_path / "missing") == count(tmp_path / "listless") == NOTHING
    assert count(tmp_path / "missing", catalogue=Catalogue(), modules={}) == NOTHING
    only_rows = store(tmp_path / "rows", [], [visit(), opportunity(), measurement()], [make_completion()])
    assert count(only_rows) == NOTHING


def test_a_plant_on_the_list_alone_is_in_scope_and_nothing_more(tmp_path):
    found = count(store(tmp_path, [(replace(PLANT, listed_on=date(2026, 1, 1)), EARLY)]))

    assert found.stages["MX", "2026-Q3"] == Stages(1, 0, 0, 0, 0, 0, 0)
    assert found.stages["CA", "2026-Q3"] == Stages(0, 0, 0, 0, 0, 0, 0)
    assert {quarter for _, quarter in found.stages} == {"2026-Q1", "2026-Q2", "2026-Q3"}
    assert (found.amounts, found.intensities, found.days_to_action) == ({}, {}, {})


def test_training_and_advice_add_up_to_four_hours_in_the_quarter_of_the_last_of_them(tmp_path):
    advice = visit(day=date(2026, 5, 4), hours=Decimal(1), complete=False)
    trained = [make_completion(1, module="costing")]

    found = count(store(tmp_path, [(PLANT, EARLY)], [advice], trained))

    assert [found.stages["", quarter].assisted for quarter in ("2026-Q1", "2026-Q2")] == [0, 1]
    assert count(tmp_path, modules={**MODULES, "costing": 179}).stages["", "2026-Q3"].assisted == 0
    assert count(tmp_path, modules={}).stages["", "2026-Q3"].assisted == 0


def test_each_module_counts_once_in_a_plant_however_many_pass_it(tmp_path):
    trained = [make_completion(n, module="mapping", learner=person(n)) for n in (1, 2, 3)]
    advice = visit(hours=Decimal(1), complete=False)

    assert count(store(tmp_path, [(PLANT, EARLY)], [advice], trained)).stages["", "2026-Q3"].assisted == 0


def test_who_came_further_came_through_every_stage_before(tmp_path):
    assessed = store(tmp_path / "assessed", [(PLANT, EARLY)], [visit(hours=Decimal(1))])
    enrolled = store(tmp_path / "enrolled", [(replace(PLANT, enrolled_on=date(2026, 2, 1)), EARLY)])

    assert count(assessed).stages["", "2026-Q1"] == Stages(1, 1, 1, 1, 1, 0, 0)
    assert count(enrolled).stages["", "2026-Q1"] == Stages(1, 1, 1, 0, 0, 0, 0)


def test_an_action_of_a_plant_that_was_only_advised_waits_for_its_assessment(tmp_path):
    advice = visit(id="A-1", day=date(2026, 1, 10), complete=False)
    done = opportunity(identified_on=date(2026, 1, 10), implemented_on=date(2026, 2, 1), verified_on=date(2026, 3, 1))
    later = visit(id="A-2", day=date(2026, 8, 1))

    found = count(store(tmp_path, [(PLANT, EARLY)], [advice, done, later]))

    for stage in ("acting", "verified"):
        come = [getattr(found.stages["", quarter], stage) for quarter in ("2026-Q1", "2026-Q2", "2026-Q3")]
        assert come == [0, 0, 1]
    assert found.amounts["count:verified", "MX", ""].total == 1
    assert found.days_to_action == {}


def test_time_to_action_runs_from_the_first_whole_assessment_to_the_first_action_after_it(tmp_path):
    lines = [
        visit(id="A-0", day=date(2026, 1, 5), complete=False),
        visit(id="A-1", day=date(2026, 2, 10)),
        visit(id="A-2", day=date(2026, 5, 1)),
        opportunity(id="O-1", assessment="A-0", identified_on=date(2026, 1, 5), implemented_on=date(2026, 1, 20)),
        opportunity(id="O-2", assessment="A-1", identified_on=date(2026, 2, 10), implemented_on=date(2026, 6, 1)),
        opportunity(id="O-3", assessment="A-2", identified_on=date(2026, 5, 1), implemented_on=date(2026, 5, 11)),
    ]

    assert count(store(tmp_path, [(PLANT, EARLY)], lines)).days_to_action == {"MX-1": 90}


def test_a_plant_that_left_counts_while_it_was_on_the_list(tmp_path):
    gone = replace(PLANT, listed_on=date(2025, 4, 1), left_on=date(2026, 5, 31))
    done = opportunity(
        identified_on=date(2026, 3, 5),
        committed_on=date(2026, 5, 31),
        implemented_on=date(2026, 6, 1),
        currency="USD",
    )
    lines = [visit(), done, *quarters(2025, "400", "40"), measurement(period="2026-Q1"), measurement(period="2026-Q2")]

    found = count(store(tmp_path, [(gone, EARLY)], lines))

    assert [found.stages["", q].assessed for q in ("2025-Q4", "2026-Q1", "2026-Q2")] == [0, 1, 0]
    shown = {period for measure, _, period in found.amounts if measure == "water"}
    assert shown == {"2025-Q2", "2025-Q3", "2025-Q4", "2026-Q1"}
    assert {period for _, _, period in found.intensities} == shown
    assert found.amounts["water@expected", "MX", "2026-Q1"].total == pytest.approx(10 * 1250)
    assert {name for name, _, _ in found.amounts if name.startswith("count:")} == {
        "count:identified",
        "count:committed",
    }
    assert [found.reporting["", q] for q in ("2025-Q4", "2026-Q1", "2026-Q2")] == [1, 1, 0]


def test_a_plant_that_leaves_on_the_last_day_of_a_quarter_was_in_it(tmp_path):
    gone = replace(PLANT, left_on=date(2026, 3, 31))
    lines = [visit(), measurement(period="2026-Q1"), opportunity(committed_on=date(2026, 3, 31))]

    found = count(store(tmp_path, [(gone, EARLY)], lines))

    assert [found.stages["", q].assessed for q in ("2026-Q1", "2026-Q2")] == [1, 0]
    assert ("water", "MX", "2026-Q1") in found.amounts
    assert found.amounts["count:committed", "MX", ""].total == 1


def test_factors_are_those_of_the_place_and_the_year(tmp_path):
    """Electricity: by the country's factor of each year, as no province or state has one of its own; water by none."""
    power = {"input": "electricity", "unit": "MWh", "value": Decimal(1000)}
    lines = [measurement(period=f"{year}-Q1", **power) for year in (2020, 2021, 2024, 2026)]
    listed = replace(PLANT, listed_on=date(2020, 1, 1), region="MX-NLE")
    grid = next(each for each in catalogue().factors if (each.name, each.place) == ("grid", "MX"))
    regional = grid.model_copy(update={"place": "MX-NLE", "year": 2026, "value": Decimal("0.1")})

    amounts = count(
        store(tmp_path, [(listed, EARLY)], lines),
        catalogue=replace(catalogue(), factors=(*catalogue().factors, regional)),
    ).amounts

    found = [amounts["scope-2", "MX", f"{year}-Q1"].total for year in (2020, 2021, 2024, 2026)]
    assert found == pytest.approx([494, 423, 444, 100])


def test_only_quarters_years_and_days_that_are_over_count(tmp_path):
    lines = [
        measurement(period="2026-Q3"),
        measurement(period="2026-Q2"),
        measurement(period="2025", input="coa-on-time", unit="1", value=Decimal(1), output=Decimal(0), output_unit=""),
        visit(day=date(2026, 9, 30)),
        opportunity(identified_on=date(2026, 9, 30), committed_on=date(2026, 9, 30)),
    ]
    store(tmp_path, [(PLANT, EARLY)], lines)

    before, after = count(tmp_path, as_of=date(2026, 9, 29)), count(tmp_path, as_of=date(2026, 9, 30))

    assert set(before.amounts) == {("water", "MX", "2026-Q2")}
    assert ("water", "MX", "2026-Q3") in after.amounts
    assert after.amounts["count:committed", "MX", ""].total == 1
    assert after.stages["", "2026-Q3"].assessed == 1
    assert after.complements == {("coa-on-time", "2025"): {"MX-1": 1.0}}
    assert count(tmp_path, as_of=date(2025, 12, 30)).complements == {}


def test_what_was_recorded_later_is_left_out_and_found_again(tmp_path):
    early, late = date(2026, 10, 5), date(2026, 11, 5)
    first = [visit(recorded_on=early), measurement(recorded_on=early, value=Decimal(600))]
    store(tmp_path, [(PLANT, early)], first)
    then = count(tmp_path)

    moved = replace(PLANT, region="MX-NLE", left_on=date(2026, 7, 1))
    again = [
        measurement(recorded_on=late, value=Decimal(900)),
        measurement(recorded_on=late, period="2026-Q2"),
        Withdrawal("assessments", ("A-1",), late),
    ]
    store(tmp_path, [(moved, late)], again)

    assert count(tmp_path, known_on=early) == count(tmp_path, known_on=late - timedelta(days=1)) == then
    assert count(tmp_path, known_on=date(2026, 10, 4)) == NOTHING
    now = count(tmp_path)
    assert set(now.amounts) == {("water", "MX", "2026-Q2")}
    assert now.stages["", "2026-Q2"].assessed == 0


def test_a_corrected_row_takes_the_place_of_the_one_before(tmp_path):
    days = [date(2026, 11, day) for day in (1, 2, 3)]
    lines = [
        *(measurement(value=Decimal(value), recorded_on=day) for value, day in zip((500, 700, 650), days, strict=True)),
        visit(recorded_on=days[0]),
        visit(hours=Decimal(30), recorded_on=days[1]),
        opportunity(recorded_on=days[0], saving=Decimal(5000)),
        opportunity(recorded_on=days[2], saving=Decimal(4000), committed_on=date(2026, 4, 1)),
    ]

    amounts = count(store(tmp_path, [(PLANT, EARLY)], lines)).amounts

    assert amounts["water", "MX", "2026-Q3"] == Amount({"MX-1": 650.0}, {"M": 650.0}, {"M": {"MX-1": 650.0}})
    assert amounts["count:identified", "MX", ""].total == 1
    assert amounts["saving:committed", "MX", ""].total == 4000


def test_nothing_counts_twice_when_everything_is_handed_over_again(tmp_path):
    done = {"committed_on": date(2026, 4, 1), "implemented_on": date(2026, 5, 1)}
    lines = [visit(), opportunity(**done), *quarters(2025, "400", "40"), measurement()]
    store(tmp_path, [(PLANT, EARLY)], lines, [make_completion()])
    once = count(tmp_path)

    store(
        tmp_path,
        [(PLANT, EARLY)],
        [replace(line, recorded_on=date(2026, 11, 26)) for line in lines],
        [make_completion()],
    )
    file = tmp_path / "measurements.csv"
    file.write_text(file.read_text() + "\n".join(file.read_text().splitlines()[1:]) + "\n")

    assert count(tmp_path) == once


def test_what_a_plant_made_counts_once_however_many_rows_say_it(tmp_path):
    made = {"output": Decimal(100)}
    lines = [
        measurement(input=name, unit=unit, value=Decimal(50), **made)
        for name, unit in (("electricity", "kWh"), ("natural-gas", "GJ"), ("diesel", "L"), ("water", "m3"))
    ]

    found = count(store(tmp_path, [(PLANT, EARLY)], lines))

    assert {output.total for _, output in found.intensities.values()} == {100.0}
    assert found.reporting["", "2026-Q3"] == 1


def test_where_rows_of_a_quarter_differ_in_what_was_made_the_last_recorded_holds(tmp_path):
    lines = [
        measurement(output=Decimal(900), recorded_on=date(2026, 10, 1)),
        measurement(input="voc", unit="kg", output=Decimal(100), recorded_on=date(2026, 10, 2)),
    ]

    found = count(store(tmp_path, [(PLANT, EARLY)], lines))

    assert {output.total for _, output in found.intensities.values()} == {100.0}


def test_a_baseline_is_the_first_whole_year_in_one_unit_of_output(tmp_path):
    mixed = quarters(2024, "400", "40")
    mixed[2] = replace(mixed[2], output_unit="m2")
    lines = [
        *mixed,
        *quarters(2025, "800", "40"),
        measurement(period="2026-Q1", value=Decimal(150), output=Decimal(10)),
    ]
    lines += [measurement(period="2026-Q2", output_unit="m2"), measurement(period="2026-Q3", output=Decimal(0))]

    amounts = count(store(tmp_path, [(PLANT, EARLY)], lines)).amounts

    compared = {(name, period): amount.total for (name, _, period), amount in amounts.items() if "@" in name}
    assert compared == {
        ("water@now", "2026-Q1"): 150.0,
        ("water@expected", "2026-Q1"): pytest.approx(200.0),
        ("water@now", "2026-Q3"): 610.0,
        ("water@expected", "2026-Q3"): 0.0,
    }


def test_a_year_that_made_nothing_is_no_baseline(tmp_path):
    lines = [
        *quarters(2024, "400", "0"),
        *quarters(2025, "400", "40"),
        measurement(period="2026-Q1", output=Decimal(10)),
    ]

    amounts = count(store(tmp_path, [(PLANT, EARLY)], lines)).amounts

    assert amounts["water@expected", "MX", "2026-Q1"].total == pytest.approx(100.0)
    assert ("water@expected", "MX", "2025-Q4") not in amounts


def test_money_without_a_listed_rate_is_in_no_sum_and_what_is_divided_stays_together(tmp_path):
    """Pesos have a rate of 2025 alone."""
    done = {"committed_on": date(2025, 4, 1), "implemented_on": date(2025, 5, 1), "verified_saving": Decimal(500)}
    pesos = {"currency": "MXN", "identified_on": date(2025, 3, 5), **done}
    lines = [
        visit(day=date(2025, 3, 5)),
        opportunity(id="O-1", verified_on=date(2025, 9, 1), **pesos),
        opportunity(id="O-2", verified_on=date(2026, 9, 1), **pesos),
        opportunity(id="O-3", **{**pesos, "currency": "CAD", "verified_saving": None}),
    ]

    amounts = count(store(tmp_path, [(PLANT, EARLY)], lines)).amounts
    sums = {name: amount.total for (name, _, _), amount in amounts.items() if name.startswith(("count", "sav", "inv"))}

    rate = float(next(rate.value for rate in catalogue().rates if rate.currency == "MXN"))
    assert [sums[f"count:{status}"] for status in outcome_oracle.STATUSES] == [3, 3, 3, 2]
    assert sums["saving:identified"] == sums["saving:implemented"] == pytest.approx(2 * 1800 * rate)
    assert (sums["saving:verified"], sums["saved"], sums["invested"]) == pytest.approx(
        (1800 * rate, 500 * rate, 900 * rate)
    )


def test_money_counts_at_the_rate_of_the_year_in_which_it_came_about(tmp_path):
    pesos = next(rate for rate in catalogue().rates if rate.currency == "MXN")
    rates = tuple(
        pesos.model_copy(update={"year": year, "value": Decimal(value)})
        for year, value in ((2023, "0.01"), (2024, "0.02"), (2025, "0.03"), (2026, "0.05"))
    )
    done = opportunity(
        currency="MXN",
        identified_on=date(2023, 3, 5),
        committed_on=date(2024, 4, 1),
        implemented_on=date(2025, 5, 1),
        verified_on=date(2026, 9, 1),
        verified_saving=Decimal(500),
    )

    store(tmp_path, [(replace(PLANT, listed_on=date(2023, 1, 1)), EARLY)], [visit(day=date(2023, 3, 5)), done])
    amounts = count(tmp_path, catalogue=replace(catalogue(), rates=rates)).amounts

    expected = [amounts[f"saving:{status}", "MX", ""].total for status in outcome_oracle.STATUSES]
    assert expected == pytest.approx([18, 18, 18, 18])
    assert amounts["saved", "MX", ""].total == pytest.approx(25)
    assert amounts["invested", "MX", ""].total == pytest.approx(27)


def test_quantities_that_opportunities_save_are_expected_first_and_verified_after(tmp_path):
    power = {"input": "electricity", "unit": "MWh", "baseline": Decimal(100), "expected": Decimal(20)}
    done = {"committed_on": date(2026, 4, 1), "implemented_on": date(2026, 5, 1)}
    verified = {"verified_on": date(2026, 9, 1), "actual": Decimal(90), "index": Decimal("1.2")}
    lines = [
        visit(),
        opportunity(id="O-1", **power, **done),
        opportunity(id="O-2", **power, **done, **verified, data_class=DataClass.CALCULATED, verified_saving=Decimal(1)),
        opportunity(id="O-3", **power),
    ]

    amounts = count(store(tmp_path, [(PLANT, EARLY)], lines)).amounts

    assert amounts["avoid:energy", "MX", ""].total == pytest.approx(2 * 72)
    assert amounts["avoid:ghg", "MX", ""].total == pytest.approx(2 * 20 * 0.444)
    assert amounts["avoided:energy", "MX", ""].total == pytest.approx(30 * 3.6)
    assert amounts["avoided:energy", "MX", ""].classes == {"C": pytest.approx(30 * 3.6)}


def test_saved_gases_count_by_the_factors_of_the_years_in_which_they_came_about(tmp_path):
    """Mexico's grid: 0.494 kg CO2e/kWh in 2020, 0.423 in 2021."""
    done = opportunity(
        **{"input": "electricity", "unit": "MWh", "baseline": Decimal(100), "expected": Decimal(20)},
        identified_on=date(2019, 5, 1),
        implemented_on=date(2020, 5, 1),
        verified_on=date(2021, 5, 1),
        **{"actual": Decimal(90), "index": Decimal(1), "data_class": DataClass.MEASURED},
    )
    listed = replace(PLANT, listed_on=date(2018, 1, 1))

    amounts = count(store(tmp_path, [(listed, EARLY)], [visit(day=date(2019, 5, 1)), done])).amounts

    assert amounts["avoid:ghg", "MX", ""].total == pytest.approx(20 * 0.494)
    assert amounts["avoided:ghg", "MX", ""].total == pytest.approx(10 * 0.423)


def test_what_one_country_asks_for_counts_there_and_where_a_sum_means_something(tmp_path):
    listed = [(Plant(code, code[:2], EARLY), EARLY) for code in ("MX-1", "CA-1", "US-1")]
    yearly = {"period": "2025", "unit": "1", "value": Decimal(1), "output": Decimal(0), "output_unit": ""}
    lines = [
        *(measurement(supplier=code, input="coa-on-time", **yearly) for code in ("MX-1", "CA-1")),
        measurement(input="mx-generator-class", **yearly),
        measurement(supplier="US-1", input="tri-releases", **{**yearly, "unit": "lb", "value": Decimal(1000)}),
    ]

    found = count(store(tmp_path, listed, lines))

    assert found.complements == {
        ("coa-on-time", "2025"): {"MX-1": 1.0},
        ("tri-releases", "2025"): {"US-1": pytest.approx(453.59237)},
    }
    assert set(found.reporting.values()) == {0}


def test_a_measure_of_an_unknown_factor_is_left_out_and_the_rest_counts(tmp_path):
    lines = [measurement(period="2019-Q1", input="electricity", unit="MWh", value=Decimal(10))]
    listed = replace(PLANT, listed_on=date(2018, 1, 1))

    amounts = count(store(tmp_path, [(listed, EARLY)], lines)).amounts

    assert set(amounts) == {("energy", "MX", "2019-Q1")}


def test_ghg_and_waste_are_what_their_parts_add_up_to_and_classes_add_up_to_the_sum(tmp_path):
    classes = (DataClass.MEASURED, DataClass.CALCULATED, DataClass.ESTIMATED)
    reported = [("electricity", "MWh"), ("natural-gas", "GJ"), ("hazardous-waste", "kg"), ("nonhazardous-waste", "t")]
    lines = [
        measurement(input=name, unit=unit, data_class=classes[number % 3])
        for number, (name, unit) in enumerate(reported)
    ]

    amounts = {name: each for (name, _, _), each in count(store(tmp_path, [(PLANT, EARLY)], lines)).amounts.items()}

    assert amounts["ghg"].total == pytest.approx(amounts["scope-1"].total + amounts["scope-2"].total)
    assert amounts["waste"].total == pytest.approx(
        amounts["hazardous-waste"].total + amounts["nonhazardous-waste"].total
    )
    assert all(sum(each.classes.values()) == pytest.approx(each.total) for each in amounts.values())
    assert set(amounts["waste"].classes) == {"M", "E"}


def test_every_measure_is_one_of_the_seam_and_each_contains_the_next(tmp_path):
    done = {"committed_on": date(2026, 4, 1), "implemented_on": date(2026, 5, 1), "verified_on": date(2026, 9, 1)}
    lines = [
        visit(),
        measurement(),
        *(replace(one, period=f"2024-Q{n}") for n in (1, 2, 3, 4) for one in [measurement()]),
    ]
    lines += [opportunity(id=f"O-{n}", **dict(list(done.items())[:n]), verified_saving=Decimal(1)) for n in range(4)]

    amounts = count(store(tmp_path, [(PLANT, EARLY)], lines)).amounts

    compared = {f"{measure}@{name}" for measure in BASELINED for name in ("now", "expected")}
    assert {name for name, _, _ in amounts} <= {*QUARTERLY, *CUMULATIVE, *compared}
    for chain in CHAINS:
        found = [amounts[name, "MX", ""].total for name in chain if (name, "MX", "") in amounts]
        assert found == sorted(found, reverse=True)


def test_invented_plants_and_invented_rows_mark_the_results(tmp_path):
    demo = Plant("DEMO-MX-1", "MX", EARLY)
    store(tmp_path / "plant", [(demo, EARLY)])
    store(tmp_path / "rows", [(PLANT, EARLY)])
    add(tmp_path / "rows", measurement(), demonstration=True)

    assert count(tmp_path / "plant").demonstration
    assert count(tmp_path / "rows").demonstration
    assert not count(store(tmp_path / "real", [(PLANT, EARLY)], [measurement()])).demonstration


# Broken lists


def test_stored_rows_that_the_catalogue_does_not_know_stop_the_count_with_their_line(tmp_path):
    store(tmp_path, [(PLANT, EARLY)], [visit(), opportunity(), measurement(), measurement(input="voc", unit="kg")])
    known = metrics.read(ROOT / "records")
    smaller = replace(known, inputs={name: each for name, each in known.inputs.items() if name != "water"})

    with pytest.raises(GreenSupplyError) as caught:
        count(tmp_path, catalogue=smaller)

    told = [str(problem).replace(f"{tmp_path.as_posix()}/", "") for problem in caught.value.problems]
    what = "`water` in `m3` for such a period is not in `metrics.yml`."
    assert [line[: line.index(" Put it")] for line in told] == [
        f"measurements.csv:2: {what}",
        f"opportunities.csv:2: {what}",
    ]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"unit": "L"}, ""),
        ({"unit": "kg"}, "`water` in `kg`"),
        ({"period": "2026"}, "`water` in `m3`"),
        ({"output_unit": "m3"}, "`output` in `m3`"),
        ({"input": "coa-on-time", "unit": "1"}, "`coa-on-time` in `1`"),
    ],
)
def test_units_and_periods_that_do_not_fit_are_told(tmp_path, changes, said):
    store(tmp_path, [(PLANT, EARLY)], [measurement(**changes)])

    if not said:
        assert count(tmp_path).amounts["water", "MX", "2026-Q3"].total == pytest.approx(0.61)
        return
    with pytest.raises(GreenSupplyError) as caught:
        count(tmp_path)
    assert [said in str(problem) for problem in caught.value.problems] == [True]


def test_every_problem_of_the_lists_comes_at_once(tmp_path):
    store(tmp_path, [(PLANT, EARLY)], [measurement()])
    (tmp_path / "suppliers.csv").write_text("supplier,country,listed_on,left_on\nMX-1,BR,2025-01-01,\n")
    with (tmp_path / "measurements.csv").open("a") as file:
        file.write("x\n")

    with pytest.raises(GreenSupplyError) as caught:
        count(tmp_path)

    assert [Path(problem.path).name for problem in caught.value.problems] == ["measurements.csv", "suppliers.csv"]


# What the figures mean, and the command


def test_every_figure_is_defined_in_three_languages_under_one_code():
    known = outcomes.definitions()

    for definition in known:
        for said in (definition.name, definition.text, definition.unit):
            assert sorted(said) == sorted(LOCALES), definition.id
            assert all(text.strip() for text in said.values()), definition.id
        assert len(set(definition.text.values())) == 3, definition.id
    assert len({one.code for one in known}) == len({one.id for one in known}) == len(known)
    stages = {"P0", "P1", "P2a", *(f"P{number}" for number in range(3, 10))}
    assert stages | {"E14", "E15"} <= {one.code for one in known}
    own = {one.code for one in known if one.code.startswith("H")}
    assert not own & {one.code for one in tally.definitions()}


def test_every_definition_stands_at_the_head_of_its_query_with_its_code():
    heads = [
        " ".join(
            line.removeprefix("--").strip()
            for line in file.read_text(encoding="utf-8").splitlines()
            if line.startswith("--")
        )
        for file in Path(outcomes.__file__).parent.glob("*.sql")
    ]

    lost = [one.id for one in outcomes.definitions() if not any(f"{one.id} ({one.code})" in head for head in heads)]
    assert lost == []


def test_every_measure_has_a_code_of_a_metric_or_a_definition():
    defined = {one.code for one in outcomes.definitions()}
    codes = {
        name: outcome_lines.code(name, catalogue()) for name in (*QUARTERLY, *CUMULATIVE, "water@now", "ghg@expected")
    }

    assert set(codes.values()) <= defined | set(catalogue().metrics)
    assert (codes["energy"], codes["scope-1"], codes["scope-2"], codes["ghg"], codes["water"]) == (
        "E1",
        "E3",
        "E4",
        "E5",
        "E6",
    )
    assert (codes["hazardous-waste"], codes["recycled"], codes["material-bought"], codes["voc"]) == (
        "E8",
        "E10",
        "E11",
        "E13",
    )


def test_the_command_prints_the_true_results_with_their_codes(tmp_path, monkeypatch, capsys):
    write(tmp_path, project())
    monkeypatch.chdir(tmp_path)
    records = tmp_path / "records"
    done = {"committed_on": date(2026, 4, 1), "implemented_on": date(2026, 5, 4)}
    store(records, [(PLANT, EARLY)], [visit(), opportunity(**done), measurement()])
    for name in ("metrics.yml", "factors.yml", "rates.yml"):
        (records / name).write_bytes((ROOT / "records" / name).read_bytes())

    assert main(["tally", "--as-of", "2026-10-31"]) == 0

    said = capsys.readouterr().out
    assert (
        "plants MX 2026-Q3: listed (P0) 1, contacted (P1) 1, enrolled (H11) 1, assisted (P2a) 1, assessed (P3) 1,"
        in said
    )
    assert "water 2026-Q3 MX (E6) 610 m3 from 1 plants, M 610\n" in said
    assert "saving:implemented MX (H15) 1800 US$ from 1 plants\n" in said
    assert "implementation rate by count (P7) 100.0%\n" in said
    assert f"median time to action (P9) {median([60]):g} days, 1 plants\n" in said


def test_the_engine_lets_go_of_rows_when_its_tables_are_made(tmp_path, monkeypatch):
    seen: dict[str, object] = {}
    counted = outcomes._counted

    def watched(connection, *more):
        seen.update(connection.execute("SELECT name, value FROM duckdb_variables()").fetchall())
        seen["tables"] = connection.execute("SELECT count(*) FROM measurement").fetchone()
        return counted(connection, *more)

    monkeypatch.setattr(outcomes, "_counted", watched)
    folder = store(tmp_path, [(PLANT, EARLY)], [measurement(supplier="MX-1")])
    count(folder)

    assert seen["tables"] == (1,)
    assert {"baselined", "complements", "until"} <= set(seen)
    assert not any(name.startswith(("measured_", "opportunity_", "visit", "worth")) for name in seen)
