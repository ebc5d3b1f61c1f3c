"""`greensupply records` on a terminal: what it says, what it exits with, and what it never writes."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import resource
import stat
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from builders import project, write
from greensupply import store
from greensupply.cli import main
from greensupply.cli.progress import watched
from greensupply.store import arrivals
from record_builders import lines, roster, row, statement, verb
from store_builders import content, ids

KEY = "a key for tests that is long enough"
FINGERPRINT_OF = b"greensupply: the key of these records"
DAY = "2024-03-05"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path, monkeypatch, capsys) -> Run:
    """Run `greensupply` beside the smallest hub; returns the exit code and both outputs."""
    write(tmp_path, project())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", KEY)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        said = capsys.readouterr()
        return code, said.out, said.err

    return command


def about_rinsing(number: int = 1, *without: str, **changes: object) -> dict[str, object]:
    changes = {"object": {"id": "https://hub.example/modules/rinsing"}, "timestamp": f"{DAY}T12:00:00Z", **changes}
    return statement(number, *without, **changes)


def students(*names: str, **changes: str) -> str:
    """A roster of learners of one class."""
    same = {"module": "rinsing", "date": DAY, **changes}
    return roster(*(row(e_mail=f"{name}@plant.example", **same) for name in names))


# Adding


def test_a_roster_is_added_once_and_the_same_again_is_there_already(run):
    Path("class.csv").write_text(students("ana", "luis", "eva"))

    assert run("records", "add", "class.csv") == (0, "class.csv: 3 read: 3 new.\n", "")
    before = content(Path("records"))
    assert run("records", "add", "class.csv") == (0, "class.csv: 3 read: 0 new, 3 already there.\n", "")
    assert content(Path("records")) == before
    assert len(ids(store.files(Path("records")))) == 3


def test_several_files_are_told_one_by_one_and_together(run):
    Path("class.csv").write_text(students("ana"))
    Path("web.jsonl").write_text(lines(about_rinsing(1), about_rinsing(1), about_rinsing(2)))
    taken_back = about_rinsing(
        3, verb=verb("voided"), object={"objectType": "StatementRef", "id": about_rinsing(2)["id"]}
    )
    Path("void.json").write_text(json.dumps(taken_back))

    assert run("records", "add", "class.csv", "web.jsonl", "void.json") == (
        0,
        "class.csv: 1 read: 1 new.\n"
        "web.jsonl: 3 read: 2 new, 1 already there.\n"
        "void.json: 1 read: 0 new, 1 taken back.\n"
        "Together: 5 read: 3 new, 1 already there, 1 taken back.\n",
        "",
    )
    assert run("records", "add", "web.jsonl") == (
        0,
        "web.jsonl: 3 read: 0 new, 2 already there, 1 not added, as they are taken back.\n",
        "",
    )


def test_51_an_empty_file_is_said_to_hold_no_records(run):
    Path("empty.csv").write_text("")

    assert run("records", "add", "empty.csv") == (
        0,
        "empty.csv: 0 read: 0 new.\n"
        "  Note: empty.csv:1: is empty: 0 records. Export or save it again if it should not be.\n",
        "",
    )
    assert list(content(Path("records"))) == ["key-fingerprint"]


def test_what_is_wrong_is_shown_and_set_aside_and_the_rest_is_taken(run):
    Path("class.csv").write_text(students("ana", "luis") + "eva@plant.example,S-1,MX,rinsing,2024-03-05,140%\r\n")

    code, out, err = run("records", "add", "class.csv")

    (file,) = Path("records/set-aside").iterdir()
    problem = next(line for line in out.splitlines() if line.startswith("  class.csv:4: "))
    assert (code, err) == (0, "")
    assert out == (f"class.csv: 3 read: 2 new, 1 set aside.\n{problem}\n  All that was set aside: {file.as_posix()}\n")
    assert re.fullmatch(r"class\.csv-[0-9a-f]{8}\.csv", file.name)
    heading, aside = file.read_text().splitlines()
    assert heading == "file,line,reason,mend"
    assert aside.startswith("class.csv,4,")
    assert [part in problem for part in aside.split(",")[2:]] == [True, True]


def test_only_the_first_twenty_are_shown_and_all_are_in_the_file(run):
    Path("class.csv").write_text(students(*(f"p{number}" for number in range(25)), score="140%"))

    code, out, _ = run("records", "add", "class.csv")

    (file,) = Path("records/set-aside").iterdir()
    assert code == 1, "nothing could be read"
    assert out.count("\n  class.csv:") == 20
    assert out.endswith(f"\n  And 5 more. All that was set aside: {file.as_posix()}\n")
    assert len(file.read_text().splitlines()) == 26


def test_a_file_of_what_was_set_aside_goes_when_nothing_is_set_aside_any_more(run, tmp_path):
    other = {
        "modules/washing/module.yml": project()["modules/rinsing/module.yml"].replace("id: rinsing", "id: washing")
    }
    other |= {f"modules/washing/{name}.md": project()[f"modules/rinsing/{name}.md"] for name in ("en", "es", "fr")}
    Path("class.csv").write_text(students("ana") + students("luis", module="washing").partition("\n")[2])

    assert run("records", "add", "class.csv")[1].startswith("class.csv: 2 read: 1 new, 1 set aside.\n")
    assert len(list(Path("records/set-aside").iterdir())) == 1
    write(tmp_path, other)
    assert run("records", "add", "class.csv") == (0, "class.csv: 2 read: 1 new, 1 already there.\n", "")
    assert list(Path("records/set-aside").iterdir()) == []


def test_strict_makes_what_is_set_aside_an_error(run):
    Path("class.csv").write_text(students("ana") + students("luis", score="140%").partition("\n")[2])

    assert run("records", "add", "class.csv")[0] == 0
    assert run("records", "add", "--strict", "class.csv")[0] == 1


def test_38_a_corrected_score_is_a_conflict_with_the_line_of_both(run):
    Path("class.csv").write_text(students("ana", "luis"))
    run("records", "add", "class.csv")
    Path("again.csv").write_text(students("luis", score="95%"))

    code, out, _ = run("records", "add", "again.csv")

    (batch,) = store.files(Path("records"))
    assert code == 1
    assert out.startswith("again.csv: 1 read: 0 new, 1 set aside (1 in conflict with another record).\n  again.csv:2: ")
    assert re.search(rf"differs from the one of the same id at {batch.as_posix()}:[12], which is kept\.", out)


def test_52_a_file_that_cannot_be_read_does_not_stop_the_others(run):
    Path("folder").mkdir()
    Path("class.csv").write_text(students("ana"))

    code, out, err = run("records", "add", "missing.csv", "folder", "class.csv")

    assert (code, err) == (0, "")
    assert out.startswith("missing.csv: 1 read: 0 new, 1 set aside.\n  missing.csv:1: ")
    assert "\nfolder: 1 read: 0 new, 1 set aside.\n  folder:1: " in out
    assert out.endswith("\nclass.csv: 1 read: 1 new.\nTogether: 3 read: 1 new, 2 set aside.\n")


def test_old_ids_of_modules_are_read_by_the_aliases(run):
    Path("class.csv").write_text(students("ana", module="old-rinsing"))
    Path("records").mkdir()
    Path("records/aliases.yml").write_text("old-rinsing: rinsing\n")

    assert run("records", "add", "class.csv") == (0, "class.csv: 1 read: 1 new.\n", "")

    Path("records/aliases.yml").write_text("old-rinsing: rinsing\nother: [rinsing]\n")
    assert run("records", "add", "class.csv") == (
        1,
        "",
        "records/aliases.yml:2: `other` does not lead to the id of a module. Write `old-module-id: new-module-id`.\n"
        "Problems: 1.\n",
    )


def test_broken_modules_stop_before_anything_is_read(run):
    Path("class.csv").write_text(students("ana"))
    Path("modules/rinsing/module.yml").write_text("[")

    code, out, err = run("records", "add", "class.csv")

    assert (code, out) == (1, "")
    assert err.startswith("modules/rinsing/module.yml:1")
    assert not Path("records").exists()


# People


def test_no_name_address_or_account_is_written_anywhere(run):
    personal = ("ana.garcia", "García", "plant.example", "luis.perez", "secret-account", "00417")
    Path("class.csv").write_text(
        "E-mail,Name,Employee number,Supplier,Module,Date,Score,Instructor\n"
        "ana.garcia@plant.example,Ana García,00417,S-1,rinsing,2024-03-05,90%,luis.perez@plant.example\n"
        "ana.garcia@plant.example,Ana García,00417,Ana García,rinsing,2024-03-05,90%,luis.perez@plant.example\n"
        "ana.garcia@plant.example,Ana García,00417,S-1,Ana García,2024-03-05,90%,luis.perez@plant.example\n"
        "ana.garcia@plant.example,Ana García,00417,S-1,rinsing,Ana García,90%,luis.perez@plant.example\n"
        "ana.garcia@plant.example,Ana García,00417,S-1,rinsing,2024-03-05,Ana García,luis.perez@plant.example\n",
        encoding="utf-8",
    )
    actor = {"objectType": "Agent", "account": {"homePage": "https://plant.example", "name": "secret-account"}}
    Path("lms.jsonl").write_text(lines(about_rinsing(1, actor=actor), about_rinsing(2, "id", actor=actor)))

    code, out, err = run("records", "add", "class.csv", "lms.jsonl")

    written = b"".join(path.read_bytes() for path in Path("records").rglob("*") if path.is_file()).decode()
    assert (code, err) == (0, "")
    assert out.endswith("Together: 7 read: 2 new, 5 set aside.\n")
    assert [word for word in personal if word in written or word in out] == []


def test_pseudonyms_are_keyed(run, monkeypatch):
    Path("class.csv").write_text(students("ana"))
    run("records", "add", "class.csv", "--records", "one")
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", f"{KEY}!")
    run("records", "add", "class.csv", "--records", "other")

    one, other = (json.loads(store.files(Path(name))[0].read_text()) for name in ("one", "other"))
    assert one["learner"] == hmac.new(KEY.encode(), b"mailto:ana@plant.example", hashlib.sha256).hexdigest()[:32]
    assert one["learner"] != other["learner"]


def test_without_a_key_nothing_is_read(run, monkeypatch):
    monkeypatch.delenv("GREENSUPPLY_RECORDS_KEY")
    Path("class.csv").write_text(students("ana"))

    assert run("records", "add", "class.csv") == (
        2,
        "",
        "There is no key to make pseudonyms with, and no name is ever written. Set GREENSUPPLY_RECORDS_KEY, "
        "or make records/.key with `greensupply records new-key`.\n",
    )
    assert not Path("records").exists()


def test_a_short_key_is_refused(run, monkeypatch):
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", "k" * 31)
    Path("class.csv").write_text(students("ana"))

    assert run("records", "add", "class.csv") == (
        2,
        "",
        "GREENSUPPLY_RECORDS_KEY: the key has fewer than 32 characters, so it could be guessed. "
        "Make one with `greensupply records new-key`.\n",
    )


def test_a_new_key_is_for_its_owner_alone_and_is_never_made_twice(run, monkeypatch):
    monkeypatch.delenv("GREENSUPPLY_RECORDS_KEY")
    Path("class.csv").write_text(students("ana"))

    code, out, _ = run("records", "new-key")

    file = Path("records/.key")
    made = file.read_text()
    assert (code, out.splitlines()[0]) == (0, "records/.key is the new key.")
    assert made.strip() not in out
    assert "never in git" in out
    assert re.fullmatch("[0-9a-f]{64}\n", made)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert run("records", "new-key") == (
        2,
        "",
        "records/.key exists. With another key everybody would get another pseudonym and count twice.\n",
    )
    assert file.read_text() == made
    assert run("records", "add", "class.csv") == (0, "class.csv: 1 read: 1 new.\n", "")


OTHER_KEY = (
    "records/key-fingerprint: the records here were made with another key; with this one everybody would be somebody "
    "else and count again. Put the old key back, into GREENSUPPLY_RECORDS_KEY (which comes first) or into records/.key. "
    "If it is lost, start the store anew: move records/completions and records/.cursor.json away, make a key with "
    "`greensupply records new-key` if you have none, and add every file again.\n"
)


def test_the_first_addition_writes_down_which_key_it_was_and_never_the_key(run):
    Path("class.csv").write_text(students("ana"))

    run("records", "add", "class.csv")

    mark = Path("records/key-fingerprint").read_text()
    assert mark == f"{hmac.new(KEY.encode(), FINGERPRINT_OF, hashlib.sha256).hexdigest()[:16]}\n"


@pytest.mark.parametrize(
    "command",
    [
        ("records", "add", "more.csv"),
        ("records", "pull", "--endpoint", "https://lrs.example.org/xapi"),
        ("records", "new-key"),
    ],
    ids=lambda command: command[1],
)
def test_another_key_than_that_of_the_records_is_refused_with_the_way_back(run, monkeypatch, command):
    monkeypatch.setenv("GREENSUPPLY_LRS_USER", "programme")
    monkeypatch.setenv("GREENSUPPLY_LRS_PASSWORD", "password")
    Path("class.csv").write_text(students("ana"))
    Path("more.csv").write_text(students("luis"))
    run("records", "add", "class.csv")
    before = content(Path("records"))
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", f"{KEY}!")

    assert run(*command) == (2, "", OTHER_KEY)
    assert content(Path("records")) == before
    assert not Path("records/.key").exists()
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", KEY)
    assert run("records", "add", "more.csv") == (0, "more.csv: 1 read: 1 new.\n", "")


def test_a_store_that_is_begun_anew_takes_another_key(run, monkeypatch):
    Path("class.csv").write_text(students("ana"))
    run("records", "add", "class.csv")
    Path("records/completions").rename("old")
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", f"{KEY}!")

    assert run("records", "add", "class.csv") == (0, "class.csv: 1 read: 1 new.\n", "")
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", KEY)
    assert run("records", "add", "class.csv") == (2, "", OTHER_KEY)


def test_records_from_before_the_fingerprint_are_held_to_the_next_key(run, monkeypatch):
    Path("class.csv").write_text(students("ana"))
    run("records", "add", "class.csv")
    Path("records/key-fingerprint").unlink()

    assert run("records", "add", "class.csv") == (0, "class.csv: 1 read: 0 new, 1 already there.\n", "")
    monkeypatch.setenv("GREENSUPPLY_RECORDS_KEY", f"{KEY}!")
    assert run("records", "add", "class.csv") == (2, "", OTHER_KEY)


# Looking after the store


def test_files_can_be_checked_without_a_key_and_nothing_is_written(run, monkeypatch):
    monkeypatch.delenv("GREENSUPPLY_RECORDS_KEY")
    Path("class.csv").write_text(students("ana") + students("luis", score="140%").partition("\n")[2])

    code, out, err = run("records", "check", "class.csv")

    assert (code, err) == (0, "")
    assert out.startswith("class.csv: 2 read, of which 1 would be set aside.\n  class.csv:3: ")
    assert out.count("\n") == 2
    assert not Path("records").exists()
    assert run("records", "check", "--strict", "class.csv")[0] == 1


def test_the_store_is_checked_counted_and_packed(run):
    Path("class.csv").write_text(students("ana", "luis", "eva"))
    Path("web.jsonl").write_text(lines(about_rinsing(1, result={"score": {"scaled": 0.5}, "success": False})))
    run("records", "add", "class.csv", "web.jsonl")

    assert run("records", "check") == (0, "Files: 2. Problems: 0.\n", "")
    assert run("records", "compact") == (0, "2 batches packed; the compacted file holds 4 records.\n", "")
    size = Path("records/completions/compacted.parquet").stat().st_size
    assert run("records", "stats") == (
        0,
        "Records: 4, of which 3 reached the pass mark.\n"
        "Taken back: 0.\n"
        "Completed: 2024-03-05 to 2024-03-05.\n"
        "By country: MX 4.\n"
        "By module: rinsing 4.\n"
        "By language: not said 3, es 1.\n"
        "By delivery: classroom 3, web 1.\n"
        f"Batches that are not compacted: 0. Size of the store: {size:,} bytes.\n"
        "These are records, not learners; `greensupply tally` counts learners.\n",
        "",
    )
    assert run("records", "check") == (0, "Files: 1. Problems: 0.\n", "")


def test_a_damaged_store_is_told_in_words(run):
    Path("class.csv").write_text(students("ana"))
    run("records", "add", "class.csv")
    (batch,) = store.files(Path("records"))
    batch.write_text("{<<<\n")
    Path("more.csv").write_text(students("luis"))

    code, out, err = run("records", "check")
    assert (code, out) == (1, "")
    assert err.startswith(f"{batch.as_posix()}:1: is not JSON. Restore the file")
    assert err.endswith("\nFiles: 1. Problems: 2.\n")
    _, _, err = run("records", "check", "--lang", "fr")
    assert err.startswith(f"{batch.as_posix()}:1: n’est pas du JSON. Restaurez le fichier")
    assert err.endswith("\nFichiers\u00a0: 1. Problèmes\u00a0: 2.\n")
    code, out, err = run("records", "add", "more.csv")
    assert (code, out) == (1, "")
    assert re.fullmatch(
        r"records: the records could not be compared or sorted: [^\n]*Malformed JSON[^\n]* The store is whole; what was "
        r"not reported as added was not added\. Run `greensupply records check`; if it finds nothing, look whether the "
        r"disk is full\.\n",
        err,
    )
    assert run("records", "compact")[0] == 1


@pytest.mark.parametrize("command", ["check", "stats", "compact"])
def test_53_a_store_that_is_not_there_is_told(run, command):
    assert run("records", command) == (
        2,
        "",
        "records: no such folder. Run the command where `mkdocs.yml` is, or name it with --records.\n",
    )


def test_a_command_without_its_files_is_wrong_use(run):
    with pytest.raises(SystemExit, match="2"):
        run("records", "add")


def test_where_there_are_no_modules_the_command_says_where_to_run_it(run, monkeypatch):
    monkeypatch.chdir("content")

    assert run("records", "add", "x.csv") == (
        2,
        "",
        "modules: no such folder. Run the command where `mkdocs.yml` is, or name it with --modules.\n",
    )


# The disk and other runs


def test_a_full_disk_is_told_in_one_line_and_the_store_stays_whole(run, tmp_path):
    Path("class.csv").write_text(students("ana"))
    run("records", "add", "class.csv")
    before = content(Path("records"))
    Path("large.csv").write_text(students(*(f"p{number}" for number in range(200))))

    # `-B`: Python would leave its own compiled files cut off at the limit, for others to stumble over
    limited = subprocess.run(
        [sys.executable, "-B", "-c", "import sys; from greensupply.cli import main; sys.exit(main(sys.argv[1:]))"]
        + ["records", "add", "large.csv"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000)),
    )

    assert (limited.returncode, limited.stdout) == (1, "")
    assert limited.stderr == (
        "records: the disk is full. The store is whole; what was not reported as added was not added. "
        "Make room, then run the same command again.\n"
    )
    assert content(Path("records")) == before
    assert run("records", "add", "large.csv") == (0, "large.csv: 200 read: 200 new.\n", "")


def test_two_runs_at_once_take_turns(run, tmp_path):
    Path("class.csv").write_text(students(*(f"p{number}" for number in range(50))))
    run("records", "add", "class.csv", "--records", "alone")

    both = [
        subprocess.Popen(
            [sys.executable, "-c", "import sys; from greensupply.cli import main; sys.exit(main(sys.argv[1:]))"]
            + ["records", "add", "class.csv"],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=tmp_path,
        )
        for _ in range(2)
    ]
    said = sorted(process.communicate(timeout=120)[0] for process in both)

    assert said == ["class.csv: 50 read: 0 new, 50 already there.\n", "class.csv: 50 read: 50 new.\n"]
    assert content(Path("records")) == content(Path("alone"))


def test_a_folder_that_may_not_be_written_to_is_told(run):
    Path("class.csv").write_text(students("ana"))
    Path("records").write_text("a file in its place")

    code, out, err = run("records", "add", "class.csv")

    assert (code, out) == (1, "")
    assert err == "records: File exists. The store is whole; what was not reported as added was not added.\n"


def test_check_of_modules_is_as_it_was(run):
    code, out, warned = run("check")
    assert (code, out) == (0, "Modules: 1. Problems: 0. Warnings: 2.\n")
    assert [line.rpartition(" ")[2] for line in warned.splitlines()] == ["[translation-unstamped]"] * 2
    assert run("check", "--modules", "nowhere") == (
        2,
        "",
        "nowhere: no such folder. Run the command where `mkdocs.yml` is, or name it with --modules.\n",
    )


# Long readings


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the system does not tell a process its own peak")
def test_50_adding_a_whole_batch_takes_less_than_200_megabytes(run, tmp_path):
    """More batches take hardly more: 20 of them, a million statements, took 163 MB."""
    made = json.dumps(about_rinsing(0x7777_7777))
    with Path("export.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(made.replace("77777777", f"{number:08x}") + "\n" for number in range(arrivals.BATCH))
    script = (
        "import re, sys; from pathlib import Path; from greensupply.cli import main; main(sys.argv[1:]); "
        "print(re.search(r'VmHWM:\\s*(\\d+)', Path('/proc/self/status').read_text())[1])"
    )

    done = subprocess.run(
        [sys.executable, "-c", script, "records", "add", "export.jsonl"],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        check=True,
    )

    *said, kilobytes = done.stdout.splitlines()
    assert said == [f"export.jsonl: {arrivals.BATCH:,} read: {arrivals.BATCH:,} new."]
    assert int(kilobytes) < 200 * 1024


class Screen(StringIO):
    """A terminal to write to."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_once_there_is_much_to_read(monkeypatch):
    screen = Screen()
    monkeypatch.setattr("sys.stderr", screen)

    assert sum(watched([1] * 120_000, "export.jsonl", 200_000)) == 120_000

    assert [shown.removeprefix("\x1b[2K") for shown in screen.getvalue().split("\r")] == [
        "",
        "export.jsonl [#######                       ] 50,000",
        "export.jsonl [###############               ] 100,000",
        "",
    ]


@pytest.mark.parametrize(("number", "kind"), [(49_999, Screen), (120_000, StringIO)], ids=["little", "no terminal"])
def test_no_progress_is_shown_else(monkeypatch, number, kind):
    monkeypatch.setattr("sys.stderr", kind())

    assert sum(watched([1] * number, "export.jsonl")) == number

    assert sys.stderr.getvalue() == ""
