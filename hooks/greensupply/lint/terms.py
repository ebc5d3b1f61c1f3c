"""Does a module call things as the glossary does? Forms to avoid, and terms that a translation does not take up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from greensupply import rules
from greensupply.errors import Problem
from greensupply.lint import places
from greensupply.lint.places import HIDDEN, Page, Passage
from greensupply.locales import LOCALES, SOURCE
from greensupply.model import Library, Module
from greensupply.terms import Term, Wording

LEAST_USES = 2
"""Of a term of several words, or of an abbreviation, in the English text, before a translation should have it too.
One use, or one everyday word such as `disposal`, may well be rendered freely."""

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(rf"[\s\u00a0\u202f’'\-‑/+.{HIDDEN}]{{1,8}}")
_QUOTED = re.compile(
    r"«[^«»]{0,300}»|“[^“”]{0,300}”|\"[^\"\n]{0,300}\""
    r"|(?<!\*)\*(?![*\s])[^*\n]{0,200}\s[^*\n]{0,200}\*(?!\*)"
    r"|(?<!!)\[[^\[\]\n]{0,300}\]\(https?://"
)
"""What another says or is called: quotations, titles and words of another language in italics, links to other sites."""
_PLAIN = str.maketrans("áéíóúü", "aeiouu")


@dataclass(frozen=True)
class _Form:
    """One way to say a term, as words to look for.

    Attributes:
        cased: Its words as written, where it holds a capital letter and is found only so; else empty.
        right: What to write instead; empty where the form is good.
    """

    term: str
    words: tuple[str, ...]
    cased: tuple[str, ...]
    right: str = ""


@dataclass(frozen=True)
class _Use:
    form: _Form
    passage: int
    start: int
    end: int


def problems(module: Module, library: Library) -> Iterator[Problem]:
    """Forms that the glossary avoids, in texts and figures, and terms of the English that a translation never uses."""
    if not library.terms:
        return
    indices = {locale: _index(library.terms, locale) for locale in LOCALES}
    found = {page.path: (page, tuple(_uses(page, indices[page.locale]))) for page in places.pages(module, library)}
    for page, uses in found.values():
        yield from _forbidden(page, uses)
    if SOURCE in module.texts:
        source = found[module.texts[SOURCE].path]
        for locale, text in module.texts.items():
            if locale != SOURCE:
                yield from _missing(*source, *found[text.path], library.terms)


def of_page(page: Page, library: Library) -> Iterator[Problem]:
    """Forms that the glossary avoids, in one text."""
    yield from _forbidden(page, tuple(_uses(page, _index(library.terms, page.locale))))


def _forbidden(page: Page, uses: Sequence[_Use]) -> Iterator[Problem]:
    for use in uses:
        if use.form.right:
            written = page.written[use.start : use.end]
            yield rules.problem(
                "term-forbidden", page.path, *page.place(use.start), found=written, right=use.form.right
            )


def _missing(
    source: Page, theirs: Sequence[_Use], page: Page, ours: Sequence[_Use], terms: Sequence[Term]
) -> Iterator[Problem]:
    theirs = [use for use in theirs if not use.form.right and (len(use.form.words) > 1 or use.form.cased)]
    count = Counter(use.form.term for use in theirs)
    here = {use.form.term for use in ours}
    for term in terms:
        if count[term.id] < LEAST_USES or term.id in here or not term[SOURCE].marked:
            continue
        if _said_in_another(term, terms, page.locale, here):
            continue
        first = next(use for use in theirs if use.form.term == term.id)
        line, column = 1, 0
        if len(page.passages) == len(source.passages):
            line, column = page.place(page.passages[first.passage].start)
        yield rules.problem(
            "term-inconsistent",
            page.path,
            line,
            column,
            term=source.written[first.start : first.end],
            source=f"{SOURCE}.md:{source.place(first.start)[0]}",
            uses=count[term.id],
            right=term[page.locale].words,
        )


def _said_in_another(term: Term, terms: Sequence[Term], locale: str, here: set[str]) -> bool:
    """Is a longer term used that holds this one: `costeo ambiental basado en actividades`? Its words may go apart."""
    own = set(_keys(term[locale].words, locale))
    return any(other.id in here and own <= set(_keys(other[locale].words, locale)) for other in terms)


def _uses(page: Page, index: Mapping[str, Sequence[_Form]]) -> Iterator[_Use]:
    """Every use of a term, or of a form to avoid; the longest where one holds another."""
    for number, passage in enumerate(page.passages):
        if passage.kind == "quotation":
            continue
        words = list(_WORD.finditer(passage.words))
        keys = [_key(word[0], page.locale) for word in words]
        quoted: list[tuple[int, int]] | None = None
        free = 0
        for place in [place for place, key in enumerate(keys) if key in index]:
            forms = [form for form in index[keys[place]] if _is(form, passage, words, keys, place)]
            if place < free or not forms:
                continue
            longest = len(forms[0].words)
            free = place + longest
            start, end = words[place].start(), words[free - 1].end()
            for form in forms:
                if len(form.words) < longest or (form.right and not forms[0].right):
                    break
                if form.right:
                    quoted = _quoted(page, passage) if quoted is None else quoted
                    if any(first <= start < last for first, last in quoted):
                        break
                yield _Use(form, number, passage.start + start, passage.start + end)


def _is(form: _Form, passage: Passage, words: Sequence[re.Match[str]], keys: Sequence[str], at: int) -> bool:
    size = len(form.words)
    if tuple(keys[at : at + size]) != form.words:
        return False
    if form.cased and tuple(word[0] for word in words[at : at + size]) != form.cased:
        return False
    return all(
        _GAP.fullmatch(passage.words, words[before].end(), words[before + 1].start())
        for before in range(at, at + size - 1)
    )


def _quoted(page: Page, passage: Passage) -> list[tuple[int, int]]:
    raw = page.written[passage.start : passage.start + len(passage.words)]
    if raw[:1] in ("'", '"') and passage.words[0] == HIDDEN:  # marks of YAML, not of a quotation
        raw = passage.words
    return [found.span() for found in _QUOTED.finditer(raw)]


@lru_cache(maxsize=8)
def _index(terms: tuple[Term, ...], locale: str) -> Mapping[str, Sequence[_Form]]:
    """First word of a form -> the forms that begin with it, the longest first."""
    index: dict[str, list[_Form]] = {}
    for term in terms:
        wording = term[locale]
        for words in _good(wording):
            _add(index, _form(term.id, words, locale))
        for words in wording.avoid:
            _add(index, _form(term.id, words, locale, wording.words))
    for forms in index.values():
        forms.sort(key=lambda form: (-len(form.words), bool(form.right)))
    return index


def _good(wording: Wording) -> tuple[str, ...]:
    return tuple(filter(None, dict.fromkeys((wording.words, wording.abbr, *wording.forms))))


def _add(index: dict[str, list[_Form]], form: _Form) -> None:
    if form.words:
        index.setdefault(form.words[0], []).append(form)


def _form(term: str, words: str, locale: str, right: str = "") -> _Form:
    cased = tuple(_WORD.findall(words)) if words != words.lower() else ()
    return _Form(term, _keys(words, locale), cased, right)


def _keys(words: str, locale: str) -> tuple[str, ...]:
    return tuple(_key(word, locale) for word in _WORD.findall(words))


@lru_cache(maxsize=20_000)
def _key(word: str, locale: str) -> str:
    """A word without its plural, and in Spanish without accents: `acciones` and `acción` are both `accion`.

    Number only: a stemmer would take `économe` for `économie`, and loading one takes longer than the whole check.
    """
    word = word.casefold()
    if locale == "es":
        word = word.translate(_PLAIN)
        return word.removesuffix("s").removesuffix("e") if len(word) > 3 else word
    if locale == "fr":
        if len(word) > 4 and word.endswith("aux") and not word.endswith("eaux"):
            return f"{word[:-3]}al"
        return word[:-1] if len(word) > 3 and word.endswith(("s", "x")) else word
    if len(word) < 4 or word.endswith(("ss", "us", "is")):
        return word
    if word.endswith(("sses", "shes", "ches", "xes")):
        return word[:-2]
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s")
