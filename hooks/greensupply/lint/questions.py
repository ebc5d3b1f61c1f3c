"""Are the questions good ones? What item-writing guides agree on, as far as it can be seen without understanding.

Source: T. M. Haladyna, S. M. Downing and M. C. Rodriguez, A review of multiple-choice item-writing guidelines for
classroom assessment, Applied Measurement in Education 15 (2002): no *all* or *none of the above*, choices of about
equal length, the right one at changing places, negative words avoided or emphasized.

Missing feedback and twice the same choice are refused when a module is read. Left out, because nothing reliable could
be said: absolute words in wrong choices only, and numbers without a unit (a score or a ratio has none).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from greensupply import rules
from greensupply.errors import Problem
from greensupply.locales import SOURCE
from greensupply.model import Choice, Library, Module, Question, QuestionType, Text

LONGER_BY_SHARE = Decimal("1.5")
LONGER_BY = 20
"""The right choice gives itself away when it is longer than every wrong one by this factor and these characters."""
FEWEST = 5
"""A pattern over a module is only looked for from this many questions with one right choice on."""
TOO_OFTEN = Decimal("0.6")
"""More than this share is a pattern. With four choices, chance alone gives it in fewer than 4 of 100 modules."""
WIDE = Decimal("0.25")
"""A tolerance of more than this share of the answer is hardly meant."""

_CHOOSING = (QuestionType.SINGLE, QuestionType.MULTIPLE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\n]*\)")
_EMPHASIZED = re.compile(r"\*\*.+?\*\*|__.+?__|\*[^*]+\*|(?<!\w)_[^_]+_(?!\w)")
_LETTERS = r"[a-h]\)?"
_ABOVE = {
    "en": re.compile(
        r"(all|none|both|any|neither|each)( of)? (the )?(above|(these|those|them)( (choices|answers|options))?"
        r"|(above|other|previous|preceding) (choices|answers|options))( (are|is) (right|correct|true))?"
        rf"|(both )?(answers? |choices? |options? )?{_LETTERS} and {_LETTERS}|all (answers|choices|options)( are .*)?"
    ),
    "es": re.compile(
        r"(tod[ao]s|ningun[ao]|amb[ao]s|cualquiera)( de)? (las|los) (respuestas |opciones )?(anteriores|demás)"
        r"|(todo|nada de) lo anterior|(todas|ninguna)( de)? (las )?(respuestas|opciones)( (son|es) .*)?"
        rf"|(todas|ambas) son (correctas|verdaderas)|(respuestas |opciones )?{_LETTERS} y {_LETTERS}"
    ),
    "fr": re.compile(
        r"(toutes|tous|aucune?|chacune?)( de)? (ces|les|des) (réponses|choix|options|énoncés)( .*)?"
        r"|(tout|rien de) ce qui précède|toutes les réponses ci-dessus|les deux( réponses)?( sont .*)?"
        rf"|(réponses |choix )?{_LETTERS} et {_LETTERS}"
    ),
}
_NEGATIVE = {
    "en": re.compile(r"\b([Nn]ot|[Ee]xcept|[Nn]ever|[Cc]annot|\w+n[’']t)\b"),
    "es": re.compile(r"\b([Nn]o|[Nn]unca|[Jj]amás|[Ee]xcepto|[Ss]alvo)\b"),
    "fr": re.compile(r"(?:\b[Nn](?:e\b|[’']).{0,80}?)\b(pas|jamais|aucune?)\b|\b([Ss]auf|[Ee]xcepté|[Hh]ormis)\b"),
}
_VERDICT = {
    "en": re.compile(
        r"((that|this|it) is |(that|it)[’']s )?((not )?(quite )?(right|correct|true)|wrong|incorrect|false)"
        r"|yes|no|good|exactly|well done|try again|(right|wrong) answer"
    ),
    "es": re.compile(
        r"(eso |esto )?(no )?(es )?(correct[oa]|incorrect[oa]|verdader[oa]|fals[oa]|ciert[oa])|sí|no|(muy )?bien"
        r"|exacto|así es|intente de nuevo|inténtelo de nuevo|respuesta (correcta|incorrecta)"
    ),
    "fr": re.compile(
        r"(c[’']est )?(exact|correct|incorrect|juste|vrai|faux|bien|inexact)|ce n[’']est pas (exact|correct|juste|vrai)"
        r"|oui|non|bravo|essayez (encore|de nouveau)|(bonne|mauvaise) réponse"
    ),
}


def problems(module: Module, library: Library) -> Iterator[Problem]:  # noqa: ARG001 -- as each subject
    """What is wrong with the questions of `module`; what is the same in every language is said of the source only."""
    for locale, text in module.texts.items():
        for question in text.questions:
            yield from _choices(question, text)
            yield from _feedback(question, text)
            if locale == SOURCE and question.answer is not None:
                yield from _numbers(question, question.answer, text)
        yield from _longest_of_all(text)
    if source := module.texts.get(SOURCE):
        yield from _same_place(source)
        asked, objectives = len(source.questions), len(source.facts.objectives)
        if asked < objectives:
            line = source.lines.get("objectives", 1)
            yield rules.problem("too-few-questions", source.path, line, 1, questions=asked, objectives=objectives)


def _choices(question: Question, text: Text) -> Iterator[Problem]:
    if question.type not in _CHOOSING:
        return
    seen: dict[str, int] = {}
    for choice in question.choices:
        same = _bare(choice.text)
        if _ABOVE[text.locale].fullmatch(same):
            column = _column(text, choice.line, choice.text)
            yield rules.problem("all-of-the-above", text.path, choice.line, column, choice=_start(choice.text))
        elif same in seen:
            column = _column(text, choice.line, choice.text)
            choices = {"choice": _start(choice.text), "other": str(seen[same])}
            yield rules.problem("choices-alike", text.path, choice.line, column, **choices)
        seen.setdefault(same, choice.line)
    yield from _negative(question, text)
    right, wrong = _lengths(question)
    if question.type is QuestionType.SINGLE and right >= wrong * LONGER_BY_SHARE and right >= wrong + LONGER_BY:
        choice = question.choices[question.right[0]]
        column = _column(text, choice.line, choice.text)
        yield rules.problem("right-choice-longest", text.path, choice.line, column, right=right, wrong=wrong)


def _negative(question: Question, text: Text) -> Iterator[Problem]:
    """A negative word in the last sentence of the prompt, which is what is asked, that nothing makes visible."""
    plain = _EMPHASIZED.sub(lambda found: " " * len(found[0]), question.prompt)
    asked = max((mark.end() for mark in re.finditer(r"[.!]\s+", plain)), default=0)
    if found := _NEGATIVE[text.locale].search(plain, asked):
        group = found.lastindex or 0
        column = _column(text, question.line, question.prompt) + found.start(group)
        yield rules.problem("negative-question", text.path, question.line, column, word=found[group])


def _feedback(question: Question, text: Text) -> Iterator[Problem]:
    """Feedback that says whether, which the page says already, and not why."""
    for choice in question.choices:
        sentences = [_bare(sentence) for sentence in re.split(r"(?<=[.!?:,;])\s+", choice.feedback)]
        if choice.feedback and all(_VERDICT[text.locale].fullmatch(sentence) for sentence in sentences):
            line = choice.line + 1 + choice.text.count("\n")
            column = _column(text, line, choice.feedback)
            yield rules.problem("feedback-says-nothing", text.path, line, column, feedback=_start(choice.feedback))


def _numbers(question: Question, answer: Decimal, text: Text) -> Iterator[Problem]:
    seen: dict[Decimal, Choice] = {}
    for choice in question.choices:
        number = Decimal(choice.text)
        column = _column(text, choice.line, choice.text)
        if abs(number - answer) <= question.tolerance:
            yield rules.problem("foreseen-number-right", text.path, choice.line, column, number=choice.text)
        elif number in seen:
            choices = {"choice": choice.text, "other": str(seen[number].line)}
            yield rules.problem("choices-alike", text.path, choice.line, column, **choices)
        seen.setdefault(number, choice)
    if not question.tolerance and answer != answer.to_integral_value():
        line = _line(text, question.line, "answer:")
        yield rules.problem("tolerance-missing", text.path, line, 5, question=question.id, answer=str(answer))
    elif answer and question.tolerance > abs(answer) * WIDE:
        line = _line(text, question.line, "tolerance:")
        low, high = (format((answer + sign * question.tolerance).normalize(), "f") for sign in (-1, 1))
        yield rules.problem("tolerance-wide", text.path, line, 5, question=question.id, low=low, high=high)


def _longest_of_all(text: Text) -> Iterator[Problem]:
    asked = [question for question in text.questions if question.type is QuestionType.SINGLE]
    longest = [question for question in asked if _longer(question)]
    if len(asked) >= FEWEST and len(longest) > TOO_OFTEN * len(asked):
        line = longest[0].line
        yield rules.problem("longest-is-right", text.path, line, 1, count=len(longest), total=len(asked))


def _same_place(text: Text) -> Iterator[Problem]:
    asked = [question for question in text.questions if question.type is QuestionType.SINGLE]
    if len(asked) < FEWEST:
        return
    place, count = Counter(question.right[0] for question in asked).most_common(1)[0]
    if count > TOO_OFTEN * len(asked):
        line = next(question.line for question in asked if question.right[0] == place)
        values = {"place": place + 1, "count": count, "total": len(asked)}
        yield rules.problem("right-choice-same-place", text.path, line, 1, **values)


def _longer(question: Question) -> bool:
    right, wrong = _lengths(question)
    return right > wrong


def _lengths(question: Question) -> tuple[int, int]:
    """Characters of the shortest right choice and of the longest wrong one, as a reader sees them."""
    right = min((len(_seen(choice.text)) for choice in question.choices if choice.right), default=0)
    wrong = max((len(_seen(choice.text)) for choice in question.choices if not choice.right), default=0)
    return right, wrong


def _seen(markdown: str) -> str:
    return " ".join(re.sub(r"[*_`]", "", _LINK.sub(r"\1", markdown)).split())


def _bare(markdown: str) -> str:
    """Words alone, for comparing: no markup, no capitals, no marks at the end."""
    return _seen(markdown).casefold().strip(" .;:,!?¡¿\u00a0\u202f…")


def _start(words: str) -> str:
    return f"{words[:60]}…" if len(words) > 60 else words


def _column(text: Text, line: int, words: str) -> int:
    """Column at which `words` begin in a line of the file; 1 where they do not stand there."""
    written = text.written.split("\n")
    first = words.split("\n")[0]
    return written[line - 1].find(first) + 1 or 1 if line <= len(written) else 1


def _line(text: Text, start: int, option: str) -> int:
    """Line of an option of the question that begins at `start`; `start` where it has none."""
    for offset, written in enumerate(text.written.split("\n")[start : start + 8], 1):
        if written.lstrip().startswith(option):
            return start + offset
    return start
