"""`greensupply export` and `greensupply import`: a module to a translation tool and back."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from greensupply import interchange, source_text, yaml_text
from greensupply.cli import language, setting
from greensupply.cli.commands import Commands, in_words, stopped
from greensupply.cli.shelf import TRANSLATED, Shelf
from greensupply.errors import GreenSupplyError
from greensupply.locales import SOURCE
from greensupply.model import Module
from greensupply.written import ModuleFacts

SUFFIXES = {"xliff": "xlf", "po": "po"}
MAX_BYTES = 20_000_000
SHOWN = 20


def register(commands: Commands) -> None:
    """Add `export` and `import` to the command line."""
    out = commands.add_parser("export", help="write a module as a file that translation tools read")
    out.add_argument("module", help="the module's folder")
    out.add_argument(
        *language.NAMES, dest="locale", required=True, choices=TRANSLATED, help="language to translate into"
    )
    out.add_argument("--format", choices=interchange.FORMATS, default="xliff", help="XLIFF 2.0 or gettext PO (xliff)")
    out.add_argument("--out", type=Path, help="file to write (<module>.<locale>.xlf or .po)")
    out.set_defaults(run=lambda chosen: _run(_export, chosen))
    back = commands.add_parser("import", help="take a translation from the file of a translation tool")
    back.add_argument("file", type=Path, help="the file that `export` wrote, translated")
    back.add_argument("--partial", action="store_true", help="what is not translated keeps its present translation")
    back.set_defaults(run=lambda chosen: _run(_import, chosen))
    for command in (out, back):
        command.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")


def _run(work: Callable[[argparse.Namespace], int], chosen: argparse.Namespace) -> int:
    undone = "Nothing was written."
    return in_words(lambda: work(chosen), stopped(chosen.modules, undone), undone)


def _export(chosen: argparse.Namespace) -> int:
    shelf = Shelf(chosen.modules)
    out = chosen.out or Path(f"{chosen.module}.{chosen.locale}.{SUFFIXES[chosen.format]}")
    if out.is_dir():
        raise setting.WrongUse(f"{out.as_posix()}: is a folder. Name a file with --out.")
    module = _module(shelf, chosen.module, chosen.locale)
    raw, present = _raw(shelf, module, SOURCE), _raw(shelf, module, chosen.locale)
    text = module.texts.get(chosen.locale)
    found = interchange.exchange(module.id, chosen.locale, module.texts[SOURCE], raw, text, present)
    setting.replace(out, interchange.write(found, chosen.format).decode())
    done = sum(1 for unit in found.units if unit.target and unit.sure)
    unsure = sum(1 for unit in found.units if unit.target and not unit.sure)
    print(f"{out.as_posix()}: {len(found.units)} segments, {done} translated, {unsure} to look at again.")
    return 0


def _import(chosen: argparse.Namespace) -> int:
    shelf = Shelf(chosen.modules)
    path = chosen.file.as_posix()
    if not chosen.file.is_file():
        raise setting.WrongUse(f"{path}: no such file.")
    if chosen.file.stat().st_size > MAX_BYTES:
        raise setting.WrongUse(f"{path}: more than {MAX_BYTES:,} bytes; no module is that long.")
    found = interchange.read(chosen.file.read_bytes(), path)
    module = _module(shelf, found.module, found.locale)
    raw, present = _raw(shelf, module, SOURCE), _raw(shelf, module, found.locale)
    result = interchange.merged(found, path, module, raw, present, partial=chosen.partial)
    target = shelf.file(module.id, found.locale)
    if result.text != present:
        setting.replace(target, result.text)
    name = shelf.path(module.id, target.name)
    print(f"{name}: {result.taken} taken, {result.unchanged} unchanged, {len(result.left_out)} left out.")
    for problem in result.left_out[:SHOWN]:
        print(f"  {problem}")
    if len(result.left_out) > SHOWN:
        print(f"  And {len(result.left_out) - SHOWN} more.")
    for note in result.notes:
        print(f"  Note: {note}")
    if result.fresh:
        print(f"Stamped as up to date: {', '.join(result.fresh)}.")
    return 0


def _module(shelf: Shelf, name: str, locale: str) -> Module:
    """The module with its source and, if there is one, its translation."""
    if name not in shelf.modules():
        known = ", ".join(shelf.modules()) or "none yet"
        raise setting.WrongUse(f"{name}: no such module in {shelf.folder.name}/. Modules are: {known}.")
    path = shelf.path(name, "module.yml")
    chosen = [one for one in (SOURCE, locale) if one == SOURCE or shelf.file(name, one).exists()]
    texts = {one: text for one in chosen if (text := shelf.text(name, one))}
    try:
        document = yaml_text.load(source_text.read(shelf.folder / name / "module.yml", path), path)
        facts = yaml_text.typed(ModuleFacts, document, path)
    except GreenSupplyError as error:
        raise GreenSupplyError([*shelf.problems, *error.problems]) from None
    if shelf.problems:
        raise GreenSupplyError(shelf.problems)
    return Module(facts, path, texts)


def _raw(shelf: Shelf, module: Module, locale: str) -> str:
    """The file with its own line ends; empty where there is none."""
    return shelf.file(module.id, locale).read_bytes().decode() if locale in module.texts else ""
