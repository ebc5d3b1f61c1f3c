"""`greensupply kit`: all that the trainers of a course need, in one language, as one zip."""

from __future__ import annotations

import argparse
import difflib
import os
import sys
from decimal import Decimal
from pathlib import Path

from greensupply import courses, handouts, kits, library, rules
from greensupply.addresses import Site
from greensupply.cli import language, setting
from greensupply.cli.commands import Commands, in_words, unfinished
from greensupply.cli.package import SITE_VARIABLE, site_url
from greensupply.courses import CourseFacts
from greensupply.model import Library
from greensupply.offline import archive, contents
from greensupply.records import fields


def register(commands: Commands) -> None:
    """Add `kit` to the command line."""
    parser = commands.add_parser("kit", help="make a zip of all that the trainers of a course need")
    parser.add_argument("course", help="id of the course")
    language.add_option(parser)
    parser.add_argument("--output", type=Path, help="file to write (<course>-<language>.zip)")
    parser.add_argument("--start", default="", help="when each day begins, such as 08:30 (as the course says)")
    parser.add_argument("--paper", choices=handouts.PAPERS, default="letter", help="the paper (letter)")
    words = "code of a delivery that the roster offers, as often as needed (those of the course's plan)"
    parser.add_argument("--session", action="append", default=[], metavar="CODE", help=words)
    parser.add_argument("--html", action="store_true", help="write papers as HTML although PDFs can be made")
    parser.add_argument("--site", type=Path, default=Path("site"), help="folder of the built site (site)")
    parser.add_argument(
        "--site-url", default="", help=f"address of the hub, to be printed ({SITE_VARIABLE}, else none)"
    )
    parser.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    parser.add_argument("--content", type=Path, default=Path("content"), help="folder of the pages (content)")
    parser.set_defaults(run=_run)


def course(hub: Library, identifier: str, locale: str) -> CourseFacts:
    """Return the course of an id.

    Raises:
        WrongUse: There is none, said in the locale.
    """
    known = {each.id: each for each in hub.courses}
    if identifier in known:
        return known[identifier]
    near = difflib.get_close_matches(identifier, list(known), 1)
    if near:
        hint = rules.phrase("did-you-mean", locale, near=near[0])
    else:
        hint = rules.phrase("course-names" if known else "course-none", locale, names=", ".join(known))
    raise setting.WrongUse(rules.phrase("kit-course", locale, id=identifier, hint=hint))


def _run(chosen: argparse.Namespace) -> int:
    out = chosen.output or Path(kits.name(chosen.course, chosen.lang))

    def told(error: OSError) -> str:
        file, reason = unfinished(error, out), error.strerror or str(error)
        return rules.phrase("kit-not-written", chosen.lang, file=file, reason=reason)

    return in_words(lambda: _make(chosen, out), told, None)


def _make(chosen: argparse.Namespace, out: Path) -> int:
    locale = chosen.lang
    if not chosen.modules.is_dir():
        raise setting.WrongUse(rules.phrase("roster-template-modules", locale, folder=chosen.modules.as_posix()))
    if out.is_dir():
        raise setting.WrongUse(rules.phrase("kit-output", locale, file=out.as_posix()))
    if chosen.start and courses.minutes_of(chosen.start) is None:
        raise setting.WrongUse(rules.phrase("kit-start", locale, value=chosen.start))
    for code in chosen.session:
        if not fields.is_code(code):
            raise setting.WrongUse(rules.phrase("roster-template-session", locale, code=code))
    url = site_url(chosen.site_url or os.environ.get(SITE_VARIABLE, ""))
    found = library.read(chosen.modules.resolve(), chosen.content.resolve() if chosen.content.is_dir() else None)
    hub = found.without_drafts()
    wanted = course(hub, chosen.course, locale)
    site = archive.files(chosen.site, locale) if locale in contents.languages(chosen.site) else None
    shared = {"start": chosen.start, "sessions": tuple(chosen.session), "plain": chosen.html}
    made = kits.files(hub, wanted, kits.Options(locale, chosen.paper, site=Site(True, url), **shared), site)
    data = archive.zipped(made)
    out.parent.mkdir(parents=True, exist_ok=True)
    setting.replace(out, data)
    size = (Decimal(len(data)) / 1_000_000).quantize(Decimal("0.1"))
    print(rules.phrase("kit-written", locale, file=out.as_posix(), count=len(made), size=size))
    if reason := "" if chosen.html else kits.unprinted():
        print(rules.phrase("kit-html", locale, reason=reason), file=sys.stderr)
    if site is None:
        print(rules.phrase("kit-no-site", locale, folder=chosen.site.as_posix()), file=sys.stderr)
    return 0
