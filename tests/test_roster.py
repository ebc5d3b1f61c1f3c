"""Class rosters as people really save them: text of every kind and Excel workbooks, in three languages."""

from __future__ import annotations

import re
import zipfile
from datetime import UTC, date, datetime, time
from io import BytesIO
from pathlib import Path

import pytest
from builders import ROOT
from greensupply import csv_text
from greensupply.completion import Completion, Delivery
from greensupply.records import KnownModule, dates, header, people
from greensupply.records.scope import Refused
from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from record_builders import HEADINGS, NOW, packed, pseudonym, read_file, roster, row, uuid, workbook

FILE = "roster.csv"
NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
ANA = pseudonym("mailto:ana@plant.example")
WITH_NAMES = ("name", "supplier", "module", "date", "score")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / FILE


def test_a_row_becomes_a_record_with_pseudonyms(file):
    headings = (*HEADINGS, "revision", "language", "session", "instructor")

    record = read_file(file, roster((*row(), "1", "es", "MTY-2026-11", "Luis Pérez"), headings=headings)).record

    assert record == Completion(
        id=record.id,
        learner=ANA,
        supplier="S-0042",
        country="MX",
        module="ems",
        revision=1,
        locale="es",
        delivery=Delivery.CLASSROOM,
        session="MTY-2026-11",
        instructor=pseudonym("instructor:luis perez"),
        score=0.85,
        passed=True,
        completed_at=NOON,
    )


def test_only_who_module_date_and_score_must_be_there(file):
    content = roster(("ana@plant.example", "ems", "2026-11-24", "0.79"), headings=("e-mail", "module", "date", "score"))

    record = read_file(file, content).record

    assert (record.revision, record.passed) == (2, False)
    assert record.supplier is record.country is record.locale is record.session is record.instructor is None


ACCENTS = ("José Ñúñez", "S-0042", "ems", "2026-11-24", "85%")
ENCODED = {
    "UTF-8": ("utf-8", ""),
    "UTF-8 with a mark": ("utf-8", "\ufeff"),
    "UTF-16 LE": ("utf-16-le", "\ufeff"),
    "UTF-16 BE": ("utf-16-be", "\ufeff"),
    "Windows-1252": ("cp1252", ""),
}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"], ids=["comma", "semicolon", "tab"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"], ids=["CR LF", "LF", "CR"])
@pytest.mark.parametrize(("encoding", "mark"), ENCODED.values(), ids=ENCODED)
def test_every_encoding_delimiter_and_line_end_gives_the_same_record(file, encoding, mark, delimiter, end):
    content = roster(ACCENTS, headings=WITH_NAMES, delimiter=delimiter).replace("\r\n", end)

    result = read_file(file, (mark + content).encode(encoding))

    assert result.record.learner == pseudonym("name:S-0042|jose nunez")
    assert result.notices == (
        [
            f"{FILE}:2: not UTF-8 in name: read as Windows-1252. "
            "Look whether the accents are right, or save as CSV UTF-8."
        ]
        if encoding == "cp1252"
        else []
    )


def test_lines_of_mixed_encodings_are_each_read_as_what_they_are(file):
    first, second = (roster(ACCENTS, headings=WITH_NAMES).encode(code) for code in ("utf-8", "cp1252"))

    result = read_file(file, first + second.split(b"\r\n", 1)[1])

    assert {record.learner for record in result.records} == {pseudonym("name:S-0042|jose nunez")}
    assert result.notices[0].startswith(f"{FILE}:3: not UTF-8 in name")


def test_a_byte_that_no_encoding_has_costs_its_row(file):
    content = roster(row(), row(), row()).encode().split(b"\r\n")
    content[2] = content[2].replace(b"ana", b"an\x81\xed")

    result = read_file(file, b"\r\n".join(content))

    assert result.set_aside == [f"{FILE}:3: is neither UTF-8 nor Windows-1252. Save the file again, as CSV UTF-8."]
    assert len(result.records) == 2


TRILINGUAL = {
    "English": "Name,E-mail,Supplier (code),Country,Module,Revision,Date,Score,Language,Session,Instructor",
    "capitals": "NAME,EMAIL,SUPPLIER CODE,COUNTRY,MODULE ID,REV.,COMPLETION DATE,SCORE (%),LANGUAGE,SESSION,TRAINER",
    "Spanish": "Nombre,Correo electrónico,Proveedor,País,Módulo,Revisión,Fecha,Calificación,Idioma,Sesión,Instructor",
    "French": "Nom,Courriel,Fournisseur,Pays,Module,Révision,Date,Note,Langue,Séance,Formateur",
    "without accents": "nombre,correo,codigo de proveedor,pais,modulo,revision,fecha,calificacion,idioma,sesion,capacitador",
    "bilingual": "Name / Nom,E-mail / Courriel,Supplier / Fournisseur,Country/Pays,Module,Revision,Date,Score / Note,"
    "Language / Langue,Session / Séance,Trainer / Formatrice",
}


