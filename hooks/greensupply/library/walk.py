"""One walk over the folders: modules, their texts and pages, with what is wrong with each."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from greensupply import blocks, prose, rules, source_text, yaml_text
from greensupply.courses import FOLDER as COURSES
from greensupply.errors import GreenSupplyError, Problem
from greensupply.links import Links
from greensupply.locales import LOCALES, SOURCE
from greensupply.model import Callout, Module, Prose, Text
from greensupply.written import ModuleFacts, PageFacts, TextFacts

_LIKE_A_DRAFT = re.compile(r"^status:\s*[\"']?draft\b", re.MULTILINE)
"""In a module.yml with another mistake: its marked places are warnings all the same."""
MOST = 1_000
"""Problems of one kind that are looked for in one file: nobody wrote so many by hand."""
Facts = TypeVar("Facts", TextFacts, PageFacts)


@dataclass(frozen=True)
class Alone:
    """A text that can be looked at by itself only: a block of it, or of its module what it belongs to, is broken.

    Attributes:
        module: Name of the module's folder.
        written: The whole file.
        lines: Those that could be read.
    """

    module: str
    locale: str
    path: str
    written: str
    lines: frozenset[int]


@dataclass
class Walk:
    """One walk over the folders; `problems` and `warnings` grow, and what is good is kept."""

    modules_dir: Path
    pages_dir: Path | None
    only: Collection[str] | None = None
    """Names of the modules to read whole; None is all."""
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    """Names of the folders that hold a module."""
    links: Links = field(init=False)
    broken: set[str] = field(default_factory=set)
    """Modules with a block that could not be read: comparing their languages would only repeat that."""
    torn: set[str] = field(default_factory=set)
    """Texts with such a block."""
    cut: list[Alone] = field(default_factory=list)
    """Every text whose front matter and Markdown could be told apart."""
    sound: set[str] = field(default_factory=set)
    """Modules whose languages were compared before."""
    known_links: dict[str, tuple[prose.Link, ...]] = field(default_factory=dict)
    """Links of texts that were looked for before."""

    def __post_init__(self) -> None:
        self.links = Links(self.modules_dir, self.pages_dir)

    def path(self, file: Path) -> str:
        """What messages call a file."""
        return self.links.path(file)

    def _found(self, rule: str, path: str, line: int, column: int = 0, **values: Any) -> None:
        self.problems.append(rules.problem(rule, path, line, column, **values))

    def modules(self, read: Callable[[Path], Module | None]) -> dict[str, Module]:
        """The modules that could be read; `read` reads the one in a folder, as `module` does."""
        found: dict[str, Module] = {}
        names: dict[str, str] = {}
        for folder in sorted(self.modules_dir.iterdir()):
            if not folder.is_dir() or folder.name == COURSES or folder.name.startswith((".", "_")):
                continue
            self.folders.add(folder.name)
            if twin := names.get(folder.name.casefold()):
                self._found("folders-alike", self.path(folder / "module.yml"), 1, twin=twin)
            names[folder.name.casefold()] = folder.name
            module = read(folder)
            if module:
                found[folder.name] = module
        return found

    def add(self, other: Walk) -> None:
        """Take what another walk found."""
        self.problems += other.problems
        self.warnings += other.warnings
        self.links.drafts |= other.links.drafts
        self.links.anchors |= other.links.anchors
        self.broken |= other.broken
        self.torn |= other.torn
        self.cut += other.cut

    def module(self, folder: Path) -> Module | None:
        """The module in a folder, if its facts, and its English if it is read whole, could be read."""
        path = self.path(folder / "module.yml")
        facts, written = None, ""
        places: Mapping[tuple[str | int, ...], tuple[int, int]] = {}
        try:
            written = source_text.read(folder / "module.yml", path)
            document = yaml_text.load(written, path)
            places = document.places
            facts = yaml_text.typed(ModuleFacts, document, path)
        except GreenSupplyError as error:
            self.problems += error.problems
        if facts.status == "draft" if facts else _LIKE_A_DRAFT.search(written):
            self.links.drafts.add(folder.name)
        self._unfilled(written, path, folder.name)
        if facts and facts.id != folder.name:
            self._found("id-not-folder", path, *places["id",], id=facts.id, folder=folder.name)
        if self.only is not None and folder.name not in self.only:
            return Module(facts, path, {}, _lines(places), places) if facts else None
        texts = {locale: text for locale in LOCALES if (text := self._text(folder, locale))}
        if not (folder / f"{SOURCE}.md").exists():
            self._found("english-missing", self.path(folder / f"{SOURCE}.md"), 1)
        if not facts or SOURCE not in texts:
            return None
        if not texts[SOURCE].questions and folder.name not in self.broken:
            self._found("module-without-question", texts[SOURCE].path, 1)
        return Module(facts, path, texts, _lines(places), places)

    def whole(self, modules: Mapping[str, Module]) -> dict[str, Module]:
        """The modules that were read, without texts of which a block could not be."""
        found = {}
        for name, module in modules.items():
            texts = {locale: text for locale, text in module.texts.items() if text.path not in self.torn}
            if SOURCE in texts:
                found[name] = replace(module, texts=texts)
        return found

    def alone(self, whole: Iterable[Module]) -> Iterator[Alone]:
        """The texts that are in none of these modules, because something beside their own words is broken."""
        known = {text.path for module in whole for text in module.texts.values()}
        return (text for text in self.cut if text.path not in known)

    def _unfilled(self, written: str, path: str, module: str) -> None:
        found = self.warnings if module in self.links.drafts else self.problems
        found += prose.unfilled(written, path)

    def _text(self, folder: Path, locale: str) -> Text | None:
        file = folder / f"{locale}.md"
        if not file.exists():
            return None
        path = self.path(file)
        try:
            written = source_text.read(file, path)
            self._unfilled(written, path, folder.name)
            yaml, markdown, first_line = source_text.split(written, path)
        except GreenSupplyError as error:
            self.problems += error.problems
            return None
        facts, lines = self._front_matter(TextFacts, yaml, path)
        found, problems = blocks.parse(markdown, path, first_line)
        self.problems += problems
        if problems:
            self.broken.add(folder.name)
            self.torn.add(path)
        head = 1 if facts is None else first_line
        inside = {line for block in found for line in _covered(block.pieces())}
        self.cut.append(Alone(folder.name, locale, path, written, frozenset({*range(1, head), *inside})))
        if facts is None:
            return None
        text = Text(locale, path, facts, found, lines, written)
        self._check_words(text)
        self.links.anchors[file] = self.anchors(text)
        return text

    def again(self, module: Module, locales: Iterable[str]) -> Module | None:
        """A module with some of its texts read again; None where something is wrong with them."""
        texts = {locale: text for locale in locales if (text := self._text(self.modules_dir / module.id, locale))}
        return None if self.problems else replace(module, texts={**module.texts, **texts})

    def anchors(self, text: Text) -> frozenset[str]:
        """What links may lead to in a text."""
        return frozenset(self._anchors(text))

    def _front_matter(self, model: type[Facts], yaml: str, path: str) -> tuple[Facts | None, dict[str, int]]:
        try:
            document = yaml_text.load(yaml, path, first_line=2)
            return yaml_text.typed(model, document, path), _lines(document.places)
        except GreenSupplyError as error:
            self.problems += error.problems
            return None, {}

    def _check_words(self, text: Text) -> None:
        for markdown, line in text.pieces():
            self.problems += islice(prose.problems(markdown, text.path, line), MOST)
        seen: dict[str, int] = {}
        for question in text.questions:
            if question.id in seen:
                values = {"question": question.id, "first": str(seen[question.id])}
                self._found("question-id-twice", text.path, question.line, 1, **values)
            seen.setdefault(question.id, question.line)
        for block in text.blocks:
            if isinstance(block, Prose) and (found := re.search(r"^# .*", prose.blank_code(block.text), re.MULTILINE)):
                line = block.line + block.text.count("\n", 0, found.start())
                self._found("first-level-heading", text.path, line, 1, heading=found[0].strip()[:40])

    def _look_up(self, link: prose.Link, file: Path) -> None:
        """Learn the sections of a module's text that a link names, if the module is not read whole."""
        goal = self.links.goal(link, file)
        unread = self.only is not None and goal.parent.parent == self.modules_dir and goal not in self.links.anchors
        if unread and "#" in link.target:
            other = Walk(self.modules_dir, self.pages_dir)
            other._text(goal.parent, goal.stem)
            self.links.anchors.update(other.links.anchors)

    def _anchors(self, text: Text) -> Iterator[str]:
        yield from prose.anchors("\n\n".join(block.text for block in text.blocks if isinstance(block, Prose | Callout)))
        for question in text.questions:
            yield f"question-{question.id}"

    def links_of(self, module: Module) -> None:
        """Look where the links of a module lead."""
        for text in module.texts.values():
            file = self.modules_dir / module.id / f"{text.locale}.md"
            links = self.known_links.get(text.path)
            self._links(self.links_in(text) if links is None else links, file, text.path, text.locale)

    def links_in(self, text: Text) -> Iterator[prose.Link]:
        """The links of a text."""
        return (link for markdown, line in text.pieces() for link in prose.links(markdown, line))

    def _links(self, links: Iterable[prose.Link], file: Path, path: str, locale: str) -> None:
        """Look where the links of a file lead."""
        before = len(self.problems)
        for link in links:
            if len(self.problems) - before > MOST:
                return
            self._look_up(link, file)
            self.problems += self.links.problems(link, file, path, locale)

    def pages(self, pages_dir: Path) -> None:
        """Look at the pages that are no modules, and where their links lead."""
        for locale in LOCALES:
            for file in sorted((pages_dir / locale).rglob("*.md")):
                path = self.path(file)
                try:
                    yaml, markdown, first_line = source_text.split(source_text.read(file, path), path)
                except GreenSupplyError as error:
                    self.problems += error.problems
                    continue
                self._front_matter(PageFacts, yaml, path)
                self.problems += islice(prose.problems(markdown, path, first_line), MOST)
                self._links(prose.links(markdown, first_line), file, path, locale)


def _lines(places: Mapping[tuple[str | int, ...], tuple[int, int]]) -> dict[str, int]:
    """Line of each key of the outermost map."""
    return {str(path[0]): line for path, (line, _) in places.items() if len(path) == 1}


def _covered(pieces: Iterable[tuple[str, int]]) -> Iterator[int]:
    """The lines in which pieces of Markdown stand."""
    for markdown, line in pieces:
        yield from range(line, line + markdown.count("\n") + 1)
