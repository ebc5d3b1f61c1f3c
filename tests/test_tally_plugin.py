"""The plugin `tally`: records in, pages and files out, through real builds of a small hub."""

from __future__ import annotations

import json
import logging
import os
import re
from datetime import date
from pathlib import Path

import pytest
from builders import configuration, module, project, text, write
from greensupply import monitoring, published, published_outcomes, results_page
from greensupply.addresses import RESULTS
from greensupply.locales import LOCALES
from greensupply.plugin.reading import Reading
from greensupply.tally_plugin import _last_month_end
from greensupply.tally_plugin.options import MonthEnd
from mkdocs.commands.build import build
from mkdocs.config import load_config
from mkdocs.config.base import ValidationError
from mkdocs.exceptions import Abort, PluginError
from public_builders import tiles

SUPPLIERS = "supplier,country,enrolled_on,left_on\n" + "".join(
    f"S-{number:02},MX,2026-01-01,\n" for number in range(40)
)
TRAINERS = "entry,trainer,rung,country,since,until\n" + "".join(
    f"1,{number:032x},certified,{'CA' if number % 2 else 'MX'},2026-01-01,\n" for number in range(900, 924)
)
COURSES = f"entry,course,country,date,participants,trainers\n1,C-1,MX,2026-08-01,18,{900:032x}\n"
RECORD = {
    "id": "",
    "learner": "",
    "supplier": "S-01",
    "country": "MX",
    "module": "rinsing",
    "revision": 1,
    "locale": "es",
    "delivery": "classroom",
    "session": None,
    "instructor": None,
    "score": 0.9,
    "passed": True,
    "completed_at": "2026-08-10T12:00:00Z",
}


def batch(learners: int, first: int = 0, **changes: object) -> str:
    """Lines of a batch: that many learners of 40 plants, each with one pass."""
    return "".join(
        json.dumps(
            RECORD
            | {
                "id": f"00000000-0000-4000-8000-{number:012x}",
                "learner": f"{number:032x}",
                "supplier": f"S-{number % 40:02}",
            }
            | changes,
            separators=(",", ":"),
        )
        + "\n"
        for number in range(first, first + learners)
    )


def records(learners: int = 60, **more: str) -> dict[str, str]:
    return {
        "records/completions/0123456789abcdef.jsonl": batch(learners),
        "records/suppliers.csv": SUPPLIERS,
        **{f"records/{name.replace('__', '.')}": text for name, text in more.items()},
    }


TITLES = (
    ("results", "Training results"),
    ("es/results", "Resultados de la capacitación"),
    ("fr/results", "Résultats de la formation"),
)


