"""The scripts of the quiz: numbers, marking and keeping answers, in the browser they are for."""

import json

import pytest

pytestmark = pytest.mark.browser
NBSP = "\u00a0"

READ = """async ([base, text, locale, unit]) => {
  const {read} = await import(base + 'sources/shared/numbers.js')
  return read(text, locale, unit)
}"""

READINGS = [
    # as the locale writes it
    ("1,250.5", "en", {"value": 1250.5}),
    ("1,250.5", "es-MX", {"value": 1250.5}),
    (f"1{NBSP}250,5", "fr-CA", {"value": 1250.5}),
    ("1 250,5", "fr-CA", {"value": 1250.5}),
    ("1\u202f250,5", "fr-CA", {"value": 1250.5}),
    ("1,250", "en", {"value": 1250}),
    ("1.250", "en", {"value": 1.25}),
    ("1,250", "fr-CA", {"value": 1.25}),
    ("1250", "fr-CA", {"value": 1250}),
    (".5", "en", {"value": 0.5}),
    # as others write it, with one reading
    ("1,5", "en", {"value": 1.5}),
    ("1.5", "fr-CA", {"value": 1.5}),
    ("1 250,5", "en", {"value": 1250.5}),
    ("1.250,5", "es-MX", {"value": 1250.5}),
    ("1,250,000", "fr-CA", {"value": 1250000}),
    ("1,250.5", "fr-CA", {"value": 1250.5}),
    # two readings: asked, never guessed
    ("1.250", "fr-CA", {"ambiguous": [1.25, 1250]}),
    ("12.500", "fr-CA", {"ambiguous": [12.5, 12500]}),
    # signs, units, money
    ("-25", "en", {"value": -25}),
    ("−25", "fr-CA", {"value": -25}),
    ("+25", "en", {"value": 25}),
    ("13.5 s", "en", {"value": 13.5}),
    ("$1,562.40", "en", {"value": 1562.4}),
    (f"1{NBSP}562,40{NBSP}$", "fr-CA", {"value": 1562.4}),
    ("34.26%", "es-MX", {"value": 34.26}),
    # no number
    ("", "en", {"error": "empty"}),
    (f" {NBSP} ", "en", {"error": "empty"}),
    ("abc", "en", {"error": "unreadable"}),
    ("1,25,0", "en", {"error": "unreadable"}),
    ("1e5", "en", {"error": "unreadable"}),
    ("--1", "en", {"error": "unreadable"}),
    ("NaN", "en", {"error": "unreadable"}),
    ("1.2.3.4", "en", {"error": "unreadable"}),
    ("1" * 500, "en", {"error": "unreadable"}),
    ("<img src=x>", "en", {"error": "unreadable"}),
]


@pytest.fixture
def page(visit, hub):
    visitor = visit()
    return visitor.open(hub.modules("en")[0])


def test_numbers_are_read_as_each_locale_writes_them_and_never_guessed(page, hub):
    wrong = {}
    for text, locale, expected in READINGS:
        found = page.evaluate(READ, [hub.url, text, locale, "s"])
        if "ambiguous" in found:
            found["ambiguous"].sort()
        if found != expected:
            wrong[(text, locale)] = found
    assert wrong == {}


MARK = """async ([base, key, response]) => {
  const {mark} = await import(base + 'sources/shared/marking.js')
  return mark(key, response)
}"""


@pytest.mark.parametrize(
    ("key", "response", "right"),
    [
        ({"type": "numeric", "answer": "13.5", "tolerance": "0.1", "slips": []}, 13.6, True),
        ({"type": "numeric", "answer": "13.5", "tolerance": "0.1", "slips": []}, 13.4, True),
        ({"type": "numeric", "answer": "13.5", "tolerance": "0.1", "slips": []}, 13.61, False),
        ({"type": "numeric", "answer": "0.3", "tolerance": "0", "slips": []}, 0.1 + 0.2, True),
        ({"type": "multiple", "right": [0, 2]}, [2, 0], True),
        ({"type": "multiple", "right": [0, 2]}, [0], False),
        ({"type": "multiple", "right": [0, 2]}, [0, 1, 2], False),
        ({"type": "matching", "count": 2}, [0, 1], True),
        ({"type": "matching", "count": 2}, [0, 0], False),
        ({"type": "ordering", "count": 3}, [0, 2, 1], False),
    ],
)
def test_only_all_and_only_right_answers_are_right(page, hub, key, response, right):
    assert page.evaluate(MARK, [hub.url, key, response])["right"] is right


