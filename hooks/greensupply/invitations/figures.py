"""What was published -> the figures of the flyer. A figure without enough data is left out with its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from greensupply import engage
from greensupply.charts import coded
from greensupply.locales import long_date, number, words
from greensupply.published import PublicTally
from greensupply.published_outcomes import PublicOutcomes


@dataclass(frozen=True)
class Tile:
    """A figure and what it counts."""

    value: str
    label: str


@dataclass(frozen=True)
class Figures:
    """The figures of a flyer.

    Attributes:
        tiles: At most six.
        as_of: Until when they count, in a sentence; empty without figures.
        demonstration: They are invented.
    """

    tiles: tuple[Tile, ...] = ()
    as_of: str = ""
    demonstration: bool = False


def figures(tally: PublicTally, outcomes: PublicOutcomes, locale: str) -> Figures:
    """Return what the flyer shows of what was published, in the words of a locale."""
    people, plants = tuple(_people(tally, locale)), tuple(_plants(outcomes, locale))
    days = [day for day, shown in ((tally.as_of, people), (outcomes.as_of, plants)) if day and shown]
    invented = (bool(people) and tally.demonstration) or (bool(plants) and outcomes.demonstration)
    return Figures((*people, *plants), _as_of(days, locale), invented)


def _people(tally: PublicTally, locale: str) -> Iterator[Tile]:
    say: Any = words(locale)["results"]["tiles"]
    if tally.as_of is None:
        return
    for name, count in (("learners", tally.learners), ("completions", tally.completions)):
        if count:
            yield Tile(number(count, locale), say[name])
    if (share := tally.share("", tally.latest, "trained")) is not None:
        yield Tile(coded(share, locale), say["trained"])


def _plants(outcomes: PublicOutcomes, locale: str) -> Iterator[Tile]:
    say: Any = engage.words(locale)["flyer"]["tiles"]
    if outcomes.as_of is None:
        return
    latest = max((quarter for _, quarter in outcomes.stages), default="")
    for name in ("assessed", "acting", "verified"):
        if (share := outcomes.share("", latest, name)) is not None:
            yield Tile(coded(share, locale), say[name])


def _as_of(days: list[date], locale: str) -> str:
    if not days:
        return ""
    say = engage.words(locale)["flyer"]
    if len(set(days)) == 1:
        return str(say["as_of"].format(date=long_date(days[0], locale)))
    return str(say["as_of_two"].format(date=long_date(days[0], locale), later=long_date(days[1], locale)))
