"""Does a translation hold the numbers of its source, written as its language writes them?"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from greensupply import rules
from greensupply.errors import Problem
from greensupply.lint import typography
from greensupply.lint.beside import Beside, Part, Passage
from greensupply.lint.written_numbers import Number, Value, localised, numbers
from greensupply.locales import SOURCE

NEAR = 60
"""Signs around a number by which it is told what it is."""
_PLACE_OF_RULE = re.compile(r"[1-9][0-9]?\.[1-9][0-9]?")
"""`6.1` may be a clause of a standard, which every language writes so, or a decimal in the English style."""
_CLAUSE = re.compile(
    r"(?:articles?|clauses?|paragraphes?|chapitres?|sections?|tableaux?|figures?|versions?|normes?|parties?|exigences?)"
    r"\b[^.;:]{0,40}$",
    re.IGNORECASE,
)

_LAW = re.compile(r"(?:CFR|USC|ISO|CSA|ASTM|NFPA|DORS|SOR|§+|[Aa]rt\.)[\s\u00a0\u202f]*$")


@dataclass(frozen=True)
class _Found:
    """A number and the passage it stands in."""

    passage: Passage
    number: Number


def problems(translation: Beside) -> Iterator[Problem]:
    """Numbers of a translation that are missing, added, or written as another language writes them."""
    for there, here in translation.parts:
        yield from compare(there, here, translation.text.locale)


def compare(there: Part, here: Part, locale: str) -> Iterator[Problem]:
    """The same for one section of the source and the one that renders it."""
    theirs, ours = _of(there, SOURCE), _of(here, locale)
    partners = _partners(there, here)
    near: dict[str, set[Value]] = defaultdict(set)
    for found in ours:
        near[found.passage.name] |= found.number.values | found.number.elsewhere
    supply = Counter(value for found in ours for value in found.number.values | found.number.elsewhere)
    demand = Counter(value for found in theirs if not found.number.loose for value in found.number.values)
    missing: list[_Found] = []
    told: set[Value] = set()
    for found in theirs:
        values, partner = found.number.values, partners.get(found.passage.name)
        if found.number.loose or (partner and values & near[partner.name]):
            continue
        if any(supply[value] >= (demand[value] if partner else 1) for value in values):
            continue
        if not partner and values & told:
            continue
        told |= values
        missing.append(found)
    added: dict[str, list[_Found]] = defaultdict(list)
    known, known_near = _index(theirs)
    back = {passage.name: name for name, passage in partners.items()}
    for found in ours:
        if found.number.loose:
            continue
        name = back.get(found.passage.name, "")
        wrong, right = _reading(found, (known_near.get(name, {}), known))
        if wrong and right and not _is_spaced(found, localised(right, locale)):
            line, column = found.passage.place(found.number.start)
            said = {"here": found.number.text, "right": localised(right, locale)}
            yield rules.problem("number-form", here.path, line, column, **said)
        elif wrong and not right:
            added[found.passage.name].append(found)
    yield from _unmatched(missing, added, partners, there, here, locale)


def _index(theirs: Sequence[_Found]) -> tuple[Mapping[Value, Number], Mapping[str, Mapping[Value, Number]]]:
    """What each value is written as in the source's section, and in each of its passages."""
    known: dict[Value, Number] = {}
    near: dict[str, dict[Value, Number]] = defaultdict(dict)
    for found in theirs:
        for value in found.number.values:
            known.setdefault(value, found.number)
            near[found.passage.name].setdefault(value, found.number)
    return known, near


def _reading(found: _Found, known: tuple[Mapping[Value, Number], ...]) -> tuple[bool, Number | None]:
    """Is a number of the translation wrong, and which number of the source is it in another language's style?

    Arguments:
        found: The number.
        known: Numbers of the passage that it renders, then those of the whole section.
    """
    for numbers_there in known:
        if any(value in numbers_there for value in found.number.values):
            return False, None
        for value in found.number.elsewhere:
            if value in numbers_there:
                return (False, None) if _is_clause(found) else (True, numbers_there[value])
    return True, None


def _is_spaced(found: _Found, right: str) -> bool:
    """Is only a space of the number wrong? That is a matter of typography, and named there."""
    text, number = found.passage.bare, found.number
    plain = number.text == right.replace("\u00a0", " ")
    return plain and " " in number.text and typography.THOUSANDS.match(text, number.start) is not None


def _is_clause(found: _Found) -> bool:
    """Is it a place in a law or a standard? Those are written with a point everywhere."""
    text, number = found.passage.bare, found.number
    before = text[max(0, number.start - NEAR) : number.start]
    if _LAW.search(before):
        return True
    if not _PLACE_OF_RULE.fullmatch(number.text):
        return False
    after = text[number.start + len(number.text) :][:NEAR]
    unit = re.match(r"[\s\u00a0\u202f]*[^\W\d_$%]|[\s\u00a0\u202f]*[$%×÷=+]", after)
    amount = re.search(r"[$×÷=+][\s\u00a0\u202f]*$", before)
    return not (unit or amount) or bool(_CLAUSE.search(before))


def _unmatched(
    missing: Sequence[_Found],
    added: Mapping[str, list[_Found]],
    partners: Mapping[str, Passage],
    there: Part,
    here: Part,
    locale: str,
) -> Iterator[Problem]:
    """Numbers without a partner; one that stands where another was expected is one problem, not two."""
    for found in missing:
        partner = partners.get(found.passage.name)
        instead = added[partner.name].pop(0) if partner and partner.name in added and added[partner.name] else None
        values = {
            "number": found.number.text,
            "right": localised(found.number, locale),
            "source_line": str(found.passage.place(found.number.start)[0]),
        }
        if instead:
            line, column = instead.passage.place(instead.number.start)
            yield rules.problem("number-differs", here.path, line, column, here=instead.number.text, **values)
        else:
            line, column = (partner.line, partner.column) if partner else (here.line, 0)
            yield rules.problem("number-missing", here.path, line, column, **values)
    for found in (found for left in added.values() for found in left):
        line, column = found.passage.place(found.number.start)
        values = {"number": found.number.text, "source_line": str(there.line)}
        yield rules.problem("number-added", here.path, line, column, **values)


def _of(part: Part, locale: str) -> list[_Found]:
    return [_Found(passage, number) for passage in part.passages for number in numbers(passage.bare, locale)]


def _partners(there: Part, here: Part) -> Mapping[str, Passage]:
    """Name of a passage of the source -> the one that renders it."""
    ours = {passage.name: passage for passage in here.passages}
    if [passage.name for passage in there.passages] != list(ours):
        ours = {name: passage for name, passage in ours.items() if name.startswith("question.")}
    return {passage.name: ours[passage.name] for passage in there.passages if passage.name in ours}
