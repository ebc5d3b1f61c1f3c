"""The page of technical assistance: plants contacted, assisted, assessed, acting, verified (P0 to P9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from greensupply import charts, locales
from greensupply.charts import Caption, GoalLine
from greensupply.monitoring.basis import Basis
from greensupply.monitoring.results import ALL
from greensupply.outcome_counts import STATUSES
from greensupply.published import CEILING, FLOOR
from greensupply.published_outcomes import PublicStages
from greensupply.results_page.goals import Goal, next_of

STAGES = ("contacted", "assisted", "assessed", "acting", "verified")
"""P1 to P5: what penetration is measured by, each contained in the one before."""

COUNTED = ("scope", "contacted", "enrolled", "assisted", "assessed", "acting", "verified")
CODES = ("contacted-plants", "assisted-plants", "assessed-plants", "acting-plants", "verified-plants")
PLACES = ("", *ALL)


@dataclass(frozen=True)
class Penetration(Basis):
    """The figures of penetration, up to a quarter.

    Attributes:
        until: The last quarter shown; empty for all.
    """

    until: str = ""

    @property
    def shown_quarters(self) -> list[str]:
        """Closed quarters, in order."""
        return [quarter for quarter in self.monitoring.quarters if not self.until or quarter <= self.until]

    def tiles(self) -> Iterator[tuple[str, str, str]]:
        """P0 to P9: name of a tile, id of its definition, and its value."""
        words, outcomes, latest = self.words, self.outcomes, max(self.shown_quarters, default="")
        stages = outcomes.stages.get(("", latest), PublicStages())
        yield "scope", "target-population", words.count(stages.scope)
        yield "enrolled", "enrolled-plants", words.count(stages.enrolled)
        for stage, code in zip(STAGES, CODES, strict=True):
            yield stage, code, words.share(outcomes.share("", latest, stage))
        yield "conversion", "conversion", words.share(outcomes.conversion("", latest))
        if not self.until or self.until == self.monitoring.latest:
            yield "implemented_count", "implementation", words.share(outcomes.implementation(ALL))
            yield "implemented_value", "implementation", words.share(outcomes.implementation(ALL, by="value"))
            yield "realisation", "realisation", words.percent(outcomes.realisation(ALL))
            yield "days_to_action", "days-to-action", words.days(outcomes.days_to_action)

    def curves(self) -> Iterator[str]:
        """Cumulative penetration of all plants, and of each country, with the goals."""
        shares = [
            self.outcomes.share(place, quarter, stage)
            for place in PLACES
            for quarter in self.shown_quarters
            for stage in STAGES
        ]
        top = charts.top_for([*shares, *(goal.share for place in PLACES for goal in self._goals(place))])
        for place in PLACES:
            yield self.curve(place, top)

    def curve(self, place: str, top: int | None = None) -> str:
        """Cumulative penetration of one country, or of all (empty)."""
        words, say, outcomes = self.words, self.say, self.outcomes
        quarters, goals = self.shown_quarters, self._goals(place)
        shares = {stage: [outcomes.share(place, quarter, stage) for quarter in quarters] for stage in STAGES}
        name = words.countries((place,) if place else ALL)
        said = [self._at_the_end(place, quarters), *(self._goal_said(goal, name) for goal in goals)]
        finding = " ".join(said).strip()
        caption = Caption(f"stages-{place.lower() or 'all'}", say["stages_of"].format(countries=name), finding)
        chart, notes = "", []
        if any(share is not None for values in shares.values() for share in values):
            lines = [
                GoalLine(
                    goal.measure,
                    goal.share,
                    say["goal_line"].format(
                        share=locales.percent(goal.share / 100, words.locale), measure=say["stage"][goal.measure]
                    ),
                )
                for goal in goals
            ]
            top = top or charts.top_for([*(one for all_ in shares.values() for one in all_), *(g.share for g in goals)])
            chart = charts.lines(quarters, shares, lines, say["stage"], top, caption, words.locale)
            notes = list(self.line_notes(shares, say["stage"]))
        head = (say["column"]["quarter"], *(say["column"][stage] for stage in COUNTED))
        rows = [(words.quarter(quarter), *self.stages(place, quarter)) for quarter in quarters]
        return self.panel(caption, chart, notes, (head, rows), "stages", ("target-population", *CODES))

    def stages(self, place: str, quarter: str) -> list[str]:
        """Plants of each stage at a quarter's end, with their share of the list."""
        found, words = self.outcomes.stages.get((place, quarter), PublicStages()), self.words
        cells = [words.count(found.scope)]
        for stage in COUNTED[1:]:
            cells.append(words.plants(getattr(found, stage), self.outcomes.share(place, quarter, stage)))
        return cells

    def conversions(self) -> str:
        """P6 over time: of the assessed plants of each country, those that act."""
        words, say, outcomes, quarters = self.words, self.say, self.outcomes, self.shown_quarters
        shares = {place or "all": [outcomes.conversion(place, quarter) for quarter in quarters] for place in PLACES}
        names = {place or "all": words.countries((place,) if place else ALL) for place in PLACES}
        last = max(quarters, default="")
        told = [(names[place], values[-1]) for place, values in shares.items() if values and values[-1] is not None]
        said = [say["of_country"].format(countries=name, share=words.share(share)) for name, share in told]
        finding = ""
        if said:
            finding = say["conversion_at"].format(
                quarter=words.quarter(last), shares=locales.listing(said, words.locale)
            )
        caption = Caption("conversion", say["figures"]["conversion"], finding)
        chart, notes = "", []
        if any(share is not None for values in shares.values() for share in values):
            short = {name: say["short_country"][name] for name in shares}
            chart = charts.lines(quarters, shares, [], short, 100, caption, words.locale)
            notes = list(self.line_notes(shares, short))
        head = (say["column"]["quarter"], *(words.named((place,) if place else ALL) for place in PLACES))
        rows = [
            (words.quarter(quarter), *(words.share(values[at]) for values in shares.values()))
            for at, quarter in enumerate(quarters)
        ]
        return self.panel(caption, chart, notes, (head, rows), "stages", ("conversion", "assessed-plants"))

    def actions(self, by: str) -> str:
        """P7: what was recommended, and how far it has come, by number or by what it is expected to save."""
        words, say, outcomes = self.words, self.say, self.outcomes
        kind, unit = ("count", "") if by == "count" else ("saving", "US$")
        group = self.shown(f"{kind}:identified", [""])
        values = [(status, outcomes.value(f"{kind}:{status}", group, "")) for status in STATUSES]
        rate = outcomes.implementation(group, by=by)
        finding = say["implemented"][by].format(share=words.share(rate), countries=words.countries(group))
        caption = Caption(f"actions-{by}", say["figures"][f"actions_{by}"], finding if rate is not None else "")
        chart = ""
        if any(value is not None for _, value in values):
            marks = [
                (say["status"][status], value, self._said(value, unit), status != "verified")
                for status, value in values
                if value is not None
            ]
            chart = charts.beside(marks, caption)
        notes = [say["contain_note"], *([say["expected_note"]] if by == "value" else [])] if chart else []
        if chart and group != ALL:
            notes.append(say["only_of"].format(countries=words.countries(group)))
        missing = [say["status"][status] for status, value in values if value is None]
        if chart and missing:
            notes.append(say["no_bar"].format(names=locales.listing(missing, words.locale)))
        head = [say["column"]["countries"], *(say["status"][status] for status in STATUSES)]
        rows = [
            (
                words.named(place),
                *(self._said(outcomes.value(f"{kind}:{status}", place, ""), unit) for status in STATUSES),
            )
            for place in self._places(f"{kind}:identified")
        ]
        codes = ("opportunities" if by == "count" else "expected-savings", "implementation")
        return self.panel(caption, chart, notes, (head, rows), "actions", codes)

    def rates(self) -> list[tuple[str, ...]]:
        """P6 to P8 and payback by country, the head first."""
        words, say, outcomes, latest = self.words, self.say, self.outcomes, self.monitoring.latest
        head = ("countries", "conversion", "implemented_count", "implemented_value", "realisation", "payback")
        rows = [tuple(say["column"][name] for name in head)]
        for place in PLACES:
            group = (place,) if place else ALL
            rows.append(
                (
                    words.named(group),
                    words.share(outcomes.conversion(place, latest)),
                    words.share(outcomes.implementation(group)),
                    words.share(outcomes.implementation(group, by="value")),
                    words.percent(outcomes.realisation(group)),
                    words.years(outcomes.payback(group)),
                )
            )
        return rows

    def line_notes(self, shares: dict[str, list[int | None]], names: dict[str, str]) -> Iterator[str]:
        """What has to be said of missing lines, gaps and coded ends."""
        words, say = self.words, self.say
        drawn = [values for values in shares.values() if any(share is not None for share in values)]
        if missing := [names[name] for name, values in shares.items() if values not in drawn]:
            yield say["no_line_note"].format(measures=locales.listing(missing, words.locale))
        if any(None in values for values in drawn):
            yield say["gap_note"]
        if any(share in (FLOOR, CEILING) for values in drawn for share in values):
            floor, ceiling = (locales.percent(end / 100, words.locale) for end in (FLOOR, CEILING))
            yield say["coded_note"].format(floor=floor, ceiling=ceiling)

    def _goals(self, place: str) -> list[Goal]:
        if self.monitoring.as_of is None:
            return []
        coming = next_of(self.monitoring.training.goals, place, self.monitoring.as_of)
        return [goal for goal in coming if goal.measure in STAGES]

    def _goal_said(self, goal: Goal, countries: str) -> str:
        form = self.say["goal_stage_country" if goal.country else "goal_stage"]
        share = locales.percent(goal.share / 100, self.words.locale)
        day, reached = self.words.day(goal.by), self.say["reached_stage"][goal.measure]
        return str(form.format(share=share, date=day, measure=reached, country=countries))

    def _at_the_end(self, place: str, quarters: Sequence[str]) -> str:
        """The last quarter in words; empty where it has not enough data."""
        words, say = self.words, self.say
        last = max(quarters, default="")
        shares = [
            say["share_of"].format(share=words.share(share), measure=say["reached_stage"][stage])
            for stage in STAGES
            if (share := self.outcomes.share(place, last, stage)) is not None
        ]
        if not shares:
            return ""
        return str(say["at_the_end"].format(quarter=words.quarter(last), shares=locales.listing(shares, words.locale)))

    def _said(self, value: float | None, unit: str) -> str:
        if not unit:
            return self.words.count(None if value is None else int(value))
        return self.words.quantity(value, unit)

    def _places(self, measure: str) -> Iterable[tuple[str, ...]]:
        groups = self.groups(measure, "")
        return ([ALL] if len(groups) > 1 else []) + groups
