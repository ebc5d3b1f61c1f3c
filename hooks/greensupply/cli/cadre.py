"""`greensupply records cadre`: take lists of trainers and of train-the-trainer courses into the store."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from greensupply import rules, store
from greensupply.cadre import Course, Standing
from greensupply.cli import asides, language, setting
from greensupply.completion import SetAside
from greensupply.records import cadre

Command = Callable[[str, str, Callable[[argparse.Namespace], int]], argparse.ArgumentParser]


def add_command(command: Command, waiting: Callable[[], None]) -> None:
    """Add the command to those of `greensupply records`.

    Arguments:
        command: Makes one of them from its name, its words and what it runs.
        waiting: Called once before waiting for another run.
    """
    add = command("cadre", "add lists of trainers and of train-the-trainer courses", lambda it: _add(it, waiting))
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add.add_argument("--modules", type=Path, default=Path("modules"), help="folder of the modules (modules)")
    add.add_argument("--content", type=Path, default=Path("content"), help="folder of the pages (content)")
    add.add_argument("--strict", action="store_true", help="exit with 1 if anything was set aside")
    language.add_option(add)


def _add(chosen: argparse.Namespace, waiting: Callable[[], None]) -> int:
    secret = setting.key(chosen.records)
    scope = setting.scope(chosen.records, chosen.modules, chosen.content, secret)
    setting.hold_to(chosen.records, secret)
    failed = False
    for file in chosen.files:
        digest, _ = asides.measure(file)
        standings: list[Standing] = []
        courses: list[Course] = []
        with asides.collected(chosen.lang) as told:
            refused: set[int] = set()
            for line, one in cadre.readings(file, scope):
                if isinstance(one, Standing):
                    standings.append(one)
                elif isinstance(one, Course):
                    courses.append(one)
                else:
                    told.tell(one)
                    refused |= {line} if isinstance(one, SetAside) else set()
            added = store.cadre.add(chosen.records, standings, courses, sync=setting.sync, waiting=waiting)
            beside = told.write(chosen.records, asides.name(file.name, digest))
            said = rules.phrase(
                "records-cadre",
                chosen.lang,
                file=file.as_posix(),
                new=added.new,
                corrected=added.corrected,
                there=added.already_there,
                aside=len(refused),
            )
            print(said, *told.lines(beside), sep="\n")
        failed |= bool(refused) and (chosen.strict or not (standings or courses))
    return int(failed)
