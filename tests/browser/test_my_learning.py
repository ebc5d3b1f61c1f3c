"""*My learning*, the map of a pathway, and where a learner stands as every page shows it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from learning import DAY, NUMBER, RIGHT, WRONG, answer, everything, given, kept, put, states, words
from playwright.sync_api import Page, expect
from visiting import HOMES, LOCALES, LOOKS, SCHEMES, WIDTHS, Hub, Visit

pytestmark = pytest.mark.browser
NBSP = "\u00a0"
MAP = "pathway-map"
PAGE = "my-learning/"
PATHWAY = "pathways/supplier/"
Begin = Callable[..., Visit]


@pytest.fixture
def hub(learning_hub: Hub) -> Hub:
    """A small hub takes the place of the whole one in this file."""
    return learning_hub


def opened(visitor: Visit, place: str, values: dict[str, str]) -> Page:
    """Open a page of a browser that keeps these values."""
    put(visitor.open("verify/"), values)
    return visitor.open(place)


def shown(page: Page, module: str) -> str:
    """What *My learning* says of a module."""
    return " ".join(page.locator(f'.modules > [data-module="{module}"]').inner_text().split())


def status(page: Page) -> dict[str, str]:
    """What the map says of each module."""
    return dict(
        page.eval_on_selector_all(
            f"{MAP} .stations > li", "all => all.map(it => [it.dataset.module, it.querySelector('.state').textContent])"
        )
    )


def seen(page: Page) -> list[str]:
    """The modules that the map shows."""
    return [
        str(item.get_attribute("data-module"))
        for item in page.locator(f"{MAP} .stations > li").all()
        if item.is_visible()
    ]


# My learning


@pytest.mark.parametrize("locale", LOCALES)
def test_a_new_learner_has_everything_before_them(visit: Begin, locale: str):
    say, now = words(locale), states(locale)["new"]

    page = visit().open(HOMES[locale] + PAGE)

    assert [shown(page, name).endswith(now) for name in ("rinsing", "drying", "energy")] == [True] * 3
    expect(page.locator('[data-show="passed"]')).to_have_text(say["of"].format(passed=0, total=3))
    expect(page.locator('[data-show="left"]')).to_have_text("3\u00a0h")
    expect(page.locator(".exported")).to_have_text(say["never"])
    expect(page.locator(".resume")).to_be_hidden()
    expect(page.locator(".plain")).to_be_hidden()


def test_what_was_learned_is_shown_with_score_day_and_answers(visit: Begin):
    visitor = visit()
    answer(visitor.open("modules/drying/"), WRONG)
    answer(visitor.open("modules/rinsing/"), RIGHT)

    page = visitor.open(PAGE)

    day = page.evaluate("new Intl.DateTimeFormat('en', {dateStyle: 'long'}).format(new Date())")
    assert shown(page, "rinsing") == (
        f"Rinsing 45{NBSP}min Passed Passed on {day}, best score 100%. Questions answered: 1 of 1."
    ).replace(NBSP, " ")
    assert shown(page, "drying") == "Rinsing 45 min In progress Questions answered: 1 of 1."
    expect(page.locator('[data-show="left"]')).to_have_text(f"2{NBSP}h{NBSP}15{NBSP}min")
    assert page.locator("[data-pathway]").all_text_contents() == ["1 of 1", "1 of 2"]
    expect(page.locator(".certificates a")).to_have_attribute("href", "../certificate/")


def test_a_pass_of_an_earlier_revision_stays_a_pass_and_is_told(visit: Begin):
    page = opened(visit(), f"fr/{PAGE}", {"module.energy": kept()})

    say = words("fr")["older_on"].format(date="20 novembre 2026", score=f"90{NBSP}%")
    assert f"{states('fr')['older']} {say}".replace(NBSP, " ") in shown(page, "energy")
    expect(page.locator('[data-show="left"]')).to_have_text(f"1{NBSP}h{NBSP}30{NBSP}min")


def test_answers_to_another_wording_and_erased_ones_are_not_counted(visit: Begin):
    visitor = visit()
    answers = {"at-the-source": given("another wording"), "gone": given(), "__proto__": given()}
    page = opened(visitor, PAGE, {"module.rinsing": kept(passed=None, answers=answers)})
    assert shown(page, "rinsing").endswith("In progress Questions answered: 0 of 1.")

    erased = {"at-the-source": given(response=None)}
    put(page, {"module.rinsing": kept(passed=None, answers=erased)})
    assert shown(visitor.open(PAGE), "rinsing").endswith("Not started")


def test_all_passed_is_said(visit: Begin):
    page = opened(
        visit(), PAGE, {f"module.{name}": kept() for name in ("rinsing", "drying", "energy", "of-another-site")}
    )

    expect(page.locator(".all-passed")).to_have_text("You have passed every module. Well done!")
    expect(page.locator('[data-show="left"]')).to_have_text("None")


def test_the_place_where_the_learner_stopped_is_found_again(visit: Begin, hub: Hub):
    visitor = visit()
    page = visitor.open("modules/rinsing/")
    page.locator("#count-the-rinses").evaluate("it => scrollTo(0, it.offsetTop)")

    page = visitor.open(PAGE)

    expect(page.locator(".resume-at")).to_have_text("You were last at “Count the rinses”.")
    expect(page.locator(".resume a")).to_have_text("Continue: Rinsing")
    page.locator(".resume a").click()
    page.wait_for_url(f"{hub.url}modules/rinsing/#count-the-rinses")
    page.locator("#question-at-the-source").evaluate("it => it.scrollIntoView()")

    page = visitor.open(f"es/{PAGE}")  # a heading is not there in another language, a question is
    expect(page.locator(".resume a")).to_have_attribute("href", f"{hub.url}es/modules/rinsing/#question-at-the-source")
    expect(page.locator(".resume-at")).to_be_hidden()


@pytest.mark.parametrize(
    "place",
    [
        "null",
        "[]",
        '{"v": 2}',
        '{"v": 1, "module": "rinsing"}',
        '{"v": 1, "module": "../x", "anchor": "", "label": "", "lang": "en"}',
        '{"v": 1, "module": "constructor", "anchor": "", "label": "", "lang": "en"}',
    ],
)
def test_a_place_that_makes_no_sense_is_not_offered(visit: Begin, place: str):
    page = opened(visit(), PAGE, {"place": place})

    expect(page.locator(".resume")).to_be_hidden()


def test_words_kept_with_a_place_stay_text(visit: Begin):
    label = "<img src=x onerror=alert(1)>"
    place = {"v": 1, "module": "rinsing", "anchor": '"><b>', "label": label, "lang": "en"}
    page = opened(visit(), PAGE, {"place": json.dumps(place)})

    expect(page.locator(".resume-at")).to_have_text(f"You were last at “{label}”.")
    assert str(page.locator(".resume a").get_attribute("href")).endswith("/modules/rinsing/#%22%3E%3Cb%3E")


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
def test_a_browser_that_keeps_nothing_is_told(visit: Begin, script: str, told: str):
    visitor = visit()
    visitor.context.add_init_script(script)

    page = visitor.open(f"es/{PAGE}")

    expect(page.locator(".troubles")).to_have_text(words("es")[f"trouble_{told}"])
    assert visitor.axe() == []
    page = visitor.open(f"es/{PATHWAY}")
    assert page.locator(f"{MAP} .blocked").is_visible() is (told == "blocked")
    page.locator('.processes input[value="plating"]').check()
    expect(page.locator(".processes .note")).to_have_text(words("es", MAP)["processes_unkept"])
    assert seen(page) == ["rinsing", "drying"]


def test_without_script_the_page_says_what_needs_it(visit: Begin):
    page = visit(java_script_enabled=False).open(PAGE)

    expect(page.locator(".plain")).to_have_text(words()["plain"])
    assert page.locator(".modules h3 a").count() == 3
    assert [page.locator(part).is_visible() for part in (".file", ".erase", ".totals", ".resume")] == [False] * 4
    page.locator(".modules h3 a").last.click()
    expect(page.locator("quiz-question")).to_have_count(1)


# Erasing everything


def test_erasing_tells_exactly_what_and_leaves_only_when(visit: Begin):
    values = {
        "module.rinsing": kept(),
        "module.elsewhere": kept(),
        "module.rinsing.corrupt": "{",
        "record.rinsing": '{"v": 1, "records": []}',
        "learner": json.dumps({"v": 1, "name": NUMBER, "supplier": "S-1", "country": "MX", "n": 1}),
        "outbox": '{"v": 1, "n": 0, "after": 0, "items": []}',
        "sheet.stream-map": "{}",
        "processes": '{"v": 1, "chosen": ["plating"]}',
        "unheard-of": "1",
    }
    page = opened(visit(), PAGE, values)
    page.evaluate("localStorage.setItem('of-another-site', '1')")
    before = everything(page)

    page.locator('[data-do="erase"]').click()

    assert page.locator(".what > li").all_text_contents() == [
        "Progress in modules: 2",
        "Completion records: 1",
        "Random number, supplier code and country for records",
        "Records that wait to be sent, and which ones were sent",
        "Figures in calculators: 1",
        "What your plant does",
        "Other entries: greensupply.module.rinsing.corrupt and greensupply.unheard-of",
    ]
    expect(page.locator('[data-do="erase-no"]')).to_be_focused()
    page.keyboard.press("Escape")
    assert everything(page) == before
    expect(page.locator('[data-do="erase"]')).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator('[data-said="erase"]')).to_have_text(words()["erased"])
    assert list(everything(page)) == ["erased"]
    assert page.evaluate("localStorage.getItem('of-another-site')") == "1"
    assert shown(page, "rinsing").endswith("Not started")
    page.locator('[data-do="erase"]').click()
    expect(page.locator('[data-said="erase"]')).to_have_text(words()["erase_nothing"])


def test_what_was_erased_does_not_come_back_from_an_open_page(visit: Begin, hub: Hub):
    visitor = visit()
    module = visitor.open("modules/rinsing/")
    answer(module, RIGHT)
    page = visitor.context.new_page()
    page.goto(hub.url + PAGE)
    page.locator('[data-do="erase"]').click()
    page.locator('[data-do="erase-yes"]').click()
    module.locator("quiz-question[data-state]").wait_for(state="detached")

    module.goto(hub.url + "verify/")

    assert list(everything(module)) == ["erased"]


def test_after_erasing_an_open_page_keeps_what_is_new(visit: Begin, hub: Hub):
    visitor = visit()
    module = visitor.open("modules/rinsing/")
    answer(module, RIGHT)
    page = visitor.context.new_page()
    page.goto(hub.url + PAGE)
    page.locator('[data-do="erase"]').click()
    page.locator('[data-do="erase-yes"]').click()
    module.locator("quiz-question[data-state]").wait_for(state="detached")

    answer(module, WRONG)

    again = json.loads(everything(module)["module.rinsing"])
    assert [again["passed"], again["answers"]["at-the-source"]["right"]] == [None, False]
    expect(page.locator('.modules > [data-module="rinsing"] .state')).to_have_text("In progress")


def test_what_a_browser_cleared_by_itself_is_saved_again_even_after_an_erasure(visit: Begin, hub: Hub):
    visitor = visit()
    put(visitor.open("verify/"), {"erased": "1"})
    page = visitor.open("modules/rinsing/")
    answer(page, RIGHT)
    page.evaluate("localStorage.clear()")

    page.goto(hub.url + "verify/")

    assert json.loads(everything(page)["module.rinsing"])["passed"]["score"] == 1


# Where a learner stands, on every page

STATUS = """([place, words]) => {
  const words_of = document.getElementById('gs-words') ?? document.body.appendChild(document.createElement('script'))
  if (!words_of.id) Object.assign(words_of, {id: 'gs-words', type: 'application/json', textContent: JSON.stringify(words)})
  for (const where of ['main', 'nav']) {
    const status = document.createElement('learning-status')
    Object.assign(status.dataset, {module: 'energy', revision: 3, test: where})
    document.querySelector(where).append(status)
  }
}"""


def statuses(page: Page) -> list[str]:
    """What is said of `energy` in a page's content and in its navigation."""
    return [page.locator(f'[data-test="{where}"]').text_content() or "" for where in ("main", "nav")]


