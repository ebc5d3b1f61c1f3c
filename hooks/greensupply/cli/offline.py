"""`greensupply offline`: one language of the built site as a zip for computers without internet."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from greensupply.cli import language, setting
from greensupply.cli.commands import Commands
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES
from greensupply.offline import archive, contents


def register(commands: Commands) -> None:
    """Add `offline` to the command line."""
    parser = commands.add_parser("offline", help="make a zip of one language that opens without internet")
    parser.add_argument(*language.NAMES, dest="locale", required=True, help=f"the language: {', '.join(LOCALES)}")
    parser.add_argument("--site", type=Path, default=Path("site"), help="folder of the built site (site)")
    parser.add_argument("--out", type=Path, help="file to write (greensupply-<locale>.zip)")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    out = chosen.out or Path(f"greensupply-{chosen.locale}.zip")
    try:
        _check(chosen.site, chosen.locale, out)
        found = archive.files(chosen.site, chosen.locale)
        data = archive.zipped(found)
        setting.replace(out, data)
    except setting.WrongUse as error:
        print(error, file=sys.stderr)
        return 2
    except GreenSupplyError as error:
        print(error, file=sys.stderr)
        print(f"Problems: {len(error.problems)}.", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename or out.as_posix()}: {error.strerror}. No zip was written.", file=sys.stderr)
        return 1
    size = sum(map(len, found.values()))
    print(f"{out.as_posix()}: {len(found):,} files, {_megabytes(len(data))}; unpacked {_megabytes(size)}.")
    print("To use it: unpack it, and open index.html with a double-click.")
    if not archive.url(chosen.site, chosen.locale):
        print("The site's address is not known (`site_url` in mkdocs.yml), so links to other languages were left out.")
    return 0


def _check(site: Path, locale: str, out: Path) -> None:
    if locale not in LOCALES:
        raise setting.WrongUse(f"{locale}: not a language of the hub. Choose one of {', '.join(LOCALES)}.")
    there = contents.languages(site)
    if not there:
        raise setting.WrongUse(
            f"{site.as_posix()}: no built site. Build it with `make site`, or name its folder with --site."
        )
    if locale not in there:
        raise setting.WrongUse(f"{site.as_posix()}: the site has no pages in `{locale}`, only in {', '.join(there)}.")
    if out.is_dir():
        raise setting.WrongUse(f"{out.as_posix()}: is a folder. Name a file with --out.")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
