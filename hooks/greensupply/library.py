"""`modules/` on disk -> a checked `Library`, or every problem of every file at once."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from greensupply import blocks, curriculum, parity, prose, source_text, terms_file, yaml_text
from greensupply.errors import GreenSupplyError, Problem
from greensupply.links import Links
from greensupply.locales import LOCALES, SOURCE
from greensupply.model import Library, Module, Prose, Question, Text
from greensupply.terms import Term
from greensupply.written import ModuleFacts, PageFacts, PathwayFacts, PathwaysFile, SourcesFile, TextFacts

PATHWAYS = "pathways.yml"
TERMS = "terms.yml"
SOURCES = "sources.yml"
LARGE_YAML = 1_000_000
NO_SOURCES = SourcesFile(sources={}, facts={})
_LIKE_A_DRAFT = re.compile(r"^status:\s*[\"']?draft\b", re.MULTILINE)
"""In a module.yml with another mistake: its marked places are warnings all the same."""
Facts = TypeVar("Facts", TextFacts, PageFacts)


@dataclass(frozen=True)
class Findings:
    """What a look through all folders found.

    Attributes:
        library: All modules, drafts too; None where there are problems.
        problems: What must be mended before the site can be built, in the order of the files.
        warnings: What must be mended before a draft is ready: its places that are not filled in yet.
    """

    library: Library | None
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()


def read(modules_dir: Path, pages_dir: Path | None = None) -> Library:
    """Return all modules, drafts too, with pathways and sources.

    Arguments:
        modules_dir: The folder `modules/`.
        pages_dir: The folder `content/`, whose pages are checked with them and may link to them.

    Raises:
        GreenSupplyError: With every problem of every file.
    """
    found = examine(modules_dir, pages_dir)
    if found.library is None:
        raise GreenSupplyError(found.problems)
    return found.library


def examine(modules_dir: Path, pages_dir: Path | None = None) -> Findings:
    """Return what `read` does, with every problem and warning of every file."""
    reading = _Reading(modules_dir, pages_dir)
    modules = reading.modules()
    shelf = curriculum.Shelf(modules, reading.folders, reading.links.drafts)
    pathways = reading.pathways(shelf)
    sources = reading.sources(modules)
    terms = reading.terms()
    reading.problems += curriculum.prerequisite_problems(shelf)
    for module in modules.values():
        if module.id not in reading.broken:
            reading.problems += parity.problems(module)
        reading.links_of(module)
    if pages_dir:
        reading.pages(pages_dir)
    warnings = tuple(sorted(set(reading.warnings)))
    if reading.problems:
        return Findings(None, tuple(sorted(set(reading.problems))), warnings)
    assets = dict(sorted(reading.links.assets.items()))
    in_order = curriculum.ordered(modules, pathways)
    return Findings(Library(in_order, pathways, sources, assets, terms), warnings=warnings)


@dataclass
class _Reading:
    """One walk over the folders; `problems` and `warnings` grow, and what is good is kept."""

    modules_dir: Path
    pages_dir: Path | None
    problems: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)
    """Names of the folders that hold a module."""
    links: Links = field(init=False)
    broken: set[str] = field(default_factory=set)
    """Modules with a block that could not be read: comparing their languages would only repeat that."""

    def __post_init__(self) -> None:
        self.links = Links(self.modules_dir, self.pages_dir)

    def _path(self, file: Path) -> str:
        return self.links.path(file)

    def modules(self) -> dict[str, Module]:
        found: dict[str, Module] = {}
        names: dict[str, str] = {}
        for folder in sorted(self.modules_dir.iterdir()):
            if not folder.is_dir() or folder.name.startswith((".", "_")):
                continue
            self.folders.add(folder.name)
            if twin := names.get(folder.name.casefold()):
                what = f"another module is called `{twin}`; they differ by capitals only."
                self.problems.append(Problem(self._path(folder / "module.yml"), 1, what, "Rename one of the two."))
            names[folder.name.casefold()] = folder.name
            module = self._module(folder)
            if module:
                found[folder.name] = module
        return found

    def _module(self, folder: Path) -> Module | None:
        path = self._path(folder / "module.yml")
        facts, lines, written = None, {}, ""
        try:
            written = source_text.read(folder / "module.yml", path)
            document = yaml_text.load(written, path)
            lines = {str(key[0]): line for key, (line, _) in document.places.items() if len(key) == 1}
            facts = yaml_text.typed(ModuleFacts, document, path)
        except GreenSupplyError as error:
            self.problems += error.problems
        if facts.status == "draft" if facts else _LIKE_A_DRAFT.search(written):
            self.links.drafts.add(folder.name)
        self._unfilled(written, path, folder.name)
        if facts and facts.id != folder.name:
            what = f"`id` is `{facts.id}`, but the folder is called `{folder.name}`."
            self.problems.append(
                Problem(path, lines.get("id", 1), what, "Make the two the same; the id never changes.")
            )
        texts = {locale: text for locale in LOCALES if (text := self._text(folder, locale))}
        if not (folder / f"{SOURCE}.md").exists():
            self.problems.append(
                Problem(self._path(folder / f"{SOURCE}.md"), 1, "does not exist.", "Write the module in English first.")
            )
        if not facts or SOURCE not in texts:
            return None
        if not texts[SOURCE].questions and folder.name not in self.broken:
            what = "the module has no question, so its pass mark cannot be reached."
            self.problems.append(Problem(texts[SOURCE].path, 1, what, "Add a `/// question` block."))
        return Module(facts, path, texts, lines)

    def _unfilled(self, written: str, path: str, module: str) -> None:
        found = self.warnings if module in self.links.drafts else self.problems
        found += prose.unfilled(written, path)

    def _text(self, folder: Path, locale: str) -> Text | None:
        file = folder / f"{locale}.md"
        if not file.exists():
            return None
        path = self._path(file)
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
        if facts is None:
            return None
        text = Text(locale, path, facts, found, lines)
        self._check_words(text)
        self.links.anchors[file] = frozenset(self._anchors(text))
        return text

    def _front_matter(self, model: type[Facts], yaml: str, path: str) -> tuple[Facts | None, dict[str, int]]:
        try:
            document = yaml_text.load(yaml, path, first_line=2)
            lines = {str(key[0]): line for key, (line, _) in document.places.items() if len(key) == 1}
            return yaml_text.typed(model, document, path), lines
        except GreenSupplyError as error:
            self.problems += error.problems
            return None, {}

    def _check_words(self, text: Text) -> None:
        for markdown, line in text.pieces():
            self.problems += prose.problems(markdown, text.path, line)
        seen: dict[str, int] = {}
        for question in text.questions:
            if question.id in seen:
                what = f"the question id `{question.id}` stands here and in line {seen[question.id]}."
                self.problems.append(Problem(text.path, question.line, what, "Give each question its own id."))
            seen.setdefault(question.id, question.line)
        for block in text.blocks:
            if isinstance(block, Prose) and (found := re.search(r"^# .*", prose.blank_code(block.text), re.MULTILINE)):
                line = block.line + block.text.count("\n", 0, found.start())
                what = f"a heading of the first level, `{found[0].strip()[:40]}`."
                self.problems.append(
                    Problem(text.path, line, what, "Begin at `##`; the page's title is `title` above.")
                )

    def _anchors(self, text: Text) -> Iterator[str]:
        yield from prose.anchors("\n\n".join(block.text for block in text.blocks if not isinstance(block, Question)))
        for question in text.questions:
            yield f"question-{question.id}"

    def pathways(self, shelf: curriculum.Shelf) -> tuple[PathwayFacts, ...]:
        file = self.modules_dir / PATHWAYS
        path = self._path(file)
        try:
            document = yaml_text.load(source_text.read(file, path), path)
            pathways = yaml_text.typed(PathwaysFile, document, path).pathways
        except GreenSupplyError as error:
            self.problems += error.problems
            return ()
        self.problems += curriculum.pathway_problems(pathways, document, path, shelf)
        return pathways

    def sources(self, modules: Mapping[str, Module]) -> SourcesFile:
        file = self.modules_dir / SOURCES
        path = self._path(file)
        try:
            document = yaml_text.load(source_text.read(file, path, max_bytes=LARGE_YAML), path, max_bytes=LARGE_YAML)
            sources = yaml_text.typed(SourcesFile, document, path)
        except GreenSupplyError as error:
            self.problems += error.problems
            return NO_SOURCES
        for identifier, fact in sources.facts.items():
            for key in fact.sources:
                if key not in sources.sources:
                    line = document.line("facts", identifier, "sources")
                    self.problems.append(
                        Problem(
                            path,
                            line,
                            f"the fact `{identifier}` names the source `{key}`, which does not exist.",
                            "Add it under `sources:`.",
                        )
                    )
        for module in modules.values():
            for identifier in module.facts.sources:
                if identifier not in sources.facts:
                    what = f"`sources` names the fact `{identifier}`, which {path} does not know."
                    self.problems.append(
                        Problem(module.path, module.lines.get("sources", 1), what, f"Correct it, or add it to {path}.")
                    )
        return sources

    def terms(self) -> tuple[Term, ...]:
        file = self.modules_dir / TERMS
        try:
            return terms_file.read(file, self._path(file))
        except GreenSupplyError as error:
            self.problems += error.problems
            return ()

    def links_of(self, module: Module) -> None:
        for text in module.texts.values():
            for markdown, line in text.pieces():
                for link in prose.links(markdown, line):
                    self.problems += self.links.problems(
                        link, self.modules_dir / module.id / f"{text.locale}.md", text.path, text.locale
                    )

    def pages(self, pages_dir: Path) -> None:
        for locale in LOCALES:
            for file in sorted((pages_dir / locale).rglob("*.md")):
                path = self._path(file)
                try:
                    yaml, markdown, first_line = source_text.split(source_text.read(file, path), path)
                except GreenSupplyError as error:
                    self.problems += error.problems
                    continue
                self._front_matter(PageFacts, yaml, path)
                self.problems += prose.problems(markdown, path, first_line)
                for link in prose.links(markdown, first_line):
                    self.problems += self.links.problems(link, file, path, locale)
