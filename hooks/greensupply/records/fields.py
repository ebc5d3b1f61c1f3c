"""Fields that statements and rosters share -> checked values, or why not."""

from __future__ import annotations

import difflib
import hashlib
import re
from collections.abc import Mapping

from greensupply import rules
from greensupply.records.people import folded
from greensupply.records.scope import KnownModule, Scope, refused

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", re.ASCII)
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_BRACKETED = re.compile(r"\[\s*([^\[\]]+?)\s*\]$")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,63}", re.ASCII)
_COUNTRIES: Mapping[str, str] = {
    **dict.fromkeys(("ca", "can", "canada"), "CA"),
    **dict.fromkeys(("mx", "mex", "mexico", "mexique"), "MX"),
    **dict.fromkeys(("us", "usa", "united states", "united states of america", "eeuu", "eua", "eu"), "US"),
    **dict.fromkeys(("estados unidos", "estados unidos de america", "etats unis", "etats unis d amerique"), "US"),
}
_LANGUAGES: Mapping[str, str] = {
    **dict.fromkeys(("en", "eng", "english", "ingles", "anglais"), "en"),
    **dict.fromkeys(("es", "spa", "spanish", "espanol", "castellano", "espagnol"), "es"),
    **dict.fromkeys(("fr", "fra", "french", "frances", "francais"), "fr"),
}


def named(written: str, scope: Scope) -> str:
    """Return the id that a roster's cell names: `Title [id]` as in the template, a title in any language, or the id.

    The id stands as it was written, before aliases; what is none of these comes back without capitals.
    """
    text = written.strip()
    if found := _BRACKETED.search(text):
        return found[1].casefold()
    return scope.titles.get(folded(text), text.casefold())


def module(written: str, scope: Scope) -> str:
    """Return the id of a module that the hub has, after aliases.

    Raises:
        Refused: Unknown, or a path or an address in place of an id.
    """
    identifier = written.strip().casefold()
    for _ in range(len(scope.aliases) + 1):
        if identifier in scope.modules:
            return identifier
        if identifier not in scope.aliases:
            break
        identifier = scope.aliases[identifier]
    if not identifier:
        raise refused("roster-module-missing", known=_known(scope))
    if re.search(r"[/\\]|\.md$", identifier):
        near = [name for name in re.split(r"[/\\.]", identifier) if name in scope.modules]
        if near:
            raise refused("roster-module-path-near", near=near[-1])
        raise refused("roster-module-path", known=_known(scope))
    if not _ID.fullmatch(identifier) or len(identifier) > 64:
        raise refused("roster-module-form", known=_known(scope))
    near = difflib.get_close_matches(identifier, scope.modules, 1)
    hint = rules.word("did-you-mean", near=near[0]) if near else _known(scope)
    raise refused("roster-module-unknown", id=identifier, hint=hint)


def revision(written: str, known: KnownModule) -> int:
    """Return the revision that was completed; the current one if nothing is written.

    Raises:
        Refused: Not a whole number from 1, or later than the current one.
    """
    if not written:
        return known.revision
    if not (written.isascii() and written.isdigit() and len(written) < 6 and int(written) > 0):
        raise refused("roster-revision-form", current=str(known.revision))
    if int(written) > known.revision:
        raise refused("roster-revision-late", number=str(int(written)), current=str(known.revision))
    return int(written)


def supplier(written: str) -> str | None:
    """Return a supplier's code in capitals; None if nothing is written.

    Raises:
        Refused: A name or another text in place of a code, as free text could name a person.
    """
    if written and not is_code(written):
        raise refused("roster-supplier", example="S-0042")
    return written.upper() or None


def session(written: str) -> str | None:
    """Return the code of a class; None if nothing is written.

    Raises:
        Refused: Free text in place of a code.
    """
    if written and not is_code(written):
        raise refused("roster-session", example="MTY-2026-11")
    return written or None


def country(written: str) -> str | None:
    """Return `CA`, `MX` or `US`, from a code or a name in the three languages; None if nothing is written.

    Raises:
        Refused: Another country.
    """
    if not written:
        return None
    words = written.lower() if written.lower() in _COUNTRIES else _spaced(written)
    found = _COUNTRIES.get(words) or _COUNTRIES.get(words.replace(" ", ""))
    if not found:
        raise refused("roster-country")
    return found


def locale(written: str) -> str | None:
    """`en`, `es` or `fr` from a language tag or name; None if it is another language, or nothing is written."""
    word = re.split("[-_]", written, maxsplit=1)[0]
    return _LANGUAGES.get(word.lower()) or _LANGUAGES.get(_spaced(word))


def record_id(*parts: str) -> str:
    """A UUID that is always the same for the same parts, laid out as version 5 of RFC 9562, from a SHA-256."""
    digits = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    variant = "89ab"[int(digits[16], 16) & 3]
    return f"{digits[:8]}-{digits[8:12]}-5{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:32]}"


def is_code(written: str) -> bool:
    """Is it the code of a plant or of a class?"""
    return bool(_CODE.fullmatch(written))


def _known(scope: Scope) -> rules.Word:
    ids = ", ".join(sorted(scope.modules))
    return rules.word("roster-modules", list=ids) if ids else rules.word("roster-modules-none")


def _spaced(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", folded(text)))
