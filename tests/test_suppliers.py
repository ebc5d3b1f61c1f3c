"""The dated list of plants: read with care, every problem at its line."""

from __future__ import annotations

from datetime import date

import pytest
from greensupply import plants
from greensupply.errors import GreenSupplyError
from greensupply.plants import Listed, Plant

HEAD = "supplier,country,enrolled_on,left_on\n"
ROW = "MX-1,MX,2025-01-01,\n"
COLUMNS = "supplier,country,region,size,processes,customer,listed_on,contacted_on,enrolled_on,left_on"
HEADER = f"Begin the file with the line `{COLUMNS}`."
DAY = "Write the year, the month and the day: 2026-11-24"


def read(folder, text):
    file = folder / "suppliers.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        return plants.read(file)
    except GreenSupplyError as error:
        return [str(problem).replace(f"{folder.as_posix()}/", "") for problem in error.problems]


def test_no_file_is_no_plants_and_a_header_alone_too(tmp_path):
    assert plants.read(tmp_path / "suppliers.csv") == ()
    assert read(tmp_path, HEAD) == ()


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "MX-1,MX,2025-01-01,\nCA-1,CA,2025-02-01,2026-03-31\n",
        "\ufeff" + HEAD + "MX-1,MX,2025-01-01,\r\n \r\nCA-1,CA,2025-02-01,2026-03-31\r\n,,,\r\n",
        "Supplier;Country;Enrolled_on;Left_on\nMX-1;MX;2025-01-01;\nCA-1;CA;2025-02-01;2026-03-31",
        "left_on\tenrolled_on\tcountry\tsupplier\n\t2025-01-01\tMX\t mx-1 \n2026-03-31\t2025-02-01\tCA\tCA-1\n",
        HEAD + '"MX-1","MX","2025-01-01",""\n"CA-1",CA,2025-02-01,2026-03-31\n',
    ],
    ids=["as we write it", "as Windows saves it", "semicolons", "tabs, another order and small letters", "quotes"],
)
def test_the_list_is_read_as_spreadsheets_save_it(tmp_path, text):
    assert read(tmp_path, text) == (
        Plant("MX-1", "MX", date(2025, 1, 1), date(2025, 1, 1)),
        Plant("CA-1", "CA", date(2025, 2, 1), date(2025, 2, 1), date(2026, 3, 31)),
    )


def test_a_list_without_the_column_for_leaving_is_one_that_nobody_left(tmp_path):
    assert read(tmp_path, "supplier,country,enrolled_on\nMX-1,MX,2025-01-01\n") == (
        Plant("MX-1", "MX", date(2025, 1, 1), date(2025, 1, 1)),
    )


def test_a_written_list_is_read_as_it_was(tmp_path):
    listed = (
        Plant("A,B", "CA", date(2024, 2, 29)),
        Plant('Q"', "US", date(2025, 1, 1), date(2025, 6, 1), date(2025, 12, 31), date(2025, 2, 1)),
        Plant("X", "MX", date(2025, 1, 1), region="MX-NLE", size="micro", processes=("plating",), customer="OEM-1"),
    )

    assert read(tmp_path, plants.text(reversed(listed))) == listed


def test_a_list_that_was_added_to_holds_each_plant_once_as_its_last_line_has_it(tmp_path):
    first, second = Plant("MX-1", "MX", date(2025, 1, 1)), Plant("CA-1", "CA", date(2025, 1, 1))
    enrolled = Plant("MX-1", "MX", date(2025, 1, 1), date(2025, 6, 1))
    lines = (Listed(first), Listed(second, "1", date(2025, 2, 1)), Listed(enrolled, "2", date(2025, 7, 1)))

    assert read(tmp_path, plants.stored(lines)) == (enrolled, second)
    assert plants.history(tmp_path / "suppliers.csv") == lines
    assert plants.read(tmp_path / "suppliers.csv", known_on=date(2025, 6, 30)) == (first, second)


