"""Markdown below the front matter -> sections of frame and segments."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from greensupply import facilitation
from greensupply.quiz.answers import MATCH
from greensupply.segments.pieces import Namer, Section, Segment, has_words, plain

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_MARK = re.compile(r"^(/{3,})[ \t]*(.*?)[ \t]*$")
_OPTION = re.compile(r"^( {4}([A-Za-z_-]+)\s*:\s*[\"']*)(.*?)([\"']*\s*)$")
_HEADING = re.compile(r"^((#{1,6})[ \t]+)(.*?)([ \t]*#*[ \t]*)$")
_ITEM = re.compile(r"^([ \t]*)([-*+]|\d+[.)])([ \t]+)(\[[ xX]\][ \t]+)?(?=\S)")
_QUOTE = re.compile(r"^[ \t]*(?:>[ \t]?)+")
_PARTNER = re.compile(r"^:[ \t]+")
_REFERENCE = re.compile(r"^ {0,3}\[[^\]\n]+\]:\s*\S+\s*$")
_IMAGE = re.compile(r"^(\s*!\[)([^\[\]]*)(\]\(\s*[^\s()<>]+)(?:(\s+[\"'])(.*)([\"']\s*\)\s*)|(\s*\)\s*))$")
_DELIMITER = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)*[ \t]*:?-+:?[ \t]*\|?[ \t]*$")
_CELL = re.compile(r"((?:\\.|`[^`]*`|[^|\\`]|[\\`])*?)(\||$)")
OPTIONED = ("question", facilitation.KIND)
"""Blocks that begin with any number of options."""
_IDENTIFIER = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")


def sections(text: str, first_line: int) -> Iterator[Section]:
    """Yield the sections of `text`, which begins at `first_line` of its file."""
    yield from _Cutting(text, first_line).sections()


class _Cutting:
    """One walk over the lines."""

    def __init__(self, text: str, first_line: int) -> None:
        self.lines = _LINE.findall(text)
        self.bare = [line.rstrip("\r\n") for line in self.lines]
        self.first_line = first_line
        self.names = Namer()
        self.pieces: list[str | Segment] = []
        self.prefix = self.scope = "s0."
        self.number = self.at = 0
        self.heading = self.slashes = self.kind = self.part = self.last_item = ""
        self.options: dict[str, str] = {}

    def sections(self) -> Iterator[Section]:
        while self.at < len(self.lines):
            found = _HEADING.match(self.bare[self.at])
            if found and not self.slashes:
                yield from self._close()
                self.number += 1
                self.prefix = self.scope = f"s{self.number}."
                self.heading = found[3]
            self._line(self.bare[self.at], found)
        yield from self._close()

    def _close(self) -> Iterator[Section]:
        if self.pieces:
            yield Section(tuple(self.pieces), self.prefix)
        self.pieces = []

    def _frame(self, text: str) -> None:
        if text and self.pieces and isinstance(self.pieces[-1], str):
            self.pieces[-1] += text
        elif text:
            self.pieces.append(text)

    def _words(self, kind: str, raw: str, line: int) -> None:
        """Words with the space around them; the space, and what is no words, goes to the frame."""
        inner = raw.strip()
        if not has_words(inner):
            self._frame(raw)
            return
        start = raw.index(inner)
        self._frame(raw[:start])
        name = self.names.segment(self.scope, kind)
        self.pieces.append(Segment(name, kind, plain(inner), inner, self.first_line + line, self.heading))
        self._frame(raw[start + len(inner) :])

    def _end(self) -> None:
        """The line end of the line at hand; the next one is at hand then."""
        self._frame(self.lines[self.at][len(self.bare[self.at]) :])
        self.at += 1

    def _line(self, line: str, heading: re.Match[str] | None) -> None:
        if not line.strip():
            self._whole()
        elif fence := _FENCE.match(line):
            self._code(fence[1])
        elif mark := _MARK.match(line):
            self._mark(line, mark)
        elif heading:
            self._frame(heading[1])
            self._words(f"h{len(heading[2])}", heading[3], self.at)
            self._frame(heading[4])
            self._end()
        elif image := _IMAGE.match(line):
            self._image(image)
        elif self._is_row(self.at):
            self._row(line)
        elif _REFERENCE.match(line):
            self._whole()
        else:
            self._text(line)

    def _whole(self) -> None:
        self._frame(self.bare[self.at])
        self._end()

    def _code(self, fence: str) -> None:
        self._whole()
        inside = list(takewhile(lambda line: not self._closes(line, fence), self.bare[self.at :]))
        start, self.at = self.at, self.at + len(inside)
        self._words("code", "".join(self.lines[start : self.at]), start)
        if self.at < len(self.lines):
            self._whole()

    @staticmethod
    def _closes(line: str, fence: str) -> bool:
        mark = _FENCE.match(line)
        return bool(mark and mark[1][0] == fence[0] and len(mark[1]) >= len(fence))

    def _mark(self, line: str, mark: re.Match[str]) -> None:
        words, bar, _ = mark[2].partition("|")
        opens, kind = bool(mark[2]), words.strip()
        if self.slashes and len(mark[1]) > len(self.slashes):
            self.part = kind
        elif opens:
            self.slashes, self.kind, self.part, self.last_item = mark[1], kind, "", ""
            self._open(kind)
        else:
            self.slashes = self.kind = self.part = self.last_item = ""
            self.scope, self.options = self.prefix, {}
        if bar and opens:
            before = line[: line.index("|") + 1]
            self._frame(before)
            self._words("prompt" if self.kind == "question" else "title", line[len(before) :], self.at)
            self._end()
        else:
            self._whole()
        if opens and self.slashes == mark[1]:
            self._options()

    def _open(self, kind: str) -> None:
        """The ids of a question's segments begin with its own id, wherever it stands."""
        self.options = {}
        for place in range(self.at + 1, len(self.bare)):
            option = _OPTION.match(self.bare[place])
            if not option or not (kind in OPTIONED or option[2] == "calculator"):
                break
            self.options[option[2]] = option[3]
        identifier = self.options.get("id", "")
        own = kind == "question" and _IDENTIFIER.match(identifier)
        name = kind if _IDENTIFIER.match(kind) else "block"
        self.scope = self.names.scope("question.", identifier) if own else self.names.scope(self.prefix, name)

    def _options(self) -> None:
        for name in self.options if self.kind in OPTIONED else list(self.options)[:1]:
            if self.at >= len(self.lines) or not (option := _OPTION.match(self.bare[self.at])) or option[2] != name:
                break
            self._frame(option[1])
            if name == "unit":
                self._words("unit", option[3], self.at)
            elif name == "materials" and self.kind == facilitation.KIND:
                for place, thing in enumerate(option[3].split(facilitation.SEPARATOR)):
                    self._frame(facilitation.SEPARATOR if place else "")
                    self._words("material", thing, self.at)
            else:
                self._frame(option[3])
            self._frame(option[4])
            self._end()

    def _image(self, image: re.Match[str]) -> None:
        self._frame(image[1])
        self._words("alt", image[2], self.at)
        self._frame(image[3])
        if image[4]:
            self._frame(image[4])
            self._words("caption", image[5], self.at)
        self._frame(image[6] or image[7])
        self._end()

    def _is_row(self, at: int) -> bool:
        line = self.bare[at]
        if line.lstrip().startswith("|"):
            return True
        if "|" not in line:
            return False
        above = takewhile(lambda other: "|" in other, (self.bare[row] for row in range(at - 1, -1, -1)))
        return any(_DELIMITER.match(other) and "|" in other for other in (*self.bare[at + 1 : at + 2], line, *above))

    def _row(self, line: str) -> None:
        if _DELIMITER.match(line):
            self._whole()
            return
        for cell in _CELL.finditer(line):
            self._words("cell", cell[1], self.at)
            self._frame(cell[2])
        self._end()

    def _text(self, line: str) -> None:
        """An item, a term, a partner or a paragraph, with the lines that go on with it."""
        kind, prefix = "paragraph", ""
        item, quote, partner = _ITEM.match(line), _QUOTE.match(line), _PARTNER.match(line)
        if item:
            kind, prefix = self._item(item), item[0]
        elif quote:
            kind, prefix = "quotation", quote[0]
        elif partner:
            kind, prefix = "partner", partner[0]
        elif self._is_term(self.at):
            kind = "term"
        if self.part and kind in ("paragraph", "item"):
            kind = self.part if _IDENTIFIER.match(self.part) else kind
        elif kind == "paragraph" and self.last_item == "choice":
            kind = "feedback"
        if kind == "key":
            self._whole()
            return
        start = self.at
        self._frame(prefix)
        self.at += 1
        while kind != "term" and self.at < len(self.lines) and self._goes_on(self.at):
            self.at += 1
        self._words(kind, "".join(self.lines[start : self.at])[len(prefix) :], start)

    def _item(self, item: re.Match[str]) -> str:
        if self.kind != "question" or self.part:
            return "item"
        if item[4]:
            self.last_item = "choice"
            numeric = self.options.get("type") == "numeric" or "answer" in self.options
            return "key" if numeric else "choice"
        if self.last_item == "choice" and item[1]:
            return "feedback"
        return "step" if item[2][0].isdigit() and self.options.get("type") == "ordering" else "item"

    def _is_term(self, at: int) -> bool:
        if self.kind == "question" and self.options.get("type") == "matching" and not self.part:
            return True
        return at + 1 < len(self.bare) and bool(MATCH.match(self.bare[at + 1]))

    def _goes_on(self, at: int) -> bool:
        line = self.bare[at]
        starts = (_FENCE, _MARK, _HEADING, _ITEM, _IMAGE, _PARTNER, _REFERENCE)
        return (
            bool(line.strip())
            and not any(p.match(line) for p in starts)
            and not self._is_row(at)
            and not (at + 1 < len(self.bare) and MATCH.match(self.bare[at + 1]))
        )
