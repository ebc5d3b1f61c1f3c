"""`greensupply invitation`: what a customer hands to the suppliers that it invites, in one language."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from greensupply import handouts, invitations, kits, library, published, published_outcomes, rules
from greensupply.addresses import Site
from greensupply.cli import language, setting
from greensupply.cli.commands import Commands, in_words, unfinished
from greensupply.cli.package import SITE_VARIABLE, site_url
from greensupply.kits import papers
from greensupply.published import PublicTally
from greensupply.published_outcomes import PublicOutcomes

State = TypeVar("State")
PEOPLE, PLANTS = "published.json", "published-outcomes.json"
BOTH = "both"


def register(commands: Commands) -> None:
    """Add `invitation` to the command line."""
    parser = commands.add_parser("invitation", help="make flyer, letter and questions for a customer's suppliers")
    language.add_option(parser)
    parser.add_argument("--customer", default="", help="name of who invites (a place to write it)")
    parser.add_argument("--output", type=Path, default=Path("invitation"), help="folder for the files (invitation)")
    parser.add_argument("--paper", choices=(*handouts.PAPERS, BOTH), default=BOTH, help=f"the paper ({BOTH})")
    parser.add_argument("--html", action="store_true", help="write papers as HTML although PDFs can be made")
    parser.add_argument("--records", type=Path, default=Path("records"), help="folder of what was published (records)")
    parser.add_argument(
        "--site-url", default="", help=f"address of the hub, to be printed ({SITE_VARIABLE}, else none)"
    )
    parser.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    parser.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    def told(error: OSError) -> str:
        file, reason = unfinished(error, chosen.output), error.strerror or str(error)
        return rules.phrase("invitation-not-written", chosen.lang, file=file, reason=reason)

    return in_words(lambda: _make(chosen), told, None)


def _make(chosen: argparse.Namespace) -> int:
    locale = chosen.lang
    customer = " ".join(chosen.customer.split())
    if len(customer) > invitations.LONGEST_CUSTOMER or not customer.isprintable():
        raise setting.WrongUse(rules.phrase("invitation-customer", locale, most=invitations.LONGEST_CUSTOMER))
    if not chosen.modules.is_dir():
        raise setting.WrongUse(rules.phrase("roster-template-modules", locale, folder=chosen.modules.as_posix()))
    if chosen.output.exists() and not chosen.output.is_dir():
        raise setting.WrongUse(rules.phrase("invitation-output", locale, file=chosen.output.as_posix()))
    url = site_url(chosen.site_url or os.environ.get(SITE_VARIABLE, ""))
    people = _published(chosen.records / PEOPLE, published.load, PublicTally(), locale)
    plants = _published(chosen.records / PLANTS, published_outcomes.load, PublicOutcomes(), locale)
    hub = library.read(chosen.modules.resolve()).without_drafts()
    options = invitations.Options(locale, customer, Site(True, url), datetime.now(UTC).date())
    plain = chosen.html or bool(kits.unprinted())
    made: dict[str, bytes] = {}
    for paper in handouts.PAPERS if chosen.paper == BOTH else (chosen.paper,):
        for kind in invitations.KINDS:
            document = invitations.document(kind, hub, people, plants, options, paper)
            suffix, data = ("html", papers.for_browsers(document)) if plain else ("pdf", papers.printed(document))
            made[f"{invitations.name(kind, locale, paper)}.{suffix}"] = data
            if kind == "letter":  # a word processor opens it, to be adapted
                made[f"invitation-letter-{locale}.html"] = papers.for_browsers(document)
    chosen.output.mkdir(parents=True, exist_ok=True)
    for name, data in made.items():
        setting.replace(chosen.output / name, data)
        print((chosen.output / name).as_posix())
    if reason := "" if chosen.html else kits.unprinted():
        print(rules.phrase("kit-html", locale, reason=reason), file=sys.stderr)
    if not url:
        print(rules.phrase("invitation-no-address", locale), file=sys.stderr)
    return 0


def _published(file: Path, load: Callable[[str], State], nothing: State, locale: str) -> State:
    """What was published last; nothing if there is no file.

    Raises:
        WrongUse: The file is no published state.
        OSError: It cannot be read.
    """
    if not file.exists():
        return nothing
    try:
        return load(file.read_text(encoding="utf-8"))
    except ValueError:
        raise setting.WrongUse(rules.phrase("invitation-published", locale, file=file.as_posix())) from None
