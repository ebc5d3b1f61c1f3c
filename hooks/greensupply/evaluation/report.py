"""The skeleton of an evaluator's report, with the figures that are public now.

Its levels are Kirkpatrick's, as in curriculum 4.5. Every figure comes from what was published last, with its own day;
nothing here is counted, so the report tells no more than the site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from greensupply.catalogue import Catalogue
from greensupply.completion import COUNTRIES
from greensupply.evaluation.groups import JOIN
from greensupply.evaluation.sample import SAMPLE, Sample
from greensupply.evaluation.wording import words
from greensupply.monitoring.wording import Words
from greensupply.outcome_counts import BASELINED, QUARTERLY
from greensupply.published import PublicTally
from greensupply.published_outcomes import PublicOutcomes, PublicStages

ALL = tuple(COUNTRIES)
Line = tuple[str, str, str, date | None]
"""Code, what it is of, the figure in words, and the day that it is of."""


@dataclass(frozen=True)
class Report:
    """What the skeleton is made of.

    Attributes:
        people: What is public of people.
        plants: What is public of plants.
        catalogue: Names of what is measured.
        titles: Locale -> module -> its title.
        sample: What was drawn for meter checks.
        seed: By which.
    """

    people: PublicTally
    plants: PublicOutcomes
    catalogue: Catalogue
    titles: Mapping[str, Mapping[str, str]]
    sample: Sample
    seed: int

    @property
    def latest(self) -> str:
        """The last closed quarter of plants, or empty."""
        return max((quarter for _, quarter in self.plants.stages), default="")


def text(report: Report, locale: str) -> str:
    """Return the report in one language, as Markdown."""
    say = words(locale)["report"]
    said = Words(locale, report.titles.get(locale, {}), report.catalogue)
    parts = [f"# {say['title']}", *_head(report, said, say), *_questions(say)]
    chapters = {"1": [], "2": _learning(report, said), "3": _behaviour(report, said), "4": _results(report, said)}
    for level, lines in chapters.items():
        chapter = say["levels"][level]
        parts += [f"## {chapter['title']}", f"**{say['question']}** {chapter['question']}"]
        parts += [f"**{say['indicator']}** {chapter['indicator']}", f"**{say['when']}** {chapter['when']}"]
        named = [(code, say["figures"].get(name, name), value, day) for code, name, value, day in lines]
        parts += [f"### {say['present']}", _table(named, said, say) if named else say["no_figure"]]
        parts += [f"### {say['missing']}", *_items(chapter["missing"])]
        parts += [f"### {say['finding']}", say["to_write"]]
    parts += [f"## {say['quality_title']}", _table(list(_coverage(report, said, say)), said, say), say["quality_text"]]
    parts += [f"## {say['sample_title']}", *_sample(report, said, say)]
    for title in ("interviews_title", "attribution_title", "conclusions_title"):
        parts += [f"## {say[title]}", say[title.replace("title", "text")], say["to_write"]]
    return "\n\n".join(parts) + "\n"


def _head(report: Report, said: Words, say: Mapping[str, Any]) -> Iterator[str]:
    if report.people.demonstration or report.plants.demonstration:
        yield f"> **{words(said.locale)['demonstration']}**"
    days = {name: found.as_of for name, found in (("people", report.people), ("plants", report.plants))}
    for name, day in days.items():
        yield say[f"as_of_{name}"].format(date=said.day(day)) if day else say[f"nothing_{name}"]
    yield say["public_only"]


def _questions(say: Mapping[str, Any]) -> Iterator[str]:
    yield f"## {say['method_title']}"
    yield from _items(say["method"])
    yield say["to_write"]


def _items(texts: list[str]) -> Iterator[str]:
    yield "\n".join(f"- {text}" for text in texts)


def _table(lines: list[Line], said: Words, say: Mapping[str, Any]) -> str:
    head = f"| {' | '.join(say['head'])} |\n| --- | --- | --- | --- |"
    rows = (
        f"| {code} | {_cell(name)} | {_cell(value)} | {said.day(day) if day else say['no_day']} |"
        for code, name, value, day in lines
    )
    return "\n".join([head, *rows])


def _cell(content: str) -> str:
    """Text that is no Markdown and stays in its cell."""
    return content.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;").replace("\n", " ")


def _learning(report: Report, said: Words) -> list[Line]:
    people, day = report.people, report.people.as_of
    found: list[Line] = [
        ("H1", "learners", said.count(people.learners), day),
        ("T1", "rate", said.rate(people.monthly_rate), day),
        ("T3", "pass_rate", said.share(people.pass_rate), day),
        ("T7", "hours", said.count(people.hours), day),
        ("T8", "mexico", said.share(people.part("country", "MX")), day),
    ]
    scores = sorted(people.scores.items())
    return found + [("H5", f"{said.titles.get(name, name)}", said.share(score), day) for name, score in scores]


def _behaviour(report: Report, said: Words) -> list[Line]:
    people, day = report.people, report.people.as_of
    return [
        ("T5", "trainers", said.count(people.trainers), day),
        ("T6", "activation", said.share(people.activation), day),
        ("H10", "courses", said.count(people.delivered), day),
    ]


def _results(report: Report, said: Words) -> list[Line]:
    plants, quarter, day = report.plants, report.latest, report.plants.as_of
    stages = plants.stages.get(("", quarter), PublicStages())
    by_value = said.share(plants.implementation(ALL, by="value"))
    found: list[Line] = [("P0", "scope", said.count(stages.scope), day)]
    for code, stage in (("P1", "contacted"), ("P2a", "assisted"), ("P3", "assessed"), ("P4", "acting")):
        found.append((code, stage, said.plants(getattr(stages, stage), plants.share("", quarter, stage)), day))
    found += [
        ("P5", "verified", said.plants(stages.verified, plants.share("", quarter, "verified")), day),
        ("P6", "conversion", said.share(plants.conversion("", quarter)), day),
        ("P7", "implemented_count", said.share(plants.implementation(ALL)), _day(plants, "count:identified")),
        ("P7", "implemented_value", by_value, _day(plants, "saving:identified")),
        ("P8", "realisation", said.percent(plants.realisation(ALL)), _day(plants, "saved")),
        ("P9", "days", said.days(plants.days_to_action), _released(plants, "days-to-action")),
    ]
    for measure in BASELINED:
        when = _day(plants, f"{measure}@now", quarter)
        change = plants.change(measure, ALL, quarter)
        shown = said.change(None) if change is None else said.less_or_more(change)
        found.append(("E14c", f"{said.measure(measure)}, {_quarter(said, quarter)}", shown, when))
    for measure in BASELINED:
        value = plants.value(f"avoided:{measure}", ALL, "")
        name = said.say["avoided_of"].format(name=said.measure(measure))
        found.append(("E14v", name, said.quantity(value, QUARTERLY[measure]), _day(plants, f"avoided:{measure}")))
    money = (("E15", "saved"), ("E15i", "invested"))
    found += [
        (code, name, said.quantity(plants.value(name, ALL, ""), "US$"), _day(plants, name)) for code, name in money
    ]
    return [*found, ("E15p", "payback", said.years(plants.payback(ALL)), _day(plants, "saved"))]


def _quarter(said: Words, quarter: str) -> str:
    return said.quarter(quarter) if quarter else "-"


def _day(plants: PublicOutcomes, measure: str, period: str = "") -> date | None:
    """The oldest day of the rows that a sum over all countries is made of."""
    days = [found.as_of for (name, _, when), found in plants.amounts.items() if (name, when) == (measure, period)]
    return min(days, default=None)


def _released(plants: PublicOutcomes, name: str) -> date | None:
    return max(plants.released.get((name, (), ""), ()), default=None)


def _coverage(report: Report, said: Words, say: Mapping[str, Any]) -> Iterator[Line]:
    quarter, day = report.latest, report.plants.as_of
    yield "H12", say["figures"]["reporting"], said.count(report.plants.reporting.get(("", quarter))), day
    yield "H13", say["figures"]["coverage"], said.share(report.plants.coverage.get(("", quarter))), day
    for (measure, group, period), found in sorted(report.plants.amounts.items()):
        if period == quarter and found.classes and measure in QUARTERLY:
            yield "H16", f"{said.measure(measure)}, {said.countries(group)}", said.classes(found.classes), found.as_of


def _label(written: str, names: Mapping[str, str]) -> str:
    """A value of a stratum, or several joined, in words."""
    return " + ".join(names[name] for name in written.split(JOIN))


def _sample(report: Report, said: Words, say: Mapping[str, Any]) -> Iterator[str]:
    sample = report.sample
    drawn = sum(one.role == SAMPLE for one in sample.plants)
    yield say["sample_text"].format(
        drawn=said.count(drawn), frame=said.count(sum(sample.frame.values())), seed=report.seed
    )
    if sample.frame:
        head = f"| {' | '.join(say['strata'])} |\n| --- | --- | --- | --- |"
        rows = []
        for (country, size), number in sample.frame.items():
            place = f"{_label(country, say['countries'])} | {_label(size, say['sizes'])}"
            rows.append(f"| {place} | {said.count(number)} | {said.count(sample.taken[country, size])} |")
        yield "\n".join([head, *rows])
    yield say["to_write"]
