"""Every page that the hub makes by itself, in one list: where it lies, what it says, which file an author edits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from greensupply import (
    author_guide,
    certificate_page,
    course_page,
    engage,
    facilitator_page,
    glossary_page,
    learning_page,
    library,
    lms_page,
    module_page,
    pathway_page,
    status_page,
    tool_page,
    toolbox_file,
    toolbox_page,
    verify_page,
)
from greensupply.addresses import CALCULATORS, OWN_PAGES, Site, course_place, facilitator_place
from greensupply.courses import FOLDER as COURSES
from greensupply.engage import invite, listed
from greensupply.handover import Handover
from greensupply.lms_page import Download
from greensupply.locales import SOURCE
from greensupply.model import Library
from greensupply.recognition import Recognised


@dataclass(frozen=True)
class MadePage:
    """A page that is not a file of `content/`.

    Attributes:
        place: Address below a language's home, without slashes at its ends: `modules/ems`.
        kind: `module`, `facilitator`, `pathway`, `course`, `tool`, or the place itself.
        identifier: Of the module (of its facilitator's page too), pathway, course or tool; else empty.
    """

    place: str
    kind: str
    identifier: str = ""


def pages(shown: Library) -> Mapping[str, MadePage]:
    """Every page by its place, in the order of the navigation."""
    found = [MadePage(f"pathways/{chosen.id}", "pathway", chosen.id) for chosen in shown.pathways]
    found += [MadePage(f"modules/{name}", "module", name) for name in shown.modules]
    found += [MadePage(facilitator_place(name), "facilitator", name) for name in shown.modules]
    found += [MadePage(course_place(course.id), "course", course.id) for course in shown.courses]
    found += [MadePage(f"tools/{tag}", "tool", tag) for tag in CALCULATORS]
    found += [MadePage(place, place) for place in OWN_PAGES]
    return {page.place: page for page in found}


def text(
    page: MadePage,
    shown: Library,
    locale: str,
    site: Site,
    handover: Handover,
    offered: Sequence[Download] = (),
    printed: str = "",
    recognised: Sequence[Recognised] = (),
) -> str:
    """The page in a language, as Markdown with front matter.

    `offered` are the files for LMSs that the site has, `printed` HTML of links to a module's handouts, or nothing; for
    a course it is the address of its kit. `recognised` are the companies that may be named today.
    """
    match page.kind:
        case "module":
            return module_page.text(shown, page.identifier, locale, site, handover, printed)
        case "facilitator":
            return facilitator_page.text(shown, page.identifier, locale, site, printed)
        case "pathway":
            chosen = next(pathway for pathway in shown.pathways if pathway.id == page.identifier)
            return pathway_page.text(shown, chosen, locale, site)
        case "course":
            return course_page.text(shown, page.identifier, locale, site, printed)
        case "tool":
            return tool_page.text(shown, page.identifier, locale, site)
        case "my-learning":
            return learning_page.text(shown, locale, site)
        case "certificate":
            return certificate_page.text(shown, locale, site)
        case "verify":
            return verify_page.text(shown, locale, site)
        case "lms":
            return lms_page.text(shown, locale, site, offered)
        case "author-guide":
            return author_guide.text(locale, site)
        case "tools-library":
            return toolbox_page.text(shown, locale, site)
        case engage.INVITE:
            return invite.text(shown, locale, site)
        case engage.RECOGNISED:
            return listed.text(recognised, locale, site)
        case "translation-status":
            return status_page.text(shown, locale, site)
        case _:
            return glossary_page.text(shown, locale, site)


def edited(page: MadePage, shown: Library, locale: str) -> str:
    """The file of the project in which an author changes what the page says; empty where there is none to edit."""
    match page.kind:
        case "module" | "facilitator":
            return shown.modules[page.identifier].text(locale, SOURCE).path
        case "pathway":
            return f"modules/{library.PATHWAYS}"
        case "course":
            return f"modules/{COURSES}/{page.identifier}.yml"
        case "glossary":
            return f"modules/{library.TERMS}"
        case "tools-library":
            return f"content/{toolbox_file.NAME}"
        case "lms":
            return lms_page.source(locale)
        case "author-guide":
            return author_guide.source(locale)
        case engage.INVITE | engage.RECOGNISED:
            return engage.source(page.kind, locale)
        case _:
            return ""
