"""The author guide: the texts and examples of this folder -> the Markdown text of its page.

A line `{{ name }}` of `guide.<locale>.md` stands for `examples/<name>.<locale>.md`, which is shown as an author writes
it and as the site shows it. Examples are parts of a module; the tests check all of them together, as one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from markupsafe import escape
from pydantic import Field

from greensupply import blocks, source_text, yaml_text
from greensupply.addresses import Site
from greensupply.blocks_html import BlocksHtml
from greensupply.cards import duration, front_matter
from greensupply.errors import GreenSupplyError
from greensupply.locales import BETWEEN, words
from greensupply.model import Block, Callout, FacilitatorNote, Question
from greensupply.written import Line, PageFacts

FOLDER = Path(__file__).parent
EXAMPLES = FOLDER / "examples"
PLACE = "author-guide"
_IN_PROJECT = "hooks/greensupply/author_guide"
_PLACEHOLDER = re.compile(r"^\{\{ ([a-z-]+) \}\}$", re.MULTILINE)


class GuideFacts(PageFacts):
    """Front matter of the guide."""

    written: Line = Field(description="What stands above the Markdown of an example.")
    shown: Line = Field(description="What stands above the same example as the site shows it.")


@dataclass(frozen=True)
class Example:
    """A part of a module, in one language.

    Attributes:
        text: Its Markdown.
        blocks: The same, read.
    """

    text: str
    blocks: tuple[Block, ...]


def source(locale: str) -> str:
    """The guide's file in the project, for edit links and messages."""
    return f"{_IN_PROJECT}/guide.{locale}.md"


def assets() -> Mapping[str, str]:
    """The figures of the examples: site path -> path on disk."""
    return {f"{PLACE}/figures/{file.name}": str(file) for file in sorted((EXAMPLES / "figures").iterdir())}


def examples(locale: str) -> Mapping[str, Example]:
    """The examples by name, in the order of the guide.

    Raises:
        GreenSupplyError: One is missing or no sound part of a module.
    """
    return {name: _example(name, locale) for name in _PLACEHOLDER.findall(_guide(locale)[1])}


def text(locale: str, site: Site) -> str:
    """Return the page as Markdown with front matter.

    Raises:
        GreenSupplyError: The guide or an example cannot be read.
    """
    facts, markdown = _guide(locale)
    known = examples(locale)
    html = BlocksHtml(PLACE, source(locale), locale, site, assets())
    total = sum(isinstance(block, Question) for example in known.values() for block in example.blocks)
    numbers = count(1)
    pieces = _PLACEHOLDER.split(markdown)
    parts = [html.markdown(pieces[0])]
    for name, prose in zip(pieces[1::2], pieces[2::2], strict=True):
        shown = [_shown(block, html, numbers, total) for block in known[name].blocks]
        parts += [_sample(facts, known[name].text, shown), html.markdown(prose)]
    quiz = json.dumps(words(locale)["quiz"], ensure_ascii=False)
    return "\n\n".join(
        [
            front_matter(facts.title, facts.description),
            f"<h1>{escape(facts.title)}</h1>",
            f'<p class="gs-summary">{escape(facts.description)}</p>',
            f'<div hidden data-practice data-words="{escape(quiz)}"></div>',
            *parts,
        ]
    )


def _guide(locale: str) -> tuple[GuideFacts, str]:
    path = source(locale)
    yaml, markdown, _ = source_text.split(source_text.read(FOLDER / f"guide.{locale}.md", path), path)
    return yaml_text.typed(GuideFacts, yaml_text.load(yaml, path, first_line=2), path), markdown


def _example(name: str, locale: str) -> Example:
    file = f"{name}.{locale}.md"
    path = f"{_IN_PROJECT}/examples/{file}"
    written = source_text.read(EXAMPLES / file, path).strip()
    found, problems = blocks.parse(written, path, 1)
    if problems:
        raise GreenSupplyError(problems)
    return Example(written, found)


def _shown(block: Block, html: BlocksHtml, numbers: Iterator[int], total: int) -> str:
    if isinstance(block, Question):
        return html.question(block, block, next(numbers), total)
    if isinstance(block, FacilitatorNote):
        activity = words(html.locale)["facilitator"]["activities"].get(block.activity, "")
        times = f"{duration(block.minutes, html.locale)}{BETWEEN}{activity}" if block.minutes else ""
        return html.facilitator_note(block, "", times)
    return html.callout(block) if isinstance(block, Callout) else html.markdown(block.text)


def _sample(facts: GuideFacts, written: str, shown: list[str]) -> str:
    """An example, twice; blank lines are written out, because they would end the raw HTML."""
    code = str(escape(written)).replace("\n", "&#10;")
    return "\n\n".join(
        [
            '<div class="gs-sample" data-search-exclude markdown="1">',
            f'<p class="gs-sample-label">{escape(facts.written)}</p>',
            f"<pre><code>{code}</code></pre>",
            f'<p class="gs-sample-label">{escape(facts.shown)}</p>',
            *shown,
            "</div>",
        ]
    )
