"""A run that is killed, wherever and whenever, leaves a store that the same run then brings to the same bytes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from builders import project, write
from record_builders import lines, statement, verb

INSTANTS = os.environ.get("GREENSUPPLY_KILLS", "10")
"""How many random instants; 100 before a release."""


def one(number: int, *without: str, **changes: object) -> dict[str, Any]:
    about = {"object": {"id": "https://hub.example/modules/rinsing"}, "timestamp": "2024-03-05T12:00:00Z"}
    return statement(number, *without, **{**about, **changes})


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """A hub with an input of three batches, with conflicts, repetitions, voids and a row that is wrong."""
    voids = [
        one(900 + number, verb=verb("voided"), object={"objectType": "StatementRef", "id": one(number)["id"]})
        for number in (3, 50, 100)
    ]
    records = [one(number) for number in range(1, 91)]
    wrong = [one(1, result={"score": {"scaled": 0.2}}), one(200, "actor"), one(5)]
    return write(tmp_path, project({"input.jsonl": lines(*records[:50], *voids, *wrong, *records[40:])}))


def killing(kind: str, hub: Path, command: str, number: str = "0") -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, str(Path(__file__).parent / "killing.py"), kind, str(hub), command, number],
        capture_output=True,
        text=True,
        env={**os.environ, "GREENSUPPLY_RECORDS_KEY": "a key for tests that is long enough"},
    )
    assert done.returncode == 0, done.stderr
    return dict(json.loads(done.stdout))


def test_an_addition_killed_before_any_of_its_steps_and_run_again_gives_the_same_store(hub):
    found = killing("steps", hub, "add")

    assert found["wrong"] == []
    assert found["killed"] > 20, "there are that many steps"
    assert [name.partition("/")[0] for name in found["files"]] == ["completions"] * 3 + ["set-aside", "voids"]


def test_a_packing_killed_before_any_of_its_steps_and_run_again_gives_the_same_store(hub):
    found = killing("steps", hub, "compact")

    assert found["wrong"] == []
    assert found["killed"] > 5, "there are that many steps"
    assert "completions/compacted.parquet" in found["files"]


def test_an_addition_killed_at_random_instants_and_run_again_gives_the_same_store(hub):
    found = killing("random", hub, "add", INSTANTS)

    assert found["wrong"] == []
    assert found["killed"] > 0
