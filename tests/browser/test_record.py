"""A learner's completion record, from the pass to the file: made once, kept, said in words, handed over."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from builders import TITLES
from greensupply import components, locales
from keys import active, tab_to
from playwright.sync_api import expect
from record_store import origin, refusals
from recording import LONG, MODULE, make, pass_module, passed, place, record, statement, stored, text_of, words
from visiting import LOCALES, LOOKS, ROOT

pytestmark = pytest.mark.browser
UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
TAGS = {"en": "en", "es": "es-MX", "fr": "fr-CA"}
OVERFLOW = "() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="session")
def hub(recording_hub):
    """A small hub that sends records takes the place of the whole one in this file."""
    return recording_hub


@pytest.fixture
def page(visit):
    return visit().open(place())


# The statement

MAKE = """async ([base, about, draft, owner]) => {
  const {statement} = await import(base + 'sources/shared/statement.js')
  return statement(about, draft, owner)
}"""
ABOUT = {
    "site": "https://hub.example",
    "module": "lean",
    "names": {"verb": {"en": "completed", "es-MX": "completó"}, "module": {"en": "Lean", "es-MX": "Esbelta"}},
}
DRAFT = {
    "revision": 3,
    "id": "0f0e0d0c-0b0a-4908-8706-050403020100",
    "registration": "00010203-0405-4607-8809-0a0b0c0d0e0f",
    "at": "2026-11-24T12:00:00.000Z",
    "score": 0.9,
    "max": 10,
    "language": "es-MX",
    "statement": "",
}
OWNER = {"name": "5f0e0d0c-0b0a-4908-8706-050403020100", "supplier": "S-0042", "country": "MX"}


def test_the_statement_is_the_one_of_the_standard(page, hub):
    text = page.evaluate(MAKE, [hub.url, ABOUT, DRAFT, OWNER])

    assert json.loads(text) == {
        "id": DRAFT["id"],
        "actor": {"objectType": "Agent", "account": {"homePage": "https://hub.example", "name": OWNER["name"]}},
        "verb": {"id": "http://adlnet.gov/expapi/verbs/completed", "display": ABOUT["names"]["verb"]},
        "object": {
            "objectType": "Activity",
            "id": "https://hub.example/modules/lean",
            "definition": {"type": "http://adlnet.gov/expapi/activities/module", "name": ABOUT["names"]["module"]},
        },
        "result": {"completion": True, "success": True, "score": {"scaled": 0.9, "raw": 9, "min": 0, "max": 10}},
        "context": {
            "registration": DRAFT["registration"],
            "language": "es-MX",
            "platform": "Green Supply",
            "revision": "3",
            "contextActivities": {"category": [{"id": "https://hub.example/xapi/recipe/1"}]},
            "extensions": {
                "https://hub.example/xapi/supplier": "S-0042",
                "https://hub.example/xapi/country": "MX",
                "https://hub.example/xapi/delivery": "web",
            },
        },
        "timestamp": "2026-11-24T12:00:00.000Z",
    }


def test_what_is_not_known_or_not_said_is_not_there(page, hub):
    text = page.evaluate(MAKE, [hub.url, ABOUT, {**DRAFT, "max": 0}, {**OWNER, "supplier": "", "country": ""}])

    assert json.loads(text)["context"]["extensions"] == {"https://hub.example/xapi/delivery": "web"}
    assert json.loads(text)["result"]["score"] == {"scaled": 0.9}
    assert "null" not in text
    assert '""' not in text


DRAW = """async ([base, passed, total]) => {
  const {draft} = await import(base + 'sources/shared/statement.js')
  return draft(passed, total, 'en')
}"""


@pytest.mark.parametrize(("score", "total", "of"), [(0.9, 10, 10), (7 / 9, 9, 9), (1, 1, 1), (0.9, 9, 0), (0.5, 0, 0)])
def test_a_score_is_counted_in_questions_only_where_it_is_a_share_of_them(page, hub, score, total, of):
    passed = {"score": score, "at": "2026-11-24T06:00:00-06:00", "revision": 2}

    draft = page.evaluate(DRAW, [hub.url, passed, total])

    assert draft["max"] == of
    assert draft["at"] == "2026-11-24T12:00:00.000Z"
    assert draft["revision"] == 2


@pytest.mark.parametrize("script", ["", "Object.defineProperty(crypto, 'randomUUID', {value: undefined})"])
def test_ids_are_random_also_where_the_browser_has_no_function_for_it(visit, hub, script):
    visitor = visit()
    visitor.context.add_init_script(script)
    page = visitor.open(place())

    drafts = [page.evaluate(DRAW, [hub.url, {"score": 1, "at": "2026-11-24", "revision": 1}, 1]) for _ in range(3)]

    ids = [draft[name] for draft in drafts for name in ("id", "registration")]
    assert all(UUID.fullmatch(one) for one in ids)
    assert len(set(ids)) == 6


# From the pass to the record


def test_nothing_shows_before_the_pass_and_the_record_on_every_visit_after(visit):
    visitor = visit()
    page = visitor.open(place())
    assert page.locator("completion-record").is_hidden()
    assert page.evaluate("localStorage.length") == 0

    pass_module(page)
    page.reload()

    assert page.locator("completion-record .form").is_visible()
    assert page.locator("completion-record .made").is_hidden()


def test_what_is_fixed_at_the_pass_stays_over_reloads_until_the_record_is_made(page):
    pass_module(page)
    before = record(page)
    assert before["statement"] == ""
    assert before["at"] == stored(page, f"module.{MODULE}")["passed"]["at"]
    page.reload()

    made = make(page)

    assert made["id"] == before["id"]
    assert made["context"]["registration"] == before["registration"]
    assert made["timestamp"] == before["at"]
    page.reload()
    assert statement(page) == made
    assert record(page)["statement"] == text_of(page)


def test_a_pass_from_before_there_were_records_gets_one(visit, hub):
    page = visit().open("")
    kept = {
        "v": 1,
        "revision": 1,
        "n": 4,
        "answers": {},
        "passed": {"score": 1, "at": "2026-01-02T03:04:05.678Z", "revision": 1},
    }
    page.evaluate(
        "([key, kept]) => localStorage.setItem(key, kept)", [f"greensupply.module.{MODULE}", json.dumps(kept)]
    )
    page.goto(hub.url + place())

    made = make(page)

    assert made["timestamp"] == "2026-01-02T03:04:05.678Z"
    assert made["result"]["score"] == {"scaled": 1, "raw": 1, "min": 0, "max": 1}


@pytest.mark.parametrize("locale", LOCALES)
def test_the_file_is_one_completion_for_whoever_reads_it(visit, hub, locale, tmp_path):
    from greensupply import records
    from greensupply.completion import Completion, Delivery

    page = visit().open(place(locale))
    text = passed(page, " s-0042 ", "MX")
    with page.expect_download() as coming:
        page.locator('[data-do="download"]').click()
    assert coming.value.suggested_filename == f"green-supply-{MODULE}-{statement(page)['timestamp'][:10]}.json"
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)

    scope = records.Scope(
        modules={MODULE: records.KnownModule(revision=1, pass_mark=0.8)},
        now=datetime.now(UTC),
        pseudonym=lambda name: hashlib.sha256(name.encode()).hexdigest()[:32],
    )
    [only] = records.read(file, scope)

    assert file.read_bytes() == text.encode()
    assert isinstance(only, Completion)
    assert (only.supplier, only.country, only.module, only.revision) == ("S-0042", "MX", MODULE, 1)
    assert (only.locale, only.delivery, only.score, only.passed) == (locale, Delivery.WEB, 1, True)
    made = json.loads(text)
    assert only.id == made["id"]
    assert made["context"]["language"] == TAGS[locale]
    assert made["actor"]["account"]["homePage"] == hub.url.rstrip("/")
    assert made["object"]["id"] == f"{hub.url}modules/{MODULE}"
    assert made["object"]["definition"]["name"] == {TAGS[name]: title for name, title in TITLES.items()}
    assert refusals([text]) == [""]


@pytest.mark.parametrize("locale", LOCALES)
def test_a_wrong_code_is_said_beside_its_field_and_nothing_is_lost(visit, locale):
    visitor = visit()
    page = visitor.open(place(locale))
    pass_module(page)
    field = page.locator("completion-record input[type=text]")
    page.locator('completion-record [value="CA"]').check()
    for wrong in ("Planta 12", "-S1", "S" * 33, "Ñ-1", "<b>x</b>"):
        field.fill(wrong)
        field.press("Enter")

        assert (
            words(locale)["supplier_wrong"].format(text=wrong)
            == page.locator("completion-record .wrong[role=status]").inner_text()
        )
        assert field.get_attribute("aria-invalid") == "true"
        assert "completion-record-problem" in (field.get_attribute("aria-describedby") or "")
        assert active(page)["id"] == "completion-record-supplier"
        assert field.input_value() == wrong
        assert page.locator('completion-record [value="CA"]').is_checked()
        assert record(page)["statement"] == ""
    assert visitor.axe() == []

    field.fill("s-1")
    field.press("Enter")

    assert (
        json.loads(text_of(page))["context"]["extensions"][
            f"{statement(page)['actor']['account']['homePage']}/xapi/supplier"
        ]
        == "S-1"
    )


def test_without_code_and_country_there_is_a_record_too(page):
    pass_module(page)
    page.locator("completion-record input[type=text]").fill("S-0042")
    page.locator('[data-do="without"]').click()

    assert list(statement(page)["context"]["extensions"].values()) == ["web"]
    assert page.locator('[data-show="supplier"]').inner_text() == words()["unsaid"]
    assert stored(page, "learner")["supplier"] == ""


def test_what_was_said_is_filled_in_next_time_and_a_change_is_for_later_records_only(visit):
    visitor = visit()
    page = visitor.open(place())
    first = passed(page, "S-0042", "MX")

    page = visitor.open(place(name=LONG))
    pass_module(page)
    assert page.locator("completion-record input[type=text]").input_value() == "S-0042"
    assert page.locator('completion-record [value="MX"]').is_checked()
    second = make(page, "T-9", "US")

    assert {"T-9", "US"} <= set(second["context"]["extensions"].values())
    assert second["actor"] == json.loads(first)["actor"]
    page = visitor.open(place())
    assert text_of(page) == first
    assert words()["later_only"] in page.locator("completion-record .made").inner_text()


def test_the_random_name_tells_nothing_and_is_another_one_on_another_device(visit):
    names = set()
    for _ in range(2):
        page = visit().open(place())
        passed(page, "S-0042")
        names.add(statement(page)["actor"]["account"]["name"])

    assert len(names) == 2
    assert all(UUID.fullmatch(name) for name in names)


@pytest.mark.parametrize("locks", [True, False], ids=["locks", "no-locks"])
def test_two_tabs_end_with_one_record(visit, hub, locks):
    visitor = visit()
    if not locks:
        visitor.context.add_init_script("Object.defineProperty(navigator, 'locks', {value: undefined})")
    one = visitor.open(place())
    other = visitor.context.new_page()
    other.goto(hub.url + place("fr"))

    pass_module(one)
    other.locator("completion-record .form").wait_for()
    begun = record(other)["id"]
    made = make(other, "S-1", "CA")

    one.locator("completion-record .made").wait_for()
    assert statement(one) == statement(other) == made
    assert made["id"] == record(one)["id"]
    assert not locks or made["id"] == begun  # without locks both may begin one, of which the earlier stays


JOIN = """async ([base, one, other]) => {
  const {Records} = await import(base + 'sources/completion-record/kept.js')
  const key = 'greensupply.record.m'
  const text = record => JSON.stringify({v: 1, records: [record]})
  const joined = [[one, other], [other, one]].map(([mine, stored]) => {
    localStorage.setItem(key, text(mine))
    const records = new Records('m')
    localStorage.setItem(key, text(stored))
    records.refresh()
    return localStorage.getItem(key)
  })
  return joined.map(raw => JSON.parse(raw).records[0].id)
}"""


def test_two_tabs_that_began_at_once_agree_whichever_wrote_last(page, hub):
    other = {**DRAFT, "id": "1f0e0d0c-0b0a-4908-8706-050403020100"}
    finished = {**other, "statement": json.dumps({"id": other["id"]})}

    assert page.evaluate(JOIN, [hub.url, DRAFT, other]) == [DRAFT["id"]] * 2
    assert page.evaluate(JOIN, [hub.url, DRAFT, finished]) == [other["id"]] * 2


def test_a_new_revision_that_is_passed_makes_a_new_record_and_keeps_the_old(visit):
    visitor = visit()
    page = visitor.open(place())
    old = {**DRAFT, "revision": 0, "statement": json.dumps({"id": DRAFT["id"], "context": {"extensions": {}}})}
    page.evaluate(
        "([key, raw]) => localStorage.setItem(key, raw)",
        [f"greensupply.record.{MODULE}", json.dumps({"v": 1, "records": [old]})],
    )
    page = visitor.open(place())
    assert statement(page)["id"] == DRAFT["id"]

    pass_module(page)
    make(page)

    kept = stored(page, f"record.{MODULE}")["records"]
    assert [one["revision"] for one in kept] == [0, 1]
    assert kept[0]["statement"] == old["statement"]
    assert kept[1]["id"] != old["id"]


# The e-mail


@pytest.mark.parametrize("locale", LOCALES)
def test_the_e_mail_holds_the_record_or_asks_to_attach_it(visit, locale):
    visitor = visit()
    for name, fits in ((MODULE, True), (LONG, False)):
        page = visitor.open(place(locale, name))
        text = passed(page, "S-1", "CA")
        href = page.get_attribute("completion-record a.mail", "href") or ""
        parts = urlsplit(href)
        said = {key: value[0] for key, value in parse_qs(parts.query, strict_parsing=True).items()}

        assert len(href) <= 1800
        assert (parts.scheme, parts.path) == ("mailto", "records@training.example")
        assert page.get_attribute("completion-record", "data-title") in said["subject"]
        assert (text in said["body"]) is fits
        file = f"green-supply-{name}-{json.loads(text)['timestamp'][:10]}.json"
        assert (file in said["body"]) is not fits
        note = words(locale)["mail_whole" if fits else "mail_attach"]
        assert page.locator("completion-record .mail-note").inner_text() == note


# Access


def test_the_whole_way_by_keyboard(page):
    page.locator('quiz-question input[value="1"]').focus()
    page.keyboard.press("Space")
    tab_to(page, task="check")
    page.keyboard.press("Enter")
    page.locator("completion-record .form").wait_for()
    tab_to(page, id="completion-record-supplier")
    page.keyboard.type("s-0042")
    tab_to(page, type="radio")
    page.keyboard.press("ArrowUp")
    assert active(page)["value"] == "US"
    tab_to(page, task="make")
    assert page.evaluate("document.activeElement.matches(':focus-visible')")
    page.keyboard.press("Enter")

    expect(page.locator("#completion-record")).to_be_focused()
    assert {"S-0042", "US"} <= set(statement(page)["context"]["extensions"].values())
    tab_to(page, task="download", limit=1)
    with page.expect_download():
        page.keyboard.press("Enter")
    tab_to(page, tag="a", limit=1)
    tab_to(page, tag="summary", limit=1)
    page.keyboard.press("Enter")
    assert page.locator("completion-record pre").is_visible()
    tab_to(page, task="send", limit=1)


@pytest.mark.parametrize(("locale", "scheme", "width"), LOOKS)
def test_no_state_violates_wcag_or_runs_off_the_screen(learner, locale, scheme, width):
    visitor = learner(width=width, color_scheme=scheme)
    page = visitor.open(place(locale, LONG))

    def check() -> None:
        assert visitor.axe(scheme) == []
        assert page.evaluate(OVERFLOW) <= 0

    pass_module(page)
    check()
    make(page, "S-" + "1" * 30, "CA")
    page.locator("completion-record summary").click()
    check()
    page.locator('[data-do="send"]').click()
    page.locator('[data-do="send"]').wait_for(state="hidden")
    check()


@pytest.mark.parametrize("locale", LOCALES)
def test_without_javascript_it_says_how_a_record_is_obtained(visit, locale):
    page = visit(java_script_enabled=False).open(place(locale))

    assert page.locator("completion-record").inner_text().split("\n") == [
        words(locale)["title"],
        "",
        words(locale)["plain"],
    ]


def test_pages_without_a_module_do_without_the_script_and_the_record_store(hub, lrs):
    store = origin(lrs.url)
    for file in sorted(hub.folder.rglob("*.html")):
        html = file.read_text(encoding="utf-8")
        is_module = "<quiz-score" in html
        assert ("/module.js?" in html) is ("<quiz-" in html), (
            file
        )  # the author guide shows questions without being a module
        assert (f"connect-src 'self' {store};" in html) is is_module, file
        if file.name != "offline.html":  # it may reach nothing at all
            assert is_module or "connect-src 'self';" in html, file


EXAMPLES = yaml.safe_load((ROOT / "hooks/greensupply/components/completion-record/examples.yml").read_text("utf-8"))
SHELL = """<!doctype html><html lang="{lang}"><meta charset="utf-8"><title>Example</title>
<link rel="icon" href="{base}favicon.svg"><link rel="stylesheet" href="{base}site.css">
<script defer src="{base}module.js"></script>
<body class="gs-text"><main><h1>Example</h1>{parts}</main>"""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["name"])
def test_every_example_shows_what_it_should_with_and_without_script(visit, hub, example):
    locale = example["locale"]
    said = locales.words(locale)
    common = {"lang": TAGS[locale], "locale": locale}
    score = {"id": "lean", "revision": 1, "pass_mark": 0.8, "pass_mark_text": "80%", "title": example["title"]}
    store = {"email": "", "endpoint": "", "host": "", "authorization": "", **example.get("handover", {})}
    names = {"verb": {"en": "completed"}, "module": {common["lang"]: example["title"]}}
    parts = components.render(
        "quiz-score", module=score, total=10, words=said["quiz"], words_json=json.dumps(said["quiz"]), **common
    ) + components.render(
        "completion-record",
        site="https://hub.example",
        title=example["title"],
        language=common["lang"],
        names_json=json.dumps(names),
        handover=store,
        words=said["record"],
        words_json=json.dumps(said["record"]),
        **common,
    )
    html = SHELL.format(lang=common["lang"], base=f"{hub.url}assets/greensupply/", parts=parts)
    (hub.folder / "example.htm").write_text(html, encoding="utf-8")
    visitor = visit(width=320)
    page = visitor.open("")
    page.evaluate(
        "kept => Object.entries(kept).forEach(pair => localStorage.setItem(...pair))", example.get("kept", {})
    )

    page = visitor.open("example.htm")

    box = page.locator("completion-record")
    for part in example["shows"]:
        box.locator(f".{part}").wait_for()
    seen = [part for part in ("troubles", "form", "made", "sending") if box.locator(f".{part}:visible").count()]
    assert seen == example["shows"]
    assert visitor.axe() == []
    assert page.evaluate(OVERFLOW) <= 0
    plain = visit(java_script_enabled=False).open("example.htm").locator("completion-record")
    assert plain.inner_text().split("\n") == [said["record"]["title"], "", said["record"]["plain"]]


# What the device keeps

FAULTS = [
    (
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no', 'SecurityError') }})",
        "blocked",
    ),
    ("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }", "full"),
    ("Storage.prototype.setItem = () => {}", "dropped"),
]


@pytest.mark.parametrize(("script", "told"), FAULTS)
def test_where_nothing_can_be_kept_it_is_told_once_and_the_file_is_offered(visit, script, told):
    visitor = visit()
    visitor.context.add_init_script(script)
    page = visitor.open(place("es"))

    text = passed(page, "S-1")

    assert page.locator("completion-record .troubles").inner_text() == words("es")[f"storage_{told}"]
    with page.expect_download() as coming:
        page.locator('[data-do="download"]').click()
    assert Path(coming.value.path()).read_bytes() == text.encode()


def test_what_is_cleared_while_the_page_is_open_is_saved_again(visit, hub):
    visitor = visit()
    page = visitor.open(place())
    text = passed(page, "S-1")
    page.evaluate("localStorage.clear()")

    page = visitor.open(place("es"))

    assert text_of(page) == text
    assert stored(page, "learner")["supplier"] == "S-1"


@pytest.mark.parametrize("key", [f"record.{MODULE}", "learner", "outbox"])
@pytest.mark.parametrize("raw", ["{", "null", "[]", '"x"', '{"v": 1}'])
def test_a_stored_value_that_cannot_be_read_is_put_aside_untouched(visit, key, raw):
    visitor = visit()
    page = visitor.open("")
    page.evaluate("([key, raw]) => localStorage.setItem(key, raw)", [f"greensupply.{key}", raw])

    page = visitor.open(place())
    passed(page, "S-1")

    assert page.evaluate("key => localStorage.getItem(key + '.corrupt')", f"greensupply.{key}") == raw
    assert page.locator("completion-record .troubles").inner_text() == words()["storage_corrupt"]


@pytest.mark.parametrize("key", [f"record.{MODULE}", "learner"])
def test_what_a_newer_site_kept_is_left_as_it_is_and_no_second_record_is_made(visit, key):
    visitor = visit()
    page = visitor.open("")
    raw = '{"v": 2, "what": "ever"}'
    page.evaluate("([key, raw]) => localStorage.setItem(key, raw)", [f"greensupply.{key}", raw])

    page = visitor.open(place())
    page.locator('quiz-question input[value="1"]').check()
    page.locator('quiz-question [data-do="check"]').click()

    page.get_by_text(words()["storage_newer"]).wait_for()
    assert page.locator("completion-record .form").is_hidden()
    assert page.evaluate("key => localStorage.getItem(key)", f"greensupply.{key}") == raw


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (f"record.{MODULE}", {"v": 1, "records": [{**DRAFT, "score": 2}]}),
        (f"record.{MODULE}", {"v": 1, "records": [{**DRAFT, "at": "2026-02-30T00:00:00.000Z"}]}),
        (f"record.{MODULE}", {"v": 1, "records": [{**DRAFT, "statement": "{}"}]}),
        (f"record.{MODULE}", {"v": 1, "records": [{**DRAFT, "id": "../../x"}]}),
        (f"record.{MODULE}", {"v": 1, "records": [None, 7]}),
        ("learner", {"v": 1, "name": "Ana Pérez", "supplier": "S-1", "country": "MX", "n": 1}),
        ("learner", {"v": 1, "name": OWNER["name"], "supplier": "<img src=x>", "country": "MX", "n": 1}),
        ("outbox", {"v": 1, "n": 1, "after": 0, "items": [{"id": "x", "to": 7}]}),
    ],
)
def test_hostile_values_are_put_aside_and_change_nothing(visit, key, value):
    visitor = visit()
    page = visitor.open("")
    raw = json.dumps({**value, "__proto__": {"polluted": 1}})
    page.evaluate("([key, raw]) => localStorage.setItem(key, raw)", [f"greensupply.{key}", raw])

    page = visitor.open(place())
    made = json.loads(passed(page))

    assert page.evaluate("({}).polluted") is None
    assert page.evaluate("key => localStorage.getItem(key + '.corrupt')", f"greensupply.{key}") == raw
    assert UUID.fullmatch(made["id"])
    assert UUID.fullmatch(made["actor"]["account"]["name"])
    assert "Ana" not in json.dumps(made, ensure_ascii=False)


def test_the_scripts_stay_small():
    folder = ROOT / "hooks/greensupply/components"
    files = [
        *sorted((folder / "completion-record").glob("*.js")),
        folder / "shared/statement.js",
        folder / "shared/outbox.js",
    ]

    assert len(gzip.compress(b"".join(file.read_bytes() for file in files), mtime=0)) <= 9000
