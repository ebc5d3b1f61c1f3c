"""`modules/` on disk -> a checked `Library`, or every problem of every file at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from greensupply import blocks, parity, prose, source_text, terms_file, yaml_text
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
Facts = TypeVar("Facts", TextFacts, PageFacts)


def read(modules_dir: Path, pages_dir: Path | None = None) -> Library:
    """Return all modules, pathways and sources.

    Arguments:
        modules_dir: The folder `modules/`.
        pages_dir: The folder `content/`, whose pages are checked with them and may link to them.

    Raises:
        GreenSupplyError: With every problem of every file.
    """
    reading = _Reading(modules_dir, pages_dir)
    modules = reading.modules()
    pathways = reading.pathways(modules)
    sources = reading.sources(modules)
    terms = reading.terms()
    reading.prerequisites(modules)
    for module in modules.values():
        if module.id not in reading.broken:
            reading.problems += parity.problems(module)
        reading.links_of(module)
    if pages_dir:
        reading.pages(pages_dir)
    if reading.problems:
        raise GreenSupplyError(reading.problems)
    return Library(_ordered(modules, pathways), pathways, sources, dict(sorted(reading.links.assets.items())), terms)


@dataclass
class _Reading:
    """One walk over the folders; `problems` grows, and what is good is kept."""

    modules_dir: Path
    pages_dir: Path | None
    problems: list[Problem] = field(default_factory=list)
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
        facts, lines = None, {}
        try:
            written = source_text.read(folder / "module.yml", path)
            self.problems += prose.unfilled(written, path)
            document = yaml_text.load(written, path)
            lines = {str(key[0]): line for key, (line, _) in document.places.items() if len(key) == 1}
            facts = yaml_text.typed(ModuleFacts, document, path)
        except GreenSupplyError as error:
            self.problems += error.problems
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

    def _text(self, folder: Path, locale: str) -> Text | None:
        file = folder / f"{locale}.md"
        if not file.exists():
            return None
        path = self._path(file)
        try:
            written = source_text.read(file, path)
            self.problems += prose.unfilled(written, path)
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

    def pathways(self, modules: Mapping[str, Module]) -> tuple[PathwayFacts, ...]:
        file = self.modules_dir / PATHWAYS
        path = self._path(file)
        try:
            document = yaml_text.load(source_text.read(file, path), path)
            pathways = yaml_text.typed(PathwaysFile, document, path).pathways
        except GreenSupplyError as error:
            self.problems += error.problems
            return ()
        seen: dict[str, int] = {}
        for number, pathway in enumerate(pathways):
            line = document.line("pathways", number, "id")
            if pathway.id in seen:
                what = f"the pathway `{pathway.id}` stands here and in line {seen[pathway.id]}."
                self.problems.append(Problem(path, line, what, "Give each its own id."))
            seen[pathway.id] = line
            electives = [elective.module for elective in pathway.electives]
            places = [("modules", place) for place in range(len(pathway.modules))]
            places += [("electives", place) for place in range(len(electives))]
            names = [*pathway.modules, *electives]
            for place, (at, name) in enumerate(zip(places, names, strict=True)):
                what, how = f"names `{name}` twice.", "Delete one of the two."
                if not (self.modules_dir / name).is_dir():
                    what, how = f"names the module `{name}`, which does not exist.", _known(modules)
                elif at[0] == "electives" and name in pathway.modules:
                    what = f"offers `{name}` as an elective, but it is one of its own modules."
                    how = "Delete it under `modules` or under `electives`."
                elif name not in names[:place]:
                    continue
                line = document.line("pathways", number, *at)
                self.problems.append(Problem(path, line, f"the pathway `{pathway.id}` {what}", how))
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

    def prerequisites(self, modules: Mapping[str, Module]) -> None:
        for folder, module in modules.items():
            line = module.lines.get("prerequisites", 1)
            for name in module.facts.prerequisites:
                if not (self.modules_dir / name).is_dir():
                    self.problems.append(
                        Problem(module.path, line, f"the prerequisite `{name}` does not exist.", _known(modules))
                    )
            if circle := _circle(folder, modules):
                what = f"the prerequisites go round in a circle: {' → '.join(circle)}."
                self.problems.append(Problem(module.path, line, what, "Take one of them out."))

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


def _known(modules: Iterable[str]) -> str:
    return f"Modules are: {', '.join(sorted(modules)) or 'none yet'}."


def _circle(start: str, modules: Mapping[str, Module]) -> Sequence[str]:
    """The shortest way from a module back to itself over prerequisites, reported at its first name only."""
    ways = [[start]]
    seen: set[str] = set()
    for way in ways:
        for name in modules[way[-1]].facts.prerequisites:
            if name == start:
                return [*way, start] if start == min(way) else []
            if name in modules and name not in seen:
                seen.add(name)
                ways.append([*way, name])
    return []


def _ordered(modules: Mapping[str, Module], pathways: Iterable[PathwayFacts]) -> dict[str, Module]:
    offered = [(pathway.modules, (elective.module for elective in pathway.electives)) for pathway in pathways]
    names = dict.fromkeys(name for needed, electives in offered for name in (*needed, *electives))
    return {name: modules[name] for name in (*names, *(name for name in modules if name not in names))}
