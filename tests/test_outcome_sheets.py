"""The templates of lists, and the commands that make them and take them in."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from builders import ROOT
from cadre_builders import raw
from greensupply import outcome_template, plants, store
from greensupply.assessment import Assessment, Measurement, Opportunity
from greensupply.cli import main
from greensupply.locales import LOCALES
from greensupply.outcome_template import ORDER, Template, workbook
from greensupply.plants import Plant
from greensupply.records import outcomes
from openpyxl import load_workbook
from outcome_builders import add, catalogue, read, visit

TYPES = {"plants": Plant, "assessments": Assessment, "opportunities": Opportunity, "measurements": Measurement}
KEY = "a key of the office, long enough to be one"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with the catalogue and a key, in which the command runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", KEY)
    (tmp_path / "records").mkdir()
    for name in ("metrics.yml", "factors.yml", "rates.yml"):
        (tmp_path / "records" / name).write_bytes((ROOT / "records" / name).read_bytes())
    return tmp_path


# --- the templates ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ORDER)
def test_a_template_is_the_list_it_says_and_its_example_is_not_read(tmp_path, name, locale):
    template = Template(name, locale, catalogue())

    for content in (workbook.as_xlsx(template), outcome_template.as_csv(template)):
        file = tmp_path / "list"
        file.write_bytes(content)
        assert outcomes.opened(file).of == name
        assert read(tmp_path, content) == []


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ORDER)
def test_the_example_of_a_template_would_be_taken_if_it_were_none(tmp_path, name, locale):
    """Every heading and every word of a drop-down in it is one that the reader knows."""
    codes = {"plants": "MX-9", "assessments": "A-9", "opportunities": "O-9", "measurements": "MX-1"}
    text = outcome_template.as_csv(Template(name, locale, catalogue())).decode("utf-8-sig")
    delimiter = ";" if locale == "fr" else ","
    rows = list(csv.reader(StringIO(text), delimiter=delimiter))
    own = [codes[name] if cell == outcomes.EXAMPLE else cell for cell in rows[1]]
    if name == "assessments":
        own[2] = "MX-1"
    if name == "opportunities":
        own[2] = "A-1"
    own[0] = ""
    out = StringIO()
    csv.writer(out, delimiter=delimiter).writerows([rows[0], own])

    found = [one for one in read(tmp_path, out.getvalue()) if not isinstance(one, str)]

    assert [type(one) for one in found] == [TYPES[name]], read(tmp_path, out.getvalue())


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ORDER)
def test_every_choice_of_a_drop_down_is_read(tmp_path, name, locale):
    template = Template(name, locale, catalogue())
    known_inputs = {**catalogue().inputs, **catalogue().complements}
    for field in template.columns:
        for choice in template.choices(field):
            if field == "input":
                assert outcomes.cells.named(choice, known_inputs)
            elif field in ("unit", "output_unit"):
                assert outcomes.cells.units.read(choice) in {
                    unit for thing in (*known_inputs.values(), *catalogue().outputs.values()) for unit in thing.units
                }
            elif field == "country":
                text = f"plant,country,listed on\nMX-9,{choice},2025-01-01\n"
                assert [type(one) for one in read(tmp_path, text)] == [Plant]
            else:
                group = {"complete": "yes_no", "withdrawn": "yes_no"}.get(field, field)
                assert outcomes.words.plain(choice) in outcomes.words.options(group)


@pytest.mark.parametrize("locale", LOCALES)
def test_a_workbook_has_drop_downs_an_example_and_a_page_that_says_what_every_column_asks_for(locale):
    template = Template("opportunities", locale, catalogue())
    book = load_workbook(BytesIO(workbook.as_xlsx(template)))
    sheet, help_page, lists = book.worksheets

    assert lists.sheet_state == "hidden"
    assert [cell.value for cell in sheet[1]] == [template.heading(field) for field in template.columns]
    lists_of = [rule for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(lists_of) == sum(bool(template.choices(field)) for field in template.columns)
    told = {cell.value for row in help_page.iter_rows() for cell in row}
    assert {template.heading(field) for field in template.columns} <= told
    assert all(
        len(rule.promptTitle) <= 32 and len(rule.prompt) <= 255 for rule in sheet.data_validations.dataValidation
    )
    assert not any(cell.data_type == "f" for row in sheet.iter_rows() for cell in row)
    assert workbook.as_xlsx(template) == workbook.as_xlsx(template)


def test_the_words_of_the_templates_are_whole_in_every_language():
    first = outcome_template.said("en")
    for locale in LOCALES:
        said = outcome_template.said(locale)
        assert said.keys() == first.keys()
        assert said["prompts"].keys() == first["prompts"].keys()
        fields = {field for name in ORDER for field in Template(name, locale, catalogue()).columns}
        assert fields == said["prompts"].keys()
        assert {name: len(steps) for name, steps in said["steps"].items()} == {
            name: len(steps) for name, steps in first["steps"].items()
        }


# --- the commands -----------------------------------------------------------------------------------------------------

LISTS = {
    "o.csv": "opportunity,assessment,process,family,saving,cost,currency,identified on\n"
    "O-1,A-1,other,reuse,500,0,USD,2026-03-05\nO-2,A-2,other,reuse,500,0,USD,2026-03-05\n",
    "m.csv": "plant,period,quantity,value,unit,output,output unit,class\nMX-1,2026-Q3,water,610,m3,1250,t,M\n",
    "a.csv": "assessment,plant,date,hours,complete,assessors\nA-1,MX-1,2026-03-05,24,yes,Ana López\n",
    "p.csv": "plant,country,listed on\nMX-1,MX,2025-01-01\nMX-2,BR,2025-01-01\n",
}


def write_lists(folder):
    for name, text in LISTS.items():
        (folder / name).write_text(text, encoding="utf-8")


def test_lists_are_added_in_the_order_in_which_they_need_one_another(folder, capsys):
    write_lists(folder)

    assert main(["records", "outcomes", *LISTS, "--lang", "en"]) == 0

    said = [line for line in capsys.readouterr().out.splitlines() if "new rows" in line]
    assert said == [
        "p.csv (plants): new rows: 1; corrected: 0; already there: 0; set aside: 1.",
        "a.csv (assessments): new rows: 1; corrected: 0; already there: 0; set aside: 0.",
        "o.csv (opportunities): new rows: 1; corrected: 0; already there: 0; set aside: 1.",
        "m.csv (measurements): new rows: 1; corrected: 0; already there: 0; set aside: 0.",
    ]
    held = store.outcomes.read(folder / "records")
    assert [len(rows) for rows in (held.assessments, held.opportunities, held.measurements)] == [1, 1, 1]
    assert plants.read(folder / "records" / "suppliers.csv") == (Plant("MX-1", "MX", date(2025, 1, 1)),)


def test_the_same_lists_again_change_no_byte(folder, capsys):
    write_lists(folder)
    main(["records", "outcomes", *LISTS])
    before = {file.name: file.read_bytes() for file in (folder / "records").glob("*.csv")}

    assert main(["records", "outcomes", *LISTS, "--lang", "es"]) == 0

    assert {file.name: file.read_bytes() for file in (folder / "records").glob("*.csv")} == before
    assert (
        "a.csv (diagnósticos): filas nuevas: 0; corregidas: 0; ya estaban: 1; apartadas: 0." in capsys.readouterr().out
    )


def test_no_name_is_written(folder):
    write_lists(folder)
    main(["records", "outcomes", *LISTS])

    assert not any(b"pez" in file.read_bytes() for file in (folder / "records").rglob("*") if file.is_file())
    [row] = raw(folder / "records" / "assessments.csv")
    assert len(row["assessors"]) == 32


@pytest.mark.parametrize(("options", "code"), [([], 0), (["--strict"], 1)])
def test_what_was_set_aside_fails_a_strict_run(folder, options, code):
    write_lists(folder)

    assert main(["records", "outcomes", "p.csv", *options]) == code


def test_a_file_that_holds_no_list_fails_and_is_told(folder, capsys):
    (folder / "x.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    assert main(["records", "outcomes", "x.csv", "none.csv", "--lang", "fr"]) == 1

    said = capsys.readouterr().out
    assert "x.csv (aucune liste)" in said
    assert "none.csv (aucune liste)" in said
    assert len(list((folder / "records" / "set-aside").iterdir())) == 2


@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_a_report_brings_the_rows_back_under_the_headings_and_is_read_when_it_is_mended(
    folder, tmp_path_factory, suffix
):
    report = tmp_path_factory.mktemp("elsewhere") / f"report{suffix}"
    add(folder / "records", *(Plant(code, "MX", date(2025, 1, 1)) for code in ("MX-1", "MX-2")), visit())
    text = LISTS["m.csv"] + "MX-2,2026-Q3,water,many,m3,1250,t,M\nMX-2,2026-Q2,water,5,gal,1250,t,M\n"
    (folder / "m.csv").write_text(text, encoding="utf-8")

    assert main(["records", "outcomes", "m.csv", "--lang", "es", "--report", str(report)]) == 0

    sheet = outcomes.opened(report)
    back = [row for _, row in outcomes.returned(sheet, {2, 3})]
    assert [row["supplier"] for row in back] == ["MX-2", "MX-2"]
    assert [row["value"] for row in back] == ["many", "5"]
    assert report.stat().st_mode & 0o077 == 0
    rows = list(sheet.table.rows())
    assert "el valor" in str(rows[1].cells[0])
    assert "`gal`" in str(rows[2].cells[0])
    mended = folder / f"mended{suffix}"
    if suffix == ".csv":
        mended.write_text(report.read_text("utf-8-sig").replace("many", "7").replace("gal,", "L,"), encoding="utf-8")
    else:
        book = load_workbook(report)
        cells = [cell for row in book.worksheets[0].iter_rows(min_row=2, max_row=3) for cell in row]
        for cell in cells:
            cell.value = {"many": "7", "gal": "L"}.get(cell.value, cell.value)
        book.save(mended)
    assert main(["records", "outcomes", mended.name, "--strict"]) == 0
    assert len(store.outcomes.read(folder / "records").measurements) == 3


def test_a_report_is_refused_beside_the_records(folder, capsys):
    write_lists(folder)

    assert main(["records", "outcomes", "p.csv", "--report", "records/back.csv", "--lang", "en"]) == 2
    assert "records/back.csv" in capsys.readouterr().err
    assert not (folder / "records" / "suppliers.csv").exists(), "nothing was added"


def test_templates_are_written_once_and_a_filled_one_is_never_written_over(folder, capsys):
    assert main(["records", "outcome-sheets", "--lang", "es", "--out", "kit"]) == 0
    assert sorted(file.name for file in (folder / "kit").iterdir()) == sorted(
        f"{name}-es{suffix}" for name in ORDER for suffix in (".csv", ".xlsx")
    )
    assert main(["records", "outcome-sheets", "--lang", "es", "--out", "kit"]) == 0
    (folder / "kit" / "plants-es.csv").write_text("filled", encoding="utf-8")

    assert main(["records", "outcome-sheets", "--lang", "es", "--out", "kit", "--list", "plants"]) == 2
    assert (folder / "kit" / "plants-es.csv").read_text(encoding="utf-8") == "filled"


def test_without_a_key_nothing_is_added(folder, monkeypatch, capsys):
    monkeypatch.delenv("GREENSUPPLY_RECORDS_KEY")
    write_lists(folder)

    assert main(["records", "outcomes", "a.csv"]) == 2
    assert "key" in capsys.readouterr().err
