"""The headings of a roster -> which column holds what, in English, Spanish or French, in any order."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

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
    ),
}
"""Field -> its headings without accents, signs and what stands in brackets."""

MOST_NAMED = 8
"""Columns named in a message."""
WHO = ("email", "number", "name")
REQUIRED = ("module", "date", "score")
_FIELDS = {heading: name for name, headings in HEADINGS.items() for heading in headings}


@dataclass(frozen=True)
class Header:
    """A row of headings.

    Attributes:
        line: Where it stands, from 1.
        columns: Field -> its columns, from 0; several for `name` alone (first name, last name).
        width: Number of columns.
        unread: Headings that are not known, where that is sure not to be a person; else the column's number.
    """

    line: int
    columns: Mapping[str, tuple[int, ...]]
    width: int
    unread: tuple[str, ...]


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
        f"`{cell}`" if _near(cell) else f"column {number + 1}"
        for number, cell in enumerate(cells)
        if cell and number not in read
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
        if len(columns) > 1 and name != "name":
            places = " and ".join(str(column + 1) for column in columns)
            return Fault(f"columns {places} are both headed as the {shown(name)}.", "Rename or take out one of them.")
    missing = [name for name in REQUIRED if name not in header.columns]
    if not any(name in header.columns for name in WHO):
        missing.append("e-mail, employee number or name")
    if not missing:
        return None
    seen = ", ".join(map(shown, header.columns))
    unknown = f"; not known: {unread(header)}" if header.unread else ""
    return Fault(f"no column for {' or '.join(missing)}. Known columns are {seen}{unknown}.", _how(missing, header))


def unread(header: Header) -> str:
    """The columns that are not read, in words."""
    more = len(header.unread) - MOST_NAMED
    return ", ".join(header.unread[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _columns(cells: Sequence[str]) -> dict[str, tuple[int, ...]]:
    columns: dict[str, tuple[int, ...]] = {}
    for number, cell in enumerate(cells):
        if name := field(cell):
            columns[name] = (*columns.get(name, ()), number)
    return columns


def _how(missing: Sequence[str], header: Header) -> str:
    for heading in header.unread:
        if (near := _near(heading)) and _FIELDS[near] in (*missing, *WHO):
            return f"Did you mean `{near}` by {heading}?"
    fields = [(name,) if name in HEADINGS else WHO for name in missing]
    examples = ["`" + "` or `".join(HEADINGS[name][0] for name in names) + "`" for names in fields]
    return f"Head them {', '.join(examples)}, or as docs/records.md says."


def _near(cell: str) -> str | None:
    """The known heading that one word almost is; another cell may hold a person, and is never quoted."""
    text = _plain(cell)
    return next(iter(difflib.get_close_matches(text, _FIELDS, 1, 0.8)), None) if " " not in text else None


def _plain(cell: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", folded(re.sub(r"\(.*?\)|\[.*?\]", " ", cell))))


def shown(name: str) -> str:
    """What to call a field in a message."""
    return {"email": "e-mail", "number": "employee number"}.get(name, name)
