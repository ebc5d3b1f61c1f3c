"""A learning pathway in one language -> the Markdown text of its page."""

from __future__ import annotations

from markupsafe import escape

from greensupply.addresses import Site
from greensupply.cards import front_matter, module_card, pathway_card
from greensupply.locales import words
from greensupply.model import Library
from greensupply.written import PathwayFacts


def text(library: Library, chosen: PathwayFacts, locale: str, site: Site) -> str:
    """Return the page of a pathway as Markdown with front matter."""
    say = words(locale)["page"]
    here = site.page(locale, f"pathways/{chosen.id}")
    rows = []
    for name in chosen.modules:
        entry = module_card(library, name, locale, site)
        lang = f' lang="{entry["lang"]}"' if entry["lang"] else ""
        link = f'<a href="{site.link(here, entry["url"])}"{lang}>{escape(entry["title"])}</a>'
        time = f'<span class="gs-time">{escape(entry["minutes_text"])}</span>'
        rows.append(f"<li>{link} {time}\n<p{lang}>{escape(entry['summary'])}</p></li>")
    card = pathway_card(library, chosen, locale, site)
    first = site.link(here, site.page(locale, f"modules/{chosen.modules[0]}"))
    audience = say["audiences"][chosen.audience]
    return "\n\n".join(
        [
            front_matter(chosen.title[locale], chosen.summary[locale]),
            f"<h1>{escape(chosen.title[locale])}</h1>",
            f'<p class="gs-summary">{escape(chosen.summary[locale])}</p>',
            f'<dl class="gs-facts">\n<div><dt>{escape(say["audience"])}</dt><dd>{escape(audience)}</dd></div>\n'
            f"<div><dt>{escape(say['pathway_time'])}</dt><dd>{escape(card['minutes_text'])}</dd></div>\n</dl>",
            f"## {say['pathway_modules']}",
            '<ol class="gs-pathway">\n' + "\n".join(rows) + "\n</ol>",
            f'<p><a class="gs-button" href="{first}">{escape(say["pathway_start"])}</a></p>',
        ]
    )