class Told(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []
        self.tally: published.PublicTally | None = None

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.endswith("tally") or record.levelno > logging.INFO:
            self.lines.append(record.getMessage())


@pytest.fixture
def run(tmp_path):
    """Build the small hub in place, as often as wanted; returns what the plugin told."""

    def build_once(
        files=None, *, command: str = "build", options=None, whole: bool = True, **settings
    ) -> list[str] | Told:
        if not (tmp_path / "mkdocs.yml").exists():
            write(tmp_path, project())
        write(tmp_path, files or {})
        text = configuration(tmp_path, **settings)
        for name, value in (options or {}).items():
            text = text.replace(
                "as_of: '2026-10-31'", f"{name}: {value}" + ("" if name == "as_of" else "\n    as_of: 2026-10-31")
            )
        (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
        told, log = Told(), logging.getLogger("mkdocs")
        level = log.level
        log.addHandler(told)
        log.setLevel(logging.INFO)
        try:
            config = load_config(str(tmp_path / "mkdocs.yml"))
            config.plugins.on_startup(command=command, dirty=False)
            if whole:
                build(config)
            else:
                told.tally = config.plugins.on_config(config).plugins["tally"].results.tally
        except Abort:
            pass
        finally:
            log.setLevel(level)
            log.removeHandler(told)
        return told.lines if whole else told

    return build_once


@pytest.fixture
def count(run):
    """Begin a build and stop where the records are counted: no page is drawn. Returns what was told, and the tally."""
    return lambda files=None, **options: run(files, whole=False, **options)


def shown(folder: Path, place: str = "results") -> dict[str, str]:
    return tiles((folder / "site" / place / "index.html").read_text(encoding="utf-8"))


def test_without_records_the_site_is_built_and_says_that_there_is_no_data_yet(build_site):
    site = build_site(strict=True)

    assert site.warnings == ()
    assert "Not enough data yet" in site.html("results")
    assert "Aún no hay datos suficientes" in site.html("es/results")
    assert "Pas encore assez de données" in site.html("fr/results")
    assert json.loads(site.text("results/data/results.json"))["as_of"] is None


def test_records_become_a_page_of_every_language_between_the_modules_and_the_rest(build_site):
    about = {f"content/{locale}/about.md": "---\ntitle: About\ndescription: b\n---\nx\n" for locale in LOCALES}
    site = build_site({**records(), **about}, strict=True)

    assert site.warnings == ()
    for place, title in TITLES:
        html = site.html(place)
        assert f"<h1>{title}</h1>" in html
        assert next(iter(tiles(html).values())) == "60"
        menu = html[html.index('<nav class="gs-nav"') : html.index("</nav>", html.index('<nav class="gs-nav"'))]
        entries = re.findall(r'<a[^>]* href="[^#"]*"[^>]*>\s*(.*?)\s*</a>', menu)
        assert entries.index(title) == entries.index("About") - len(RESULTS)
        assert 'rel="edit' not in html
        assert 'hreflang="fr-CA" href="https://hub.example/fr/results/"' in html
    assert "https://hub.example/es/results/" in site.text("sitemap.xml")


def test_a_content_page_may_link_to_the_results(build_site):
    home = "---\ntitle: a\ndescription: b\n---\n[r](results/index.md)\n"

    site = build_site({f"content/{locale}/index.md": home for locale in LOCALES}, strict=True)

    assert 'href="results/">r</a>' in site.html("")
    assert 'href="results/">r</a>' in site.html("fr")


def test_charts_are_no_words_to_search_for(build_site):
    index = build_site(records(learners=1235)).text("search/en.js")

    pages = json.loads(index[index.index('{"pages"') : index.rindex("}))")])["pages"]
    [results] = [json.dumps(page) for page in pages if page[1] == "results/"]
    assert "svg" not in results
    assert "People trained in each quarter" not in results


def test_tables_of_quarterly_reports_are_no_words_to_search_for(build_site):
    index = build_site(records(learners=20)).text("search/en.js")

    pages = json.loads(index[index.index('{"pages"') : index.rindex("}))")])["pages"]
    [report] = [page for page in pages if page[1] == "results/quarters/2026-q3/"]
    assert report[0] == "Quarterly report: 3rd quarter 2026"
    assert "Training" in [heading for heading, *_ in report[2]]
    assert "With a trained person" not in json.dumps(report)


def test_trainers_and_courses_become_figures_against_the_plan_and_no_pseudonym_is_shown(run, tmp_path):
    plan = "goals: []\ncourses: {least: 4, most: 5, by: 2027-12-31}\n"
    run(records(trainers__csv=TRAINERS, courses__csv=COURSES, goals__yml=plan))

    found = shown(tmp_path)
    assert found["certified trainers"] == "20"
    assert found["train-the-trainer courses delivered; 4 to 5 are planned by December 31, 2027"] == "1"
    assert found["of them taught in the last six months"] == "Not enough data"
    assert shown(tmp_path, "es/results")["instructores certificados"] == "20"
    data = tmp_path / "site/results/data"
    assert (data / "trainers-by-country.csv").read_text(encoding="utf-8").splitlines()[1:] == [
        "MX,10,2026-10-31,false",
        "CA+US,10,2026-10-31,false",
    ]
    assert json.loads((data / "results.json").read_text(encoding="utf-8"))["course_quarters"] == {
        "2026-Q3": 1,
        "2026-Q4": 1,
    }
    for file in (tmp_path / "site/results").rglob("*"):
        assert not file.is_file() or f"{900:032x}" not in file.read_text(encoding="utf-8"), file
    state = (tmp_path / "records/published.json").read_bytes()
    run({"records/trainers.csv": TRAINERS + f"2,{999:032x},master,MX,2026-01-01,\n"})
    assert (tmp_path / "records/published.json").read_bytes() == state, "one more moves nothing"


def test_what_a_build_publishes_is_kept_and_a_preview_changes_nothing(run, tmp_path):
    state = tmp_path / "records/published.json"

    run(records(), command="serve")
    assert not state.exists()
    told = run()

    assert (
        "records/published.json now says what this build publishes. Keep it with the records, under version control."
        in told
    )
    assert published.load(state.read_text(encoding="utf-8")).learners == 60
    before = state.stat().st_mtime_ns
    assert not any("published.json" in line for line in run())
    assert state.stat().st_mtime_ns == before
    assert [file.name for file in (tmp_path / "records").iterdir() if file.suffix == ".tmp"] == []


def test_a_number_moves_only_when_enough_people_stand_behind_it(run, tmp_path):
    run(records())
    run({"records/completions/1123456789abcdef.jsonl": batch(9, first=100)})
    assert shown(tmp_path)["people trained"] == "60"

    run({"records/completions/2123456789abcdef.jsonl": batch(30, first=200)})
    assert shown(tmp_path)["people trained"] == "95"


def test_a_rebuild_with_unchanged_records_does_not_count_again(run, tmp_path):
    file = tmp_path / "records/completions/0123456789abcdef.jsonl"
    assert "The records were counted up to 2026-10-31." in run(records())
    known = file.stat()
    file.write_text(batch(60, first=0).replace('"passed":true,', '"passed":null,'), encoding="utf-8")  # not a record
    os.utime(file, ns=(known.st_atime_ns, known.st_mtime_ns))

    told = run()

    assert "The records have not changed and are not counted again." in told
    assert shown(tmp_path)["people trained"] == "60"


@pytest.mark.parametrize("damage", ["", "{", '{"keys": 1}', '{"keys": [], "tally": "{}"}', "\x00", None])
def test_what_was_kept_may_be_damaged_or_gone(count, tmp_path, damage):
    kept = tmp_path / ".cache/greensupply/tally.json"
    count(records())
    if damage is None:
        kept.unlink()
    else:
        kept.write_text(damage, encoding="utf-8")

    again = count()

    assert "The records were counted up to 2026-10-31." in again.lines
    assert again.tally.learners == 60


def test_where_nothing_may_be_kept_the_records_are_counted_at_every_build(run, tmp_path, monkeypatch):
    monkeypatch.setenv("GREENSUPPLY_NO_CACHE", "1")

    assert "The records were counted up to 2026-10-31." in run(records())
    assert "The records were counted up to 2026-10-31." in run()
    assert not (tmp_path / ".cache").exists()


def test_only_what_is_published_is_kept_between_builds(run, tmp_path):
    run(records(learners=63))

    kept = json.loads((tmp_path / ".cache/greensupply/tally.json").read_text(encoding="utf-8"))
    assert set(kept) == {"keys", "tally"}
    assert kept["tally"] == (tmp_path / "records/published.json").read_text(encoding="utf-8")
    for file in (tmp_path / "site").rglob("*"):
        if file.is_file() and "assets" not in file.parts:
            text = file.read_text(encoding="utf-8", errors="replace")
            assert f"{7:032x}" not in text, file
            assert "S-07" not in text, file


@pytest.mark.parametrize(
    "change",
    [
        {"records/suppliers.csv": SUPPLIERS + "S-99,CA,2026-01-01,\n"},
        {"records/goals.yml": "goals: []\n"},
        {"records/trainers.csv": TRAINERS},
        {"records/completions/1123456789abcdef.jsonl": batch(1, first=500)},
        {"records/voids/1123456789abcdef.jsonl": '{"id":"00000000-0000-4000-8000-000000000001"}\n'},
        {"modules/rinsing/module.yml": module()["modules/rinsing/module.yml"].replace("minutes: 45", "minutes: 50")},
    ],
    ids=["plants", "goals", "trainers", "a batch", "a void", "a module"],
)
def test_whatever_counts_is_counted_again_when_it_changes(count, change):
    count(records())

    assert "The records were counted up to 2026-10-31." in count(change).lines


def test_a_state_that_cannot_be_written_is_told_with_what_follows(run):
    told = run(records(), options={"published": "no/such/folder/published.json"})

    assert (
        "folder/published.json could not be written (No such file or directory). The next build then does not know what "
        "this one published, and a number may move by fewer than 10 people. Make the folder writable, or copy the file "
        "from a build that can write it."
    ) in told


def test_a_build_of_an_earlier_month_takes_nothing_back(run, tmp_path):
    run(records())
    state = (tmp_path / "records/published.json").read_text(encoding="utf-8")

    told = run(options={"as_of": "2026-08-31"})

    assert "records/published.json stays: it is of 2026-10-31, this build of 2026-08-31." in told
    assert (tmp_path / "records/published.json").read_text(encoding="utf-8") == state


def test_the_first_real_records_owe_nothing_to_the_invented_ones(run, tmp_path):
    demo = batch(64).replace('"S-', '"DEMO-')
    run(
        records()
        | {
            "records/completions/0123456789abcdef.jsonl": demo,
            "records/suppliers.csv": SUPPLIERS.replace("S-", "DEMO-"),
        }
    )
    assert "Demonstration data" in (tmp_path / "site/results/index.html").read_text(encoding="utf-8")
    assert shown(tmp_path)["people trained"] == "60"

    run(records(learners=69))

    assert "Demonstration data" not in (tmp_path / "site/results/index.html").read_text(encoding="utf-8")
    assert shown(tmp_path)["people trained"] == "65"


def test_every_problem_of_the_records_comes_at_once_with_its_line(run):
    told = run(
        records(goals__yml="goals:\n- {measure: core, share: 0, by: 2027-12-31}\n")
        | {"records/suppliers.csv": SUPPLIERS + "S-01,CA,2026-01-01,\nS-77,FR,2026-01-01,\n"}
        | {"records/courses.csv": COURSES + "1,C-2,MX,soon,18,\n"}
    )

    assert told[-1] == (
        "4 problems in the records:\n"
        "records/courses.csv:3: is not a line of this list: date will not do. "
        "Take the line from version control or a copy, or delete it and add the list again.\n"
        "records/goals.yml:2:19: `goals.1.share` is `0`: the least value is 1. "
        "It is: percent, a whole number from 1 to 100: of the plants in scope, or how much less is used.\n"
        "records/suppliers.csv:42: the supplier `S-01` stands here and in line 3. "
        "Keep one of the two; a plant has one code and one line.\n"
        "records/suppliers.csv:43: the country is `FR`. Write one of CA, MX, US."
    )


def test_a_published_state_that_is_none_stops_the_build(run):
    told = run(records(published__json="{}"))

    assert told[-1] == (
        "1 problem in the records:\nrecords/published.json:1: is no published state ('as_of' is no key). "
        "Take it from version control; without it a number may move by fewer people than the rule allows."
    ) or told[-1].startswith("1 problem in the records:\nrecords/published.json:1: is no published state (")


def test_aliases_lead_to_the_module_of_today_over_any_number_of_steps(count):
    old = {"records/completions/0123456789abcdef.jsonl": batch(60, module="old-rinsing")}

    told = count(records(aliases__yml="old-rinsing: rinse\nrinse: rinsing\n") | old)

    assert told.tally.learners == 60


def test_an_alias_that_leads_nowhere_is_told(run):
    told = run(records(aliases__yml="a: b\nb: a\nc: 5\n"))

    assert told[-1].splitlines()[1:] == [
        "records/aliases.yml:1: `a` does not lead to the id of a module. Write `old-module-id: new-module-id`.",
        "records/aliases.yml:2: `b` does not lead to the id of a module. Write `old-module-id: new-module-id`.",
        "records/aliases.yml:3: `c` does not lead to the id of a module. Write `old-module-id: new-module-id`.",
    ]


def test_the_plugin_needs_the_one_that_reads_the_modules(run):
    told = run(plugins=[{"tally": {}}])

    assert told[-1] == (
        "mkdocs.yml: the plugin `tally` needs `greensupply`, which reads the modules. Add it to `plugins`."
    )


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ("2026-10-30", "2026-10-30 is not the end of a month. Write 2026-10-31."),
        ("2026-02-30", "`2026-02-30` is no day. Write it as 2026-10-31."),
        ("soon", "`soon` is no day. Write it as 2026-10-31."),
        (5, "`5` is no day. Write it as 2026-10-31."),
    ],
)
def test_the_last_day_counted_is_the_end_of_a_month(written, message):
    with pytest.raises(ValidationError) as told:
        MonthEnd().run_validation(written)

    assert str(told.value) == message


