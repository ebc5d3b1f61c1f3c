"""What an author says of a module that does not exist yet -> its four files, with marked places to fill in.

The templates beside this file hold the words. `[[…]]` marks a place to fill in: `prose.unfilled` names each one that is
left. It is the same in every language, starts and ends where the author's words go, and stands in no finished prose.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import jinja2
import yaml

from greensupply import yaml_text
from greensupply.errors import GreenSupplyError
from greensupply.locales import LOCALES
from greensupply.written import ModuleFacts, PathwaysFile, TextFacts

TEMPLATES = Path(__file__).parent / "templates"
LISTS = frozenset({"audience", "topics"})
TITLES: Mapping[str, str] = MappingProxyType({f"title-{locale}": locale for locale in LOCALES})
"""Name of an answer -> locale of the title that it gives."""
ASKED = ("audience", "level", "minutes", "topics", *TITLES)
"""What an author is asked, in this order."""

_ANY_FACTS = {
    "id": "x",
    "revision": 1,
    "audience": ["supplier"],
    "level": "introductory",
    "minutes": 45,
    "prerequisites": [],
    "topics": ["x"],
    "pass_mark": 0.8,
    "reviewed": date(2026, 1, 1),
    "sources": ["X-1"],
}
_ANY_TEXT = {"title": "x", "summary": "x", "objectives": ["x"]}


def assumed(identifier: str) -> dict[str, Any]:
    """What a module's facts are until somebody says something else."""
    return {"audience": ["supplier"], "level": "introductory", "minutes": 45, "topics": [identifier]}


def value(name: str, said: str) -> Any:
    """Return an answer as it is written into the files: a list, a number, or text.

    Arguments:
        name: One of `ASKED`.
        said: As the author typed it; lists have commas.

    Raises:
        ValueError: It cannot be that; its text says why and how to mend it.
    """
    if any("\ud800" <= character <= "\udfff" for character in said):  # bytes that the terminal could not decode
        raise ValueError("holds a character that is not text. Type it anew.")
    found: Any = said.strip()
    if name in LISTS:
        found = list(dict.fromkeys(item for part in said.split(",") if (item := part.strip())))
    elif name == "minutes":
        if not (found.isascii() and found.isdigit() and len(found) < 10):
            raise ValueError(
                f"`minutes` is `{found[:60]}`, which is not a whole number. Write it in digits, such as 45."
            )
        found = int(found)
    _refuse("title" if name in TITLES else name, found, TextFacts if name in TITLES else ModuleFacts)
    return found


def name_problem(identifier: str, there: Iterable[str]) -> str:
    """Why a new module cannot have this id, and how to mend it; empty if it can.

    Arguments:
        identifier: As the author typed it.
        there: Names of what stands in the folder of the modules.
    """
    try:
        _refuse("id", identifier, ModuleFacts)
    except ValueError as error:
        return str(error)
    twin = next((name for name in there if name.casefold() == identifier.casefold()), "")
    if twin == identifier:
        return f"`{identifier}` exists already. Choose another id, or edit what is there."
    if twin:
        return f"`{twin}` exists already, which differs by capitals only. Choose another id."
    return ""


def _refuse(name: str, found: Any, model: type[ModuleFacts] | type[TextFacts]) -> None:
    document = yaml_text.Document({**(_ANY_FACTS if model is ModuleFacts else _ANY_TEXT), name: found}, {(): (1, 1)})
    try:
        yaml_text.typed(model, document, name)
    except GreenSupplyError as error:
        items = [problem for problem in error.problems if problem.what.startswith(f"`{name}.")]
        said = " ".join(f"{problem.what} {problem.how}" for problem in items or error.problems)
        raise ValueError(said) from None


def files(identifier: str, said: Mapping[str, Any], *, reviewed: date, fact: str) -> dict[str, str]:
    """Return the texts of a new module's files by name: `module.yml`, `en.md`, `es.md`, `fr.md`.

    Arguments:
        identifier: Its id.
        said: Answers that somebody gave, by their names in `ASKED`, as `value` returns them. What is not there is
            assumed and marked.
        reviewed: Day on which the facts count as checked.
        fact: Id of a fact of modules/sources.yml, which holds the place of the author's own.
    """
    facts = {**assumed(identifier), **said}

    def line(name: str, comment: str) -> str:
        comment = comment if name in said else f"[[assumed; confirm or change: {comment}]]"
        return f"{name}: {_in_yaml(facts[name])}  # {comment}"

    made = {
        "module.yml": _template("module.yml").render(
            id=_in_yaml(identifier), reviewed=reviewed.isoformat(), fact=fact, line=line
        )
    }
    for name, locale in TITLES.items():
        made[f"{locale}.md"] = _template(f"{locale}.md").render(title=said.get(name))
    return made


def places(identifier: str, audience: Sequence[str], pathways: PathwaysFile) -> list[str]:
    """What to write for a pathway of these audiences to end in the module; of any pathway, where none is for them."""
    fitting = [pathway for pathway in pathways.pathways if pathway.audience in audience]
    return [
        f"{pathway.id}: `modules: {_in_yaml([*pathway.modules, identifier])}`"
        for pathway in fitting or pathways.pathways
    ]


def _template(name: str) -> jinja2.Template:
    words = jinja2.Environment(  # makes text files, not HTML
        undefined=jinja2.StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701
    )
    words.filters["yaml"] = lambda text: _in_yaml(str(text), style='"')
    return words.from_string((TEMPLATES / name).read_text(encoding="utf-8"))


def _in_yaml(found: Any, style: str | None = None) -> str:
    """A value in one line, in quotes where YAML would read it as something else."""
    written = yaml.safe_dump(
        found, default_flow_style=True, default_style=style, allow_unicode=True, width=float("inf")
    )
    return written.removesuffix("...\n").strip()
