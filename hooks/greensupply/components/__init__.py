"""The custom elements: one folder each, with its template, script, style and examples."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined

from greensupply import package_data

FOLDER = Path(__file__).parent


def render(tag: str, **context: Any) -> str:
    """Return the HTML of a component, without blank lines, which would end raw HTML in Markdown."""
    html = _environment().get_template(f"{tag}/template.html").render(**context)
    return "\n".join(line for line in html.splitlines() if line.strip())


def prepare() -> None:
    """Compile every template, as each process that is split off afterwards would for itself."""
    for file in FOLDER.glob("*/*.html"):
        _environment().get_template(file.relative_to(FOLDER).as_posix())


def compiled_by(cache: BytecodeCache) -> None:
    """Let the templates be compiled no more often than that cache does."""
    _environment().bytecode_cache = cache


def words(tag: str, locale: str) -> Mapping[str, str]:
    """The words of a component, from `words.yml` in its folder."""
    said: Mapping[str, str] = data(tag, "words.yml")[locale]
    return said


def sheet_words(tag: str, locale: str) -> Mapping[str, str]:
    """The words of a calculator, over those that all of them share."""
    return {**words("shared", locale), **words(tag, locale)}


@cache
def data(tag: str, name: str) -> Any:
    """A YAML file of a component's folder."""
    return package_data.read(FOLDER / tag / name)


@cache
def _environment() -> Environment:
    return Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
