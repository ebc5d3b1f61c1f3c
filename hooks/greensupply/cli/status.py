"""`greensupply status`: which translations are missing or behind, section by section."""

from __future__ import annotations

import argparse
import difflib
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from greensupply import freshness
from greensupply.cli import history
from greensupply.cli.shelf import TRANSLATED, Shelf
from greensupply.errors import GreenSupplyError
from greensupply.freshness import Comparison, Section, Standing, State
from greensupply.locales import SOURCE

NO_HISTORY = "There is no git history here, so what changed in a section is not shown."
WORDS = {State.FRESH: "done", State.STALE: "stale", State.MISSING: "missing", State.UNSTAMPED: "unstamped"}


def run(chosen: argparse.Namespace) -> int:
    """Show the state of every translation; 0, or 1 where a file cannot be read.

    Raises:
        WrongUse: There is no folder of modules.
    """
    shelf = Shelf(chosen.modules)
    found: dict[str, dict[str, Comparison | None]] = {}
    known: dict[str, Mapping[tuple[str, str], Section]] = {}
    has_history = True
    for name in shelf.modules():
        source = shelf.text(name, SOURCE)
        if source is None:
            continue
        found[name] = {}
        for locale in TRANSLATED:
            if not shelf.file(name, locale).exists():
                found[name][locale] = None
            elif text := shelf.text(name, locale):
                found[name][locale] = freshness.compare(source, text)
        wanted = {standing.stamped for one in found[name].values() if one for standing in one.of(State.STALE)}
        if wanted and has_history:
            versions = history.versions(shelf.file(name, SOURCE))
            has_history = versions is not None
            now = {(section.key, section.fingerprint): section for section in freshness.sections(source)}
            known[name] = now | _stamped_sections(versions or (), wanted)
    if not has_history:
        print(NO_HISTORY, file=sys.stderr)
    if chosen.json:
        print(json.dumps(_as_data(shelf, found, known, has_history), ensure_ascii=False, indent=2))
    else:
        print(*_lines(shelf, found, known), sep="\n")
    if shelf.problems:
        print(GreenSupplyError(shelf.problems), file=sys.stderr)
        print(f"Problems: {len(set(shelf.problems))}. What they stand in is left out above.", file=sys.stderr)
    return 1 if shelf.problems else 0


def _stamped_sections(versions: Iterable[str], wanted: set[tuple[str, str]]) -> dict[tuple[str, str], Section]:
    """The sections that translations were stamped with, from the newest version of the source that has them."""
    found: dict[tuple[str, str], Section] = {}
    for raw in versions:
        try:
            there = freshness.sections(freshness.read(raw, "", SOURCE))
        except GreenSupplyError:
            continue  # a version that could not be built
        for section in there:
            mark = (section.key, section.fingerprint)
            if mark in wanted:
                found.setdefault(mark, section)
        if len(found) == len(wanted):
            break
    return found


def _diff(standing: Standing, known: Mapping[tuple[str, str], Section]) -> list[str]:
    """What changed in a section of the source since it was translated, line by line; empty if nobody knows."""
    if standing.state is not State.STALE or standing.stamped not in known:
        return []
    before, now = (
        [" ".join(line.split()) for line in section.lines if line.strip()]
        for section in (known[standing.stamped], known[standing.source.key, standing.source.fingerprint])
    )
    changes = difflib.unified_diff(before, now, n=0, lineterm="")
    return [f"{line[0]} {line[1:]}" for line in changes if not line.startswith(("---", "+++", "@@"))]


def _lines(
    shelf: Shelf, found: Mapping[str, Mapping[str, Comparison | None]], known: Mapping[str, Any]
) -> Iterator[str]:
    counts = dict.fromkeys(WORDS.values(), 0)
    for name, languages in found.items():
        yield shelf.path(name)
        for locale, compared in languages.items():
            state = compared.state if compared else State.MISSING
            counts[WORDS[state]] += 1
            yield f"  {locale}  {WORDS[state]}{_summary(compared)}"
            everything = compared is not None and len(compared.of(State.UNSTAMPED)) == len(compared.standings)
            for standing in compared.standings if compared and not everything else ():
                if standing.state is not State.FRESH:
                    yield f"      {_described(shelf, name, locale, standing)}"
                    yield from (f"        {line}" for line in _diff(standing, known.get(name, {})))
            for section in compared.gone if compared else ():
                place = f"{shelf.path(name, locale)}.md:{section.line}"
                yield f"      {place}: `{section.key}` renders a section that {SOURCE}.md no longer has."
    yield f"Translations: {sum(counts.values())}. " + ", ".join(f"{word} {n}" for word, n in counts.items()) + "."
    if counts["stale"] or counts["unstamped"]:
        yield "When a translation says what the English text says: `greensupply translated <locale> <module>`."


def _summary(compared: Comparison | None) -> str:
    if compared is None or compared.state is State.FRESH:
        return ""
    behind, open_ = compared.behind, len(compared.of(State.UNSTAMPED))
    parts = ([f"{behind} behind"] if behind else []) + ([f"{open_} unstamped"] if open_ else [])
    return f": {', '.join(parts)}, of {len(compared.standings)} sections"


def _described(shelf: Shelf, module: str, locale: str, standing: Standing) -> str:
    source = standing.source
    start = f"{shelf.path(module, SOURCE)}.md:{source.line}: `{source.key}`"
    if standing.translated is None:
        return f"{start} is not translated."
    where = f"{shelf.path(module, locale)}.md:{standing.translated.line}"
    if standing.state is State.UNSTAMPED:
        return f"{start} was never stamped; see {where}."
    how = "stands elsewhere now" if standing.moved and standing.stamped[1] == source.fingerprint else "changed"
    return f"{start} {how} since it was translated; see {where}."


def _as_data(
    shelf: Shelf,
    found: Mapping[str, Mapping[str, Comparison | None]],
    known: Mapping[str, Any],
    has_history: bool,
) -> dict[str, Any]:
    def language(name: str, locale: str, compared: Comparison | None) -> dict[str, Any]:
        path = f"{shelf.path(name, locale)}.md"
        if compared is None:
            return {"state": WORDS[State.MISSING], "file": path, "sections": [], "gone": []}
        sections = [
            {
                "key": standing.source.key,
                "heading": standing.source.heading,
                "state": standing.state.value,
                "source": f"{shelf.path(name, SOURCE)}.md:{standing.source.line}",
                "translation": f"{path}:{standing.translated.line}" if standing.translated else None,
                "moved": standing.moved,
                "stamped": standing.stamped[1] or None,
                "fingerprint": standing.source.fingerprint,
                "diff": _diff(standing, known.get(name, {})),
            }
            for standing in compared.standings
        ]
        gone = [{"key": section.key, "translation": f"{path}:{section.line}"} for section in compared.gone]
        return {"state": WORDS[compared.state], "file": path, "sections": sections, "gone": gone}

    return {
        "history": has_history,
        "modules": {
            name: {locale: language(name, locale, compared) for locale, compared in languages.items()}
            for name, languages in found.items()
        },
        "problems": [str(problem) for problem in sorted(set(shelf.problems))],
    }