def test_a_foreseen_mistake_brings_its_own_feedback(page, hub):
    key = {"type": "numeric", "answer": "13.5", "tolerance": "0.1", "slips": ["14.4", "12"]}

    assert page.evaluate(MARK, [hub.url, key, 12.05])["feedback"] == [1]


SCORE = """async ([base, right, total, mark]) => {
  const {passes} = await import(base + 'sources/shared/marking.js')
  return passes(right, total, mark)
}"""


def test_the_browser_and_the_core_agree_on_every_score(page, hub):
    from greensupply import quiz

    marks = [0.1, 0.3, 0.5, 0.7, 0.8, 0.85, 0.9, 1]
    cases = [(right, total, mark) for total in range(1, 13) for right in range(total + 1) for mark in marks]

    run = f"cases => Promise.all(cases.map({SCORE}))"
    found = page.evaluate(run, [[hub.url, *case] for case in cases])

    assert found == [quiz.passes(*case) for case in cases]


STORE = "greensupply.module."


def question_of_type(page, kind):
    return page.eval_on_selector_all(
        "quiz-question", "(all, kind) => all.find(it => JSON.parse(it.dataset.key).type === kind)?.dataset.id", kind
    )


def choose(page, question, place):
    page.locator(f'quiz-question[data-id="{question}"] input[value="{place}"]').check()
    page.locator(f'quiz-question[data-id="{question}"] [data-do="check"]').click()


def test_two_tabs_lose_no_answer(visit, hub):
    visitor = visit()
    place = hub.modules("en")[0]
    one = visitor.open(place)
    other = visitor.context.new_page()
    other.goto(hub.url + place)
    singles = one.eval_on_selector_all(
        "quiz-question",
        "all => all.filter(it => ['single', 'true-false'].includes(JSON.parse(it.dataset.key).type)).map(it => it.dataset.id)",
    )

    choose(one, singles[0], 0)
    choose(other, singles[1], 1)

    one.wait_for_function(
        "id => document.querySelector(`quiz-question[data-id='${id}']`).dataset.state", arg=singles[1]
    )
    stored = json.loads(one.evaluate("key => localStorage.getItem(key)", STORE + place.split("/")[-2]))
    assert set(stored["answers"]) == {singles[0], singles[1]}


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
            "blocked",
        ),
        ("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }", "full"),
        ("Storage.prototype.setItem = () => {}", "dropped"),
    ],
)
def test_a_store_that_fails_is_told_and_the_quiz_works_in_memory(visit, hub, script, told):
    visitor = visit()
    visitor.context.add_init_script(script)
    page = visitor.open(hub.modules("es")[0])
    question = question_of_type(page, "single")

    choose(page, question, 0)

    words = json.loads(page.get_attribute("quiz-score", "data-words"))
    assert page.get_attribute(f'quiz-question[data-id="{question}"]', "data-state") in {"right", "wrong"}
    assert words[f"storage_{told}"] in page.locator("quiz-score .troubles").text_content()
    assert words[f"storage_{told}"] in page.locator(f'quiz-question[data-id="{question}"] .result').text_content()


@pytest.mark.parametrize(
    "raw", ["{", "null", "[]", '"x"', '{"v": 1}', '{"v": 1, "revision": 1, "n": 1, "answers": [], "passed": null}']
)
def test_a_stored_value_that_cannot_be_read_is_put_aside_untouched(visit, hub, raw):
    visitor = visit()
    page = visitor.open("")
    place = hub.modules("en")[0]
    key = STORE + place.split("/")[-2]
    page.evaluate("([key, raw]) => localStorage.setItem(key, raw)", [key, raw])

    page = visitor.open(place)

    assert page.evaluate("key => localStorage.getItem(key + '.corrupt')", key) == raw
    assert page.locator("quiz-score .troubles").is_visible()


