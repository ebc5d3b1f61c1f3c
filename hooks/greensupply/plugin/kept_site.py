"""The site that an earlier build wrote stays in its folder, but for what changes.

MkDocs empties the folder first and writes every file again. Here a build takes out what it does not know, and tells of
each file that it would write whether the very same stands there already: made from the same, and not touched since.
What belongs to no page any more goes at the end. So the folder holds what it would hold if it had been emptied.

What is known of the files is kept only if no other build of the project began or ended meanwhile.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from mkdocs import utils
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, InclusionLevel

from greensupply import identity, kept_pack
from greensupply.identity import Identity
from greensupply.kept_pack import Pack
from greensupply.plugin import kept_made, offline

TURN = "turn"
"""The file beside the packs that says which build was the last to begin or to end."""


def store(config: MkDocsConfig) -> Pack:
    """What is kept of the site as a whole; a preview, or a site in which others have a hand, keeps nothing of that."""
    keeps = kept_made.alone(config) and not offline.is_preview(config)
    return offline.pack(config, "site") if keeps else Pack(None)


class KeptSite:
    """The folder of one build. Its files are told by their path from its root, with `/`."""

    def __init__(self) -> None:
        self._store = Pack(None)
        self._folder, self._turn, self._sign = "", Path(), ""
        self._standing: dict[str, str] = {}
        self.claimed: dict[str, str] = {}
        """What each file of the site is made from, as a digest, as far as it was told."""

    def begin(self, config: MkDocsConfig, store: Pack, *, same: bool) -> None:
        """A build begins, which tells what it kept in `store`; without one, MkDocs empties the folder as ever.

        Where all of it stays the `same`, nothing is done to the folder.
        """
        self._store, self._folder, self._sign = store, config.site_dir, ""
        self._standing, self.claimed = {}, {}
        if not store.keeps:
            return
        self._turn = Path(config.config_file_path or ".").resolve().parent / kept_pack.FOLDER / TURN
        plain = utils.clean_directory

        def clean(directory: str) -> None:
            utils.clean_directory = plain
            if directory != self._folder or not (same or self._clean()):
                plain(directory)

        utils.clean_directory = clean

    def stands(self, path: str, key: object) -> bool:
        """Whether a file stands that was made from `key`, which is all that it depends on; it belongs to the site."""
        self.claimed[path] = mark = hashlib.sha256(repr(key).encode()).hexdigest()[:40]
        return self._standing.get(path) == mark

    def leave(self, files: Iterable[File]) -> None:
        """Let MkDocs copy only what does not stand there already."""
        for file in files:
            if self._sign and not file.is_documentation_page() and file.inclusion != InclusionLevel.EXCLUDED:
                made = identity.of(file.abs_src_path) if file.abs_src_path else _digest(file.content_bytes)
                if self.stands(file.dest_uri, (file.abs_src_path, made)):
                    file.inclusion = InclusionLevel.EXCLUDED

    def take(self, claimed: Mapping[str, str]) -> None:
        """Add what another process of this build wrote or left; of two that differ, the file is not known."""
        for path, mark in claimed.items():
            self.claimed[path] = mark if self.claimed.get(path, mark) == mark else ""

    def end(self) -> bool:
        """After the last language: take out what belongs to the site no more, and keep what is known of the others.

        Returns:
            Whether nothing else wrote into the folder, as far as that is known.
        """
        if not self._sign:
            return False
        _remove(self._folder, self._standing.keys() - self.claimed.keys())
        known = {}
        for path, mark in self.claimed.items():
            with suppress(OSError):  # an empty page is not written
                known[path] = mark, *identity.of(os.path.join(self._folder, path))
        alone = self._alone()
        self._store.keep(self._key(), json.dumps(known if alone else {}).encode())
        return alone

    def _clean(self) -> bool:
        """Take out what is not known; says whether what is known is left."""
        found = self._store.find(self._key())
        known: dict[str, list[object]] = json.loads(found) if found else {}
        self._sign = self._turn_to_me()
        try:
            there = dict(identity.walk(self._folder)) if known else {}
        except (OSError, identity.StrangeError):
            return False
        self._standing = {path: str(known[path][0]) for path, state in there.items() if _same(known.get(path), state)}
        if self._standing:
            _remove(self._folder, there.keys() - self._standing.keys())
        return bool(self._standing)

    def _turn_to_me(self) -> str:
        """Write down that this build was the last; empty where nothing can be written."""
        sign = str(uuid4())
        try:
            self._turn.parent.mkdir(parents=True, exist_ok=True)
            self._turn.write_text(sign, encoding="utf-8")
        except OSError:
            return ""
        return sign

    def _alone(self) -> bool:
        """Whether no other build began or ended since this one began; if one did, it learns that it was not alone."""
        with suppress(OSError):
            if self._turn.read_text(encoding="utf-8") == self._sign:
                return True
        self._turn_to_me()
        return False

    def _key(self) -> object:
        return "site", os.path.abspath(self._folder)


def _same(known: list[object] | None, state: Identity) -> bool:
    return known is not None and tuple(known[1:]) == state


def _remove(folder: str, paths: Iterable[str]) -> None:
    """Delete files, and folders that are empty then."""
    for path in paths:
        os.unlink(os.path.join(folder, path))
    for place in sorted({parent for path in paths for parent in _above(path)}, key=len, reverse=True):
        with suppress(OSError):  # it is not empty
            os.rmdir(os.path.join(folder, place))


def _above(path: str) -> list[str]:
    return [path[:place] for place, sign in enumerate(path) if sign == "/"]


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
