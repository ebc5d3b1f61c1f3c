"""The roster template: made in three languages, filled in, read back, and the rows that were wrong mended and sent again."""

from __future__ import annotations

import csv
import re
import stat
import zipfile
from collections.abc import Callable
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from builders import project, write
from greensupply import roster_template, rules, store
from greensupply.cli import main
from greensupply.completion import COUNTRIES
from greensupply.locales import LOCALES
from greensupply.records import fields, header, people
from greensupply.records.people import folded
from greensupply.roster_template import COLUMNS, Choice, Roster, as_csv, words
from greensupply.roster_template.workbook import LAST_ROW, as_xlsx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from record_builders import pseudonym, read_file, scope
from store_builders import ids

DAY = date(2024, 3, 5)
MODULES = (Choice("ems", "Gestión, «ambiental»; [nivel 1]"), Choice("lean-and-clean", "Lean & clean"))
Run = Callable[..., tuple[int, str, str]]


def template(locale: str, **changes: Any) -> Roster:
    return Roster(locale, MODULES, **{"sessions": ("MTY-2026-11", "OTT-2"), **changes})


def filled(content: bytes, *rows: dict[str, Any]) -> bytes:
    """The template as somebody fills it in, below the example."""
    book = load_workbook(BytesIO(content))
    sheet = book.worksheets[0]
    for number, values in enumerate(rows, 3):
        for field, value in values.items():
            sheet.cell(number, COLUMNS.index(field) + 1, value)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def learner(name: str, **changes: Any) -> dict[str, Any]:
    row = {"email": f"{name}@plant.example", "supplier": "S-0042", "module": "ems", "date": DAY, "score": 0.9}
    return {**row, **changes}


# The template


@pytest.mark.parametrize("locale", LOCALES)
def test_every_heading_reads_back_as_its_field(locale):
    headings = words(locale)["headings"]

    assert {field: header.field(heading) for field, heading in headings.items()} == {field: field for field in headings}
    assert set(headings) == set(header.HEADINGS)


def test_the_three_languages_have_the_same_words():
    shapes = [
        {
            key: sorted(value) if isinstance(value, dict) else len(value) if isinstance(value, list) else ""
            for key, value in words(locale).items()
        }
        for locale in LOCALES
    ]

    assert shapes[0] == shapes[1] == shapes[2]
    for locale in LOCALES:
        assert all(len(prompt) <= 255 for prompt in words(locale)["prompts"].values()), "Excel shows no more"
        assert all(len(words(locale)[name]) <= 31 for name in ("sheet", "help", "lists")), "Excel takes no more"


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("form", [as_xlsx, as_csv])
def test_the_empty_template_holds_no_record_and_is_the_same_each_time(locale, form, tmp_path):
    made = form(template(locale))

    result = read_file(tmp_path / "roster", made)

    assert form(template(locale)) == made
    assert (result.records, result.set_aside) == ([], [])


