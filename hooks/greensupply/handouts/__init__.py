"""A module in one language -> what is handed out on paper: four kinds of documents, for Letter and A4.

`document` gives HTML that loads nothing; `press.pdf` makes a PDF of it, tagged and with its fonts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from markdown import Markdown
from markdown.extensions.tables import TableExtension
from markdown.extensions.toc import TocExtension, slugify_unicode
from markupsafe import escape

from greensupply import package_data
from greensupply.addresses import Site
from greensupply.fragments import NO_BREAK_SPACE
from greensupply.handouts import frame, press
from greensupply.handouts.contents import CONTENTS, Contents
from greensupply.handouts.finish import Finish
from greensupply.handouts.press import Printed
from greensupply.locales import LANGUAGE_TAGS, number
from greensupply.locales import words as site_words
from greensupply.model import Library

KINDS = ("learner", "facilitator", "worksheet", "answers")
FOR_LEARNERS = ("learner", "worksheet")
"""Kinds that hold neither a key nor a note for trainers."""
PAPERS: Mapping[str, str] = {"letter": "letter", "a4": "A4"}
"""Paper -> its name in CSS."""
FOLDER = Path(__file__).parent
STYLE = FOLDER / "print.css"


@dataclass(frozen=True)
class Handout:
    """A PDF of the built site, as pages name it.

    Attributes:
        address: From the site's root.
        pages: How many.
        size: In bytes.
    """

    kind: str
    paper: str
    address: str
    pages: int
    size: int


@cache
def words(locale: str) -> Mapping[str, Any]:
    """The words of the handouts in a language."""
    said: Mapping[str, Any] = package_data.read(FOLDER / "words.yml")[locale]
    return said


def name(identifier: str, kind: str, locale: str, paper: str) -> str:
    """File of a handout: `p2-into-lean-worksheet-es-a4.pdf`."""
    return f"{identifier}-{kind}-{locale}-{paper}.pdf"


def address(identifier: str, kind: str, locale: str, paper: str) -> str:
    """Where the built site keeps a handout, from its root."""
    home = Site(True).page(locale, f"modules/{identifier}/handouts")
    return f"{home}{name(identifier, kind, locale, paper)}"


def document(library: Library, identifier: str, kind: str, locale: str, paper: str, site: Site) -> str:
    """Return a handout as one HTML document; empty where the module has nothing for it (no worksheet, no questions).

    Arguments:
        library: Holds the module.
        identifier: The module's id.
        kind: One of `KINDS`.
        locale: Language of the document.
        paper: One of `PAPERS`.
        site: How addresses are written; without `url`, pages of the hub are named without an address.
    """
    say = words(locale)
    made = Contents(library, identifier, locale, site, say)
    text = made.of(kind)
    if not text:
        return ""
    finish = Finish(made.place, locale, site, library.assets)
    body = finish.body(_markdown().reset().convert(text))
    body = body.replace(CONTENTS, _contents(finish.headings, say["contents"]))
    title, kind_said = made.text.facts.title, say["kinds"][kind]
    hub = site_words(locale)["site"]["name"]
    return (
        f'<!doctype html>\n<html lang="{LANGUAGE_TAGS[locale]}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(f'{title} – {kind_said}')}</title>\n"
        f'<meta name="author" content="{escape(hub)}">\n'
        f'<meta name="description" content="{escape(made.text.facts.summary)}">\n'
        f'<meta name="dcterms.created" content="{made.module.facts.reviewed.isoformat()}">\n'
        f'<meta name="dcterms.modified" content="{made.module.facts.reviewed.isoformat()}">\n'
        f"<style>\n{_frame(hub, f'{title} – {kind_said}', made, paper, say)}\n</style>\n</head>\n"
        f'<body class="{kind}">\n<p class="kind">{escape(kind_said)}</p>\n'
        f"<h1{made.language}>{escape(title)}</h1>\n{body}\n{made.closing()}\n</body>\n</html>\n"
    )


def printed(library: Library, identifier: str, kind: str, locale: str, paper: str, site: Site) -> Printed | None:
    """Return a handout as a PDF; None where the module has nothing for it.

    Raises:
        press.Unavailable: PDFs cannot be made on this machine; its text says what to install.
    """
    html = document(library, identifier, kind, locale, paper, site)
    return print_document(html) if html else None


def print_document(html: str) -> Printed:
    """Return a `document` as a PDF.

    Raises:
        press.Unavailable: As `printed`.
    """
    return press.pdf(html, STYLE.read_text(encoding="utf-8"))


def links(found: Iterable[Handout], kinds: Iterable[str], locale: str, site: Site, here: str) -> str:
    """HTML of the links to a module's handouts of these kinds on the page at `here`; empty where there are none."""
    say = words(locale)
    items = "\n".join(
        f'<li><a href="{site.link(here, each.address)}" type="application/pdf">{escape(_said(each, locale))}</a></li>'
        for kind in kinds
        for each in found
        if each.kind == kind
    )
    if not items:
        return ""
    return (
        '<section class="gs-handouts" aria-labelledby="gs-handouts" data-search-exclude>\n'
        f'<h2 id="gs-handouts">{escape(say["downloads"])}</h2>\n<p>{escape(say["downloads_lead"])}</p>\n'
        f"<ul>\n{items}\n</ul>\n</section>"
    )


def _said(each: Handout, locale: str) -> str:
    say = words(locale)
    large = each.size >= 1_000_000
    amount = Decimal(each.size) / (1_000_000 if large else 1_000)
    size = say["megabytes" if large else "kilobytes"].format(
        size=number(amount.quantize(Decimal("0.1") if large else Decimal(1)), locale)
    )
    return str(
        say["download"].format(
            kind=say["kinds"][each.kind],
            paper=say["papers"][each.paper],
            pages=each.pages,
            size=size.replace(" ", NO_BREAK_SPACE),
        )
    )


def _contents(headings: list[tuple[str, str]], title: str) -> str:
    """The headings with the numbers of their pages, which the style sheet adds."""
    items = "".join(f'<li><a href="#{escape(anchor)}">{escape(said)}</a></li>' for anchor, said in headings)
    return f'<div class="contents"><p class="label">{escape(title)}</p><ul>{items}</ul></div>' if headings else ""


def _frame(hub: str, title: str, made: Contents, paper: str, say: Mapping[str, Any]) -> str:
    """The part of the style that says something: paper, running title, licence and date, number of the page."""
    foot = f"CC BY 4.0 · {made.reviewed()} · {made.revision()}"
    on_page = f"content: {frame.css(say['on_page'])} target-counter(attr(href), page)"
    return (
        f"{frame.style(hub, title, foot, PAPERS[paper], say['page_number'])}"
        f".gs-session a[href^='#']::after {{ {on_page} }}"
    )


@cache
def _markdown() -> Markdown:
    """As `mkdocs.yml` sets it for the site."""
    toc = TocExtension(slugify=slugify_unicode)
    table = TableExtension(use_align_attribute=True)
    return Markdown(extensions=[table, "sane_lists", "md_in_html", "def_list", toc], output_format="html")
