"""Packages for cmi5 and xAPI launch in an LMS with a real record store: a learner's story, and every statement of it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import cmi5_lms
import package_builders
import pytest
import scorm
from builders import ROOT, TITLES
from cmi5_lms import ACTIVITY, ACTOR, ADL, AUTH, CMI5, Lms, leave, opened
from greensupply import components, library, packages, records
from greensupply.completion import Completion, Delivery
from greensupply.locales import LANGUAGE_TAGS, LOCALES, words
from package_builders import IDS
from playwright.sync_api import Browser, Error, Page, expect
from record_store import Ralph, refusals
from scorm import answer, sco
from visiting import HOMES, coloured_at, violations

pytestmark = pytest.mark.browser
HUB = "https://hub.example.org/"
MODULE = f"{HUB}modules/rinsing"
HALF = tuple(IDS[:3])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return package_builders.hub(tmp_path_factory.mktemp("hub"))


@pytest.fixture(scope="module")
def packed(folder: Path) -> dict[str, dict[str, bytes]]:
    shelf = package_builders.read(folder)
    return {name: packages.files(shelf, "rinsing", format=name, locales=LOCALES, url=HUB) for name in ("cmi5", "xapi")}


@pytest.fixture
def enrol(packed: Any, ralph: Ralph) -> Iterator[Callable[..., Lms]]:
    """Enrol a learner in a package. At the end every statement in the store is a good one."""
    hosted = []

    def begin(name: str = "cmi5", files: dict[str, bytes] | None = None) -> Lms:
        hosted.append(cmi5_lms.hosting(files or packed[name], ralph, MODULE))
        return hosted[-1].__enter__()

    yield begin
    kept = ralph.statements()
    for each in hosted:
        each.__exit__(None, None, None)
    assert refusals(kept) == [""] * len(kept) if kept else True


@pytest.fixture
def profile(browser: Browser) -> Iterator[Callable[..., Page]]:
    """A learner's browser; nothing is asked for but of the LMS, and only an LMS that fails makes faults."""
    contexts, faults = [], []

    def begin(lms: Lms, *, width: int = 1280, height: int = 900, **options: Any) -> Page:
        settings = {"locale": "en-US", "reduced_motion": "reduce", **options}
        context = browser.new_context(viewport={"width": width, "height": height}, **settings)
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"uncaught: {error}"))
        page.on(
            "console",
            lambda told: (
                faults.append(told.text)
                if told.type in {"error", "warning"} and "Failed to load resource" not in told.text
                else None
            ),
        )
        page.on(
            "request",
            lambda request: (
                None
                if request.url.startswith((lms.url, lms.endpoint, "data:", "about:"))
                else faults.append(request.url)
            ),
        )
        return page

    yield begin
    for context in contexts:
        context.close()
    assert [fault for fault in faults if "beforeunload" not in fault] == []


@pytest.fixture
def begin(profile: Any) -> Callable[..., Page]:
    """A session in a browser of its own."""

    def open_course(lms: Lms, address: str = "", **options: Any) -> Page:
        page = profile(lms, **options)
        opened(page, lms, address or lms.launch())
        shown(page)
        return page

    return open_course


def shown(page: Page) -> None:
    sco(page).locator("quiz-score .board, .gs-package__ask").locator("visible=true").first.wait_for()


def over(lms: Lms, page: Page) -> None:
    """The learner closes the course, and the LMS hears of it."""
    sessions = lms.session()
    leave(page)
    lms.wait(lambda: "terminated" in sessions.verbs)


def answer_all(page: Page, *wrong: str) -> None:
    for identifier in IDS:
        answer(page, identifier, right=identifier not in wrong)


def said(locale: str) -> dict[str, str]:
    return dict(components.words("lms-session", locale))


def told(page: Page) -> Any:
    return sco(page).locator(".gs-package__told")


def verdicts(lms: Lms) -> list[str]:
    return [verb for verb in lms.verbs if verb != "answered"]


