"""What authors run: `greensupply new module`, and `greensupply schemas`."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from greensupply import new_module, schemas, source_text, yaml_text
from greensupply.cli import setting
from greensupply.cli.commands import Commands, in_words
from greensupply.errors import GreenSupplyError, Problem
from greensupply.library import LARGE_YAML, PATHWAYS, SOURCES
from greensupply.locales import LOCALES, SOURCE
from greensupply.written import PathwaysFile, SourcesFile

_HELP = {
    "audience": "who it is for: supplier, trainer, manager; several with commas",
    "level": "introductory, intermediate or advanced",
    "minutes": "minutes that one person needs, questions included",
    "topics": "subjects in small letters with hyphens, such as energy-use; several with commas",
    "title-en": "title in English",
    "title-es": "title in Spanish",
    "title-fr": "title in French",
}


def register(commands: Commands) -> None:
    """Add `new` and `schemas` to the command line."""
    kinds = commands.add_parser("new", help="begin something new").add_subparsers(dest="kind", required=True)
    module = kinds.add_parser("module", help="write the files of a new module, with marked places to fill in")
    module.add_argument("id", help="name of its folder, such as water-efficiency; it never changes")
    for name in new_module.ASKED:
        module.add_argument(f"--{name}", metavar="TEXT", help=_HELP[name])
    module.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    module.set_defaults(run=lambda chosen: _run(_new_module, chosen))
    described = commands.add_parser("schemas", help="write the JSON Schemas with which an editor helps an author")
    described.add_argument("--check", action="store_true", help="write nothing; name those that are not current")
    described.add_argument("--folder", type=Path, default=Path("schemas"), help="folder of the schemas (schemas)")
    described.set_defaults(run=lambda chosen: _run(_schemas, chosen))


def _run(run: Callable[[argparse.Namespace], int], chosen: argparse.Namespace) -> int:
    def told(error: OSError) -> str:
        return f"{error.filename}: cannot be read ({error.strerror}). Look whether you may read there."

    return in_words(lambda: run(chosen), told)


def _new_module(chosen: argparse.Namespace) -> int:
    folder: Path = chosen.modules
    if not folder.is_dir():
        raise setting.WrongUse(
            f"{folder.as_posix()}: no such folder. Run the command where `mkdocs.yml` is, or name it with --modules."
        )
    said = _said(chosen, folder)
    sources = _sources(folder)
    pathways = _pathways(folder)
    if sys.stdin.isatty():
        said = _asked(chosen.id, said)
    today = datetime.now(UTC).astimezone().date()
    goal = folder / chosen.id
    made = new_module.files(chosen.id, said, reviewed=today, fact=next(iter(sources.facts)))
    try:
        _write(goal, made)
    except OSError as error:
        how = "Nothing was written. Look whether you may write there, and whether the disk is full."
        print(f"{goal.as_posix()}: cannot be written ({error.strerror or error}). {how}", file=sys.stderr)
        return 1
    audience = said.get("audience") or new_module.assumed(chosen.id)["audience"]
    print(*_next_steps(goal, made, new_module.places(chosen.id, audience, pathways)), sep="\n")
    return 0


def _said(chosen: argparse.Namespace, folder: Path) -> dict[str, Any]:
    """The options that were given, checked together with the id.

    Raises:
        WrongUse: With everything that is wrong.
    """
    wrong = []
    if problem := new_module.name_problem(chosen.id, (path.name for path in folder.iterdir())):
        wrong.append(f"{(folder / chosen.id).as_posix()}: {problem}")
    said = {}
    for name in new_module.ASKED:
        given = getattr(chosen, name.replace("-", "_"))
        if given is None:
            continue
        try:
            said[name] = new_module.value(name, given)
        except ValueError as error:
            wrong.append(f"--{name}: {error}")
    if wrong:
        raise setting.WrongUse("\n".join(wrong))
    return said


def _asked(identifier: str, said: Mapping[str, Any]) -> dict[str, Any]:
    """Ask on the terminal for what was not said; an empty line takes what stands in brackets."""
    answers = dict(said)
    for name in new_module.ASKED:
        while name not in answers:
            assumed = new_module.assumed(identifier).get(name)
            shown = ", ".join(assumed) if isinstance(assumed, list) else assumed or "later"
            try:
                typed = input(f"{_HELP[name][0].upper()}{_HELP[name][1:]} [{shown}]: ").strip()
                if not typed and assumed is None:
                    break
                answers[name] = new_module.value(name, typed) if typed else assumed
            except EOFError:
                print()
                return answers
            except ValueError as error:
                print(error)
    return answers


def _sources(folder: Path) -> SourcesFile:
    path = f"{folder.name}/{SOURCES}"
    text = source_text.read(folder / SOURCES, path, max_bytes=LARGE_YAML)
    sources = yaml_text.typed(SourcesFile, yaml_text.load(text, path, max_bytes=LARGE_YAML), path)
    if not sources.facts:
        what = "holds no fact, and a module must name at least one."
        raise GreenSupplyError([Problem(path, 1, what, "Add the first one under `facts:`.")])
    return sources


def _pathways(folder: Path) -> PathwaysFile:
    path = f"{folder.name}/{PATHWAYS}"
    return yaml_text.typed(PathwaysFile, yaml_text.load(source_text.read(folder / PATHWAYS, path), path), path)


def _write(goal: Path, made: Mapping[str, str]) -> None:
    """Write a folder that comes to its name whole or not at all.

    Raises:
        OSError: It cannot be written; nothing of it is left.
    """
    draft = goal.with_name(f".{goal.name}.new")  # the check passes over names that begin with a point
    shutil.rmtree(draft, ignore_errors=True)  # of a run that was killed
    try:
        draft.mkdir()
        for name, text in made.items():
            (draft / name).write_text(text, encoding="utf-8", newline="")
        draft.rename(goal)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise


def _next_steps(goal: Path, made: Mapping[str, str], places: list[str]) -> list[str]:
    name, folder = goal.name, goal.parent.as_posix()
    lines = [f"{goal.as_posix()}: {', '.join(made)}.", "", "What comes next:"]
    check = f".venv/bin/greensupply check {goal.as_posix()}"
    lines.append("1. Fill in each place marked `[[…]]`, en.md first; this names those that are left:")
    lines.append(f"     {check}")
    lines.append(f"   It is a draft: `make serve MODULE={name}` shows how it looks, and the site leaves it out.")
    lines.append("2. Note which English text each translation says, so that it cannot fall behind unseen:")
    lines += [f"     .venv/bin/greensupply translated {locale} {name}" for locale in LOCALES if locale != SOURCE]
    lines.append(f"3. When the check names nothing, write `status: ready` in {goal.as_posix()}/module.yml.")
    lines.append(f"4. Add the module to {folder}/{PATHWAYS}, which was not changed. As part of a pathway, its last:")
    lines += [f"     {place}" for place in places]
    lines.append("   or as an elective of one, under `electives`, for plants with certain processes or all:")
    lines.append(f"     - {{module: {name}, processes: all}}")
    lines.append("5. Run the check once more, of all: `.venv/bin/greensupply check`.")
    lines.append("   Without problems, the module is in the preview, and on the site once it is merged.")
    return lines


def _schemas(chosen: argparse.Namespace) -> int:
    folder: Path = chosen.folder
    old = [name for name, text in schemas.files().items() if _content(folder / name) != text]
    if chosen.check:
        what, how = "is not what the models say.", "Run `greensupply schemas` and commit what it writes."
        if old:
            raise GreenSupplyError(Problem(f"{folder.as_posix()}/{name}", 1, what, how) for name in old)
        print(f"{folder.as_posix()}: all {len(schemas.files())} schemas are current.")
        return 0
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in old:
            setting.replace(folder / name, schemas.files()[name])
    except OSError as error:
        print(f"{error.filename or folder.as_posix()}: cannot be written ({error.strerror}).", file=sys.stderr)
        return 1
    print(f"{folder.as_posix()}: {', '.join(old) if old else 'all were current'}.")
    return 0


def _content(file: Path) -> str | None:
    """Text of a file, whatever line ends the author's system gave it; None where there is none."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
