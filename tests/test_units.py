"""Units: every conversion that the facts name, what people write for a unit, and what is said of a wrong one."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal

import pytest
from greensupply import units
from greensupply.locales import LOCALES
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
    ("value", "unit", "to", "expected"),
    [
        ("1", "kWh", "MJ", "3.6"),  # MET-50
        ("1", "kWh", "GJ", "0.0036"),
        ("1", "MWh", "kWh", "1000"),
        ("1", "therm", "MMBtu", "0.1"),  # MET-51
        ("1", "MMBtu", "GJ", "1.05505585262"),
        ("1", "lb", "kg", "0.45359237"),  # MET-52
        ("1", "short ton", "kg", "907.18474"),
        ("1", "short ton", "t", "0.90718474"),
        ("2000", "lb", "short ton", "1"),
        ("1", "t", "kg", "1000"),
        ("25000", "lb", "kg", "11339.80925"),  # the threshold of EX-MET-4
        ("1", "US gal", "L", "3.785411784"),  # MET-53
        ("1", "US gal", "m3", "0.003785411784"),
        ("1", "imp gal", "L", "4.54609"),
        ("1", "ft3", "L", "28.316846592"),
        ("1", "100 ft3", "m3", "2.8316846592"),
        ("1", "1000 ft3", "m3", "28.316846592"),
        ("1", "bbl", "US gal", "42"),
        ("1", "bar", "kPa", "100"),  # MET-54
        ("1", "kgf/cm2", "kPa", "98.0665"),
        ("1", "cfm", "L/s", "0.4719474432"),  # MET-55
        ("1", "L/s", "m3/h", "3.6"),
        ("212", "°F", "°C", "100"),  # MET-57
        ("-40", "°C", "°F", "-40"),
        ("0", "°C", "K", "273.15"),
        ("2204.6", "lb CO2e", "kg CO2e", "999.989738902"),
        ("3.5", "1000 parts", "parts", "3500"),
        ("1", "ft2", "m2", "0.09290304"),
        ("5200000", "US gal", "m3", "19684.1412768"),  # EX-MET-3
        ("7", "machine h", "machine h", "7"),
        ("12", "%", "1", "0.12"),
    ],
)
def test_an_exact_conversion_is_exact(value, unit, to, expected):
    assert units.convert(Decimal(value), unit, to) == Decimal(expected)


@pytest.mark.parametrize(
    ("unit", "to", "stated"),
    [
        ("GJ", "kWh", "277.78"),  # MET-50
        ("MMBtu", "GJ", "1.05506"),  # MET-51
        ("MMBtu", "kWh", "293.07"),
        ("therm", "kWh", "29.307"),
        ("t", "lb", "2204.62"),  # MET-52
        ("t", "short ton", "1.10231"),
        ("ft3", "L", "28.3168"),  # MET-53
        ("m3", "US gal", "264.172"),
        ("m3", "ft3", "35.3147"),
        ("bar", "psi", "14.504"),  # MET-54
        ("kgf/cm2", "psi", "14.223"),
        ("cfm", "L/s", "0.47195"),  # MET-55
        ("cfm", "m3/h", "1.699"),
        ("hp", "kW", "0.7457"),  # MET-56
        ("boiler hp", "kW", "9.81"),
        ("ton of refrigeration", "kW", "3.517"),
    ],
)
def test_a_conversion_rounds_to_what_the_facts_state(unit, to, stated):
    found = units.convert(Decimal(1), unit, to)

    assert found.quantize(Decimal(stated)) == Decimal(stated)


def test_a_whole_result_has_no_exponent():
    assert str(units.convert(Decimal(5), "1000 parts", "parts")) == "5000"


@given(st.decimals("0.001", "1000000000", places=3), st.sampled_from(units.names()), st.data())
def test_there_and_back_is_the_same_to_20_digits(value, unit, data):
    to = data.draw(st.sampled_from(units.alike(unit)))

    back = units.convert(units.convert(value, unit, to), to, unit)

    assert abs(back - value) <= abs(value) * Decimal("1e-20") + Decimal("1e-20")


@pytest.mark.parametrize(
    ("unit", "to", "said"),
    [
        ("kg", "GJ", "`kg` cannot be converted to `GJ`. Write one of kWh, MWh, MJ, GJ, MMBtu, therm."),
        ("t", "t CO2e", "`t` cannot be converted to `t CO2e`. Write one of g CO2e, kg CO2e, t CO2e, lb CO2e."),
        ("m3", "m2", "`m3` cannot be converted to `m2`. Write one of m2, ft2."),
        ("parts", "machine h", "`parts` cannot be converted to `machine h`. Write one of machine h."),
        ("ton", "t", "`ton` is no unit here. Write one of t, short ton."),
        ("L", "gal", "`gal` is no unit here. Write one of US gal, imp gal."),
        ("kwh", "GJ", f"`kwh` is no unit here. Write one of {', '.join(units.names())}."),
    ],
)
def test_a_wrong_unit_is_told_with_those_that_fit(unit, to, said):
    with pytest.raises(ValueError) as caught:  # noqa: PT011 -- its whole message is compared
        units.convert(Decimal(1), unit, to)

    assert str(caught.value) == said
    assert isinstance(caught.value, units.UnitError)
    assert said.endswith(f"Write one of {', '.join(caught.value.names)}.")


@pytest.mark.parametrize(
    ("written", "unit"),
    [
        ("kWh", "kWh"),
        ("KWH", "kWh"),
        ("M³", "m3"),
        ("metros cúbicos", "m3"),
        ("mètres cubes", "m3"),
        ("lbs.", "lb"),
        ("Short Tons", "short ton"),
        ("tonnes courtes", "short ton"),
        ("toneladas métricas", "t"),
        ("tonnes", "t"),
        ("US-gal", "US gal"),
        ("gallons américains", "US gal"),
        ("gal EE. UU.", "US gal"),
        ("1,000 ft³", "1000 ft3"),
        ("1\u00a0000 pièces", "1000 parts"),
        ("CCF", "100 ft3"),
        ("t éq. CO₂", "t CO2e"),
        ("ton", None),  # short or metric? (MET-58)
        ("toneladas", None),
        ("gal", None),  # US or imperial?
        ("galones", None),
        ("", None),
        ("kWhh", None),
    ],
)
def test_what_people_write_is_read_where_it_is_clear(written, unit):
    assert units.read(written) == unit


def test_each_unit_reads_itself_in_each_language_and_no_spelling_means_two():
    for unit in units.names():
        assert units.read(unit) == unit
        for locale in LOCALES:
            assert units.read(units.word(unit, locale)) == unit, (unit, locale)
    spellings = [
        spelling
        for name, entry in units._units().items()
        for spelling in {units._plain(each) for each in (name, *entry.also, *entry.said.values())}
    ]
    assert [spelling for spelling in spellings if spellings.count(spelling) > 1] == []
    assert {name for name, entry in units._units().items() if entry.said and set(entry.said) != set(LOCALES)} == set()


def test_units_of_a_kind_stand_together():
    assert units.fits("therm", "kWh")
    assert not units.fits("kg", "kg CO2e")
    assert not units.fits("ton", "t")
    assert units.alike("machine h") == ("machine h",)
    assert units.alike("ton") == ("t", "short ton")


def test_what_is_written_down_is_what_the_library_of_units_says():
    """If this fails: `python -m greensupply.units`."""
    assert units.MEASURED.read_text(encoding="utf-8") == units.to_write_down()


def test_a_unit_whose_meaning_was_changed_is_asked_of_the_library_again(monkeypatch):
    known = units._units()
    monkeypatch.setattr(units, "_units", lambda: {**known, "kWh": replace(known["kWh"], expression="2 * megajoule")})
    units._measure.cache_clear()
    try:
        assert units.convert(Decimal(1), "kWh", "MJ") == 2
    finally:
        units._measure.cache_clear()


def test_the_library_of_units_is_loaded_by_no_conversion_of_a_unit_that_is_written_down():
    program = (
        "import sys; from decimal import Decimal; from greensupply import catalogue, units; "
        "units.convert(Decimal(1), 'kWh', 'MJ'); assert 'pint' not in sys.modules"
    )

    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