@pytest.mark.parametrize("written", ["2026-10-31", date(2026, 10, 31)])
def test_the_last_day_counted_may_be_a_date_or_its_text(written):
    assert MonthEnd().run_validation(written) == date(2026, 10, 31)


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("1793491199", date(2026, 9, 30)),  # the last second of October
        ("1793491200", date(2026, 10, 31)),
        ("1795910400", date(2026, 10, 31)),
    ],
)
def test_without_a_day_the_last_whole_month_is_counted(monkeypatch, now, day):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", now)

    assert _last_month_end() == day


# --- results in plants ------------------------------------------------------------------------------------------------


def test_what_is_published_of_plants_is_kept_with_the_records_and_not_counted_again(run, tmp_path):
    told = run(records(learners=20))
    state = tmp_path / "records/published-outcomes.json"
    first = state.read_bytes()

    shown = published_outcomes.load(first.decode())
    assert shown.as_of == date(2026, 10, 31)
    assert shown.stages["MX", "2026-Q3"].scope == 40
    assert "The results in plants were counted up to 2026-10-31." in told
    assert "The results in plants have not changed and are not counted again." in run()
    assert state.read_bytes() == first


def test_a_preview_leaves_what_was_published_of_plants_as_it_is(run, tmp_path):
    run(records(learners=20), command="serve")

    assert not (tmp_path / "records/published-outcomes.json").exists()


