"""Do the links of modules and pages lead somewhere, in the reader's language, and are the images good?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from greensupply import figures, prose, rules
from greensupply.addresses import hub_uris
from greensupply.errors import Problem
from greensupply.locales import LOCALES


@dataclass
class Links:
    """Checks links one by one and keeps the files that pages show.

    Attributes:
        assets: Files of modules that pages show: site path -> path on disk; grows with each link checked.
        anchors: Sections of each module text; what is not here is not checked for its anchor.
        drafts: Names of the modules to which only a draft may link.
    """

    modules_dir: Path
    pages_dir: Path | None
    assets: dict[str, str] = field(default_factory=dict)
    anchors: dict[Path, frozenset[str]] = field(default_factory=dict)
    drafts: set[str] = field(default_factory=set)

    def path(self, file: Path) -> str:
        """A file as its author knows it: `modules/ems/es.md`."""
        for folder in (self.modules_dir, self.pages_dir):
            if folder and (place := _below(folder, file)) is not None:
                return f"{folder.name}/{place}".rstrip("/.")
        return file.name

    def goal(self, link: prose.Link, file: Path) -> Path:
        """Where a link that stands in `file` leads, whether anything is there or not."""
        target = link.target.partition("#")[0]
        return Path(posixpath.normpath(posixpath.join(file.parent.as_posix(), target))) if target else file

    def problems(self, link: prose.Link, file: Path, path: str, locale: str) -> Iterator[Problem]:
        """What is wrong with a link that stands in `file`, called `path` in messages, written in `locale`."""
        target, _, anchor = link.target.partition("#")
        if prose.scheme(link.target) or target.startswith("//"):
            return
        goal = self.goal(link, file)
        in_module = _below(self.modules_dir, goal)
        in_pages = _below(self.pages_dir, goal) if self.pages_dir else None

        def wrong(rule: str, **values: str) -> Problem:
            kind = rules.word("the-image" if link.image else "the-link")
            return rules.problem(rule, path, link.line, link.column, kind=kind, target=link.target, **values)

        if target.startswith("/"):
            yield wrong("link-from-root")
        elif in_module is None and in_pages is None:
            yield wrong("link-outside")
        elif in_pages in hub_uris(locale):  # a page that is made at build time and has no file
            return
        elif not goal.is_file():
            yield wrong("link-to-no-file")
        elif (draft := self._draft(in_module)) and not self._draft(_below(self.modules_dir, file)):
            yield wrong("link-to-draft", draft=draft)
        elif goal.suffix != ".md":
            yield from self._keep(goal, in_module)
        elif _locale(goal, in_module, in_pages) not in (locale, ""):
            yield wrong("link-to-other-language", locale=locale)
        elif anchor and goal in self.anchors and anchor not in self.anchors[goal]:
            yield wrong("link-to-no-section", section=anchor)

    def _draft(self, in_module: str | None) -> str:
        """Name of the draft to which a place below `modules/` belongs; empty where it belongs to none."""
        name = (in_module or "").partition("/")[0]
        return name if name in self.drafts else ""

    def _keep(self, file: Path, in_module: str | None) -> Iterator[Problem]:
        uri = f"modules/{in_module}"
        if in_module is not None and uri not in self.assets:
            self.assets[uri] = str(file)
            yield from figures.problems(file, self.path(file))


def _below(folder: Path, file: Path) -> str | None:
    """The place of a file below a folder, with `/`; None where it lies elsewhere. Thousands of links ask for it."""
    if not folder.parts:
        return file.relative_to(folder).as_posix() if file.is_relative_to(folder) else None
    top, path = folder.as_posix(), file.as_posix()
    if path == top:
        return "."
    return path[len(top) + 1 :] if path.startswith(f"{top}/") else None


def _locale(page: Path, in_module: str | None, in_pages: str | None) -> str:
    """Locale of a page, which below `modules/` is its name and elsewhere its folder; empty where it has none."""
    name = page.stem if in_module is not None else (in_pages or "").partition("/")[0]
    return name if name in LOCALES else ""
