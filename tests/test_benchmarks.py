"""The benchmarks still work: their texts build, their sums are right, their sections find their place. Nothing is timed."""

from __future__ import annotations

import importlib.util
import re
import sys
from contextlib import nullcontext
from pathlib import Path
from types import ModuleType

import pytest
from builders import ROOT

sys.path.append(str(ROOT / "benchmarks"))

import corpus
import processes
import report
import sampled

HERE = ROOT / "benchmarks"


def loaded(name: str) -> ModuleType:
    """A benchmark by the name of its file, which may be that of a module of Python's library."""
    spec = importlib.util.spec_from_file_location(f"benchmark_{name}", HERE / f"{name}.py")
    assert spec
    assert spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


run, site, weight, share, peers, serve, packages, tally = (
    loaded(name) for name in ("run", "site", "weight", "share", "peers", "serve", "packages", "tally")
)
COST = processes.Cost(wall=2.0, processor=3.0, memory=100.0, processes=3)
STOCK = processes.Cost(wall=4.0, processor=4.0, memory=80.0)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> corpus.Corpus:
    """The smallest texts, edited as a preview's author does, and built both ways; without the figures of the tally."""
    sites = corpus.make(tmp_path_factory.mktemp("texts"), 2)
    config = sites.ours / "mkdocs.yml"
    config.write_text(re.sub(r"- tally: .*\n", "", config.read_text(encoding="utf-8")), encoding="utf-8")
    serve.save_minutes(sites, 59)
    for mark in ("Edit number 1.", "Edit number 2."):
        serve.save_text(serve.text_of(sites, "ours", "es"), mark)
        serve.save_text(serve.text_of(sites, "stock", "es"), mark)
    corpus.change(sites)
    for folder in (sites.ours, sites.stock):
        processes.run(processes.mkdocs(folder), {processes.ONE_PROCESS: "1"})
    return sites


def page(folder: Path, home: str) -> str:
    return (folder / "site" / home / "modules" / corpus.FIRST / "index.html").read_text(encoding="utf-8")


def test_the_texts_build_both_ways_and_show_what_was_edited(built):
    for folder in (built.ours, built.stock):
        assert "Water again." in page(folder, "")
        assert "Edit number 2." in page(folder, "es")
        assert "Edit number 1." not in page(folder, "es")
    for home in serve.HOMES.values():
        assert re.search(serve.shown(59), page(built.ours, home))


def test_the_same_seed_makes_the_same_bytes(built, tmp_path):
    again = corpus.make(tmp_path, 2)

    def texts(folder):
        return {file.relative_to(folder): file.read_bytes() for file in folder.rglob("module-002/**/*.md")}

    assert texts(again.ours / "modules") == texts(built.ours / "modules") != {}
    assert texts(again.stock / "content") == texts(built.stock / "content") != {}


def test_what_a_built_page_weighs_is_found(built):
    ours, stock = weight.words(built.ours / "site"), weight.words(built.stock / "site")

    assert set(ours) == set(stock) == set(corpus.LOCALES)
    assert len(set(stock.values())) == 1  # one file for all
    assert weight.navigation(page(built.ours, "")) > 1000
    assert weight.navigation('<p>é</p>\n<nav>é<nav></nav>\n</nav> <nav class="a">') == len(
        "<nav>é<nav></nav>\n".encode()
    )


def test_figures_do_not_count_and_every_request_does():
    view = weight.Weight([("a/index.html", 1024), ("a.js", 2048), ("search/en.js", 1024), ("m/figures/x.svg", 9)])
    view.failed, view.elsewhere, view.later = ["/sitemap.xml"], 2, 512

    text = weight.told({"10, ours": view}, {"10, ours": {"en": 1024}, "10, stock": {"en": 4096}})

    assert "| 10, ours | 1.0 | 0.0 | 2.0 | 1.0 | 0.0 | 4.0 | 6 | 1 | 2 | 0.0 | 0.5 |" in text
    assert "| 10, ours | 1 |  |  | 0.25 |" in text


def test_ratios_and_growth_are_those_of_the_costs():
    large = processes.Cost(wall=6.0, processor=6.0, memory=200.0)
    rows = {"100": {"cold": COST, "stock": STOCK}, "300": {"cold": large, "stock": STOCK}}

    text = site.told(rows, {"100": 3, "300": 2})

    assert "| 100 | cold | 2.00 | 0.50 | 3.00 | 0.75 | 100 | 1.25 | 3 |" in text
    assert "| t(300) / t(100) | clock | 3.00 × | 1.00 × |" in text
    assert "| t(300) / t(100) | processor | 2.00 × | 1.00 × |" in text
    assert "(100: 3, 300: 2)" in text


def test_times_are_medians_and_memory_is_the_most():
    costs = [COST, STOCK, processes.Cost(9.0, 1.0, 10.0, 2)]

    assert processes.median(costs) == processes.Cost(4.0, 3.0, 100.0, 3)
    assert peers.together(costs) == processes.Cost(15.0, 8.0, 100.0, 3)


def test_memory_is_that_of_the_largest_process_of_those_that_were_started():
    child = "kept = bytearray(150_000_000); import time; time.sleep(.4)"
    parent = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"

    cost = processes.run([sys.executable, "-c", parent])

    assert cost.memory > 150
    if Path("/proc/self/task").is_dir():
        assert cost.processes == 2


def test_a_build_that_fails_stops_the_benchmark():
    with pytest.raises(SystemExit, match="This failed; run it by hand"):
        processes.run([sys.executable, "-c", "raise SystemExit(3)"])


def test_only_the_named_switches_reach_a_build(monkeypatch):
    monkeypatch.setenv(processes.ONE_PROCESS, "1")
    monkeypatch.setenv(processes.NO_CACHE, "1")

    assert processes.ONE_PROCESS not in processes.environment()
    assert processes.environment({processes.NO_CACHE: "1"})[processes.NO_CACHE] == "1"


