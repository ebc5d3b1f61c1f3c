"""The papers that a course has of its own: agenda, rubric, and sheets to fill in; each one HTML document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import escape

from greensupply import agenda, fragments, handouts, package_data, sections
from greensupply.agenda import Day
from greensupply.cards import duration
from greensupply.course_page import at, sheet_title, summary
from greensupply.courses import CourseFacts, PlaceFacts, QuestionFacts, SheetFacts, TableFacts
from greensupply.handouts import frame
from greensupply.locales import LANGUAGE_TAGS, country, listing
from greensupply.locales import words as site_words
from greensupply.model import Library

SCALE = (1, 2, 3, 4, 5)
SHORTEST = 5
"""Characters of the heading of a column for numbers."""
MANY_COLUMNS = 5
"""From so many columns on, a table to write into lies across the paper."""
_STYLE = """
.scale td, .scale thead th:not(:first-child) { width: 11mm; text-align: center; }
.fields th { width: 46%; font-weight: 400; }
.fields td { height: 8mm; }
.fields tr.tall td { height: 24mm; }
.rows tbody th { width: 34%; font-weight: 400; }
.even { table-layout: fixed; }
.numbered thead th:first-child { width: 12mm; }
.rubric td:nth-of-type(2) { width: 13mm; }
.rubric td:nth-of-type(3) { width: 34%; }
.agenda td:first-of-type { width: 14mm; }
.agenda td { white-space: normal; }
.agenda tr.pause :is(td, th) { background: #f1f1f1; font-weight: 400; }
.remark { margin-top: 4mm; padding: 2.5mm 4mm 1mm; border: .3mm solid #777; break-inside: avoid; }
"""
_SCREEN = """
@media screen {
  body { max-width: 60em; margin: 2em auto; padding: 0 1em; font-size: 1rem; }
  table { font-size: .95em; }
}
"""


@cache
def words(locale: str) -> Mapping[str, Any]:
    """Words of the kit in a language."""
    said: Mapping[str, Any] = package_data.read(Path(__file__).with_name("words.yml"))[locale]
    return said


def printed(document: str) -> bytes:
    """A document as a PDF.

    Raises:
        press.Unavailable: PDFs cannot be made on this machine.
    """
    return handouts.print_document(document).data


def for_browsers(document: str) -> bytes:
    """A document with its style within, to be opened and printed in a browser."""
    style = handouts.STYLE.read_text(encoding="utf-8") + _SCREEN
    return document.replace("<style>\n", f"<style>\n{style}\n", 1).encode()


def agenda_paper(library: Library, course: CourseFacts, locale: str, paper: str) -> str:
    """The agenda by the clock, with what to do before and after."""
    say = site_words(locale)["course"]
    parts = [f'<p class="lead">{escape(course.summary[locale])}</p>']
    parts += _listed(say["who_for"], (each[locale] for each in course.who_for))
    parts += _listed(say["before"], (each[locale] for each in course.before))
    for day in agenda.days(course, library.modules, locale):
        title = say["day"].format(number=day.number, title=day.title)
        said = escape(summary(day, course.start, locale))
        parts.append(f'<h2>{escape(title)}</h2>\n<p class="lead-in">{said}</p>')
        parts.append(_day(day, course.start, locale))
    parts += _listed(say["after"], (each[locale] for each in course.after))
    return _document(library, course, words(locale)["agenda"], course.title[locale], parts, locale, paper)


def rubric(library: Library, course: CourseFacts, place: PlaceFacts, locale: str, paper: str) -> str:
    """The rubric of a module's section, with room for a score and what was seen."""
    say = words(locale)
    above, (heads, *rows) = agenda.table(place, library.modules, locale)
    _, heading = sections.heading(library.modules[place.module], place.section, locale)
    columns = [*(_inline(head) for head in heads), escape(say["score"]), escape(say["evidence"])]
    body = "\n".join(
        f'<tr><th scope="row">{_inline(row[0])}</th>'
        + "".join(f"<td>{_inline(cell)}</td>" for cell in row[1:])
        + "<td></td><td></td></tr>"
        for row in rows
    )
    parts = [
        _fields([(say["presenter"], "line")], say),
        f"<p>{_inline(above)}</p>",
        f'<table class="form rubric">\n<thead>\n{_heads(columns)}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>',
        _fields([(say[name], "lines") for name in ("keep", "change")], say),
    ]
    return _document(library, course, say["rubric"], fragments.plain(heading), parts, locale, paper)


def sheet(library: Library, course: CourseFacts, chosen: SheetFacts, locale: str, paper: str) -> str:
    """A sheet of the course."""
    course_say, say = site_words(locale)["course"], words(locale)
    about = [(course_say["when"], chosen.when[locale]), (course_say["who"], chosen.who[locale])]
    if chosen.countries:
        about.append((course_say["countries"], listing((country(one, locale) for one in chosen.countries), locale)))
    items = "".join(f"<li><strong>{escape(name)}</strong> – {escape(said)}</li>" for name, said in about)
    parts = [f'<ul class="facts">{items}</ul>', f'<p class="lead">{escape(chosen.lead[locale])}</p>']
    for scale, questions in groupby(chosen.questions, lambda question: question.answer == "scale"):
        asked = tuple(questions)
        parts.append(
            _scale(asked, locale) if scale else _fields([(each.ask[locale], each.answer) for each in asked], say)
        )
    if chosen.table:
        parts.append(_table(chosen.table, locale))
    if chosen.note:
        parts.append(f'<div class="remark"><p>{escape(chosen.note[locale])}</p></div>')
    across = chosen.table is not None and len(chosen.table.columns) >= MANY_COLUMNS
    title = sheet_title(chosen, locale)
    return _document(library, course, course.title[locale], title, parts, locale, paper, across=across)


def _day(day: Day, start: str, locale: str) -> str:
    say, activities = site_words(locale)["course"], site_words(locale)["facilitator"]["activities"]
    rows = []
    for slot in day.slots:
        name = _inline(slot.title) or escape(activities[slot.activity])
        pause = ' class="pause"' if slot.activity == "break" else ""
        rows.append(
            f'<tr{pause}><td>{at(start, slot.start, locale)}</td><th scope="row">{name}</th>'
            f"<td>{escape(duration(slot.minutes, locale))}</td><td>{escape(activities[slot.activity])}</td>"
            f"<td>{'; '.join(_inline(thing) for thing in slot.materials)}</td></tr>"
        )
    columns = [escape(say[name]) for name in ("time", "part", "length_of", "activity", "materials")]
    body = "\n".join(rows)
    return f'<table class="agenda">\n<thead>\n{_heads(columns)}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>'


def _scale(asked: Sequence[QuestionFacts], locale: str) -> str:
    say = words(locale)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(each.ask[locale])}</th>'
        + "".join('<td><span class="box"></span></td>' for _ in SCALE)
        + "</tr>"
        for each in asked
    )
    heads = _heads([escape(say["sentence"]), *map(str, SCALE)])
    return f'<table class="scale">\n<thead>\n{heads}\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>'


