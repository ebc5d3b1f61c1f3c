"""Small things that tests are made of: the least text that works, changed where a test says so."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
EVERYTHING = bool(os.environ.get("GREENSUPPLY_EVERYTHING"))
"""Look at everything in every language; else at each in one of them, in turns. Before a release, everything."""

CHOICE = """\
/// question | Which change prevents pollution at the source?
    id: at-the-source

- [ ] A sludge press
    - It treats waste that is there already.
- [x] Counterflow rinsing
    - Less water and less drag-out.

//// hint
Look at the order of preference.
////
///
"""
QUESTIONS = {
    "en": CHOICE,
    "es": """\
/// question | ¿Qué cambio previene la contaminación en su origen?
    id: at-the-source

- [ ] Una prensa de lodos
    - Trata un residuo que ya existe.
- [x] El enjuague en cascada
    - Menos agua y menos arrastre.

//// hint
Piense en el orden de preferencia.
////
///
""",
    "fr": """\
/// question | Quel changement prévient la pollution à la source?
    id: at-the-source

- [ ] Une presse à boues
    - Elle traite un résidu qui existe déjà.
- [x] Le rinçage en cascade
    - Moins d’eau et moins d’entraînement.

//// hint
Pensez à l’ordre de préférence.
////
///
""",
}

FACTS = """\
id: {id}
revision: 1
audience: [supplier]
level: introductory
minutes: 45
prerequisites: []
topics: [rinsing]
pass_mark: 0.8
reviewed: 2026-11-24
sources: [LEAN-01]
"""

TEXTS = {
    "en": """\
---
title: {title}
summary: How to rinse with less water.
objectives:
- Choose a rinse.
---
## Why rinse

Parts carry solution out of the bath.

{question}""",
    "es": """\
---
title: {title}
summary: Cómo enjuagar con menos agua.
objectives:
- Elegir un enjuague.
---
## Por qué enjuagar

Las piezas sacan solución del baño.

{question}""",
    "fr": """\
---
title: {title}
summary: Comment rincer avec moins d’eau.
objectives:
- Choisir un rinçage.
---
## Pourquoi rincer

Les pièces emportent de la solution hors du bain.

{question}""",
}
"""A text of a module in each language, for `title` and `question`."""

PATHWAYS = """\
pathways:
- id: supplier
  audience: supplier
  title: {en: Supplier pathway, es: Ruta del proveedor, fr: Parcours du fournisseur}
  summary: {en: For suppliers., es: Para proveedores., fr: Pour les fournisseurs.}
  modules: [rinsing]
"""

SOURCES = """\
sources:
  LETK:
    title: Lean & Environment Toolkit
    lang: en
    publisher: US EPA
    year: '2006'
facts:
  LEAN-01: {sources: [LETK], checked: 2026-11-24, confidence: seen}
"""

TITLES = {"en": "Rinsing", "es": "Enjuague", "fr": "Rinçage"}


def module(identifier: str = "rinsing", *, question: str | None = None, **changes: str) -> dict[str, str]:
    """Files of a module; a change names a file without its suffix: `module=...`, `es=...`.

    A question that is given stands in every text; else each has one in its language.
    """
    files = {f"modules/{identifier}/module.yml": FACTS.format(id=identifier)}
    for locale, title in TITLES.items():
        asked = QUESTIONS[locale] if question is None else question
        files[f"modules/{identifier}/{locale}.md"] = TEXTS[locale].format(title=title, question=asked)
    for name, text in changes.items():
        files[f"modules/{identifier}/{name}.{'yml' if name == 'module' else 'md'}"] = text
    return files


def text(locale: str = "en", *, body: str = "", question: str | None = None, title: str = "") -> str:
    """A module's text with `body` before its question."""
    asked = QUESTIONS[locale] if question is None else question
    return TEXTS[locale].format(title=title or TITLES[locale], question=f"{body}\n\n{asked}")


def project(*parts: Mapping[str, str]) -> dict[str, str]:
    """Files of the smallest hub, with `parts` laid over it."""
    files = {"modules/pathways.yml": PATHWAYS, "modules/sources.yml": SOURCES, **module()}
    for locale, title in TITLES.items():
        files[f"content/{locale}/index.md"] = f"---\ntitle: {title}\ndescription: A page.\n---\nWelcome.\n"
    for part in parts:
        files.update(part)
    return files


def write(root: Path, files: Mapping[str, str | bytes | None]) -> Path:
    """Write files below `root`; None leaves one out. Returns `root`."""
    for name, content in files.items():
        if content is None:
            continue
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def configuration(folder: Path, **settings: object) -> str:
    """The project's own `mkdocs.yml`, for another folder."""
    loader = yaml.SafeLoader
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    values = yaml.load(text, Loader=_with_mkdocs_tags(loader))
    values.update(site_url="https://hub.example/", docs_dir=str(folder / "content"), site_dir=str(folder / "site"))
    values["edit_uri"] = "https://code.example/edit/main/content/"
    values["theme"]["custom_dir"] = str(ROOT / "hooks/greensupply/theme")
    ours = {
        "greensupply": {"modules_dir": str(folder / "modules")},
        "tally": {"records_dir": str(folder / "records"), "as_of": "2026-10-31"},
    }
    values["plugins"] = [
        {name: ours[name]} if (name := entry if isinstance(entry, str) else next(iter(entry))) in ours else entry
        for entry in values["plugins"]
    ]
    values["markdown_extensions"] = [
        {"toc": {"permalink": True, "slugify": _Slugify()}} if isinstance(name, dict) and "toc" in name else name
        for name in values["markdown_extensions"]
    ]
    values.update(settings)
    return yaml.dump(values, Dumper=_Dumper, allow_unicode=True)


class _Slugify:
    """Stands for `!!python/name:markdown.extensions.toc.slugify_unicode`."""


class _Dumper(yaml.SafeDumper):
    pass


_Dumper.add_representer(
    _Slugify,
    lambda dumper, _: dumper.represent_scalar(
        "tag:yaml.org,2002:python/name:markdown.extensions.toc.slugify_unicode", ""
    ),
)


def _with_mkdocs_tags(base: type[yaml.SafeLoader]) -> type[yaml.SafeLoader]:
    class Loader(base):  # type: ignore[misc,valid-type]
        pass

    Loader.add_multi_constructor("tag:yaml.org,2002:python/name:", lambda *_: "slugify")
    Loader.add_constructor("!ENV", lambda loader, node: loader.construct_sequence(node)[-1])
    return Loader
