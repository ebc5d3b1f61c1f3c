"""The page for whoever runs a learning management system (LMS): a text of this folder -> the Markdown text of the page.

Two lines of the text stand for what depends on the site: `{{ packages }}` and `{{ questions }}` become tables of the
files that it offers, or, where it offers none, how to get them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup, escape

from greensupply import source_text, yaml_text
from greensupply.addresses import Site
from greensupply.blocks_html import BlocksHtml
from greensupply.cards import front_matter
from greensupply.fragments import NO_BREAK_SPACE
from greensupply.locales import BETWEEN, LANGUAGE_TAGS, LOCALES, SOURCE, language, number, words
from greensupply.model import Library
from greensupply.written import PageFacts

FOLDER = Path(__file__).parent
PLACE = "lms"
ALL = "all"
"""Instead of a locale: a file with all of them."""
PACKAGES = ("scorm12", "scorm2004", "cmi5", "xapi")
QUESTIONS = ("moodle", "gift")
_IN_PROJECT = "hooks/greensupply/lms_page"
_PLACEHOLDER = re.compile(r"^\{\{ (packages|questions) \}\}$", re.MULTILINE)
_THOUSAND = 1000


@dataclass(frozen=True)
class Download:
    """A file for an LMS that the site offers.

    Attributes:
        name: Id of the module or pathway in it.
        format: One of `PACKAGES` or `QUESTIONS`, as the command line says it.
        locale: Its language, or `ALL`.
        path: Where it lies, from the site's root.
        size: In bytes.
    """

    name: str
    format: str
    locale: str
    path: str
    size: int


def source(locale: str) -> str:
    """The text's file in the project, for edit links and messages."""
    return f"{_IN_PROJECT}/page.{locale}.md"


def text(library: Library, locale: str, site: Site, offered: Sequence[Download] = ()) -> str:
    """Return the page as Markdown with front matter.

    Arguments:
        library: The modules and pathways.
        locale: The language.
        site: How addresses are written.
        offered: The files that lie in the site; none where it offers none.

    Raises:
        GreenSupplyError: The text cannot be read.
    """
    path = source(locale)
    yaml, markdown, _ = source_text.split(source_text.read(FOLDER / f"page.{locale}.md", path), path)
    facts = yaml_text.typed(PageFacts, yaml_text.load(yaml, path, first_line=2), path)
    html = BlocksHtml(PLACE, path, locale, site)
    lists = _Lists(library, locale, site, offered)
    pieces = _PLACEHOLDER.split(markdown)
    parts = [html.markdown(pieces[0])]
    for name, prose in zip(pieces[1::2], pieces[2::2], strict=True):
        parts += [lists.packages() if name == "packages" else lists.questions(), html.markdown(prose)]
    return "\n\n".join(
        [
            front_matter(facts.title, facts.description),
            f"<h1>{escape(facts.title)}</h1>",
            f'<p class="gs-summary">{escape(facts.description)}</p>',
            *parts,
        ]
    )


