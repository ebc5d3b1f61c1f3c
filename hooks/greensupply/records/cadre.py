"""A list of trainers or of train-the-trainer courses, as an office keeps it -> people on rungs, and courses.

Names and e-mails become the pseudonyms by which class records name who taught, before anything leaves this room.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path

from greensupply import rules
from greensupply.cadre import Course, Rung, Standing
from greensupply.completion import Notice, SetAside
from greensupply.errors import Problem
from greensupply.records import dates, fields, people, table
from greensupply.records.header import Header
from greensupply.records.people import folded
from greensupply.records.scope import Fault, Refused, Scope, fault
from greensupply.records.tables import HEADER_WITHIN, Cell, Row

Found = Standing | Course | SetAside | Notice

MOST_PARTICIPANTS = 500
NO_HEADER = "roster-no-header"
"""The rule that says so of a roster; a list of trainers has headings of its own."""

_COUNTRY = ("country", "country code", "pais", "codigo de pais", "pays", "code de pays")
TRAINERS: Mapping[str, tuple[str, ...]] = {
    "trainer": (
        *("trainer", "name", "full name", "e mail", "email", "instructor", "instructora", "nombre", "correo"),
        *("correo electronico", "capacitador", "formador", "formateur", "formatrice", "nom", "courriel"),
        *("adresse courriel", "trainer e mail", "trainer name"),
    ),
    "country": _COUNTRY,
    "rung": ("rung", "level", "escalon", "nivel", "echelon", "niveau"),
    "since": (
        *("since", "from", "first day", "desde", "primer dia", "a partir de", "depuis", "premier jour"),
        *("a partir du", "date"),
    ),
    "until": (
        *("until", "to", "last day", "valid until", "hasta", "ultimo dia", "vigente hasta", "jusqu a", "jusqu au"),
        *("dernier jour", "valide jusqu au"),
    ),
}
COURSES: Mapping[str, tuple[str, ...]] = {
    "course": (
        *("course", "course code", "course id", "id", "curso", "codigo del curso", "clave del curso"),
        *("cours", "code du cours"),
    ),
    "country": _COUNTRY,
    "date": ("date", "last day", "fecha", "ultimo dia", "dernier jour"),
    "participants": ("participants", "participantes", "number of participants", "numero de participantes"),
    "trainers": (
        *("trainers", "trainer", "instructors", "instructor", "instructores", "formadores"),
        *("formateurs", "formateur", "formatrices"),
    ),
}
"""Field -> its headings without accents, signs and what stands in brackets."""

_OPTIONAL = {"until", "trainers"}
_RUNGS: Mapping[str, Rung] = {
    **dict.fromkeys(
        ("participant", "participante", "participante del curso", "participant du cours"), Rung.PARTICIPANT
    ),
    **dict.fromkeys(("observer", "observador", "observadora", "observateur", "observatrice"), Rung.OBSERVER),
    **dict.fromkeys(
        ("co trainer", "cotrainer", "coinstructor", "coinstructora", "coformateur", "coformatrice"), Rung.CO_TRAINER
    ),
    **dict.fromkeys(
        (
            *("certified", "certified trainer", "certificado", "certificada", "instructor certificado"),
            *("instructora certificada", "certifie", "certifiee", "formateur certifie", "formatrice certifiee"),
        ),
        Rung.CERTIFIED,
    ),
    **dict.fromkeys(
        (
            *("master", "master trainer", "maestro", "maestra", "instructor maestro", "instructora maestra"),
            *("maitre", "maitre formateur", "maitre formatrice"),
        ),
        Rung.MASTER,
    ),
}


def readings(path: Path, scope: Scope) -> Iterator[tuple[int, Found]]:
    """Return what each row of a list is, with its line; notices of the whole file first.

    Nothing that a file holds raises. Of two rows for one person and rung, or for one course, that differ, the first is
    taken and the other set aside; the same row again is passed over.
    """
    name = path.as_posix()
    found = table(path, _best)
    if isinstance(found, Problem):
        if found.rule == NO_HEADER:
            found = rules.problem("cadre-headings", name, found.line, rows=HEADER_WITHIN)
        yield found.line, SetAside(found)
        return
    header = found.header
    kind = _kind(header)
    if faults := list(_header_faults(header, kind)):
        yield from ((header.line, SetAside(why.at(name, header.line))) for why in faults)
        return
    yield from ((line, Notice(notice.at(name, line))) for line, notice in found.notices)
    below = [row for row in found.rows() if row.line > header.line]
    if not below:
        yield header.line, Notice(rules.problem("cadre-empty", name, header.line))
    taken: dict[object, tuple[int, Standing | Course]] = {}
    for row in below:
        reader = _Row(row, header, scope)
        one = None if row.fault else (reader.standing() if kind is TRAINERS else reader.course())
        if one is None:
            for why in [row.fault] if row.fault else reader.faults:
                yield row.line, SetAside(why.at(name, row.line))
            continue
        key = (one.trainer, one.rung) if isinstance(one, Standing) else one.id
        line, first = taken.setdefault(key, (row.line, one))
        if line == row.line:
            yield row.line, one
        elif first != one:
            yield row.line, SetAside(rules.problem("cadre-row-twice", name, row.line, line=str(line)))


class _Row:
    """One row, its fields taken one by one; what is refused is kept in `faults`, so that all is told at once."""

    def __init__(self, row: Row, header: Header, scope: Scope) -> None:
        self.faults: list[Fault] = []
        self._cells: dict[str, Cell] = {
            name: row.cells[columns[0]] if columns[0] < len(row.cells) else ""
            for name, columns in header.columns.items()
        }
        self._scope = scope

    def standing(self) -> Standing | None:
        """The person and the rung of a row; None if `faults` say why not."""
        trainer, country = self._trainer(self._text("trainer"), "trainer"), self._country()
        rung = _RUNGS.get(_plain(self._text("rung")))
        if rung is None:
            self.faults.append(fault("cadre-rung"))
        since = self._day("since")
        until = self._day("until") if self._cells.get("until") else None
        if since and until and until < since:
            self.faults.append(fault("cadre-days-order", since=since.isoformat(), until=until.isoformat()))
        if self.faults or trainer is None or country is None or rung is None or since is None:
            return None
        return Standing(trainer, rung, country, since, until)

    def course(self) -> Course | None:
        """The course of a row; None if `faults` say why not."""
        code = self._text("course")
        if not fields.is_code(code):
            self.faults.append(fault("cadre-code"))
        country, day = self._country(), self._day("date")
        if day and day > (self._scope.now + timedelta(days=1)).date():
            self.faults.append(fault("cadre-day-ahead"))
        written = self._text("participants")
        people = int(written) if re.fullmatch(r"\d{1,3}", written, re.ASCII) else MOST_PARTICIPANTS + 1
        if people > MOST_PARTICIPANTS:
            self.faults.append(fault("cadre-participants", most=MOST_PARTICIPANTS))
        names = [name for name in re.split(r"[;\n]", self._text("trainers")) if name.strip()]
        trainers = [self._trainer(name.strip(), "trainers") for name in names]
        if self.faults or country is None or day is None:
            return None
        return Course(code.upper(), country, day, people, tuple(sorted({one for one in trainers if one})))

    def _text(self, name: str) -> str:
        cell = self._cells.get(name, "")
        if isinstance(cell, Fault):
            self.faults.append(fault("cadre-cell", column=_called(name)))
            return ""
        return str(cell)

    def _day(self, name: str) -> date | None:
        cell = self._cells.get(name, "")
        try:
            day = cell if isinstance(cell, date) else dates.day(self._text(name))
        except Refused:
            day = None
        if day is None or not dates.EARLIEST <= day.year < dates.EARLIEST + 100:
            self.faults.append(fault("cadre-day", column=_called(name)))
            return None
        return day

    def _country(self) -> str | None:
        try:
            found = fields.country(self._text("country"))
        except Refused:
            found = None
        if found is None:
            self.faults.append(fault("cadre-country"))
        return found

    def _trainer(self, written: str, name: str) -> str | None:
        try:
            if any(map(str.isalnum, written)):
                return self._scope.pseudonym(people.instructor(written))
        except Refused:
            pass
        self.faults.append(fault("cadre-trainer", column=_called(name)))
        return None


def _best(rows: Iterable[tuple[int, Sequence[str]]]) -> Header | None:
    """The row with the most headings of one of the two lists, at least two."""
    best: Header | None = None
    for line, cells in rows:
        for kind in (TRAINERS, COURSES):
            columns: dict[str, tuple[int, ...]] = {}
            for number, cell in enumerate(cells):
                if name := _field(cell, kind):
                    columns[name] = (*columns.get(name, ()), number)
            if len(columns) > max(1, len(best.columns) if best else 0):
                best = Header(line, columns, len(cells), ())
    return best


def _field(cell: str, kind: Mapping[str, tuple[str, ...]]) -> str | None:
    """The field that a heading names, in one language or in two at once (`Country / Pays`)."""
    for text in (cell, *cell.split("/")):
        plain = _plain(re.sub(r"\(.*?\)|\[.*?\]", " ", text))
        if found := next((name for name, headings in kind.items() if plain in headings), None):
            return found
    return None


def _kind(header: Header) -> Mapping[str, tuple[str, ...]]:
    return COURSES if {"course", "participants", "trainers"} & set(header.columns) else TRAINERS


def _header_faults(header: Header, kind: Mapping[str, tuple[str, ...]]) -> Iterator[Fault]:
    missing = [name for name in kind if name not in header.columns and name not in _OPTIONAL]
    if missing:
        yield fault("cadre-column-missing", columns=_listed(missing))
    for name, columns in header.columns.items():
        if len(columns) > 1:
            yield fault("cadre-column-twice", column=_called(name))


def _called(name: str) -> rules.Word:
    return rules.word(f"cadre-field-{name}")


def _listed(names: Sequence[str]) -> rules.Word:
    """`the country, the rung`, in each language."""
    first, *others = map(_called, names)
    joined = first
    for other in others:
        joined = rules.word("cadre-and", first=joined, other=other)
    return joined


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", folded(text)))
