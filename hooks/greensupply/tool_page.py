"""A calculator in one language -> the Markdown text of its page.

A page of its own: a module page stays light, and whoever uses the calculator at work keeps one short address.
"""

from __future__ import annotations

import json

from markupsafe import escape

from greensupply import components
from greensupply.addresses import Site
from greensupply.cards import front_matter
from greensupply.locales import LANGUAGE_TAGS, SOURCE, words
from greensupply.model import Library


def text(library: Library, tag: str, locale: str, site: Site) -> str:
    """Return the page of a calculator as Markdown with front matter."""
    say = components.sheet_words(tag, locale)
    here = site.page(locale, f"tools/{tag}")
    return "\n\n".join(
        [
            front_matter(say["title"], say["lead"]),
            components.render(
                tag,
                words=say,
                words_json=json.dumps(say, ensure_ascii=False),
                example=components.data(tag, "example.yml"),
                locale=locale,
                lang=LANGUAGE_TAGS[locale],
            ),
            _modules(library, tag, locale, site, here),
        ]
    )


def _modules(library: Library, tag: str, locale: str, site: Site, here: str) -> str:
    """Links to the modules that teach what the calculator works out."""
    rows = []
    for name, module in library.modules.items():
        written = module.text(locale, SOURCE)
        if tag in written.calculators:
            goal = site.link(here, site.page(locale, f"modules/{name}"))
            lang = "" if written.locale == locale else f' lang="{LANGUAGE_TAGS[written.locale]}"'
            rows.append(f'<li><a href="{goal}"{lang}>{escape(written.facts.title)}</a></li>')
    if not rows:
        return ""
    title = escape(words(locale)["page"]["tool_modules"])
    return f"<section>\n<h2>{title}</h2>\n<ul>\n" + "\n".join(rows) + "\n</ul>\n</section>"