@dataclass(frozen=True)
class _Lists:
    """What the page says of files, in one language."""

    library: Library
    locale: str
    site: Site
    offered: Sequence[Download]

    @property
    def say(self) -> dict[str, str]:
        return dict(words(self.locale)["page"]["lms"])

    def packages(self) -> str:
        """All packages, by pathway and module; or how to get them."""
        courses = [*self._pathways(), *self._modules()]
        found = [self._group(name, title, PACKAGES) for name, title in courses]
        if not any(found):
            command = f"greensupply package {next(iter(self.library.modules))} --format scorm12 --lang {self.locale}"
            site = f" --site-url {self.site.url}" if self.site.url else ""
            return "\n\n".join([*self._how("", command + site), _paragraph(self.say["ids"]), self._ids(courses)])
        missing = len([one for one in self.offered if one.format in PACKAGES]) < len(courses) * len(PACKAGES) * (
            len(LOCALES) + 1
        )
        notes = [self.say["to_take"], self.say["online"], *([self.say["incomplete"]] if missing else [])]
        return "\n\n".join([_paragraph(" ".join(notes)), self._table(found)])

    def questions(self) -> str:
        """All files of questions, by module; or how to get them."""
        found = [self._group(name, title, QUESTIONS) for name, title in self._modules()]
        if not any(found):
            command = f"greensupply questions {next(iter(self.library.modules))} --format moodle --lang {self.locale}"
            return "\n\n".join(self._how("_questions", command))
        return self._table(found)

    def _how(self, kind: str, command: str) -> Iterator[str]:
        yield _paragraph(self.say[f"to_ask{kind}"])
        yield _paragraph(self.say[f"to_make{kind}"])
        yield f"<pre><code>{escape(command)}</code></pre>"

    def _pathways(self) -> Iterator[tuple[str, Markup]]:
        """Id and title of each pathway; the name of a module is the module's."""
        for pathway in self.library.pathways:
            if pathway.id not in self.library.modules:
                yield pathway.id, escape(pathway.title[self.locale])

    def _modules(self) -> Iterator[tuple[str, Markup]]:
        """Id and title of each module."""
        for name, module in self.library.modules.items():
            shown = module.text(self.locale, SOURCE)
            title = escape(shown.facts.title)
            if shown.locale != self.locale:
                title = Markup('<span lang="{}">{}</span>').format(LANGUAGE_TAGS[shown.locale], title)
            yield name, title

    def _ids(self, courses: Sequence[tuple[str, Markup]]) -> str:
        rows = [f'<tr><th scope="row">{title}</th><td><code>{name}</code></td></tr>' for name, title in courses]
        head = f'<th scope="col">{escape(self.say["title"])}</th><th scope="col">{escape(self.say["identifier"])}</th>'
        return _tabled(head, [f"<tbody>\n{_lines(rows)}\n</tbody>"])

    def _table(self, groups: Sequence[str]) -> str:
        head = f'<th scope="col">{escape(self.say["file"])}</th><th scope="col">{escape(self.say["languages"])}</th>'
        return _tabled(head, [group for group in groups if group])

    def _group(self, name: str, title: Markup, formats: Sequence[str]) -> str:
        """The rows of a pathway or module, a format each; empty where there is no file of these formats."""
        rows = []
        for format in formats:
            mine = [one for one in self.offered if (one.name, one.format) == (name, format)]
            if mine:
                said = escape(words(self.locale)["page"]["lms"]["formats"][format])
                links = BETWEEN.join(self._link(one, title, said) for one in mine)
                rows.append(f'<tr><th scope="row">{said}</th><td>{links}</td></tr>')
        if not rows:
            return ""
        head = f'<tr><th scope="rowgroup" colspan="2">{title}{BETWEEN}<code>{name}</code></th></tr>'
        return f"<tbody>\n{head}\n{_lines(rows)}\n</tbody>"

    def _link(self, one: Download, title: Markup, format: Markup) -> Markup:
        """A link whose words say, for whoever hears links alone, what it is of."""
        goal = self.site.link(self.site.page(self.locale, PLACE), one.path)
        said = self.say["all"] if one.locale == ALL else language(one.locale, self.locale)
        size = self.say["kilobytes"].format(count=number(max(1, round(one.size / _THOUSAND)), self.locale))
        before = escape(self.say["unseen"]).format(title=title.striptags(), format=format)
        return Markup('<a href="{}" download><span class="gs-unseen">{} </span>{}</a> ({})').format(
            goal, before, said[:1].upper() + said[1:], size.replace(" ", NO_BREAK_SPACE)
        )


def _tabled(head: str, bodies: Sequence[str]) -> str:
    return f"<table>\n<thead>\n<tr>{head}</tr>\n</thead>\n{_lines(bodies)}\n</table>"


def _paragraph(said: str) -> str:
    return f"<p>{escape(said)}</p>"


def _lines(parts: Sequence[str]) -> str:
    return "\n".join(parts)
