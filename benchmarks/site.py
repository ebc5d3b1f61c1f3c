"""How long the site takes to build and how much memory, beside MkDocs with Material and mkdocs-static-i18n alone.

Run `python benchmarks/site.py` for 10, 100 and 300 modules in three languages, `--sizes 10 --runs 1` for a quick look.
It makes its texts itself (see `corpus.py`). Every figure is of a whole program, start of Python included. The builds
take turns, so that what else the machine does meets all of them. *Stock* is the same Markdown without what our plugins
make of it: no questions, no facilitator's pages, no tools library, no records.

`--hub` measures the project's own site too, `--ways` chooses what is measured, `--into` puts the tables into a file.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
import processes
import report
from processes import ROOT, Cost

HEADING = "## The site"


@dataclass(frozen=True)
class Way:
    """A way to build that is measured.

    Attributes:
        site: The site that is built, `ours` or `stock`.
        cold: Whether what earlier builds kept, and the site that they made, is thrown away before.
        changed: Whether the text of one module is changed before.
        records: Whether there are completion records and results of plants, whose pages cost the same at any size.
        settings: Environment of the build.
    """

    site: str = "ours"
    cold: bool = False
    changed: bool = False
    records: bool = True
    settings: Mapping[str, str] = field(default_factory=dict)


WAYS = {
    "cold": Way(cold=True),
    "again": Way(),
    "one changed": Way(changed=True),
    "cold, one process": Way(cold=True, settings={processes.ONE_PROCESS: "1"}),
    "cold, no records": Way(cold=True, records=False),
    "no cache": Way(settings={processes.NO_CACHE: "1"}),
    "stock": Way(site="stock"),
}
"""*Again* is a build after one of the same text, with what that has kept, into the same folder."""
MEASURED = ("cold, no records", "cold", "again", "one changed", "cold, one process", "stock")
"""In this order: what is built last is looked at by `weight`."""
OFTEN = 100
"""With more modules than these there is one run less, since stock takes long."""


def main() -> None:
    """Measure and print."""
    options = report.options(__doc__)
    options.add_argument("--sizes", type=report.sizes, default=[10, 100, 300], help="numbers of modules: 10,100,300")
    options.add_argument(
        "--runs", type=int, default=3, help=f"runs of each, of which the median counts; one less above {OFTEN} modules"
    )
    options.add_argument("--ways", type=lambda text: text.split(","), default=MEASURED, help=", ".join(WAYS))
    options.add_argument("--hub", action="store_true", help="the project's own site too, which stock cannot build")
    chosen = options.parse_args()
    rows, runs = {}, {}
    with TemporaryDirectory() as scratch:
        for size in chosen.sizes:
            runs[str(size)] = max(1, chosen.runs - (size > OFTEN))
            rows[str(size)] = measured(corpus.made(chosen.work or Path(scratch), size), runs[str(size)], chosen.ways)
        if chosen.hub:
            runs["the hub"] = chosen.runs
            rows["the hub"] = measured(_hub(Path(scratch, "hub")), chosen.runs, ("cold", "again", "cold, one process"))
    report.give(told(rows, runs), chosen.into)


def measured(sites: corpus.Corpus, runs: int, ways: Sequence[str] = MEASURED) -> dict[str, Cost]:
    """The median cost of each way to build."""
    found: dict[str, list[Cost]] = {way: [] for way in ways}
    for _ in range(runs):
        for way in ways:
            found[way].append(build(sites, WAYS[way]))
    return {way: processes.median(costs) for way, costs in found.items()}


def build(sites: corpus.Corpus, way: Way) -> Cost:
    """Build a site in one way, as `mkdocs build` does."""
    folder = sites.ours if way.site == "ours" else sites.stock
    if way.cold:
        shutil.rmtree(folder / "site", ignore_errors=True)
        shutil.rmtree(folder / ".cache", ignore_errors=True)
    if way.changed:
        corpus.change(sites)
    records, aside = folder / "records", folder / "records-aside"
    if not way.records:
        records.rename(aside)
    try:
        return processes.run(processes.mkdocs(folder), way.settings)
    finally:
        if not way.records:
            shutil.rmtree(records, ignore_errors=True)
            aside.rename(records)


def told(rows: Mapping[str, Mapping[str, Cost]], runs: Mapping[str, int]) -> str:
    """The section: costs, ratios to stock and growth, with versions."""
    counted = ", ".join(f"{size}: {count}" for size, count in runs.items())
    lines = [
        HEADING,
        "",
        f"`python benchmarks/site.py`; {report.setting(*report.PACKAGES)}.",
        f"Medians of runs in turns ({counted}); memory is that of the largest process of any run.",
        "*Cold* is a build without `.cache`, *again* one of the same text with it, *one changed* one with one text of "
        "one module changed; *one process* is *cold* without others beside it. All of them count and draw the hub's "
        "demonstration records, as large at any number of modules; *no records* is *cold* with none.",
        "",
    ]
    cells = [_row(size, way, cost, costs.get("stock")) for size, costs in rows.items() for way, cost in costs.items()]
    head = ("Modules", "Build", "Clock, s", "of stock", "Processor, s", "of stock", "Largest process, MB", "of stock")
    lines += report.table((*head, "Processes"), cells, words=2)
    if growth := _growth(rows):
        lines += ["", *growth]
    return "\n".join((*lines, ""))


def _row(size: str, way: str, cost: Cost, stock: Cost | None) -> list[str]:
    cells = [size, way]
    for part in ("wall", "processor", "memory"):
        value = getattr(cost, part)
        cells += [f"{value:,.0f}" if part == "memory" else f"{value:.2f}"]
        cells += [f"{value / getattr(stock, part):.2f}" if stock else ""]
    return [*cells, str(cost.processes)]


def _growth(rows: Mapping[str, Mapping[str, Cost]]) -> list[str]:
    """How many times as long the next size takes, on the clock and of processor."""
    ways = list(dict.fromkeys(way for costs in rows.values() for way in costs))
    cells = []
    for small, large in pairwise(size for size in rows if size.isdigit()):
        for name, part in (("clock", "wall"), ("processor", "processor")):
            shares = [
                f"{getattr(rows[large][way], part) / getattr(rows[small][way], part):.2f} ×"
                if way in rows[small] and way in rows[large]
                else ""
                for way in ways
            ]
            cells.append([f"t({large}) / t({small})", name, *shares])
    return report.table(("Growth", "Time", *ways), cells, words=2) if cells else []


def _hub(folder: Path) -> corpus.Corpus:
    """A copy of the project's own site, because a build writes what was published."""
    for name in ("content", "modules", "records"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8").replace("custom_dir: ", f"custom_dir: {ROOT}/")
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    return corpus.Corpus(folder, folder)


if __name__ == "__main__":
    main()
