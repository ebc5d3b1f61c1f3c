"""Lists of trainers and courses: read with care, kept without a name, never losing a line, counted as anybody would."""

from __future__ import annotations

import random
import re
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from builders import ROOT, project, write
from cadre_builders import COURSES, TRAINERS, add, course, person, raw, standing, workbook
from greensupply import demo_cadre, records, rules, store, tally
from greensupply.cadre import Course, Rung, Standing
from greensupply.cli import main
from greensupply.completion import COUNTRIES, Delivery, Notice, SetAside
from greensupply.counts import Cell, Delivered
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES
from greensupply.records import cadre
from record_builders import pseudonym, scope
from store_builders import add as add_records
from store_builders import completion

AS_OF = date(2026, 10, 31)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


ANA = pseudonym("instructor:ana lopez")
LUC = pseudonym("mailto:luc@usine.example")


def read(folder: Path, text: str | bytes, name: str = "list.csv") -> list[object]:
    """What each row is; problems as the words that are told."""
    file = folder / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = [one for _, one in cadre.readings(file, scope())]
    return [
        str(one.problem).replace(f"{folder.as_posix()}/", "") if isinstance(one, SetAside | Notice) else one
        for one in found
    ]


# --- as an office writes them -----------------------------------------------------------------------------------------

HELD = Standing(ANA, Rung.CERTIFIED, "MX", date(2026, 2, 13), date(2028, 2, 12))


@pytest.mark.parametrize(
    "text",
    [
        "Trainer,Country,Rung,Since,Until\nAna López,MX,certified,2026-02-13,2028-02-12\n",
        "Instructor;País;Escalón;Desde;Hasta\nLÓPEZ Ana;México;Instructora certificada;13/02/2026;12 feb 2028\n",
        "\ufeffFormateur\tPays\tÉchelon\tDepuis\tJusqu’au\nana lopez\tMexique\tcertifiée\t13 février 2026\t2028/02/12\n",
        "Until (last day),Since,Notes,Rung / Nivel,Country,Name\n2028-02-12,2026-02-13,x,Certified trainer,MX,Ana López\n",
        workbook(TRAINERS, ("Ana López", "MX", "certified", date(2026, 2, 13), date(2028, 2, 12))),
    ],
    ids=["English", "Spanish, semicolons", "French, tabs", "another order and a column more", "a workbook"],
)
def test_a_list_of_trainers_is_read_in_three_languages_and_as_a_workbook(tmp_path, text):
    assert read(tmp_path, text) == [HELD]


@pytest.mark.parametrize(
    "text",
    [
        "Course,Country,Date,Participants,Trainers\nmty-1,MX,2026-03-05,18,Ana López; luc@usine.example\n",
        "Curso;País;Fecha;Participantes;Instructores\nMTY-1;México;05/03/2026;18;luc@usine.example\n",
        "Cours;Pays;Date;Participants;Formateurs\nMTY-1;Mexique;5 mars 2026;18;Ana López;\n",
        workbook(COURSES, ("MTY-1", "MX", date(2026, 3, 5), 18, "Ana López;Luc@usine.example")),
    ],
    ids=["English", "two ways to read a day", "a cell too many", "a workbook"],
)
def test_a_list_of_courses_is_read_or_told_why_not(tmp_path, text):
    found = read(tmp_path, text)

    if isinstance(text, str) and text.startswith("Curso"):
        assert found == [
            "list.csv:2: the date is missing, or cannot be read in one way only as a day from 2000 on. "
            "Write the year, the month and the day: 2026-11-24."
        ]
    elif isinstance(text, str) and text.startswith("Cours;"):
        assert found == [Course("MTY-1", "MX", date(2026, 3, 5), 18, (ANA,))]
    else:
        assert found == [Course("MTY-1", "MX", date(2026, 3, 5), 18, tuple(sorted((ANA, LUC))))]


DOCUMENTED = re.findall(r"```csv\n(.*?)```", (ROOT / "docs" / "records.md").read_text(encoding="utf-8"), re.DOTALL)


@pytest.mark.parametrize("example", [text for text in DOCUMENTED if text.startswith(("Trainer;", "Course;"))])
def test_the_examples_of_the_documentation_are_read(tmp_path, example):
    found = read(tmp_path, example)

    assert [type(one) for one in found] == [Standing if example.startswith("Trainer") else Course] * (
        example.count("\n") - 1
    )


