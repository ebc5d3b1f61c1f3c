"""Pages of one language -> the script that hands their words to the search. One file per language, nothing else in it.

The search itself (`components/site-search`) makes its index from these words in the learner's browser, when the search
is first opened: so no other language's words are fetched, and the build needs no second program.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from greensupply import tags
from greensupply.search_index import reading
from greensupply.search_index.reading import Section

__all__ = ["EVENT", "Entry", "Section", "entry", "read", "script", "written"]

EVENT = "greensupply:search-index"
"""The event whose `detail` holds the words; `site-search.js` waits for it."""


@dataclass(frozen=True)
class Entry:
    """A page that can be found; `url` is from the site's root."""

    title: str
    url: str
    sections: tuple[Section, ...]


def entry(title: str, url: str, text: tags.Text, locale: str) -> Entry:
    """Return what can be found of a page.

    Left out are answers, choices and hints of questions, menus and buttons, and whatever is inside an element with
    `data-search-exclude` or `hidden`. A term with an id (`<dt>`, or the first in an element with one) is a section.

    Arguments:
        title: The page's title, plain text.
        url: Its address from the site's root.
        text: Its content, taken apart, without what the theme puts around it.
        locale: The page's language.
    """
    sections = reading.sections(text, locale)
    if sections and sections[0].heading == reading.line(title):  # the title again, in the head of a calculator
        sections[0] = replace(sections[0], heading="", anchor="")
    return Entry(reading.line(title), url, tuple(sections))


def written(found: Entry) -> str:
    """An entry as JSON, which `read` takes."""
    return json.dumps([found.title, found.url, [_written(part) for part in found.sections]])


def read(text: str) -> Entry:
    """An entry from what `written` made of it."""
    title, url, sections = json.loads(text)
    return Entry(title, url, tuple(Section(*part) for part in sections))


def script(entries: Iterable[Entry], abbreviations: Mapping[str, str] | None = None) -> str:
    """Return the text of `search/<locale>.js`; the same pages give the same bytes.

    Arguments:
        entries: The pages of one language.
        abbreviations: Short form -> the term it stands for, in that language.
    """
    pages = [
        [page.title, page.url, [_written(part) for part in page.sections]]
        for page in sorted(entries, key=lambda page: page.url)
    ]
    data = {"pages": pages, "short": sorted((abbreviations or {}).items())}
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return f'document.dispatchEvent(new CustomEvent("{EVENT}",{{detail:{text}}}))\n'


def _written(part: Section) -> list[str]:
    return [part.heading, part.anchor, part.text, *([part.other] if part.other else [])]
