"""`greensupply questions`: a module's questions as a file for another question bank."""

from __future__ import annotations

import argparse
from pathlib import Path

from greensupply import question_banks
from greensupply.cli import language, setting
from greensupply.cli.commands import Commands, in_words, stopped
from greensupply.cli.shelf import Shelf
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES
from greensupply.model import Module

ALL = "all"
FIGURES = "figures"


def register(commands: Commands) -> None:
    """Add `questions` to the command line."""
    parser = commands.add_parser("questions", help="write a module's questions for Moodle or another question bank")
    parser.add_argument("module", help="the module's folder")
    parser.add_argument("--format", default="moodle", help="moodle (Moodle XML, the default) or gift (plain text)")
    parser.add_argument(
        *language.NAMES, dest="locale", required=True, help=f"the language: {', '.join(LOCALES)}, or {ALL}"
    )
    endings = " or ".join(f".{ending}" for ending in question_banks.FORMATS.values())
    parser.add_argument("--out", type=Path, help=f"file to write (<module>.<locale>{endings})")
    parser.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    undone = "Nothing was written."
    return in_words(lambda: _write(chosen), stopped(chosen.modules, undone), undone)


def _write(chosen: argparse.Namespace) -> int:
    formats = question_banks.FORMATS
    if chosen.format not in formats:
        raise setting.WrongUse(f"{chosen.format}: not a format of question banks. Choose one of {', '.join(formats)}.")
    if chosen.locale not in (*LOCALES, ALL):
        raise setting.WrongUse(
            f"{chosen.locale}: not a language of the hub. Choose one of {', '.join(LOCALES)}, or {ALL}."
        )
    out = chosen.out or Path(f"{chosen.module}.{chosen.locale}.{formats[chosen.format]}")
    if out.is_dir():
        raise setting.WrongUse(f"{out.as_posix()}: is a folder. Name a file with --out.")
    shelf = Shelf(chosen.modules)
    locales, module = _module(shelf, chosen.module, chosen.locale)
    bank = question_banks.build(module, locales=locales, format=chosen.format, figures=_figures(shelf, module))
    if not bank.count:
        raise setting.WrongUse(f"{chosen.module}: has no question that {chosen.format} can hold; nothing was written.")
    setting.replace(out, bank.data.decode())
    print(f"{out.as_posix()}: {bank.count} questions.")
    for reason in bank.left_out:
        print(f"  Left out: {reason}")
    return 0


def _module(shelf: Shelf, name: str, locale: str) -> tuple[list[str], Module]:
    """The languages that are asked for and there, and the module."""
    if name not in shelf.modules():
        known = ", ".join(shelf.modules()) or "none yet"
        raise setting.WrongUse(f"{name}: no such module in {shelf.folder.name}/. Modules are: {known}.")
    there = [one for one in LOCALES if shelf.file(name, one).exists()]
    wanted = there if locale == ALL else [locale]
    if locale != ALL and locale not in there:
        raise setting.WrongUse(f"{name}: does not exist in `{locale}`, only in {', '.join(there) or 'no language'}.")
    found = [shelf.module(name, one) for one in wanted]
    if shelf.problems:
        raise GreenSupplyError(list(dict.fromkeys(shelf.problems)))
    modules = [module for module in found if module]
    texts = {one: module.texts[one] for one, module in zip(wanted, modules, strict=True)}
    return wanted, Module(modules[0].facts, modules[0].path, texts)


def _figures(shelf: Shelf, module: Module) -> dict[str, bytes]:
    """Files that questions may show, by their path in the module's folder."""
    folder = shelf.folder / module.id
    files = sorted(file for file in (folder / FIGURES).rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}
