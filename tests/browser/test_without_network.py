"""The hub without network: kept by the service worker, and unpacked from the zip."""

from __future__ import annotations

import hashlib
import io
import os
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from builders import write
from greensupply import components
from greensupply.components.bundle import bundle
from greensupply.offline import archive, contents, standing
from hosting import serving
from playwright.sync_api import Browser, BrowserContext, Page
from visiting import HOMES, Hub

pytestmark = pytest.mark.browser

PLACES = ("", "lean/", "rinsing/")
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><title>{version}</title></svg>'
PAGE = """<!doctype html>
<html lang="{locale}" data-html="{version}">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'self'; style-src 'self'; \
img-src 'self'; connect-src 'self'; worker-src 'self'">
<meta charset="utf-8"><title>{locale} {place}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="{root}assets/site.css?{css}">
<script defer src="{root}assets/site.js?{js}"></script>
</head>
<body>
<main><h1>{locale} {place}</h1><p id="anchor"><img src="{root}{place}figure.{locale}.svg" alt=""></p>
<p><a href="{home}lean/">lean</a> <a href="{root}es/">es</a></p></main>
<footer><p>Foot</p></footer>
{notice}
</body>
</html>
"""
ASK = """([worker, locale]) => new Promise(async done => {
  navigator.serviceWorker.addEventListener('message', ({data}) => {
    if (data.locale === locale && data.state !== 'keeping') done(data)
  })
  navigator.serviceWorker.startMessages()
  await navigator.serviceWorker.register(worker)
  const {active} = await navigator.serviceWorker.ready
  active.postMessage({keep: locale})
})"""
VERSIONS = """async () => {
  const style = getComputedStyle(document.documentElement)
  const picture = await (await fetch(document.querySelector('img').src)).text()
  const {html, js} = document.documentElement.dataset
  return [html, style.getPropertyValue('--version').trim(), js, picture.match(/<title>(.*)<\\/title>/)[1]]
}"""
"""Of the page, its style, its script, and a picture that is asked for later."""