@pytest.mark.parametrize(
    ("value", "state", "in_navigation"),
    [
        (None, "new", False),
        (kept(passed=None), "new", False),
        (kept(passed=None, answers={"a": given(response=None)}), "new", False),
        (kept(passed=None, answers={"a": given(response=2.5)}), "begun", True),
        (kept(revision=3, passed={"score": 1, "at": DAY, "revision": 3}), "passed", True),
        (kept(), "older", True),
        ("{", "", True),
        ("7", "", True),
        ('"x"', "", True),
        ("[]", "", True),
        ("null", "", True),
        ('{"v": 2, "passed": true}', "", True),
        (kept(passed={"score": 2, "at": DAY, "revision": 3}), "new", False),
        (kept(passed={"score": "1", "at": DAY, "revision": 3}), "new", False),
        (kept(passed={"score": 1, "at": "yesterday", "revision": 3}), "new", False),
        (kept(passed={"score": 1, "at": "2026-99-99T00:00", "revision": 3}), "new", False),
        (kept(passed="yes", answers="no"), "new", False),
        (kept(passed=[], answers=[None, 1, {"response": {}}]), "new", False),
        ('{"v": 1, "answers": {"__proto__": {"response": [1]}}, "passed": null}', "begun", True),
    ],
)
def test_each_page_says_where_the_learner_stands_and_believes_nothing_damaged(
    visit: Begin, value: str | None, state: str, in_navigation: bool
):
    page = opened(visit(), "es/glossary/", {"module.energy": value} if value else {})

    page.evaluate(STATUS, ["", {"learning-status": states("es")}])

    word = {**states("es"), "": ""}[state]
    assert statuses(page) == [word, word if in_navigation else ""]
    assert everything(page).get("module.energy") == value
    assert page.locator('[data-test="nav"]').is_visible() is (in_navigation and bool(word))


