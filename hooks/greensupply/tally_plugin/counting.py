"""Records on disk -> the `PublicTally`: counted, protected, and kept between builds until something has changed.

True counts live in `_count` alone; they go from the query into the gate, and neither a file nor a message holds them.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from greensupply import aliases, disclosure, published, store, tally
from greensupply.errors import GreenSupplyError, Problem
from greensupply.kept import edition
from greensupply.model import Library
from greensupply.published import PublicTally

log = logging.getLogger("mkdocs.plugins.greensupply.tally")

SUPPLIERS, ALIASES, GOALS = "suppliers.csv", "aliases.yml", "goals.yml"
CORE = "supplier"
"""Id of the pathway whose modules are the core ones."""

KEPT = "tally.json"


@dataclass(frozen=True)
class Records:
    """What is counted, and where.

    Attributes:
        folder: The folder `records/`.
        state: File of what was published last.
        kept: Folder of the files that keep results from one build to the next, and may vanish at any time; None keeps
            nothing.
        library: The modules, their minutes and pathways.
        as_of: Last day counted.
    """

    folder: Path
    state: Path
    kept: Path | None
    library: Library
    as_of: date

    def files(self) -> list[Path]:
        """Every file that counts, but for the published state."""
        beside = (self.folder / name for name in (SUPPLIERS, ALIASES, GOALS))
        stored = [*store.files(self.folder), *store.voids(self.folder), *store.cadre.files(self.folder)]
        return [*stored, *(file for file in beside if file.exists())]

    def stamp(self) -> Sequence[tuple[str, int, int]]:
        """Changes when one of these files or the published state does, by name, size and time of change."""
        return stamp_of([*self.files(), self.state])


def stamp_of(files: Sequence[Path]) -> Sequence[tuple[str, int, int]]:
    """Name, size and time of change of the files that there are."""
    return [(file.as_posix(), (known := file.stat()).st_size, known.st_mtime_ns) for file in files if file.exists()]


def public(records: Records) -> PublicTally:
    """Return what may be published; nothing where there are no records.

    Raises:
        GreenSupplyError: With every problem of the records, the list of plants or the published state.
    """
    if not records.folder.is_dir():
        log.info("%s: no such folder, so nothing is counted; the results page says so.", records.folder.name)
        return PublicTally()
    before = _published(records.state)
    known = facts(records, records.files())
    if kept := _kept(records, _key(known, before)):
        log.info("The records have not changed and are not counted again.")
        return kept
    found = _count(records, before)
    _keep(records, (_key(known, before), _key(known, found)), found)
    return found


def publish(state: Path, now: PublicTally) -> None:
    """Write the published state where it has changed, whole or not at all.

    A build of an earlier day, such as of an old commit, does not take back what was published since.
    """
    text = published.dump(now)
    if now.as_of is None or (state.exists() and state.read_text(encoding="utf-8") == text):
        return
    write_state(state, text, _published(state).as_of, now.as_of, f"{disclosure.LEAST} people")


def write_state(state: Path, text: str, last: date | None, day: date, least: str) -> None:
    """Write a published state of a day, if the one there is not of a later day; `least`: behind a move of a number."""
    name = f"{state.parent.name}/{state.name}"
    if last and last > day:
        log.info("%s stays: it is of %s, this build of %s.", name, last, day)
        return
    try:
        _write(state, text)
    except OSError as error:
        log.warning(
            "%s could not be written (%s). The next build then does not know what this one published, and a number may "
            "move by fewer than %s. Make the folder writable, or copy the file from a build that can write it.",
            name,
            error.strerror,
            least,
        )
    else:
        log.info("%s now says what this build publishes. Keep it with the records, under version control.", name)


def _count(records: Records, before: PublicTally) -> PublicTally:
    modules = {name: module.facts.minutes for name, module in records.library.modules.items()}
    core = next((way.modules for way in records.library.pathways if way.id == CORE), ())
    with tempfile.TemporaryDirectory(prefix="greensupply-") as scratch:
        true = tally.count(
            records.folder,
            modules=modules,
            core=core,
            as_of=records.as_of,
            suppliers=records.folder / SUPPLIERS,
            aliases=aliases.read(records.folder / ALIASES),
            scratch=Path(scratch),
        )
    if before.demonstration and not true.demonstration:
        log.info("These are the first records that are not invented; what was published of those is forgotten.")
        before = PublicTally()
    log.info("The records were counted up to %s.", records.as_of)
    return disclosure.protect(true, before)


def _published(state: Path) -> PublicTally:
    if not state.exists():
        return PublicTally()
    try:
        return published.load(state.read_text(encoding="utf-8"))
    except ValueError as error:
        how = "Take it from version control; without it a number may move by fewer people than the rule allows."
        raise GreenSupplyError([Problem(state.as_posix(), 1, f"is no published state ({error}).", how)]) from None


def facts(records: Records, files: Sequence[Path]) -> str:
    """All that the result depends on, but for what was published before.

    Of a record file, name, size and time of change are enough: a batch is named after the digest of its bytes and never
    edited, and `compact` makes a new file. The other files are read whole. The edition of the program is in it, for a
    new query or rule counts anew.
    """
    store_files = {*store.files(records.folder), *store.voids(records.folder)}
    found: list[object] = [edition(records.kept), records.as_of.isoformat()]
    for file in files:
        if file in store_files:
            found.append((file.name, (known := file.stat()).st_size, known.st_mtime_ns))
        else:
            found.append((file.name, digest(file.read_bytes())))
    found += [module.facts.model_dump_json() for module in records.library.modules.values()]
    found += [(way.id, way.modules) for way in records.library.pathways]
    return json.dumps(found)


def _key(facts: str, before: PublicTally) -> str:
    return digest((facts + published.dump(before)).encode())


def digest(raw: bytes) -> str:
    """Changes when the bytes do."""
    return hashlib.sha256(raw).hexdigest()


def _kept(records: Records, key: str) -> PublicTally | None:
    found = kept(records, KEPT, key)
    try:
        return published.load(found["tally"]) if found else None
    except (ValueError, KeyError, TypeError):  # damaged, or of another version: counted again
        return None


def _keep(records: Records, keys: Sequence[str], found: PublicTally) -> None:
    """Protected again with itself, a tally stays the same: so it is kept for its own publication too."""
    keep(records, KEPT, {"keys": list(keys), "tally": published.dump(found)})


def kept(records: Records, name: str, key: str) -> dict[str, str] | None:
    """What an earlier build kept under a name, if it is of this key."""
    if records.kept is None:
        return None
    try:
        found = json.loads((records.kept / name).read_text(encoding="utf-8"))
        return found if key in found["keys"] else None
    except (OSError, ValueError, KeyError, TypeError):  # gone, or damaged
        return None


def keep(records: Records, name: str, what: Mapping[str, object]) -> None:
    """Write what the next build may take; without it that one counts again."""
    if records.kept is None:
        return
    try:
        records.kept.mkdir(parents=True, exist_ok=True)
        _write(records.kept / name, json.dumps(what))
    except OSError:
        log.debug("%s could not be written; the next build counts again.", name)


def _write(file: Path, text: str) -> None:
    """The old file or the new one, never half of it, also when the power goes."""
    draft = file.with_name(f".{file.name}.{os.getpid()}.tmp")
    try:
        with draft.open("w", encoding="utf-8", newline="\n") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
