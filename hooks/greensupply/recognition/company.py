"""A recognised company and its consent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

COLUMNS = (
    "company",
    "country",
    "region",
    "for",
    "since",
    "consent_by",
    "consent_on",
    "consent_until",
    "withdrawn_on",
)
"""Columns of the list. Each must be there: without one of the last three a name could be shown against its will."""
ENTRY = "entry"
"""A further column, which may be left out; `DEMO` in it marks an invented company."""
DEMONSTRATION = "DEMO"
LONGEST = 3
"""Years that a consent may last; then the company is asked again."""
CRITERIA: Mapping[str, tuple[str, ...]] = {
    "learning": ("CTX-18",),
    "assessment": ("LC-01", "LC-03"),
    "result": ("LC-14", "LC-16"),
    "invitation": ("CTX-14", "CTX-42", "LC-17"),
}
"""What a company can be recognised for -> the facts that the criterion rests on. The first three follow the milestones
of the supplier pathway (curriculum, 3.1); the last is for customers."""


@dataclass(frozen=True)
class Consent:
    """A company's consent to be named.

    Attributes:
        by: Role of who gave it, such as `plant manager`; never a name, and never shown.
        on: Day on which it was given.
        until: Last day on which it holds.
        withdrawn_on: Day on which it was withdrawn; None if it was not.
    """

    by: str
    on: date
    until: date
    withdrawn_on: date | None = None

    def holds(self, day: date) -> bool:
        """Whether the company may be named on a day. A withdrawal counts at once, whatever day it says."""
        return self.withdrawn_on is None and self.on <= day <= self.until


@dataclass(frozen=True)
class Recognised:
    """A company, as it wants to be named.

    Attributes:
        name: As written; a stranger's text.
        country: CA, MX or US.
        region: ISO 3166-2 code, such as `MX-QUE`; empty if it is not said.
        earned: Some of `CRITERIA`, in their order.
        since: Day of the recognition; pages say its year alone.
        consent: Whether it may be shown.
        demonstration: It is invented.
    """

    name: str
    country: str
    region: str
    earned: tuple[str, ...]
    since: date
    consent: Consent
    demonstration: bool = False
