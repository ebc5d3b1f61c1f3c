"""Notes for readers of a translation: which of its sections no longer say what the source says, with a link there."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import escape

from greensupply import fragments, freshness
from greensupply.addresses import Site
from greensupply.freshness import Section, State
from greensupply.locales import LANGUAGE_TAGS, SOURCE, words
from greensupply.model import Module
from greensupply.written import HEAD


def notes(module: Module, locale: str, site: Site, here: str) -> Mapping[str, tuple[int, str]]:
    """Return the notes of a module's page by the translation's section, in order: line of its beginning, and HTML.

    That of the front matter, `.head`, also names the sections that are not translated at all. A module without the
    translation has none, as its page says so as a whole.
    """
    if locale == SOURCE or locale not in module.texts:
        return {}
    say = words(locale)["page"]["stale"]
    found = freshness.compare(module.texts[SOURCE], module.texts[locale])
    shown: dict[str, tuple[int, str]] = {}
    for standing in found.of(State.STALE):
        if section := standing.translated:
            said = escape(say["head_changed" if section.key == HEAD else "changed"])
            link = source_link(standing.source, say["read"], module.id, site, here)
            shown[section.key] = section.line, _note(f"<p>{said} {link}</p>")
    if missing := found.of(State.MISSING):
        links = [source_link(each.source, "", module.id, site, here) for each in missing]
        entries = "\n".join(f"<li>{link}</li>" for link in links)
        line, before = shown.get(HEAD, (1, ""))
        shown[HEAD] = line, before + _note(f"<p>{escape(say['missing'])}</p>\n<ul>\n{entries}\n</ul>")
    return dict(sorted(shown.items(), key=lambda entry: entry[1][0]))


def source_link(section: Section, text: str, identifier: str, site: Site, here: str) -> str:
    """A link from the page at `here` to a section of a module in the source language.

    Its words are `text`, in the reader's language; without any, the section's own heading.
    """
    tag = LANGUAGE_TAGS[SOURCE]
    anchor = f"#{section.key}" if section.level else ""
    goal = site.link(here, site.page(SOURCE, f"modules/{identifier}") + anchor)
    lang = "" if text else f' lang="{tag}"'
    return f'<a href="{escape(goal)}" hreflang="{tag}"{lang}>{escape(text or fragments.plain(section.heading))}</a>'


def _note(inner: str) -> str:
    return f'<div class="gs-stale" role="note" data-search-exclude>\n{inner}\n</div>\n'