def categories(statement: dict[str, Any]) -> list[str]:
    prefix = f"{CMI5}/categories/"
    ids = [each["id"] for each in statement["context"]["contextActivities"]["category"]]
    return [each.removeprefix(prefix) for each in ids if each.startswith(prefix)]


# cmi5


@pytest.mark.parametrize("locale", LOCALES)
def test_a_whole_story_wrong_leave_resume_fail_and_pass_in_a_new_session(locale, enrol, begin):
    lms = enrol()
    lms.language = f"{LANGUAGE_TAGS[locale]},de"

    # First session: two answers; then the learner leaves.
    page = begin(lms)
    expect(sco(page).locator("article h1")).to_have_text(TITLES[locale])
    expect(told(page)).to_have_text("")
    answer(page, "at-the-source", right=False)
    answer(page, "saves-water", right=True)
    over(lms, page)
    assert lms.verbs == ["initialized", "answered", "answered", "terminated"]

    # Second session: all is back; the rest, two wrong; failed, and told when the learner leaves.
    page = begin(lms)
    expect(sco(page).locator('quiz-question[data-id="at-the-source"]')).to_have_attribute("data-state", "wrong")
    expect(sco(page).locator('quiz-question[data-id="saves-water"]')).to_have_attribute("data-state", "right")
    for identifier in IDS[2:]:
        answer(page, identifier, right=identifier != "order")
    lms.wait(lambda: "completed" in lms.verbs)
    over(lms, page)
    assert verdicts(lms)[2:] == ["initialized", "completed", "failed", "terminated"]

    # Third session: passed, and back to where the LMS wants its learner.
    page = begin(lms)
    answer(page, "order", right=True)
    expect(sco(page).locator("quiz-score .verdict")).to_have_text(words(locale)["quiz"]["passed"])
    lms.wait(lambda: "passed" in lms.verbs)
    sco(page).locator('[data-do="end"]').click()
    expect(sco(page).locator("body")).to_have_text("Back in the LMS")
    assert verdicts(lms)[6:] == ["initialized", "passed", "terminated"]

    # Fourth session: nothing is told twice, and a worse answer takes nothing away.
    page = begin(lms)
    answer(page, "pairs", right=False)
    answer(page, "litres", right=False)
    over(lms, page)
    assert verdicts(lms)[9:] == ["initialized", "terminated"]
    assert lms.refused == []
    assert [path for method, path in lms.heard if "fetch/" in path] == [
        f"/xapi/fetch/{code}" for code in lms.sessions
    ], "each token was fetched once"


def test_every_statement_says_what_cmi5_wants(enrol, begin):
    lms = enrol()
    lms.language = "es-MX"
    page = begin(lms)
    answer_all(page, "order")
    lms.wait(lambda: "passed" in lms.verbs)
    over(lms, page)
    made = {statement["verb"]["id"].removeprefix(ADL): statement for statement in lms.kept}
    session = lms.session()

    assert list(made) == ["initialized", "answered", "completed", "passed", "terminated"]
    for verb, statement in made.items():
        context = statement["context"]
        assert statement["actor"] == ACTOR
        assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", statement["timestamp"])
        assert context["registration"] == session.registration
        assert context["extensions"][cmi5_lms.SESSION] == session.id
        assert context["contextActivities"]["grouping"] == [{"id": MODULE}]
        assert context["platform"] == "Green Supply"
        assert context["revision"] == "1"
        assert context.get("language") == (None if verb == "initialized" else "es-MX")
        if verb != "answered":
            assert statement["object"] == {"objectType": "Activity", "id": ACTIVITY}
    assert {verb: categories(statement) for verb, statement in made.items()} == {
        "initialized": ["cmi5"],
        "answered": [],
        "completed": ["cmi5", "moveon"],
        "passed": ["cmi5", "moveon"],
        "terminated": ["cmi5"],
    }
    duration = made["completed"]["result"].pop("duration")
    assert re.fullmatch(r"PT(\d+H)?(\d+M)?\d+(\.\d{1,2})?S", duration)
    assert made["completed"]["result"] == {"completion": True}
    assert made["passed"]["result"] == {"success": True, "score": {"scaled": 5 / 6}, "duration": duration}
    assert made["passed"]["context"]["extensions"][cmi5_lms.MASTERY] == 0.8
    assert list(made["terminated"]["result"]) == ["duration"]
    assert "result" not in made["initialized"]


