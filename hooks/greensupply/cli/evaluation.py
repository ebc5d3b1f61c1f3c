"""`greensupply evaluation`: the folder that a third party needs to evaluate the programme."""

from __future__ import annotations

import argparse
import calendar
import tempfile
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar

from greensupply import aliases, evaluation, library, metrics, outcomes, plants, published, published_outcomes, rules
from greensupply import tally as people
from greensupply.cli import language, setting
from greensupply.cli.commands import Commands
from greensupply.cli.records import run_with_store
from greensupply.errors import GreenSupplyError, Problem
from greensupply.evaluation import Counting, Kit, quality
from greensupply.locales import LOCALES, SOURCE
from greensupply.model import Library

CORE = "supplier"
PEOPLE, PLANTS = "published.json", "published-outcomes.json"
"""What was published last, in the folder of the records: what the report is filled with."""
MARK = "SHA256SUMS"
"""A folder with this file is an earlier kit, which may be written over."""

State = TypeVar("State")


def register(commands: Commands) -> None:
    """Add `evaluation` to the command line."""
    parser = commands.add_parser("evaluation", help="write the folder that a third party needs to evaluate the program")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="folder to write: empty, or an old kit")
    parser.add_argument("--seed", type=int, default=1, help="another one draws other plants, under other codes (1)")
    parser.add_argument("--sample", type=int, default=30, metavar="K", help="plants to draw for meter checks (30)")
    words = "last day counted, the end of a month (that of the published results, else the last month that ended)"
    parser.add_argument("--as-of", type=date.fromisoformat, help=words)
    words = "also write what names plants to this other folder: the statements with their values, and what opens codes"
    parser.add_argument("--supervised", type=Path, metavar="DIR", help=words)
    parser.add_argument("--records", type=Path, default=Path("records"), help="folder of the records (records)")
    parser.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    language.add_option(parser)
    parser.set_defaults(run=lambda chosen: run_with_store(_run, chosen))


def _run(chosen: argparse.Namespace) -> int:
    _check(chosen)
    secret = setting.key(chosen.records)
    hub = library.read(chosen.modules.resolve()).without_drafts()
    with tempfile.TemporaryDirectory() as scratch:
        kit = _kit(chosen, hub, secret, Path(scratch))
    made = evaluation.files(kit)
    _write(chosen.out, made, 0o666)
    say = {"file": chosen.out.as_posix(), "count": len(made), "date": kit.counting.as_of.isoformat()}
    print(rules.phrase("evaluation-written", chosen.lang, **say))
    if chosen.supervised:
        with tempfile.TemporaryDirectory() as scratch:
            _write(chosen.supervised, evaluation.supervised(kit, Path(scratch)), 0o600)
        print(rules.phrase("evaluation-supervised", chosen.lang, file=chosen.supervised.as_posix()))
    if not kit.public.as_of:
        print(rules.phrase("evaluation-unpublished", chosen.lang, file=(chosen.records / PLANTS).as_posix()))
    return 0


def _check(chosen: argparse.Namespace) -> None:
    """What the command is asked must make sense, before anything is read."""
    if not chosen.modules.is_dir():
        raise setting.WrongUse(rules.phrase("roster-template-modules", chosen.lang, folder=chosen.modules.as_posix()))
    if chosen.sample < 1:
        raise setting.WrongUse(rules.phrase("evaluation-sample", chosen.lang))
    out: Path = chosen.out.resolve()
    if out.exists() and not (out.is_dir() and ((out / MARK).exists() or not any(out.iterdir()))):
        raise setting.WrongUse(rules.phrase("evaluation-out", chosen.lang, file=chosen.out.as_posix()))
    if chosen.supervised:
        other: Path = chosen.supervised.resolve()
        if other == out or out in other.parents:
            raise setting.WrongUse(rules.phrase("evaluation-inside", chosen.lang, file=chosen.supervised.as_posix()))
    if chosen.as_of and chosen.as_of != (last := _month_end(chosen.as_of)):
        said = {"day": chosen.as_of.isoformat(), "last": last.isoformat()}
        raise setting.WrongUse(rules.phrase("evaluation-as-of", chosen.lang, **said))


def _kit(chosen: argparse.Namespace, hub: Library, secret: bytes, scratch: Path) -> Kit:
    records: Path = chosen.records
    shown = _state(records / PEOPLE, published.load, published.PublicTally())
    public = _state(records / PLANTS, published_outcomes.load, published_outcomes.PublicOutcomes())
    as_of = chosen.as_of or public.as_of or shown.as_of or _last_month_end()
    catalogue, renamed = metrics.read(records), aliases.read(records / setting.ALIASES)
    minutes = {name: module.facts.minutes for name, module in hub.modules.items()}
    core = next((pathway.modules for pathway in hub.pathways if pathway.id == CORE), ())
    file = records / plants.FILE
    held = quality.read(records, as_of)
    passes = people.count(
        records, modules=minutes, core=core, as_of=as_of, suppliers=file, aliases=renamed, scratch=scratch
    ).completions
    true = outcomes.count(
        records,
        modules=minutes,
        catalogue=catalogue,
        plants=file,
        as_of=as_of,
        known_on=as_of,
        aliases=renamed,
        scratch=scratch,
    )
    pseudonym = setting.pseudonyms(secret)
    return Kit(
        counting=Counting(records, minutes, core, renamed, catalogue, plants.read(file, as_of), held.rows, as_of),
        store=held,
        completions=passes,
        true=true,
        people=shown,
        public=public,
        states=(records / PEOPLE, records / PLANTS),
        titles=_titles(hub),
        pseudonym=pseudonym,
        fingerprint=pseudonym(setting.FINGERPRINT_OF)[:16],
        seed=chosen.seed,
        size=chosen.sample,
        version=version("greensupply"),
    )


def _titles(hub: Library) -> dict[str, dict[str, str]]:
    return {
        locale: {name: module.text(locale, SOURCE).facts.title for name, module in hub.modules.items()}
        for locale in LOCALES
    }


def _state(file: Path, load: Callable[[str], State], nothing: State) -> State:
    """What was published last."""
    if not file.exists():
        return nothing
    try:
        return load(file.read_text(encoding="utf-8"))
    except ValueError as error:
        how = "Take it from version control."
        raise GreenSupplyError([Problem(file.as_posix(), 1, f"is no published state ({error}).", how)]) from None


def _write(folder: Path, made: Mapping[str, bytes], mode: int) -> None:
    """Write a folder, and take away what an earlier kit had besides; the mark of a kit comes last."""
    listed = folder / MARK
    earlier = listed.read_text(encoding="utf-8").splitlines() if listed.exists() else []
    for name in (line.partition("  ")[2] for line in earlier):
        if name and name not in made and (folder / name).resolve().is_relative_to(folder.resolve()):
            (folder / name).unlink(missing_ok=True)
    for name, data in sorted(made.items(), key=lambda item: item[0] == MARK):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        setting.replace(folder / name, data, mode)


def _month_end(day: date) -> date:
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def _last_month_end() -> date:
    return datetime.now(UTC).date().replace(day=1) - timedelta(days=1)
