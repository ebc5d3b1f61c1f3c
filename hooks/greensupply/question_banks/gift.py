"""GIFT, plain text that many systems read. Source: Moodle docs, "GIFT format"; question/format/gift of Moodle 4.4."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from greensupply.model import Question, QuestionType
from greensupply.question_banks.bank import NO_MARK, SHARES, Bank, Shelf, is_true, without_pictures

_SPECIAL = re.compile(r"[\\~=#{}:]")
_WEIGHT = re.compile(r"^%(?=-*\d)")
"""A sign that would begin a share of the mark, where a right answer has none."""


def write(shelves: Sequence[Shelf]) -> Bank:
    """Return the questions of each shelf but those that GIFT has no form for."""
    parts, left_out, count = [], [], 0
    for shelf in shelves:
        parts.append(f"$CATEGORY: {shelf.category}")
        for question in shelf.text.questions:
            if question.type is QuestionType.ORDERING:
                left_out.append(f"{shelf.number(question)}: GIFT has no questions of putting in order.")
            elif len(question.right) > max(SHARES):
                left_out.append(f"{shelf.number(question)}: GIFT divides a mark among {max(SHARES)} answers at most.")
            else:
                count += 1
                parts.append(_question(shelf, question))
    return Bank(("\n\n".join(parts) + "\n").encode(), count, tuple(left_out))


def _question(shelf: Shelf, question: Question) -> str:
    general = [f"####{_html(shelf.block(question.feedback))}"] if question.feedback else []
    lines = "\n".join([*_answers(shelf, question), *general])
    number = shelf.number(question)
    asked = f"::{_plain(shelf.name(question))}::[html]{_html(shelf.asked(question))}"
    opening = "{#" if question.type is QuestionType.NUMERIC else "{"
    return f"// [id:{number}]\n{asked}{opening}\n{lines}\n}}"


def _answers(shelf: Shelf, question: Question) -> Iterator[str]:
    """The lines between the braces."""
    truth = is_true(question)
    if truth is not None:  # what is said to a wrong answer comes first
        said = {choice.right: _html(shelf.block(choice.feedback)) for choice in question.choices}
        yield f"{str(truth).upper()}#{said[False]}#{said[True]}"
    elif question.type is QuestionType.NUMERIC:
        yield f"={question.answer:f}:{question.tolerance:f}"
        for slip in question.choices:
            yield f"=%0%{slip.text}:{question.tolerance:f}#{_html(shelf.block(slip.feedback))}"
    elif question.type is QuestionType.MATCHING:
        for pair in question.pairs:
            yield f"={_html(shelf.inline(pair.term))} -> {_plain(shelf.plain(pair.match))}"
    else:
        several = question.type is QuestionType.MULTIPLE
        right, wrong = (f"~%{SHARES[len(question.right)]}%", f"~%{NO_MARK}%") if several else ("=", "~")
        for choice in question.choices:
            text = _WEIGHT.sub("&#37;", shelf.inline(choice.text))
            yield f"{right if choice.right else wrong}{_html(text)}#{_html(shelf.block(choice.feedback))}"


def _html(html: str) -> str:
    """HTML as it stands in GIFT: on one line, pictures in words, signs that mean something there escaped."""
    return _escaped(without_pictures(html))


def _plain(text: str) -> str:
    """Plain words; an arrow would part a term from its partner."""
    return _escaped(text.replace("->", "→"))


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text).replace("\n", r"\n")
