"""How long other generators take for the same Markdown in the same three languages, beside our cold build.

Run `python benchmarks/peers.py`. Zensical and Sphinx (MyST, Furo) are installed from the package registry into
environments of their own below `.cache/bench`; Hugo takes part if it is on the PATH, with a small layout of its own.
What cannot be had is left out, with a line that says so. Peers show the text alone: no questions, no records, no
facilitator's pages. Generators of one language build the three one after another.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import corpus
import processes
import report
from corpus import LOCALES
from processes import ROOT, Cost

HEADING = "## Beside other generators"
HOME = ROOT / ".cache" / "bench"
OURS = "ours, cold"
ZENSICAL = """\
site_name: Benchmark
site_url: https://hub.example/{locale}/
docs_dir: content/{locale}
site_dir: site/{locale}
theme: {{name: material, language: {locale}}}
plugins: [search]
markdown_extensions: [tables, sane_lists, md_in_html, def_list, {{toc: {{permalink: true}}}}]
"""
SPHINX = """\
project = "Benchmark"
extensions = ["myst_parser"]
html_theme = "furo"
language = "{locale}"
suppress_warnings = ["myst", "toc", "image"]
"""
TOCTREE = "\n\n```{toctree}\n:glob:\n:hidden:\n\nmodules/*/index\n```\n"
HUGO = """\
baseURL = "https://hub.example/"
title = "Benchmark"
defaultContentLanguage = "en"
disableKinds = ["taxonomy", "term", "RSS"]
"""
LAYOUTS = {
    "baseof.html": '<!doctype html><html lang="{{ site.Language.Lang }}"><head><title>{{ .Title }}</title></head><body>'
    '{{ partialCached "nav.html" . site.Language.Lang }}<main>{{ block "main" . }}{{ end }}</main></body></html>\n',
    "all.html": '{{ define "main" }}<h1>{{ .Title }}</h1>{{ .Content }}{{ end }}\n',
    "_partials/nav.html": '<nav>{{ range site.RegularPages }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}'
    "</nav>\n",
}
Built = tuple[Cost, int]
"""What a build cost, and how many pages it wrote."""


@dataclass(frozen=True)
class Peer:
    """Another generator.

    Attributes:
        needs: Packages of its environment; none for a program that is there or not.
        program: Its command.
        prepare: Program and folder with the text -> the orders of a build, one after another.
        most: Modules above which it is left out, since it takes minutes.
    """

    needs: tuple[str, ...]
    program: str
    prepare: Callable[[str, Path], list[list[str]]]
    most: int = 1000


def main() -> None:
    """Measure and print."""
    options = report.options(__doc__)
    options.add_argument("--sizes", type=report.sizes, default=[10, 100, 300], help="numbers of modules: 10,100,300")
    options.add_argument("--runs", type=int, default=2, help="runs of each, of which the median counts")
    options.add_argument("--peers", type=lambda text: text.split(","), default=list(PEERS), help=",".join(PEERS))
    chosen = options.parse_args()
    programs, versions, left_out = {}, [], []
    for name in chosen.peers:
        program, said = installed(PEERS[name])
        if program:
            programs[name] = program
            versions.append(said)
        else:
            left_out.append(f"{name} is left out: {said}")
    rows: dict[str, Mapping[str, Built]] = {}
    with TemporaryDirectory() as scratch:
        for size in chosen.sizes:
            sites = corpus.made(chosen.work or Path(scratch), size)
            rows[str(size)], failed = measured(sites, size, programs, chosen.runs)
            left_out += failed
    report.give(told(rows, versions, left_out), chosen.into)


def installed(peer: Peer) -> tuple[str, str]:
    """The path of a peer's program and its versions; or no path, and why."""
    if not peer.needs:
        found = shutil.which(peer.program)
        if found is None:
            return "", f"`{peer.program}` is not on the PATH."
        told = subprocess.run([found, "version"], capture_output=True, text=True, check=False)  # noqa: S603 - a program of the user's
        return found, " ".join(told.stdout.split()[:2])
    home = HOME / peer.program
    pip = [str(home / "bin" / "python"), "-m", "pip"]
    orders = [
        [sys.executable, "-m", "venv", str(home)],
        [*pip, "install", "--quiet", "--disable-pip-version-check", *peer.needs],
    ]
    for order in orders:
        done = subprocess.run(order, capture_output=True, text=True, check=False)  # noqa: S603 - Python's own
        if done.returncode:
            return "", f"`{' '.join(order[1:])}` failed: {(done.stderr.strip().splitlines() or ['no word why'])[-1]}"
    listed = subprocess.run([*pip, "freeze"], capture_output=True, text=True, check=True).stdout  # noqa: S603 - Python's own
    wanted = {f"{need}==" for need in peer.needs}
    versions = [line.replace("==", " ") for line in listed.splitlines() if line.lower().startswith(tuple(wanted))]
    return str(home / "bin" / peer.program), ", ".join(versions)


