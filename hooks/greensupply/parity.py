"""Do the three languages of a module say the same? Compares what can be compared without reading."""

from __future__ import annotations

from collections.abc import Iterator

from greensupply.errors import Problem
from greensupply.locales import SOURCE
from greensupply.model import Module, Question, Text


def problems(module: Module) -> Iterator[Problem]:
    """Where a translation of `module` has another structure than its source."""
    source = module.texts.get(SOURCE)
    if source is None:
        return
    for locale, text in module.texts.items():
        if locale != SOURCE:
            yield from _objectives(source, text)
            yield from _questions(source, text)
            yield from _callouts(source, text)


def _objectives(source: Text, text: Text) -> Iterator[Problem]:
    here, there = len(text.facts.objectives), len(source.facts.objectives)
    if here != there:
        line = text.lines.get("objectives", 1)
        yield Problem(
            text.path,
            line,
            f"{here} objectives here, {there} in {SOURCE}.md.",
            "Say the same objectives in each language.",
        )


def _questions(source: Text, text: Text) -> Iterator[Problem]:
    theirs = {question.id: question for question in source.questions}
    ours = {question.id: question for question in text.questions}
    for identifier, question in theirs.items():
        if identifier not in ours:
            what = f"the question `{identifier}` of {SOURCE}.md:{question.line} is missing."
            yield Problem(text.path, 1, what, "Translate it, with the same id.")
    for identifier, question in ours.items():
        if identifier not in theirs:
            yield Problem(
                text.path,
                question.line,
                f"the question `{identifier}` is not in {SOURCE}.md.",
                "Add it there, or delete it here.",
            )
        else:
            yield from _question(theirs[identifier], question, text.path)
    common_there = [identifier for identifier in theirs if identifier in ours]
    common_here = [identifier for identifier in ours if identifier in theirs]
    for expected, found in zip(common_there, common_here, strict=True):
        if expected != found:
            what = f"the question `{found}` stands where {SOURCE}.md has `{expected}`."
            yield Problem(text.path, ours[found].line, what, "Keep the questions in the same order.")
            return


def _question(theirs: Question, ours: Question, path: str) -> Iterator[Problem]:
    def differs(what: str, how: str) -> Problem:
        return Problem(path, ours.line, f"question `{ours.id}` {what}", how)

    there = f"{SOURCE}.md:{theirs.line}"
    if ours.type is not theirs.type:
        yield differs(f"is {ours.type} here, {theirs.type} in {there}.", "Make it the same type.")
        return
    for name in ("choices", "pairs", "items"):
        here, count = len(getattr(ours, name)), len(getattr(theirs, name))
        if here != count:
            yield differs(f"has {here} {name} here, {count} in {there}.", f"Say the same {name}, in the same order.")
            return
    if ours.right != theirs.right:
        places = " and ".join(str(place + 1) for place in theirs.right)
        yield differs(f"marks other choices as right than {there}.", f"Mark choice {places} with `[x]`.")
    elif ours.key != theirs.key:
        yield differs(
            f"has another answer, tolerance or foreseen number than {there}.",
            "Copy the numbers; they are the same in every language.",
        )
    for name in ("hint", "feedback", "unit"):
        if bool(getattr(ours, name)) != bool(getattr(theirs, name)):
            where = "here" if getattr(ours, name) else f"in {there}"
            yield differs(f"has a {name} only {where}.", f"Give it a {name} in every language, or in none.")


def _callouts(source: Text, text: Text) -> Iterator[Problem]:
    theirs = [(block.kind, block.line) for block in source.blocks if hasattr(block, "kind")]
    ours = [(block.kind, block.line) for block in text.blocks if hasattr(block, "kind")]
    for (kind_there, line_there), (kind_here, line_here) in zip(theirs, ours, strict=False):
        if kind_there != kind_here:
            what = f"the block `{kind_here}` stands where {SOURCE}.md:{line_there - 1} has `{kind_there}`."
            yield Problem(text.path, line_here - 1, what, "Keep the blocks in the same order.")
            return
    if source.calculators != text.calculators:
        there, here = (", ".join(found.calculators) or "none" for found in (source, text))
        what = f"calculators of the worksheets: {here}; in {SOURCE}.md: {there}."
        yield Problem(text.path, 1, what, "Name the same `calculator` in the same worksheets.")
    if len(theirs) != len(ours):
        what = f"{len(ours)} boxed blocks here, {len(theirs)} in {SOURCE}.md."
        yield Problem(text.path, 1, what, "Say the same blocks, in the same order.")