def test_an_answer_is_told_with_what_was_right(enrol, begin):
    lms = enrol()
    page = begin(lms)
    answer_all(page, "pairs", "drag-out")
    over(lms, page)
    answers = {
        statement["object"]["id"].partition("#")[2]: statement
        for statement in lms.kept
        if statement["verb"]["id"] == f"{ADL}answered"
    }

    assert list(answers) == list(IDS)
    expected = {
        "at-the-source": ("choice", "b", "b"),
        "saves-water": ("choice", "a[,]c", "a[,]c"),
        "drag-out": ("true-false", "true", "false"),
        "litres": ("numeric", "12250[:]12750", "12500"),
        "pairs": ("matching", "1[.]a[,]2[.]b[,]3[.]c", "1[.]c[,]2[.]b[,]3[.]a"),
        "order": ("sequencing", "a[,]b[,]c", "a[,]b[,]c"),
    }
    for identifier, (kind, pattern, given) in expected.items():
        definition, result = answers[identifier]["object"]["definition"], answers[identifier]["result"]
        assert definition["interactionType"] == kind
        assert definition["correctResponsesPattern"] == [pattern]
        assert list(definition["description"]) == ["en"]
        assert result.pop("duration").startswith("PT")
        assert result == {"success": identifier not in ("pairs", "drag-out"), "response": given}


def test_the_programme_reads_one_record_of_the_module_out_of_it(enrol, begin, tmp_path):
    lms = enrol()
    lms.language = "fr-CA"
    page = begin(lms)
    answer_all(page, "order")
    lms.wait(lambda: "passed" in lms.verbs)
    over(lms, page)
    file = tmp_path / "export.json"
    file.write_text(json.dumps(lms.kept), encoding="utf-8")
    scope = records.Scope(
        modules={"rinsing": records.KnownModule(revision=1, pass_mark=0.8)},
        now=datetime.now(UTC),
        pseudonym=lambda name: "f" * 32,
    )

    [only] = [each for each in records.read(file, scope) if isinstance(each, Completion)]
    assert (only.module, only.delivery, only.locale, only.revision) == ("rinsing", Delivery.LMS, "fr", 1)
    assert (only.score, only.passed) == (0.833333, True)


def test_failing_is_told_once_in_a_session_and_only_after_answers(enrol, begin):
    lms = enrol()
    page = begin(lms)
    answer_all(page, *IDS)
    answer(page, "order", right=True)
    over(lms, page)
    page = begin(lms)
    over(lms, page)

    assert verdicts(lms) == ["initialized", "completed", "failed", "terminated", "initialized", "terminated"]
    [failed] = [statement for statement in lms.kept if statement["verb"]["id"] == f"{ADL}failed"]
    assert failed["result"]["success"] is False
    assert failed["result"]["score"] == {"scaled": 1 / 6}
    assert lms.refused == []


def test_a_machine_that_breaks_down_goes_on_in_the_same_session(enrol, profile):
    lms = enrol()
    page = profile(lms)
    address = lms.launch()
    page.goto(address)
    page.locator("quiz-score .board").wait_for()
    page.locator('quiz-question[data-id="drag-out"] input[value="0"]').check()
    page.locator('quiz-question[data-id="drag-out"] [data-do="check"]').click()
    lms.wait(lambda: lms.states and "i0" in lms.state["state"])
    held = page.evaluate("JSON.stringify({...sessionStorage})")
    with pytest.raises(Error, match="crash"):
        page.goto("chrome://crash")
    assert "terminated" not in lms.verbs

    # The browser opens the tab again, with its store.
    page = page.context.new_page()
    page.add_init_script(f"Object.assign(sessionStorage, {held})")
    page.goto(address)
    page.locator("quiz-score .board").wait_for()
    expect(page.locator(".gs-package__told")).to_have_text("")
    expect(page.locator('quiz-question[data-id="drag-out"]')).to_have_attribute("data-state", "right")
    page.locator('quiz-question[data-id="at-the-source"] input[value="1"]').check()
    page.locator('quiz-question[data-id="at-the-source"] [data-do="check"]').click()
    lms.wait(lambda: lms.verbs.count("answered") == 2)

    assert lms.verbs == ["initialized", "answered", "answered"]
    assert sum("fetch/" in path for _, path in lms.heard) == 1
    assert lms.refused == []


