"""A module's text -> segments that a translator sees, in a frame that no translator touches; and together again.

The frame holds what is the same in every language or belongs to the syntax: marks of blocks, `[x]`, ids, numbers of
answers, names of calculators, targets of figures, pipes of tables, blank lines. Put together with its own segments, a
text is the same to the byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from greensupply.segments import body, front
from greensupply.segments.inline import faults
from greensupply.segments.pieces import Section, Segment

__all__ = ["Section", "Segment", "cut", "faults", "holds", "localised", "pairs", "segments_of", "text_of", "written"]

_LINE_END = re.compile(r"\r\n|\r|\n")
_TARGET = re.compile(r"(?<=\]\()\s*<?[^\s()<>]+|(?m:(?<=\]: )\S+$)")


@lru_cache(maxsize=16)
def cut(text: str) -> tuple[Section, ...]:
    """Return the front matter and the sections of a module's text; joined, their pieces are the text.

    The last few are kept, because each subject of the check asks for them.

    Arguments:
        text: The file's text with its own line ends, and its byte order mark if it has one.
    """
    head, first_line = front.section(text)
    rest = text[sum(map(len, map(_raw, head.pieces))) :]
    return (head, *body.sections(rest, first_line))


def segments_of(sections: Sequence[Section]) -> tuple[Segment, ...]:
    """The segments in order."""
    return tuple(segment for section in sections for segment in section.segments)


def text_of(section: Section) -> str:
    """The section as it was."""
    return "".join(map(_raw, section.pieces))


def written(section: Section, targets: Mapping[str, str], newline: str, *, frame_for: str = "") -> str:
    """Return the section with other words in the same frame.

    Arguments:
        section: Its frame; where a segment's words stay the same, its spelling does too.
        targets: Id of a segment -> its words. What is not named stays.
        newline: Line end of the file that the section comes into.
        frame_for: The locale, where the frame comes from the source in another language.
    """
    found = []
    for piece in section.pieces:
        if isinstance(piece, Segment):
            target = targets.get(piece.id, piece.text)
            if target == piece.text:
                found.append(piece.raw)
            elif piece.yaml:
                found.append(front.scalar(target, piece, newline, anew=bool(frame_for)))
            else:
                found.append(target.replace("\n", newline))
        else:
            found.append(_LINE_END.sub(newline, localised(piece, frame_for)) if frame_for else piece)
    return "".join(found)


def holds(section: Section, text: str, words: Sequence[str]) -> bool:
    """Is `text`, cut anew, a section of the same shape with these words? Else some of them broke the frame."""
    again = (front.section(text)[0],) if section.prefix == "" else tuple(body.sections(text, 1))
    if len(again) != 1 or again[0].shape != section.shape:
        return False
    return text_of(again[0]) == text and [segment.text for segment in again[0].segments] == list(words)


def localised(text: str, locale: str) -> str:
    """Markdown whose relative links lead to the page or figure in `locale` instead of that of the source."""
    return _TARGET.sub(lambda found: in_locale(found[0], locale), text)


def in_locale(target: str, locale: str) -> str:
    """`figures/flow.en.svg` -> `figures/flow.es.svg`, `../ems/en.md#x` -> `../ems/es.md#x`; others stay."""
    if "://" in target or target.startswith(("mailto:", "#")):
        return target
    target = re.sub(r"(^\s*<?|/)en\.md(?=$|#)", rf"\g<1>{locale}.md", target)
    target = re.sub(r"\.en(?=\.\w+$)", f".{locale}", target)
    return re.sub(r"(^(?:\.\./)*(?:content/)?)en(?=/.*\.md(?:$|#))", rf"\g<1>{locale}", target)


def pairs(source: Sequence[Section], text: Sequence[Section]) -> Iterator[tuple[Section | None, Section | None]]:
    """Each section of the source with the one of a translation that renders it, in order; None for one without."""
    ours, theirs = [section.shape for section in source], [section.shape for section in text]
    for kind, start, end, first, last in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "replace" and end - start != last - first:
            yield from ((section, None) for section in source[start:end])
            yield from ((None, section) for section in text[first:last])
        else:
            count = max(end - start, last - first)
            yield from zip(_filled(source[start:end], count), _filled(text[first:last], count), strict=True)


def _filled(sections: Sequence[Section], count: int) -> list[Section | None]:
    return [*sections, *[None] * (count - len(sections))]


def _raw(piece: str | Segment) -> str:
    return piece.raw if isinstance(piece, Segment) else piece
