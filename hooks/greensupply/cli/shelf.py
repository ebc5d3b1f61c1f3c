"""The module texts below a folder, as far as they can be read: also where the whole would not pass the check."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from greensupply import freshness, source_text, yaml_text
from greensupply.cli import setting
from greensupply.courses import FOLDER as COURSES
from greensupply.errors import GreenSupplyError, Problem
from greensupply.locales import LOCALES, SOURCE
from greensupply.model import Module, Text
from greensupply.written import ModuleFacts

TRANSLATED = tuple(locale for locale in LOCALES if locale != SOURCE)


@dataclass
class Shelf:
    """A folder of modules; `problems` grows with each text that cannot be read.

    Raises:
        WrongUse: There is no such folder.
    """

    folder: Path
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        if not self.folder.is_dir():
            where = "Run the command where `mkdocs.yml` is, or name it with --modules."
            raise setting.WrongUse(f"{self.folder}: no such folder. {where}")
        self.folder = self.folder.resolve()

    def modules(self) -> list[str]:
        """Names of the modules' folders."""
        folders = (folder for folder in self.folder.iterdir() if folder.is_dir())
        return sorted(folder.name for folder in folders if folder.name != COURSES and folder.name[0] not in "._")

    def path(self, *names: str) -> str:
        """A file as its author knows it."""
        return "/".join((self.folder.name, *names))

    def file(self, module: str, locale: str) -> Path:
        """The text of a module in a language."""
        return self.folder / module / f"{locale}.md"

    def text(self, module: str, locale: str) -> Text | None:
        """The text, or None where it cannot be read."""
        path = self.path(module, f"{locale}.md")
        try:
            return freshness.read(source_text.read(self.file(module, locale), path), path, locale)
        except GreenSupplyError as error:
            self.problems += error.problems
            return None

    def module(self, name: str, locale: str) -> Module | None:
        """A module in its source language and another one, or None where it cannot be read."""
        path = self.path(name, "module.yml")
        texts = {chosen: self.text(name, chosen) for chosen in (SOURCE, locale)}
        try:
            document = yaml_text.load(source_text.read(self.folder / name / "module.yml", path), path)
            facts = yaml_text.typed(ModuleFacts, document, path)
        except GreenSupplyError as error:
            self.problems += error.problems
            return None
        found = {chosen: text for chosen, text in texts.items() if text}
        return Module(facts, path, found) if len(found) == len(texts) else None
