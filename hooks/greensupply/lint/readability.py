"""Is a text as easy to read as its readers need? A score by its language's formula, and long sentences."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from greensupply import rules
from greensupply.errors import Problem
from greensupply.lint import places, syllables
from greensupply.lint.places import HIDDEN, Page
from greensupply.model import Library, Module


@dataclass(frozen=True)
class _Formula:
    """How easy a text is: 100 is very easy, 0 very hard, on the same scale in the three languages.

    Attributes:
        name: Its author's, with the year.
        score: Words per sentence, syllables per word -> the score.
        longest: Words in a sentence that can still be read at one go; Spanish and French need a few more for the same.
    """

    name: str
    score: Callable[[float, float], float]
    longest: int


FORMULAS: Mapping[str, _Formula] = {
    "en": _Formula("Flesch (1948)", lambda words, syllables: 206.835 - 1.015 * words - 84.6 * syllables, 40),
    "es": _Formula("Szigriszt-Pazos (1993)", lambda words, syllables: 206.835 - words - 62.3 * syllables, 45),
    "fr": _Formula("Kandel-Moles (1958)", lambda words, syllables: 207 - 1.015 * words - 73.6 * syllables, 45),
}
"""R. Flesch, J. Applied Psychology 32 (1948); F. Szigriszt Pazos, thesis, Complutense (1993), whose scale INFLESZ keeps
(Barrio-Cantalejo, 2008); L. Kandel and A. Moles, Cahiers d'études de radio-télévision 19 (1958)."""

BARS: Mapping[str, int] = {"manager": 30, "trainer": 30, "supplier": 60}
"""Least score for each audience; where a module has several, that of the least schooled. The programme asks for at most
16 years' schooling in management modules, which is 30 on Flesch's scale, and for 9 years on the shop floor, which is
60, his *standard* English."""

FEWEST_WORDS = 100
"""Formulas were made for samples of a hundred words; of fewer they say nothing."""
HARDEST = 3
_READ = frozenset({"paragraph", "item", "feedback", "hint", "quotation", "summary"})
_WORD = re.compile(r"[^\W\d_]+(?:[’'\-‑][^\W\d_]+)*")
_SIGN = re.compile(rf"[^\s{HIDDEN}]")
_END = re.compile(r"[.!?…]+[»”\"')\]\0\u00a0\u202f]*(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)")
_SHORTENED = re.compile(
    r"(?:\b(?:e\.g|i\.e|p\. ?ej|p\. ?ex|c\.-à-d|etc|vs|cf|approx|aprox|Inc|Núm|Dra?|Sra?|Mrs?|St|U\.S|EE\. ?UU)"
    r"|\b[A-ZÁÉÍÓÚ])\.$"
)


@dataclass(frozen=True)
class _Sentence:
    start: int
    words: int
    syllables: int


def problems(module: Module, library: Library) -> Iterator[Problem]:  # noqa: ARG001
    """Texts that are harder than their readers need, and sentences that are too long, in each language."""
    bar = max(BARS[audience] for audience in module.facts.audience)
    for page in places.texts(module):
        sentences = tuple(_sentences(page))
        yield from _hard(page, sentences, bar)
        yield from _long(page, sentences)


def _hard(page: Page, sentences: Sequence[_Sentence], bar: int) -> Iterator[Problem]:
    if sum(sentence.words for sentence in sentences) < FEWEST_WORDS:
        return
    score = _score(sentences, page.locale)
    if round(score) >= bar:
        return
    whole = [sentence for sentence in sentences if sentence.words >= 8]
    hardest = sorted(whole, key=lambda sentence: _score([sentence], page.locale))[:HARDEST]
    lines = dict.fromkeys(str(page.place(sentence.start)[0]) for sentence in hardest)
    first = hardest[0] if hardest else sentences[0]
    yield rules.problem(
        "hard-to-read",
        page.path,
        *page.place(first.start),
        score=Decimal(round(score)),
        bar=bar,
        formula=FORMULAS[page.locale].name,
        lines=", ".join(lines),
    )


def _long(page: Page, sentences: Sequence[_Sentence]) -> Iterator[Problem]:
    longest = FORMULAS[page.locale].longest
    for sentence in sentences:
        if sentence.words > longest:
            place = page.place(sentence.start)
            yield rules.problem("long-sentence", page.path, *place, words=sentence.words, longest=longest)


def _score(sentences: Sequence[_Sentence], locale: str) -> float:
    words = sum(sentence.words for sentence in sentences)
    spoken = sum(sentence.syllables for sentence in sentences)
    return FORMULAS[locale].score(words / len(sentences), spoken / words)


def _sentences(page: Page) -> Iterator[_Sentence]:
    """Sentences with words; numbers are no words, because each language says them at another length."""
    for passage in page.passages:
        if passage.kind not in _READ:
            continue
        for start, end in _cut(passage.words):
            words = _WORD.findall(passage.words, start, end)
            if words:
                first = _SIGN.search(passage.words, start)
                at = passage.start + (first.start() if first else start)
                yield _Sentence(at, len(words), sum(syllables.count(word, page.locale) for word in words))


def _cut(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for found in _END.finditer(text):
        if (
            found[0].startswith(".")
            and text[found.end() : found.end() + 1] == " "
            and _SHORTENED.search(text, start, found.start() + 1)
        ):
            continue
        yield start, found.end()
        start = found.end()
    if text[start:].strip():
        yield start, len(text)
