"""The glossary in one language -> the Markdown text of its page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import escape

from greensupply import components, glossary
from greensupply.addresses import Site
from greensupply.cards import front_matter
from greensupply.locales import LANGUAGE_TAGS, language, number
from greensupply.model import Library
from greensupply.terms import Term


def text(library: Library, locale: str, site: Site) -> str:  # noqa: ARG001
    """Return the page as Markdown with front matter."""
    say = components.words("glossary-list", locale)
    count = say["count"].format(count=number(len(library.terms), locale)) if library.terms else say["empty"]
    return "\n\n".join(
        [
            front_matter(say["title"], say["lead"]),
            f'<h1 id="glossary-title">{escape(say["title"])}</h1>',
            f'<p class="gs-summary">{escape(say["lead"])}</p>',
            f"<p>{escape(count)}</p>",
            *([listing(library.terms, locale)] if library.terms else []),
        ]
    )


def listing(terms: Sequence[Term], locale: str) -> str:
    """The terms by letter, as the component `glossary-list`."""
    say = components.words("glossary-list", locale)
    spoken = {name: say[name] for name in ("found_none", "found_one", "found_many")}
    return components.render(
        "glossary-list",
        groups=[
            {"letter": letter, "id": f"letter-{letter.casefold()}", "terms": [_entry(term, locale) for term in some]}
            for letter, some in glossary.ordered(terms, locale)
        ],
        words=say,
        words_json=json.dumps(spoken, ensure_ascii=False),
        lang=LANGUAGE_TAGS[locale],
    )


def _entry(term: Term, locale: str) -> dict[str, Any]:
    say = components.words("glossary-list", locale)
    others = [
        {
            "language": say["in_language"].format(language=language(other, locale).capitalize()),
            "lang": LANGUAGE_TAGS[other],
            "term": said.term,
            "abbr": said.abbr,
        }
        for other, said in term.others(locale)
    ]
    own = term[locale]
    return {"id": term.id, "term": own.term, "abbr": own.abbr, "definition": own.definition, "others": others}
