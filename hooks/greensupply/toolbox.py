"""The tools library, as authors write it in `content/tools.yml`: its types.

A tool is what others keep and a supplier or a trainer can use: a guide, a register, a standard. It is here only if
facts of `modules/sources.yml` name it; its addresses are those of their sources. Effort and fit are our evaluation.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, get_args

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from greensupply.written import FactIdentifier, Identifier, Line, Trilingual, some_once

Kind = Literal["guide", "training", "assessment", "calculator", "standard", "register", "recognition", "network"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What a tool is, in the order of the page."""
Country = Literal["MX", "CA", "US", "INT"]
COUNTRIES: tuple[Country, ...] = get_args(Country)
"""Whose institutions keep a tool, in the order in which one is asked; INT: none of the three."""
Language = Literal["en", "es", "fr"]
Effort = Literal["hours", "days", "weeks", "months"]
Cost = Literal["free", "fee", "unconfirmed"]
COSTS: tuple[Cost, ...] = get_args(Cost)
Fit = Literal["high", "medium", "low"]
Standing = Literal["in-force", "published", "dated", "past"]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class ToolFacts(_Entry):
    """One tool of others, with our evaluation."""

    id: Identifier = Field(description="Name in addresses; never changes.")
    kind: Kind = Field(description="What it is.")
    countries: Annotated[tuple[Country, ...], AfterValidator(some_once)] = Field(
        strict=False, description="Whose institutions keep it: MX, CA, US; INT where it is none of the three."
    )
    languages: Annotated[tuple[Language, ...], AfterValidator(some_once)] = Field(
        strict=False, description="Languages in which it was seen: en, es, fr."
    )
    effort: Effort = Field(description="Our estimate of the time of a small plant for a first result.")
    cost: Cost = Field(description="free: openly readable or usable; fee: a charge is known; else unconfirmed.")
    standing: Standing = Field(
        description="in-force: in use; published: a text that stays; dated: no offer of today confirmed; past: ended."
    )
    fit: Fit = Field(description="How well it serves the programme; `why` gives the reason.")
    modules: Annotated[tuple[Identifier, ...], AfterValidator(some_once)] = Field(
        strict=False, description="Ids of the modules that it is useful for, the most useful first."
    )
    checked: date = Field(description="Day the entry was last checked, as 2026-11-26.")
    facts: Annotated[tuple[FactIdentifier, ...], AfterValidator(some_once)] = Field(
        strict=False, description="Ids of the facts that it rests on, from modules/sources.yml."
    )
    name: Line | Trilingual = Field(description="Its title in its own language (`lang` says which), or in all three.")
    lang: Language | None = Field(default=None, description="Language of a name that is written once.")
    keeper: Line | Trilingual = Field(description="Who keeps it; in all three languages where the name is translated.")
    purpose: Trilingual = Field(description="What it is for.")
    why: Trilingual = Field(description="Why it fits the programme well or badly, and what to beware of.")


class ToolsFile(_Entry):
    """`content/tools.yml`."""

    tools: tuple[ToolFacts, ...] = Field(strict=False, description="The tools; the page sorts them by kind and name.")
