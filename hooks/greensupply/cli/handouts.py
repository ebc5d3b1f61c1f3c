"""`greensupply handouts`: what a class gets on paper, as PDF files."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from greensupply import handouts, library
from greensupply.addresses import Site
from greensupply.cli import language, setting
from greensupply.cli.commands import Commands, in_words, stopped
from greensupply.cli.package import SITE_VARIABLE, site_url
from greensupply.handouts import press
from greensupply.locales import LOCALES
from greensupply.model import Library

ALL = "all"


def register(commands: Commands) -> None:
    """Add `handouts` to the command line."""
    parser = commands.add_parser("handouts", help="make PDFs for a class: handout, trainer's guide, worksheet, answers")
    parser.add_argument("modules", nargs="*", metavar="module", help="ids of modules (all)")
    parser.add_argument(
        *language.NAMES, dest="locale", default=ALL, help=f"the language: {', '.join(LOCALES)}, or {ALL} ({ALL})"
    )
    parser.add_argument("--kind", default=ALL, help=f"what: {', '.join(handouts.KINDS)}, or {ALL} ({ALL})")
    parser.add_argument("--paper", default="letter", help=f"the paper: {', '.join(handouts.PAPERS)} (letter)")
    parser.add_argument("--output", type=Path, default=Path("handouts"), help="folder for the files (handouts)")
    parser.add_argument("--modules-dir", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    parser.add_argument("--content", type=Path, default=Path("content"), help="folder of the pages (content)")
    parser.add_argument(
        "--site-url",
        default="",
        help=f"address of the hub, to be printed ({SITE_VARIABLE}, else none)",
    )
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    def work() -> int:
        try:
            return _make(chosen)
        except press.Unavailable as error:
            raise setting.WrongUse(str(error)) from None

    return in_words(work, stopped(chosen.output, "The handouts are not all written."), "No handout was written.")


def _make(chosen: argparse.Namespace) -> int:
    locales = _choice(chosen.locale, LOCALES, "a language of the hub")
    kinds = _choice(chosen.kind, handouts.KINDS, "a kind of handout")
    if chosen.paper not in handouts.PAPERS:
        raise setting.WrongUse(f"{chosen.paper}: not a paper. Choose one of {', '.join(handouts.PAPERS)}.")
    url = site_url(chosen.site_url or os.environ.get(SITE_VARIABLE, ""))
    folder = chosen.modules_dir
    if not folder.is_dir():
        where = "Run the command where `mkdocs.yml` is, or name it with --modules-dir."
        raise setting.WrongUse(f"{folder}: no such folder. {where}")
    if chosen.output.exists() and not chosen.output.is_dir():
        raise setting.WrongUse(f"{chosen.output.as_posix()}: is a file. Name a folder with --output.")
    press.ready()
    found = library.read(folder.resolve(), chosen.content.resolve() if chosen.content.is_dir() else None)
    hub = found.without_drafts()
    names = list(_names(found, hub, chosen.modules))
    chosen.output.mkdir(parents=True, exist_ok=True)
    site, written = Site(True, url), 0
    for identifier in names:
        for locale in locales:
            for kind in kinds:
                printed = handouts.printed(hub, identifier, kind, locale, chosen.paper, site)
                file = chosen.output / handouts.name(identifier, kind, locale, chosen.paper)
                if printed is None:
                    print(f"{file.as_posix()}: not made, {_NOTHING[kind]}.", file=sys.stderr)
                    continue
                setting.replace(file, printed.data)
                written += 1
                print(f"{file.as_posix()}: pages: {printed.pages}; {len(printed.data) / 1000:,.0f} kB.")
    print(f"Files: {written}.")
    if not url:
        print(
            "The hub's address is not known (--site-url), so its pages are named there without an address.",
            file=sys.stderr,
        )
    return 0


_NOTHING = {"worksheet": "the module has no worksheet", "answers": "the module has no questions"}


def _choice(said: str, known: Sequence[str], what: str) -> Sequence[str]:
    if said == ALL:
        return known
    if said not in known:
        raise setting.WrongUse(f"{said}: not {what}. Choose one of {', '.join(known)}, or {ALL}.")
    return (said,)


def _names(found: Library, hub: Library, said: Sequence[str]) -> Iterator[str]:
    """The modules that were named, or all; what is wrong with any name is told with all that is wrong."""
    wrong = []
    for name in said:
        if name in hub.modules:
            continue
        if name in found.modules:
            how = f"Set `status: ready` in modules/{name}/module.yml once it is done."
            wrong.append(f"{name}: a draft, which learners do not get. {how}")
        else:
            near = difflib.get_close_matches(name, list(hub.modules), 1)
            how = f"Did you mean `{near[0]}`?" if near else f"Modules: {', '.join(hub.modules)}."
            wrong.append(f"{name}: no module has this id. {how}")
    if wrong:
        raise setting.WrongUse("\n".join(wrong))
    yield from dict.fromkeys(said or hub.modules)
