"""Where anyone checks a certificate, in one language -> the Markdown text of its page.

The check needs no server: the page's script makes the code of the typed fields anew and compares.
"""

from __future__ import annotations

import json
from typing import Any

from greensupply import components
from greensupply.addresses import Site
from greensupply.cards import front_matter, module_card
from greensupply.locales import LANGUAGE_TAGS, LOCALES, NAMES
from greensupply.model import Library

TAG = "certificate-check"


def text(library: Library, locale: str, site: Site) -> str:
    """Return the page as Markdown with front matter."""
    say = components.words(TAG, locale)
    here = site.page(locale, "verify")
    others = [
        {"name": NAMES[other], "lang": LANGUAGE_TAGS[other], "link": site.link(here, site.page(other, "verify"))}
        for other in LOCALES
        if other != locale
    ]
    return "\n\n".join(
        [
            front_matter(say["title"], say["description"]),
            components.render(
                TAG,
                words=say,
                words_json=json.dumps(say, ensure_ascii=False),
                shelf=_shelf(library, locale, site),
                lang=LANGUAGE_TAGS[locale],
                others=others,
            ),
        ]
    )


def _shelf(library: Library, locale: str, site: Site) -> dict[str, Any]:
    """What a certificate can be of."""
    cards = [module_card(library, name, locale, site) for name in library.modules]
    return {
        "modules": [{key: card[key] for key in ("id", "title", "lang")} for card in cards],
        "pathways": [
            {"id": chosen.id, "title": chosen.title[locale], "modules": list(chosen.modules)}
            for chosen in library.pathways
        ],
    }
