"""The report of one quarter: training, technical assistance and environmental results on one page to print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from greensupply.monitoring.basis import Basis
from greensupply.monitoring.penetration import COUNTED, PLACES, Penetration
from greensupply.monitoring.results import ALL, before
from greensupply.monitoring.wording import METRICS
from greensupply.outcome_counts import BASELINED, QUARTERLY
from greensupply.published import PublicReach
from greensupply.results_page.panels import Panels
from greensupply.results_page.wording import Wording

Table = tuple[list[str], list[tuple[str, ...]]]
_REACHED = ("trained", "assisted", "core")


@dataclass(frozen=True)
class Quarter(Basis):
    """The figures of one quarter; they link to no definition, as these stand on the other pages.

    Attributes:
        name: `2026-Q3`.
    """

    name: str = ""

    @property
    def penetration(self) -> Penetration:
        """Its technical assistance."""
        return Penetration(replace(self.monitoring, definitions=()), self.words, self.files, self.name)

    def training_tiles(self) -> Iterator[tuple[str, str, str]]:
        """People trained in the quarter and in the one before, and plants reached by its end: name, code and value."""
        words, tally, last = self.words, self.monitoring.training.tally, before(self.name, 1)
        yield "people", "H3", words.count(tally.quarters.get(self.name))
        yield "people_before", "H3", words.count(tally.quarters.get(last))
        for measure, code in zip(_REACHED, ("H6", "H18", "H7"), strict=True):
            yield measure, code, words.share(tally.share("", self.name, measure))
        yield "courses", "H10", words.count(tally.course_quarters.get(self.name))

    def training_chart(self) -> str:
        """People trained by quarter, up to this one."""
        results = self.monitoring.training
        known = {name: count for name, count in results.tally.quarters.items() if name <= self.name}
        until = replace(results, tally=replace(results.tally, quarters=known), definitions=())
        return Panels(until, Wording(self.words.locale, {}), self.files).series("quarters")

    def training(self) -> Table:
        """Plants reached by training at the quarter's end, by country."""
        words, say, tally = self.words, self.say, self.monitoring.training.tally
        head = [say["column"][name] for name in ("countries", "training_scope", "trained", "training_assisted", "core")]
        rows = []
        for place in PLACES:
            found = tally.reach.get((place, self.name), PublicReach())
            shares = (
                words.plants(getattr(found, each), tally.share(place, self.name, each))
                for each in ("trained", "assisted", "core")
            )
            rows.append((words.named((place,) if place else ALL), words.count(found.scope), *shares))
        return head, rows

    def stages(self) -> Table:
        """Plants of each stage at the quarter's end, one column for all and for each country."""
        words, column = self.words, self.say["column"]
        head = [column["stage"], *(words.named((place,) if place else ALL) for place in PLACES)]
        cells = [self.penetration.stages(place, self.name) for place in PLACES]
        rows: list[tuple[str, ...]] = [
            (f"{code} {column[stage]}", *(each[at] for each in cells))
            for at, (code, stage) in enumerate(zip(("P0", "P1", "H11", "P2a", "P3", "P4", "P5"), COUNTED, strict=True))
        ]
        conversions = (words.share(self.outcomes.conversion(place, self.name)) for place in PLACES)
        return head, [*rows, (f"P6 {column['conversion']}", *conversions)]

    def quantities(self) -> Table:
        """What plants used and gave off in the quarter, with plants behind it and how it was found."""
        words, say = self.words, self.say
        names = ("metric", "countries", "quantity", "plants", "found", "as_of")
        rows: list[tuple[str, ...]] = [
            (
                f"{METRICS.get(measure, '')} {words.measure(measure)}".strip(),
                words.named(group),
                words.of_measure(found.value, measure),
                words.count(found.plants),
                words.classes(found.classes) if found.classes else say["withheld"],
                words.short_day(found.as_of),
            )
            for measure in QUARTERLY
            for group in self.groups(measure, self.name)
            for found in (self.outcomes.amounts[measure, group, self.name],)
        ]
        return [say["column"][name] for name in names], rows

    def ratios(self) -> Table:
        """Diversion and material yield, and each intensity."""
        words, say, outcomes = self.words, self.say, self.outcomes
        rows: list[tuple[str, ...]] = []
        for code, name, share in (
            ("E10", "diversion", outcomes.diversion(ALL, self.name)),
            ("E11", "material-yield", outcomes.material_yield(ALL, self.name)),
        ):
            if share is not None:
                rows.append((f"{code} {say['figures'][name]}", words.share(share)))
        codes = {"energy": "E2", "ghg": "E5", "water": "E7"}
        for (measure, unit, quarter), value in sorted(outcomes.intensities.items()):
            if quarter == self.name:
                per = say["per"].format(unit=words.unit(QUARTERLY[measure]), output=say["outputs"].get(unit, unit))
                title = f"{say['intensity_of'].format(name=words.measure(measure))}, {per}"
                rows.append((f"{codes.get(measure, '')} {title}".strip(), f"{words.number(value)}\u00a0{per}"))
        return [say["column"][name] for name in ("metric", "value")], rows

    def changes(self) -> Table:
        """Used, expected at the intensity of the baseline year, avoided, and the normalized change."""
        words, say, outcomes = self.words, self.say, self.outcomes
        head = [
            say["column"][name]
            for name in ("metric", "countries", "plants", "used", "at_baseline", "avoided", "change")
        ]
        rows: list[tuple[str, ...]] = [
            (
                words.measure(measure),
                words.named(group),
                words.count(outcomes.amounts[f"{measure}@now", group, self.name].plants),
                words.of_measure(outcomes.value(f"{measure}@now", group, self.name), measure),
                words.of_measure(outcomes.value(f"{measure}@expected", group, self.name), measure),
                words.of_measure(self.avoided(measure, group, self.name), measure),
                words.change(outcomes.change(measure, group, self.name)),
            )
            for measure in BASELINED
            for group in self.groups(f"{measure}@now", self.name)
        ]
        return head, rows