def test_files_to_take_away_are_not_made_again_of_the_same_records(run, tmp_path, monkeypatch):
    run(records(learners=20))
    folder = tmp_path / "site" / results_page.FOLDER
    first = {file.name: file.read_bytes() for file in folder.iterdir()}
    with monkeypatch.context() as change:
        change.setattr(monitoring, "downloads", None)
        change.setattr(results_page, "downloads", None)
        run()

    assert {file.name: file.read_bytes() for file in folder.iterdir()} == first
    run({"records/completions/1123456789abcdef.jsonl": batch(30, first=100)})
    assert {file.name: file.read_bytes() for file in folder.iterdir()} != first


def test_a_page_of_results_is_finished_once_and_again_when_it_says_something_else(run, tmp_path, monkeypatch):
    monkeypatch.setenv("GREENSUPPLY_ONE_PROCESS", "1")
    finished, plain = set(), Reading.content
    monkeypatch.setattr(Reading, "content", lambda *given: (finished.add(given[2].file.src_uri), plain(*given))[1])
    run(records(learners=20))
    results = {uri for uri in finished if "/results/" in uri}
    finished.clear()
    run({"modules/rinsing/en.md": text("en", body="Rinse twice.")})

    assert {f"{locale}/results/index.md" for locale in LOCALES} <= results
    assert "en/modules/rinsing/index.md" in finished
    assert not finished & results
    run({"records/completions/1123456789abcdef.jsonl": batch(30, first=100)})
    assert shown(tmp_path)["people trained"] == "50"


