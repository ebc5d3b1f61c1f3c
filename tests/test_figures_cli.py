"""`greensupply tally` and `greensupply demo-records`."""

import json

import pytest
from builders import ROOT, project, write
from greensupply.cli import main

CATALOGUE = ("metrics.yml", "factors.yml", "rates.yml")


@pytest.fixture
def hub(tmp_path, monkeypatch):
    write(tmp_path, project())
    monkeypatch.chdir(tmp_path)
    return tmp_path


def invent(*more: str) -> int:
    return main(["demo-records", "--learners", "60", "--start", "2025-01-01", "--end", "2025-12-31", *more])


def test_demonstration_records_are_counted_and_called_so(hub, capsys):
    assert invent() == 0
    [batch] = (hub / "records/completions").glob("*.jsonl")
    stored = [json.loads(line) for line in batch.read_text(encoding="utf-8").splitlines()]
    assert {line["supplier"][:5] for line in stored if line["supplier"]} == {"DEMO-"}

    assert main(["tally", "--as-of", "2025-12-31"]) == 0

    said = capsys.readouterr().out
    learners = len({line["learner"] for line in stored if line["passed"]})
    assert f"records {len(stored)}\n" in said
    assert f"learners {learners}\n" in said
    assert "Some of it is demonstration data." in said
    assert "not for publication" in said


def test_the_same_seed_gives_the_same_bytes_and_another_one_others(hub):
    for folder, seed in (("one", "1"), ("two", "1"), ("three", "2")):
        assert invent("--records", folder, "--seed", seed) == 0

    def bytes_of(folder):
        return {file.name: file.read_bytes() for file in sorted((hub / folder).rglob("*.*")) if file.name != ".lock"}

    assert bytes_of("one") == bytes_of("two")
    assert bytes_of("one") != bytes_of("three")


def test_demonstration_records_never_mix_with_others(hub, capsys):
    assert invent() == 0

    assert invent() == 2
    assert "records holds records already. Name an empty folder with --records." in capsys.readouterr().err


@pytest.mark.parametrize("more", [["--learners", "0"], ["--end", "2025-02-01"]])
def test_too_little_to_invent_is_refused_in_words(hub, capsys, more):
    assert invent(*more) == 2
    assert capsys.readouterr().err == "Name at least one learner, and a time of three months or more.\n"


def test_without_records_every_count_is_nothing(hub, capsys):
    assert main(["tally"]) == 0
    assert "learners 0\n" in capsys.readouterr().out


def test_a_hub_that_is_not_here_is_said_in_words(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    assert main(["tally"]) == 2
    assert capsys.readouterr().err.startswith("modules: no such folder.")


def test_demonstration_records_say_where_nothing_could_be_measured(hub, capsys):
    assert invent() == 0
    assert "There is no records/metrics.yml, so nothing is measured in these plants.\n" in capsys.readouterr().out

    write(hub / "more", {name: (ROOT / "records" / name).read_text(encoding="utf-8") for name in CATALOGUE})
    assert invent("--records", "more") == 0
    assert "no more/metrics.yml" not in capsys.readouterr().out
    assert main(["tally", "--records", "more", "--as-of", "2025-12-31"]) == 0
    assert (hub / "more/measurements.csv").read_text(encoding="utf-8").count("\nDEMO,DEMO-") > 50
