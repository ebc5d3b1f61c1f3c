"""Good YAML -> plain values and their places, in one pass; the rest is left to `loading`, which says what is wrong.

libyaml's parser keeps its stack in memory of its own and gives event by event, so nothing nested deep reaches its end.
Without libyaml, PyYAML's own parser gives the same events. libyaml takes a few things that PyYAML refuses,
such as `[a?b]`; so only large files, where it saves seconds, and texts that hold nothing of the kind are read by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

from greensupply.package_data import LOADER

MAX_DEPTH = 6
Path = tuple[str | int, ...]
Places = dict[Path, tuple[int, int]]

_TEXT = "tag:yaml.org,2002:str"
_FORMS: Mapping[str, re.Pattern[str]] = {
    "tag:yaml.org,2002:bool": re.compile(r"true|false"),
    "tag:yaml.org,2002:int": re.compile(r"-?(0|[1-9][0-9]*)"),
    "tag:yaml.org,2002:float": re.compile(r"-?[0-9]+\.[0-9]+|-?\.inf|\.nan"),
}
_LONGEST_NUMBER = 30

_ODD = re.compile(r"[^\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]")
_KEY = r"[\w.][\w.-]{0,60}"
_WORDS = r"[^\W_][\w.-]*+(?: [^\W_][\w.-]*+)*+"
_QUOTED = r"\"[^\"\\\n]*+\"|'[^'\n]*+'"
_ITEMS = rf"\[(?:(?:{_WORDS}|{_QUOTED})(?:,(?: |\n +)(?:{_WORDS}|{_QUOTED}))*+)?\]"
_PAIR = rf"{_KEY}: (?:{_WORDS}|{_QUOTED}|{_ITEMS})"
_BARE = r"[^\W_](?:[^ :\n]|:(?![ \n]|\Z)| (?![ #\n]|\Z))*+"
_VALUE = rf"(?:{_QUOTED}|{_ITEMS}|\{{{_PAIR}(?:, {_PAIR})*+\}}|{_BARE})"
_LINE = rf"(?: *+(?:- )*+(?:{_KEY}:(?: {_VALUE})?|(?<=- ){_VALUE})| *+#[^\n]*+)?"
_PLAIN = re.compile(rf"(?:{_LINE}\n)*+{_LINE}")
"""Keys and items on lines of their own, with values that no two parsers of YAML read differently."""


class _Unusual(Exception):
    """Something that an author of ours has no need of, or that is no YAML."""


def load(text: str, first_line: int, kind: Any = LOADER) -> tuple[Any, Places] | None:
    """Return the map that a text holds and the place of each key and item; None where anything is unusual.

    Arguments:
        text: The YAML.
        first_line: Line of the file at which `text` begins.
        kind: PyYAML's loader whose parser reads it.
    """
    try:
        loader = kind(text)
    except yaml.YAMLError:
        return None
    try:
        return _Reading(loader, first_line).document()
    except (_Unusual, yaml.YAMLError, ValueError):
        return None
    finally:
        loader.dispose()


def is_plain(text: str) -> bool:
    """Whether libyaml surely reads a text as PyYAML does: nothing in it is rare."""
    return not _ODD.search(text) and bool(_PLAIN.fullmatch(text))


def surprises(tag: str, written: str) -> bool:
    """Did YAML make something of a bare word that its writer may not have meant: `no`, `1:30`, `010`?"""
    return tag in _FORMS and not _FORMS[tag].fullmatch(written)


class _Reading:
    """One walk over the events of a parser."""

    def __init__(self, loader: Any, first_line: int) -> None:
        self.loader = loader
        self.first_line = first_line
        self.places: Places = {(): (first_line, 1)}

    def document(self) -> tuple[Any, Places]:
        self._next(yaml.StreamStartEvent)
        start = self._next(yaml.DocumentStartEvent)
        if start.version or start.tags:
            raise _Unusual
        value = self._map(self._next(yaml.MappingStartEvent), (), 1)
        self._next(yaml.DocumentEndEvent)
        self._next(yaml.StreamEndEvent)
        return value, self.places

    def _next(self, kind: type[yaml.Event]) -> Any:
        event = self.loader.get_event()
        if not isinstance(event, kind):
            raise _Unusual
        return event

    def _map(self, start: Any, at: Path, depth: int) -> dict[str, Any]:
        self._plain(start, depth)
        found: dict[str, Any] = {}
        event: Any
        while not isinstance(event := self.loader.get_event(), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.anchor or event.tag:
                raise _Unusual
            key = event.value
            if key in found or key == "<<":
                raise _Unusual
            here = (*at, key)
            self.places[here] = self._place(event)
            found[key] = self._value(self.loader.get_event(), here, depth)
        return found

    def _list(self, start: Any, at: Path, depth: int) -> list[Any]:
        self._plain(start, depth)
        found: list[Any] = []
        event: Any
        while not isinstance(event := self.loader.get_event(), yaml.SequenceEndEvent):
            here = (*at, len(found))
            self.places[here] = self._place(event)
            found.append(self._value(event, here, depth))
        return found

    def _place(self, event: Any) -> tuple[int, int]:
        return event.start_mark.line + self.first_line, event.start_mark.column + 1

    @staticmethod
    def _plain(start: Any, depth: int) -> None:
        if start.anchor or start.tag or depth > MAX_DEPTH:
            raise _Unusual

    def _value(self, event: Any, at: Path, depth: int) -> Any:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.MappingStartEvent):
            return self._map(event, at, depth + 1)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(event, at, depth + 1)
        raise _Unusual

    def _scalar(self, event: Any) -> Any:
        if event.anchor or event.tag:
            raise _Unusual
        if not event.implicit[0]:
            return event.value
        tag = self.loader.resolve(yaml.ScalarNode, event.value, event.implicit)
        if tag == _TEXT:
            return event.value
        if surprises(tag, event.value) or len(event.value) > _LONGEST_NUMBER:
            raise _Unusual
        return self.loader.construct_object(yaml.ScalarNode(tag, event.value))
