"""`PublicTally` + locale -> the Markdown text of the results page, and the files to take away.

Only what passed the gate (`disclosure.protect`) comes here, so that a page, a chart or a file cannot show more.
"""

from __future__ import annotations

from markupsafe import escape

from greensupply.addresses import Site
from greensupply.cards import front_matter
from greensupply.locales import long_date
from greensupply.published import PublicReach
from greensupply.results_page import beside, closing
from greensupply.results_page.downloads import FILES, downloads
from greensupply.results_page.panels import ONE_WAY, Panels
from greensupply.results_page.results import Definition, Results
from greensupply.results_page.wording import Wording

__all__ = ["FILES", "FOLDER", "Definition", "Results", "downloads", "text"]

FOLDER = "results/data"
"""Where the files to take away lie, from the site's root."""

_RATE = {
    "learners": "learners",
    "completions": "completions",
    "monthly": "training-rate",
    "monthly_100": "training-rate-per-100",
    "hours": "training-hours",
    "mexico": "mexican-focus",
    "pass_rate": "pass-rate",
    "instructors": "instructors",
}
_REACH = {
    "scope": "target-population",
    "trained": "trained-plants",
    "assisted": "assisted-plants",
    "core": "core-plants",
}
_CADRE = {
    "trainers": "trainers",
    "active_trainers": "active-trainers",
    "activation": "active-trainers",
    "courses": "courses",
}
"""Tiles of the resolution's two measures of success, and of the trainers -> the id of each one's definition."""


def text(results: Results, locale: str, site: Site) -> str:
    """Return the results page of a locale as Markdown with front matter."""
    words = Wording(locale, results.titles.get(locale, {}))
    say, tally = words.say, results.tally
    folder = site.link(site.page(locale, "results"), f"{FOLDER}/")
    parts = [front_matter(say["title"], say["description"]), f"<h1>{escape(say['title'])}</h1>"]
    if tally.demonstration:
        parts.append(
            f'<div class="gs-demonstration" role="note">\n<p><strong>{escape(say["demonstration_title"])}</strong>'
            f"</p>\n<p>{escape(say['demonstration'])}</p>\n</div>"
        )
    parts.append(f'<p class="gs-summary">{escape(say["summary"])}</p>')
    parts.append(beside.others("results", locale, site))
    if tally.as_of is None or tally.learners is None:
        parts += [f"## {say['no_data']}", f"<p>{escape(say['no_data_text'])}</p>"]
    else:
        up_to = say["as_of"].format(date=long_date(tally.as_of, locale))
        parts += [f"## {say['at_a_glance']}", f'<p class="gs-as-of">{escape(up_to)}</p>', *_tiles(results, words)]
        panels = Panels(results, words, folder)
        parts += [f"## {say['over_time']}", _grid(panels.series("quarters"), panels.series("months"))]
        parts += [f"## {say['who']}", _grid(*(panels.by(name) for name in ONE_WAY))]
        parts += [f"## {say['by_module']}", _grid(panels.by("module"), panels.scores())]
        parts += [f"## {say['penetration']}", f"<p>{escape(say['penetration_text'])}</p>", _grid(*panels.curves())]
        cadre = _grid(*map(panels.trainers, ("trainer-country", "trainer-rung")), *panels.courses())
        parts += [f"## {say['cadre']}", f"<p>{escape(say['cadre_text'])}</p>", cadre]
        parts.append(closing.downloads(FILES, folder, words))
    parts += [
        closing.counted(results.definitions, words),
        closing.protected(words),
        closing.missing(words),
        closing.trace(words),
    ]
    return "\n\n".join(parts) + "\n"


def _tiles(results: Results, words: Wording) -> list[str]:
    tally, say = results.tally, words.say
    latest = tally.latest
    values = {
        "learners": words.count(tally.learners),
        "completions": words.count(tally.completions),
        "monthly": words.rate(tally.monthly_rate),
        "monthly_100": words.rate(tally.monthly_rate_per_100),
        "hours": words.count(tally.hours),
        "mexico": words.share(tally.part("country", "MX")),
        "pass_rate": words.share(tally.pass_rate),
        "instructors": words.count(tally.instructors),
        "scope": words.count(tally.reach.get(("", latest), PublicReach()).scope),
        "trainers": words.count(tally.trainers),
        "active_trainers": words.count(tally.active_trainers),
        "activation": words.share(tally.activation),
        "courses": words.count(tally.delivered),
        **{measure: words.share(tally.share("", latest, measure)) for measure in ("trained", "assisted", "core")},
    }
    named = dict(say["tiles"])
    if results.plan:
        named["courses"] = words.planned("courses_planned", results.plan)
    parts = []
    for heading, tiles in (("rate", _RATE), ("reach", _REACH), ("cadre", _CADRE)):
        entries = []
        for name, identifier in tiles.items():
            withheld = ' class="gs-withheld"' if values[name] == say["withheld"] else ""
            link = closing.counted_link(results.definitions, identifier, words)
            entries.append(f"<div><dt>{escape(named[name])} {link}</dt><dd{withheld}>{escape(values[name])}</dd></div>")
        parts += [f"### {say[heading]}", '<dl class="gs-tiles">\n' + "\n".join(entries) + "\n</dl>"]
    return parts


def _grid(*panels: str) -> str:
    return '<div class="gs-figures">\n' + "\n".join(panels) + "\n</div>"