@pytest.mark.parametrize("headings", TRILINGUAL.values(), ids=TRILINGUAL)
@pytest.mark.parametrize("turned", [False, True], ids=["in order", "turned round"])
def test_headings_are_known_in_three_languages_in_any_order(file, headings, turned):
    cells = ["Ana", "ana@plant.example", "S-1", "CA", "ems", "1", "2026-11-24", "90%", "fr", "MTL-1", "Luc"]
    order = slice(None, None, -1 if turned else 1)

    result = read_file(file, roster(cells[order], headings=headings.split(",")[order], delimiter=";"))

    assert result.record.locale == "fr"
    assert result.record.learner == ANA
    assert result.notices == []


@pytest.mark.parametrize(
    ("headings", "cells"),
    [
        (["Nombre", "Apellido paterno", "Apellido materno"], ["Ana", "García", "Ruiz"]),
        (["Nom", "Prénom"], ["Garcia Ruiz", "ANA"]),
        (["Last name", "First name"], ["García  Ruiz", "Ana"]),
        (["Name"], ["García Ruiz. Ana"]),
    ],
)
def test_a_name_is_the_same_in_one_column_or_several_and_in_any_order_of_its_words(file, headings, cells):
    content = roster((*cells, *ACCENTS[1:]), headings=(*headings, *WITH_NAMES[1:]))

    assert read_file(file, content).record.learner == pseudonym("name:S-0042|ana garcia ruiz")


@pytest.mark.parametrize(
    ("changes", "identity"),
    [
        ({"e_mail": " ANA@Plant.Example "}, "mailto:ana@plant.example"),
        ({"e_mail": "mailto:ana@plant.example"}, "mailto:ana@plant.example"),
        ({"e_mail": "-", "number": "00 417"}, "employee:S-0042|417"),
        ({"e_mail": "", "number": "A-17"}, "employee:S-0042|a-17"),
        ({"e_mail": "", "number": "", "supplier": "s-0042"}, "name:S-0042|ana garcia"),
    ],
)
def test_a_person_is_an_e_mail_else_a_number_else_a_name_within_the_supplier(file, changes, identity):
    cells = {**dict(zip(HEADINGS, row(), strict=True)), "number": "9", "name": "Ana García"}
    cells.update({key.replace("_", "-"): value for key, value in changes.items()})

    content = roster(list(cells.values()), headings=(*HEADINGS, "employee number", "name"))

    assert read_file(file, content).record.learner == pseudonym(identity)


def test_the_same_address_is_the_same_person_in_a_roster_and_in_a_statement():
    assert people.learner("Ana@Plant.example", "", "", "") == people.actor({"mbox": "mailto:ana@plant.example"})


def test_people_known_by_name_without_a_supplier_are_noticed(file):
    content = roster(("Ana", "ems", "2026-11-24", "0.9"), headings=("name", "module", "date", "score"))

    assert read_file(file, content).notices == [
        f"{FILE}:1: 1 row with neither e-mail nor supplier: there, all who share a name count as one person. "
        "Add the supplier's code."
    ]


def test_a_roster_read_again_or_under_another_form_gives_the_same_ids(file):
    text = read_file(file, roster(row(), row(e_mail="luis@plant.example")))
    book = read_file(file, workbook([HEADINGS, row(date=date(2026, 11, 24)), row(e_mail="luis@plant.example")]))

    assert text.records == book.records
    assert len({record.id for record in text.records}) == 2


def test_an_id_tells_person_module_revision_day_and_session_apart_and_nothing_else(file):
    headings = (*HEADINGS, "revision", "session")
    base = (*row(), "1", "A")
    others = [
        (*row(e_mail="b@plant.example"), "1", "A"),
        (*row(module="lean-and-clean"), "1", "A"),
        (*row(), "2", "A"),
        (*row(date="2026-11-23"), "1", "A"),
        (*row(), "1", "B"),
    ]
    same = [(*row(score="10%"), "1", "A"), (*row(country="CA"), "1", "A"), (*row(module="EMS"), "1", "A")]

    records = read_file(file, roster(base, *others, *same, headings=headings)).records

    assert len({record.id for record in records[:6]}) == 6
    assert {record.id for record in records[6:]} == {records[0].id}
    assert all(
        record.id[14] == "5" and record.id[19] in "89ab" and len(record.id) == len(uuid(1)) for record in records
    )


