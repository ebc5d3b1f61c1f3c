"""A record on its way to a record store that fails in every way: nothing lost, nothing twice, nothing unsaid."""

from __future__ import annotations

import json

import pytest
from record_faults import Answer
from recording import LONG, MODULE, parcels, passed, place, record, says, send, stop_clock, stored, text_of, words
from visiting import LOCALES

pytestmark = pytest.mark.browser
KEY = "greensupply.outbox"
HOUR = 3_600_000


@pytest.fixture(scope="session")
def hub(recording_hub):
    return recording_hub


@pytest.fixture
def host(lrs):
    return lrs.url.split("/")[2]


def text(name, locale="en", **values):
    return words(locale)[name].format(**values)


def start(learner, locale="en", name=MODULE):
    """A learner who has a record in hand; returns the visit, the page and the record's text."""
    visitor = learner()
    page = visitor.open(place(locale, name))
    return visitor, page, passed(page, "S-0042", "MX")


# Consent and success


@pytest.mark.parametrize("locale", LOCALES)
def test_nothing_is_sent_until_the_learner_says_so_and_knows_to_whom(learner, lrs, host, locale):
    _, page, made = start(learner, locale)
    box = page.locator("completion-record .sending")
    assert text("consent", locale, host=host) in box.inner_text()
    assert box.locator("button").inner_text() == text("send", locale, host=host)
    page.reload()
    page.locator("completion-record .made").wait_for()
    assert lrs.bodies == []

    send(page)

    says(page, words(locale)["sent"].split("{date}")[0].format(host=host))
    assert lrs.bodies == [made.encode()]
    [headers] = lrs.headers
    assert headers["authorization"] == "Basic c2l0ZTpwdWJsaWM="
    assert headers["content-type"] == "application/json"
    assert headers["x-experience-api-version"] == "1.0.3"
    assert "cookie" not in headers
    assert "referer" not in headers
    assert box.locator("button").is_hidden()


@pytest.mark.parametrize("answer", ["well", 204, 409])
def test_a_record_that_is_there_is_not_sent_again(learner, lrs, host, answer):
    _, page, made = start(learner)
    lrs.plan(answer)

    send(page)

    says(page, f"Sent: {host}")
    assert parcels(page) == {json.loads(made)["id"]: "done"}
    assert stored(page, "outbox")["items"][0]["statement"] == ""
    page.reload()
    says(page, f"Sent: {host}")
    assert len(lrs.bodies) == 1
    assert text_of(page) == made


# Failures: kept, said, sent again byte for byte

UNREACHABLE = ["reset", "lost", "half", "no-cors", "elsewhere"]
STRANGE = ["login", "wrong-ids", 202]
BUSY = [408, 425, 429, 500, 502, 503, 507]


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        *((fault, "why_unreachable") for fault in UNREACHABLE),
        *((fault, "why_strange") for fault in STRANGE),
        *((fault, "why_busy") for fault in BUSY),
    ],
)
def test_what_fails_is_kept_said_and_sent_again_byte_for_byte_at_the_next_visit(learner, lrs, host, fault, why):
    visitor = learner()
    stop_clock(visitor.page)
    page = visitor.open(place())
    made = passed(page)
    lrs.plan(fault)

    send(page)

    status = fault if isinstance(fault, int) else 200
    says(page, text("waiting", count=1), text(why, host=host, status=status), text("again"))
    assert len(lrs.bodies) == 1, "not sent on to another origin"
    page.reload()
    says(page, f"Sent: {host}")
    assert lrs.bodies == [made.encode()] * 2
    assert lrs.kept == [json.loads(made)]
    assert lrs.conflicts == []


def test_the_learner_can_try_again_at_once(learner, lrs, host):
    _, page, made = start(learner)
    lrs.plan(503, 503)
    send(page)
    lrs.wait(1)
    says(page, text("again"))

    page.get_by_role("button", name=text("try_now")).click()
    lrs.wait(2)

    assert parcels(page) == {json.loads(made)["id"]: "waiting"}
    page.get_by_role("button", name=text("try_now")).click()
    says(page, f"Sent: {host}")


def test_it_tries_again_by_itself_ever_more_slowly_and_at_most_eight_times_a_visit(learner, lrs, host):
    visitor = learner()
    stop_clock(visitor.page)
    page = visitor.open(place())
    made = passed(page)
    lrs.plan(*[503] * 9)
    send(page)
    for attempt in range(1, 8):
        lrs.wait(attempt)
        says(page, text("again"))
        page.clock.run_for(int(2**attempt * 0.75 * 1000) - 100)
        assert len(lrs.bodies) == attempt, "before three quarters of the wait are over"
        page.clock.run_for(2**attempt * 500 + 200)
        lrs.wait(attempt + 1)
    says(page, text("later"))
    page.clock.run_for(24 * HOUR)
    assert len(lrs.bodies) == 8

    page.reload()

    lrs.wait(9)
    says(page, text("again"))
    page.clock.run_for(3000)
    says(page, f"Sent: {host}")
    assert lrs.bodies == [made.encode()] * 10


