"""A learning pathway in one language -> the Markdown text of its page."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import escape

from greensupply import components, fragments
from greensupply.addresses import Site, course_place
from greensupply.cards import front_matter, learning_words, pathway_card
from greensupply.locales import LANGUAGE_TAGS, listing, words
from greensupply.model import Library
from greensupply.written import PROCESSES, PathwayFacts

MAP = "pathway-map"


def text(library: Library, chosen: PathwayFacts, locale: str, site: Site) -> str:
    """Return the page of a pathway as Markdown with front matter."""
    say = words(locale)["page"]
    card = pathway_card(library, chosen, locale, site)
    audience = say["audiences"][chosen.audience]
    return "\n\n".join(
        [
            front_matter(chosen.title[locale], chosen.summary[locale]),
            f"<h1>{escape(chosen.title[locale])}</h1>",
            f'<p class="gs-summary">{escape(chosen.summary[locale])}</p>',
            f'<dl class="gs-facts">\n<div><dt>{escape(say["audience"])}</dt><dd>{escape(audience)}</dd></div>\n'
            f"<div><dt>{escape(say['pathway_time'])}</dt><dd>{escape(card['minutes_text'])}</dd></div>\n</dl>",
            _map(chosen, card, locale, site),
            *filter(None, [_courses(library, chosen, locale, site)]),
        ]
    )


def _courses(library: Library, chosen: PathwayFacts, locale: str, site: Site) -> str:
    """Links to the courses on site that belong to a pathway; empty where it has none."""
    say, here = words(locale)["course"], site.page(locale, f"pathways/{chosen.id}")
    items = [
        f'<li><a href="{site.link(here, site.page(locale, course_place(course.id)))}">'
        f"{escape(course.title[locale])}</a></li>"
        for course in library.courses
        if course.pathway == chosen.id
    ]
    listed = "\n".join(items)
    return f"## {say['courses']}\n\n<p>{escape(say['pathway_lead'])}</p>\n\n<ul>\n{listed}\n</ul>" if items else ""


def _sections(part: dict[str, Any], link: str) -> list[dict[str, str]]:
    """The sections of a part, each with its link and the words of its heading."""
    return [{"link": f"{link}#{anchor}", "title": fragments.plain(words)} for anchor, words in part["sections"]]


def _map(chosen: PathwayFacts, card: dict[str, Any], locale: str, site: Site) -> str:
    here = site.page(locale, f"pathways/{chosen.id}")
    say = learning_words(MAP, locale)

    def station(module: dict[str, Any]) -> dict[str, Any]:
        names = listing((say[f"process_{name}"] for name in module.get("processes", ())), locale)
        every = set(module.get("processes", ())) == set(PROCESSES)
        text = say["for_all"] if every else say["for"].format(processes=names)
        return {**module, "link": site.link(here, module["url"]), "for_text": text}

    asked = {name for each in chosen.electives for name in each.processes if set(each.processes) != set(PROCESSES)}
    return components.render(
        MAP,
        modules=[station(module) for module in card["modules"]],
        parts=[{**station(part), "sections": _sections(part, station(part)["link"])} for part in card["parts"]],
        electives=[station(module) for module in card["electives"]],
        processes=[name for name in PROCESSES if name in asked],
        certificate=site.link(here, f"{site.page(locale, 'certificate')}#pathway.{chosen.id}"),
        words=say,
        words_json=json.dumps(say, ensure_ascii=False),
        lang=LANGUAGE_TAGS[locale],
    )
