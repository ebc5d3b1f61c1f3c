"""The end of the results page: how it is counted, how people are protected, what is missing, how to trace a figure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from greensupply.charts import coded
from greensupply.disclosure import LEAST, ORGANISATIONS, STEP
from greensupply.published import CEILING, FLOOR, LEAST_FOR_PERCENT
from greensupply.results_page.results import Definition
from greensupply.results_page.wording import Wording

FOLDER = "hooks/greensupply/tally/"
COMMAND = "greensupply tally"
STATE = "published.json"


def counted_link(definitions: Iterable[Definition], identifier: str, words: Wording) -> Markup:
    """The code of a figure, as a link to its definition below; empty where there is none."""
    for found in definitions:
        if found.id == identifier:
            label = words.say["counted_link"].format(code=found.code)
            return Markup('<a href="#{}" aria-label="{}">{}</a>').format(found.anchor, label, found.code)
    return Markup("")


def counted(definitions: Sequence[Definition], words: Wording) -> str:
    """Every definition, with its code and unit."""
    say, locale = words.say, words.locale
    entries = "\n".join(
        f'<div id="{escape(definition.anchor)}"><dt><span class="gs-code">{escape(definition.code)}</span> '
        f"{escape(definition.name[locale])}</dt>\n<dd>{escape(definition.text[locale])}</dd>\n"
        f'<dd class="gs-unit">{escape(say["unit"].format(unit=definition.unit[locale]))}</dd></div>'
        for definition in definitions
    )
    return _section(say["counted"], say["counted_text"]) + f'\n\n<dl class="gs-definitions">\n{entries}\n</dl>'


def protected(words: Wording) -> str:
    """The rule of disclosure control in plain words, with its numbers as the gate has them."""
    say = words.say
    numbers = {
        "least": words.count(LEAST),
        "organisations": words.count(ORGANISATIONS),
        "step": words.count(STEP),
        "percent": words.count(LEAST_FOR_PERCENT),
        "floor": coded(FLOOR, words.locale),
        "ceiling": coded(CEILING, words.locale),
    }
    rules = (escape(rule.format(**numbers)) for rule in say["protection"].values())
    return _section(say["protected"], say["protected_text"]) + "\n\n" + _list(rules, "ul")


def missing(words: Wording) -> str:
    """What completion records cannot tell."""
    say = words.say
    return _section(say["missing"], say["missing_text"]) + "\n\n" + _list(map(escape, say["gaps"].values()), "ul")


def trace(words: Wording) -> str:
    """The way from a figure back to the records, for evaluators."""
    say = words.say
    names = {"file": STATE, "command": COMMAND, "folder": FOLDER}
    marked = {name: Markup("<code>{}</code>").format(value) for name, value in names.items()}
    steps = (escape(step).format(**marked) for step in say["tracing"].values())
    return _section(say["trace"], say["trace_text"]) + "\n\n" + _list(steps, "ol")


def downloads(names: Iterable[str], folder: str, words: Wording) -> str:
    """Every file to take away, each with what it holds."""
    say = words.say
    links = (
        Markup('<a href="{}{}" download>{}</a>').format(folder, name, say["files"][name.partition(".")[0]])
        for name in names
    )
    return _section(say["downloads"], say["downloads_text"]) + "\n\n" + _list(links, "ul")


def _section(heading: str, lead: str) -> str:
    return f"## {heading}\n\n<p>{escape(lead)}</p>"


def _list(items: Iterable[Markup], tag: str) -> str:
    return f"<{tag}>\n" + "\n".join(f"<li>{item}</li>" for item in items) + f"\n</{tag}>"