@pytest.mark.parametrize("status", [429, 503])
def test_a_store_that_asks_for_silence_gets_it_over_reloads_too(learner, lrs, host, status):
    visitor = learner()
    stop_clock(visitor.page)
    page = visitor.open(place())
    passed(page)
    lrs.plan(Answer(status, headers={"Retry-After": "600"}))
    send(page)
    lrs.wait(1)
    says(page, text("again"))

    page.clock.run_for(500_000)
    page.reload()
    says(page, text("waiting", count=1))
    page.clock.run_for(50_000)
    assert len(lrs.bodies) == 1
    page.clock.run_for(51_000)

    says(page, f"Sent: {host}")
    assert len(lrs.bodies) == 2


SECONDS = """async ([base, value]) => {
  const {seconds} = await import(base + 'sources/shared/outbox.js')
  return Math.round(seconds(value === 'date' ? new Date(Date.now() + 90_000).toUTCString() : value) / 10)
}"""


@pytest.mark.parametrize(
    ("value", "tens"), [(None, 0), ("", 0), ("120", 12), ("date", 9), ("soon", 0), ("-5", 0), ("1e9", 8640), ("NaN", 0)]
)
def test_retry_after_is_seconds_or_a_date_and_at_most_a_day(learner, hub, value, tens):
    page = learner().open(place())

    assert page.evaluate(SECONDS, [hub.url, value]) == tens


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_refusal_stops_the_sending_says_so_and_loses_nothing(learner, lrs, host, status):
    visitor = learner()
    stop_clock(visitor.page)
    page = visitor.open(place())
    made = passed(page)
    lrs.plan(status)

    send(page)

    says(page, text("waiting", count=1), text("why_denied", host=host, status=status), text("later"))
    page.clock.run_for(24 * HOUR)
    assert len(lrs.bodies) == 1
    page.reload()
    says(page, f"Sent: {host}")
    assert lrs.bodies == [made.encode()] * 2


@pytest.mark.parametrize("status", [400, 413, 422])
def test_what_the_store_cannot_take_is_set_aside_with_its_words_and_kept(learner, lrs, host, status):
    _, page, made = start(learner)
    lrs.plan(Answer(status, "\n  <b>actor</b> is\u202e wrong\nsecond line"))

    send(page)

    says(page, text("aside", host=host, status=status), text("aside_said", said="<b>actor</b> is  wrong"))
    assert page.locator("completion-record .state b").count() == 0
    page.reload()
    says(page, text("aside", host=host, status=status))
    assert len(lrs.bodies) == 1, "not by itself"
    assert text_of(page) == made
    page.get_by_role("button", name=text("try_now")).click()
    says(page, f"Sent: {host}")
    assert lrs.bodies == [made.encode()] * 2


def test_one_that_is_set_aside_does_not_hold_up_the_others(learner, lrs, host):
    visitor, page, first = start(learner)
    lrs.plan(503)
    send(page)
    says(page, text("waiting", count=1))
    lrs.plan(503)
    page = visitor.open(place(name=LONG))
    lrs.wait(2)
    second = passed(page)
    lrs.plan(400)

    send(page)

    lrs.wait(4)
    says(page, "")
    page.wait_for_function("key => !localStorage.getItem(key).includes('waiting')", arg=KEY)
    states = parcels(page)
    assert sorted(states.values()) == ["aside", "done"]
    assert set(states) == {json.loads(one)["id"] for one in (first, second)}


def test_no_answer_within_ten_seconds_is_none(learner, lrs, host):
    visitor = learner()
    stop_clock(visitor.page)
    page = visitor.open(place())
    passed(page)
    lrs.plan("silent")
    send(page)
    lrs.began(1)
    says(page, text("sending", host=host))

    page.clock.run_for(10_000)

    says(page, text("waiting", count=1), text("why_unreachable", host=host))


def test_what_was_queued_offline_goes_out_when_the_network_is_back(learner, lrs, host):
    visitor, page, made = start(learner)
    visitor.context.set_offline(True)
    send(page)
    says(page, text("waiting", count=1), text("why_offline"))
    assert lrs.bodies == []

    visitor.context.set_offline(False)

    says(page, f"Sent: {host}")
    assert lrs.bodies == [made.encode()]


