"""Tables in Markdown, and sections of `RESULTS.md` that are replaced in place."""

from __future__ import annotations

import argparse
import os
import platform
import re
from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PACKAGES = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown", "jinja2")
HEADINGS = (
    "## The site",
    "## Beside other generators",
    "## Where the time goes",
    "## What a page weighs",
    "## The preview",
    "## Packages",
    "## The tally",
    "## The tally of ten million records",
)
"""The sections in the order in which they stand."""


def options(described: str | None) -> argparse.ArgumentParser:
    """A command line with what every benchmark takes."""
    parser = argparse.ArgumentParser(description=described, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--into", type=Path, metavar="FILE", help="replace the benchmark's section of this file")
    parser.add_argument("--work", type=Path, metavar="FOLDER", help="folder to keep the made texts and sites in")
    return parser


def sizes(text: str) -> list[int]:
    """Numbers of modules as they are written on the command line: `10,100`."""
    return [int(part) for part in text.split(",")]


def give(told: str, into: Path | None) -> None:
    """Print a section, and put it into its file where one is named."""
    if into:
        before = into.read_text(encoding="utf-8") if into.exists() else "# Results\n"
        into.write_text(replaced(before, told), encoding="utf-8")
    print(told)


def replaced(text: str, section: str) -> str:
    """The text with the section in place of the one with its heading; a new one goes where `HEADINGS` has it."""
    parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    first, found = parts[0], {part.partition("\n")[0]: part for part in parts[1:]}
    found[section.partition("\n")[0]] = section
    order = sorted(found, key=lambda heading: HEADINGS.index(heading) if heading in HEADINGS else len(HEADINGS))
    return "\n\n".join(part.strip() for part in (first, *(found[heading] for heading in order))) + "\n"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], *, words: int = 1) -> list[str]:
    """Lines of a table whose first `words` columns are words and whose others are numbers."""
    line = "| {} |".format
    ruler = ["---"] * words + ["---:"] * (len(head) - words)
    return [line(" | ".join(head)), line(" | ".join(ruler)), *(line(" | ".join(row)) for row in rows)]


def setting(*names: str) -> str:
    """The machine and the versions of Python and of the packages, in a line."""
    where = f"{platform.system()}, {os.cpu_count()} processors, Python {platform.python_version()}"
    return ", ".join((where, *(f"{name} {_version(name)}" for name in names)))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not here)"