def test_a_roster_without_revision_keeps_its_ids_when_the_module_is_revised(file):
    before = read_file(file, roster(row())).record
    after = read_file(file, roster(row()), modules={"ems": KnownModule(revision=3, pass_mark=0.9)}).record

    assert (before.revision, after.revision) == (2, 3)
    assert before.id == after.id


DATES = {
    "2026-11-24": date(2026, 11, 24),
    "2026-11-24 00:00:00": date(2026, 11, 24),
    "2026/11/24": date(2026, 11, 24),
    "24/11/2026": date(2026, 11, 24),
    "11/24/2026": date(2026, 11, 24),
    "24.11.2026": date(2026, 11, 24),
    "24-11-2026": date(2026, 11, 24),
    "5/5/2026": date(2026, 5, 5),
    "24 Nov 2026": date(2026, 11, 24),
    "24-nov-2026": date(2026, 11, 24),
    "November 24, 2026": date(2026, 11, 24),
    "24 de noviembre de 2026": date(2026, 11, 24),
    "24 de noviembre del 2026": date(2026, 11, 24),
    "1er août 2026": date(2026, 8, 1),
    "7 déc. 2025": date(2025, 12, 7),
    "12 juil. 2026": date(2026, 7, 12),
}


@pytest.mark.parametrize(("written", "day"), DATES.items(), ids=DATES)
def test_a_date_is_read_where_there_is_one_way_to_read_it(file, written, day):
    content = roster(row(date=written), delimiter=";")

    assert read_file(file, content).record.completed_at == datetime.combine(day, time(12), UTC)


def test_a_time_with_its_zone_is_taken_to_the_second(file):
    record = read_file(file, roster(row(date="2026-11-23T18:30:15-06:00"))).record

    assert record.completed_at == datetime(2026, 11, 24, 0, 30, 15, tzinfo=UTC)


def test_a_roster_of_today_is_the_same_record_tomorrow(file):
    content = roster(row(date=NOW.date().isoformat()))
    tomorrow = NOW.replace(day=26)

    assert read_file(file, content).record == read_file(file, content, now=tomorrow).record


def test_a_roster_of_tomorrow_is_taken_as_of_now(file):
    assert read_file(file, roster(row(date="2026-11-26")), now=NOW.replace(hour=18)).record.completed_at == NOW.replace(
        hour=18
    )


SCORES = {
    "percent by sign": (["85%", "85 %", "85,5 %", "100%", "0%"], [0.85, 0.85, 0.855, 1.0, 0.0]),
    "percent by the column": (["85", "8", "72.5", "72,5", "0", "100"], [0.85, 0.08, 0.725, 0.725, 0.0, 1.0]),
    "shares": (["0.85", "0,85", "1", "0", ".9", "1.0"], [0.85, 0.85, 1.0, 0.0, 0.9, 1.0]),
    "points say their most": (["17/20", "8 / 10", "0/5"], [0.85, 0.8, 0.0]),
    "signs decide nothing about the others": (["85%", "0.9", "1"], [0.85, 0.9, 1.0]),
}


@pytest.mark.parametrize(("written", "expected"), SCORES.values(), ids=SCORES)
def test_a_score_is_read_with_its_column(file, written, expected):
    result = read_file(file, roster(*(row(score=score) for score in written), delimiter=";"))

    assert result.set_aside == []
    assert [record.score for record in result.records] == expected


