"""Text of a question block -> `Question`, and whether answers pass.

The syntax is described for authors in CONTRIBUTING.md; golden files in tests/golden/quiz hold it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from textwrap import dedent

from greensupply import rules
from greensupply.errors import Problem
from greensupply.model import Choice, Pair, Question, QuestionType
from greensupply.quiz.answers import ALMOST_CHOICE, CHOICE, ITEM, MATCH, choices_of, items_of, number_of, pairs_of
from greensupply.quiz.draft import PART, Draft, check_id, indent, read_options, read_parts

PROMPT_COLUMN = len("/// question | ") + 1


def parse(
    prompt: str, lines: Sequence[str], path: str, line: int, column: int = PROMPT_COLUMN
) -> tuple[Question | None, list[Problem]]:
    """Return the question, or None and why not.

    Arguments:
        prompt: What stands after `/// question |`.
        lines: Lines between the opening and the closing slashes.
        path: File, for messages.
        line: Line of the opening slashes.
        column: Where the prompt begins in that line.
    """
    draft = Draft(path, line)
    draft.keep(prompt, [" " * (column - 1) + prompt], line)
    rest = read_options(draft, lines)
    body, answers, answers_line = _split(draft, lines, rest)
    kind = _type(draft, answers, answers_line)
    if not prompt:
        draft.wrong("question-prompt-missing", line, question=draft.name)
    check_id(draft)
    choices: tuple[Choice, ...] = ()
    pairs: tuple[Pair, ...] = ()
    items: tuple[str, ...] = ()
    if kind is QuestionType.MATCHING:
        pairs = pairs_of(draft, answers, answers_line)
    elif kind is QuestionType.ORDERING:
        items = items_of(draft, answers, answers_line)
    elif kind is not None:
        choices = choices_of(draft, answers, answers_line, kind)
    answer, tolerance = number_of(draft, kind)
    if kind in (QuestionType.NUMERIC, QuestionType.MATCHING, QuestionType.ORDERING) and "feedback" not in draft.parts:
        draft.wrong("question-feedback-missing", line, question=draft.name)
    if draft.problems or kind is None:
        return None, draft.problems
    question = Question(
        id=draft.option("id"),
        type=kind,
        prompt=prompt,
        line=line,
        body=body,
        hint=draft.parts.get("hint", ""),
        feedback=draft.parts.get("feedback", ""),
        choices=choices,
        pairs=pairs,
        items=items,
        answer=answer,
        tolerance=tolerance,
        unit=draft.option("unit"),
        written=tuple(draft.pieces),
    )
    return question, []


def passes(right: int, total: int, pass_mark: float) -> bool:
    """Is `right` of `total` questions enough? Exact: 8 of 10 passes 0.8."""
    return total > 0 and Decimal(right) >= Decimal(str(pass_mark)) * total


def _split(draft: Draft, lines: Sequence[str], start: int) -> tuple[str, list[str], int]:
    """Part a question's lines into body and answers (returned with their first line) and the parts (kept)."""
    end = next((place for place in range(start, len(lines)) if PART.match(lines[place])), len(lines))
    read_parts(draft, lines, end)
    first = next((place for place in range(start, end) if _begins_answers(lines, place, end)), end)
    body = dedent("\n".join(lines[start:first])).strip()
    draft.keep(body, lines[start:first], draft.line + 1 + start)
    return body, list(lines[first:end]), draft.line + 1 + first


def _begins_answers(lines: Sequence[str], place: int, end: int) -> bool:
    line = lines[place]
    if ALMOST_CHOICE.match(line) or ITEM.match(line):
        return True
    return bool(line.strip()) and place + 1 < end and bool(MATCH.match(lines[place + 1]))


def _type(draft: Draft, answers: Sequence[str], answers_line: int) -> QuestionType | None:
    written = draft.option("type")
    if written:
        try:
            return QuestionType(written)
        except ValueError:
            how = rules.advice(written, [kind.value for kind in QuestionType], "types-are")
            draft.wrong_option("question-type-unknown", "type", type=written, advice=how)
            return None
    if draft.option("answer"):
        return QuestionType.NUMERIC
    first = next((line for line in answers if line.strip()), "")
    if ITEM.match(first):
        _lacks_type(draft, answers, answers_line, "a-numbered-list", QuestionType.ORDERING)
        return None
    if first and not ALMOST_CHOICE.match(first):
        _lacks_type(draft, answers, answers_line, "some-pairs", QuestionType.MATCHING)
        return None
    right = sum(1 for line in answers if (found := CHOICE.match(line)) and found[1] != " ")
    return QuestionType.MULTIPLE if right > 1 else QuestionType.SINGLE


def _lacks_type(draft: Draft, answers: Sequence[str], line: int, seen: str, kind: QuestionType) -> None:
    column = indent(answers[0])
    draft.wrong("question-type-missing", line, column, question=draft.name, answers=rules.word(seen), type=kind.value)
