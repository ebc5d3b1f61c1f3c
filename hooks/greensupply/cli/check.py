"""`greensupply check`: every problem of modules and pages, or of those that are named."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from pathlib import Path
from typing import TextIO

from greensupply import library, lint, rules
from greensupply.cli import language, reports
from greensupply.cli.commands import Commands
from greensupply.cli.reports import Found, Speech
from greensupply.errors import Problem
from greensupply.model import Library

FORMATS = ("text", "json", "github", "sarif")
CONTENT = Path("content")
MOST = 200
"""Problems told of one file; with so many, one fault is behind most of them."""


class _WrongUse(Exception):
    """The check cannot begin; its text says why and what to do."""


@dataclass(frozen=True)
class Scope:
    """What of the hub is asked for.

    Attributes:
        names: Files and folders as messages call them, `modules/ems`; empty is all.
        modules: Names of the modules' folders; None is all.
        pages: Whether pages of `content/` are among it.
    """

    names: Collection[str] = ()
    modules: Collection[str] | None = None
    pages: bool = True

    def holds(self, path: str) -> bool:
        """Whether a file, as messages call it, is asked for."""
        return not self.names or any(path == name or path.startswith(f"{name}/") for name in self.names)


def register(commands: Commands) -> None:
    """Add `check` to the command line."""
    check = commands.add_parser("check", help="check modules and pages, and name every problem")
    words = "files or folders, such as modules/ems or content/fr (all)"
    check.add_argument("paths", nargs="*", type=Path, metavar="PATH", help=words)
    words = "text for people; json; github, which marks lines of a pull request; sarif (text)"
    check.add_argument("--format", choices=FORMATS, default="text", help=words)
    language.add_option(check)
    check.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    check.add_argument("--content", type=Path, default=CONTENT, help="folder of the site's pages (content)")
    check.set_defaults(run=_run)


def _run(chosen: argparse.Namespace) -> int:
    try:
        return _check(chosen)
    except _WrongUse as error:
        _tell(str(error))
        return 2
    except BrokenPipeError:
        raise
    except OSError as error:
        reason = rules.phrase("check-unreadable", chosen.lang, reason=error.strerror or str(error))
        _tell(f"{error.filename or chosen.modules}: {reason}")
        return 1


def _check(chosen: argparse.Namespace) -> int:
    modules_dir, pages_dir = _folders(chosen)
    scope = _scope(chosen.paths, modules_dir, pages_dir, chosen.lang)
    examined, told = look(modules_dir, pages_dir, scope)
    errors = sum(found.level == "error" for found in told)
    if chosen.format == "json":
        print(reports.as_json(told, Speech(chosen.lang, language.pages(modules_dir.parent))))
    elif chosen.format == "sarif":
        print(reports.as_sarif(told, Speech(chosen.lang, language.pages(modules_dir.parent))))
    elif chosen.format == "github":
        _tell(*reports.as_commands(told, chosen.lang), _counted(told, examined, scope, chosen.lang), to=sys.stdout)
    else:
        _tell(*(reports.line(found, chosen.lang) for found in told))
        _tell(_counted(told, examined, scope, chosen.lang), to=sys.stderr if errors else sys.stdout)
    return 1 if errors else 0


def look(modules_dir: Path, pages_dir: Path | None, scope: Scope) -> tuple[library.Findings, list[Found]]:
    """Return what was read, and what is to be said of it: errors first, then warnings, each in order of place.

    Of a file with more than `MOST` problems, the first of them, and that there are more.

    Arguments:
        modules_dir: The folder of the modules, a whole path.
        pages_dir: The folder of the site's pages, a whole path; a hub may have none.
        scope: What is asked for.
    """
    examined = library.examine(modules_dir, pages_dir, only=scope.modules, pages=scope.pages)
    return examined, sorted(_told(_found(examined, scope)), key=_order)


def _told(found: Iterable[Found]) -> Iterator[Found]:
    """The first `MOST` of each file, the gravest first."""
    in_files = sorted(found, key=lambda one: (one.problem.path, _order(one)))
    for _, of_file in groupby(in_files, key=lambda one: one.problem.path):
        first = list(islice(of_file, MOST + 1))
        yield from first[:MOST]
        for after in first[MOST:]:
            yield Found(lint.more(after.problem), after.level)


def _found(examined: library.Findings, scope: Scope) -> Iterator[Found]:
    """What the build refuses, then what is open in drafts, then what else goes wrong; in drafts that is a warning."""
    yield from (Found(problem, "error") for problem in examined.problems if scope.holds(problem.path))
    yield from (Found(problem, "warning") for problem in examined.warnings if scope.holds(problem.path))
    linted = {
        Found(problem, "warning" if module.draft else rules.level(problem))
        for module in examined.seen.modules.values()
        for problem in lint.problems(module, examined.seen)
        if scope.holds(problem.path)
    }
    linted |= {
        Found(problem, "warning" if text.module in examined.drafts else rules.level(problem))
        for text in examined.alone
        if scope.holds(text.path)
        for problem in lint.alone(text, examined.seen)
    }
    known = {*examined.problems, *examined.warnings}
    yield from (found for found in linted if found.problem not in known)


def _order(found: Found) -> tuple[str, str, int, int, Problem]:
    problem = found.problem
    return found.level, problem.path, problem.line, problem.column, problem


def _counted(told: Sequence[Found], examined: library.Findings, scope: Scope, locale: str) -> str:
    """`Modules: 3, of which drafts: 1. Problems: 0. Warnings: 2.`; modules where all were looked at and are good."""
    errors = sum(found.level == "error" for found in told)
    parts = []
    if not errors and not scope.names and examined.library:
        parts.append(_modules(examined.library, locale))
    parts.append(rules.phrase("check-problems", locale, count=errors))
    if warnings := len(told) - errors:
        parts.append(rules.phrase("check-warnings", locale, count=warnings))
    return " ".join(parts)


def _modules(hub: Library, locale: str) -> str:
    drafts = sum(module.draft for module in hub.modules.values())
    name = "check-modules-and-drafts" if drafts else "check-modules"
    return rules.phrase(name, locale, count=len(hub.modules), drafts=drafts)


def _folders(chosen: argparse.Namespace) -> tuple[Path, Path | None]:
    """The folders of modules and of pages, whole paths; a hub may have no pages."""
    for folder, option in ((chosen.modules, "--modules"), (chosen.content, "--content")):
        if not folder.is_dir() and (option == "--modules" or folder != CONTENT):
            raise _WrongUse(f"{folder}: {rules.phrase('check-no-folder', chosen.lang, option=option)}")
    return chosen.modules.resolve(), chosen.content.resolve() if chosen.content.is_dir() else None


def _scope(paths: Iterable[Path], modules_dir: Path, pages_dir: Path | None, locale: str) -> Scope:
    """Return what the paths ask for.

    Raises:
        _WrongUse: With every path that leads to nothing, or to something that the check does not look at.
    """
    names: list[str] = []
    modules: set[str] = set()
    whole, pages, wrong = False, False, []
    for path in paths:
        goal = path.resolve()
        if not goal.exists():
            wrong.append(f"{path}: {_missing(path, modules_dir, locale)}")
        elif modules_dir.is_relative_to(goal) and (pages_dir is None or pages_dir.is_relative_to(goal)):
            whole = pages = True
            names += [folder.name for folder in (modules_dir, pages_dir) if folder]
        elif pages_dir and goal.is_relative_to(pages_dir):
            pages = True
            names.append(_name(goal, pages_dir))
        elif goal.is_relative_to(modules_dir):
            inner = goal.relative_to(modules_dir).parts
            if inner and inner[0].startswith((".", "_")):
                wrong.append(f"{path}: {rules.phrase('check-passed-over', locale)}")
            whole = whole or not inner
            modules.update(inner[:1])
            names.append(_name(goal, modules_dir))
        else:
            folders = " / ".join(f"`{folder.name}`" for folder in (modules_dir, pages_dir) if folder)
            said = rules.phrase("check-outside", locale, folders=folders, hint=_example(modules_dir, locale))
            wrong.append(f"{path}: {said}")
    if wrong:
        raise _WrongUse("\n".join(wrong))
    return Scope(tuple(names), None if whole else modules, pages) if names else Scope()


def _name(goal: Path, folder: Path) -> str:
    return f"{folder.name}/{goal.relative_to(folder).as_posix()}".rstrip("/.")


def _missing(path: Path, modules_dir: Path, locale: str) -> str:
    """There is nothing at a path; perhaps it is the id of a module."""
    if len(path.parts) == 1 and (modules_dir / path).is_dir():
        hint = rules.phrase("did-you-mean", locale, near=f"{modules_dir.name}/{path}")
    else:
        hint = _example(modules_dir, locale)
    return rules.phrase("check-nothing-there", locale, hint=hint)


def _example(modules_dir: Path, locale: str) -> str:
    folders = sorted(file.parent.name for file in modules_dir.glob("*/module.yml") if file.parent.name[0] not in "._")
    example = "/".join((modules_dir.name, *folders[:1]))
    return rules.phrase("check-what-to-name", locale, example=example)


def _tell(*lines: str, to: TextIO | None = None) -> None:
    """Print lines; a sign that the terminal's encoding has not is written out."""
    stream = to or sys.stderr
    encoding = stream.encoding or "utf-8"
    for line in lines:
        print(line.encode(encoding, "backslashreplace").decode(encoding), file=stream)
