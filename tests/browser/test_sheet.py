"""Every sheet: what is typed, kept, saved, opened, added and removed, and how it looks; tried on the costing calculator."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
import sheets
from bench import said
from playwright.sync_api import Page, expect
from sheets import NBSP, entries, hand, put
from visiting import DRAWN, LOCALES, Visit

pytestmark = pytest.mark.browser

TAG = "activity-costing"
KEY = f"greensupply.sheet.{TAG}"
LEDGER = '[data-field="ledger"]'
Open = Callable[..., Visit]


def kept(page: Page) -> dict[str, Any]:
    return sheets.kept(page, TAG)


def whole(**changes: Any) -> str:
    """A sound file, with changes."""
    return json.dumps(
        {"kind": TAG, "version": 1, "locale": "en", "entries": {"ledger": 5000, "line": "Mine"}, **changes}
    )


def status(page: Page) -> Any:
    return page.locator(".said")


# Files


REFUSED: list[tuple[bytes | str, str]] = [
    ("", "unreadable"),
    ("not JSON", "unreadable"),
    ("<!doctype html><title>Log in</title>", "unreadable"),
    (whole().encode("utf-16"), "unreadable"),
    (whole()[:-9], "unreadable"),
    ("[" * 200_000, "unreadable"),
    ("null", "unreadable"),
    ("[]", "unreadable"),
    (whole(entries=["ledger", 5000]), "unreadable"),
    (whole(version="1"), "unreadable"),
    (whole(version=0), "unreadable"),
    (whole(version=2), "newer"),
    (whole(kind="stream-map"), "other"),
    (whole(kind={"toString": "x"}), "other"),
    (whole(entries={"__proto__": {"ledger": 1}, "constructor": "x", "unheard": 5}), "empty"),
    (whole(entries={"ledger": None, "line": {"toString": "x"}, "tca.years": [5]}), "empty"),
    (whole(entries={"resource.8.cost": 5, "resource.-1.cost": 5, "resource.00.cost": 1}), "empty"),
    (whole(filler=" " * 1_000_001), "large"),
]


def test_a_file_that_is_refused_leaves_everything_as_it_was(sheet: Open):
    page = sheet().page
    put(page, "ledger", "123")
    before, stored = entries(page), kept(page)

    for content, why in REFUSED:
        page.locator(".said").evaluate("it => { it.textContent = '' }")
        hand(page, content)

        expect(status(page)).to_have_text(said(TAG, "en")[f"sheet_refused_{why}"].format(file="my figures.json"))
        assert entries(page) == before, content[:99]
        assert kept(page) == stored, content[:99]
        assert page.evaluate("({}).ledger") is None


def test_what_is_hostile_in_a_file_stays_text_or_stays_out(sheet: Open):
    page = sheet().page
    text = whole(
        entries={
            "line": '<img src=x onerror="window.hit = 1"> & Co.',
            "product.0.name": "</option><script>window.hit = 1</script>" + "x" * 5000,
            "product.1.name": "\u202eright to left\u0000\u0007",
            "resource.0.cost": 1e300,
            "resource.1.cost": "<b>5</b>",
            "resource.5.cost": 7,
            "resource.8.cost": 8,
            "resource.0.share.7": 100,
            "currency": "EUR",
            "__proto__": {"polluted": 1},
            "constructor.prototype.polluted": 1,
        }
    ).replace("1e+300", "1e300")
    text = text.replace('"resource.5.cost": 7', '"resource.5.cost": 1e999')

    hand(page, text)

    expect(status(page)).to_have_text("The figures of my figures.json are shown.")
    found = entries(page)
    assert found["line"] == '<img src=x onerror="window.hit = 1"> & Co.'
    assert len(found["product.0.name"]) == 200
    assert found["product.1.name"] == " right to left "
    assert found["resource.0.cost"] == "1e+300"
    assert found["resource.1.cost"] == "<b>5</b>"
    assert "resource.2.cost" not in found
    assert "resource.1.share.7" in found
    assert "resource.8.cost" not in found
    assert found["currency"] == "USD"
    assert page.locator('.field:has([data-field="resource.0.cost"]) .problem').count() == 1
    assert page.evaluate("[window.hit, ({}).polluted]") == [None, None]
    assert page.locator(f"{TAG} :is(img, script)").count() == 0


def test_a_file_saved_in_french_opens_in_english_and_back(sheet: Open, profile: Open):
    french = profile("fr").page
    put(french, "ledger", "240 000,5")
    put(french, "line", "Ligne n° 2")
    put(french, "resource.1.cost", "54.000")
    put(french, "resource.2.cost", "beaucoup")
    with french.expect_download() as saved:
        french.locator("[data-do=save]").click()
    expect(status(french)).to_contain_text(f"{TAG}.json")
    assert saved.value.suggested_filename == f"{TAG}.json"
    text = saved.value.path().read_text(encoding="utf-8")
    content = json.loads(text)["entries"]
    assert content["ledger"] == 240000.5
    assert content["product.0.price"] == 1.6
    assert content["resource.1.cost"] == "54.000"
    assert json.loads(text)["kind"] == TAG

    english = sheet("en").page
    hand(english, text)

    expect(english.locator(LEDGER)).to_have_value("240,000.5")
    found = entries(english)
    assert found["line"] == "Ligne n° 2"
    assert found["product.0.price"] == "1.6"
    assert found["resource.1.cost"] == "54.000 ?"  # it could mean two numbers in French: no guess in English
    assert found["resource.2.cost"] == "beaucoup"
    assert english.locator("[aria-invalid=true]").count() == 2

    put(english, "resource.1.cost", "54,000")
    put(english, "resource.2.cost", "36,000")
    with english.expect_download() as again:
        english.locator("[data-do=save]").click()
    hand(french, again.value.path().read_text(encoding="utf-8"))
    expect(french.locator('[data-field="resource.1.cost"]')).to_have_value(f"54{NBSP}000")
    expect(french.locator(LEDGER)).to_have_value(f"240{NBSP}000,5")


def test_a_file_opened_twice_changes_nothing_more_and_can_be_undone(sheet: Open):
    page = sheet().page
    before = entries(page)

    hand(page, whole())
    expect(page.locator(LEDGER)).to_have_value("5,000")
    once = entries(page)
    hand(page, whole())
    expect(status(page)).to_have_text("The figures of my figures.json are shown.")
    assert entries(page) == once
    assert page.locator(TAG).get_attribute("data-sheet") == "own"

    page.locator(".sheet-news [data-do=undo]").click()
    assert entries(page) == once
    hand(page, whole(entries=dict(before)))
    expect(page.locator('[data-field="line"]')).to_have_value("Plating line")
    page.locator(".sheet-news [data-do=undo]").click()
    assert entries(page) == once
    expect(status(page)).to_be_focused()


# Numbers


READINGS = {
    "en": [("1,250.5", "1,250.50"), ("1 250,5", "1,250.50"), ("$1,250.50", "1,250.50")],
    "es": [("1,250.5", "1,250.50"), ("1.250,5", "1,250.50")],
    "fr": [(text, f"1{NBSP}250,50") for text in ("1 250,5", f"1{NBSP}250,50{NBSP}$", "1,250.5")],
}


@pytest.mark.parametrize("locale", LOCALES)
def test_a_number_is_read_as_its_writer_means_it(sheet: Open, locale: str):
    page = sheet(locale).page
    total = page.locator('[data-show="stage_one"] tbody tr').first.locator("td").last

    for text, shown in READINGS[locale]:
        put(page, "resource.0.cost", "7")
        expect(total).to_have_text("7")
        put(page, "resource.0.cost", text)
        expect(total).to_have_text(shown)
        assert page.locator("[aria-invalid=true]").count() == 0


def test_an_ambiguous_number_is_asked_about_and_the_answer_is_taken_by_keyboard(sheet: Open):
    visitor = sheet("fr")
    page = visitor.page
    field = page.locator('[data-field="resource.0.cost"]')

    put(page, "resource.0.cost", "96.000")

    asked = page.locator('.field:has([data-field="resource.0.cost"]) .beside')
    expect(asked.locator("button")).to_have_count(2)
    assert sorted(asked.locator("button").all_text_contents()) == ["96", f"96{NBSP}000"]
    assert page.locator('[data-show="stage_one"] tbody tr').first.locator("td").last.inner_text() == "–"
    assert visitor.axe() == []
    field.focus()
    page.keyboard.press("Tab")
    while page.evaluate("document.activeElement.textContent") != f"96{NBSP}000":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value(f"96{NBSP}000")
    expect(asked).to_have_count(0)
    assert field.get_attribute("aria-invalid") is None
    assert field.get_attribute("aria-describedby") is None


def test_nothing_is_said_about_a_number_that_is_still_being_typed(sheet: Open):
    page = sheet().page
    field = page.locator(LEDGER)
    beside = page.locator(f".field:has({LEDGER}) .problem")

    field.press("End")
    page.keyboard.type("x")
    expect(page.locator('[data-show="checks"] [data-mark="open"]')).to_have_count(1)
    assert beside.count() == 0
    page.keyboard.press("Enter")
    expect(beside).to_have_count(1)
    page.keyboard.press("Backspace")
    expect(beside).to_have_count(0)


# What the device keeps


def test_entries_are_kept_and_come_back_also_in_another_language(sheet: Open):
    visitor = sheet("fr")
    page = visitor.page
    assert kept(page) == {}
    put(page, "ledger", "240 000,5")
    put(page, "resource.1.cost", "54.000")
    assert kept(page)["entries"]["ledger"] == "240 000,5"

    visitor.open(f"fr/default/{TAG}")
    expect(page.locator(LEDGER)).to_have_value("240 000,5")
    assert page.locator(TAG).get_attribute("data-sheet") == "changed"

    visitor.open(f"es/default/{TAG}")
    expect(page.locator(LEDGER)).to_have_value("240,000.5")
    expect(page.locator('[data-field="resource.1.cost"]')).to_have_value("54.000 ?")


def test_the_example_alone_is_not_kept_and_clearing_is(sheet: Open):
    visitor = sheet()
    page = visitor.page
    page.locator("[data-do=clear]").click()
    expect(page.locator('[data-field="line"]')).to_be_focused()
    assert kept(page)["state"] == "own"
    visitor.open(f"en/default/{TAG}")
    expect(page.locator(LEDGER)).to_have_value("")
    assert set(entries(page).values()) == {"", "USD", "kg", "no"}

    page.locator('[data-do="example"]:not([data-example])').click()
    expect(page.locator(LEDGER)).to_have_value("240,000")
    assert kept(page)["entries"] is None


def test_erasing_is_asked_about_and_leaves_no_figure_on_the_device(sheet: Open):
    page = sheet().page
    put(page, "line", "Secret line")
    page.locator("[data-do=erase]").click()
    expect(page.locator("[data-do=keep]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("[data-do=erase]")).to_be_focused()
    assert "Secret line" in json.dumps(kept(page))

    page.locator("[data-do=erase]").click()
    page.locator("[data-do=erase-all]").click()

    expect(page.locator('[data-field="line"]')).to_have_value("Plating line")
    expect(status(page)).to_be_focused()
    assert "Secret line" not in page.evaluate("JSON.stringify({...localStorage, ...sessionStorage})")
    assert page.locator("[data-do=undo]:visible").count() == 0


def test_two_tabs_show_the_same_sheet(sheet: Open):
    visitor = sheet()
    one = visitor.page
    other = visitor.context.new_page()
    other.goto(one.url)
    put(one, "ledger", "777")
    expect(other.locator(LEDGER)).to_have_value("777")

    put(other, "line", "From the other tab")
    expect(one.locator('[data-field="line"]')).to_have_value("From the other tab")
    expect(one.locator(LEDGER)).to_have_value("777")

    one.locator("[data-do=erase]").click()
    one.locator("[data-do=erase-all]").click()
    expect(other.locator(LEDGER)).to_have_value("240,000")
    other.close()
    assert kept(one)["entries"] is None


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
def test_a_store_that_fails_is_told_once_and_the_sheet_works(profile: Open, script: str, told: str):
    page = profile("es", script=script).page

    put(page, "ledger", "5000")
    put(page, "ledger", "6000")

    expect(page.locator(".troubles .news")).to_have_text([said(TAG, "es")[f"sheet_storage_{told}"]])
    assert page.locator(".kept").is_hidden()
    assert "6,000" in page.locator('[data-show="checks"]').inner_text()
    with page.expect_download():
        page.locator("[data-do=save]").click()


def test_what_was_kept_and_cannot_be_read_is_put_aside(sheet: Open):
    foreign = '{"v": 1, "n": 1, "state": "own", "locale": "xx", "entries": {}}'
    for raw in ("{", "null", "[]", '{"v": 1}', foreign):
        page = sheet(kept=raw).page

        expect(page.locator(LEDGER)).to_have_value("240,000")
        expect(page.locator(".troubles")).to_have_text(said(TAG, "en")["sheet_storage_corrupt"])
        assert page.evaluate("key => localStorage.getItem(key + '.corrupt')", KEY) == raw
        put(page, "ledger", "1")
        page.evaluate(DRAWN)
        assert kept(page)["entries"]["ledger"] == "1"


def test_what_a_newer_site_kept_is_left_as_it_is(sheet: Open):
    raw = '{"v": 2, "what": "ever"}'
    page = sheet(kept=raw).page
    put(page, "ledger", "1")

    expect(page.locator(".troubles")).to_have_text(said(TAG, "en")["sheet_storage_newer"])
    assert page.evaluate("key => localStorage.getItem(key)", KEY) == raw


# Rows


def press(page: Page, keys: str, until: str, limit: int = 200) -> None:
    """Press a key until what has the focus matches."""
    for _ in range(limit):
        page.keyboard.press(keys)
        if page.evaluate("selector => document.activeElement.matches(selector)", until):
            return
    raise AssertionError(f"{keys} does not lead to {until}")


def test_rows_are_added_and_removed_by_keyboard_and_the_focus_stays_with_them(sheet: Open):
    page = sheet().page
    page.locator('[data-field="hidden.4.amount"]').focus()

    press(page, "Tab", '[data-do="add"][data-rows-of="hidden"]')
    page.keyboard.press("Enter")
    expect(page.locator('[data-field="hidden.5.name"]')).to_be_focused()
    expect(status(page)).to_have_text("Added: number 6.")
    page.keyboard.type("Noise")
    press(page, "Tab", '[data-field="hidden.5.amount"]')
    page.keyboard.type("1000")
    expect(page.locator('[data-show="tca"] tbody td').nth(2)).to_have_text("36,000")

    page.locator('[data-field="hidden.1.amount"]').focus()
    press(page, "Tab", '[data-row="hidden.1"] [data-do="remove"]')
    page.keyboard.press("Enter")
    expect(page.locator('[data-row="hidden.1"]')).to_be_focused()
    expect(status(page)).to_have_text("Removed: number 2. The next ones moved up.")
    assert entries(page)["hidden.1.name"] == "Reporting"
    assert entries(page)["hidden.4.name"] == "Noise"
    assert "hidden.5.name" not in entries(page)
    expect(page.locator('[data-show="tca"] tbody td').nth(2)).to_have_text("33,500")

    press(page, "Tab", '[data-do="undo"][data-rows-of="hidden"]')
    page.keyboard.press("Enter")
    expect(page.locator('[data-do="add"][data-rows-of="hidden"]')).to_be_focused()
    assert entries(page)["hidden.1.name"] == "Training and protective equipment"
    expect(page.locator('[data-show="tca"] tbody td').nth(2)).to_have_text("36,000")


def test_a_removed_column_takes_its_cells_along_in_every_row(sheet: Open):
    page = sheet().page

    page.locator('[data-row="activity.1"] [data-do="remove"]').first.click()

    found = entries(page)
    assert found["activity.1.name"] == "Air"
    assert [found[f"product.1.use.{place}"] for place in range(4)] == ["6,000", "1,500", "300", "270"]
    assert "product.1.use.4" not in found
    assert found["resource.2.share.1"] == "100"
    assert found["resource.1.share.1"] == ""
    label = page.locator(f'label[for="{TAG}-product-1-use-1"]')
    assert label.inner_text() == "Air, scrubber hours"
    assert page.locator('[data-row="activity.1"] [data-do="remove"]').first.inner_text() == "Remove activity 2, Air"


def test_no_more_and_no_fewer_rows_than_the_sheet_allows(sheet: Open):
    page = sheet().page
    add = page.locator('[data-do="add"][data-rows-of="product"]')
    for _ in range(3):
        add.click()
    expect(add).to_have_attribute("aria-disabled", "true")
    add.press("Enter")
    expect(status(page)).to_have_text("There can be no more than 6.")
    assert "product.6.name" not in entries(page)

    page.locator("[data-do=clear]").click()
    last = page.locator('[data-row="resource.0"] > [data-do="remove"]')
    expect(last).to_have_attribute("aria-disabled", "true")
    last.press("Enter")
    expect(status(page)).to_have_text("There must be at least 1.")
    assert "resource.0.cost" in entries(page)


def test_every_field_has_a_name_of_its_own(sheet: Open):
    page = sheet().page

    names = page.evaluate(
        """() => [...document.querySelectorAll('[data-field]')].map(field => {
          const groups = []
          for (let it = field.closest('fieldset, [role=group]'); it; it = it.parentElement.closest('fieldset, [role=group]')) {
            groups.push(it.querySelector('legend, .matrix-name').textContent)
          }
          return [field.labels[0]?.textContent ?? '', ...groups].join(' | ')
        })"""
    )

    assert all(name and not name.startswith(" |") for name in names)
    heads = ("What it is", "USD a year")
    assert len({name for name in names if not name.startswith(heads)}) == len(
        [name for name in names if not name.startswith(heads)]
    )
    ids = page.eval_on_selector_all("[id]", "all => all.map(it => it.id)")
    assert len(ids) == len(set(ids))


# Looks


@pytest.mark.parametrize(("locale", "width", "scheme"), [("es", 320, "slate"), ("fr", 1280, "default")])
def test_every_turn_of_the_sheet_is_accessible_and_nothing_scrolls_sideways(
    sheet: Open, locale: str, width: int, scheme: str
):
    visitor = sheet(locale, width=width, scheme=scheme)
    page = visitor.page

    def sound(state: str) -> None:
        page.evaluate(DRAWN)
        assert visitor.axe() == [], state
        assert page.evaluate("document.documentElement.scrollWidth") == width, state

    page.locator("[data-example=plant]").click()
    put(page, "ledger", "words that are no number at all, and long ones: Anticonstitutionnellement")
    put(page, "resource.0.share.0", "41")
    put(page, "activity.0.capacity", "1.2.3")
    put(page, "line", "Anticonstitutionnellementpourvoirauxbesoinsénergétiquesdelusine")
    hand(page, "not JSON", "a file with a very long name, longerthananyscreeniswideandthenstilllonger.json")
    page.locator("[data-do=erase]").click()
    sound("mistakes, a refused file, and a question")
    page.locator("[data-do=keep]").click()
    page.locator("[data-do=clear]").click()
    sound("empty")


def test_targets_are_large_enough_for_a_thumb(sheet: Open):
    page = sheet(width=320).page
    put(page, "ledger", "1,2,3,4")

    small = page.evaluate(
        """() => [...document.querySelectorAll('activity-costing :is(button, input, select, a)')]
          .filter(it => it.getClientRects().length)
          .map(it => [it.outerHTML.slice(0, 80), it.getBoundingClientRect()])
          .filter(([, {width, height}]) => width < 44 || height < 44)
          .map(([html]) => html)"""
    )

    assert small == []


def test_a_focused_row_and_field_can_be_seen_in_forced_colours(sheet: Open):
    visitor = sheet(width=320)
    page = visitor.page
    page.emulate_media(forced_colors="active")

    page.locator('[data-row="hidden.1"] [data-do="remove"]').focus()
    page.keyboard.press("Enter")

    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    assert visitor.axe() == []


def test_printing_gives_the_sheet_alone_on_letter_without_its_buttons(sheet: Open):
    page = sheet().page
    page.evaluate("() => { window.print = () => { window.printed = true } }")
    page.locator("[data-do=print]").click()
    assert page.evaluate("window.printed")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 672, "height": 900})  # Letter less its margins

    assert page.locator(".around").is_hidden()
    assert page.locator(f"{TAG} h1").is_visible()
    assert page.locator(f"{TAG} :is(button, .jumps, .kept):visible").count() == 0
    wide = page.evaluate(
        """() => [...document.querySelectorAll('activity-costing :is(table, svg, input, fieldset)')]
          .filter(it => it.getBoundingClientRect().right > 673).map(it => it.outerHTML.slice(0, 80))"""
    )
    assert wide == []
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator(".around").is_visible()


def test_an_element_that_is_moved_keeps_its_figures_and_works_on(sheet: Open):
    page = sheet().page
    put(page, "ledger", "4321")

    page.evaluate(f"() => document.querySelector('article').append(document.querySelector('{TAG}'))")

    expect(page.locator(LEDGER)).to_have_value("4321")
    put(page, "ledger", "240000")
    expect(page.locator('[data-show="checks"] [data-mark="right"]')).to_have_count(3)
