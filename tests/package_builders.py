"""A small module with every type of question, in three languages, and what it is packed from."""

from __future__ import annotations

from pathlib import Path

from builders import EVERYTHING, FACTS, TITLES, module, project, write
from greensupply import library
from greensupply.model import Library

QUESTIONS = """\
/// question | {word}: which change prevents pollution at the source?
    id: at-the-source

- [ ] A sludge press
    - It treats waste that is there already.
- [x] Counterflow rinsing
    - Less water and less drag-out.
///

## {word} 2

{prose}

/// question | {word}: what saves water?
    id: saves-water

- [x] Closing the tap
    - Yes.
- [ ] A bigger pump
    - No.
- [x] Rinsing twice
    - Yes.
///

/// question | {word}: drag-out is lost solution.
    id: drag-out
    type: true-false

- [x] True
    - Yes.
- [ ] False
    - It is.
///

/// question | {word}: how many litres?
    id: litres
    answer: 12500
    tolerance: 2%
    unit: L

//// feedback
Because it is so.
////
///

/// question | {word}: pair them.
    id: pairs
    type: matching

Rinse
:   Water

Press
:   Sludge

Oven
:   Energy

//// feedback
Because it is so.
////
///

/// question | {word}: order them.
    id: order
    type: ordering

1. Avoid
2. Reuse
3. Recycle

//// feedback
Because it is so.
////
///
"""
IDS = ("at-the-source", "saves-water", "drag-out", "litres", "pairs", "order")


def questions(word: str) -> str:
    """The questions, with `word` at the beginning of each."""
    return QUESTIONS.format(word=word, prose="\n\n".join(["Parts carry solution out of the bath."] * 40))


def hub(folder: Path, *more: dict[str, str], **changes: str) -> Path:
    """Write the files of a hub whose module `rinsing` has every type of question; changes as those of `module`."""
    files = module(**changes)
    for locale, title in TITLES.items():
        name = f"modules/rinsing/{locale}.md"
        if locale not in changes:
            files[name] = files[name][: files[name].index("/// question")] + questions(title)
    return write(folder, project(files, *more))


def read(folder: Path) -> Library:
    return library.read(folder / "modules", folder / "content").without_drafts()


def alone(number: int) -> list[tuple[str]]:
    """Languages in which the published module or pathway of that number is packed alone: one in turns, or every one."""
    return [(locale,) for place, locale in enumerate(TITLES) if EVERYTHING or number % len(TITLES) == place]


def facts(**changes: str) -> str:
    """`module.yml` with some of its values changed."""
    lines = [line for line in FACTS.format(id="rinsing").splitlines() if line.partition(":")[0] not in changes]
    return "\n".join([*lines, *(f"{key}: {value}" for key, value in changes.items())]) + "\n"
