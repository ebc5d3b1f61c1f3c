"""A course in one language -> the Markdown text of its page: who comes, the agenda by the clock, sheets, the kit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from markupsafe import escape

from greensupply import agenda, fragments, sections
from greensupply.addresses import DOWNLOADS, Site, course_place, facilitator_place
from greensupply.agenda import Day, Slot
from greensupply.cards import duration, front_matter
from greensupply.courses import CourseFacts, PlaceFacts, SheetFacts
from greensupply.facilitation import ACTIVITIES
from greensupply.fragments import NO_BREAK_SPACE
from greensupply.locales import BETWEEN, LANGUAGE_TAGS, SOURCE, country, language, listing, percent, words
from greensupply.model import Library


def kit_address(identifier: str, locale: str) -> str:
    """Where a site that offers kits keeps one, from its root. What lies there goes into no list for offline use."""
    return f"{DOWNLOADS}/kits/{identifier}-{locale}.zip"


def text(library: Library, identifier: str, locale: str, site: Site, kit: str = "") -> str:
    """Return the page as Markdown with front matter; `kit` is the address of its kit from the root, or nothing."""
    course = next(each for each in library.courses if each.id == identifier)
    page = _Page(library, course, locale, site)
    parts = [
        front_matter(course.title[locale], course.summary[locale]),
        f"<h1>{escape(course.title[locale])}</h1>",
        f'<p class="gs-summary">{escape(course.summary[locale])}</p>',
        page.facts(),
        *page.listed("who_for", (each[locale] for each in course.who_for)),
        *page.plan(),
        *page.listed("before", (each[locale] for each in course.before)),
        f"## {page.say['agenda']}\n\n<p>{escape(page.say['agenda_lead'])}</p>",
        *page.days(),
        *page.listed("after", (each[locale] for each in course.after)),
        *page.uses(),
        *page.sheets(),
        page.kit(kit),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def times(day: Day, start: str, locale: str) -> tuple[str, str]:
    """When a day begins and ends, as its language writes the time of day."""
    return at(start, 0, locale), at(start, day.minutes, locale)


def at(start: str, minutes: int, locale: str) -> str:
    """The time of day, `minutes` after `start`: `13:05`, in French `13 h 05`."""
    hour, minute = agenda.clock(start, minutes)
    said = words(locale)["facilitator"]["clock"].format(hours=hour, minutes=f"{minute:02}")
    return str(said).replace(" ", NO_BREAK_SPACE)


def summary(day: Day, start: str, locale: str) -> str:
    """A day in one line: where, from when to when, how much of it the participants are active."""
    say = words(locale)["course"]
    first, last = times(day, start, locale)
    share = percent(day.active / day.working if day.working else 0, locale)
    said = say["day_line"].format(start=first, end=last, share=share)
    return f"{day.place}, {said}" if day.place else str(said[0].upper() + said[1:])


class _Page:
    """One course's page while it is written."""

    def __init__(self, library: Library, course: CourseFacts, locale: str, site: Site) -> None:
        self.library, self.course, self.locale, self.site = library, course, locale, site
        self.say = words(locale)["course"]
        self.here = site.page(locale, course_place(course.id))
        self.made = agenda.days(course, library.modules, locale)

    def facts(self) -> str:
        course, say, locale = self.course, self.say, self.locale
        audiences = words(locale)["page"]["audiences"]
        rows = [
            (words(locale)["page"]["audience"], listing((audiences[one] for one in course.audience), locale)),
            (say["days"], str(len(course.days))),
            (say["length"], duration(sum(day.minutes for day in self.made), locale)),
            (say["languages"], listing((language(one, locale) for one in course.languages), locale)),
            (say["countries"], listing((country(one, locale) for one in course.countries), locale)),
        ]
        entries = "\n".join(f"<div><dt>{escape(name)}</dt><dd>{escape(said)}</dd></div>" for name, said in rows)
        return f'<dl class="gs-facts">\n{entries}\n</dl>'

    def listed(self, name: str, things: Iterable[str]) -> Iterator[str]:
        items = "\n".join(f"<li>{escape(thing)}</li>" for thing in things)
        if items:
            yield f"## {self.say[name]}\n\n<ul>\n{items}\n</ul>"

    def plan(self) -> Iterator[str]:
        plan = self.course.plan
        if plan:
            numbers = {name: getattr(plan, name) for name in ("least", "most", "fewest_people", "most_people")}
            codes = listing(self.course.codes, self.locale)
            said = self.say["plan_text"].format(**numbers, country=country(self.course.countries[0], self.locale))
            yield (
                f"## {self.say['plan']}\n\n<p>{escape(said)}</p>\n"
                f"<p>{escape(self.say['plan_codes'].format(codes=codes))}</p>"
            )

    def days(self) -> Iterator[str]:
        for day in self.made:
            title = self.say["day"].format(number=day.number, title=day.title)
            names = ("time", "part", "length_of", "activity", "materials")
            heads = "".join(f'<th scope="col">{escape(self.say[name])}</th>' for name in names)
            rows = "\n".join(f"<tr>{self._row(slot)}</tr>" for slot in day.slots)
            yield (
                f"### {title}\n\n<p>{escape(summary(day, self.course.start, self.locale))}</p>\n\n"
                f'<div class="gs-session">\n<table>\n<thead>\n<tr>{heads}</tr>\n</thead>\n'
                f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
            )

    def _row(self, slot: Slot) -> str:
        say = words(self.locale)["facilitator"]["activities"]
        tongue = self._tongue(slot.module)
        name = _inline(slot.title) or escape(say[slot.activity])
        if slot.module:
            goal = self.site.link(self.here, self.site.page(self.locale, facilitator_place(slot.module)))
            name = f'<a href="{goal}#note-{slot.place}"{tongue if slot.title else ""}>{name}</a>'
        section = (
            f"<small{tongue}>{_inline(slot.section)}</small>" if slot.section and ACTIVITIES[slot.activity] else ""
        )
        things = "; ".join(_inline(thing) for thing in slot.materials)
        return (
            f'<td>{at(self.course.start, slot.start, self.locale)}</td><th scope="row">{name}{section}</th>'
            f"<td>{escape(duration(slot.minutes, self.locale))}</td><td>{escape(say[slot.activity])}</td>"
            f"<td{tongue if things else ''}>{things}</td>"
        )

    def uses(self) -> Iterator[str]:
        """The modules and their facilitator's pages, and where rubric and ladder stand."""
        say, site = self.say, self.site
        items = []
        for name in self.course.modules:
            title = f"<span{self._tongue(name)}>{escape(self._title(name))}</span>"
            learner = site.link(self.here, site.page(self.locale, f"modules/{name}"))
            guide = site.link(self.here, site.page(self.locale, facilitator_place(name)))
            edition = escape(words(self.locale)["facilitator"]["edition"])
            items.append(f'<li><a href="{learner}">{title}</a>{BETWEEN}<a href="{guide}">{edition}</a></li>')
        for name in ("rubric", "ladder"):
            where: PlaceFacts | None = getattr(self.course, name)
            if where:
                anchor, heading = sections.heading(self.library.modules[where.module], where.section, self.locale)
                page = site.page(self.locale, f"modules/{where.module}")
                goal = site.link(self.here, f"{page}#{anchor}")
                link = f'<a href="{goal}"{self._tongue(where.module)}>{_inline(heading)}</a>'
                items.append(f"<li>{escape(say[name])} {link}</li>")
        listed = "\n".join(items)
        yield f"## {say['uses']}\n\n<p>{escape(say['uses_lead'])}</p>\n\n<ul>\n{listed}\n</ul>"

    def sheets(self) -> Iterator[str]:
        if not self.course.sheets:
            return
        heads = "".join(f'<th scope="col">{escape(self.say[name])}</th>' for name in ("sheet", "when", "who"))
        rows = "\n".join(f"<tr>{self._sheet(sheet)}</tr>" for sheet in self.course.sheets)
        yield (
            f"## {self.say['sheets']}\n\n<p>{escape(self.say['sheets_lead'])}</p>\n\n"
            f"<table>\n<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>"
        )

    def _sheet(self, sheet: SheetFacts) -> str:
        title = escape(sheet_title(sheet, self.locale))
        cells = "".join(f"<td>{escape(said[self.locale])}</td>" for said in (sheet.when, sheet.who))
        return f'<th scope="row">{title}</th>{cells}'

    def kit(self, address: str) -> str:
        """What the kit holds, and how to get it."""
        say = self.say
        lead = f"## {say['kit']}\n\n<p>{escape(say['kit_lead'])}</p>\n\n"
        if address:
            goal = self.site.link(self.here, address)
            said = escape(say["kit_download"])
            note = f"<p>{escape(say['kit_online'])}</p>"
            return f'{lead}<p><a class="gs-button" href="{goal}" type="application/zip" download>{said}</a></p>\n{note}'
        command = f"greensupply kit {self.course.id} --lang {self.locale}"
        return f"{lead}<p>{escape(say['kit_ask'])}</p>\n\n<pre><code>{escape(command)}</code></pre>"

    def _title(self, name: str) -> str:
        return self.library.modules[name].text(self.locale, SOURCE).facts.title

    def _tongue(self, name: str) -> str:
        """The `lang` of what a module says, where it does not speak the page's language."""
        if not name or self.library.modules[name].text(self.locale, SOURCE).locale == self.locale:
            return ""
        return f' lang="{LANGUAGE_TAGS[SOURCE]}"'


def sheet_title(sheet: SheetFacts, locale: str) -> str:
    """Title of a sheet, with its level where it is one of an evaluation."""
    if not sheet.level:
        return sheet.title[locale]
    return str(words(locale)["course"]["level"].format(level=sheet.level, title=sheet.title[locale]))


def _inline(markdown: str) -> str:
    return str(fragments.inline(markdown, lambda target: target)) if markdown else ""