def test_a_reload_ends_the_session_and_that_is_told(enrol, begin):
    lms = enrol()
    page = begin(lms)
    answer(page, "at-the-source", right=True)
    lms.wait(lambda: "answered" in lms.verbs)
    page.frames[1].evaluate("location.reload()")
    expect(told(page)).to_have_text(said("en")["ended"])
    expect(sco(page).locator('quiz-question[data-id="at-the-source"]')).to_have_attribute("data-state", "right")
    answer(page, "drag-out", right=True)
    assert sum("fetch/" in path for _, path in lms.heard) == 1
    sco(page).locator('[data-do="end"]').click()
    expect(sco(page).locator("body")).to_have_text("Back in the LMS")

    assert lms.verbs == ["initialized", "answered", "terminated"]
    assert lms.refused == []
    page = begin(lms)
    expect(sco(page).locator('quiz-question[data-id="at-the-source"]')).to_have_attribute("data-state", "right")
    expect(sco(page).locator('quiz-question[data-id="drag-out"]')).not_to_have_attribute("data-state", "right")


@pytest.mark.parametrize("mode", ["Review", "Browse"])
def test_looking_back_tells_only_that_it_began_and_ended(mode, enrol, begin):
    lms = enrol()
    page = begin(lms)
    answer(page, "at-the-source", right=True)
    over(lms, page)
    before = lms.state
    lms.mode = mode
    page = begin(lms)
    expect(told(page)).to_have_text(said("en")["looking"])
    expect(sco(page).locator('quiz-question[data-id="at-the-source"]')).to_have_attribute("data-state", "right")
    for identifier in IDS[1:]:
        answer(page, identifier, right=True)
    over(lms, page)

    assert lms.verbs[3:] == ["initialized", "terminated"]
    assert lms.state == before
    assert lms.refused == []


@pytest.mark.parametrize(
    ("mastery", "shown_mark", "wrong", "verdict"),
    [(0.5, "50%", HALF, "passed"), (0.9, "90%", ("order",), "failed"), (None, "80%", ("order",), "passed")],
)
def test_the_pass_mark_of_the_lms_goes_before_the_modules(mastery, shown_mark, wrong, verdict, enrol, begin):
    lms = enrol()
    lms.mastery = mastery
    page = begin(lms)
    expect(sco(page).locator('[data-show="pass-mark"]')).to_have_text(shown_mark)
    answer_all(page, *wrong)
    over(lms, page)

    assert verdicts(lms) == ["initialized", "completed", verdict, "terminated"]
    assert lms.refused == []


@pytest.mark.parametrize("locale", LOCALES)
def test_a_connection_that_is_cut_loses_nothing_and_is_told(locale, enrol, begin):
    lms = enrol()
    lms.language = LANGUAGE_TAGS[locale]
    page = begin(lms)
    answer(page, "at-the-source", right=True)
    lms.wait(lambda: "answered" in lms.verbs)
    lms.cut = True
    for identifier in IDS[1:]:
        answer(page, identifier, right=True)
    host = lms.endpoint.split("/")[2]
    expect(told(page)).to_have_text(said(locale)["refused"].format(error=f"0, {host}"))
    assert lms.verbs == ["initialized", "answered"]
    lms.cut = False
    sco(page).locator('[data-do="resend"]').click()
    expect(told(page)).to_have_text("")

    assert lms.verbs == ["initialized", *["answered"] * 6, "completed", "passed"]
    assert [statement["object"]["id"].partition("#")[2] for statement in lms.kept[1:7]] == list(IDS)
    over(lms, page)
    assert lms.refused == []


