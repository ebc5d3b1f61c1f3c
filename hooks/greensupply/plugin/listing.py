"""The files of the theme, listed without those that no site of ours has.

MkDocs lists every file of Material at each language's pass, ten thousand icons among them, and then takes out what is
hidden, such as the folder of the icons. Seen with MkDocs 1.6.1, Jinja 3.1.6 and Material 9.8.
"""

from __future__ import annotations

import os
from functools import partial
from typing import Any

from jinja2 import Environment, FileSystemLoader
from mkdocs.theme import Theme

from greensupply import toolbox_file

UNPUBLISHED = ("assets/images/", "assets/javascripts/", "assets/stylesheets/", toolbox_file.NAME)
"""What the theme that mkdocs.yml names would bring, of which our pages load nothing; and what pages are made from."""


class _Listed(FileSystemLoader):
    """Looks into no folder of which nothing is published."""

    def list_templates(self) -> list[str]:
        """Return the paths of the files in all folders of the theme, sorted."""
        found: set[str] = set()
        for top in self.searchpath:
            for folder, folders, names in os.walk(top, followlinks=self.followlinks):
                place = "" if folder == top else f"{os.path.relpath(folder, top).replace(os.sep, '/')}/"
                folders[:] = [name for name in folders if name[0] != "." and f"{place}{name}/" not in UNPUBLISHED]
                found.update(place + name for name in names)
        return sorted(found)


def shorten(theme: Theme) -> None:
    """Let the theme list its files so."""
    if "get_env" not in vars(theme):
        theme.get_env = partial(_env, theme, theme.get_env)  # type: ignore[method-assign]


def _env(theme: Theme, plain: Any) -> Environment:
    env: Environment = plain()
    env.loader = _Listed(theme.dirs)
    return env
