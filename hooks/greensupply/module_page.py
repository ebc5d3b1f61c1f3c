"""A module in one language -> the Markdown text of its page, which any generator can take.

Prose stays the author's Markdown; what we add (questions, boxes, the head, the sources) is raw HTML or HTML around
Markdown (`md_in_html`). Everything that an author wrote as plain text is escaped here, once.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence

from markupsafe import escape

from greensupply import components, definitions, stale_notes
from greensupply.addresses import Site, facilitator_place
from greensupply.blocks_html import BlocksHtml
from greensupply.cards import draft_notice, duration, front_matter
from greensupply.handover import Handover
from greensupply.locales import LANGUAGE_TAGS, LOCALES, SOURCE, listing, long_date, percent, words
from greensupply.model import Callout, Library, Module, Prose, Question, Text
from greensupply.written import HEAD, OPENING, PathwayFacts, Trilingual

LAUNCH_WORDS = ("try_now", "download", "why_offline", "why_unreachable", "why_busy", "aside_said")
"""Words of the completion record that the record of a launch uses too."""


def text(library: Library, identifier: str, locale: str, site: Site, handover: Handover, printed: str = "") -> str:
    """Return the page of a module as Markdown with front matter, links made for that page.

    `printed` is HTML of links to its handouts, or nothing.
    """
    shown = library.modules[identifier]
    written = shown.text(locale, SOURCE)
    page = _Page(library, shown, written, locale, site)
    parts = [
        front_matter(written.facts.title, written.facts.summary),
        f"<h1{page.language}>{escape(written.facts.title)}</h1>",
        draft_notice(shown, locale),
        page.head(),
        page.launch("notice", handover),
        *page.body(),
        page.result(),
        page.launch("result", handover),
        page.record(handover),
        printed,
        page.sources(),
        page.steps(),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def lesson(library: Library, identifier: str, locale: str, site: Site) -> str:
    """Return what a module is without the hub around it, as Markdown: its text, the learner's result, its sources."""
    shown = library.modules[identifier]
    page = _Page(library, shown, shown.text(locale, SOURCE), locale, site)
    title = f"<h1{page.language}>{escape(page.text.facts.title)}</h1>"
    head = f'<div class="gs-module-head">\n{page.opening()}\n{page.objectives()}\n</div>'
    return "\n\n".join(part for part in (title, head, *page.body(), page.result(), page.sources()) if part) + "\n"


def sources(library: Library, identifier: str, locale: str, site: Site) -> str:
    """Return what the facts of a module rest on, as Markdown with a heading."""
    shown = library.modules[identifier]
    return _Page(library, shown, shown.text(locale, SOURCE), locale, site).sources()


def defined(html: str, library: Library, identifier: str, locale: str, site: Site) -> str:
    """Return a module's rendered content with the glossary's terms explained where the text first uses them."""
    return definitions.marked(
        html,
        library.terms,
        locale,
        written=library.modules[identifier].text(locale, SOURCE).locale,
        goal=site.link(site.page(locale, f"modules/{identifier}"), site.page(locale, "glossary")),
        say=components.words("glossary-list", locale),
    )


def names(module: Module) -> str:
    """Return the verb of a completion record and the module's title in every language, by language tag, as JSON."""
    found = {
        "verb": {LANGUAGE_TAGS[locale]: words(locale)["record"]["completed"] for locale in LOCALES},
        "module": {LANGUAGE_TAGS[locale]: text.facts.title for locale, text in sorted(module.texts.items())},
    }
    return json.dumps(found, ensure_ascii=False)


