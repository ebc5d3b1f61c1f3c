"""`greensupply records`: take learning records in, and look after the store of them."""

from __future__ import annotations

import argparse
import errno
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from greensupply import records, rules, store
from greensupply.cli import asides, cadre, language, lrs, mending, outcomes, pull, setting
from greensupply.cli.commands import Commands, in_words
from greensupply.cli.progress import watched
from greensupply.cli.wording import line, sizes, taken
from greensupply.completion import Notice, Reading, SetAside

FULL = {errno.ENOSPC, errno.EFBIG, errno.EDQUOT}


def register(commands: Commands) -> None:
    """Add `records` and its sub-commands to the command line."""
    parser = commands.add_parser("records", help="take learning records in, and look after them")
    ours = parser.add_subparsers(dest="records_command", required=True)

    add = _command(ours, "add", "add files of records: rosters, learners' files, exports", _add)
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    fetch = _command(ours, "pull", "add records from a Learning Record Store", _pull)
    fetch.add_argument("--endpoint", required=True, help="address of the store, such as https://lrs.example.org/xapi")
    fetch.add_argument("--since", help="what was stored after this, such as 2026-11-24T00:00:00Z (after the last pull)")
    check = _command(ours, "check", "check the store; with files, what of them would be taken", _check)
    check.add_argument("files", nargs="*", type=Path, metavar="FILE")
    words = "also write what was set aside to this .csv or .xlsx, with names, to mend and send back"
    add.add_argument("--report", type=Path, metavar="FILE", help=words)
    for speaking in (add, fetch, check):
        language.add_option(speaking)
    for reading in (add, fetch, check):
        reading.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
        reading.add_argument("--content", type=Path, default=Path("content"), help="folder of the pages (content)")
        reading.add_argument("--strict", action="store_true", help="exit with 1 if anything was set aside")
    cadre.add_command(partial(_command, ours), _waiting)
    outcomes.add_commands(partial(_command, ours), _waiting)
    _command(ours, "stats", "show how much the store holds", _stats)
    _command(ours, "compact", "pack the store into one file", _compact)
    _command(ours, "new-key", "make the key that turns people into pseudonyms", _new_key)


def _command(
    commands: Commands, name: str, words: str, run: Callable[[argparse.Namespace], int]
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=words)
    parser.add_argument("--records", type=Path, default=Path("records"), help="folder of the records (records)")
    parser.set_defaults(run=lambda chosen: run_with_store(run, chosen))
    return parser


def run_with_store(run: Callable[[argparse.Namespace], int], chosen: argparse.Namespace) -> int:
    """Run a command that uses the store; whatever stops it is said in words."""

    def work() -> int:
        try:
            return run(chosen)
        except lrs.LrsError as error:
            print(error, file=sys.stderr)
            return 1

    return in_words(work, lambda error: _stopped(error, chosen.records))


def _stopped(error: OSError, folder: Path) -> str:
    again = "The store is whole; what was not reported as added was not added."
    if error.errno in FULL:
        return f"{folder.as_posix()}: the disk is full. {again} Make room, then run the same command again."
    if error.errno is None:
        how = "Run `greensupply records check`; if it finds nothing, look whether the disk is full."
        return f"{folder.as_posix()}: {error}. {again} {how}"
    return f"{error.filename or folder.as_posix()}: {error.strerror}. {again}"


def _waiting() -> None:
    print("Another run is using the records; waiting for it to end.", file=sys.stderr)


def _scope(chosen: argparse.Namespace) -> records.Scope:
    """What records that are to be kept are read with; the store is held to its key."""
    secret = setting.key(chosen.records)
    scope = setting.scope(chosen.records, chosen.modules, chosen.content, secret)
    setting.hold_to(chosen.records, secret)
    return scope


