"""Packages in an LMS: a learner's whole story in an independent SCORM runtime, and every value that it received."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import package_builders
import pytest
import scorm
from builders import EVERYTHING, ROOT, TITLES, module
from greensupply import components, library, packages
from greensupply.locales import LANGUAGE_TAGS, LOCALES, words
from greensupply.model import Library
from package_builders import IDS
from playwright.sync_api import Browser, Error, Page, expect
from scorm import Lms, answer, calls, leave, sco
from visiting import HOMES, coloured_at, violations

VERSIONS = ("scorm12", "scorm2004")
WRONG = {"scorm12": "wrong", "scorm2004": "incorrect"}
SETS = {"scorm12": "LMSSetValue", "scorm2004": "SetValue"}
ENDS = {"scorm12": "LMSFinish", "scorm2004": "Terminate"}
STORIES = [
    (version, locale)
    for one, version in enumerate(VERSIONS)
    for two, locale in enumerate(LOCALES)
    if EVERYTHING or (one + two) % 2 == 0
]
"""Each version and each language; before a release, each language in each version."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package_builders.hub(tmp_path_factory.mktemp("hub"))


@pytest.fixture(scope="module")
def longest() -> tuple[Library, str]:
    """What is published, and its module with the most questions."""
    shelf = library.read(ROOT / "modules", ROOT / "content").without_drafts()
    whole = [module for module in shelf.modules.values() if set(module.texts) == set(LOCALES)]
    return shelf, max(whole, key=lambda module: len(module.texts["en"].questions)).id


@pytest.fixture(scope="module")
def packed(folder: Path) -> dict[tuple[str, str], dict[str, bytes]]:
    """Files of the small module's packages: by version, and by locale or `all`."""
    shelf = package_builders.read(folder)
    choices = {**{locale: (locale,) for locale in LOCALES}, "all": LOCALES}
    return {
        (version, name): packages.files(shelf, "rinsing", format=version, locales=locales)
        for version in VERSIONS
        for name, locales in choices.items()
    }


@pytest.fixture
def enrol(packed: Any) -> Iterator[Callable[..., Lms]]:
    """Enrol a learner in a package, in an LMS of that version."""
    opened = []

    def begin(version: str, locale: str = "en", files: dict[str, bytes] | None = None) -> Lms:
        hosted = scorm.hosting(version, files or packed[version, locale])
        opened.append(hosted)
        return hosted.__enter__()

    yield begin
    for hosted in opened:
        hosted.__exit__(None, None, None)


@pytest.fixture
def launch(browser: Browser) -> Iterator[Callable[..., Page]]:
    """The learner opens the course in a browser; no fault may be left, but those of an LMS that refuses."""
    contexts = []
    faults: list[str] = []

    def begin(lms: Lms, *, width: int = 1280, height: int = 900, **options: Any) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce", **options)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda told: faults.append(told.text) if told.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: faults.append(f"uncaught: {error}"))
        page.on(
            "request",
            lambda request: None if request.url.startswith((lms.url, "data:")) else faults.append(request.url),
        )
        page.goto(f"{lms.url}lms")
        sco(page).locator("quiz-score .board, .gs-package__ask").locator("visible=true").first.wait_for()
        return page

    yield begin
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "Synchronous XMLHttpRequest" not in fault] == []


def sets(page: Page, version: str) -> list[tuple[str, str]]:
    """What was set, in order: element without `cmi.`, value. Each was taken."""
    made = [call for call in calls(page) if call[0] == SETS[version]]
    assert [call for call in made if call[-1] != "true"] == []
    return [(element.removeprefix("cmi."), value) for _, element, value, _ in made]


def score_of(cmi: dict[str, Any], version: str) -> dict[str, Any]:
    found = cmi["core"]["score"] if version == "scorm12" else cmi["score"]
    return {name: value for name, value in found.items() if value != ""}


def status(cmi: dict[str, Any], version: str) -> str | tuple[str, str]:
    return cmi["core"]["lesson_status"] if version == "scorm12" else (cmi["completion_status"], cmi["success_status"])


