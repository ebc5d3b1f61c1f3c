"""A module's HTML -> the same, with the first use of each term of the glossary explained."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from markupsafe import escape

from greensupply import touching
from greensupply.locales import BETWEEN, LANGUAGE_TAGS
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

_ATTRIBUTES = r"(?:\"[^\"]*\"|'[^']*'|[^\"'>]++)*+"
_TAGS = re.compile(rf"(<!--.*?-->|</?[a-zA-Z][\w-]*{_ATTRIBUTES}>)", re.DOTALL)
_TAG = re.compile(rf"<(/?)([a-zA-Z][\w-]*)({_ATTRIBUTES})>", re.DOTALL)
_CLASS = re.compile(r"\sclass=[\"']([^\"']*)")
_LANG = re.compile(r"\slang=[\"']([^\"'-]*)")
_WORD = re.compile(r"\w+")
_SENTENCE_END = re.compile(r"[.!?…](?=[\s»”\")]|$)")


def marked(html: str, terms: tuple[Term, ...], locale: str, *, written: str, goal: str, say: Mapping[str, str]) -> str:
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
    search = _search(terms, written)
    parts = _TAGS.split(html)
    chosen = _chosen(list(_uses(parts[::2], parts[1::2], search, locale, written)))
    if not chosen:
        return html
    taken = [(-1, 0), *((2 * use.place, use.end) for use in chosen[:-1])]
    for use, until in zip(reversed(chosen), reversed(taken), strict=True):
        button = f'<button type="button" class="gs-term" popovertarget="term-{use.term.id}">'
        touching.put(parts, 2 * use.place, use.start, use.end, button, taken=until)
    definitions = "".join(_definition(use.term, locale, written, goal, say) for use in chosen)
    return f'{"".join(parts)}\n<div class="gs-definitions" data-search-exclude>{definitions}\n</div>\n'


def _definition(term: Term, locale: str, written: str, goal: str, say: Mapping[str, str]) -> str:
    wording = term[written]
    abbreviation = f" ({escape(wording.abbr)})" if wording.abbr else ""
    lang = f' lang="{LANGUAGE_TAGS[written]}"' if written != locale else ""
    others = BETWEEN.join(
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
    """A term in the running text: in which piece of it, and where in that."""

    term: Term
    place: int
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


class _Kind(NamedTuple):
    """What a tag means for the text in and around it; a comment means nothing.

    Attributes:
        parts: Whether the sentence does not go on behind it.
        move: `+` and the name of the element that it begins, if something can stand in that; `-` and of what it ends.
        read: Whether the text of the element may be marked.
        language: That of the element, if it says so.
    """

    parts: bool = True
    move: str = ""
    read: bool = True
    language: str = ""


@lru_cache(maxsize=10_000)
def _kind(tag: str) -> _Kind:
    found = _TAG.fullmatch(tag)
    if not found:
        return _Kind()
    name, attributes = found[2].lower(), found[3]
    parts = name not in _INLINE
    if found[1]:
        return _Kind(parts, f"-{name}")
    if name in _VOID or attributes.endswith("/"):
        return _Kind(parts)
    classes = set(given[1].split()) if (given := _CLASS.search(attributes)) else set()
    return _Kind(
        parts,
        f"+{name}",
        read=not _LEFT_ALONE.fullmatch(name) and not classes & _LEFT_ALONE_CLASSES,
        language=given[1] if (given := _LANG.search(attributes)) else "",
    )


def _uses(texts: Sequence[str], tags: Sequence[str], search: _Search, locale: str, written: str) -> Iterator[_Use]:
    """The terms in the running text of a page, from tag to tag; what is left alone, which is most of it, is skipped."""
    kinds = {tag: _kind(tag) for tag in dict.fromkeys(tags)}
    moves = [kinds[tag].move for tag in tags]
    languages = [(len(tags), locale)]  # where each ends, the innermost last
    place = sentence = 0
    while place < len(texts):
        text = texts[place]
        while languages[-1][0] < place:
            languages.pop()
        if languages[-1][1] == written and text and not text.isspace():
            stops = [found.start() for found in _SENTENCE_END.finditer(text)]
            for term, start, end in search.uses(text):
                yield _Use(term, place, start, end, sentence + sum(stop < start for stop in stops))
            sentence += len(stops)
        if place < len(tags):
            parts, _, read, language = kinds[tags[place]]
            sentence += parts
            if not read:
                place = _end(moves, place)
            elif language:
                languages.append((_end(moves, place), language))
        place += 1


def _end(moves: Sequence[str], place: int) -> int:
    """Place of the tag that ends the element which begins at a place; the last where none does."""
    begins = moves[place]
    ends = f"-{begins[1:]}"
    depth = 1
    while depth:
        start = place + 1
        try:
            place = moves.index(ends, start)
        except ValueError:
            return len(moves)
        depth += moves[start:place].count(begins) - 1
    return place


class _Search:
    """The words of a language: by the first of them the pattern for all that begin so, longest first; and owners.

    Most modules use few of them, so a pattern is compiled when a text has its first word.
    """

    def __init__(self, terms: tuple[Term, ...], locale: str) -> None:
        self.terms, self.locale = terms, locale
        self._owners: dict[str, Term] = {}
        self._beginnings: dict[str, dict[str, str]] = {}
        self._patterns: dict[str, re.Pattern[str]] = {}
        for term in terms:
            for written in term[locale].marked:
                words = written.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
                name = any(sign.isupper() for sign in words)
                key = _plain(words) if name else _plain(words).casefold()
                if first := _WORD.match(words):
                    self._owners[key] = term
                    pattern = _pattern(words) if name else f"(?i:{_pattern(words)})"
                    self._beginnings.setdefault(first[0].casefold(), {})[key] = pattern

    def uses(self, text: str) -> Iterator[tuple[Term, int, int]]:
        """Every term of a text with its start and end; of two that overlap the first and longest."""
        end = 0
        for word in _WORD.finditer(text):
            first = word[0].casefold()
            if first not in self._beginnings or word.start() < end:
                continue
            if found := self._beginning(first).match(text, word.start()):
                end = found.end()
                plain = _plain(found[0])
                if term := self._owners.get(plain) or self._owners.get(plain.casefold()):
                    yield term, found.start(), end

    def _beginning(self, first: str) -> re.Pattern[str]:
        """The pattern for all that begin with a word."""
        if first not in self._patterns:
            some = self._beginnings[first]
            together = "|".join(some[key] for key in sorted(some, key=len, reverse=True))
            self._patterns[first] = re.compile(rf"(?<![\w&#-])(?:{together})(?![\w-])")
        return self._patterns[first]


_searches: dict[str, _Search] = {}
"""The last one of each language."""


def _search(terms: tuple[Term, ...], locale: str) -> _Search:
    """The words of terms, which are told apart as objects: to compare them takes longer than to read a page."""
    known = _searches.get(locale)
    if known is None or known.terms is not terms:
        _searches[locale] = known = _Search(terms, locale)
    return known


def _plain(text: str) -> str:
    return " ".join(text.split()).replace("'", "’").replace("\u2011", "-")


def _pattern(words: str) -> str:
    """Its words, whatever the spaces, apostrophes and hyphens between them are."""
    signs = {" ": r"\s+", "\u00a0": r"\s+", "’": "['’]", "'": "['’]", "-": "[-\u2011]"}
    return "".join(signs.get(sign) or re.escape(sign) for sign in words)
