"""The rules of `greensupply check` -> a page of documentation for each, and a list of all, in three languages."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from pathlib import PurePosixPath

from greensupply import rules
from greensupply.locales import LOCALES, NAMES
from greensupply.rules import Rule

LIST = "README.md"
MADE = "<!-- Made by `greensupply rules` from hooks/greensupply/rules/"
"""How each file begins that the command writes, and so may take away."""
_FOUND = "…"
_OF_RECORDS = {
    "rosters": {"error": "aside", "warning": "notice"},
    "statements": {"error": "statement-aside", "warning": "notice"},
    "store": {"error": "damage"},
}
"""Subject of rules about records -> level -> what it means there; records hold no module up."""
_FENCES = {".md": "markdown", ".yml": "yaml", ".svg": "xml"}


def files() -> dict[str, str]:
    """Every page by its place in `docs/rules/`, such as `es/first-level-heading.md`."""
    made = {}
    for locale in LOCALES:
        made[f"{locale}/{LIST}"] = _list(locale)
        for rule in rules.catalogue().values():
            made[f"{locale}/{rule.id}.md"] = _page(rule, locale)
    return made


def page(rule: Rule, locale: str) -> str:
    """What is to be known of a rule, in Markdown: what, why, how, and it wrong and right."""
    return "\n".join(_lines(rule, locale))


def _page(rule: Rule, locale: str) -> str:
    others = _others(locale, f"{rule.id}.md")
    return f"{MADE}{rule.subject}.yml -->\n{page(rule, locale)}\n[{_say('list', locale)}]({LIST}) · {others}\n"


def _lines(rule: Rule, locale: str) -> Iterator[str]:
    said = rule.said[locale]
    yield f"# {rule.id}\n"
    level = _OF_RECORDS.get(rule.subject, {}).get(rule.level, rule.level)
    yield f"{_say(level, locale)}\n"
    how = _open(said.how)
    how = _say("suggested", locale) if how == _FOUND else how
    for heading, words in (("what", _capital(_open(said.what))), ("why", said.why), ("how", how)):
        yield f"## {_say(heading, locale)}\n"
        yield f"{words.strip()}\n"
    for heading, examples in (("wrong", rule.wrong), ("right", rule.right)):
        if examples:
            yield f"## {_say(heading, locale)}\n"
            yield from (_example(name, text) for name, text in examples.items())


def _example(name: str, text: str) -> str:
    """A fragment in a fence that no fence within it closes, below the name of its file."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"`{name}`\n\n{fence}{_FENCES.get(PurePosixPath(name).suffix, 'text')}\n{text.rstrip()}\n{fence}\n"


def _list(locale: str) -> str:
    rows = [f"| {_say('rule', locale)} | {_say('level', locale)} | {_say('what', locale)} |", "| --- | --- | --- |"]
    for rule in sorted(rules.catalogue().values(), key=lambda rule: rule.id):
        what = _capital(_open(rule.said[locale].what)).replace("|", "\\|")
        rows.append(f"| [{rule.id}]({rule.id}.md) | {rules.phrase(f'level-{rule.level}', locale)} | {what} |")
    head = f"{MADE} -->\n# {_say('list', locale)}\n\n{_say('lead', locale)}\n\n{_others(locale, LIST)}\n\n"
    return head + "\n".join(rows) + "\n"


def _others(locale: str, name: str) -> str:
    return " · ".join(f"[{NAMES[other]}](../{other}/{name})" for other in LOCALES if other != locale)


def _say(name: str, locale: str) -> str:
    return rules.phrase(f"page-{name}", locale)


def _open(words: str) -> str:
    """A rule's words with `…` where the check puts in what it found."""
    opened = words.format_map({name: _FOUND for _, name, _, _ in string.Formatter().parse(words) if name})
    return opened.replace(f"{_FOUND}.", _FOUND)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
