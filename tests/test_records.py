"""Any file that someone hands over: what form it is, what is read of it, and that nothing of it raises or leaks."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from greensupply.completion import Completion, Notice, SetAside
from greensupply.records import json_text, numbered, read
from hypothesis import given, settings
from hypothesis import strategies as st
from record_builders import HEADINGS, Result, lines, read_file, roster, row, scope, statement, uuid, verb, workbook

EXPORT = "Download or export it again; what stands before was read."


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "handed-over"


def ids(result: Result) -> list[str]:
    return [record.id for record in result.records]


def three() -> list[dict]:
    return [statement(1), statement(2), statement(3)]


FORMS = {
    "one statement": json.dumps(statement()),
    "one statement over many lines": json.dumps(statement(), indent=2),
    "a list": json.dumps(three()),
    "a list over many lines": json.dumps(three(), indent=2),
    "a list with a statement a line": "[" + ",\n".join(map(json.dumps, three())) + "]",
    "an export": json.dumps({"statements": three(), "more": ""}),
    "an export over many lines": json.dumps({"statements": three(), "more": ""}, indent=2),
    "an export that begins with more": json.dumps({"more": "", "statements": three()}, indent=2),
    "an export with keys of its own": json.dumps({"took": 3, "x": None, "statements": three(), "y": [1]}, indent=2),
    "an export as a store has it": '{"statements":[' + ",\n".join(map(json.dumps, three())) + ']\n,"more":""}',
    "lines": lines(*three()),
    "lines with blank ones": "\n\n" + lines(*three()).replace("\n", "\r\n\r\n"),
    "lines without an end": lines(*three()).rstrip("\n"),
    "lines of lists": lines(three()[:2], three()[2:]),
    "lines of exports": lines({"statements": three()[:2]}, {"statements": three()[2:], "more": ""}),
    "statements over many lines in a row": "\n".join(json.dumps(one, indent=2) for one in three()),
    "with a byte order mark": "\ufeff" + lines(*three()),
    "a list with a byte order mark": "\ufeff" + json.dumps(three(), indent=2),
    "UTF-16 lines": ("\ufeff" + lines(*three())).encode("utf-16-le"),
    "UTF-16 list, other order": ("\ufeff" + json.dumps(three(), indent=2)).encode("utf-16-be"),
}


@pytest.mark.parametrize("content", FORMS.values(), ids=FORMS)
@pytest.mark.parametrize("name", ["records.json", "records.csv", "records"])
def test_statements_are_read_in_every_form_under_every_name(tmp_path, content, name):
    result = read_file(tmp_path / name, content)

    assert ids(result) in ([uuid(1)], [uuid(1), uuid(2), uuid(3)])
    assert (len(result.records) == 1) is (content in (FORMS["one statement"], FORMS["one statement over many lines"]))
    assert len(result.readings) == len(result.records)


@pytest.mark.parametrize("name", ["roster.csv", "roster.xlsx", "roster.json"])
@pytest.mark.parametrize("content", [roster(row()), workbook([HEADINGS, row()])], ids=["text", "workbook"])
def test_a_roster_is_known_by_what_it_holds(tmp_path, content, name):
    assert read_file(tmp_path / name, content).record.module == "ems"


def test_a_list_that_goes_on_elsewhere_is_noticed(file):
    export = {"statements": [statement()], "more": "/xapi/statements?page=2"}
    notice = (
        "the list goes on at another address (`more`), which was not read. "
        "Export the other pages too, or pull from the store."
    )

    assert read_file(file, json.dumps(export)).notices == [f"handed-over:1: {notice}"]
    assert read_file(file, json.dumps(export, indent=1)).notices[0].endswith(notice)


SAVE = "Save it as Excel workbook (.xlsx) without a password, or as CSV UTF-8."
NO_HEADER = (
    "none of the first 20 rows has the headings of a roster. "
    "Head the columns `name` (or `e-mail`), `module`, `date` and `score`, or as docs/records.md says."
)


def zipped(*files: tuple[str, bytes]) -> bytes:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files:
            archive.writestr(name, content)
    return packed.getvalue()


UNREADABLE = {
    "a page to sign in": (
        "<!DOCTYPE html><title>Sign in</title>",
        "is a web page or XML, perhaps a page to sign in. Sign in, then download or export it again.",
    ),
    "words": ("Dear all,\nhere is the roster.\n", NO_HEADER),
    "a PDF": (b"%PDF-1.7\n", "is a PDF. Send the spreadsheet it was made from."),
    "a compressed file": (b"\x1f\x8b\x08\0", "is compressed (gzip). Unpack it first."),
    "an old workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        f"is an old Excel file (.xls) or another Office file of before 2007. {SAVE}",
    ),
    "an encrypted workbook": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        f"is encrypted: a workbook with a password. {SAVE}",
    ),
    "another zip": (
        zipped(("roster.csv", b"")),
        f"is a zip file, but not an Excel workbook. Take the roster out of it. {SAVE}",
    ),
    "a binary workbook": (zipped(("xl/workbook.bin", b"")), f"is a binary workbook (.xlsb). {SAVE}"),
    "a workbook cut off": (
        workbook([HEADINGS, row()])[:-40],
        "is a workbook or zip file that is damaged or cut off. Save or send it again.",
    ),
    "a workbook of nonsense": (
        zipped(("[Content_Types].xml", b"<nonsense")),
        f"is not a workbook that can be read. {SAVE}",
    ),
    "a zip bomb": (
        zipped(("[Content_Types].xml", b""), ("xl/worksheets/sheet1.xml", bytes(64_000_000))),
        "unpacks to 64,000,000 bytes, which no roster needs (a zip bomb?). "
        "Copy the roster alone into a new workbook, or save it as CSV UTF-8.",
    ),
    "UTF-16 without a mark": (
        roster(row()).encode("utf-16-le"),
        "is not text; or UTF-16 without a mark at its beginning. Save it as CSV UTF-8.",
    ),
}


@pytest.mark.parametrize(("content", "message"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_without_records_is_told_by_what_it_is(file, content, message):
    result = read_file(file, content)

    assert result.set_aside == [f"handed-over:1: {message}"]
    assert len(result.readings) == 1


def test_a_json_file_that_is_none_is_not_taken_for_a_roster(tmp_path):
    result = read_file(tmp_path / "records.json", "null")

    assert result.set_aside == ["records.json:1: holds no statement in JSON. Download or export it again."]


@pytest.mark.parametrize("content", ["", " \r\n\n", "\ufeff", b"\xff\xfe"])
def test_an_empty_file_says_so_and_loses_nothing(file, content):
    result = read_file(file, content)

    assert result.notices == ["handed-over:1: is empty: 0 records. Export or save it again if it should not be."]
    assert result.set_aside == []


@pytest.mark.parametrize("content", ["[]", "[\n]", '{"statements": [], "more": ""}', lines([], [])])
def test_an_export_without_statements_says_so(file, content):
    result = read_file(file, content)

    assert result.notices == ["handed-over:1: holds no statement: 0 records. Export it again if it should."]
    assert len(result.readings) == 1


def test_a_file_that_is_not_there_is_set_aside(tmp_path):
    missing = tmp_path / "missing.csv"

    assert [str(one.problem) for one in read(missing, scope())] == [
        f"{missing}:1: cannot be read (No such file or directory). "
        "Check its name and its permissions, then read it again."
    ]


def test_a_folder_is_set_aside(tmp_path):
    assert [str(one.problem) for one in read(tmp_path, scope())] == [
        f"{tmp_path}:1: is a folder. Name the files in it."
    ]


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_set_aside(file):
    file.write_text(roster(row()))
    file.chmod(0)

    assert [str(one.problem) for one in read(file, scope())] == [
        f"{file}:1: cannot be read (Permission denied). Check its name and its permissions, then read it again."
    ]


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that opens and cannot be read")
def test_a_file_that_fails_while_it_is_read_is_set_aside():
    assert [str(one.problem) for one in read(Path("/proc/self/mem"), scope())] == [
        "/proc/self/mem:1: cannot be read (Input/output error). Check its name and its permissions, then read it again."
    ]


@pytest.mark.parametrize("content", [lines(*three()), roster(row(), row())], ids=["statements", "roster"])
def test_a_file_that_vanishes_while_it_is_read_is_read_to_its_end(file, content):
    file.write_text(content)
    readings = read(file, scope())
    next(readings)
    file.unlink()

    assert all(isinstance(one, Completion) for one in readings)


@pytest.mark.parametrize(
    "content", [lines(*three()), roster(row(), row()), ("\ufeff" + lines(*three())).encode("utf-16")]
)
def test_reading_may_stop_anywhere(file, content):
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    readings = read(file, scope())
    next(readings)

    readings.close()


def test_a_link_is_followed(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "elsewhere.csv").write_text(roster(row()))
    (tmp_path / "folder" / "link.csv").symlink_to(tmp_path / "elsewhere.csv")

    assert [one.module for one in read(tmp_path / "folder" / "link.csv", scope())] == ["ems"]


@pytest.mark.parametrize(
    "content", [lines(*three()), roster(row(), row(score="x"), delimiter=";"), json.dumps(three(), indent=1)]
)
def test_each_reading_has_its_line(file, content):
    file.write_text(content)

    numbers, readings = zip(*numbered(file, scope()), strict=True)

    assert list(readings) == list(read(file, scope()))
    long = len(json.dumps(statement(), indent=1).splitlines())
    assert list(numbers) in ([1, 2, 3], [2, 3], [2, 2 + long, 2 + 2 * long])


GOOD = json.dumps(statement())
BROKEN_LINES = {
    "41 cut": (GOOD[:400], f"breaks off in the middle. {EXPORT}"),
    "not JSON": (
        "{'id': 1}",
        "2: is not JSON (expecting property name enclosed in double quotes). "
        "Export it again, or correct it at this place.",
    ),
    "garbage": ("x", "1: is not JSON (expecting value). Export it again, or correct it at this place."),
    "no statement": (
        "3",
        "is JSON, but not a statement. A statement is `{...}` with `id`, `actor`, `verb` and `object`.",
    ),
    "two in a line": (
        GOOD + GOOD,
        f"{len(GOOD) + 1}: goes on after its statement has ended. Write one statement a line.",
    ),
    "a key twice": ('{"id": 1, "id": 2}', "holds a key twice in one place. Keep one of the two."),
    "a key twice deep inside": (
        GOOD.replace('"scaled": 0.9', '"scaled": 0.9, "scaled": 1'),
        "holds a key twice in one place. Keep one of the two.",
    ),
    "__proto__": (
        GOOD.replace('"platform"', '"__proto__": {"x": 1}, "platform"'),
        "holds the key `__proto__`. Take it out.",
    ),
    "nested 100,000 deep": (
        '{"a":' * 100_000 + "1" + "}" * 100_000,
        "is nested more than 20 deep. Write a statement as xAPI has it.",
    ),
    "nested 900 deep": (
        '{"a":' * 900 + "1" + "}" * 900,
        "is nested more than 20 deep. Write a statement as xAPI has it.",
    ),
    "nested 21 deep": (
        '{"a":' * 21 + "1" + "}" * 21,
        "is nested more than 20 deep. Write a statement as xAPI has it.",
    ),
    "a number of 5,000 digits": (
        GOOD.replace('"raw": 9', f'"raw": {"9" * 5_000}'),
        "holds a whole number of more than 18 digits. Correct it.",
    ),
    "half a character": (
        GOOD.replace("learner-1", "\\ud800"),
        "holds half a character (a lone surrogate). Export it again.",
    ),
    "a line too long": (
        GOOD.replace("learner-1", "x" * json_text.MAX_LINE),
        "is a line of more than 1,000,000 characters. Write one statement a line.",
    ),
    "Windows-1252": (
        GOOD.encode().replace(b"learner-1", b"Garc\xeda"),
        "is not UTF-8. Save or export it as UTF-8.",
    ),
}


@pytest.mark.parametrize(("broken", "message"), BROKEN_LINES.values(), ids=BROKEN_LINES)
@pytest.mark.parametrize("place", [0, 1, 2], ids=["first", "middle", "last"])
def test_a_broken_line_costs_itself_alone(file, broken, message, place):
    rows = [json.dumps(one).encode() for one in (statement(2), statement(3))]
    rows.insert(place, broken if isinstance(broken, bytes) else broken.encode())

    result = read_file(file, b"\n".join(rows))

    assert [problem.removeprefix(f"handed-over:{place + 1}:").lstrip() for problem in result.set_aside] == [message]
    assert ids(result) == [uuid(2), uuid(3)]


def indented(*statements: str | dict) -> str:
    """A list over many lines; a text is a statement as it is."""
    return (
        "[\n" + ",\n".join(one if isinstance(one, str) else json.dumps(one, indent=1) for one in statements) + "\n]\n"
    )


@pytest.mark.parametrize(
    "broken",
    [
        GOOD.replace(":", " ", 1),
        '{"id": 1, "id": 2}',
        "{}",
        "17",
        "[" * 100_000 + "]" * 100_000,
        GOOD.replace("0.9", "NaN"),
        GOOD.replace("learner-1", "x" * json_text.MAX_LINE),
        GOOD.replace("learner-1", "\\udfff"),
        GOOD.replace("learner-1", '"', 1),
    ],
    ids=["syntax", "key twice", "empty", "number", "deep", "NaN", "long", "surrogate", "quote"],
)
def test_a_broken_statement_in_a_list_costs_itself_alone(file, broken):
    result = read_file(file, indented(statement(2), broken, statement(3)))

    assert ids(result)[0] == uuid(2)
    assert ids(result)[1:] == [uuid(3)] or "nothing below it was read" in result.set_aside[-1]
    line = len(json.dumps(statement(2), indent=1).splitlines()) + 2
    assert result.set_aside[0].startswith(f"handed-over:{line}:")


def test_a_list_that_is_cut_off_keeps_what_stands_before_the_cut(file):
    result = read_file(file, indented(*three())[:-700])

    assert ids(result) == [uuid(1), uuid(2)]
    assert len(result.set_aside) == 1
    assert result.set_aside[0].endswith(f"breaks off in the middle. {EXPORT}")


@pytest.mark.parametrize("cut", range(1, 700, 7))
def test_a_statement_that_is_cut_off_anywhere_is_set_aside_once(file, cut):
    for content in (
        GOOD[:-cut],
        json.dumps([statement()])[:-cut],
        json.dumps({"statements": [statement()]})[: -cut - 2],
    ):
        result = read_file(file, content)

        assert len(result.set_aside) == 1
        assert result.set_aside[0].startswith("handed-over:1: ")


def test_a_document_of_broken_statements_is_left_after_a_thousand(file):
    result = read_file(file, "[" + ",\n".join(["{'x'}"] * 3_000) + "]")

    assert len(result.set_aside) == json_text.MAX_FAULTS + 1
    assert result.set_aside[-1].endswith(": has 1,000 broken statements; nothing below was read. Export it again.")


def test_a_document_that_is_too_large_is_refused_and_the_same_as_lines_is_read(file, monkeypatch):
    monkeypatch.setattr(json_text, "MAX_DOCUMENT", 10_000)
    many = [statement(number) for number in range(100)]

    assert read_file(file, json.dumps(many, indent=1)).set_aside == [
        "handed-over:1: is one JSON document of more than 10,000 bytes. "
        "Export it as JSON lines, one statement a line, or in parts."
    ]
    assert len(read_file(file, lines(*many)).records) == 100


def test_one_long_line_is_a_document(file):
    many = [statement(number) for number in range(2_000)]
    assert len(json.dumps(many)) > json_text.MAX_LINE

    assert len(read_file(file, json.dumps(many)).records) == 2_000


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell a process its own peak")
@pytest.mark.parametrize("form", ["many lines", "an endless line"])
def test_a_file_of_many_lines_or_of_an_endless_one_takes_less_than_200_megabytes(file, form):
    """Read whole, the first would take 350 MB."""
    with file.open("w", encoding="utf-8") as out:
        if form == "many lines":
            made = json.dumps(statement(0x7777_7777))
            for number in range(40_000):
                out.write(made.replace("77777777", f"{number:08x}") + "\n")
        else:
            out.write(GOOD + "\n")
            for _ in range(300):
                out.write("x" * 1_000_000)
            out.write("\n" + GOOD + "\n")

    # the peak of this program alone: `ru_maxrss` keeps that of the process which started it, the whole test run
    script = (
        "import re, sys; from pathlib import Path; from record_builders import scope; "
        "from greensupply.records import read; "
        "print(sum(1 for _ in read(Path(sys.argv[1]), scope())), "
        "int(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(file)], cwd=Path(__file__).parent, capture_output=True, text=True, check=True
    )
    count, megabytes = map(int, done.stdout.split())
    assert count == (40_000 if form == "many lines" else 3)
    assert megabytes < 200


PERSON = ("Zoraida Quetzalcoatl", "zoraida.q@plant.example", "+52 81 5555 0199", '=HYPERLINK("http://x","Zoraida")')
SECRETS = ("zoraida", "quetzal", "plant.example", "5555")


def leaks(result: Result) -> list[str]:
    said = [*result.set_aside, *result.notices, *(repr(record) for record in result.records)]
    return [one for one in said for secret in SECRETS if secret in one.casefold()]


@pytest.mark.parametrize("person", PERSON)
@pytest.mark.parametrize(
    "column", [*HEADINGS, "name", "employee number", "revision", "language", "session", "instructor"]
)
def test_no_message_and_no_record_names_a_person_in_whatever_column_of_a_roster(file, person, column):
    headings = [*HEADINGS, "name", "employee number", "revision", "language", "session", "instructor"]
    values = dict(zip(headings, [*row(), "Ana", "17", "1", "es", "S-1", "Luis"], strict=True))

    for wrong in ({}, {"score": "x"}, {"date": "30/02/2026"}):
        cells = {**values, **wrong, column: person}
        result = read_file(file, roster(list(cells.values()), headings=headings, delimiter="\t"))

        assert len(result.records) + len(result.set_aside) == 1
        assert leaks(result) == []


@pytest.mark.parametrize("person", PERSON)
def test_no_message_names_the_person_of_a_roster_whose_headings_are_missing_or_mixed_up(file, person):
    for headings in ([person, "ana", "x"], ["module", "date", person], ["name", person, "module"]):
        result = read_file(file, roster([person] * 3, headings=headings, delimiter="\t"))

        assert len(result.set_aside) == 1
        assert leaks(result) == []


def places(value: object, path: tuple = ()) -> list[tuple]:
    """Paths of every value in a statement."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


