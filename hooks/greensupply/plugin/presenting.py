"""The elements that present a module: one on its page, and one on its facilitator's edition, the speaker's window."""

from __future__ import annotations

import json
from collections.abc import Mapping

from greensupply import components
from greensupply.addresses import Site, facilitator_place
from greensupply.locales import LANGUAGE_TAGS
from greensupply.made_pages import MadePage
from greensupply.plugin.assets import ASSETS

_SHARED = ("previous", "next", "controls", "place", "said_blank", "unblank", "answer")
"""Words of the presenter that the speaker's window says too."""


def element(made: MadePage, locale: str, here: str, site: Site, marks: Mapping[str, str]) -> str:
    """HTML of the element of the page at `here`; empty for a page of another kind.

    Arguments:
        made: What the page shows.
        locale: Language of the page.
        here: Address of the page from the site's root.
        site: How addresses are written.
        marks: File names of the bundles with the marks of their content.
    """
    words = components.words("module-presenter", locale)
    lang = LANGUAGE_TAGS[locale]
    if made.kind == "module":
        return components.render(
            "module-presenter",
            words=words,
            lang=lang,
            locale=locale,
            script=site.link(here, f"{ASSETS}/{marks['presenter.js']}"),
            style=site.link(here, f"{ASSETS}/{marks['presenter.css']}"),
            facilitator=site.link(here, site.page(locale, facilitator_place(made.identifier))),
        )
    if made.kind == "facilitator":
        said = {**{name: words[name] for name in _SHARED}, **components.words("speaker-view", locale)}
        return components.render("speaker-view", lang=lang, words_json=json.dumps(said, ensure_ascii=False))
    return ""
