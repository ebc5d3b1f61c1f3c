"""What the tests of the calculators share: one tab for many visits, fields, files, and numbers as each language writes them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from bench import opening
from playwright.sync_api import Browser, Locator, Page
from visiting import Visit

NBSP = "\u00a0"
LEAVE = """([key, kept]) => {
  localStorage.clear()
  if (kept) localStorage.setItem(key, kept)
  Storage.prototype.setItem = () => {} // the page that is left writes no more
}"""


@dataclass
class Tab:
    """One tab in which a calculator is opened anew for each test: a third of the time of a new browser profile."""

    visit: Visit
    tag: str

    def open(self, locale: str = "en", *, scheme: str = "default", width: int = 1280, kept: str = "") -> Visit:
        """The calculator as it opens where nothing is kept, or with `kept` in the store."""
        page = self.visit.page
        page.evaluate(LEAVE, [f"greensupply.sheet.{self.tag}", kept])
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="screen", forced_colors="none")
        self.visit.open(f"{locale}/{scheme}/{self.tag}")
        return self.visit


@contextmanager
def tab(browser: Browser, url: str, tag: str) -> Iterator[Tab]:
    with opening(browser, url, tag) as begin:
        yield Tab(begin(), tag)


def opened(tab: Tab) -> Iterator[Callable[..., Visit]]:
    """Body of a fixture: opens the calculator in the tab. No fault may be left at the end of a test."""
    tab.visit.faults.clear()
    yield tab.open
    faults, tab.visit.faults[:] = list(tab.visit.faults), []
    assert not faults, faults


def field(page: Page, name: str) -> Locator:
    return page.locator(f'[data-field="{name}"]')


def put(page: Page, name: str, text: str) -> None:
    """Type into a field and leave it."""
    field(page, name).fill(text)
    field(page, name).press("Tab")


FILL = """values => {
  for (const [name, value] of Object.entries(values)) {
    const field = document.querySelector(`[data-field="${name}"]`)
    field.value = value
    field.dispatchEvent(new Event('input', {bubbles: true}))
  }
}"""


def fill(page: Page, values: dict[str, str]) -> None:
    """Fill many fields at once."""
    page.evaluate(FILL, values)


def entries(page: Page) -> dict[str, str]:
    """What stands in the fields, by name."""
    script = "all => Object.fromEntries(all.map(it => [it.dataset.field, it.value]))"
    return dict(page.eval_on_selector_all("[data-field]", script))


def kept(page: Page, tag: str) -> dict[str, Any]:
    """What the device keeps."""
    return dict(json.loads(page.evaluate("key => localStorage.getItem(key)", f"greensupply.sheet.{tag}") or "{}"))


def hand(page: Page, content: bytes | str, name: str = "my figures.json") -> None:
    """Open a file by the button."""
    with page.expect_file_chooser() as chosen:
        page.locator("[data-do=load]").click()
    body = content.encode() if isinstance(content, str) else content
    chosen.value.set_files({"name": name, "mimeType": "application/json", "buffer": body})


def number(text: str, locale: str) -> str:
    """`1,250.5` as the locale writes it."""
    return text.replace(",", NBSP).replace(".", ",") if locale == "fr" else text


def percent(text: str, locale: str) -> str:
    """`34.26` in percent, as the locale writes it."""
    return number(text, locale) + (f"{NBSP}%" if locale == "fr" else "%")
