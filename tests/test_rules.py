"""The catalogue of the check's rules is whole, its examples are true, and its pages are current."""

from __future__ import annotations

import ast
import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath

import pytest
import yaml
from builders import ROOT, project, write
from greensupply import catalogue, courses, library, lint, rule_pages, rules, terms, toolbox, toolbox_file, written
from greensupply.cli import main
from greensupply.locales import LOCALES
from greensupply.rules import Rule

HOOKS = ROOT / "hooks/greensupply"
RULES = rules.catalogue()
WORDS: Mapping[str, Mapping[str, str]] = yaml.safe_load((rules.FOLDER / "words.yml").read_text(encoding="utf-8"))
MODULE = "modules/rinsing"
SHARED = ("pathways.yml", "terms.yml", "sources.yml")


def names(words: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(words) if name is not None}


def said() -> Iterator[tuple[str, str, str]]:
    """(where, locale, words) for all that the catalogue says."""
    for rule in RULES.values():
        for locale, words in rule.said.items():
            for part in ("what", "how", "why"):
                yield f"{rule.id}.{part}", locale, getattr(words, part)
    for name, piece in WORDS.items():
        for locale, words in piece.items():
            yield name, locale, words


CODE: Mapping[str, list[ast.AST]] = {
    file.relative_to(HOOKS).as_posix(): list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    for file in sorted(HOOKS.rglob("*.py"))
}
CALLS = [
    (file, call.func.attr if isinstance(call.func, ast.Attribute) else call.func.id, call)
    for file, nodes in CODE.items()
    for call in nodes
    if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute | ast.Name)
]
TEXTS = {
    node.value
    for nodes in CODE.values()
    for node in nodes
    if isinstance(node, ast.Constant) and isinstance(node.value, str)
}


def first_texts(*functions: str) -> set[tuple[str, str]]:
    """(file, text) of each call of a function whose first argument is written out."""
    return {
        (file, call.args[0].value)
        for file, name, call in CALLS
        if name in functions and call.args and isinstance(call.args[0], ast.Constant)
    }


