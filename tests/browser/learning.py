"""A small hub to learn in: three modules of one question each, one of them needed, two as electives."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from builders import FACTS, PATHWAYS, configuration, module, project, write
from greensupply import components
from greensupply.cards import learning_words
from hub_plugins import plugins
from playwright.sync_api import Page

RIGHT, WRONG = 1, 0
DAY = "2026-11-20T15:00:00.000Z"
NUMBER = "5f0e0d0c-0b0a-4908-8706-050403020100"
MORE = """\
  electives:
  - {module: drying, processes: [plating, cleaning]}
  - {module: energy, processes: [machining]}
- id: manager
  audience: manager
  title: {en: Manager pathway, es: Ruta del gerente, fr: Parcours du gestionnaire}
  summary: {en: For managers., es: Para gerentes., fr: Pour les gestionnaires.}
  modules: [rinsing, drying]
  electives:
  - {module: energy, processes: [painting]}
"""


def build(folder: Path, url: str) -> None:
    """Build the hub; `energy` has the revision 3, takes 90 minutes, and is not translated."""
    energy = FACTS.format(id="energy").replace("revision: 1", "revision: 3").replace("minutes: 45", "minutes: 90")
    files = project(module("drying"), module("energy", module=energy), {"modules/pathways.yml": PATHWAYS + MORE})
    for locale in ("es", "fr"):
        del files[f"modules/energy/{locale}.md"]
    long = "\n\n".join(["Parts carry solution out of the bath."] * 60)
    name = "modules/rinsing/en.md"
    files[name] = files[name].replace("///", f"{long}\n\n## Count the rinses\n\n{long}\n\n///", 1) + f"\n\n{long}\n"
    write(folder, files)
    text = configuration(folder, site_url=url, plugins=plugins(folder))
    (folder / "mkdocs.yml").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet"]
    subprocess.run(command, cwd=folder, check=True)


def words(locale: str = "en", tag: str = "learning-overview") -> dict[str, str]:
    return learning_words(tag, locale)


def states(locale: str = "en") -> dict[str, str]:
    return dict(components.data("learning-status", "words.yml")[locale])


def kept(**changes: Any) -> str:
    """The progress of a module, as the device keeps it; without changes it is passed, with nothing answered."""
    value = {"v": 1, "revision": 1, "n": 4, "answers": {}, "passed": {"score": 0.9, "at": DAY, "revision": 1}}
    return json.dumps({**value, **changes})


def given(digest: str = "x", **changes: Any) -> dict[str, Any]:
    """An answer, as the device keeps it."""
    return {"digest": digest, "response": [0], "right": False, "tries": 1, "n": 1, **changes}


def put(page: Page, values: dict[str, str]) -> None:
    """Keep values, by the end of their keys."""
    page.evaluate(
        "all => { for (const [key, text] of Object.entries(all)) localStorage.setItem(`greensupply.${key}`, text) }",
        values,
    )


def everything(page: Page) -> dict[str, str]:
    """All that this site keeps, by the end of its key."""
    return dict(
        page.evaluate(
            "Object.fromEntries(Object.entries(localStorage).filter(([key]) => key.startsWith('greensupply.'))"
            ".map(([key, text]) => [key.slice('greensupply.'.length), text]))"
        )
    )


def answer(page: Page, choice: int) -> None:
    """Answer the module's only question."""
    page.locator(
        'quiz-question [data-do="check"]'
    ).wait_for()  # the script has run: it shows what is kept, and no other choice
    page.locator(f'quiz-question input[value="{choice}"]').check()
    page.locator('quiz-question [data-do="check"]').click()
    page.locator("quiz-question[data-state]").wait_for()
