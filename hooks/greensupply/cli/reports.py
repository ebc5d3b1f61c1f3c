"""What the check found, as a person, a program, or a code host reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from greensupply import rules
from greensupply.errors import Problem
from greensupply.locales import LANGUAGE_TAGS
from greensupply.rules import Level

SARIF = "https://json.schemastore.org/sarif-2.1.0.json"
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""Signs that steer a terminal, begin a line, or turn the direction of what follows."""


@dataclass(frozen=True)
class Found:
    """A problem with how grave it is where it stands, which may be less than its rule says."""

    problem: Problem
    level: Level


@dataclass(frozen=True)
class Speech:
    """How it is told.

    Attributes:
        locale: In which language.
        pages: The folder of the rules' pages, an address or a place in the project.
    """

    locale: str
    pages: str

    def page(self, rule: str) -> str:
        """The page of a rule in this language."""
        return f"{self.pages}/{self.locale}/{rule}.md"


def line(found: Found, locale: str) -> str:
    """`modules/ems/es.md:41:7: error: what, how [rule]`, on one line whatever was quoted."""
    problem = found.problem
    place = f"{problem.path}:{problem.line}" + (f":{problem.column}" if problem.column else "")
    rule = f" [{problem.rule}]" if problem.rule else ""
    level = rules.phrase("check-level", locale, level=rules.word(f"level-{found.level}"))
    return _visible(f"{place}: {level} {_words(problem, locale)}{rule}")


def as_json(told: Sequence[Found], speech: Speech) -> str:
    """One object: `problems`, in order, and `counts`. A column or rule that is not known is null."""
    problems = []
    for found in told:
        problem = found.problem
        what, how = rules.said(problem, speech.locale)
        problems.append(
            {
                "path": problem.path,
                "line": problem.line,
                "column": problem.column or None,
                "level": found.level,
                "rule": problem.rule or None,
                "what": what,
                "how": how,
                "page": speech.page(problem.rule) if problem.rule else None,
            }
        )
    counts = {f"{level}s": sum(found.level == level for found in told) for level in ("error", "warning")}
    return json.dumps({"problems": problems, "counts": counts}, indent=2)


def as_commands(told: Iterable[Found], locale: str) -> Iterator[str]:
    """Workflow commands, one a line. Source: GitHub Docs, *Workflow commands for GitHub Actions*."""
    for found in told:
        problem = found.problem
        properties = {"file": problem.path, "line": problem.line, "col": problem.column, "title": problem.rule}
        said = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items() if value)
        yield f"::{found.level} {said}::{_data(_words(problem, locale))}"


def as_sarif(told: Sequence[Found], speech: Speech) -> str:
    """A log of one run. Source: OASIS, SARIF 2.1.0."""
    named = sorted({found.problem.rule for found in told} - {""})
    driver = {
        "name": "greensupply",
        "language": LANGUAGE_TAGS[speech.locale],
        "rules": [_descriptor(name, speech) for name in named],
    }
    run = {
        "tool": {"driver": driver},
        "language": LANGUAGE_TAGS[speech.locale],
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, named, speech.locale) for found in told],
    }
    return json.dumps({"$schema": SARIF, "version": "2.1.0", "runs": [run]}, indent=2)


def _descriptor(name: str, speech: Speech) -> dict[str, Any]:
    rule = rules.catalogue()[name]
    said = rule.said[speech.locale]
    described = {
        "id": name,
        "shortDescription": {"text": said.why.partition(". ")[0].rstrip(".") + "."},
        "fullDescription": {"text": said.why},
        "help": {"text": f"{said.why} ({speech.page(name)})"},
        "defaultConfiguration": {"level": rule.level},
    }
    if "://" in speech.pages:  # a place in the project is no address
        described["helpUri"] = speech.page(name)
    return described


def _result(found: Found, named: Sequence[str], locale: str) -> dict[str, Any]:
    problem = found.problem
    region = {"startLine": problem.line} | ({"startColumn": problem.column} if problem.column else {})
    place = {"artifactLocation": {"uri": quote(problem.path), "uriBaseId": "%SRCROOT%"}, "region": region}
    by = {"ruleId": problem.rule, "ruleIndex": named.index(problem.rule)} if problem.rule else {}
    said = {"message": {"text": _words(problem, locale)}, "locations": [{"physicalLocation": place}]}
    return {**by, "level": found.level, **said}


def _words(problem: Problem, locale: str) -> str:
    what, how = rules.said(problem, locale)
    return f"{what} {how}"


def _visible(text: str) -> str:
    """Text with its control characters written out: what an author quotes must not steer the reader's terminal."""
    return _CONTROL.sub(lambda sign: sign[0].encode("unicode_escape").decode(), text)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