TWO_WAYS = "can be read in two ways, as other scores of its column are in percent."
POINTS = (
    "is unclear: no score of this column is above 20, so they may be points. "
    "Write percent with its sign, such as 85%, or points as 17/20."
)
BAD_SCORES = {
    "a share among percent": (["85", "0.9"], f"3: the score `0.9` {TWO_WAYS} Write 90% or 0.9%, whichever is meant."),
    "one among percent": (["85", "1"], f"3: the score `1` {TWO_WAYS} Write 100% or 1%, whichever is meant."),
    "points of ten": (["0", "9,5"], f"3: the score `9,5` {POINTS}"),
    "points of twenty": (["85%", "18"], f"3: the score `18` {POINTS}"),
    "1.01": (["0.9", "1.01"], "3: the score `1.01` is above 1. Correct it."),
    "140": (["85", "140"], "3: the score `140` is above 100%. Correct it."),
    "140%": (["85%", "140 %"], "3: the score `140%` is above 100%. Correct it."),
    "-1": (["85", "-1"], "3: the score `-1` is below 0. Correct it."),
    "21 of 20": (["85", "21/20"], "3: the score `21/20` is above 1. Correct it."),
    "of nothing": (["85", "1/0"], "3: the score is not a number. Write it as 85% or 0.85."),
    "words": (["85", "passed"], "3: the score is not a number. Write it as 85% or 0.85."),
    "NaN": (["85", "NaN"], "3: the score is not a number. Write it as 85% or 0.85."),
    "1e999": (["85", "1e999"], "3: the score is not a number. Write it as 85% or 0.85."),
    "5,000 digits": (["85", "9" * 5_000], "3: the score is not a number. Write it as 85% or 0.85."),
    "two separators": (["85", "1.000,5"], "3: the score is not a number. Write it as 85% or 0.85."),
    "none": (["85", "-"], "3: the score is missing. Write it as 85% or 0.85; take out who was not there."),
}


@pytest.mark.parametrize(("written", "message"), BAD_SCORES.values(), ids=BAD_SCORES)
def test_a_score_that_can_be_read_in_two_ways_or_none_is_refused(file, written, message):
    result = read_file(file, roster(*(row(score=score) for score in written), delimiter=";"))

    assert result.set_aside == [f"{FILE}:{message}"]
    assert len(result.records) == len(written) - 1


DAY = "Write the year, the month and the day: 2026-11-24."
MODULES = "Modules are: ems, lean-and-clean."
CODE = "Write letters, digits and . _ / - without spaces, at most 64, such as"
REFUSED = {
    "two readings": (
        {"date": "03/04/2026"},
        "the date `03/04/2026` can be read in two ways. Write 2026-03-04 or 2026-04-03, whichever is meant.",
    ),
    "a short year": ({"date": "25/11/26"}, f"the date `25/11/26` has a year of two digits. {DAY}"),
    "30 February": ({"date": "2026-02-30"}, f"the date `2026-02-30` does not exist. {DAY}"),
    "13 and 13": ({"date": "13/13/2026"}, f"the date `13/13/2026` does not exist. {DAY}"),
    "year 0": ({"date": "0000-01-01"}, f"the date `0000-01-01` does not exist. {DAY}"),
    "a number": ({"date": "46350"}, f"the date cannot be read. {DAY}"),
    "no date": ({"date": ""}, f"the date is missing. {DAY}"),
    "no zone": (
        {"date": "2026-11-24 14:30"},
        "the date `2026-11-24 14:30` has no time zone. "
        "Write the day alone, 2026-11-24, or end the time with its zone, such as -06:00.",
    ),
    "unknown zone": (
        {"date": "2026-11-24T14:30:00-00:00"},
        "the date `2026-11-24T14:30:00-00:00` ends in -00:00: its time zone is not known. "
        "End it with Z for UTC, or with the zone, such as -06:00.",
    ),
    "to come": (
        {"date": "2026-11-27"},
        "the date 2026-11-27 is more than 24 hours ahead. Correct the date, or add the record when the day has come.",
    ),
    "1969": (
        {"date": "1969-12-31"},
        "the date 1969-12-31 is before 2000. Correct the date; a device's clock may have been wrong.",
    ),
    "unknown module": (
        {"module": "emd"},
        "unknown module `emd`. Did you mean `ems`? A module with a new id is named in records/aliases.yml.",
    ),
    "a path": ({"module": "modules/ems/es.md"}, "the module is given as a path or an address. Write `ems`."),
    "an address": (
        {"module": "https://hub.example/es/modules/x/"},
        f"the module is given as a path or an address. Write its id alone. {MODULES}",
    ),
    "a path out": (
        {"module": "../../.key"},
        f"the module is given as a path or an address. Write its id alone. {MODULES}",
    ),
    "a title": ({"module": "Environmental management"}, f"the module is not given by its id. {MODULES}"),
    "no module": ({"module": ""}, f"the module is missing. Write its id. {MODULES}"),
    "another country": ({"country": "BR"}, "the country is not one of the programme's. Write CA, MX or US."),
    "a company": ({"supplier": "Metales S.A. de C.V."}, f"the supplier is not a code. {CODE} S-0042."),
    "nobody": ({"e_mail": ""}, "nobody is named. Give an e-mail, an employee number or a name."),
    "two addresses": (
        {"e_mail": "a@b.example/c@d.example"},
        "the e-mail is not one address. Correct it, or leave it empty and give an employee number.",
    ),
}


