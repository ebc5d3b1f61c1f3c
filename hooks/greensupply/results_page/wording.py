"""What the results page says: names of groups, numbers, and the main finding of each chart in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from greensupply import locales
from greensupply.charts import MEASURES, GoalLine, coded
from greensupply.published import PublicRow, PublicTally
from greensupply.results_page.goals import CoursePlan, Goal

UNSTATED = ""
"""Label of the group whose records do not say."""


@dataclass(frozen=True)
class Wording:
    """How one language says it.

    Attributes:
        locale: The language.
        titles: Module -> its title.
    """

    locale: str
    titles: Mapping[str, str]

    @property
    def say(self) -> Mapping[str, Any]:
        """The strings of the page."""
        said: Mapping[str, Any] = locales.words(self.locale)["results"]
        return said

    def label(self, table: str, label: str) -> str:
        """One group of a table."""
        if label == UNSTATED:
            return str(self.say["unstated"])
        if table in ("country", "trainer-country"):
            return locales.country(label, self.locale)
        if table == "trainer-rung":
            return str(self.say["rung"][label])
        if table == "language":
            return locales.language(label, self.locale)
        return str(self.say["delivery"].get(label, label)) if table == "delivery" else self.titles.get(label, label)

    def group(self, table: str, labels: Sequence[str]) -> str:
        """One group, or several that were merged: `Other: Canada and United States`."""
        names = self.names(table, labels)
        return names if len(labels) == 1 else str(self.say["other"].format(names=names))

    def names(self, table: str, labels: Sequence[str]) -> str:
        """The groups of a row: `Canada and United States`."""
        return locales.listing((self.label(table, label) for label in labels), self.locale)

    def count(self, number: int | None) -> str:
        """A number of people or plants, or that there is not enough data."""
        return str(self.say["withheld"]) if number is None else locales.number(number, self.locale)

    def share(self, percent: int | None) -> str:
        """A published percentage, or that there is not enough data."""
        return str(self.say["withheld"]) if percent is None else coded(percent, self.locale)

    def rate(self, value: float | None) -> str:
        """A rate: whole numbers from 10 on, else one decimal."""
        if value is None:
            return str(self.say["withheld"])
        return locales.number(Decimal(str(round(value) if value >= 10 else round(value, 1))), self.locale)

    def plants(self, reached: int | None, percent: int | None) -> str:
        """Plants with their share: `120 (31%)`."""
        return self.count(reached) + (f" ({self.share(percent)})" if percent is not None else "")

    def of_rows(self, table: str, rows: Sequence[PublicRow]) -> str:
        """The finding of a table by one property; those whose records do not say are no group to compare."""
        ranked = sorted((row for row in rows if row.labels != (UNSTATED,)), key=lambda row: -row.learners)
        named = [(self.names(table, row.labels), self.count(row.learners)) for row in ranked]
        return self._extremes("most_and_least", named)

    def of_scores(self, scores: Mapping[str, int]) -> str:
        """The finding of the mean scores."""
        ranked = sorted(scores.items(), key=lambda item: -item[1])
        named = [(self.label("module", module), locales.percent(score / 100, self.locale)) for module, score in ranked]
        return self._extremes("highest_and_lowest", named)

    def of_periods(self, periods: Mapping[str, int | None]) -> str:
        """The finding of a series of quarters or months."""
        known = {name: count for name, count in periods.items() if count is not None}
        if not known:
            return str(self.say["all_withheld"])
        last, best = max(periods), max(known, key=lambda name: (known[name], name))
        form = "last_is_best" if last == best else "last_and_best" if last in known else "last_withheld"
        return str(
            self.say[form].format(
                last=locales.period(last, self.locale),
                last_count=self.count(periods[last]),
                best=locales.period(best, self.locale),
                best_count=self.count(known[best]),
            )
        )

    def of_curve(self, tally: PublicTally, country: str) -> str:
        """The finding of a penetration chart; empty where its last quarter has not enough data."""
        quarter = max((quarter for place, quarter in tally.reach if place == country), default="")
        shares = [
            self.say["share_of"].format(share=self.share(share), measure=self.say["reached"][measure])
            for measure in MEASURES
            if (share := tally.share(country, quarter, measure)) is not None
        ]
        if not shares:
            return ""
        return str(
            self.say["at_the_end"].format(
                quarter=locales.period(quarter, self.locale), shares=locales.listing(shares, self.locale)
            )
        )

    def goal(self, goal: Goal) -> str:
        """A goal in a sentence."""
        share = locales.percent(goal.share / 100, self.locale)
        form = "goal_country" if goal.country else "goal"
        country = locales.country(goal.country, self.locale) if goal.country else ""
        day = locales.long_date(goal.by, self.locale)
        return str(
            self.say[form].format(share=share, measure=self.say["reached"][goal.measure], date=day, country=country)
        )

    def goal_line(self, goal: Goal) -> GoalLine:
        """A goal as a chart calls it."""
        share = locales.percent(goal.share / 100, self.locale)
        text = self.say["goal_line"].format(share=share, measure=self.say["measure"][goal.measure])
        return GoalLine(goal.measure, goal.share, text)

    def planned(self, form: str, plan: CoursePlan) -> str:
        """A sentence or line about the plan of courses: of two numbers, or of one where they are the same."""
        form = form if plan.least < plan.most else {"courses_planned": "courses_one"}.get(form, f"{form}_one")
        words = self.say["tiles"] if form.startswith("courses") else self.say
        least, most = locales.number(plan.least, self.locale), locales.number(plan.most, self.locale)
        return str(words[form].format(least=least, most=most, date=locales.long_date(plan.by, self.locale)))

    def _extremes(self, form: str, ranked: Sequence[tuple[str, str]]) -> str:
        (most, most_count), (least, least_count) = ranked[0], ranked[-1]
        words = {"most": most, "most_count": most_count, "least": least, "least_count": least_count}
        if len(ranked) == 1 or most_count == least_count:
            form = "only_one" if len(ranked) == 1 else "all_alike"
        return str(self.say[form].format(**words))