def _add(chosen: argparse.Namespace) -> int:
    if chosen.report:
        mending.must_be_writable(chosen)
    scope = _scope(chosen)
    total = store.Report()
    for file in chosen.files:
        digest, lines = asides.measure(file)
        name = file.as_posix()
        mended = mending.Mending(file, scope)
        with asides.collected(chosen.lang) as told:
            report = store.add(
                chosen.records,
                name,
                watched(records.numbered(file, scope), file.name, lines),
                sync=setting.sync,
                tell=mended.beside(told.tell) if chosen.report else told.tell,
                waiting=_waiting,
            )
            beside = told.write(chosen.records, asides.name(file.name, digest))
            print(f"{name}: {taken(report, chosen.lang)}", *told.lines(beside), sep="\n")
        if chosen.report:
            print(mended.write(chosen))
        total += report
    if len(chosen.files) > 1:
        print(rules.phrase("records-together", chosen.lang, taken=taken(total, chosen.lang)))
    return _exit_code(total, chosen.strict)


def _pull(chosen: argparse.Namespace) -> int:
    source = lrs.store_at(chosen.endpoint)
    since = pull.moment_of(chosen.since) if chosen.since else None
    scope = _scope(chosen)
    with asides.collected(chosen.lang) as told:
        pulling = pull.Pulling(chosen.records, source, scope, told, _waiting)
        try:
            pulling.run(since)
        finally:
            beside = told.write(chosen.records, pulling.aside_name)
            print(f"{source.name}: {taken(pulling.report, chosen.lang)}", *told.lines(beside), sep="\n")
    return _exit_code(pulling.report, chosen.strict)


def _exit_code(report: store.Report, strict: bool) -> int:
    nothing = report.set_aside > 0 and report.set_aside == report.read
    return int(nothing or (strict and report.set_aside > 0))


def _check(chosen: argparse.Namespace) -> int:
    if chosen.files:
        return _check_files(chosen)
    _must_exist(chosen.records)
    count = 0
    for problem in store.check(chosen.records, waiting=_waiting):
        print(line(SetAside(problem), chosen.lang), file=sys.stderr)
        count += 1
    batches = len(store.files(chosen.records)) + len(store.voids(chosen.records))
    said = rules.phrase("records-checked", chosen.lang, files=batches, problems=count)
    print(said, file=sys.stderr if count else sys.stdout)
    return int(count > 0)


def _check_files(chosen: argparse.Namespace) -> int:
    """What would be taken from files. Needs no key: pseudonyms are made with one that is thrown away."""
    scope = setting.scope(chosen.records, chosen.modules, chosen.content, setting.throwaway())
    total = store.Report()
    for file in chosen.files:
        readings = (
            reading for _, reading in watched(records.numbered(file, scope), file.name, asides.measure(file)[1])
        )
        with asides.collected(chosen.lang) as told:
            report = _counted(readings, told)
            said = rules.phrase("records-would", chosen.lang, count=report.read, aside=report.set_aside)
            print(f"{file.as_posix()}: {said}")
            print(*told.lines(None), sep="\n", end="\n" * bool(told.lines(None)))
        total += report
    return _exit_code(total, chosen.strict)


def _counted(readings: Iterable[Reading], told: asides.Asides) -> store.Report:
    total = aside = notices = 0
    for reading in readings:
        total += 1
        if isinstance(reading, SetAside | Notice):
            told.tell(reading)
            aside += isinstance(reading, SetAside)
            notices += isinstance(reading, Notice)
    return store.Report(read=total - notices, set_aside=aside, notices=notices)


def _stats(chosen: argparse.Namespace) -> int:
    _must_exist(chosen.records)
    print(*sizes(store.stats(chosen.records, waiting=_waiting)), sep="\n")
    return 0


def _compact(chosen: argparse.Namespace) -> int:
    _must_exist(chosen.records)
    done = store.compact(chosen.records, sync=setting.sync, waiting=_waiting)
    left_out = f"; {done.withdrawn:,} taken back were left out" if done.withdrawn else ""
    print(f"{done.batches:,} batches packed; the compacted file holds {done.records:,} records{left_out}.")
    return 0


def _new_key(chosen: argparse.Namespace) -> int:
    file = setting.write_new_key(chosen.records)
    print(
        f"{file.as_posix()} is the new key.\n"
        "Keep a copy in a safe place, such as the office's password manager, and never in git or in a message.\n"
        "Who has it can find out who is in the records; without it, everybody would count anew."
    )
    return 0


def _must_exist(folder: Path) -> None:
    if not folder.is_dir():
        raise setting.WrongUse(
            f"{folder.as_posix()}: no such folder. Run the command where `mkdocs.yml` is, or name it with --records."
        )