@pytest.mark.parametrize(("changes", "message"), REFUSED.values(), ids=REFUSED)
def test_a_wrong_row_is_set_aside_with_its_reason_and_the_others_are_taken(file, changes, message):
    result = read_file(file, roster(row(), row(**changes), row(), delimiter="\t"))

    assert result.set_aside == [f"{FILE}:3: {message}"]
    assert len(result.records) == 2


@pytest.mark.parametrize(
    ("heading", "cell", "message"),
    [
        (
            "revision",
            "3",
            "revision 3 does not exist yet: the module's current one is 2. Write 1 to 2, or update the hub first.",
        ),
        ("revision", "1.5", "the revision is not a whole number from 1. Write 1 to 2, or leave it out."),
        ("language", "de", "the language is not one of the hub's. Write en, es or fr."),
        ("session", "Ana's class", f"the session is not a code. {CODE} MTY-2026-11."),
        (
            "instructor",
            "ana@",
            "the e-mail is not one address. Correct it, or leave it empty and give an employee number.",
        ),
    ],
)
def test_a_wrong_cell_of_an_optional_column_is_refused(file, heading, cell, message):
    result = read_file(file, roster((*row(), cell), headings=(*HEADINGS, heading)))

    assert result.set_aside == [f"{FILE}:2: {message}"]


def test_a_row_tells_everything_that_is_wrong_with_it_at_once(file):
    result = read_file(file, roster(row(e_mail="", date="03/04/2026", score="")))

    assert result.set_aside == [
        f"{FILE}:2: nobody is named. Give an e-mail, an employee number or a name. "
        "Also the date `03/04/2026` can be read in two ways. Write 2026-03-04 or 2026-04-03, whichever is meant. "
        "Also the score is missing. Write it as 85% or 0.85; take out who was not there."
    ]


COUNTRIES = {
    "Canadá": "CA",
    "can": "CA",
    "México": "MX",
    "Mexique": "MX",
    "EE. UU.": "US",
    "É.-U.": "US",
    "États-Unis": "US",
}


@pytest.mark.parametrize(("written", "code"), COUNTRIES.items())
def test_a_country_is_known_by_code_or_name(file, written, code):
    assert read_file(file, roster(row(country=written))).record.country == code


@pytest.mark.parametrize(
    ("written", "locale"), [("Español", "es"), ("ES-mx", "es"), ("anglais", "en"), ("Francés", "fr")]
)
def test_a_language_is_known_by_tag_or_name(file, written, locale):
    assert read_file(file, roster((*row(), written), headings=(*HEADINGS, "idioma"))).record.locale == locale


KNOWN = "Known columns are"
HEADERS = {
    "32 no headings": (
        [],
        "1: none of the first 20 rows has the headings of a roster. "
        "Head the columns `name` (or `e-mail`), `module`, `date` and `score`, or as docs/records.md says.",
    ),
    "32 renamed": (
        ["e-mail", "supplier", "country", "module", "date", "scroe"],
        f"1: no column for score. {KNOWN} e-mail, supplier, country, module, date; not known: `scroe`. "
        "Did you mean `score` by `scroe`?",
    ),
    "32 renamed beyond likeness": (
        ["e-mail", "supplier", "country", "module", "date", "Points"],
        f"1: no column for score. {KNOWN} e-mail, supplier, country, module, date; not known: column 6. "
        "Head them `score`, or as docs/records.md says.",
    ),
    "32 twice": (
        ["e-mail", "supplier", "date", "module", "fecha", "score"],
        "1: columns 3 and 5 are both headed as the date. Rename or take out one of them.",
    ),
    "32 nobody": (
        ["nomber", "supplier", "country", "module", "date", "score"],
        f"1: no column for e-mail, employee number or name. {KNOWN} supplier, country, module, date, score; "
        "not known: `nomber`. Did you mean `nombre` by `nomber`?",
    ),
}


@pytest.mark.parametrize(("headings", "message"), HEADERS.values(), ids=HEADERS)
def test_headings_that_do_not_do_are_told_once(file, headings, message):
    result = read_file(file, roster(row(), row(), headings=headings))

    assert result.set_aside == [f"{FILE}:{message}"]
    assert len(result.readings) == 1


def test_a_title_above_the_headings_is_passed_over_and_noticed(file):
    content = "Session;MTY-1;Instructor;Ana\r\n\r\n;;\r\n" + roster(row(), delimiter=";")

    result = read_file(file, content)

    assert result.record.session is None
    assert result.notices == [f"{FILE}:1: not read: 1 row above the headings. Nothing to do if that is a title."]


