"""What a learner does with a completion record: pass, make it, hand it over; and what the device keeps of it."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from builders import TITLES, configuration, module, project, write
from greensupply import locales
from hub_plugins import plugins
from playwright.sync_api import Page, expect
from visiting import HOMES

MODULE = "rinsing"
LONG = "drying"
"""A second module, with titles so long that no record of it fits into an e-mail."""


def build(folder: Path, url: str, endpoint: str) -> None:
    """Build a small hub of two modules of one question each: it sends records to `endpoint`, and offers packages."""
    title = f'title: "{("Drying " * 16).strip()}"'
    files = module(LONG)
    for locale, name in TITLES.items():
        files[f"modules/{LONG}/{locale}.md"] = files[f"modules/{LONG}/{locale}.md"].replace(f"title: {name}", title)
    write(folder, project(files))
    lrs = {"endpoint": endpoint, "key": "site:public"}
    ours = plugins(
        folder, lrs=lrs, records_email="records@training.example", launch_endpoints=[endpoint], packages=True
    )
    text = configuration(folder, site_url=url, plugins=ours)
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    build = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(build, cwd=folder, check=True)


def place(locale: str = "en", name: str = MODULE) -> str:
    return f"{HOMES[locale]}modules/{name}/"


def words(locale: str = "en") -> dict[str, str]:
    return dict(locales.words(locale)["record"])


def pass_module(page: Page) -> None:
    """Answer the module's only question right."""
    page.locator('quiz-question input[value="1"]').check()
    page.locator('quiz-question [data-do="check"]').click()
    page.locator("completion-record .form").wait_for()


def make(page: Page, supplier: str = "", country: str = "") -> dict[str, Any]:
    """Fill in the form and have the record made; returns its statement."""
    page.locator("completion-record input[type=text]").fill(supplier)
    page.locator(f'completion-record [name="record-country"][value="{country}"]').check()
    page.locator('[data-do="make"]').click()
    return statement(page)


def statement(page: Page) -> dict[str, Any]:
    """The finished statement that the page shows."""
    return dict(json.loads(text_of(page)))


def text_of(page: Page) -> str:
    page.locator("completion-record .made").wait_for()
    return page.locator("completion-record pre").text_content() or ""


def passed(page: Page, supplier: str = "", country: str = "") -> str:
    """Pass, and have the record made; returns its text."""
    pass_module(page)
    make(page, supplier, country)
    return text_of(page)


def stored(page: Page, key: str) -> Any:
    raw = page.evaluate("key => localStorage.getItem(key)", f"greensupply.{key}")
    return json.loads(raw) if raw else None


def record(page: Page, name: str = MODULE) -> dict[str, Any]:
    """The one record that the device keeps for a module."""
    [only] = stored(page, f"record.{name}")["records"]
    return dict(only)


def parcels(page: Page) -> dict[str, str]:
    """The state of each record on its way, by id."""
    return {item["id"]: item["state"] for item in (stored(page, "outbox") or {"items": []})["items"]}


def stop_clock(page: Page) -> None:
    """From now on the page's time goes only as far as a test lets it run."""
    page.clock.install(time=datetime(2026, 11, 24, 12, tzinfo=UTC))
    page.clock.pause_at(datetime(2026, 11, 24, 12, 1, tzinfo=UTC))


def send(page: Page) -> None:
    page.locator('[data-do="send"]').click()


def says(page: Page, *parts: str) -> None:
    """Wait until the page says all of that about sending."""
    for part in parts:
        expect(page.locator("completion-record .state")).to_contain_text(part)
