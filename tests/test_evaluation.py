"""The evaluation kit: complete, the same each time, pointing to nobody, fairly drawn, and true to what is public."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest
from evaluation_builders import AS_OF, KEY, NAMES, PERSON, hub, plants, shown, true
from greensupply import locales, published, rules
from greensupply.cli import main, setting
from greensupply.evaluation import plants as micro
from greensupply.evaluation import quality
from greensupply.evaluation.groups import ANY, NOT_YET, Column, bands, hide
from greensupply.evaluation.plants import EVENTS, InScope
from greensupply.evaluation.sample import FEWEST, RESERVE, SAMPLE, draw, shares
from greensupply.evaluation.wording import words
from greensupply.locales import LOCALES
from greensupply.outcome_counts import Stages
from greensupply.plants import Plant
from greensupply.store.outcomes import Rows
from outcome_builders import add, measurement
from scipy.stats import binom, chisquare

LEAST, HIGHEST_SHARE = 5, 0.8
"""What is promised, not what the code happens to say."""

SECRET = setting.pseudonyms(KEY.encode())


@pytest.fixture(scope="module")
def home(tmp_path_factory) -> Path:
    return hub(tmp_path_factory.mktemp("hub"))


@pytest.fixture(scope="module")
def kit(home) -> Path:
    assert made(home, "kit", "--supervised", str(home / "supervised")) == 0
    return home / "kit"


@pytest.fixture(scope="module")
def other(home) -> Path:
    """The same with another seed."""
    assert made(home, "other", seed=8) == 0
    return home / "other"


def made(home: Path, name: str, *more: str, seed: int = 7) -> int:
    folders = ["--records", str(home / "records"), "--modules", str(home / "modules"), "--out", str(home / name)]
    return main(["evaluation", *folders, "--seed", str(seed), "--sample", "12", *more])


def contents(folder: Path) -> dict[str, bytes]:
    return {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def table(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text(encoding="utf-8-sig"))))


# The folder


def test_the_folder_is_complete(kit):
    names = set(contents(kit))

    codes = [row["code"] for row in table(kit / "sample/plants.csv") if row["role"] == SAMPLE]
    assert len(codes) >= 12
    assert names == {
        *("SHA256SUMS", "provenance.json", "dictionary.csv", "queries/inputs.csv"),
        *(f"microdata/{name}.csv" for name in ("plants", "magnitudes", "protection")),
        *(f"quality/{name}.csv" for name in ("records", "lists", "classes", "missing", "coverage", "shares")),
        *("quality/set-aside.csv", "sample/strata.csv", "sample/plants.csv"),
        *(f"{name}README-{locale}.md" for name in ("", "queries/") for locale in LOCALES),
        *(f"report/report-{locale}.md" for locale in LOCALES),
        *(
            f"definitions/{name}-{locale}.csv"
            for name in ("figures", "metrics", "inputs", "complements", "factors", "rates")
            for locale in LOCALES
        ),
        *(f"sample/{locale}/{code}.{form}" for locale in LOCALES for code in codes for form in ("csv", "xlsx")),
        *(f"queries/{room}/definitions.yml" for room in ("tally", "outcomes")),
        *(
            f"queries/{room}/{file.name}"
            for room in ("tally", "outcomes")
            for file in (Path(quality.__file__).parent.parent / room).glob("*.sql")
        ),
    }
    sums = dict(reversed(line.split("  ")) for line in (kit / "SHA256SUMS").read_text(encoding="utf-8").splitlines())
    assert sums == {
        name: hashlib.sha256(data).hexdigest() for name, data in contents(kit).items() if name != "SHA256SUMS"
    }


def test_every_column_is_in_the_dictionary(kit):
    told = {(row["file"], row["column"]) for row in table(kit / "dictionary.csv")}

    for file in (*kit.glob("microdata/*.csv"), *kit.glob("quality/*.csv"), *kit.glob("sample/*.csv")):
        name = file.relative_to(kit).as_posix()
        head = next(csv.reader([file.read_text(encoding="utf-8-sig").splitlines()[0]]))
        assert {(name, column) for column in head} <= told
    assert all(row[f"description_{locale}"] for row in table(kit / "dictionary.csv") for locale in LOCALES)


def test_the_same_records_key_and_seed_give_the_same_bytes_in_whatever_order_rows_come(kit, home, tmp_path):
    assert made(home, "again") == 0
    other = hub(tmp_path / "other", shuffle=5)
    assert made(other, "kit") == 0

    first, again, shuffled = contents(kit), contents(home / "again"), contents(other / "kit")
    assert first == again
    changed = {name for name in first if shuffled.get(name) != first[name]}
    assert changed == {"queries/inputs.csv", "SHA256SUMS"}  # the lists themselves have other bytes


def test_another_seed_gives_other_codes_and_plants_but_the_same_classes(kit, other):
    def classes(folder: Path) -> list[tuple[str, ...]]:
        return sorted(
            tuple(value for name, value in row.items() if name != "code")
            for row in table(folder / "microdata/plants.csv")
        )

    def codes(folder: Path, name: str) -> set[str]:
        return {row["code"] for row in table(folder / name)}

    assert classes(kit) == classes(other)
    for name in ("microdata/plants.csv", "microdata/magnitudes.csv", "sample/plants.csv"):
        assert not codes(kit, name) & codes(other, name)


# Nobody is pointed to


def everything(folder: Path) -> Iterator[tuple[str, str]]:
    """Every text of the folder, those inside workbooks too, and every name of a file."""
    for name, data in contents(folder).items():
        yield "a name", name
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(data)) as book:
                yield from ((f"{name}!{part}", book.read(part).decode()) for part in book.namelist())
        else:
            yield name, data.decode()


def test_no_supplier_code_no_pseudonym_no_name_is_in_any_file(kit):
    learners = {f"{number:032x}" for number in range(1, 41)}
    assert all(re.fullmatch(r"(?:CA|MX|US)-PLANT-\d{4}", plant.supplier) for plant in plants())
    pattern = re.compile(
        r"(?:CA|MX|US)-(?:PLANT|VISIT)|" + "|".join([*NAMES, PERSON, "SECRET-CUSTOMER", KEY]), re.IGNORECASE
    )

    for place, text in everything(kit):
        assert not pattern.search(text), place
        assert not learners & set(re.findall(r"[0-9a-f]{32}", text)), place


def covers(label: str, value: str) -> bool:
    """May a row with this label be a plant with this value?"""
    if label == ANY:
        return True
    low, between, high = label.partition("..")
    return value != NOT_YET and low <= value <= high if between else value in label.split("+")


def in_scope(home: Path) -> tuple[InScope, ...]:
    held = quality.read(home / "records", AS_OF)
    return micro.in_scope([line.plant for line in held.listed], held.rows, AS_OF)


def test_whoever_knows_all_of_a_plant_finds_it_among_five_or_more(kit, home):
    rows = table(kit / "microdata/plants.csv")
    names = [column.name for column in micro.PLANT_COLUMNS]

    assert min(Counter(tuple(row[name] for name in names) for row in rows).values()) >= LEAST
    for one in in_scope(home):
        known = {"country": one.country, "size": one.size, "process_group": one.process_group, **one.events}
        fitting = [row for row in rows if all(covers(row[name], known[name]) for name in names)]
        assert len(fitting) >= LEAST


def test_no_combination_gives_a_band_away(kit):
    rows = table(kit / "microdata/magnitudes.csv")
    names = ["measure", *(column.name for column in micro.MAGNITUDE_COLUMNS)]
    classes: dict[tuple[str, ...], Counter[str]] = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        classes.setdefault(key, Counter())[f"{row['from']}..{row['below']}"] += 1

    assert len(classes) > 50
    for found in classes.values():
        assert found.total() >= LEAST
        assert max(found.values()) <= HIGHEST_SHARE * found.total()


def test_no_band_holds_fewer_than_five_plants_and_the_ends_are_open(kit):
    found: dict[str, Counter[tuple[str, str]]] = {}
    for row in table(kit / "microdata/magnitudes.csv"):
        found.setdefault(row["measure"], Counter())[row["from"], row["below"]] += 1

    assert set(found) >= {"energy", "water", "saved", "count:identified", "change:energy"}
    for counts in found.values():
        assert min(counts.values()) >= LEAST
        assert any(low == "" for low, _ in counts)
        assert any(high == "" for _, high in counts)


def test_the_tables_cannot_be_joined(kit):
    rows = table(kit / "microdata/magnitudes.csv")
    codes = [row["code"] for row in rows]
    others = [row["code"] for name in ("microdata/plants", "sample/plants") for row in table(kit / f"{name}.csv")]

    assert len(set(codes)) == len(codes)
    assert not set(codes) & set(others)
    assert len(set(others)) == len(others)
    for measure in {row["measure"] for row in rows}:
        mine = [row["code"] for row in rows if row["measure"] == measure]
        assert mine == sorted(mine)


def test_without_the_key_no_code_can_be_made(kit):
    codes = {row["code"] for row in table(kit / "microdata/plants.csv")}
    guesses = [f"evaluation code 7 plants {plant.supplier}" for plant in plants()]

    assert not codes & {"P" + setting.pseudonyms(b"x" * 40)(guess)[:12].upper() for guess in guesses}
    assert not codes & {"P" + hashlib.sha256(guess.encode()).hexdigest()[:12].upper() for guess in guesses}
    assert codes <= {"P" + SECRET(guess)[:12].upper() for guess in guesses}


def some_rows(seed: int, count: int) -> list[dict[str, str]]:
    dice = random.Random(seed)
    return [
        {
            "country": dice.choices(("CA", "MX", "US"), (1, 8, 3))[0],
            "since": dice.choice((NOT_YET, *(f"{year}-Q{n}" for year in (2024, 2025) for n in (1, 2, 3, 4)))),
            "band": dice.choices("ABC", (5, 3, 1))[0],
            "code": str(number),
        }
        for number in range(count)
    ]


@pytest.mark.parametrize("told", ["", "band"])
@pytest.mark.parametrize("seed", range(40))
def test_rows_hide_whatever_they_are(seed, told):
    rows = some_rows(seed, seed * 3)
    columns = (Column("country"), Column("since", ordered=True))

    hidden = hide(rows, columns, told)

    assert len(hidden.rows) + hidden.suppressed == len(rows)
    classes: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in hidden.rows:
        classes.setdefault((row["country"], row["since"]), []).append(row)
        truth = rows[int(row["code"])]
        assert covers(row["country"], truth["country"])
        assert covers(row["since"], truth["since"])
    for found in classes.values():
        assert len(found) >= LEAST
        if told:
            assert max(Counter(row["band"] for row in found).values()) <= HIGHEST_SHARE * len(found)
    random.Random(1).shuffle(rows)
    assert {row["code"]: row for row in hide(rows, columns, told).rows} == {row["code"]: row for row in hidden.rows}


def test_the_largest_plant_is_in_an_open_band():
    values = {str(number): float(number) for number in range(1, 20)} | {"giant": 1e7}

    found = bands(values, [3, 10, 30, 100, 1000, 1e6])

    assert found["giant"].endswith("..")
    assert min(Counter(found.values()).values()) >= LEAST


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([90, 3, 0, 8], [90, None, 0, None]),
        ([90, 3, 2, 8], [90, None, None, 8]),
        ([90, 1, 2, 8], [90, None, None, None]),
        ([0, 0], [0, 0]),
    ],
)
def test_a_number_that_is_withheld_cannot_be_subtracted_back(numbers, expected):
    assert quality.withheld(numbers) == expected


# What was counted


def test_the_events_are_those_of_the_published_stages(home):
    results, scope = true(home / "records"), in_scope(home)

    found = results.stages["", "2026-Q3"]
    come = {name: sum(one.events[name] != NOT_YET for one in scope) for name in EVENTS}
    assert (found.scope, found.assessed, found.acting, found.verified) == (
        *(len(scope), come["assessed"], come["acting"], come["verified"]),
    )
    assert 0 < come["verified"] < come["acting"] < come["assessed"] < len(scope)


def test_a_plant_that_left_is_not_in_scope_and_an_open_quarter_does_not_count():
    listed = [
        Plant("A", "MX", date(2025, 1, 1), date(2026, 10, 5)),
        Plant("B", "MX", date(2025, 1, 1), left_on=date(2026, 9, 29)),
        Plant("C", "MX", date(2025, 1, 1), left_on=date(2026, 9, 30)),
        Plant("D", "MX", date(2026, 10, 1)),
    ]

    found = micro.in_scope(listed, Rows(), AS_OF)

    assert [(one.supplier, one.events["enrolled"]) for one in found] == [("A", NOT_YET), ("C", NOT_YET)]


def test_the_queries_that_stay_with_the_programme_count_the_same_without_it(kit, home):
    text = (home / "supervised/run.sql").read_text(encoding="utf-8")
    heading, results = "", {}
    with duckdb.connect() as connection:
        for statement in connection.extract_statements(text):
            if named := re.findall(r"^-- (\w+/\w+\.sql)$", statement.query, re.MULTILINE):
                heading = named[0]
            answer = connection.execute(statement)
            if heading and statement.type == duckdb.StatementType.SELECT:
                results[heading] = answer.fetchall()

    expected = true(home / "records")
    stages = {(country, quarter): Stages(*counts) for country, quarter, _, *counts in results["outcomes/stages.sql"]}
    assert stages == expected.stages
    sums: dict[tuple[str, str, str], float] = {}
    for name in ("quarterly", "cumulative"):
        for measure, country, period, _, _, amount in results[f"outcomes/{name}.sql"]:
            sums[measure, country, period] = sums.get((measure, country, period), 0.0) + amount
    assert sums == pytest.approx({key: amount.total for key, amount in expected.amounts.items()})
    assert results["tally/completions.sql"] == [(40,)]
    for name in results:
        assert (kit / "queries" / name).exists()


def test_inputs_have_the_digest_of_their_bytes(kit, home):
    found = {row["file"]: row["sha256"] for row in table(kit / "queries/inputs.csv")}

    assert {"suppliers.csv", "measurements.csv", "metrics.yml", "published.json", "published-outcomes.json"} <= set(
        found
    )
    for name, digest in found.items():
        assert digest == hashlib.sha256((home / "records" / name).read_bytes()).hexdigest()


def test_what_was_set_aside_is_told_by_its_rule_and_never_by_its_words(tmp_path):
    (tmp_path / "set-aside").mkdir()
    said = [
        rules.said(rules.problem("outcome-code", "ANA.csv", 3, 1, column="supplier", value="ANA PEREZ"), locale)[0]
        for locale in LOCALES
    ]
    rows = "".join(f'ANA.csv,3,"{what}",Mend it.\r\n' for what in (*said, "ANA PEREZ is odd."))
    (tmp_path / "set-aside/ANA.csv-1.csv").write_text(f"file,line,reason,mend\r\n{rows}", encoding="utf-8")

    found = list(quality.set_aside(tmp_path))

    assert [(rule, number) for rule, number, *_ in found] == [("outcome-code", 3), ("other", 1)]
    assert "ANA" not in str(found)


def test_a_row_is_late_after_ninety_days_but_those_of_the_baseline_are_not(tmp_path):
    plant = Plant("MX-1", "MX", date(2024, 1, 1), date(2026, 1, 15))
    rows = [
        measurement(period=period, recorded_on=day)
        for period, day in (
            ("2024-Q4", date(2026, 4, 15)),
            ("2025-Q1", date(2026, 4, 16)),
            ("2026-Q1", date(2026, 6, 29)),
            ("2026-Q2", date(2026, 9, 29)),
        )
    ]
    corrected = measurement(period="2026-Q1", value=Decimal(1), recorded_on=date(2026, 10, 1))
    add(tmp_path, plant, on=date(2024, 1, 2))
    add(tmp_path, *rows, corrected)

    found = {name: numbers for name, *numbers in quality.lists(quality.read(tmp_path, AS_OF))}

    assert found["measurements"] == [5, 4, 1, 0, 2]  # rows, holding, superseded, withdrawn, late
    assert found["plants"] == [1, 1, 0, 0, None]


# The sample


def scope(sizes: Mapping[tuple[str, str], int]) -> list[InScope]:
    events = dict.fromkeys(EVENTS, NOT_YET)
    return [
        InScope(f"{country}-{size}-{number}", country, size, "metal", events)
        for (country, size), count in sizes.items()
        for number in range(count)
    ]


FRAME = scope({("MX", "small"): 20, ("MX", "larger"): 10, ("US", "small"): 12, ("CA", "small"): 8})


def test_every_plant_of_a_stratum_is_drawn_with_the_same_chance_and_so_is_every_pair():
    """1,500 seeds: chi-square over plants and pairs, and places in the draw. The seeds are fixed, so it cannot flicker."""
    draws = [draw(FRAME, 12, SECRET, seed).plants for seed in range(1500)]
    first = [one for one in draws[0] if one.role == SAMPLE and one.stratum == ("US", "small")]
    chosen: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    for plants_drawn in draws:
        mine = sorted(one.supplier for one in plants_drawn if one.role == SAMPLE and one.stratum == ("US", "small"))
        chosen.update(mine)
        pairs.update((one, two) for place, one in enumerate(mine) for two in mine[place + 1 :])

    codes = [one.supplier for one in FRAME if one.country == "US"]
    times = len(draws) * len(first)
    assert sum(chosen.values()) == times
    for code in codes:
        assert 1e-4 < binom.cdf(chosen[code], len(draws), len(first) / len(codes)) < 1 - 1e-4
    together = [pairs[one, two] for place, one in enumerate(sorted(codes)) for two in sorted(codes)[place + 1 :]]
    assert chisquare(together).pvalue > 0.01


def test_the_same_seed_draws_the_same_plants_in_whatever_order_they_come():
    frame = list(FRAME)
    drawn = draw(frame, 12, SECRET, 3)
    random.Random(2).shuffle(frame)

    assert draw(frame, 12, SECRET, 3) == drawn
    assert draw(frame, 12, SECRET, 4).plants != drawn.plants
    gone = next(one.supplier for one in drawn.plants if one.stratum == ("MX", "small") and one.role == RESERVE)
    rest = draw([one for one in frame if one.supplier != gone], 12, SECRET, 3)
    assert {one.supplier for one in drawn.plants if one.role == SAMPLE} == {
        one.supplier for one in rest.plants if one.role == SAMPLE
    }


def test_strata_have_their_share_and_small_ones_stand_together():
    drawn = draw([*FRAME, *scope({("CA", "larger"): 3})], 12, SECRET, 1)

    assert drawn.frame == {("CA", ANY): 11, ("MX", "larger"): 10, ("MX", "small"): 20, ("US", "small"): 12}
    assert sum(drawn.taken.values()) == 12
    assert draw(FRAME[:4], 12, SECRET, 1).plants == ()
    assert draw(FRAME[:4], 12, SECRET, 1).left_out == 4


@pytest.mark.parametrize(
    ("counts", "size", "expected"),
    [
        ((50, 30, 20), 10, (5, 3, 2)),
        ((90, 6, 5), 10, (9, FEWEST, FEWEST)),
        ((5, 5), 30, (5, 5)),
        ((), 30, ()),
        ((7, 7, 7), 10, (4, 3, 3)),
    ],
)
def test_shares_are_in_proportion(counts: Sequence[int], size: int, expected: Sequence[int]):
    named = {("MX", str(place)): count for place, count in enumerate(counts)}

    assert tuple(shares(named, size).values()) == tuple(expected)


def test_a_sheet_asks_for_every_quantity_and_says_nothing_of_what_was_reported(kit):
    code = next(row["code"] for row in table(kit / "sample/plants.csv"))

    for locale in LOCALES:
        rows = table(kit / f"sample/{locale}/{code}.csv")
        headings = words(locale)["sheet"]["columns"]
        assert list(rows[0]) == list(headings.values())
        assert {row[headings["period"]] for row in rows} == {
            locales.period(name, locale) for name in ("2025-Q4", "2026-Q1", "2026-Q2", "2026-Q3")
        }
        for field in ("meter", "start", "end", "factor", "found"):
            assert {row[headings[field]] for row in rows} == {""}


# The report


@pytest.mark.parametrize("locale", LOCALES)
def test_every_figure_of_the_report_is_the_public_one(kit, home, locale):
    text = (kit / f"report/report-{locale}.md").read_text(encoding="utf-8")
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if re.match(r"\| [A-Z]\d+", line)]
    found = {code: value for code, _, value, _ in reversed(rows)}
    people = published.load((home / "records/published.json").read_text(encoding="utf-8"))
    public = shown(true(home / "records"))
    stages = public.stages["", "2026-Q3"]
    countries = ("CA", "MX", "US")

    def percent(share: int) -> str:
        return locales.percent(share / 100, locale)

    assert found["H1"] == locales.number(people.learners, locale)
    assert found["T3"] == percent(people.pass_rate)
    assert found["T6"] == percent(people.activation)
    assert found["P0"] == locales.number(stages.scope, locale)
    for code, stage in (("P3", "assessed"), ("P4", "acting"), ("P5", "verified")):
        assert found[code] == f"{getattr(stages, stage)} ({percent(public.share('', '2026-Q3', stage))})"
    assert found["P6"] == percent(public.conversion("", "2026-Q3"))
    assert found["P7"] == percent(public.implementation(countries))
    assert found["P8"] == percent(public.realisation(countries))
    assert str(public.days_to_action) in found["P9"]
    saved = Decimal(f"{public.value('saved', countries, ''):.3g}")
    assert locales.number(saved.quantize(Decimal(1)), locale) in found["E15"]
    assert found["H13"] == percent(public.coverage["", "2026-Q3"])
    assert percent(public.change("energy", countries, "2026-Q3")) in found["E14c"]


def test_a_report_without_published_results_says_so(home, kit, tmp_path, capsys):
    bare = hub(tmp_path / "bare", count=3)
    for name in ("published.json", "published-outcomes.json"):
        (bare / "records" / name).unlink()

    assert made(bare, "kit", "--as-of", "2026-10-31") == 0

    assert "published-outcomes.json: no such file" in capsys.readouterr().out
    text = (bare / "kit/report/report-en.md").read_text(encoding="utf-8")
    assert "No figures of plants are published yet." in text
    assert table(bare / "kit/microdata/plants.csv") == []
    protection = table(bare / "kit/microdata/protection.csv")
    assert {row["suppressed"] for row in protection} == {"<5"}


def test_demonstration_data_is_marked_everywhere(kit, home, tmp_path):
    assert "demonstration" not in (kit / "README-en.md").read_text(encoding="utf-8").lower()
    other = shutil.copytree(home, tmp_path / "demo", ignore=shutil.ignore_patterns("kit", "again", "other", "turns"))
    state = json.loads((other / "records/published-outcomes.json").read_text(encoding="utf-8"))
    (other / "records/published-outcomes.json").write_text(
        json.dumps({**state, "demonstration": True}), encoding="utf-8"
    )

    assert made(other, "kit") == 0

    for locale in LOCALES:
        for name in ("README", "queries/README", "report/report"):
            assert words(locale)["demonstration"] in (other / f"kit/{name}-{locale}.md").read_text(encoding="utf-8")
        code = next(row["code"] for row in table(other / "kit/sample/plants.csv"))
        assert words(locale)["demonstration_short"] in (other / f"kit/sample/{locale}/{code}.csv").read_text("utf-8")
    for file in (*other.glob("kit/microdata/*.csv"), *other.glob("kit/quality/*.csv"), *other.glob("kit/sample/*.csv")):
        assert {row["demonstration"] for row in table(file)} <= {"true"}


# The command


@pytest.mark.parametrize(
    ("more", "said"),
    [
        (["--sample", "0"], "Draw at least one plant with --sample."),
        (["--as-of", "2026-10-30"], "2026-10-30 is not the end of a month. Write 2026-10-31."),
        (["--supervised", "{out}/secret"], "lies in the folder that is handed over, and would name plants."),
    ],
)
def test_a_command_that_makes_no_sense_is_refused_before_anything_is_read(home, tmp_path, capsys, more, said):
    out = tmp_path / "out"
    given = ["evaluation", "--records", str(home / "records"), "--modules", str(home / "modules"), "--out", str(out)]

    assert main([*given, *(word.format(out=out) for word in more)]) == 2

    assert said in capsys.readouterr().err
    assert not out.exists()


def test_a_folder_with_other_files_is_left_alone_and_an_older_kit_is_replaced(home, kit, other, capsys):
    (home / "mine").mkdir()
    (home / "mine/letter.txt").write_text("Dear", encoding="utf-8")
    assert made(home, "mine") == 2
    assert "holds other files than an evaluation kit" in capsys.readouterr().err
    assert [file.name for file in (home / "mine").iterdir()] == ["letter.txt"]

    shutil.copytree(other, home / "turns")
    assert made(home, "turns") == 0
    assert contents(home / "turns") == contents(kit)


def test_words_are_the_same_in_every_language():
    def flat(value: object, place: str = "") -> Iterator[tuple[str, str]]:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                yield from flat(inner, f"{place}/{key}")
        elif isinstance(value, list):
            for number, inner in enumerate(value):
                yield from flat(inner, f"{place}/{number}")
        else:
            yield place, str(value)

    def named(locale: str) -> dict[str, list[str]]:
        return {place: sorted(re.findall(r"\{\w+\}", text)) for place, text in flat(words(locale))}

    assert named("es") == named("en") == named("fr")
    assert [text for _, text in flat(words("fr")) if re.search(r" [:;?!%]|\u00a0[;?!]|'", text)] == []