def test_a_preview_makes_no_page_again_that_the_last_one_made_nor_throws_away_what_a_build_made(
    run, tmp_path, monkeypatch
):
    run(records(learners=20))
    built = (tmp_path / ".cache/greensupply/packs/results.pack").read_bytes()
    run(command="serve")
    monkeypatch.setattr(monitoring, "text", None)
    monkeypatch.setattr(results_page, "text", None)

    run(command="serve")

    assert shown(tmp_path)["people trained"] == "20"
    assert (tmp_path / ".cache/greensupply/packs/results.pack").read_bytes() == built


def test_a_broken_state_of_plants_is_told_with_the_other_problems(count):
    with pytest.raises(PluginError, match=r"records/published-outcomes\.json:1: is no published state"):
        count({**records(learners=20), "records/published-outcomes.json": "{}\n"})


def test_a_report_of_a_quarter_is_reached_from_the_list_and_stands_in_no_menu(build_site):
    site = build_site(records(learners=20))

    assert 'href="2026-q3/"' in site.html("results/quarters")
    html = site.html("results/quarters/2026-q3")
    menu = html[html.index('<nav class="gs-nav"') : html.index("</nav>", html.index('<nav class="gs-nav"'))]
    assert "2026-q3" not in menu
    assert "<h1>Rapport trimestriel\u00a0: 3e trimestre 2026</h1>" in site.html("fr/results/quarters/2026-q3")
