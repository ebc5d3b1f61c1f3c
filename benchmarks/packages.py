"""How long packages for learning management systems take to make, of one module and of all.

Run `python benchmarks/packages.py`. *One* is `greensupply package`, a whole program; *all* is one program that reads
the modules once and makes a package of each. Every package holds the three languages.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
import processes
import report
from corpus import LOCALES

HEADING = "## Packages"
FORMATS = ("scorm12", "scorm2004", "cmi5")
COMMAND = "import sys; from greensupply.cli import main; sys.exit(main())"
URL = "https://hub.example/"
HEAD = (
    "Modules",
    "Format",
    "One, s",
    "One, MB of memory",
    "All, s",
    "All, s a package",
    "All, MB of memory",
    "All, MB of zips",
)


def main() -> None:
    """Measure and print, or be the program that makes all."""
    options = report.options(__doc__)
    options.add_argument("--sizes", type=report.sizes, default=[10, 100], help="numbers of modules: 10,100")
    options.add_argument("--formats", type=lambda text: text.split(","), default=FORMATS, help=",".join(FORMATS))
    options.add_argument(
        "--runs", type=int, default=3, help="runs of *one*, of which the median counts; *all* runs once"
    )
    options.add_argument("--all", nargs=3, metavar=("FORMAT", "SITE", "OUT"), help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.all:
        every(chosen.all[0], Path(chosen.all[1]), Path(chosen.all[2]))
        return
    rows = []
    with TemporaryDirectory() as scratch:
        for size in chosen.sizes:
            site = corpus.made(chosen.work or Path(scratch), size).ours
            for name in chosen.formats:
                rows.append([str(size), name, *measured(site, size, name, chosen.runs)])
    report.give(told(rows), chosen.into)


def measured(site: Path, size: int, name: str, runs: int) -> list[str]:
    """The cells of a format."""
    with TemporaryDirectory() as folder:
        out = Path(folder)
        order = [sys.executable, "-c", COMMAND, "package", corpus.FIRST, "--format", name, "--lang", "all"]
        order += ["--output", str(out / "one.zip"), "--site-url", URL]
        order += ["--modules", str(site / "modules"), "--content", str(site / "content")]
        one = processes.median(processes.run(order) for _ in range(runs))
        (out / "all").mkdir()
        all_of = processes.run([sys.executable, __file__, "--all", name, str(site), str(out / "all")])
        stored = sum(file.stat().st_size for file in (out / "all").iterdir())
    cells = [f"{one.wall:.2f}", f"{one.memory:,.0f}", f"{all_of.wall:.1f}", f"{all_of.wall / size:.3f}"]
    return [*cells, f"{all_of.memory:,.0f}", f"{stored / 1e6:,.1f}"]


def every(name: str, site: Path, out: Path) -> None:
    """Write a package of every module."""
    from greensupply import library, packages

    found = library.read(site / "modules", site / "content")
    for module in found.modules:
        data = packages.build(found, module, format=name, locales=LOCALES, url=URL)
        (out / f"{module}.zip").write_bytes(data)


def told(rows: list[list[str]]) -> str:
    """The section, with versions."""
    lines = [
        HEADING,
        "",
        f"`python benchmarks/packages.py`; {report.setting('markdown', 'jinja2')}.",
        "*One* is `greensupply package` of one module in all three languages; *all* is one program that makes such a "
        "package of every module.",
        "Whole programs, the start of Python and the reading of all modules included.",
        "",
    ]
    return "\n".join((*lines, *report.table(HEAD, rows, words=2), ""))


if __name__ == "__main__":
    main()
