"""The list of recognized companies -> its page, as Markdown with front matter.

No figure, no day and no quarter stands beside a name, so that no protected count points to a company.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import Markup, escape

from greensupply import engage
from greensupply.addresses import Site
from greensupply.cards import front_matter
from greensupply.locales import BETWEEN, country
from greensupply.plants.regions import REGIONS
from greensupply.recognition import CRITERIA, Recognised

COUNTRIES = ("MX", "CA", "US")
"""In the order of the tools library."""


def text(companies: Sequence[Recognised], locale: str, site: Site) -> str:
    """Return the page of a locale.

    Arguments:
        companies: Those that may be shown today (`recognition.shown`).
        locale: Language of the page.
        site: How the site writes addresses.
    """
    say: Mapping[str, Any] = engage.words(locale)["recognition"]
    return "\n\n".join([front_matter(say["title"], say["description"]), *_parts(companies, locale, site, say)]) + "\n"


def _parts(companies: Sequence[Recognised], locale: str, site: Site, say: Mapping[str, Any]) -> Iterator[str]:
    yield f"<h1>{escape(say['title'])}</h1>"
    if any(each.demonstration for each in companies):
        yield (
            f'<div class="gs-demonstration" role="note">\n<p><strong>{escape(say["demonstration_title"])}</strong>'
            f"</p>\n<p>{escape(say['demonstration'])}</p>\n</div>"
        )
    yield f'<p class="gs-summary">{escape(say["description"])}</p>'
    yield f"## {say['list_title']}"
    if not companies:
        yield f"<p>{escape(say['empty'])}</p>"
    for code in COUNTRIES:
        here = sorted((each for each in companies if each.country == code), key=lambda each: each.name.casefold())
        if here:
            items = "\n".join(_company(each, locale, say) for each in here)
            yield f'### {country(code, locale)}\n\n<ul class="gs-recognised" data-search-exclude>\n{items}\n</ul>'
    yield f"## {say['criteria_title']}\n\n<p>{escape(say['criteria_lead'])}</p>"
    for name in CRITERIA:
        told = say["criteria"][name]
        yield (
            f'<h3 id="{name}">{escape(told["name"])}</h3>\n\n<p>{escape(told["text"])}</p>\n\n'
            f"<p><strong>{escape(say['check'])}</strong> {escape(told['check'])}</p>"
        )
    kept = "\n".join(f"<li>{escape(each)}</li>" for each in say["consent"])
    yield f"## {say['consent_title']}\n\n<ul>\n{kept}\n</ul>\n\n<p>{escape(say['standing'])}</p>"
    yield f"## {say['ask_title']}\n\n<p>{escape(say['ask'])}</p>"
    link = site.link(site.page(locale, engage.RECOGNISED), site.page(locale, engage.INVITE))
    yield f'<p><a href="{link}">{escape(say["invite"])}</a></p>'


def _company(company: Recognised, locale: str, say: Mapping[str, Any]) -> Markup:
    """Name and region, then what for and since which year."""
    region = REGIONS[company.region][locale] if company.region else ""
    what = [say["criteria"][name]["name"] for name in company.earned]
    said = BETWEEN.join((*what, say["since"].format(year=company.since.year)))
    mark = Markup(' <span class="gs-invented">{}</span>').format(say["example"]) if company.demonstration else ""
    return Markup('<li><strong translate="no">{}</strong>{}{}<br>{}</li>').format(
        company.name, Markup(" – {}").format(region) if region else "", mark, said
    )
