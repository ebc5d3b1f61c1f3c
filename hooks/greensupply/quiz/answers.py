"""The answers of each type of question: choices, pairs, steps, a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from textwrap import dedent

from greensupply.model import Choice, Pair, QuestionType
from greensupply.quiz.draft import Draft

MAX_CHOICES = 12

CHOICE = re.compile(r"^[-*+] \[([ xX])\](?:[ \t]+(.*))?$")
ALMOST_CHOICE = re.compile(r"^[-*+]?\s*\[\s*[xX✓✔]?\s*\]")
ITEM = re.compile(r"^\d+[.)][ \t]+(.*)$")
MATCH = re.compile(r"^:[ \t]+(.*)$")
_NESTED = re.compile(r"^(?: {2,}|\t)[-*+][ \t]+(.*)$")
_NUMBER = re.compile(r"^[-+]?\d{1,15}(\.\d{1,10})?$")


def choices_of(draft: Draft, lines: Sequence[str], first_line: int, kind: QuestionType) -> tuple[Choice, ...]:
    """Read `- [x] text` lines with their nested feedback."""
    choices: list[Choice] = []
    text: list[str] = []
    feedback: list[str] = []
    right, line, nested = False, 0, False

    def keep() -> None:
        if line:
            choices.append(Choice("\n".join(text).strip(), dedent("\n".join(feedback)).strip(), right, line))

    for place, written in enumerate(lines):
        here = first_line + place
        if found := CHOICE.match(written):
            keep()
            text, feedback, right, line, nested = [found[2] or ""], [], found[1] != " ", here, False
        elif ALMOST_CHOICE.match(written):
            draft.wrong(
                here,
                f"`{written.strip()[:40]}` is not a choice.",
                "Write `- [ ] text`, or `- [x] text` if it is right.",
            )
        elif not line:
            continue
        elif found := _NESTED.match(written):
            feedback.append(("\n" if feedback else "") + found[1])
            nested = True
        elif not written.strip() or written.startswith(("  ", "\t")):
            (feedback if nested else text).append(written.strip())
        else:
            draft.wrong(
                here,
                f"`{written.strip()[:40]}` stands among the choices.",
                "Indent it under its choice, or move it above the first one.",
            )
    keep()
    _checkchoices_of(draft, choices, kind, first_line)
    return tuple(choices)


def _checkchoices_of(draft: Draft, choices: Sequence[Choice], kind: QuestionType, first_line: int) -> None:
    right = sum(choice.right for choice in choices)
    seen: dict[str, int] = {}
    for choice in choices:
        same = " ".join(choice.text.casefold().split())
        if not same:
            draft.wrong(choice.line, "a choice without text.", "Write what the learner can choose.")
        elif same in seen:
            draft.wrong(
                choice.line, f"the same choice stands in line {seen[same]}.", "Delete or change one of the two."
            )
        seen[same] = choice.line
        if not choice.feedback:
            draft.wrong(
                choice.line,
                f"the choice `{choice.text[:40]}` has no feedback.",
                "Say why below it, in a bullet indented by four spaces.",
            )
    if kind is QuestionType.NUMERIC:
        for choice in choices:
            if choice.right:
                draft.wrong(
                    choice.line,
                    "a right number among the foreseen wrong ones.",
                    "The right one is the option `answer`; write `- [ ]` here.",
                )
            if not _NUMBER.match(choice.text):
                draft.wrong(choice.line, f"`{choice.text[:40]}` is not a number.", _plain_number(choice.text))
        return
    if len(choices) < 2 or len(choices) > MAX_CHOICES:
        draft.wrong(
            first_line if choices else draft.line,
            f"{draft.name} has {len(choices)} choices.",
            f"Write 2 to {MAX_CHOICES}, each `- [ ] text`, the right ones `- [x] text`.",
        )
        return
    if not right:
        draft.wrong(draft.line, f"{draft.name} has no right choice.", "Mark it: `- [x] text`.")
    if kind is QuestionType.MULTIPLE and right == 1:
        draft.wrong(
            draft.line,
            f"{draft.name} is `type: multiple` but has one right choice.",
            "Mark the others, or delete the type.",
        )
    if kind in (QuestionType.SINGLE, QuestionType.TRUE_FALSE) and right > 1:
        draft.wrong(draft.line, f"{draft.name} is `type: {kind}` but has {right} right choices.", "Keep one `- [x]`.")
    if kind is QuestionType.TRUE_FALSE and len(choices) != 2:
        draft.wrong(
            draft.line,
            f"{draft.name} is `type: true-false` but has {len(choices)} choices.",
            "Write two: true, then false.",
        )


def pairs_of(draft: Draft, lines: Sequence[str], first_line: int) -> tuple[Pair, ...]:
    """Read terms, each with `:   partner` below it."""
    pairs: list[Pair] = []
    term, term_line = "", 0
    for place, written in enumerate(lines):
        here = first_line + place
        if found := MATCH.match(written):
            if not term:
                draft.wrong(here, "a partner without a term above it.", "Write the term on the line above.")
            else:
                pairs.append(Pair(term, found[1].strip(), term_line))
            term = ""
        elif written.strip():
            if term:
                draft.wrong(
                    term_line, f"the term `{term[:40]}` has no partner.", "Write `:   partner` on the line below it."
                )
            term, term_line = written.strip(), here
    if term:
        draft.wrong(term_line, f"the term `{term[:40]}` has no partner.", "Write `:   partner` on the line below it.")
    for texts, name in (([pair.term for pair in pairs], "term"), ([pair.match for pair in pairs], "partner")):
        for place, text in enumerate(texts):
            if text.casefold() in map(str.casefold, texts[:place]):
                draft.wrong(
                    pairs[place].line,
                    f"the {name} `{text[:40]}` stands twice.",
                    "Make each one different, or nobody can match them.",
                )
    if not 2 <= len(pairs) <= MAX_CHOICES:
        draft.wrong(
            draft.line,
            f"{draft.name} has {len(pairs)} pairs.",
            f"Write 2 to {MAX_CHOICES}: a term, and `:   partner` below it.",
        )
    return tuple(pairs)


def items_of(draft: Draft, lines: Sequence[str], first_line: int) -> tuple[str, ...]:
    """Read `1. step` lines, in the right order."""
    items: list[str] = []
    for place, written in enumerate(lines):
        here = first_line + place
        if found := ITEM.match(written):
            if found[1].casefold() in map(str.casefold, items):
                draft.wrong(here, f"the step `{found[1][:40]}` stands twice.", "Make each one different.")
            items.append(found[1].strip())
        elif items and written.startswith((" ", "\t")) and written.strip():
            items[-1] += " " + written.strip()
        elif written.strip():
            draft.wrong(here, f"`{written.strip()[:40]}` stands among the steps.", "Write each step as `1. text`.")
    if not 3 <= len(items) <= MAX_CHOICES:
        draft.wrong(
            draft.line,
            f"{draft.name} has {len(items)} steps.",
            f"Write 3 to {MAX_CHOICES}, in the right order, as `1. text`.",
        )
    return tuple(items)


def number_of(draft: Draft, kind: QuestionType | None) -> tuple[Decimal | None, Decimal]:
    """Read the answer and its tolerance, made absolute; None where the question is not numeric."""
    if kind is not QuestionType.NUMERIC:
        for name in ("answer", "tolerance", "unit"):
            if name in draft.options and kind is not None:
                draft.wrong(
                    draft.line_of(name),
                    f"`{name}` belongs to numeric questions.",
                    "Delete it, or write `type: numeric`.",
                )
        return None, Decimal(0)
    answer = _decimal(draft, "answer")
    written = draft.option("tolerance")
    if not written:
        return answer, Decimal(0)
    share = written.endswith("%")
    tolerance = _decimal(draft, "tolerance", written.rstrip("% \u00a0"))
    if tolerance is None:
        return answer, Decimal(0)
    if tolerance < 0:
        draft.wrong(draft.line_of("tolerance"), f"the tolerance `{written}` is below zero.", "Write 0 or more.")
    if share and answer is not None:
        tolerance = abs(answer) * tolerance / 100
    return answer, tolerance


def _decimal(draft: Draft, name: str, value: str | None = None) -> Decimal | None:
    written = draft.option(name) if value is None else value
    if not written:
        draft.wrong(draft.line, f"{draft.name} has no `{name}`.", f"Add the option `{name}: 12500`.")
        return None
    if _NUMBER.match(written):
        return Decimal(written)
    draft.wrong(draft.line_of(name), f"`{name}: {written[:40]}` is not a number.", _plain_number(written))
    return None


def _plain_number(written: str) -> str:
    bare = re.sub(r"[\s\u00a0\u202f]", "", written)
    guess = bare.replace(",", ".") if bare.count(",") == 1 and "." not in bare else bare.replace(",", "")
    example = guess if _NUMBER.match(guess) else "12500.5"
    return f"Write it plainly, with a point and no separators, in every language: `{example}`."
