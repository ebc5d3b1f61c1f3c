"""Each rule about rosters is broken by some file, says so in three languages, and is kept by a good roster."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from greensupply import rules
from greensupply.cli import wording
from greensupply.completion import Notice, SetAside
from greensupply.locales import LOCALES
from greensupply.records import example, read, scope
from openpyxl import Workbook
from record_builders import packed, read_file, roster, row, workbook
from record_builders import scope as hub

HEADS = "e-mail;module;date;score\r\n"


def line(**changes: str) -> str:
    return ";".join({"mail": "a@p.example", "module": "ems", "date": "2026-11-24", "score": "85%", **changes}.values())


def with_line(**changes: str) -> str:
    return f"{HEADS}{line(**changes)}\r\n"


def with_column(heading: str, value: str) -> str:
    return f"{heading};{HEADS}{value};{line()}\r\n"


def book_with(cell: str) -> bytes:
    return workbook([["e-mail", "module", "date", "score"], ["a@p.example", "ems", "2026-11-24", cell]])


def encrypted(content: bytes) -> bytes:
    """A zip whose entries say that they need a password."""
    return re.sub(rb"(?s)(PK\x01\x02.{4})..", lambda found: found[1] + b"\1\0", content)


ZIP = packed(Workbook())
BROKEN: dict[str, str | bytes] = {
    "roster-strangers": "name;module;date;score\r\nAna;ems;2026-11-24;85%\r\n",
    "roster-above": f"Class of November\r\n{with_line()}",
    "roster-unread": with_column("Shoe size", "42"),
    "roster-converted": "name;supplier;module;date;score\r\nJosé;S-1;ems;2026-11-24;85%\r\n".encode("cp1252"),
    "roster-no-rows": HEADS,
    "roster-formula": book_with("=1+1"),
    "roster-error-value": book_with("#N/A"),
    "roster-language": with_column("language", "German"),
    "roster-column-twice": f"module;{HEADS}ems;{line()}\r\n",
    "roster-columns-missing": "e-mail;Shoe size;score\r\na@p.example;42;85%\r\n",
    "roster-column-misspelt": "e-mail;modul;date;score\r\n",
    "roster-email": with_line(mail="a at p.example"),
    "roster-nobody": with_line(mail=""),
    "roster-module-missing": with_line(module=""),
    "roster-module-path-near": with_line(module="https://hub.example/modules/ems/"),
    "roster-module-path": with_line(module="https://hub.example/modules/"),
    "roster-module-form": with_line(module="The first one"),
    "roster-module-unknown": with_line(module="rinsing"),
    "roster-revision-form": with_column("revision", "one"),
    "roster-revision-late": with_column("revision", "3"),
    "roster-country": with_column("country", "Germany"),
    "roster-supplier": with_column("supplier", "Rines del Norte"),
    "roster-session": with_column("session", "Group of Ana"),
    "roster-date-missing": with_line(date=""),
    "roster-date-unreadable": with_line(date="soon"),
    "roster-date-short-year": with_line(date="24/11/26"),
    "roster-date-no-zone": with_line(date="2026-11-24T18:00:00"),
    "roster-date-zone-unknown": with_line(date="2026-11-24T18:00:00-00:00"),
    "roster-time-none": with_line(date="2026-02-30T18:00:00Z"),
    "roster-date-none": with_line(date="2026-02-30"),
    "roster-date-early": with_line(date="1999-12-31"),
    "roster-date-ahead": with_line(date="2027-11-24"),
    "roster-date-two-ways": with_line(date="03/04/2026"),
    "roster-score-missing": with_line(score=""),
    "roster-score-not-number": with_line(score="good"),
    "roster-score-below": with_line(score="-1"),
    "roster-score-above": with_line(score="140%"),
    "roster-score-unclear": with_line(score="9"),
    "roster-score-two-ways": f"{with_line(score='90')}{line(score='0.9')}\r\n",
    "roster-line-long": f"{with_line()}{'x' * 1_000_001}\r\n",
    "roster-cell-long": with_line(mail="x" * 10_001),
    "roster-cells-many": f"{with_line()}{';x' * 201}\r\n",
    "roster-cells-few": f"{with_line()}a@p.example;ems\r\n",
    "roster-cells-over": with_line(score="85;5%"),
    "roster-cut-character": with_line().encode("utf-16")[:-1],
    "roster-nul": with_line(module="e\0ms"),
    "roster-half-character": with_line(module="\ud800").encode("utf-16", "surrogatepass"),
    "roster-encoding": with_line(module="x").encode().replace(b";x;", b";\x81\xff;"),
    "roster-quote-wrong": with_line(module='"e"ms'),
    "roster-quote-open": with_line(score='"85%'),
    "roster-no-header": "Dear all,\r\nhere is the roster.\r\n",
    "roster-workbook-unreadable": ZIP.replace(b"xl/workbook.xml", b"xl/workbok_.xml"),
    "roster-workbook-damaged": ZIP[:200],
    "roster-workbook-binary": ZIP.replace(b"xl/workbook.xml", b"xl/workbook.bin"),
    "roster-zip": ZIP.replace(b"[Content_Types].xml", b"[Content-Types].xml"),
    "roster-workbook-encrypted": encrypted(ZIP),
    "roster-sheets": workbook([[*HEADS.strip().split(";")], [*line().split(";")]], [["notes"]]),
    "roster-file-pdf": b"%PDF-1.7",
    "roster-file-parquet": b"PAR1",
    "roster-file-compressed": gzip.compress(b"x"),
    "roster-file-picture": b"\x89PNG",
    "roster-file-password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
    "roster-file-old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    "roster-file-page": "<html>",
    "roster-file-not-text": b"\0\0\0\0abcd",
    "roster-file-empty": "",
    "roster-example": with_line(mail=example.EMAIL),
}
ELSEWHERE = {
    "roster-workbook-huge": {"bytes": 64_000_001},
    "roster-rows-unreadable": {},
    "roster-file-folder": {},
    "roster-file-none": {},
    "roster-file-unreadable": {"reason": "denied"},
    "roster-file-broken-off": {"reason": "denied"},
    "roster-conflict": {"id": "70ed45c1", "place": "class.csv:2"},
}
"""Tested where they are made; here, that they can be said."""


def told(content: str | bytes, folder: Path) -> list[SetAside | Notice]:
    file = folder / "class.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass"))
    return [one for one in read(file, hub()) if isinstance(one, SetAside | Notice)]


def spoken(one: SetAside | Notice) -> Iterator[str]:
    for locale in LOCALES:
        yield " ".join(wording.why(one, locale))


def test_every_rule_of_rosters_has_a_file_that_breaks_it():
    ours = {name for name, rule in rules.catalogue().items() if rule.subject == "rosters"}

    assert ours == {*BROKEN, *ELSEWHERE}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_file_that_breaks_a_rule_is_told_so_in_three_languages(rule, tmp_path):
    found = {one.problem.rule: one for one in told(BROKEN[rule], tmp_path)}

    assert rule in found
    texts = list(spoken(found[rule]))
    assert texts[0] == f"{found[rule].problem.what} {found[rule].problem.how}"
    assert len(set(texts)) == 3
    assert not [text for text in texts if re.search(r"\{\w+\}|Word\(", text)]


@pytest.mark.parametrize("rule", ELSEWHERE)
def test_what_is_told_elsewhere_can_be_said_in_three_languages(rule):
    one = SetAside(scope.fault(rule, **ELSEWHERE[rule]).at("class.csv", 1))

    assert len(set(spoken(one))) == 3


def test_a_good_roster_breaks_none(tmp_path):
    result = read_file(tmp_path / "class.csv", roster(row()))

    assert (result.set_aside, result.notices) == ([], [])


def test_all_that_is_wrong_with_a_row_is_said_in_each_language(tmp_path):
    (one,) = told(with_line(module="", date="", score=""), tmp_path)

    assert wording.line(one, "es").endswith(
        "class.csv:2: falta el módulo. Escriba su identificador. Los módulos son: ems, lean-and-clean. "
        "Además, falta la fecha. Escriba el año, el mes y el día: 2026-11-24. "
        "Además, falta la calificación. Escríbala como 85% o 0.85; quite a quien no asistió."
    )
    assert wording.line(one, "en") == str(one.problem)
    assert str(one.problem).endswith("Also the score is missing. Write it as 85% or 0.85; take out who was not there.")
