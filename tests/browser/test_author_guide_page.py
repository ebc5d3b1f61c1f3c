"""On the author guide a visitor answers a question of each type, and nothing of it is kept."""

import pytest
from keys import answer, check, key_of
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
KEPT = "() => Object.keys(localStorage).filter(key => key.startsWith('greensupply.') && !key.includes('offline'))"


def test_each_type_of_question_is_answered_by_keyboard_and_nothing_is_kept(visit):
    page = visit().open("author-guide/")
    questions = page.eval_on_selector_all("quiz-question", "all => all.map(it => it.dataset.id)")
    types = [key_of(page, question)["type"] for question in questions]
    assert types == ["single", "multiple", "true-false", "numeric", "matching", "ordering"]

    for question in questions:
        for right, state in ((False, "wrong"), (True, "right")):
            page.locator(f"#question-{question}").evaluate("it => it.focus()")
            answer(page, question, right=right, written="1,080")
            assert check(page, question) == state, question
            assert page.locator(f'quiz-question[data-id="{question}"] .result .panel').inner_text()

    assert page.evaluate(KEPT) == []
    page.reload()
    expect(page.locator("quiz-question .actions")).to_have_count(len(questions))
    assert page.locator("quiz-question[data-state]").count() == 0
    assert page.evaluate(KEPT) == []


def test_the_guide_has_no_violation_at_320_px_and_does_not_scroll_sideways(visit):
    visitor = visit(width=320, color_scheme="light")
    page = visitor.open("author-guide/")
    expect(page.locator("quiz-question .actions")).to_have_count(6)

    assert visitor.axe() == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
