"""The `greensupply` command. Each part registers its sub-commands, with a `run` that gives the exit code."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from greensupply import library
from greensupply.cli import authors, exchange, figures, offline, records, translations


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 good, 1 problems found, 2 wrong use, 130 stopped by the user."""
    parser = argparse.ArgumentParser(prog="greensupply", description="Green Supply training hub.")
    commands = parser.add_subparsers(dest="command", required=True)
    check = commands.add_parser("check", help="check all modules and pages, and name every problem")
    check.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    check.add_argument("--content", type=Path, default=Path("content"), help="folder of the site's pages (content)")
    check.set_defaults(run=lambda chosen: _check(chosen.modules, chosen.content))
    records.register(commands)
    figures.register(commands)
    offline.register(commands)
    translations.register(commands)
    authors.register(commands)
    exchange.register(commands)
    chosen = parser.parse_args(arguments)
    try:
        return int(chosen.run(chosen))
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130


def _check(modules_dir: Path, pages_dir: Path) -> int:
    if not modules_dir.is_dir():
        print(
            f"{modules_dir}: no such folder. Run the command where `mkdocs.yml` is, or name it with --modules.",
            file=sys.stderr,
        )
        return 2
    found = library.examine(modules_dir.resolve(), pages_dir.resolve() if pages_dir.is_dir() else None)
    for problem in found.problems:
        print(problem, file=sys.stderr)
    for warning in found.warnings:
        print(replace(warning, what=f"warning: {warning.what}"), file=sys.stderr)
    warned = f" Warnings, all in drafts: {len(found.warnings)}." if found.warnings else ""
    if found.library is None:
        print(f"Problems: {len(found.problems)}.{warned}", file=sys.stderr)
        return 1
    drafts = sum(module.draft for module in found.library.modules.values())
    counted = f"{len(found.library.modules)}, of which drafts: {drafts}" if drafts else len(found.library.modules)
    print(f"Modules: {counted}. Problems: 0.{warned}")
    return 0