OPEN = {"scorm12": "incomplete", "scorm2004": ("incomplete", "unknown")}
FAILED = {"scorm12": "failed", "scorm2004": ("completed", "failed")}
PASSED = {"scorm12": "passed", "scorm2004": ("completed", "passed")}
POINTS = {
    "scorm12": lambda raw, _: {"raw": raw, "min": "0", "max": "100"},
    "scorm2004": lambda raw, scaled: {"raw": raw, "min": "0", "max": "100", "scaled": scaled},
}
GIVEN = {
    # question: type, right response, wrong response, given as (SCORM 1.2, SCORM 2004)
    "at-the-source": ("choice", ("b", "b"), ("a", "a")),
    "saves-water": ("choice", ("a,c", "a[,]c"), ("b", "b")),
    "drag-out": ("true-false", ("t", "true"), ("f", "false")),
    "litres": ("numeric", ("12500", "12500"), ("1", "1")),
    "pairs": ("matching", ("1.a,2.b,3.c", "1[.]a[,]2[.]b[,]3[.]c"), ("1.c,2.b,3.a", "1[.]c[,]2[.]b[,]3[.]a")),
    "order": ("sequencing", ("a,b,c", "a[,]b[,]c"), ("c,b,a", "c[,]b[,]a")),
}
RIGHT_PATTERN = {"litres": ("12500", "12250[:]12750")}


@pytest.mark.browser
@pytest.mark.parametrize(("version", "locale"), STORIES)
def test_a_whole_story_wrong_leave_resume_right_pass(version, locale, enrol, launch):
    lms = enrol(version, locale)
    lms.language = LANGUAGE_TAGS[locale]
    lms.mastery = {"scorm12": "80", "scorm2004": "0.8"}[version]

    # First session: two answers, one of them wrong; then the learner leaves.
    page = launch(lms)
    expect(sco(page).locator("article h1")).to_have_text(TITLES[locale])
    answer(page, "at-the-source", right=False)
    answer(page, "saves-water", right=True)
    leave(page)
    lms.wait(4)
    first = sets(page, version)
    made = calls(page)
    assert [call[0] for call in made][-1] == ENDS[version]
    assert sum(call[0] == ENDS[version] for call in made) == 1
    names = [name for name, _ in first]
    assert names.index("core.exit" if version == "scorm12" else "exit") == 1, "right after the status"
    assert dict(first)["core.exit" if version == "scorm12" else "exit"] == "suspend"
    assert "score.raw" not in str(names), "half a quiz has no score"
    assert status(lms.kept, version) == OPEN[version]

    # Second session: all is back; the rest, two of six wrong: failed.
    page = launch(lms)
    assert page.evaluate("calls.length") > 0
    question = sco(page).locator('quiz-question[data-id="at-the-source"]')
    expect(question).to_have_attribute("data-state", "wrong")
    expect(sco(page).locator('quiz-question[data-id="saves-water"]')).to_have_attribute("data-state", "right")
    for identifier in IDS[2:5]:
        answer(page, identifier, right=True)
    assert status(lms.kept, version) == OPEN[version]
    answer(page, "order", right=False)
    lms.wait(9)
    assert status(lms.kept, version) == FAILED[version]
    assert score_of(lms.kept, version) == POINTS[version]("66.67", "0.6666667")

    # The same session: tried again, and passed.
    answer(page, "order", right=True)
    assert score_of(lms.kept, version) == POINTS[version]("83.33", "0.8333333")
    assert status(lms.kept, version) == PASSED[version]
    expect(sco(page).locator("quiz-score .verdict")).to_have_text(words(locale)["quiz"]["passed"])
    leave(page)
    second = sets(page, version)
    check_order(second, version)
    check_interactions(second, version, begun=2 if version == "scorm2004" else 0)
    assert max(len(value) for name, value in second if name == "suspend_data") < 4096

    # Third session: worse answers later take nothing away.
    page = launch(lms)
    answer(page, "pairs", right=False)
    answer(page, "litres", right=False)
    leave(page)
    assert status(lms.kept, version) == PASSED[version]
    assert score_of(lms.kept, version) == POINTS[version]("83.33", "0.8333333")
    assert not [value for name, value in sets(page, version) if value == "failed"]


