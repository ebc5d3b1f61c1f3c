"""`content/tools.yml` -> the tools of the library, or everything that is wrong with it at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from greensupply import rules, source_text, yaml_text
from greensupply.errors import GreenSupplyError, Problem
from greensupply.toolbox import ToolFacts, ToolsFile

NAME = "tools.yml"
MAX_BYTES = 1_000_000


def read(
    file: Path, path: str, *, modules: Collection[str], facts: Collection[str], listed_in: str
) -> tuple[ToolFacts, ...]:
    """Return the tools in the file's order; none where there is no file, because a hub can do without.

    Arguments:
        file: Where it is.
        path: What to call it in messages.
        modules: Ids of the modules that there are, drafts too.
        facts: Ids of the facts that there are; none if their file could not be read, and then they are not looked up.
        listed_in: What messages call the file of the facts.

    Raises:
        GreenSupplyError: With every problem of the file.
    """
    if not file.exists():
        return ()
    document = yaml_text.load(source_text.read(file, path, max_bytes=MAX_BYTES), path, max_bytes=MAX_BYTES)
    tools = yaml_text.typed(ToolsFile, document, path).tools
    problems = [
        *_ids(tools, document, path),
        *_names(tools, document, path),
        *_modules(tools, document, path, modules),
        *(_facts(tools, document, path, facts, listed_in) if facts else ()),
    ]
    if problems:
        raise GreenSupplyError(problems)
    return tools


def _ids(tools: tuple[ToolFacts, ...], document: yaml_text.Document, path: str) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for number, tool in enumerate(tools):
        place = document.place("tools", number, "id")
        if tool.id in seen:
            yield rules.problem("tool-twice", path, *place, tool=tool.id, first=seen[tool.id])
        seen.setdefault(tool.id, str(place[0]))


def _names(tools: tuple[ToolFacts, ...], document: yaml_text.Document, path: str) -> Iterator[Problem]:
    """A name in one language says which, so that it is read aloud as what it is; one in all three says none."""
    for number, tool in enumerate(tools):
        if isinstance(tool.name, str) and tool.lang is None:
            yield rules.problem("tool-name-language", path, *document.place("tools", number, "name"), tool=tool.id)
        elif not isinstance(tool.name, str) and tool.lang is not None:
            yield rules.problem("tool-name-language", path, *document.place("tools", number, "lang"), tool=tool.id)


def _modules(
    tools: tuple[ToolFacts, ...], document: yaml_text.Document, path: str, modules: Collection[str]
) -> Iterator[Problem]:
    known = sorted(modules)
    for number, tool in enumerate(tools):
        for index, name in enumerate(tool.modules):
            if name not in modules:
                how = rules.advice(name, known, "tool-modules")
                place = document.place("tools", number, "modules", index)
                yield rules.problem("tool-module-unknown", path, *place, tool=tool.id, module=name, advice=how)


def _facts(
    tools: tuple[ToolFacts, ...], document: yaml_text.Document, path: str, facts: Collection[str], listed_in: str
) -> Iterator[Problem]:
    for number, tool in enumerate(tools):
        for index, name in enumerate(tool.facts):
            if name not in facts:
                place = document.place("tools", number, "facts", index)
                yield rules.problem("tool-fact-unknown", path, *place, tool=tool.id, fact=name, file=listed_in)
