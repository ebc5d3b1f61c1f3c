"""The headings of a roster -> which column holds what, in English, Spanish or French, in any order."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from greensupply import rules
from greensupply.records import scope
from greensupply.records.people import folded
from greensupply.records.scope import Fault

HEADINGS: Mapping[str, tuple[str, ...]] = {
    "email": (
        *("e mail", "email", "mail", "e mail address", "email address", "learner e mail", "learner email"),
        *("correo", "correo electronico", "correo e", "direccion de correo", "correo del participante"),
        *("courriel", "adresse courriel", "courrier electronique", "adresse electronique", "adresse e mail"),
    ),
    "number": (
        *("employee number", "employee no", "employee id", "employee nr", "badge number", "badge", "personnel number"),
        *("numero de empleado", "no de empleado", "num de empleado", "n de empleado", "clave de empleado", "nomina"),
        *("numero de nomina", "id de empleado", "numero empleado"),
        *("numero d employe", "no d employe", "n d employe", "numero employe", "matricule", "id employe"),
    ),
    "name": (
        *("name", "full name", "first name", "given name", "last name", "family name", "surname", "learner"),
        *("learner name", "participant", "participant name", "employee name"),
        *("nombre", "nombres", "nombre completo", "nombre y apellidos", "nombre y apellido", "apellido", "apellidos"),
        *("apellido paterno", "apellido materno", "primer apellido", "segundo apellido", "participante"),
        *("nombre del participante", "nom", "noms", "nom complet", "prenom", "prenoms", "nom de famille"),
        *("nom et prenom", "prenom et nom", "nom du participant"),
    ),
    "supplier": (
        *("supplier", "supplier code", "supplier id", "vendor", "vendor code", "plant code"),
        *("proveedor", "codigo de proveedor", "codigo del proveedor", "clave de proveedor", "codigo proveedor"),
        *("fournisseur", "code fournisseur", "code du fournisseur", "code de fournisseur"),
    ),
    "country": ("country", "country code", "pais", "codigo de pais", "pays", "code de pays", "code pays"),
    "module": ("module", "module id", "modulo", "id del modulo", "id de modulo", "id du module", "id module"),
    "revision": ("revision", "module revision", "rev", "revision du module", "revision del modulo"),
    "date": (
        *("date", "completion date", "completed on", "date completed", "date of completion"),
        *("training date", "class date", "fecha", "fecha de termino", "fecha de terminacion", "fecha de conclusion"),
        *("fecha de finalizacion", "fecha del curso", "fecha de la sesion"),
        *("date d achevement", "date de fin", "date de la formation", "date de la seance", "date de formation"),
    ),
    "score": (
        *("score", "quiz score", "test score", "result", "grade", "mark"),
        *("calificacion", "calificacion final", "puntaje", "puntuacion", "nota", "resultado"),
        *("note", "note finale", "resultat", "pointage"),
    ),
    "language": ("language", "language code", "idioma", "lengua", "langue", "code de langue"),
    "session": (
        *("session", "session code", "class code", "sesion", "codigo de sesion", "clave de sesion", "grupo"),
        *("seance", "code de seance", "code de session", "groupe"),
    ),
    "instructor": (
        *("instructor", "instructora", "trainer", "teacher", "facilitator", "taught by"),
        *("capacitador", "capacitadora", "facilitador", "facilitadora", "docente", "formador", "formadora"),
        *("formateur", "formatrice", "instructeur", "instructrice", "animateur", "animatrice"),
        *("formatrice ou formateur", "formateur ou formatrice"),
    ),
    "remark": ("remark", "remarks", "observacion", "observaciones", "remarque", "remarques"),
}
"""Field -> its headings without accents, signs and what stands in brackets."""

MOST_NAMED = 8
"""Columns named in a message."""
MAY_REPEAT = ("name", "remark")
"""Fields that several columns may hold."""
WHO = ("email", "number", "name")
REQUIRED = ("module", "date", "score")
Word = str | rules.Word
_FIELDS = {heading: name for name, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True)
class Header:
    """A row of headings.

    Attributes:
        line: Where it stands, from 1.
        columns: Field -> its columns, from 0; several for `MAY_REPEAT` alone (first name, last name).
        width: Number of columns.
        unread: Headings that are not known, where that is sure not to be a person; else the column's number, from 1.
    """

    line: int
    columns: Mapping[str, tuple[int, ...]]
    width: int
    unread: tuple[str | int, ...]


Find = Callable[[Iterable[tuple[int, Sequence[str]]]], Header | None]
"""Finds the header among the first rows of a file, each with its line; None where there is none."""


def best(rows: Iterable[tuple[int, Sequence[str]]]) -> Header | None:
    """Return the row with the most headings that are known, at least two; None if there is none.

    Arguments:
        rows: Line and cells of each row that may be the one.
    """
    known = [(line, cells, columns) for line, cells in rows if len(columns := _columns(cells)) > 1]
    if not known:
        return None
    line, cells, columns = max(known, key=lambda row: len(row[2]))
    read = {number for numbers in columns.values() for number in numbers}
    others = [
        f"`{cell}`" if _near(cell) else number + 1 for number, cell in enumerate(cells) if cell and number not in read
    ]
    return Header(line, columns, len(cells), tuple(others))


def field(cell: str) -> str | None:
    """The field that a heading names, in one language or in two at once (`Name / Nom`); None if none, or two."""
    text = _plain(cell)
    if text in _FIELDS:
        return _FIELDS[text]
    found = {_FIELDS[part] for half in re.split("[/|\\n]", cell) if (part := _plain(half)) in _FIELDS}
    return found.pop() if len(found) == 1 else None


def fault(header: Header) -> Fault | None:
    """Why rows below it cannot be read: a column twice, or one that is missing. None if they can."""
    for name, columns in header.columns.items():
        if len(columns) > 1 and name not in MAY_REPEAT:
            places = _joined("and", [str(column + 1) for column in columns])
            return scope.fault("roster-column-twice", places=places, field=shown(name))
    missing = [name for name in REQUIRED if name not in header.columns]
    if not any(name in header.columns for name in WHO):
        missing.append("who")
    if not missing:
        return None
    told: dict[str, Word] = {
        "missing": _joined("roster-or", list(map(shown, missing))),
        "seen": listed(header.columns),
        "unknown": rules.word("roster-not-known", columns=unread(header)) if header.unread else "",
    }
    for heading in header.unread:
        if isinstance(heading, str) and (near := _near(heading)) and _FIELDS[near] in (*missing, *WHO):
            return scope.fault("roster-column-misspelt", near=near, heading=heading, **told)
    heads = [
        _joined("roster-or", [rules.word(f"roster-heading-{one}") for one in (WHO if name == "who" else (name,))])
        for name in missing
    ]
    return scope.fault("roster-columns-missing", examples=_joined("roster-comma", heads), **told)


def unread(header: Header) -> Word:
    """The columns that are not read, in words."""
    named = header.unread[:MOST_NAMED]
    columns = [one if isinstance(one, str) else rules.word("roster-column", number=str(one)) for one in named]
    more = len(header.unread) - len(columns)
    said = _joined("roster-comma", columns)
    return rules.word("roster-and-more", list=said, count=more) if more else said


def listed(names: Iterable[str]) -> Word:
    """Fields one after the other, in words."""
    return _joined("roster-comma", list(map(shown, names)))


def _joined(by: str, parts: Sequence[Word]) -> Word:
    """Parts of a sentence joined by a piece of `words.yml` that has a `first` and a `second`."""
    return reduce(lambda first, second: rules.word(by, first=first, second=second), parts)


def _columns(cells: Sequence[str]) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    for number, cell in enumerate(cells):
        if name := field(cell):
            columns[name] = (*columns.get(name, ()), number)
    return columns


def _near(cell: str) -> str | None:
    """The known heading that one word almost is; another cell may hold a person, and is never quoted."""
    text = _plain(cell)
    return next(iter(difflib.get_close_matches(text, _FIELDS, 1, 0.8)), None) if " " not in text else None


def _plain(cell: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", folded(re.sub(r"\(.*?\)|\[.*?\]", " ", cell))))


def shown(name: str) -> rules.Word:
    """What to call a field in a message."""
    return rules.word(f"roster-field-{name}")