BROKEN = {
    "empty": ("", [f"1: has no header. {HEADER}"]),
    "no header": ("\n" + ROW, [f"2: has no header. {HEADER}"]),
    "a column is missing": (
        "supplier,enrolled_on\nMX-1,2025-01-01\n",
        [f"1: has no column `country`. {HEADER}"],
    ),
    "a column twice": (
        "supplier,country,enrolled_on,country\n",
        ["1: has the column `country` twice. Delete one of the two."],
    ),
    "a misspelt column": (
        "supplier,country,enrolled_on,left_om\n",
        ["1: has an unknown column `left_om`. Did you mean `left_on`?"],
    ),
    "a column with names": (
        HEAD.replace("left_on", "left_on,phone"),
        ["1: has an unknown column `phone`. Columns are: " + COLUMNS.replace(",", ", ") + "."],
    ),
    "too few cells": (
        HEAD + "MX-1,MX,2025-01-01\n",
        ["2: has not the 4 cells of the header but 3. Fill the row up, or take out what is too much."],
    ),
    "no code": (
        HEAD + " ,MX,2025-01-01,\n",
        ["2: has no `supplier`. Write the code of the plant, as records name it."],
    ),
    "a code that is too long": (
        HEAD + f"{'x' * 101},MX,2025-01-01,\n",
        [
            "2: the supplier's code is longer than 100 characters or holds one that cannot be seen. "
            "Write a short code such as `MX-0042`."
        ],
    ),
    "an unknown country": (HEAD + "MX-1,mx,2025-01-01,\n", ["2: the country is `mx`. Write one of CA, MX, US."]),
    "no day of enrolment": (
        HEAD + "MX-1,MX,,\n",
        [f"2: `enrolled_on` is ``, not a day from 2000 on. {DAY}."],
    ),
    "a day that does not exist": (
        HEAD + "MX-1,MX,2025-02-30,\n",
        [f"2: `enrolled_on` is `2025-02-30`, not a day from 2000 on. {DAY}."],
    ),
    "an ambiguous day": (
        HEAD + "MX-1,MX,2025-01-01,03/04/2026\n",
        [f"2: `left_on` is `03/04/2026`, not a day from 2000 on. {DAY}; or nothing."],
    ),
    "the end of time": (
        HEAD + "MX-1,MX,2025-01-01,9999-12-31\n",
        [f"2: `left_on` is `9999-12-31`, not a day from 2000 on. {DAY}; or nothing."],
    ),
    "neither listed nor enrolled": (
        "supplier,country,left_on\nMX-1,MX,\n",
        [f"1: has no column `listed_on`. {HEADER}"],
    ),
    "a province of another country": (
        "supplier,country,region,listed_on\nMX-1,MX,CA-QC,2025-01-01\n",
        [
            "2: `CA-QC` is no state or province of MX. Write one of MX-AGU, MX-BCN, MX-BCS, MX-CAM, MX-CHH, MX-CHP, "
            "MX-CMX, MX-COA, MX-COL, MX-DUR, MX-GRO, MX-GUA, MX-HID, MX-JAL, MX-MEX, MX-MIC, MX-MOR, MX-NAY, MX-NLE, "
            "MX-OAX, MX-PUE, MX-QUE, MX-ROO, MX-SIN, MX-SLP, MX-SON, MX-TAB, MX-TAM, MX-TLA, MX-VER, MX-YUC, MX-ZAC; "
            "or nothing."
        ],
    ),
    "another size and another process": (
        "supplier,country,size,processes,listed_on\nMX-1,MX,huge,plating magic,2025-01-01\n",
        [
            "2: `processes` is `magic`. Write plating cleaning machining stamping moulding painting assembly; or nothing.",
            "2: `size` is `huge`. Write micro, small, medium, large; or nothing.",
        ],
    ),
    "a customer by name": (
        "supplier,country,customer,listed_on\nMX-1,MX,Ana López,2025-01-01\n",
        [
            "2: `customer` has another form than the list is written in. "
            "Write letters, digits and . _ / - without spaces, at most 64; or nothing."
        ],
    ),
    "enrolled before it was listed": (
        "supplier,country,listed_on,enrolled_on\nMX-1,MX,2025-02-01,2025-01-01\n",
        ["2: `enrolled_on` is 2025-01-01, before `listed_on`, 2025-02-01. Correct one of the two."],
    ),
    "twice in one addition": (
        "entry,supplier,country,listed_on\n1,MX-1,MX,2025-02-01\n1,MX-1,MX,2025-01-01\n",
        ["3: the supplier `MX-1` stands here and in line 2. Keep one of the two; a plant has one code and one line."],
    ),
    "left before it came": (
        HEAD + "MX-1,MX,2025-01-02,2025-01-01\n",
        ["2: `left_on` is 2025-01-01, before `enrolled_on`, 2025-01-02. Correct one of the two."],
    ),
    "a code twice": (
        HEAD + ROW + "\n MX-1 ,MX,2025-06-01,\n",
        ["4: the supplier `MX-1` stands here and in line 2. Keep one of the two; a plant has one code and one line."],
    ),
    "an open quote": (
        HEAD + ROW + '"CA-1,CA,2025-01-01,\n' + ROW,
        [
            "3: has a quote in the wrong place, or one that is not closed. "
            'Close the quote or take it out; write a quote within a quoted cell twice ("").'
        ],
    ),
    "a huge cell": (
        HEAD + f'"{"x" * 200_000}",MX,2025-01-01,\n',
        ["2: has a cell that is far too long. Shorten it; look for a quote that is not closed."],
    ),
    "several at once": (
        HEAD + "MX-1,BR,2025-01-01,\nCA-1,CA,soon,\n",
        [
            "2: the country is `BR`. Write one of CA, MX, US.",
            f"3: `enrolled_on` is `soon`, not a day from 2000 on. {DAY}.",
        ],
    ),
    "Windows-1252": (
        (HEAD + "Québec,CA,2025-01-01,\n").encode("cp1252"),
        [
            "2:3: is not UTF-8 (byte 0xE9); it looks like Windows-1252. "
            "Save it as UTF-8 (in the editor: Save with encoding)."
        ],
    ),
}


@pytest.mark.parametrize(("text", "expected"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_list_is_told_with_every_line_and_how_to_mend_it(tmp_path, text, expected):
    assert read(tmp_path, text) == [f"suppliers.csv:{problem}" for problem in expected]