def test_nobody_leaves_by_hand_while_something_is_unsent(enrol, begin):
    lms = enrol()
    page = begin(lms)
    lms.cut = True
    answer(page, "at-the-source", right=True)
    expect(told(page)).to_contain_text("did not accept everything")
    before = len(lms.heard)
    sco(page).locator('[data-do="end"]').click()
    lms.wait(lambda: len(lms.heard) > before)
    answer(page, "drag-out", right=True)

    expect(told(page)).to_contain_text("did not accept everything")
    assert lms.verbs == ["initialized"]


def test_what_still_waits_goes_with_the_end_in_one_request(enrol, begin):
    lms = enrol()
    page = begin(lms)
    lms.status = 503
    answer_all(page)
    expect(told(page)).to_contain_text("503")
    lms.status = 0
    over(lms, page)

    assert lms.verbs == ["initialized", *["answered"] * 6, "completed", "passed", "terminated"]
    assert isinstance(json.loads(lms.bodies[-1]), list)
    assert lms.refused == []


def test_an_lms_that_takes_no_answers_of_ours_gets_the_rest(enrol, begin, monkeypatch):
    lms = enrol()
    page = begin(lms)
    reason = lms._reason
    monkeypatch.setattr(
        lms, "_reason", lambda session, one: "no" if "answered" in str(one["verb"]) else reason(session, one)
    )
    answer_all(page)
    lms.wait(lambda: "passed" in lms.verbs)
    over(lms, page)

    assert lms.verbs == ["initialized", "completed", "passed", "terminated"]


@pytest.mark.parametrize(
    ("going", "refused"),
    [([], ["completed: once", "passed: once"]), (["completed", "passed"], [])],
    ids=["not known", "not known for sure"],
)
def test_a_statement_that_the_lms_has_already_is_no_fault(going, refused, enrol, begin):
    """The first session's State was lost on its way, so the second does not know that the LMS was told."""
    lms = enrol()
    page = begin(lms)
    answer_all(page)
    lms.wait(lambda: "passed" in lms.verbs and lms.state["told"] == ["completed", "passed"])
    over(lms, page)
    [key] = lms.states
    lms.states[key] = json.dumps({**lms.state, "told": [], "going": going})
    page = begin(lms)
    answer(page, "order", right=True)
    lms.wait(lambda: lms.state["told"] == ["completed", "passed"])

    expect(told(page)).to_have_text("")
    assert lms.refused == refused
    assert verdicts(lms).count("passed") == 1


def test_a_second_fetch_and_a_damaged_launch_are_told(enrol, profile):
    lms = enrol()
    address = lms.launch()
    lms.session().fetched = True
    page = profile(lms)
    opened(page, lms, address)
    expect(told(page)).to_have_text(said("en")["not_begun"].format(error="fetch 1"))
    for name in ("actor", "registration", "activityId", "endpoint"):
        page = profile(lms)
        opened(page, lms, lms.launch(**{name: ""}))
        expect(told(page)).to_have_text(said("en")["not_begun"].format(error=name))
    page = profile(lms)
    lms.status = 500
    opened(page, lms, lms.launch())
    expect(told(page)).to_contain_text("500")

    assert lms.verbs == []


def test_without_a_launch_there_is_no_lms(enrol, profile):
    for name in ("cmi5", "xapi"):
        lms = enrol(name)
        page = profile(lms, locale="es-MX")
        opened(page, lms, f"{lms.url}course/index.html")
        expect(told(page)).to_have_text(said("es")["no_lms"])
        expect(sco(page).locator('[data-do="end"]')).to_be_hidden()

        assert lms.heard == []


