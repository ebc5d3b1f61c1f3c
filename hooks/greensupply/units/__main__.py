"""Writes down what pint says of every unit: `python -m greensupply.units`, after a change of `units.yml`."""

from greensupply import units

units.MEASURED.write_text(units.to_write_down(), encoding="utf-8", newline="\n")
