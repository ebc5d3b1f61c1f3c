"""The tools library in one language -> the Markdown text of its page."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from markupsafe import escape

from greensupply import components, glossary
from greensupply.addresses import Site
from greensupply.cards import front_matter
from greensupply.locales import LANGUAGE_TAGS, LOCALES, SOURCE, country, language, listing, long_date, number, words
from greensupply.model import Library
from greensupply.toolbox import COSTS, COUNTRIES, KINDS, ToolFacts
from greensupply.written import Trilingual

PLACE = "tools-library"
TAG = "tool-list"


def text(library: Library, locale: str, site: Site) -> str:
    """Return the page as Markdown with front matter."""
    say = components.words(TAG, locale)
    count = say["count"].format(count=number(len(library.tools), locale)) if library.tools else say["empty"]
    return "\n\n".join(
        [
            front_matter(say["title"], say["lead"]),
            f'<h1 id="tools-title">{escape(say["title"])}</h1>',
            f'<p class="gs-summary">{escape(say["lead"])}</p>',
            f"<p>{escape(say['how'])}</p>",
            f"<p>{escape(count)}</p>",
            *([cards(library, locale, site)] if library.tools else []),
        ]
    )


def cards(library: Library, locale: str, site: Site) -> str:
    """The tools by kind, as the component `tool-list`."""
    page = _Page(library, locale, site)
    spoken = {name: page.say[name] for name in ("found", "found_none")}
    return components.render(
        TAG,
        groups=list(page.groups()),
        filters=list(page.filters()),
        words=page.say,
        words_json=json.dumps(spoken, ensure_ascii=False),
        lang=LANGUAGE_TAGS[locale],
    )


class _Page:
    """The page while it is written."""

    def __init__(self, library: Library, locale: str, site: Site) -> None:
        self.library, self.locale, self.site = library, locale, site
        self.say: Mapping[str, str] = components.words(TAG, locale)
        self.here = site.page(locale, PLACE)

    def groups(self) -> Iterator[dict[str, Any]]:
        """Each kind that there is, with its tools as the language sorts their names."""
        for kind in KINDS:
            if some := [tool for tool in self.library.tools if tool.kind == kind]:
                some.sort(key=lambda tool: glossary.sorting(self._said(tool.name), self.locale))
                tools = [self._tool(tool) for tool in some]
                yield {"id": f"kind-{kind}", "label": self.say[f"kind_{kind}"], "tools": tools}

    def filters(self) -> Iterator[dict[str, Any]]:
        """What can be chosen, with the choices that at least one tool has."""
        yield self._filter("country", [(code, self._country(code)) for code in COUNTRIES])
        yield self._filter("language", [(code, self._language(code)) for code in LOCALES])
        modules = {name: self._module(name) for name in self.library.modules}
        yield self._filter("module", [(name, said["title"], said["lang"]) for name, said in modules.items()])
        yield self._filter("kind", [(kind, self.say[f"kind_{kind}"]) for kind in KINDS])
        yield self._filter("cost", [(cost, self.say[f"cost_{cost}"]) for cost in COSTS])

    def _filter(self, name: str, choices: Sequence[tuple[str, ...]]) -> dict[str, Any]:
        """A choice; each option is its value, its words, and their language if it is another."""
        held = {value for tool in self.library.tools for value in _values(tool)[name]}
        options = [
            {"value": value, "label": label, "lang": "".join(lang)} for value, label, *lang in choices if value in held
        ]
        return {"name": name, "label": self.say[name], "options": options}

    def _tool(self, tool: ToolFacts) -> dict[str, Any]:
        values = {name: " ".join(held) for name, held in _values(tool).items()}
        return {
            "id": tool.id,
            "kind": tool.kind,
            "cost": tool.cost,
            "countries": values["country"],
            "languages": values["language"],
            "module_ids": values["module"],
            "name": self._said(tool.name),
            "lang": self._tag(tool.lang),
            "purpose": tool.purpose[self.locale],
            "fit": self.say["fit"].format(fit=self.say[f"fit_{tool.fit}"]),
            "why": tool.why[self.locale],
            "said": list(self._facts(tool)),
            "modules": [self._module(name) for name in tool.modules if name in self.library.modules],
            "sources": list(self._sources(tool)),
        }

    def _facts(self, tool: ToolFacts) -> Iterator[dict[str, str]]:
        for name, said in (
            ("keeper", self._said(tool.keeper)),
            ("country", listing(map(self._country, tool.countries), self.locale)),
            ("language", listing(map(self._language, tool.languages), self.locale)),
            ("effort", self.say[f"effort_{tool.effort}"]),
            ("cost", self.say[f"cost_{tool.cost}"]),
            ("standing", self.say[f"standing_{tool.standing}"]),
            ("checked", long_date(tool.checked, self.locale)),
        ):
            yield {"label": self.say[name], "text": said[:1].upper() + said[1:]}

    def _sources(self, tool: ToolFacts) -> Iterator[dict[str, str]]:
        """The works that its facts rest on, in the order of the facts."""
        cited: dict[str, list[str]] = {}
        for fact in tool.facts:
            for key in self.library.sources.facts[fact].sources:
                cited.setdefault(key, []).append(fact)
        for key, facts in cited.items():
            source = self.library.sources.sources[key]
            yield {
                "title": self._said(source.title),
                "lang": self._tag(source.lang),
                "url": source.url or "",
                "details": f"{self._said(source.publisher)}, {self._said(source.year)}",
                "ids": words(self.locale)["page"]["facts"].format(ids=", ".join(facts)),
            }

    def _module(self, name: str) -> dict[str, str]:
        written = self.library.modules[name].text(self.locale, SOURCE)
        url = self.site.link(self.here, self.site.page(self.locale, f"modules/{name}"))
        return {"title": written.facts.title, "lang": self._tag(written.locale), "url": url}

    def _said(self, value: str | Trilingual) -> str:
        return value if isinstance(value, str) else value[self.locale]

    def _tag(self, locale: str | None) -> str:
        """BCP 47 tag of a text's language where it is not the page's, else empty."""
        return LANGUAGE_TAGS[locale] if locale and locale != self.locale else ""

    def _country(self, code: str) -> str:
        return self.say["country_INT"] if code == "INT" else country(code, self.locale)

    def _language(self, code: str) -> str:
        return language(code, self.locale)


def _values(tool: ToolFacts) -> Mapping[str, Sequence[str]]:
    """What a tool is found by: name of the choice -> its values."""
    return {
        "country": tool.countries,
        "language": tool.languages,
        "module": tool.modules,
        "kind": (tool.kind,),
        "cost": (tool.cost,),
    }
