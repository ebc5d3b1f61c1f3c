"""What a page loads: one style and one script for every page, and another of each only where it is used."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from greensupply import package_data
from greensupply.components.bundle import bundle

SITE = ("language-offer", "learning-status", "offline-notice", "site-search")
"""Components that every page may hold; they are in `site.css` and `site.js`."""
MODULE = ("lms-launch", "quiz-question", "quiz-score", "completion-record", "module-presenter")
"""Components of a module's page; together in `module.js`, because none is there without the others.

`lms-launch` is first: the others must know from the beginning whether this device may keep what the learner does.
"""
CERTIFICATE = ("learning-certificate", "certificate-check")
"""Components that share most of what they need, on two pages of which one leads to the other."""

_GROUP = {
    tag: name for name, tags in (("site", SITE), ("module", MODULE), ("certificate", CERTIFICATE)) for tag in tags
}

_TAG = re.compile(r"<([a-z]+(?:-[a-z]+)+)[\s>]")
_LATER = "later"
"""Folder of a component with the script and style that it fetches by itself when they are first needed."""
_SEARCHING = (
    "minisearch/index.js",
    *(f"snowball/{name}-stemmer.js" for name in ("base", "english", "spanish", "french")),
)
_LICENCES = ("minisearch/LICENSE.txt", "snowball/COPYING.txt")
_NOT_OURS = re.compile(r"^[ \t]*/\*\*.*?\*/[ \t]*\n|^[ \t]*//[^\n]*\n|^export \{[^}]*\};?\n", re.MULTILINE | re.DOTALL)
"""What a vendored script does not need here: its comments, and the export at its end."""


@dataclass(frozen=True)
class Bundles:
    """The styles and scripts of the hub by file name, such as `site.css`.

    Attributes:
        texts: Each file's text.
        marks: Each file's name with a mark of its content, `site.css?1a2b3c4d`, so that versions do not mix.
    """

    texts: Mapping[str, str]
    marks: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        marks = {name: f"{name}?{hashlib.sha256(text.encode()).hexdigest()[:8]}" for name, text in self.texts.items()}
        object.__setattr__(self, "marks", marks)

    def needed(self, html: str) -> list[str]:
        """Marked names of what the components in a page's content need beside the files of the whole site."""
        tags = dict.fromkeys(_TAG.findall(html))
        names = dict.fromkeys(name for tag in tags if (name := _GROUP.get(tag, tag)) != "site")
        return [self.marks[file] for name in names for file in (f"{name}.css", f"{name}.js") if file in self.marks]


def make(components: Path, theme_assets: Path) -> Bundles:
    """Put the files of the components and of the theme together."""
    texts: dict[str, str] = {}
    styles = sorted(theme_assets.glob("*.css"))
    shared = components / "shared"
    for name, tags in _groups(components).items():
        folders = [components / tag for tag in tags]
        scripts = [folder / f"{folder.name}.js" for folder in folders]
        sheets = [file for folder in folders for file in sorted(folder.glob("*.css"))]
        if name == "site":
            scripts.insert(0, theme_assets / "site.js")
            styles += sheets
        elif name == "module":
            scripts.sort(key=lambda script: MODULE.index(script.stem))
            styles += sheets
        else:
            uses_sheet = any("shared/sheet.html" in _read(folder / "template.html") for folder in folders)
            sheets = [*([shared / "sheet.css"] if uses_sheet else []), *sheets]
            texts |= {f"{name}.css": "\n".join(map(_read, sheets))} if sheets else {}
        texts[f"{name}.js"] = bundle(*scripts)
    texts["site.css"] = "\n".join(map(_read, styles))
    texts["early.js"] = _read(theme_assets / "early.js")
    if "site-search" in _groups(components)["site"]:
        texts |= _searching(components / "site-search" / _LATER, components / "vendor")
    if "module-presenter" in _groups(components)["module"]:
        texts |= _presenting(components / "module-presenter")
    return Bundles(texts)


def _presenting(folder: Path) -> dict[str, str]:
    """What a module's page fetches when it is first presented: our script behind its words in every language."""
    words = json.dumps(package_data.read(folder / "words.yml"), ensure_ascii=False, separators=(",", ":"))
    script = bundle(folder / _LATER / "presenter.js")
    return {
        "presenter.css": _read(folder / _LATER / "presenter.css"),
        "presenter.js": f"'use strict';\n(() => {{\nconst PRESENTER_WORDS = {words}\n{script}}})()\n",
    }


def _searching(folder: Path, vendor: Path) -> dict[str, str]:
    """What the search fetches when it is first opened: our script behind those of others, in one function."""
    licences = "\n\n".join(f"{name.partition('/')[0]}\n\n{_read(vendor / name)}" for name in _LICENCES)
    others = "".join(_NOT_OURS.sub("", _read(vendor / name)).rstrip() + "\n" for name in _SEARCHING)
    head = "/*! MiniSearch, MIT; Snowball stemmers, BSD: see licences.txt beside this file. */\n"
    return {
        "licences.txt": licences,
        "search.css": _read(folder / "search.css"),
        "search.js": f"{head}'use strict';\n(() => {{\nlet BaseStemmer\n{others}{bundle(folder / 'search.js')}}})()\n",
    }


def _groups(components: Path) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {"site": [], "module": []}
    for folder in sorted(components.iterdir()):
        if (folder / f"{folder.name}.js").exists():
            groups.setdefault(_GROUP.get(folder.name, folder.name), []).append(folder.name)
    return groups


def _read(file: Path) -> str:
    return file.read_text(encoding="utf-8")
