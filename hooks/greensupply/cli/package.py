"""`greensupply package`: a module or a pathway as one zip that an employer's LMS can take."""

from __future__ import annotations

import argparse
import difflib
import os
import re
import sys
from pathlib import Path

from greensupply import library, packages
from greensupply.cli import language, setting
from greensupply.cli.commands import Commands, in_words, stopped
from greensupply.locales import LOCALES
from greensupply.model import Library

ALL = "all"
SITE_VARIABLE = "GREENSUPPLY_SITE_URL"
"""The variable that `mkdocs.yml` reads too."""


def register(commands: Commands) -> None:
    """Add `package` to the command line."""
    parser = commands.add_parser("package", help="make a zip of a module or a pathway for an LMS")
    parser.add_argument("name", help="id of the module or the pathway")
    parser.add_argument("--format", required=True, help=f"the standard: {', '.join(packages.FORMATS)}")
    parser.add_argument(
        *language.NAMES, dest="locale", required=True, help=f"the language: {', '.join(LOCALES)}, or {ALL}"
    )
    parser.add_argument("--output", type=Path, help="file to write (<name>-<format>-<locale>.zip)")
    parser.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    parser.add_argument("--content", type=Path, default=Path("content"), help="folder of the pages (content)")
    parser.add_argument(
        "--site-url",
        default="",
        help=f"address of the hub, for links to what is not in the package ({SITE_VARIABLE}, else none)",
    )
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    out = chosen.output or Path(f"{chosen.name}-{chosen.format}-{chosen.locale}.zip")
    undone = "No package was written."
    return in_words(lambda: _make(chosen, out), stopped(out, undone), undone)


def _make(chosen: argparse.Namespace, out: Path) -> int:
    if chosen.format not in packages.FORMATS:
        raise setting.WrongUse(f"{chosen.format}: not a format. Choose one of {', '.join(packages.FORMATS)}.")
    if chosen.locale not in (*LOCALES, ALL):
        raise setting.WrongUse(
            f"{chosen.locale}: not a language of the hub. Choose one of {', '.join(LOCALES)}, or {ALL} for one package "
            "in which learners choose."
        )
    url = site_url(chosen.site_url or os.environ.get(SITE_VARIABLE, ""))
    if not chosen.modules.is_dir():
        where = "Run the command where `mkdocs.yml` is, or name it with --modules."
        raise setting.WrongUse(f"{chosen.modules}: no such folder. {where}")
    if out.is_dir():
        raise setting.WrongUse(f"{out.as_posix()}: is a folder. Name a file with --output.")
    found = library.read(chosen.modules.resolve(), chosen.content.resolve() if chosen.content.is_dir() else None)
    _check_name(found, chosen.name)
    locales = LOCALES if chosen.locale == ALL else (chosen.locale,)
    hub = found.without_drafts()
    data = packages.build(hub, chosen.name, format=chosen.format, locales=locales, url=url)
    setting.replace(out, data)
    count = len(packages.modules_of(hub, chosen.name))
    modules = f"{count} modules, " if count > 1 else ""
    print(f"{out.as_posix()}: {modules}{len(data) / 1000:,.0f} kB. Upload it to your LMS as it is; do not unpack it.")
    if not url:
        print(
            "The hub's address is not known (--site-url), so what is not in the package is named there without a link.",
            file=sys.stderr,
        )
    return 0


def site_url(written: str) -> str:
    """The hub's address with one slash at its end."""
    url = written.strip()
    if url and not re.fullmatch(r"https?://[^\s<>\"'?#]+", url):
        raise setting.WrongUse(f"{url}: not the address of a site. Write it like https://training.example.org/.")
    return f"{url.rstrip('/')}/" if url else ""


def _check_name(found: Library, name: str) -> None:
    if name in found.modules and found.modules[name].draft:
        raise setting.WrongUse(
            f"{name}: a draft, which learners do not get. Set `status: ready` in modules/{name}/module.yml once it is "
            "done."
        )
    if packages.modules_of(found, name):
        return
    modules = [key for key, module in found.modules.items() if not module.draft]
    pathways = [pathway.id for pathway in found.pathways]
    near = difflib.get_close_matches(name, [*modules, *pathways], 1)
    how = f"Did you mean `{near[0]}`?" if near else f"Modules: {', '.join(modules)}. Pathways: {', '.join(pathways)}."
    raise setting.WrongUse(f"{name}: no module and no pathway has this id. {how}")