def test_a_course_that_the_lms_wants_back_nowhere_says_that_it_is_over(enrol, profile):
    lms = enrol()
    address = lms.launch()
    lms.session().data["returnURL"] = "javascript:alert(1)"
    page = profile(lms)
    opened(page, lms, address)
    shown(page)
    sco(page).locator('[data-do="end"]').click()

    expect(told(page)).to_have_text(said("en")["left"])
    expect(sco(page).locator('[data-do="end"]')).to_be_hidden()
    assert lms.verbs == ["initialized", "terminated"]


def test_the_browser_keeps_the_token_of_the_tab_and_nothing_of_the_learner(enrol, begin):
    lms = enrol()
    page = begin(lms)
    answer(page, "at-the-source", right=True)
    [held] = page.frames[1].evaluate("Object.values(sessionStorage)")

    assert page.frames[1].evaluate("[Object.keys(localStorage), document.cookie]") == [[], ""]
    assert set(json.loads(held)) == {"fetch", "token", "begun", "over"}


@pytest.mark.parametrize("wrong", [(), ("order",), ("order", "pairs"), IDS], ids=lambda wrong: f"{len(wrong)} wrong")
def test_the_same_answers_give_the_same_score_as_on_the_site(wrong, rinsing_hub, enrol, begin, profile):
    """That SCORM gives the same as the site too is seen in `test_scorm`."""
    with scorm.hosting("scorm12", scorm.files(rinsing_hub.folder)) as lms:
        lms.has_api, lms.start = False, f"/course/{HOMES['es']}modules/rinsing/index.html"
        lms.endpoint = lms.url
        page = profile(lms, locale="es-MX")
        page.goto(f"{lms.url}lms")
        shown(page)
        answer_all(page, *wrong)
        on_the_site = result_of(page)
    lms = enrol()
    lms.language = "es-MX"
    page = begin(lms)
    answer_all(page, *wrong)
    assert result_of(page) == on_the_site
    over(lms, page)

    [told_score] = [
        statement["result"]["score"]["scaled"] for statement in lms.kept if "score" in statement.get("result", {})
    ]
    assert told_score == (len(IDS) - len(wrong)) / len(IDS)


def result_of(page: Page) -> tuple[str | None, str | None]:
    board = sco(page).locator("quiz-score")
    return board.locator('[data-show="score"]').text_content(), board.get_attribute("data-state")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_found_by_axe_and_nothing_runs_over(width, scheme, enrol, begin):
    lms = enrol()
    lms.language = "fr-CA"
    page = begin(lms, width=width, color_scheme=scheme)
    expect(sco(page).locator('[data-do="end"]')).to_have_text("Quitter")
    frame = page.frames[1]

    assert violations(frame, scheme, colours=coloured_at(width, scheme)) == []
    assert frame.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert frame.evaluate("document.querySelector('[data-do=end]').getBoundingClientRect().height") >= 44


def test_the_state_of_the_published_module_with_the_most_choices_all_wrong_fits(enrol, begin):
    shelf = library.read(ROOT / "modules", ROOT / "content").without_drafts()
    texts = {name: module.texts["fr"] for name, module in shelf.modules.items() if "fr" in module.texts}
    name = max(texts, key=lambda name: sum(2 + len(one.choices) for one in texts[name].questions))
    lms = enrol(files=packages.files(shelf, name, format="cmi5", locales=("fr",), url=HUB))
    page = begin(lms)
    for question in texts[name].questions:
        answer(page, question.id, right=False)
    over(lms, page)
    assert verdicts(lms) == ["initialized", "completed", "failed", "terminated"]
    assert max(map(len, lms.bodies)) < 50_000
    assert len(json.dumps(lms.state)) < 4096
    assert lms.refused == []


# xAPI launch


