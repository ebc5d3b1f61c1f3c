from __future__ import annotations

import csv
import math
from datetime import date
from decimal import Decimal
from io import StringIO

import pytest
from greensupply import csv_text
from hypothesis import given
from hypothesis import strategies as st


def cells(text: str) -> list[list[str]]:
    """The rows as any reader of RFC 4180 sees them."""
    return list(csv.reader(StringIO(text, newline=""), strict=True))


def test_rows_end_in_cr_lf_and_cells_are_quoted_where_they_must_be():
    rows = [["module", "learners"], ["ems", 25], ['the "core"', "a,b"], ["two\nlines", None]]

    assert csv_text.write(rows) == 'module,learners\r\nems,25\r\n"the ""core""","a,b"\r\n"two\nlines",\r\n'


def test_no_rows_are_no_text():
    assert csv_text.write([]) == ""


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (5, "5"),
        (-5, "-5"),
        (0.85, "0.85"),
        (-1e-7, "-1e-07"),
        (Decimal("-12.50"), "-12.50"),
        (date(2026, 11, 24), "2026-11-24"),
        (None, ""),
        ("-5", "-5"),
        ("+3.25", "+3.25"),
        ("-1e6", "-1e6"),
        ("2026-11-24", "2026-11-24"),
        ("Énergie", "Énergie"),
        ("a=b", "a=b"),
        ("'", "'"),
    ],
)
def test_numbers_and_harmless_texts_stay_as_they_are(value, written):
    assert cells(csv_text.write([["x", value]])) == [["x", written]]


@pytest.mark.parametrize("opening", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n", "\0"])
@pytest.mark.parametrize("before", ["", " ", "  ", "\u00a0", "\u3000", "\ufeff", " \t "])
def test_what_a_spreadsheet_would_run_is_made_text(opening, before):
    text = f'{before}{opening}HYPERLINK("http://x.example","Ana")'

    assert cells(csv_text.write([["x", text]])) == [["x", f"'{text}"]]


@pytest.mark.parametrize("text", ["-5+1", "--5", "+52 81 5555", "-1,000", "=5", "-٣", "-", "-0x10", "+1e5|cmd"])
def test_what_only_looks_like_a_number_is_made_text(text):
    assert cells(csv_text.write([["x", text]])) == [["x", f"'{text}"]]


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, Decimal("NaN")])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(ValueError, match="in a cell"):
        csv_text.write([["x", value]])


@pytest.mark.parametrize("text", ["'=1+1", "''=1+1", "'", "''", "'a", "'-5", "O'Brien"])
def test_an_apostrophe_of_ones_own_is_told_from_the_one_put_before(text):
    ((_, cell),) = cells(csv_text.write([["x", text]]))

    assert csv_text.bare(cell) == text


SIGNS = st.sampled_from("'=+-@ \t\r\n\0\ufeff＝＋－＠,;\"15.eé")


@given(st.lists(st.lists(st.text(SIGNS) | st.text(st.characters(exclude_categories=["Cs"])), min_size=2), max_size=4))
def test_every_text_comes_back_as_it_was(rows):
    written = csv_text.write(rows)

    assert [[csv_text.bare(cell) for cell in row] for row in cells(written)] == rows
