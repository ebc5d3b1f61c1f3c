"""True results in plants as lines of text, with the codes of the definitions and of `metrics.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from greensupply.catalogue import WHOLES, Catalogue
from greensupply.outcome_counts import CUMULATIVE, QUARTERLY, STATUSES, Outcomes

_CODES = {"saved": "E15", "invested": "E15i", "energy-recovered": "E10"}  # the last is shown apart in E10
_KINDS = {"count": "H14", "saving": "H15", "avoid": "E14e", "avoided": "E14v"}


def lines(found: Outcomes, catalogue: Catalogue) -> Iterator[str]:
    """The true results, one a line; they point to companies.

    Arguments:
        found: What was counted.
        catalogue: What is measured, for its codes.
    """
    for (country, quarter), come in found.stages.items():
        yield (
            f"plants {country or 'all'} {quarter}: listed (P0) {come.scope}, contacted (P1) {come.contacted}, "
            f"enrolled (H11) {come.enrolled}, assisted (P2a) {come.assisted}, assessed (P3) {come.assessed}, "
            f"acting (P4) {come.acting}, verified (P5) {come.verified}, conversion (P6) "
            f"{_percent(come.acting, come.assessed)}, reporting (H12) {found.reporting[country, quarter]}"
        )
    for (measure, country, period), amount in found.amounts.items():
        classes = "".join(f", {name} {amount.classes[name]:.6g}" for name in "MCE" if name in amount.classes)
        place = " ".join(filter(None, (measure, period, country)))
        number = f"{amount.total:.6g} {_unit(measure)}".rstrip()
        yield f"{place} ({code(measure, catalogue)}) {number} from {len(amount.plants)} plants{classes}"
    yield from _shares(found)
    for (measure, unit, quarter), (quantity, output) in found.intensities.items():
        if output.total:
            intensity = f"{quantity.total / output.total:.6g} {QUARTERLY[measure]} for each {unit}"
            yield f"intensity {measure} {quarter} {intensity} from {len(quantity.plants)} plants"
    if found.days_to_action:
        days = f"{median(found.days_to_action.values()):g} days, {len(found.days_to_action)} plants"
        yield f"median time to action (P9) {days}"
    for (name, year), values in found.complements.items():
        unit = catalogue.complements[name].unit
        yield f"{name} {year} (H17) {sum(values.values()):.6g} {unit} from {len(values)} plants"


def code(measure: str, catalogue: Catalogue) -> str:
    """The code of a measure of `outcome_counts`."""
    kind, _, _ = measure.partition(":")
    if measure in _CODES or measure in CUMULATIVE:
        return _CODES.get(measure) or _KINDS[kind]
    if "@" in measure:
        return "E14"
    parts = set(WHOLES.get(measure, (measure,)))
    of = {metric.id: set(metric.formula.of) for metric in catalogue.metrics.values()}
    by = {metric.id: set(metric.formula.by) for metric in catalogue.metrics.values()}
    named = [name for name in of if of[name] == parts] or [name for name in of if parts <= of[name] | by[name]]
    return named[0] if named else "no metric"


def _unit(measure: str) -> str:
    """The unit of a measure; none of a count."""
    kind, _, of = measure.partition(":")
    if kind == "count":
        return ""
    if measure in CUMULATIVE and kind not in ("avoid", "avoided"):
        return "US$"
    return QUARTERLY[of or measure.partition("@")[0]]


def _shares(found: Outcomes) -> Iterator[str]:
    """P7 and P8, over all countries together."""
    sums: dict[str, float] = {}
    for (measure, _, period), amount in found.amounts.items():
        if not period:
            sums[measure] = sums.get(measure, 0.0) + amount.total
    for kind in ("count", "saving"):
        whole, part = (sums.get(f"{kind}:{STATUSES[place]}", 0.0) for place in (0, 2))
        if whole:
            yield f"implementation rate by {kind} (P7) {_percent(part, whole)}"
    if sums.get("saving:verified"):
        yield f"realization (P8) {_percent(sums['saved'], sums['saving:verified'])}"


def _percent(part: float, whole: float) -> str:
    return f"{100 * part / whole:.1f}%" if whole else "-"
