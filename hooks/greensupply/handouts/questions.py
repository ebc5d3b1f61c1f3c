"""A question -> HTML to answer with a pen, and its key in short. Choices carry the same letters in both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import ascii_uppercase
from typing import Any

from markupsafe import Markup, escape

from greensupply.fragments import NO_BREAK_SPACE, Retarget, question_view
from greensupply.locales import words
from greensupply.model import Question, QuestionType

BOX = '<span class="box"></span>'
LINE = '<span class="blank"></span>'


def blank(
    question: Question,
    *,
    ordinal: int,
    total: int,
    locale: str,
    language: str,
    say: Mapping[str, Any],
    retarget: Retarget,
) -> str:
    """Return the question without anything that tells its answer, and without blank lines.

    Arguments:
        question: The question, in the language of the text.
        ordinal: Its place among the module's questions, from 1.
        total: How many questions the module has.
        locale: Language of the document.
        language: ` lang="en"` where the text is not in that language, else empty.
        say: Words of the handouts.
        retarget: Makes a link's target an address.
    """
    view = _view(question, ordinal, total, locale, retarget)
    place = words(locale)["quiz"]["question_of"].format(number=ordinal, total=total)
    task = say[f"task_{question.type.replace('-', '_')}"]
    lines = [
        f'<section class="question {question.type}">',
        f'<p class="prompt"><span class="place">{escape(place)}</span> <strong{language}>{view["prompt"]}</strong></p>',
        f"<div{language}>\n{view['body']}\n</div>" if view["body"] else "",
        f'<p class="task">{escape(task)}</p>',
        *_fields(question, view, say, language),
        "</section>",
    ]
    return "\n".join(line for part in lines for line in part.splitlines() if line.strip())


def _fields(question: Question, view: dict[str, Any], say: Mapping[str, Any], language: str) -> Iterator[str]:
    match question.type:
        case QuestionType.NUMERIC:
            unit = f" {escape(question.unit)}" if question.unit else ""
            yield f'<p class="working">{escape(say["answer"])} {LINE}<span{language}>{unit}</span></p>'
        case QuestionType.MATCHING:
            heads = "".join(
                f'<th scope="col">{escape(say[name])}</th>' for name in ("term", "letter", "letters", "partner")
            )
            yield f'<table class="pairs">\n<thead>\n<tr>{heads}</tr>\n</thead>\n<tbody{language}>'
            for letter, pair, option in zip(ascii_uppercase, view["pairs"], view["options"], strict=False):
                yield (
                    f'<tr><td>{pair["term"]}</td><td class="fill">{LINE}</td><td class="letter">{letter}</td>'
                    f"<td>{escape(option['match'])}</td></tr>"
                )
            yield "</tbody>\n</table>"
        case QuestionType.ORDERING:
            yield f'<ul class="choices order"{language}>'
            for item in view["items"]:
                yield f"<li>{LINE} {item['text']}</li>"
            yield "</ul>"
        case _:
            yield f'<ol class="choices"{language}>'
            for choice in view["choices"]:
                yield f"<li>{BOX} {choice['text']}</li>"
            yield "</ol>"


def key(question: Question, *, locale: str, retarget: Retarget) -> Markup:
    """Return the right answer in one line: `A, C`; `13.5 s`; `1 C · 2 A`; the items in their order."""
    view = _view(question, 1, 1, locale, retarget)
    match question.type:
        case QuestionType.NUMERIC:
            return escape(f"{view['answer_text']} {view['tolerance_text']}".strip())
        case QuestionType.MATCHING:
            indices = [option["index"] for option in view["options"]]
            letters = dict(zip(indices, ascii_uppercase, strict=False))
            parts = [(pair["term"], letters[pair["index"]]) for pair in view["pairs"]]
            shown = (f"{term}{NO_BREAK_SPACE}<strong>{letter}</strong>" for term, letter in parts)
            return Markup(" · ".join(shown))  # noqa: S704 - terms are checked Markdown, made HTML by `fragments`
        case QuestionType.ORDERING:
            items = [item["text"] for item in view["items_in_order"]]
            shown = (f"<strong>{place}</strong>{NO_BREAK_SPACE}{item}" for place, item in enumerate(items, 1))
            return Markup(" · ".join(shown))  # noqa: S704 - as above
        case _:
            return escape(", ".join(ascii_uppercase[place] for place in question.right))


def _view(question: Question, ordinal: int, total: int, locale: str, retarget: Retarget) -> dict[str, Any]:
    return question_view(question, ordinal=ordinal, total=total, fingerprint="", locale=locale, retarget=retarget)
