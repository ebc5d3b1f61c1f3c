"""The same for the report of a quarter and for the training page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from published_figures import PLACES, STAGES
from said_figures import ALL, COMPARED, FOUND, INTENSITIES, MEASURES, NBSP, OWN, Rows, Said

CODES = ("P0", "P1", "H11", "P2a", "P3", "P4", "P5")


class Reports(Said):
    """One language."""

    def quarter_tiles(self, quarter: str) -> dict[str, str]:
        """Training in a quarter."""
        people, year, n = self.people, int(quarter[:4]), int(quarter[-1])
        before = f"{year}-Q{n - 1}" if n > 1 else f"{year - 1}-Q4"
        shares = {name: self.percent(people.share("", quarter, at)) for at, name in enumerate(REACHED, start=1)}
        return {
            "people": self.count(people.data["quarters"].get(quarter)),
            "people_before": self.count(people.data["quarters"].get(before)),
            **shares,
            "courses": self.count(people.data["course_quarters"].get(quarter)),
        }

    def reach(self, place: str, quarter: str) -> list[str]:
        """Plants on the list, and those that training reached, with their share."""
        counts = self.people.reach[place, quarter]
        shares = (self.both(counts[at], self.people.share(place, quarter, at)) for at in (1, 2, 3))
        return [self.count(counts[0]), *shares]

    def report(self, quarter: str) -> list[Rows]:
        """The tables of the report of a quarter, in order."""
        plants = self.plants
        stages = [self.stages(place, quarter) for place in PLACES]
        quantities: Rows = [
            (
                f"{code}*",
                self.place(group),
                self.quantity(found["value"], self.unit(name)),
                self.count(found["plants"]),
                self.classes(found["classes"]),
                self.day(found["as_of"]),
            )
            for name, (code, _) in MEASURES.items()
            for group in plants.groups(name, quarter)
            for found in (plants.amounts[name, group, quarter],)
        ]
        ratios: Rows = [
            (f"{code}*", self.percent(share))
            for code, name in (("E10 ", "diversion"), ("E11 ", "material-yield"))
            if (share := plants.ratio(name, ALL, quarter)) is not None
        ]
        ratios += [
            (f"{INTENSITIES.get(name, '')}*", f"{self.number(value)}{NBSP}{self.per(name, unit)}")
            for (name, unit, when), value in sorted(plants.intensities.items())
            if when == quarter
        ]
        return [
            [(self.place(group), *self.reach(of, quarter)) for group, of in zip(OWN, PLACES, strict=True)],
            [
                *(
                    (f"{code} *", *(each[at] for each in stages))
                    for at, (code, _) in enumerate(zip(CODES, STAGES, strict=True))
                ),
                ("P6 *", *self.conversions(quarter)),
            ],
            quantities,
            ratios,
            [row for name in COMPARED for row in self.changes(name, quarter, ("*",), self.unit(name))],
        ]

    def classes(self, found: dict[str, int]) -> str:
        """`measured 70%, calculated 20%, estimated 10%`."""
        said = zip("MCE", FOUND[self.locale], strict=True)
        return ", ".join(f"{word} {self.percent(found[name])}" for name, word in said if name in found) or self.none

    def training_tiles(self) -> dict[str, str]:
        """T1, T3, T5 to T8, and what is told beside them: name of each tile in `strings/*.yml` -> what it must say."""
        people, head = self.people, self.people.headline()
        shares = {name: self.percent(people.share("", people.latest, at)) for at, name in enumerate(REACHED, start=1)}
        return {
            "learners": self.count(head["learners"]),
            "completions": self.count(head["completions"]),
            "monthly": self.rate(head["monthly_rate"] or 0),
            "monthly_100": self.rate(head["monthly_rate_per_100_plants"] or 0),
            "hours": self.count(head["hours"]),
            "mexico": self.percent(people.mexico()),
            "pass_rate": self.percent(people.pass_rate()),
            "instructors": self.count(head["instructors"]),
            "scope": self.count(people.reach["", people.latest][0]),
            **shares,
            "trainers": self.count(head["trainers"]),
            "active_trainers": self.count(head["active_trainers"]),
            "activation": self.percent(people.activation()),
            "courses": self.count(head["courses"]),
        }

    def training(self) -> Iterator[tuple[str, Rows]]:
        """Id of each figure of the training page -> its rows."""
        data = self.people.data
        yield "by-quarter", [(self.quarter(name), self.count(n)) for name, n in sorted(data["quarters"].items())]
        yield "by-month", [(self.month(name), self.count(n)) for name, n in sorted(data["months"].items())]
        for name, rows in self.people.tables.items():
            yield (
                name.replace("trainer-", "trainers-") if "-" in name else f"by-{name}",
                [("*", self.count(n)) for _, n in rows],
            )
        yield "scores", [("*", self.exact(score)) for score in data["scores"].values()]
        for place in PLACES:
            quarters = sorted({quarter for _, quarter in self.people.reach})
            yield f"plants-{place.lower() or 'all'}", [(self.quarter(q), *self.reach(place, q)) for q in quarters]
        yield "courses", [(self.quarter(name), self.count(n)) for name, n in data["course_quarters"].items()]
        yield "courses-country", [(self.place((code,)), self.count(n)) for code, n in data["courses"].items()]

    def besides(self, goals: str) -> Iterator[tuple[str, list[str]]]:
        """Id of each figure -> figures that its sentences and chart may say besides those of its table.

        `goals`: the text of `records/goals.yml`.
        """
        plants, aims = self.plants, [self.exact(int(share)) for share in re.findall(r"share: (\d+)", goals)]
        ends, last = [self.exact(5), self.exact(95)], plants.quarters[-1]
        covered = [self.percent(share) for (of, _), share in plants.coverage.items() if not of]
        for place in PLACES:
            yield f"stages-{place.lower() or 'all'}", [*aims, *ends]
            yield f"plants-{place.lower() or 'all'}", [*aims, *ends]
        yield "conversion", ends
        yield "coverage", covered
        yield "courses", [*re.findall(r"(?:least|most): (\d+)", goals), self.count(self.people.headline()["courses"])]
        for name, kind in (("count", "count"), ("value", "saving")):
            yield f"actions-{name}", [self.percent(plants.implementation(ALL, kind))]
        sums = [self.money(plants.total(name, ALL, "")) for name in MONEY]
        yield "money", [*sums, self.years(plants.payback(ALL)), self.exact(plants.realisation(ALL))]
        behind = {name: list(self._behind(name)) for name in MEASURES}
        for name in MEASURES:
            totals = [plants.total(name, ALL, q) for q in plants.quarters]
            scaled = [float(f"{value:.3g}") / by for value in totals if value for by in (1, 1e3, 1e6)]
            people = [self.count(plants.total(name, ALL, last, "plants"))]
            yield f"quantity-{name}", [*map(self.number, scaled), *people, *covered]
        for name in COMPARED:
            yield (
                f"avoided-{name}",
                [self.number(plants.total(f"{kind}:{name}", ALL, "")) for kind in ("avoid", "avoided")],
            )
            compared = [plants.compared(name, ALL, q) for q in plants.quarters]
            changes = [self.exact(abs(one[3])) for one in compared if one[3] is not None]
            yield f"change-{name}", [*changes, *(self.number(one[2]) for one in compared), *behind[name], *covered]
            yield f"intensity-{name}", [*behind[name], *covered]
        yield "diversion", [said for name in ("reused", "recycled", "waste") for said in behind[name]]
        yield "material-yield", [said for name in MATERIAL for said in behind[name]]

    def _behind(self, name: str) -> Iterator[str]:
        """Plants behind a sum of the last quarter, and how it was found."""
        for group in self.plants.groups(name, self.plants.quarters[-1]):
            found = self.plants.amounts[name, group, self.plants.quarters[-1]]
            yield from (self.count(found["plants"]), *(self.percent(share) for share in found["classes"].values()))


MATERIAL = ("material-in-product", "material-bought")
MONEY = ("saved", "saving:verified", "saving:implemented", "invested")
REACHED = ("trained", "assisted", "core")