def test_it_follows_this_page_and_other_tabs(visit: Begin, hub: Hub):
    visitor = visit()
    page = visitor.open("modules/energy/")
    other = visitor.context.new_page()
    other.goto(hub.url + "glossary/")
    for each in (page, other):
        each.evaluate(STATUS, ["", {"learning-status": states()}])
    assert statuses(page) == ["Not started", ""]

    answer(page, RIGHT)

    for each in (page, other):
        for where in ("main", "nav"):
            expect(each.locator(f'[data-test="{where}"]')).to_have_text("Passed")


def test_the_short_reader_and_the_whole_one_agree(visit: Begin, hub: Hub):
    page = visit().open("verify/")
    values = [
        kept(),
        kept(passed=None),
        kept(passed=None, answers={"a": given()}),
        kept(passed={"score": 0.5, "at": DAY, "revision": -1}, answers={"a": given()}),
        kept(passed={"score": None, "at": DAY, "revision": 1}),
        kept(passed={"score": 0, "at": DAY, "revision": 0}),
    ]
    run = """async ([base, values]) => {
      const {Progress} = await import(`${base}sources/shared/progress.js`)
      const {learned} = await import(`${base}sources/shared/learning.js`)
      return values.map(value => {
        localStorage.setItem('greensupply.module.x', value)
        const {state, score} = learned('x', 1)
        const {passed, kept} = new Progress('x', 1)
        const begun = [...kept.answers.values()].some(({response}) => response !== null)
        const whole = passed ? (passed.revision < 1 ? 'older' : 'passed') : begun ? 'begun' : 'new'
        localStorage.clear()
        return [state, score] + '' === [whole, passed?.score ?? 0] + '' ? '' : `${value}: ${state} ${whole}`
      })
    }"""

    assert page.evaluate(run, [hub.url, values]) == [""] * len(values)


