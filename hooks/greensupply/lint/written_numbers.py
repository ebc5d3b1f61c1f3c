"""The numbers of a text, as each language writes them: `12,500.5`, `12 500,5`, `twelve`.

Source of the forms: Unicode CLDR for en-CA, es-MX and fr-CA, as in `locales.number`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

Value = Decimal | str
"""What a number is worth; of `6.1.4` and its like, its digits and points."""

_WORDS: Mapping[str, str] = {
    "en": "0=zero 0.5=half 1=one,first,once,single 2=two,second,twice,both,pair,double 3=three,third,triple "
    "4=four,fourth,quarter 5=five,fifth 6=six,sixth 7=seven,seventh 8=eight,eighth 9=nine,ninth 10=ten,tenth "
    "11=eleven 12=twelve,dozen 13=thirteen 14=fourteen 15=fifteen 16=sixteen 17=seventeen 18=eighteen 19=nineteen "
    "20=twenty 30=thirty 40=forty 50=fifty 60=sixty 70=seventy 80=eighty 90=ninety 100=hundred 1000=thousand "
    "1000000=million 1000000000=billion",
    "es": "0=cero 0.5=medio,media,mitad 1=un,uno,una,primer,primero,primera,único,única 2=dos,segundo,segunda,ambos,"
    "ambas,par,doble 3=tres,tercer,tercero,tercera,triple 4=cuatro,cuarto,cuarta 5=cinco,quinto,quinta "
    "6=seis,sexto,sexta 7=siete,séptimo,séptima 8=ocho,octavo,octava 9=nueve,noveno,novena 10=diez,décimo,décima "
    "11=once 12=doce,docena 13=trece 14=catorce 15=quince 16=dieciséis 17=diecisiete 18=dieciocho 19=diecinueve "
    "20=veinte 30=treinta 40=cuarenta 50=cincuenta 60=sesenta 70=setenta 80=ochenta 90=noventa 100=cien,ciento "
    "1000=mil 1000000=millón,millones",
    "fr": "0=zéro 0.5=demi,demie,moitié 1=un,une,premier,première,seul,seule 2=deux,second,seconde,deuxième,double,"
    "paire 3=trois,troisième,triple 4=quatre,quatrième,quart 5=cinq,cinquième 6=six,sixième 7=sept,septième "
    "8=huit,huitième 9=neuf,neuvième 10=dix,dixième,dizaine 11=onze 12=douze,douzaine 13=treize 14=quatorze "
    "15=quinze,quinzaine 16=seize 20=vingt,vingtaine 30=trente,trentaine 40=quarante 50=cinquante 60=soixante "
    "100=cent,centaine 1000=mille,millier 1000000=million,millions 1000000000=milliard,milliards",
}
WORDS: Mapping[str, Mapping[str, Decimal]] = {
    locale: {
        word: Decimal(value)
        for value, _, words in (entry.partition("=") for entry in said.split())
        for word in words.split(",")
    }
    for locale, said in _WORDS.items()
}
_SCALES: Mapping[str, Mapping[str, int]] = {
    "en": {"thousand": 3, "million": 6, "billion": 9, "trillion": 12},
    "es": {"mil millones": 9, "miles de millones": 9, "mil": 3, "millones": 6, "millón": 6, "billones": 12},
    "fr": {"mille": 3, "millions": 6, "million": 6, "milliards": 9, "milliard": 9, "billions": 12},
}
_NO_BREAK, _SPACES = "\u00a0\u202f", " \u00a0\u202f\u2009"
_SCALE = {locale: re.compile(rf"[\s{_NO_BREAK}]({'|'.join(scales)})\b") for locale, scales in _SCALES.items()}
_STYLES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "en": ((",", "."),),
    "es": ((",", "."),),
    "fr": ((_NO_BREAK, ","),),
}
"""Signs between thousands, and the sign before decimals."""
_OTHERS = ((",", "."), (".", ","), (_SPACES, ","), (_SPACES, "."))

_TO_FRENCH = str.maketrans(",.", "\u00a0,")
_DIGITS = re.compile(rf"[0-9]+(?:[.,][0-9]+|[{_SPACES}][0-9]{{3}}(?![0-9]))*")
_DAY = re.compile(r"(?<![0-9-])([0-9]{4})-([0-9]{2})-([0-9]{2})(?![0-9-])")
_IDENTIFIER = re.compile(r"\b[A-Z]{2,}[A-Z0-9/]*(?:-[A-Z0-9]+)+\b")
_AFTERNOON = re.compile(r"(?::[0-9]{2})?\s?p\.?\s?m\b")
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class Number:
    """A number in a text.

    Attributes:
        text: As it is written.
        start: Its place in the text.
        values: What it is worth, read as its language writes numbers; none where it does not write so.
        elsewhere: What it would be worth in another style.
        loose: A word, or a part of a name such as `P2`: it need not stand in the other language.
    """

    text: str
    start: int
    values: frozenset[Value]
    elsewhere: frozenset[Value] = frozenset()
    loose: bool = False


@lru_cache(maxsize=4096)
def numbers(text: str, locale: str) -> tuple[Number, ...]:
    """The numbers of a text in order, those in words last; signs before them do not count."""
    return tuple(_numbers(text, locale))


def _numbers(text: str, locale: str) -> Iterator[Number]:
    text = _IDENTIFIER.sub(lambda name: "_" * len(name[0]), text)
    for day in _DAY.finditer(text):
        for part in (1, 2, 3):
            values = frozenset({Decimal(day[part])})
            yield Number(day[part], day.start(part), values, loose=part == 2)
    text = _DAY.sub(lambda day: "_" * len(day[0]), text)
    for found in _DIGITS.finditer(text):
        yield from _read(found[0], found.start(), text, locale)
    words = WORDS[locale]
    for found in _WORD.finditer(text):
        if (word := found[0].lower()) in words:
            yield Number(found[0], found.start(), frozenset({words[word]}), loose=True)


def localised(number: Number, locale: str) -> str:
    """A number of the English text as the language writes it; what has no sign between thousands keeps none."""
    return number.text.translate(_TO_FRENCH) if locale == "fr" else number.text


def _read(token: str, start: int, text: str, locale: str) -> Iterator[Number]:
    values = _worth(token, _STYLES[locale])
    elsewhere = _worth(token, _OTHERS) - values
    if not values and (locale == "en" or not elsewhere or _is_two(token)) and "." not in token:
        for part in re.finditer(r"[0-9]+", token):
            yield _placed(Number(part[0], start + part.start(), _worth(part[0], _STYLES[locale])), text, locale)
        return
    if not values or token.count(".") > 1:
        values |= {token}
    yield _placed(Number(token, start, values, elsewhere), text, locale)


def _is_two(token: str) -> bool:
    """`2026 300` is two numbers, whoever wrote it."""
    return re.match(rf"[0-9]{{4,}}[{_SPACES}]", token) is not None


@lru_cache(maxsize=4096)
def _worth(token: str, styles: tuple[tuple[str, str], ...]) -> frozenset[Value]:
    found: set[Value] = set()
    for group, point in styles:
        if re.fullmatch(rf"(?:[0-9]+|[0-9]{{1,3}}(?:[{group}][0-9]{{3}})+)(?:[{point}][0-9]+)?", token):
            whole, _, decimals = token.partition(point)
            found.add(Decimal(f"{re.sub('[^0-9]', '', whole)}.{decimals or 0}").normalize())
    return frozenset(found)


def _placed(number: Number, text: str, locale: str) -> Number:
    """The number with what stands around it: millions, `2 p.m.`, the letter of a name."""
    end = number.start + len(number.text)
    before, after = text[max(0, number.start - 2) : number.start], text[end : end + 24]
    values = set(number.values)
    if locale == "en" and _AFTERNOON.match(after):
        values |= {value + 12 for value in number.values if isinstance(value, Decimal) and value < 12}
    if found := _SCALE[locale].match(after):
        scale = _SCALES[locale][found[1]]
        values |= {value.scaleb(scale).normalize() for value in number.values if isinstance(value, Decimal)}
    named = (
        before[-1:].isalpha() or before[-1:] == "_" or (before[-1:] in "-‑" and before[:1].isalpha() and before != "")
    )
    named = named or (after[:1].isalpha() and after[:1] not in "²³") or after[:1] == "_"
    return replace(number, values=frozenset(values), loose=named)
