"""The results in plants once more, in plain Python and by another way: one loop after the other over all rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from greensupply import assessment
from greensupply.assessment import Assessment, Line, Measurement, Opportunity, Withdrawal
from greensupply.catalogue import Catalogue
from greensupply.completion import Completion
from greensupply.outcome_counts import BASELINED, Amount, Outcomes, Stages
from greensupply.plants import Plant

COUNTRIES = ("CA", "MX", "US")
STATUSES = ("identified", "committed", "implemented", "verified")


@dataclass(frozen=True)
class Site:
    """A plant, and all that is said of it."""

    plant: Plant
    visits: Sequence[Assessment]
    opportunities: Sequence[Opportunity]
    measurements: Sequence[Measurement]
    passes: Mapping[str, datetime]

    @property
    def place(self) -> str:
        return self.plant.region or self.plant.country


def count(
    listed: Iterable[tuple[Plant, date]],
    lines: Iterable[Line],
    completions: Iterable[Completion] = (),
    *,
    modules: Mapping[str, int],
    catalogue: Catalogue,
    as_of: date,
    known_on: date | None = None,
) -> Outcomes:
    """What `outcomes.count` must give for the same rows, each with the day on which it was recorded."""
    plants = {plant.supplier: plant for plant, day in listed if known_on is None or day <= known_on}
    held = {}
    for line in lines:
        if known_on is None or line.recorded_on <= known_on:
            held[assessment.of(line), assessment.key(line)] = line
    rows = [line for line in held.values() if not isinstance(line, Withdrawal)]
    sites = [_site(plant, rows, completions, modules) for plant in plants.values() if plant.listed_on <= as_of]
    quarters = list(_quarters(min((site.plant.listed_on for site in sites), default=None), as_of))
    return Outcomes(
        as_of=as_of,
        demonstration=any(code.startswith("DEMO-") for code in plants),
        stages={(of, q): _stages(sites, of, q, modules) for of in ("", *COUNTRIES) for q in quarters},
        amounts={**_quarterly(sites, as_of, catalogue), **_cumulative(sites, as_of, catalogue)},
        intensities=_intensities(sites, as_of, catalogue),
        days_to_action={site.plant.supplier: days for site in sites if (days := _days(site, as_of)) is not None},
        reporting={
            (of, q): sum(
                any(row.period == q for row in site.measurements)
                for site in sites
                if of in ("", site.plant.country) and on_list(site.plant, q)
            )
            for of in ("", *COUNTRIES)
            for q in quarters
        },
        complements=_complements(sites, rows, as_of, catalogue),
        plants={site.plant.supplier: site.plant.country for site in sites},
    )


def _site(plant: Plant, rows: Sequence[Line], completions: Iterable[Completion], modules: Mapping[str, int]) -> Site:
    code = plant.supplier
    visits = [row for row in rows if isinstance(row, Assessment) and row.supplier == code]
    passes: dict[str, datetime] = {}
    seen = set()
    for one in sorted(completions, key=lambda one: (one.completed_at, one.id)):
        learned = (one.learner, one.module, one.revision)
        if one.passed and one.module in modules and learned not in seen:
            seen.add(learned)
            if one.supplier == code:
                passes.setdefault(one.module, one.completed_at)
    return Site(
        plant,
        visits,
        [row for row in rows if isinstance(row, Opportunity) and row.assessment in {visit.id for visit in visits}],
        [row for row in rows if isinstance(row, Measurement) and row.supplier == code and "Q" in row.period],
        passes,
    )


def last_day(quarter: str) -> date:
    year, number = int(quarter[:4]), int(quarter[-1])
    return date(year + number // 4, number % 4 * 3 + 1, 1) - timedelta(days=1)


def _quarters(start: date | None, as_of: date) -> Iterator[str]:
    if start:
        for year in range(start.year, as_of.year + 1):
            for quarter in (f"{year}-Q{number}" for number in range(1, 5)):
                if start <= last_day(quarter) <= as_of:
                    yield quarter


def on_list(plant: Plant, quarter: str) -> bool:
    end = last_day(quarter)
    return plant.listed_on <= end and not (plant.left_on and plant.left_on < end)


def reached(one: Opportunity, status: str) -> date | None:
    """The day on which it had come at least so far."""
    own = (one.identified_on, one.committed_on, one.implemented_on, one.verified_on)
    return min((day for day in own[STATUSES.index(status) :] if day), default=None)


def _by(site: Site, one: Opportunity, status: str, end: date) -> date | None:
    """The same, if that was up to a day, and while the plant was on the list."""
    day = reached(one, status)
    return day if day and day <= min(end, site.plant.left_on or end) else None


def _stages(sites: Sequence[Site], country: str, quarter: str, modules: Mapping[str, int]) -> Stages:
    end = last_day(quarter)
    counts = [0] * 7
    for site in sites:
        plant = site.plant
        if country not in ("", plant.country) or not on_list(plant, quarter):
            continue
        moment = datetime(end.year, end.month, end.day, 23, 59, 59, tzinfo=UTC)
        minutes = sum(Decimal(modules[module]) for module, passed in site.passes.items() if passed <= moment)
        minutes += sum(visit.hours * 60 for visit in site.visits if visit.day <= end)
        assessed = any(visit.complete and visit.day <= end for visit in site.visits)
        assisted = minutes >= 240 or assessed
        enrolled = assisted or bool(plant.enrolled_on and plant.enrolled_on <= end)
        contacted = enrolled or bool(plant.contacted_on and plant.contacted_on <= end)
        acting = assessed and any(_by(site, one, "implemented", end) for one in site.opportunities)
        verified = acting and any(_by(site, one, "verified", end) for one in site.opportunities)
        for place, came in enumerate((True, contacted, enrolled, assisted, assessed, acting, verified)):
            counts[place] += came
    return Stages(*counts)


def _quantities(site: Site, row: Measurement, catalogue: Catalogue) -> Mapping[str, Decimal]:
    return catalogue.inputs[row.input].quantities(row.value, row.unit, site.place, int(row.period[:4]), catalogue)


def _made(site: Site, quarter: str) -> tuple[Decimal, str] | None:
    """What a plant made, and in which unit."""
    said = [row for row in site.measurements if row.period == quarter and row.output_unit]
    if not said:
        return None
    last = max(said, key=lambda row: (row.recorded_on, row.output_unit, row.output))
    return last.output, last.output_unit


def _measured(site: Site, as_of: date, catalogue: Catalogue) -> dict[tuple[str, str], dict[str, Decimal]]:
    """(measure, quarter) -> data class -> amount."""
    found: dict[tuple[str, str], dict[str, Decimal]] = {}
    for row in site.measurements:
        if last_day(row.period) <= as_of:
            for measure, amount in _quantities(site, row, catalogue).items():
                classes = found.setdefault((measure, row.period), {})
                classes[row.data_class.value] = classes.get(row.data_class.value, Decimal(0)) + amount
    return found


def _baseline(
    site: Site, measure: str, measured: Mapping[tuple[str, str], Mapping[str, Decimal]]
) -> tuple[int, Decimal, str] | None:
    """The year, the intensity, and the unit of output."""
    for year in range(2000, 2100):
        quarters = [f"{year}-Q{number}" for number in range(1, 5)]
        made = [_made(site, quarter) for quarter in quarters]
        if all((measure, quarter) in measured for quarter in quarters) and all(made):
            units = {each[1] for each in made if each}
            output = sum((each[0] for each in made if each), Decimal(0))
            if len(units) == 1 and output > 0:
                used = sum((sum(measured[measure, quarter].values()) for quarter in quarters), Decimal(0))
                return year, used / output, units.pop()
    return None


def _quarterly(sites: Sequence[Site], as_of: date, catalogue: Catalogue) -> dict[tuple[str, str, str], Amount]:
    found: dict[tuple[str, str, str], list[tuple[str, str, Decimal]]] = {}
    for site in sites:
        code, country = site.plant.supplier, site.plant.country
        measured = _measured(site, as_of, catalogue)
        for (measure, quarter), classes in measured.items():
            if not on_list(site.plant, quarter):
                continue
            for name, amount in classes.items():
                found.setdefault((measure, country, quarter), []).append((code, name, amount))
            baseline, made = _baseline(site, measure, measured), _made(site, quarter)
            if measure in BASELINED and baseline and made:
                year, intensity, unit = baseline
                if int(quarter[:4]) > year and made[1] == unit:
                    now = sum(classes.values(), Decimal(0))
                    found.setdefault((f"{measure}@now", country, quarter), []).append((code, "", now))
                    expected = intensity * made[0]
                    found.setdefault((f"{measure}@expected", country, quarter), []).append((code, "", expected))
    return {key: _amount(parts) for key, parts in found.items()}


def _amount(parts: Sequence[tuple[str, str, Decimal]]) -> Amount:
    names = sorted({name for _, name, _ in parts if name})
    by_class = {
        name: {
            code: float(sum(amount for other, of, amount in parts if (other, of) == (code, name)))
            for code in {other for other, of, _ in parts if of == name}
        }
        for name in names
    }
    plants = {code: float(sum(amount for other, _, amount in parts if other == code)) for code, _, _ in parts}
    return Amount(plants, {name: sum(each.values()) for name, each in by_class.items()}, by_class)


def _cumulative(sites: Sequence[Site], as_of: date, catalogue: Catalogue) -> dict[tuple[str, str, str], Amount]:
    found: dict[tuple[str, str, str], list[tuple[str, str, Decimal]]] = {}

    def add(site: Site, measure: str, amount: Decimal, data_class: str = "") -> None:
        found.setdefault((measure, site.plant.country, ""), []).append((site.plant.supplier, data_class, amount))

    for site in sites:
        for one in site.opportunities:
            days = {status: _by(site, one, status, as_of) for status in STATUSES}
            rates = {status: catalogue.rate(one.currency, day.year) for status, day in days.items() if day}
            then, finding, investing = (rates.get(name) for name in ("identified", "verified", "implemented"))
            for status in STATUSES:
                if days[status]:
                    add(site, f"count:{status}", Decimal(1))
                if days[status] and status != "verified" and then:
                    add(site, f"saving:{status}", one.saving * then.value)
            if days["verified"] and then and finding and investing and one.verified_saving is not None:
                add(site, "saving:verified", one.saving * then.value)
                add(site, "saved", one.verified_saving * finding.value)
                add(site, "invested", one.cost * investing.value)
            if not one.input:
                continue
            saved = catalogue.inputs[one.input]
            if day := days["implemented"]:
                some = saved.quantities(one.expected, one.unit, site.place, day.year, catalogue)
                for measure in set(BASELINED) & set(some):
                    add(site, f"avoid:{measure}", some[measure])
            if (day := days["verified"]) and one.avoided is not None:
                some = saved.quantities(one.avoided, one.unit, site.place, day.year, catalogue)
                for measure in set(BASELINED) & set(some):
                    add(site, f"avoided:{measure}", some[measure], one.data_class.value if one.data_class else "")
    return {key: _amount(parts) for key, parts in found.items()}


def _intensities(
    sites: Sequence[Site], as_of: date, catalogue: Catalogue
) -> dict[tuple[str, str, str], tuple[Amount, Amount]]:
    found: dict[tuple[str, str, str], tuple[Amount, Amount]] = {}
    for site in sites:
        for (measure, quarter), classes in _measured(site, as_of, catalogue).items():
            made = _made(site, quarter)
            if measure in BASELINED and made and on_list(site.plant, quarter):
                quantity, output = found.setdefault((measure, made[1], quarter), (Amount({}), Amount({})))
                quantity.plants[site.plant.supplier] = float(sum(classes.values()))  # type: ignore[index]
                output.plants[site.plant.supplier] = float(made[0])  # type: ignore[index]
    return found


def _days(site: Site, as_of: date) -> int | None:
    end = min(as_of, site.plant.left_on or as_of)
    assessed = min((visit.day for visit in site.visits if visit.complete and visit.day <= end), default=None)
    acted = [day for one in site.opportunities if (day := _by(site, one, "implemented", as_of))]
    after = [day for day in acted if assessed and day >= assessed]
    return (min(after) - assessed).days if after and assessed else None


def _complements(
    sites: Sequence[Site], rows: Iterable[Line], as_of: date, catalogue: Catalogue
) -> dict[tuple[str, str], dict[str, float]]:
    found: dict[tuple[str, str], dict[str, float]] = {}
    plants = {site.plant.supplier: site.plant for site in sites}
    for row in rows:
        if isinstance(row, Measurement) and row.input in catalogue.complements and row.supplier in plants:
            asked, plant = catalogue.complements[row.input], plants[row.supplier]
            end = f"{row.period}-Q4"
            if asked.adds_up and asked.country == plant.country and last_day(end) <= as_of and on_list(plant, end):
                value = float(asked.amount(row.value, row.unit))
                found.setdefault((row.input, row.period), {})[row.supplier] = value
    return found
