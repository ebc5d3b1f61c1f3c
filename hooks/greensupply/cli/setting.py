"""What the commands on records take from the world: the key, the clock, the hub's modules, and the disk."""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from greensupply import aliases, library, store
from greensupply.model import Library
from greensupply.records import KnownModule, Scope
from greensupply.records.people import folded

KEY_VARIABLE = "GREENSUPPLY_RECORDS_KEY"
KEY_FILE = ".key"
FINGERPRINT = "key-fingerprint"
"""File of the store that says which key its records were made with. It goes with them, wherever they go."""
FINGERPRINT_OF = "greensupply: the key of these records"
LEAST_KEY = 32
ALIASES = "aliases.yml"


class WrongUse(Exception):
    """The command cannot begin; its text says why and what to do."""


def sync(path: Path) -> None:
    """Return when a file, or the names in a folder, are on the disk."""
    if os.name == "nt" and path.is_dir():
        return  # Windows writes names through, and opens no folder
    descriptor = os.open(path, os.O_RDWR if os.name == "nt" else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace(file: Path, content: str | bytes, mode: int = 0o666) -> None:
    """Give a file new content in one step; a kill leaves the old or the new one.

    Arguments:
        file: Where it is to stand.
        content: All of it.
        mode: Who may read and write a file that is new, less what the user's umask takes away.

    Raises:
        OSError: It may not be written; the old one stands, and no draft.
    """
    draft = file.with_name(f"{file.name}.tmp")
    try:
        with open(draft, "wb", opener=lambda path, flags: os.open(path, flags, mode)) as out:
            out.write(content if isinstance(content, bytes) else content.encode())
        sync(draft)
        draft.replace(file)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    sync(file.parent)


def key(folder: Path) -> bytes:
    """Return the key that pseudonyms are made with, from the environment or the store's folder.

    Raises:
        WrongUse: There is none, or it is too short to keep anything secret.
        OSError: Its file cannot be read.
    """
    file = folder / KEY_FILE
    said, place = os.environ.get(KEY_VARIABLE, "").strip(), KEY_VARIABLE
    if not said and file.exists():
        said, place = file.read_text(encoding="utf-8", errors="replace").strip(), file.as_posix()
    if not said:
        raise WrongUse(
            f"There is no key to make pseudonyms with, and no name is ever written. Set {KEY_VARIABLE}, "
            f"or make {file.as_posix()} with `greensupply records new-key`."
        )
    if len(said) < LEAST_KEY:
        raise WrongUse(
            f"{place}: the key has fewer than {LEAST_KEY} characters, so it could be guessed. "
            "Make one with `greensupply records new-key`."
        )
    return said.encode()


def hold_to(folder: Path, secret: bytes) -> None:
    """Return if pseudonyms of the store may be made with this key, and write its fingerprint down if none is there.

    A store without records takes any key. The fingerprint is there before the first record, so a kill leaves none
    without it; records that have none, as those of the demonstration, are taken to be of this key.

    Raises:
        WrongUse: The records of the store were made with another key.
        OSError: The folder may not be written to.
    """
    own, held = pseudonyms(secret)(FINGERPRINT_OF)[:16], _fingerprint(folder)
    if held and held != own:
        raise WrongUse(_other_key(folder))
    if not held:
        folder.mkdir(parents=True, exist_ok=True)
        replace(folder / FINGERPRINT, f"{own}\n")


def _fingerprint(folder: Path) -> str:
    """What the store says of its key; empty if it says nothing or holds nobody."""
    file = folder / FINGERPRINT
    made = store.files(folder) or store.cadre.files(folder) or store.outcomes.files(folder)
    return file.read_text(encoding="utf-8", errors="replace").strip() if made and file.exists() else ""


def _other_key(folder: Path) -> str:
    place = folder.as_posix()
    return (
        f"{place}/{FINGERPRINT}: the records here were made with another key; with this one everybody would be "
        "somebody else and count again. "
        f"Put the old key back, into {KEY_VARIABLE} (which comes first) or into {place}/{KEY_FILE}. "
        f"If it is lost, start the store anew: move {place}/completions and {place}/.cursor.json away, make a key with "
        "`greensupply records new-key` if you have none, and add every file again."
    )


def write_new_key(folder: Path) -> Path:
    """Write a new key that its owner alone may read, and return its file.

    Raises:
        WrongUse: There is a key already, or there are records that were made with one; with another one everybody
            would be somebody else.
        OSError: The folder may not be written to.
    """
    if not (folder / KEY_FILE).exists() and _fingerprint(folder):
        raise WrongUse(_other_key(folder))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / KEY_FILE
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise WrongUse(
            f"{file.as_posix()} exists. With another key everybody would get another pseudonym and count twice."
        ) from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(f"{secrets.token_hex(32)}\n")
    sync(file)
    return file


def pseudonyms(secret: bytes) -> Callable[[str], str]:
    """Text that identifies a person -> the first 32 hexadecimal digits of its HMAC-SHA256. Source: RFC 2104."""
    return lambda text: hmac.new(secret, text.encode(), hashlib.sha256).hexdigest()[:32]


def throwaway() -> bytes:
    """A key for reading what is not kept."""
    return secrets.token_bytes(32)


def scope(records: Path, modules: Path, content: Path, secret: bytes) -> Scope:
    """Return what records are checked against, as it is now.

    Raises:
        WrongUse: There are no modules where the command runs.
        GreenSupplyError: A module or the aliases cannot be read.
    """
    if not modules.is_dir():
        raise WrongUse(f"{modules}: no such folder. Run the command where `mkdocs.yml` is, or name it with --modules.")
    hub = library.read(modules.resolve(), content.resolve() if content.is_dir() else None)
    known = {name: KnownModule(module.facts.revision, module.facts.pass_mark) for name, module in hub.modules.items()}
    return Scope(known, datetime.now(UTC), pseudonyms(secret), aliases.read(records / ALIASES), titles(hub))


def titles(hub: Library) -> dict[str, str]:
    """Title of a module in any language, folded -> its id; a title of two modules is none's."""
    found: dict[str, set[str]] = {}
    for name, module in hub.modules.items():
        for text in module.texts.values():
            found.setdefault(folded(text.facts.title), set()).add(name)
    return {title: names.pop() for title, names in found.items() if len(names) == 1}
