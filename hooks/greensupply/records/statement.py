"""xAPI statements -> readings. Source: xAPI 1.0.3 and 2.0 (the same here), cmi5; STANDARDS sections 6 and 7.

A record is a statement `completed`, `passed` or `failed` with a score, about one of the hub's modules. Whether it is a
pass is decided by the hub's pass mark alone. cmi5 tells one ending in two statements, `completed` without a score and
`passed` or `failed` with one, which share a registration: the one with the score is the record.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from typing import Any

from greensupply import rules
from greensupply.completion import Completion, Delivery, Notice, Reading, SetAside, Void
from greensupply.records import dates, fields, people, scores, xapi
from greensupply.records.json_text import MORE, Item
from greensupply.records.scope import Fault, Refused, Scope, fault, refused

VERBS: Mapping[str, str] = {
    f"http://adlnet.gov/expapi/verbs/{verb}": verb for verb in ("completed", "passed", "failed", "voided")
}
_OTHER_VERB = "statement-verbs"
_TWIN = "statement-twin"
_OTHER_LANGUAGE = "statement-language"
_OTHER_MARK = "statement-success"
_NO_SCORE = Fault("statement-no-score")


class _Told:
    """Modules, verbs and registrations that were told, in some 12 bytes each; in a set they would take 80.

    Of each, 64 bits of a digest are kept: of a million, two are the same in one of 30 million files.
    """

    PARTS = 1 << 14

    def __init__(self) -> None:
        self._parts: defaultdict[int, array[int]] = defaultdict(lambda: array("Q"))

    def add(self, told: tuple[str, str, int]) -> None:
        mark = self._mark(told)
        part = self._parts[mark % self.PARTS]
        if mark not in part:
            part.append(mark)

    def __contains__(self, told: tuple[str, str, int]) -> bool:
        mark = self._mark(told)
        return mark in self._parts.get(mark % self.PARTS, ())

    def _mark(self, told: tuple[str, str, int]) -> int:
        return int.from_bytes(blake2b(repr(told).encode(), digest_size=8).digest(), "big")


class Statements:
    """The statements of one file, one after the other, and what is only known at its end.

    Memory grows by a registration (see `_Told`) for each record of a learning system, to know the two halves of one
    ending. The hub's own pages tell an ending once, so theirs need not be remembered.
    """

    def __init__(self, path: str, scope: Scope) -> None:
        self.path = path
        self.scope = scope
        self._counts: dict[str, int] = {}
        self._scored = _Told()
        self._unscored: dict[tuple[str, int], tuple[int, str]] = {}

    def reading(self, item: Item) -> Reading | None:
        """Return what a statement is; None if it is only counted."""
        if item.value is MORE:
            return Notice(fault("statement-more").at(self.path, item.line))
        if item.fault:
            return SetAside(item.fault.at(self.path, item.line))
        identifier: str | None = None
        try:
            statement = xapi.statement(item.value)
            verb = VERBS.get(xapi.verb(statement))
            if not verb:
                self._count(_OTHER_VERB)
                return None
            identifier = xapi.identifier(statement)
            if item.nulls:
                xapi.refuse_nulls(statement)
            if verb == "voided":
                return Void(xapi.voided(statement))
            return self._ending(statement, verb, identifier, item.line)
        except Refused as why:
            return SetAside(why.fault.at(self.path, item.line), identifier)

    def last(self) -> Iterator[tuple[int, Reading]]:
        """Return what is only known when the whole file is read, each with its line."""
        for line, identifier in self._unscored.values():
            yield line, SetAside(_NO_SCORE.at(self.path, line), identifier)
        for rule, number in self._counts.items():
            yield 1, Notice(fault(rule, statements=_statements(number)).at(self.path, 1))

    def _ending(self, statement: Mapping[str, Any], verb: str, identifier: str, line: int) -> Completion | None:
        context, result = xapi.part(statement, "context"), xapi.part(statement, "result")
        module = xapi.module(statement, context, self.scope)
        registration = xapi.registration(context)
        if result.get("completion") is False and verb == "completed":
            raise refused("statement-completed-not")
        score = xapi.score(xapi.part(result, "score"))
        if score is None:
            self._wait(module, registration, (line, identifier))
            return None
        known = self.scope.modules[module]
        said = xapi.extensions(context)
        language = xapi.text(context, "language")
        completion = Completion(
            id=identifier,
            learner=self.scope.pseudonym(people.actor(statement.get("actor"))),
            supplier=fields.supplier(said.get("supplier", "")),
            country=fields.country(said.get("country", "")),
            module=module,
            revision=fields.revision(xapi.text(context, "revision"), known),
            locale=fields.locale(language),
            delivery=Delivery.WEB if said.get("delivery") == Delivery.WEB else Delivery.LMS,
            session=None,
            instructor=None,
            score=score,
            passed=scores.passes(score, known.pass_mark),
            completed_at=dates.plausible(xapi.timestamp(statement), self.scope.now),
        )
        told_once = completion.delivery is Delivery.WEB
        if registration is not None and not told_once and not self._is_first(module, registration, verb):
            self._count(_TWIN)
            return None
        if language and not completion.locale:
            self._count(_OTHER_LANGUAGE)
        if result.get("success", completion.passed) is not completion.passed:
            self._count(_OTHER_MARK)
        return completion

    def _wait(self, module: str, registration: int | None, place: tuple[int, str]) -> None:
        """An ending without a score waits for one of the same registration that has it."""
        if registration is None:
            raise Refused(_NO_SCORE)
        told = any((module, verb, registration) in self._scored for verb in VERBS.values())
        if told or self._unscored.setdefault((module, registration), place) is not place:
            self._count(_TWIN)

    def _is_first(self, module: str, registration: int, verb: str) -> bool:
        """Is no `passed` told yet that this `completed` would only tell again, or the reverse?"""
        twin = {"completed": "passed", "passed": "completed"}.get(verb, "")
        if (module, twin, registration) in self._scored:
            return False
        self._scored.add((module, verb, registration))
        if self._unscored.pop((module, registration), None):
            self._count(_TWIN)
        return True

    def _count(self, rule: str) -> None:
        self._counts[rule] = self._counts.get(rule, 0) + 1


def _statements(count: int) -> rules.Word:
    return rules.word("statement-one" if count == 1 else "statement-many", count=count)
