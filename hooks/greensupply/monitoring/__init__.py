"""`PublicOutcomes` + locale -> the monitoring pages beside the training page, and their files to take away.

Penetration of technical assistance, environmental results, and a report of each closed quarter. Only what passed the
gates (`outcome_disclosure.protect`, `disclosure.protect`) comes here, so that no page, chart or file can show more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup, escape

from greensupply.addresses import RESULTS, Site
from greensupply.cards import front_matter
from greensupply.completion import COUNTRIES
from greensupply.monitoring import closing
from greensupply.monitoring.downloads import COLUMNS, DICTIONARY, FILES, JSON, downloads, report_file
from greensupply.monitoring.environment import SECTIONS, Environment
from greensupply.monitoring.penetration import Penetration
from greensupply.monitoring.quarters import Quarter
from greensupply.monitoring.results import Monitoring, last_day, metric_definitions
from greensupply.monitoring.wording import Words
from greensupply.outcome_counts import BASELINED
from greensupply.results_page import FOLDER, beside, frame
from greensupply.results_page import closing as shared

__all__ = ["COLUMNS", "FILES", "Monitoring", "downloads", "metric_definitions", "places", "text"]

TRAINING, PENETRATION, ENVIRONMENT, QUARTERS = RESULTS
LONG = 9
"""Letters of a value that a tile shows large."""
IN_REPORT = " gs-in-report"
"""Of figures of a report, which on paper do without their tables: its own tables have the quarter's numbers."""


def places(monitoring: Monitoring) -> tuple[str, ...]:
    """Places of the pages, below a language's home."""
    reports = (f"{QUARTERS}/{quarter.lower()}" for quarter in monitoring.reported)
    return (PENETRATION, ENVIRONMENT, QUARTERS, *reports)


def text(monitoring: Monitoring, place: str, locale: str, site: Site) -> str:
    """Return one of the pages of a locale as Markdown with front matter."""
    words = Words(locale, {}, monitoring.catalogue)
    page = _Page(monitoring, words, place, site)
    if place == PENETRATION:
        parts = page.penetration()
    elif place == ENVIRONMENT:
        parts = page.environment()
    elif place == QUARTERS:
        parts = page.quarters()
    else:
        parts = page.quarter(place.rpartition("/")[2].upper())
    return "\n\n".join(parts) + "\n"


