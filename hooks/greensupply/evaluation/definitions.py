"""What every figure means, as tables in each language; and what each column of the folder holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from greensupply import outcomes, tally
from greensupply.catalogue import Catalogue
from greensupply.csv_text import Value
from greensupply.evaluation.wording import table, words
from greensupply.locales import LOCALES

Row = Sequence[Value]
COLUMNS: Mapping[str, Sequence[str]] = {
    "figures": ("code", "id", "of", "name", "definition", "unit"),
    "metrics": ("code", "name", "definition", "unit", "better", "formula", "classes", "source"),
    "inputs": ("input", "name", "definition", "unit", "units", "measures", "source"),
    "complements": ("complement", "country", "name", "definition", "kind", "unit", "choices", "source"),
    "factors": ("factor", "place", "year", "value", "unit", "per", "gases", "heat", "standing", "source", "note"),
    "rates": ("currency", "year", "value", "listed_on", "invented", "source"),
}
"""Table -> its columns; there is one of each in each language."""


def files(catalogue: Catalogue) -> dict[str, bytes]:
    """Return the tables by their path in the folder."""
    return {
        f"{name}-{locale}.csv": table(COLUMNS[name], rows)
        for locale in LOCALES
        for name, rows in _tables(catalogue, locale).items()
    }


def _tables(catalogue: Catalogue, locale: str) -> dict[str, Iterator[Row]]:
    return {
        "figures": _figures(locale),
        "metrics": (
            (
                *(one.id, one.name[locale], one.definition[locale], one.unit[locale], one.direction),
                *(one.formula.said[locale], " ".join(one.classes), " ".join(one.source)),
            )
            for one in catalogue.metrics.values()
        ),
        "inputs": (
            (
                *(asked.id, asked.name[locale], asked.definition[locale], asked.unit, "; ".join(asked.units)),
                *(_measures(asked.measures), " ".join(asked.source)),
            )
            for asked in catalogue.inputs.values()
        ),
        "complements": (
            (
                *(each.id, each.country, each.name[locale], each.definition[locale], each.kind, each.unit),
                "; ".join(f"{place} {choice.name[locale]}" for place, choice in enumerate(each.choices, 1)),
                " ".join(each.source),
            )
            for each in catalogue.complements.values()
        ),
        "factors": (
            (
                *(factor.name, factor.place, factor.year, factor.value, factor.unit, factor.per, factor.gases),
                *(factor.heat, factor.standing, factor.fact, factor.note[locale] if factor.note else ""),
            )
            for factor in catalogue.factors
        ),
        "rates": (
            (
                *(rate.currency, rate.year, rate.value, rate.listed),
                *("yes" if rate.invented else "no", rate.source[locale]),
            )
            for rate in catalogue.rates
        ),
    }


def _figures(locale: str) -> Iterator[Row]:
    for of, found in (("people", tally.definitions()), ("plants", outcomes.definitions())):
        for one in found:
            yield one.code, one.id, of, one.name[locale], one.text[locale], one.unit[locale]


def _measures(measures: Mapping[str, object]) -> str:
    return "; ".join(
        f"{name} x {factor}" if (factor := getattr(added, "factor", None)) else name for name, added in measures.items()
    )


def dictionary(columns: Mapping[str, Sequence[str]]) -> bytes:
    """Return the data dictionary: a row for each column of each file, in the three languages.

    Arguments:
        columns: File, or how its name begins -> its columns.
    """
    rows = [
        (file, column, *(words(locale)["columns"][column] for locale in LOCALES))
        for file, names in columns.items()
        for column in names
    ]
    return table(("file", "column", *(f"description_{locale}" for locale in LOCALES)), rows)