def check_order(made: list[tuple[str, str]], version: str) -> None:
    """Score first, status after it, state, place and time behind both, at each answer that has a score."""
    names = [name.removeprefix("core.") for name, _ in made]
    scored = [place for place, name in enumerate(names) if name == "score.raw"]
    statuses = {"scorm12": ["lesson_status"], "scorm2004": ["completion_status", "success_status"]}[version]
    where = {"scorm12": "lesson_location", "scorm2004": "location"}[version]
    for place in scored:
        after = names[place:]
        order = [after.index(name) for name in [*statuses, "suspend_data", where, "session_time"]]
        assert order == sorted(order)
    assert len(scored) == 2


def check_interactions(made: list[tuple[str, str]], version: str, begun: int) -> None:
    """The five answers of the second session, in the form of their version."""
    place = VERSIONS.index(version)
    answers = {}
    for name, value in made:
        if found := re.fullmatch(r"interactions\.(\d+)\.(.+)", name):
            answers.setdefault(int(found[1]), {})[found[2]] = value
    assert list(answers) == list(range(begun, begun + 5)), "a session goes on where the LMS has come to"
    expected = [("drag-out", True), ("litres", True), ("pairs", True), ("order", False), ("order", True)]
    for (identifier, right), said in zip(expected, answers.values(), strict=True):
        kind, good, bad = GIVEN[identifier]
        assert said["id"] == identifier
        assert said["type"] == kind
        assert said["correct_responses.0.pattern"] == RIGHT_PATTERN.get(identifier, good)[place]
        assert (
            said["student_response" if version == "scorm12" else "learner_response"] == (good if right else bad)[place]
        )
        assert said["result"] == ("correct" if right else WRONG[version])
        if version == "scorm12":
            assert re.fullmatch(r"\d\d:\d\d:\d\d", said["time"])
            assert re.fullmatch(r"\d{2,4}:\d\d:\d\d\.\d\d", said["latency"])
        else:
            assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d\dZ", said["timestamp"])
            assert re.fullmatch(r"PT(\d+M)?\d+(\.\d{1,2})?S", said["latency"])
            assert re.fullmatch(r"\{lang=(en|es-MX|fr-CA)\}.{5,}", said["description"])
            assert len(said["description"]) <= 250
        assert list(said).index("type") < list(said).index("correct_responses.0.pattern")


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
def test_one_commit_for_each_answer_and_none_while_the_page_goes(version, enrol, launch):
    lms = enrol(version)
    page = launch(lms)
    answer(page, "at-the-source", right=True)
    answer(page, "drag-out", right=True)
    leave(page)
    made = [call[0].removeprefix("LMS") for call in calls(page)]

    assert made.count("Commit") == 3, "one at the beginning"
    assert made[-1] in ("Finish", "Terminate")
    assert made[-3:-1] == ["SetValue", "SetValue"]
    assert made.count("Initialize") == 1


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
def test_a_machine_that_is_switched_off_loses_nothing(version, enrol, launch):
    lms = enrol(version)
    page = launch(lms)
    answer(page, "at-the-source", right=True)
    answer(page, "litres", right=False)
    lms.wait(3)
    kept = len(lms.commits)
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")
    assert len(lms.commits) == kept, "nothing came after"

    page = launch(lms)
    expect(sco(page).locator('quiz-question[data-id="at-the-source"]')).to_have_attribute("data-state", "right")
    expect(sco(page).locator('quiz-question[data-id="litres"]')).to_have_attribute("data-state", "wrong")
    expect(sco(page).locator('quiz-question[data-id="litres"] input')).to_have_value("1")


@pytest.mark.browser
@pytest.mark.parametrize("mode", ["review", "browse"])
@pytest.mark.parametrize("version", VERSIONS)
def test_looking_back_writes_nothing(version, mode, enrol, launch):
    lms = enrol(version, "fr")
    page = launch(lms)
    answer(page, "at-the-source", right=True)
    leave(page)
    lms.wait(3)
    lms.mode = mode
    page = launch(lms)
    expect(sco(page).locator(".gs-package__told")).to_have_text(said("fr")["looking"])
    expect(sco(page).locator('quiz-question[data-id="at-the-source"]')).to_have_attribute("data-state", "right")
    answer(page, "drag-out", right=True)
    leave(page)

    assert sets(page, version) == []
    assert {call[0].removeprefix("LMS") for call in calls(page)} <= {
        "Initialize",
        "GetValue",
        "GetLastError",
        "Finish",
        "Terminate",
    }


