"""`greensupply explain`: what a rule of the check is about; and `greensupply rules`, which writes that down."""

from __future__ import annotations

import argparse
import difflib
import sys
from pathlib import Path

from greensupply import rule_pages, rules
from greensupply.cli import language
from greensupply.cli.commands import Commands


def register(commands: Commands) -> None:
    """Add `explain` and `rules` to the command line."""
    explain = commands.add_parser("explain", help="show what a rule of the check is about, with an example")
    explain.add_argument("rule", help="name of the rule, as the check writes it in brackets")
    language.add_option(explain)
    explain.set_defaults(run=_explain)
    written = commands.add_parser("rules", help="write the pages of documentation, one for each rule of the check")
    written.add_argument("--check", action="store_true", help="write nothing; name those that are not current")
    written.add_argument(
        "--folder", type=Path, default=Path(language.RULE_PAGES), help=f"folder of the pages ({language.RULE_PAGES})"
    )
    written.set_defaults(run=_rules)


def _explain(chosen: argparse.Namespace) -> int:
    known = rules.catalogue()
    name = chosen.rule.strip("[]")
    if name in known:
        print(rule_pages.page(known[name], chosen.lang).rstrip())
        return 0
    near = difflib.get_close_matches(name, known, 1)
    said = ("did-you-mean", {"near": near[0]}) if near else ("explain-see-list", {"list": _list(chosen.lang)})
    hint = rules.phrase(said[0], chosen.lang, **said[1])
    words = f"{chosen.rule}: {rules.phrase('explain-unknown', chosen.lang, hint=hint)}"
    print(words.encode("utf-8", "backslashreplace").decode(), file=sys.stderr)
    return 2


def _list(locale: str) -> str:
    return f"{language.pages(Path())}/{locale}/{rule_pages.LIST}"


def _rules(chosen: argparse.Namespace) -> int:
    folder: Path = chosen.folder
    pages = rule_pages.files()
    old = [name for name, text in pages.items() if _content(folder / name) != text]
    needless = [name for name in _made(folder) if name not in pages]
    if chosen.check:
        for name in sorted((*old, *needless)):
            how = "Run `greensupply rules` and commit what it writes."
            print(f"{(folder / name).as_posix()}:1: is not what the rules say. {how}", file=sys.stderr)
        if old or needless:
            print(f"Problems: {len(old) + len(needless)}.", file=sys.stderr)
            return 1
        print(f"{folder.as_posix()}: all {len(pages)} pages are current.")
        return 0
    try:
        for name in old:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(pages[name], encoding="utf-8", newline="")
        for name in needless:
            (folder / name).unlink()
    except OSError as error:
        print(f"{error.filename or folder.as_posix()}: cannot be written ({error.strerror}).", file=sys.stderr)
        return 1
    print(f"{folder.as_posix()}: {len(old)} of {len(pages)} pages written, {len(needless)} taken away.")
    return 0


def _made(folder: Path) -> list[str]:
    """The pages below a folder that the command once wrote."""
    files = (file for file in sorted(folder.glob("*/*.md")) if (_content(file) or "").startswith(rule_pages.MADE))
    return [file.relative_to(folder).as_posix() for file in files]


def _content(file: Path) -> str | None:
    """Text of a file, whatever line ends the author's system gave it; None where there is none."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