def test_a_trainer_is_whom_class_rosters_name_and_no_name_is_told(tmp_path):
    roster = "e-mail,supplier,country,module,date,score,instructor\na@b.example,S-1,MX,ems,2026-10-01,90%,Ana López\n"
    (tmp_path / "roster.csv").write_text(roster, encoding="utf-8")
    [taught] = records.read(tmp_path / "roster.csv", scope())

    assert taught.instructor == ANA == HELD.trainer
    said = " ".join(map(str, read(tmp_path, "trainer,country,rung,since\nSecret Name,XX,boss,never\n")))
    assert "list.csv:2" in said
    assert "Secret" not in said


ROW = "Ana López,MX,certified,2026-02-13,\n"
HEAD = ",".join(TRAINERS) + "\n"
CHEAD = ",".join(COURSES) + "\n"
BAD = {
    "no headings": ("a,b\n1,2\n", ["cadre-headings"]),
    "a roster": ("e-mail,module,date,score\na@b.example,ems,2026-10-01,90%\n", ["cadre-column-missing"]),
    "no rung": ("trainer,country,since\nAna,MX,2026-01-01\n", ["cadre-column-missing"]),
    "a column twice": ("trainer,country,rung,since,country\nAna,MX,master,2026-01-01,MX\n", ["cadre-column-twice"]),
    "headings alone": (HEAD, ["cadre-empty"]),
    "nobody": (HEAD + " - ,MX,master,2026-01-01,\n", ["cadre-trainer"]),
    "no address": (HEAD + "a@b@c,MX,master,2026-01-01,\n", ["cadre-trainer"]),
    "another country": (HEAD + "Ana,BR,master,2026-01-01,\n", ["cadre-country"]),
    "no country": (HEAD + "Ana,,master,2026-01-01,\n", ["cadre-country"]),
    "another rung": (HEAD + "Ana,MX,chief,2026-01-01,\n", ["cadre-rung"]),
    "a day of two readings": (HEAD + "Ana,MX,master,03/04/2026,\n", ["cadre-day"]),
    "no first day": (HEAD + "Ana,MX,master,,\n", ["cadre-day"]),
    "February 30": (HEAD + "Ana,MX,master,2026-02-30,\n", ["cadre-day"]),
    "before 2000": (HEAD + "Ana,MX,master,1999-02-03,\n", ["cadre-day"]),
    "a last day that is none": (HEAD + "Ana,MX,master,2026-01-01,soon\n", ["cadre-day"]),
    "an end before the beginning": (HEAD + "Ana,MX,master,2026-01-01,2025-01-01\n", ["cadre-days-order"]),
    "everything at once": (HEAD + "@,BR,x,y,\n", ["cadre-country", "cadre-day", "cadre-rung", "cadre-trainer"]),
    "two that differ": (HEAD + ROW + ROW.replace("02-13", "02-14"), ["cadre-row-twice"]),
    "the same twice": (HEAD + ROW + ROW, []),
    "a cell too few": (HEAD + "Ana,MX\n" + ROW, ["roster-row-short"]),
    "no code": (CHEAD + "in Monterrey,MX,2026-01-05,18,\n", ["cadre-code"]),
    "not yet held": (CHEAD + "C-1,MX,2027-01-05,18,\n", ["cadre-day-ahead"]),
    "many": (CHEAD + "C-1,MX,2026-01-05,many,\n", ["cadre-participants"]),
    "too many": (CHEAD + "C-1,MX,2026-01-05,501,\n", ["cadre-participants"]),
    "fewer than nobody": (CHEAD + "C-1,MX,2026-01-05,-3,\n", ["cadre-participants"]),
    "a trainer that is none": (CHEAD + "C-1,MX,2026-01-05,18,Ana; x@\n", ["cadre-trainer"]),
    "a course that differs": (CHEAD + "C-1,MX,2026-01-05,18,\nc-1,MX,2026-01-05,19,\n", ["cadre-row-twice"]),
    "an error of the spreadsheet": (workbook(TRAINERS, ("Ana", "MX", "#N/A", date(2026, 1, 1))), None),
    "a PDF": (b"%PDF-1.7 ...", ["roster-file-pdf"]),
    "nothing": (b"", ["roster-file-empty"]),
}


