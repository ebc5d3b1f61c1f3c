"""The glossary's terms in a language: in its order, and by abbreviation."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from greensupply.locales import LANGUAGE_TAGS
from greensupply.terms import Term

_ENYE = "n\uffff"
"""Where ñ stands among the letters: behind every word with n."""


def ordered(terms: Sequence[Term], locale: str) -> list[tuple[str, list[Term]]]:
    """Letters with their terms as the language sorts: accents do not count, ñ follows n in Spanish, digits come first.

    Source: for ñ, RAE, *Ortografía de la lengua española* (2010), the alphabet.
    """
    groups: dict[str, list[Term]] = {}
    for key, term in sorted(((sorting(term[locale].term, locale), term) for term in terms), key=lambda pair: pair[0]):
        letter = "0-9" if key[:1].isdigit() else "Ñ" if key.startswith(_ENYE) else key[:1].upper()
        groups.setdefault(letter, []).append(term)
    return list(groups.items())


def abbreviations(terms: Sequence[Term], locale: str) -> dict[str, str]:
    """Each abbreviation with the term of `locale` that it stands for: in `es`, `SGA` is `sistema de gestión ambiental`.

    Those of the other languages are in it too, `EMS` for one, unless they stand for something else in this one. Where
    two terms share an abbreviation, it is that of the first in the file.
    """
    found: dict[str, str] = {}
    for language in (locale, *(other for other in LANGUAGE_TAGS if other != locale)):
        for term in terms:
            if term[language].abbr:
                found.setdefault(term[language].abbr, term[locale].words)
    return found


def sorting(text: str, locale: str) -> str:
    """What a word is sorted by: without accents, capitals and signs."""
    text = text.casefold().replace("œ", "oe").replace("æ", "ae")
    if locale == "es":
        text = text.replace("ñ", _ENYE)
    bare = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return re.sub(r"[^\w\s\uffff]", "", bare.replace("-", " "))
