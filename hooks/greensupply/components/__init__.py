"""The custom elements: one folder each, with its template, script, style and examples."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

FOLDER = Path(__file__).parent


def render(tag: str, **context: Any) -> str:
    """Return the HTML of a component, without blank lines, which would end raw HTML in Markdown."""
    html = _environment().get_template(f"{tag}/template.html").render(**context)
    return "\n".join(line for line in html.splitlines() if line.strip())


def files(suffix: str) -> Iterator[tuple[str, Path]]:
    """Every file of the components with that suffix, with its path below the components' folder."""
    for file in sorted(FOLDER.glob(f"*/*{suffix}")):
        yield file.relative_to(FOLDER).as_posix(), file


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
