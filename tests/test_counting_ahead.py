"""Counting beside the reading of the modules: what was counted holds only of the modules that were read."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import project, write
from greensupply import library, processes

ROOT = Path(__file__).parent.parent
TRIAL = """
import logging, os
from datetime import date
from pathlib import Path
from greensupply import library
from greensupply.tally_plugin.ahead import Ahead
from greensupply.tally_plugin.counting import Records

logging.basicConfig(level=logging.INFO, format="said: %(message)s")
def count(records):
    logging.getLogger("mkdocs.plugins.greensupply.tally").info("counting")
    return sorted(records.library.modules), os.getpid() == here

def records(modules=None, day=date(2026, 10, 31)):
    return Records(Path("records"), Path("records/published.json"), kept, modules, day)

def of(modules="modules"):
    return library.read(Path(modules)).without_drafts()

here, kept, ahead = os.getpid(), None, Ahead()
facts = Path("modules/rinsing/module.yml")
"""
BEGUN = "ahead.begin(records(), Path('modules'), count)\n"

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="there is only one process on such a machine"
)


@pytest.fixture
def tried(tmp_path):
    """What a small program prints and says: this one may have threads, and then there is only one process."""
    write(tmp_path, {**project(), "records/suppliers.csv": ""})

    def run(lines: str, **environment: str) -> tuple[str, str]:
        settings = {**os.environ, "PYTHONPATH": str(ROOT / "hooks"), **environment}
        order = [sys.executable, "-c", f"{TRIAL}{lines}\nprint(ahead.result(records(of())))"]
        done = subprocess.run(order, env=settings, cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout.strip(), done.stderr.strip()

    return run


def test_what_was_counted_of_the_modules_that_were_read_is_taken_with_what_was_said(tried):
    assert tried(BEGUN) == ("(['rinsing'], False)", "said: counting")


@pytest.mark.parametrize(
    "meanwhile",
    [
        "facts.write_text(facts.read_text().replace('minutes: 45', 'minutes: 50'))",
        "Path('records/goals.yml').write_text('goals: []')",
        "Path('records/published.json').write_text('{}')",
        "Path('records/metrics.yml').write_text('')",
    ],
)
def test_what_was_counted_of_anything_else_is_left_and_nothing_is_said(tried, meanwhile):
    wait = "\nimport time; time.sleep(0.01); ahead._counted._process.join()\n"

    assert tried(f"{BEGUN}{wait}{meanwhile}") == ("None", "")


def test_modules_with_a_mistake_are_told_of_where_they_are_read_whole(tried):
    lines = "right = facts.read_text()\nfacts.write_text('id: 1')\n"

    assert tried(f"{lines}{BEGUN}ahead._counted._process.join()\nfacts.write_text(right)") == ("None", "")


def test_an_outline_says_of_the_hubs_modules_what_reading_them_whole_does():
    whole, outline = library.read(ROOT / "modules").without_drafts(), library.outline(ROOT / "modules")

    assert outline is not None
    assert [module.facts for module in outline.modules.values()] == [m.facts for m in whole.modules.values()]
    assert outline.pathways == whole.pathways


@pytest.mark.parametrize(
    ("lines", "environment"),
    [
        ("kept = Path('kept'); kept.mkdir(); (kept / 'tally.json').write_text('')\n", {}),
        ("", {processes.ONE_PROCESS: "1"}),
    ],
    ids=["something is kept", "one process"],
)
def test_nothing_is_begun_where_it_would_be_in_vain(tried, lines, environment):
    assert tried(lines + BEGUN, **environment) == ("None", "")


def test_two_counts_are_made_at_the_same_time_and_one_that_fails_leaves_the_other(tried):
    second = "other = Ahead()\nother.begin(records(), Path('modules'), lambda records: 1 / 0)\n"

    assert tried(f"{BEGUN}{second}print(other.is_begun, other.result(records(of())), other.is_begun)") == (
        "True None False\n(['rinsing'], False)",
        "said: counting",
    )
