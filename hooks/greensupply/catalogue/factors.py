"""Factors and rates: what one unit of something gives, by place and year. Sources: facts MET-25 to MET-48, MET-60."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import Field

from greensupply import units
from greensupply.catalogue.fields import Number, Place, Unit, Written, Year
from greensupply.written import FactIdentifier, Identifier, Trilingual


class Factor(Written):
    """What one unit of something gives: greenhouse gases of a kWh or a litre, heat of a cubic foot."""

    name: Identifier = Field(description="What it is of: grid, natural-gas; natural-gas-heat for a heating value.")
    place: Place = Field(description="Where it holds: MX, or CA-QC; empty quotes where nothing nearer is known.")
    year: Year = Field(description="Year that it is of; later years use it until a newer one is written here.")
    value: Number = Field(description="The number, as its source writes it.")
    unit: Unit = Field(description="Unit of the number, such as kg CO2e.")
    per: Unit = Field(description="Of what, such as kWh.")
    gases: Literal["CO2", "CO2e"] | None = Field(
        default=None, description="CO2: carbon dioxide alone; CO2e: methane and nitrous oxide too; left out for heat."
    )
    heat: Literal["HHV"] | None = Field(
        default=None, description="HHV, where energy of a fuel is meant: its higher heating value."
    )
    standing: Literal["official", "quoted", "illustration"] = Field(
        description="official: seen in what its publisher wrote; quoted: seen in another's work alone; "
        "illustration: dated, to show how places differ, and used in no sum."
    )
    fact: FactIdentifier = Field(description="Id of the fact it rests on, from modules/sources.yml.")
    note: Trilingual | None = Field(default=None, description="What must be known to use it, in the three languages.")


class FactorsFile(Written):
    """`records/factors.yml`."""

    factors: tuple[Factor, ...] = Field(strict=False, description="The factors; may be an empty list.")


class Rate(Written):
    """What a unit of a currency was worth in US dollars in a year."""

    currency: Literal["CAD", "MXN", "USD"] = Field(description="CAD, MXN or USD.")
    year: Year = Field(description="Year whose mean it is; no other year uses it.")
    value: Number = Field(description="US dollars for one unit of the currency.")
    listed: date = Field(description="Day on which it was read in its source, as 2027-01-15.")
    invented: bool = Field(default=False, description="true, if it is for demonstration and stands in no list.")
    source: Trilingual = Field(description="Who publishes the list, in the three languages.")


class RatesFile(Written):
    """`records/rates.yml`."""

    rates: tuple[Rate, ...] = Field(strict=False, description="The rates; may be an empty list.")


def through(value: Decimal, unit: str, to: str, heat: Factor | None) -> Decimal | None:
    """Return an amount in another unit, by way of a fuel's heating value where the two measure volume and energy.

    None where there is no way: other kinds of units, and no heating value between them.
    """
    if units.fits(unit, to):
        return units.convert(value, unit, to)
    if heat and units.fits(unit, heat.per) and units.fits(to, heat.unit):
        return units.convert(units.convert(value, unit, heat.per) * heat.value, heat.unit, to)
    if heat and units.fits(unit, heat.unit) and units.fits(to, heat.per):
        return units.convert(units.convert(value, unit, heat.unit) / heat.value, heat.per, to)
    return None