@dataclass(frozen=True)
class _Page:
    monitoring: Monitoring
    words: Words
    place: str
    site: Site

    @property
    def files(self) -> str:
        return self.site.link(self.site.page(self.words.locale, self.place), f"{FOLDER}/")

    def penetration(self) -> Iterator[str]:
        say = self.words.say
        yield from self._head(say["penetration_title"], say["penetration_description"], say["penetration_summary"])
        if not self._is_empty():
            figures = Penetration(self.monitoring, self.words, self.files)
            yield f"## {say['at_a_glance']}"
            yield self._as_of()
            yield self._tiles(figures.tiles())
            yield f"## {say['stages_over_time']}\n\n<p>{escape(say['stages_text'])}</p>"
            yield _grid(*figures.curves())
            yield f"## {say['from_assessment']}\n\n<p>{escape(say['from_assessment_text'])}</p>"
            yield _grid(figures.conversions(), figures.actions("count"), figures.actions("value"))
            head, *rows = figures.rates()
            yield frame.bare(head, rows)
            yield f'<p class="gs-note">{escape(say["rates_note"])}</p>'
            files = ("stages.csv", "actions.csv", "rates.csv", "plant-goals.csv", JSON, DICTIONARY)
            yield shared.downloads(files, self.files, self.words)
        codes = {found.code for found in self.monitoring.definitions}
        yield from self._closing({code for code in codes if not code.startswith("E") and code not in ("H16", "H17")})

    def environment(self) -> Iterator[str]:
        say = self.words.say
        yield from self._head(say["environment_title"], say["environment_description"], say["environment_summary"])
        if not self._is_empty():
            figures = Environment(self.monitoring, self.words, self.files)
            yield f"## {say['verified_title']}\n\n<p>{escape(say['verified_text'])}</p>"
            yield self._as_of()
            yield self._tiles(figures.tiles())
            yield _grid(figures.money(), *(figures.avoided_by_actions(measure) for measure in BASELINED))
            yield f"## {say['reported_title']}\n\n<p>{escape(say['reported_text'])}</p>"
            yield _grid(figures.coverage())
            for name in SECTIONS:
                yield f"### {say['sections'][name]}"
                yield _grid(*figures.section(name), level=4)
            yield f"## {say['complements_title']}\n\n<p>{escape(say['complements_text'])}</p>"
            yield from self._complements(figures)
            yield shared.downloads([name for name in FILES if name != "plant-goals.csv"], self.files, self.words)
        kept = ("H12", "H13", "H15", "H16", "H17", "P8")
        codes = {found.code for found in self.monitoring.definitions}
        yield from self._closing({code for code in codes if code.startswith("E") or code in kept})

    def quarters(self) -> Iterator[str]:
        say = self.words.say
        yield from self._head(say["quarters_title"], say["quarters_description"], say["quarters_summary"])
        if not self.monitoring.reported:
            yield f"## {say['no_data']}\n\n<p>{escape(say['no_data_text'])}</p>"
            return
        found = [
            Markup('<a href="{}">{}</a>').format(
                self._link(f"{QUARTERS}/{quarter.lower()}"), self.words.quarter(quarter)
            )
            for quarter in reversed(self.monitoring.reported)
        ]
        yield closing.items(found, "ul")

    def quarter(self, name: str) -> Iterator[str]:
        words, say, monitoring = self.words, self.words.say, self.monitoring
        title = say["quarter_title"].format(quarter=words.quarter(name))
        yield from self._head(title, say["quarter_description"], say["quarter_summary"])
        ended = say["quarter_ended"].format(quarter=words.quarter(name), date=words.day(last_day(name)))
        yield f'<p class="gs-as-of">{escape(ended)} {escape(self._days())}</p>'
        figures = Quarter(replace(monitoring, definitions=()), words, self.files, name)
        yield f"## {say['training_title']}"
        yield self._tiles(figures.training_tiles(), "quarter_tiles", linked=False)
        yield _grid(figures.training_chart(), kind=IN_REPORT)
        yield _table(*figures.training())
        yield f"## {say['penetration_title']}"
        yield self._tiles(figures.penetration.tiles(), linked=False)
        yield _grid(figures.penetration.curve(""), kind=IN_REPORT)
        yield _table(*figures.stages())
        yield f"## {say['environment_title']}"
        yield f"<p>{escape(' '.join(figures.covered(name)))}</p>"
        for heading, (head, rows) in (
            ("absolute", figures.quantities()),
            ("ratios", figures.ratios()),
            ("normalized", figures.changes()),
        ):
            yield f"### {say['tables'][heading]}"
            yield _table(head, rows) if rows else f"<p>{escape(say['too_small'])}</p>"
        if name == monitoring.latest:
            yield f"### {say['verified_title']}\n\n<p>{escape(say['so_far_note'])}</p>"
            verified = Environment(replace(monitoring, definitions=()), words, self.files)
            yield self._tiles(verified.tiles(), linked=False)
        yield f"## {say['counted']}"
        links = {
            name: Markup('<a href="{}">{}</a>').format(self._link(place), say[title])
            for name, place, title in (
                ("training", TRAINING, "training_title"),
                ("penetration", PENETRATION, "penetration_title"),
                ("environment", ENVIRONMENT, "environment_title"),
            )
        }
        yield f"<p>{escape(say['quarter_counted']).format(**links)}</p>"
        found = [
            Markup('<a href="{}{}" download>{}</a>').format(self.files, file, text_of)
            for file, text_of in (
                (report_file(name), say["quarter_file"].format(quarter=words.quarter(name))),
                (JSON, say["files"]["monitoring"]),
                (DICTIONARY, say["files"]["monitoring-dictionary"]),
            )
        ]
        yield f"## {say['downloads']}\n\n{closing.items(found, 'ul')}"

    def _head(self, title: str, description: str, summary: str) -> Iterator[str]:
        say = self.words.say
        yield front_matter(title, description)
        yield f"<h1>{escape(title)}</h1>"
        if self.monitoring.outcomes.demonstration or self.monitoring.training.tally.demonstration:
            yield (
                f'<div class="gs-demonstration" role="note">\n<p><strong>{escape(say["demonstration_title"])}</strong>'
                f"</p>\n<p>{escape(say['demonstration'])}</p>\n</div>"
            )
        yield f'<p class="gs-summary">{escape(summary)}</p>'
        yield beside.others(self.place, self.words.locale, self.site)

    def _is_empty(self) -> bool:
        return self.monitoring.as_of is None or self.monitoring.empty

    def _closing(self, codes: Iterable[str]) -> Iterator[str]:
        say = self.words.say
        if self._is_empty():
            yield f"## {say['no_data']}\n\n<p>{escape(say['no_data_text'])}</p>"
        wanted = set(codes)
        yield shared.counted([found for found in self.monitoring.definitions if found.code in wanted], self.words)
        yield closing.protected(self.words)
        yield closing.missing(self.words)
        yield closing.trace(self.words)

    def _as_of(self) -> str:
        return f'<p class="gs-as-of">{escape(self._days())}</p>'

    def _days(self) -> str:
        day = self.monitoring.as_of or self.monitoring.training.tally.as_of
        return str(self.words.say["as_of"].format(date=self.words.day(day))) if day else ""

    def _tiles(self, found: Iterable[tuple[str, str, str]], names: str = "plant_tiles", *, linked: bool = True) -> str:
        say, entries = self.words.say, []
        codes = {each.id: each.code for each in self.monitoring.definitions}
        for name, identifier, value in found:
            kind = "gs-withheld" if value == say["withheld"] else "gs-long" if len(value) > LONG else ""
            marked = f' class="{kind}"' if kind else ""
            code: str = codes.get(identifier, identifier if names == "quarter_tiles" else "")
            if linked:
                code = shared.counted_link(self.monitoring.definitions, identifier, self.words)
            entries.append(
                f"<div><dt>{escape(say[names][name])} {escape(code)}</dt><dd{marked}>{escape(value)}</dd></div>"
            )
        return '<dl class="gs-tiles gs-tiles-wide">\n' + "\n".join(entries) + "\n</dl>"

    def _complements(self, figures: Environment) -> Iterator[str]:
        words, say = self.words, self.words.say
        codes = frame.links(self.monitoring.definitions, ["complements"], words)
        yield codes
        for country in COUNTRIES:
            yield f"### {escape(words.countries((country,)))}"
            rows = figures.complements(country)
            names = ("complement", "year", "value", "plants", "as_of")
            head = [say["column"][name] for name in names]
            yield frame.bare(head, rows) if rows else f"<p>{escape(say['too_small'])}</p>"

    def _link(self, place: str) -> str:
        locale = self.words.locale
        return self.site.link(self.site.page(locale, self.place), self.site.page(locale, place))


def _grid(*panels: str, level: int = 3, kind: str = "") -> str:
    """Figures beside one another; below a heading of the third level their own are of the fourth."""
    panels = tuple(panel.replace("<h3 id=", f"<h{level} id=").replace("</h3>", f"</h{level}>") for panel in panels)
    return f'<div class="gs-figures{kind}">\n' + "\n".join(panels) + "\n</div>"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    return f'<div class="gs-report" data-search-exclude>\n{frame.bare(head, rows)}\n</div>'
