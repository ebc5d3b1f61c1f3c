"""Broken modules, and what `greensupply check` says of each, line for line: `tests/broken/<subject>/<fault>.yml`.

A case changes the smallest hub, that of `builders.py`:

    about:    what is wrong, for people
    files:    path -> whole text (`!!binary` for bytes; {text: x, times: 9} for much), or null for no such file
    replace:  path -> {what is there once: what stands there instead}
    append:   en, es, fr -> Markdown at the end of that text
    says:     every line that the check prints in English, in order; the count at the end is left out
    last:     of very many lines, only so many at the end stand in `says`; `lines` is then their number

`python tests/test_broken.py` writes `says` anew in every file, for a look at the difference: each line must be true, name
the right place, and say how to mend it.
"""

from __future__ import annotations

import contextlib
import io
import sys
import tempfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from builders import project, write
from greensupply import cli, rules

FOLDER = Path(__file__).parent / "broken"
CASES = sorted(FOLDER.glob("*/*.yml"))
RINSING = "modules/rinsing"
UNSTAMPED = "[translation-unstamped]"
"""What is said of the smallest hub's two translations in every case, and is left out."""


def hub(case: dict[str, Any]) -> dict[str, str | bytes | None]:
    """The files of a case, laid over the smallest hub.

    Raises:
        AssertionError: It replaces what does not stand there once.
    """
    files: dict[str, Any] = dict(project())
    for path, content in case.get("files", {}).items():
        files[path] = content["text"] * content["times"] if isinstance(content, dict) else content
    for path, changes in case.get("replace", {}).items():
        for old, new in changes.items():
            assert files[path].count(old) == 1, f"{path} holds {old!r} {files[path].count(old)} times"
            files[path] = files[path].replace(old, new)
    for locale, words in case.get("append", {}).items():
        files[f"{RINSING}/{locale}.md"] += f"\n{words}"
    return files


def said(root: Path, case: dict[str, Any]) -> tuple[int, list[str]]:
    """Exit code of the check, and what it prints but for `UNSTAMPED`."""
    write(root, hub(case))
    output = io.StringIO()
    folders = ["--modules", str(root / "modules"), "--content", str(root / "content")]
    with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
        code = cli.main(["check", *folders, "--lang", "en"])
    return code, [line for line in output.getvalue().splitlines() if UNSTAMPED not in line]


def test_the_hub_below_the_broken_ones_is_good(tmp_path):
    assert said(tmp_path, {}) == (0, ["Modules: 1. Problems: 0. Warnings: 2."])


def test_there_are_broken_modules_of_every_kind():
    assert len(CASES) >= 60
    assert len({file.parent.name for file in CASES}) >= 10


def test_each_rule_that_shows_no_wrong_example_is_broken_by_one_of_them():
    """`test_rules.py` runs the examples of the others; subjects that no module can break, such as rosters, are not here."""
    said = "".join(file.read_text(encoding="utf-8") for file in CASES)
    broken = {rule.id for rule in rules.catalogue().values() if f"[{rule.id}]" in said}
    subjects = {rules.catalogue()[name].subject for name in broken}

    unseen = [rule for rule in rules.catalogue().values() if rule.subject in subjects and rule.id not in broken]
    assert [rule.id for rule in unseen if not rule.wrong] == []


@pytest.mark.parametrize("file", CASES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_a_broken_module_is_told_exactly(tmp_path, file):
    case = yaml.safe_load(file.read_text(encoding="utf-8"))
    code, lines = said(tmp_path, case)

    assert lines[:-1][-case.get("last", 0) :] == case["says"]
    assert len(lines[:-1]) == case.get("lines", len(case["says"]))
    assert code == any(": error: " in line for line in case["says"])
    assert not any("Traceback" in line for line in lines)


def _write_anew() -> None:
    for file in CASES:
        before, _, _ = file.read_text(encoding="utf-8").partition("\nsays:")
        with tempfile.TemporaryDirectory() as root:
            case = yaml.safe_load(before)
            lines = said(Path(root), case)[1][:-1][-case.get("last", 0) :]
        told = yaml.safe_dump({"says": lines}, allow_unicode=True, width=100_000)
        file.write_text(f"{before.rstrip()}\n{told}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(_write_anew())
