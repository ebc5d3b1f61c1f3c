"""The files that all modules share: pathways, sources, the glossary.

Each function takes the walk, to whose problems it adds what is wrong with its file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from greensupply import agenda, curriculum, rules, source_text, terms_file, toolbox_file, yaml_text
from greensupply.courses import FOLDER as COURSES
from greensupply.courses import CourseFacts
from greensupply.errors import GreenSupplyError
from greensupply.library.walk import Walk
from greensupply.model import Module
from greensupply.terms import Term
from greensupply.toolbox import ToolFacts
from greensupply.written import PathwayFacts, PathwaysFile, SourcesFile

PATHWAYS = "pathways.yml"
TERMS = "terms.yml"
SOURCES = "sources.yml"
LARGE_YAML = 1_000_000
NO_SOURCES = SourcesFile(sources={}, facts={})


def pathways(walk: Walk, shelf: curriculum.Shelf) -> tuple[PathwayFacts, ...]:
    """The pathways; none if the file cannot be read."""
    file = walk.modules_dir / PATHWAYS
    path = walk.path(file)
    try:
        document = yaml_text.load(source_text.read(file, path), path)
        found = yaml_text.typed(PathwaysFile, document, path).pathways
    except GreenSupplyError as error:
        walk.problems += error.problems
        return ()
    walk.problems += curriculum.pathway_problems(found, document, path, shelf)
    return found


def sources(walk: Walk, modules: Mapping[str, Module]) -> SourcesFile:
    """Facts and their sources, of which each name in them and in `modules` is looked up; none if unreadable."""
    file = walk.modules_dir / SOURCES
    path = walk.path(file)
    try:
        document = yaml_text.load(source_text.read(file, path, max_bytes=LARGE_YAML), path, max_bytes=LARGE_YAML)
        found = yaml_text.typed(SourcesFile, document, path)
    except GreenSupplyError as error:
        walk.problems += error.problems
        return NO_SOURCES
    for identifier, fact in found.facts.items():
        for number, key in enumerate(fact.sources):
            if key not in found.sources:
                place = document.place("facts", identifier, "sources", number)
                walk.problems.append(rules.problem("source-unknown", path, *place, fact=identifier, source=key))
    for module in modules.values():
        for number, identifier in enumerate(module.facts.sources):
            if identifier not in found.facts:
                place = module.place("sources", number)
                walk.problems.append(rules.problem("fact-unknown", module.path, *place, fact=identifier, file=path))
    return found


def terms(walk: Walk) -> tuple[Term, ...]:
    """The glossary; no term if the file cannot be read."""
    file = walk.modules_dir / TERMS
    try:
        return terms_file.read(file, walk.path(file))
    except GreenSupplyError as error:
        walk.problems += error.problems
        return ()


def tools(walk: Walk, known: SourcesFile) -> tuple[ToolFacts, ...]:
    """The tools library; no tool without the folder of pages, or if the file cannot be read."""
    if walk.pages_dir is None:
        return ()
    file = walk.pages_dir / toolbox_file.NAME
    listed_in = walk.path(walk.modules_dir / SOURCES)
    try:
        return toolbox_file.read(file, walk.path(file), modules=walk.folders, facts=known.facts, listed_in=listed_in)
    except GreenSupplyError as error:
        walk.problems += error.problems
        return ()


def courses(walk: Walk, shelf: curriculum.Shelf, pathways: Iterable[PathwayFacts]) -> tuple[CourseFacts, ...]:
    """The courses that could be read, in the order of their ids; a hub may have none."""
    folder = walk.modules_dir / COURSES
    whole = {name: module for name, module in shelf.modules.items() if name not in walk.broken}
    known = sorted(pathway.id for pathway in pathways)
    found = []
    for file in sorted(folder.iterdir()) if folder.is_dir() else ():
        path = walk.path(file)
        if file.name.startswith((".", "_")):
            continue
        if file.suffix != ".yml" or not file.is_file():
            walk.problems.append(rules.problem("course-stray", path, 1))
            continue
        try:
            written = source_text.read(file, path, max_bytes=LARGE_YAML)
            document = yaml_text.load(written, path, max_bytes=LARGE_YAML)
            course = yaml_text.typed(CourseFacts, document, path)
        except GreenSupplyError as error:
            walk.problems += error.problems
            continue
        if course.id != file.stem:
            walk.problems.append(rules.problem("course-id-not-file", path, *document.place("id"), id=course.id))
        if known and course.pathway not in known:
            how = rules.advice(course.pathway, known, "course-pathways")
            values = {"pathway": course.pathway, "advice": how}
            walk.problems.append(rules.problem("course-pathway-unknown", path, *document.place("pathway"), **values))
        walk.problems += agenda.problems(course, document, path, replace(shelf, modules=whole))
        found.append(course)
    return tuple(found)
