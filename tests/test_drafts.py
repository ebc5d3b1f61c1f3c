"""`status: draft`: its author sees the module in the preview, readers never do, and the check looks at all of it."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from typing import Any

import pytest
from builders import FACTS, PATHWAYS, ROOT, module, project, text, write
from greensupply import library, lint
from greensupply.addresses import Site as Addresses
from greensupply.cli import main
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES, words
from greensupply.plugin import preview

PREVIEW = "http://127.0.0.1:8000/"
MARK = "[[What you measure]]"
FIGURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><path d="M0 0h9"/></svg>'
HOME = {
    f"content/{locale}/index.md": "---\ntitle: Hub\ndescription: A page.\ntemplate: home.html\n---\nWelcome.\n"
    for locale in LOCALES
}
SET_READY = "Set `status: ready` in its module.yml once it is done, or take it out here until then."
FILL = "Put your own words here and delete the signs `[[` and `]]`."


def yml(name: str, status: str = "draft", prerequisites: str = "") -> str:
    facts = FACTS.format(id=name).replace("prerequisites: []", f"prerequisites: [{prerequisites}]")
    return facts + (f"status: {status}\n" if status else "")


def draft(name: str = "drying", *, status: str = "draft", body: str = MARK, prerequisites: str = "") -> dict[str, str]:
    """A module that is being written; `body` stands in each language."""
    texts = {locale: text(locale, body=body, title=f"Unripe {name}") for locale in LOCALES}
    return module(name, module=yml(name, status, prerequisites), **texts)


def examined(root: Path, *files: dict[str, str]) -> library.Findings:
    write(root, project(*files))
    return library.examine(root / "modules", root / "content")


def problems(root: Path, *files: dict[str, str]) -> list[str]:
    return [str(problem) for problem in examined(root, *files).problems]


def holding(site: Any, words: str) -> list[str]:
    """Files of a built site that hold these words, or have them in their name."""
    return sorted(
        name
        for file in site.folder.rglob("*")
        if file.is_file()
        for name in [file.relative_to(site.folder).as_posix()]
        if words in name or words.encode() in file.read_bytes()
    )


def test_a_built_site_holds_no_trace_of_a_draft(build_site):
    figure = {"modules/drying/figures/oven.svg": FIGURE}

    site = build_site({**draft(body=f"{MARK}\n\n![An oven](figures/oven.svg)"), **figure, **HOME})

    assert holding(site, "rinsing"), "the search would find a module"
    assert [holding(site, trace) for trace in ("Unripe", "modules/drying", 'gs-draft"')] == [[], [], []]
    assert site.warnings == ()


def test_the_same_module_is_everywhere_as_soon_as_it_is_ready(build_site):
    site = build_site({**draft(status="ready", body="Air is warm."), **HOME})

    found = holding(site, "modules/drying")
    assert {"index.html", "sitemap.xml", "search/fr.js", "es/modules/drying/index.html"} <= set(found)


def test_the_preview_shows_a_draft_and_says_so_on_its_card_and_page_in_each_language(build_site):
    site = build_site({**draft(), **HOME}, site_url=PREVIEW)

    for locale, word in {"en": "Draft", "es": "Borrador", "fr": "Ébauche"}.items():
        home = "" if locale == "en" else f"{locale}/"
        card = re.search(r'<li class="gs-card gs-card--module">(?:(?!</li>).)*Unripe.*?</li>', site.html(home), re.S)
        page = site.html(f"{home}modules/drying")
        assert card
        assert f'<p class="gs-draft"><strong>{word}</strong></p>' in card[0]
        assert f"<strong>{word}.</strong> {words(locale)['page']['draft_note']}</p>" in page
        assert "[[What you measure]]" in page
        assert "gs-draft" not in site.html(f"{home}modules/rinsing")


def test_a_new_module_with_nothing_filled_in_can_be_looked_at_and_harms_no_build(build_site, tmp_path, monkeypatch):
    write(tmp_path, project())
    with monkeypatch.context() as patched:
        patched.setattr("sys.stdin", io.StringIO())
        assert main(["new", "module", "drying", "--modules", str(tmp_path / "modules")]) == 0

    shown = build_site(site_url=PREVIEW)
    assert "[[Why it matters on the shop floor]]" in shown.html("modules/drying")
    assert shown.warnings == ()

    shutil.rmtree(shown.folder)
    built = build_site()
    assert built.warnings == ()
    assert not (built.folder / "modules/drying").exists()
    assert len(list(ElementTree.parse(built.folder / "sitemap.xml").getroot())) > 0


def test_marked_places_are_warnings_in_a_draft_and_problems_in_a_ready_module(tmp_path):
    expected = tuple(f"modules/drying/{loc}.md:11:1: not filled in yet: `What you measure`. {FILL}" for loc in LOCALES)

    found = examined(tmp_path, draft())
    assert (found.problems, tuple(map(str, found.warnings))) == ((), expected)

    for status in ("ready", ""):
        found = examined(tmp_path, draft(status=status))
        assert (tuple(map(str, found.problems)), found.warnings) == (expected, ())


def test_a_mark_in_a_draft_whose_facts_have_a_mistake_is_still_a_warning(tmp_path):
    found = examined(
        tmp_path, {**draft(), "modules/drying/module.yml": yml("drying").replace("minutes: 45", "time: 4")}
    )

    assert {problem.path for problem in found.problems} == {"modules/drying/module.yml"}
    assert len(found.warnings) == 3


def test_a_status_of_another_name_is_refused(tmp_path):
    assert problems(tmp_path, draft(body="Warm.", status="finished")) == [
        "modules/drying/module.yml:11:1: `status` is `finished`. Write one of 'draft' or 'ready'."
    ]


def test_everything_else_in_a_draft_is_checked_as_in_any_module(tmp_path):
    broken = {"modules/drying/fr.md": text("fr", body="<b>x</b>", question="")}

    found = problems(tmp_path, draft(), broken)

    assert [line.partition(". ")[0] for line in found] == [
        "modules/drying/fr.md:7:1: the question `at-the-source` of en.md:13 is missing",
        "modules/drying/fr.md:11:1: raw HTML `<b>` is not allowed",
        "modules/drying/fr.md:11:5: raw HTML `<b>` is not allowed",
    ]


ELECTIVE = PATHWAYS + "  electives:\n  - {module: drying, processes: all}\n"
LEADS_TO_A_DRAFT = {
    "a pathway": (
        {"modules/pathways.yml": PATHWAYS.replace("[rinsing]", "[rinsing, drying]")},
        ["modules/pathways.yml:6:22: the pathway `supplier` names the module `drying`, which is a draft. " + SET_READY],
    ),
    "an elective": (
        {"modules/pathways.yml": ELECTIVE},
        ["modules/pathways.yml:8:6: the pathway `supplier` names the module `drying`, which is a draft. " + SET_READY],
    ),
    "a prerequisite": (
        {"modules/rinsing/module.yml": yml("rinsing", "", "drying")},
        ["modules/rinsing/module.yml:6:17: the prerequisite `drying` is a draft. " + SET_READY],
    ),
    "a link of a module": (
        {"modules/rinsing/en.md": text(body="See [drying](../drying/en.md).")},
        [
            "modules/rinsing/en.md:11:5: the link `../drying/en.md` leads to the draft `drying`, which readers do not "
            "see. Set `status: ready` in its module.yml once it is done, or take the link out until then."
        ],
    ),
    "an image of a page": (
        {"content/en/index.md": "---\ntitle: A\ndescription: B.\n---\n![C](../../modules/drying/figures/oven.svg)\n"},
        [
            "content/en/index.md:5:1: the image `../../modules/drying/figures/oven.svg` leads to the draft `drying`, "
            "which readers do not see. Set `status: ready` in its module.yml once it is done, or take the link out "
            "until then."
        ],
    ),
}


@pytest.mark.parametrize(("files", "messages"), LEADS_TO_A_DRAFT.values(), ids=LEADS_TO_A_DRAFT)
def test_what_would_lead_readers_to_a_draft_is_a_problem_until_it_is_ready(tmp_path, files, messages):
    figure = {"modules/drying/figures/oven.svg": FIGURE}

    assert problems(tmp_path, draft(), figure, files) == messages
    assert problems(tmp_path, draft(status="ready", body="Warm."), figure, files) == []


def test_a_draft_may_ask_for_and_link_to_a_draft_and_a_ready_module(tmp_path):
    links = "[a](../baking/en.md), [b](../rinsing/en.md) and [c](en.md#why-rinse)"
    english = {"modules/drying/en.md": text(body=links)}

    assert problems(tmp_path, draft(prerequisites="rinsing, baking"), draft("baking"), english) == []


def test_the_check_counts_drafts_and_tells_their_warnings_without_failing(tmp_path, monkeypatch, capsys):
    write(tmp_path, project(draft()))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(lint, "problems", lambda module, hub: iter(()))

    assert main(["check", "--lang", "en"]) == 0
    said = capsys.readouterr()
    assert said.out == "Modules: 2, of which drafts: 1. Problems: 0. Warnings: 3.\n"
    first = said.err.splitlines()[0]
    assert first.startswith(f"modules/drying/en.md:11:1: warning: not filled in yet: `What you measure`. {FILL}")
    assert len(said.err.splitlines()) == 3

    write(tmp_path, {"modules/rinsing/en.md": text(body="<b>x</b>")})
    assert main(["check", "--lang", "en"]) == 1
    said = capsys.readouterr().err.splitlines()
    assert said[0].startswith("modules/rinsing/en.md:11:1: error: raw HTML")
    assert said[-1] == "Problems: 2. Warnings: 3."


def test_read_refuses_problems_and_lets_warnings_pass(tmp_path):
    write(tmp_path, project(draft()))
    assert library.read(tmp_path / "modules").modules["drying"].draft

    write(tmp_path, draft(status="ready"))
    with pytest.raises(GreenSupplyError, match="not filled in yet"):
        library.read(tmp_path / "modules")


class Server:
    """The one thing of the preview's server that is changed."""

    url = PREVIEW


