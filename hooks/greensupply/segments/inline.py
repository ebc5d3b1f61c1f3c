"""Did the Markdown inside a segment survive the translator? Compares what a language has no reason to change."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from greensupply import prose
from greensupply.segments.pieces import has_words

_BRACES = re.compile(r"\{[^{}\n]*\}")
_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x85\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def faults(source: str, target: str) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a translation and how to mend it; nothing where it is good.

    Arguments:
        source: The words of the source, its links already leading to the target's language.
        target: The words of the translation.
    """
    if not has_words(target):
        yield "has no words.", "Translate it."
    if found := _CONTROL.search(target):
        yield f"holds the invisible sign U+{ord(found[0]):04X}.", "Delete it."
    if target.count("`") % 2 and not source.count("`") % 2:
        yield "has a backtick without its partner.", "Close the code with a second backtick."
    elif (here := len(_CODE.findall(target))) != (there := len(_CODE.findall(source))):
        yield f"has {here} pieces of `code`, the English {there}.", "Keep each of them, with its backticks."
    bare_source, bare_target = _CODE.sub("", source), _CODE.sub("", target)
    if bare_target.count("**") % 2 and not bare_source.count("**") % 2:
        yield "has `**` without its partner.", "Close the bold words with a second `**`."
    if _open(bare_target) and not _open(bare_source):
        yield "has a bracket `[` or `]` without its partner.", "Write a link as `[words](target)`."
    yield from _differences("link", _links(source), _links(target))
    yield from _differences("placeholder", Counter(_BRACES.findall(source)), Counter(_BRACES.findall(target)))


def _open(text: str) -> bool:
    return text.count("[") != text.count("]")


def _links(text: str) -> Counter[str]:
    """Targets; where a section of a page is meant, its name is of the language."""
    found = Counter(link.target.partition("#")[0] or "#" for link in prose.links(text, 1))
    return found + Counter(re.findall(r"<(https?:[^\s<>]*)>", text))


def _differences(what: str, there: Counter[str], here: Counter[str]) -> Iterator[tuple[str, str]]:
    for name in there - here:
        yield f"has lost the {what} `{name}`.", "Copy it from the English, sign by sign."
    for name in here - there:
        yield f"has a {what} `{name}` that the English has not.", "Delete it, or write it as the English does."
