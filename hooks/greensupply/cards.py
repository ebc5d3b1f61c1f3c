"""Modules and pathways in short: for lists, the home page and search engines. All of it is plain text."""

from __future__ import annotations

import json
from typing import Any

from markupsafe import escape

from greensupply import components, sections
from greensupply.addresses import Site
from greensupply.fragments import NO_BREAK_SPACE
from greensupply.locales import LANGUAGE_TAGS, SOURCE, words
from greensupply.model import Library, Module
from greensupply.written import PathwayFacts

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def module_card(library: Library, identifier: str, locale: str, site: Site) -> dict[str, Any]:
    """A module in short, as plain text, for lists and the home page; `url` is from the site's root.

    `lang` is the BCP 47 tag of its title and summary where they are not in `locale`, else empty.
    """
    shown = library.modules[identifier]
    text = shown.text(locale, SOURCE)
    say = words(locale)["page"]
    return {
        "id": identifier,
        "revision": shown.facts.revision,
        "draft": shown.draft,
        "title": text.facts.title,
        "summary": text.facts.summary,
        "lang": "" if text.locale == locale else LANGUAGE_TAGS[text.locale],
        "minutes": shown.facts.minutes,
        "minutes_text": duration(shown.facts.minutes, locale),
        "level_text": say["levels"][shown.facts.level],
        "questions": len(text.questions),
        "url": site.page(locale, f"modules/{identifier}"),
    }


def draft_notice(shown: Module, locale: str) -> str:
    """HTML that says, on the page of a draft, that readers do not see it; empty for any other module."""
    if not shown.draft:
        return ""
    say = words(locale)["page"]
    said = f"<strong>{escape(say['draft'])}.</strong> {escape(say['draft_note'])}"
    return f'<p class="gs-draft" lang="{LANGUAGE_TAGS[locale]}" data-search-exclude>{said}</p>'


def pathway_card(library: Library, chosen: PathwayFacts, locale: str, site: Site) -> dict[str, Any]:
    """A pathway in short, with its modules.

    `parts` are modules with the `sections` to read, each its id and its words; `electives` are modules with their
    `processes`.
    """
    return {
        "id": chosen.id,
        "title": chosen.title[locale],
        "summary": chosen.summary[locale],
        "url": site.page(locale, f"pathways/{chosen.id}"),
        "minutes_text": duration(pathway_minutes(library, chosen), locale),
        "modules": [module_card(library, name, locale, site) for name in chosen.modules],
        "parts": [
            {
                **module_card(library, part.module, locale, site),
                "minutes_text": duration(part.minutes, locale),
                "sections": [sections.heading(library.modules[part.module], name, locale) for name in part.sections],
            }
            for part in chosen.parts
        ],
        "electives": [
            {**module_card(library, each.module, locale, site), "processes": each.processes}
            for each in chosen.electives
        ],
    }


def pathway_minutes(library: Library, chosen: PathwayFacts) -> int:
    """Study time of a pathway without its electives."""
    whole = sum(library.modules[name].facts.minutes for name in chosen.modules)
    return whole + sum(part.minutes for part in chosen.parts)


def duration(minutes: int, locale: str) -> str:
    """Minutes as people say them: `45 min`, `2 h`, `1 h 30 min`."""
    say = words(locale)["page"]
    hours, rest = divmod(minutes, 60)
    form = "minutes" if not hours else "hours_minutes" if rest else "hours"
    return str(say[form].format(hours=hours, minutes=rest if hours else minutes)).replace(" ", NO_BREAK_SPACE)


def learning_words(tag: str, locale: str) -> dict[str, str]:
    """Words of a component that shows where a learner stands; the names of the states and times are the site's."""
    page = words(locale)["page"]
    times = {name: page[name] for name in ("minutes", "hours", "hours_minutes")}
    states = components.data("learning-status", "words.yml")[locale]
    own = components.data(tag, "words.yml")[locale]
    return {**times, **{f"state_{name}": text for name, text in states.items()}, **own}


def structured_data(library: Library, identifier: str, locale: str, site: Site) -> str:
    """A module as schema.org LearningResource, JSON that is safe inside a `<script>`.

    Source: schema.org/LearningResource; of its properties those that `module.yml` and the front matter know.
    """
    shown = library.modules[identifier]
    text = shown.text(locale, SOURCE)
    address = site.url + site.page(locale, f"modules/{identifier}")
    data = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "@id": address,
        "url": address,
        "identifier": identifier,
        "version": str(shown.facts.revision),
        "name": text.facts.title,
        "description": text.facts.summary,
        "inLanguage": LANGUAGE_TAGS[text.locale],
        "teaches": list(text.facts.objectives),
        "keywords": list(shown.facts.topics),
        "learningResourceType": "course module",
        "educationalLevel": shown.facts.level,
        "audience": [{"@type": "EducationalAudience", "educationalRole": role} for role in shown.facts.audience],
        "timeRequired": f"PT{shown.facts.minutes}M",
        "dateModified": shown.facts.reviewed.isoformat(),
        "isAccessibleForFree": True,
        "license": LICENCE,
        "provider": {"@type": "Organization", "name": words(locale)["site"]["name"]},
    }
    return json_for_script(data)


def json_for_script(data: Any) -> str:
    """JSON that cannot end or open a `<script>`. Source: QUALITY, *Threats and guards*."""
    text = json.dumps(data, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def front_matter(title: str, description: str, *, searched: bool = True) -> str:
    """Front matter of a page that we make, as the generator reads it; the search leaves out what is not `searched`."""
    values: dict[str, Any] = {"title": title, "description": description}
    if not searched:
        values["search"] = {"exclude": True}
    lines = (f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in values.items())
    return "\n".join(["---", *lines, "---"])