def test_the_preview_begins_at_the_module_that_is_named(tmp_path, monkeypatch, caplog):
    found = examined(tmp_path, draft()).library
    server = Server()

    preview.begin(server, found, Addresses())
    assert server.url == PREVIEW

    monkeypatch.setenv(preview.MODULE, "nowhere")
    preview.begin(server, found, Addresses())
    assert server.url == PREVIEW
    assert "there is no module `nowhere`. Modules are: rinsing, drying." in caplog.text

    monkeypatch.setenv(preview.MODULE, "drying")
    preview.begin(server, found, Addresses())
    assert server.url == f"{PREVIEW}modules/drying/"


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
def test_make_serve_names_the_module_to_the_preview_and_refuses_one_that_is_not_there():
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = ["make", "--dry-run", "serve", *arguments]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)

    shell = run("MODULE=nowhere").stdout.splitlines()
    test = next(line for line in shell if line.startswith("test -z"))
    refused = subprocess.run(test, shell=True, cwd=ROOT, capture_output=True, text=True)
    assert (refused.returncode, refused.stdout.split(" Name")[0]) == (1, "modules/nowhere/module.yml: does not exist.")

    for arguments, named in ((("MODULE=p2-into-lean",), "p2-into-lean"), ((), "")):
        lines = run(*arguments).stdout.splitlines()
        test = next(line for line in lines if line.startswith("test -z"))
        assert subprocess.run(test, shell=True, cwd=ROOT).returncode == 0
        assert any(line.startswith(f"{preview.MODULE}='{named}' ") for line in lines)


def test_drafts_take_no_part_in_what_is_counted(tmp_path):
    found = examined(tmp_path, draft()).library

    assert list(found.modules) == ["rinsing", "drying"]
    assert list(found.without_drafts().modules) == ["rinsing"]
    assert json.loads((ROOT / "schemas/module.json").read_text())["properties"]["status"]["enum"] == ["draft", "ready"]
