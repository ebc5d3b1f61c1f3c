"""What takes long to import is imported by what needs it alone."""

import subprocess
import sys

import pytest

HEAVY = ("duckdb", "numpy", "openpyxl", "pint", "weasyprint")


@pytest.mark.parametrize("room", ["plugin", "tally_plugin"])
def test_a_build_that_counts_converts_and_prints_nothing_imports_nothing_for_it(room):
    program = f"import sys, greensupply.{room}; print(*sorted({set(HEAVY)} & set(sys.modules)))"
    found = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)

    assert found.stdout.split() == []
