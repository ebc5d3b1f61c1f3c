"""The rules about files, YAML, pathways and the glossary: each is broken and kept, and said in three languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from builders import CHOICE, FACTS, PATHWAYS, module, project, text, write
from greensupply import library, rules, schemas
from greensupply.errors import Problem
from pydantic import BaseModel
from test_rules import laid_over, with_keys

SUBJECTS = ("curriculum", "files", "glossary", "metadata")
IN_TEXTS = ("first-level-heading", "module-without-question", "question-id-twice")
ELSEWHERE = {"more-problems"}
"""Not of one thing in a file: tests/broken/files/very-many.yml shows it."""
MINE = sorted(
    identifier
    for identifier, rule in rules.catalogue().items()
    if (rule.subject in SUBJECTS and identifier not in ELSEWHERE) or identifier in IN_TEXTS
)
YML = FACTS.format(id="rinsing")
EN, M, P = "modules/rinsing/en.md", "modules/rinsing/module.yml", "modules/pathways.yml"
Files = Mapping[str, "str | bytes | None"]

ASKS_FOR_WASHING = {M: YML.replace("prerequisites: []", "prerequisites: [washing]")}
WITHOUT_EXAMPLE: dict[str, tuple[Files, Files]] = {
    "yaml-too-long": ({M: f"{YML}# {'x' * 17_000}\n"}, {M: f"{YML}# {'x' * 10_000}\n"}),
    "yaml-no-map": ({M: "- rinsing\n"}, {M: YML}),
    "file-too-large": ({M: f"{YML}# {'x' * 400_000}\n"}, {M: YML}),
    "file-unreadable": ({M: None}, {M: YML}),
    "file-utf-16": ({EN: text().encode("utf-16")}, {EN: text()}),
    "file-not-utf-8": ({EN: text(title="Café").encode("latin-1")}, {EN: text(title="Café")}),
    "file-nul": ({EN: text(body="a\0b")}, {EN: text(body="ab")}),
    "front-matter-missing": ({EN: "Rinse.\n"}, {EN: text()}),
    "front-matter-open": ({EN: "---\ntitle: Rinsing\n"}, {EN: text()}),
    "front-matter-empty": ({EN: "---\n---\nRinse.\n"}, {EN: text()}),
    "english-missing": ({EN: None}, {"modules/rinsing/fr.md": None}),
    "folders-alike": (module("Rinsing"), module("washing")),
    "module-without-question": ({EN: text(question="")}, {EN: text(question=CHOICE)}),
    "prerequisite-draft": (
        {**ASKS_FOR_WASHING, **module("washing", module=FACTS.format(id="washing") + "status: draft\n")},
        {**ASKS_FOR_WASHING, **module("washing", module=FACTS.format(id="washing") + "status: ready\n")},
    ),
}
"""Rule that no fragment of a module can show -> files that break it, and files that keep it."""


def found(root: Path, files: Files) -> tuple[Problem, ...]:
    write(root, {**project(), **files})
    return library.examine(root / "modules", root / "content").problems


def broken(rule: str) -> Files:
    return WITHOUT_EXAMPLE[rule][0] if rule in WITHOUT_EXAMPLE else laid_over(project(), rules.catalogue()[rule].wrong)


def test_each_rule_has_an_example_or_a_case_here():
    assert {name for name in MINE if not rules.catalogue()[name].wrong} == set(WITHOUT_EXAMPLE)


@pytest.mark.parametrize("rule", WITHOUT_EXAMPLE)
def test_a_rule_without_an_example_is_told_where_it_is_broken_and_not_where_it_is_kept(tmp_path, rule):
    breaks, keeps = WITHOUT_EXAMPLE[rule]

    assert rule in {problem.rule for problem in found(tmp_path / "broken", breaks)}
    assert rule not in {problem.rule for problem in found(tmp_path / "kept", keeps)}


WHOLE_FILE = {
    "english-missing",
    "file-too-large",
    "file-unreadable",
    "file-utf-16",
    "folders-alike",
    "module-without-question",
    "yaml-too-long",
}
"""Rules that no single place breaks."""


@pytest.mark.parametrize("rule", MINE)
def test_a_rule_is_said_whole_in_each_language_and_at_its_place(tmp_path, rule):
    told = [problem for problem in found(tmp_path, broken(rule)) if problem.rule == rule]

    assert told
    for problem in told:
        assert (problem.what, problem.how) == rules.said(problem, "en")
        assert bool(problem.column) == (rule not in WHOLE_FILE), problem
        for locale in ("es", "fr"):
            for words, english in zip(rules.said(problem, locale), (problem.what, problem.how), strict=True):
                assert words != english
                assert not re.search(r"[{}]|\.\.|None|  ", words), words
                assert words[-1] in ".?"


MESSAGES = {
    "pass_mark: 80": (
        "`pass_mark` es `80`: el valor máximo es 1. "
        "Es: calificación mínima para aprobar, mayor que 0 y hasta 1: 0.8 es 80%.",
        "`pass_mark` est `80`\u00a0: le maximum est 1. "
        "C’est\u00a0: note de passage, au-dessus de 0 et jusqu’à 1\u00a0: 0.8 est 80\u00a0%.",
    ),
    "pass_mark: 0.0": (
        "`pass_mark` es `0.0`: debe ser mayor que 0. "
        "Es: calificación mínima para aprobar, mayor que 0 y hasta 1: 0.8 es 80%.",
        "`pass_mark` est `0.0`\u00a0: il faut plus que 0. "
        "C’est\u00a0: note de passage, au-dessus de 0 et jusqu’à 1\u00a0: 0.8 est 80\u00a0%.",
    ),
    "pass_mark: .inf": (
        "`pass_mark` es `inf`: debe ser un número finito. "
        "Es: calificación mínima para aprobar, mayor que 0 y hasta 1: 0.8 es 80%.",
        "`pass_mark` est `inf`\u00a0: il faut un nombre fini. "
        "C’est\u00a0: note de passage, au-dessus de 0 et jusqu’à 1\u00a0: 0.8 est 80\u00a0%.",
    ),
    "revision: 10000": (
        "`revision` es `10000`: el valor máximo es 9999. Es: sube cuando cambia lo que se aprende; los registros lo guardan.",
        "`revision` est `10000`\u00a0: le maximum est 9999. "
        "C’est\u00a0: augmente quand ce qu’on apprend change; les relevés le gardent.",
    ),
    "topics: []": (
        "`topics` está vacío. Escriba al menos un elemento.",
        "`topics` est vide. Écrivez au moins un élément.",
    ),
    "reviewed: 2026-11-24 10:30:00": (
        "`reviewed` debe ser una fecha como 2026-11-24, sin comillas; YAML lee aquí `2026-11-24 10:30:00`. Corrija el valor.",
        "`reviewed` doit être une date comme 2026-11-24, sans guillemets; YAML lit ici `2026-11-24 10:30:00`. "
        "Corrigez la valeur.",
    ),
    "level:": (
        "`level` es un valor vacío. Escriba uno de estos valores: 'introductory', 'intermediate' o 'advanced'.",
        "`level` est une valeur vide. Écrivez une de ces valeurs\u00a0: 'introductory', 'intermediate' ou 'advanced'.",
    ),
    "minutes:": (
        "`minutes` debe ser un número entero; YAML lee aquí un valor vacío. Corrija el valor.",
        "`minutes` doit être un nombre entier; YAML lit ici une valeur vide. Corrigez la valeur.",
    ),
    "duratoin: 5": (
        "clave desconocida `duratoin`. Las claves aquí son: audience, id, level, minutes, pass_mark, prerequisites, "
        "reviewed, revision, sources, status, topics.",
        "clé inconnue `duratoin`. Les clés sont ici\u00a0: audience, id, level, minutes, pass_mark, prerequisites, "
        "reviewed, revision, sources, status, topics.",
    ),
    "topics: [rinsing": (
        "no es YAML válido (falta una coma, o hay un corchete o una llave de más o de menos). "
        "Revise esta línea y la de arriba: comillas, dos puntos, sangrías.",
        "ce n’est pas du YAML valide (il manque une virgule, ou il y a un crochet ou une accolade de trop ou en moins). "
        "Regardez cette ligne et celle du dessus\u00a0: guillemets, deux-points, retraits.",
    ),
    "prerequisites: [washing]": (
        "el requisito previo `washing` no existe. Los módulos son: rinsing.",
        "le préalable `washing` n’existe pas. Les modules sont\u00a0: rinsing.",
    ),
}


@pytest.mark.parametrize("line", MESSAGES)
def test_messages_in_spanish_and_french(tmp_path, line):
    [problem] = found(tmp_path, {M: with_keys(YML, line + "\n")})

    assert tuple(" ".join(rules.said(problem, locale)) for locale in ("es", "fr")) == MESSAGES[line]


SYNTAX = {
    "a: 'b\nc: d\n": "algo queda sin cerrar, por ejemplo unas comillas",
    "a: [b\nc: d\n": "falta una coma, o hay un corchete o una llave de más o de menos",
    "a: b]\nc: ]\n": "falta una coma, o hay un corchete o una llave de más o de menos",
    "a:\n  b: c\n d: e\n": "la sangría no coincide con la de las líneas vecinas",
    "a: 'b' c\n": "después del valor sigue más texto",
    "a: @b\n": "un valor no puede empezar con este signo",
    'a: "\\q"\n': "una barra invertida con un signo que no va con ella",
    "a: b\n---\nc: d\n": "después de `---` empieza un segundo documento",
    "a: b\nc d\n": "faltan los dos puntos después de una clave",
    "a: |x\n  b\n": "la lectura se detuvo aquí",
}


@pytest.mark.parametrize("written", SYNTAX)
def test_why_it_is_no_yaml_is_said_in_other_languages_too(tmp_path, written):
    [problem] = found(tmp_path, {M: written})

    assert problem.rule == "yaml-syntax"
    assert rules.said(problem, "es")[0] == f"no es YAML válido ({SYNTAX[written]})."


def test_a_list_whose_only_item_is_wrong_is_not_told_to_be_too_short(tmp_path):
    [problem] = found(tmp_path, {M: with_keys(YML, "topics: [5]\n")})

    assert (problem.rule, problem.column) == ("text-expected", 10)


def test_a_missing_key_is_told_with_what_it_means_in_each_language(tmp_path):
    [problem] = found(tmp_path, {M: YML.replace("minutes: 45\n", "")})

    assert [rules.said(problem, locale)[1] for locale in ("en", "es", "fr")] == [
        "Add `minutes: …` (Online study time of one person, quizzes included, in minutes).",
        "Agregue `minutes: …` (tiempo de estudio en línea de una persona, con los cuestionarios, en minutos).",
        "Ajoutez `minutes: …` (temps d’étude en ligne d’une personne, questionnaires compris, en minutes).",
    ]


def test_a_size_is_written_as_each_language_writes_numbers(tmp_path):
    [problem] = found(tmp_path, broken("yaml-too-long"))

    assert [rules.said(problem, locale)[0] for locale in ("en", "es", "fr")] == [
        "more than 16,384 bytes of YAML.",
        "más de 16,384 bytes de YAML.",
        "plus de 16\u00a0384 octets de YAML.",
    ]


def test_braces_that_an_author_wrote_are_shown_as_they_are(tmp_path):
    [problem] = found(tmp_path, {M: with_keys(YML, "level: '{x} {0}'\n")})

    assert rules.said(problem, "es")[0] == "`level` es `{x} {0}`."


def models(model: type[BaseModel]) -> Iterator[type[BaseModel]]:
    """A model and all that stand in its fields."""
    yield model

    def inner(annotation: Any) -> Iterator[type[BaseModel]]:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield from models(annotation)
        for argument in getattr(annotation, "__args__", ()):
            yield from inner(argument)

    for field in model.model_fields.values():
        yield from inner(field.annotation)


def test_what_a_field_means_is_known_in_each_language():
    described = {
        f"{model.__name__}.{name}"
        for outermost, _ in schemas.FILES.values()
        for model in models(outermost)
        for name, field in model.model_fields.items()
        if field.description
    }

    assert "ElectiveFacts.processes" in described
    assert [name for name in sorted(described) if not rules.knows(name)] == []


def test_a_pathway_that_names_several_wrong_modules_tells_each_at_its_place(tmp_path):
    problems = found(tmp_path, {P: PATHWAYS.replace("[rinsing]", "[washing, rinsing, rinsing, drying]")})

    assert [(problem.rule, problem.line, problem.column) for problem in problems] == [
        ("pathway-module-unknown", 6, 13),
        ("pathway-module-twice", 6, 31),
        ("pathway-module-unknown", 6, 40),
    ]
