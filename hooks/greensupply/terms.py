"""The terms of the glossary, as authors write them in `modules/terms.yml`: their types, and what no type can say."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from greensupply.locales import LOCALES
from greensupply.written import Identifier, Line, Sentence, broken

MOST_CHARACTERS = 160
"""Of a definition: it opens beside the text that uses the term, and every module carries its own."""


def _short(text: str) -> str:
    if len(text) > MOST_CHARACTERS:
        raise broken("definition-too-long", most=MOST_CHARACTERS)
    return text


Definition = Annotated[Sentence, AfterValidator(_short)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class Wording(_Entry):
    """A term in one language."""

    term: Line = Field(description="The term as it stands in running text.")
    abbr: Line = Field(default="", description="Abbreviation, where one is usual.")
    forms: tuple[Line, ...] = Field(strict=False, default=(), description="Plurals and other words for it.")
    avoid: tuple[Line, ...] = Field(
        strict=False, default=(), description="Forms that no module may use; the check names the term instead."
    )
    mark: Literal["all", "term", "none"] = Field(default="all", description="What a module explains at first use.")
    definition: Definition = Field(description="One sentence of at most 160 characters.")

    @property
    def words(self) -> str:
        """The term without what stands in brackets behind it: `waste (Lean sense)` is `waste`."""
        bare, bracket, _ = self.term.partition(" (")
        return bare if bracket and self.term.endswith(")") else self.term

    @property
    def marked(self) -> tuple[str, ...]:
        """All that a module explains at its first use."""
        if self.mark == "none":
            return ()
        abbreviation = (self.abbr,) if self.abbr and self.mark == "all" else ()
        return tuple(dict.fromkeys((self.words, *abbreviation, *self.forms)))


class Term(_Entry):
    """One entry of the glossary."""

    id: Identifier = Field(description="Name in addresses; never changes.")
    en: Wording = Field(description="The term in English.")
    es: Wording = Field(description="The term in Spanish.")
    fr: Wording = Field(description="The term in French.")
    note: str = Field(default="", description="For authors only.")

    def __getitem__(self, locale: str) -> Wording:
        found: Wording = getattr(self, locale)
        return found

    def others(self, locale: str) -> Iterator[tuple[str, Wording]]:
        """The other languages, and the term in each."""
        return ((other, self[other]) for other in LOCALES if other != locale)


class TermsFile(_Entry):
    """`modules/terms.yml`."""

    terms: tuple[Term, ...] = Field(strict=False, description="The terms of the glossary.")
