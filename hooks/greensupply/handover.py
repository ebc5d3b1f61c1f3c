"""How a learner's record may leave the page: by e-mail, and to record stores (xAPI LRSs), as the host has set it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

KEYS = ("endpoint", "key")
LOOPBACK = frozenset({"localhost", "127.0.0.1"})
_ENDPOINT = re.compile(
    r"(?P<origin>(?P<scheme>https?)://(?P<host>(?P<name>[a-z0-9]([a-z0-9.-]*[a-z0-9])?)(:\d{1,5})?))(/[\w.~%-]+)*/?",
    re.ASCII,
)
_KEY = re.compile(r"[\x21-\x39\x3b-\x7e]+:[\x21-\x7e]+")
_EMAIL = re.compile(r"[\w.+-]+@([a-z0-9-]+\.)+[a-z]{2,}", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class Handover:
    """What pages offer beside the download.

    Attributes:
        email: Address that the e-mail with a record goes to; empty where the learner fills it in.
        endpoint: Address of the record store without a slash at its end; empty where there is none.
        origin: Its scheme, host and port: what the page's policy lets through.
        host: Its host and port, as the learner reads it.
        authorization: Value of the header that goes with each record.
        launches: Addresses, without a slash at their ends, that a learning management system (LMS) may name when it
            opens a page: what it names must be one of them, or lie below one.
        origins: What the policy of a module's page lets through besides the site itself, sorted.

    Source: STANDARDS, 6, "Keys" and "xAPI launch".
    """

    email: str = ""
    endpoint: str = ""
    origin: str = ""
    host: str = ""
    authorization: str = ""
    launches: tuple[str, ...] = ()

    @property
    def origins(self) -> tuple[str, ...]:
        """Scheme, host and port of each record store that a module's page may reach."""
        named = [parts["origin"] for address in self.launches if (parts := _ENDPOINT.fullmatch(address))]
        return tuple(sorted({*named, *filter(None, [self.origin])}))


def read(lrs: Mapping[str, object], email: str, launches: Sequence[object] = ()) -> Handover:
    """Return what the options `lrs`, `records_email` and `launch_endpoints` of the plugin mean, without `problems`.

    Arguments:
        lrs: Map with `endpoint` (https, or http on this machine alone) and `key`, `user:password` of Basic
            authentication. Everybody who opens the site can read the key, so it must be one that may only write
            (`statements/write`). Empty, or with empty values: no record store.
        email: Address, or empty.
        launches: Addresses of record stores, https, or http on this machine alone.
    """
    allowed = tuple(str(address).rstrip("/") for address in launches)
    parts = _ENDPOINT.fullmatch(str(lrs.get("endpoint") or ""))
    if not parts:
        return Handover(email, launches=allowed)
    authorization = f"Basic {b64encode(str(lrs['key']).encode()).decode()}"
    return Handover(email, parts[0].rstrip("/"), parts["origin"], parts["host"], authorization, allowed)


def problems(lrs: Mapping[str, object], email: str, launches: Sequence[object] = ()) -> Iterator[str]:
    """What cannot stand in the options, and how to mend it. A key is never repeated: it may be a private one."""
    yield from (f"mkdocs.yml: {what}" for what in _wrong(lrs, email))
    for address in launches:
        yield from (f"mkdocs.yml: {what}" for what in _address_wrong("launch_endpoints", address))


def _wrong(lrs: Mapping[str, object], email: str) -> Iterator[str]:
    for name in sorted(set(map(str, lrs)) - set(KEYS)):
        yield f"`lrs` has the unknown key `{name}`. Its keys are `endpoint` and `key`."
    if email and not _EMAIL.fullmatch(email):
        yield f"`records_email` is `{email}`. Write one address, such as `records@training.example`."
    endpoint, key = (lrs.get(name) or "" for name in KEYS)
    if not endpoint and not key:
        return
    yield from _address_wrong("lrs.endpoint", endpoint)
    if not isinstance(key, str) or not _KEY.fullmatch(key):
        yield "`lrs.key` has not the form `user:password`. Write a key that may only write: every visitor can read it."


def _address_wrong(option: str, address: object) -> Iterator[str]:
    shown = re.sub(r"//[^/]*@", "//…@", str(address))
    parts = _ENDPOINT.fullmatch(str(address))
    if not parts or str(address).rstrip("/").endswith("/statements"):
        how = "Write the address that `/statements` lies below, such as `https://lrs.example/xapi`."
        yield f"`{option}` is `{shown}`. {how}"
    elif parts["scheme"] == "http" and parts["name"] not in LOOPBACK:
        how = "Write `https:`; `http:` is for this machine alone (`localhost`, `127.0.0.1`)."
        yield f"`{option}` is `{shown}`, where anyone on the way can read the records. {how}"
