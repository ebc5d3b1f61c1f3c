"""The companies that the site names today: those whose recorded consent holds on the day of the build."""

from __future__ import annotations

import logging
import os
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError

from greensupply import recognition
from greensupply.errors import GreenSupplyError
from greensupply.recognition import Recognised

log = logging.getLogger("mkdocs.plugins.greensupply")


def shown(file: Path, config: MkDocsConfig) -> tuple[Recognised, ...]:
    """Return the companies to name; every problem of the list stops the build.

    The day is that of the build in UTC; `SOURCE_DATE_EPOCH` stands for now if it is set.
    """
    today = datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH") or time.time()), UTC).date()
    try:
        companies = recognition.read(file)
    except GreenSupplyError as error:
        here = f"{Path(config.config_file_path or '.').resolve().parent.as_posix()}/"
        told = [str(replace(problem, path=problem.path.removeprefix(here))) for problem in error.problems]
        count = f"{len(told)} problem{'s' if len(told) > 1 else ''}"
        raise PluginError(f"{count} in the list of recognized companies:\n" + "\n".join(told)) from None
    named = recognition.shown(companies, today)
    if len(named) < len(companies):
        log.info("%s: companies without a consent that holds today: %d.", file.name, len(companies) - len(named))
    return named
