"""Signs as each language sets them: spaces, quotation marks, opening marks, and signs that only look right.

Sources: Office québécois de la langue française, *Espacements*; Real Academia Española, *Ortografía* (2010), III;
Unicode Technical Standard 39 for signs that look alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from greensupply import rules
from greensupply.errors import Problem
from greensupply.lint import places
from greensupply.lint.places import HIDDEN, Page, Passage
from greensupply.locales import LOCALES
from greensupply.model import Library, Module

_NO_BREAK = "\u00a0\u202f"
_SPACE = f"[ {_NO_BREAK}\u2009]"
QUOTES: Mapping[str, str] = {"en": "“…”", "es": "“…”", "fr": f"«{_NO_BREAK[0]}…{_NO_BREAK[0]}»"}
"""Quotation marks of the house."""


@dataclass(frozen=True)
class _Pattern:
    """A fault that can be seen in one place.

    Attributes:
        rule: Its rule. The rule's words may name `{sign}`, the group `sign` or all that was found, and `{right}`.
        pattern: Where it is wrong.
        locales: In these languages.
        right: What to write; of the locale's house style where it differs.
        drawn: Also looked for in figures, where spaces and line ends do not count.
        signs: Where none of these stands, there is nothing to look for; empty where it must be looked for.
    """

    rule: str
    pattern: re.Pattern[str]
    locales: tuple[str, ...] = LOCALES
    right: str | Mapping[str, str] = ""
    drawn: bool = True
    signs: str = ""


THOUSANDS = re.compile(r"(?<![\d.,\w])\d{1,3}(?: \d{3})+(?!\w| \d)")
"""A French number with plain spaces."""
_UNIT = (
    r"[kmµ]?g|t|[mµ]?L|[kcmµ]?m[²³]?|[kMG]?Wh?|[kMGT]?J|h|min|s|°[CF]?|K|bar|[kM]?Pa|psi|pp[mb]|lb|pi[²³]?|hp|[km]?V"
    r"|Hz|dB"
)
"""Symbols of units; `A` is none of them, for it begins words of its own."""
_LONG_UNIT = r"[kmµ]g|mL|[kcm]m[²³]?|[kMG]Wh?|[MGT]J|kPa|°[CF]"
"""Those that are nothing else where they stick to a number, as in `3M` or `5S`."""
_PATTERNS = (
    _Pattern(
        "no-break-space-missing",
        re.compile(
            rf"(?<=[^\s{_NO_BREAK}{HIDDEN}:/\d]){HIDDEN}* ?(?P<sign>:)(?=[\s{HIDDEN}]|\Z)"
            rf"|(?<=\d)(?:{HIDDEN}* (?P<a>:)|(?P<b>:)(?=[\s{HIDDEN}]|\Z)| ?(?P<c>%)| (?P<d>\$)|(?P<e>\$))(?!\w)"
            rf"|(?P<f>«)(?![{_NO_BREAK}{HIDDEN}])|(?<![{_NO_BREAK}{HIDDEN}])(?P<g>»)"
        ),
        ("fr",),
    ),
    _Pattern("thousands-space", THOUSANDS, ("fr",)),
    _Pattern(
        "unit-space",
        re.compile(rf"(?<=\d)(?:[ \u2009\t\n](?P<sign>{_UNIT})|(?P<a>{_LONG_UNIT}))(?![\w’'\-–])"),
        ("fr",),
        drawn=False,
    ),
    _Pattern(
        "space-before-sign",
        re.compile(rf"(?<=[\w)\]»”\"%$])(?:{_SPACE}|{HIDDEN}+{_SPACE})(?P<sign>[;!?]|[,.](?![\d.…]))(?![\w=<>])"),
        ("fr",),
    ),
    _Pattern(
        "space-before-sign",
        re.compile(
            rf"(?<=[\w)\]»”\"%$])(?:{_SPACE}|{HIDDEN}+{_SPACE})(?P<sign>[;!?]|(?<!\d.):|[,.](?![\d.…]))(?![\w=<>])"
            rf"|(?<=\d){_SPACE}(?P<a>%)"
        ),
        ("en", "es"),
    ),
    _Pattern("quotation-marks", re.compile(r"(?<!\d)\"|[“”„]"), ("fr",), QUOTES, signs='"“”„'),
    _Pattern("quotation-marks", re.compile(r"(?<!\d)\"|[«»„]"), ("en", "es"), QUOTES, signs='"«»„'),
    _Pattern("straight-apostrophe", re.compile(r"(?<=[^\W\d_])['´`‘](?=[^\W\d_])"), LOCALES, "’", signs="'´`‘"),
    _Pattern("three-dots", re.compile(r"(?<!\.)\.\.\.(?!\.)"), LOCALES, "…"),
    _Pattern("double-space", re.compile(rf"(?<=[^\s{HIDDEN}])  +(?=[^\s{HIDDEN}])"), LOCALES, "", drawn=False),
)
_RANGE = re.compile(
    r"(?<![\w.,/\-–−+×÷=])(?:(?P<first>(?:[1-9]\d{0,2}|0(?=[.,]))(?:[.,]\d{1,2})?)-(?P<last>[1-9]\d{0,2}(?:[.,]\d{1,2})?)"
    r"|(?P<from>(?:19|20)\d\d)-(?P<to>(?:19|20)\d\d))(?![\w/\-–])"
)
_MARKS = re.compile(r"[¿¡?!]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff]"
    "|(?<![\u2190-\u3299\ufe0f\U0001f000-\U0001faff])\u200d"
)
_ALIKE = re.compile(
    "[\u0400-\u052f\ufb00-\ufb06\uff01-\uff5e]|[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧου](?=[A-Za-zÀ-ÿ])|(?<=[A-Za-zÀ-ÿ])[ΑΒΕΖΗΙΚΜΝΟΡΤΥΧου]"
)
_COMBINED = re.compile("[^\\W\\d_][\u0300-\u036f]+")


def problems(module: Module, library: Library) -> Iterator[Problem]:
    """Every place of the module's texts and figures where a sign is not set as its language sets it."""
    for page in places.pages(module, library):
        yield from of_page(page)