def _fields(asked: Iterable[tuple[str, str]], say: Mapping[str, Any]) -> str:
    """A table of what is asked, each with how it is answered, and room for the answers."""
    rows = []
    for label, answer in asked:
        tall = ' class="tall"' if answer == "lines" else ""
        cell = ""
        if answer == "yes-no":
            cell = " ".join(f'<span class="box"></span>{escape(say[one])}' for one in ("yes", "no"))
        rows.append(f'<tr{tall}><th scope="row">{escape(label)}</th><td>{cell}</td></tr>')
    body = "\n".join(rows)
    return f'<table class="form fields">\n<tbody>\n{body}\n</tbody>\n</table>'


def _table(table: TableFacts, locale: str) -> str:
    heads = _heads([escape(column[locale]) for column in table.columns])
    rest = "<td></td>" * (len(table.columns) - 1)
    rows = [f'<tr><th scope="row">{escape(row[locale])}</th>{rest}</tr>' for row in table.rows]
    rows += [f"<tr><td></td>{rest}</tr>"] * table.blank
    wide = " wide" if len(table.columns) >= MANY_COLUMNS else ""
    kind = "form rows" if table.rows else "form even"
    kind += " numbered" if len(table.columns[0][locale]) <= SHORTEST else ""
    body = "\n".join(rows)
    return f'<table class="{kind}{wide}">\n<thead>\n{heads}\n</thead>\n<tbody>\n{body}\n</tbody>\n</table>'


def _heads(columns: Iterable[str]) -> str:
    return "<tr>" + "".join(f'<th scope="col">{column}</th>' for column in columns) + "</tr>"


def _listed(title: str, things: Iterable[str]) -> Iterator[str]:
    items = "".join(f"<li>{escape(thing)}</li>" for thing in things)
    if items:
        yield f"<h2>{escape(title)}</h2>\n<ul>{items}</ul>"


def _inline(markdown: str) -> str:
    return str(fragments.inline(markdown, lambda target: target)) if markdown else ""


def _document(
    library: Library,
    course: CourseFacts,
    kind: str,
    title: str,
    parts: Iterable[str],
    locale: str,
    paper: str,
    *,
    across: bool = False,
) -> str:
    """One document that loads nothing, in the frame of the handouts."""
    hub, say = site_words(locale)["site"]["name"], handouts.words(locale)
    day = max(library.modules[name].facts.reviewed for name in course.modules) if course.modules else None
    dated = f'<meta name="dcterms.created" content="{day}">\n<meta name="dcterms.modified" content="{day}">\n'
    size = f"{handouts.PAPERS[paper]}{' landscape' if across else ''}"
    foot = f"CC BY 4.0 · {course.title[locale]}"
    look = frame.style(hub, title, foot, size, say["page_number"]) + _STYLE
    body = "\n".join(parts)
    return (
        f'<!doctype html>\n<html lang="{LANGUAGE_TAGS[locale]}">\n<head>\n<meta charset="utf-8">\n'
        f"<title>{escape(title)}</title>\n"
        f'<meta name="author" content="{escape(hub)}">\n'
        f'<meta name="description" content="{escape(course.summary[locale])}">\n'
        f"{dated if day else ''}<style>\n{look}\n</style>\n</head>\n<body>\n"
        f'<p class="kind">{escape(kind)}</p>\n<h1>{escape(title)}</h1>\n{body}\n</body>\n</html>\n'
    )
