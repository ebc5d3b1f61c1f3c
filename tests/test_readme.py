"""What the README promises is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_of_the_readme_is_a_target_of_the_makefile():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = set(re.findall(r"make ([a-z]+)", README))

    assert named
    assert named <= targets


def test_every_folder_and_file_of_the_readme_exists():
    places = re.findall(r"\| `([^`]+)`", README) + re.findall(r"\]\(([^)#]+)\)", README)

    assert [place for place in places if not (ROOT / place.split("`")[0]).exists()] == []


def test_ci_runs_the_same_command():
    assert (ROOT / ".ci/run").read_text(encoding="utf-8").rstrip().endswith("\nmake test")
