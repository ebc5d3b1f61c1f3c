"""One plant of the list, and in which order its days come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

SIZES = ("micro", "small", "medium", "large")
"""Size classes, smallest first, as each country's statistics set them."""

COLUMNS = (
    *("supplier", "country", "region", "size", "processes", "customer"),
    *("listed_on", "contacted_on", "enrolled_on", "left_on"),
)
STORED = ("entry", *COLUMNS, "withdrawn", "recorded_on")
"""Columns of a list that `greensupply records outcomes` adds to."""


@dataclass(frozen=True, order=True)
class Plant:
    """One supplier plant in scope (P0).

    Attributes:
        supplier: Code that records name it by, in capitals as there.
        country: One of `COUNTRIES`.
        listed_on: First day in scope.
        enrolled_on: Day on which it enrolled in the programme; None if it has not.
        left_on: Last day in scope; None while it is.
        contacted_on: Day on which it was invited and answered (P1); None if it has not.
        region: State or province, such as `MX-NLE`; empty if that is not known. Source: ISO 3166-2.
        size: One of `SIZES`; empty if that is not known.
        processes: What it does, of `written.PROCESSES`, in their order.
        customer: Code of the customer's programme through which it came; empty if there is none.
    """

    supplier: str
    country: str
    listed_on: date
    enrolled_on: date | None = None
    left_on: date | None = None
    contacted_on: date | None = None
    region: str = ""
    size: str = ""
    processes: tuple[str, ...] = ()
    customer: str = ""


def disorder(days: Mapping[str, date | None]) -> Iterator[tuple[str, date, str, date]]:
    """Return each pair of days that contradict each other: the one that should be later, and the earlier, with names.

    Arguments:
        days: `listed_on`, `contacted_on`, `enrolled_on` and `left_on`, None for one that is not said.
    """
    for first, then in (
        ("listed_on", "contacted_on"),
        ("contacted_on", "enrolled_on"),
        ("listed_on", "enrolled_on"),
        ("listed_on", "left_on"),
        ("contacted_on", "left_on"),
        ("enrolled_on", "left_on"),
    ):
        before, after = days.get(first), days.get(then)
        if before and after and after < before:
            yield then, after, first, before
