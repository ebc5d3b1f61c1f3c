"""A course in one language -> everything its trainers need, as the files of one zip.

Papers are PDFs where they can be made on this machine, else HTML files to be printed from a browser. The same course
gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from greensupply import handouts, roster_template
from greensupply.addresses import Site
from greensupply.courses import CourseFacts
from greensupply.handouts import press
from greensupply.kits import papers, readme
from greensupply.kits.papers import words
from greensupply.model import Library
from greensupply.roster_template import Roster

__all__ = ["Options", "files", "name", "roster", "unprinted", "words"]

_FOLDER_OF = {"facilitator": "guides", "learner": "handouts", "worksheet": "handouts", "answers": "answers"}
"""Kind of a module's paper -> the folder that it goes into."""


@dataclass(frozen=True)
class Options:
    """How a kit is made.

    Attributes:
        locale: Its language.
        paper: One of `handouts.PAPERS`.
        start: When each day begins; empty for the time of the course.
        sessions: Codes of deliveries that the roster offers; those of the course's plan if empty.
        site: How addresses of the hub are written on paper.
        plain: Whether papers are HTML files although PDFs could be made.
    """

    locale: str
    paper: str = "letter"
    start: str = ""
    sessions: tuple[str, ...] = ()
    site: Site = field(default_factory=Site)
    plain: bool = False


def name(identifier: str, locale: str) -> str:
    """File of a kit: `train-the-trainer-es.zip`."""
    return f"{identifier}-{locale}.zip"


def unprinted() -> str:
    """Why no PDFs can be made on this machine, in English; empty where they can."""
    try:
        press.ready()
    except press.Unavailable as error:
        return str(error)
    return ""


def roster(library: Library, course: CourseFacts, locale: str, sessions: tuple[str, ...] = ()) -> Roster:
    """The roster of a course: its modules, the taught ones first, and the codes of its deliveries."""
    known = {choice.id: choice for choice in roster_template.choices(library, locale)}
    return Roster(locale, [known[each] for each in course.modules if each in known], sessions or course.codes)


def files(
    library: Library, course: CourseFacts, options: Options, hub: Mapping[str, bytes] | None = None
) -> dict[str, bytes]:
    """Return every file of the kit by its path, sorted.

    Arguments:
        library: Holds the course and its modules.
        course: The course, without problems.
        options: How to make it.
        hub: Files of the site for use without internet, as `offline.archive.files` gives them; None leaves it out.
    """
    from greensupply.roster_template import workbook  # openpyxl takes half a second to import

    say = words(options.locale)
    folders = say["folders"]
    if options.start:
        course = course.model_copy(update={"start": options.start})
    plain = options.plain or bool(unprinted())
    found: dict[str, bytes] = {}
    for place, document in _documents(library, course, options):
        suffix, data = ("html", papers.for_browsers(document)) if plain else ("pdf", papers.printed(document))
        found[f"{place}.{suffix}"] = data
    empty = roster(library, course, options.locale, options.sessions)
    found[f"{folders['roster']}/roster-{options.locale}.xlsx"] = workbook.as_xlsx(empty)
    found[f"{folders['roster']}/roster-{options.locale}.csv"] = roster_template.as_csv(empty)
    found |= {f"{folders['hub']}/{path}": data for path, data in (hub or {}).items()}
    text = readme.text(library, course, options.locale, list(found), plain=plain, hub=hub is not None)
    found[say["readme"]] = b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()  # as every Notepad reads it
    return dict(sorted(found.items()))


def _documents(library: Library, course: CourseFacts, options: Options) -> Iterator[tuple[str, str]]:
    """Path without a suffix, and HTML, of each paper."""
    locale, paper = options.locale, options.paper
    folders = words(locale)["folders"]
    yield f"{folders['agenda']}/agenda-{locale}", papers.agenda_paper(library, course, locale, paper)
    if course.rubric:
        yield f"{folders['sheets']}/rubric-{locale}", papers.rubric(library, course, course.rubric, locale, paper)
    for sheet in course.sheets:
        yield f"{folders['sheets']}/{sheet.id}-{locale}", papers.sheet(library, course, sheet, locale, paper)
    for identifier in course.modules:
        for kind in handouts.KINDS:
            document = handouts.document(library, identifier, kind, locale, paper, options.site)
            if document:
                file = handouts.name(identifier, kind, locale, paper).removesuffix(".pdf")
                yield f"{folders[_FOLDER_OF[kind]]}/{file}", document