def of_page(page: Page) -> Iterator[Problem]:
    """The same for one text or figure."""
    yield from _characters(page)
    yield from _signs(page)
    yield from _ranges(page)
    if page.locale == "es" and not page.drawn:
        for passage in page.passages:
            yield from _pairs(page, passage)


def _signs(page: Page) -> Iterator[Problem]:
    for fault in _PATTERNS:
        if page.locale not in fault.locales or (page.drawn and not fault.drawn):
            continue
        if fault.signs and not any(sign in page.bare for sign in fault.signs):
            continue
        right = fault.right if isinstance(fault.right, str) else fault.right[page.locale]
        for found in fault.pattern.finditer(page.bare):
            group = next((name for name, value in found.groupdict().items() if value is not None), 0)
            sign, at = found[group], found.start(group)
            if not (page.locale == "fr" and sign in "“”" and _is_nested(page.bare, at)):
                yield rules.problem(fault.rule, page.path, *page.place(at), sign=sign, right=right)


def _is_nested(words: str, at: int) -> bool:
    """Inside « » a second pair is “ ” (OQLF, *Guillemets*)."""
    return words.rfind("«", 0, at) > words.rfind("»", 0, at)


def _ranges(page: Page) -> Iterator[Problem]:
    """`2-3` is from two to three; `3-2` may be a subtraction, `06-06` a number of a decision."""
    for found in _RANGE.finditer(page.bare):
        first, last = found["first"] or found["from"], found["last"] or found["to"]
        if float(first.replace(",", ".")) < float(last.replace(",", ".")):
            place = page.place(found.start())
            yield rules.problem("number-range", page.path, *place, sign=found[0], right=f"{first}–{last}")


def _pairs(page: Page, passage: Passage) -> Iterator[Problem]:
    """Spanish opens what it closes: `¿…?`, `¡…!`; mixed ones are allowed (RAE, III.3.4.9.2)."""
    open_marks: list[tuple[str, int]] = []
    last = -2
    for found in _MARKS.finditer(passage.words):
        sign, at = found[0], found.start()
        if sign in "¿¡":
            open_marks.append((sign, at))
        elif open_marks:
            open_marks.pop()
            last = at
        elif at != last + 1 and not _is_sign_alone(passage.words, at):
            right = {"?": "¿", "!": "¡"}[sign]
            yield rules.problem(
                "opening-mark-missing", page.path, *page.place(passage.start + at), sign=sign, right=right
            )
    for sign, at in open_marks:
        right = {"¿": "?", "¡": "!"}[sign]
        yield rules.problem("closing-mark-missing", page.path, *page.place(passage.start + at), sign=sign, right=right)


def _is_sign_alone(words: str, at: int) -> bool:
    """`(?)`, or a cell with no more than a `?`: no sentence ends here."""
    before = words[:at].rstrip(f" {HIDDEN}")
    return not before or not (before[-1].isalnum() or before[-1] in ")]”»…%")


def _characters(page: Page) -> Iterator[Problem]:
    """Signs that no reader sees for what they are, in the whole file."""
    written = page.written
    for found in _INVISIBLE.finditer(written):
        yield rules.problem("invisible-character", page.path, *page.place(found.start()), code=_code(found[0]))
    if written.isascii():
        return
    for found in _ALIKE.finditer(written):
        right = _latin(found[0])
        yield rules.problem(
            "look-alike-character",
            page.path,
            *page.place(found.start()),
            sign=found[0],
            code=_code(found[0]),
            right=right,
        )
    if not unicodedata.is_normalized("NFC", written):
        for found in _COMBINED.finditer(written):
            right = unicodedata.normalize("NFC", found[0])
            if right != found[0]:
                yield rules.problem("decomposed-accent", page.path, *page.place(found.start()), right=right)


def _code(sign: str) -> str:
    return f"U+{ord(sign):04X}"


_TWINS = dict(
    zip("аеорсухіјѕАВЕКМНОРСТУХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧου", "aeopcyxijsABEKMHOPCTYXIJSABEZHIKMNOPTYXou", strict=True)
)


def _latin(sign: str) -> str:
    """The Latin letter that a sign looks like, or its compatible form; the sign itself where there is none."""
    return _TWINS.get(sign, unicodedata.normalize("NFKC", sign))