def test_a_value_of_a_newer_site_is_left_as_it_is(visit, hub):
    visitor = visit()
    page = visitor.open("")
    place = hub.modules("en")[0]
    key = STORE + place.split("/")[-2]
    raw = '{"v": 2, "what": "ever"}'
    page.evaluate("([key, raw]) => localStorage.setItem(key, raw)", [key, raw])

    page = visitor.open(place)
    choose(page, question_of_type(page, "single"), 0)

    assert page.evaluate("key => localStorage.getItem(key)", key) == raw


def test_hostile_keys_in_the_store_change_nothing(visit, hub):
    visitor = visit()
    page = visitor.open("")
    place = hub.modules("en")[0]
    answer = '{"digest": "x", "response": [0], "right": true, "tries": 1, "n": 1}'
    raw = f'{{"v": 1, "revision": 1, "n": 1, "passed": null, "answers": {{"__proto__": {answer}, "constructor": {answer}}}}}'
    page.evaluate("([key, raw]) => localStorage.setItem(key, raw)", [STORE + place.split("/")[-2], raw])

    page = visitor.open(place)

    assert page.evaluate("({}).digest") is None
    assert page.locator("quiz-question[data-state]").count() == 0


def test_an_answer_to_a_question_that_was_changed_since_is_not_counted(visit, hub):
    visitor = visit()
    page = visitor.open("")
    place = hub.modules("en")[0]
    page = visitor.open(place)
    question = question_of_type(page, "single")
    choose(page, question, 0)
    key = STORE + place.split("/")[-2]
    page.evaluate(
        "([key, id]) => { const kept = JSON.parse(localStorage.getItem(key)); kept.answers[id].digest = 'old';"
        " localStorage.clear(); sessionStorage.setItem('kept', JSON.stringify(kept)) }",
        [key, question],
    )
    page.goto("about:blank")
    page = visitor.open("")
    page.evaluate("key => localStorage.setItem(key, sessionStorage.getItem('kept'))", key)

    page = visitor.open(place)

    words = json.loads(page.get_attribute("quiz-score", "data-words"))
    assert words["updated"] in page.locator(f'quiz-question[data-id="{question}"] .result').text_content()
    assert page.get_attribute(f'quiz-question[data-id="{question}"]', "data-state") is None


def test_an_ambiguous_number_is_asked_about(visit, hub):
    visitor = visit()
    page = visitor.open(hub.modules("fr")[0])
    question = question_of_type(page, "numeric")
    field = page.locator(f'quiz-question[data-id="{question}"] input')
    field.fill("1.250")
    field.press("Enter")

    readings = page.locator(f'quiz-question[data-id="{question}"] [data-do="mean"]')
    assert sorted(readings.all_text_contents()) == ["1,25", f"1{NBSP}250"]
    assert page.get_attribute(f'quiz-question[data-id="{question}"]', "data-state") is None
    assert visitor.axe() == []
    readings.first.click()
    assert page.get_attribute(f'quiz-question[data-id="{question}"]', "data-state") == "wrong"


def test_checking_without_an_answer_says_so_and_counts_nothing(visit, hub):
    visitor = visit(color_scheme="dark")
    page = visitor.open(hub.modules("es")[0])
    for kind in ("single", "multiple", "numeric", "matching"):
        question = question_of_type(page, kind)
        if question is None:
            continue
        box = page.locator(f'quiz-question[data-id="{question}"]')
        box.locator('[data-do="check"]').click()
        assert box.locator(".result .problem").is_visible()
        assert box.get_attribute("data-state") is None
    assert page.evaluate("localStorage.length") == 0
    assert visitor.axe() == []