def measured(
    sites: corpus.Corpus, size: int, programs: Mapping[str, str], runs: int
) -> tuple[dict[str, Built], list[str]]:
    """The median cost of our cold build and of each peer, in turns, and their pages; and who failed."""
    found: dict[str, list[Cost]] = {OURS: []}
    pages: dict[str, int] = {}
    failed: dict[str, str] = {}
    for _ in range(runs):
        for kept in ("site", ".cache"):
            shutil.rmtree(sites.ours / kept, ignore_errors=True)
        found[OURS].append(processes.run(processes.mkdocs(sites.ours)))
        pages[OURS] = _pages(sites.ours)
        for name, program in programs.items():
            if size > PEERS[name].most or name in failed:
                continue
            with TemporaryDirectory() as folder:
                shutil.copytree(sites.stock / "content", Path(folder, "content"))
                orders = PEERS[name].prepare(program, Path(folder))
                try:
                    found.setdefault(name, []).append(together([processes.run(order) for order in orders]))
                    pages[name] = _pages(Path(folder))
                except SystemExit as error:
                    failed[name] = f"{name} is left out at {size} modules. {error}"
    built = {name: (processes.median(costs), pages[name]) for name, costs in found.items() if name not in failed}
    return built, list(failed.values())


def _pages(folder: Path) -> int:
    return sum(1 for _ in (folder / "site").rglob("*.html"))


def together(costs: Sequence[Cost]) -> Cost:
    """Of programs that ran one after another."""
    return Cost(
        sum(cost.wall for cost in costs),
        sum(cost.processor for cost in costs),
        max(cost.memory for cost in costs),
        max(cost.processes for cost in costs),
    )


def _zensical(program: str, folder: Path) -> list[list[str]]:
    for locale in LOCALES:
        (folder / f"{locale}.yml").write_text(ZENSICAL.format(locale=locale), encoding="utf-8")
    return [[program, "build", "--config-file", str(folder / f"{locale}.yml")] for locale in LOCALES]


def _sphinx(program: str, folder: Path) -> list[list[str]]:
    orders = []
    for locale in LOCALES:
        source = folder / "content" / locale
        (source / "conf.py").write_text(SPHINX.format(locale=locale), encoding="utf-8")
        home = source / "index.md"
        home.write_text(home.read_text(encoding="utf-8") + TOCTREE, encoding="utf-8")
        orders.append([program, "-q", "-j", "auto", str(source), str(folder / "site" / locale)])
    return orders


def _hugo(program: str, folder: Path) -> list[list[str]]:
    config = [HUGO]
    for locale in LOCALES:
        config.append(f'[languages.{locale}]\ncontentDir = "content/{locale}"\n')
        home = folder / "content" / locale / "index.md"
        home.rename(home.with_name("_index.md"))
    (folder / "hugo.toml").write_text("".join(config), encoding="utf-8")
    for name, text in LAYOUTS.items():
        file = folder / "layouts" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    return [[program, "--source", str(folder), "--destination", str(folder / "site"), "--quiet"]]


PEERS = {
    "Zensical": Peer(("zensical",), "zensical", _zensical),
    "Sphinx": Peer(("sphinx", "myst-parser", "furo"), "sphinx-build", _sphinx, most=100),
    "Hugo": Peer((), "hugo", _hugo),
}


def told(rows: Mapping[str, Mapping[str, Built]], versions: Sequence[str], left_out: Sequence[str]) -> str:
    """The section, with versions, and a line for each peer that is not there."""
    lines = [
        HEADING,
        "",
        f"`python benchmarks/peers.py`; {report.setting(*report.PACKAGES)}; {'; '.join(versions) or 'no peer'}.",
        "The same Markdown in three languages, by whole programs in turns; a generator of one language builds the "
        "three one after another. Peers show the text alone, ours its questions, facilitator's pages, tools and "
        "results too.",
        *left_out,
        "",
    ]
    cells = [
        [
            size,
            name,
            f"{cost.wall:.2f}",
            f"{cost.wall / built[OURS][0].wall:.2f}",
            f"{cost.processor:.2f}",
            f"{cost.memory:,.0f}",
            f"{pages:,}",
        ]
        for size, built in rows.items()
        for name, (cost, pages) in built.items()
    ]
    head = ("Modules", "Generator", "Clock, s", "of ours", "Processor, s", "Largest process, MB", "Pages")
    return "\n".join((*lines, *report.table(head, cells, words=2), ""))


if __name__ == "__main__":
    main()