def mark(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def build(folder: Path, version: str) -> None:
    """A hub of a few pages in English and Spanish, each file with its version in it, over what is in the folder."""
    css = f":root {{ --version: {version}; }}\n"
    js = f"document.documentElement.dataset.js = '{version}'\n"
    script = js + bundle(components.FOLDER / "offline-notice" / "offline-notice.js")
    files: dict[str, str | bytes | None] = {"assets/site.css": css, "assets/site.js": script, "404.html": "lost\n"}
    for locale in ("en", "es"):
        home = contents.home(locale)
        for place in PLACES:
            root = "../" * f"{home}{place}".count("/") or "./"
            notice = components.render(
                "offline-notice",
                words=components.data("offline-notice", "words.yml")[locale],
                locale=locale,
                worker=f"{root}sw.js",
            )
            files[f"search/{locale}.js"] = version
            files[f"{place}figure.{locale}.svg"] = PICTURE.format(version=version)
            files[f"{home}{place}index.html"] = PAGE.format(
                css=mark(css),
                home="../" * place.count("/") or "./",
                js=mark(script),
                locale=locale,
                notice=notice,
                place=place,
                root=root,
                version=version,
            )
    files["offline.html"] = standing.offline_page(f"assets/site.css?{mark(css)}", "assets/none.js", ("en", "es"))
    write(folder, files)
    write(folder, {**contents.lists(folder), contents.WORKER: standing.worker()})
    newer(folder)


def newer(folder: Path) -> None:
    """Give every file another time, as a host says by its second which version a browser has."""
    later = max(file.stat().st_mtime for file in folder.rglob("*")) + 10
    for file in folder.rglob("*"):
        os.utime(file, (later, later))


@dataclass
class Learner:
    """A browser profile on a small hub whose host can be stopped."""

    context: BrowserContext
    folder: Path
    url: str
    host: ExitStack
    uncaught: list[str] = field(default_factory=list)

    def page(self) -> Page:
        page = self.context.new_page()
        page.on("pageerror", lambda error: self.uncaught.append(str(error)))
        return page

    def open(self, page: Page, place: str) -> int:
        """Open a page; gives its status."""
        answer = page.goto(self.url + place, wait_until="load")
        assert answer is not None
        return answer.status

    def cut(self) -> None:
        """No network, and no host either."""
        self.context.set_offline(True)
        self.host.close()

    def kept(self, page: Page, state: str = "kept") -> None:
        page.wait_for_selector(f'offline-notice[data-state="{state}"]', state="attached")

    def news(self, page: Page, news: str) -> str:
        """Wait for a piece of news; gives its words."""
        page.wait_for_selector(f'offline-notice[data-news="{news}"]', state="attached")
        return page.locator("offline-notice [role=status]").text_content() or ""

    def caches(self, page: Page) -> list[str]:
        return [name.split()[-2] for name in page.evaluate("caches.keys()") if not name.endswith(" state")]


@pytest.fixture
def learner(browser: Browser, tmp_path: Path) -> Iterator[Learner]:
    folder = tmp_path / "site"
    build(folder, "A")
    with ExitStack() as host:
        url = host.enter_context(serving(folder))
        context = browser.new_context()
        context.set_default_timeout(30_000)
        new = Learner(context, folder, url, host)
        yield new
        context.close()
    assert new.uncaught == []


def test_a_language_that_was_opened_is_there_without_network(learner):
    page = learner.page()
    learner.open(page, "es/")
    learner.kept(page)
    said = learner.news(page, "first")
    learner.cut()

    assert said == components.data("offline-notice", "words.yml")["es"]["news_first"]
    assert page.evaluate(VERSIONS) == ["A"] * 4  # the first page too, which came before the worker
    for place in ("es/", "es/lean/", "es/rinsing/?mark=ems#anchor", "es/rinsing/index.html", "es/rinsing"):
        assert learner.open(page, place) == 200
        assert page.evaluate(VERSIONS) == ["A"] * 4, place
    assert page.url == f"{learner.url}es/rinsing/"


def test_a_worker_that_was_stopped_goes_on_where_it_was(learner):
    page = learner.page()
    learner.open(page, "es/")
    learner.kept(page)
    learner.open(page, "es/lean/")
    session = learner.context.new_cdp_session(page)
    session.send("ServiceWorker.enable")
    learner.cut()

    session.send("ServiceWorker.stopAllWorkers")
    assert page.evaluate(VERSIONS) == ["A"] * 4
    session.send("ServiceWorker.stopAllWorkers")
    page.reload()
    assert page.evaluate(VERSIONS) == ["A"] * 4
    assert page.locator("h1").text_content() == "es lean/"


def test_offline_is_said_once_and_what_is_not_kept_says_so_in_every_language(learner):
    page = learner.page()
    learner.open(page, "es/")
    learner.kept(page)
    learner.cut()
    say = components.data("offline-notice", "words.yml")["es"]

    assert learner.news(page, "offline_kept") == say["news_offline_kept"]
    page.get_by_role("button", name=say["close"]).click()
    assert page.evaluate("document.activeElement.localName") == "summary"
    learner.open(page, "es/lean/")
    learner.kept(page)
    assert page.locator("offline-notice [role=status]").text_content() == ""
    assert page.locator("offline-notice .state").text_content() == f"{say['now']} {say['kept']}"

    page.locator("a", has_text="es").evaluate("(link, address) => link.href = address", learner.url + "lean/")
    assert learner.open(page, "lean/") == 503
    assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--version').trim()") == "A"
    for locale in ("en", "es"):
        text = page.locator("section", has_text=standing.texts(locale)["lost_title"])
        assert standing.texts(locale)["lost_text"] in (text.text_content() or "")
    page.get_by_role("link", name=standing.texts("es")["lost_home"]).click()
    page.wait_for_url(f"{learner.url}es/")
    assert page.evaluate(VERSIONS) == ["A"] * 4


def test_online_a_lost_address_is_the_hosts_and_a_post_passes_untouched(learner):
    page = learner.page()
    learner.open(page, "es/")
    learner.kept(page)

    assert learner.open(page, "es/nothing/") == 404
    assert page.locator("body").text_content() == "lost\n"
    learner.open(page, "es/")
    post = "async () => (await fetch('lean/', {method: 'POST'})).status"
    assert page.evaluate(post) == 501
    kept = "async () => (await Promise.all((await caches.keys()).map(async name => (await (await caches.open(name)).keys()).map(({url}) => url)))).flat()"
    assert [url for url in page.evaluate(kept) if "/nothing" in url or "/404" in url] == []


def test_a_new_version_is_taken_into_use_whole_and_open_pages_keep_theirs(learner):
    page = learner.page()
    learner.open(page, "es/")
    learner.kept(page)
    other = learner.page()
    learner.open(other, "es/lean/")
    learner.kept(other)

    build(learner.folder, "B")
    learner.open(page, "es/rinsing/")
    assert page.evaluate(VERSIONS) == ["A"] * 4
    learner.news(page, "new")
    assert page.evaluate(VERSIONS) == ["A"] * 4

    page.locator("offline-notice .reload").click()
    page.wait_for_selector('html[data-html="B"][data-js="B"]', state="attached")
    assert page.evaluate(VERSIONS) == ["B"] * 4
    assert other.evaluate(VERSIONS) == ["A"] * 4
    assert learner.caches(page).count("es") == 2

    other.close()
    page.evaluate(
        """async () => {
          const name = (await caches.keys()).find(name => name.endsWith(' state'))
          const state = await caches.open(name)
          for (const request of await state.keys()) {
            const note = await state.match(request)
            await state.put(request, new Response(await note.text(), {headers: {'date-ms': '0'}}))
          }
        }"""
    )
    page.evaluate(ASK, [f"{learner.url}sw.js", "es"])
    page.wait_for_function("async () => (await caches.keys()).filter(name => / es \\w+$/.test(name)).length === 1")
    learner.cut()
    learner.open(page, "es/lean/")
    assert page.evaluate(VERSIONS) == ["B"] * 4


def test_the_words_of_the_search_are_the_pages_own_or_those_of_today_or_those_of_the_pages_that_are_kept(learner):
    words = "async () => (await fetch('../../search/es.js')).text()"
    page = learner.page()
    learner.open(page, "es/")
    learner.kept(page)
    learner.open(page, "es/lean/")
    write(learner.folder, {"search/es.js": "B", "es/new/index.html": "<!doctype html><title>new</title>"})
    newer(learner.folder)
    other = learner.page()
    learner.open(other, "es/new/")

    assert page.evaluate(words) == "A"
    assert other.evaluate(words) == "B"  # its page is not kept
    write(learner.folder, {"search/es.js": "C"})
    newer(learner.folder)
    assert other.evaluate(words) == "C"
    learner.cut()
    assert [each.evaluate(words) for each in (page, other)] == ["A", "A"]


@pytest.mark.parametrize("fault", ["changed", "missing"])
def test_a_version_that_does_not_come_whole_leaves_the_old_one_in_use(learner, fault):
    page = learner.page()
    learner.open(page, "es/")
    learner.kept(page)
    build(learner.folder, "B")
    broken = learner.folder / "rinsing/figure.es.svg"
    good = broken.read_bytes()
    broken.write_bytes(b"<html>Log in to the network</html>") if fault == "changed" else broken.unlink()

    learner.open(page, "es/lean/")
    assert page.evaluate(ASK, [f"{learner.url}sw.js", "es"])["state"] == "kept"
    learner.open(page, "es/rinsing/")
    assert page.evaluate(VERSIONS) == ["A"] * 4

    broken.write_bytes(good)
    newer(learner.folder)
    page.evaluate(ASK, [f"{learner.url}sw.js", "es"])
    learner.news(page, "new")
    learner.cut()
    learner.open(page, "es/rinsing/")
    assert page.evaluate(VERSIONS) == ["B"] * 4


def test_without_room_the_site_works_online_and_says_it_once(learner):
    page = learner.page()
    session = learner.context.new_cdp_session(page)
    session.send("Storage.overrideQuotaForOrigin", {"origin": re.sub(r"/hub/$", "", learner.url), "quotaSize": 3000})
    learner.open(page, "es/")

    assert learner.news(page, "full") == components.data("offline-notice", "words.yml")["es"]["news_full"]
    assert learner.open(page, "es/lean/") == 200
    learner.kept(page, "full")
    assert page.evaluate(VERSIONS) == ["A"] * 4
    session.send("Storage.overrideQuotaForOrigin", {"origin": re.sub(r"/hub/$", "", learner.url)})
    page.locator("offline-notice summary").click()
    page.locator("offline-notice .again").click()
    learner.kept(page)


def test_a_preview_takes_the_worker_and_what_it_kept_away(learner):
    page = learner.page()
    learner.open(page, "es/")
    learner.kept(page)
    write(learner.folder, {contents.WORKER: standing.worker(retired=True)})
    newer(learner.folder)

    page.evaluate("async () => (await navigator.serviceWorker.getRegistration()).update()")
    page.wait_for_function("async () => (await caches.keys()).length === 0")
    page.wait_for_function("async () => (await navigator.serviceWorker.getRegistrations()).length === 0")


LOST = """async places => {
  const found = await Promise.all(places.map(place => fetch(`/hub/${place}`).then(it => it.ok && it.text()).catch(() => '')))
  return places.filter((_, number) => !found[number] || !found[number].includes('</html>'))
}"""


def test_every_spanish_page_of_the_hub_opens_without_network(browser, hub, tmp_path):
    with ExitStack() as host:
        url = host.enter_context(serving(hub.folder))
        context = browser.new_context()
        page = context.new_page()
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(f"uncaught: {error}"))
        page.goto(f"{url}es/")
        assert page.evaluate(ASK, [f"{url}sw.js", "es"])["state"] == "kept"
        context.set_offline(True)
        host.close()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.on("requestfailed", lambda request: faults.append(request.url) if "favicon" not in request.url else None)
        # the browser asks for the tab's icon itself, past any worker
        places = [place for place in hub.pages() if place.startswith("es/")]
        assert len(places) > 5
        assert page.evaluate(LOST, places) == []
        for place in places:
            if place.startswith(hub.in_another("es")):
                continue
            page.goto(url + place, wait_until="load")
            pictures = page.locator("img").evaluate_all(
                "all => all.map(one => one.loading === 'lazy' || one.naturalWidth)"
            )
            assert all(pictures), place
        page.goto(url + hub.modules("es")[0])
        answer(page)
        context.close()
        assert faults == []


