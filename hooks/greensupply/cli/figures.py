"""`greensupply tally`, true counts for those who may see them, and `greensupply demo-records`."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from greensupply import aliases, demo, demo_cadre, demo_outcomes, library, metrics, outcomes, plants, store, tally
from greensupply.cli import outcome_lines, setting
from greensupply.cli.commands import Commands
from greensupply.cli.records import run_with_store
from greensupply.counts import UNSTATED, Tally
from greensupply.model import Library

SUPPLIERS = "suppliers.csv"
CORE = "supplier"


def register(commands: Commands) -> None:
    """Add `tally` and `demo-records` to the command line."""
    count = commands.add_parser("tally", help="show the true counts; they point to people, so never publish them")
    count.add_argument("--as-of", type=date.fromisoformat, help="last day counted, as 2026-10-31 (today)")
    count.set_defaults(run=lambda chosen: run_with_store(_tally, chosen))
    invent = commands.add_parser("demo-records", help="write demonstration data: lifelike, and of nobody")
    invent.add_argument("--learners", type=int, default=2400, help="number of invented people (2400)")
    invent.add_argument("--seed", type=int, default=1, help="another seed gives other data (1)")
    invent.add_argument("--start", type=date.fromisoformat, default=date(2024, 1, 1), help="first day (2024-01-01)")
    invent.add_argument("--end", type=date.fromisoformat, default=date(2026, 10, 31), help="last day (2026-10-31)")
    invent.set_defaults(run=lambda chosen: run_with_store(_demo_records, chosen))
    for command in (count, invent):
        command.add_argument("--records", type=Path, default=Path("records"), help="folder of the records (records)")
        command.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")


def _hub(modules: Path) -> Library:
    if not modules.is_dir():
        raise setting.WrongUse(f"{modules}: no such folder. Run the command where `mkdocs.yml` is, or use --modules.")
    return library.read(modules.resolve()).without_drafts()


def _tally(chosen: argparse.Namespace) -> int:
    hub = _hub(chosen.modules)
    core = next((pathway.modules for pathway in hub.pathways if pathway.id == CORE), ())
    as_of = chosen.as_of or datetime.now(UTC).date()
    minutes = {name: module.facts.minutes for name, module in hub.modules.items()}
    suppliers, renamed = chosen.records / SUPPLIERS, aliases.read(chosen.records / setting.ALIASES)
    catalogue = metrics.read(chosen.records)
    with tempfile.TemporaryDirectory() as scratch:
        found = tally.count(
            chosen.records,
            modules=minutes,
            core=core,
            as_of=as_of,
            suppliers=suppliers,
            aliases=renamed,
            scratch=Path(scratch),
        )
    with tempfile.TemporaryDirectory() as scratch:
        results = outcomes.count(
            chosen.records,
            modules=minutes,
            catalogue=catalogue,
            plants=suppliers,
            as_of=as_of,
            aliases=renamed,
            scratch=Path(scratch),
        )
    if results.demonstration and not found.demonstration:
        print("Some of the results in plants are demonstration data.")
    print(*_lines(found), *outcome_lines.lines(results, catalogue), sep="\n")
    return 0


def _lines(found: Tally) -> Iterator[str]:
    """The true counts, one a line, with the codes of the definitions."""
    yield f"True counts up to {found.as_of}. They point to people and companies: for your eyes, not for publication."
    if found.demonstration:
        yield "Some of it is demonstration data."
    yield f"records {found.records}"
    yield f"completions {found.completions}"
    yield f"learners {found.learners.learners}"
    yield f"instructors (H8) {found.instructors.learners}"
    yield f"trainers (T5) {found.trainers.learners}"
    yield f"active trainers (T6) {found.active_trainers.learners}"
    yield from (f"course {one.quarter} {one.country} (H10) {one.participants} people" for one in found.courses or ())
    yield f"attempts in classes and LMS (T3) {found.attempts.learners}"
    yield f"passed of these (T3) {found.passed.learners}"
    for name, table in found.tables.items():
        yield from (f"{name} {label or 'unstated'} {table.cell(label).learners}" for label in table.labels)
    yield from (f"quarter {name} (T1) {cell.learners}" for name, cell in found.quarters.items())
    yield from (f"month {name} (T1) {cell.learners}" for name, cell in found.months.items())
    for (country, quarter), reach in found.reach.items():
        plants = (
            f"scope (P0) {reach.scope}, trained {reach.trained}, with 4 h (H18) {reach.assisted}, core {reach.core}"
        )
        yield f"plants {country or 'all'} {quarter}: {plants}"
    yield from (f"supplier {code or 'unstated'} {learners}" for code, learners in found.suppliers.items())
    yield from (f"not on the list of suppliers: {code}" for code in found.unlisted if code != UNSTATED)


def _demo_records(chosen: argparse.Namespace) -> int:
    if chosen.learners < 1 or chosen.end - chosen.start < timedelta(days=90):
        raise setting.WrongUse("Name at least one learner, and a time of three months or more.")
    hub = _hub(chosen.modules)
    lists = [*store.cadre.files(chosen.records), *store.outcomes.files(chosen.records), chosen.records / SUPPLIERS]
    if store.files(chosen.records) or any(file.exists() for file in lists):
        raise setting.WrongUse(f"{chosen.records} holds records already. Name an empty folder with --records.")
    catalogue = metrics.read(chosen.records)
    facts = [(name, module.facts.revision, module.facts.pass_mark) for name, module in hub.modules.items()]
    completions, listed = demo.records(chosen.learners, chosen.seed, facts, chosen.start, chosen.end)
    chosen.records.mkdir(parents=True, exist_ok=True)
    report = store.add(chosen.records, "demonstration data", enumerate(completions, 1), sync=setting.sync)
    setting.replace(chosen.records / SUPPLIERS, plants.text(listed))
    trainers, courses = demo_cadre.cadre(chosen.seed, chosen.start, chosen.end)
    store.cadre.add(chosen.records, trainers, courses, sync=setting.sync, demonstration=True)
    lines = demo_outcomes.outcomes(listed, chosen.seed, chosen.end, catalogue)
    added = store.outcomes.add(chosen.records, lines, recorded_on=chosen.end, sync=setting.sync, demonstration=True)
    print(
        f"{chosen.records}: {report.new:,} invented records of {chosen.learners:,} people in {len(listed):,} plants, "
        f"and {added.new + added.corrected:,} lines of assessments, opportunities and measurements."
    )
    if not catalogue.inputs:
        print(f"There is no {chosen.records}/metrics.yml, so nothing is measured in these plants.")
    return 0
