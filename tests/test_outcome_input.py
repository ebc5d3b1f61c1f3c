"""Lists of plants, assessments, opportunities and measurements: read as offices write them, told where they are wrong."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
import yaml
from builders import ROOT
from cadre_builders import workbook
from greensupply import rules
from greensupply.assessment import DataClass, Status, Withdrawal
from greensupply.completion import Notice, SetAside
from greensupply.locales import LOCALES
from greensupply.plants import Listed, Plant
from greensupply.plants.regions import REGIONS
from greensupply.records import example, outcomes
from greensupply.records.outcomes import Sheet, numbers, words
from greensupply.records.scope import Refused
from greensupply.records.tables import Number
from hypothesis import given
from hypothesis import strategies as st
from outcome_builders import PLANTS, known, measurement, opportunity, read, visit
from record_builders import pseudonym, scope

BROKEN = yaml.safe_load((Path(__file__).parent / "golden" / "outcomes" / "broken.yml").read_text(encoding="utf-8"))

# --- as offices write them --------------------------------------------------------------------------------------------

PLANT = Plant(
    "MX-2",
    "MX",
    date(2025, 1, 1),
    enrolled_on=date(2025, 4, 2),
    contacted_on=date(2025, 3, 13),
    region="MX-NLE",
    size="medium",
    processes=("plating", "cleaning"),
    customer="OEM-1",
)
PLANTS_WRITTEN = {
    "English": "Plant code,Country,State or province,Size class,Processes,Customer program,Listed on,Contacted on,"
    'Enrolled on,Left on\nmx-2,Mexico,Nuevo León,Medium,"cleaning, plating",OEM-1,2025-01-01,13/03/2025,2 Apr 2025,\n',
    "Spanish, semicolons": "Código de planta;País;Estado;Tamaño;Procesos;Cliente;En la lista desde;Contactada el;"
    "Inscrita el\nMX-2;México;NLE;mediana;electrodepositado, limpieza;OEM-1;2025-01-01;13/03/2025;2 de abril de 2025\n",
    "French, tabs": "Adhésion le\tUsine\tPays\tRégion\tTaille\tProcédés\tProgramme du client\tSur la liste depuis\t"
    "Jointe le\n2 avril 2025\tMX-2\tMexique\tMX-NLE\tMoyenne\tplacage/nettoyage\tOEM-1\t2025-01-01\t2025-03-13\n",
    "as the store writes it": "entry,supplier,country,region,size,processes,customer,listed_on,contacted_on,enrolled_on,"
    "left_on,recorded_on\n1,MX-2,MX,MX-NLE,medium,plating cleaning,OEM-1,2025-01-01,2025-03-13,2025-04-02,,2026-11-25\n",
    "a workbook": workbook(
        ("Plant code", "Country", "Region", "Size", "Processes", "Customer", "Listed on", "Contacted", "Enrolled"),
        ("MX-2", "MX", "nuevo leon", "medium", "plating; cleaning", "OEM-1", date(2025, 1, 1), "2025-03-13",
         date(2025, 4, 2)),
    ),
}  # fmt: skip


@pytest.mark.parametrize("text", PLANTS_WRITTEN.values(), ids=PLANTS_WRITTEN)
def test_a_list_of_plants_is_read_in_three_languages_and_as_a_workbook(tmp_path, text):
    assert [one for one in read(tmp_path, text) if not isinstance(one, str)] == [PLANT]


def test_an_assessment_names_its_assessors_by_the_pseudonyms_of_trainers(tmp_path):
    text = (
        "Código de evaluación,Planta,Fecha,Horas,Completa,Evaluadores\n"
        "a-2,MX-1,2026-03-05,24.5,Sí,LÓPEZ Ana; Luc@usine.example\n"
    )

    [found] = read(tmp_path, text)

    people = tuple(sorted((pseudonym("instructor:ana lopez"), pseudonym("mailto:luc@usine.example"))))
    assert found == visit(id="A-2", hours=Decimal("24.5"), assessors=people)


OPPORTUNITY = (
    "Code d’occasion;Évaluation;Procédé;Famille;Intrant;Unité;Référence;Attendu;Réel;Indice;Classe;Argent attendu;"
    "Argent vérifié;Coût;Devise;Repérée le;Engagée le;Mise en œuvre le;Vérifiée le;Statut\n"
    "o-1;A-1;placage;réutilisation;Prélèvement d’eau [water];m³;2 400;600,5;1.900;1,050;Mesuré;1800;-20;900;usd;"
    "2026-03-05;2026-04-01;2026-05-01;2026-10-01;vérifiée\n"
)


def test_an_opportunity_is_read_with_the_decimal_comma_of_a_french_list(tmp_path):
    [found] = read(tmp_path, OPPORTUNITY.replace("1.900", "1 900"))

    assert found == opportunity(
        expected=Decimal("600.5"),
        actual=Decimal(1900),
        index=Decimal("1.05"),
        data_class=DataClass.MEASURED,
        verified_saving=Decimal(-20),
        committed_on=date(2026, 4, 1),
        implemented_on=date(2026, 5, 1),
        verified_on=date(2026, 10, 1),
    )
    assert found.status is Status.VERIFIED
    assert found.avoided == Decimal(620)


def test_a_point_within_a_french_list_is_read_as_thousands_only_where_it_can_be_nothing_else(tmp_path):
    [found] = read(tmp_path, OPPORTUNITY)

    assert found.actual == Decimal(1900), "a comma is the decimal sign all through the list"


def test_an_opportunity_may_save_money_alone(tmp_path):
    text = (
        "opportunity,assessment,process,family,saving,cost,currency,identified on\n"
        "O-2,A-1,other,housekeeping,500,0,USD,2026-03-05\n"
    )

    [found] = read(tmp_path, text)

    expected = {"input": "", "unit": "", "baseline": Decimal(0), "expected": Decimal(0), "saving": Decimal(500)}
    assert found == opportunity(id="O-2", process="other", family="housekeeping", cost=Decimal(0), **expected)


M = "Plant,Period,Quantity,Value,Unit,Output,Output unit,Data class\n"


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("MX-1,2026-Q3,water,610,m3,1250,t,M", {}),
        ("MX-1,2026Q3,water,610,cubic metres,1250,tonnes,measured", {}),
        ("MX-1,T3 2026,Water intake [water],610.0,m³,1250.000,metric ton,M measured", {}),
        ("MX-1,Q3-2026,WATER,610,M3,1250000,kg,M", {}),
        ("MX-1,2026-Q3,water,161142.0,US gallons,1250,t,C",
         {"value": Decimal(161142), "unit": "US gal", "data_class": DataClass.CALCULATED}),
        ("MX-1,2025,coa-on-time,sí,,,,C",
         {"period": "2025", "input": "coa-on-time", "value": Decimal(1), "unit": "1", "output": Decimal(0),
          "output_unit": "", "data_class": DataClass.CALCULATED}),
        ("MX-1,2025,pnaa-certificate,2026-12-31,,,,M",
         {"period": "2025", "input": "pnaa-certificate", "value": Decimal(20261231), "unit": "1", "output": Decimal(0),
          "output_unit": ""}),
        ("MX-1,2025,retc-releases,120,kg,,,E",
         {"period": "2025", "input": "retc-releases", "value": Decimal(120), "unit": "kg", "output": Decimal(0),
          "output_unit": "", "data_class": DataClass.ESTIMATED}),
    ],
)  # fmt: skip
def test_a_measurement_is_read_in_any_unit_that_its_quantity_may_be_in(tmp_path, row, expected):
    assert read(tmp_path, f"{M}{row}\n") == [measurement(**expected)]


def test_a_choice_of_a_national_figure_is_read_by_its_name(tmp_path):
    choices = known().catalogue.complements["mx-generator-class"].choices
    text = M + "".join(
        f"MX-1,{2020 + place},mx-generator-class,{choice.name['es']},,,,M\n" for place, choice in enumerate(choices)
    )

    assert [one.value for one in read(tmp_path, text)] == [Decimal(place) for place in range(1, len(choices) + 1)]


@pytest.mark.parametrize("day", ["2026-03-31", "31/03/2026", "31 mars 2026", "20260331", date(2026, 3, 31), 20260331])
def test_the_day_of_a_national_figure_is_read_as_any_day_and_as_the_catalogue_writes_it(tmp_path, day):
    head = ("Plant", "Period", "Quantity", "Value", "Unit", "Output", "Output unit", "Data class")

    [found] = read(tmp_path, workbook(head, ("MX-1", "2025", "pnaa-certificate", day, "", "", "", "M")))

    assert found.value == Decimal(20260331)


@pytest.mark.parametrize("day", ["20261331", "19991231", "2026331", "46112", "31032026"])
def test_a_number_that_is_no_day_is_none_of_a_national_figure_either(tmp_path, day):
    found = read(tmp_path, f"{M}MX-1,2025,pnaa-certificate,{day},,,,M\n")

    assert found == [
        "list.csv:2: the value is missing, or cannot be read in one way only as a day from 2000 on. "
        "Write the year, the month and the day: 2026-11-24."
    ]


def test_numbers_of_a_workbook_are_taken_as_they_are_whatever_the_language(tmp_path):
    head = ("Usine", "Période", "Quantité", "Valeur", "Unité", "Production", "Unité de production", "Classe")
    book = workbook(head, ("MX-1", "2026-Q3", "water", 1.234, "m3", 0.1 + 0.2, "t", "M"))

    [found] = read(tmp_path, book)

    assert (found.value, found.output) == (Decimal("1.234"), Decimal("0.3"))


def test_a_row_that_only_has_a_remark_and_headings_that_come_again_are_passed_over(tmp_path):
    row = "MX-1,2026-Q3,water,610,m3,1250,t,M,\n"
    head = M.replace("\n", ",Remark\n")

    assert read(tmp_path, f"{head},,,,,,,,see below\n\n{row}{head}{row}") == [measurement()]


def test_a_file_in_windows_1252_is_read_and_its_columns_are_told(tmp_path):
    text = "Código de planta;País;Estado;En la lista desde\nMX-2;México;Michoacán;2025-01-01\n".encode("cp1252")

    notice, found = read(tmp_path, text)

    assert found == Plant("MX-2", "MX", date(2025, 1, 1), region="MX-MIC")
    assert notice == (
        "list.csv:2: not UTF-8 in the country and the state or province: read as Windows-1252. "
        "Look whether the accents are right, or save as CSV UTF-8."
    )


# --- broken -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_told_with_its_line_and_nothing_good_is_lost(tmp_path, name):
    case = BROKEN[name]

    found = read(tmp_path, case["text"])

    told = [one.removeprefix("list.csv:") if isinstance(one, str) else f"<{type(one).__name__}>" for one in found]
    assert told == case["said"]


def test_there_are_forty_broken_lists_and_every_rule_is_met_in_three_languages(tmp_path):
    assert len(BROKEN) >= 40
    met = set()
    for case in BROKEN.values():
        file = tmp_path / "list.csv"
        file.write_text(case["text"], encoding="utf-8")
        sheet = outcomes.opened(file)
        found = (
            [one for _, one in outcomes.readings(sheet, scope(), known())]
            if isinstance(sheet, Sheet)
            else [SetAside(sheet)]
        )
        for one in found:
            if isinstance(one, SetAside | Notice):
                met.add(one.problem.rule)
                for locale in LOCALES:
                    assert all(rules.said(one.problem, locale)), (one.problem.rule, locale)
    elsewhere = {"outcome-rate", "outcome-jump", "outcome-superseded", "outcome-withdraw-used"}
    room = ROOT / "hooks" / "greensupply" / "records" / "outcomes"
    named = {rule for file in room.glob("*.py") for rule in re.findall(r'"(outcome-[a-z-]+)"', file.read_text("utf-8"))}
    every = named & rules.catalogue().keys()
    assert every - met == elsewhere, "these have tests of their own below"


@pytest.mark.parametrize("name", BROKEN)
def test_every_row_is_taken_set_aside_or_the_same_as_another(tmp_path, name):
    """Nothing is lost: each line below the headings is one or the other."""
    file = tmp_path / "list.csv"
    file.write_text(BROKEN[name]["text"], encoding="utf-8")
    sheet = outcomes.opened(file)
    if not isinstance(sheet, Sheet):
        return
    lines = {line for line, one in outcomes.readings(sheet, scope(), known()) if not isinstance(one, Notice)}
    below = {row.line for row in sheet.table.rows() if row.line > sheet.header.line}
    assert lines == below or lines == {sheet.header.line}


def test_a_formula_without_a_result_and_an_error_cost_their_row_alone(tmp_path):
    head = ("Plant code", "Country", "Listed on", "Size")
    book = workbook(head, ("MX-2", "MX", date(2025, 1, 1), "=1+1"), ("MX-3", "MX", date(2025, 1, 1), "small"))

    found = read(tmp_path, book)

    assert found == [
        Plant("MX-3", "MX", date(2025, 1, 1), size="small"),
        "list.csv:2: the size class comes from a formula without a saved result, or from an error of the spreadsheet "
        "such as #N/A. Open and save the file in the spreadsheet program, or write the value itself.",
    ]


def test_what_is_told_never_holds_a_name(tmp_path):
    text = (
        "Assessment,Plant,Date,Hours,Complete,Assessors,Secret Name\n"
        "Secret Name,Secret Name,Secret Name,Secret Name,Secret Name,Secret Name@,Secret Name\n"
    )

    told = " ".join(map(str, read(tmp_path, text)))

    assert "list.csv:2" in told
    assert "Secret" not in told


# --- against what is known --------------------------------------------------------------------------------------------


def test_a_row_that_was_corrected_since_is_set_aside_unless_the_correction_is_taken_back(tmp_path):
    text = f"{M}MX-1,2026-Q3,water,610,m3,1250,t,M\n"
    first, second = measurement(recorded_on=date(2026, 10, 3)), measurement(value=Decimal(500))
    back = Withdrawal("measurements", ("MX-1", "2026-Q3", "water"), date(2026, 11, 1))

    assert read(tmp_path, text, first, second) == [
        "list.csv:2: says again what was recorded (2026-10-03) and has been corrected since. Leave it out if the list "
        "is an old one. If it does hold again, withdraw the row that corrected it first."
    ]
    assert read(tmp_path, text, first, second, back) == [measurement()]
    assert read(tmp_path, text, second, first) == [measurement()], "it holds, so it is there already"


def test_a_withdrawal_needs_the_key_alone_and_an_assessment_that_is_used_stays(tmp_path):
    text = "assessment,plant,date,hours,complete,withdrawn\nA-1,,,,,yes\n"
    today = date(2026, 11, 25)

    assert read(tmp_path, text) == [Withdrawal("assessments", ("A-1",), today)]
    assert read(tmp_path, text, opportunity()) == [
        "list.csv:2: takes back what other rows belong to. Withdraw these first: the opportunities of an assessment, "
        "the assessments and measurements of a plant."
    ]
    gone = Withdrawal("opportunities", ("O-1",), today)
    assert read(tmp_path, text, opportunity(), gone) == [Withdrawal("assessments", ("A-1",), today)]
    measured = M.replace("\n", ",retirar\n") + "MX-1,2026-Q3,water,,,,,,x\n"
    key = ("MX-1", "2026-Q3", "water")
    assert read(tmp_path, measured, measurement()) == [Withdrawal("measurements", key, today)]


def test_an_old_list_of_plants_does_not_undo_what_was_corrected(tmp_path):
    old, now = PLANTS["MX-1"], replace(PLANTS["MX-1"], enrolled_on=date(2025, 6, 1))
    file = tmp_path / "old.csv"
    file.write_text("plant,country,listed on\nMX-1,MX,2025-01-01\n", encoding="utf-8")
    sheet = outcomes.opened(file)
    by_hand, added = Listed(old), Listed(now, "1", date(2025, 7, 1))

    for lines, said in (((by_hand, added), "(earlier)"), ((Listed(old, "1", date(2025, 1, 2)), added), "(2025-01-02)")):
        store = outcomes.Known(known().catalogue, {"MX-1": now}, lines)
        [(line, aside)] = outcomes.readings(sheet, scope(), store)
        assert (line, aside.problem.rule) == (2, "outcome-superseded")
        assert said in aside.problem.what


def test_a_plant_is_taken_back_when_nothing_belongs_to_it(tmp_path):
    text = "plant,country,listed on,withdrawn\nUS-1,,,yes\nMX-1,,,yes\nUS-7,,,yes\n"

    back, used, unknown = read(tmp_path, text)

    assert back == Withdrawal("plants", ("US-1",), date(2026, 11, 25))
    assert used.startswith("list.csv:3: takes back what other rows belong to.")
    assert unknown.startswith("list.csv:4: takes back what was never recorded.")


def test_money_without_a_listed_rate_is_taken_and_told_once(tmp_path):
    head = "opportunity,assessment,process,family,saving,cost,currency,identified on\n"
    rows = "".join(
        f"O-{number},A-1,other,reuse,500,0,{money},{year}-03-05\n"
        for number, (money, year) in enumerate([("MXN", 2025), ("MXN", 2026), ("MXN", 2026), ("CAD", 2026)])
    )

    *taken, first, second = read(tmp_path, head + rows)

    assert [one.currency for one in taken] == ["MXN", "MXN", "MXN", "CAD"]
    assert first == (
        "list.csv:3: money in MXN of 2026 was taken, but `records/rates.yml` lists no rate for it. "
        "It is kept, and not counted until a rate of 2026 is listed with its day and source."
    )
    assert second.startswith("list.csv:5: money in CAD of 2026")


def test_a_quantity_that_jumps_is_taken_and_told(tmp_path):
    text = (
        f"{M}MX-1,2026-Q3,electricity,90000,MWh,1250,t,M\nMX-1,2026-Q2,electricity,91000,kWh,1200,t,M\n"
        "CA-1,2026-Q3,electricity,91,MWh,1200,t,M\nCA-1,2026-Q2,electricity,91000,kWh,1200,t,M\n"
    )

    *taken, told = read(tmp_path, text)

    assert len(taken) == 4
    assert told == (
        "list.csv:2: electricity is more than 50 times larger or smaller than in 2026-Q2; it was taken. "
        "Look whether the number and its unit are right; a later row corrects them."
    )


def test_a_plant_keeps_its_unit_of_output_unless_all_its_rows_are_corrected(tmp_path):
    other = f"{M}MX-1,2026-Q3,water,610,m3,12,1000 parts,M\n"

    assert read(tmp_path, other, measurement(period="2026-Q2")) == [
        "list.csv:2: the plant MX-1 counts its output in t in the records. Write the output in that unit; or send all "
        "rows of the plant again with the other one."
    ]
    [corrected] = read(tmp_path, other, measurement())
    assert (corrected.output, corrected.output_unit) == (Decimal(12), "1000 parts")
    parts = f"{M}MX-1,2026-Q3,water,610,m3,12000,parts,M\n"
    assert read(tmp_path, parts, measurement()) == [corrected]


def test_the_same_row_twice_is_one_row(tmp_path):
    row = "MX-1,2026-Q3,water,610,m3,1250,t,M\n"

    assert read(tmp_path, f"{M}{row}{row}mx-1,Q3 2026,Water,610.0,m³,1250,t,m\n") == [measurement()]


# --- numbers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "decimal", "expected"),
    [
        ("1234", "", "1234"),
        ("12.5", ",", "12.5"),
        ("12,5", ".", "12.5"),
        ("1,234", ".", "1234"),
        ("1,234", ",", "1.234"),
        ("1.234", ".", "1.234"),
        ("1.234", ",", "1234"),
        ("0,234", ".", "0.234"),
        ("1,234.5", ",", "1234.5"),
        ("1.234,5", ".", "1234.5"),
        ("1,234,567", "", "1234567"),
        ("1 234,5", ".", "1234.5"),
        ("1\u202f234\u00a0567", "", "1234567"),
        ("-1.5", ".", "-1.5"),
        ("\u22121.5", ".", "-1.5"),
        (".5", ".", "0.5"),
        ("1,234", "", None),
        ("1,23,456", ".", None),
        ("1.234.56", ".", None),
        ("1.2.3", ".", None),
        ("5.", ".", None),
        ("12 34", ".", None),
        ("1e5", ".", None),
        ("NaN", ".", None),
        ("5 kg", ".", None),
        ("--5", ".", None),
        ("٣", ".", None),
        ("9" * 40, ".", None),
    ],
)
def test_a_number_is_read_in_one_way_or_refused(text, decimal, expected):
    try:
        found = numbers.read(text, decimal, rules.word("outcome-field-value"))
    except Refused:
        found = None

    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(
    ("languages", "texts", "expected"),
    [
        ({"en"}, ["1,234"], "."),
        ({"fr"}, ["1,234"], ","),
        ({"en", "es"}, [], "."),
        ({"en", "fr"}, ["1,234"], ""),
        ({"en", "fr"}, ["1,234", "12,5"], ","),
        ({"en"}, ["1,234", "12,5"], ""),
        ({"en"}, ["1,234", Number("12.5")], "."),
        (set(), ["1.5", "1,5"], ""),
        ({"fr"}, ["1,234,567"], ","),
    ],
)
def test_the_decimal_sign_is_that_of_the_language_unless_a_number_shows_another(languages, texts, expected):
    assert numbers.sign(languages, texts) == expected


@given(st.decimals(-(10**9), 10**9, places=3, allow_nan=False), st.sampled_from(LOCALES))
def test_a_number_that_a_locale_writes_is_read_as_it_was(number, locale):
    sign = numbers.SIGNS[locale]
    written = f"{number:,f}".replace(",", "\u00a0" if locale == "fr" else ",").replace(".", "#").replace("#", sign)

    assert numbers.read(written, sign, rules.word("outcome-field-value")) == number


# --- words ------------------------------------------------------------------------------------------------------------


def test_no_heading_is_of_two_columns_and_no_word_of_two_choices():
    for name, fields in words.lists().items():
        for locale in LOCALES:
            said = [words.plain(text) for field in fields.values() for text in dict.fromkeys(field.headings[locale])]
            assert len(said) == len(set(said)), (name, locale, sorted(one for one in said if said.count(one) > 1))
    for group in ("size", "process", "family", "data_class", "yes_no", "status", "currency"):
        for locale in LOCALES:
            assert [words.options(group)[words.plain(text)] for text in words.shown(group, locale)] == list(
                dict.fromkeys(words.options(group).values())
            )


@pytest.mark.parametrize("code", REGIONS)
def test_a_state_is_read_by_its_code_and_its_names(tmp_path, code):
    names = dict.fromkeys((code, code[3:], *REGIONS[code].values()))
    rows = "".join(f"X-{number};{code[:2]};{name};2025-01-01\n" for number, name in enumerate(names))

    found = read(tmp_path, f"plant;country;region;listed on\n{rows}")

    assert [one.region for one in found] == [code] * len(names)


def test_there_are_the_states_of_the_three_countries():
    assert [sum(code.startswith(country) for code in REGIONS) for country in ("CA", "MX", "US")] == [13, 32, 51]


@pytest.mark.parametrize("locale", LOCALES)
def test_the_example_is_not_read(tmp_path, locale):
    text = f"plant,country,listed on,remark\n{outcomes.EXAMPLE},MX,2025-01-01,{example.MARKS[locale]}\n"

    assert read(tmp_path, text) == []


def test_plants_are_only_those_of_the_list(tmp_path):
    text = f"{M}MX-1,2026-Q3,water,610,m3,1250,t,M\n"
    other = {"CA-7": replace(PLANTS["CA-1"], supplier="CA-7")}

    [told] = read(tmp_path, text, plants=other)

    assert told.startswith("list.csv:2: the plant MX-1 is not on the list of plants.")


DOCUMENTED = re.findall(
    r"```csv\n((?:Plant|Assessment|Opportunity) code.*?)```",
    (ROOT / "docs" / "records.md").read_text(encoding="utf-8"),
    re.DOTALL,
)


def test_the_examples_of_the_documentation_are_read(tmp_path):
    plants = {**PLANTS, "MX-0042": replace(PLANTS["MX-1"], supplier="MX-0042")}
    first = visit(id="A-2026-014")

    assert len(DOCUMENTED) == 4
    for text in DOCUMENTED:
        found = read(tmp_path, text, first, plants=plants)
        assert not any(isinstance(one, str) for one in found), found
        assert len(found) == text.count("\n") - 1
