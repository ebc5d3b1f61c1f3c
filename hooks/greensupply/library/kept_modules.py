"""Modules that an earlier build read, found by the bytes of their files.

Only a module of which there is nothing to say is kept: one with a problem is read again, so that it is said again. What
leads from one file to another (links, figures, prerequisites) is looked at each time. Entries are pickled, and of what
they name only the classes in `_KNOWN` are ever called, so that bytes that are not ours can do nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import pickle
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from greensupply import model, parity, prose, written
from greensupply.kept_pack import Pack
from greensupply.library.walk import Walk
from greensupply.locales import LOCALES
from greensupply.model import Module


@dataclass(frozen=True)
class Read:
    """A module as it was read, and what else was found on the way.

    Attributes:
        anchors: The sections of each text, by language.
        links: The links of each text, by language.
    """

    module: Module
    draft: bool
    anchors: Mapping[str, frozenset[str]]
    links: Mapping[str, tuple[prose.Link, ...]]


_KNOWN: Mapping[tuple[str, str], Any] = {
    (each.__module__, each.__qualname__): each
    for each in (
        Read,
        Decimal,
        date,
        frozenset,
        prose.Link,
        written.ModuleFacts,
        written.TextFacts,
        model.Module,
        model.Text,
        model.Prose,
        model.Callout,
        model.Question,
        model.QuestionType,
        model.Choice,
        model.Pair,
        model.FacilitatorNote,
    )
}


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return _KNOWN[module, name]


def read(walk: Walk, folder: Path, store: Pack) -> Module | None:
    """The module in a folder, as `Walk.module` returns it; what it finds beside it is added to the walk."""
    files = [folder / "module.yml", *(folder / f"{locale}.md" for locale in LOCALES)]
    key = _key(walk.path(folder), files)
    found = store.find(key) if key else None
    if found is not None and (known := _loaded(found)) is not None:
        _take(walk, folder, known)
        return known.module
    alone = Walk(walk.modules_dir, walk.pages_dir)
    module = alone.module(folder)
    walk.add(alone)
    if module and not alone.problems and not alone.warnings and not any(parity.problems(module)):
        links = {locale: tuple(alone.links_in(text)) for locale, text in module.texts.items()}
        anchors = {file.stem: found for file, found in alone.links.anchors.items()}
        if key and key == _key(walk.path(folder), files):  # nobody saved a file meanwhile
            store.keep(key, pickle.dumps(Read(module, bool(alone.links.drafts), anchors, links)))
    return module


def _take(walk: Walk, folder: Path, known: Read) -> None:
    walk.sound.add(known.module.id)
    if known.draft:
        walk.links.drafts.add(folder.name)
    for locale, anchors in known.anchors.items():
        walk.links.anchors[folder / f"{locale}.md"] = anchors
    for locale, text in known.module.texts.items():
        walk.known_links[text.path] = known.links[locale]


def _loaded(data: bytes) -> Read | None:
    with contextlib.suppress(Exception):  # bytes that are not ours can be wrong in any way
        found = _Reader(io.BytesIO(data)).load()
        if isinstance(found, Read):
            return found
    return None


def _key(path: str, files: list[Path]) -> tuple[object, ...] | None:
    """What a module is read from; None where a file cannot be read."""
    try:
        return ("module", path, *_digests(files))
    except OSError:
        return None


def _digests(files: list[Path]) -> Iterator[str]:
    for file in files:
        try:
            yield hashlib.sha256(file.read_bytes()).hexdigest()
        except FileNotFoundError:
            yield ""
