"""Days and times as people and machines write them -> UTC, or why not."""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta

from greensupply import rules
from greensupply.records.scope import refused

EARLIEST = 2000
"""First year that a record may be of: an earlier one comes from a clock that was never set."""
LEEWAY = timedelta(hours=24)
"""How far a device's clock may be ahead (source: QUALITY, number 44)."""
NOON = time(12, tzinfo=UTC)
"""A day without a time is taken at noon in UTC, which is the same day everywhere in North America."""

_TIMESTAMP = re.compile(
    r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(?::\d\d(?:[.,]\d{1,12})?)?(?P<zone>[Zz]|[+-]\d\d(?::?\d\d)?)?", re.ASCII
)
_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ]00:00(?::00(?:\.0+)?)?)?", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d\d?)[/.](\d\d?)", re.ASCII)
_YEAR_LAST = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})", re.ASCII)
_SHORT_YEAR = re.compile(r"\d\d?[/.-]\d\d?[/.-]\d\d", re.ASCII)
_DAY_IN_WORDS = re.compile(r"(\d\d?)(?:er)?[ -]+(?:de )?([a-z]{3,})\.?,?[ -]+(?:del? )?(\d{4})", re.ASCII)
_MONTH_FIRST = re.compile(r"([a-z]{3,})\.? (\d\d?)(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)
_HARMLESS = re.compile(r"\d{1,4}[/.-]\d\d?[/.-]\d{1,4}(?:[Tt ][\d:.,]{1,20}(?:[Zz]|[+-][\d:]{1,6})?)?", re.ASCII)
_MONTHS = (
    ("january", "enero", "janvier"),
    ("february", "febrero", "fevrier"),
    ("march", "marzo", "mars"),
    ("april", "abril", "avril"),
    ("may", "mayo", "mai"),
    ("june", "junio", "juin"),
    ("july", "julio", "juillet"),
    ("august", "agosto", "aout"),
    ("september", "septiembre", "septembre", "setiembre"),
    ("october", "octubre", "octobre"),
    ("november", "noviembre", "novembre"),
    ("december", "diciembre", "decembre"),
)


def timestamp(text: str) -> datetime:
    """Return an ISO 8601 time with its zone as UTC, to the second.

    Raises:
        Refused: Another form, no zone, `-00:00` (zone not known; source: xAPI 1.0.3, 4.5), or no such day or time.
    """
    found = _TIMESTAMP.fullmatch(text)
    if not found:
        raise refused("statement-time-form", date=_named(text))
    zone = found["zone"]
    if not zone:
        raise refused("statement-time-no-zone", date=_named(text))
    if zone in ("-00:00", "-0000", "-00"):
        raise refused("roster-date-zone-unknown", date=_named(text))
    try:
        return datetime.fromisoformat(text.upper()).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        raise refused("roster-time-none", date=_named(text)) from None


def day(text: str) -> date:
    """Return a day in any form that can be read in one way only.

    These are 2026-11-24, 2026/11/24, 25/11/2026 and 11/25/2026, 5/5/2026, and months in English, Spanish or French
    words with the year in full.

    Raises:
        Refused: Two ways (03/04/2026, 25/11/26), no way, or no such day.
    """
    if found := _ISO_DAY.fullmatch(text) or _YEAR_FIRST.fullmatch(text):
        return _existing(int(found[1]), int(found[2]), int(found[3]), text)
    if found := _YEAR_LAST.fullmatch(text):
        return _day_and_month(int(found[1]), int(found[2]), int(found[3]), text)
    if _SHORT_YEAR.fullmatch(text):
        raise refused("roster-date-short-year", date=_named(text))
    if _TIMESTAMP.fullmatch(text):
        raise refused("roster-date-no-zone", date=_named(text), day=text[:10])
    words = "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))
    if found := _DAY_IN_WORDS.fullmatch(words):
        return _existing(int(found[3]), _month(found[2]), int(found[1]), text)
    if found := _MONTH_FIRST.fullmatch(words):
        return _existing(int(found[3]), _month(found[1]), int(found[2]), text)
    if not text:
        raise refused("roster-date-missing")
    raise refused("roster-date-unreadable", date=_named(text))


def moment(written: str | date) -> datetime:
    """Return a roster's day, taken at `NOON`, or its time with a zone, in UTC.

    Raises:
        Refused: As `timestamp` and `day` do.
    """
    if isinstance(written, str):
        found = _TIMESTAMP.fullmatch(written)
        if found and found["zone"]:
            return timestamp(written)
        written = day(written)
    return datetime.combine(written, NOON)


def held(at: datetime, now: datetime) -> datetime:
    """Return when a class was held: `plausible`, but noon of today though it is not noon yet.

    So a roster that is read on the day of the class and again a day later gives the same record.
    """
    return at if at == datetime.combine(now.date(), NOON) else plausible(at, now)


def plausible(at: datetime, now: datetime) -> datetime:
    """Return the moment, or `now` if a clock that is at most a day fast made it.

    Raises:
        Refused: Before `EARLIEST`, or later than `LEEWAY` after now.
    """
    if at.year < EARLIEST:
        raise refused("roster-date-early", day=at.date().isoformat(), earliest=str(EARLIEST))
    if at <= now:
        return at
    if at - now > LEEWAY:
        raise refused("roster-date-ahead", day=at.date().isoformat())
    return now.replace(microsecond=0)


def _day_and_month(first: int, second: int, year: int, text: str) -> date:
    """25/11/2026 and 11/25/2026 have one reading; 03/04/2026 has two."""
    if first > 12 or first == second:
        return _existing(year, second, first, text)
    if second > 12:
        return _existing(year, first, second, text)
    ways = {"first": f"{year}-{first:02}-{second:02}", "second": f"{year}-{second:02}-{first:02}"}
    raise refused("roster-date-two-ways", date=_named(text), **ways)


def _existing(year: int, month: int, number: int, text: str) -> date:
    try:
        return date(year, month, number)
    except ValueError:
        raise refused("roster-date-none", date=_named(text)) from None


def _month(word: str) -> int:
    """1 to 12 for a month's name or its beginning; 0, which no date has, for another word or two months."""
    found = [number for number, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)]
    return found[0] if len(found) == 1 else 0


def _named(text: str) -> rules.Word:
    """The date with what was written, if that is digits and signs; else it may be a person's name."""
    return (
        rules.word("roster-the-date-written", text=text) if _HARMLESS.fullmatch(text) else rules.word("roster-the-date")
    )
