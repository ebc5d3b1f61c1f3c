"""`greensupply roster`: an empty class roster, as an Excel workbook and as CSV, for a trainer to fill in."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from greensupply import kits, library, roster_template, rules
from greensupply.cli import kit, language, mending, setting
from greensupply.cli.commands import Commands, in_words
from greensupply.model import Library
from greensupply.records import fields
from greensupply.roster_template import Choice, Roster


def register(commands: Commands) -> None:
    """Add `roster` to the command line."""
    parser = commands.add_parser("roster", help="make an empty class roster, as Excel workbook and as CSV")
    words = "module that may be chosen in it, as often as needed (all)"
    parser.add_argument("--module", action="append", default=[], metavar="ID", help=words)
    words = "course whose modules and codes may be chosen in it (none)"
    parser.add_argument("--course", default="", metavar="ID", help=words)
    words = "code of a class, such as MTY-2026-11, that may be chosen in it, as often as needed"
    parser.add_argument("--session", action="append", default=[], metavar="CODE", help=words)
    parser.add_argument("--out", type=Path, default=Path(), help="folder to write into (here)")
    language.add_option(parser)
    parser.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    parser.add_argument("--content", type=Path, default=Path("content"), help="folder of the pages (content)")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    def told(error: OSError) -> str:
        said = rules.phrase("check-unreadable", chosen.lang, reason=error.strerror or str(error))
        return f"{error.filename or chosen.out.as_posix()}: {said}"

    return in_words(lambda: _write(chosen), told, None)


def _write(chosen: argparse.Namespace) -> int:
    hub = _hub(chosen)
    for code in chosen.session:
        if not fields.is_code(code):
            raise setting.WrongUse(rules.phrase("roster-template-session", chosen.lang, code=code))
    if chosen.course:
        course = kit.course(hub, chosen.course, chosen.lang)
        made = kits.roster(hub, course, chosen.lang, tuple(chosen.session))
        modules, codes = (_modules(chosen, hub) if chosen.module else made.modules), made.sessions
    else:
        modules, codes = _modules(chosen, hub), tuple(chosen.session)
    roster = Roster(chosen.lang, modules, codes)
    files = [chosen.out / f"roster-{chosen.lang}{suffix}" for suffix in (".xlsx", ".csv")]
    contents = {file: mending.form(file, roster) for file in files}
    for file, content in contents.items():  # a filled one is never written over
        if file.exists() and file.read_bytes() != content:
            raise setting.WrongUse(rules.phrase("roster-template-exists", chosen.lang, file=file.as_posix()))
    chosen.out.mkdir(parents=True, exist_ok=True)
    for file, content in contents.items():
        setting.replace(file, content, 0o644)
        print(rules.phrase("roster-template-written", chosen.lang, file=file.as_posix(), count=len(modules)))
    return 0


def _hub(chosen: argparse.Namespace) -> Library:
    """The hub.

    Raises:
        WrongUse: There are no modules.
    """
    if not chosen.modules.is_dir():
        raise setting.WrongUse(rules.phrase("roster-template-modules", chosen.lang, folder=chosen.modules.as_posix()))
    return library.read(chosen.modules.resolve(), chosen.content.resolve() if chosen.content.is_dir() else None)


def _modules(chosen: argparse.Namespace, hub: Library) -> Sequence[Choice]:
    """What may be chosen, in the order of `--module`.

    Raises:
        WrongUse: There is no module of that id.
    """
    known = {choice.id: choice for choice in roster_template.choices(hub, chosen.lang)}
    for identifier in chosen.module:
        if identifier not in known:
            hint = rules.phrase("roster-modules", chosen.lang, list=", ".join(sorted(known)))
            raise setting.WrongUse(rules.phrase("roster-template-module", chosen.lang, id=identifier, hint=hint))
    return [known[identifier] for identifier in dict.fromkeys(chosen.module)] or list(known.values())
