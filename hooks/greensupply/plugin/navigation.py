"""The site's navigation in one language, from the pages that we make and those of `content/`."""

from __future__ import annotations

from typing import Any

from mkdocs.structure.files import Files

from greensupply import engage, locales, made_pages
from greensupply.addresses import RESULTS, page_uri
from greensupply.locales import LOCALES
from greensupply.model import Library

SITE_PAGES = ("how-to.md", "about.md", "accessibility.md", "privacy.md")
OUTSIDE = "facilitator"
"""Kind of the pages that are in no navigation: their module leads to them."""


def of(files: Files, library: Library, locale: str) -> list[Any]:
    """What `nav` of mkdocs.yml would say; without a section that has no page."""
    pages = made_pages.pages(library)
    ours = {page_uri(other, place) for other in LOCALES for place in pages}
    say = locales.words(locale)["page"]
    others = sorted(
        file.src_uri.partition("/")[2]
        for file in files.documentation_pages()
        if file.src_uri not in ours and file.src_uri.partition("/")[0] in LOCALES
    )
    made: dict[str, list[str]] = {}
    for place, page in pages.items():
        made.setdefault(page.kind, []).append(page_uri("", place)[1:])
    about = [name for name in SITE_PAGES if name in others]
    results = [uri for place in RESULTS if (uri := page_uri("", place)[1:]) in others]
    reports = f"{RESULTS[-1]}/"  # of one quarter each: the list leads there
    about += [
        name for name in others if name not in (*SITE_PAGES, *results, "index.md") and not name.startswith(reports)
    ]
    sections: list[Any] = [
        *made["my-learning"],
        {say["pathways"]: made.get("pathway", [])},
        {say["modules"]: made.get("module", [])},
        {locales.words(locale)["course"]["courses"]: made.get("course", [])},
        {say["tools"]: [*made["tool"], *made["tools-library"], *made["glossary"]]},
        {say["certificates"]: [*made["certificate"], *made["verify"]]},
        {say["customers"]: [*made[engage.INVITE], *made[engage.RECOGNISED]]},
        {say["results_section"]: results},
        {say["about_section"]: [*about, *made["lms"], *made["author-guide"], *made["translation-status"]]},
    ]
    home = ["index.md"] if "index.md" in others else []
    return home + [section for section in sections if isinstance(section, str) or next(iter(section.values()))]