@pytest.mark.parametrize(("text", "expected"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_set_aside_with_its_line_and_reason_in_three_languages(tmp_path, text, expected):
    file = tmp_path / "list.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())

    found = [(line, one) for line, one in cadre.readings(file, scope()) if isinstance(one, SetAside | Notice)]

    told = sorted(one.problem.rule for _, one in found)
    if expected is not None and expected != ["roster-row-short"]:
        assert told == expected
    elif expected is None:
        assert told == ["cadre-cell", "cadre-rung"]
    else:
        assert len(told) == 1
    for line, one in found:
        assert one.problem.line == line
        for locale in LOCALES:
            assert all(rules.said(one.problem, locale))


def test_a_file_that_is_not_there_is_told(tmp_path):
    [(line, aside)] = cadre.readings(tmp_path / "none.csv", scope())

    assert (line, aside.problem.rule) == (1, "roster-file-unreadable")


# --- the store --------------------------------------------------------------------------------------------------------


def test_the_last_line_holds_and_no_line_is_lost(tmp_path):
    assert add(tmp_path, standing(1), standing(2), course(1)) == store.cadre.Added(3, 0, 0)
    assert add(tmp_path, standing(1), course(1)) == store.cadre.Added(0, 0, 2)
    renewed, corrected = standing(1, until=date(2029, 12, 31)), course(1, participants=17)
    assert add(tmp_path, renewed, corrected, standing(1, rung=Rung.MASTER)) == store.cadre.Added(1, 2, 0)

    held = store.cadre.read(tmp_path)

    assert held.standings == tuple(sorted((renewed, standing(2), standing(1, rung=Rung.MASTER))))
    assert held.courses == (corrected,)
    assert [row["entry"] for row in raw(tmp_path / "trainers.csv")] == ["1", "1", "2", "2"]
    assert [row["participants"] for row in raw(tmp_path / "courses.csv")] == ["18", "17"]


def test_a_course_of_nobody_takes_it_back(tmp_path):
    add(tmp_path, course(1), course(2))
    add(tmp_path, course(1, participants=0))

    assert store.cadre.read(tmp_path).courses == (course(2),)


def test_without_lists_there_is_nobody(tmp_path):
    assert store.cadre.read(tmp_path) == store.cadre.Cadre()


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("trainers.csv", "trainer,rung\n", ["trainers.csv:1: does not begin as a stored list does, or is not UTF-8."]),
        (
            "trainers.csv",
            "entry,trainer,rung,country,since,until\n0,Ana,chief,BR,2026-02-30,soon\n1,x\n",
            [
                "trainers.csv:2: is not a line of this list: entry, trainer, rung, country, since, until will not do.",
                "trainers.csv:3: is not a line of this list: entry, trainer, rung, country, since, until will not do.",
            ],
        ),
        (
            "courses.csv",
            "entry,course,country,date,participants,trainers\nDEMO,C-1,MX,2026-03-05,18,Ana\n",
            ["courses.csv:2: is not a line of this list: trainers will not do."],
        ),
        ("courses.csv", b"\xff\xfe\x00", ["courses.csv:1: does not begin as a stored list does, or is not UTF-8."]),
    ],
)
def test_a_stored_list_that_was_broken_is_told_line_by_line_and_left_alone(tmp_path, name, text, expected):
    file = tmp_path / name
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    before = file.read_bytes()

    for attempt in (lambda: store.cadre.read(tmp_path), lambda: add(tmp_path, standing(), course())):
        with pytest.raises(GreenSupplyError) as caught:
            attempt()
        assert [f"{one.path.rpartition('/')[2]}:{one.line}: {one.what}" for one in caught.value.problems] == expected
    assert file.read_bytes() == before
    found = [f"{one.path.rpartition('/')[2]}:{one.line}: {one.what}" for one in store.check(tmp_path)]
    assert found == expected, "and `greensupply records check` tells the same"


# --- the count --------------------------------------------------------------------------------------------------------


def count(folder: Path, as_of: date = AS_OF) -> tally.Tally:
    return tally.count(folder, modules={"rinsing": 60}, core=[], as_of=as_of, suppliers=folder / "suppliers.csv")