def test_an_xapi_package_tells_the_hubs_completion_record_once(enrol, begin):
    lms = enrol("xapi")
    page = begin(lms, lms.tin_can(), locale="es-MX")
    expect(sco(page).locator("article h1")).to_have_text("Enjuague")
    assert page.frames[1].evaluate("location.search") == ""
    answer(page, "order", right=False)
    lms.wait(lambda: lms.states)
    leave(page)
    page = begin(lms, lms.tin_can(), locale="es-MX")
    expect(sco(page).locator('quiz-question[data-id="order"]')).to_have_attribute("data-state", "wrong")
    for identifier in IDS[:5]:
        answer(page, identifier, right=True)
    lms.wait(lambda: lms.verbs == ["completed"] and lms.state["told"])
    answer(page, "order", right=True)
    leave(page)
    begin(lms, lms.tin_can(), locale="es-MX")

    [made] = lms.kept
    assert re.fullmatch(r"[0-9a-f-]{36}", made.pop("id"))
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", made.pop("timestamp"))
    assert made == {
        "actor": ACTOR,
        "verb": {
            "id": f"{ADL}completed",
            "display": {LANGUAGE_TAGS[each]: words(each)["record"]["completed"] for each in LOCALES},
        },
        "object": {
            "objectType": "Activity",
            "id": ACTIVITY,
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/module",
                "name": {LANGUAGE_TAGS[each]: title for each, title in TITLES.items()},
            },
        },
        "result": {"completion": True, "success": True, "score": {"scaled": 5 / 6, "raw": 5, "min": 0, "max": 6}},
        "context": {
            "registration": lms.registration,
            "language": "es-MX",
            "platform": "Green Supply",
            "revision": "1",
            "contextActivities": {
                "category": [{"id": f"{HUB}xapi/recipe/1"}],
                "grouping": [{"id": MODULE}],
            },
            "extensions": {f"{HUB}xapi/delivery": "lms"},
        },
    }


def test_a_statement_whose_answer_was_lost_goes_again_unchanged_in_the_next_session(enrol, begin):
    lms = enrol("xapi")
    page = begin(lms, lms.tin_can())
    answer_all(page)
    lms.wait(lambda: lms.verbs == ["completed"] and lms.state["told"])
    leave(page)
    page.close()  # it may say once more where the learner stands, and only then is the answer lost
    [key] = lms.states
    lms.states[key] = json.dumps({**lms.state, "told": False})
    page = begin(lms, lms.tin_can())
    answer(page, "order", right=True)
    lms.wait(lambda: len(lms.bodies) > 1 and lms.state["told"])

    assert lms.bodies[0] == lms.bodies[1]
    assert len(lms.kept) == 1


def test_a_cut_connection_keeps_an_xapi_result_until_it_can_go(enrol, begin):
    lms = enrol("xapi")
    page = begin(lms, lms.tin_can())
    lms.cut = True
    answer_all(page)
    expect(told(page)).to_contain_text("did not accept everything")
    lms.cut = False
    sco(page).locator('[data-do="resend"]').click()
    expect(told(page)).to_have_text("")

    assert lms.verbs == ["completed"]


def test_an_old_form_of_the_actor_is_understood_and_nothing_of_a_launch_stays(enrol, begin):
    lms = enrol("xapi")
    old = {
        "objectType": ["Agent"],
        "account": [{"accountServiceHomePage": "https://lms.example", "accountName": "Pérez, 2041"}],
    }
    page = begin(lms, lms.tin_can(actor=json.dumps(old)))
    answer_all(page)
    lms.wait(lambda: lms.verbs == ["completed"])
    assert lms.kept[0]["actor"] == ACTOR
    stores = page.frames[1].evaluate(
        "JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie, location.href])"
    )

    assert not [secret for secret in (AUTH, "2041", lms.registration, "endpoint", "answers") if secret in stores]
    page.frames[1].evaluate("location.reload()")
    expect(told(page)).to_have_text(said("en")["ended"])


def test_an_endpoint_without_encryption_gets_nothing(enrol, profile):
    lms = enrol("xapi")
    page = profile(lms)
    opened(page, lms, lms.tin_can(endpoint="http://lms.example/xapi/"))

    expect(told(page)).to_have_text(said("en")["not_begun"].format(error="lms.example: plain_text"))
