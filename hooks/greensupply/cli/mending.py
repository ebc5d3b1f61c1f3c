"""The report of a roster's rows that were set aside: in the template's columns, for the trainer they came from.

It holds names, so it is written where the command is told and nowhere near the records or the project.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from greensupply import library, records, roster_template, rules
from greensupply.cli import setting, wording
from greensupply.completion import Notice, SetAside
from greensupply.records import fields
from greensupply.roster_template import Roster

FORMS = (".csv", ".xlsx")


class Mending:
    """Takes what was set aside of one file, and writes it for its sender."""

    def __init__(self, file: Path, scope: records.Scope) -> None:
        self._file, self._scope = file, scope
        self._asides: list[SetAside] = []

    def beside(self, tell: Callable[[SetAside | Notice], None]) -> Callable[[SetAside | Notice], None]:
        """What tells others as `tell` does, and keeps what is set aside."""

        def both(aside: SetAside | Notice) -> None:
            tell(aside)
            if isinstance(aside, SetAside):
                self._asides.append(aside)

        return both

    def write(self, chosen: argparse.Namespace) -> str:
        """Write the report, for its owner's eyes alone, and return what to say of it."""
        if not self._asides:
            return rules.phrase("roster-report-none", chosen.lang)
        hub = library.read(chosen.modules.resolve(), chosen.content.resolve() if chosen.content.is_dir() else None)
        rows = tuple(self._rows(chosen.lang))
        made = form(
            chosen.report, Roster(chosen.lang, roster_template.choices(hub, chosen.lang), rows=rows, returned=True)
        )
        setting.replace(chosen.report, made, 0o600)
        return rules.phrase("roster-report", chosen.lang, file=chosen.report.as_posix())

    def _rows(self, locale: str) -> list[tuple[str, records.Values]]:
        remarks: dict[int, list[str]] = {}
        for aside in self._asides:
            what, how = wording.why(aside, locale)
            said = rules.phrase("roster-remark", locale, line=str(aside.problem.line), what=what, how=how)
            remarks.setdefault(aside.problem.line, []).append(said)
        found = dict(records.returned(self._file, remarks.keys()))
        for line, values in found.items():
            if module := fields.named(str(values.get("module", "")), self._scope):
                found[line] = {**values, "module": module if module in self._scope.modules else values["module"]}
        return [
            (" ".join(remarks.get(line, ())), found.get(line, {})) for line in sorted(remarks.keys() | found.keys())
        ]


def must_be_writable(chosen: argparse.Namespace) -> None:
    """Return if a report may be written where it is wanted; told before anything is added.

    Raises:
        WrongUse: Several files, another form than `FORMS`, a file that exists, or a place near the records or in the
            project, where names could be published.
    """
    report: Path = chosen.report
    goal = report.resolve()
    project = next((folder for folder in goal.parents if (folder / ".git").exists()), None)
    shut = (chosen.records.resolve(), chosen.modules.resolve().parent, *((project,) if project else ()))
    inside = next((folder for folder in shut if goal.is_relative_to(folder)), None)
    name = report.as_posix()
    if len(chosen.files) > 1:
        said = rules.phrase("roster-report-one-file", chosen.lang)
    elif report.suffix.lower() not in FORMS:
        said = rules.phrase("roster-report-suffix", chosen.lang, file=name)
    elif inside:
        said = rules.phrase("roster-report-place", chosen.lang, file=name, folder=inside.as_posix())
    elif goal.exists():
        said = rules.phrase("roster-report-exists", chosen.lang, file=name)
    else:
        return
    raise setting.WrongUse(said)


def form(file: Path, roster: Roster) -> bytes:
    """A roster in the form that a file's name asks for."""
    if file.suffix.lower() == ".csv":
        return roster_template.as_csv(roster)
    from greensupply.roster_template import workbook  # openpyxl takes half a second to import

    return workbook.as_xlsx(roster)
