"""The page for a customer that invites its suppliers, as Markdown with front matter."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from greensupply import engage, source_text, yaml_text
from greensupply.addresses import Site
from greensupply.cards import front_matter, pathway_card
from greensupply.locales import LANGUAGE_TAGS, words
from greensupply.model import Library
from greensupply.written import PageFacts, Trilingual

FACTS = (
    *("CTX-14", "CTX-16", "CTX-25", "CTX-26", "CTX-27", "CTX-37", "CTX-38", "CTX-39", "CTX-42", "CTX-47"),
    *("LC-01", "LC-03", "LC-04", "LC-05", "LC-06", "LC-14", "LC-17", "LC-18"),
)
"""Facts that the page and the kit rest on."""
_PLACEHOLDER = re.compile(r"^\{\{ ([a-z]+) \}\}$", re.MULTILINE)


def text(library: Library, locale: str, site: Site) -> str:
    """Return the page of a locale.

    Raises:
        GreenSupplyError: Its text cannot be read.
    """
    path = engage.source(engage.INVITE, locale)
    yaml, markdown, _ = source_text.split(source_text.read(engage.FOLDER / f"invite.{locale}.md", path), path)
    facts = yaml_text.typed(PageFacts, yaml_text.load(yaml, path, first_line=2), path)
    here = site.page(locale, engage.INVITE)
    made = {
        "pathways": lambda: _pathways(library, locale, site, here),
        "letter": lambda: _letter(library, locale, site),
        "questions": lambda: _questions(library, locale, site),
        "kit": lambda: _kit(locale),
        "sources": lambda: _sources(library, locale),
    }
    body = _PLACEHOLDER.sub(lambda found: made[found[1]](), markdown)
    return "\n\n".join(
        [
            front_matter(facts.title, facts.description),
            f"<h1>{escape(facts.title)}</h1>",
            f'<p class="gs-summary">{escape(facts.description)}</p>',
            body,
        ]
    )


def _pathways(library: Library, locale: str, site: Site, here: str) -> str:
    cards = [pathway_card(library, chosen, locale, site) for chosen in library.pathways]
    items = "\n".join(
        f'<li><a href="{site.link(here, card["url"])}">{escape(card["title"])}</a>, {escape(card["minutes_text"])}<br>'
        f"{escape(card['summary'])}</li>"
        for card in cards
    )
    return f"<ul>\n{items}\n</ul>" if items else ""


def _letter(library: Library, locale: str, site: Site) -> str:
    say = engage.words(locale)["page"]
    made = engage.letter(library, locale, site)
    return f'## {say["letter"]}\n\n<p>{escape(say["letter_lead"])}</p>\n\n<div class="gs-letter">\n{made}\n</div>'


def _questions(library: Library, locale: str, site: Site) -> str:
    entries = "\n".join(
        Markup("<dt>{}</dt>\n<dd>{}</dd>").format(*each) for each in engage.questions(library, locale, site)
    )
    title = engage.words(locale)["questions"]["title"]
    return f'## {title}\n\n<dl class="gs-answers">\n{entries}\n</dl>'


def _kit(locale: str) -> str:
    say = engage.words(locale)["page"]
    command = f"<code>greensupply invitation --lang {locale} --customer …</code>"
    return f"## {say['kit']}\n\n<p>{escape(say['kit_lead'])}</p>\n\n<p>{command}</p>"


def _sources(library: Library, locale: str) -> str:
    """What the page rests on; empty in a hub that does not know these facts."""
    known, cited = library.sources, dict[str, list[str]]()
    for fact in FACTS:
        for key in known.facts[fact].sources if fact in known.facts else ():
            cited.setdefault(key, []).append(fact)
    items = []
    for key, facts in cited.items():
        source = known.sources[key]
        tag = LANGUAGE_TAGS[source.lang] if source.lang and source.lang != locale else ""
        cite = Markup("<cite{}>{}</cite>").format(
            Markup(' lang="{}"').format(tag) if tag else "", _said(source.title, locale)
        )
        link = Markup('<a href="{}" rel="noopener">{}</a>').format(source.url, cite) if source.url else cite
        said = f"{_said(source.publisher, locale)}, {_said(source.year, locale)}"
        ids = words(locale)["page"]["facts"].format(ids=", ".join(facts))
        items.append(Markup('<li>{}. {} <span class="gs-fact-ids">({})</span></li>').format(link, said, ids))
    if not items:
        return ""
    title = engage.words(locale)["page"]["sources"]
    listed = "\n".join(items)
    return f'## {title}\n\n<section class="gs-sources">\n<ol>\n{listed}\n</ol>\n</section>'


def _said(value: str | Trilingual, locale: str) -> str:
    return value if isinstance(value, str) else value[locale]
