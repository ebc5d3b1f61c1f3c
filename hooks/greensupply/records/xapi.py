"""The parts of an xAPI statement -> checked values, or why not. Source: xAPI 1.0.3, part 2; xAPI 2.0 has the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from greensupply import rules
from greensupply.records import dates, fields, scores
from greensupply.records.scope import Refused, Scope, refused

_MODULE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s?#]*/modules/([^/?#\s]+)/?", re.ASCII)
_KEY = re.compile(r"[A-Za-z]{1,30}", re.ASCII)
_OWN_ID = ("statement-id-missing", "statement-id-form")
_OTHER_ID = ("statement-uuid-missing", "statement-uuid-form")
_A_VALUE = rules.word("statement-a-value")
_Named = str | rules.Word
_Map = Mapping[str, Any]
_NOTHING: _Map = {}


def statement(value: Any) -> _Map:
    """Return the statement as a map.

    Raises:
        Refused: It is another JSON value.
    """
    if not isinstance(value, dict):
        raise refused("statement-not-one")
    return value


def verb(statement: _Map) -> str:
    """Return the verb's id.

    Raises:
        Refused: There is none.
    """
    said = statement.get("verb")
    if not isinstance(said, dict) or not isinstance(said.get("id"), str):
        raise refused("statement-verb")
    return str(said["id"])


def identifier(statement: _Map) -> str:
    """Return the statement's id in lower case.

    Raises:
        Refused: None, or not a UUID.
    """
    return _uuid(statement.get("id"), "id", _OWN_ID)


def voided(statement: _Map) -> str:
    """Return the id of the statement that a `voided` takes back. Source: xAPI 1.0.3, 2.3.2.

    Raises:
        Refused: It refers to no statement.
    """
    reference = part(statement, "object")
    if reference.get("objectType") != "StatementRef":
        raise refused("statement-voids-nothing")
    return _uuid(reference.get("id"), "object.id", _OTHER_ID)


def module(statement: _Map, context: _Map, scope: Scope) -> str:
    """Return the module that a statement is about: its object, or what groups it, as a learning system's own ids do.

    The first one that the hub has is taken; an id is the last part of `https://<any site>/modules/<id>`.

    Raises:
        Refused: None is named, or none that the hub has.
    """
    about = part(statement, "object")
    if about.get("objectType", "Activity") != "Activity":
        raise refused("statement-object")
    groups = part(context, "contextActivities").get("grouping", [])
    named = [about, *(groups if isinstance(groups, list) else [groups])]
    ids = [one["id"] for one in named if isinstance(one, dict) and isinstance(one.get("id"), str)]
    written = [found[1] for one in ids if (found := _MODULE.fullmatch(one))]
    first: Refused | None = None
    for name in written:
        try:
            return fields.module(name, scope)
        except Refused as why:
            first = first or why
    raise first or refused("statement-module-none")


def score(said: _Map) -> float | None:
    """Return `scaled`, or the share that `raw` is between `min` (0 if missing) and `max`; None without a score.

    Raises:
        Refused: Not a number, not from 0 to 1, or `raw` without `max`.
    """
    if "scaled" in said:
        return scores.share(_number(said, "scaled"), f"`{said['scaled']}`")
    if "raw" not in said:
        return None
    if "max" not in said:
        raise refused("statement-raw-alone")
    raw, least, most = _number(said, "raw"), _number(said, "min") if "min" in said else 0, _number(said, "max")
    if most <= least:
        raise refused("statement-max-min")
    shown = rules.word("statement-score-of", raw=str(said["raw"]), most=str(said["max"]))
    return scores.share((raw - least) / (most - least), shown)


def timestamp(statement: _Map) -> datetime:
    """Return when it happened, in UTC; when it was stored if it does not say. Source: xAPI 1.0.3, 2.4.7.

    Raises:
        Refused: Neither, or no time with a zone.
    """
    return dates.timestamp(text(statement, "timestamp") or text(statement, "stored"))


def extensions(context: _Map) -> dict[str, str]:
    """Return `supplier`, `country` and `delivery`, whatever site's `.../xapi/` they stand under.

    Raises:
        Refused: One is not text.
    """
    found = {}
    for key, value in part(context, "extensions").items():
        _, mark, name = key.rpartition("/xapi/")
        if mark and name in ("supplier", "country", "delivery"):
            if not isinstance(value, str):
                raise refused("statement-extension", name=name)
            found[name] = value.strip()
    return found


def registration(context: _Map) -> int | None:
    """Return the learner's enrolment as a number; None if there is none.

    Raises:
        Refused: Not a UUID.
    """
    if "registration" not in context:
        return None
    return int(_uuid(context["registration"], "context.registration", _OTHER_ID).replace("-", ""), 16)


def part(of: _Map, key: str) -> _Map:
    """Return a map inside another; an empty one if there is none.

    Raises:
        Refused: It is something else.
    """
    value = of.get(key, _NOTHING)
    if not isinstance(value, dict):
        raise refused("statement-map", key=key)
    return value


def text(of: _Map, key: str) -> str:
    """Return a text; empty if there is none. A whole number is taken for its digits.

    Raises:
        Refused: It is something else.
    """
    value = of.get(key, "")
    if isinstance(value, str):
        return value.strip()
    if type(value) is int:
        return str(value)
    raise refused("statement-text", key=key)


def refuse_nulls(statement: _Map) -> None:
    """Do nothing if there is no null; those in extensions are no concern of xAPI's (1.0.3, 2.2).

    Raises:
        Refused: There is one.
    """
    if key := _null(statement):
        raise refused("statement-null", key=key)


def _null(value: Any, key: _Named = _A_VALUE) -> _Named:
    if value is None:
        return key
    if isinstance(value, dict):
        inner = ((one, f"`{name}`" if _KEY.fullmatch(name) else _A_VALUE) for name, one in value.items())
        return next((found for one, name in inner if name != "`extensions`" and (found := _null(one, name))), "")
    if isinstance(value, list):
        return next((found for one in value if (found := _null(one, key))), "")
    return ""


def _number(said: _Map, key: str) -> float:
    value = said[key]
    if type(value) not in (int, float):
        raise refused("statement-score-number", key=key)
    return float(value)


def _uuid(value: Any, key: str, told: tuple[str, str]) -> str:
    missing, malformed = told
    if not isinstance(value, str) or not value:
        raise refused(missing, key=key)
    if not fields.UUID.fullmatch(value.lower()):
        raise refused(malformed, key=key)
    return value.lower()