def answer(page: Page) -> None:
    """Answer a question of the page; it says whether that was right."""
    question = page.locator("quiz-question").filter(has=page.locator('input[type="radio"]')).first
    question.locator('input[type="radio"]').first.check()
    question.locator('[data-do="check"]').click()
    page.wait_for_selector('quiz-question[data-state="right"], quiz-question[data-state="wrong"]')


@pytest.fixture
def folder(hub: Hub, tmp_path: Path) -> Callable[[str], Path]:
    """Make the zip of a language, and unpack it as a learner does."""

    def unpack(locale: str) -> Path:
        data = archive.zipped(archive.files(hub.folder, locale))
        goal = tmp_path / "mi carpeta" / locale
        zipfile.ZipFile(io.BytesIO(data)).extractall(goal)
        return goal

    return unpack


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
def test_the_zip_opens_by_double_click_and_keeps_what_was_learned(browser, folder, locale):
    home = folder(locale)
    context = browser.new_context()
    context.set_offline(True)
    context.set_default_timeout(30_000)
    faults: list[str] = []
    page = watched(context, faults)
    page.goto((home / "index.html").as_uri())
    page.wait_for_url((home / HOMES[locale] / "index.html").as_uri())
    link = page.locator('#gs-content a[href*="modules/"]').first
    link.click()
    page.wait_for_selector("quiz-score")
    assert page.url.endswith("/index.html")
    answer(page)
    module = page.url
    kept = page.locator("quiz-question[data-state]").first.get_attribute("id")

    page.close()
    page = watched(context, faults)
    page.goto(module)
    page.wait_for_selector('quiz-question[data-state="right"], quiz-question[data-state="wrong"]')
    assert page.locator("quiz-question[data-state]").first.get_attribute("id") == kept

    page.goto((home / HOMES[locale] / "tools/aspect-register/index.html").as_uri())
    page.locator("aspect-register input:visible").first.wait_for()
    find(page, "kaizen")
    context.close()
    assert faults == []


