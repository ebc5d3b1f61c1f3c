"""The links from one page of the programme's figures to the others."""

from __future__ import annotations

from markupsafe import Markup, escape

from greensupply.addresses import RESULTS, Site
from greensupply.locales import BETWEEN, words

_TITLES = dict(
    zip(RESULTS, ("training_title", "penetration_title", "environment_title", "quarters_title"), strict=True)
)


def others(place: str, locale: str, site: Site) -> str:
    """A paragraph with the pages beside the one at `place`."""
    say, here = words(locale)["monitoring"], site.page(locale, place)
    links = (
        Markup('<a href="{}">{}</a>').format(site.link(here, site.page(locale, other)), say[title])
        for other, title in _TITLES.items()
        if other != place
    )
    return Markup('<p class="gs-beside">{} {}</p>').format(say["see_also"], escape(BETWEEN).join(links))
