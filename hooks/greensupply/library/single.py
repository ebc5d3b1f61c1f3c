"""Texts of one module of a library, read again without a look at the other files: for previews."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from greensupply import parity, sections, session_plan
from greensupply.courses import CourseFacts
from greensupply.library.walk import Walk
from greensupply.locales import SOURCE
from greensupply.model import Library, Text


def reread(
    modules_dir: Path, pages_dir: Path, before: Library, identifier: str, locales: Collection[str]
) -> Library | None:
    """Return the library with some texts of a module as their files say today; None where only `examine` can tell.

    So it is where a text has a problem, and where another file may have one now: it may name a section or a figure
    that the text no longer has, or show a figure that was not looked at.

    Arguments:
        modules_dir: The folder `modules/`.
        pages_dir: The folder `content/`.
        before: What `read` returned, with drafts.
        identifier: A module of it.
        locales: Languages of that module.
    """
    old = before.modules[identifier]
    walk = Walk(modules_dir, pages_dir, frozenset())
    walk.links.drafts |= {name for name, each in before.modules.items() if each.draft}
    new = walk.again(old, locales)
    if new is None:
        return None
    walk.problems += parity.problems(new)
    walk.links_of(new)
    assets = walk.links.assets
    own = {uri for uri in before.assets if uri.startswith(f"modules/{identifier}/")}
    gone = [anchor for name in locales for anchor in walk.anchors(old.texts[name]) - walk.anchors(new.texts[name])]
    if (
        walk.problems
        or not new.texts[SOURCE].questions
        or not (assets.items() <= before.assets.items() and own <= assets.keys())
        or _named(gone, before, identifier, pages_dir)
        or not _taught_alike(before, identifier, old.texts[SOURCE], new.texts[SOURCE])
    ):
        return None
    return replace(before, modules={**before.modules, identifier: new})


def _named(gone: Collection[str], before: Library, identifier: str, pages_dir: Path) -> bool:
    """Whether another file may link to one of these sections."""
    return bool(gone) and any(
        f"#{anchor}" in text for text in _other_texts(before, identifier, pages_dir) for anchor in gone
    )


def _other_texts(before: Library, identifier: str, pages_dir: Path) -> Iterator[str]:
    for name, module in before.modules.items():
        if name != identifier:
            yield from (text.written for text in module.texts.values())
    for file in pages_dir.rglob("*.md"):
        yield file.read_text(encoding="utf-8", errors="replace")


def _taught_alike(before: Library, identifier: str, old: Text, new: Text) -> bool:
    """Whether pathways and courses find the same in both: the sections that they name, and their times."""
    named = {
        section
        for pathway in before.pathways
        for part in pathway.parts
        if part.module == identifier
        for section in part.sections
    }
    taught = {name for course in before.courses for name in _modules(course)}
    return named <= set(sections.ids(new)) and (identifier not in taught or _outline(old) == _outline(new))


def _modules(course: CourseFacts) -> Iterator[str | None]:
    """The modules of which a course names sections."""
    yield from (session.module for day in course.days for session in day.sessions)
    yield from (place.module for place in (course.rubric, course.ladder) if place)


def _outline(text: Text) -> object:
    parts = session_plan.plan(text).parts
    times = [(part.section, part.note.minutes, part.note.activity) for part in parts]
    return sections.ids(text), list(session_plan.sections(text)), times
