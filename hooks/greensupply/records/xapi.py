"""The parts of an xAPI statement -> checked values, or why not. Source: xAPI 1.0.3, part 2; xAPI 2.0 has the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from greensupply.records import dates, fields, scores
from greensupply.records.scope import Refused, Scope

_MODULE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s?#]*/modules/([^/?#\s]+)/?", re.ASCII)
_KEY = re.compile(r"[A-Za-z]{1,30}", re.ASCII)
_EXPORT = "Export the statement as xAPI has it."
_Map = Mapping[str, Any]
_NOTHING: _Map = {}


def statement(value: Any) -> _Map:
    """Return the statement as a map.

    Raises:
        Refused: It is another JSON value.
    """
    if not isinstance(value, dict):
        raise Refused(
            "is JSON, but not a statement.", "A statement is `{...}` with `id`, `actor`, `verb` and `object`."
        )
    return value


def verb(statement: _Map) -> str:
    """Return the verb's id.

    Raises:
        Refused: There is none.
    """
    said = statement.get("verb")
    if not isinstance(said, dict) or not isinstance(said.get("id"), str):
        raise Refused("has no `verb`, so it is not a statement.", _EXPORT)
    return str(said["id"])


def identifier(statement: _Map) -> str:
    """Return the statement's id in lower case.

    Raises:
        Refused: None, or not a UUID.
    """
    return _uuid(statement.get("id"), "`id`", "Export it with its id, without which it could be counted twice.")


def voided(statement: _Map) -> str:
    """Return the id of the statement that a `voided` takes back. Source: xAPI 1.0.3, 2.3.2.

    Raises:
        Refused: It refers to no statement.
    """
    reference = part(statement, "object")
    if reference.get("objectType") != "StatementRef":
        raise Refused("says `voided`, but its `object` is not a `StatementRef`.", _EXPORT)
    return _uuid(reference.get("id"), "`object.id`", _EXPORT)


def module(statement: _Map, context: _Map, scope: Scope) -> str:
    """Return the module that a statement is about: its object, or what groups it, as a learning system's own ids do.

    The first one that the hub has is taken; an id is the last part of `https://<any site>/modules/<id>`.

    Raises:
        Refused: None is named, or none that the hub has.
    """
    about = part(statement, "object")
    if about.get("objectType", "Activity") != "Activity":
        raise Refused("`object` is not an activity.", _EXPORT)
    groups = part(context, "contextActivities").get("grouping", [])
    named = [about, *(groups if isinstance(groups, list) else [groups])]
    ids = [one["id"] for one in named if isinstance(one, dict) and isinstance(one.get("id"), str)]
    written = [found[1] for one in ids if (found := _MODULE.fullmatch(one))]
    first: Refused | None = None
    for name in written:
        try:
            return fields.module(name, scope)
        except Refused as refused:
            first = first or refused
    raise first or Refused("`object.id` names no module.", "It is `https://<site>/modules/<id of the module>`.")


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
        raise Refused("the score has `raw`, but no `max`.", "Export it with `scaled`, or with `max`.")
    raw, least, most = _number(said, "raw"), _number(said, "min") if "min" in said else 0, _number(said, "max")
    if most <= least:
        raise Refused("the score's `max` is not above its `min`.", "Correct them.")
    return scores.share((raw - least) / (most - least), f"`{said['raw']}` of `{said['max']}`")


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
                raise Refused(f"the extension `{name}` is not text.", _EXPORT)
            found[name] = value.strip()
    return found


def registration(context: _Map) -> int | None:
    """Return the learner's enrolment as a number; None if there is none.

    Raises:
        Refused: Not a UUID.
    """
    if "registration" not in context:
        return None
    return int(_uuid(context["registration"], "`context.registration`", _EXPORT).replace("-", ""), 16)


def part(of: _Map, key: str) -> _Map:
    """Return a map inside another; an empty one if there is none.

    Raises:
        Refused: It is something else.
    """
    value = of.get(key, _NOTHING)
    if not isinstance(value, dict):
        raise Refused(f"`{key}` is not a map.", _EXPORT)
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
    raise Refused(f"`{key}` is not text.", _EXPORT)


def refuse_nulls(statement: _Map) -> None:
    """Do nothing if there is no null; those in extensions are no concern of xAPI's (1.0.3, 2.2).

    Raises:
        Refused: There is one.
    """
    if key := _null(statement):
        raise Refused(f"{key} is null.", "Leave out what is not known; xAPI has no null.")


def _null(value: Any, key: str = "a value") -> str:
    if value is None:
        return key
    if isinstance(value, dict):
        inner = ((one, f"`{name}`" if _KEY.fullmatch(name) else "a value") for name, one in value.items())
        return next((found for one, name in inner if name != "`extensions`" and (found := _null(one, name))), "")
    if isinstance(value, list):
        return next((found for one in value if (found := _null(one, key))), "")
    return ""


def _number(said: _Map, key: str) -> float:
    value = said[key]
    if type(value) not in (int, float):
        raise Refused(f"`score.{key}` is not a number.", "Write it as 0.85, without quotes.")
    return float(value)


def _uuid(value: Any, name: str, how: str) -> str:
    if not isinstance(value, str) or not value:
        raise Refused(f"has no {name}.", how)
    if not fields.UUID.fullmatch(value.lower()):
        raise Refused(f"{name} is not a UUID.", how)
    return value.lower()
