"""What the translator gave back + the module's texts of today -> the new translation, checked before it is used."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from greensupply import freshness, parity, prose, segments, stamps
from greensupply.errors import GreenSupplyError, Problem
from greensupply.freshness import Standing, State
from greensupply.interchange.matching import matched
from greensupply.interchange.unit import Exchange, Unit
from greensupply.locales import SOURCE
from greensupply.model import Module, Text
from greensupply.segments import Section, Segment

_LINE_END = re.compile(r"\r\n|\r|\n")
_STRUCTURE = (
    "Write it in one piece: no blank line, nothing that begins a block, heading, list or cell (`///`, `#`, `-`, `|`)."
)


@dataclass(frozen=True)
class Merged:
    """A new translation and what became of the segments.

    Attributes:
        text: The file, with its own line ends.
        taken: How many segments have other words than before.
        unchanged: How many came back with the words they have.
        left_out: Why the others were not taken, with where they stand in the translator's file.
        fresh: Keys of the sections that were not fresh before and are now.
        notes: What else to know.
    """

    text: str
    taken: int
    unchanged: int
    left_out: tuple[Problem, ...]
    fresh: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def merged(found: Exchange, path: str, module: Module, raw: str, present: str, *, partial: bool) -> Merged:
    """Return the new translation.

    Arguments:
        found: What the translator's file holds.
        path: That file, for messages.
        module: The module; its texts are the source and, if there is one, the present translation.
        raw: The source's file.
        present: The present translation's file; empty without one.
        partial: Segments without a translation keep their present one.

    Raises:
        GreenSupplyError: Every segment that has no translation or a broken one; nothing is to be written then.
    """
    merging = _Merging(found, path, module, present, partial=partial)
    text = merging.text(segments.cut(raw), segments.cut(present) if present else ())
    merging.check(text)
    if merging.problems:
        raise GreenSupplyError(merging.problems)
    text = merging.with_stamps(text)
    result = Merged(text, len(merging.taken), len(merging.unchanged), tuple(sorted(set(merging.left_out))))
    return _stamped(result, merging) if text != present or merging.unchanged else result


@dataclass
class _Merging:
    """One import; `problems` and `left_out` grow."""

    found: Exchange
    path: str
    module: Module
    present: str
    partial: bool
    problems: list[Problem] = field(default_factory=list)
    left_out: list[Problem] = field(default_factory=list)
    units: Mapping[str, Unit] = field(default_factory=dict)
    targets: dict[str, str] = field(default_factory=dict)
    """Id of a segment of the source -> its new words."""
    taken: dict[str, int] = field(default_factory=dict)
    """Id of a segment with new words -> its line in the source."""
    unchanged: set[str] = field(default_factory=set)
    good: set[int] = field(default_factory=set)
    """Lines of the source whose translation the translator vouches for."""
    bad: set[int] = field(default_factory=set)
    changed: set[str] = field(default_factory=set)
    """Ids whose English is another one than in the translator's file."""

    @property
    def target(self) -> str:
        return f"{self.module.texts[SOURCE].path.rpartition('/')[0]}/{self.found.locale}.md"

    def text(self, source: Sequence[Section], text: Sequence[Section]) -> str:
        """The new file, before it is checked as a whole."""
        self.units, gone, self.changed = matched(self.found, segments.segments_of(source), self.path, self._en)
        self.left_out += gone
        for identifier, unit in self.units.items():
            target = _LINE_END.sub("\n", unit.target).strip()
            self.targets[identifier] = segments.localised(target, self.found.locale)
        newline = "\r\n" if self.present.count("\r\n") * 2 > self.present.count("\n") else "\n"
        pieces: list[str] = []
        before = False
        for there, here in segments.pairs(source, text):
            piece = self._section(there, here, newline)
            same = here is not None and (there is None or there.shape == here.shape)
            new = not same and (here is None or piece != segments.text_of(here))
            if piece and len(pieces) > 1 and new != before:  # between two frames: one blank line
                pieces[-1] = pieces[-1].rstrip("\r\n") + newline * 2
            if piece:
                pieces.append(piece)
                before = new
        return "".join(pieces)

    def _section(self, there: Section | None, here: Section | None, newline: str) -> str:
        if there is None:
            for segment in here.segments[:1] if here else ():
                what = f"the section at {self.target}:{segment.line} has no match in {self._en}."
                self.left_out.append(Problem(self.path, 1, what, "It was kept; delete it there if it is not needed."))
            return segments.text_of(here) if here else ""
        if here is not None and there.shape == here.shape:
            return self._in_its_own_frame(there, here, newline)
        missing = [segment for segment in there.segments if not self._is_done(segment)]
        self.bad.update(segment.line for segment in missing)
        if missing:
            self._not_whole(missing, there)
            return segments.text_of(here) if here else ""
        self._take(there, {segment.id: self.targets[segment.id] for segment in there.segments}, there)
        words = {segment.id: self.targets[segment.id] for segment in there.segments}
        return segments.written(there, words, newline, frame_for=self.found.locale)

    def _is_done(self, segment: Segment) -> bool:
        return bool(self.targets.get(segment.id)) and self.units[segment.id].sure

    def _not_whole(self, missing: Sequence[Segment], section: Section) -> None:
        refused = not self.partial or not self.present
        how = "Translate it; there is no present translation that could stay."
        if self.present:
            how = "Translate it, or import with --partial: the section then stays as it is."
        if refused:
            self.problems += [self._missing(segment, how) for segment in missing]
            return
        first = section.segments[0].line
        what = f"the section of {self._en}:{first} has other parts than the translation, and "
        for segment in section.segments:
            if segment in missing:
                self.left_out.append(self._missing(segment, "The section stays as it is."))
            else:
                self._left(segment, f"{what}not all of them are translated.", "The section stays as it is.")

    def _in_its_own_frame(self, there: Section, here: Section, newline: str) -> str:
        words: dict[str, str] = {}
        for segment, mine in zip(there.segments, here.segments, strict=True):
            target = self.targets.get(segment.id, "")
            if target and target == segments.localised(mine.text, self.found.locale):
                self.unchanged.add(segment.id)
                (self.good if self.units[segment.id].sure else self.bad).add(segment.line)
            elif self._is_done(segment):
                words[segment.id] = target
            else:
                self.bad.add(segment.line)
                if segment.id not in self.changed:
                    how = "Translate it, or import with --partial to keep the present one."
                    missing = self._missing(segment, "The present translation stays." if self.partial else how)
                    (self.left_out if self.partial else self.problems).append(missing)
        self._take(there, words, here)
        names = {segment.id: mine.id for segment, mine in zip(there.segments, here.segments, strict=True)}
        return segments.written(here, {names[name]: target for name, target in words.items()}, newline)

    def _take(self, there: Section, words: Mapping[str, str], frame: Section) -> None:
        """Check new words one by one, each alone in its frame."""
        for segment, mine in zip(there.segments, frame.segments, strict=True):
            if segment.id not in words:
                continue
            target = words[segment.id]
            found = list(segments.faults(segments.localised(segment.text, self.found.locale), target))
            expected = [target if other is mine else other.text for other in frame.segments]
            if not found and not segments.holds(frame, segments.written(frame, {mine.id: target}, "\n"), expected):
                found = [("would change the structure around it.", _STRUCTURE)]
            self.problems += [self._wrong(segment, what, how) for what, how in found]
            self.taken[segment.id] = segment.line
            self.good.add(segment.line)

    @property
    def _en(self) -> str:
        return self.module.texts[SOURCE].path

    def _missing(self, segment: Segment, how: str) -> Problem:
        unit = self.units.get(segment.id)
        if segment.id in self.changed:
            return self._wrong(segment, f"has other English words in {self._en}:{segment.line} by now.", how)
        if unit is None:
            return self._wrong(segment, f"of {self._en}:{segment.line} is not in this file.", how)
        what = "is marked as not sure (fuzzy, initial)." if unit.target.strip() else "has no translation."
        return self._wrong(segment, what, how)

    def _left(self, segment: Segment, what: str, how: str) -> None:
        self.left_out.append(self._wrong(segment, f"was not taken: {what}", how))

    def _wrong(self, segment: Segment, what: str, how: str) -> Problem:
        unit = self.units.get(segment.id)
        name = unit.id if unit else segment.id
        return Problem(self.path, unit.line if unit and unit.line else 1, f"segment `{name}` {what}", how)

    def check(self, text: str) -> None:
        """Note what is wrong with the file as a whole that was not wrong with it before."""
        if self.problems:
            return
        known = {(problem.what, problem.how) for problem in self._faults(self.present)} if self.present else set()
        cut = segments.segments_of(segments.cut(text))
        for problem in self._faults(text):
            if (problem.what, problem.how) in known:
                continue
            names = [segment.id for segment in cut if segment.line <= problem.line]
            unit = self.units.get(names[-1]) if names else None
            where = f"segment `{names[-1]}`" if names else self.target
            line = unit.line if unit and unit.line else 1
            self.problems.append(Problem(self.path, line, f"{where}: {problem.what}", problem.how))

    def _faults(self, text: str) -> Iterator[Problem]:
        try:
            new = self.read(text)
        except GreenSupplyError as error:
            yield from error.problems
            return
        for markdown, line in new.pieces():
            yield from prose.problems(markdown, new.path, line)
        yield from parity.problems(self.with_text(new))

    def read(self, text: str) -> Text:
        return freshness.read(_LINE_END.sub("\n", text.removeprefix("\ufeff")), self.target, self.found.locale)

    def with_stamps(self, text: str) -> str:
        """The new file with the stamps of the present one, which the source's front matter has not."""
        present = self.module.texts.get(self.found.locale)
        marks = present.facts.translated_from if present else {}
        if not marks or self.read(text).facts.translated_from == marks:
            return text
        return stamps.stamped(text, self.target, marks)

    def with_text(self, text: Text) -> Module:
        return Module(self.module.facts, self.module.path, {SOURCE: self.module.texts[SOURCE], self.found.locale: text})