def with_value(value: object, path: tuple, new: object) -> object:
    if not path:
        return new
    copy = dict(value) if isinstance(value, dict) else list(value)
    copy[path[0]] = with_value(value[path[0]], path[1:], new)
    return copy


ANYTHING = [
    None,
    True,
    0,
    -1,
    1e308,
    "",
    " ",
    "\0",
    "x" * 5_000,
    [],
    {},
    [[]],
    {"": ""},
    PERSON[0],
    f"mailto:{PERSON[1]}",
]


@pytest.mark.parametrize("path", places(statement()), ids=lambda path: ".".join(map(str, path)) or "all")
@pytest.mark.parametrize("kind", ["completed", "voided"])
def test_any_value_anywhere_in_a_statement_is_read_or_set_aside_and_names_nobody(file, path, kind):
    base = statement(verb=verb(kind), object={"objectType": "StatementRef", "id": uuid(7)} if kind == "voided" else {})
    made = [with_value(base, path, value) for value in ANYTHING]

    result = read_file(file, lines(*made))

    if path:
        assert accounted(result) == len(made)
    assert leaks(result) == []


def accounted(result: Result) -> int:
    """Statements that became a reading, or are counted in a notice."""
    counted = [notice.split(":")[2].split()[0] for notice in result.notices if re.search("left out|told once", notice)]
    return len(result.readings) - len(result.notices) + sum(map(int, counted))


