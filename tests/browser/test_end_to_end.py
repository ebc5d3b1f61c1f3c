"""From a passed quiz, and from a class roster, to the figures: the whole way, with nothing in between replaced."""

from __future__ import annotations

import calendar
import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from builders import configuration, project, write
from greensupply.cli import main
from recording import passed, place
from visiting import LOCALES

pytestmark = pytest.mark.browser


@pytest.fixture
def hub(recording_hub):
    """A small hub whose only module is passed with one answer."""
    return recording_hub


@pytest.fixture
def programme(tmp_path, monkeypatch) -> Path:
    """The programme's office: the same module, a key, and twelve plants with three trained people each."""
    today = datetime.now(UTC).date()
    suppliers = "".join(f"S-{number:02},MX,2026-01-01,\n" for number in range(12))
    write(tmp_path, {**project(), "records/suppliers.csv": f"supplier,country,enrolled_on,left_on\n{suppliers}"})
    end = today.replace(day=calendar.monthrange(today.year, today.month)[1])
    text = configuration(tmp_path).replace("as_of: '2026-10-31'", f"as_of: '{end}'")
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", "a key that is long enough for a test")
    people = [(f"first{number}@plant.example", f"S-{number % 12:02}") for number in range(36)]
    assert add(roster(tmp_path, "first.csv", people)) == 0
    return tmp_path


def roster(folder: Path, name: str, people: list[tuple[str, str]]) -> Path:
    day = datetime.now(UTC).date().replace(day=1)
    rows = "".join(f"{mail};{supplier};México;rinsing;{day};90%;es\r\n" for mail, supplier in people)
    file = folder / name
    file.write_text(f"Correo;Proveedor;País;Módulo;Fecha;Calificación;Idioma\r\n{rows}", encoding="cp1252")
    return file


def add(*files: Path) -> int:
    return main(["records", "add", "--strict", *map(str, files)])


def true_count(capsys, name: str = "learners") -> int:
    capsys.readouterr()
    assert main(["tally"]) == 0
    said = dict(line.rsplit(" ", 1) for line in capsys.readouterr().out.splitlines() if line.startswith(f"{name} "))
    return int(said[name])


def published(folder: Path) -> dict[str, object]:
    """Build the site, and read what it publishes."""
    subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"], cwd=folder, check=True)
    return dict(json.loads((folder / "records/published.json").read_text(encoding="utf-8")))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_record_handed_over_counts_exactly_once(visit, programme, capsys, locale):
    before = true_count(capsys)
    page = visit().open(place(locale))
    passed(page, "S-03", "MX")
    with page.expect_download() as coming:
        page.locator('[data-do="download"]').click()
    file = programme / coming.value.suggested_filename
    coming.value.save_as(file)

    assert add(file) == 0
    assert true_count(capsys) == before + 1

    again = programme / "the same under another name.json"
    again.write_bytes(file.read_bytes())
    assert add(again, file) == 0
    assert true_count(capsys) == before + 1


def test_one_more_learner_moves_no_public_figure_and_a_class_of_thirty_does(programme, capsys):
    first = published(programme)
    assert first["learners"] == 35

    assert add(roster(programme, "one.csv", [("one@plant.example", "S-05")])) == 0
    assert true_count(capsys) == 37
    assert published(programme) == first

    people = [(f"class{number}@plant.example", f"S-{number % 12:02}") for number in range(30)]
    assert add(roster(programme, "class.csv", people)) == 0
    assert true_count(capsys) == 67
    assert published(programme)["learners"] == 65
    for home in ("", "es/", "fr/"):
        assert ">65<" in (programme / f"site/{home}results/index.html").read_text(encoding="utf-8")


def test_no_name_or_address_is_written_anywhere(programme):
    published(programme)
    written = [file for folder in ("records", "site") for file in (programme / folder).rglob("*") if file.is_file()]

    assert written
    for file in written:
        assert b"plant.example" not in file.read_bytes(), file
