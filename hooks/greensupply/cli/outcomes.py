"""`greensupply records outcomes` and `outcome-sheets`: lists of plants, assessments, opportunities and measurements."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from greensupply import metrics, outcome_template, plants, rules, store
from greensupply.cli import asides, language, mending, setting, wording
from greensupply.completion import Notice, SetAside
from greensupply.errors import Problem
from greensupply.outcome_template import Template
from greensupply.records import Scope, outcomes
from greensupply.records.outcomes import ORDER, Known, Sheet

Command = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def add_commands(command: Command, waiting: Callable[[], None]) -> None:
    """Add both commands to those of `greensupply records`.

    Arguments:
        command: Makes one of them from its name, its words and what it runs.
        waiting: Called once before waiting for another run.
    """
    words = "add lists of plants, assessments, opportunities and measurements"
    add = command("outcomes", words, lambda chosen: _add(chosen, waiting))
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    words = "also write what was set aside to this .csv or .xlsx, as it was written, to mend and send back"
    add.add_argument("--report", type=Path, metavar="FILE", help=words)
    add.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    add.add_argument("--strict", action="store_true", help="exit with 1 if anything was set aside")
    language.add_option(add)
    sheets = command("outcome-sheets", "make empty lists, as Excel workbooks and as CSV", _sheets)
    words = "list to make, as often as needed (all)"
    sheets.add_argument("--list", action="append", default=[], choices=ORDER, dest="of", help=words)
    sheets.add_argument("--out", type=Path, default=Path(), help="folder to write into (here)")
    language.add_option(sheets)


def _add(chosen: argparse.Namespace, waiting: Callable[[], None]) -> int:
    if chosen.report:
        mending.must_be_writable(chosen)
    secret = setting.key(chosen.records)
    scope = Scope({}, datetime.now(UTC), setting.pseudonyms(secret))
    setting.hold_to(chosen.records, secret)
    catalogue = metrics.read(chosen.records)
    failed = False
    for file, sheet in _in_order(chosen.files):
        suppliers = chosen.records / plants.FILE
        known = Known(
            catalogue,
            {plant.supplier: plant for plant in plants.read(suppliers)},
            plants.history(suppliers),
            store.outcomes.history(chosen.records),
        )
        failed |= _add_one(chosen, file, sheet, scope, known, waiting)
    return int(failed)


def _in_order(files: Sequence[Path]) -> list[tuple[Path, Sheet | Problem]]:
    """Each file with the list in it, in the order in which they must be added; those without one come first."""
    opened = [(file, outcomes.opened(file)) for file in files]
    return sorted(opened, key=lambda pair: ORDER.index(pair[1].of) if isinstance(pair[1], Sheet) else -1)


def _add_one(
    chosen: argparse.Namespace,
    file: Path,
    sheet: Sheet | Problem,
    scope: Scope,
    known: Known,
    waiting: Callable[[], None],
) -> bool:
    """Add one list, tell what became of it, and return whether that is a failure."""
    digest, _ = asides.measure(file)
    things = []
    refused: dict[int, list[SetAside]] = {}
    with asides.collected(chosen.lang) as told:
        found = (
            [(sheet.line, SetAside(sheet))] if isinstance(sheet, Problem) else outcomes.readings(sheet, scope, known)
        )
        for line, one in found:
            if isinstance(one, SetAside):
                refused.setdefault(line, []).append(one)
            if isinstance(one, SetAside | Notice):
                told.tell(one)
            else:
                things.append(one)
        today = scope.now.date()
        added = store.outcomes.add(chosen.records, things, recorded_on=today, sync=setting.sync, waiting=waiting)
        beside = told.write(chosen.records, asides.name(file.name, digest))
        said = rules.phrase(
            "records-outcomes",
            chosen.lang,
            file=file.as_posix(),
            list=rules.word(f"outcome-list-{sheet.of}" if isinstance(sheet, Sheet) else "outcome-list-none"),
            new=added.new,
            corrected=added.corrected,
            there=added.already_there,
            aside=len(refused),
        )
        print(said, *told.lines(beside), sep="\n")
    if chosen.report:
        print(_report(chosen, sheet, refused, known))
    return bool(refused) and (chosen.strict or not things)


def _report(
    chosen: argparse.Namespace, sheet: Sheet | Problem, refused: dict[int, list[SetAside]], known: Known
) -> str:
    """Write the rows that were set aside for their sender, and return what to say of it."""
    if isinstance(sheet, Problem) or not refused:
        return rules.phrase("roster-report-none", chosen.lang)
    rows = []
    cells = dict(outcomes.returned(sheet, set(refused)))
    for line in sorted(refused.keys() | cells.keys()):
        reasons = []
        for aside in refused.get(line, []):
            what, how = wording.why(aside, chosen.lang)
            reasons.append(rules.phrase("roster-remark", chosen.lang, line=str(line), what=what, how=how))
        rows.append((" ".join(reasons), cells.get(line, {})))
    template = Template(sheet.of, chosen.lang, known.catalogue, tuple(rows))
    setting.replace(chosen.report, _form(chosen.report, template), 0o600)
    return rules.phrase("roster-report", chosen.lang, file=chosen.report.as_posix())


def _sheets(chosen: argparse.Namespace) -> int:
    catalogue = metrics.read(chosen.records)
    files = {}
    for name in dict.fromkeys(chosen.of or ORDER):
        for suffix in mending.FORMS:
            file = chosen.out / f"{name}-{chosen.lang}{suffix}"
            files[file] = _form(file, Template(name, chosen.lang, catalogue))
    for file, content in files.items():  # a filled one is never written over
        if file.exists() and file.read_bytes() != content:
            raise setting.WrongUse(rules.phrase("roster-template-exists", chosen.lang, file=file.as_posix()))
    chosen.out.mkdir(parents=True, exist_ok=True)
    for file, content in files.items():
        setting.replace(file, content)
        print(rules.phrase("outcome-sheet-written", chosen.lang, file=file.as_posix()))
    return 0


def _form(file: Path, template: Template) -> bytes:
    """A list in the form that a file's name asks for."""
    if file.suffix.lower() == ".csv":
        return outcome_template.as_csv(template)
    from greensupply.outcome_template import workbook  # openpyxl takes half a second to import

    return workbook.as_xlsx(template)
