"""Moodle XML. Source: Moodle docs, "Moodle XML format"; question/format/xml, question/type/ordering of Moodle 4.4."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence

from lxml import etree

from greensupply.model import Choice, Question, QuestionType
from greensupply.question_banks.bank import NO_MARK, SHARES, Bank, Shelf, is_true

_Element = etree._Element


def write(shelves: Sequence[Shelf]) -> Bank:
    """Return the questions of each shelf, with pictures inside; the same questions give the same bytes."""
    root = etree.Element("quiz")
    left_out = []
    for shelf in shelves:
        _category(root, shelf)
        for question in shelf.text.questions:
            if len(question.right) > max(SHARES):
                left_out.append(f"{shelf.number(question)}: Moodle divides a mark among {max(SHARES)} answers at most.")
            else:
                _question(root, shelf, question)
    etree.indent(root)
    data = etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"
    return Bank(data, sum(len(shelf.text.questions) for shelf in shelves) - len(left_out), tuple(left_out))


def _category(root: _Element, shelf: Shelf) -> None:
    entry = etree.SubElement(root, "question", type="category")
    _text(entry, "category", shelf.category)
    _html(entry, "info", shelf, f"<p>{shelf.inline(shelf.text.facts.summary)}</p>")
    _value(entry, "idnumber", f"{shelf.module.id}.{shelf.locale}")


def _question(root: _Element, shelf: Shelf, question: Question) -> None:
    kind, fill = _form(question)
    entry = etree.SubElement(root, "question", type=kind)
    _text(entry, "name", shelf.name(question))
    _html(entry, "questiontext", shelf, shelf.asked(question))
    _html(entry, "generalfeedback", shelf, shelf.block(question.feedback))
    for name, value in (("defaultgrade", "1"), ("penalty", "0.3333333"), ("hidden", "0")):
        _value(entry, name, value)
    _value(entry, "idnumber", shelf.number(question))
    fill(entry, shelf, question)
    if question.hint:
        _html(entry, "hint", shelf, shelf.block(question.hint))


def _form(question: Question) -> tuple[str, Callable[[_Element, Shelf, Question], None]]:
    """Moodle's type for a question, and what writes its answers."""
    forms: Mapping[QuestionType, tuple[str, Callable[[_Element, Shelf, Question], None]]] = {
        QuestionType.NUMERIC: ("numerical", _number),
        QuestionType.MATCHING: ("matching", _pairs),
        QuestionType.ORDERING: ("ordering", _order),
    }
    if is_true(question) is not None:
        return "truefalse", _truth
    return forms.get(question.type, ("multichoice", _choices))


def _choices(entry: _Element, shelf: Shelf, question: Question) -> None:
    single = question.type is not QuestionType.MULTIPLE
    for name, value in (("single", single), ("shuffleanswers", False)):
        _value(entry, name, str(value).lower())
    _value(entry, "answernumbering", "abc")
    _combined(entry, shelf)
    for choice in question.choices:
        wrong = "0" if single else NO_MARK
        _answer(entry, shelf, choice, SHARES[len(question.right)] if choice.right else wrong)


def _truth(entry: _Element, shelf: Shelf, question: Question) -> None:
    """Moodle shows the words for true and false itself, in the reader's language."""
    truth = is_true(question)
    for said in (True, False):
        choice = next(choice for choice in question.choices if choice.right is (said is truth))
        answer = etree.SubElement(entry, "answer", fraction="100" if choice.right else "0", format="moodle_auto_format")
        _value(answer, "text", str(said).lower())
        _html(answer, "feedback", shelf, shelf.block(choice.feedback))


def _number(entry: _Element, shelf: Shelf, question: Question) -> None:
    """Numbers with a point, whatever the language; foreseen wrong ones with their feedback."""
    numbers = [(f"{question.answer:f}", "100", ""), *((it.text, "0", it.feedback) for it in question.choices)]
    for number, fraction, feedback in numbers:
        answer = etree.SubElement(entry, "answer", fraction=fraction, format="moodle_auto_format")
        _value(answer, "text", number)
        _html(answer, "feedback", shelf, shelf.block(feedback))
        _value(answer, "tolerance", f"{question.tolerance:f}")
    for name, value in (("unitgradingtype", "0"), ("unitpenalty", "0.1"), ("showunits", "3"), ("unitsleft", "0")):
        _value(entry, name, value)


def _pairs(entry: _Element, shelf: Shelf, question: Question) -> None:
    _value(entry, "shuffleanswers", "true")
    _combined(entry, shelf)
    for pair in question.pairs:
        part = _html(entry, "subquestion", shelf, shelf.inline(pair.term))
        _text(part, "answer", shelf.plain(pair.match))


def _order(entry: _Element, shelf: Shelf, question: Question) -> None:
    settings = (
        ("layouttype", "VERTICAL"),
        ("selecttype", "ALL"),
        ("selectcount", "0"),
        ("gradingtype", "ALL_OR_NOTHING"),
        ("showgrading", "SHOW"),
        ("numberingstyle", "none"),
    )
    for name, value in settings:
        _value(entry, name, value)
    _combined(entry, shelf)
    for place, item in enumerate(question.items, 1):
        answer = etree.SubElement(entry, "answer", fraction=f"{place}.0000000", format="html")
        _fill(answer, shelf, shelf.inline(item))


def _combined(entry: _Element, shelf: Shelf) -> None:
    for name in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _html(entry, name, shelf, "")


def _answer(entry: _Element, shelf: Shelf, choice: Choice, fraction: str) -> None:
    answer = etree.SubElement(entry, "answer", fraction=fraction, format="html")
    _fill(answer, shelf, shelf.inline(choice.text))
    _html(answer, "feedback", shelf, shelf.block(choice.feedback))


def _html(entry: _Element, name: str, shelf: Shelf, html: str) -> _Element:
    part = etree.SubElement(entry, name, format="html")
    _fill(part, shelf, html)
    return part


def _fill(part: _Element, shelf: Shelf, html: str) -> None:
    _value(part, "text", html)
    for name, data in shelf.pictures(html).items():
        file = etree.SubElement(part, "file", name=name, path="/", encoding="base64")
        file.text = b64encode(data).decode()


def _text(entry: _Element, name: str, text: str) -> None:
    _value(etree.SubElement(entry, name), "text", text)


def _value(entry: _Element, name: str, text: str) -> None:
    etree.SubElement(entry, name).text = text