def said(locale: str) -> dict[str, str]:
    return dict(components.words("lms-session", locale))


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
def test_the_pass_mark_of_the_lms_goes_before_the_modules(version, enrol, launch):
    lms = enrol(version)
    lms.mastery = {"scorm12": "50", "scorm2004": "0.5"}[version]
    page = launch(lms)
    expect(sco(page).locator('[data-show="pass-mark"]')).to_have_text("50%")
    for identifier in IDS:
        answer(page, identifier, right=identifier in IDS[:3])

    assert status(lms.kept, version) == PASSED[version]
    assert score_of(lms.kept, version) == POINTS[version]("50", "0.5")


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
def test_without_a_pass_mark_of_the_lms_the_modules_counts(version, enrol, launch):
    lms = enrol(version)
    page = launch(lms)
    expect(sco(page).locator('[data-show="pass-mark"]')).to_have_text("80%")
    for identifier in IDS:
        answer(page, identifier, right=identifier in IDS[:4])

    assert status(lms.kept, version) == FAILED[version]


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
def test_without_an_lms_that_is_told_and_the_browser_keeps_the_answers(version, enrol, launch):
    lms = enrol(version, "es")
    lms.has_api = False
    page = launch(lms)
    expect(sco(page).locator(".gs-package__told")).to_have_text(said("es")["no_lms"])
    expect(sco(page).locator("quiz-score .kept")).to_have_text(words("es")["quiz"]["kept"])
    answer(page, "at-the-source", right=True)
    page.reload()

    expect(sco(page).locator('quiz-question[data-id="at-the-source"]')).to_have_attribute("data-state", "right")
    assert page.evaluate("Object.keys(localStorage)") == ["greensupply.module.rinsing"]


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
def test_in_an_lms_nothing_stays_in_the_browser(version, enrol, launch):
    lms = enrol(version, "all")
    lms.language = "fr-CA"
    page = launch(lms)
    answer(page, "at-the-source", right=True)
    sco(page).locator('button[data-locale="en"]').first.click()
    leave(page)

    assert page.evaluate("[Object.keys(localStorage), Object.keys(sessionStorage), document.cookie]") == [[], [], ""]


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
def test_an_lms_that_refuses_is_told_of_and_gets_it_again(version, enrol, launch):
    lms = enrol(version, "fr")
    page = launch(lms)
    lms.refusing = True
    errors = page.evaluate("window.calls.length")
    answer(page, "at-the-source", right=True)
    told = sco(page).locator(".gs-package__told")
    expect(told).to_contain_text("n’a pas tout accepté (erreur ")
    assert page.evaluate("window.calls.length") > errors
    before = len(lms.commits)
    lms.refusing = False
    sco(page).locator('[data-do="resend"]').click()

    expect(told).to_have_text("")
    expect(sco(page).locator('[data-do="resend"]')).to_be_hidden()
    lms.wait(before + 1)
    assert "i1" in lms.kept["suspend_data"]


@pytest.mark.browser
def test_an_lms_that_does_not_begin_is_told_of(enrol, launch, browser):
    lms = enrol("scorm12")
    context = browser.new_context()
    page = context.new_page()
    dead = "const result = name === 'LMSInitialize' ? 'false' : name === 'LMSGetLastError' ? '101' : "
    frame = lms.frame().replace("const result = ", dead)
    page.route("**/lms", lambda route: route.fulfill(body=frame, content_type="text/html"))
    page.goto(f"{lms.url}lms")

    expect(sco(page).locator(".gs-package__told")).to_have_text(said("en")["not_begun"].format(error="101"))
    answer(page, "at-the-source", right=True)
    assert {call[0] for call in calls(page)} <= {"LMSInitialize", "LMSGetLastError"}
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
def test_the_api_is_found_in_the_window_that_opened_the_course(version, enrol, launch):
    lms = enrol(version)
    page = launch(lms)
    alone = re.sub("<iframe.*</iframe>", "", lms.frame())
    page.route("**/lms", lambda route: route.fulfill(body=alone, content_type="text/html"))
    page.goto(f"{lms.url}lms")
    with page.expect_popup() as opened:
        page.evaluate("window.open('/course/index.html', 'course')")
    course = opened.value
    course.locator("quiz-score .board").wait_for()
    expect(course.locator(".gs-package__told")).to_have_text("")

    assert calls(page)[0][0].endswith("Initialize")
    course.close(run_before_unload=True)
    page.wait_for_function("calls.some(([name]) => name === 'LMSFinish' || name === 'Terminate')")


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
def test_a_hidden_page_has_its_time_kept_and_one_that_goes_says_nothing_after_the_end(version, enrol, launch):
    lms = enrol(version)
    page = launch(lms)
    hide = (
        "() => { Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')) }"
    )
    before = len(calls(page))
    page.frames[1].evaluate(hide)
    made = [call[:2] for call in calls(page)[before:]]
    time = {"scorm12": "cmi.core.session_time", "scorm2004": "cmi.session_time"}[version]
    assert [(name.removeprefix("LMS"), element) for name, element in made] == [("SetValue", time), ("Commit", "")]

    page.frames[1].evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    ended = len(calls(page))
    page.frames[1].evaluate(hide)
    page.frames[1].evaluate("dispatchEvent(new PageTransitionEvent('pagehide'))")
    answer(page, "at-the-source", right=True)
    assert calls(page)[ended - 1][0] == ENDS[version]
    assert len(calls(page)) == ended


