"""Each figure of the results page: its finding, its chart, the same numbers as a table, and the file to take away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from greensupply import charts, locales
from greensupply.charts import MEASURES, Caption
from greensupply.published import CEILING, FLOOR, PublicTally
from greensupply.results_page import frame
from greensupply.results_page.goals import Goal, next_of
from greensupply.results_page.results import Results
from greensupply.results_page.wording import Wording

ONE_WAY = ("country", "language", "delivery")
COUNTRIES = ("CA", "MX", "US")
_OF_TRAINING = ("trained", "core")
"""Measures whose goals are drawn here; a goal for assisted plants is of training and advice together (P2a)."""

_OF_PLANTS = ("trained-plants", "assisted-plants", "core-plants")


@dataclass(frozen=True)
class Panels:
    """The figures of one page.

    Attributes:
        results: What may be shown.
        words: The page's language.
        files: Address of the folder of downloads, relative to the page, with a slash at its end.
    """

    results: Results
    words: Wording
    files: str

    @property
    def tally(self) -> PublicTally:
        """The numbers."""
        return self.results.tally

    def series(self, name: str) -> str:
        """Learners by quarter or month."""
        words, say = self.words, self.words.say
        one = name.removesuffix("s")
        known = self.tally.quarters if name == "quarters" else self.tally.months
        caption = Caption(f"by-{one}", say["figures"][name], words.of_periods(known))
        drawn = sorted(known)[-charts.DRAWN[name] :]
        enough = any(known[period] is not None for period in drawn)
        chart = charts.columns(self.tally, name, caption, words.locale) if enough else ""
        notes = [say["withheld_note"]] if enough and any(known[period] is None for period in drawn) else []
        notes += [say["drawn_note"]] if len(known) > len(drawn) else []
        rows = [(locales.period(period, words.locale), words.count(known[period])) for period in sorted(known)]
        table = self._table((say["column"][one], say["column"]["people"]), rows)
        return self._panel(caption, chart, table, notes, f"learners-by-{one}", "learners-by-period")

    def by(self, name: str) -> str:
        """Learners by country, module, language or delivery."""
        words, say = self.words, self.words.say
        rows = self.tally.tables.get(name, ())
        caption = Caption(f"by-{name}", say["figures"][name], words.of_rows(name, rows) if rows else "")
        chart = ""
        if rows:
            chart = charts.rows(self.tally, name, lambda labels: words.group(name, labels), caption, words.locale)
        notes = [say["web_note"]] if name == "delivery" else []
        notes += [say["twice_note"]] if rows else []
        cells = [(words.group(name, row.labels), words.count(row.learners)) for row in rows]
        table = self._table((say["column"][name], say["column"]["people"]), cells)
        return self._panel(caption, chart, table, notes, f"learners-by-{name}", "learners-by-group")

    def trainers(self, name: str) -> str:
        """Certified and master trainers by country, or all people on the ladder by rung."""
        words, say = self.words, self.words.say
        rows = self.tally.tables.get(name, ())
        kind = name.removeprefix("trainer-")
        caption = Caption(f"trainers-{kind}", say["figures"][name], words.of_rows(name, rows) if rows else "")
        chart = ""
        if rows:
            chart = charts.rows(self.tally, name, lambda labels: words.group(name, labels), caption, words.locale)
        cells = [(words.group(name, row.labels), words.count(row.learners)) for row in rows]
        table = self._table((say["column"][kind], say["column"]["people"]), cells)
        return self._panel(caption, chart, table, [], f"trainers-by-{kind}", "trainers-by-group")

    def courses(self) -> Iterator[str]:
        """Train-the-trainer courses so far against the plan, and by country."""
        words, say, tally, plan = self.words, self.words.say, self.tally, self.results.plan
        column, notes = say["column"], [] if tally.courses else [say["no_courses"]]
        finding, chart, line = "", "", (0, 0, "")
        if tally.as_of and tally.delivered is not None:
            finding = say["courses_so_far"].format(
                date=locales.long_date(tally.as_of, words.locale), count=words.count(tally.delivered)
            )
        if plan:
            finding = f"{finding} {words.planned('plan', plan)}".strip()
            line = (plan.least, plan.most, words.planned("plan_line", plan))
        caption = Caption("courses", say["figures"]["courses"], finding)
        if tally.course_quarters:
            chart = charts.courses(tally, line, caption, words.locale)
            notes = [say["last_quarter_note"]]
            notes += [say["drawn_note"]] if len(tally.course_quarters) > charts.DRAWN["quarters"] else []
        rows = [(locales.period(name, words.locale), words.count(n)) for name, n in tally.course_quarters.items()]
        table = self._table((column["quarter"], column["courses"]), rows)
        yield self._panel(caption, chart, table, notes, "courses-by-quarter", "courses", otherwise="")
        by_country = [(words.label("country", name), count) for name, count in (tally.courses or {}).items()]
        told = [f"{name} ({words.count(count)})" for name, count in by_country]
        finding = f"{locales.listing(told, words.locale)}." if told else ""
        caption = Caption("courses-country", say["figures"]["courses-country"], finding)
        chart = charts.counted(by_country, caption, words.locale) if tally.delivered else ""
        table = self._table(
            (column["country"], column["courses-country"]), [(a, words.count(n)) for a, n in by_country]
        )
        notes = [] if tally.courses else [say["no_courses"]]
        yield self._panel(caption, chart, table, notes, "courses-by-country", "courses", otherwise="")

    def scores(self) -> str:
        """Mean scores by module."""
        words, say = self.words, self.words.say
        known = self.tally.scores
        caption = Caption("scores", say["figures"]["scores"], words.of_scores(known) if known else "")
        chart = ""
        if known:
            chart = charts.scores(self.tally, lambda labels: words.group("module", labels), caption, words.locale)
        cells = [
            (words.label("module", name), locales.percent(score / 100, words.locale)) for name, score in known.items()
        ]
        table = self._table((say["column"]["module"], say["column"]["score"]), cells)
        return self._panel(caption, chart, table, [], "learners-by-module", "mean-score")

    def curves(self) -> Iterator[str]:
        """Penetration of all plants, and of each country."""
        lines = [self.words.goal_line(goal) for goal in self._next_goals((*COUNTRIES, ""))]
        top = charts.top_of(self.tally, lines)
        for country in ("", *COUNTRIES):
            yield self._curve(country, top)

    def _curve(self, country: str, top: int) -> str:
        words, say, tally = self.words, self.words.say, self.tally
        quarters = sorted({quarter for place, quarter in tally.reach if place == country})
        goals = self._next_goals((country,))
        named = (
            say["figures"]["curve_of"].format(country=words.label("country", country))
            if country
            else say["figures"]["curve"]
        )
        finding = " ".join([words.of_curve(tally, country), *map(words.goal, goals)]).strip()
        caption = Caption(f"plants-{country.lower() or 'all'}", named, finding)
        shares = {measure: [tally.share(country, quarter, measure) for quarter in quarters] for measure in MEASURES}
        chart, notes = "", []
        if any(share is not None for values in shares.values() for share in values):
            lines = [words.goal_line(goal) for goal in goals]
            chart = charts.curve(tally, country, lines, say["measure"], top, caption, words.locale)
            notes = list(self._curve_notes(shares))
        column = say["column"]
        head = (column["quarter"], column["scope"], *(column[measure] for measure in MEASURES))
        rows = [
            (
                locales.period(quarter, words.locale),
                words.count(tally.reach[country, quarter].scope),
                *(
                    words.plants(
                        getattr(tally.reach[country, quarter], measure), tally.share(country, quarter, measure)
                    )
                    for measure in MEASURES
                ),
            )
            for quarter in quarters
        ]
        return self._panel(caption, chart, self._table(head, rows), notes, "penetration", *_OF_PLANTS)

    def _curve_notes(self, shares: Mapping[str, Sequence[int | None]]) -> Iterator[str]:
        words, say = self.words, self.words.say
        drawn = [values for values in shares.values() if any(share is not None for share in values)]
        if missing := [say["measure"][measure] for measure, values in shares.items() if values not in drawn]:
            yield say["no_line_note"].format(measures=locales.listing(missing, words.locale))
        if any(None in values for values in drawn):
            yield say["gap_note"]
        if any(share in (FLOOR, CEILING) for values in drawn for share in values):
            floor, ceiling = (locales.percent(end / 100, words.locale) for end in (FLOOR, CEILING))
            yield say["coded_note"].format(floor=floor, ceiling=ceiling)

    def _next_goals(self, countries: Iterable[str]) -> list[Goal]:
        if self.tally.as_of is None:
            return []
        wanted = [goal for goal in self.results.goals if goal.measure in _OF_TRAINING]
        return [goal for country in countries for goal in next_of(wanted, country, self.tally.as_of)]

    def _table(self, head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
        return frame.table(self.words, head, rows)

    def _panel(
        self,
        caption: Caption,
        chart: str,
        table: str,
        notes: Sequence[str],
        file: str,
        *definitions: str,
        otherwise: str | None = None,
    ) -> str:
        """One figure. Without a chart it says `otherwise`, or else that there is not enough data."""
        say = self.words.say
        if not chart:
            notes = [said for said in (say["too_small"] if otherwise is None else otherwise, *notes) if said]
        links = frame.links(self.results.definitions, definitions, self.words)
        return frame.panel(self.words, caption, (chart, frame.note(*notes), links, table), f"{self.files}{file}.csv")
