"""How long the site takes to build and how much memory, beside MkDocs with Material and mkdocs-static-i18n alone.

Run `python benchmarks/site.py` for 10, 30 and 100 modules in three languages, `--sizes 300` for others. It makes its
corpus itself, in a temporary folder (see `corpus.py`). Every figure is of a whole process, start of Python included.
The builds take turns, so that what else the machine does meets all of them: medians of several runs. *Stock* is the
same Markdown without what our plugins make of it: no questions, no facilitator's pages, no records.

`--hub` measures the project's own site too, `--profile 100` shows where the time of a build goes, and
`--into benchmarks/RESULTS.md` puts the table into that file, below the heading *The site*.
"""

from __future__ import annotations

import argparse
import os
import platform
import re
import shutil
import statistics
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus

ROOT = Path(__file__).parent.parent
EPOCH = "1764115200"
WAYS = {"cold": "ours", "again": "ours", "one changed": "ours", "stock": "stock"}
"""What is measured -> the site that is built. *Again* is a build after one of the same text, with what it has kept."""
PACKAGES = ("mkdocs", "mkdocs-material", "mkdocs-static-i18n", "markdown", "jinja2")
HEADING = "## The site"
PROFILED = """\
import cProfile, pstats, sys
from mkdocs.__main__ import cli
profile = cProfile.Profile()
try:
    profile.runcall(cli, sys.argv[1:])
except SystemExit:
    pass
found = pstats.Stats(profile)
found.sort_stats("cumulative").print_stats(60)
found.sort_stats("tottime").print_stats(40)
"""


@dataclass(frozen=True)
class Cost:
    """Of one process: seconds on the clock, seconds of processor, megabytes at its largest."""

    wall: float
    processor: float
    memory: float


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=_sizes, default=[10, 30, 100], help="numbers of modules: 10,30,100")
    options.add_argument("--runs", type=int, default=3, help="runs of each, of which the median counts")
    options.add_argument("--hub", action="store_true", help="the project's own site too, which stock cannot build")
    options.add_argument("--profile", type=int, metavar="N", help="only profile a cold build of N modules")
    options.add_argument("--into", type=Path, metavar="FILE", help="put the table into this file")
    chosen = options.parse_args()
    with TemporaryDirectory() as folder:
        if chosen.profile:
            _run(corpus.make(Path(folder), chosen.profile).ours, ["-c", PROFILED], quiet=False)
            return
        rows = {str(size): measured(corpus.make(Path(folder, str(size)), size), chosen.runs) for size in chosen.sizes}
        if chosen.hub:
            rows["the hub"] = measured(_hub(Path(folder, "hub")), chosen.runs, ways=("cold", "again"))
    told = report(rows, chosen.runs)
    if chosen.into:
        before, _, rest = chosen.into.read_text(encoding="utf-8").partition(f"\n{HEADING}\n")
        after = re.search(r"^## .*", rest, re.MULTILINE | re.DOTALL)
        rest_of = f"\n{after[0]}" if after else ""
        chosen.into.write_text(f"{before.rstrip()}\n\n{told}{rest_of}", encoding="utf-8")
    print(told)


def measured(sites: corpus.Corpus, runs: int, ways: Sequence[str] = tuple(WAYS)) -> dict[str, Cost]:
    """The median cost of each way to build."""
    found: dict[str, list[Cost]] = {way: [] for way in ways}
    for _ in range(runs):
        for way in ways:
            folder = getattr(sites, WAYS[way])
            if way == "cold":
                shutil.rmtree(folder / ".cache", ignore_errors=True)
            if way == "one changed":
                corpus.change(sites)
            found[way].append(build(folder))
    return {
        way: Cost(
            statistics.median(cost.wall for cost in costs),
            statistics.median(cost.processor for cost in costs),
            max(cost.memory for cost in costs),
        )
        for way, costs in found.items()
    }


def build(folder: Path) -> Cost:
    """Build the site in a folder, as `mkdocs build` does."""
    shutil.rmtree(folder / "site", ignore_errors=True)
    return _run(folder, ["-m", "mkdocs"])


def _run(folder: Path, start: Sequence[str], *, quiet: bool = True) -> Cost:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": EPOCH, "NO_MKDOCS_2_WARNING": "1"}
    environment["PYTHONPATH"] = str(ROOT / "hooks")
    order = [sys.executable, *start, "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    began = time.perf_counter()
    nowhere = [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)] if quiet else []
    child = os.posix_spawn(sys.executable, order, environment, file_actions=nowhere)
    _, status, usage = os.wait4(child, 0)
    wall = time.perf_counter() - began
    if status:
        raise SystemExit(f"{folder}: the build failed; run it by hand: {' '.join(order)}")
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def report(rows: Mapping[str, Mapping[str, Cost]], runs: int) -> str:
    """The tables, with versions, in Markdown."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    lines = [
        HEADING,
        "",
        f"`python benchmarks/site.py` on {platform.system()} with {os.cpu_count()} processors, Python",
        f"{platform.python_version()}, {versions}.",
        f"Medians of {runs} runs in turns; *again* is a second build of the same text.",
        "",
        "| Modules | Build | Clock, s | of stock | Processor, s | of stock | Memory, MB | of stock |",
        "| --- | --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for size, costs in rows.items():
        stock = costs.get("stock")
        for way, cost in costs.items():
            cells = []
            for part in ("wall", "processor", "memory"):
                value = getattr(cost, part)
                share = f"{value / getattr(stock, part):.2f}" if stock else ""
                cells += [f"{value:,.0f}" if part == "memory" else f"{value:.2f}", share]
            lines.append(f"| {size} | {way} | {' | '.join(cells)} |")
    sizes = [size for size in rows if size.isdigit()]
    if len(sizes) > 1:
        lines += [
            "",
            "| Growth of processor time | Modules | cold | again | stock |",
            "| --- | ---: | ---: | ---: | ---: |",
        ]
        for small, large in pairwise(sizes):
            shares = (rows[large][way].processor / rows[small][way].processor for way in ("cold", "again", "stock"))
            times = int(large) / int(small)
            lines.append(f"| {small} to {large} | {times:.1f} × | {' | '.join(f'{share:.2f} ×' for share in shares)} |")
    return "\n".join((*lines, ""))


def _hub(folder: Path) -> corpus.Corpus:
    """A copy of the project's own site, because a build writes what was published."""
    for name in ("content", "modules", "records"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("custom_dir: ", f"custom_dir: {ROOT}/")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return corpus.Corpus(folder, folder)


def _sizes(text: str) -> list[int]:
    return [int(part) for part in text.split(",")]


if __name__ == "__main__":
    main()