class _Page:
    """One module page while it is written."""

    def __init__(self, library: Library, shown: Module, text: Text, locale: str, site: Site) -> None:
        self.library, self.module, self.text, self.locale, self.site = library, shown, text, locale, site
        self.say = words(locale)["page"]
        self.here = site.page(locale, f"modules/{shown.id}")
        self.language = "" if text.locale == locale else f' lang="{LANGUAGE_TAGS[text.locale]}"'
        place = f"modules/{shown.id}"
        self.blocks = BlocksHtml(place, text.path, locale, site, library.assets, self.language)
        self.notes = stale_notes.notes(shown, locale, site, self.here)

    def head(self) -> str:
        facts, say = self.module.facts, self.say
        total = len(self.text.questions)
        positions = [
            say["position"].format(
                pathway=self._pathway_link(chosen),
                place=chosen.modules.index(self.module.id) + 1,
                count=len(chosen.modules),
            )
            for chosen in self._pathways()
        ]
        rows = [
            (say["time"], escape(duration(facts.minutes, self.locale))),
            (say["level"], escape(say["levels"][facts.level])),
            (say["audience"], escape(listing((say["audiences"][role] for role in facts.audience), self.locale))),
            (
                say["self_check"],
                escape(say["self_check_value"].format(count=total, pass_mark=percent(facts.pass_mark, self.locale))),
            ),
            (say["prerequisites"], ", ".join(map(self._module_link, facts.prerequisites)) or escape(say["none"])),
            (say["positions"], "<br>".join(positions)),
            (say["reviewed"], escape(long_date(facts.reviewed, self.locale))),
            (say["revision"], escape(str(facts.revision))),
            (say["teaching"], self._facilitator_link()),
        ]
        entries = "\n".join(f"<div><dt>{escape(name)}</dt><dd>{value}</dd></div>" for name, value in rows if value)
        return (
            f'<div class="gs-module-head">\n{self.opening()}\n{self._present()}\n'
            f'<dl class="gs-facts" data-search-exclude>\n{entries}\n'
            f"</dl>\n{self.objectives()}\n</div>"
        )

    def opening(self) -> str:
        """The summary, and before it whether the text is behind its source or not translated."""
        notice = self.notes.get(HEAD, (0, ""))[1]
        if self.language:
            said = escape(self.say["untranslated"])
            notice = f'<p class="untranslated" lang="{LANGUAGE_TAGS[self.locale]}">{said}</p>\n'
        return f'{notice}<p class="gs-summary"{self.language}>{escape(self.text.facts.summary)}</p>'

    def objectives(self) -> str:
        """What the learner can do afterwards."""
        items = "\n".join(f"<li>{escape(objective)}</li>" for objective in self.text.facts.objectives)
        return (
            '<section class="gs-objectives" aria-labelledby="gs-objectives">\n<h2 id="gs-objectives">'
            f"{escape(self.say['objectives'])}</h2>\n<ul{self.language}>\n{items}\n</ul>\n</section>"
        )

    def body(self) -> Iterator[str]:
        if self.language:
            yield f'<div class="gs-untranslated"{self.language} markdown="1">'
        total = len(self.text.questions)
        source = {question.id: question for question in self.module.texts[SOURCE].questions}
        ordinal = 0
        yield self.notes.get(OPENING, (0, ""))[1]
        for block in self.text.blocks:
            if isinstance(block, Prose):
                yield from self.blocks.text(block, self.notes)
            elif isinstance(block, Callout):
                yield self.blocks.callout(block)
            elif isinstance(block, Question):
                ordinal += 1
                yield self.blocks.question(block, source.get(block.id, block), ordinal, total)
        if self.language:
            yield "</div>"

    def result(self) -> str:
        facts, quiz = self.module.facts, words(self.locale)["quiz"]
        shown = {
            "id": self.module.id,
            "revision": facts.revision,
            "pass_mark": facts.pass_mark,
            "pass_mark_text": percent(facts.pass_mark, self.locale),
            "title": self.text.facts.title,
        }
        return components.render(
            "quiz-score",
            module=shown,
            total=len(self.text.questions),
            words=quiz,
            words_json=json.dumps(quiz, ensure_ascii=False),
            locale=self.locale,
            lang=LANGUAGE_TAGS[self.locale],
        )

    def record(self, handover: Handover) -> str:
        """Where a learner who has passed gets a record; empty where the site has no address to name in it."""
        if not self.site.url:
            return ""
        say = words(self.locale)["record"]
        return components.render(
            "completion-record",
            site=self.site.url.rstrip("/"),
            title=self.text.facts.title,
            language=LANGUAGE_TAGS[self.text.locale],
            names_json=names(self.module),
            handover=handover,
            words=say,
            words_json=json.dumps(say, ensure_ascii=False),
            lang=LANGUAGE_TAGS[self.locale],
        )

    def launch(self, part: str, handover: Handover) -> str:
        """What a learning management system that opens the page brings with it: `notice` or `result`."""
        if not self.site.url:
            return ""
        common = {name: words(self.locale)["record"][name] for name in LAUNCH_WORDS}
        say = {**common, **words(self.locale)["launch"]}
        return components.render(
            "lms-launch",
            part=part,
            site=self.site.url.rstrip("/"),
            launches_json=json.dumps(handover.launches),
            language=LANGUAGE_TAGS[self.text.locale],
            names_json=names(self.module),
            words=say,
            words_json=json.dumps(say, ensure_ascii=False),
            lang=LANGUAGE_TAGS[self.locale],
        )

    def sources(self) -> str:
        cited: dict[str, list[str]] = {}
        for fact in self.module.facts.sources:
            for key in self.library.sources.facts[fact].sources:
                cited.setdefault(key, []).append(fact)
        rows = [self._source(key, facts) for key, facts in cited.items()]
        return (
            f"## {self.say['sources']}\n\n"
            f'<section class="gs-sources">\n<p>{escape(self.say["sources_note"])}</p>\n<ol>\n'
            + "\n".join(rows)
            + "\n</ol>\n</section>"
        )

    def _source(self, key: str, facts: Sequence[str]) -> str:
        source = self.library.sources.sources[key]

        def said(value: str | Trilingual) -> str:
            return value if isinstance(value, str) else value[self.locale]

        tag = LANGUAGE_TAGS[source.lang] if source.lang and source.lang != self.locale else ""
        title = f"<cite{f' lang={chr(34)}{tag}{chr(34)}' if tag else ''}>{escape(said(source.title))}</cite>"
        if source.url:
            title = f'<a href="{escape(source.url)}" rel="noopener">{title}</a>'
        details = escape(f"{said(source.publisher)}, {said(source.year)}")
        known = escape(self.say["facts"].format(ids=", ".join(facts)))
        return (
            f'<li id="source-{escape(key.lower())}">{title}. {details}. <span class="gs-fact-ids">({known})</span></li>'
        )

    def steps(self) -> str:
        rows = []
        for chosen in self._pathways():
            place = chosen.modules.index(self.module.id)
            before = chosen.modules[place - 1] if place else None
            after = chosen.modules[place + 1] if place + 1 < len(chosen.modules) else None
            rows.append(
                f"<li><p>{self._pathway_link(chosen)}</p>\n<ul>\n"
                f'<li class="gs-previous">{self._step("previous", before) or escape(self.say["first"])}</li>\n'
                f'<li class="gs-next">{self._step("next", after) or escape(self.say["last"])}</li>\n</ul></li>'
            )
        if not rows:
            return ""
        return (
            f'<nav class="gs-steps" aria-label="{escape(self.say["steps"])}">\n<ul>\n'
            + "\n".join(rows)
            + "\n</ul>\n</nav>"
        )

    def _step(self, word: str, identifier: str | None) -> str:
        return f"<span>{escape(self.say[word])}</span> {self._module_link(identifier)}" if identifier else ""

    def _pathways(self) -> Iterable[PathwayFacts]:
        return (chosen for chosen in self.library.pathways if self.module.id in chosen.modules)

    def _module_link(self, identifier: str) -> str:
        goal = self.site.link(self.here, self.site.page(self.locale, f"modules/{identifier}"))
        text = self.library.modules[identifier].text(self.locale, SOURCE)
        lang = "" if text.locale == self.locale else f' lang="{LANGUAGE_TAGS[text.locale]}"'
        return f'<a href="{goal}"{lang}>{escape(text.facts.title)}</a>'

    def _present(self) -> str:
        """The button that shows the module slide by slide; without script it is not shown."""
        word = escape(components.words("module-presenter", self.locale)["open"])
        return (
            '<p class="gs-present" data-search-exclude><button type="button" class="gs-button gs-button--plain '
            f'gs-present-button">{word}</button> <span role="status"></span></p>'
        )

    def _facilitator_link(self) -> str:
        """To what a person who teaches the module needs; learners do not."""
        goal = self.site.link(self.here, self.site.page(self.locale, facilitator_place(self.module.id)))
        return f'<a href="{goal}">{escape(words(self.locale)["facilitator"]["edition"])}</a>'

    def _pathway_link(self, chosen: PathwayFacts) -> str:
        goal = self.site.link(self.here, self.site.page(self.locale, f"pathways/{chosen.id}"))
        return f'<a href="{goal}">{escape(chosen.title[self.locale])}</a>'
