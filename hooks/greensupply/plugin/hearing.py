"""What MkDocs and its plugins say during a build, also what `--quiet` does not show."""

from __future__ import annotations

import logging

_LOGGER = logging.getLogger("mkdocs")


class Hearing(logging.Handler):
    """Hears from `begin` to `end`.

    Attributes:
        said: What was said, by its text: the logger and the level.
    """

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.said: dict[str, tuple[str, int]] = {}
        self._shown = self._level = logging.NOTSET
        self._quiet: list[logging.Handler] = []

    def begin(self) -> None:
        """Hear, and let the others hear no more than before."""
        self._level, self._shown = _LOGGER.level, _LOGGER.getEffectiveLevel()
        if self._shown > logging.INFO:
            self._quiet = list(_LOGGER.handlers)
            _LOGGER.setLevel(logging.INFO)
        for handler in self._quiet:
            handler.addFilter(self._is_shown)
        _LOGGER.addHandler(self)

    def end(self) -> None:
        """Leave everything as it was."""
        if self in _LOGGER.handlers:
            _LOGGER.removeHandler(self)
            _LOGGER.setLevel(self._level)
            for handler in self._quiet:
                handler.removeFilter(self._is_shown)

    @property
    def warned(self) -> bool:
        """Whether anything was said that is more than information."""
        return any(level > logging.INFO for _, level in self.said.values())

    def emit(self, record: logging.LogRecord) -> None:
        """Remember what was said."""
        self.said[record.getMessage()] = record.name, record.levelno

    def _is_shown(self, record: logging.LogRecord) -> bool:
        return record.levelno >= self._shown
