"""The blocks of a text (prose, boxes, questions) -> Markdown with HTML for the page that shows them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from markupsafe import escape

from greensupply import components, fragments, prose
from greensupply.addresses import Site, for_browser, for_generator, page_uri
from greensupply.locales import LANGUAGE_TAGS, words
from greensupply.model import Callout, FacilitatorNote, Prose, Question
from greensupply.written import HEAD, OPENING


@dataclass(frozen=True)
class BlocksHtml:
    """How the blocks of one text become HTML on one page.

    Attributes:
        place: Address of the page below a language's home, such as `modules/ems`.
        path: The author's file in the project, from which links lead.
        locale: Language of the page.
        site: How addresses are written.
        assets: Files that pages show: site path -> path on disk.
        language: ` lang="en"` where the text is not in the language of the page, else empty.
        files: Where its figures lie, as `place`; empty where they lie below the page.
    """

    place: str
    path: str
    locale: str
    site: Site
    assets: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    files: str = ""

    @property
    def here(self) -> str:
        """Address of the page from the site's root."""
        return self.site.page(self.locale, self.place)

    def question(self, question: Question, source: Question, ordinal: int, total: int) -> str:
        """A question, which is number `ordinal` of `total`; `source` is the same one in the source language."""
        view = fragments.question_view(
            question,
            ordinal=ordinal,
            total=total,
            fingerprint=fragments.digest(source),
            locale=self.locale,
            retarget=self.address,
        )
        quiz = words(self.locale)["quiz"]
        return components.render(
            "quiz-question", q=view, words=quiz, locale=self.locale, lang=LANGUAGE_TAGS[self.locale]
        )

    def callout(self, block: Callout) -> str:
        """A box, with its kind in words."""
        kind = escape(words(self.locale)["page"]["callouts"][block.kind])
        title = f" {fragments.inline(block.title, self.address)}" if block.title else ""
        return (
            f'<section class="gs-callout gs-{block.kind}" markdown="1">\n'
            f'<p class="gs-callout-title"><span class="gs-callout-kind">{kind}</span>{title}</p>\n\n'
            f"{self.markdown(block.text)}\n\n{self._calculator(block.calculator)}</section>"
        )

    def facilitator_note(self, note: FacilitatorNote, anchor: str, times: str) -> str:
        """A note for who teaches, set off from what learners read.

        Arguments:
            note: The note.
            anchor: Its id in the page; empty for none.
            times: When it takes place and what is done, in words; empty for a note that is no part of the session.
        """
        say = words(self.locale)["facilitator"]
        name = f' id="{anchor}"' if anchor else ""
        title = f" <span{self.language}>{fragments.inline(note.title, self.address)}</span>" if note.title else ""
        lines = [f'<p class="gs-facilitator-time">{escape(times)}</p>'] if times else []
        if note.materials:
            things = "; ".join(fragments.inline(thing, self.address) for thing in note.materials)
            lines.append(
                f"<p><strong>{escape(say['materials_label'])}</strong> <span{self.language}>{things}</span></p>"
            )
        return "\n".join(
            [
                f'<section class="gs-callout gs-facilitator"{name} markdown="1">',
                f'<p class="gs-callout-title"><span class="gs-callout-kind">{escape(say["note"])}</span>{title}</p>',
                *lines,
                f'\n<div{self.language} markdown="1">\n\n{self.markdown(note.text)}\n\n</div>\n\n</section>',
            ]
        )

    def _calculator(self, tag: str) -> str:
        if not tag:
            return ""
        goal = self.site.link(self.here, self.site.page(self.locale, f"tools/{tag}"))
        say = words(self.locale)["page"]
        title = say["open_tool"].format(title=components.words(tag, self.locale)["title"])
        lang = f' lang="{LANGUAGE_TAGS[self.locale]}"' if self.language else ""
        return f'<p{lang}><a class="gs-button" href="{goal}">{escape(title)}</a></p>\n\n'

    def text(self, block: Prose, notes: Mapping[str, tuple[int, str]]) -> Iterator[str]:
        """Text between boxes; below the heading of a section that is behind its source stands a note.

        Arguments:
            block: The text.
            notes: As `stale_notes.notes` returns them.
        """
        lines, done = block.text.split("\n"), 0
        for key, (line, note) in notes.items():
            cut = line - block.line + 1
            if key not in (HEAD, OPENING) and 0 < cut <= len(lines):
                yield from (self.markdown("\n".join(lines[done:cut])), note)
                done = cut
        yield self.markdown("\n".join(lines[done:]))

    def markdown(self, text: str) -> str:
        """The author's Markdown with links as the generator knows them, and images alone on a line as figures."""
        kept: list[str] = []
        for line, masked in zip(text.split("\n"), prose.blank_code(text).split("\n"), strict=True):
            images = list(prose.links(line, 1)) if masked.startswith("![") else []
            alone = len(images) == 1 and images[0].image and line.rstrip().endswith(")") and line.count("](") == 1
            kept.append(self._figure(images[0]) if alone else line)
        uri = page_uri(self.locale, self.place)
        return prose.retarget("\n".join(kept), lambda target: for_generator(target, self.path, uri)).strip()

    def _figure(self, image: prose.Link) -> str:
        goal = f"{self.files or self.place}/{image.target}"
        size = _size(self.assets.get(goal, ""))
        caption = (
            f"\n<figcaption{self.language}>{fragments.inline(image.title, str)}</figcaption>" if image.title else ""
        )
        source = self.site.link(self.here, goal)
        return (
            f'<figure><img src="{escape(source)}" alt="{escape(image.words)}"{size} loading="lazy" decoding="async">'
            f"{caption}\n</figure>"
        )

    def address(self, target: str) -> str:
        """A link target where the generator makes no addresses, as in a question: from this page's own."""
        return for_browser(target, self.path, self.locale, self.site, self.here)


def _size(file: str) -> str:
    """Width and height of an SVG as attributes, so that the page does not jump when it comes."""
    if not file.endswith(".svg"):
        return ""
    root = ElementTree.parse(file).getroot()  # noqa: S314 - `figures` has refused what is dangerous here
    _, _, width, height = (root.get("viewBox") or "0 0 0 0").replace(",", " ").split()
    return f' width="{round(float(width))}" height="{round(float(height))}"' if float(width) else ""
