"""Which translations say what the source says today, in one language -> the Markdown text of the page."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from greensupply import fragments, freshness
from greensupply.addresses import Site
from greensupply.cards import front_matter
from greensupply.freshness import Comparison, Section, State
from greensupply.locales import LANGUAGE_TAGS, LOCALES, SOURCE, language, number, words
from greensupply.model import Library, Module
from greensupply.stale_notes import source_link
from greensupply.written import HEAD

TRANSLATED = tuple(locale for locale in LOCALES if locale != SOURCE)


def text(library: Library, locale: str, site: Site) -> str:
    """Return the page as Markdown with front matter."""
    say = words(locale)["page"]["status"]
    page = _Page(library, locale, site)
    details = [part for module in library.modules.values() for part in page.details(module)]
    return "\n\n".join(
        [
            front_matter(say["title"], say["lead"]),
            f"<h1>{escape(say['title'])}</h1>",
            f'<p class="gs-summary">{escape(say["lead"])}</p>',
            page.table(),
            *([f"## {say['sections']}", *details] if details else []),
            f"<p>{escape(say['help'])}</p>",
        ]
    )


class _Page:
    """The page while it is written."""

    def __init__(self, library: Library, locale: str, site: Site) -> None:
        self.modules, self.locale, self.site = library.modules, locale, site
        self.say = words(locale)["page"]["status"]
        self.here = site.page(locale, "translation-status")
        self.compared = {name: dict(freshness.comparisons(module)) for name, module in library.modules.items()}

    def table(self) -> str:
        """One row a module, one column a language, the state in words."""
        names = "".join(
            f'<th scope="col">{escape(language(other, self.locale).capitalize())}</th>' for other in TRANSLATED
        )
        rows = "\n".join(self._row(module) for module in self.modules.values())
        return (
            "<div data-search-exclude>\n<table>\n"
            f'<thead>\n<tr><th scope="col">{escape(self.say["module"])}</th>{names}</tr>\n</thead>\n'
            f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
        )

    def _row(self, module: Module) -> str:
        cells = "".join(f"<td>{self._cell(module, other)}</td>" for other in TRANSLATED)
        return f'<tr><th scope="row">{self._module_link(module)}</th>{cells}</tr>'

    def _cell(self, module: Module, other: str) -> str:
        compared = self.compared[module.id].get(other)
        goal = self.site.link(self.here, self.site.page(other, f"modules/{module.id}"))
        said = escape(self._state(compared))
        return f'<a href="{escape(goal)}" hreflang="{LANGUAGE_TAGS[other]}">{said}</a>'

    def _state(self, compared: Comparison | None) -> str:
        if compared is None:
            return str(self.say[State.MISSING])
        count = compared.behind if compared.state is State.STALE else len(compared.of(State.UNSTAMPED))
        total = number(len(compared.standings), self.locale)
        return str(self.say[compared.state]).format(count=number(count, self.locale), total=total)

    def details(self, module: Module) -> Iterator[str]:
        """For each translation that is not up to date, its sections to look at."""
        for other, compared in sorted(self.compared[module.id].items()):
            if rows := list(self._rows(module, other, compared)):
                title = module.text(self.locale, SOURCE).facts.title
                heading = self.say["in_language"].format(module=title, language=language(other, self.locale))
                items = "\n".join(f"<li>{row}</li>" for row in rows)
                yield f"<div data-search-exclude>\n<h3>{escape(heading)}</h3>\n<ul>\n{items}\n</ul>\n</div>"

    def _rows(self, module: Module, other: str, compared: Comparison) -> Iterator[str]:
        for standing in compared.standings:
            if standing.state is State.FRESH:
                continue
            section = standing.translated
            name = self._link(module, other, section) if section else self._name(standing.source, SOURCE)
            said = self._said(f"is_{standing.state}", name)
            source = source_link(standing.source, self.say["source"], module.id, self.site, self.here)
            yield f"{said} {source}"
        for section in compared.gone:
            yield self._said("is_gone", self._link(module, other, section))

    def _said(self, key: str, section: str) -> str:
        """A sentence about a section; what is in its place is HTML."""
        return str(escape(self.say[key])).replace("{section}", section)

    def _link(self, module: Module, other: str, section: Section) -> str:
        anchor = f"#{section.key}" if section.level else ""
        goal = self.site.link(self.here, self.site.page(other, f"modules/{module.id}") + anchor)
        return f'<a href="{escape(goal)}" hreflang="{LANGUAGE_TAGS[other]}">{self._name(section, other)}</a>'

    def _name(self, section: Section, written: str) -> str:
        """What a section is called; its heading stands in the language that it is written in."""
        if not section.level:
            return escape(self.say["head" if section.key == HEAD else "opening"])
        heading = escape(fragments.plain(section.heading))
        if written == self.locale:
            return heading
        return f'<span lang="{LANGUAGE_TAGS[written]}">{heading}</span>'

    def _module_link(self, module: Module) -> str:
        shown = module.text(self.locale, SOURCE)
        goal = self.site.link(self.here, self.site.page(self.locale, f"modules/{module.id}"))
        lang = "" if shown.locale == self.locale else f' lang="{LANGUAGE_TAGS[shown.locale]}"'
        return f'<a href="{escape(goal)}"{lang}>{escape(shown.facts.title)}</a>'