# The map of a pathway


def test_the_map_shows_where_the_learner_stands_and_what_is_next(visit: Begin, hub: Hub):
    visitor = visit()
    page = visitor.open("pathways/manager/")
    assert status(page) == dict.fromkeys(("rinsing", "drying", "energy"), "Not started")
    expect(page.locator(f"{MAP} .left")).to_have_text(f"Modules passed: 0 of 2. Time left: 1{NBSP}h{NBSP}30{NBSP}min.")
    expect(page.locator(f"{MAP} a.next")).to_have_text("Start: Rinsing")

    answer(visitor.open("modules/rinsing/"), WRONG)
    page = visitor.open("pathways/manager/")
    assert status(page)["rinsing"] == "In progress"
    expect(page.locator(f"{MAP} .left")).to_have_text(f"Modules passed: 0 of 2. Time left: 1{NBSP}h{NBSP}30{NBSP}min.")
    expect(page.locator(f"{MAP} a.next")).to_have_text("Continue: Rinsing")

    answer(visitor.open("modules/rinsing/"), RIGHT)
    page = visitor.open("pathways/manager/")
    assert status(page)["rinsing"] == "Passed"
    expect(page.locator(f"{MAP} .left")).to_have_text(f"Modules passed: 1 of 2. Time left: 45{NBSP}min.")
    expect(page.locator(f"{MAP} a.next")).to_have_attribute("href", f"{hub.url}modules/drying/")
    assert page.locator(f"{MAP} [aria-current]").get_attribute("data-module") == "drying"

    answer(visitor.open("modules/drying/"), RIGHT)
    page = visitor.open("pathways/manager/")
    expect(page.locator(f"{MAP} .left")).to_have_text("You have passed every module of this pathway. Well done!")
    expect(page.locator(f"{MAP} a.next")).to_have_attribute("href", "../../certificate/#pathway.manager")


def test_the_map_follows_other_tabs(visit: Begin, hub: Hub):
    visitor = visit()
    page = visitor.open(PATHWAY)
    other = visitor.context.new_page()
    other.goto(hub.url + "modules/rinsing/")

    answer(other, RIGHT)

    expect(page.locator(f"{MAP} a.next")).to_have_text("Go to your certificate")