def find(page: Page, word: str) -> None:
    """Search, and follow the first result."""
    page.locator(".gs-search-button, [data-gs-search], [aria-controls=gs-search]").first.click()
    page.locator("#gs-search input").fill(word)
    result = page.locator("#gs-search .found a").first
    result.wait_for()
    before = page.url
    result.click()
    page.wait_for_url(lambda url: url != before)
    assert "/index.html" in page.url
    page.locator("main, #gs-content").first.wait_for()


def watched(context: BrowserContext, faults: list[str]) -> Page:
    page = context.new_page()
    page.on("console", lambda message: faults.append(message.text) if message.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: faults.append(f"uncaught: {error}"))
    page.on("requestfailed", lambda request: faults.append(f"failed: {request.url}"))
    return page


STAND = """([html, news, online]) => {
  for (const there of document.querySelectorAll('offline-notice')) there.remove()
  Object.defineProperty(navigator, 'onLine', {value: online})
  ServiceWorker.prototype.postMessage = () => {}  // only what this test says is heard
  document.body.insertAdjacentHTML('beforeend', html)
  const data = {greensupply: 'offline', ...news}
  navigator.serviceWorker.dispatchEvent(new MessageEvent('message', {data}))
  document.querySelector('offline-notice details').open = true
}"""
EXAMPLES = components.data("offline-notice", "examples.yml")


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
@pytest.mark.parametrize("example", EXAMPLES, ids=[example["name"] for example in EXAMPLES])
def test_the_notice_can_be_used_by_everyone(visit, example, width, scheme):
    visitor = visit(width=width, color_scheme=scheme, service_workers="allow")
    locale, shows = example["locale"], example["shows"]
    page = visitor.open(f"{HOMES[locale]}about/")
    page.wait_for_selector('offline-notice[data-state="kept"]', state="attached")
    words = components.data("offline-notice", "words.yml")[locale]
    html = components.render("offline-notice", words=words, locale=locale, worker=example["worker"])
    page.evaluate(STAND, [html, {"locale": locale, **example["news"]}, example["online"]])

    assert page.locator("footer offline-notice [role=status]").text_content() == (
        words[f"news_{shows}"] if shows else ""
    )
    assert visitor.axe() == []
    sizes = page.locator("offline-notice :is(button, summary):visible").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().height)"
    )
    assert len(sizes) == 1 + bool(shows) + (shows == "new") + (example["news"]["state"] in {"full", "failed"})
    assert min(sizes) >= 44
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