WHOLE = {
    "lines": lines(*three()).encode(),
    "list": json.dumps(three(), indent=1).encode(),
    "roster": roster(row(), row(), delimiter=";").encode(),
    "workbook": workbook([HEADINGS, row(), row()]),
}
SPLINTERS = [b'"', b"\0", b"\n", b"\r", b"\xff\xfe", b"]", b"{", b"\\u0000", b";", b"'"]


@given(seed=st.integers(0, 2**32), form=st.sampled_from(sorted(WHOLE)))
@settings(max_examples=150, deadline=None)
def test_no_damage_to_a_file_raises(tmp_path_factory, seed, form):
    dice = random.Random(seed)
    damaged = bytearray(WHOLE[form])
    for _ in range(dice.randint(1, 6)):
        place = dice.randrange(max(len(damaged) - 60, 1))
        match dice.randrange(4):
            case 0:
                damaged[place] = dice.randrange(256)
            case 1:
                del damaged[place : place + dice.randrange(40)]
            case 2:
                damaged[place:place] = dice.choice(SPLINTERS)
            case _:
                del damaged[max(place, 100) :]
    file = tmp_path_factory.mktemp("damaged") / "file"
    file.write_bytes(damaged)

    readings = list(read(file, scope()))

    assert readings
    assert all(isinstance(one, Completion | Notice | SetAside) for one in readings)