def test_headings_that_come_again_on_the_next_page_are_no_row(file):
    assert len(read_file(file, roster(row(), HEADINGS, row())).readings) == 2


def test_columns_that_are_not_read_are_noticed_without_their_words_unless_these_are_nearly_known(file):
    headings = (*HEADINGS, "Langauge", "Signature of Ana", "Instructor Li")

    result = read_file(file, roster((*row(), "x", "y", "z"), headings=headings))

    assert result.notices == [
        f"{FILE}:1: not read: `Langauge`, column 8, column 9. Nothing to do, unless one is misspelt."
    ]


@pytest.mark.parametrize("trailer", ["\r\n\r\n", ",,,,,\r\n" * 30, "-,,,,,\r\n", " , ,,,,\r\n"])
def test_blank_rows_are_no_rows(file, trailer):
    result = read_file(file, roster(row()) + trailer)

    assert len(result.readings) == 1


def test_headings_without_rows_are_noticed(file):
    assert read_file(file, roster()).notices == [
        f"{FILE}:1: has headings, but no row below them: 0 records. Send it when it is filled."
    ]


ROWS = {
    "35 too few": (
        row()[:4],
        "is short of cells: 4 of 6. Fill the row up; if it is the last one, the file may have been cut off here.",
    ),
    "35 too many": ((*row(), "x"), "has 7 cells, the header 6. Put quotes around a cell that holds a `,`."),
    "36 a NUL": (row(e_mail="ana\0@plant.example"), "holds a NUL character. Save the file again, as CSV UTF-8."),
    "36 a cell of 200 kB": (row(e_mail="x" * 200_000), "has a cell of more than 10,000 characters. Shorten it."),
    "36 a cell of 20 kB": (row(e_mail="x" * 20_000), "has a cell of more than 10,000 characters. Shorten it."),
    "10,000 columns": (("x",) * 10_000, "has 10,000 cells, more than 200. Leave out columns that are not needed."),
    "a line of 20 MB": (("x" * 20_000_000,), "is a line of more than 1,000,000 characters. Shorten it."),
    "34 a quote never closed": (
        ('"' + row()[0], *row()[1:]),
        "has a quote that is not closed. Close it or take it out; a cell with a line break may hold no `,`.",
    ),
    "a quote in the wrong place": (
        ('"ana"@plant.example', *row()[1:]),
        'has a quote in the wrong place. Write quotes within a quoted cell twice (""), or take them all out.',
    ),
}


@pytest.mark.parametrize(("cells", "message"), ROWS.values(), ids=ROWS)
@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
def test_a_broken_row_costs_itself_alone(file, cells, message, place):
    rows = [row(), row()]
    rows.insert(place, cells)

    result = read_file(file, roster(*rows))

    assert result.set_aside == [f"{FILE}:{place + 2}: {message}"]
    assert len(result.records) == 2


def test_a_heading_of_10_000_columns_is_told(file):
    result = read_file(file, roster(headings=["x"] * 10_000))

    assert result.set_aside == [f"{FILE}:1: has 10,000 cells, more than 200. Leave out columns that are not needed."]


@pytest.mark.parametrize("quote", ['"{}', '{}"', '"{}"x', '""{}'])
@pytest.mark.parametrize("column", range(6))
@pytest.mark.parametrize("again", [False, True], ids=["once", "twice"])
def test_a_lone_quote_anywhere_never_takes_another_row_with_it(file, quote, column, again):
    rows = [list(row(e_mail=f"{name}@plant.example")) for name in ("a", "b", "c", "d", "e")]
    rows[1][column] = quote.format(rows[1][column])
    if again:
        rows[3][column] = quote.format(rows[3][column])
    touched = {1, 3} if again else {1}

    result = read_file(file, roster(*rows))

    learners = {record.learner for record in result.records}
    for number, name in enumerate("abcde"):
        said = any(problem.startswith(f"{FILE}:{number + 2}:") for problem in result.set_aside)
        assert pseudonym(f"mailto:{name}@plant.example") in learners or (said and number in touched)


def test_a_cell_may_run_over_lines_and_the_line_of_its_row_is_the_first(file):
    rows = [('"Ana\r\nGarcía"', *ACCENTS[1:]), ('"García,\nLuis"', *ACCENTS[1:]), (*ACCENTS[:4], "x")]
    tabbed = roster(*rows, headings=WITH_NAMES, delimiter="\t")

    result = read_file(file, tabbed)

    expected = [pseudonym("name:S-0042|ana garcia"), pseudonym("name:S-0042|garcia luis")]
    assert [record.learner for record in result.records] == expected
    assert result.set_aside[0].startswith(f"{FILE}:6: the score is not a number.")


