"""The answers of each type of question: choices, pairs, steps, a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from textwrap import dedent

from greensupply.model import Choice, Pair, QuestionType
from greensupply.quiz.draft import Draft, indent
from greensupply.rules import word

MAX_CHOICES = 12

CHOICE = re.compile(r"^[-*+] \[([ xX])\](?:[ \t]+(.*))?$")
ALMOST_CHOICE = re.compile(r"^[-*+]?\s*\[\s*[xX✓✔]?\s*\]")
ITEM = re.compile(r"^\d+[.)][ \t]+(.*)$")
MATCH = re.compile(r"^:[ \t]+(.*)$")
_NESTED = re.compile(r"^(?: {2,}|\t)[-*+][ \t]+(.*)$")
_NUMBER = re.compile(r"^[-+]?\d{1,15}(\.\d{1,10})?$")
_GROUPED = re.compile(r"[-+]?[1-9]\d{0,2}(,\d{3})+(\.\d+)?")


def choices_of(draft: Draft, lines: Sequence[str], first_line: int, kind: QuestionType) -> tuple[Choice, ...]:
    """Read `- [x] text` lines with their nested feedback."""
    choices: list[Choice] = []
    text: list[str] = []
    text_written: list[str] = []
    feedback: list[str] = []
    feedback_written: list[str] = []
    right, line, column, nested = False, 0, 1, 0

    def keep() -> None:
        if line:
            choice = Choice("\n".join(text).strip(), dedent("\n".join(feedback)).strip(), right, line, column)
            choices.append(choice)
            draft.keep(choice.text, text_written, line)
            draft.keep(choice.feedback, feedback_written, nested)

    for place, written in enumerate(lines):
        here = first_line + place
        if found := CHOICE.match(written):
            keep()
            text, feedback, right, line, nested = [found[2] or ""], [], found[1] != " ", here, 0
            column = found.start(2) + 1 if found[2] else 1
            text_written, feedback_written = [_after(written, column - 1)], []
        elif ALMOST_CHOICE.match(written):
            draft.wrong("choice-form", here, indent(written), written=written.strip()[:40])
        elif not line:
            continue
        elif found := _NESTED.match(written):
            feedback.append(("\n" if feedback else "") + found[1])
            feedback_written.append(_after(written, found.start(1)))
            nested = nested or here
        elif not written.strip() or written.startswith(("  ", "\t")):
            (feedback if nested else text).append(written.strip())
            (feedback_written if nested else text_written).append(written)
        else:
            draft.wrong("choice-stray", here, indent(written), written=written.strip()[:40])
    keep()
    _check_choices(draft, choices, kind, first_line)
    return tuple(choices)


def _check_choices(draft: Draft, choices: Sequence[Choice], kind: QuestionType, first_line: int) -> None:
    right = sum(choice.right for choice in choices)
    seen: dict[str, int] = {}
    for choice in choices:
        same = " ".join(choice.text.casefold().split())
        if not same:
            draft.wrong("choice-empty", choice.line)
        elif same in seen:
            draft.wrong("choice-repeated", choice.line, choice.column, first=str(seen[same]))
        seen[same] = choice.line
        if not choice.feedback:
            draft.wrong("choice-feedback-missing", choice.line, choice.column, choice=choice.text[:40])
    if kind is QuestionType.NUMERIC:
        for choice in choices:
            if choice.right:
                draft.wrong("choice-right-number", choice.line, len("- ["))
            if not _NUMBER.match(choice.text):
                example = _plain_number(choice.text, draft.path)
                draft.wrong("number-not-plain", choice.line, choice.column, written=choice.text[:40], example=example)
        return
    count, name, line = len(choices), draft.name, draft.line
    if count < 2 or count > MAX_CHOICES:
        draft.wrong("choice-count", first_line if choices else line, question=name, count=count, max=MAX_CHOICES)
        return
    if not right:
        draft.wrong("choice-right-missing", line, question=name)
    if kind is QuestionType.MULTIPLE and right == 1:
        draft.wrong_option("question-one-right", "type", question=name)
    if kind in (QuestionType.SINGLE, QuestionType.TRUE_FALSE) and right > 1:
        draft.wrong_option("question-many-right", "type", question=name, type=kind.value, count=right)
    if kind is QuestionType.TRUE_FALSE and count != 2:
        draft.wrong_option("true-false-count", "type", question=name, count=count)


def pairs_of(draft: Draft, lines: Sequence[str], first_line: int) -> tuple[Pair, ...]:
    """Read terms, each with `:   partner` below it."""
    pairs: list[Pair] = []
    places: list[tuple[tuple[int, int], tuple[int, int]]] = []
    term, term_line, term_column = "", 0, 1
    for place, written in enumerate(lines):
        here = first_line + place
        if found := MATCH.match(written):
            if not term:
                draft.wrong("pair-term-missing", here)
            else:
                pair = Pair(term, found[1].strip(), term_line)
                pairs.append(pair)
                places.append(((term_line, term_column), (here, found.start(1) + 1)))
                draft.keep(pair.term, [" " * (term_column - 1) + pair.term], term_line)
                draft.keep(pair.match, [_after(written, found.start(1))], here)
            term = ""
        elif written.strip():
            if term:
                draft.wrong("pair-partner-missing", term_line, term_column, term=term[:40])
            term, term_line, term_column = written.strip(), here, indent(written)
    if term:
        draft.wrong("pair-partner-missing", term_line, term_column, term=term[:40])
    sides = ([pair.term for pair in pairs], "the-term"), ([pair.match for pair in pairs], "the-partner")
    for side, (texts, name) in enumerate(sides):
        for place, text in enumerate(texts):
            if text.casefold() in map(str.casefold, texts[:place]):
                draft.wrong("pair-repeated", *places[place][side], side=word(name), text=text[:40])
    if not 2 <= len(pairs) <= MAX_CHOICES:
        draft.wrong("pair-count", draft.line, question=draft.name, count=len(pairs), max=MAX_CHOICES)
    return tuple(pairs)


def items_of(draft: Draft, lines: Sequence[str], first_line: int) -> tuple[str, ...]:
    """Read `1. step` lines, in the right order."""
    items: list[str] = []
    as_written: list[list[str]] = []
    starts: list[int] = []
    for place, written in enumerate(lines):
        here = first_line + place
        if found := ITEM.match(written):
            if found[1].casefold() in map(str.casefold, items):
                draft.wrong("step-repeated", here, found.start(1) + 1, step=found[1][:40])
            items.append(found[1].strip())
            as_written.append([_after(written, found.start(1))])
            starts.append(here)
        elif items and written.startswith((" ", "\t")) and written.strip():
            items[-1] += " " + written.strip()
            as_written[-1].append(written)
        elif written.strip():
            draft.wrong("step-stray", here, indent(written), written=written.strip()[:40])
    for item, written_lines, line in zip(items, as_written, starts, strict=True):
        draft.keep(item, written_lines, line)
    if not 3 <= len(items) <= MAX_CHOICES:
        draft.wrong("step-count", draft.line, question=draft.name, count=len(items), max=MAX_CHOICES)
    return tuple(items)


def number_of(draft: Draft, kind: QuestionType | None) -> tuple[Decimal | None, Decimal]:
    """Read the answer and its tolerance, made absolute; None where the question is not numeric."""
    if kind is not QuestionType.NUMERIC:
        for name in ("answer", "tolerance", "unit"):
            if name in draft.options and kind is not None:
                draft.wrong_option("option-numeric-only", name, option=name)
        return None, Decimal(0)
    answer = _decimal(draft, "answer")
    written = draft.option("tolerance")
    if not written:
        return answer, Decimal(0)
    share = written.endswith("%")
    tolerance = _decimal(draft, "tolerance", written.rstrip("% \u00a0"))
    if tolerance is None:
        return answer, Decimal(0)
    if tolerance < 0:
        draft.wrong_option("tolerance-negative", "tolerance", tolerance=written)
    if share and answer is not None:
        tolerance = abs(answer) * tolerance / 100
    return answer, tolerance


def _decimal(draft: Draft, name: str, value: str | None = None) -> Decimal | None:
    written = draft.option(name) if value is None else value
    if not written:
        draft.wrong("answer-missing", draft.line, question=draft.name, option=name)
        return None
    if _NUMBER.match(written):
        return Decimal(written)
    draft.wrong_option(
        "number-not-plain", name, written=f"{name}: {written[:40]}", example=_plain_number(written, draft.path)
    )
    return None


def _plain_number(written: str, path: str) -> str:
    """What was probably meant, as it is written in options; another example where nobody can say.

    `12,500` groups its digits in English and Spanish, and has decimals in French.
    """
    bare = re.sub(r"[\s\u00a0\u202f]", "", written)
    grouped = not path.endswith("fr.md") and _GROUPED.fullmatch(bare)
    guess = bare.replace(",", "" if grouped or bare.count(",") > 1 or "." in bare else ".")
    return guess if _NUMBER.match(guess) else "12500.5"


def _after(written: str, place: int) -> str:
    """A line with its mark blanked out, so that columns stay."""
    return " " * place + written[place:]
