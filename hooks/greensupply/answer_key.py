"""A question -> HTML that shows it with its right answer and every feedback at once, for those who teach."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape

from greensupply.fragments import Retarget, question_view
from greensupply.locales import words
from greensupply.model import Question


def html(question: Question, *, ordinal: int, total: int, locale: str, language: str, retarget: Retarget) -> str:
    """Return the question without blank lines, which would end raw HTML in Markdown.

    Arguments:
        question: The question, in the language of the text.
        ordinal: Its place among the module's questions, from 1.
        total: How many questions the module has.
        locale: Language of the page.
        language: ` lang="en"` where the text is not in the language of the page, else empty.
        retarget: Makes a link's target an address.
    """
    view = question_view(question, ordinal=ordinal, total=total, fingerprint="", locale=locale, retarget=retarget)
    say = words(locale)["quiz"]
    place = say["question_of"].format(number=ordinal, total=total)
    parts = [
        f'<section class="gs-key" id="question-{question.id}">',
        f'<p class="gs-key-prompt"><span class="gs-key-place">{escape(place)}</span> '
        f"<strong{language}>{view['prompt']}</strong></p>",
        _block(view["body"], language),
        *_answers(view, say, language),
        *(_labelled(say["hint"], view["hint"], language) if view["hint"] else ()),
        "</section>",
    ]
    return "\n".join(line for part in parts for line in part.splitlines() if line.strip())


def _answers(view: dict[str, Any], say: dict[str, str], language: str) -> Iterator[str]:
    if view["choices"]:
        yield '<ul class="gs-key-answers">'
        for choice in view["choices"]:
            label = escape(say["label_right" if choice["right"] else "label_wrong"])
            mark = "right" if choice["right"] else "wrong"
            yield f'<li class="gs-key-{mark}"><p><strong>{label}</strong> <span{language}>{choice["text"]}</span></p>'
            yield _block(choice["feedback"], language)
            yield "</li>"
        yield "</ul>"
    elif view["pairs"]:
        yield f'<dl class="gs-key-pairs"{language}>'
        for pair in view["pairs"]:
            yield f"<div><dt>{pair['term']}</dt><dd>{escape(pair['match'])}</dd></div>"
        yield "</dl>"
    elif view["items_in_order"]:
        yield f"<ol{language}>"
        for item in view["items_in_order"]:
            yield f"<li>{item['text']}</li>"
        yield "</ol>"
    else:
        tolerance = f" {say['tolerance'].format(tolerance=view['tolerance_text'])}" if view["tolerance_text"] else ""
        right = f"<strong>{escape(say['label_right'])} {escape(view['answer_text'])}</strong>{escape(tolerance)}"
        yield f'<p class="gs-key-right">{right}</p>'
    yield _block(view["feedback"], language)
    if view["slips"]:
        yield '<ul class="gs-key-answers">'
        for slip in view["slips"]:
            yield f"<li><p><strong>{escape(say['slip'].format(number=slip['text']))}</strong></p>"
            yield _block(slip["feedback"], language)
            yield "</li>"
        yield "</ul>"


def _labelled(label: str, text: Markup, language: str) -> Iterator[str]:
    yield f'<div class="gs-key-hint"><p><strong>{escape(label)}</strong></p>'
    yield _block(text, language)
    yield "</div>"


def _block(text: Markup, language: str) -> str:
    return f"<div{language}>\n{text}\n</div>" if text else ""
