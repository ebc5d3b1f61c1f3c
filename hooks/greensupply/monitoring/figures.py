"""Figures of quantities: each with its chart, its table, how its values were found, and how many plants are behind."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from markupsafe import escape

from greensupply import charts
from greensupply.charts import Caption
from greensupply.monitoring.basis import Basis, Group
from greensupply.monitoring.results import ALL, before
from greensupply.monitoring.wording import scale
from greensupply.outcome_counts import QUARTERLY


class Figures(Basis):
    """The figures of quantities of one page."""

    def quantity(self, measure: str, *definitions: str) -> str:
        """What all plants that report use or produce, quarter by quarter (absolute)."""
        words, say, unit = self.words, self.say, QUARTERLY[measure]
        quarters = self.since(lambda quarter: self.groups(measure, quarter))
        group = self.shown(measure, quarters)
        values = [self.outcomes.value(measure, group, quarter) for quarter in quarters]
        finding = self._finding(measure, group, quarters, values)
        caption = Caption(f"quantity-{measure}", words.measure(measure), finding)
        chart, notes = self.columns(quarters, values, unit, group, caption)
        head = ("quarter", "countries", "plants", "measured", "calculated", "estimated", "as_of")
        names = [say["column"][name] for name in head]
        names.insert(2, say["in_unit"].format(name=say["column"]["quantity"], unit=words.unit(unit)))
        rows = [
            (
                words.quarter(quarter),
                words.named(countries),
                words.number(found.value),
                words.count(found.plants),
                *self.shares(found),
                words.short_day(found.as_of),
            )
            for quarter in quarters
            for countries in self.groups(measure, quarter)
            for found in (self.outcomes.amounts[measure, countries, quarter],)
        ]
        quality = self.quality(measure, max(quarters, default=""))
        return self.panel(
            caption, chart, [*notes, *quality], (names, rows), "quantities", (*definitions, "data-quality", "coverage")
        )

    def change(self, measure: str) -> str:
        """Less or more than at the intensity of each plant's baseline year (normalized), and the avoided quantity."""
        words, say, outcomes = self.words, self.say, self.outcomes
        now, expected = f"{measure}@now", f"{measure}@expected"
        quarters = self.since(lambda quarter: self.groups(now, quarter) and self.groups(expected, quarter))
        group = self.shown(now, quarters)
        values = [outcomes.change(measure, group, quarter) for quarter in quarters]
        goal = self.goal(f"change-{measure}") if group == ALL else None
        finding = ""
        if quarters and values[-1] is not None:
            avoided = self.avoided(measure, group, quarters[-1])
            form = say["changed"] if avoided is None or avoided >= 0 else say["changed_more"]
            finding = form.format(
                quarter=words.quarter(quarters[-1]),
                countries=words.countries(group),
                change=words.less_or_more(values[-1]),
                avoided=words.of_measure(None if avoided is None else abs(avoided), measure),
            )
        rules = [(float(goal.share), say["goal_change"].format(share=words.change(goal.share)))] if goal else []
        finding = f"{finding} {self.goal_said(goal)}".strip() if goal else finding
        title = say["change_of"].format(name=words.measure(measure))
        caption = Caption(f"change-{measure}", title, finding)
        chart, notes = "", []
        if any(value is not None for value in values):
            found = [(name, value, words.change(value)) for name, value in zip(quarters, values, strict=True)]
            chart = charts.trend(found, caption, words.locale, rules)
            notes = [say["change_note"], *self.gaps(found)]
        head = [say["column"][name] for name in ("quarter", "countries", "plants", "used", "at_baseline", "avoided")]
        head = [
            *head[:3],
            *(say["in_unit"].format(name=name, unit=words.unit(QUARTERLY[measure])) for name in head[3:]),
            say["column"]["change"],
        ]
        rows = [
            (
                words.quarter(quarter),
                words.named(countries),
                words.count(outcomes.amounts[now, countries, quarter].plants),
                words.number(outcomes.amounts[now, countries, quarter].value),
                words.number(outcomes.value(expected, countries, quarter)),
                words.number(self.avoided(measure, countries, quarter)),
                words.change(outcomes.change(measure, countries, quarter)),
            )
            for quarter in quarters
            for countries in self.groups(now, quarter)
        ]
        quality = self.quality(measure, max(quarters, default=""))
        codes = ("compared-quantities", "normalized-change", "data-quality", "coverage")
        return self.panel(caption, chart, [*notes, *quality], (head, rows), "changes", codes)

    def intensities(self, measure: str, *definitions: str) -> str:
        """What goes into one unit of output, with a chart for each way to say how much a plant made."""
        words, say, outcomes = self.words, self.say, self.outcomes
        known = {unit for name, unit, _ in outcomes.intensities if name == measure}
        units = [unit for unit in self.monitoring.catalogue.outputs if unit in known] or sorted(known)
        dated = {quarter for name, _, quarter in outcomes.intensities if name == measure}
        quarters = self.since(dated.__contains__)
        per = {
            unit: say["per"].format(unit=words.unit(QUARTERLY[measure]), output=say["outputs"].get(unit, unit))
            for unit in units
        }
        title = say["intensity_of"].format(name=words.measure(measure))
        drawn, gaps = [], list[str]()
        for unit in units:
            values = [outcomes.intensities.get((measure, unit, quarter)) for quarter in quarters]
            finding = say["last_value"].format(
                quarter=words.quarter(quarters[-1]), value=self._per(values[-1], per[unit])
            )
            earlier = outcomes.intensities.get((measure, unit, before(quarters[-1], 4)))
            if earlier is not None:
                finding += " " + say["year_earlier"].format(value=self._per(earlier, per[unit]))
            own = Caption(f"intensity-{measure}-{unit.replace(' ', '-')}", f"{title}, {per[unit]}", finding)
            found = [(name, value, words.number(value)) for name, value in zip(quarters, values, strict=True)]
            gaps += [note for note in self.gaps(found) if note not in gaps]
            chart = charts.trend(found, own, words.locale)
            drawn.append(f"<div>\n<h5>{escape(per[unit])}</h5>\n<p>{escape(finding)}</p>\n{chart}\n</div>")
        rows = [
            (words.quarter(name), *(words.number(outcomes.intensities.get((measure, unit, name))) for unit in units))
            for name in quarters
        ]
        chart = '<div class="gs-multiples">\n' + "\n".join(drawn) + "\n</div>" if drawn else ""
        quality = self.quality(measure, quarters[-1]) if quarters else []
        head = (say["column"]["quarter"], *per.values())
        codes = (*definitions, "data-quality", "coverage")
        caption = Caption(f"intensity-{measure}", title, "")
        return self.panel(caption, chart, [*gaps, *quality], (head, rows), "intensities", codes)

    def ratio(
        self, name: str, of: Callable[[Iterable[str], str], int | None], measures: Sequence[str], *definitions: str
    ) -> str:
        """A percentage of two sums, quarter by quarter, with each country beside it."""
        words, say = self.words, self.say
        places: list[Group] = [ALL, *((code,) for code in ALL)]
        quarters = self.since(lambda quarter: any(of(place, quarter) is not None for place in places))
        group = next((place for place in places if any(of(place, quarter) is not None for quarter in quarters)), ALL)
        found = [(quarter, value, words.share(value)) for quarter in quarters for value in (of(group, quarter),)]
        finding = ""
        if found:
            finding = say["last_in"].format(
                quarter=words.quarter(quarters[-1]), countries=words.countries(group), value=found[-1][2]
            )
        caption = Caption(name, say["figures"][name], finding)
        chart, notes = "", []
        if found:
            chart, notes = charts.trend(found, caption, words.locale), list(self.gaps(found))
        head = (say["column"]["quarter"], *map(words.named, places))
        rows = [
            (words.quarter(quarter), *(words.share(of(place, quarter)) for place in places)) for quarter in quarters
        ]
        for measure in measures:
            notes += self.quality(measure, max(quarters, default=""), named=True)
        codes = (*definitions, "data-quality", "coverage")
        return self.panel(caption, chart, notes, (head, rows), "ratios", codes)

    def columns(
        self,
        quarters: Sequence[str],
        values: Sequence[float | None],
        unit: str,
        group: Group,
        caption: Caption,
    ) -> tuple[str, list[str]]:
        """A chart of quantities and what has to be said of it; empty where there is nothing to draw."""
        words, say = self.words, self.say
        if all(value is None for value in values):
            return "", []
        by = scale(values)
        found = [
            (name, value, words.number(None if value is None else float(f"{value:.3g}") / by))
            for name, value in zip(quarters, values, strict=True)
        ]
        sized = say["scales"][by].format(unit=words.unit(unit))
        notes = [say["drawn_in"].format(unit=sized, countries=words.countries(group))]
        return charts.trend(found, caption, words.locale), [*notes, *self.gaps(found)]

    def _per(self, value: float | None, unit: str) -> str:
        return str(self.say["withheld"]) if value is None else f"{self.words.number(value)}\u00a0{unit}"

    def _finding(self, measure: str, group: Group, quarters: Sequence[str], values: Sequence[float | None]) -> str:
        """The last number, how many plants are behind it, and the one of a year earlier."""
        words, say = self.words, self.say
        if not quarters:
            return ""
        last = quarters[-1]
        behind = sum(
            found.plants
            for (name, countries, when), found in self.outcomes.amounts.items()
            if (name, when) == (measure, last) and set(countries) <= set(group)
        )
        finding = say["last_quantity"].format(
            quarter=words.quarter(last),
            countries=words.countries(group),
            value=words.of_measure(values[-1], measure),
            plants=words.count(behind),
        )
        earlier = self.outcomes.value(measure, group, before(last, 4))
        if earlier is not None:
            finding += " " + say["year_earlier"].format(value=words.of_measure(earlier, measure))
        return str(finding)
