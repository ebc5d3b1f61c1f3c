"""A Learning Record Store (LRS) over the network: its statements page by page, or in words why not.

The password goes to the address that was named, and to no other: redirects are not followed, and the next page must
be on the same host. Source: xAPI 1.0.3, part 3, 2.1.3 (GET statements); STANDARDS, section 6.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.auth import HTTPBasicAuth

from greensupply.cli.setting import WrongUse

USER, PASSWORD = "GREENSUPPLY_LRS_USER", "GREENSUPPLY_LRS_PASSWORD"
LOOPBACK = {"localhost", "127.0.0.1", "::1"}
VERSION = "1.0.3"
"""A store of xAPI 2.0 answers to it too; nothing that is read here differs."""
PAGE = 500
"""Statements to ask for at once; a store may give fewer."""
MAX_BYTES = 64_000_000
TIMEOUT = (10, 60)
"""Seconds to wait for a connection, and for each part of an answer."""
PAUSES = (2, 4, 8, 16, 32)
"""Seconds before each further attempt, where the store does not say how long."""
LONGEST_PAUSE = 300


class _BrokenOff(Exception):
    """The answer looks good and has no end, where nothing said how long it is."""


CUT_OFF = (
    _BrokenOff,
    requests.exceptions.ConnectionError,
    requests.exceptions.Timeout,
    requests.exceptions.ChunkedEncodingError,
)


class LrsError(Exception):
    """The store cannot be read; its text says why and what to do, with the name of the store."""


@dataclass(frozen=True)
class Source:
    """A store, and who reads it.

    Attributes:
        endpoint: Address without a slash at its end; statements are below it.
        user: For basic authentication.
        password: The same.
        name: Host and path, for messages.
    """

    endpoint: str
    user: str
    password: str = field(repr=False)

    @property
    def name(self) -> str:
        """Host and path, for messages."""
        return self.endpoint.partition("://")[2]


@dataclass(frozen=True)
class Page:
    """One answer.

    Attributes:
        body: Its bytes, which are JSON.
        more: Address of the next page; empty on the last one.
        consistent_through: All that was stored until then can be seen; None if the store does not say.
    """

    body: bytes
    more: str
    consistent_through: datetime | None


def store_at(endpoint: str) -> Source:
    """Return the store at an address, with its user and password from the environment.

    Raises:
        WrongUse: The address would send the password in the open or is none, or there is no password.
    """
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname, parts.port
    except ValueError:
        host, parts = None, urlsplit("")
    if not host or parts.scheme not in ("http", "https") or parts.query or parts.fragment:
        raise WrongUse("--endpoint is no address of a record store. Write it as https://lrs.example.org/xapi.")
    if parts.username is not None or parts.password is not None:
        raise WrongUse(f"--endpoint holds a user or a password. Leave them out; set {USER} and {PASSWORD}.")
    if parts.scheme == "http" and host not in LOOPBACK:
        raise WrongUse("--endpoint begins with http:, which sends the password in the open. Use its https: address.")
    user, password = os.environ.get(USER, ""), os.environ.get(PASSWORD, "")
    if not user or not password:
        raise WrongUse(f"There is no user or no password for the record store. Set {USER} and {PASSWORD}.")
    return Source(endpoint.rstrip("/").removesuffix("/statements"), user, password)


def pages(source: Source, asked: Mapping[str, str], sleep: Callable[[float], None] = time.sleep) -> Iterator[Page]:
    """Return one page after the other, as long as the store names a next one.

    Arguments:
        source: The store.
        asked: Query of the first page, such as `verb` and `since`.
        sleep: Waits so many seconds between attempts.

    Raises:
        LrsError: See there. Pages that came before are good.
    """
    with requests.Session() as session:
        session.auth = HTTPBasicAuth(source.user.encode(), source.password.encode())
        session.headers.update({"X-Experience-API-Version": VERSION, "Accept": "application/json"})
        address: str = f"{source.endpoint}/statements"
        query: Mapping[str, str] | None = asked
        while address:
            page = _answer(source, session, address, query, sleep)
            yield page
            address, query = _next(source, page.more), None


def _next(source: Source, more: str) -> str:
    """Absolute address of the next page; empty if there is none."""
    if not more:
        return ""
    address = urljoin(f"{source.endpoint}/statements", more)
    if _origin(address) != _origin(source.endpoint):
        raise LrsError(
            f"{source.name}: names a next page on another server ({_origin(address)}), which gets no password from us. "
            "Ask whoever runs the store to correct its address."
        )
    return address


def _answer(
    source: Source,
    session: requests.Session,
    address: str,
    query: Mapping[str, str] | None,
    sleep: Callable[[float], None],
) -> Page:
    """A good answer, after as many attempts as it takes and `PAUSES` allows."""
    for pause in (*PAUSES, None):
        try:
            with session.get(address, params=query, timeout=TIMEOUT, allow_redirects=False, stream=True) as answer:
                if answer.status_code == requests.codes.ok:
                    return _page(source, answer, _body(source, answer))
                why = f"answers {answer.status_code}"
                if answer.status_code != requests.codes.too_many and answer.status_code < 500:
                    raise LrsError(f"{source.name}: {_refusal(answer)}")
                wait = _asked_pause(answer.headers.get("Retry-After", ""))
        except requests.exceptions.SSLError as error:
            raise LrsError(
                f"{source.name}: its certificate is not valid. Do not go on before that is mended."
            ) from error
        except CUT_OFF:
            why, wait = "cannot be reached, or breaks off in the middle", None
        except requests.exceptions.RequestException as error:
            raise LrsError(f"{source.name}: cannot be asked ({type(error).__name__}). Check --endpoint.") from error
        if pause is not None:
            sleep(pause if wait is None else wait)
    raise LrsError(f"{source.name}: {why}, also at attempt {len(PAUSES) + 1}. Try again later; what came was added.")


def _body(source: Source, answer: requests.Response) -> bytes:
    body = bytearray()
    for piece in answer.iter_content(65_536):
        body += piece
        if len(body) > MAX_BYTES:
            what = f"sends more than {MAX_BYTES:,} bytes in one page."
            raise LrsError(f"{source.name}: {what} Ask whoever runs it for smaller ones.")
    return bytes(body)


def _page(source: Source, answer: requests.Response, body: bytes) -> Page:
    try:
        found: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        if isinstance(error, ValueError) and body.lstrip()[:1] == b"{":
            raise _BrokenOff from None
        what = "a web page, perhaps one to sign in," if body.lstrip()[:1] == b"<" else "something that is not JSON"
        raise LrsError(f"{source.name}: answers with {what} in place of statements. Check --endpoint.") from None
    if not isinstance(found, dict) or not isinstance(found.get("statements"), list):
        raise LrsError(f"{source.name}: answers with JSON that is no list of statements. Check --endpoint.")
    more = found.get("more") or ""
    through = moment(answer.headers.get("X-Experience-API-Consistent-Through"))
    return Page(body, more if isinstance(more, str) else "", through)


def _refusal(answer: requests.Response) -> str:
    match answer.status_code:
        case 401:
            return f"does not know the user, or the password is another (401). Check {USER} and {PASSWORD}."
        case 403:
            return "does not let this user read statements (403). Ask whoever runs it for a key with `statements/read`."
        case 404:
            return "has no statements at this address (404). Check --endpoint; `/statements` is added to it."
        case code if 300 <= code < 400:
            to = _origin(urljoin(answer.url, answer.headers.get("Location", "")))
            return f"sends on to {to} ({code}). Name that address as --endpoint if you trust it with the password."
        case code:
            return f"refuses the request ({code}). Ask whoever runs it why."


def _asked_pause(header: str) -> float | None:
    """Seconds that the store asks to wait, up to `LONGEST_PAUSE`; None if it does not say. Source: RFC 9110, 10.2.3."""
    if header.isascii() and header.isdigit():
        return min(float(header[:9]), LONGEST_PAUSE)
    try:
        until = parsedate_to_datetime(header)
    except ValueError:
        return None
    seconds = (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_PAUSE)


def _origin(address: str) -> str:
    """Scheme, host and port of an address."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
    except ValueError:
        return "an address that is none"
    return f"{parts.scheme}://{parts.hostname}:{port}"


def moment(text: object) -> datetime | None:
    """A time with its zone, in UTC; None for anything else."""
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return found.astimezone(UTC) if found and found.tzinfo else None
