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
            if folder and file.is_relative_to(folder):
                return f"{folder.name}/{file.relative_to(folder).as_posix()}".rstrip("/.")
        return file.name

    def goal(self, link: prose.Link, file: Path) -> Path:
        """Where a link that stands in `file` leads, whether anything is there or not."""
        target = link.target.partition("#")[0]
        return Path(posixpath.normpath((file.parent / target).as_posix())) if target else file

    def problems(self, link: prose.Link, file: Path, path: str, locale: str) -> Iterator[Problem]:
        """What is wrong with a link that stands in `file`, called `path` in messages, written in `locale`."""
        target, _, anchor = link.target.partition("#")
        goal = self.goal(link, file)
        if prose.scheme(link.target) or target.startswith("//"):
            return

        def wrong(rule: str, **values: str) -> Problem:
            kind = rules.word("the-image" if link.image else "the-link")
            return rules.problem(rule, path, link.line, link.column, kind=kind, target=link.target, **values)

        if target.startswith("/"):
            yield wrong("link-from-root")
        elif not any(folder and goal.is_relative_to(folder) for folder in (self.modules_dir, self.pages_dir)):
            yield wrong("link-outside")
        elif self._is_made(goal, locale):
            return
        elif not goal.is_file():
            yield wrong("link-to-no-file")
        elif (draft := self._draft(goal)) and not self._draft(file):
            yield wrong("link-to-draft", draft=draft)
        elif goal.suffix != ".md":
            yield from self._keep(goal)
        elif self._locale(goal) not in (locale, ""):
            yield wrong("link-to-other-language", locale=locale)
        elif anchor and goal in self.anchors and anchor not in self.anchors[goal]:
            yield wrong("link-to-no-section", section=anchor)

    def _draft(self, file: Path) -> str:
        """Name of the draft that a file belongs to; empty where it belongs to none."""
        if not file.is_relative_to(self.modules_dir) or file == self.modules_dir:
            return ""
        name = file.relative_to(self.modules_dir).parts[0]
        return name if name in self.drafts else ""

    def _is_made(self, goal: Path, locale: str) -> bool:
        """A page that is made at build time and has no file."""
        if self.pages_dir is None or not goal.is_relative_to(self.pages_dir):
            return False
        return goal.relative_to(self.pages_dir).as_posix() in hub_uris(locale)

    def _locale(self, page: Path) -> str:
        """Locale of a page; empty where it has none."""
        in_module = page.is_relative_to(self.modules_dir)
        name = page.stem if in_module else page.relative_to(self.pages_dir or page).parts[0]
        return name if name in LOCALES else ""

    def _keep(self, file: Path) -> Iterator[Problem]:
        if not file.is_relative_to(self.modules_dir):
            return
        uri = f"modules/{file.relative_to(self.modules_dir).as_posix()}"
        if uri not in self.assets:
            self.assets[uri] = str(file)
            yield from figures.problems(file, self.path(file))
