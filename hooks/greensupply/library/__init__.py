"""`modules/` on disk -> a checked `Library`, or every problem of every file at once.

`walk` reads what is one module's or one page's; `shared` reads the files that all modules share; `single` reads one
text again.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from greensupply import curriculum, parity
from greensupply.courses import FOLDER as COURSES
from greensupply.errors import GreenSupplyError, Problem
from greensupply.kept_pack import Pack
from greensupply.library import kept_modules, shared
from greensupply.library.shared import LARGE_YAML, NO_SOURCES, PATHWAYS, SOURCES, TERMS
from greensupply.library.single import reread
from greensupply.library.walk import Alone, Walk
from greensupply.model import Library

__all__ = [
    "LARGE_YAML",
    "NO_SOURCES",
    "PATHWAYS",
    "SOURCES",
    "TERMS",
    "Alone",
    "Findings",
    "examine",
    "outline",
    "read",
    "reread",
]


@dataclass(frozen=True)
class Findings:
    """What a look through all folders found.

    Attributes:
        library: All modules, drafts too; None where there are problems, or where not all was read.
        problems: What must be mended before the site can be built, in the order of the files.
        warnings: What must be mended before a draft is ready: its places that are not filled in yet.
        seen: What could be read, also where there are problems: a text with a block that cannot be read is left out,
            and so is a module without its English.
        alone: The texts left out of `seen`, as far as their words can be looked at.
        drafts: Names of the folders of drafts, also of those that could not be read.
    """

    library: Library | None
    problems: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    seen: Library
    alone: tuple[Alone, ...] = ()
    drafts: Collection[str] = ()


def read(modules_dir: Path, pages_dir: Path | None = None) -> Library:
    """Return all modules, drafts too, with pathways and sources.

    Arguments:
        modules_dir: The folder `modules/`.
        pages_dir: The folder `content/`, whose pages are checked with them and may link to them.

    Raises:
        GreenSupplyError: With every problem of every file.
    """
    found = examine(modules_dir, pages_dir)
    if found.library is None:
        raise GreenSupplyError(found.problems)
    return found.library


def outline(modules_dir: Path) -> Library | None:
    """Return what readers see of modules but their texts, and the pathways; None where something is wrong with them.

    That is quick, and enough to count completions.
    """
    walk = Walk(modules_dir, None, only=())
    modules = walk.modules(walk.module)
    pathways = shared.pathways(walk, curriculum.Shelf(modules, walk.folders, walk.links.drafts))
    if walk.problems:
        return None
    return Library(curriculum.ordered(modules, pathways), pathways, NO_SOURCES).without_drafts()


def examine(
    modules_dir: Path,
    pages_dir: Path | None = None,
    *,
    only: Collection[str] | None = None,
    pages: bool = True,
    store: Pack | None = None,
) -> Findings:
    """Return what `read` does, with every problem and warning of every file.

    Arguments:
        modules_dir: The folder `modules/`.
        pages_dir: The folder `content/`, to whose pages a module may link.
        only: Names of modules to read whole; of the others only `module.yml` is read, and the sections that these
            link to. None reads all.
        pages: Whether to check the pages too.
        store: Keeps what was read of each module, where all are read.
    """
    if only is not None and COURSES in only:  # a course is checked against the whole text of its modules
        only = None
    walk = Walk(modules_dir, pages_dir, only)
    kept = partial(kept_modules.read, walk, store=store) if store and only is None else walk.module
    modules = walk.modules(kept)
    shelf = curriculum.Shelf(modules, walk.folders, walk.links.drafts)
    pathways = shared.pathways(walk, shelf)
    sources = shared.sources(walk, modules)
    terms = shared.terms(walk)
    courses = shared.courses(walk, shelf, pathways)
    tools = shared.tools(walk, sources)
    walk.problems += curriculum.prerequisite_problems(shelf)
    for module in modules.values():
        if module.id not in walk.broken | walk.sound:
            walk.problems += parity.problems(module)
        walk.links_of(module)
    if pages_dir and pages:
        walk.pages(pages_dir)
    problems, warnings = (tuple(sorted(set(found))) for found in (walk.problems, walk.warnings))
    assets = dict(sorted(walk.links.assets.items()))
    found = Library(curriculum.ordered(modules, pathways), pathways, sources, assets, terms, courses, tools)
    seen = replace(found, modules=walk.whole(found.modules))
    alone = tuple(walk.alone(seen.modules.values()))
    return Findings(
        None if problems or only is not None else found, problems, warnings, seen, alone, frozenset(walk.links.drafts)
    )