def test_quoted_cells_hold_delimiters_and_quotes(file):
    content = roster(('"García ""la jefa"", Ana"', *ACCENTS[1:4], '"0,85"'), headings=WITH_NAMES)

    record = read_file(file, content).record

    assert record.learner == pseudonym("name:S-0042|ana garcia jefa la")
    assert record.score == 0.85


def test_the_apostrophe_of_our_own_files_is_taken_off_again(file):
    """A roster that a spreadsheet is kept from running, as `csv_text` writes it."""
    rows = [HEADINGS, row(e_mail="+ana@plant.example")]

    record = read_file(file, csv_text.write(rows)).record

    assert record.learner == pseudonym("mailto:+ana@plant.example")


def test_a_formula_is_only_text_and_never_run(file):
    formula = '"=HYPERLINK(""http://x.example"",""Ana"")"'

    record = read_file(file, roster((formula, *ACCENTS[1:]), headings=WITH_NAMES)).record

    assert record.learner == pseudonym("name:S-0042|ana example http hyperlink x")


# Workbooks


def test_a_workbook_is_read_with_its_dates_numbers_and_percentages(file):
    book = Workbook()
    sheet = book.active
    sheet.append(["Employee number", "Supplier", "Module", "Date", "Score"])
    sheet.append([417, "S-0042", "ems", datetime(2026, 11, 24, 15, 30), 0.85])
    sheet.append([418.0, "S-0042", "ems", date(2026, 11, 24), 1])
    sheet.append(["00419", "S-0042", "ems", "2026-11-24", "85 %"])
    sheet["E3"].number_format = "0.0%"

    records = read_file(file, packed(book)).records

    assert [record.learner for record in records] == [
        pseudonym(f"employee:S-0042|{number}") for number in (417, 418, 419)
    ]
    assert [record.score for record in records] == [0.85, 1.0, 0.85]
    assert {record.completed_at for record in records} == {NOON}


def test_a_percentage_of_a_workbook_says_itself_what_it_is(file):
    book = Workbook()
    book.active.append(HEADINGS)
    for score in (0.85, 0.9, 1):
        book.active.append(row(score=score))
    for cell in book.active["F"][1:]:
        cell.number_format = "0%"
    book.active.append(row(score=70))

    assert [record.score for record in read_file(file, packed(book)).records] == [0.85, 0.9, 1.0, 0.7]


def test_the_first_sheet_with_headings_is_read_and_the_others_are_noticed(file):
    result = read_file(file, workbook([["Notes", "Ana"]], [["Class of Ana"], [], HEADINGS, row()], [HEADINGS, row()]))

    assert len(result.records) == 1
    assert result.notices == [
        f"{FILE}:3: sheet 2 of 3 was read, the others were not. Save each further roster as a file of its own.",
        f"{FILE}:1: not read: 1 row above the headings. Nothing to do if that is a title.",
    ]


def test_empty_and_merged_rows_and_columns_around_the_table_do_not_matter(file):
    book = Workbook()
    sheet = book.active
    sheet["C2"] = "Course list"
    sheet.merge_cells("C2:H3")
    for number, cells in enumerate((HEADINGS, row(), row(score="x")), 5):
        for column, value in enumerate(cells, 3):
            sheet.cell(number, column, value)
    sheet["A900"] = " "

    result = read_file(file, packed(book))

    assert len(result.records) == 1
    assert result.set_aside == [f"{FILE}:7: the score is not a number. Write it as 85% or 0.85."]


def test_a_workbook_without_headings_is_told(file):
    assert (
        read_file(file, workbook([row()], []))
        .set_aside[0]
        .startswith(f"{FILE}:1: none of the first 20 rows has the headings of a roster.")
    )