def test_electives_are_chosen_by_what_the_plant_does(visit: Begin):
    visitor = visit()
    page = opened(visitor, PATHWAY, {"processes": '{"v": 1, "chosen": ["painting", 7]}'})
    fit = page.locator(".fit")
    assert page.locator(".processes label").all_inner_texts() == ["plating", "cleaning", "machining"]
    assert seen(page) == ["rinsing", "drying", "energy"]
    expect(fit).to_have_text(words(tag=MAP)["fits_all"].format(count=2))

    page.locator('.processes input[value="cleaning"]').focus()
    page.keyboard.press("Space")
    expect(fit).to_have_text("Electives for your plant: 1.")
    assert seen(page) == ["rinsing", "drying"]
    expect(page.locator(f"{MAP} .left")).to_have_text(
        f"Modules passed: 0 of 1. Time left: 45{NBSP}min, and 45{NBSP}min for your electives."
    )
    assert json.loads(everything(page)["processes"]) == {"v": 1, "chosen": ["painting", "cleaning"]}

    page.locator('.processes input[value="machining"]').check()
    page = visitor.open(f"fr/{PATHWAY}")
    assert page.locator(".processes input:checked").count() == 2
    assert seen(page) == ["rinsing", "drying", "energy"]
    put(page, {"module.rinsing": kept(), "module.drying": kept()})
    page = visitor.open(PATHWAY)
    expect(page.locator(f"{MAP} .left")).to_have_text(
        "You have passed every module of this pathway. Well done! "
        f"Time left for your electives: 1{NBSP}h{NBSP}30{NBSP}min."
    )


@pytest.mark.parametrize("raw", ["{", "[]", "7", '{"v": 1, "chosen": "all"}', '{"v": 9, "chosen": ["plating"]}'])
def test_a_choice_that_cannot_be_read_counts_as_none(visit: Begin, raw: str):
    page = opened(visit(), PATHWAY, {"processes": raw})

    assert seen(page) == ["rinsing", "drying", "energy"]
    assert page.locator(".processes input:checked").count() == 0


def test_a_title_that_is_not_translated_keeps_its_language_in_the_button(visit: Begin):
    page = opened(
        visit(), "es/my-learning/", {"place": '{"v": 1, "module": "energy", "anchor": "", "label": "", "lang": "es"}'}
    )

    expect(page.locator(".resume a")).to_have_text("Continuar: Rinsing")
    expect(page.locator(".resume a span[lang]")).to_have_attribute("lang", "en")


def test_the_map_reads_and_prints_without_script(visit: Begin):
    page = visit(java_script_enabled=False).open(f"es/{PATHWAY}")

    assert seen(page) == ["rinsing", "drying", "energy"]
    expect(page.locator(f"{MAP} .plain")).to_have_text(words("es", MAP)["plain"])
    assert page.locator(".processes").is_hidden()
    assert page.locator(".standing").is_hidden()


# How it looks

LEARNED = {
    "module.rinsing": kept(),
    "module.drying": kept(passed=None, answers={"at-the-source": given()}),
    "module.energy": kept(),
    "place": json.dumps({"v": 1, "module": "drying", "anchor": "x", "label": "Why rinse", "lang": "en"}),
    "exported": json.dumps({"v": 1, "at": DAY}),
}


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_is_found_wrong_in_any_state(visit: Begin, width: int, scheme: str):
    visitor = visit(width=width, color_scheme=scheme)
    found: dict[str, Any] = {}
    for values in ({}, LEARNED):
        for locale in (locale for locale in LOCALES if (locale, scheme, width) in LOOKS):
            for place in (PAGE, PATHWAY):
                page = opened(visitor, HOMES[locale] + place, values)
                if place == PAGE and values:
                    page.locator('[data-do="erase"]').click()
                    expect(page.locator(".confirm")).to_be_visible()
                if place == PATHWAY and values:
                    page.locator('.processes input[value="plating"]').check()
                found[f"{locale} {place} {len(values)}"] = [
                    *visitor.axe(scheme),
                    *(["sideways"] if page.evaluate("document.documentElement.scrollWidth > innerWidth") else []),
                ]

    assert {name: what for name, what in found.items() if what} == {}
    assert len(found) >= 4


def test_everything_that_is_pressed_is_large_enough(visit: Begin):
    visitor = visit(width=320)
    for place in (PAGE, PATHWAY):
        page = opened(visitor, place, LEARNED)
        sizes = page.eval_on_selector_all(
            "learning-overview :is(button, .gs-button), pathway-map :is(.gs-button, label)",
            "all => all.map(it => it.getBoundingClientRect()).filter(it => it.width).map(it => Math.min(it.width, it.height))",
        )
        assert sizes
        assert min(sizes) >= 44
