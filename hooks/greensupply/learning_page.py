"""*My learning* in one language -> the Markdown text of its page: where the learner stands, kept on the device."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import escape

from greensupply import components, fragments
from greensupply.addresses import Site
from greensupply.cards import front_matter, learning_words, module_card
from greensupply.locales import LANGUAGE_TAGS, SOURCE
from greensupply.model import Library

OVERVIEW = "learning-overview"


def text(library: Library, locale: str, site: Site) -> str:
    """Return the page as Markdown with front matter."""
    say = learning_words(OVERVIEW, locale)
    here = site.page(locale, "my-learning")
    html = components.render(
        OVERVIEW,
        modules=[_module(library, name, locale, site, here) for name in library.modules],
        pathways=[
            {
                "title": chosen.title[locale],
                "link": site.link(here, site.page(locale, f"pathways/{chosen.id}")),
                "modules": " ".join(chosen.modules),
            }
            for chosen in library.pathways
        ],
        certificate=site.link(here, site.page(locale, "certificate")),
        site=site.url.rstrip("/"),
        words=say,
        words_json=json.dumps(say, ensure_ascii=False),
        lang=LANGUAGE_TAGS[locale],
    )
    heading = f"<h1>{escape(say['title'])}</h1>"
    return "\n\n".join([front_matter(say["title"], say["lead"]), heading, html]) + "\n"


def _module(library: Library, name: str, locale: str, site: Site, here: str) -> dict[str, Any]:
    """A module's card, with its questions as progress keeps them: id and fingerprint of their source text."""
    source = library.modules[name].texts[SOURCE]
    questions = " ".join(f"{question.id}:{fragments.digest(question)}" for question in source.questions)
    card = module_card(library, name, locale, site)
    return {**card, "link": site.link(here, card["url"]), "digests": questions}
