"""A module in one language -> what stands in each kind of handout, as Markdown with HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import escape

from greensupply import answer_key, facilitator_page, fragments, module_page
from greensupply.addresses import Site, facilitator_place
from greensupply.blocks_html import BlocksHtml
from greensupply.cards import duration
from greensupply.handouts import questions
from greensupply.locales import LANGUAGE_TAGS, SOURCE, listing, long_date, words
from greensupply.model import Callout, Library, Prose, Question

SHEETS = ("worksheet", "commitment")
"""Boxes that learners write in."""
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_FIRST_HEADING = re.compile(r"<h1.*?</h1>", re.DOTALL)


class Contents:
    """One module in one language, for paper.

    Attributes:
        place: Where the page that the document is made from lies, below a language's home.
    """

    def __init__(self, library: Library, identifier: str, locale: str, site: Site, say: Mapping[str, Any]) -> None:
        self.library, self.locale, self.site, self.say = library, locale, site, say
        self.module = library.modules[identifier]
        self.text = self.module.text(locale, SOURCE)
        self.language = "" if self.text.locale == locale else f' lang="{LANGUAGE_TAGS[self.text.locale]}"'
        self.place = f"modules/{identifier}"
        self.blocks = BlocksHtml(self.place, self.text.path, locale, site, library.assets, self.language)

    def of(self, kind: str) -> str:
        """Return the Markdown of a kind; empty where the module has nothing for it."""
        made = {
            "learner": self.learner,
            "facilitator": self.facilitator,
            "worksheet": self.worksheet,
            "answers": self.answers,
        }
        return "\n\n".join(part for part in made[kind]() if part)

    def learner(self) -> Iterator[str]:
        """The text without notes for trainers, the questions without answers, and the sources."""
        facts, say = self.module.facts, self.say
        audiences = words(self.locale)["page"]["audiences"]
        yield self._head(
            self.text.facts.summary,
            say["time"].format(time=duration(facts.minutes, self.locale)),
            say["audience"].format(audience=listing((audiences[role] for role in facts.audience), self.locale)),
        )
        items = "\n".join(f"<li>{escape(objective)}</li>" for objective in self.text.facts.objectives)
        title = escape(words(self.locale)["page"]["objectives"])
        yield f'<div class="objectives">\n<p class="label">{title}</p>\n<ul{self.language}>\n{items}\n</ul>\n</div>'
        yield CONTENTS
        total, ordinal = len(self.text.questions), 0
        yield f'<div{self.language} markdown="1">' if self.language else ""
        for block in self.text.blocks:
            if isinstance(block, Prose):
                yield from self.blocks.text(block, {})
            elif isinstance(block, Callout):
                yield self.blocks.callout(block)
            elif isinstance(block, Question):
                ordinal += 1
                yield self._blank(block, ordinal, total)
        yield "</div>" if self.language else ""
        yield module_page.sources(self.library, self.module.id, self.locale, self.site)

    def facilitator(self) -> Iterator[str]:
        """The facilitator's page, its heading left out."""
        self.place = facilitator_place(self.module.id)
        page = facilitator_page.text(self.library, self.module.id, self.locale, self.site)
        head, mark, body = _FIRST_HEADING.sub("", _FRONT_MATTER.sub("", page), count=1).partition("\n## ")
        yield f"{head}\n\n{CONTENTS}\n{mark}{body}"

    def worksheet(self) -> Iterator[str]:
        """The boxes to fill in, with lines for who fills them in."""
        found = [block for block in self.text.blocks if isinstance(block, Callout) and block.kind in SHEETS]
        if not any(block.kind == SHEETS[0] for block in found):
            return
        fields = "".join(
            f'<span class="field">{escape(self.say[name])} {questions.LINE}</span> '
            for name in ("name", "plant", "date")
        )
        yield f'<p class="who">{fields}</p>'
        for block in found:
            yield self.blocks.callout(block)

    def answers(self) -> Iterator[str]:
        """The key at a glance, then every question with the reasons."""
        asked, say = self.text.questions, self.say
        if not asked:
            return
        yield self._head(say["answers_lead"])
        rows = "\n".join(self._key_row(place, question) for place, question in enumerate(asked, 1))
        heads = "".join(f'<th scope="col">{escape(say[name])}</th>' for name in ("number", "question", "right"))
        yield (
            f"## {say['key']}\n\n<p>{escape(say['key_lead'])}</p>\n\n"
            f'<table class="key">\n<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody>\n{rows}\n</tbody>\n</table>'
        )
        yield f"## {say['why']}"
        for place, question in enumerate(asked, 1):
            yield answer_key.html(
                question,
                ordinal=place,
                total=len(asked),
                locale=self.locale,
                language=self.language,
                retarget=self.blocks.address,
            )

    def _key_row(self, place: int, question: Question) -> str:
        asked = fragments.inline(question.prompt, self.blocks.address)
        right = questions.key(question, locale=self.locale, retarget=self.blocks.address)
        return f'<tr><td>{place}</td><th scope="row"{self.language}>{asked}</th><td{self.language}>{right}</td></tr>'

    def closing(self) -> str:
        """Licence, date of the facts, and where the module is online."""
        facts, say, site = self.module.facts, self.say, words(self.locale)["site"]
        lines = [site["licence"].format(licence="CC BY 4.0"), f"{self.reviewed()}. {self.revision()}."]
        if self.site.url:
            address = self.site.url + self.site.page(self.locale, f"modules/{facts.id}")
            lines.append(say["module_online"].format(address=address))
        said = "".join(f"<p>{escape(line)}</p>" for line in lines)
        return f'<div class="about"><p class="label">{escape(say["about"])}</p>{said}</div>'

    def reviewed(self) -> str:
        """`Facts checked on November 24, 2026`."""
        return str(self.say["reviewed"].format(date=long_date(self.module.facts.reviewed, self.locale)))

    def revision(self) -> str:
        """`Revision 1`."""
        return str(self.say["revision"].format(revision=self.module.facts.revision))

    def _head(self, lead: str, *facts: str) -> str:
        said = "".join(f"<li>{escape(fact)}</li>" for fact in facts)
        return f'<p class="lead"{self.language}>{escape(lead)}</p>' + (
            f'\n<ul class="facts">{said}</ul>' if said else ""
        )

    def _blank(self, question: Question, ordinal: int, total: int) -> str:
        return questions.blank(
            question,
            ordinal=ordinal,
            total=total,
            locale=self.locale,
            language=self.language,
            say=self.say,
            retarget=self.blocks.address,
        )


CONTENTS = '<div class="contents-here"></div>'
"""Where the contents of the document are put once its headings are known."""
