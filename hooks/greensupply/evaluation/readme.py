"""The texts that lie on top of the folder and on its queries, in one language, as Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from greensupply.evaluation.groups import HIGHEST_SHARE, LEAST
from greensupply.evaluation.sample import FEWEST
from greensupply.evaluation.wording import words
from greensupply.locales import long_date, percent


@dataclass(frozen=True)
class About:
    """What the texts say of this folder.

    Attributes:
        as_of: Last day counted.
        seed: Of codes and sample.
        size: Plants in the sample, as it was asked for.
        version, duckdb: Versions of the software.
        demonstration: Some of it is invented.
    """

    as_of: date
    seed: int
    size: int
    version: str
    duckdb: str
    demonstration: bool


def text(about: About, locale: str) -> str:
    """Return what the folder is."""
    say = words(locale)["readme"]
    values = {"least": LEAST, "fewest": FEWEST, "share": percent(HIGHEST_SHARE, locale)}
    parts = [*_head(say, about, locale), say["as_of"].format(date=long_date(about.as_of, locale), seed=about.seed)]
    for name in ("inside", "protection", "sample"):
        items = (text.format(**values) if name != "inside" else text for text in say[name])
        parts += [f"## {say[f'{name}_title']}", "\n".join(f"- {item}" for item in items)]
    return "\n\n".join(parts) + "\n"


def queries(about: About, locale: str) -> str:
    """Return how the queries are run again."""
    say = words(locale)["queries"]
    values = {"seed": about.seed, "size": about.size, "as_of": about.as_of.isoformat(), "duckdb": about.duckdb}
    steps = "\n".join(f"{number}. {step.format(**values)}" for number, step in enumerate(say["steps"], 1))
    return "\n\n".join([*_head(say, about, locale), steps, say["version"].format(version=about.version)]) + "\n"


def _head(say: Mapping[str, Any], about: About, locale: str) -> list[str]:
    marked = [f"> **{words(locale)['demonstration']}**"] if about.demonstration else []
    return [f"# {say['title']}", *marked, say["intro"]]
