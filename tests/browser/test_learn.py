"""A learner goes through every module, in each language, by keyboard alone."""

import re

import pytest
from keys import answer, check, key_of, tab_to
from visiting import LOCALES, ROOT

pytestmark = pytest.mark.browser
CHANGED = "quiz-question, quiz-score, completion-record"
"""What answers change of a page; all of it was looked at by `test_pages`, before an answer."""


def right_number(page, question):
    """The right number as the page writes it in its answer; empty for a question that asks for none."""
    if key_of(page, question)["type"] != "numeric":
        return ""
    text = page.locator(f'quiz-question[data-id="{question}"] details.answer .solution strong').text_content() or ""
    found = re.match(r"[-\d.,\u00a0\u202f ]+", text.strip())
    return found[0].strip() if found else ""


@pytest.mark.parametrize("locale", LOCALES)
def test_every_quiz_answered_wrong_then_right_by_keyboard(visit, hub, locale):
    visitor = visit()
    assert len(hub.modules(locale)) == len(list((ROOT / "modules").glob("*/module.yml")))
    for place in hub.turn(locale):
        page = visitor.open(place)
        questions = page.eval_on_selector_all("quiz-question", "all => all.map(it => it.dataset.id)")
        assert len(questions) >= 8
        for question in questions:
            number = right_number(page, question)
            for right, state in ((False, "wrong"), (True, "right")):
                page.locator(f"#question-{question}").evaluate("it => it.focus()")  # where a link in the page leads
                answer(page, question, right=right, written=number)
                assert check(page, question) == state, (place, question)
                said = page.locator(f'quiz-question[data-id="{question}"] .result[role=status]').text_content()
                assert said, "right and wrong are said in words"
        tab_to(page, task="ask")
        assert page.get_attribute("quiz-score", "data-state") == "right"
        assert visitor.axe(within=CHANGED) == []
        page.reload()
        assert page.get_attribute("quiz-score", "data-state") == "right", "a reload keeps the attempt"
        page.evaluate("localStorage.clear()")
