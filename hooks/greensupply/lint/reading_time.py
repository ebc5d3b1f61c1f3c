"""Does `minutes` agree with what there is to read and to do?

`minutes` is the online study time of one person, questions and worksheets included. It is one number for all
languages, so it is reckoned on the source. Sources: M. Brysbaert, How many words do we read per minute?, Journal of
Memory and Language 109 (2019): 238 words a minute for English non-fiction, most adults between 175 and 300; we take
the slow end, since this is read to learn. A choice takes about a minute (Measurement Research Associates, Test
Insights, October 2009: 54 s), and its feedback half a minute more; the other times are our own estimates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from greensupply import prose, rules
from greensupply.errors import Problem
from greensupply.locales import SOURCE
from greensupply.model import Callout, FacilitatorNote, Library, Module, Prose, Question, QuestionType, Text

WORDS_A_MINUTE = 175
QUESTION_MINUTES = {
    QuestionType.TRUE_FALSE: Decimal(1),
    QuestionType.SINGLE: Decimal("1.5"),
    QuestionType.MULTIPLE: Decimal(2),
    QuestionType.ORDERING: Decimal(2),
    QuestionType.MATCHING: Decimal(3),
    QuestionType.NUMERIC: Decimal(4),
}
"""Whole time of a question: reading it, answering, reading the feedback."""
CALLOUT_MINUTES = {"example": Decimal(3), "worksheet": Decimal(30), "commitment": Decimal(5)}
"""Time beside reading: an example is worked through, a worksheet filled in, a commitment thought about."""
FIGURE_MINUTES = Decimal(1)
SHARE = Decimal("0.4")
"""How far `minutes` may lie from what is reckoned, as a share of `minutes`."""
FEWEST_WORDS = 500
"""Below this, a text is still being written, and nobody is told that its time is too long."""

_TARGET = re.compile(r"\]\([^()\n]*\)")
_WORD = re.compile(r"\w[\w’'.,-]*")


def problems(module: Module, library: Library) -> Iterator[Problem]:  # noqa: ARG001 -- as each subject
    """Whether the minutes of `module` are far from what its text takes."""
    text = module.texts.get(SOURCE)
    if not text or unfinished(module):
        return
    said, reckoned, words = module.facts.minutes, minutes(text), _words(text)
    longer = reckoned > said * (1 + SHARE)
    if longer or (words >= FEWEST_WORDS and reckoned < said * (1 - SHARE)):
        line, column = module.place("minutes")
        yield rules.problem("minutes-differ", module.path, line, column, said=said, reckoned=round(reckoned))


def unfinished(module: Module) -> bool:
    """Whether a text of `module` still has a marked place, `[[…]]`: what it will say, nobody knows yet."""
    return any(any(prose.unfilled(text.written, text.path)) for text in module.texts.values())


def minutes(text: Text) -> Decimal:
    """Minutes that one person needs for a text in the source language."""
    total = Decimal(_words(text)) / WORDS_A_MINUTE
    for block in _read(text):
        if isinstance(block, Question):
            total += QUESTION_MINUTES[block.type]
            continue
        if isinstance(block, Callout):
            total += CALLOUT_MINUTES.get(block.kind, Decimal(0))
        total += FIGURE_MINUTES * sum(link.image for link in prose.links(block.text, 1))
    return total


def _words(text: Text) -> int:
    """Words outside questions, as a reader meets them."""
    return sum(
        len(_WORD.findall(_TARGET.sub("]", block.text))) for block in _read(text) if not isinstance(block, Question)
    )


def _read(text: Text) -> Iterator[Prose | Callout | Question]:
    """What a learner meets: all but the facilitator's notes."""
    return (block for block in text.blocks if not isinstance(block, FacilitatorNote))