@pytest.mark.parametrize("locale", LOCALES)
def test_what_excel_is_told(locale):
    book = load_workbook(BytesIO(as_xlsx(template(locale))))
    sheet, instructions, lists = book.worksheets

    assert (sheet.freeze_panes, sheet.page_setup.paperSize, sheet.page_setup.orientation) == ("A2", 1, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.print_title_rows) == (1, "$1:$1")
    assert all(sheet.column_dimensions[cell.column_letter].width >= 10 for cell in sheet[1])
    day, score, number = (sheet.cell(3, COLUMNS.index(field) + 1) for field in ("date", "score", "number"))
    assert (day.number_format, score.number_format, number.number_format) == ("yyyy-mm-dd", "0.0%", "@")
    assert lists.sheet_state == "hidden"
    text = " ".join(str(row[0].value) for row in instructions.iter_rows())
    assert words(locale)["privacy"][0] in text
    kinds = {str(rule.sqref): rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds[f"G2:G{LAST_ROW}"] == kinds[f"F2:F{LAST_ROW}"] == "list"
    assert (kinds[f"H2:H{LAST_ROW}"], kinds[f"I2:I{LAST_ROW}"]) == ("date", "decimal")


@pytest.mark.parametrize("locale", LOCALES)
def test_every_value_of_a_drop_down_reads_back(locale):
    book = load_workbook(BytesIO(as_xlsx(template(locale))))
    offered: dict[str, list[str]] = {}
    for rule in book.worksheets[0].data_validations.dataValidation:
        if rule.type == "list":
            name, cells = re.fullmatch(r"'(.+)'!(.+)", rule.formula1).groups()
            field = COLUMNS[ord(str(rule.sqref)[0]) - ord("A")]
            offered[field] = [row[0].value for row in book[name][cells.replace("$", "")]]

    assert [fields.module(fields.named(label, scope()), scope()) for label in offered["module"]] == [
        "ems",
        "lean-and-clean",
    ]
    assert [fields.country(name) for name in offered["country"]] == list(COUNTRIES)
    assert [fields.locale(name) for name in offered["language"]] == list(LOCALES)
    assert [fields.session(code) for code in offered["session"]] == ["MTY-2026-11", "OTT-2"]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_filled_template_is_the_same_record_in_each_language_and_form(locale, tmp_path):
    choices = {field: template(locale).choices(field) for field in ("country", "language", "module")}
    row = {**learner("ana"), "country": choices["country"][1], "language": choices["language"][1]}
    row |= {"module": choices["module"][0], "session": "MTY-2026-11", "instructor": "luis@plant.example"}
    workbook = filled(as_xlsx(template(locale)), row)
    text = as_csv(template(locale, rows=[("", row)])).decode("utf-8-sig")

    results = [
        read_file(tmp_path / "a.xlsx", workbook),
        read_file(tmp_path / "a.csv", text.encode("utf-8-sig")),
        read_file(tmp_path / "b.csv", text.replace("0.9", "90,0 %" if locale == "fr" else "90.0%").encode("cp1252")),
    ]

    first = results[0].record
    assert (first.learner, first.country, first.locale) == (pseudonym("mailto:ana@plant.example"), "MX", "es")
    assert [result.record for result in results] == [first] * 3
    assert results[0].notices == []


# Modules by title, and the example


TITLED = {folded("Système de gestion (SGE)"): "ems", folded("Sistema de gestión"): "ems"}


@pytest.mark.parametrize(
    "written",
    [
        "ems",
        "EMS",
        "Sistema de gestión",
        "sistema de gestion",
        "Système de gestion (SGE)",
        "Old title [ems]",
        "x [ ems ]",
    ],
)
def test_a_module_may_be_given_by_title_and_the_record_is_the_same(written, tmp_path):
    content = f"e-mail;module;date;score\r\nana@plant.example;{written};2026-11-24;85%\r\n"
    plain = content.replace(written, "ems")

    record = read_file(tmp_path / "a.csv", content, titles=TITLED).record

    assert record == read_file(tmp_path / "b.csv", plain).record


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    "change", [{"email": "eva@plant.example"}, {"name": "Eva Ruiz"}, {"number": "417"}, {"remark": ""}], ids=str
)
def test_a_learner_written_over_the_example_is_told_and_never_lost(locale, change, tmp_path):
    remark, values = template(locale)._example()
    row = {**values, "remark": remark, **change}
    mark = row.pop("remark")
    content = as_csv(template(locale, rows=[(mark, row)], returned=True))

    result = read_file(tmp_path / "a.csv", content)

    assert result.records == []
    assert result.set_aside == [
        "a.csv:2: is the example row of the template, but changed. "
        "Clear the remark and put the learner's own e-mail, or restore the example."
    ]


def test_a_row_with_nothing_but_a_remark_says_nothing(tmp_path):
    content = "e-mail,module,date,score,Remarks\r\n,,,,Thank you!\r\nana@plant.example,ems,2026-11-24,85%,late\r\n"

    assert read_file(tmp_path / "a.csv", content).record


# The whole way


@pytest.fixture
def run(tmp_path, monkeypatch, capsys) -> Run:
    """Run `greensupply` beside the smallest hub; returns the exit code and both outputs."""
    hub = tmp_path / "hub"
    write(hub, project())
    monkeypatch.chdir(hub)
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", "a key for tests that is long enough")
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def stored() -> int:
    return len(ids(store.files(Path("records"))))


