"""A module in one language -> the Markdown text of its facilitator's edition: session plan, notes, text and answers.

Every module has this page. Without notes it still shows the whole text with the answers, and says that there are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import escape

from greensupply import answer_key, fragments, session_plan, stale_notes
from greensupply.addresses import Site, facilitator_place
from greensupply.blocks_html import BlocksHtml
from greensupply.cards import draft_notice, duration, front_matter
from greensupply.facilitation import ACTIVITIES
from greensupply.locales import BETWEEN, LANGUAGE_TAGS, SOURCE, listing, percent, words
from greensupply.model import Callout, FacilitatorNote, Library, Module, Prose, Text
from greensupply.session_plan import BREAK, Part
from greensupply.written import OPENING


def text(library: Library, identifier: str, locale: str, site: Site, printed: str = "") -> str:
    """Return the page as Markdown with front matter; the search leaves it out.

    `printed` is HTML of links to its handouts, or nothing.
    """
    shown = library.modules[identifier]
    page = _Page(library, shown, shown.text(locale, SOURCE), locale, site)
    say, title = page.say, page.text.facts.title
    parts = [
        front_matter(f"{say['edition']} – {title}", say["lead"], searched=False),
        f'<h1>{escape(say["edition"])}<span class="gs-facilitator-module"{page.language}>{escape(title)}</span></h1>',
        draft_notice(shown, locale),
        page.head(),
        printed,
        page.session(),
        page.bring(),
        page.objectives(),
        *page.body(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


class _Page:
    """One facilitator's page while it is written."""

    def __init__(self, library: Library, shown: Module, text: Text, locale: str, site: Site) -> None:
        self.module, self.text, self.locale, self.site = shown, text, locale, site
        self.say = words(locale)["facilitator"]
        self.here = site.page(locale, facilitator_place(shown.id))
        self.language = "" if text.locale == locale else f' lang="{LANGUAGE_TAGS[text.locale]}"'
        place, files = facilitator_place(shown.id), f"modules/{shown.id}"
        self.blocks = BlocksHtml(place, text.path, locale, site, library.assets, self.language, files)
        self.notes = stale_notes.notes(shown, locale, site, self.here)
        self.plan = session_plan.plan(text)

    def head(self) -> str:
        """What this page is, what it holds, and the way to the learner's page."""
        say, plan = self.say, self.plan
        goal = self.site.link(self.here, self.site.page(self.locale, f"modules/{self.module.id}"))
        notes = len(self.text.notes)
        rows = [
            (say["session_time"], duration(plan.minutes, self.locale) if plan.parts else ""),
            (say["share"], percent(plan.share, self.locale) if plan.parts else ""),
            (say["sections"], str(len(session_plan.sections(self.text)))),
            (say["questions"], str(len(self.text.questions))),
            (say["notes"], str(notes)),
            (say["online_time"], duration(self.module.facts.minutes, self.locale)),
        ]
        entries = "\n".join(
            f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows if value
        )
        untranslated = f'<p class="untranslated">{escape(words(self.locale)["page"]["untranslated"])}</p>\n'
        none = f'<p class="gs-facilitator-none">{escape(say["none"])}</p>\n'
        return (
            f'<div class="gs-facilitator-head">\n{untranslated if self.language else ""}'
            f'<p class="gs-summary">{escape(say["lead"])}</p>\n'
            f'<p><a href="{goal}">{escape(say["to_learners"])}</a></p>\n'
            f'<dl class="gs-facts">\n{entries}\n</dl>\n{"" if notes else none}</div>'
        )

    def session(self) -> str:
        """The session plan: a bar, and the same numbers as a table."""
        if not self.plan.parts:
            return ""
        say, plan = self.say, self.plan
        heads = "".join(
            f'<th scope="col">{escape(say[name])}</th>'
            for name in ("number", "section", "start", "length", "activity", "materials")
        )
        rows = "\n".join(f"<tr>{self._row(number, part)}</tr>" for number, part in enumerate(plan.parts, 1))
        total = (
            f'<tr><th scope="row" colspan="2">{escape(say["total"])}</th>'
            f"<td>{self._clock(plan.minutes)}</td><td>{escape(duration(plan.minutes, self.locale))}</td>"
            f"<td>{escape(percent(plan.share, self.locale))}</td><td></td></tr>"
        )
        share = say["share_text"].format(
            active=duration(plan.active, self.locale),
            working=duration(plan.working, self.locale),
            share=percent(plan.share, self.locale),
        )
        return (
            f'## {say["plan"]}\n\n<div class="gs-session">\n{self._bar(share)}\n'
            f"{self._legend()}\n<p>{escape(share)} {escape(say['share_rule'])}</p>\n"
            f"<table>\n<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n<tfoot>\n{total}\n</tfoot>\n</table>\n</div>"
        )

    def _row(self, number: int, part: Part) -> str:
        note = part.note
        inline = self._inline
        language = self.language if note.title else ""
        name = inline(note.title) or escape(self.say["activities"][note.activity])
        section = f"<small{self.language}>{inline(part.section)}</small>" if part.section else ""
        materials = "; ".join(inline(thing) for thing in note.materials)
        return (
            f'<td>{number}</td><th scope="row"><a href="#note-{part.place}"{language}>{name}</a>{section}</th>'
            f"<td>{self._clock(part.start)}</td><td>{escape(duration(note.minutes, self.locale))}</td>"
            f"<td>{escape(self.say['activities'][note.activity])}</td><td{self.language}>{materials}</td>"
        )

    def _bar(self, finding: str) -> str:
        """The session as one line of pieces as long as their time; wide ones carry their number."""
        whole = self.plan.minutes
        shapes = []
        for number, part in enumerate(self.plan.parts, 1):
            start, end = (f"{minutes * 100 / whole:.2f}%" for minutes in (part.start, part.end))
            kind = "active" if part.active else "break" if part.note.activity == BREAK else "other"
            shapes.append(f'<line class="gs-bar-{kind}" x1="{start}" x2="{end}" y1="18" y2="18"/>')
            shapes.append(f'<line class="gs-bar-edge" x1="{end}" x2="{end}" y1="2" y2="34"/>')
            if part.note.minutes * 100 >= whole * (6 if number < 10 else 8):
                middle = f"{(part.start + part.end) * 50 / whole:.2f}%"
                shapes.append(f'<text class="gs-bar-{kind}" x="{middle}" y="23" text-anchor="middle">{number}</text>')
        return (
            '<svg class="gs-bar" role="img" aria-labelledby="gs-bar-title gs-bar-desc">'
            f'<title id="gs-bar-title">{escape(self.say["bar"])}</title>'
            f'<desc id="gs-bar-desc">{escape(finding)}</desc>{"".join(shapes)}</svg>'
        )

    def _legend(self) -> str:
        kinds: dict[str, list[str]] = {"active": [], "other": [], "break": []}
        used = {part.note.activity for part in self.plan.parts}
        for activity, active in ACTIVITIES.items():
            if activity in used:
                kind = "active" if active else "break" if activity == BREAK else "other"
                kinds[kind].append(self.say["activities"][activity])
        shown = {kind: listing(names, self.locale).capitalize() for kind, names in kinds.items() if names}
        items = "".join(f'<li class="gs-bar-{kind}">{escape(names)}</li>' for kind, names in shown.items())
        return f'<ul class="gs-bar-legend">{items}</ul>'

    def bring(self) -> str:
        """Everything to bring, to tick off on paper."""
        if not self.plan.materials:
            return ""
        items = "\n".join(f"<li>{self._inline(thing)}</li>" for thing in self.plan.materials)
        return f'## {self.say["bring"]}\n\n<ul class="gs-bring"{self.language}>\n{items}\n</ul>'

    def objectives(self) -> str:
        """What participants can do afterwards, and the beginning of the text."""
        items = "\n".join(f"<li>{escape(objective)}</li>" for objective in self.text.facts.objectives)
        title = escape(words(self.locale)["page"]["objectives"])
        return (
            '<section class="gs-objectives" aria-labelledby="gs-objectives">\n'
            f'<h2 id="gs-objectives">{title}</h2>\n<ul{self.language}>\n{items}\n</ul>\n</section>'
        )

    def body(self) -> Iterator[str]:
        """The text as learners see it, with the notes between and the answers shown."""
        yield self.notes.get(OPENING, (0, ""))[1]
        total, ordinal, place = len(self.text.questions), 0, 0
        starts = {part.place: part for part in self.plan.parts}
        for block in self.text.blocks:
            if isinstance(block, FacilitatorNote):
                place += 1
                yield self.blocks.facilitator_note(block, f"note-{place}", self._times(starts.get(place)))
                continue
            if isinstance(block, Prose):
                pieces = list(self.blocks.text(block, self.notes))
            elif isinstance(block, Callout):
                pieces = [self.blocks.callout(block)]
            else:
                ordinal += 1
                about = {"ordinal": ordinal, "total": total}
                yield answer_key.html(
                    block, **about, locale=self.locale, language=self.language, retarget=self.blocks.address
                )
                continue
            if self.language:
                pieces = [f'<div{self.language} markdown="1">', *pieces, "</div>"]
            yield from pieces

    def _times(self, part: Part | None) -> str:
        """When and how long a part is: `1:05–1:40 · 35 min · Practice`; empty for a note that is no part."""
        if not part:
            return ""
        length, activity = duration(part.note.minutes, self.locale), self.say["activities"][part.note.activity]
        return f"{self._clock(part.start)}–{self._clock(part.end)}{BETWEEN}{length}{BETWEEN}{activity}"

    def _inline(self, markdown: str) -> str:
        return str(fragments.inline(markdown, self.blocks.address)) if markdown else ""

    def _clock(self, minutes: int) -> str:
        """Time since the beginning: `1:05`, in French `1 h 05`."""
        return str(self.say["clock"].format(hours=minutes // 60, minutes=f"{minutes % 60:02}"))
