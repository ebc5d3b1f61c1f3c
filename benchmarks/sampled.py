"""Run `mkdocs` with the given arguments in this process, and write down whose code the processor's time went to.

Every two milliseconds of processor time the stack is looked at. The time since the last look belongs to the innermost
code that is one of the parts below; what such code calls (the standard library, a YAML reader, a database) is its time.

    python benchmarks/sampled.py FILE build --config-file mkdocs.yml
"""

from __future__ import annotations

import json
import re
import signal
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from types import CodeType, FrameType

EVERY = 0.002
OURS = "our plugins"
THEME = "the theme's templates"
MARKDOWN = "Markdown"
FRAGMENTS = "Markdown that our plugins ask for"
IMPORTS = "imports of the others"
REST = "the rest"
_TEMPLATING = "templating"
_IMPORTING = "importing"
_OWNERS = (
    (re.compile(r"/greensupply/theme/|/material/templates/|/mkdocs/(themes|templates)/.*\.(html|xml)$"), THEME),
    (re.compile(r"/hooks/greensupply/([^/.]+)"), OURS),
    (re.compile(r"/mkdocs_static_i18n/"), "mkdocs-static-i18n"),
    (re.compile(r"/material/plugins/search/|/mkdocs/contrib/search/"), "the search plugin"),
    (re.compile(r"/mkdocs/structure/(nav|pages|toc|files)\.py"), "MkDocs: files, pages, navigation"),
    (re.compile(r"/mkdocs/"), "MkDocs: the rest"),
    (re.compile(r"/site-packages/(markdown|pymdownx)/"), MARKDOWN),
    (re.compile(r"/site-packages/jinja2/"), _TEMPLATING),
    (re.compile(r"<frozen importlib"), _IMPORTING),
)
Place = tuple[str, str, str]
"""Whose code, its room if it is ours, and the function."""
Frame = tuple[str, str, str]
"""Owner, room and function of one call of the stack; the owner is empty for code that is nobody's."""


def owner(file: str, function: str = "") -> Frame:
    """Whose a file of code is."""
    for pattern, name in _OWNERS:
        if found := pattern.search(file):
            return name, found[1] if name == OURS else "", function
    return "", "", function


def placed(stack: Sequence[Frame]) -> Place:
    """Where the time of a stack belongs, innermost call first."""
    templating = importing = False
    for depth, (name, room, function) in enumerate(stack):
        if name == _TEMPLATING:
            templating = True
        elif name == _IMPORTING:
            importing = True
        elif name == MARKDOWN:
            asked = next((frame for frame in stack[depth:] if frame[0] not in {"", MARKDOWN}), ("", "", ""))
            return (FRAGMENTS, asked[1], asked[2]) if asked[0] == OURS else (MARKDOWN, "", "")
        elif name == OURS:
            return OURS, "imports" if importing else room, function
        elif name and importing:
            return IMPORTS, "", ""
        elif name == THEME or (name and templating):
            return THEME, "", function if name == THEME else "compiling"
        elif name:
            return name, "", function
    return IMPORTS if importing else REST, "", ""


class Sampler:
    """Looks at the stack of the main thread while it works."""

    def __init__(self) -> None:
        self.found: Counter[Place] = Counter()
        self._known: dict[CodeType, Frame] = {}
        self._last = 0.0

    def start(self) -> None:
        """Begin."""
        self._last = time.process_time()
        signal.signal(signal.SIGPROF, self._look)
        signal.setitimer(signal.ITIMER_PROF, EVERY, EVERY)

    def stop(self) -> None:
        """End."""
        signal.setitimer(signal.ITIMER_PROF, 0)

    def _look(self, _: int, frame: FrameType | None) -> None:
        now = time.process_time()
        self.found[placed(list(self._stack(frame)))] += now - self._last
        self._last = time.process_time()

    def _stack(self, frame: FrameType | None) -> Iterator[Frame]:
        while frame:
            code = frame.f_code
            known = self._known.get(code)
            if known is None:
                known = self._known[code] = owner(code.co_filename, code.co_qualname)
            yield known
            frame = frame.f_back


def main() -> None:
    """Build, and write how many seconds each place took."""
    sampler = Sampler()
    sampler.start()
    try:
        from mkdocs.__main__ import cli

        cli(sys.argv[2:])
    finally:
        sampler.stop()
        with open(sys.argv[1], "w", encoding="utf-8") as file:
            json.dump([[*place, seconds] for place, seconds in sampler.found.items()], file)


if __name__ == "__main__":
    main()
