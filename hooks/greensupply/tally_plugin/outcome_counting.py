"""Results in plants on disk -> `PublicOutcomes`: counted, protected, and kept between builds until something changes.

As `counting` for people. True results live in `_count` alone; they go from the query into the gate.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from greensupply import aliases, outcome_disclosure, outcomes, published_outcomes, store
from greensupply.catalogue import Catalogue
from greensupply.errors import GreenSupplyError, Problem
from greensupply.metrics import FACTORS, METRICS, RATES
from greensupply.outcome_counts import Outcomes
from greensupply.outcome_disclosure.safety import LEAST
from greensupply.published_outcomes import PublicOutcomes
from greensupply.tally_plugin import counting
from greensupply.tally_plugin.counting import Records

log = logging.getLogger("mkdocs.plugins.greensupply.tally")

STATE = "published-outcomes.json"
KEPT = "outcomes.json"
CATALOGUE = (METRICS, FACTORS, RATES)


@dataclass(frozen=True)
class Said:
    """What may be published of plants, and the text that says it in the published state."""

    outcomes: PublicOutcomes = field(default_factory=PublicOutcomes)
    text: str = ""


def files(records: Records) -> list[Path]:
    """Every file that counts, but for the published state."""
    beside = (records.folder / name for name in (counting.SUPPLIERS, counting.ALIASES, *CATALOGUE))
    return [*store.outcomes.files(records.folder), *(file for file in beside if file.exists())]


def stamp(records: Records) -> Sequence[tuple[str, int, int]]:
    """Changes when one of these files or the published state does, by name, size and time of change."""
    return counting.stamp_of([*files(records), _state(records)])


def public(records: Records, catalogue: Catalogue) -> Said:
    """Return what may be published of plants; nothing where there is no list of them.

    Raises:
        GreenSupplyError: With every problem of the lists or the published state.
    """
    if not (records.folder / counting.SUPPLIERS).exists():
        return Said()
    state = _state(records)
    before = state.read_text(encoding="utf-8", errors="replace") if state.exists() else ""
    facts = counting.facts(records, files(records))
    kept = _kept(records, _key(facts, before))
    if kept:
        log.info("The results in plants have not changed and are not counted again.")
        return kept
    found = published_outcomes.dump(_count(records, catalogue, _published(state)))
    _keep(records, (_key(facts, before), _key(facts, found)), found)
    return Said(published_outcomes.load(found), found)  # as it will be read from what is kept


def publish(records_dir: Path, now: Said) -> None:
    """Write the published state where it has changed, whole or not at all; an earlier day takes nothing back."""
    file, day = records_dir / STATE, now.outcomes.as_of
    if day is None or (file.exists() and file.read_text(encoding="utf-8") == now.text):
        return
    last = _published(file).as_of
    counting.write_state(file, now.text, last, day, f"{LEAST} plants")


def _count(records: Records, catalogue: Catalogue, before: PublicOutcomes) -> PublicOutcomes:
    modules = {name: module.facts.minutes for name, module in records.library.modules.items()}

    def known(day: date) -> Outcomes:
        with tempfile.TemporaryDirectory(prefix="greensupply-") as scratch:
            return outcomes.count(
                records.folder,
                modules=modules,
                catalogue=catalogue,
                plants=records.folder / counting.SUPPLIERS,
                as_of=day,
                known_on=day,
                aliases=aliases.read(records.folder / counting.ALIASES),
                scratch=Path(scratch),
            )

    true = known(records.as_of)
    if before.demonstration and not true.demonstration:
        log.info("These are the first plants that are not invented; what was published of those is forgotten.")
    log.info("The results in plants were counted up to %s.", records.as_of)
    return outcome_disclosure.protect(true, before, known)


def _state(records: Records) -> Path:
    return records.folder / STATE


def _published(file: Path) -> PublicOutcomes:
    if not file.exists():
        return PublicOutcomes()
    try:
        return published_outcomes.load(file.read_text(encoding="utf-8"))
    except ValueError as error:
        how = "Take it from version control; without it a number may move by fewer plants than the rule allows."
        raise GreenSupplyError([Problem(file.as_posix(), 1, f"is no published state ({error}).", how)]) from None


def _key(facts: str, before: str) -> str:
    """Of what is counted, and of the published state as it is written."""
    return counting.digest((facts + before).encode())


def _kept(records: Records, key: str) -> Said | None:
    found = counting.kept(records, KEPT, key)
    try:
        return Said(published_outcomes.load(found["outcomes"]), found["outcomes"]) if found else None
    except (ValueError, KeyError, TypeError):  # damaged, or of another version: counted again
        return None


def _keep(records: Records, keys: Sequence[str], found: str) -> None:
    """Protected again with itself, a result stays the same: so it is kept for its own publication too."""
    counting.keep(records, KEPT, {"keys": list(keys), "outcomes": found})