@pytest.mark.browser
def test_a_frame_of_another_site_is_no_lms_and_no_error(enrol, browser):
    lms = enrol("scorm12")
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    lms.start = f"{enrol('scorm12').url}course/index.html"
    page.goto(f"{lms.url}lms")

    expect(sco(page).locator(".gs-package__told")).to_have_text(said("en")["no_lms"])
    assert errors == []
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
def test_the_language_is_the_lmss_then_the_learners_choice_and_is_kept(version, enrol, launch):
    lms = enrol(version, "all")
    lms.language = "es-MX"
    page = launch(lms, locale="fr-CA")
    expect(sco(page).locator("article h1")).to_have_text("Enjuague")
    answer(page, "at-the-source", right=False)
    frame = sco(page)
    frame.locator('.gs-package__languages button[data-locale="fr"]').click()
    expect(frame.locator("article h1")).to_have_text("Rinçage")
    expect(frame.locator("html")).to_have_attribute("lang", "fr-CA")
    expect(frame.locator('.gs-package__languages button[data-locale="fr"]')).to_be_focused()
    expect(frame.locator('quiz-question[data-id="at-the-source"]')).to_have_attribute("data-state", "wrong")
    answer(page, "at-the-source", right=True)
    leave(page)

    page = launch(lms, locale="en-US")
    expect(sco(page).locator("article h1")).to_have_text("Rinçage")
    expect(sco(page).locator('quiz-question[data-id="at-the-source"]')).to_have_attribute("data-state", "right")


@pytest.mark.browser
def test_an_lms_without_language_leaves_it_to_the_browser_and_else_it_is_asked_for(enrol, launch):
    lms = enrol("scorm12", "all")
    page = launch(lms, locale="fr-CA")
    expect(sco(page).locator("article h1")).to_have_text("Rinçage")

    page = launch(lms, locale="de-DE")
    ask = sco(page).locator(".gs-package__ask")
    expect(ask).to_be_visible()
    assert ask.locator("h1").all_text_contents() == [said(locale)["ask"] for locale in LOCALES]
    ask.locator('button[data-locale="es"]').click()
    expect(sco(page).locator("article h1")).to_have_text("Enjuague")
    expect(sco(page).locator("article h1")).to_be_focused()
    expect(ask).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("version", VERSIONS)
def test_the_learner_is_offered_the_place_where_the_last_session_ended(version, enrol, launch):
    lms = enrol(version, "fr")
    page = launch(lms, height=600)
    expect(sco(page).locator(".gs-package__resume")).to_be_hidden()
    answer(page, "drag-out", right=True)
    leave(page)
    page = launch(lms, height=600)
    offer = sco(page).locator(".gs-package__resume a")
    expect(offer).to_contain_text("Reprendre où vous en étiez\u00a0: ")
    goal = (offer.get_attribute("href") or "")[1:]
    offer.click()

    expect(sco(page).locator(f'[id="{goal}"]')).to_be_in_viewport()
    expect(sco(page).locator(".gs-package__resume")).to_be_hidden()


