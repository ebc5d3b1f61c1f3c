"""What a file for translators holds, whatever its format."""

from __future__ import annotations

import re
from dataclasses import dataclass

from greensupply.errors import GreenSupplyError, Problem
from greensupply.locales import LOCALES, SOURCE

_MODULE = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


@dataclass(frozen=True)
class Unit:
    """One segment with its translation.

    Attributes:
        id: Id of the segment.
        target: Its translation; empty without one.
        sure: The translator is done with it: not `fuzzy` in PO, not `initial` in XLIFF.
        line: Line of the file for translators; 0 while it is not written.
        place: Where the source stands: `modules/ems/en.md:41`.
        note: What it is, for the translator.
    """

    id: str
    source: str
    target: str = ""
    sure: bool = True
    line: int = 0
    place: str = ""
    note: str = ""


@dataclass(frozen=True)
class Exchange:
    """The segments of one module for one language."""

    module: str
    locale: str
    units: tuple[Unit, ...]


def checked(module: str, language: str, units: tuple[Unit, ...], path: str) -> Exchange:
    """Return what was read as an `Exchange`.

    Arguments:
        module: Id of the module as the file says it; empty where it does not.
        path: The file, for messages.
        units: Its segments.
        language: The tag of the target language as the file says it: `es`, `es-MX`, `es_MX`.

    Raises:
        GreenSupplyError: No module or no such language, no segment, or one segment twice.
    """
    problems = []
    locale = re.split("[-_]", language.strip().lower())[0]
    if not _MODULE.match(module):
        what = "does not say which module it is of."
        how = "Take the file that `greensupply export` wrote; the tool must leave its head as it is."
        problems.append(Problem(path, 1, what, how))
    if locale not in LOCALES or locale == SOURCE:
        names = ", ".join(name for name in LOCALES if name != SOURCE)
        what = f"its target language is `{language}`."
        problems.append(Problem(path, 1, what, f"The hub is translated into {names}; export it again with --lang."))
    if not units:
        problems.append(Problem(path, 1, "holds no segment.", "Export the module again."))
    seen: dict[str, int] = {}
    for unit in units:
        if unit.id in seen:
            what = f"the segment `{unit.id}` stands here and in line {seen[unit.id]}."
            problems.append(Problem(path, unit.line, what, "Keep one of the two."))
        seen.setdefault(unit.id, unit.line)
    if problems:
        raise GreenSupplyError(problems)
    return Exchange(module, locale, units)
