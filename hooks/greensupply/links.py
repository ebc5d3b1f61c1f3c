"""Do the links of modules and pages lead somewhere, in the reader's language, and are the images good?"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from greensupply import figures, prose
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

    def problems(self, link: prose.Link, file: Path, path: str, locale: str) -> Iterator[Problem]:
        """What is wrong with a link that stands in `file`, called `path` in messages, written in `locale`."""
        target, _, anchor = link.target.partition("#")
        goal = Path(posixpath.normpath((file.parent / target).as_posix())) if target else file
        if prose.scheme(link.target) or target.startswith("//"):
            return
        if target.startswith("/"):
            what, how = "begins with `/`", "Write it from this file, such as `../ems/en.md`."
        elif not any(folder and goal.is_relative_to(folder) for folder in (self.modules_dir, self.pages_dir)):
            what, how = "leads out of the site's folders", "Link to a file below `modules/` or `content/`."
        elif self._is_made(goal, locale):
            return
        elif not goal.is_file():
            what, how = "leads to no file", "Correct the name, or add the file."
        elif (draft := self._draft(goal)) and not self._draft(file):
            what = f"leads to the draft `{draft}`, which readers do not see"
            how = "Set `status: ready` in its module.yml once it is done, or take the link out until then."
        elif goal.suffix == ".md":
            what, how = self._page_problem(goal, anchor, locale)
        else:
            yield from self._keep(goal)
            return
        if what:
            kind = "image" if link.image else "link"
            yield Problem(path, link.line, f"the {kind} `{link.target}` {what}.", how, link.column)

    def _draft(self, file: Path) -> str:
        """Name of the draft that a file belongs to; empty where it belongs to none."""
        if not file.is_relative_to(self.modules_dir) or file == self.modules_dir:
            return ""
        name = file.relative_to(self.modules_dir).parts[0]
        return name if name in self.drafts else ""

    def _is_made(self, goal: Path, locale: str) -> bool:
        """A page that is made at build time and has no file."""
        return self.pages_dir is not None and goal in {self.pages_dir / uri for uri in hub_uris(locale)}

    def _page_problem(self, goal: Path, anchor: str, locale: str) -> tuple[str, str]:
        if goal.is_relative_to(self.modules_dir):
            theirs = goal.stem
        else:
            theirs = goal.relative_to(self.pages_dir or goal).parts[0]
        if theirs in LOCALES and theirs != locale:
            return "leads to a page in another language", f"Link to the `{locale}` one; a reader keeps the language."
        if anchor and goal in self.anchors and anchor not in self.anchors[goal]:
            return f"names no section `{anchor}` of that page", "Copy the address of the section from the built page."
        return "", ""

    def _keep(self, file: Path) -> Iterator[Problem]:
        if not file.is_relative_to(self.modules_dir):
            return
        uri = f"modules/{file.relative_to(self.modules_dir).as_posix()}"
        if uri not in self.assets:
            self.assets[uri] = str(file)
            yield from figures.problems(file, self.path(file))
