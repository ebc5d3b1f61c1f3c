"""Where a learner makes a certificate, in one language -> the Markdown text of its page.

Nothing of a learner is known here: the page's script reads what the learner's own browser holds.
"""

from __future__ import annotations

import json
from typing import Any

from greensupply import components
from greensupply.addresses import Site
from greensupply.cards import front_matter, module_card, pathway_card
from greensupply.locales import LANGUAGE_TAGS, words
from greensupply.model import Library

TAG = "learning-certificate"


def text(library: Library, locale: str, site: Site) -> str:
    """Return the page as Markdown with front matter."""
    say = components.words(TAG, locale)
    here, verify = (site.page(locale, place) for place in ("certificate", "verify"))
    return "\n\n".join(
        [
            front_matter(say["title"], say["description"]),
            components.render(
                TAG,
                words=say,
                words_json=json.dumps(say, ensure_ascii=False),
                shelf=_shelf(library, locale, site),
                lang=LANGUAGE_TAGS[locale],
                site_name=words(locale)["site"]["name"],
                verify=site.url + verify if site.url else "",
                verify_link=site.link(here, verify),
                learning_link=site.link(here, site.page(locale, "my-learning")),
                logo=site.link(here, "assets/greensupply/logo.svg"),
            ),
        ]
    )


def _shelf(library: Library, locale: str, site: Site) -> dict[str, Any]:
    """Modules and pathways in short, with the compulsory modules of each pathway."""
    modules = []
    for name, module in library.modules.items():
        card = module_card(library, name, locale, site)
        revision = {"time": card["minutes_text"], "revision": module.facts.revision}
        modules.append({key: card[key] for key in ("id", "title", "lang")} | revision)
    pathways = []
    for chosen in library.pathways:
        card = pathway_card(library, chosen, locale, site)
        required = {"time": card["minutes_text"], "modules": list(chosen.modules)}
        pathways.append({key: card[key] for key in ("id", "title")} | required)
    return {"modules": modules, "pathways": pathways}
