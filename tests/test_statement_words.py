"""Each rule about statements is broken by some file, and told in each language without a word of another."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from greensupply import rules
from greensupply.cli import wording
from greensupply.completion import Notice, SetAside
from greensupply.locales import LOCALES, SOURCE
from greensupply.records import json_text, read, scope
from record_builders import SITE, lines, statement, verb
from record_builders import scope as hub
from test_records import BROKEN_LINES
from test_statements import ACTORS, REFUSED, SCORES, scored, unscored

GOOD = json.dumps(statement())


def changed(**changes: Any) -> str:
    return json.dumps(statement(1, **changes))


def by(actor: Any) -> str:
    return json.dumps({**statement(), "actor": actor})


def with_score(written: str) -> str:
    return json.dumps({**statement(), "result": {"score": "HERE"}}).replace('"HERE"', written)


def after_a_good_one(broken: str | bytes) -> bytes:
    return f"{GOOD}\n".encode() + (broken if isinstance(broken, bytes) else broken.encode())


def in_list(broken: str) -> str:
    """A document over several lines whose last statement has no end."""
    return f"[\n{GOOD},\n{broken}"


BROKEN: dict[str, str | bytes] = {
    "statement-none": "[]",
    "statement-none-json": "null",
    "statement-more": json.dumps({"statements": [statement()], "more": "/xapi/more"}),
    "statement-broken-off": GOOD[:400],
    "statement-deep": '{"a":' * 21 + "1" + "}" * 21,
    "statement-deep-open": in_list("[" * 100_000),
    "statement-broken-many": "[" + ",\n".join(["{'x'}"] * 1_001) + "]",
    "statement-line-long": lines(GOOD, GOOD.replace("learner-1", "x" * json_text.MAX_LINE)),
    "statement-goes-on": lines(statement(2), GOOD + GOOD),
    "statement-key-twice": '{"id": 1, "id": 2}',
    "statement-constant": with_score('{"scaled": NaN}'),
    "statement-number-long": with_score(f'{{"raw": {"9" * 19}}}'),
    "statement-syntax": "{'id': 1}",
    "statement-syntax-open": in_list('{"a" 1, "b": {'),
    "statement-long": f"[\n{GOOD.replace('learner-1', 'x' * json_text.MAX_LINE)}\n]",
    "statement-proto": changed(context={"__proto__": 1}),
    "statement-not-utf-8": GOOD.encode().replace(b"learner-1", b"Garc\xeda"),
    "statement-half-character": GOOD.replace("learner-1", "\\ud800"),
    "statement-not-one": "[3]",
    "statement-verb": changed(verb={"id": 5}),
    "statement-id-missing": changed(id=""),
    "statement-id-form": changed(id="7"),
    "statement-uuid-missing": changed(context={"registration": ""}),
    "statement-uuid-form": changed(context={"registration": "7"}),
    "statement-voids-nothing": changed(verb=verb("voided")),
    "statement-object": changed(object={"objectType": "Agent"}),
    "statement-module-none": changed(object={"id": "modules/ems"}),
    "statement-actor-missing": by({}),
    "statement-actor-group": by({"objectType": "Group"}),
    "statement-actor-nobody": by({"name": "Ana"}),
    "statement-mbox": by({"mbox": "ana@plant.example"}),
    "statement-mbox-sha1": by({"mbox_sha1sum": "ab"}),
    "statement-openid": by({"openid": " "}),
    "statement-account": by({"account": {"homePage": SITE}}),
    "statement-score-infinite": with_score('{"scaled": 1e999}'),
    "statement-score-number": with_score('{"scaled": "0.9"}'),
    "statement-raw-alone": with_score('{"raw": 9}'),
    "statement-max-min": with_score('{"raw": 9, "min": 10, "max": 10}'),
    "statement-time-form": changed(timestamp="2026-11-24"),
    "statement-time-no-zone": changed(timestamp="2026-11-24T12:00:00"),
    "statement-extension": changed(context={"extensions": {f"{SITE}/xapi/country": 484}}),
    "statement-map": changed(context=[1]),
    "statement-text": changed(timestamp=[1]),
    "statement-null": changed(context={"some thing": None}),
    "statement-completed-not": changed(result={"completion": False}),
    "statement-no-score": lines(unscored(1)),
    "statement-verbs": changed(verb=verb("answered")),
    "statement-twin": lines(scored(1, "passed"), unscored(2)),
    "statement-language": changed(context={"language": "pt-BR"}),
    "statement-success": changed(result={"success": False}),
}
ELSEWHERE = {
    "statement-document-long": {"most": json_text.MAX_DOCUMENT},
    "statement-page-again": {},
    "statement-not-yet": {"time": "2026-11-24T12:00:00Z"},
}
"""Tested where they are made; here, that they can be said."""
ENGLISH = re.compile(r"\b(?:the|is|not|of|and|with|it|has|holds|expecting|invalid)\b", re.IGNORECASE)


def told(content: str | bytes, folder: Path) -> list[SetAside | Notice]:
    file = folder / "export.json"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [one for one in read(file, hub()) if isinstance(one, SetAside | Notice)]


def faults_of_words(one: SetAside | Notice) -> Iterator[str]:
    """What another language than English says as English does, with a brace that was not filled, or with its words."""
    english = wording.why(one, SOURCE)
    for locale in LOCALES:
        for words, source in zip(wording.why(one, locale), english, strict=True):
            if re.search(r"\{\w+\}|Word\(|\{\{|\}\}|None", words):
                yield words
            if locale != SOURCE and (words == source or ENGLISH.search(re.sub(r"`[^`]*`|lean-and-clean", "", words))):
                yield words


def test_every_rule_about_statements_has_a_file_that_breaks_it():
    ours = {name for name, rule in rules.catalogue().items() if rule.subject == "statements"}

    assert ours == {*BROKEN, *ELSEWHERE}


@pytest.mark.parametrize("rule", BROKEN)
def test_a_file_that_breaks_a_rule_is_told_so_in_three_languages(rule, tmp_path):
    found = {one.problem.rule: one for one in told(BROKEN[rule], tmp_path)}

    assert rule in found
    assert [*faults_of_words(found[rule])] == []


@pytest.mark.parametrize("rule", ELSEWHERE)
def test_what_is_told_elsewhere_can_be_said_in_three_languages(rule):
    one = SetAside(scope.fault(rule, **ELSEWHERE[rule]).at("export.json", 1))

    assert [*faults_of_words(one)] == []


WRONG = {
    **{name: json.dumps(statement(1, **changes)) for name, (changes, _) in REFUSED.items()},
    **{name: with_score(written) for name, (written, _) in SCORES.items()},
    **{f"by {name}": by(actor) for name, (actor, _) in ACTORS.items()},
    **{f"line: {name}": after_a_good_one(broken) for name, (broken, _) in BROKEN_LINES.items()},
}


@pytest.mark.parametrize("content", WRONG.values(), ids=WRONG)
def test_whatever_is_wrong_with_a_statement_is_told_by_a_rule(content, tmp_path):
    found = told(content, tmp_path)

    assert found
    assert [one for one in found if not one.problem.rule] == []
    assert [words for one in found for words in faults_of_words(one)] == []


NOT_JSON = {
    '{"a": }': ("aquí se esperaba un valor", "une valeur était attendue ici"),
    "{'a': 1}": (
        "aquí se esperaba una clave entre comillas dobles",
        "une clé entre guillemets droits était attendue ici",
    ),
    '{"a" 1}': ("faltan los dos puntos después de una clave", "il manque un deux-points après une clé"),
    '{"a": 1 "b": 2}': (
        "falta una coma, o un corchete o una llave que cierre",
        "il manque une virgule, ou un crochet ou une accolade de fermeture",
    ),
    '{"a": "\t"}': ("un signo de control dentro de un texto", "un caractère de contrôle dans un texte"),
    '{"a": "\\q"}': (
        "una barra invertida con un signo que no va con ella",
        "une barre oblique inverse suivie d’un signe qui ne va pas avec elle",
    ),
}


@pytest.mark.parametrize("written", NOT_JSON)
def test_why_it_is_no_json_is_said_in_other_languages_too(written, tmp_path):
    (one,) = told(lines(GOOD, written), tmp_path)

    assert [wording.why(one, locale)[0] for locale in ("es", "fr")] == [
        f"no es JSON ({NOT_JSON[written][0]}).",
        f"n’est pas du JSON ({NOT_JSON[written][1]}).",
    ]


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (1, ("1 statement with", "1 declaración con otro verbo.", "1 déclaration avec un autre verbe.")),
        (2, ("2 statements with", "2 declaraciones con otro verbo.", "2 déclarations avec un autre verbe.")),
        (1_200, ("1,200 statements", "1,200 declaraciones con otro", "1\u00a0200 déclarations avec un autre")),
    ],
)
def test_what_is_counted_is_said_in_the_singular_and_the_plural_of_each_language(count, said, tmp_path):
    others = (statement(number, verb=verb("answered")) for number in range(count))

    (one,) = told(lines(*others), tmp_path)

    for locale, words in zip(LOCALES, said, strict=True):
        assert words in wording.line(one, locale)


def test_a_score_of_points_is_said_in_each_language(tmp_path):
    (one,) = told(with_score('{"raw": 14, "max": 10}'), tmp_path)

    assert [wording.why(one, locale)[0] for locale in LOCALES] == [
        "the score `14` of `10` is above 1.",
        "la calificación `14` de `10` es mayor que 1.",
        "la note `14` sur `10` est supérieure à 1.",
    ]


def test_a_fault_is_not_put_into_words_before_it_is_told(monkeypatch):
    monkeypatch.setattr(rules, "problem", None)

    assert scope.refused("statement-uuid-form", key="id").fault == scope.fault("statement-uuid-form", key="id")
