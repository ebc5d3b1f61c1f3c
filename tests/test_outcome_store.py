"""What was found in plants is kept: no line is lost, the last one holds, and two runs at once both count."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from cadre_builders import raw
from greensupply import plants, store
from greensupply.assessment import DataClass, Withdrawal
from greensupply.errors import GreenSupplyError
from greensupply.plants import Plant
from greensupply.store.outcomes import Added, Rows
from hypothesis import given
from hypothesis import strategies as st
from outcome_builders import TODAY, add, measurement, opportunity, visit

VERIFIED = opportunity(
    actual=Decimal("1900.25"),
    index=Decimal("1.05"),
    data_class=DataClass.MEASURED,
    verified_saving=Decimal(-20),
    committed_on=date(2026, 4, 1),
    implemented_on=date(2026, 5, 1),
    verified_on=date(2026, 10, 1),
)
LATER = TODAY + timedelta(1)


def test_what_was_added_is_read_as_it_was(tmp_path):
    led = visit(assessors=("0" * 32, "1" * 32), complete=False, hours=Decimal("0.5"))

    assert add(tmp_path, measurement(), VERIFIED, led, opportunity(id="O-2", input="", unit="")) == Added(4, 0, 0)
    assert store.outcomes.read(tmp_path) == Rows(
        (led,), (VERIFIED, opportunity(id="O-2", input="", unit="")), (measurement(),), False
    )


def test_without_lists_there_is_nothing(tmp_path):
    assert store.outcomes.read(tmp_path) == Rows()
    assert store.outcomes.files(tmp_path) == []


def test_the_last_line_holds_and_no_line_is_lost(tmp_path):
    add(tmp_path, visit(), opportunity())
    same = (visit(recorded_on=LATER), opportunity(recorded_on=LATER))
    assert add(tmp_path, *same) == Added(0, 0, 2), "the same said later is the same"
    later = replace(VERIFIED, recorded_on=LATER)
    assert add(tmp_path, later, opportunity(id="O-2")) == Added(1, 1, 0)

    assert store.outcomes.read(tmp_path).opportunities == (later, opportunity(id="O-2"))
    assert [(row["entry"], row["id"]) for row in raw(tmp_path / "opportunities.csv")] == [
        ("1", "O-1"),
        ("2", "O-1"),
        ("2", "O-2"),
    ]
    assert store.outcomes.history(tmp_path)["opportunities"] == [opportunity(), later, opportunity(id="O-2")]


def test_what_was_known_on_a_day_is_what_was_recorded_until_then(tmp_path):
    add(tmp_path, opportunity(), measurement())
    add(tmp_path, replace(VERIFIED, recorded_on=LATER), measurement(period="2026-Q2", recorded_on=LATER))

    assert store.outcomes.read(tmp_path, known_on=TODAY) == Rows((), (opportunity(),), (measurement(),))
    assert store.outcomes.read(tmp_path, known_on=TODAY - timedelta(1)) == Rows()


def test_a_withdrawal_takes_a_key_back_and_a_later_row_brings_it_again(tmp_path):
    add(tmp_path, measurement())
    key = ("MX-1", "2026-Q3", "water")
    assert add(tmp_path, Withdrawal("measurements", key, LATER)) == Added(0, 1, 0)
    assert add(tmp_path, Withdrawal("measurements", key, LATER)) == Added(0, 0, 1)
    assert store.outcomes.read(tmp_path) == Rows()
    assert store.outcomes.read(tmp_path, known_on=TODAY).measurements == (measurement(),)

    again = measurement(recorded_on=LATER)
    assert add(tmp_path, again) == Added(0, 1, 0)
    assert store.outcomes.read(tmp_path).measurements == (again,)


def test_invented_lines_are_known_as_such(tmp_path):
    add(tmp_path, visit(), measurement(), demonstration=True)
    assert store.outcomes.read(tmp_path).demonstration

    add(tmp_path, visit(hours=Decimal(3)), measurement(value=Decimal(3)))
    assert not store.outcomes.read(tmp_path).demonstration
    assert [row["entry"] for row in raw(tmp_path / "assessments.csv")] == ["DEMO", "1"]


def test_plants_are_added_to_a_list_that_was_kept_by_hand(tmp_path):
    file = tmp_path / "suppliers.csv"
    file.write_text("supplier;country;enrolled_on\nmx-1;MX;2025-01-01\n", encoding="utf-8")
    held = Plant("MX-1", "MX", date(2025, 1, 1), date(2025, 1, 1))
    now = replace(held, size="small", region="MX-NLE")

    assert add(tmp_path, held, Plant("CA-1", "CA", TODAY)) == Added(1, 0, 1)
    assert add(tmp_path, now, on=LATER) == Added(0, 1, 0)

    assert plants.read(file) == (now, Plant("CA-1", "CA", TODAY))
    assert plants.read(file, known_on=TODAY) == (held, Plant("CA-1", "CA", TODAY))
    assert [(row["entry"], row["supplier"], row["recorded_on"]) for row in raw(file)] == [
        ("", "MX-1", ""),
        ("1", "CA-1", "2026-11-25"),
        ("2", "MX-1", "2026-11-26"),
    ]


def test_a_plant_that_was_taken_back_is_off_the_list_and_its_lines_stay(tmp_path):
    plant = Plant("MX-1", "MX", TODAY)
    gone = Withdrawal("plants", ("MX-1",), LATER)
    add(tmp_path, plant)

    assert add(tmp_path, gone, on=LATER) == Added(0, 1, 0)
    assert add(tmp_path, gone, on=LATER) == Added(0, 0, 1)
    assert plants.read(tmp_path / "suppliers.csv") == ()
    assert plants.read(tmp_path / "suppliers.csv", known_on=TODAY) == (plant,)
    assert add(tmp_path, plant, on=LATER) == Added(0, 1, 0)
    assert plants.read(tmp_path / "suppliers.csv") == (plant,)


@pytest.mark.parametrize(
    ("name", "change", "wrong"),
    [
        ("measurements.csv", (",610,", ",-,"), "value"),
        ("measurements.csv", ("water", "Water!"), "input"),
        ("measurements.csv", ("2026-Q3", "2026-Q7"), "period"),
        ("measurements.csv", (",M,,", ",X,,"), "data_class"),
        ("measurements.csv", (",M,,", ",M,yes,"), "value, unit, output, output_unit, data_class"),
        ("opportunities.csv", ("reuse", "hope"), "family"),
        ("opportunities.csv", ("USD", "EUR"), "currency"),
        ("opportunities.csv", ("2026-03-05", "2026-13-05"), "identified_on"),
        ("assessments.csv", (",yes,", ",maybe,"), "complete"),
        ("assessments.csv", (",24,", ",24 h,"), "hours"),
        ("assessments.csv", (",24,yes,,", ",24,yes,Ana,"), "assessors"),
    ],
)
def test_a_stored_line_that_was_broken_is_told_and_nothing_is_written(tmp_path, name, change, wrong):
    add(tmp_path, visit(), opportunity(), measurement())
    file = tmp_path / name
    text = file.read_text(encoding="utf-8")
    assert change[0] in text
    file.write_text(text.replace(*change), encoding="utf-8")
    before = file.read_bytes()

    for attempt in (lambda: store.outcomes.read(tmp_path), lambda: add(tmp_path, measurement(value=Decimal(1)))):
        with pytest.raises(GreenSupplyError) as caught:
            attempt()
        assert [f"{one.line}: {one.what}" for one in caught.value.problems] == [
            f"2: is not a line of this list: {wrong} will not do."
        ]
    assert file.read_bytes() == before
    assert [problem.line for problem in store.check(tmp_path)] == [2], "and `greensupply records check` tells the same"


def test_two_runs_at_once_lose_nothing(tmp_path):
    def run(number: int) -> None:
        add(tmp_path, measurement(supplier=f"MX-{number}"), Plant(f"MX-{number}", "MX", TODAY))

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(run, range(24)))

    assert len(store.outcomes.read(tmp_path).measurements) == 24
    assert len(plants.read(tmp_path / "suppliers.csv")) == 24
    assert sorted(int(row["entry"]) for row in raw(tmp_path / "measurements.csv")) == list(range(1, 25))


def test_a_run_that_cannot_write_leaves_what_was_there(tmp_path):
    add(tmp_path, measurement())
    before = (tmp_path / "measurements.csv").read_bytes()

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        store.outcomes.add(tmp_path, [measurement(value=Decimal(1))], recorded_on=TODAY, sync=full)

    assert (tmp_path / "measurements.csv").read_bytes() == before
    assert not list(tmp_path.glob("*.tmp*"))


@given(st.decimals(0, 10**12, allow_nan=False, places=9))
def test_any_number_comes_back_as_it_was(tmp_path_factory, number):
    folder = tmp_path_factory.mktemp("store")
    add(folder, measurement(value=number))

    assert store.outcomes.read(folder).measurements[0].value == number