def test_a_trainer_stands_on_the_highest_rung_that_is_valid_on_the_day(tmp_path):
    add(
        tmp_path,
        standing(1, rung=Rung.OBSERVER, since=date(2023, 1, 1)),
        standing(1, since=date(2024, 10, 31)),  # two years, to October 30, 2026
        standing(2, since=date(2024, 11, 1)),  # to October 31, 2026
        standing(3, since=date(2020, 1, 1), until=AS_OF),
        standing(4, since=date(2020, 1, 1), until=AS_OF - timedelta(1)),
        standing(5, since=AS_OF, country="CA"),
        standing(6, since=AS_OF + timedelta(1)),
        standing(7, rung=Rung.PARTICIPANT),
        standing(8, rung=Rung.CO_TRAINER, since=date(2019, 1, 1)),
        standing(8, rung=Rung.MASTER),
    )

    found = count(tmp_path)

    assert found.tables["trainer-rung"].patterns == {
        frozenset({"observer"}): 1,
        frozenset({"certified"}): 3,
        frozenset({"master"}): 1,
    }
    assert found.tables["trainer-country"].patterns == {frozenset({"MX"}): 3, frozenset({"CA"}): 1}
    assert found.trainers == Cell(4, 0)


def test_who_taught_a_class_or_led_a_course_in_six_months_is_active(tmp_path):
    class_of = {"delivery": Delivery.CLASSROOM, "session": "C-1"}
    add_records(
        tmp_path,
        completion(1, instructor=person(1), completed_at=at("2026-05-01T00:00:00"), **class_of),
        completion(2, instructor=person(2), completed_at=at("2026-04-30T23:59:59"), **class_of),
        completion(3, instructor=person(3), completed_at=at("2026-10-31T23:59:59"), **class_of),
        completion(4, instructor=person(9), completed_at=at("2026-10-01T12:00:00"), **class_of),
    )
    add(
        tmp_path,
        *(standing(number) for number in range(1, 7)),
        standing(7, rung=Rung.CO_TRAINER),
        course(1, day=date(2026, 5, 1), trainers=(person(4), person(7))),
        course(2, day=date(2026, 4, 30), trainers=(person(5),)),
        course(3, day=AS_OF + timedelta(1), trainers=(person(6),)),
    )

    found = count(tmp_path)

    assert found.active_trainers == Cell(3, 0), "1, 3 and 4"
    assert found.trainers == Cell(6, 0)
    assert found.courses == (Delivered("MX", "2026-Q2", 18), Delivered("MX", "2026-Q2", 18))


@pytest.mark.parametrize("seed", range(8))
def test_the_figures_are_those_that_plain_python_finds_in_the_raw_files(tmp_path, seed):
    chance = random.Random(seed)
    day = lambda: date(2023, 1, 1) + timedelta(chance.randrange(1500))  # noqa: E731
    for _ in range(3):
        people = {
            (number, rung): standing(
                number,
                rung=rung,
                country=chance.choice(COUNTRIES),
                since=(since := day()),
                until=chance.choice([None, since + timedelta(chance.randrange(1200))]),
            )
            for number, rung in {(chance.randrange(30), chance.choice(list(Rung))) for _ in range(40)}
        }
        courses = [
            course(
                number,
                country=chance.choice(COUNTRIES),
                day=day(),
                participants=chance.choice([0, 4, 18]),
                trainers=tuple(sorted({person(chance.randrange(30)) for _ in range(2)})),
            )
            for number in chance.sample(range(8), 4)
        ]
        add(tmp_path, *people.values(), *courses)
    taught = [
        completion(
            number,
            delivery=chance.choice(list(Delivery)),
            instructor=person(chance.randrange(30)),
            completed_at=at(f"{day()}T12:00:00"),
        )
        for number in range(60)
    ]
    add_records(tmp_path, *taught)

    found = count(tmp_path)

    last = {(row["trainer"], row["rung"]): row for row in raw(tmp_path / "trainers.csv")}
    held = {row["course"]: row for row in raw(tmp_path / "courses.csv")}
    ladder = ["observer", "co-trainer", "certified", "master"]
    standing_now: dict[str, tuple[int, date, str]] = {}
    for row in last.values():
        since = date.fromisoformat(row["since"])
        if row["until"]:
            until = date.fromisoformat(row["until"])
        elif row["rung"] in ("certified", "master"):
            until = since.replace(year=since.year + 2, day=min(since.day, 28)) - timedelta(1)
            until += timedelta(since.day - min(since.day, 28)) if since.month != 2 else timedelta(0)
        else:
            until = AS_OF
        if row["rung"] in ladder and since <= AS_OF <= until:
            here = (ladder.index(row["rung"]), since, row["country"])
            standing_now[row["trainer"]] = max(here, standing_now.get(row["trainer"], here))
    start = date(2026, 5, 1)
    active = {
        one.instructor for one in taught if one.delivery == "classroom" and start <= one.completed_at.date() <= AS_OF
    }
    for row in held.values():
        if start <= date.fromisoformat(row["date"]) <= AS_OF and row["participants"] != "0":
            active.update(row["trainers"].split())
    qualified = {who: place for who, place in standing_now.items() if place[0] >= 2}
    by_rung = Counter(ladder[place[0]] for place in standing_now.values())
    by_country = Counter(place[2] for place in qualified.values())
    assert found.trainers.learners == len(qualified)
    assert found.active_trainers.learners == len(qualified.keys() & active)
    assert {label: found.tables["trainer-rung"].cell(label).learners for label in ladder} == {
        label: by_rung[label] for label in ladder
    }
    assert {label: found.tables["trainer-country"].cell(label).learners for label in COUNTRIES} == {
        label: by_country[label] for label in COUNTRIES
    }
    assert Counter((one.country, one.quarter, one.participants) for one in found.courses or ()) == Counter(
        (row["country"], f"{row['date'][:4]}-Q{(int(row['date'][5:7]) + 2) // 3}", int(row["participants"]))
        for row in held.values()
        if row["participants"] != "0" and date.fromisoformat(row["date"]) <= AS_OF
    )


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def hub(tmp_path, monkeypatch):
    write(tmp_path, project())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", "k" * 40)
    return tmp_path