SET_ASIDE = {
    "en": ("4 read: 2 new, 2 set aside", "Row 4: the date `03/04/2024` can be read in two ways."),
    "es": ("4 leídos: 2 nuevos, 2 apartados", "Fila 4: la fecha `03/04/2024` se puede leer de dos maneras."),
    "fr": (
        "4 lus\u00a0: 2 nouveaux, 2 mis de côté",
        "Ligne 4\u00a0: la date `03/04/2024` peut se lire de deux façons.",
    ),
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_from_the_template_through_the_report_to_the_tally(run, tmp_path, locale, suffix):
    assert run("roster", "--lang", locale, "--session", "MTY-1", "--out", "../desk")[0] == 0
    empty = Path(f"../desk/roster-{locale}.xlsx").read_bytes()
    title = roster_template.Roster(
        locale, [Choice("rinsing", {"en": "Rinsing", "es": "Enjuague", "fr": "Rinçage"}[locale])]
    )
    module = title.choices("module")[0]
    rows = [learner(name, module=module, session="MTY-1") for name in ("ana", "luis", "eva", "zoé")]
    rows[1]["date"] = "03/04/2024"
    rows[3] |= {"score": "five", "email": "", "number": "0417"}
    Path("../desk/class.xlsx").write_bytes(filled(empty, *rows))
    report = Path(f"../desk/mend{suffix}")

    def learners() -> int:
        return int(re.search(r"^learners (\d+)$", run("tally")[1], re.MULTILINE)[1])

    code, out, err = run("records", "add", "../desk/class.xlsx", "--lang", locale, "--report", report.as_posix())

    counted, reason = SET_ASIDE[locale]
    assert (code, err) == (0, "")
    assert counted in out
    assert report.as_posix() in out
    assert stored() == learners() == 2
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    assert not any("luis" in file.read_text(errors="ignore") for file in Path("records").rglob("*") if file.is_file())
    cells = table(report)
    assert cells[0] == [words(locale)["headings"][field] for field in COLUMNS]
    assert cells[1][0].startswith(reason)
    assert [row[1] for row in cells[1:]] == ["luis@plant.example", ""]
    assert cells[2][2] == "0417"

    assert run("records", "add", report.as_posix(), "--lang", locale)[0] == 1, "nothing is mended yet"
    mend(report, {"luis@plant.example": {"date": "2024-04-03"}, "": {"score": "95%"}})
    assert run("records", "add", report.as_posix(), "--lang", locale)[0] == 0
    assert stored() == 4
    for file in ("../desk/class.xlsx", report.as_posix()):
        run("records", "add", file)
    assert stored() == 4, "twice adds nothing"
    assert learners() == 4


def table(file: Path) -> list[list[str]]:
    if file.suffix == ".csv":
        text = file.read_bytes().decode("utf-8-sig")
        return list(csv.reader(StringIO(text), delimiter=";" if text.startswith("Remarque") else ","))
    rows = load_workbook(file).worksheets[0].iter_rows(values_only=True)
    return [["" if cell is None else str(cell) for cell in row] for row in rows if any(row)]


def mend(file: Path, changes: dict[str, dict[str, str]]) -> None:
    """Correct rows by their e-mail, as their trainer does, and leave everything else alone."""
    if file.suffix == ".csv":
        rows = table(file)
        for row in rows[1:]:
            for field, value in changes[row[1]].items():
                row[COLUMNS.index(field)] = value
        text = StringIO()
        csv.writer(text, delimiter=";").writerows(rows)
        file.write_text(text.getvalue(), encoding="utf-8")
        return
    book = load_workbook(file)
    for row in book.worksheets[0].iter_rows(min_row=2):
        if row[0].value:
            for field, value in changes[row[1].value or ""].items():
                row[COLUMNS.index(field)].value = value
    book.save(file)


def test_a_score_comes_back_as_the_whole_column_said_it(run, tmp_path):
    Path("../class.csv").write_text(
        "e-mail,module,date,score\r\na@p.example,rinsing,2024-03-05,90\r\nb@p.example,rinsing,03/04/2024,7\r\n"
    )

    run("records", "add", "../class.csv", "--report", "../mend.csv")

    assert table(Path("../mend.csv"))[1][COLUMNS.index("score")] == "7%"


def test_refused_headings_bring_every_row_back_under_the_right_ones(run):
    Path("../class.csv").write_text("e-mail,module,score\r\na@p.example,rinsing,90%\r\nb@p.example,rinsing,80%\r\n")

    run("records", "add", "../class.csv", "--report", "../mend.csv", "--lang", "es")

    _, why, *rows = table(Path("../mend.csv"))
    assert why[0].startswith(
        "Fila 1: falta una columna para fecha. Las columnas conocidas son correo, módulo, calificación."
    )
    assert [row[1] for row in rows] == ["a@p.example", "b@p.example"]
    assert rows[0][COLUMNS.index("module")].endswith("[rinsing]")


@pytest.mark.parametrize("place", ["records/mend.csv", "mend.csv", "docs/mend.xlsx", "../mend.txt", "../class.csv"])
def test_a_report_is_never_written_near_the_records_or_over_a_file(run, place):
    Path("../class.csv").write_text("e-mail,module,date,score\r\na@p.example,rinsing,03/04/2024,90%\r\n")

    code, out, err = run("records", "add", "../class.csv", "--report", place)

    assert (code, out) == (2, "")
    assert place in err
    assert not Path("records").exists()


def test_a_report_goes_to_one_trainer_and_is_not_written_without_need(run):
    for name in "ab":
        Path(f"../{name}.csv").write_text(f"e-mail,module,date,score\r\n{name}@p.example,rinsing,2024-03-05,90%\r\n")

    assert run("records", "add", "../a.csv", "../b.csv", "--report", "../mend.csv")[0] == 2
    assert run("records", "add", "../a.csv", "--report", "../mend.csv") == (
        0,
        "../a.csv: 1 read: 1 new.\nNothing was set aside, so no report was written.\n",
        "",
    )
    assert not Path("../mend.csv").exists()


def test_a_filled_template_is_never_written_over(run):
    assert run("roster")[0] == run("roster")[0] == 0
    assert sorted(file.name for file in Path().glob("roster*")) == ["roster-en.csv", "roster-en.xlsx"]
    Path("roster-en.csv").write_text("filled")

    assert run("roster", "--lang", "fr")[0] == 0
    assert run("roster")[:2] == (2, "")
    assert Path("roster-en.csv").read_text() == "filled"


@pytest.mark.parametrize("wrong", [("--module", "rising"), ("--session", "Grupo de Ana"), ("--modules", "nowhere")])
def test_what_is_asked_for_wrongly_is_said_in_the_language(run, wrong):
    code, out, err = run("roster", "--lang", "es", *wrong)

    assert (code, out) == (2, "")
    assert wrong[1] in err
    assert re.search(r"sitio|código|carpeta", err)


def test_the_language_comes_from_the_environment(run, monkeypatch):
    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    Path("../a.csv").write_text("courriel;module;date;note\r\na@p.example;rinsing;2024-03-05;beaucoup\r\n")

    assert (
        "la note n’est pas un nombre. Écrivez-la sous la forme 85\u00a0% ou 0,85."
        in run("records", "check", "../a.csv")[1]
    )


# Any text


def test_a_workbook_is_one_whatever_signs_its_zip_has(tmp_path):
    """`\\n{` begins a statement in JSON lines, and by chance stands in one workbook in some hundreds."""
    out = BytesIO()
    made = as_xlsx(template("en", rows=[("", learner("ana"))]))
    with zipfile.ZipFile(BytesIO(made)) as packed, zipfile.ZipFile(out, "w") as plain:
        plain.writestr("notes.txt", "\n{")
        for name in packed.namelist():
            plain.writestr(name, packed.read(name))

    assert read_file(tmp_path / "a.xlsx", out.getvalue()).record


WRITTEN = st.text(st.characters(blacklist_categories=("Cs", "Cc"), max_codepoint=0xFFFF), min_size=1, max_size=30)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=WRITTEN, form=st.sampled_from([as_xlsx, as_csv]), locale=st.sampled_from(LOCALES))
def test_whatever_stands_in_a_report_reads_back_or_is_told(name, form, locale, tmp_path):
    row = {"name": name, "supplier": "S-1", "module": "ems", "date": date(2026, 11, 24), "score": "85%"}
    content = form(template(locale, rows=[("Row 1: why.", row)], returned=True))

    result = read_file(tmp_path / "a", content)

    assert len(result.records) + len(result.set_aside) == 1
    if any(map(str.isalnum, name)):
        assert result.record.learner == pseudonym(people.learner("", "", name.strip(), "S-1"))


def test_every_rule_of_rosters_is_said_in_full_in_each_language():
    for name, rule in rules.catalogue().items():
        if rule.subject == "rosters":
            assert name.startswith("roster-")
            assert {said.what for said in rule.said.values()}, name
