"""Do pathways and prerequisites name modules that a learner can take: each there, once, no draft, not in a circle?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from greensupply import rules, sections
from greensupply.errors import Problem
from greensupply.locales import SOURCE
from greensupply.model import Module
from greensupply.written import PathwayFacts
from greensupply.yaml_text import Document


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
    seen: dict[str, str] = {}
    for number, pathway in enumerate(pathways):
        place = document.place("pathways", number, "id")
        if pathway.id in seen:
            yield rules.problem("pathway-twice", path, *place, pathway=pathway.id, first=seen[pathway.id])
        seen[pathway.id] = str(place[0])
        before: set[str] = set()
        for at, name in _named(pathway):
            values: dict[str, Any] = {"pathway": pathway.id, "module": name}
            rule = ""
            if name not in shelf.folders:
                rule, values["modules"] = "pathway-module-unknown", _known(shelf.modules)
            elif at[0] == "electives" and name in pathway.modules:
                rule = "pathway-elective-needed"
            elif name in before:
                rule = "pathway-module-twice"
            elif name in shelf.drafts:
                rule = "pathway-draft"
            before.add(name)
            if rule:
                yield rules.problem(rule, path, *document.place("pathways", number, *at), **values)
        for at, name, section in _sections(pathway):
            module = shelf.modules.get(name)
            known = sections.ids(module.texts[SOURCE]) if module and SOURCE in module.texts else []
            if known and section not in known:
                how = rules.advice(section, known, "course-sections")
                values = {"pathway": pathway.id, "module": name, "section": section, "advice": how}
                yield rules.problem("pathway-section-unknown", path, *document.place("pathways", number, *at), **values)


def _named(pathway: PathwayFacts) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """The modules that a pathway names, with the place of each in it."""
    for place, name in enumerate(pathway.modules):
        yield ("modules", place), name
    for place, part in enumerate(pathway.parts):
        yield ("parts", place, "module"), part.module
    for place, elective in enumerate(pathway.electives):
        yield ("electives", place, "module"), elective.module


def _sections(pathway: PathwayFacts) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """The sections that a pathway names: the place of each in it, its module, its id."""
    for place, part in enumerate(pathway.parts):
        for number, section in enumerate(part.sections):
            yield ("parts", place, "sections", number), part.module, section


def prerequisite_problems(shelf: Shelf) -> Iterator[Problem]:
    """Modules that ask for a module that no reader can take before. A draft may ask for a draft."""
    for folder, module in shelf.modules.items():
        for number, name in enumerate(module.facts.prerequisites):
            place = module.place("prerequisites", number)
            if name not in shelf.folders:
                known = _known(shelf.modules)
                yield rules.problem("prerequisite-unknown", module.path, *place, module=name, modules=known)
            elif name in shelf.drafts and folder not in shelf.drafts:
                yield rules.problem("prerequisite-draft", module.path, *place, module=name)
        if circle := _circle(folder, shelf.modules):
            place = module.place("prerequisites", module.facts.prerequisites.index(circle[1]))
            yield rules.problem("prerequisite-circle", module.path, *place, circle=" → ".join(circle))


def ordered(modules: Mapping[str, Module], pathways: Iterable[PathwayFacts]) -> dict[str, Module]:
    """The modules in the order of the pathways, then the others; names of no module are passed over."""
    names = dict.fromkeys(name for pathway in pathways for _, name in _named(pathway))
    return {name: modules[name] for name in (*names, *modules) if name in modules}


def _known(modules: Iterable[str]) -> str | rules.Word:
    return ", ".join(sorted(modules)) or rules.word("none-yet")


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