@pytest.mark.parametrize(
    ("files", "place"),
    [
        (["yaml/x.py", "hooks/greensupply/library/read.py", "mkdocs/plugins.py"], (sampled.OURS, "library")),
        (["markdown/core.py", "mkdocs/structure/pages.py"], (sampled.MARKDOWN, "")),
        (["markdown/core.py", "x.py", "hooks/greensupply/fragments.py"], (sampled.FRAGMENTS, "fragments")),
        (["jinja2/runtime.py", "hooks/greensupply/theme/main.html", "mkdocs/commands/build.py"], (sampled.THEME, "")),
        (["jinja2/lexer.py", "mkdocs/commands/build.py"], (sampled.THEME, "")),
        (["hooks/greensupply/components/a-b/template.html", "jinja2/x.py"], (sampled.OURS, "components")),
        (["<frozen importlib._bootstrap>", "hooks/greensupply/model.py"], (sampled.OURS, "imports")),
        (["<frozen importlib._bootstrap>", "mkdocs/plugins.py"], (sampled.IMPORTS, "")),
        (["json.py"], (sampled.REST, "")),
    ],
)
def test_time_belongs_to_the_innermost_code_that_is_somebodys(files, place):
    stack = [sampled.owner(file if file.startswith("<") else f"/lib/site-packages/{file}") for file in files]

    assert sampled.placed(stack)[:2] == place


def test_shares_are_of_the_whole():
    found = {"ours, 10": {(sampled.OURS, "quiz", "parse"): 1.0, (sampled.MARKDOWN, "", ""): 3.0}}

    text = share.told(found)

    assert "| all | 4.00 | 100.0 % |" in text
    assert "| our plugins | 1.00 | 25.0 % |" in text
    assert "| quiz | 1.00 | 100.0 % |" in text


def test_edits_are_counted_with_the_first_and_last_ten():
    found = serve.Edits(
        start=1.0, texts=[1.0] * 10 + [3.0] * 10, facts=[(1.0, 2.0)], memory=[10, 10, 10, 10, 20, 20, 30]
    )

    assert "| 10, ours | 1.0 | 21 | 2.00 | 3.00 | 1.00 | 3.00 | 1.00 | 2.00 | 20 | 30 |" in serve.told(
        {"10, ours": found}, 50
    )


def test_a_section_is_replaced_in_place_and_a_new_one_finds_its_place():
    before = "# Results\n\nWords.\n\n## The site\n\nold\n\n## The tally\n\nkept\n\n### Part\n"

    after = report.replaced(report.replaced(before, "## The site\n\nnew\n"), "## Packages\n\n| a |\n")

    assert after == (
        "# Results\n\nWords.\n\n## The site\n\nnew\n\n## Packages\n\n| a |\n\n## The tally\n\nkept\n\n### Part\n"
    )


@pytest.mark.parametrize("name", run.PARTS)
def test_every_part_of_make_bench_takes_its_arguments_and_writes_its_section(name, tmp_path, monkeypatch):
    module = {"site": site, "weight": weight, "share": share, "peers": peers, "serve": serve}.get(name) or {
        "packages": packages,
        "tally": tally,
    }[name]
    (tmp_path / "site").mkdir()
    monkeypatch.setattr(corpus, "made", lambda *_: corpus.Corpus(tmp_path, tmp_path))
    monkeypatch.setattr(corpus, "change", lambda *_: None)
    answers = {
        "site": {"build": lambda *_: COST},
        "weight": {"_browser": lambda: nullcontext(None)},
        "share": {"looked": lambda *_, **__: {(sampled.OURS, "quiz", "parse"): 1.0}},
        "peers": {"installed": lambda _: ("", "it is not here."), "measured": lambda *_: ({peers.OURS: (COST, 9)}, [])},
        "serve": {"edited": lambda *_: serve.Edits(1.0, [1.0], [], [1.0])},
        "packages": {"measured": lambda *_: ["1"] * 6},
        "tally": {"measured": lambda *_: {"JSON lines": ["1"] * 7}},
    }
    for function, answer in answers[name].items():
        monkeypatch.setattr(module, function, answer)
    into = tmp_path / "RESULTS.md"
    monkeypatch.setattr(sys, "argv", run.order(name, into, quick=True)[1:])

    module.main()

    first, _, written = into.read_text(encoding="utf-8").partition("\n\n")
    assert first == "# Results"
    assert written.partition("\n")[0] == module.HEADING
    assert module.HEADING in report.HEADINGS
    assert "| --- |" in written
    for table in re.findall(r"(?:^\|.*\n)+", written, re.MULTILINE):
        assert len({line.count("|") for line in table.splitlines()}) == 1


def test_a_peer_that_cannot_be_had_is_named(monkeypatch):
    monkeypatch.setattr(peers.shutil, "which", lambda _: None)

    assert peers.installed(peers.PEERS["Hugo"]) == ("", "`hugo` is not on the PATH.")
    assert "Hugo is left out" in peers.told({"10": {peers.OURS: (COST, 9)}}, [], ["Hugo is left out: why."])


def test_the_whole_run_says_how_long_it_takes_and_fits_into_a_pause():
    assert (
        run.estimate(list(run.PARTS))
        == f"about {sum(part.minutes for part in run.PARTS.values()):.0f} minutes on two quiet cores."
    )
    assert sum(part.minutes for part in run.PARTS.values()) <= 25


def test_no_file_of_the_benchmarks_knows_everything():
    assert {file.name for file in HERE.glob("*.py") if len(file.read_text("utf-8").splitlines()) > 300} == set()
