"""What a package keeps in an LMS: every state of a quiz fits into SCORM 1.2's suspend data, and comes back as it was."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from greensupply.packages import scorm12
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

LIMIT = 4096
MOST_INDEXES = 12
"""Choices of a question. Source: greensupply.quiz."""
PACK = """async ([state, questions]) => {
  const {pack, unpack} = await import('/lms-session/state.js')
  const text = pack({...state, answers: new Map(state.answers)}, questions)
  const {language, answers, passed} = unpack(text, questions)
  return {text, back: {language, answers: [...answers], passed}}
}"""
UNPACK = """async ([text, questions]) => {
  const {unpack} = await import('/lms-session/state.js')
  const {language, answers, passed} = unpack(text, questions)
  return {language, answers: [...answers], passed}
}"""


@pytest.fixture(scope="module")
def page(browser: Browser, bench: str) -> Iterator[Page]:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{bench}lms-session/state.js")
    yield page
    context.close()


DIGESTS = st.text("0123456789abcdef", min_size=12, max_size=12)
INDEXES = st.permutations(range(MOST_INDEXES)).flatmap(
    lambda order: st.integers(1, MOST_INDEXES).map(lambda size: order[:size])
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**53) + 1, 2**53 - 1)
"""Whatever a learner can write as a number; the browser gives it to us as JSON does."""
ANSWERS = st.fixed_dictionaries(
    {"response": INDEXES | NUMBERS, "right": st.booleans(), "tries": st.integers(1, 10**6), "n": st.integers(1, 2**40)}
)
PASSES = st.none() | st.fixed_dictionaries(
    {
        "score": st.integers(1, 100).flatmap(lambda total: st.integers(0, total).map(lambda right: right / total)),
        "at": st.datetimes()
        .filter(lambda at: 1970 <= at.year <= 2200)
        .map(lambda at: f"{at.replace(microsecond=0).isoformat()}.000Z"),
        "revision": st.integers(1, 9999),
    }
)


@st.composite
def quizzes(draw: Any) -> tuple[list[dict[str, Any]], list[list[Any]]]:
    """Questions of a module, up to the most that are packed for SCORM 1.2, and answers to some or all of them."""
    digests = draw(st.lists(DIGESTS, max_size=scorm12.FORMAT.most_questions))
    questions = [{"id": f"question-{place}", "digest": digest} for place, digest in enumerate(digests)]
    full = draw(st.booleans())
    answered = [question for question in questions if full or draw(st.booleans())]
    one = draw(st.lists(ANSWERS, min_size=1, max_size=8))
    answers = [
        [question["id"], {"digest": question["digest"], **one[place % len(one)]}]
        for place, question in enumerate(answered)
    ]
    return questions, answers


@pytest.mark.browser
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(quiz=quizzes(), passed=PASSES, language=st.sampled_from(["", "en", "es", "fr"]))
def test_every_state_fits_and_comes_back(page, quiz, passed, language):
    questions, answers = quiz
    found = page.evaluate(PACK, [{"language": language, "answers": answers, "passed": passed}, questions])

    assert len(found["text"]) <= LIMIT
    assert found["text"].isascii()
    assert found["back"]["language"] == language
    assert found["back"]["passed"] == passed
    first = {question["digest"][:6] for question in questions}
    if len(first) < len(questions):
        return  # two that begin alike: the earlier open one gets the answer
    kept = {name: plain(each) for name, each in found["back"]["answers"]}
    assert kept == {name: plain({**each, "tries": min(each["tries"], 35)}) for name, each in answers}


def plain(answer: dict[str, Any]) -> tuple[Any, ...]:
    """An answer without its order; a number as JavaScript has it, whichever way it was written."""
    response = answer["response"]
    value = response if isinstance(response, list) else float(response)
    return answer["digest"], value, answer["right"], answer["tries"]


@pytest.mark.browser
def test_the_longest_state_that_there_can_be_fits(page):
    """The most questions, each with the longest number that JavaScript writes, all wrong, and a pass besides."""
    longest = -1.2345678901234567e-300
    questions = [{"id": f"q-{place}", "digest": f"{place:06x}ffffff"} for place in range(scorm12.FORMAT.most_questions)]
    answer = {"response": longest, "right": False, "tries": 99}
    answers = [
        [each["id"], {**answer, "digest": each["digest"], "n": place}] for place, each in enumerate(questions, 1)
    ]
    passed = {"score": 0.8333333333333334, "at": "2026-11-24T12:00:00.000Z", "revision": 9999}
    found = page.evaluate(PACK, [{"language": "es", "answers": answers, "passed": passed}, questions])

    assert 3000 < len(found["text"]) <= LIMIT
    assert [each["response"] for _, each in found["back"]["answers"]] == [longest] * len(questions)


@pytest.mark.browser
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    text=st.text(max_size=80)
    | st.from_regex(r"1;(es)?;[0-9.,a-z]*(;[0-9a-f]{6}[0-9a-z][01][in][0-9a-z.]*){0,3}", fullmatch=True)
)
def test_whatever_an_lms_gives_back_can_be_read(page, text):
    questions = [{"id": "a", "digest": "0123456789ab"}, {"id": "b", "digest": "ab0123456789"}]
    found = page.evaluate(UNPACK, [text, questions])

    assert {name for name, _ in found["answers"]} <= {"a", "b"}
    assert found["language"] in ("", "es") or len(found["language"]) == 2


@pytest.mark.browser
def test_an_answer_to_a_question_that_was_changed_since_is_left_out(page):
    text = "1;es;;012345" + "11i0" + ";abcdef21i03"
    questions = [{"id": "a", "digest": "012345ffffff"}, {"id": "new", "digest": "fedcba000000"}]
    found = page.evaluate(UNPACK, [text, questions])

    assert found["answers"] == [["a", {"digest": "012345ffffff", "response": [0], "right": True, "tries": 1, "n": 1}]]