def test_every_rule_stands_in_one_file_only_and_has_the_form_of_an_id():
    written = [
        identifier
        for file in rules.FOLDER.glob("*.yml")
        if file.stem != rules.WORDS
        for identifier in re.findall(r"^([^\s#:]+):", file.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert sorted(written) == sorted(RULES)
    assert [name for name in written if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name)] == []


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_rule_says_the_same_in_each_language(rule: Rule):
    assert rule.level in {"error", "warning"}
    assert set(rule.said) == set(LOCALES)
    for part in ("what", "how"):
        values = {locale: names(getattr(words, part)) for locale, words in rule.said.items()}
        assert len({frozenset(found) for found in values.values()}) == 1, values
        assert "" not in values["en"], "a value has a name"
    for words in rule.said.values():
        assert words.what.endswith(".")
        assert words.how.endswith((".", "?", "}"))
        assert words.why.endswith(".")
        assert "\n" not in words.what + words.how


def test_pieces_of_sentences_are_whole():
    assert {name: sorted(piece) for name, piece in WORDS.items() if set(piece) != set(LOCALES)} == {}
    for name, piece in WORDS.items():
        values = {locale: names(words) for locale, words in piece.items()}
        assert values["es"] == values["fr"], name
        assert values["es"] <= values["en"], name


def test_every_rule_and_every_piece_is_used_and_what_is_used_exists():
    found = {
        (file, name)
        for file, name in first_texts("problem", "fault", "refused")
        if re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    }
    assert sorted((file, name) for file, name in found if name not in RULES) == []
    assert sorted(name for name in RULES if name not in TEXTS) == []

    assert sorted(name for _, name in first_texts("word", "phrase") if name not in WORDS) == []
    composed = tuple(
        node.values[0].value
        for nodes in CODE.values()
        for node in nodes
        if isinstance(node, ast.JoinedStr)
        and isinstance(node.values[0], ast.Constant)
        and re.fullmatch(r"[a-z]+(-[a-z]+)*-", str(node.values[0].value))
    )
    fields = {
        f"{model}.{field}" for model, known in vars(written).items() for field in getattr(known, "model_fields", ())
    }
    fields |= {
        f"{model}.{field}" for model, known in vars(terms).items() for field in getattr(known, "model_fields", ())
    }
    fields |= {
        f"{model}.{field}" for model, known in vars(toolbox).items() for field in getattr(known, "model_fields", ())
    }
    fields |= {
        f"{model}.{field}" for model, known in vars(courses).items() for field in getattr(known, "model_fields", ())
    }
    fields |= {
        f"{model}.{field}" for model, known in vars(catalogue).items() for field in getattr(known, "model_fields", ())
    }
    assert sorted(name for name in WORDS if not (name in TEXTS or name in fields or name.startswith(composed))) == []


def test_french_is_canadas_in_its_spaces_and_signs():
    french = [
        (where, re.sub(r"`[^`]*`|\{\w+\}|\w+: \"a: b\"", "x", words))
        for where, locale, words in said()
        if locale == "fr"
    ]

    assert [where for where, words in french if re.search(r"(?<![\u00a0\d]):(?=\s|$)", words)] == [], "U+00A0 before :"
    assert [where for where, words in french if re.search(r"«(?!\u00a0)|(?<!\u00a0)»", words)] == [], "U+00A0 in « »"
    assert [where for where, words in french if re.search(r"\s[;!?]", words)] == [], "no space before ; ! ?"
    assert [where for where, words in french if re.search(r"\w'\w", words)] == [], "the apostrophe is ’"


def test_spanish_opens_its_questions_and_calls():
    spanish = [(where, re.sub(r"`[^`]*`|\(.\)", "", words)) for where, locale, words in said() if locale == "es"]

    assert [where for where, words in spanish if words.count("?") > words.count("¿")] == []
    assert [where for where, words in spanish if words.count("!") > words.count("¡")] == []


def keys(text: str) -> dict[str, str]:
    """Top-level keys of a YAML text, each with its lines, comments before the first left out."""
    parts = re.split(r"^(?=[A-Za-z_][\w-]*:)", text, flags=re.MULTILINE)
    return {part.partition(":")[0]: part if part.endswith("\n") else f"{part}\n" for part in parts if ":" in part}


def with_keys(text: str, fragment: str) -> str:
    return "".join({**keys(text), **keys(fragment)}.values())


def with_text(text: str, fragment: str) -> str:
    """A module's text with the front matter and the Markdown of a fragment added."""
    _, front, body = text.split("---\n", 2)
    if fragment.startswith("---\n"):
        _, added, fragment = re.split(r"^---\n?", fragment, maxsplit=2, flags=re.MULTILINE)
        front = with_keys(front, added)
    return f"---\n{front}---\n{body}\n{fragment}"


def laid_over(files: dict[str, str], fragments: Mapping[str, str]) -> dict[str, str]:
    """The files of a hub with an example of a rule laid over."""
    changed = dict(files)
    for name, fragment in fragments.items():
        place = f"modules/{name}" if name in SHARED or name.startswith("courses/") else f"{MODULE}/{name}"
        place = f"content/{name}" if name == toolbox_file.NAME else place
        if PurePosixPath(name).stem in LOCALES and name.endswith(".md"):
            changed[place] = with_text(files[place], fragment)
        elif name in {*SHARED, "module.yml"}:
            changed[place] = with_keys(files.get(place, ""), fragment)
        else:
            changed[place] = fragment
    return changed


def reported(root: Path, fragments: Mapping[str, str]) -> list[str]:
    """Rules that find something in a hub with an example laid over."""
    write(root, laid_over(project(), fragments))
    found = library.examine(root / "modules", root / "content")
    linted = [problem for module in found.seen.modules.values() for problem in lint.problems(module, found.seen)]
    return sorted({problem.rule for problem in (*found.problems, *found.warnings, *linted)})


SHOWN = {name: rule for name, rule in RULES.items() if rule.wrong or rule.right}


@pytest.mark.parametrize("rule", SHOWN.values(), ids=SHOWN)
def test_the_wrong_example_breaks_its_rule_and_the_right_one_keeps_it(rule: Rule, tmp_path: Path):
    assert rule.wrong
    assert rule.right, "an example is shown wrong and right"
    assert rule.id in reported(tmp_path / "wrong", rule.wrong)
    assert rule.id not in reported(tmp_path / "right", rule.right)


def test_most_rules_of_modules_are_shown_by_an_example():
    of_records = {"cadre", "outcomes", "rosters", "statements", "store"}
    assert len(SHOWN) > sum(rule.subject not in of_records for rule in RULES.values()) / 2


def test_the_committed_pages_are_current_and_each_rule_has_one_in_each_language():
    folder = ROOT / "docs/rules"
    committed = {
        file.relative_to(folder).as_posix(): file.read_text(encoding="utf-8")
        for file in folder.rglob("*")
        if file.is_file()
    }

    assert committed == rule_pages.files(), "run `greensupply rules` and commit what it writes"
    assert set(committed) == {
        f"{locale}/{name}.md" for locale in LOCALES for name in (*RULES, rule_pages.LIST.removesuffix(".md"))
    }


def test_every_link_between_the_pages_leads_somewhere():
    pages = rule_pages.files()

    for name, text in pages.items():
        shown = re.sub(r"^(`{3,}).*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
        outside = re.sub(r"`[^`\n]*`", "", shown)
        targets = re.findall(r"\]\(([^)]+)\)", outside)
        assert targets
        folder = name.partition("/")[0]
        for target in targets:
            place = target.removeprefix("../") if target.startswith("../") else f"{folder}/{target}"
            assert place in pages, f"{name}: {target}"


def test_a_page_says_what_why_and_how_and_shows_it_wrong_and_right():
    rule = RULES["first-level-heading"]

    assert rule_pages.page(rule, "fr") == (
        "# first-level-heading\n\n"
        "**Erreur**\u00a0: à corriger avant qu’un module soit accepté.\n\n"
        "## Ce que dit la vérification\n\nUn titre de premier niveau, `…`.\n\n"
        f"## Pourquoi c’est important\n\n{rule.said['fr'].why}\n\n"
        f"## Comment corriger\n\n{rule.said['fr'].how}\n\n"
        f"## Incorrect\n\n`en.md`\n\n```markdown\n{rule.wrong['en.md'].rstrip()}\n```\n\n"
        f"## Correct\n\n`en.md`\n\n```markdown\n{rule.right['en.md'].rstrip()}\n```\n"
    )


def test_a_page_of_a_rule_whose_way_to_mend_is_found_anew_each_time_says_where_it_stands():
    page = rule_pages.page(RULES["block-unknown"], "en")

    assert RULES["block-unknown"].said["en"].how.startswith("{")
    assert "## How to mend it\n\nDo what the end of the line suggests.\n" in page


def test_a_fence_within_an_example_does_not_end_it():
    example = rule_pages._example("en.md", "```\ncode\n```\n")

    assert example == "`en.md`\n\n````markdown\n```\ncode\n```\n````\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "docs/rules"


def test_the_command_writes_the_pages_and_says_which_are_not_current(folder, capsys):
    assert main(["rules"]) == 0
    assert main(["rules", "--check"]) == 0
    assert capsys.readouterr().out.endswith(f"docs/rules: all {len(rule_pages.files())} pages are current.\n")
    (folder / "es/first-level-heading.md").write_text("otherwise", encoding="utf-8")
    (folder / "fr/README.md").unlink()
    (folder / "en/gone.md").write_text(f"{rule_pages.MADE}texts.yml -->\n# gone\n", encoding="utf-8")
    (folder / "en/notes.md").write_text("# Somebody's own\n", encoding="utf-8")

    assert main(["rules", "--check"]) == 1

    mend = "is not what the rules say. Run `greensupply rules` and commit what it writes."
    old = ("en/gone.md", "es/first-level-heading.md", "fr/README.md")
    assert capsys.readouterr().err == "".join(f"docs/rules/{name}:1: {mend}\n" for name in old) + "Problems: 3.\n"
    assert main(["rules"]) == 0
    assert "2 of" in capsys.readouterr().out
    assert main(["rules", "--check"]) == 0
    assert (folder / "en/notes.md").exists()
    assert not (folder / "en/gone.md").exists()


def test_a_folder_that_cannot_be_written_is_said_in_words(folder, capsys):
    folder.parent.write_text("a file", encoding="utf-8")

    assert main(["rules"]) == 1
    assert re.fullmatch(r"docs/rules\S*: cannot be written \(.+\)\.\n", capsys.readouterr().err)


@pytest.mark.parametrize("locale", LOCALES)
def test_explain_prints_the_page_of_a_rule(folder, capsys, locale):
    for name in ("first-level-heading", "[first-level-heading]"):
        assert main(["explain", name, "--lang", locale]) == 0
        assert capsys.readouterr().out == rule_pages.page(RULES["first-level-heading"], locale)


def test_explain_suggests_a_name_that_is_near_and_else_the_list(folder, capsys, monkeypatch):
    assert main(["explain", "first-level-headings"]) == 2
    assert (
        capsys.readouterr().err == "first-level-headings: no rule of that name. Did you mean `first-level-heading`?\n"
    )

    monkeypatch.setenv("LANG", "fr_CA.UTF-8")
    assert main(["explain", "\udce9"]) == 2
    assert capsys.readouterr().err == (
        "\\udce9: aucune règle de ce nom. Toutes les règles se trouvent dans `docs/rules/fr/README.md`.\n"
    )
