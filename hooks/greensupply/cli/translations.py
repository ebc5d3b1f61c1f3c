"""`greensupply translated`: note that a translation renders the source's text of today; and `status` beside it."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Callable, Sequence
from pathlib import Path

from greensupply import freshness, stamps
from greensupply.cli import setting, status
from greensupply.cli.commands import Commands, in_words, stopped
from greensupply.cli.shelf import TRANSLATED, Shelf
from greensupply.errors import GreenSupplyError, Problem
from greensupply.locales import LOCALES, SOURCE
from greensupply.model import Text


def register(commands: Commands) -> None:
    """Add `status` and `translated` to the command line."""
    show = commands.add_parser("status", help="show which translations are missing or behind, section by section")
    show.add_argument("--json", action="store_true", help="for programs")
    show.set_defaults(run=lambda chosen: _run(status.run, chosen))
    stamp = commands.add_parser("translated", help="note that a translation renders the English text of today")
    stamp.add_argument("locale", help=f"language of the translation: {', '.join(TRANSLATED)}")
    stamp.add_argument("module", nargs="*", help="modules by their folders")
    stamp.add_argument("--section", action="append", default=[], help="only this section of the one module; repeatable")
    stamp.add_argument("--all", action="store_true", help="every module that is translated into the language")
    stamp.set_defaults(run=lambda chosen: _run(_translated, chosen))
    for command in (show, stamp):
        command.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")


def _run(work: Callable[[argparse.Namespace], int], chosen: argparse.Namespace) -> int:
    return in_words(lambda: work(chosen), stopped(chosen.modules), "Nothing was stamped.")


def _translated(chosen: argparse.Namespace) -> int:
    shelf = Shelf(chosen.modules)
    names = _chosen_modules(chosen, shelf)
    drafts = {}
    for name in names:
        module = shelf.module(name, chosen.locale)
        if module is None:
            continue
        refused = stamps.refusals(module, chosen.locale)
        shelf.problems += refused
        if refused:
            continue
        source, text = module.texts[SOURCE], module.texts[chosen.locale]
        _check_sections(chosen.section, source, text)
        raw = shelf.file(name, chosen.locale).read_bytes().decode()
        try:
            drafts[name] = raw, stamps.stamped(raw, text.path, stamps.marks(source, text, chosen.section))
        except GreenSupplyError as error:
            shelf.problems += error.problems
    if shelf.problems:
        raise GreenSupplyError(shelf.problems)
    for name, (raw, new) in drafts.items():
        path = f"{shelf.path(name, chosen.locale)}.md"
        if new != raw:
            setting.replace(shelf.file(name, chosen.locale), new)
        print(f"{path}: stamped." if new != raw else f"{path}: was stamped already.")
    return 0


def _chosen_modules(chosen: argparse.Namespace, shelf: Shelf) -> Sequence[str]:
    there = shelf.modules()
    if chosen.locale == SOURCE:
        raise setting.WrongUse(f"{SOURCE}: the source, which renders nothing. Choose {' or '.join(TRANSLATED)}.")
    if chosen.locale not in LOCALES:
        raise setting.WrongUse(f"{chosen.locale}: not a language of the hub. Choose {' or '.join(TRANSLATED)}.")
    if bool(chosen.module) == chosen.all:
        raise setting.WrongUse("Name the modules that are translated, or --all, and not both.")
    if chosen.section and len(chosen.module) != 1:
        raise setting.WrongUse("--section: needs exactly one module, as sections belong to it.")
    if chosen.all:
        return [name for name in there if shelf.file(name, chosen.locale).exists()]
    for name in chosen.module:
        if name not in there:
            raise setting.WrongUse(f"{name}: no module of that name. {_near(name, there, 'Modules')}")
        if not shelf.file(name, chosen.locale).exists():
            path, source = (shelf.path(name, f"{locale}.md") for locale in (chosen.locale, SOURCE))
            shelf.problems.append(Problem(path, 1, "does not exist.", f"Translate {source} first."))
    return [name for name in dict.fromkeys(chosen.module) if shelf.file(name, chosen.locale).exists()]


def _check_sections(keys: Sequence[str], source: Text, text: Text) -> None:
    known = [section.key for section in freshness.sections(source)]
    for key in keys:
        if key not in known:
            raise setting.WrongUse(f"{key}: no section of {source.path}. {_near(key, known, 'Sections')}")
    moved = [standing.source.key for standing in freshness.compare(source, text).standings if standing.moved]
    if keys and moved:
        how = f"Move it in {text.path} too, then stamp the whole module without --section."
        raise setting.WrongUse(f"{source.path}: the section `{moved[0]}` stands elsewhere now. {how}")


def _near(name: str, known: Sequence[str], kind: str) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"Did you mean `{near[0]}`?" if near else f"{kind} are: {', '.join(known) or 'none yet'}."
