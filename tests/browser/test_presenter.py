"""Presenting a module: by clicker and keyboard, with the speaker's window, offline, from a disk, and back to the page."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest
from builders import EVERYTHING
from greensupply import components
from greensupply.offline import archive
from hosting import serving
from playwright.sync_api import Browser, Page, expect
from test_without_network import ASK
from visiting import HOMES, LOCALES, Hub, Visit

pytestmark = pytest.mark.browser

LEAN = "modules/p2-into-lean/"
ROOM = {"width": 1280, "height": 720}
SLIDES = """() => {
  const next = document.querySelector('.gs-presenter .bar [data-do="next"]')
  const stage = document.querySelector('.gs-presenter .stage')
  const found = []
  for (;;) {
    const slide = stage.firstElementChild
    found.push({kind: slide.className.replace('slide gs-text ', ''), reveal: 'reveal' in slide.dataset,
      table: slide.querySelector('table') !== null, said: document.querySelector('.gs-presenter [role=status]').textContent,
      down: stage.scrollHeight - stage.clientHeight, side: stage.scrollWidth - stage.clientWidth,
      title: slide.querySelector('h1').textContent, words: slide.querySelector('.body').textContent.length})
    if (next.ariaDisabled === 'true') return found
    stage.scrollTop = stage.scrollHeight
    next.click()
  }
}"""
GO_TO = """kind => {
  const next = document.querySelector('.gs-presenter .bar [data-do="next"]')
  const stage = document.querySelector('.gs-presenter .stage')
  while (!stage.querySelector(kind) && next.ariaDisabled !== 'true') {
    stage.scrollTop = stage.scrollHeight
    next.click()
  }
  return stage.querySelector(kind) !== null
}"""
NEXT_OF = """kinds => {
  const next = document.querySelector('.gs-presenter .bar [data-do="next"]')
  const stage = document.querySelector('.gs-presenter .stage')
  for (;;) {
    const found = kinds.filter(kind => stage.querySelector(kind))
    if (found.length || next.ariaDisabled === 'true') return found
    stage.scrollTop = stage.scrollHeight
    next.click()
  }
}"""
"""Goes on to the next slide that is of one of the kinds; gives those that it is of."""
PLACES = """async sources => {
  const {blocks} = await import(`${sources}module-presenter/later/blocks.js`)
  const kind = it => it.matches('.question, .gs-key') ? 'question' : it.localName
  return blocks(document.querySelector('.gs-article')).filter(({note}) => !note).map(({element, place, section}) => `${place} ${section} ${kind(element)}`)
}"""


def words(locale: str) -> dict[str, str]:
    return {**components.words("module-presenter", locale), **components.words("speaker-view", locale)}


def begin(page: Page) -> None:
    page.locator(".gs-present-button").press("Enter")
    expect(page.locator("module-presenter[data-open] .slide")).to_be_visible()


def present(visitor: Visit, place: str) -> Page:
    page = visitor.open(place)
    begin(page)
    return page


def said(page: Page) -> str:
    return page.locator(".gs-presenter [role=status]").inner_text()


def go_to(page: Page, kind: str) -> None:
    """Go on from the first slide until one of a kind is shown."""
    page.keyboard.press("Home")
    assert page.evaluate(GO_TO, f".slide{kind}"), kind


def speaker(page: Page) -> Page:
    with page.expect_popup() as opened:
        page.keyboard.press("s")
    window = opened.value
    expect(window.locator("speaker-view .slide-title").first).to_be_visible()
    return window


def test_nothing_of_it_is_fetched_before_its_button_is_pressed(visit: Callable[..., Visit], hub: Hub) -> None:
    visitor = visit()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url.removeprefix(hub.url).partition("?")[0]))
    page = visitor.open(LEAN)
    page.wait_for_load_state("networkidle")
    assert [name for name in asked if "presenter" in name or "speaker" in name] == []

    asked.clear()
    begin(page)
    assert sorted(name for name in asked if name.endswith((".css", ".js"))) == [
        "assets/greensupply/presenter.css",
        "assets/greensupply/presenter.js",
    ]
    page.keyboard.press("Escape")
    asked.clear()
    begin(page)
    assert [name for name in asked if name.endswith((".css", ".js"))] == []


def test_clicker_keys_and_back_to_the_same_place(visit: Callable[..., Visit]) -> None:
    page = visit(**ROOM).open(LEAN)
    button = page.locator(".gs-present-button")
    button.focus()
    page.evaluate("scrollTo(0, 2345)")
    page.keyboard.press("Enter")
    count = page.locator(".gs-presenter .count")
    expect(count).to_have_text(re.compile(r"^1 of \d\d+$"))
    last = (count.text_content() or "").split()[-1]

    for key, number in (("PageDown", "2"), ("ArrowRight", "3"), (" ", "4"), ("PageUp", "3"), ("ArrowLeft", "2")):
        page.keyboard.press(key)
        expect(count).to_have_text(f"{number} of {last}")
    page.keyboard.press("F5")  # begins the show on some clickers; nothing is loaded anew
    expect(count).to_have_text(f"2 of {last}")
    page.keyboard.press("End")
    expect(count).to_have_text(f"{last} of {last}")
    page.keyboard.press("PageDown")
    expect(count).to_have_text(f"{last} of {last}")
    page.keyboard.press("Home")
    expect(count).to_have_text(f"1 of {last}")

    cover = page.locator(".gs-presenter .cover")
    for key in ("b", "."):
        page.keyboard.press(key)
        expect(cover).to_be_visible()
        expect(cover).to_be_focused()
        assert said(page) == words("en")["said_blank"]
        page.keyboard.press(key)
        expect(cover).to_be_hidden()
    page.keyboard.press(".")
    page.keyboard.press("PageDown")
    expect(cover).to_be_hidden()
    expect(count).to_have_text(f"2 of {last}")

    page.keyboard.press("Escape")
    expect(page.locator(".gs-presenter")).to_have_count(0)
    expect(button).to_be_focused()
    assert page.evaluate("scrollY") == 2345
    assert page.evaluate("document.querySelectorAll('[inert]').length") == 0


def test_another_size_of_the_window_keeps_the_place(visit: Callable[..., Visit]) -> None:
    page = present(visit(**ROOM), LEAN)
    go_to(page, "--figure")
    title = page.locator(".gs-presenter h1").text_content()

    page.set_viewport_size({"width": 400, "height": 700})

    expect(page.locator(".gs-presenter .count")).not_to_have_text(re.compile("^(1|2|3) of"))
    page.wait_for_function("() => document.querySelector('.gs-presenter .slide--figure') !== null")
    assert page.locator(".gs-presenter h1").text_content() == title


@pytest.mark.parametrize("locale", LOCALES)
def test_a_poll_is_asked_and_revealed_and_knows_no_answer_of_a_learner(
    visit: Callable[..., Visit], locale: str
) -> None:
    page = visit(**ROOM).open(f"{HOMES[locale]}{LEAN}")
    question = page.locator("quiz-question").filter(has=page.locator('input[type="radio"]')).first
    prompt = question.locator(".prompt").text_content() or ""
    question.locator('input[type="radio"]').first.check()
    question.locator('[data-do="check"]').click()
    expect(question).to_have_attribute("data-state", re.compile("right|wrong"))
    kept = page.evaluate("JSON.stringify(localStorage)")
    state = question.evaluate("it => it.outerHTML")

    begin(page)
    for _ in range(300):
        if prompt in said(page):
            break
        page.keyboard.press("PageDown")
    poll = page.locator(".gs-presenter .poll > li")
    assert poll.locator(".letter").all_inner_texts() == ["A", "B", "C", "D"][: poll.count()]
    assert page.locator(".gs-presenter .slide :is(input, [data-mark], [data-state])").count() == 0
    assert float(poll.first.evaluate("it => parseFloat(getComputedStyle(it).fontSize)")) >= 24

    page.get_by_role("button", name=words(locale)["reveal"], exact=True).press("Enter")
    expect(page.locator('.gs-presenter .poll > li[data-mark="right"]')).to_have_count(1)
    assert words(locale)["answer"].lower() in said(page)
    page.keyboard.press("PageDown")
    expect(page.locator('.gs-presenter .told[data-mark="right"]').first).to_be_visible()  # what is said to each answer
    page.get_by_role("button", name=words(locale)["hide"], exact=True).press("Enter")
    expect(page.locator(".gs-presenter [data-mark]")).to_have_count(0)
    page.keyboard.press("r")
    expect(page.locator('.gs-presenter .poll > li[data-mark="right"]')).to_have_count(1)

    page.keyboard.press("Escape")
    assert page.evaluate("JSON.stringify(localStorage)") == kept
    assert question.evaluate("it => it.outerHTML") == state


@pytest.mark.parametrize("locale", LOCALES)
def test_every_slide_fits_a_room_and_only_close_ups_are_scrolled(
    visit: Callable[..., Visit], hub: Hub, locale: str
) -> None:
    visitor = visit(**ROOM)
    for place in hub.turn(locale):
        slides = present(visitor, place).evaluate(SLIDES)
        assert len(slides) > 40, place
        assert [slide for slide in slides if slide["side"] > 0] == []
        assert [slide for slide in slides if slide["down"] > 1 and "near" not in slide["kind"]] == []
        assert [slide for slide in slides if not slide["title"].strip()] == []
        polls = sum(slide["kind"].startswith("slide--poll") and not slide["reveal"] for slide in slides)
        assert polls == visitor.page.locator("quiz-question").count()
        assert any(slide["table"] for slide in slides)


@pytest.mark.parametrize("locale", LOCALES)
def test_notes_are_at_the_same_place_on_both_pages(visit: Callable[..., Visit], hub: Hub, locale: str) -> None:
    visitor = visit()
    for place in hub.turn(locale, 1):
        shown = visitor.open(place).evaluate(PLACES, f"{hub.url}sources/")
        taught = visitor.open(f"{place}facilitator/").evaluate(PLACES, f"{hub.url}sources/")
        assert len(shown) > 40
        assert shown == taught


@pytest.mark.parametrize("locale", LOCALES)
def test_the_speaker_has_notes_clock_and_what_is_next(visit: Callable[..., Visit], locale: str) -> None:
    visitor = visit(**ROOM)
    say = words(locale)
    page = present(visitor, f"{HOMES[locale]}modules/train-the-trainer/")
    window = speaker(page)
    window.on("pageerror", lambda error: visitor.faults.append(str(error)))
    view = window.locator("speaker-view")
    count = page.locator(".gs-presenter .count")
    assert view.get_attribute("lang") == window.locator("html").get_attribute("lang")
    expect(window.locator("#gs-content")).to_be_hidden()
    expect(view.locator(".count")).to_have_text(count.text_content() or "")

    window.keyboard.press("PageDown")  # a clicker reaches whichever window is in front
    window.keyboard.press("PageDown")
    expect(count).to_have_text(re.compile("^3 "))
    expect(view.locator(".count")).to_have_text(count.text_content() or "")
    note = view.locator(".panel--notes .gs-facilitator")
    expect(note.first).to_be_visible()
    assert len(note.first.inner_text()) > 100
    now = page.locator(".gs-presenter h1").text_content() or ""
    expect(view.locator(".panel--now .slide-title")).to_have_text(now)
    expect(view.locator(".panel--next_up")).to_contain_text(say["next_section"])
    page.keyboard.press("PageDown")
    expect(view.locator(".count")).to_have_text(count.text_content() or "")

    elapsed, clock = view.locator(".time b").all()
    expect(elapsed).to_have_text(re.compile(r"^0:00:0[1-9]$"))
    expect(clock).to_have_text(re.compile(r"\d{1,2} ?[:h] ?\d\d"))
    window.get_by_role("button", name=say["reset"]).click()
    expect(elapsed).to_have_text("0:00:00")

    window.get_by_role("button", name=say["blank"]).click()
    expect(page.locator(".gs-presenter .cover")).to_be_visible()
    expect(view.locator("[role=status]")).to_have_text(say["said_blank"])
    window.get_by_role("button", name=say["unblank"]).click()
    expect(page.locator(".gs-presenter .cover")).to_be_hidden()
    view.locator("select").select_option(index=3)
    expect(view.locator(".panel--now .slide-title")).to_have_text(page.locator(".gs-presenter h1").text_content() or "")
    expect(page.locator(".gs-presenter .count")).not_to_have_text(re.compile("^[1-4] "))

    page.bring_to_front()
    page.keyboard.press("Escape")
    expect(view.locator("[role=status]")).to_have_text(say["closed"])
    page.reload()
    begin(page)  # the window finds the presentation again
    expect(view.locator("[role=status]")).to_have_text("")
    expect(view.locator(".count")).to_have_text(page.locator(".gs-presenter .count").text_content() or "")


def test_the_facilitators_page_is_a_speakers_window_for_nobody_else(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    page = visitor.open(f"{LEAN}facilitator/#speaker")

    expect(page.locator("speaker-view")).to_be_hidden()
    expect(page.locator("#gs-content")).to_be_visible()


@pytest.mark.parametrize(
    ("locale", "width", "scheme"),
    [("en", 1280, "light"), ("es", 1280, "dark"), ("fr", 320, "light")] + [("en", 320, "dark")] * EVERYTHING,
)
def test_it_is_accessible_in_every_kind_of_slide(
    visit: Callable[..., Visit], locale: str, width: int, scheme: str
) -> None:
    visitor = visit(width=width, height=720 if width > 400 else 568, color_scheme=scheme)
    page = present(visitor, f"{HOMES[locale]}{LEAN}")
    kinds = (
        "--title",
        "--box",
        "--figure",
        "--poll",
        "[data-reveal]",
        ":has(.told)",
        ":has(.pairs)",
        ":has(.gs-table)",
    )
    waiting = [f".slide{kind}" for kind in kinds]

    page.keyboard.press("Home")
    while waiting:
        found = page.evaluate(NEXT_OF, waiting)
        assert found, waiting
        # contrast once in each scheme, as no width changes it; behind the slides the page stays as it is
        colours, within = EVERYTHING or width == 1280, ".gs-presenter" if ".slide--title" not in waiting else ""
        assert visitor.axe(scheme, colours=colours, within=within) == [], found
        waiting = [kind for kind in waiting if kind not in found]
        small = page.eval_on_selector_all(
            ".gs-presenter .bar button", "all => all.filter(it => it.offsetParent && it.offsetHeight < 44).length"
        )
        assert small == 0
        assert page.evaluate("document.querySelector('.gs-presenter .bar').scrollWidth <= innerWidth")
    window = speaker(page)
    window.set_viewport_size({"width": width, "height": 720})
    view = Visit(visitor.context, window, visitor.url)
    assert view.axe(scheme, colours=colours) == []
    assert window.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_keyboard_reaches_everything_and_stays_inside(visit: Callable[..., Visit]) -> None:
    page = present(visit(**ROOM), f"es/{LEAN}")
    seen: list[str] = []

    for _ in range(9):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.dataset.do ?? document.activeElement.localName"))
    assert [name for name in seen if name not in {"body", "html"}][:6] == [
        "previous", "next", "speaker", "blank", "full", "close",
    ]  # fmt: skip
    page.locator('.gs-presenter .bar [data-do="next"]').press("Enter")
    expect(page.locator(".gs-presenter .count")).to_have_text(re.compile("^2 de"))
    page.locator(".gs-presenter .count").click()  # the focus is nowhere then
    page.keyboard.press("PageDown")
    expect(page.locator(".gs-presenter .count")).to_have_text(re.compile("^3 de"))
    page.keyboard.press("Control+k")
    expect(page.locator("#gs-search")).to_be_hidden()
    page.keyboard.press("Tab")
    page.locator('.gs-presenter .bar [data-do="close"]').press(" ")
    expect(page.locator(".gs-present-button")).to_be_focused()


def test_full_screen_is_offered_and_not_forced(visit: Callable[..., Visit]) -> None:
    page = present(visit(**ROOM), LEAN)
    assert page.evaluate("document.fullscreenElement") is None

    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement !== null")
    expect(page.locator(".gs-presenter h1")).to_be_visible()
    page.keyboard.press("f")
    page.wait_for_function("() => document.fullscreenElement === null")


def test_print_script_and_network_that_fail(visit: Callable[..., Visit]) -> None:
    visitor = visit()
    visitor.context.route("**/presenter.js*", lambda route: route.abort())
    page = visitor.open(f"fr/{LEAN}")
    page.locator(".gs-present-button").click()
    expect(page.locator(".gs-present [role=status]")).to_have_text(words("fr")["failed"])
    assert visitor.axe() == []
    visitor.context.unroute("**/presenter.js*")
    begin(page)
    expect(page.locator(".gs-present [role=status]")).to_have_text("")
    page.evaluate("window.open = () => null")
    page.keyboard.press("s")
    expect(page.locator(".gs-presenter [role=status]")).to_have_text(words("fr")["blocked"])
    assert visitor.axe() == []
    page.emulate_media(media="print")
    expect(page.locator(".gs-presenter")).to_be_hidden()
    expect(page.locator(".gs-article h1")).to_be_visible()
    visitor.faults.clear()

    page = visit(java_script_enabled=False).open(LEAN)
    expect(page.locator(".gs-present-button")).to_be_hidden()


def test_it_works_without_network(browser: Browser, hub: Hub) -> None:
    with ExitStack() as host:
        url = host.enter_context(serving(hub.folder))
        context = browser.new_context(viewport=ROOM)
        context.set_default_timeout(30_000)
        page = context.new_page()
        page.goto(f"{url}fr/")
        assert page.evaluate(ASK, [f"{url}sw.js", "fr"])["state"] == "kept"
        context.set_offline(True)
        host.close()

        page.goto(f"{url}fr/{LEAN}")
        begin(page)
        page.keyboard.press("PageDown")
        page.keyboard.press("PageDown")
        window = speaker(page)
        expect(window.locator(".panel--notes .gs-facilitator").first).to_be_visible()
        go_to(page, "--figure")
        page.wait_for_function("() => document.querySelector('.gs-presenter figure img').naturalWidth > 0")
        context.close()


@pytest.mark.parametrize("locale", LOCALES)
def test_it_works_from_the_zip(browser: Browser, hub: Hub, tmp_path: Path, locale: str) -> None:
    zipfile.ZipFile(io.BytesIO(archive.zipped(archive.files(hub.folder, locale)))).extractall(tmp_path / "mi usb")
    context = browser.new_context(viewport=ROOM)
    context.set_offline(True)
    context.set_default_timeout(30_000)
    faults: list[str] = []
    context.on("console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None)
    page = context.new_page()
    page.goto((tmp_path / "mi usb" / HOMES[locale] / LEAN / "index.html").as_uri())
    begin(page)
    page.keyboard.press("PageDown")
    page.keyboard.press("PageDown")

    window = speaker(page)

    assert window.url.startswith("file:///")
    expect(window.locator(".panel--notes .gs-facilitator").first).to_be_visible()
    expect(window.locator("speaker-view .count")).to_have_text(
        page.locator(".gs-presenter .count").text_content() or ""
    )
    window.keyboard.press("PageDown")
    expect(page.locator(".gs-presenter .count")).to_have_text(re.compile("^4 "))
    expect(window.locator("speaker-view .count")).to_have_text(re.compile("^4 "))
    page.bring_to_front()
    page.keyboard.press("Escape")
    expect(window.locator("speaker-view [role=status]")).to_have_text(words(locale)["closed"])
    context.close()
    assert faults == []