def _stamped(result: Merged, merging: _Merging) -> Merged:
    """The result with its sections stamped as fresh: those that came back whole and sure.

    A section without a stamp in which nothing changed gets none: nobody may have looked at it.
    """
    text = merging.read(result.text)
    module, locale = merging.with_text(text), merging.found.locale
    standings = freshness.compare(module.texts[SOURCE], text).standings
    keys = tuple(_fresh(standings, merging.good, merging.bad, set(merging.taken.values())))
    if not keys:
        return result
    if stamps.refusals(module, locale):
        what = f"not stamped, as its structure is not that of {SOURCE}.md"
        note = f"{merging.target}: {what}; `greensupply translated` says where."
        return replace(result, notes=(note,))
    try:
        new = stamps.stamped(result.text, merging.target, stamps.marks(module.texts[SOURCE], text, keys))
    except GreenSupplyError as error:
        return replace(result, notes=tuple(map(str, error.problems)))
    new_ones = [standing.source.key for standing in standings if standing.state is not State.FRESH]
    return replace(result, text=new, fresh=tuple(key for key in keys if key in new_ones))


def _fresh(standings: Sequence[Standing], good: set[int], bad: set[int], taken: set[int]) -> Iterator[str]:
    for place, standing in enumerate(standings):
        start = standing.source.line if place else 0
        end = standings[place + 1].source.line if place + 1 < len(standings) else 10**9
        inside = range(start, end)
        whole = any(line in inside for line in good) and not any(line in inside for line in bad)
        if whole and (standing.stamped[1] or any(line in inside for line in taken)):
            yield standing.source.key