def test_an_answer_that_was_lost_with_its_page_is_asked_for_again_and_counts_once(learner, lrs, host):
    visitor, page, made = start(learner)
    lrs.plan("silent")
    send(page)
    lrs.began(1)
    page.goto("about:blank")
    lrs.plan("lost", "well")

    page = visitor.open(place())
    says(page, text("why_unreachable", host=host))
    page.get_by_role("button", name=text("try_now")).click()

    says(page, f"Sent: {host}")
    assert set(lrs.bodies) == {made.encode()}
    assert lrs.kept == [json.loads(made)]
    assert lrs.conflicts == []


def test_a_page_of_another_module_sends_what_waits_and_says_how_much(learner, lrs, host):
    visitor, page, made = start(learner)
    lrs.plan(503, 503)
    send(page)
    says(page, text("waiting", count=1))

    page = visitor.open(place("fr", LONG))

    says(page, text("waiting", "fr", count=1))
    assert page.locator("completion-record .made").is_hidden()
    page.get_by_role("button", name=text("try_now", "fr")).click()
    page.locator("completion-record").wait_for(state="hidden")
    assert lrs.kept == [json.loads(made)]


# Several tabs, other stores, damage


@pytest.mark.parametrize("locks", [True, False], ids=["locks", "no-locks"])
def test_of_two_tabs_one_sends(learner, lrs, host, locks):
    visitor = learner()
    if not locks:
        visitor.context.add_init_script("Object.defineProperty(navigator, 'locks', {value: undefined})")
    page = visitor.open(place())
    made = passed(page)
    lrs.plan("silent")
    send(page)
    lrs.began(1)

    other = visitor.context.new_page()
    other.goto(page.url)
    says(other, text("sending" if locks else "waiting", host=host, count=1))
    lrs.reset()

    if locks:
        says(other, f"Sent: {host}")
        says(page, f"Sent: {host}")
        assert lrs.bodies == [made.encode()]
    assert lrs.most_at_once <= 1


def test_what_waits_for_another_store_is_not_sent_to_this_one_without_a_word(learner, lrs, host):
    visitor, page, made = start(learner)
    lrs.plan(503)
    send(page)
    says(page, text("waiting", count=1))
    page.goto("about:blank")
    page = visitor.open("")
    page.evaluate(
        "([key, url]) => localStorage.setItem(key, localStorage.getItem(key).replace(url, 'https://old.example/xapi'))",
        [KEY, lrs.url],
    )

    page = visitor.open(place())

    assert page.get_by_role("button", name=text("send", host=host)).is_visible()
    assert len(lrs.bodies) == 1
    send(page)
    says(page, f"Sent: {host}")
    assert lrs.bodies == [made.encode()] * 2


def test_a_queue_of_a_newer_site_is_left_as_it_is(learner, lrs, host):
    visitor = learner()
    page = visitor.open("")
    raw = '{"v": 2, "what": "ever"}'
    page.evaluate("([key, raw]) => localStorage.setItem(key, raw)", [KEY, raw])
    page = visitor.open(place())
    passed(page)

    send(page)

    says(page, f"Sent: {host}")
    assert page.evaluate("key => localStorage.getItem(key)", KEY) == raw


def test_where_nothing_can_be_kept_a_record_is_sent_all_the_same(learner, lrs, host):
    visitor = learner()
    visitor.context.add_init_script("Storage.prototype.setItem = () => {}")
    page = visitor.open(place())
    made = passed(page)

    send(page)

    says(page, f"Sent: {host}")
    assert lrs.kept == [json.loads(made)]


def test_two_tabs_that_queue_at_once_lose_nothing(learner, lrs, host, hub):
    visitor, page, first = start(learner)
    other = visitor.context.new_page()
    other.goto(hub.url + place(name=LONG))
    second = passed(other)
    lrs.plan(*[503] * 6)

    for one in (page, other):
        send(one)
    for one in (page, other):
        says(one, text("waiting", count=2))

    assert set(parcels(page)) == {json.loads(made)["id"] for made in (first, second)}
    assert record(page)["statement"] == first


def test_every_sequence_of_faults_ends_with_each_record_there_once(learner, lrs, host):
    visitor = learner()
    page = visitor.open(place())
    mine = passed(page)
    faults = ["lost", 503, "reset", "login", 409, "half", 429, "no-cors", "lost", 401]
    lrs.plan(*faults)
    send(page)
    for _ in range(1, len(faults) + 2):
        page.reload()
        page.wait_for_function("() => document.querySelector('completion-record .state').textContent")
        if "done" in parcels(page).values():
            break
    else:
        raise AssertionError("never there")

    assert set(lrs.bodies) == {mine.encode()}
    assert lrs.kept == [json.loads(mine)]
    assert lrs.conflicts == []