def with_xml(book: bytes, change: tuple[str, str]) -> bytes:
    """A workbook whose first sheet's XML is changed by hand."""
    old, new = BytesIO(book), BytesIO()
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(new, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name.endswith("sheet1.xml"):
                text = text.replace(b" />", b"/>").replace(
                    b"<v></v>", b"<v/>"
                )  # written otherwise with lxml and without
                assert change[0].encode() in text
                text = text.replace(change[0].encode(), change[1].encode())
            target.writestr(name, text)
    return new.getvalue()


def formulas(score: str) -> bytes:
    return workbook([HEADINGS, row(score=score), row()])


def test_a_formula_is_read_by_the_result_that_was_saved(file):
    book = with_xml(formulas("=17/20"), ("<f>17/20</f><v/>", "<f>17/20</f><v>0.85</v>"))

    assert [record.score for record in read_file(file, book).records] == [0.85, 0.85]


def test_a_formula_without_a_saved_result_costs_its_row(file):
    result = read_file(file, formulas("=17/20"))

    assert result.set_aside == [
        f"{FILE}:2: the score has a formula whose result was not saved. "
        "Open and save it in Excel, or write the value itself."
    ]
    assert len(result.records) == 1


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(file):
    book = workbook([HEADINGS, row(), ["=A1"]])
    given = '<c r="A3"><f>A1</f><v/>', '<c r="A3" t="str"><f>A1</f><v></v>'

    assert len(read_file(file, book).set_aside) == 1
    assert len(read_file(file, with_xml(book, given)).readings) == 1


def test_an_error_of_the_spreadsheet_costs_its_row(file):
    result = read_file(file, workbook([HEADINGS, row(supplier="#N/A"), row()]))

    assert result.set_aside == [
        f"{FILE}:2: the supplier has an error of the spreadsheet, such as #N/A. "
        "Correct the formula, or write the value itself."
    ]
    assert len(result.records) == 1


@pytest.mark.parametrize(
    "change",
    [
        ('<dimension ref="A1:F3"/>', '<dimension ref="A1:XFD1048576"/>'),
        ('<dimension ref="A1:F3"/>', '<dimension ref="A1:A1"/>'),
        ("</sheetData>", '<row r="1048576"><c r="XFD1048576"/></row></sheetData>'),
        ("</sheetData>", '<row r="99999999999"><c r="A99999999999"/></row></sheetData>'),
    ],
)
def test_a_workbook_that_lies_about_its_size_is_read_all_the_same(file, change):
    assert len(read_file(file, with_xml(workbook([HEADINGS, row(), row()]), change)).records) == 2


def test_what_stands_above_a_place_that_cannot_be_read_is_kept(file):
    book = workbook([HEADINGS, row(), row(supplier=7)])

    result = read_file(file, with_xml(book, ("<v>7</v>", f"<v>{'9' * 5_000}</v>")))

    assert len(result.records) == 1
    assert result.set_aside == [
        f"{FILE}:3: cannot be read, nor can the rows below it. "
        "Save it as Excel workbook (.xlsx) without a password, or as CSV UTF-8."
    ]


def test_a_workbook_of_excels_other_calendar_has_the_same_days(file):
    book = Workbook()
    book.epoch = CALENDAR_MAC_1904
    book.active.append(HEADINGS)
    book.active.append(row(date=date(2026, 11, 24)))
    assert load_workbook(BytesIO(packed(book))).epoch == CALENDAR_MAC_1904

    assert read_file(file, packed(book)).record.completed_at == NOON


# The documentation

DOCUMENTED = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
MODULE = {"p2-into-lean": KnownModule(revision=1, pass_mark=0.8)}
OTHER_LISTS = ("Trainer;", "Course;", "Plant code,", "Assessment code,", "Opportunity code,")
"""How the documentation's examples of lists that `records cadre` takes begin; tests/test_cadre.py reads those."""
ROSTERS = [it for it in re.findall(r"```csv\n(.*?)```", DOCUMENTED, re.DOTALL) if not it.startswith(OTHER_LISTS)]


@pytest.mark.parametrize("example", ROSTERS)
def test_the_examples_of_the_documentation_are_read(file, example):
    result = read_file(file, example, modules=MODULE)

    assert result.records
    assert len(result.records) == len(result.readings)


ACCEPTED = ("2026-11-24", "2026-11-24T18:30:00-06:00", "24/11/2026", "11/24/2026", "24.11.2026", "5/5/2026")
IN_WORDS = ("24 Nov 2026", "24 de noviembre de 2026", "1er août 2026")


@pytest.mark.parametrize("written", ACCEPTED + IN_WORDS)
def test_a_date_that_the_documentation_accepts_is_accepted(written):
    assert written in DOCUMENTED
    assert dates.moment(written).year == 2026


@pytest.mark.parametrize("written", ["2026-02-30", "03/04/2026", "24/11/26"])
def test_a_date_that_the_documentation_refuses_is_refused(written):
    assert written in DOCUMENTED
    with pytest.raises(Refused):
        dates.moment(written)


@pytest.mark.parametrize("name", header.HEADINGS)
def test_every_field_of_a_roster_is_documented(name):
    documented = {header.field(heading.strip()) for heading in re.split(r"[,;|(\n]", DOCUMENTED)}

    assert name in documented