@pytest.mark.browser
@pytest.mark.parametrize("wrong", [(), ("order",), ("order", "pairs"), IDS])
def test_the_same_answers_give_the_same_score_as_on_the_site(wrong, rinsing_hub, enrol, launch):
    hub = enrol("scorm12", files=scorm.files(rinsing_hub.folder))
    hub.has_api, hub.start = False, f"/course/{HOMES['es']}modules/rinsing/index.html"
    shown = {}
    lmss = {version: enrol(version, "es") for version in VERSIONS}
    for name, lms in {"site": hub, **lmss}.items():
        page = launch(lms) if name != "site" else launch(lms, locale="es-MX")
        for identifier in IDS:
            answer(page, identifier, right=identifier not in wrong)
        board = sco(page).locator("quiz-score")
        shown[name] = (board.locator('[data-show="score"]').text_content(), board.get_attribute("data-state"))
    share = (len(IDS) - len(wrong)) / len(IDS)

    assert len(set(shown.values())) == 1, shown
    for version, lms in lmss.items():
        scored = score_of(lms.kept, version)
        assert float(scored["raw"]) == pytest.approx(share * 100, abs=0.005)
        assert float(scored.get("scaled", share)) == pytest.approx(share, abs=1e-7)
        assert status(lms.kept, version) == (PASSED if shown[version][1] == "right" else FAILED)[version]


@pytest.fixture(scope="module")
def longest_packed(longest: tuple[Library, str]) -> dict[str, bytes]:
    """The longest module in all languages."""
    shelf, name = longest
    return packages.files(shelf, name, format="scorm2004", locales=LOCALES)


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_found_by_axe_and_nothing_runs_over(width, scheme, longest_packed, enrol, launch):
    lms = enrol("scorm2004", files=longest_packed)
    for language in ("en", "de-DE"):
        lms.language = "fr-CA" if language == "en" else ""
        page = launch(lms, width=width, color_scheme=scheme, locale=language)
        frame = page.frames[1]
        assert violations(frame, scheme, colours=coloured_at(width, scheme)) == []
        assert frame.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        assert frame.evaluate("document.documentElement.dataset.mdColorScheme") == (
            "slate" if scheme == "dark" else "default"
        )
        small = frame.evaluate(
            "[...document.querySelectorAll('button')].filter(it => it.offsetParent && !it.matches('.gs-term'))"
            ".map(it => [it.textContent, it.getBoundingClientRect().height]).filter(([, height]) => height < 44)"
        )
        assert small == []


@pytest.mark.browser
def test_a_learner_passes_by_keyboard_alone(enrol, launch, folder, tmp_path):
    package_builders.hub(tmp_path, **{locale: module()[f"modules/rinsing/{locale}.md"] for locale in LOCALES})
    files = packages.files(package_builders.read(tmp_path), "rinsing", format="scorm2004", locales=LOCALES)
    lms = enrol("scorm2004", files=files)
    lms.language = "en"
    page = launch(lms)
    frame = sco(page)
    page.locator("#sco").focus()

    def press_until(selector: str, *keys: str) -> None:
        for _ in range(60):
            if frame.locator(f"{selector}:focus").count():
                break
            page.keyboard.press("Tab")
        expect(frame.locator(selector)).to_be_focused()
        for key in keys:
            page.keyboard.press(key)

    press_until('.gs-package__languages button[data-locale="es"]', "Enter")
    expect(frame.locator("article h1")).to_have_text("Enjuague")
    press_until('quiz-question input[value="0"]', "ArrowDown")
    press_until('quiz-question [data-do="check"]', "Enter")
    expect(frame.locator("quiz-score .verdict")).to_have_text(words("es")["quiz"]["passed"])
    assert status(lms.kept, "scorm2004") == PASSED["scorm2004"]


@pytest.mark.browser
@pytest.mark.parametrize("locale", LOCALES if EVERYTHING else ("fr",))  # nothing of the state is in a language
def test_the_state_of_the_longest_module_all_wrong_fits(locale, longest, enrol, launch):
    shelf, name = longest
    lms = enrol("scorm12", files=packages.files(shelf, name, format="scorm12", locales=(locale,)))
    page = launch(lms)
    for question in shelf.modules[name].texts[locale].questions:
        answer(page, question.id, right=False)
    state = lms.kept["suspend_data"]

    assert status(lms.kept, "scorm12") == "failed"
    assert score_of(lms.kept, "scorm12") == POINTS["scorm12"]("0", "0")
    assert len(state) <= 4096 // 4
    assert state.isascii()