def test_lists_are_added_without_a_name_and_what_is_wrong_is_told_in_the_language_asked_for(hub, capsys):
    (hub / "t.csv").write_text(HEAD + ROW + "Luc,FR,master,2026-01-01,\n", encoding="utf-8")
    (hub / "c.csv").write_text(CHEAD + "MTY-1,MX,2026-03-05,18,Ana López\n", encoding="utf-8")

    assert main(["records", "cadre", "t.csv", "c.csv", "--lang", "fr"]) == 0

    said = capsys.readouterr().out
    assert (
        "t.csv\u00a0: lignes nouvelles\u00a0: 1; corrigées\u00a0: 0; déjà là\u00a0: 0; mises de côté\u00a0: 1." in said
    )
    assert "t.csv:3: le pays manque" in said
    everything = b"".join(file.read_bytes() for file in (hub / "records").rglob("*") if file.is_file())
    assert b"Ana" not in everything
    assert b"Luc" not in everything
    assert store.cadre.read(hub / "records").courses[0].trainers == (
        store.cadre.read(hub / "records").standings[0].trainer,
    )
    assert main(["records", "cadre", "t.csv", "--strict"]) == 1


def test_another_key_is_refused(hub, monkeypatch, capsys):
    (hub / "t.csv").write_text(HEAD + ROW, encoding="utf-8")
    assert main(["records", "cadre", "t.csv"]) == 0
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", "z" * 40)

    assert main(["records", "cadre", "t.csv"]) == 2
    assert "made with another key" in capsys.readouterr().err
    assert len(raw(hub / "records/trainers.csv")) == 1


def test_invented_trainers_are_marked_and_the_same_every_time(hub, capsys):
    made = demo_cadre.cadre(1, date(2024, 1, 1), AS_OF)

    assert made == demo_cadre.cadre(1, date(2024, 1, 1), AS_OF)
    assert main(["demo-records", "--learners", "60", "--start", "2024-01-01", "--end", "2026-10-31"]) == 0
    held = store.cadre.read(hub / "records")
    assert (held.standings, held.courses) == (made[0], tuple(sorted(made[1])))
    assert held.demonstration
    assert {row["entry"] for row in raw(hub / "records/trainers.csv")} == {"DEMO"}
    assert all(one.id.startswith("DEMO-") for one in held.courses)
    found = count(hub / "records")
    assert found.demonstration
    assert 4 <= len(found.courses or ()) <= 5
    capsys.readouterr()
    assert main(["tally", "--as-of", "2026-10-31"]) == 0
    assert f"trainers (T5) {found.trainers.learners}\n" in capsys.readouterr().out


def test_invented_trainers_alone_mark_what_is_shown(tmp_path):
    store.cadre.add(tmp_path, [standing()], sync=lambda _: None, demonstration=True)
    assert count(tmp_path).demonstration
    add(tmp_path, standing(country="CA"))
    assert not count(tmp_path).demonstration
