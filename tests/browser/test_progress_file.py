"""A learner's progress as a file: what it holds, what is taken over, and what is refused without leaving a trace."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import recording
from learning import DAY, NUMBER, RIGHT, answer, everything, given, kept, put, words
from playwright.sync_api import Page, expect
from visiting import Hub, Visit

pytestmark = pytest.mark.browser
PAGE = "my-learning/"
OTHER_NUMBER = "0f0e0d0c-0b0a-4908-8706-050403020100"
FILE = "mine.json"
Begin = Callable[..., Visit]


@pytest.fixture
def hub(learning_hub: Hub) -> Hub:
    """A small hub takes the place of the whole one in this file."""
    return learning_hub


@pytest.fixture
def page(visit: Begin) -> Page:
    """*My learning* of somebody who passed one module and knows nothing of files."""
    visitor = visit()
    put(visitor.open("verify/"), {"module.rinsing": kept(), "learner": learner()})
    return visitor.open(PAGE)


def learner(name: str = NUMBER, **changes: Any) -> str:
    return json.dumps({"v": 1, "name": name, "supplier": "S-0042", "country": "MX", "n": 1, **changes})


def record(**changes: Any) -> dict[str, Any]:
    """A record that was made, as the device keeps it."""
    statement = {
        "id": OTHER_NUMBER,
        "actor": {"account": {"name": NUMBER}},
        "object": {"id": "https://hub.example/modules/rinsing"},
        "result": {"score": {"scaled": 0.9}},
        "context": {"extensions": {}},
        "timestamp": DAY,
    }
    statement.update(changes)
    own = {"revision": 1, "id": OTHER_NUMBER, "registration": NUMBER, "at": DAY, "score": 0.9, "max": 0}
    return {"v": 1, "records": [{**own, "language": "en", "statement": json.dumps(statement)}]}


def whole(hub: Hub, **changes: Any) -> dict[str, Any]:
    """What a sound file of this site holds, with changes."""
    own = {"kind": "greensupply-progress", "version": 1, "date": DAY, "site": hub.url.rstrip("/")}
    return {**own, "learner": None, "modules": {"drying": json.loads(kept())}, "records": {}, **changes}


def hand(page: Page, content: dict[str, Any] | str | bytes, name: str = FILE) -> None:
    """Open a file by the button."""
    with page.expect_file_chooser() as chosen:
        page.locator('[data-do="import"]').click()
    text = json.dumps(content) if isinstance(content, dict) else content
    body = text if isinstance(text, bytes) else text.encode()
    chosen.value.set_files({"name": name, "mimeType": "application/json", "buffer": body})


def said(page: Page) -> Any:
    return page.locator('[data-said="file"]')


def saved(page: Page) -> str:
    """Save the progress; returns the text of the file."""
    with page.expect_download() as download:
        page.locator('[data-do="export"]').click()
    return Path(download.value.path()).read_text(encoding="utf-8")


def progress(page: Page) -> dict[str, Any]:
    """All that is kept of modules, records and the learner."""
    return {
        name: json.loads(text)
        for name, text in everything(page).items()
        if name.startswith(("module.", "record.", "learner"))
    }


# Refused


def bad(hub: Hub) -> dict[str, tuple[dict[str, Any] | str | bytes, str]]:
    sound = json.dumps(whole(hub))
    return {
        "empty": ("", "unreadable"),
        "no JSON": ("progress: yes", "unreadable"),
        "a login page": ("<!doctype html><title>Log in</title>", "unreadable"),
        "UTF-16": (sound.encode("utf-16"), "unreadable"),
        "Latin 1": (sound.replace("rinsing", "\u00e9").encode("latin-1") + b"\xe9", "unreadable"),
        "cut": (sound[:-9], "unreadable"),
        "deep": ("[" * 200_000, "unreadable"),
        "deep maps": ('{"a":' * 100_000, "unreadable"),
        "null": ("null", "unreadable"),
        "a list": ("[]", "unreadable"),
        "a number": ("7", "unreadable"),
        "a record": (json.dumps(record()), "other"),
        "a sheet": ('{"kind": "stream-map", "version": 1, "entries": {}}', "other"),
        "a kind that is no text": (whole(hub, kind={"toString": "greensupply-progress"}), "other"),
        "a kind from a prototype": ('{"__proto__": {"kind": "greensupply-progress"}}', "other"),
        "newer": (whole(hub, version=2), "newer"),
        "no version": (whole(hub, version=None), "unreadable"),
        "version 0": (whole(hub, version=0), "unreadable"),
        "half a version": (whole(hub, version=0.5), "unreadable"),
        "modules in a list": (whole(hub, modules=[json.loads(kept())]), "unreadable"),
        "modules in words": (whole(hub, modules="all"), "unreadable"),
        "records in a list": (whole(hub, records=[]), "unreadable"),
        "a learner in words": (whole(hub, learner="me"), "unreadable"),
        "nothing": (whole(hub, modules={}), "empty"),
        "hostile names only": (
            sound.replace('"drying"', '"__proto__"').replace('"records": {}', '"records": {"../x": {}, "<b>": {}}'),
            "empty",
        ),
        "1 MB": (whole(hub, filler=" " * 1_000_001), "large"),
    }


def test_a_file_that_is_refused_leaves_everything_as_it_was(page: Page, hub: Hub):
    before = everything(page)
    wrong = {}
    for name, (content, why) in bad(hub).items():
        page.evaluate("document.querySelector('[data-said=file]').replaceChildren()")
        hand(page, content)
        expect(said(page)).not_to_be_empty()
        words_said = said(page).inner_text()
        if words_said != words()[f"refused_{why}"].format(file=FILE):
            wrong[name] = words_said
        if everything(page) != before:
            wrong[f"{name}, kept"] = str(everything(page))

    assert wrong == {}
    assert page.evaluate("[({}).kind, ({}).v, ({}).polluted]") == [None, None, None]


@pytest.mark.parametrize(
    "value",
    [
        "passed",
        ["passed"],
        None,
        {},
        {"v": 0},
        {"v": 1},
        {"v": 1, "revision": 1, "n": 1, "answers": ["at-the-source"], "passed": None},
        json.loads(kept(passed={"score": 1.01, "at": DAY, "revision": 1})),
        json.loads(kept(passed={"score": 1, "at": "2026-13-01T00:00:00Z", "revision": 1})),
        json.loads(kept(passed={"score": 1, "at": "<b>", "revision": 1})),
        json.loads(kept(passed={"score": 1, "at": DAY, "revision": 10_000})),
        json.loads(kept(revision=2**49)),
        json.loads(kept(n=2**49)),
        json.loads(kept(answers={"at-the-source": given(n=2**49)})),
        json.loads(kept(answers={"at-the-source": given(response="1")})),
        json.loads(kept(answers={"at-the-source": given(digest="x" * 101)})),
        json.loads(kept(answers={"at-the-source": given(right="<img src=x>")})),
        json.loads(kept(answers={f"question-{number}": given() for number in range(1001)})),
    ],
)
def test_a_damaged_module_is_told_and_the_others_are_taken(page: Page, hub: Hub, value: Any):
    before = progress(page)

    hand(page, whole(hub, modules={"drying": value, "energy": json.loads(kept())}))

    expect(said(page).locator("p")).to_have_text(
        ["mine.json was read.", "Taken over: Rinsing.", "Not taken over, because the file is damaged there: Rinsing."]
    )
    assert progress(page) == {**before, "module.energy": json.loads(kept())}


@pytest.mark.parametrize(
    "value",
    [
        {"v": 1, "records": "all"},
        {"v": 1, "records": [None]},
        record(context=None),
        record(context={"extensions": [1]}),
        record(actor={"account": {"name": "Ana"}}),
        record(object={"id": "https://hub.example/modules/drying"}),
        record(result={"score": {"scaled": 1}}),
        record(timestamp="2026-11-21T15:00:00.000Z"),
        record(id=NUMBER),
        {"v": 1, "records": [{**record()["records"][0], "statement": "<b>"}]},
        {"v": 1, "records": [{**record()["records"][0], "revision": 10_000}]},
    ],
)
def test_a_record_that_a_page_could_not_read_is_not_taken(page: Page, hub: Hub, value: Any):
    before = progress(page)

    hand(page, whole(hub, modules={}, records={"rinsing": value}))

    expect(said(page)).to_contain_text("Not taken over, because the file is damaged there: Rinsing.")
    assert progress(page) == before


def test_markup_and_hostile_names_stay_text_or_stay_out(page: Page, hub: Hub):
    answers = {"__proto__": {"polluted": 1}, "constructor": given(digest="<script>"), "<b>": given()}
    modules = {"drying": json.loads(kept(answers=answers, polluted="<b>")), "constructor": json.loads(kept())}
    text = json.dumps(whole(hub, modules=modules, site="<img src=x onerror=alert(1)>\u202e")).replace(
        '"modules":', '"__proto__": {"polluted": 1}, "modules":'
    )

    hand(page, text, "<b>mine</b>.json")

    expect(page.locator(".ask")).to_contain_text("another site: <img src=x onerror=alert(1)> . Take over")
    page.locator('[data-do="ask-yes"]').click()
    expect(said(page)).to_contain_text("<b>mine</b>.json was read.")
    expect(said(page)).to_contain_text("Rinsing and module that this site does not show (constructor).")
    assert list(progress(page)["module.drying"]["answers"]) == ["constructor"]
    assert set(progress(page)["module.drying"]) == {"v", "revision", "n", "answers", "passed"}
    assert page.evaluate("[({}).polluted, [].polluted]") == [None, None]
    assert page.locator("learning-overview :is(img, b, script)").count() == 0


def test_a_file_of_50_mb_is_refused_unread(page: Page, tmp_path: Path):
    before = everything(page)
    file = tmp_path / FILE
    with file.open("wb") as large:
        large.truncate(50_000_000)
    page.evaluate("() => { File.prototype.arrayBuffer = () => { throw new Error('read') } }")

    with page.expect_file_chooser() as chosen:
        page.locator('[data-do="import"]').click()
    chosen.value.set_files(file)

    expect(said(page)).to_have_text(words()["refused_large"].format(file=FILE))
    assert everything(page) == before


# Taken over


def test_a_saved_file_holds_what_it_says_and_nothing_else(page: Page, hub: Hub):
    put(page, {"record.rinsing": json.dumps(record()), "module.gone": kept(n=9), "module.bad": "{", "place": "{}"})
    put(page, {"outbox": '{"v": 1, "n": 0, "after": 0, "items": []}', "sheet.stream-map": '{"secret": 1}'})
    put(page, {"module.newer": '{"v": 2, "what": "ever"}', "module.rinsing.corrupt": "{}"})

    found = json.loads(saved(page))

    date = found.pop("date")
    assert found == {
        "kind": "greensupply-progress",
        "version": 1,
        "site": hub.url.rstrip("/"),
        "learner": json.loads(learner()),
        "modules": {"gone": json.loads(kept(n=9)), "newer": {"v": 2, "what": "ever"}, "rinsing": json.loads(kept())},
        "records": {"rinsing": record()},
    }
    expect(said(page)).to_have_text(f"Saved as green-supply-progress-{date[:10]}.json; look among your downloads.")
    assert json.loads(everything(page)["exported"]) == {"v": 1, "at": date}
    day = page.evaluate("at => new Intl.DateTimeFormat('en', {dateStyle: 'long'}).format(new Date(at))", date)
    expect(page.locator(".exported")).to_have_text(f"Last saved as a file on {day}.")


def test_without_progress_no_file_is_made(visit: Begin):
    page = visit().open(f"fr/{PAGE}")

    page.locator('[data-do="export"]').click()

    expect(said(page)).to_have_text(words("fr")["saved_nothing"])
    assert everything(page) == {}


def test_progress_goes_to_another_device_and_a_second_time_changes_nothing(page: Page, visit: Begin):
    put(page, {"record.rinsing": json.dumps(record()), "module.gone": kept(n=9)})
    text = saved(page)
    other = visit().open(f"es/{PAGE}")

    hand(other, text)

    expect(said(other)).to_contain_text("Se incorporó: ")
    assert progress(other) == progress(page)
    expect(other.locator('.modules > [data-module="rinsing"] .state')).to_have_text("Aprobado")
    assert other.locator('.modules > [data-module="gone"]').count() == 0
    before = everything(other)
    hand(other, text)
    expect(said(other)).to_contain_text("Sin cambios, porque este dispositivo ya lo tiene todo: ")
    assert everything(other) == before
    assert saved(other).partition('"site"')[2] == text.partition('"site"')[2]


def test_two_devices_are_joined_best_result_and_every_answer(page: Page, hub: Hub):
    here = {"a": given(n=5, tries=2), "b": given(n=1, digest="older")}
    there = {"b": given(n=3, digest="newer"), "c": given(n=2)}
    put(page, {"module.drying": kept(answers=here, n=5, passed={"score": 0.8, "at": DAY, "revision": 1})})
    passed = {"score": 1, "at": "2026-11-24T15:00:00.000Z", "revision": 1}

    hand(page, whole(hub, modules={"drying": json.loads(kept(answers=there, n=3, passed=passed))}))

    expect(said(page)).to_contain_text("Taken over: Rinsing.")
    joined = progress(page)["module.drying"]
    assert joined["answers"] == {"a": here["a"], "b": there["b"], "c": there["c"]}
    assert joined["passed"] == {"score": 1, "at": DAY, "revision": 1}


def test_an_open_page_of_the_module_shows_what_was_taken_over(page: Page, hub: Hub, visit: Begin):
    module = page.context.new_page()
    module.goto(hub.url + "modules/drying/")

    hand(page, whole(hub))

    expect(module.locator("quiz-score .passed-before")).to_contain_text("90%")


def test_the_file_of_another_site_is_asked_about_first(page: Page, hub: Hub):
    before = everything(page)
    hand(page, whole(hub, site="https://other.example"))

    expect(page.locator(".ask > div")).to_have_text(
        "This file comes from another site: https://other.example. Take over its progress all the same?"
    )
    expect(page.locator('[data-do="ask-no"]')).to_be_focused()
    assert everything(page) == before
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text("Nothing was changed.")
    expect(page.locator('[data-do="import"]')).to_be_focused()
    assert everything(page) == before

    hand(page, whole(hub, site=None))
    expect(page.locator(".ask > div")).to_contain_text("another site: a site that the file does not name.")
    page.locator('[data-do="ask-yes"]').click()
    expect(said(page)).to_contain_text("Taken over: Rinsing.")
    assert set(progress(page)) == {"module.rinsing", "module.drying", "learner"}


def test_the_file_of_another_person_is_asked_about_first(page: Page, hub: Hub):
    content = whole(hub, learner=json.loads(learner(OTHER_NUMBER, supplier="S-9", n=7)))
    hand(page, content)

    expect(page.locator(".ask > div")).to_have_text(words()["ask_person"])
    assert progress(page)["learner"]["name"] == NUMBER
    page.locator('[data-do="ask-yes"]').click()

    expect(said(page)).to_contain_text("Taken over: Rinsing and random number, supplier code and country.")
    joined = progress(page)["learner"]
    assert [joined["name"], joined["supplier"]] == [min(NUMBER, OTHER_NUMBER), "S-9"]
    hand(page, content)
    expect(page.locator(".ask")).to_be_hidden()
    expect(said(page)).to_contain_text("Unchanged, because this device has all of it")


@pytest.mark.parametrize(
    "value", [json.loads(learner("Ana")), json.loads(learner(supplier="<b>")), json.loads(learner(n=2**49)), {"v": 1}]
)
def test_a_damaged_learner_is_not_taken(page: Page, hub: Hub, value: Any):
    hand(page, whole(hub, learner=value))

    expect(said(page)).to_contain_text("damaged there: random number, supplier code and country.")
    assert progress(page)["learner"] == json.loads(learner())


def test_what_a_newer_site_made_stays_as_it_is(page: Page, hub: Hub):
    newer = '{"v": 2, "what": "ever"}'
    put(page, {"module.drying": newer})
    modules = {"drying": json.loads(kept()), "energy": {"v": 3}, "rinsing": json.loads(kept())}

    hand(page, whole(hub, modules=modules))

    expect(said(page)).to_contain_text("Unchanged, because this device has all of it: Rinsing.")
    expect(said(page)).to_contain_text("Not taken over, because it was made by a newer version of this site: Rinsing.")
    assert everything(page)["module.drying"] == newer
    assert "module.energy" not in everything(page)


@pytest.mark.parametrize(
    ("script", "told"),
    [
        (
            "let left = 1; const {setItem} = Storage.prototype\n"
            "Storage.prototype.setItem = function (key, text) {\n"
            "  if (/drying|energy/.test(key) && !left--) throw new DOMException('full', 'QuotaExceededError')\n"
            "  setItem.call(this, key, text) }",
            "full",
        ),
        ("Storage.prototype.setItem = () => {}", "dropped"),
        (
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
            "blocked",
        ),
    ],
)
def test_what_cannot_be_stored_whole_is_not_stored_at_all(page: Page, hub: Hub, script: str, told: str):
    before = everything(page)
    page.evaluate(f"() => {{ {script} }}")

    hand(page, whole(hub, modules={"drying": json.loads(kept()), "energy": json.loads(kept())}))

    expect(said(page)).to_have_text(words()[f"refused_{told}"].format(file=FILE))
    if told != "blocked":
        assert everything(page) == before


def test_a_record_that_was_made_is_not_made_again_on_another_device(visit: Begin):
    page = visit().open("modules/drying/")
    answer(page, RIGHT)
    made = recording.make(page, "S-0042", "MX")
    page.goto(page.url.replace("modules/drying/", PAGE))
    text = saved(page)

    visitor = visit()
    other = visitor.open(PAGE)
    hand(other, text)
    expect(said(other)).to_contain_text("Taken over: ")

    other = visitor.open("modules/drying/")
    assert recording.statement(other) == made
    answer(visitor.open("modules/rinsing/"), RIGHT)
    later = recording.make(other, "S-0042", "MX")
    assert later["actor"] == made["actor"]
    assert later["id"] != made["id"]


def test_the_question_is_sound_for_everybody(page: Page, hub: Hub, visit: Begin):
    visitor = visit(width=320, color_scheme="dark")
    put(visitor.open("verify/"), {"learner": learner()})
    other = visitor.open(f"fr/{PAGE}")

    hand(
        other,
        whole(hub, site="https://another-site-with-a-long-name.example", learner=json.loads(learner(OTHER_NUMBER))),
    )

    expect(other.locator(".ask p")).to_have_count(2)
    assert visitor.axe() == []
    assert other.evaluate("document.documentElement.scrollWidth <= innerWidth")
