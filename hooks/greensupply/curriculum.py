"""Do pathways and prerequisites name modules that a learner can take: each there, once, no draft, not in a circle?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from greensupply.errors import Problem
from greensupply.model import Module
from greensupply.written import PathwayFacts
from greensupply.yaml_text import Document

DRAFT = "Set `status: ready` in its module.yml once it is done, or take it out here until then."
"""How to mend what leads readers to a draft."""


@dataclass(frozen=True)
class Shelf:
    """The modules that there are.

    Attributes:
        modules: Those that could be read.
        folders: Names of all folders of modules; what cannot be read is complained of elsewhere.
        drafts: Names of those that are not ready for readers.
    """

    modules: Mapping[str, Module]
    folders: Collection[str]
    drafts: Collection[str]


def pathway_problems(
    pathways: Iterable[PathwayFacts], document: Document, path: str, shelf: Shelf
) -> Iterator[Problem]:
    """What is wrong with the names in `pathways`, which were read from `document`, called `path` in messages."""
    seen: dict[str, int] = {}
    for number, pathway in enumerate(pathways):
        line = document.line("pathways", number, "id")
        if pathway.id in seen:
            what = f"the pathway `{pathway.id}` stands here and in line {seen[pathway.id]}."
            yield Problem(path, line, what, "Give each its own id.")
        seen[pathway.id] = line
        electives = [elective.module for elective in pathway.electives]
        places = [("modules", place) for place in range(len(pathway.modules))]
        places += [("electives", place) for place in range(len(electives))]
        names = [*pathway.modules, *electives]
        for place, (at, name) in enumerate(zip(places, names, strict=True)):
            what, how = f"names `{name}` twice.", "Delete one of the two."
            if name not in shelf.folders:
                what, how = f"names the module `{name}`, which does not exist.", _known(shelf.modules)
            elif at[0] == "electives" and name in pathway.modules:
                what = f"offers `{name}` as an elective, but it is one of its own modules."
                how = "Delete it under `modules` or under `electives`."
            elif name not in names[:place] and name in shelf.drafts:
                what, how = f"names the module `{name}`, which is a draft.", DRAFT
            elif name not in names[:place]:
                continue
            line = document.line("pathways", number, *at)
            yield Problem(path, line, f"the pathway `{pathway.id}` {what}", how)


def prerequisite_problems(shelf: Shelf) -> Iterator[Problem]:
    """Modules that ask for a module that no reader can take before. A draft may ask for a draft."""
    for folder, module in shelf.modules.items():
        line = module.lines.get("prerequisites", 1)
        for name in module.facts.prerequisites:
            if name not in shelf.folders:
                yield Problem(module.path, line, f"the prerequisite `{name}` does not exist.", _known(shelf.modules))
            elif name in shelf.drafts and folder not in shelf.drafts:
                yield Problem(module.path, line, f"the prerequisite `{name}` is a draft.", DRAFT)
        if circle := _circle(folder, shelf.modules):
            what = f"the prerequisites go round in a circle: {' → '.join(circle)}."
            yield Problem(module.path, line, what, "Take one of them out.")


def ordered(modules: Mapping[str, Module], pathways: Iterable[PathwayFacts]) -> dict[str, Module]:
    """The modules in the order of the pathways, then the others."""
    offered = [(pathway.modules, (elective.module for elective in pathway.electives)) for pathway in pathways]
    names = dict.fromkeys(name for needed, electives in offered for name in (*needed, *electives))
    return {name: modules[name] for name in (*names, *(name for name in modules if name not in names))}


def _known(modules: Iterable[str]) -> str:
    return f"Modules are: {', '.join(sorted(modules)) or 'none yet'}."


def _circle(start: str, modules: Mapping[str, Module]) -> Sequence[str]:
    """The shortest way from a module back to itself over prerequisites, reported at its first name only."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for name in modules[way[-1]].facts.prerequisites:
            if name == start:
                return [*way, start] if start == min(way) else []
            if name in modules and name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []
