"""A learner who has only a keyboard."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page

ACTIVE = """() => {
  const it = document.activeElement
  const question = it.closest('quiz-question')
  return {
    question: question?.dataset.id ?? '', tag: it.localName, type: it.type ?? '', task: it.dataset?.do ?? '',
    value: it.value ?? '', item: it.closest('li')?.dataset.index ?? '', id: it.id, top: it === document.body,
  }
}"""


def active(page: Page) -> dict[str, Any]:
    """What has the focus."""
    return dict(page.evaluate(ACTIVE))


def tab_to(page: Page, *, back: bool = False, limit: int = 120, **wanted: str) -> dict[str, Any]:
    """Press Tab until what has the focus is as wanted."""
    for _ in range(limit):
        page.keyboard.press("Shift+Tab" if back else "Tab")
        now = active(page)
        if all(now[name] == value for name, value in wanted.items()):
            return now
    raise AssertionError(f"Tab does not lead to {wanted}; it is at {now}")


def key_of(page: Page, question: str) -> dict[str, Any]:
    """The key of a question, as its page carries it."""
    return dict(json.loads(page.get_attribute(f'quiz-question[data-id="{question}"]', "data-key") or "{}"))


def answer(page: Page, question: str, *, right: bool, written: str) -> None:
    """Answer a question from anywhere before it, and check. `written` is the right number in the page's language."""
    key = key_of(page, question)
    {
        "single": _choose,
        "true-false": _choose,
        "multiple": _tick,
        "numeric": _type,
        "matching": _match,
        "ordering": _order,
    }[key["type"]](page, question, key, right, written)


def check(page: Page, question: str) -> str:
    """Press the question's button and return its state."""
    if active(page)["task"] != "check":
        tab_to(page, question=question, task="check")
    page.keyboard.press("Enter")
    assert active(page)["task"] == "check", "the focus stays on the button"
    return page.get_attribute(f'quiz-question[data-id="{question}"]', "data-state") or ""


def _choose(page: Page, question: str, key: dict[str, Any], right: bool, _: str) -> None:
    goal = key["right"][0] if right else (0 if key["right"][0] else 1)
    now = tab_to(page, question=question, type="radio")
    page.keyboard.press("Space")
    count = page.locator(f'quiz-question[data-id="{question}"] input[type=radio]').count()
    for _step in range((goal - int(now["value"])) % count):
        page.keyboard.press("ArrowDown")
    assert active(page)["value"] == str(goal)


def _tick(page: Page, question: str, key: dict[str, Any], right: bool, _: str) -> None:
    wanted = set(key["right"]) if right else set(key["right"][1:])
    boxes = page.locator(f'quiz-question[data-id="{question}"] input[type=checkbox]')
    for place in range(boxes.count()):
        tab_to(page, question=question, type="checkbox", value=str(place))
        if boxes.nth(place).is_checked() != (place in wanted):
            page.keyboard.press("Space")


def _type(page: Page, question: str, key: dict[str, Any], right: bool, written: str) -> None:
    tab_to(page, question=question, tag="input")
    page.keyboard.press("Control+a")
    page.keyboard.type(written if right else "987654321")


def _match(page: Page, question: str, key: dict[str, Any], right: bool, _: str) -> None:
    selects = page.locator(f'quiz-question[data-id="{question}"] select')
    values = [option.get_attribute("value") or "" for option in selects.first.locator("option").all()]
    for place in range(selects.count()):
        tab_to(page, question=question, tag="select")
        goal = values.index(str(place)) if right else 1
        page.keyboard.press("Home")
        for _step in range(goal):
            page.keyboard.press("ArrowDown")
        assert active(page)["value"] == values[goal]


def _order(page: Page, question: str, key: dict[str, Any], right: bool, _: str) -> None:
    if not right:
        return
    items = page.locator(f'quiz-question[data-id="{question}"] ol.order > li')
    for place in range(key["count"]):
        order = [item.get_attribute("data-index") for item in items.all()]
        steps = order.index(str(place)) - place
        if steps:
            page.keyboard.press("Shift+Tab")
            _go_to_mover(page, question, str(place))
        for _step in range(steps):
            page.keyboard.press("Enter")


def _go_to_mover(page: Page, question: str, item: str) -> None:
    """To the button that moves `item` up, forwards or backwards."""
    for back in (False, True):
        try:
            tab_to(page, question=question, task="up", item=item, back=back, limit=40)
        except AssertionError:
            continue
        return
    raise AssertionError(f"no way to the button of step {item}")
