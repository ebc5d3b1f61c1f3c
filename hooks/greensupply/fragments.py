"""Authors' Markdown in small pieces -> HTML, and a question -> what its component's template shows."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, TypeVar

from markdown import Markdown
from markdown.extensions.tables import TableExtension
from markupsafe import Markup

from greensupply import prose
from greensupply.locales import number
from greensupply.model import Question, QuestionType

Item = TypeVar("Item")
Retarget = Callable[[str], str]
NO_BREAK_SPACE = "\u00a0"
_PLAIN = re.compile(r"[^\W\d_](?:[^\\`*_{}\[\]<>&#|\s\x02\x03]|[ \u00a0](?! |$))*")
"""One line in which Markdown has nothing to do: it begins with a letter and holds no sign that means anything."""


def block(text: str, retarget: Retarget) -> Markup:
    """HTML of a few paragraphs, its links made addresses by `retarget`."""
    if not text.strip():
        return Markup("")
    if _PLAIN.fullmatch(text):
        return Markup(f"<p>{text}</p>")
    return Markup(_html(prose.retarget(text, retarget)))


@lru_cache(maxsize=5_000)
def _html(text: str) -> str:
    """A question stands on the module's page and on its facilitator's; most of its pieces are alike there."""
    return _markdown().reset().convert(text)


def inline(text: str, retarget: Retarget) -> Markup:
    """HTML of one line, without a paragraph around it."""
    html = str(block(text, retarget))
    return Markup(html[len("<p>") : -len("</p>")] if html.startswith("<p>") and html.endswith("</p>") else html)


def plain(text: str) -> str:
    """The words of one line of Markdown, without marks: for an `<option>`, which takes no HTML."""
    if _PLAIN.fullmatch(text):
        return " ".join(text.split())
    return block(text, lambda target: target).striptags()


def digest(question: Question) -> str:
    """Short fingerprint of what a learner answered: another one says that the question was changed since."""
    parts = [question.prompt, question.body, *(choice.text for choice in question.choices)]
    parts += [f"{pair.term}={pair.match}" for pair in question.pairs] + list(question.items)
    text = json.dumps([*parts, [str(part) for part in question.key], question.unit], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def question_view(
    question: Question, *, ordinal: int, total: int, fingerprint: str, locale: str, retarget: Retarget
) -> dict[str, Any]:
    """What `quiz-question/template.html` shows; texts are safe HTML, `key` is JSON for the script.

    Arguments:
        question: The question in one language.
        ordinal: Its place among the module's questions, from 1.
        total: How many questions the module has.
        fingerprint: `digest` of the question in the source language, the same in every language.
        locale: Language of the numbers.
        retarget: Makes a link's target an address.
    """
    numeric = question.type is QuestionType.NUMERIC
    answer = question.answer if question.answer is not None else Decimal(0)
    options = [{"index": index, "match": plain(pair.match)} for index, pair in enumerate(question.pairs)]
    items = [{"index": index, "text": inline(item, retarget)} for index, item in enumerate(question.items)]
    return {
        "id": question.id,
        "number": ordinal,
        "total": total,
        "type": str(question.type),
        "prompt": inline(question.prompt, retarget),
        "body": block(question.body, retarget),
        "hint": block(question.hint, retarget),
        "feedback": block(question.feedback, retarget),
        "digest": fingerprint,
        "choices": []
        if numeric
        else [
            {
                "index": index,
                "text": inline(choice.text, retarget),
                "feedback": block(choice.feedback, retarget),
                "right": choice.right,
            }
            for index, choice in enumerate(question.choices)
        ],
        "unit": question.unit,
        "answer_text": _with_unit(answer, question.unit, locale) if numeric else "",
        "tolerance_text": f"± {_with_unit(question.tolerance, question.unit, locale)}" if question.tolerance else "",
        "slips": [
            {
                "index": index,
                "value": choice.text,
                "text": number(Decimal(choice.text), locale),
                "feedback": block(choice.feedback, retarget),
            }
            for index, choice in enumerate(question.choices)
        ]
        if numeric
        else [],
        "pairs": [
            {"index": index, "term": inline(pair.term, retarget), "match": plain(pair.match)}
            for index, pair in enumerate(question.pairs)
        ],
        "options": _shuffled(options, question.id),
        "items": _shuffled(items, question.id),
        "items_in_order": items,
        "key": json.dumps(_key(question), ensure_ascii=True),
    }


def _key(question: Question) -> dict[str, Any]:
    kind = str(question.type)
    if question.type is QuestionType.NUMERIC:
        slips = [choice.text for choice in question.choices]
        return {"type": kind, "answer": str(question.answer), "tolerance": f"{question.tolerance:f}", "slips": slips}
    if question.type in (QuestionType.MATCHING, QuestionType.ORDERING):
        return {"type": kind, "count": len(question.pairs) or len(question.items)}
    return {"type": kind, "right": list(question.right)}


def _with_unit(value: Decimal, unit: str, locale: str) -> str:
    space = "" if unit == "%" and locale != "fr" else NO_BREAK_SPACE
    return f"{number(value, locale)}{space}{unit}" if unit else number(value, locale)


def _shuffled(things: Sequence[Item], seed: str) -> list[Item]:
    """The same other order at every build and in every language; never the given one."""

    def rank(place: int) -> str:
        return hashlib.sha256(f"{seed}:{place}".encode()).hexdigest()

    order = sorted(range(len(things)), key=rank)
    if order == list(range(len(things))):
        order = order[1:] + order[:1]
    return [things[place] for place in order]


@cache
def _markdown() -> Markdown:
    return Markdown(extensions=[TableExtension(use_align_attribute=True), "sane_lists"], output_format="html")
