"""A module's HTML -> the same, with the first use of each term of the glossary explained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markupsafe import escape

from greensupply.locales import LANGUAGE_TAGS
from greensupply.terms import Term

MOST_MARKS = 25
"""Terms explained in one module: more would turn its text into a field of underlines."""

_VOID = frozenset({"br", "col", "hr", "img", "input", "wbr"})
_INLINE = frozenset(
    {"a", "abbr", "b", "cite", "del", "em", "i", "ins", "q", "s", "small", "span", "strong", "sub", "sup"}
)
_LEFT_ALONE = re.compile(
    "a|abbr|button|caption|cite|code|details|fieldset|figure|h[1-6]|kbd|label|legend|nav|option|pre|q|samp|script|select|style"
    "|svg|template|textarea|th|var|.*-.*"
)
"""Tags, our own among them, whose text is not running text, or may not hold a button."""
_LEFT_ALONE_CLASSES = frozenset({"gs-module-head", "gs-callout-title", "gs-sources", "gs-steps", "untranslated"})

_TAG = re.compile(r"<!--.*?-->|<(/?)([a-zA-Z][\w-]*)((?:\"[^\"]*\"|'[^']*'|[^\"'>]++)*+)>", re.DOTALL)
_CLASS = re.compile(r"\sclass=[\"']([^\"']*)")
_LANG = re.compile(r"\slang=[\"']([^\"'-]*)")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…](?=[\s»”\")]|$)")


def marked(html: str, terms: Sequence[Term], locale: str, *, written: str, goal: str, say: Mapping[str, str]) -> str:
    """Return a module's HTML with the first use of each term as a button, and the definitions after the last of it.

    A definition is a native popover, which needs no script. Nothing but the buttons and the definitions is changed.
    Of two terms in one sentence the second waits for its next use, if there is one in another sentence.

    Arguments:
        html: Content of the page, well-formed.
        terms: The glossary.
        locale: Language of the page.
        written: Language of the module's text, which is another where it is not translated yet.
        goal: Address of the glossary from this page.
        say: Words of the component `glossary-list`.
    """
    chosen = _chosen(list(_uses(html, _search(tuple(terms), written), locale, written)))
    if not chosen:
        return html
    parts, end = [], 0
    for use in chosen:
        button = f'<button type="button" class="gs-term" popovertarget="term-{use.term.id}">'
        parts += [html[end : use.start], button, html[use.start : use.end], "</button>"]
        end = use.end
    definitions = "".join(_definition(use.term, locale, written, goal, say) for use in chosen)
    parts += [html[end:], f'\n<div class="gs-definitions" data-search-exclude>{definitions}\n</div>\n']
    return "".join(parts)


def _definition(term: Term, locale: str, written: str, goal: str, say: Mapping[str, str]) -> str:
    wording = term[written]
    abbreviation = f" ({escape(wording.abbr)})" if wording.abbr else ""
    lang = f' lang="{LANGUAGE_TAGS[written]}"' if written != locale else ""
    others = " · ".join(
        f'<span lang="{LANGUAGE_TAGS[other]}">{escape(said.words)}</span>' for other, said in term.others(written)
    )
    return (
        f'\n<div popover autofocus tabindex="-1" role="dialog" id="term-{term.id}" class="gs-definition"'
        f' aria-label="{escape(wording.words)}"{lang}>'
        f"<p><strong>{escape(wording.term)}</strong>{abbreviation}</p><p>{escape(wording.definition)}</p>"
        f'<p class="gs-others">{others}</p>'
        f'<p><a href="{goal}#{term.id}"{_lang(locale) if lang else ""}>{escape(say["in_glossary"])}</a></p></div>'
    )


def _lang(locale: str) -> str:
    return f' lang="{LANGUAGE_TAGS[locale]}"'


@dataclass(frozen=True)
class _Use:
    """A term in the running text."""

    term: Term
    start: int
    end: int
    sentence: int


def _chosen(uses: Sequence[_Use]) -> list[_Use]:
    """The first use of each term, as few as possible in one sentence, in the order of the text."""
    last = {use.term.id: place for place, use in enumerate(uses)}
    done: set[str] = set()
    sentences: set[int] = set()
    chosen: list[_Use] = []
    for place, use in enumerate(uses):
        crowded = use.sentence in sentences and uses[last[use.term.id]].sentence != use.sentence
        if use.term.id in done or (crowded and place != last[use.term.id]):
            continue
        done.add(use.term.id)
        sentences.add(use.sentence)
        chosen.append(use)
    return chosen[:MOST_MARKS]


@dataclass
class _Place:
    """Where in a page the reading is: the open elements, each with whether its text is read, and the sentence."""

    open: list[tuple[str, bool, str]] = field(default_factory=list)
    sentence: int = 0

    def enter(self, tag: str, attributes: str, locale: str) -> None:
        _, read, language = self.open[-1] if self.open else ("", True, locale)
        ours, own = _kind(tag, attributes)
        self.open.append((tag, read and ours, own or language))

    def leave(self, tag: str) -> None:
        """Close an element, and whatever was left open inside it."""
        places = [place for place, (name, _, _) in enumerate(self.open) if name == tag]
        if places:
            del self.open[places[-1] :]

    def reads(self, locale: str, written: str) -> bool:
        _, read, language = self.open[-1] if self.open else ("", True, locale)
        return read and language == written


@lru_cache(maxsize=5_000)
def _kind(tag: str, attributes: str) -> tuple[bool, str]:
    """Whether the text of an element may be marked, and its language, if it says so."""
    classes = set(found[1].split()) if (found := _CLASS.search(attributes)) else set()
    language = found[1] if (found := _LANG.search(attributes)) else ""
    return not _LEFT_ALONE.fullmatch(tag) and not classes & _LEFT_ALONE_CLASSES, language


def _uses(html: str, search: _Search, locale: str, written: str) -> Iterator[_Use]:
    place = _Place()
    end = 0
    for tag in (*_TAG.finditer(html), None):
        start = tag.start() if tag else len(html)
        if start > end and place.reads(locale, written):
            text = html[end:start]
            stops = [found.start() for found in _SENTENCE_END.finditer(text)]
            for term, first, last in search.uses(text):
                sentence = place.sentence + sum(stop < first for stop in stops)
                yield _Use(term, end + first, end + last, sentence)
            place.sentence += len(stops)
        if tag is None:
            return
        end = tag.end()
        name = (tag[2] or "").lower()
        if name not in _INLINE:
            place.sentence += 1
        if tag[1]:
            place.leave(name)
        elif name and name not in _VOID and not tag[3].endswith("/"):
            place.enter(name, tag[3], locale)


@dataclass(frozen=True)
class _Search:
    """The words of a language: by the first of them the pattern for all that begin so, longest first; and owners."""

    patterns: Mapping[str, re.Pattern[str]]
    owners: Mapping[str, Term]

    def uses(self, text: str) -> Iterator[tuple[Term, int, int]]:
        """Every term of a text with its start and end; of two that overlap the first and longest."""
        end = 0
        for word in _WORD.finditer(text):
            pattern = self.patterns.get(word[0].casefold())
            if pattern and word.start() >= end and (found := pattern.match(text, word.start())):
                end = found.end()
                plain = _plain(found[0])
                if term := self.owners.get(plain) or self.owners.get(plain.casefold()):
                    yield term, found.start(), end


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("'", "’").replace("\u2011", "-")


@lru_cache(maxsize=8)
def _search(terms: tuple[Term, ...], locale: str) -> _Search:
    owners: dict[str, Term] = {}
    beginnings: dict[str, dict[str, str]] = {}
    for term in terms:
        for written in term[locale].marked:
            words = written.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            name = any(sign.isupper() for sign in words)
            key = _plain(words) if name else _plain(words).casefold()
            if first := _WORD.match(words):
                owners[key] = term
                pattern = _pattern(words) if name else f"(?i:{_pattern(words)})"
                beginnings.setdefault(first[0].casefold(), {})[key] = pattern
    patterns = {
        first: "|".join(some[key] for key in sorted(some, key=len, reverse=True)) for first, some in beginnings.items()
    }
    return _Search({first: re.compile(rf"(?<![\w&#-])(?:{some})(?![\w-])") for first, some in patterns.items()}, owners)


def _pattern(words: str) -> str:
    """Its words, whatever the spaces, apostrophes and hyphens between them are."""
    signs = {" ": r"\s+", "\u00a0": r"\s+", "’": "['’]", "'": "['’]", "-": "[-\u2011]"}
    return "".join(signs.get(sign) or re.escape(sign) for sign in words)
