"""Who someone is -> the text that their pseudonym is made from. Nothing here is ever written or said.

Each text begins with its kind, so that an account called like another's e-mail is not the same person. Only the same
kind can be joined: an e-mail in a roster and in a statement, but never a name and the account of a browser.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from greensupply.records.scope import refused

_EMAIL = re.compile(r"""[^@\s,;:<>"()]+@[^@\s,;:<>"()]+\.[^@\s.,;:<>"()]+""")
_SHA1 = re.compile(r"[0-9a-fA-F]{40}", re.ASCII)
_WORD = re.compile(r"[^\W_]+")


def folded(text: str) -> str:
    """The text without accents, capitals, invisible signs and repeated spaces."""
    signs = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return " ".join("".join(sign for sign in signs if unicodedata.category(sign) not in ("Mn", "Cf")).split())


def email(text: str) -> str:
    """Return the identity behind an e-mail address, as in a roster or an actor's `mbox`.

    Raises:
        Refused: Not one address.
    """
    address = unicodedata.normalize("NFKC", text).strip().casefold().removeprefix("mailto:")
    if not _EMAIL.fullmatch(address):
        raise refused("roster-email")
    return f"mailto:{address}"


def learner(address: str, number: str, name: str, supplier: str) -> str:
    """Return the identity of a roster's row: e-mail, else employee number, else name, these two within the supplier.

    Accents, capitals, spaces, and the order of a name's words do not count; nor do zeros before an employee number,
    which spreadsheets take away.

    Arguments:
        address: E-mail; empty if there is none, like all others.
        number: Employee number.
        name: Name, in one or several words.
        supplier: Code of the supplier.

    Raises:
        Refused: None of the three is there, or the e-mail is not one.
    """
    if address:
        return email(address)
    if number:
        return f"employee:{supplier}|{folded(number).replace(' ', '').lstrip('0') or '0'}"
    if name:
        return f"name:{supplier}|{_words(name)}"
    raise refused("roster-nobody")


def instructor(text: str) -> str:
    """Return the identity of who taught a class, from an e-mail or a name.

    Raises:
        Refused: An `@` that makes no address.
    """
    return email(text) if "@" in text else f"instructor:{_words(text)}"


def actor(value: Any) -> str:
    """Return the identity behind a statement's actor. Source: xAPI 1.0.3, 2.4.2 (Agent).

    Raises:
        Refused: A group, nobody, or an identifier of another form.
    """
    if not isinstance(value, Mapping) or not value:
        raise refused("statement-actor-missing")
    if value.get("objectType", "Agent") != "Agent":
        raise refused("statement-actor-group")
    if "mbox" in value:
        if isinstance(value["mbox"], str) and value["mbox"].casefold().startswith("mailto:"):
            return email(value["mbox"])
        raise refused("statement-mbox")
    if "mbox_sha1sum" in value:
        if isinstance(value["mbox_sha1sum"], str) and _SHA1.fullmatch(value["mbox_sha1sum"]):
            return f"mbox_sha1sum:{value['mbox_sha1sum'].lower()}"
        raise refused("statement-mbox-sha1")
    if "openid" in value:
        if isinstance(value["openid"], str) and value["openid"].strip():
            return f"openid:{value['openid'].strip()}"
        raise refused("statement-openid")
    account = value.get("account")
    if isinstance(account, Mapping):
        home, name = account.get("homePage"), account.get("name")
        if isinstance(home, str) and isinstance(name, str) and home.strip() and name.strip():
            return f"account:{home.strip()}|{name.strip()}"
        raise refused("statement-account")
    raise refused("statement-actor-nobody")


def _words(name: str) -> str:
    text = folded(name)
    return " ".join(sorted(_WORD.findall(text))) or text
