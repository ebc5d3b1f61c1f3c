"""The page of environmental results: what plants use and give off, what they avoid, and what it saves (E1 to E15)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from greensupply import charts, units
from greensupply.charts import Caption
from greensupply.completion import COUNTRIES
from greensupply.monitoring.figures import Figures
from greensupply.monitoring.results import ALL
from greensupply.monitoring.wording import CLASSES
from greensupply.outcome_counts import BASELINED, QUARTERLY

SECTIONS = ("energy", "gases", "water", "waste", "material", "chemicals")
"""Sections of metrics, in the order of their codes."""


class Environment(Figures):
    """The figures of environmental results."""

    def tiles(self) -> Iterator[tuple[str, str, str]]:
        """Verified results first: name of a tile, id of its definition, and its value."""
        words, outcomes, latest = self.words, self.outcomes, self.monitoring.latest
        yield "saved", "saved", words.quantity(outcomes.value("saved", ALL, ""), "US$")
        yield "invested", "invested", words.quantity(outcomes.value("invested", ALL, ""), "US$")
        yield "payback", "payback", words.years(outcomes.payback(ALL))
        for measure in BASELINED[:4]:
            value = outcomes.value(f"avoided:{measure}", ALL, "")
            yield f"avoided-{measure}", "avoided-quantities", words.of_measure(value, measure)
        yield "coverage", "coverage", words.share(outcomes.coverage.get(("", latest)))

    def section(self, name: str) -> list[str]:
        """The figures of one section."""
        if name == "energy":
            figures = [self.quantity("energy", "e1"), self.intensities("energy", "e2"), self.change("energy")]
        elif name == "gases":
            figures = [self.quantity("scope-1", "e3"), self.quantity("scope-2", "e4"), self.quantity("ghg", "e3", "e4")]
            figures += [self.intensities("ghg", "e5"), self.change("ghg")]
        elif name == "water":
            figures = [self.quantity("water", "e6"), self.intensities("water", "e7"), self.change("water")]
        elif name == "waste":
            figures = [self.quantity("hazardous-waste", "e8"), self.quantity("nonhazardous-waste", "e9")]
            figures += [self.ratio("diversion", self.outcomes.diversion, ("reused", "recycled", "waste"), "e10")]
            figures += [self.quantity("energy-recovered"), self.intensities("waste"), self.change("waste")]
        elif name == "material":
            parts = ("material-in-product", "material-bought")
            figures = [self.ratio("material-yield", self.outcomes.material_yield, parts, "e11")]
        else:
            figures = [self.quantity("priority-chemicals", "e12"), self.intensities("priority-chemicals")]
            figures += [self.change("priority-chemicals"), self.quantity("voc", "e13")]
            figures += [self.intensities("voc"), self.change("voc")]
        return figures

    def avoided_by_actions(self, measure: str) -> str:
        """What implemented actions are expected to avoid in a year, apart from what was verified, and the goal."""
        words, say, outcomes, unit = self.words, self.say, self.outcomes, QUARTERLY[measure]
        names = (f"avoid:{measure}", f"avoided:{measure}")
        group = self.shown(names[1], [""]) if self.groups(names[1], "") else self.shown(names[0], [""])
        expected, verified = (outcomes.value(name, group, "") for name in names)
        finding = ""
        if verified is not None:
            finding = say["avoided_verified"].format(
                value=words.quantity(verified, unit), countries=words.countries(group)
            )
        goal = self.goal(f"avoided-{measure}") if group == ALL else None
        finding = f"{finding} {self.goal_said(goal)}".strip() if goal else finding
        caption = Caption(f"avoided-{measure}", say["avoided_of"].format(name=words.measure(measure)), finding)
        marks = [
            (say["kinds"][kind], value, words.quantity(value, unit), kind == "expected")
            for kind, value in (("verified", verified), ("expected", expected))
            if value is not None
        ]
        chart = ""
        if marks:
            if goal:
                label = say["goal_bar"].format(date=words.day(goal.by))
                marks.append((label, goal.amount, words.quantity(goal.amount, unit), True))
            chart = charts.beside(marks, caption)
        notes = [say["only_of"].format(countries=words.countries(group))] if chart and group != ALL else []
        head = [say["column"][name] for name in ("countries", "kind", "quantity", "plants")]
        head[2] = say["in_unit"].format(name=head[2], unit=words.unit(unit))
        head += [say["column"][name] for name in ("measured", "calculated", "estimated", "as_of")]
        rows = [
            (
                words.named(place),
                say["kinds"]["expected" if name == names[0] else "verified"],
                words.number(found.value),
                words.count(found.plants),
                *(self.shares(found) if name == names[1] else (say["kinds"]["none"],) * len(CLASSES)),
                words.short_day(found.as_of),
            )
            for name in reversed(names)
            for place in self.groups(name, "")
            for found in (outcomes.amounts[name, place, ""],)
        ]
        notes += [
            say["found_part"].format(
                countries=words.countries(place), plants=words.count(found.plants), classes=words.classes(found.classes)
            )
            + "."
            for place in self.groups(names[1], "")
            for found in (outcomes.amounts[names[1], place, ""],)
        ]
        codes = ("avoided-quantities", "expected-quantities", "data-quality")
        return self.panel(caption, chart, notes, (head, rows), "actions", codes)

    def money(self) -> str:
        """What was saved, what that cost, and what was expected of it (E15, P8)."""
        words, say, outcomes = self.words, self.say, self.outcomes
        group = self.shown("saved", [""])
        order = ("saved", "saving:verified", "saving:implemented", "invested")
        values = [(name, outcomes.value(name, group, "")) for name in order]
        saved = values[0][1]
        finding = ""
        if saved is not None:
            finding = say["money_saved"].format(
                value=words.quantity(saved, "US$"),
                countries=words.countries(group),
                payback=words.years(outcomes.payback(group)),
                share=words.percent(outcomes.realisation(group)),
            )
        goal = self.goal("saved") if group == ALL else None
        finding = f"{finding} {self.goal_said(goal)}".strip() if goal else finding
        caption = Caption("money", say["figures"]["money"], finding)
        marks = [
            (say["sums"][name], value, words.quantity(value, "US$"), name.startswith("saving"))
            for name, value in values
            if value is not None
        ]
        chart = ""
        if marks:
            if goal:
                label = say["goal_bar"].format(date=words.day(goal.by))
                marks.append((label, goal.amount, words.quantity(goal.amount, "US$"), True))
            chart = charts.beside(marks, caption)
        notes = [say["expected_note"], say["money_note"]] if chart else []
        notes += [say["only_of"].format(countries=words.countries(group))] if chart and group != ALL else []
        head = [say["column"][name] for name in ("countries", "kind", "money", "plants", "as_of")]
        rows = [
            (
                words.named(place),
                say["sums"][name],
                words.quantity(found.value, "US$"),
                words.count(found.plants),
                words.short_day(found.as_of),
            )
            for name in order
            for place in self.groups(name, "")
            for found in (outcomes.amounts[name, place, ""],)
        ]
        codes = ("saved", "invested", "payback", "expected-savings", "realisation")
        return self.panel(caption, chart, notes, (head, rows), "actions", codes)

    def coverage(self) -> str:
        """Of the enrolled plants of each country, those that report, quarter by quarter."""
        words, say, outcomes = self.words, self.say, self.outcomes
        places = ("", *COUNTRIES)
        quarters = self.since(lambda quarter: any((place, quarter) in outcomes.coverage for place in places))
        shares = {place or "all": [outcomes.coverage.get((place, quarter)) for quarter in quarters] for place in places}
        finding = " ".join(self.covered(quarters[-1])) if quarters else ""
        caption = Caption("coverage", say["figures"]["coverage"], finding)
        chart = ""
        if quarters:
            short = {name: say["short_country"][name] for name in shares}
            chart = charts.lines(quarters, shares, [], short, 100, caption, words.locale)
        names = [words.named((place,) if place else ALL) for place in places]
        rows = [
            (
                words.quarter(quarter),
                *(
                    words.plants(outcomes.reporting.get((p, quarter)), outcomes.coverage.get((p, quarter)))
                    for p in places
                ),
            )
            for quarter in quarters
        ]
        codes = ("reporting-plants", "coverage")
        return self.panel(caption, chart, [], ((say["column"]["quarter"], *names), rows), "stages", codes)

    def complements(self, country: str) -> list[tuple[str, ...]]:
        """What one country asks for besides, newest year first; never added to that of another country."""
        words, say = self.words, self.say
        rows: list[tuple[str, ...]] = []
        order = list(self.monitoring.catalogue.complements)
        found = self.outcomes.complements
        for name, year in sorted(found, key=lambda key: (order.index(key[0]) if key[0] in order else 99, -int(key[1]))):
            asked, amount = self.monitoring.catalogue.complements.get(name), found[name, year]
            if asked is None or asked.country != country:
                continue
            value = words.number(amount.value) if asked.unit == "1" else words.quantity(amount.value, asked.unit)
            if asked.kind == "yes-no":
                value = say["plants_say_yes"].format(count=words.count(int(amount.value)))
            elif asked.unit == "kg":  # the register of the United States is in pounds
                pounds = float(units.convert(Decimal(str(amount.value)), "kg", "lb"))
                value = f"{words.quantity(pounds, 'lb')} ({value})"
            rows.append(
                (asked.name[words.locale], year, value, words.count(amount.plants), words.short_day(amount.as_of))
            )
        return rows
