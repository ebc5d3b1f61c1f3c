"""Does each translation say what the English says today, and does a pathway lead to the module?

Nothing here holds up a module: the site marks what is behind, and a module of no pathway has a page all the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from greensupply import freshness, rules
from greensupply.errors import Problem
from greensupply.freshness import Section, Standing, State
from greensupply.lint.reading_time import unfinished
from greensupply.locales import SOURCE
from greensupply.model import Library, Module, Text
from greensupply.written import HEAD


def problems(module: Module, library: Library) -> Iterator[Problem]:
    """What of `module` is behind, what has no stamp although it is filled in, and whether it is in no pathway."""
    yield from _pathway(module, library)
    if SOURCE in module.texts:
        for locale, compared in freshness.comparisons(module):
            text = module.texts[locale]
            yield from _behind(compared, text, module)
            if compared.of(State.UNSTAMPED) and not unfinished(module):
                yield _unstamped(compared, text, module)


def _pathway(module: Module, library: Library) -> Iterator[Problem]:
    named = {name for pathway in library.pathways for name in pathway.modules}
    named |= {part.module for pathway in library.pathways for part in pathway.parts}
    named |= {elective.module for pathway in library.pathways for elective in pathway.electives}
    folder = PurePosixPath(module.path).parent.name  # which another id names wrongly
    if named and not named & {module.id, folder} and not module.draft:  # none: the pathways could not be read
        yield rules.problem("module-without-pathway", module.path, *module.place("id"), module=module.id)


def _behind(compared: freshness.Comparison, text: Text, module: Module) -> Iterator[Problem]:
    """Sections whose English changed, and those that are new or gone in English since the text was stamped.

    Where a text was stamped for the sections of today, `structure` tells what it lacks.
    """
    stamps = text.facts.translated_from
    if not stamps:
        return
    changed = set(stamps) != {standing.source.key for standing in compared.standings}
    before = text.lines.get("title", 1)
    for standing in compared.standings:
        values = {"section": _called(standing.source), "source_line": str(standing.source.line)}
        values["command"] = _command(text, module, standing)
        if standing.translated:
            before = standing.translated.line
        if standing.state is State.STALE:
            yield rules.problem("section-stale", text.path, before, 1, **values)
        elif standing.state is State.MISSING and changed:
            yield rules.problem("section-untranslated", text.path, before, 1, **values)
    for section in compared.gone if changed else ():
        values = {"section": _called(section), "command": _command(text, module)}
        yield rules.problem("section-gone", text.path, section.line, 1, **values)


def _unstamped(compared: freshness.Comparison, text: Text, module: Module) -> Problem:
    found = compared.of(State.UNSTAMPED)
    line = found[0].translated.line if found[0].translated else 1
    values = {"here": len(found), "all": len(compared.standings), "command": _command(text, module)}
    return rules.problem("translation-unstamped", text.path, line, 1, **values)


def _called(section: Section) -> rules.Word | str:
    if section.level:
        return f"`{'#' * section.level} {section.heading}`"
    return rules.word("section-head" if section.key == HEAD else "section-opening")


def _command(text: Text, module: Module, standing: Standing | None = None) -> str:
    """What stamps a text, or of it one section that neither moved nor is new."""
    whole = f"greensupply translated {text.locale} {module.id}"
    if standing is None or standing.moved or standing.translated is None:
        return whole
    return f"{whole} --section {standing.source.key}"
