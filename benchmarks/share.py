"""Where the time of a build goes, and how much of it our own plugins take.

Run `python benchmarks/share.py`. Each build runs in one process, cold and with one text changed; its stack is looked at
every two milliseconds of processor time (`sampled.py` says whose time is whose); no function is slowed down
by being counted.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
import processes
import report
import sampled

HEADING = "## Where the time goes"
PLACES = 20
ROOMS = 15
Found = Mapping[sampled.Place, float]


def main() -> None:
    """Look and print."""
    options = report.options(__doc__)
    options.add_argument("--sizes", type=report.sizes, default=[100, 300], help="numbers of modules: 100,300")
    options.add_argument("--stock", type=report.sizes, default=[100], help="of these, stock's time beside it")
    chosen = options.parse_args()
    found: dict[str, Found] = {}
    with TemporaryDirectory() as scratch:
        for size in chosen.sizes:
            sites = corpus.made(chosen.work or Path(scratch), size)
            found[f"ours, {size}"] = looked(sites.ours, Path(scratch))
            corpus.change(sites)
            found[f"ours, {size}, one changed"] = looked(sites.ours, Path(scratch), cold=False)
            if size in chosen.stock:
                found[f"stock, {size}"] = looked(sites.stock, Path(scratch))
    report.give(told(found), chosen.into)


def looked(folder: Path, scratch: Path, *, cold: bool = True) -> Found:
    """Build the site in a folder; place -> seconds of processor time."""
    if cold:
        for kept in ("site", ".cache"):
            shutil.rmtree(folder / kept, ignore_errors=True)
    file = scratch / "found.json"
    program = [sys.executable, str(Path(sampled.__file__)), str(file), "build", "--quiet"]
    processes.run([*program, "--config-file", str(folder / "mkdocs.yml")], {processes.ONE_PROCESS: "1"})
    return {(name, room, function): seconds for name, room, function, seconds in json.loads(file.read_text("utf-8"))}


def told(found: Mapping[str, Found]) -> str:
    """The section: our share, and where the rest goes."""
    head = [name for build in found for name in (f"{build}: s", "share")]
    lines = [
        HEADING,
        "",
        f"`python benchmarks/share.py`; {report.setting(*report.PACKAGES)}.",
        "Builds in one process, cold and, where it says so, after that with one text changed; by processor time.",
        "A moment belongs to the innermost call that is code of one of the parts named here; what "
        "that code calls (Python's library, YAML, DuckDB) is its time, and so is what it imports.",
        "So *our plugins* is all time in `hooks/greensupply/` and in what it calls, components' templates included, "
        "but for MkDocs, Material, mkdocs-static-i18n and Python-Markdown, and for the templates of whole pages, which "
        "Material's stand for in stock.",
        "Markdown that our plugins have converted for them (choices, feedback, notes) has a line of its own.",
        "",
        "### Parts",
        "",
        *report.table(("Part", *head), _rows(found, lambda place: place[0])),
    ]
    ours = {
        build: {place: s for place, s in times.items() if place[0] == sampled.OURS} for build, times in found.items()
    }
    ours = {build: times for build, times in ours.items() if times}
    head = [name for build in ours for name in (f"{build}: s", "of ours")]
    lines += [
        "",
        "### Rooms of our plugins",
        "",
        *report.table(("Room", *head), _rows(ours, lambda place: place[1])[: ROOMS + 1]),
    ]
    for build in list(ours)[-2:]:
        cells = _rows({build: found[build]}, lambda place: " · ".join(filter(None, place)))[: PLACES + 1]
        lines += ["", f"### The places that take most ({build})", ""]
        lines += report.table(("Place", "s", "share"), cells)
    return "\n".join((*lines, ""))


def _rows(found: Mapping[str, Found], name: Callable[[sampled.Place], str]) -> list[list[str]]:
    """A row for each name with seconds and share of each build, the largest first, and one of all."""
    sums = {}
    for build, times in found.items():
        sums[build] = Counter[str]()
        for place, seconds in times.items():
            sums[build][name(place)] += seconds
    names = sorted(
        {each for times in sums.values() for each in times},
        key=lambda each: (-max(t[each] for t in sums.values()), each),
    )
    whole = {build: times.total() for build, times in sums.items()}
    cells = [[each, *_cells([(sums[build][each], whole[build]) for build in found])] for each in names]
    return [["all", *_cells([(whole[build], whole[build]) for build in found])], *cells]


def _cells(values: list[tuple[float, float]]) -> list[str]:
    return [cell for seconds, whole in values for cell in (f"{seconds:.2f}", f"{100 * seconds / (whole or 1):.1f} %")]


if __name__ == "__main__":
    main()
