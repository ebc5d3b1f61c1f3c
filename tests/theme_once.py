"""What is made of the theme and the components alone is the same in every build of a process: for tests it is made once.

Half of the time of a small build goes into reading through the theme's 14,000 icons, compiling its templates and putting
our scripts together.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from greensupply import components
from greensupply.components import bundles
from greensupply.plugin.assets import THEME_ASSETS, Assets
from greensupply.plugin.compiled import Compiled
from jinja2 import Environment
from mkdocs.theme import Theme


@contextmanager
def made_once() -> Iterator[None]:
    """As long as it lasts, every build uses what an earlier one made of the theme."""
    original, compiled = Theme.get_env, Compiled()
    bundled = Assets.__dict__["bundles"]
    names: dict[tuple[str, ...], list[str]] = {}

    def environment(theme: Theme) -> Environment:
        env = original(theme)
        compiled.serve(env)
        listed, dirs = env.list_templates, tuple(theme.dirs)

        def list_templates(filter_func: Callable[[str], bool] | None = None) -> list[str]:
            if dirs not in names:
                names[dirs] = [name for name in listed() if not name.startswith(".")]  # which MkDocs leaves out too
            return [name for name in names[dirs] if filter_func is None or filter_func(name)]

        env.list_templates = list_templates  # type: ignore[method-assign, assignment]
        return env

    made = functools.cache(lambda: bundles.make(components.FOLDER, THEME_ASSETS))
    Theme.get_env = environment  # type: ignore[method-assign]
    Assets.bundles = property(lambda _: made())  # type: ignore[assignment, method-assign]
    try:
        yield
    finally:
        Assets.bundles = bundled  # type: ignore[method-assign]
        Theme.get_env = original  # type: ignore[method-assign]
