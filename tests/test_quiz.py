from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from greensupply import quiz
from greensupply.model import Question

GOLDEN = Path(__file__).parent / "golden" / "quiz"


def cases(name: str) -> list[Any]:
    entries = yaml.safe_load((GOLDEN / name).read_text(encoding="utf-8"))
    return [pytest.param(entry, id=entry["name"]) for entry in entries]


def parse(entry: dict[str, Any]) -> tuple[Question | None, list[str]]:
    question, problems = quiz.parse(entry.get("prompt", "Why?"), entry["text"].rstrip("\n").split("\n"), "en.md", 10)
    return question, [str(problem) for problem in sorted(problems)]


def plain(question: Question) -> dict[str, Any]:
    """A question as golden files write it: what is empty is left out."""
    values = {
        "type": str(question.type),
        "body": question.body,
        "hint": question.hint,
        "feedback": question.feedback,
        "choices": [[choice.text, choice.feedback, choice.right] for choice in question.choices],
        "pairs": [[pair.term, pair.match] for pair in question.pairs],
        "items": list(question.items),
        "answer": str(question.answer) if question.answer is not None else "",
        "tolerance": str(question.tolerance) if question.tolerance else "",
        "unit": question.unit,
    }
    return {name: value for name, value in values.items() if value}


@pytest.mark.parametrize("entry", cases("good.yml"))
def test_a_question_block_is_read_as_its_author_meant_it(entry):
    question, problems = parse(entry)

    assert problems == []
    assert question is not None
    assert plain(question) == entry["question"]
    assert question.line == 10


def test_white_space_of_any_kind_around_an_options_value_is_none_of_it():
    lines = ["    id\u00a0:\u00a0amount\u00a0", "    type: numeric", "    answer:\u00a05", "    unit:\u00a0$"]

    question, problems = parse({"text": "\n".join([*lines, "", "//// feedback", "Yes.", "////"])})

    assert problems == []
    assert (question.id, question.answer, question.unit) == ("amount", 5, "$")
    empty, _ = parse({"text": "\n".join([*lines[:3], "    unit: \u00a0", "", "//// feedback", "Yes.", "////"])})
    assert empty.unit == ""


@pytest.mark.parametrize("entry", cases("bad.yml"))
def test_a_wrong_question_block_brings_every_problem_with_its_line_and_mend(entry):
    question, problems = parse(entry)

    assert question is None
    assert problems == entry["problems"]


@pytest.mark.parametrize(
    ("right", "total", "pass_mark", "passed"),
    [
        (8, 10, 0.8, True),
        (7, 10, 0.8, False),
        (7, 10, 0.7, True),
        (0, 0, 0.8, False),
        (1, 3, 1 / 3, True),
        (9, 9, 1, True),
    ],
)
def test_the_score_passes_exactly_from_the_pass_mark_on(right, total, pass_mark, passed):
    assert quiz.passes(right, total, pass_mark) is passed


def test_a_percent_tolerance_of_a_negative_answer_is_positive():
    question, _ = parse({"text": "    id: q\n    answer: -25\n    tolerance: 2%\n//// feedback\nx\n////"})

    assert question is not None
    assert question.tolerance == Decimal("0.5")
