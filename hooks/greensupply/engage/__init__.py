"""Pages for customers that invite their suppliers, and the list of recognized companies; their words are the kit's too.

The page of a customer stands in `invite.<locale>.md`, where a line `{{ name }}` stands for a part that is made; letter,
questions, flyer and criteria stand in `words.<locale>.yml`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from greensupply import package_data
from greensupply.addresses import Site
from greensupply.cards import duration, pathway_minutes
from greensupply.model import Library

FOLDER = Path(__file__).parent
INVITE, RECOGNISED = "invite-suppliers", "recognition"
"""Places of the two pages, below a language's home."""
PATHWAY = "supplier"
"""Id of the pathway that a supplier is invited to."""
_IN_PROJECT = "hooks/greensupply/engage"


@cache
def words(locale: str) -> Mapping[str, Any]:
    """The words in a language."""
    said: Mapping[str, Any] = package_data.read(FOLDER / f"words.{locale}.yml")
    return said


def source(place: str, locale: str) -> str:
    """The file in the project that an author changes for a page."""
    return f"{_IN_PROJECT}/{f'invite.{locale}.md' if place == INVITE else f'words.{locale}.yml'}"


def study_time(library: Library, locale: str) -> str:
    """What the pathway of a supplier takes, in words."""
    for chosen in library.pathways:
        if chosen.id == PATHWAY:
            return duration(pathway_minutes(library, chosen), locale)
    return str(words(locale)["time_unknown"])


def begin(library: Library, locale: str, site: Site) -> str:
    """Full address of where a supplier begins; words, if the site does not know where it stands."""
    if not site.url:
        return str(words(locale)["flyer"]["hub"])
    place = f"pathways/{PATHWAY}" if any(each.id == PATHWAY for each in library.pathways) else ""
    return site.url + site.page(locale, place)


def letter(library: Library, locale: str, site: Site, customer: str = "", *, titled: bool = True) -> Markup:
    """The letter as HTML, in one block.

    Arguments:
        library: Holds the pathway.
        locale: Its language.
        site: Where the hub stands.
        customer: Name of who invites; a place to write it if empty.
        titled: Whether its subject stands in it.
    """
    say = words(locale)
    text: Mapping[str, Any] = say["letter"]
    filled = {
        "customer": customer or say["customer"],
        "time": study_time(library, locale),
        "address": begin(library, locale, site),
    }

    def line(sentence: str) -> Markup:
        return escape(sentence.format(**filled))

    def paragraphs() -> Iterator[Markup]:
        yield from (Markup("<p>{}</p>").format(line(each)) for each in text["head"])
        if titled:
            yield Markup("<p><strong>{}</strong></p>").format(line(text["subject"]))
        yield from (Markup("<p>{}</p>").format(line(text[name])) for name in ("greeting", "opening"))
        for name in ("asks", "promises"):
            yield Markup('<p class="lead-in"><strong>{}</strong></p>').format(line(text[f"{name}_title"]))
            yield Markup("<ul>{}</ul>").format(
                Markup("").join(Markup("<li>{}</li>").format(line(each)) for each in text[name])
            )
        yield from (Markup("<p>{}</p>").format(line(text[name])) for name in ("contacts", "begin", "closing"))
        yield Markup('<p class="signatures">{}</p>').format(
            Markup("<br>").join(line(each) for each in text["signatures"])
        )

    return Markup("\n").join(paragraphs())


def questions(library: Library, locale: str, site: Site) -> list[tuple[str, str]]:
    """What suppliers ask, each with its answer, as plain text."""
    filled = {"time": study_time(library, locale), "address": begin(library, locale, site)}
    return [(each["ask"], each["answer"].format(**filled)) for each in words(locale)["questions"]["entries"]]
