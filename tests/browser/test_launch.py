"""A learning management system opens a page of the site (xAPI launch): whose result goes where, and what is kept: nothing."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import pytest
from builders import TITLES
from greensupply import locales, records
from greensupply.completion import Completion, Delivery
from record_faults import Answer
from record_store import LMS, authorization, refusals
from recording import LONG, MODULE, place
from visiting import LOCALES, LOOKS

pytestmark = pytest.mark.browser
AUTH = authorization(LMS)
ACTOR = {"objectType": "Agent", "account": {"homePage": "https://lms.example", "name": "2041"}}
REGISTRATION = "6b2e0bd0-5c1a-4f2e-9d55-1f0a2f3f4a5b"
TAGS = {"en": "en", "es": "es-MX", "fr": "fr-CA"}
SECRETS = ("endpoint", AUTH, AUTH.split()[1], "2041", "lms.example", REGISTRATION, "activity_id")
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


@pytest.fixture(scope="session")
def hub(recording_hub):
    """A hub that also allows launches whose endpoint is that of its record store."""
    return recording_hub


@pytest.fixture
def launch(learner, lrs):
    """Open a module as a learning management system does; `without` names parameters to leave out."""

    def begin(locale="en", *without, name=MODULE, visitor=None, anchor="", **changes):
        given = {
            "endpoint": f"{lrs.url}/",
            "auth": AUTH,
            "actor": ACTOR,
            "registration": REGISTRATION,
            "activity_id": "https://lms.example/course/7",
            **changes,
        }
        query = {
            key: value if isinstance(value, str) else json.dumps(value)
            for key, value in given.items()
            if key not in without
        }
        visitor = visitor or learner()
        visitor.open(f"{place(locale, name)}?{urlencode(query)}{anchor}")
        return visitor

    return begin


def words(locale="en"):
    said = locales.words(locale)
    return {**said["record"], **said["launch"]}


def answer(page, choice="1"):
    page.locator(f'quiz-question input[value="{choice}"]').check()
    page.locator('quiz-question [data-do="check"]').click()


def told(page):
    return page.locator('lms-launch[data-part="notice"]').inner_text()


def says(page, *parts):
    """Wait until the page says all of that of the result."""
    page.wait_for_function(
        "parts => parts.every(part => document.querySelector('lms-launch .state').textContent.includes(part))",
        arg=list(parts),
    )


KEPT = """async () => {
  const stores = [localStorage, sessionStorage].map(store => Object.entries(store))
  const caches_ = []
  for (const name of await caches.keys()) {
    for (const request of await (await caches.open(name)).keys()) caches_.push(request.url)
  }
  const bases = (await indexedDB.databases()).map(base => base.name)
  return JSON.stringify([...stores, caches_, bases, document.cookie, location.href, history.state, document.referrer, name])
}"""


# What is sent


@pytest.mark.parametrize("locale", LOCALES)
def test_the_result_goes_by_itself_to_who_opened_the_page_about_whom_it_named(launch, lrs, hub, locale):
    page = launch(locale).page
    host = lrs.url.split("/")[2]
    assert told(page) == words(locale)["open"].format(host=host)

    answer(page)

    says(page, words(locale)["sent"].format(host=host))
    [made] = lrs.kept
    site = hub.url.rstrip("/")
    assert UUID.fullmatch(made.pop("id"))
    assert re.fullmatch(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", made.pop("timestamp"))
    assert made == {
        "actor": ACTOR,
        "verb": {
            "id": "http://adlnet.gov/expapi/verbs/completed",
            "display": {"en": "completed", "es-MX": "completó", "fr-CA": "a terminé"},
        },
        "object": {
            "objectType": "Activity",
            "id": "https://lms.example/course/7",
            "definition": {
                "type": "http://adlnet.gov/expapi/activities/module",
                "name": {TAGS[name]: title for name, title in TITLES.items()},
            },
        },
        "result": {"completion": True, "success": True, "score": {"scaled": 1, "raw": 1, "min": 0, "max": 1}},
        "context": {
            "registration": REGISTRATION,
            "language": TAGS[locale],
            "platform": "Green Supply",
            "revision": "1",
            "contextActivities": {
                "category": [{"id": f"{site}/xapi/recipe/1"}],
                "grouping": [{"id": f"{site}/modules/{MODULE}"}],
            },
            "extensions": {f"{site}/xapi/delivery": "lms"},
        },
    }
    [headers] = lrs.headers
    assert headers["authorization"] == AUTH
    assert "cookie" not in headers
    assert "referer" not in headers
    assert refusals([lrs.bodies[0].decode()]) == [""]


def test_the_programme_reads_it_as_a_record_of_the_module(launch, lrs, tmp_path):
    page = launch().page
    answer(page)
    says(page, "has your result")

    file = tmp_path / "export.json"
    file.write_bytes(lrs.bodies[0])
    scope = records.Scope(
        modules={MODULE: records.KnownModule(revision=1, pass_mark=0.8)},
        now=datetime.now(UTC),
        pseudonym=lambda name: "f" * 32,
    )

    [only] = records.read(file, scope)
    assert isinstance(only, Completion)
    assert (only.module, only.delivery, only.passed) == (MODULE, Delivery.LMS, True)


def test_the_hubs_own_activity_is_named_once(launch, lrs, hub):
    own = f"{hub.url}modules/{MODULE}"
    page = launch(activity_id=own).page
    answer(page)
    says(page, "has your result")

    [made] = lrs.kept
    assert made["object"]["id"] == own
    assert "grouping" not in made["context"]["contextActivities"]


@pytest.mark.parametrize("changes", [{}, {"registration": "7", "activity_id": "course 7"}])
def test_what_is_missing_or_cannot_be_read_beside_the_actor_is_ours(launch, lrs, hub, changes):
    without = () if changes else ("registration", "activity_id")
    page = launch("en", *without, **changes).page
    answer(page)
    says(page, "has your result")

    [made] = lrs.kept
    assert UUID.fullmatch(made["context"]["registration"])
    assert made["object"]["id"] == f"{hub.url}modules/{MODULE}"
    assert refusals(lrs.kept) == [""]


def test_a_second_try_makes_no_second_statement(launch, lrs):
    page = launch().page
    answer(page, "0")
    assert page.locator('lms-launch[data-part="result"]').is_hidden()
    answer(page, "1")
    says(page, "has your result")
    answer(page, "0")
    answer(page, "1")

    assert len(lrs.bodies) == 1


AGENT = """async ([base, actor]) => (await import(base + 'sources/shared/launch.js')).agent(actor)"""


@pytest.mark.parametrize(
    ("given", "agent"),
    [
        (
            {
                "name": ["Ana Ruiz"],
                "account": [{"accountServiceHomePage": "https://cloud.example", "accountName": "CLOUD|7"}],
                "objectType": ["Agent"],
            },
            {
                "objectType": "Agent",
                "name": "Ana Ruiz",
                "account": {"homePage": "https://cloud.example", "name": "CLOUD|7"},
            },
        ),
        (
            {"objectType": "Person", "name": ["Ana"], "mbox": ["mailto:ana@plant.example", "mailto:a@b.example"]},
            {"objectType": "Agent", "name": "Ana", "mbox": "mailto:ana@plant.example"},
        ),
        ({"mbox": "ana@plant.example"}, {"objectType": "Agent", "mbox": "mailto:ana@plant.example"}),
        ([ACTOR], ACTOR),
        ({**ACTOR, "mbox": "mailto:ana@plant.example", "extra": 1}, ACTOR),
        ({"account": {"homePage": "https://lms.example", "name": 2041}}, ACTOR),
        ({"mbox_sha1sum": ["a" * 40]}, {"objectType": "Agent", "mbox_sha1sum": "a" * 40}),
        ({"openid": "https://ana.example/"}, {"objectType": "Agent", "openid": "https://ana.example/"}),
        ({"objectType": "Group", **{key: ACTOR[key] for key in ("account",)}}, None),
        ({"account": {"homePage": "no address", "name": "x"}}, None),
        ({"account": {"homePage": "https://lms.example", "name": ""}}, None),
        ({"mbox": "mailto:"}, None),
        ({"name": "Ana"}, None),
        ("Ana", None),
        (None, None),
        ([], None),
        ({"account": {"homePage": {"__proto__": 1}, "name": "x"}}, None),
    ],
)
def test_an_actor_of_any_form_becomes_one_agent_of_one_identifier(learner, hub, given, agent):
    page = learner().open(place())

    assert page.evaluate(AGENT, [hub.url, given]) == agent
    if agent:
        statement = {
            "actor": agent,
            "verb": {"id": "http://adlnet.gov/expapi/verbs/completed"},
            "object": {"id": hub.url},
        }
        assert refusals([statement]) == [""]


# What is kept: nothing


def test_nothing_of_it_is_kept_and_the_address_is_clean_before_the_page_is_drawn(learner, launch, lrs):
    visitor = learner()
    visitor.context.add_init_script(
        "addEventListener('DOMContentLoaded', () => { window.seen = location.href }, {once: true})"
    )
    page = launch(visitor=visitor, anchor="#why-rinse").page
    assert page.evaluate("seen") == page.url
    assert page.url.endswith(f"{place()}#why-rinse")
    lrs.plan(*[503] * 3)
    answer(page)
    says(page, words()["waiting"], words()["again"])

    kept = page.evaluate(KEPT)

    assert [secret for secret in SECRETS if secret in kept] == []
    assert json.loads(kept)[0] == [], "neither answers nor the record, which may be another person's"
    assert json.loads(kept)[1] == [["greensupply.launched", "1"]]
    held = page.evaluate("document.documentElement.outerHTML")
    assert [secret for secret in (AUTH.split()[1], "2041", REGISTRATION) if secret in held] == []
    lrs.plan()
    page.locator('lms-launch [data-do="send-result"]').click()
    says(page, "has your result")
    page.goto("about:blank")
    page = visitor.open("my-learning/")
    assert page.evaluate("Object.keys(localStorage)") == []


def test_what_the_device_knows_of_another_learner_is_neither_sent_nor_touched(learner, launch, lrs):
    visitor = learner()
    page = visitor.open(place())
    answer(page)
    page.locator("completion-record .form").wait_for()
    page.goto("about:blank")
    page = visitor.open("")
    before = page.evaluate("JSON.stringify(Object.entries(localStorage).sort())")

    page = launch(visitor=visitor).page

    page.locator("quiz-score .board").wait_for()
    assert page.locator("quiz-score progress").get_attribute("value") == "0"
    assert page.locator("completion-record").is_hidden()
    assert page.locator("quiz-score .kept").is_hidden()
    assert lrs.bodies == []
    answer(page)
    says(page, "has your result")
    page.goto("about:blank")
    page = visitor.open("")
    assert page.evaluate("JSON.stringify(Object.entries(localStorage).sort())") == before


def test_a_page_that_was_left_says_that_the_connection_ended(launch, lrs):
    visitor = launch()
    page = visitor.page

    page.reload()

    assert told(page) == words()["ended"]
    answer(page)
    page.locator("completion-record .form").wait_for()
    assert lrs.bodies == []


@pytest.mark.parametrize("begun", [True, False])
def test_leaving_with_answers_that_are_not_sent_is_asked_about(launch, begun):
    page = launch().page
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    if begun:
        answer(page, "0")

    page.reload()

    assert asked == (["beforeunload"] if begun else [])


def test_the_page_in_another_language_is_opened_by_the_same_launch(launch, lrs, hub):
    page = launch().page
    assert "auth" not in (page.locator('a[hreflang="es-MX"]').first.get_attribute("href") or "")
    link = page.locator('a[hreflang="es-MX"]:visible').first
    if not link.count():
        page.get_by_role("button", name=re.compile("English")).first.click()
    page.locator('a[hreflang="es-MX"]:visible').first.click()
    page.wait_for_url(f"{hub.url}{place('es')}")

    assert told(page) == words("es")["open"].format(host=lrs.url.split("/")[2])
    answer(page)
    says(page, words("es")["sent"].split("{host}")[1])
    assert lrs.kept[0]["context"]["language"] == "es-MX"
    assert lrs.kept[0]["actor"] == ACTOR


# What is refused


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("changes", "host", "why"),
    [
        ({"endpoint": "http://lrs.example/xapi"}, "lrs.example", "plain_text"),
        ({"endpoint": "https://other.example:8443/xapi/"}, "other.example:8443", "unknown"),
        ({"actor": "Ana"}, "", "damaged"),
    ],
)
def test_a_launch_that_cannot_be_is_told_and_the_page_goes_on_as_usual(launch, lrs, locale, changes, host, why):
    visitor = launch(locale, **changes)
    page = visitor.page

    assert told(page) == " ".join(words(locale)[name].format(host=host) for name in (why, "all_the_same"))
    assert "?" not in page.url
    assert visitor.axe() == []
    answer(page)
    page.locator("completion-record .form").wait_for()
    assert lrs.bodies == []


READ = """async ([base, query, allowed]) => {
  const {read} = await import(base + 'sources/shared/launch.js')
  const {host, why, endpoint} = read('?' + query, allowed)
  return why ?? `${host} ${endpoint}`
}"""
ALLOWED = ["https://lms.example/xapi", "https://any.example", "http://127.0.0.1:9/x"]


@pytest.mark.parametrize(
    ("endpoint", "found"),
    [
        ("https://lms.example/xapi/", "lms.example https://lms.example/xapi"),
        ("https://LMS.example/xapi", "lms.example https://lms.example/xapi"),
        ("https://lms.example/xapi/session/7/", "lms.example https://lms.example/xapi/session/7"),
        ("https://any.example/whatever/", "any.example https://any.example/whatever"),
        ("http://127.0.0.1:9/x", "127.0.0.1:9 http://127.0.0.1:9/x"),
        ("https://lms.example/xapi-of-others", "unknown"),
        ("https://lms.example/xapi/../admin", "unknown"),
        ("https://lms.example/xapi/%2e%2e/admin", "unknown"),
        ("https://lms.example.evil.example/xapi", "unknown"),
        ("https://lms.example:444/xapi", "unknown"),
        ("https://any.example.evil.example", "unknown"),
        ("http://lms.example/xapi", "plain_text"),
        ("http://localhost.evil.example/xapi", "plain_text"),
        ("http://127.0.0.1:9/y", "unknown"),
        ("https://any.example@evil.example/", "damaged"),
        ("https://user:secret@lms.example/xapi", "damaged"),
        ("https://lms.example/xapi?key=1", "damaged"),
        ("javascript:alert(1)", "damaged"),
        ("ftp://lms.example/xapi", "damaged"),
        ("/xapi", "damaged"),
        ("", "damaged"),
    ],
)
def test_80_only_endpoints_that_the_host_has_named_are_taken(learner, hub, endpoint, found):
    page = learner().open(place())
    query = urlencode({"endpoint": endpoint, "auth": AUTH, "actor": json.dumps(ACTOR)})

    assert page.evaluate(READ, [hub.url, query, ALLOWED]) == found


@pytest.mark.parametrize("auth", ["", " ", "Basic x\r\nX-Other: y", "Básico", "x" * 5000])
def test_a_key_that_is_no_header_is_none(learner, hub, auth):
    page = learner().open(place())
    query = urlencode({"endpoint": "https://any.example/x", "auth": auth, "actor": json.dumps(ACTOR)})

    assert page.evaluate(READ, [hub.url, query, ALLOWED]) == "damaged"


def test_an_address_with_something_else_in_it_is_no_launch(visit, hub):
    page = visit().open(f"{place()}?endpoint=x")

    assert page.locator("lms-launch:visible").count() == 0
    assert page.evaluate("sessionStorage.length") == 0


# Stores that fail

FAILING = [
    *((fault, "why_unreachable") for fault in ("reset", "lost", "half", "no-cors", "elsewhere")),
    *((fault, "why_strange") for fault in ("login", "wrong-ids")),
    *((fault, "why_busy") for fault in (429, 503)),
]


@pytest.mark.parametrize(("fault", "why"), FAILING)
def test_what_fails_is_said_and_tried_again_byte_for_byte(launch, lrs, fault, why):
    page = launch().page
    lrs.plan(fault, fault)

    answer(page)

    status = fault if isinstance(fault, int) else 200
    says(page, words()["waiting"], words()[why].format(host=lrs.url.split("/")[2], status=status))
    page.locator('lms-launch [data-do="send-result"]').click()
    lrs.wait(2)
    page.locator('lms-launch [data-do="send-result"]').click()
    says(page, "has your result")
    assert len(set(lrs.bodies)) == 1
    assert lrs.kept == [json.loads(lrs.bodies[0])]


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_has_expired_is_said_and_the_record_can_be_handed_over(launch, lrs, status):
    page = launch("fr").page
    lrs.plan(status)
    answer(page)
    says(page, words("fr")["why_denied"].format(host=lrs.url.split("/")[2], status=status), words("fr")["later"])

    with page.expect_download() as coming:
        page.locator('lms-launch [data-do="download-result"]').click()

    assert Path(coming.value.path()).read_bytes() == lrs.bodies[0]
    assert coming.value.suggested_filename.startswith(f"green-supply-{MODULE}-20")


def test_what_the_store_cannot_take_is_said_in_its_own_words(launch, lrs):
    page = launch().page
    lrs.plan(Answer(400, "<b>actor</b> is wrong"))

    answer(page)

    says(page, words()["aside"].format(host=lrs.url.split("/")[2], status=400), "“<b>actor</b> is wrong”")
    assert page.locator("lms-launch .state b").count() == 0


# Access


@pytest.mark.parametrize(("locale", "scheme", "width"), LOOKS)
def test_no_state_violates_wcag_or_runs_off_the_screen(learner, launch, lrs, locale, scheme, width):
    visitor = launch(locale, name=LONG, visitor=learner(width=width, color_scheme=scheme))
    page = visitor.page

    def check():
        assert visitor.axe(scheme) == []
        assert page.evaluate("() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth") <= 0

    check()
    lrs.plan(401)
    answer(page)
    says(page, words(locale)["later"])
    check()
    page.locator('lms-launch [data-do="send-result"]').focus()
    page.keyboard.press("Enter")
    says(page, words(locale)["sent"].format(host=lrs.url.split("/")[2]))
    check()
    assert page.locator("lms-launch .actions").is_hidden()


def test_without_javascript_nothing_of_it_is_seen(visit):
    page = visit(java_script_enabled=False).open(place())

    assert page.locator("lms-launch:visible").count() == 0
